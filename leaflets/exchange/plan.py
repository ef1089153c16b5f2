"""What a file that came back would change.

Takes a `Project`, a tag and entries; gives a `Plan`: the words to write, what each was made from, and everything to say about it.
Nothing is written here, and nothing is to be written while a plan has an error.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from leaflets.exchange.entries import EXCHANGE_UNIT, Entry, check_label, clean_words, is_copied, shorten_hash
from leaflets.exchange.language import find_origin, find_strangers
from leaflets.problems import Problem, Rule, Severity, sort_problems
from leaflets.project import Project
from leaflets.review import Record, diff_words, hash_words
from leaflets.shapes import LONGEST
from leaflets.source import check_characters
from leaflets.units import State, Unit, is_label, survey_language

EXCHANGE_CONFLICT = Rule(
    "exchange-conflict",
    Severity.ERROR,
    "Words that came back were not changed in the project meanwhile.",
    "The work of one of two people would be lost without a word.",
)
EXCHANGE_STALE = Rule(
    "exchange-stale",
    Severity.WARNING,
    "Words that come back were made from the English that stands now.",
    "A sentence made from an older English may say what is no longer true; it stays stale until somebody has mended it.",
)
EXCHANGE_KEPT = Rule(
    "exchange-kept",
    Severity.NOTE,
    "What a file that comes back says is taken over as it stands.",
    "Whoever sent the file believes that what is in it is printed.",
)


class Kind(StrEnum):
    """What becomes of a unit."""

    NEW = "new"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    KEPT = "kept"


class Side(StrEnum):
    """Whose words win where both were changed: the project's, or those of the file."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import does: by unit the words, the English that they were made from, and what becomes of it; and what to say.

    `absent` are the units that the language has and the file has not, and `empty` those that have no words in either.
    """

    words: Mapping[str, str]
    made_from: Mapping[str, str]
    kinds: Mapping[str, Kind]
    problems: tuple[Problem, ...]
    absent: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()

    def count(self, kind: Kind) -> int:
        return sum(each is kind for each in self.kinds.values())


def plan_import(project: Project, tag: str, entries: Iterable[Entry], side: Side | None = None) -> Plan:
    """Compare entries with what stands in a language. Every error is in the plan, so that all are seen at once."""
    units, records = survey_language(project, tag), project.languages[tag].records
    words, made_from, kinds = {}, {}, {}
    entries = tuple(entries)
    if elsewhere := tuple(find_origin(project, tag, entries)):
        return Plan({}, {}, {}, elsewhere)
    problems = [problem for entry in entries for problem in check_entry(entry, units)]
    problems += find_doubled(entries)
    other: list[Entry] = []
    wrong = {problem.place for problem in problems if problem.severity is Severity.ERROR}
    for entry in {entry.unit: entry for entry in map(clean_entry, entries) if entry.place not in wrong}.values():
        kind, problem = decide(entry, units[entry.unit], side, records.get(entry.unit))
        kinds[entry.unit] = kind
        problems += [problem] if problem else []
        if kind in (Kind.NEW, Kind.CHANGED) or (problem and problem.id == EXCHANGE_CONFLICT.id):
            other.append(entry)
        if kind is not Kind.KEPT:
            words[entry.unit] = entry.target
            if entry.done and not is_label(entry.unit):
                made_from[entry.unit] = entry.source
                problems += warn_of_age(entry, units[entry.unit])
            elif not entry.done:
                said = f'"{entry.unit}" is still marked as needing work; its words are taken, and stay to be done'
                problems.append(EXCHANGE_KEPT.at(entry.place, said, "Clear the mark when it is done."))
    if strangers := tuple(find_strangers(project, tag, other)):
        return Plan({}, {}, {}, strangers)
    found = {entry.unit for entry in entries}
    absent = tuple(unit for unit in units if unit not in found)
    empty = tuple(unit for unit in units if unit in found and unit not in words and not units[unit].words)
    return Plan(words, made_from, kinds, sort_problems(problems), absent, empty)


def clean_entry(entry: Entry) -> Entry:
    return replace(entry, source=clean_words(entry.source), target=clean_words(entry.target))


def check_entry(entry: Entry, units: Mapping[str, Unit]) -> Iterator[Problem]:
    """Find what cannot be taken over, and say what is mended on the way."""
    if entry.unit not in units:
        said = f'there is no text "{entry.unit}" in English'
        yield EXCHANGE_UNIT.at(entry.place, said, "It was renamed or taken out: export anew, or delete it here.")
        return
    cleaned = clean_entry(entry)
    if not check_label(cleaned):
        said = f'the English of "{entry.unit}" was changed to "{entry.source}"'
        yield EXCHANGE_UNIT.at(entry.place, said, "Write it as it was: it names this text.")
    for text in (cleaned.source, cleaned.target):
        if re.search(r"[\n\r\t\x0b\x0c\x85\u2028\u2029]", text):
            said = f'a line break or tab stands within the words of "{entry.unit}"'
            yield EXCHANGE_UNIT.at(entry.place, said, "Write one line.")
        else:
            yield from check_characters(text, entry.place)
        if len(text) > LONGEST:
            said = f'"{entry.unit}" has {len(text):,} letters, more than {LONGEST:,}'
            yield EXCHANGE_UNIT.at(entry.place, said, "Write as many sentences as the English has.")
    if not unicodedata.is_normalized("NFC", entry.target):
        said = f'the words of "{entry.unit}" are written in Unicode normal form C'
        yield EXCHANGE_KEPT.at(entry.place, said, "They look the same.")


def find_doubled(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Find units that stand twice with different words."""
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.unit, entry)
        if clean_words(other.target) != clean_words(entry.target) or other.done != entry.done:
            said = f'"{entry.unit}" stands twice, as "{other.target}" in {other.place} and as "{entry.target}" here'
            yield EXCHANGE_UNIT.at(entry.place, said, "Keep one of them.")


