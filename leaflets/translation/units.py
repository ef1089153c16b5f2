"""How far a language is, unit by unit.

Takes a `Project` and a tag; gives a `Unit` for every piece of text that a leaflet may print: those of the topics, the fixed words
of the terms, and the labels of the page itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from weakref import WeakKeyDictionary

from leaflets.content.narrow import narrow_topic
from leaflets.content.project import Project, find_broken
from leaflets.content.signoffs import Reading, find_status
from leaflets.content.waivers import describe_waivers
from leaflets.model import SOURCE_LOCALE, Status, Text, Topic, label_unit, list_units, term_unit
from leaflets.problems import LeafletsError
from leaflets.translation.outline import list_outlines, outline_unit


class State(StrEnum):
    """How far a unit is, from least to most; the last four are those of `Status`."""

    MISSING = "missing"
    STALE = "stale"
    DRAFT = "draft"
    TRANSLATED = "translated"
    REVISED = "revised"
    CHECKED = "checked"


TERMS, LABELS = "terms", "labels"
"""The groups of units that belong to no topic: the fixed words of terms, and the page's own words."""
STATES = {
    Status.MACHINE_DRAFT: State.DRAFT,
    Status.TRANSLATED: State.TRANSLATED,
    Status.REVISED: State.REVISED,
    Status.CLINICALLY_CHECKED: State.CHECKED,
}
SURVEYS: "WeakKeyDictionary[Project, dict[str, Mapping[str, Unit]]]" = WeakKeyDictionary()
"""The surveys of each project that is still in use, by language: every file that is made asks for two of them, or for all."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of text: the English that stands now, its words in a language, and the English that these were made from.

    `words` is None where they are missing, and `made_from` where that is on no record. `waived` says what was waived of it, and
    why.
    """

    id: str
    english: Text
    words: Text | None
    made_from: str | None
    status: Status
    waived: str = ""

    @property
    def state(self) -> State:
        if self.words is None:
            return State.MISSING
        return STATES[self.status] if self.made_from == self.english.words else State.STALE

    @property
    def reading(self) -> Reading:
        """What is read and signed of it; the words are "" where they are missing."""
        return Reading(self.english.words, self.words.words if self.words else "", self.waived)

    @property
    def done(self) -> bool:
        """Whether there are words, made from the English that stands now."""
        return self.state not in (State.MISSING, State.STALE)


def list_source(project: Project) -> dict[str, Text]:
    """Every unit of the source by its id, in reading order: topics, then terms, then labels."""
    return list_words(project, SOURCE_LOCALE)


def list_words(project: Project, tag: str) -> dict[str, Text]:
    """Every unit that has words in a language; none in one that is not there."""
    if tag not in project.languages:
        return {}
    language = project.languages[tag]
    words = project.units if tag == SOURCE_LOCALE else language.words
    terms = {term_unit(name): term.term for name, term in language.terms.items()}
    return {**words, **terms, **{label_unit(message): text for message, text in language.messages.items()}}


def name_group(unit: str) -> str:
    """Name what a unit belongs to: its topic, "terms" or "labels".

    >>> name_group("signs.lumps.hard"), name_group("terms/lump"), name_group("labels/Page {page} of {pages}")
    ('signs', 'terms', 'labels')
    """
    return unit.partition("/" if "/" in unit else ".")[0]


def is_label(unit: str) -> bool:
    """Whether a unit is named by its English, so that it is never stale: with another English it is another unit."""
    return unit.startswith(label_unit(""))


def check_readable(project: Project, *tags: str) -> None:
    """Raise LeafletsError where a file of a language or of the source cannot be read: its words only seem to be missing."""
    if broken := [problem for tag in tags for problem in find_broken(project, tag)]:
        raise LeafletsError(broken)


def list_recorded(project: Project) -> dict[str, Text]:
    """The units of which it is on record what English they were made from."""
    return {unit: english for unit, english in list_source(project).items() if not is_label(unit)}


def survey_language(project: Project, tag: str) -> Mapping[str, Unit]:
    """Say of every unit how far it is in a language; those of the source include the outlines of its leaflets and topics."""
    known = SURVEYS.setdefault(project, {})
    if tag not in known:
        known[tag] = make_survey(project, tag)
    return known[tag]


def make_survey(project: Project, tag: str) -> dict[str, Unit]:
    """Survey a language as `survey_language` does, which makes it once for a project as it was read."""
    words, language = list_words(project, tag), project.languages[tag]
    units = {}
    outlines = list_outlines(project) if tag == SOURCE_LOCALE else {}
    for id, english in (list_source(project) | outlines).items():
        text = outlines.get(id) or words.get(id)
        named = tag == SOURCE_LOCALE or is_label(id)
        made_from = english.words if named else language.records[id].source if id in language.records else None
        unit = Unit(id, english, text, made_from, Status.MACHINE_DRAFT, describe_waivers(language.waivers, id))
        units[id] = replace(unit, status=find_status(language.signoffs, id, unit.reading)) if text else unit
    return units


def list_printed(leaflet: str, topics: Iterable[Topic], units: Mapping[str, Unit]) -> list[Unit]:
    """Pick the units that topics print in a leaflet: those meant for it, their terms, the labels of every page, the outlines."""
    topics = tuple(topics)
    outlines = [outline_unit(leaflet, "leaflet"), *(outline_unit(topic.name, "topic") for topic in topics)]
    topics = tuple(narrow_topic(topic, leaflet) for topic in topics)
    own = [unit for topic in topics for unit, _ in list_units(topic)]
    own += [term_unit(item.name) for topic in topics for block in topic.blocks if block.kind == "terms" for item in block.items]
    return [units[id] for id in dict.fromkeys([*own, *filter(is_label, units), *outlines]) if id in units]


def list_leaflet(project: Project, name: str, units: Mapping[str, Unit]) -> list[Unit]:
    """Pick the units that a leaflet prints in any of its editions."""
    topics = (project.topics[topic] for topic in project.leaflets[name].read if topic in project.topics)
    return list_printed(name, topics, units)
