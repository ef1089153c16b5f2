"""Numbers and the units beside them."""

from fractions import Fraction

import pytest

from leaflets.languages.quantities import (
    AMOUNT,
    NUMBER,
    find_measures,
    follows_order,
    put_fahrenheit_first,
    read_number,
    turn_ratios,
)
from leaflets.languages.runs import split_runs


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("38,5", ",", "38.5"),
        ("38.5", ",", "38.5"),
        ("38,5", ".", "38.5"),
        ("٣٨٫٥", ".", "38.5"),
        ("1½", ".", "1.5"),
        ("½", ".", "0.5"),
        ("2¾", ",", "2.75"),
        ("1.234,5", ",", "1234.5"),
        ("1,234.5", ".", "1234.5"),
        ("1,000", ".", "1000"),
        ("1.000", ",", "1000"),
        ("1,000", ",", "1"),
        ("0.125", ".", "0.125"),
        ("007", ".", "7"),
    ],
)
def test_a_number_is_read_by_its_value(written: str, decimal: str, value: str) -> None:
    assert read_number(written, decimal) == Fraction(value)


@pytest.mark.parametrize("written", ["21.11.2026", "1,2,3", "1.2.3"])
@pytest.mark.parametrize("decimal", [".", ","])
def test_a_number_that_cannot_be_read_stands_for_itself(written: str, decimal: str) -> None:
    assert read_number(written, decimal) == written


def test_the_same_number_with_two_units_is_read_as_both() -> None:
    assert [sorted(each.units) for each in find_measures("3 days and 3 weeks", "en")] == [["day"], ["week"]]


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("20 mg的药", ["20 mg"]),
        ("5-mg tablets, 5 grams, 10%ige", ["5-mg", "5", "10%"]),
        ("400 IU, 400 UI, 5 mL, 5 µg, 5 μg, ٥ ٪", ["400 IU", "400 UI", "5 mL", "5 µg", "5 μg", "٥ ٪"]),
        ("٣٨٫٥ °C", ["٣٨٫٥ °C"]),
        ("10\u202f000 or 10\u00a0000", ["10\u202f000", "10\u00a0000"]),
        ("1 ½ or ½–1 or 1½", ["1 ½", "½–1", "1½"]),
        ("38 °Celsius", ["38"]),
    ],
)
def test_an_amount_is_all_that_must_not_be_parted(words: str, amounts: list[str]) -> None:
    assert [match[0] for match in AMOUNT.finditer(words)] == amounts


@pytest.mark.parametrize("tag", ["ar", "ur", "he"])
@pytest.mark.parametrize(
    "words", ["٣٨٫٥ °C", "10\u202f000 mg", "½–1 g", "1,00,000", "21.11.2026", "+44 20 7946 0000", "12:30", "3-4 ٪"]
)
def test_what_the_checks_compare_as_numbers_is_what_the_page_isolates(words: str, tag: str) -> None:
    runs = split_runs(f"א {words} ב", tag)
    assert [run.words for run in runs if run.ltr and run.keep] == [words]
    assert [number for run in runs if run.ltr for number in NUMBER.findall(run.words)] == NUMBER.findall(words)


@pytest.mark.parametrize(("english", "turned"), [("3 of 4 children", "4 of 3 children"), ("1 in 2 years", "1 in 2 years")])
def test_a_ratio_is_turned_and_a_time_is_not(english: str, turned: str) -> None:
    assert turn_ratios(english) == turned


@pytest.mark.parametrize(
    ("tag", "words", "turned"),
    [
        ("en", "Above 38 °C (100.4 °F), or 39°C (102.2°F)", "Above 100.4 °F (38 °C), or 102.2°F (39°C)"),
        ("en", "Above 100.4 °F (38 °C)", "Above 100.4 °F (38 °C)"),
        ("en", "Above 38 °C for 2 days (see below)", "Above 38 °C for 2 days (see below)"),
        ("en", "38 degrees Celsius (100.4 degrees Fahrenheit)", "100.4 degrees Fahrenheit (38 degrees Celsius)"),
        ("es", "fiebre de **38 °C (100,4 °F)** o más", "fiebre de **100,4 °F (38 °C)** o más"),
        ("ar", "حمى بدرجة 38 °C (100.4 °F) أو أكثر", "حمى بدرجة 100.4 °F (38 °C) أو أكثر"),
        ("zh-Hans", "达到38 °C（100.4 °F）", "达到100.4 °F（38 °C）"),
        ("zh-Hans", "达到38摄氏度（100.4华氏度）", "达到100.4华氏度（38摄氏度）"),
        ("ka", "სიცხე 38 °C (100,4 °F) ან მეტი", "სიცხე 100,4 °F (38 °C) ან მეტი"),
        ("hi", "38 °C (100.4 °F) या ज़्यादा", "100.4 °F (38 °C) या ज़्यादा"),
        ("ur", "38 °C (100.4 °F) یا زیادہ", "100.4 °F (38 °C) یا زیادہ"),
    ],
)
def test_fahrenheit_comes_first_where_both_are_there(tag: str, words: str, turned: str) -> None:
    assert put_fahrenheit_first(words, tag) == turned


@pytest.mark.parametrize(
    "words",
    [
        "38 °C or 100.4 °F",
        "38 °C (104 °F)",
        "38–39 °C (100.4–102.2 °F)",
        "38 to 39 °C (102.2 °F)",
        "38 °C or more (100.4 °F)",
        "38 °C (100.4 °F) or 40 °C",
    ],
)
def test_temperatures_that_are_no_pair_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match="same heat"):
        put_fahrenheit_first(words, "en")


def test_a_name_of_a_unit_that_a_language_lists_itself_is_known() -> None:
    more = (("celsius", ("selsio",)), ("fahrenheit", ("farenaiti",)))
    assert put_fahrenheit_first("38 selsio (100.4 farenaiti)", "sw", more) == "100.4 farenaiti (38 selsio)"


def test_numbers_of_two_units_may_change_places_and_those_of_one_may_not() -> None:
    assert follows_order("5 mg for 10 days", "10 días, 5 mg", "es", turned=False)
    assert not follows_order("5 mg, then 10 mg", "10 mg, luego 5 mg", "es", turned=False)
