"""Text of mixed direction cut into runs."""

import pytest

from leaflets.languages.locales import direction
from leaflets.languages.runs import SHORT, Run, join_runs, set_phone, split_runs, text_direction

NUMBERS = {"clinic_phone": "020 7946 0000", "emergency_number": "112"}


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("اتصل على 020 7946 0000 الآن", ["020 7946 0000"]),
        ("اتصل على +44 20 7946 0000", ["+44 20 7946 0000"]),
        ("اتصل على 555-0100 الآن", ["555-0100"]),
        ("من 4–12 شهرًا", ["4–12"]),
        ("من 4-12 شهرًا", ["4-12"]),
        ("أعلى من 100.4 °F (38 °C) أو", ["100.4 °F", "38 °C"]),
        ("خذ 5 mg أو 2,5 ml", ["5 mg", "2,5 ml"]),
        ("خذ 20mg", ["20mg"]),
        ("في 10% منهم", ["10%"]),
        ("قرص 1½ كل يوم", ["1½"]),
        ("الساعة 12:30 أو 1/2", ["12:30", "1/2"]),
        ("بعد ٤–١٢ شهرًا", ["٤–١٢"]),
        ("خذ 2, ثم 3", ["2", "3"]),
    ],
)
def test_an_amount_in_arabic_runs_left_to_right_and_is_never_broken(words: str, amounts: list[str]) -> None:
    runs = split_runs(words, "ar")
    assert [run.words for run in runs if run.ltr] == amounts
    assert [run.words for run in runs if run.keep] == amounts
    assert join_runs(runs) == words


def test_a_fever_in_two_units_is_two_amounts_in_their_brackets() -> None:
    assert split_runs("الحمى 100.4 °F (38 °C) أو", "ar") == (
        Run("الحمى "),
        Run("100.4 °F", ltr=True, keep=True),
        Run(" ("),
        Run("38 °C", ltr=True, keep=True),
        Run(") أو"),
    )


@pytest.mark.parametrize(
    ("tag", "words"), [("en", "above 100.4 °F now"), ("zh-Hans", "高于 100.4 °F 时"), ("hi", "से 100.4 °F अधिक")]
)
def test_an_amount_in_a_left_to_right_language_is_kept_from_its_unit_only(tag: str, words: str) -> None:
    assert [run for run in split_runs(words, tag) if run.keep] == [Run("100.4 °F", keep=True)]
    assert not any(run.ltr for run in split_runs(words, tag))


def test_a_single_digit_may_break_from_its_neighbours_in_english_but_is_turned_in_arabic() -> None:
    assert split_runs("take 5 a day", "en") == (Run("take 5 a day"),)
    assert Run("5", ltr=True, keep=True) in split_runs("خذ 5 كل يوم", "ar")


@pytest.mark.parametrize(
    ("tag", "words", "latin"),
    [
        ("ar", "التكلس (calcinosis cutis) في الجلد", "calcinosis cutis"),
        ("ar", "رمز L94.2 هنا", "L94.2"),
        ("ar", "مرض Raynaud’s هنا", "Raynaud’s"),
        ("ur", "جلد (calcinosis cutis) میں", "calcinosis cutis"),
        ("zh-Hans", "皮肤钙化（calcinosis cutis）是", "calcinosis cutis"),
        ("zh-Hans", "做X-ray检查", "X-ray"),
        ("hi", "त्वचा (calcinosis cutis) में", "calcinosis cutis"),
    ],
)
def test_latin_words_in_another_script_are_english(tag: str, words: str, latin: str) -> None:
    runs = split_runs(words, tag)
    [name] = [run for run in runs if run.language]
    assert (name.words, name.language, name.ltr) == (latin, "en", direction(tag) == "rtl")
    assert join_runs(runs) == words


def test_a_short_latin_name_is_not_broken_and_a_long_one_may_be() -> None:
    short, long = "X" * SHORT, "X" * (SHORT + 1)
    assert [run.keep for run in split_runs(f"في {short}", "ar")] == [False, True]
    assert [run.keep for run in split_runs(f"في {long}", "ar")] == [False, False]


def test_a_single_latin_letter_is_spoken_in_the_language_of_the_page() -> None:
    for tag in ("ar", "zh-Hans"):
        [letter] = [run for run in split_runs("维 D 维", tag) if "D" in run.words]
        assert letter.language == ""


@pytest.mark.parametrize("tag", ["en", "es"])
def test_latin_words_on_a_latin_page_stay_in_one_run(tag: str) -> None:
    words = "calcinosis cutis, l'été (Raynaud’s)"
    assert split_runs(words, tag) == (Run(words),)


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        ("**Do not** cut.", (Run("Do not", strong=True), Run(" cut."))),
        ("Do **not** cut.", (Run("Do "), Run("not", strong=True), Run(" cut."))),
        ("Do not **cut.**", (Run("Do not "), Run("cut.", strong=True))),
        ("**a** b **c**", (Run("a", strong=True), Run(" b "), Run("c", strong=True))),
        ("**20 mg**", (Run("20 mg", strong=True, keep=True),)),
        ("none", (Run("none"),)),
        ("", ()),
    ],
)
def test_words_between_two_pairs_of_stars_are_strong(words: str, runs: tuple[Run, ...]) -> None:
    assert split_runs(words, "en") == runs


