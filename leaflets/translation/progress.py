"""How far the languages are, for those who work on them.

Takes a `Project` and a tag; gives a `Report`: the units counted by how far they are, in all, and for each leaflet and each sheet
those that it prints; the words that are still to do, and each unit that is stale with what changed in its English.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leaflets.content.project import Project, is_of_language
from leaflets.content.provenance import diff_words
from leaflets.content.signoffs import least_status
from leaflets.edition import Print
from leaflets.languages.readability import count_words
from leaflets.languages.tags import name_tag
from leaflets.model import SOURCE_LOCALE, Markers
from leaflets.problems import Place, Problem, Severity
from leaflets.translation.units import State, Unit, pick_printed, survey_language

NO_RECORD = "it is on no record which English this was made from"


@dataclass(frozen=True, slots=True)
class Progress:
    """Units counted by how far they are, those of them that are wrong, and the English words of what is still to do.

    Wrong is what has words of the English that stands now, and an error.
    """

    states: Mapping[State, int]
    wrong: int
    todo: int

    @property
    def units(self) -> int:
        return sum(self.states.values())

    @property
    def done(self) -> int:
        return self.units - self.states[State.MISSING] - self.states[State.STALE] - self.wrong

    @property
    def left(self) -> int:
        return self.units - self.done

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
    """How far a language is: all of it, and the units that each sheet and each leaflet prints.

    `errors` counts those of its files that are about no unit; each of them stops all that reads that file. `unchecked` names the
    lists of content/markers for which it has no words, so that checks which count them say nothing.
    """

    tag: str
    whole: Progress
    prints: Mapping[tuple[str, Print], Progress]
    missing: tuple[str, ...]
    stale: tuple[Stale, ...]
    errors: int
    unchecked: tuple[str, ...] = ()


def measure_progress(units: Iterable[Unit], wrong: Collection[str] = ()) -> Progress:
    """Measure units, of which some have an error."""
    units = tuple(units)
    counted = Counter(unit.state for unit in units)
    mend = [unit for unit in units if unit.done and unit.id in wrong]
    todo = sum(count_words(unit.english.words) for unit in (*mend, *(unit for unit in units if not unit.done)))
    return Progress({state: counted[state] for state in State}, len(mend), todo)


def measure_prints(project: Project, units: Mapping[str, Unit], wrong: Collection[str] = ()) -> dict[tuple[str, Print], Progress]:
    """Measure what each sheet and each leaflet prints, in a language with these units."""
    prints = [(leaflet.name, what) for leaflet in project.leaflets.values() for what in leaflet.prints]
    return {(name, what): measure_progress(pick_printed(project, name, what, units), wrong) for name, what in prints}


def sum_up_language(project: Project, tag: str) -> tuple[Progress, str, str]:
    """Say how far a language is, the least status of what is done, and what can be printed in it, such as "3 sheets"."""
    units = survey_language(project, tag)
    progress = measure_progress(units.values())
    ready = Counter(what for (_, what), each in measure_prints(project, units).items() if not each.left)
    said = ", ".join(f"{ready[what]} {what}{'s' if ready[what] > 1 else ''}" for what in Print if ready[what])
    status = least_status(unit.status for unit in units.values() if unit.done) if progress.done else "no words yet"
    return progress, status, said or "nothing"


def report_language(project: Project, tag: str, problems: Iterable[Problem] = ()) -> Report:
    """Report on one language of the project; `problems` are what the checks say of it."""
    units = survey_language(project, tag)
    errors = [each for each in problems if each.severity is Severity.ERROR and is_of_language(each.place.path, tag)]
    wrong = frozenset(unit for each in errors for unit in each.units)
    return Report(
        tag,
        measure_progress(units.values(), wrong),
        measure_prints(project, units, wrong),
        tuple(id for id, unit in units.items() if unit.state is State.MISSING),
        tuple(
            Stale(id, unit.words.place, "" if unit.made_from is None else diff_words(unit.made_from, unit.english.words))
            for id, unit in units.items()
            if unit.state is State.STALE and unit.words
        ),
        sum(not each.units for each in errors),
        tuple(list_unchecked(project, tag)),
    )


def list_unchecked(project: Project, tag: str) -> Iterator[str]:
    """Name the lists of words that a language may have, and that are empty: those that multiply a dose, and each opposite."""
    source, own = (project.languages[each].markers or Markers() for each in (SOURCE_LOCALE, tag))
    if source.doses and not own.doses:
        yield "doses"
    for name, sides in source.opposites.items():
        if not all(own.opposites.get(name, {}).get(side) for side in sides):
            yield name


def format_report(report: Report) -> Iterator[str]:
    """Write a report: a table with a line a sheet and a leaflet, and what is stale.

    That is a line a unit with its change, and a line a file for words that nobody has recorded yet.
    """
    whole = report.whole
    yield f"{report.tag}: {name_tag(report.tag)}. {whole.done} of {whole.units} texts done, {whole.todo:,} words to do"
    prints = {f"{name} {what}": progress for (name, what), progress in report.prints.items()}
    wide = max(map(len, prints), default=0) + 1
    yield f"{'':{wide}}" + "".join(f"{head:>12}" for head in (*State, "wrong", "words to do"))
    for name, progress in (("all", whole), *prints.items()):
        counts = (*(progress.states[state] for state in State), progress.wrong, progress.todo)
        yield f"{name:{wide}}" + "".join(f"{number:12,}" for number in counts)
    if whole.wrong or report.errors:
        yield f"\nWhat is wrong, with file and line: leaflets check --locale {report.tag}"

    if report.unchecked:
        lists = ", ".join(report.unchecked)
        yield f"Not compared with the English, since content/markers/{report.tag}.yaml has no words for it: {lists}"
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
        counts = {"units": progress.units, "done": progress.done, "wrong": progress.wrong, "words_to_do": progress.todo}
        return counts | {"states": states}

    return {
        "language": report.tag,
        **count(report.whole),
        **{f"{what}s": {name: count(each) for (name, kind), each in report.prints.items() if kind is what} for what in Print},
        "errors": report.errors,
        "missing": list(report.missing),
        "stale": [
            {"unit": each.unit, "file": each.place.path, "line": each.place.line, "change": each.change} for each in report.stale
        ],
    }
