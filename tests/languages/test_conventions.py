"""The letters and marks of a language."""

import pytest

from leaflets.languages.conventions import find_articles, find_foreign_letters, find_marks, find_prefixes, read_conventions
from leaflets.languages.locales import is_tag


@pytest.mark.parametrize(
    ("tag", "statement", "question", "comma"),
    [
        ("en", ".", "?", ","),
        ("sw", ".", "?", ","),
        ("ar", ".", "؟", "،"),
        ("ur", "۔", "؟", "،"),
        ("zh-Hans", "。", "？", "，"),
        ("hi", "।", "?", ","),
        ("el", ".", ";", ","),
    ],
)
def test_the_usual_marks_follow_from_script_and_language(tag: str, statement: str, question: str, comma: str) -> None:
    marks = find_marks(tag)
    assert (marks.statement[:1], marks.question[:1], marks.comma[:1]) == (statement, question, comma)


def test_a_country_may_have_marks_of_its_own() -> None:
    assert "?" in find_marks("fr").spaced
    assert "?" not in find_marks("fr-CA").spaced
    assert find_marks("es-MX") == find_marks("es")


@pytest.mark.parametrize("tag", ["en", "es", "ar", "ur", "hi", "zh-Hans", "el", "am", "th"])
def test_a_mark_ends_one_kind_of_sentence(tag: str) -> None:
    marks = find_marks(tag)
    assert len(marks.ends) == len(marks.statement + marks.question + marks.exclamation + marks.colon)


@pytest.mark.parametrize(("tag", "letter", "meant"), [("ur", "ك", "ک"), ("ar", "ک", "ك"), ("uk-UA", "ы", "и"), ("th", "เเ", "แ")])
def test_a_letter_of_a_neighbouring_language_stands_for_another(tag: str, letter: str, meant: str) -> None:
    assert find_foreign_letters(tag)[letter] == meant


@pytest.mark.parametrize("tag", sorted(read_conventions()["letters"]))
def test_no_letter_that_is_meant_is_foreign_itself(tag: str) -> None:
    assert is_tag(tag)
    letters = find_foreign_letters(tag)
    assert not set(letters) & set(letters.values())


def test_a_language_that_is_not_named_has_no_foreign_letters_no_articles_and_no_prefixes() -> None:
    assert (find_foreign_letters("sw"), find_articles("sw"), find_prefixes("sw")) == ({}, (), ())
