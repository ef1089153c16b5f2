"""A unit's English beside its translation, and what checks of it need to know of the rest of its language."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from leaflets.content.project import Language, Project
from leaflets.languages.phrases import name_terms, split_phrases
from leaflets.languages.quantities import RATIO, follows_order
from leaflets.model import SOURCE_LOCALE, Markers, Term, Text

HIGH_RISK = "https://pmc.ncbi.nlm.nih.gov/articles/PMC3118429"
LEAST_LENGTH = 60
"""Letters of English from which the length of a translation says something."""
LEAST_UNITS = 10
LEAST_RATIOS = 3
"""Texts with a ratio from which the order of a language is known; and how many there must be for each of the other order."""


@dataclass(frozen=True)
class Lexicon:
    """The fixed words of a language beside the English ones, the words of all languages, and what was already said in this one.

    `ratio` is the median length of a translation for each letter of English, 0 where there are too few to tell; `turned` says
    whether the language puts "4" before "1" in "1 in 4", None where that is not known; `first` has for each unit of a topic the
    first unit with the same English, and its translation; `said` has for each translation the first unit that it is of, and its
    English.
    """

    terms: tuple[tuple[Term, Term], ...] = ()
    source_markers: Markers | None = None
    markers: Markers | None = None
    vocabularies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ratio: float = 0
    turned: bool | None = None
    first: Mapping[str, tuple[str, Text]] = field(default_factory=dict)
    said: Mapping[str, tuple[str, Text]] = field(default_factory=dict)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What an English text may call the terms, each with the name of its term."""
        return name_terms({source.name: source for source, _ in self.terms})

    @cached_property
    def avoided(self) -> tuple[str, ...]:
        """The words that must not stand for a term."""
        return tuple(word for _, term in self.terms for word in term.avoid)

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """The ways to say the fixed words."""
        return tuple(phrase for _, term in self.terms for phrase in split_phrases(term.term.words))


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit's English and its translation."""

    unit: str
    locale: str
    english: Text
    translated: Text
    lexicon: Lexicon = Lexicon()


@dataclass(frozen=True, slots=True)
class LanguageContent:
    """A language with the project that it belongs to."""

    language: Language
    project: Project


def gather_lexicon(project: Project, language: Language) -> Lexicon:
    """Gather what the checks of a language's units need to know."""
    source = project.languages.get(SOURCE_LOCALE)
    terms = source.terms if source else {}
    pairs = {unit: (english, language.words[unit]) for unit, english in project.units.items() if unit in language.words}
    ratios = [measure_ratio(english, text) for english, text in pairs.values() if len(english.words) >= LEAST_LENGTH]
    first: dict[str, tuple[str, Text]] = {}
    said: dict[str, tuple[str, Text]] = {}
    for unit, (english, text) in pairs.items():
        first.setdefault(english.words, (unit, text))
        said.setdefault(text.words, (unit, english))
    return Lexicon(
        terms=tuple((term, language.terms[name]) for name, term in terms.items() if name in language.terms),
        source_markers=source.markers if source else None,
        markers=language.markers,
        vocabularies=project.vocabularies,
        ratio=median(ratios) if len(ratios) >= LEAST_UNITS else 0,
        turned=find_ratio_order(pairs.values(), language.tag),
        first={unit: first[english.words] for unit, (english, _) in pairs.items()},
        said=said,
    )


def find_ratio_order(pairs: Iterable[tuple[Text, Text]], tag: str) -> bool | None:
    """Say whether a language puts the whole of a ratio before its part, by most of its own texts; None where they do not say."""
    orders: Counter[bool] = Counter()
    for english, translated in pairs:
        if not RATIO.search(english.words):
            continue
        kept, turned = (follows_order(english.words, translated.words, tag, turned=turned) for turned in (False, True))
        if kept != turned:
            orders[turned] += 1
    usual = max(orders, key=orders.__getitem__, default=False)
    return usual if orders[usual] >= LEAST_RATIOS * max(1, orders[not usual]) else None


def measure_ratio(english: Text, translated: Text) -> float:
    """Say how many letters of the translation stand for one of English."""
    return len(translated.words) / len(english.words)
