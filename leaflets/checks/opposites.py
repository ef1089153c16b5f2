"""Checks of words that turn a sentence round without a "not": lower and raise, before and after, once and double."""

from collections.abc import Iterator, Mapping

from leaflets.checks import check
from leaflets.checks.lexicon import count_found, find_other_number, list_quoted
from leaflets.checks.pairs import HIGH_RISK, Pair
from leaflets.model import SOURCE_LOCALE, Markers
from leaflets.problems import Problem, Rule, Severity

Sides = Mapping[str, int]


@check(
    "opposite-mismatch", Severity.ERROR, '"Raise the dose" for "lower the dose" reads as well, and does the reverse.', HIGH_RISK
)
def find_swapped_opposites(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """Where the English says one of two opposites (lower, raise), the translation says it as often, by content/markers."""
    source, own = pair.lexicon.source_markers, pair.lexicon.markers
    if source is None or own is None:
        return
    for name, sides in source.opposites.items():
        known = own.opposites.get(name, {})
        if not all(known.get(side) for side in sides):
            continue
        wanted = count_sides(pair.english.words, sides, SOURCE_LOCALE, source)
        found = count_sides(pair.translated.words, known, pair.locale, own) if any(wanted.values()) else wanted
        lost = [side for side in sides if found[side] < wanted[side]]
        more = [side for side in sides if found[side] > wanted[side]]
        if lost:
            said = (
                f"{list_quoted(more)} stands where the English says {list_quoted(lost)}"
                if more
                else f"nothing says {list_quoted(lost)}"
            )
            message = f'{said}: "{pair.translated}" (English: "{pair.english}")'
            where = f"under `opposites:` in content/markers/{pair.locale}.yaml"
            yield rule.at(pair.translated.place, message, f"Say what the English says, or put the words for it {where}.")


def count_sides(text: str, sides: Mapping[str, tuple[str, ...]], tag: str, markers: Markers) -> Sides:
    """Count the words of each side of a pair in a text.

    >>> count_sides("Before and after a walk.", {"before": ("before",), "after": ("after",)}, "en", Markers())
    {'before': 1, 'after': 1}
    """
    return {side: len(count_found(text, words, tag, markers)) for side, words in sides.items()}


@check("dose-mismatch", Severity.ERROR, '"Take double" where the English says "take" is twice the dose.', HIGH_RISK)
def find_dose_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation has as many words that multiply a dose (double, half) as its English, by content/markers."""
    return find_other_number(rule, pair, "doses", "multiply a dose", "Say how much as the English does", more=True)


OPPOSITE_CHECKS = (find_swapped_opposites, find_dose_mismatches)
