"""One sentence and its translation, as the tests of single checks read them."""

from leaflets.checks.pairs import Lexicon, Pair
from leaflets.checks.translation import PAIR_CHECKS
from leaflets.model import Markers, Term, Text
from leaflets.problems import Place, Problem

PLAIN = Lexicon()
ENGLISH = Markers(("not", "no", "never", "without", "unless"), ("must", "should", "have to", "need to"))


def name_terms(english: str, term: str, *avoid: str, forms: tuple[str, ...] = ()) -> Lexicon:
    """Make a list of one term."""
    place = Place("terms.yaml")
    return Lexicon(terms=((Term("term", Text(english, place)), Term("term", Text(term, place), avoid, forms)),))


def compare(english: str, translated: str, locale: str = "es", lexicon: Lexicon = PLAIN) -> list[Problem]:
    """Hold a translation against its English."""
    pair = Pair("signs.lumps.hard", locale, Text(english, Place("en.yaml", 3)), Text(translated, Place("es.yaml", 7)), lexicon)
    problems = [problem for pair_check in PAIR_CHECKS for problem in pair_check(pair)]
    assert all(problem.place == Place("es.yaml", 7) for problem in problems)
    assert all(len(str(problem).splitlines()) == 1 for problem in problems)
    return problems


def compare_ids(english: str, translated: str, locale: str = "es", lexicon: Lexicon = PLAIN) -> list[str]:
    return [problem.id for problem in compare(english, translated, locale, lexicon)]
