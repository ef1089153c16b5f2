"""How hard English is to read."""

import pytest

from leaflets.readability import Reading, count_syllables, count_words, measure_reading, split_sentences


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("lump", 1),
        ("the", 1),
        ("hours", 1),
        ("moved", 1),
        ("eyes", 1),
        ("pills", 1),
        ("table", 2),
        ("muscle", 2),
        ("muscles", 2),
        ("needles", 2),
        ("handled", 2),
        ("whole", 1),
        ("fever", 2),
        ("needed", 2),
        ("treated", 2),
        ("changes", 2),
        ("people", 2),
        ("don’t", 1),
        ("Medicine", 3),
        ("emergency", 4),
        ("calcinosis", 4),
        ("hmm", 1),
    ],
)
def test_syllables_are_counted_by_the_vowels_that_are_spoken(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ask first. Do not stop!", ["Ask first.", "Do not stop!"]),
        ("Is it hot? Call us.", ["Is it hot?", "Call us."]),
        ("It is 38.5 °C. Call.", ["It is 38.5 °C.", "Call."]),
        ("Take one. 2 more may help.", ["Take one.", "2 more may help."]),
        ("Do not wait. {clinic_phone} is open.", ["Do not wait.", "{clinic_phone} is open."]),
        ("Stop. **Do not** cut.", ["Stop.", "**Do not** cut."]),
        ("A baby, e.g. at 3 months", ["A baby, e.g. at 3 months"]),
        ("No end", ["No end"]),
        ("", []),
        ("   ", []),
    ],
)
def test_a_text_is_cut_where_a_sentence_ends(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_sentence_in_quotes_ends_with_them() -> None:
    assert len(split_sentences("Say “I need help.” Then wait. **Do it now.** Then go.")) == 4


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("A fever of 100.4 °F (38 °C) or more", 7),
        ("Take 5 mg a day", 5),
        ("You may – or may not – feel it", 7),
        ("**Do not** cut", 3),
        ("Call {clinic_phone} now", 3),
        ("", 0),
    ],
)
def test_an_amount_is_one_word_and_a_dash_is_none(sentence: str, words: int) -> None:
    assert count_words(sentence) == words


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    # 0.39 * 4 words / 1 sentence + 11.8 * 6 syllables / 4 words - 15.59
    assert measure_reading(["Call your doctor today."], ()) == Reading(3.7, 1, 4, ())
    # 0.39 * 9 words / 2 sentences + 11.8 * 11 syllables / 9 words - 15.59
    assert measure_reading(["Call your doctor today.", "Do not cut the lump."], ()) == Reading(0.6, 2, 9, ())


def test_the_grade_falls_when_a_medical_term_is_excepted() -> None:
    sentences = ["The calcinosis is hard.", "It hurts."]
    whole, excepted = measure_reading(sentences, ()), measure_reading(sentences, ["calcinosis"])
    assert (whole.words, excepted.words) == (6, 5)
    assert excepted.grade < whole.grade
    assert (whole.excepted, excepted.excepted) == ((), ("calcinosis",))


@pytest.mark.parametrize(
    ("sentence", "terms", "excepted", "words"),
    [
        ("Deposits grow", ["deposit"], ("deposits",), 1),
        ("CALCINOSIS grows", ["calcinosis"], ("calcinosis",), 1),
        ("Calcinosis cutis grows", ["calcinosis", "calcinosis cutis"], ("calcinosis cutis",), 1),
        ("Calcinosis cutis grows", ["calcinosis"], ("calcinosis",), 2),
        ("A lumpy rash", ["lump"], (), 3),
        ("Ask about CRP (blood)", ["C.P"], (), 4),
    ],
)
def test_a_term_is_left_out_in_any_case_and_number_and_as_a_whole_word(
    sentence: str, terms: list[str], excepted: tuple[str, ...], words: int
) -> None:
    reading = measure_reading([sentence], terms)
    assert (reading.excepted, reading.words) == (excepted, words)


def test_longer_sentences_and_longer_words_are_harder() -> None:
    easy = measure_reading(["Do not cut it.", "Ask us first."], ()).grade
    long = measure_reading(["Do not cut it and ask us first."], ()).grade
    hard = measure_reading(["Do not manipulate it.", "Consult a professional first."], ()).grade
    assert easy < long < hard


@pytest.mark.parametrize(("sentences", "number"), [([], 0), (["calcinosis"], 1), (["38.5 °C"], 1)])
def test_a_text_without_words_has_no_grade(sentences: list[str], number: int) -> None:
    reading = measure_reading(sentences, ["calcinosis", "°C", "C"])
    assert (reading.grade, reading.sentences, reading.words) == (0.0, number, 0)
