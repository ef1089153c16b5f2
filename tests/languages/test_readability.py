"""How hard a text is to read."""

import pytest

from leaflets.languages.readability import (
    FLESCH_KINCAID,
    FORMULAS,
    SMOG,
    Readability,
    count_language_syllables,
    count_syllables,
    count_words,
    measure_length,
    measure_reading,
    split_any_sentences,
    split_sentences,
)


def read(sentences: list[str], terms: list[str] | None = None, language: str = "en") -> Readability:
    return measure_reading(tuple(sentences), tuple(terms or ()), language)


def grade(sentences: list[str], terms: list[str] | None = None) -> float:
    return dict(read(sentences, terms).scores)[FLESCH_KINCAID]


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
    assert grade(["Call your doctor today."]) == 3.7
    # 0.39 * 9 words / 2 sentences + 11.8 * 11 syllables / 9 words - 15.59
    assert grade(["Call your doctor today.", "Do not cut the lump."]) == 0.6


def test_smog_counts_the_words_of_three_syllables_in_thirty_sentences() -> None:
    # 1.043 * sqrt(30 * 1 long word / 1 sentence) + 3.1291
    assert dict(read(["Ask about medicine."]).scores)[SMOG] == 8.8
    assert dict(read(["Ask us.", "Call us."]).scores)[SMOG] == 3.1


@pytest.mark.parametrize(
    ("language", "sentences", "score"),
    [
        # 206.835 - 62.3 * 8 syllables / 5 words - 5 words / 2 sentences
        ("es", ["No corte los bultos.", "Llame."], 104.7),
        # 180 - 4 / 1 - 58.5 * 5 / 4
        ("de", ["Das ist kein Krebs."], 117.5),
        # 207 - 1.015 * 5 / 1 - 73.6 * 5 / 5
        ("fr", ["Ce n’est pas ta faute."], 128.3),
        # 89 + (300 * 1 - 10 * 16 letters) / 4
        ("it", ["Non tagliare i nodi."], 124.0),
        # 206.84 - 0.93 * 4 / 1 - 77 * 5 / 4
        ("nl", ["Bel ons bij koorts."], 126.1),
        # 0.4 * (3 / 1 + 100 * 1 / 3)
        ("pl", ["Nie usuwaj samodzielnie."], 14.5),
        # 248.835 - 1.015 * 4 / 1 - 84.6 * 6 / 4
        ("pt", ["Não corte os nódulos."], 96.7),
        # 206.835 - 1.3 * 3 / 1 - 60.1 * 5 / 3
        ("ru", ["Не режьте узел."], 102.8),
    ],
)
def test_a_language_is_measured_by_its_own_formula(language: str, sentences: list[str], score: float) -> None:
    [(formula, found)] = read(sentences, language=language).scores
    assert found == score
    assert formula in FORMULAS[language]


def test_a_grade_is_plain_below_its_limit_and_an_ease_above() -> None:
    [ease] = FORMULAS["es"]
    assert (FLESCH_KINCAID.plain(6.0), FLESCH_KINCAID.plain(6.1)) == (True, False)
    assert (ease.plain(55), ease.plain(54.9)) == (True, False)


@pytest.mark.parametrize(
    ("language", "word", "syllables"),
    [
        ("es", "ciudad", 2),
        ("es", "leer", 2),
        ("es", "médico", 3),
        ("es", "guía", 2),
        ("es", "muy", 1),
        ("de", "Haut", 1),
        ("de", "Ärztin", 2),
        ("de", "Behandlung", 3),
        ("fr", "peau", 1),
        ("fr", "pommade", 2),
        ("fr", "le", 1),
        ("nl", "huid", 1),
        ("nl", "knobbeltje", 3),
        ("pl", "skóra", 2),
        ("pl", "dziecko", 2),
        ("pt", "pele", 2),
        ("pt", "coração", 3),
        ("pt", "água", 2),
        ("pt", "quem", 1),
        ("ru", "ребёнок", 3),
        ("ru", "в", 1),
        ("en", "fever", 2),
    ],
)
def test_syllables_are_counted_by_the_vowels_of_the_language(language: str, word: str, syllables: int) -> None:
    assert count_language_syllables(word, language) == syllables


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("别停药。先问医生。", 2),
        ("هل يؤلم؟ اتصل.", 2),
        ("سوزش ہو۔ فون کریں۔", 2),
        ("दर्द है। फ़ोन करें।", 2),
        ("¿Duele? Llame.", 2),
        ("38.5 °C", 1),
        ("", 0),
    ],
)
def test_a_text_of_any_language_is_cut_where_a_sentence_ends(text: str, number: int) -> None:
    assert len(split_any_sentences(text)) == number


def test_a_sentence_is_as_long_as_its_words_or_its_han_characters() -> None:
    assert (measure_length("别停药，先问。"), measure_length("Do not stop it.")) == (5, 4)


def test_the_grade_falls_when_a_medical_term_is_excepted() -> None:
    sentences = ["The calcinosis is hard.", "It hurts."]
    whole, excepted = read(sentences), read(sentences, ["calcinosis"])
    assert (whole.counts.words, excepted.counts.words) == (6, 5)
    assert grade(sentences, ["calcinosis"]) < grade(sentences)
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
    reading = read([sentence], terms)
    assert (reading.excepted, reading.counts.words) == (excepted, words)


def test_longer_sentences_and_longer_words_are_harder() -> None:
    easy = grade(["Do not cut it.", "Ask us first."])
    long = grade(["Do not cut it and ask us first."])
    hard = grade(["Do not manipulate it.", "Consult a professional first."])
    assert easy < long < hard


@pytest.mark.parametrize(("sentences", "number"), [([], 0), (["calcinosis"], 1), (["38.5 °C"], 1)])
def test_a_text_without_words_has_no_grade(sentences: list[str], number: int) -> None:
    reading = read(sentences, ["calcinosis", "°C", "C"])
    assert (reading.scores, reading.counts.sentences, reading.counts.words) == ((), number, 0)
