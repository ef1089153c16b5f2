"""Facts about languages."""

from datetime import date

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from leaflets.languages.locales import (
    VERTICAL,
    decimal_mark,
    direction,
    english_name,
    format_date,
    native_name,
    parse_tag,
    script,
    split_tag,
    to_ascii_digits,
)

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("tag", "way", "code", "native", "english", "day"),
    [
        ("en", "ltr", "Latn", "English", "English", "November 21, 2026"),
        ("es", "ltr", "Latn", "español", "Spanish", "21 de noviembre de 2026"),
        ("ar", "rtl", "Arab", "العربية", "Arabic", "21 نوفمبر 2026"),
        ("ur", "rtl", "Arab", "اردو", "Urdu", "21 نومبر، 2026"),
        ("zh-Hans", "ltr", "Hans", "简体中文", "Simplified Chinese", "2026年11月21日"),
        ("hi", "ltr", "Deva", "हिन्दी", "Hindi", "21 नवंबर 2026"),
        ("ka", "ltr", "Geor", "ქართული", "Georgian", "21 ნოემბერი, 2026"),
    ],
)
def test_the_facts_of_every_language(tag: str, way: str, code: str, native: str, english: str, day: str) -> None:
    assert (direction(tag), script(tag)) == (way, code)
    assert (native_name(tag), english_name(tag)) == (native, english)
    assert format_date(DAY, tag) == day


@pytest.mark.parametrize(
    ("tag", "code", "way"),
    [
        ("zh-Hant", "Hant", "ltr"),
        ("zh-TW", "Hant", "ltr"),
        ("pa", "Guru", "ltr"),
        ("pa-PK", "Arab", "rtl"),
        ("he", "Hebr", "rtl"),
        ("fa", "Arab", "rtl"),
        ("ru", "Cyrl", "ltr"),
        ("sr-Latn", "Latn", "ltr"),
        ("es-419", "Latn", "ltr"),
        ("ja", "Jpan", "ltr"),
    ],
)
def test_a_script_follows_from_a_language_and_its_country(tag: str, code: str, way: str) -> None:
    assert (script(tag), direction(tag)) == (code, way)


@pytest.mark.parametrize("tag", ["ar-EG", "fa", "ur", "mr", "bn"])
def test_a_date_is_written_in_the_digits_of_phone_pads(tag: str) -> None:
    digits = [char for char in format_date(DAY, tag) if char.isdecimal()]
    assert sorted(digits) == sorted("212026")
    assert to_ascii_digits("".join(digits)) == "".join(digits)


@pytest.mark.parametrize("tag", ["dv", "nv", "quc", "iu-Latn"])
def test_a_month_that_cldr_cannot_name_is_written_in_figures(tag: str) -> None:
    """It gives its own placeholder: a page would say "21 M11 2026"."""
    assert format_date(DAY, tag) == "2026-11-21"


@pytest.mark.parametrize(
    "tag", ["", "zz", "xx", "spanish", "zh-hans", "zh_Hans", "ES", "es-mx", "es-XX", "en-US-x", "es ", "../es", "es\n", "C"]
)
def test_a_wrong_tag_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="language"):
        parse_tag(tag)
    with pytest.raises(ValueError, match="language"):
        direction(tag)


@pytest.mark.parametrize(("digits", "ascii_digits"), [("٢١", "21"), ("۲۱", "21"), ("२१", "21"), ("২১", "21"), ("½ x 5", "½ x 5")])
def test_digits_of_every_script_become_ascii(digits: str, ascii_digits: str) -> None:
    assert to_ascii_digits(digits) == ascii_digits


@pytest.mark.parametrize("tag", ["ar-Latn", "en-ZZ", "en-999", "mn-Mong"])
def test_a_tag_that_would_quietly_become_another_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match=tag):
        parse_tag(tag)


@pytest.mark.parametrize("tag", ["zh-TW", "pa-PK", "pt-BR", "fa-AF", "ckb", "sr-Latn"])
def test_a_tag_with_a_country_or_script_is_accepted(tag: str) -> None:
    assert parse_tag(tag).language == tag.split("-")[0]


@pytest.mark.parametrize(("tag", "mark"), [("en", "."), ("es", ","), ("ar", "."), ("hi", "."), ("ka", ","), ("sw", ".")])
def test_the_decimal_mark_is_that_beside_the_digits_of_phone_pads(tag: str, mark: str) -> None:
    assert decimal_mark(tag) == mark


@pytest.mark.slow
def test_lines_run_from_top_to_bottom_in_one_script_alone() -> None:
    found = {name for name in locale_identifiers() if Locale.parse(name).text_direction not in ("ltr", "rtl")}
    assert found
    assert found == {name for name in locale_identifiers() if split_tag(name)[1] == VERTICAL}
