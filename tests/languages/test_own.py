"""Languages that CLDR has no data of."""

from datetime import date
from pathlib import Path

import pytest

from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import (
    decimal_mark,
    direction,
    english_name,
    format_date,
    is_tag,
    list_scripts,
    native_name,
    script,
)
from leaflets.languages.own import own_languages, read_own
from leaflets.languages.quantities import name_units
from leaflets.languages.tags import explain_tag, read_aliases
from leaflets.problems import SetupError
from leaflets.translation.start import describe_language, find_lacks
from tests.support.projects import ROOT

ALIASES = read_aliases(ROOT / "templates")
FONTS = read_fonts(ROOT / "templates")
GOOD = 'english = "Test"\nnative = "Test"\nscript = "Latn"\ndirection = "ltr"\ndecimal = "."\n'
MONTHS = f"months = [{', '.join(f'{chr(34)}M{number}{chr(34)}' for number in range(12))}]\n"
READY = {
    "hmn": "Hmoob",
    "chk": "Fóósun Chuuk",
    "mh": "Kajin M̧ajeļ",
    "sm": "Gagana Sāmoa",
    "cnh": "Laiholh",
    "ksw": "စှီၤကညီကျိာ်",
    "ilo": "Ilokano",
    "kri": "Krio",
    "din": "Thuɔŋjäŋ",
    "mam": "Qyol Mam",
    "rhg-Latn": "Ruáingga",
    "ht": "Kreyòl Ayisyen",
    "ti": "ትግርኛ",
    "ckb": "کوردیی ناوەندی",
    "fa-AF": "دری",
}
CALLED = {
    "Dari": "fa-AF",
    "Farsi": "fa",
    "Persian": "fa",
    "Kurmanji": "ku",
    "Tagalog": "fil",
    "Filipino": "fil",
    "Hmong": "hmn",
    "mww": "hmn",
    "Karen": "ksw",
    "Sgaw Karen": "ksw",
    "Creole": "ht",
    "Moldovan": "ro",
    "Burmese": "my",
    "Chaldean": "cld",
    "Assyrian": "aii",
    "Chin": "cnh",
    "Rohingya": "rhg-Latn",
    "rhg": "rhg-Latn",
    "Iloko": "ilo",
    "smo": "sm",
    "Oriya": "or",
    "nko": "nqo",
}
SEVERAL = {
    "Mandarin": ("zh-Hans", "zh-Hant"),
    "Cantonese": ("yue-Hant", "yue-Hans", "zh-Hans", "zh-Hant"),
    "Bosnian": ("bs-Latn", "bs-Cyrl"),
    "Serbo-Croatian": ("bs-Latn", "hr", "sr-Latn"),
}


@pytest.mark.parametrize(("tag", "native"), READY.items())
def test_a_language_that_clinics_ask_for_can_be_begun_and_printed(tag: str, native: str) -> None:
    assert explain_tag(tag, ALIASES).fine
    assert native_name(tag) == native
    assert list(find_lacks(FONTS, tag)) == []


@pytest.mark.parametrize(("typed", "tag"), CALLED.items())
def test_people_s_own_word_for_a_language_leads_to_its_tag(typed: str, tag: str) -> None:
    assert explain_tag(typed, ALIASES).tags == (tag,)
    assert explain_tag(typed.lower(), ALIASES).tags == (tag,)


@pytest.mark.parametrize(("typed", "tags"), SEVERAL.items())
def test_a_word_for_several_languages_is_asked_back(typed: str, tags: tuple[str, ...]) -> None:
    assert explain_tag(typed, ALIASES).tags == tags


@pytest.mark.parametrize("tag", own_languages())
def test_every_language_with_a_file_has_a_page(tag: str) -> None:
    assert is_tag(tag)
    assert describe_language(tag)
    assert list(find_lacks(FONTS, tag)) == []
    assert decimal_mark(tag) in (".", ",")
    assert name_units(tag)


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("hmn", "Lub Kaum Ib Hlis 21, 2026"),
        ("sm", "21 Novema 2026"),
        ("ilo", "Nobiembre 21, 2026"),
        ("chk", "2026-11-21"),
        ("ht", "21 novanm 2026"),
    ],
)
def test_a_day_is_written_in_the_language_or_in_figures_that_all_can_read(tag: str, written: str) -> None:
    assert format_date(date(2026, 11, 21), tag) == written


def test_its_facts_come_from_its_file() -> None:
    assert (script("cld"), direction("cld"), english_name("cld")) == ("Syrc", "rtl", "Chaldean Neo-Aramaic")
    assert (script("ksw"), direction("ksw")) == ("Mymr", "ltr")


def test_a_language_with_a_file_in_one_script_is_offered_in_that() -> None:
    assert list_scripts("rhg")[0] == "Latn"
    assert list_scripts("hmn") == ()


@pytest.mark.parametrize("tag", ["sm-WS", "hmn-US"])
def test_its_form_of_a_country_is_led_back_to_it(tag: str) -> None:
    assert explain_tag(tag, ALIASES).tags == (tag.partition("-")[0],)


@pytest.mark.parametrize("typed", ["ch", "fo-XX", "na"])
def test_the_tag_of_a_language_is_not_read_as_a_country(typed: str) -> None:
    """Samoan is `sm`, and San Marino is SM: Italian was proposed."""
    assert "it" not in explain_tag(typed, ALIASES).tags
    assert "de-CH" not in explain_tag(typed, ALIASES).tags


def test_no_script_is_called_by_half_its_name() -> None:
    assert describe_language("zh-Hant") == "Traditional Chinese script, left to right"
    assert describe_language("ja") == "Japanese script, left to right"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("english = ", "no TOML"),
        (GOOD.replace('"Latn"', '"Latin"'), "script: "),
        (GOOD.replace('"ltr"', '"up"'), "direction: "),
        (GOOD + 'like = "en"\n', "like: Extra inputs"),
        (GOOD.replace("native", "own"), "native: Field required"),
        (GOOD + 'date = "{day} {month} {year}"\n', "needs both `date` and twelve `months`"),
        (GOOD + MONTHS, "needs both"),
        (GOOD + 'date = "{month} {year}"\n' + MONTHS, "lacks one of {day}"),
        (GOOD + 'date = "{day} {moon} {year}"\n' + MONTHS, "no other braces"),
    ],
)
def test_a_file_that_is_not_as_it_must_be_is_named_with_what_is_wrong(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "xyz.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SetupError) as caught:
        read_own(tmp_path)
    assert str(caught.value).startswith("leaflets/languages/own/xyz.toml: ")
    assert said in str(caught.value)


def test_a_file_is_enough_for_a_language(tmp_path: Path) -> None:
    (tmp_path / "xyz.toml").write_text(GOOD, encoding="utf-8")
    assert read_own(tmp_path)["xyz"].write_date(date(2026, 1, 2)) == "2026-01-02"