def test_arabic_words_amounts_and_latin_names_are_strong_together() -> None:
    runs = split_runs("**خذ 5 mg calcium** فقط", "ar")
    assert [run.words for run in runs if run.strong] == ["خذ ", "5 mg", " ", "calcium"]
    assert [run.words for run in runs if not run.strong] == [" فقط"]


def test_a_placeholder_filled_by_a_number_is_one_unbroken_run() -> None:
    assert split_runs("Call {clinic_phone} now", "en", NUMBERS) == (
        Run("Call "),
        Run("020 7946 0000", keep=True),
        Run(" now"),
    )


@pytest.mark.parametrize("phone", ["020 7946 0000", "+44 (0)20 7946 0000", "(020) 7946-0000", "112", "0300.123.456"])
def test_a_phone_of_any_form_runs_left_to_right_in_arabic(phone: str) -> None:
    assert split_runs("اتصل على {clinic_phone} الآن", "ar", {"clinic_phone": phone}) == (
        Run("اتصل على "),
        Run(phone, ltr=True, keep=True),
        Run(" الآن"),
    )


def test_a_placeholder_filled_by_words_of_the_language_joins_its_sentence() -> None:
    assert split_runs("اتصل على {clinic_phone} الآن", "ar", {"clinic_phone": "عيادتك"}) == (Run("اتصل على عيادتك الآن"),)


def test_a_placeholder_filled_by_english_words_is_english_on_a_foreign_page() -> None:
    run = split_runs("اتصل على {clinic_phone}", "ar", {"clinic_phone": "Riverside Clinic"})[-1]
    assert (run.words, run.ltr, run.language) == ("Riverside Clinic", True, "en")


def test_a_placeholder_is_as_strong_as_the_words_around_it() -> None:
    assert split_runs("**Call {emergency_number}** now", "en", NUMBERS) == (
        Run("Call ", strong=True),
        Run("112", strong=True, keep=True),
        Run(" now"),
    )


def test_a_placeholder_may_be_filled_by_a_function() -> None:
    assert join_runs(split_runs("Call {emergency_number}", "en", lambda name: f"<{name}>")) == "Call <emergency_number>"


@pytest.mark.parametrize(
    ("words", "tag", "runs"),
    [
        ("Call {urgent_phone}.", "en", [("Call the line", False), (".", True)]),
        ("**Call {urgent_phone}!** Now", "en", [("Call the line", False), ("!", True), (" Now", False)]),
        ("Call {urgent_phone} now", "en", [("Call the line", False), ("", True), (" now", False)]),
        ("({urgent_phone}) (now)", "en", [("(the line", False), (")", True), (" (now)", False)]),
        ("拨打{urgent_phone}。", "zh-Hans", [("拨打热线", False), ("。", True)]),
    ],
)
def test_a_blank_is_no_words_and_keeps_the_punctuation_behind_it(words: str, tag: str, runs: list[tuple[str, bool]]) -> None:
    line = Run("热线" if tag == "zh-Hans" else "the line")
    found = split_runs(words, tag, {"urgent_phone": (line, Run("", keep=True, blank=True))})
    assert [(run.words, run.blank) for run in found] == runs


def test_a_number_to_call_is_bold_whole_and_in_its_own_direction() -> None:
    assert split_runs("اتصل على {clinic_phone} الآن", "ar", {"clinic_phone": set_phone("116 123", "ar")}) == (
        Run("اتصل على "),
        Run("116 123", strong=True, ltr=True, keep=True),
        Run(" الآن"),
    )


def test_a_placeholder_without_a_value_is_never_printed() -> None:
    with pytest.raises(KeyError, match="clinic_fax"):
        split_runs("Fax {clinic_fax}", "en", NUMBERS)


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("Riverside Clinic", "ltr"),
        ("مستشفى النهر", "rtl"),
        ("מרפאה (North)", "rtl"),
        ("(1) Riverside", "ltr"),
        ("1. عيادة", "rtl"),
        ("诊所", "ltr"),
        ("112", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_name_from_outside_runs_the_way_of_its_first_letter(name: str, way: str) -> None:
    assert text_direction(name) == way


def test_a_short_foreign_name_is_kept_on_one_line_and_a_long_one_may_break() -> None:
    assert [run.keep for run in split_runs("دواء (off-label)", "ar") if run.language] == [True]
    assert [run.keep for run in split_runs("دواء (sodium thiosulfate)", "ar") if run.language] == [False]
