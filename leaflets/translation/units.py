"""How far a language is, unit by unit.

Takes a `Project` and a tag; gives a `Unit` for every piece of text that a leaflet may print: those of the topics, the fixed words
of the terms, and the labels of the page itself.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from weakref import WeakKeyDictionary

from leaflets.content.narrow import name_topics, narrow_print
from leaflets.content.project import Language, Project, find_broken
from leaflets.content.provenance import Origin, find_usual_origin, hash_words
from leaflets.content.signoffs import Reading, find_status
from leaflets.content.waivers import describe_waivers
from leaflets.edition import Print
from leaflets.languages.phrases import find_terms, name_terms
from leaflets.model import SOURCE_LOCALE, Status, Text, label_unit, list_units, term_unit
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


ON_SHEET = "On the sheet."
"""What is said to a translator of a unit that a sheet prints."""
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
PRINTED: "WeakKeyDictionary[Project, dict[tuple[str, Print, bool], tuple[str, ...]]]" = WeakKeyDictionary()
"""The same for what is printed of each leaflet, with the clinician's questions or without."""


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
    usual = find_usual_origin(language.records)
    units = {}
    outlines = list_outlines(project) if tag == SOURCE_LOCALE else {}
    for id, english in (list_source(project) | outlines).items():
        text = outlines.get(id) or words.get(id)
        named = tag == SOURCE_LOCALE or is_label(id)
        made_from = english.words if named else language.records[id].source if id in language.records else None
        unit = Unit(id, english, text, made_from, Status.MACHINE_DRAFT, describe_waivers(language.waivers, id))
        units[id] = replace(unit, status=find_unit_status(language, unit, usual)) if text else unit
    return units


def find_unit_status(language: Language, unit: Unit, usual: Origin) -> Status:
    """Say how far a unit was checked; one that nobody signed is translated if no machine made its words, else a machine's draft.

    A label is on no record, and has the usual origin of its language. Words that changed since they were recorded have none.
    """
    status = find_status(language.signoffs, unit.id, unit.reading)
    record = language.records.get(unit.id)
    known = record.origin if record and record.sha256 == hash_words(unit.reading.words) else Origin.MACHINE
    by_machine = (usual if is_label(unit.id) else known) is Origin.MACHINE
    return status if by_machine or status is not Status.MACHINE_DRAFT else Status.TRANSLATED


def list_printed(project: Project, name: str, what: Print, asked: bool = True) -> tuple[str, ...]:
    """List the ids of the units on which a leaflet rests, or its sheet, for any clinic and in any edition, in reading order.

    This is what has to be there and right before it is made, what is counted of it, and what is signed: the texts of its topics,
    the terms that they name, the labels of its pages, and the outlines. Without `asked` the questions of the clinician's sheet
    are left out.
    """
    known = PRINTED.setdefault(project, {})
    if (name, what, asked) not in known:
        known[name, what, asked] = tuple(dict.fromkeys(find_printed(project, name, what, asked)))
    return known[name, what, asked]


def find_printed(project: Project, name: str, what: Print, asked: bool) -> Iterator[str]:
    leaflet = project.leaflets[name]
    read = {topic: project.topics[topic] for topic in name_topics(leaflet, what, asked) if topic in project.topics}
    topics = [topic for topic in narrow_print(leaflet, what, read).values() if topic.blocks or topic.name == leaflet.cover]
    texts = {unit: text for topic in topics for unit, text in list_units(topic) if text.words}
    yield from texts
    source = project.languages[SOURCE_LOCALE].terms if SOURCE_LOCALE in project.languages else {}
    named = set(find_terms("\n".join(text.words for text in texts.values()), name_terms(source)))
    named |= {item.name for topic in topics for block in topic.blocks if block.kind == "terms" for item in block.items}
    yield from (term_unit(term) for term in source if term in named)
    yield from (label_unit(each) for each in project.messages if what is Print.LEAFLET or each in project.sheet_messages)
    yield outline_unit(name, "leaflet")
    yield from (outline_unit(topic.name, "topic") for topic in topics)


def list_selected(project: Project, leaflets: Iterable[str] = (), prints: Collection[str] = ()) -> tuple[str, ...]:
    """List the ids of the units on which some leaflets rest, or all of them; of their prints those that are named, or all."""
    chosen = [project.leaflets[name] for name in leaflets or project.leaflets]
    wanted = [(leaflet.name, what) for leaflet in chosen for what in leaflet.prints if what in (prints or Print)]
    return tuple(dict.fromkeys(unit for name, what in wanted for unit in list_printed(project, name, what)))


def list_sheet(project: Project) -> frozenset[str]:
    """List the ids of the units on which the sheets rest: with these a language has something to hand out."""
    return frozenset(list_selected(project, (), (Print.SHEET,)))


def find_print(project: Project, name: str, tag: str) -> Print | None:
    """Say what of a leaflet has all its words in a language and in English: the leaflet, else its sheet."""
    source, words = list_source(project), list_words(project, tag)
    for what in (Print.LEAFLET, Print.SHEET):
        topics = name_topics(project.leaflets[name], what, asked=False)
        there = what in project.leaflets[name].prints and project.topics.keys() >= set(topics)
        if there and all(unit in words for unit in list_printed(project, name, what, asked=False) if unit in source):
            return what
    return None


def has_begun(project: Project, tag: str, name: str, what: Print) -> bool:
    """Whether a language is on its way to print something: a sheet always, a leaflet once it has words that no sheet needs."""
    if what is Print.SHEET or tag not in project.languages or tag == SOURCE_LOCALE:
        return True
    own = frozenset(list_printed(project, name, what)) - list_sheet(project)
    return not own.isdisjoint(project.languages[tag].words)


def list_begun(project: Project, tag: str) -> frozenset[str]:
    """List the ids of the units that a language needs for all that it has begun."""
    prints = [(each.name, what) for each in project.leaflets.values() for what in each.prints]
    begun = (list_printed(project, name, what) for name, what in prints if has_begun(project, tag, name, what))
    return frozenset(unit for units in begun for unit in units)


def pick_printed(project: Project, name: str, what: Print, units: Mapping[str, Unit], asked: bool = True) -> list[Unit]:
    """Pick the units of a language on which a leaflet rests, or its sheet."""
    return [units[id] for id in list_printed(project, name, what, asked) if id in units]
