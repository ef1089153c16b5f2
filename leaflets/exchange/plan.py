"""What a file that came back would change.

Takes a `Project`, a tag and entries; gives an `ImportPlan`: the words to write, what each was made from, and everything to say
about it. Nothing is written here, and nothing is to be written while a plan has an error.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from leaflets.content.project import Project
from leaflets.content.provenance import Record, diff_words, hash_words
from leaflets.content.signoffs import Role, SignOff
from leaflets.content.strict_yaml import INVISIBLE_BUT_NEEDED, check_characters
from leaflets.exchange.entries import EXCHANGE_KEPT, EXCHANGE_UNIT, Entry, clean_words, is_copied, shorten_hash
from leaflets.exchange.language import NAMED, find_origin, find_strangers
from leaflets.languages.conventions import cut_idle_marks, find_idle_marks
from leaflets.languages.locales import english_name
from leaflets.model import label_unit
from leaflets.problems import Problem, Rule, Severity, count_names, sort_problems
from leaflets.translation.units import State, Unit, is_label, survey_language

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
EXCHANGE_MOVED = Rule(
    "exchange-moved",
    Severity.WARNING,
    "Words come back for the text that they went out for.",
    "Where a column was sorted by itself, each sentence is right, and stands in another's place.",
)
EXCHANGE_LAPSE = Rule(
    "exchange-lapse",
    Severity.WARNING,
    "Words that somebody signed stay as they are.",
    "A sign-off holds for the words that were read; with others the page is a draft again.",
)
UNSEEN = re.compile(f"[\\s{INVISIBLE_BUT_NEEDED}]+")
"""Spaces of every kind, and the marks that text may have and nobody sees."""


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
class ImportPlan:
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


def plan_import(project: Project, tag: str, entries: Iterable[Entry], side: Side | None = None) -> ImportPlan:
    """Compare entries with what stands in a language. Every error is in the plan, so that all are seen at once."""
    units, records = survey_language(project, tag), project.languages[tag].records
    words, made_from, kinds = {}, {}, {}
    entries = tuple(entries)
    if elsewhere := tuple(find_origin(project, tag, entries)):
        return ImportPlan({}, {}, {}, elsewhere)
    problems = [*find_unknown(entries, units)]
    known = [entry for entry in entries if entry.unit in units]
    problems += [problem for entry in known for problem in check_entry(entry, tag)]
    problems += find_doubled(known)
    other: list[Entry] = []
    wrong = {problem.place for problem in problems if problem.severity is Severity.ERROR}
    for entry in {entry.unit: entry for entry in (clean_entry(each, tag) for each in known) if entry.place not in wrong}.values():
        kind, problem = decide(entry, units[entry.unit], side, records.get(entry.unit))
        kinds[entry.unit] = kind
        problems += [problem] if problem else []
        if kind in (Kind.NEW, Kind.CHANGED) or (problem and problem.id == EXCHANGE_CONFLICT.id):
            other.append(entry)
        if kind is not Kind.KEPT:
            words[entry.unit] = entry.target
            done = entry.done or (kind is Kind.CHANGED and not entry.doubted)  # --theirs says so
            if done and not is_label(entry.unit):
                made_from[entry.unit] = entry.source
                problems += warn_of_age(entry, units[entry.unit])
            elif not done:
                problems.append(say_not_done(entry))
    problems += find_moved([entry for entry in other if entry.unit in words], units)
    problems += find_lapses(project.languages[tag].signoffs, units, words, other)
    if strangers := tuple(find_strangers(project, tag, other)):
        return ImportPlan({}, {}, {}, strangers)
    found = {entry.unit for entry in entries}
    absent = tuple(unit for unit in units if unit not in found)
    empty = tuple(unit for unit in units if unit in found and unit not in words and not units[unit].words)
    return ImportPlan(words, made_from, kinds, sort_problems(problems), absent, empty)


def clean_entry(entry: Entry, tag: str) -> Entry:
    return replace(entry, source=clean_words(entry.source), target=clean_words(cut_idle_marks(entry.target, tag)))


def find_lapses(
    signoffs: Iterable[SignOff], units: Mapping[str, Unit], words: Mapping[str, str], entries: Iterable[Entry]
) -> Iterator[Problem]:
    """Say whose sign-offs lapse: they hold for the words that were read, and others come."""
    lapsing: dict[tuple[str, Role], list[Entry]] = {}
    for entry in (each for each in entries if each.unit in words and units[each.unit].words):
        unit = units[entry.unit]
        for signer in dict.fromkeys((each.name, each.role) for each in signoffs if each.units.get(unit.id) == unit.reading):
            lapsing.setdefault(signer, []).append(entry)
    for (name, role), lost in lapsing.items():
        named = count_names([f'"{each.unit}"' for each in lost], NAMED)
        said = f"the sign-off of {name} ({role}) lapses for {len(lost)} text{'s' if len(lost) > 1 else ''}: {named}"
        yield EXCHANGE_LAPSE.at(lost[0].place, said, "Let somebody read and sign them anew.")


def find_unknown(entries: tuple[Entry, ...], units: Mapping[str, Unit]) -> Iterator[Problem]:
    """Find texts that the English does not have; in one line where a tool, or whoever it was, replaced the names of most."""
    lost = [entry for entry in entries if entry.unit not in units]
    if len(lost) > max(NAMED, len(entries) / 2):
        said = f"{len(lost)} of {len(entries)} texts have names that the English does not have: "
        names = count_names([f'"{entry.unit}"' for entry in lost], NAMED)
        yield EXCHANGE_UNIT.at(lost[0].place, said + names, "Without its name a text has no place: export anew.")
        return
    for entry in lost:
        said = f'there is no text "{entry.unit}" in English'
        yield EXCHANGE_UNIT.at(entry.place, said, "It was renamed or taken out: export anew, or delete it here.")


def find_moved(entries: Iterable[Entry], units: Mapping[str, Unit]) -> Iterator[Problem]:
    """Find words that went out for other texts, with another English. One alone may be right."""
    meant: dict[str, set[str]] = {}
    names = {unit.words.words: unit.id for unit in units.values() if unit.words}
    for unit in units.values():
        meant.setdefault(unit.words.words if unit.words else "", set()).add(unit.english.words)
    moved = [each for each in entries if each.target in names and units[each.unit].english.words not in meant[each.target]]
    if len(moved) > 1:
        told = count_names([f'"{each.unit}" has those of "{names[each.target]}"' for each in moved], NAMED)
        said = f"{len(moved)} texts came back with the words of others: {told}"
        yield EXCHANGE_MOVED.at(moved[0].place, said, "Was a column sorted by itself? Then export anew, and write them again.")


def check_entry(entry: Entry, tag: str) -> Iterator[Problem]:
    """Find what cannot be taken over, and say what is mended on the way."""
    cleaned = clean_entry(entry, tag)
    if is_label(cleaned.unit) and cleaned.unit != label_unit(cleaned.source):
        said = f'the English of "{entry.unit}" was changed to "{entry.source}"'
        yield EXCHANGE_UNIT.at(entry.place, said, "Write it as it was: it names this text.")
    for text in (cleaned.source, cleaned.target):
        if re.search(r"[\n\r\t\x0b\x0c\x85\u2028\u2029]", text):
            said = f'a line break or tab stands within the words of "{entry.unit}"'
            yield EXCHANGE_UNIT.at(entry.place, said, "Write one line.")
        else:
            yield from check_characters(text, entry.place)
    if marks := find_idle_marks(entry.target, tag):
        found = ", ".join(map(name_unseen, marks))
        said = f'{found} is taken out of the words of "{entry.unit}": {english_name(tag)} has no use for it'
        yield EXCHANGE_KEPT.at(entry.place, said, "They look the same.")
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
    if not entry.done and is_copied(entry.base, entry.source, entry.target):
        said = f'"{entry.unit}" has the English itself for words, as tools write where nobody translated; that is not taken'
        return Kind.KEPT, EXCHANGE_KEPT.at(
            entry.place, said, "If it is right, mark it as done, or write it into the file of the language."
        )
    if entry.doubted and unit.made_from == unit.english.words:  # it would count as done
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
    if unit.done and entry.doubted:
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


def say_not_done(entry: Entry) -> Problem:
    """Say why words that are taken stay to be done."""
    if entry.doubted:
        said = f'"{entry.unit}" is still marked as needing work; its words are taken, and stay to be done'
        return EXCHANGE_KEPT.at(entry.place, said, "Clear the mark when it is done.")
    said = f'the file lost what went out of "{entry.unit}", and whether it is done; its words are taken, and stay to be done'
    return EXCHANGE_KEPT.at(entry.place, said, "Mark it as done there, or compare it with its English here.")


def show_change(old: str, new: str) -> str:
    """Show what changed, word by word; where it is only spaces, or marks that nobody sees, these are named.

    >>> show_change("38 °C", "39 °C"), show_change("38 °C", "38\u00a0°C")
    ('[-38-] {+39+} °C', '[-38 °C-] {+38<U+00A0>°C+}')
    """
    if UNSEEN.sub("", old) == UNSEEN.sub("", new):
        old, new = (UNSEEN.sub(lambda match: name_unseen(match[0]), words) for words in (old, new))
    return diff_words(old, new)


def name_unseen(marks: str) -> str:
    """Name spaces and marks that nobody sees, but for one plain space."""
    return marks if marks == " " else "".join(f"<U+{ord(each):04X}>" for each in marks)


def warn_of_age(entry: Entry, unit: Unit) -> Iterator[Problem]:
    """Say that words were made from an English that is not that of now, so that they are stale."""
    english = unit.english.words
    if entry.source != english:
        said = f'"{entry.unit}" was made from another English than that of now: {diff_words(entry.source, english)}'
        yield EXCHANGE_STALE.at(entry.place, said, "Its words are taken, and it is stale: mend it.")
