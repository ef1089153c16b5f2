"""How far the languages are, for those who work on them.

Takes a `Project` and a tag; gives a `Report`: the units counted by how far they are, in each leaflet and in all, the words that
are still to do, and each unit that is stale with what changed in its English.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leaflets.content.project import Project
from leaflets.content.provenance import diff_words
from leaflets.content.signoffs import least_status
from leaflets.languages.readability import count_words
from leaflets.languages.tags import name_tag
from leaflets.problems import Place
from leaflets.translation.units import State, Unit, list_leaflet, survey_language

NO_RECORD = "it is on no record which English this was made from"


@dataclass(frozen=True, slots=True)
class Progress:
    """Units counted by how far they are, and the English words of those that are missing or stale."""

    states: Mapping[State, int]
    todo: int

    @property
    def units(self) -> int:
        return sum(self.states.values())

    @property
    def done(self) -> int:
        return self.units - self.states[State.MISSING] - self.states[State.STALE]

    @property
    def percent(self) -> int:
        return 100 * self.done // max(self.units, 1)


@dataclass(frozen=True, slots=True)
class Stale:
    """A unit whose English changed: where its words stand, and the change word by word, if the old English is on record."""

    unit: str
    place: Place
    change: str

    def __str__(self) -> str:
        return f"{self.place}: {self.unit}: {self.change or NO_RECORD}"


@dataclass(frozen=True, slots=True)
class Report:
    """How far a language is: all of it, and the units that each leaflet prints."""

    tag: str
    whole: Progress
    leaflets: Mapping[str, Progress]
    missing: tuple[str, ...]
    stale: tuple[Stale, ...]


def measure_progress(units: Iterable[Unit]) -> Progress:
    units = tuple(units)
    counted = Counter(unit.state for unit in units)
    todo = sum(count_words(unit.english.words) for unit in units if not unit.done)
    return Progress({state: counted[state] for state in State}, todo)


def sum_up_language(project: Project, tag: str) -> tuple[Progress, str]:
    """Say how far a language is, and the least status of what is done."""
    units = survey_language(project, tag).values()
    progress = measure_progress(units)
    return progress, least_status(unit.status for unit in units if unit.done) if progress.done else "no words yet"


def report_language(project: Project, tag: str) -> Report:
    """Report on one language of the project."""
    units = survey_language(project, tag)
    return Report(
        tag,
        measure_progress(units.values()),
        {name: measure_progress(list_leaflet(project, name, units)) for name in project.leaflets},
        tuple(id for id, unit in units.items() if unit.state is State.MISSING),
        tuple(
            Stale(id, unit.words.place, "" if unit.made_from is None else diff_words(unit.made_from, unit.english.words))
            for id, unit in units.items()
            if unit.state is State.STALE and unit.words
        ),
    )


def format_report(report: Report) -> Iterator[str]:
    """Write a report: a table with a line a leaflet, and what is stale.

    That is a line a unit with its change, and a line a file for words that nobody has recorded yet.
    """
    whole = report.whole
    yield f"{report.tag}: {name_tag(report.tag)}. {whole.done} of {whole.units} texts done, {whole.todo:,} words to do"
    yield f"{'':12}" + "".join(f"{state:>12}" for state in State) + f"{'words to do':>14}"
    for name, progress in (("all", whole), *report.leaflets.items()):
        yield f"{name:12}" + "".join(f"{progress.states[state]:12}" for state in State) + f"{progress.todo:14,}"

    if changed := [str(each) for each in report.stale if each.change]:
        yield "\nStale, with [-the old-] and {+the new+} English:"
        yield from changed
    unrecorded: dict[str, list[Stale]] = {}
    for each in report.stale:
        if not each.change:
            unrecorded.setdefault(each.place.path, []).append(each)
    if unrecorded:
        yield f"\nStale, since {NO_RECORD}. Where they say what the English says: leaflets record {report.tag}"
    for first, *more in unrecorded.values():
        yield f"{first.place}: {first.unit}" + (f" and {len(more)} more" if more else "")


def make_tree(report: Report) -> dict[str, Any]:
    """Give a report as plain data, for another program."""

    def count(progress: Progress) -> dict[str, Any]:
        states = {str(state): number for state, number in progress.states.items()}
        return {"units": progress.units, "done": progress.done, "states": states, "words_to_do": progress.todo}

    return {
        "language": report.tag,
        **count(report.whole),
        "leaflets": {name: count(progress) for name, progress in report.leaflets.items()},
        "missing": list(report.missing),
        "stale": [
            {"unit": each.unit, "file": each.place.path, "line": each.place.line, "change": each.change} for each in report.stale
        ],
    }