def decide(entry: Entry, unit: Unit, side: Side | None, record: Record | None) -> tuple[Kind, Problem | None]:
    """Say what becomes of a unit, and what is to be said of it; `record` is what is known of its words."""
    now = unit.words.words if unit.words else ""
    if not entry.target:
        said = f'"{entry.unit}" has no words in the file; those that stand are kept'
        return Kind.KEPT, EXCHANGE_KEPT.at(entry.place, said) if now else None
    if entry.target == now:
        return decide_same(entry, unit, record)
    if not entry.done and not now and is_copied(entry.base, entry.source, entry.target):
        said = f'"{entry.unit}" has the English itself for words, as tools write where nobody translated; that is not taken'
        return Kind.KEPT, EXCHANGE_KEPT.at(entry.place, said, "If it is right, mark it as done, or write it into the YAML file.")
    if not entry.done and unit.made_from == unit.english.words:  # it would count as done
        said = f'"{entry.unit}" is marked as needing work, so "{entry.target}" is not taken'
        return Kind.KEPT, EXCHANGE_KEPT.at(entry.place, said, "Clear the mark when it is done.")
    if not now:
        return Kind.NEW, None
    if entry.base.sha == shorten_hash(now):
        return Kind.CHANGED, None
    return decide_both(entry, now, side)


def decide_same(entry: Entry, unit: Unit, record: Record | None) -> tuple[Kind, Problem | None]:
    """Decide about words that stand already: they may be confirmed for another English, or marked as needing work.

    Words that are on no record, as an import that was killed leaves them, are put on record by the file that they came from.
    """
    fresh = entry.base.was == "stale" or (not entry.base.was and entry.source == unit.english.words)
    if entry.done and unit.state is State.STALE and fresh and unit.made_from != entry.source:
        return Kind.CONFIRMED, None
    came = bool(entry.base.was) and entry.base.sha != shorten_hash(entry.target)
    if entry.done and (came or fresh) and not is_label(unit.id) and not (record and record.sha256 == hash_words(entry.target)):
        return Kind.CONFIRMED, None
    if unit.done and not entry.done:
        said = f'"{entry.unit}" is marked as needing work, and its words are the same; they are kept'
        return Kind.KEPT, EXCHANGE_KEPT.at(entry.place, said, "Change them, if something is wrong.")
    return Kind.KEPT, None


def decide_both(entry: Entry, now: str, side: Side | None) -> tuple[Kind, Problem | None]:
    """Decide about words that are not those that went out: somebody changed them meanwhile, or nobody can tell."""
    if entry.base.sha == shorten_hash(entry.target) or side is Side.OURS:
        said = f'"{entry.unit}" was changed in the project since the export, to "{now}"; that is kept, and not "{entry.target}"'
        return Kind.KEPT, EXCHANGE_KEPT.at(entry.place, said)
    if side is Side.THEIRS:
        said = f'"{entry.unit}" was changed in the project since the export, to "{now}"; the file\'s "{entry.target}" replaces it'
        return Kind.CHANGED, EXCHANGE_KEPT.at(entry.place, said)
    why = "was changed in the project since the export" if entry.base.was else "has other words, and the file lost what went out"
    said = f'"{entry.unit}" {why}: "{now}" stands there, "{entry.target}" is in the file'
    remedy = "Put the right words into the file, or run this again with --ours or --theirs, which decides for all."
    return Kind.KEPT, EXCHANGE_CONFLICT.at(entry.place, said, remedy)


def warn_of_age(entry: Entry, unit: Unit) -> Iterator[Problem]:
    """Say that words were made from an English that is not that of now, so that they are stale."""
    english = unit.english.words
    if entry.source != english:
        said = f'"{entry.unit}" was made from another English than that of now: {diff_words(entry.source, english)}'
        yield EXCHANGE_STALE.at(entry.place, said, "Its words are taken, and it is stale: mend it.")
