"""A unit's English beside its translation, and what checks of it need to know of the rest of its language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from leaflets.model import SOURCE_LOCALE, Markers, Term, Text
from leaflets.project import Language, Project
from leaflets.wording import fold_words

LEAST_LENGTH = 60
"""Letters of English from which the length of a translation says something."""
LEAST_UNITS = 10


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed words of a language beside the English ones, the words of all languages, and what was already said in this one.

    `ratio` is the median length of a translation for each letter of English, 0 where there are too few to tell; `first` has
    for each unit of a topic the first unit with the same English, and its translation.
    """

    terms: tuple[tuple[Term, Term], ...] = ()
    source_markers: Markers | None = None
    markers: Markers | None = None
    vocabularies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ratio: float = 0
    first: Mapping[str, tuple[str, Text]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit's English and its translation."""

    unit: str
    locale: str
    english: Text
    translated: Text
    wording: Wording = Wording()


@dataclass(frozen=True, slots=True)
class LanguageContent:
    """A language with the project that it belongs to."""

    language: Language
    project: Project


def gather_wording(project: Project, language: Language) -> Wording:
    """Gather what the checks of a language's units need to know."""
    source = project.languages.get(SOURCE_LOCALE)
    terms = source.terms if source else {}
    pairs = {unit: (english, language.words[unit]) for unit, english in project.units.items() if unit in language.words}
    ratios = [measure_ratio(english, text) for english, text in pairs.values() if len(english.words) >= LEAST_LENGTH]
    first: dict[str, tuple[str, Text]] = {}
    for unit, (english, text) in pairs.items():
        first.setdefault(english.words, (unit, text))
    return Wording(
        terms=tuple((term, language.terms[name]) for name, term in terms.items() if name in language.terms),
        source_markers=source.markers if source else None,
        markers=language.markers,
        vocabularies={tag: list_vocabulary(project, tag) for tag in project.languages},
        ratio=median(ratios) if len(ratios) >= LEAST_UNITS else 0,
        first={unit: first[english.words] for unit, (english, _) in pairs.items()},
    )


def list_vocabulary(project: Project, tag: str) -> frozenset[str]:
    """List the words that the units of a language are made of."""
    words = project.units if tag == SOURCE_LOCALE else project.languages[tag].words
    return frozenset(word for text in words.values() for word in fold_words(text.words).split())


def measure_ratio(english: Text, translated: Text) -> float:
    """Say how many letters of the translation stand for one of English."""
    return len(translated.words) / len(english.words)
