"""Checks of words that turn a sentence round, of terms that were swapped, and of how often they stand."""

from dataclasses import replace

import pytest

from leaflets.checks.pairs import Lexicon
from leaflets.model import Markers, Term, Text
from leaflets.problems import Place, Severity
from tests.support.pairs import compare, compare_ids

ENGLISH = Markers(
    doses=("double", "half"),
    opposites={
        "lower and raise": {"lower": ("lower", "lowers"), "raise": ("raise*",)},
        "hot and cold": {"hot": ("hot",), "cold": ("cold",)},
    },
    exceptions=("lower back",),
)
SPANISH = Markers(
    doses=("doble", "mitad"),
    opposites={
        "lower and raise": {"lower": ("baj*",), "raise": ("sub*", "aument*")},
        "hot and cold": {"hot": ("caliente",), "cold": ()},
    },
)
MARKED = Lexicon(source_markers=ENGLISH, markers=SPANISH)
TERMS = {
    "warfarin": ("warfarina", True),
    "vitamin D": ("vitamina D", True),
    "ibuprofen": ("ibuprofeno", True),
    "dystrophic": ("distrófica", False),
    "metastatic": ("metastásica", False),
    "lump": ("bulto", False),
}
LISTED = Lexicon(
    terms=tuple(
        (Term(english, Text(english, Place("")), exact=exact), Term(english, Text(word, Place(""))))
        for english, (word, exact) in TERMS.items()
    )
)


@pytest.mark.parametrize(
    ("english", "translated", "said"),
    [
        ("We will lower the dose.", "Subiremos la dosis.", '"raise" stands where the English says "lower"'),
        ("It can raise calcium.", "Puede bajar el calcio.", '"lower" stands where the English says "raise"'),
        ("We will lower the dose.", "Cambiaremos la dosis.", 'nothing says "lower"'),
        ("It lowers pain. It lowers heat.", "Baja el dolor. Quita el calor.", 'nothing says "lower"'),
    ],
)
def test_an_opposite_that_was_swapped_or_lost_is_an_error(english: str, translated: str, said: str) -> None:
    [problem] = compare(english, translated, lexicon=MARKED)
    assert (problem.id, problem.severity) == ("opposite-mismatch", Severity.ERROR)
    assert problem.message.startswith(said)


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("We will lower the dose.", "Bajaremos la dosis."),
        ("We raise it or lower it.", "Subirla o bajarla."),
        ("Pain in the lower back.", "Dolor de espalda."),
        ("Cold skin.", "Piel helada."),
        ("Some people.", "Algunas personas suben."),
    ],
)
def test_opposites_that_are_said_or_not_listed_on_both_sides_are_fine(english: str, translated: str) -> None:
    assert "opposite-mismatch" not in compare_ids(english, translated, lexicon=MARKED)
    assert compare("We will lower it.", "Lo subiremos.", lexicon=replace(MARKED, markers=Markers())) == []


@pytest.mark.parametrize(
    ("english", "translated"),
    [("Take it.", "Tome el doble."), ("Take half of it.", "Tómelo."), ("Take double.", "Tome el doble y la mitad.")],
)
def test_a_word_that_multiplies_a_dose_and_was_added_or_lost_is_an_error(english: str, translated: str) -> None:
    assert compare_ids(english, translated, lexicon=MARKED) == ["dose-mismatch"]
    assert compare_ids("Take half.", "Tome la mitad.", lexicon=MARKED) == []


@pytest.mark.parametrize(
    ("english", "translated", "said"),
    [
        ("Ibuprofen can help.", "El paracetamol puede ayudar.", '"ibuprofen" is not in it'),
        (
            "Warfarin can help.",
            "El ibuprofeno puede ayudar.",
            '"warfarin" is not in it and "ibuprofeno" is in it, and not in the English',
        ),
        ("Eat well.", "Coma bien. Tome vitamina D.", '"vitamina D" is in it, and not in the English'),
        (
            "The dystrophic type.",
            "El tipo metastásica.",
            '"dystrophic" is not in it and "metastásica" is in it, and not in the English',
        ),
    ],
)
def test_a_medicine_lost_or_added_and_a_term_in_the_place_of_another_are_errors(english: str, translated: str, said: str) -> None:
    problems = {each.id: each for each in compare(english, translated, lexicon=LISTED)}
    assert problems["term-mismatch"].severity is Severity.ERROR
    assert problems["term-mismatch"].message.startswith(said)


def test_a_term_that_stands_twice_in_english_and_once_here_is_a_warning() -> None:
    [problem] = compare("A lump, or two lumps.", "Un bulto, o dos.", lexicon=LISTED)
    assert (problem.id, problem.severity) == ("term-unused", Severity.WARNING)
    assert "(1 times, not 2)" in problem.message
    assert compare_ids("Warfarin or no warfarin.", "Warfarina o no.", lexicon=LISTED) == ["term-unused"]
    assert compare("A lump, or two lumps.", "Un bulto, o dos bultos.", lexicon=LISTED) == []


def test_a_word_that_is_no_medicine_may_stand_in_other_sentences() -> None:
    assert compare("It hurts.", "El bulto duele.", lexicon=LISTED) == []
