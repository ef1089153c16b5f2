"""Checks of the script, the letters and the language of a translation."""

import re

import pytest

from leaflets.checks.pairs import Lexicon
from leaflets.languages import detection
from tests.support.pairs import compare, compare_ids, name_terms

BOTH = Lexicon(vocabularies={"en": frozenset(), "ar": frozenset(["تلمسون", "كتلا", "صلبة", "تحت", "الجلد"]), "ur": frozenset()})


@pytest.mark.parametrize(
    ("locale", "translated", "said"),
    [
        ("ru", "Звоните вpачу.", "U+0070"),
        ("es", "Tome wаrfarina.", "U+0430"),
        ("el", "Mην κόβετε.", "U+004D"),
        ("de", "Ein Кnoten.", "U+041A"),
        ("ka", "მthavari.", "U+0074"),
        ("ar", "الكلوi.", "U+0069"),
        ("hi", "किडnी।", "U+006E"),
    ],
)
def test_a_word_of_two_scripts_is_one_problem(locale: str, translated: str, said: str) -> None:
    [problem] = compare("Call.", translated, locale)
    assert problem.id == "mixed-script"
    assert said in problem.message


@pytest.mark.parametrize(
    ("locale", "translated"),
    [
        ("zh-Hans", "做X光。"),
        ("ar", "فحص الـMRI."),
        ("ru", "Витамин D и MRI."),
        ("el", "Πάρτε 5 μg."),
        ("hi", "MRIके बाद।"),
        ("ka", "JDM-ის დროს."),
        ("am", "የJDM።"),
        ("th", "ยาibuprofen"),
        ("ar", "الـibuprofen."),
    ],
)
def test_letters_of_two_scripts_that_do_not_look_alike_are_fine(locale: str, translated: str) -> None:
    assert compare("Call 5." if "5" in translated else "Call.", translated, locale) == []


@pytest.mark.parametrize(
    ("locale", "translated", "meant"),
    [
        ("ur", "كال کریں۔", "ک"),
        ("ur", "یہ هے۔", "ہ"),
        ("fa", "علي", "ی"),
        ("ar", "یمكن.", "ي"),
        ("ru", "вiра і.", "и"),
        ("uk", "ты.", "и"),
        ("th", "เเคลเซียม", "แ"),
        ("th", "จํากัด", "ำ"),
        ("th", "ไม่่", "่"),
    ],
)
def test_a_letter_of_a_neighbouring_language_is_one_problem(locale: str, translated: str, meant: str) -> None:
    problems = [
        each for each in compare("A." if translated[-1] in ".۔" else "A", translated, locale) if each.id == "foreign-letter"
    ]
    assert len(problems) == 1
    assert problems[0].remedy.startswith(f'Type "{meant}"')


@pytest.mark.parametrize(("locale", "translated"), [("ur", "کال کریں۔"), ("fa", "می‌شود."), ("ar", "يمكن."), ("tr", "Kesmeyin.")])
def test_letters_of_the_language_are_fine(locale: str, translated: str) -> None:
    assert compare("A.", translated, locale) == []


@pytest.mark.parametrize(
    ("english", "translated", "locale"),
    [
        ("You must rest.", "Please go to bed and rest until you feel better.", "es"),
        ("Rest at home. Call us.", "Descanse en casa. Please call the clinic right now.", "es"),
        ("If we are closed, use the urgent line.", "如果关门，use the urgent line。", "zh-Hans"),
        ("Rest at home today.", "Lepo, rest at home today.", "sw"),
        ("Rest. Drink more.", "Descanse. Drink more.", "es"),
        ("Rest. Call us.", "Ruhen Sie sich aus. Call us.", "de"),
        ("Take it with food.", "Hãy uống thuốc with food.", "vi"),
        ("Rest.", "Descanse. Keep this with you.", "es"),
        ("Call the clinic.", "请联系 the clinic。", "zh-Hans"),
        ("Wear gloves.", "Φορέστε gloves.", "el"),
        ("Wear gloves.", "请戴gloves。", "zh-Hans"),
    ],
)
def test_a_sentence_or_a_part_that_is_english_is_one_problem(english: str, translated: str, locale: str) -> None:
    assert "still-english" in compare_ids(english, translated, locale)


@pytest.mark.parametrize(
    ("english", "translated", "locale"),
    [
        ("Calcinosis cutis universalis.", "Calcinosis cutis universalis (calcinosis cutis universalis).", "es"),
        ("Ask about the care of lumps (the hard lumps).", "Pregunte (the hard lumps of calcium).", "es"),
        ("See https://clinic.example/the-help.", "Vea https://clinic.example/the-help.", "es"),
        ("Call {emergency_number} now.", "Llame al {emergency_number} ya.", "es"),
        ("Lupus.", "Lupus.", "es"),
        ("Ask about diltiazem, IVIG, warfarin, lupus.", "Pregunte por diltiazem, IVIG, warfarin, lupus.", "es"),
        ("A normal diet.", "Lishe ya kawaida.", "sw"),
        ("Do not stop it.", "No has de parar.", "es"),
        ("Eat or stop.", "Eet of stop.", "nl"),
        ("Who will come in?", "Wer will in die Klinik?", "de"),
        ("Shingles, shingles", "شنگلز (shingles)", "ur"),
        ("Wear gloves.", "Κρατήστε το Gloves.", "el"),
    ],
)
def test_names_brackets_and_addresses_may_be_english(english: str, translated: str, locale: str) -> None:
    assert compare(english, translated, locale) == []


def test_a_term_may_be_the_english_word_in_another_script() -> None:
    known = name_terms("methotrexate", "methotrexate")
    assert compare("Take methotrexate.", "請在每個星期的同一天按照醫生的指示服用methotrexate。", "zh-Hant", known) == []


def test_a_sentence_of_another_language_of_the_project_is_one_problem() -> None:
    english, arabic = "You may feel hard lumps.", "قد تلمسون كتلا صلبة تحت الجلد۔"
    problems = [each for each in compare(english, arabic, "ur", BOTH) if each.id == "wrong-language"]
    assert len(problems) == 1
    assert "is Arabic, not Urdu" in problems[0].message
    assert compare(english, "آپ کو جلد کے نیچے سخت گٹھلیاں محسوس ہو سکتی ہیں۔", "ur", BOTH) == []


def test_the_model_is_not_read_for_clean_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(tags: frozenset[str]) -> None:
        raise AssertionError("the model was asked")

    monkeypatch.setattr(detection, "choose_languages", refuse)
    known = Lexicon(vocabularies={"en": frozenset({"the", "lumps", "may", "be", "hard"}), "es": frozenset({"los", "bultos"})})
    assert compare("The lumps may be hard.", "Los bultos pueden ser duros.", lexicon=known) == []


@pytest.mark.parametrize(("locale", "words"), [("vi", "Không\u200b cắt."), ("ka", "არ\u200d გაჭრათ."), ("ur", "نہ\u200b کاٹیں۔")])
def test_a_mark_without_width_is_an_error_where_the_language_has_no_use_for_it(locale: str, words: str) -> None:
    assert "idle-mark" in compare_ids("Cut.", words, locale)
    assert "idle-mark" not in compare_ids("Cut.", re.sub("[\u200b\u200d]", "", words), locale)


@pytest.mark.parametrize(("locale", "words"), [("th", "อย่า\u200bตัด"), ("fa", "نمی\u200cبریم."), ("hi", "क्\u200dष")])
def test_a_mark_without_width_stays_where_the_script_needs_it(locale: str, words: str) -> None:
    assert "idle-mark" not in compare_ids("Cut.", words, locale)
