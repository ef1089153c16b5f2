"""The language that a translator works on: as it was read last, and what a save makes of its files.

Takes the root of a project, the tag of a language and a `Change` that a person typed; gives a `Snapshot` with every unit and its
problems. The only thing on the server that writes: one unit at a time, and only where the file is still as that person saw it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from pathlib import Path
from threading import Lock

from leaflets.build.jobs import check_translations
from leaflets.checks.pairs import Lexicon, Pair, gather_lexicon
from leaflets.checks.run import check_pair, find_characters_without_font, find_html
from leaflets.content.project import Project, find_unreadable, is_of_language, load_project, reload_language
from leaflets.content.provenance import Origin
from leaflets.content.schema import locate_unit
from leaflets.content.strict_yaml import EMPTY_VALUE, check_characters
from leaflets.content.waivers import apply_waivers
from leaflets.edition import Print
from leaflets.files import hold_folder, write_files
from leaflets.languages.fonts import Fonts, read_fonts
from leaflets.model import Text
from leaflets.problems import LeafletsError, Place, Problem, SetupError, has_errors
from leaflets.server.watch import FOLDERS
from leaflets.translation.localize import STALE_UNIT
from leaflets.translation.units import State, Unit, list_sheet, pick_printed, survey_language
from leaflets.translation.write import write_units

ATTEMPTS = 5
"""How often a save is planned again because files changed meanwhile."""
Stamps = frozenset[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """What a person saves: the words, those they started from, and the English that they saw.

    `unchanged` says that words made from an older English are right as they are.
    """

    unit: str
    words: str
    base: str
    english: str
    unchanged: bool = False


class ConflictError(Exception):
    """The file has other words, or another English, than the person saw."""


class RefusedError(LeafletsError):
    """Words as they were typed cannot be taken; no file is at fault."""


@dataclass(frozen=True)
class Snapshot:
    """A language as the editor knows it: every unit, the problems of each, and what the checks of a unit know of the others.

    `number` is higher for what was read later.
    """

    project: Project
    tag: str
    units: Mapping[str, Unit]
    problems: Mapping[str, tuple[Problem, ...]]
    lexicon: Lexicon
    characters: frozenset[int]
    number: int = 0

    def is_done(self, unit: Unit) -> bool:
        """Whether a unit has words made from the English that stands now, and no error that would stop its leaflet."""
        return unit.done and not has_errors(self.problems.get(unit.id, ()))

    @cached_property
    def on_sheet(self) -> frozenset[str]:
        """The ids of the units that the sheets print."""
        return list_sheet(self.project)

    @property
    def wrong(self) -> frozenset[str]:
        """The ids of the units with an error."""
        return frozenset(id for id, found in self.problems.items() if has_errors(found))

    @property
    def left(self) -> tuple[Unit, ...]:
        """The units that are still to be worked on."""
        return tuple(unit for unit in self.units.values() if not self.is_done(unit))

    @property
    def complete(self) -> bool:
        """Whether all is done, as far as it could be read."""
        return not (self.left or self.unreadable)

    def has(self, leaflet: str, what: Print) -> bool:
        """Whether all that a leaflet or its sheet prints is done, as far as it could be read."""
        printed = pick_printed(self.project, leaflet, what, self.units) if leaflet in self.project.leaflets else ()
        return bool(printed) and all(map(self.is_done, printed)) and not self.unreadable

    @cached_property
    def unreadable(self) -> tuple[Problem, ...]:
        """The problems of files that could not be read."""
        return find_unreadable(self.project, self.tag)

    def place(self, unit: Unit) -> Place:
        """Where the words of a unit stand, or belong."""
        return unit.words.place if unit.words else Place(locate_unit(unit.id, self.tag)[0])

    def find_broken(self, unit: Unit) -> tuple[Problem, ...]:
        """Find why a unit cannot be written: its file, or the record of the language, cannot be read."""
        files = (locate_unit(unit.id, self.tag)[0], f"translations/{self.tag}/review.yaml")
        return tuple(each for each in self.unreadable if each.place.path in files)


def take_snapshot(project: Project, tag: str, fonts: Fonts, number: int = 0) -> Snapshot:
    """Look at every unit of a language."""
    units = survey_language(project, tag)
    lexicon = gather_lexicon(project, project.languages[tag])
    found = Snapshot(project, tag, units, {}, lexicon, fonts.characters(tag), number)
    problems = {id: check_words(found, id, unit.words.words) for id, unit in units.items() if unit.words}
    return replace(found, problems=problems)


def check_words(snapshot: Snapshot, unit: str, words: str) -> tuple[Problem, ...]:
    """Check the words of one unit as `leaflets check` does, without reading anything again."""
    known = snapshot.units[unit]
    text = Text(words, snapshot.place(known))
    if problems := tuple(check_characters(words, text.place)):
        return problems
    waivers = snapshot.project.languages[snapshot.tag].waivers
    found = check_pair(Pair(unit, snapshot.tag, known.english, text, snapshot.lexicon))
    return (
        *apply_waivers(waivers, unit, known.english, text, found),
        *find_html(text),
        *find_characters_without_font((snapshot.tag, text, snapshot.characters)),
    )


def plan_save(snapshot: Snapshot, change: Change) -> dict[str, bytes]:
    """Say which files a save changes, and to what bytes. What was recorded is the English that the person saw.

    Raises ConflictError where somebody else changed the words or the English meanwhile, RefusedError for words that cannot be
    taken, and LeafletsError for files that cannot be read.
    """
    unit = snapshot.units[change.unit]
    if broken := snapshot.find_broken(unit):
        raise LeafletsError(broken)
    current = unit.words.words if unit.words else ""
    if change.english != unit.english.words or current not in (change.base, change.words):
        raise ConflictError
    place = snapshot.place(unit)
    refused = list(check_characters(change.words, place))
    if not change.words.strip():
        refused.append(EMPTY_VALUE.at(place, "there are no words", "Write them."))
    elif unit.state is State.STALE and change.words == change.base and not change.unchanged:
        remedy = "Change them, or say that they are right as they are."
        refused.append(STALE_UNIT.at(place, "the English changed, and these words did not", remedy))
    if refused:
        raise RefusedError(refused)
    return write_units(snapshot.project, snapshot.tag, {unit.id: change.words}, {unit.id: unit.english.words}, Origin.PERSON)


def stat_files(root: Path) -> Stamps:
    """Say when each file of a project changed last, and how long it is; without reading any."""
    found = set()
    for folder in FOLDERS:
        for place, _, names in os.walk(root / folder):
            for name in names:
                path = Path(place, name)
                try:
                    seen = path.stat()
                except OSError:  # it was removed meanwhile
                    continue
                found.add((path.relative_to(root).as_posix(), seen.st_mtime_ns, seen.st_size))
    return frozenset(found)


class LanguageStore:
    """A language as it was read last, and the lock that makes one save wait for another."""

    def __init__(self, root: Path, tag: str) -> None:
        self.root = root
        self.tag = tag
        self.templates = root / "templates"
        self.fonts: Fonts = read_fonts(self.templates)
        self.lock = Lock()
        self.numbers = count()
        self.seen: Stamps = frozenset()
        self.project: Project | None = None
        self.snapshot = self.refresh()

    def read(self) -> Snapshot:
        """Read the project again if a file changed."""
        with self.lock:
            return self.refresh()

    def refresh(self) -> Snapshot:
        found = stat_files(self.root)
        if found != self.seen:
            if self.project and self.is_one_language(found ^ self.seen):
                self.project = reload_language(self.project, self.tag)
            else:
                self.project = load_project(self.root)
            check_translations(self.project, (self.tag,))
            self.snapshot, self.seen = take_snapshot(self.project, self.tag, self.fonts, next(self.numbers)), found
        return self.snapshot

    def is_one_language(self, changed: Stamps) -> bool:
        """Whether only files of the language changed, and it is still one: a folder makes it that."""
        there = (self.root / "content" / "topics" / self.tag).is_dir()
        return there and all(is_of_language(path, self.tag) for path, _, _ in changed)

    def save(self, change: Change) -> Snapshot:
        """Write one unit. Raises ConflictError, LeafletsError or SetupError, and has written nothing then."""
        with self.lock, hold_folder(self.root / "translations" / self.tag):  # an import holds it too
            for _ in range(ATTEMPTS):
                known = self.refresh()
                if change.unit not in known.units:
                    raise ConflictError
                files = plan_save(known, change)
                if stat_files(self.root) == self.seen:  # else somebody saved while this was planned
                    write_files(self.root, files)
                    return self.refresh()
            raise SetupError("the files change all the time; try again when nothing else writes them")
