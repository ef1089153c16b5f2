"""Where a line may end."""

import pytest

from leaflets.languages.breaks import MAY_END, MUST_NOT_END, UNSEEN, mark_breaks, needs_marks


def show(texts: list[str], tag: str) -> list[str]:
    """Mark texts, with | where a line may end and ~ where it must not."""
    return [text.replace(MAY_END, "|").replace(MUST_NOT_END, "~") for text in mark_breaks(texts, tag)]


@pytest.mark.parametrize(
    ("tag", "words", "marked"),
    [
        ("th", "ห้ามบีบก้อน", "ห้าม|บีบ|ก้อน"),
        ("lo", "ໃນມື້ດຽວກັນ", "ໃນ|ມື້|ດຽວກັນ"),
        ("km", "ទូរស័ព្ទទៅគ្លីនិករបស់អ្នក", "ទូរស័ព្ទ|ទៅ|គ្លីនិក|របស់|អ្នក"),
        ("my", "သင့်ဆေးခန်းကို ဖုန်းခေါ်ပါ", "သင့်|ဆေးခန်း|ကို ဖုန်း|ခေါ်|ပါ"),
        ("ja", "診療所に電話してください。", "診~療~所~に電~話~し~て~く~だ~さ~い。"),
        ("ko", "병원에 전화하세요.", "병~원~에 전~화~하~세~요."),
    ],
)
def test_a_line_may_end_at_words_and_phrases_alone(tag: str, words: str, marked: str) -> None:
    assert show([words], tag) == [marked]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("ဆေးကို မရပ်ပါနှင့်", "ဆေး|ကို မရပ်|ပါ|နှင့်"),
        ("နို့မစို့သလောက်", "နို့|မစို့|သလောက်"),
        ("ဖုန်းမကိုင်လျှင်", "ဖုန်း|မကိုင်|လျှင်"),
    ],
)
def test_a_burmese_not_stays_with_its_verb(words: str, marked: str) -> None:
    assert show([words], "my") == [marked]


def test_a_word_that_goes_on_in_bold_is_one_word() -> None:
    assert show(["약은 ", "매일", "을 드세요"], "ko") == ["약~은 ", "매~일", "~을 드~세~요"]
    assert show(["โทรหา", "คลินิก", " 112"], "th") == ["โทร|หา", "|คลินิก", " 112"]


@pytest.mark.parametrize(
    ("tag", "words", "marked"),
    [
        ("my", "ကမ္ဘာ့ဟိန္ဒီ", "ကမ္ဘာ့|ဟိန္ဒီ"),
        ("my", "စင်္ကာပူ", "စင်္ကာ|ပူ"),
        ("my", "ဂျော့ဂျ်", "ဂျော့|ဂျ်"),
        ("km", "បាស្គៀ", "បាស្គៀ"),
        ("km", "អាហ្វ្រិក", "អាហ្វ្រិក"),
    ],
)
def test_a_syllable_of_a_word_that_no_dictionary_has_is_not_torn(tag: str, words: str, marked: str) -> None:
    """ICU ends lines behind the sign that stacks a consonant below another."""
    assert show([words], tag) == [marked]


@pytest.mark.parametrize(
    ("tag", "words"), [("th", "ยา methotrexate 5 mg/วัน (38.5 °C)"), ("km", "clinic.example/km"), ("ja", "38.5 °C")]
)
def test_names_amounts_and_addresses_have_no_marks_inside(tag: str, words: str) -> None:
    assert show([words], tag) == [words]


def test_a_mark_that_a_translator_put_is_not_doubled() -> None:
    assert show([f"ទៅ{MAY_END}គ្លីនិក"], "km") == ["ទៅ|គ្លីនិក"]


@pytest.mark.parametrize("tag", ["en", "ar", "hi", "zh-Hans", "bo", "am"])
def test_other_languages_need_none(tag: str) -> None:
    assert not needs_marks(tag)


def test_the_marks_are_taken_out_again() -> None:
    for words, tag in (("ห้ามบีบก้อน", "th"), ("診療所に電話", "ja")):
        assert mark_breaks([words], tag) != (words,)
        assert mark_breaks([words], tag)[0].translate(UNSEEN) == words
