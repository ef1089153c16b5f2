"""Checks of the marks of a translation."""

import pytest

from leaflets.problems import Severity
from tests.support.pairs import compare, compare_ids


@pytest.mark.parametrize(
    ("english", "translated", "locale"),
    [
        ("Is it safe?", "Es seguro.", "es"),
        ("It is safe.", "¿Es seguro?", "es"),
        ("Is it safe?", "هل هو آمن.", "ar"),
        ("Is it safe?", "هل هو آمن?", "ar"),
        ("Is it safe?", "安全吗。", "zh-Hans"),
        ("Is it safe?", "Είναι ασφαλές.", "el"),
    ],
)
def test_a_question_that_is_none_and_one_that_is_too_many_are_errors(english: str, translated: str, locale: str) -> None:
    [problem] = [each for each in compare(english, translated, locale) if each.severity is Severity.ERROR]
    assert problem.id == "question-mismatch"


@pytest.mark.parametrize(
    ("english", "translated", "locale"),
    [
        ("Is it safe?", "¿Es seguro?", "es"),
        ("Is it safe?", "هل هو آمن؟", "ar"),
        ("Is it safe?", "安全吗？", "zh-Hans"),
        ("Is it safe?", "Είναι ασφαλές;", "el"),
        ("Is it safe?", "Ապահո՞վ է։", "hy"),
        ("Is it safe?", "ደህና ነው?", "am"),
        ("Is it safe?", "ปลอดภัยไหม", "th"),
        ("It is safe.", "ปลอดภัย", "th"),
        ("It is safe.", "یہ محفوظ ہے۔", "ur"),
        ("It is safe.", "यह सुरक्षित है।", "hi"),
        ("It is safe.", "यह सुरक्षित है.", "hi"),
        ("It is “safe.”", "Es “seguro”.", "es"),
        ("Say: “safe”", "Dites\u00a0: «\u00a0sûr\u00a0»", "fr"),
        ("Stop!", "¡Pare!", "es"),
        ("5%", "5\u00a0%", "fr"),
        ("Stop: now", "Arrêtez : now", "fr-CA"),
    ],
)
def test_each_language_has_its_own_marks(english: str, translated: str, locale: str) -> None:
    assert compare(english, translated.replace(" :", "\u00a0:"), locale) == []


@pytest.mark.parametrize(
    ("english", "translated", "locale", "said"),
    [
        ("It is safe.", "Es seguro", "es", "ends with no mark"),
        ("Safe", "Seguro.", "es", "ends with statement"),
        ("Now:", "Ahora.", "es", "ends with statement"),
        ("Is it? Yes.", "Es? Sí.", "es", '0 "¿" for 1 "?"'),
        ("Stop!", "Pare!", "es", '0 "¡" for 1 "!"'),
        ("Red, hot.", "أحمر, ساخن.", "ar", '"," is another language'),
        ("Red. Hot.", "سرخ. گرم۔", "ur", '"." is another language'),
        ("Red, hot.", "红,烫。", "zh-Hans", '"," is another language'),
        ("Red. Hot.", "Rojo。 Caliente.", "es", '"。" is another language'),
        ("Red, hot.", "Rojo,  caliente.", "es", "two spaces"),
        ("Red, hot.", "Rojo , caliente.", "es", 'a space before ","'),
        ("Red (hot).", "Rojo (caliente.", "es", '1 "(" and 0 ")"'),
        ("Red “hot”.", "Rojo “caliente.", "es", "stands alone"),
        ("Is it?", "Est-ce ?", "fr", "no space that does not break"),
        ("Now: go.", "Maintenant: allez.", "fr", "no space that does not break"),
        ("“Hot” now.", "«chaud\u00a0» là.", "fr", "no space that does not break after"),
    ],
)
def test_a_mark_that_is_lost_foreign_or_badly_spaced_is_a_warning(english: str, translated: str, locale: str, said: str) -> None:
    [problem] = [each for each in compare(english, translated, locale) if each.id == "punctuation"]
    assert problem.severity is Severity.WARNING
    assert said in problem.message


def test_latin_words_and_numbers_keep_their_own_marks() -> None:
    assert compare_ids("Dr. Lee (MRI, CT): 38.5 °C, 10:30.", "د. Lee (MRI, CT): 38.5 °C، 10:30.", "ar") == []
    assert compare_ids("Read a.b, then rest.", "读a.b，然后休息。", "zh-Hans") == []
