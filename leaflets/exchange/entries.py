"""What goes out to translators' tools and comes back, whatever the format.

Takes a `Project` and a tag, or what a file says of a unit; gives an `Entry` per unit. A format turns entries into bytes and back.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from leaflets.content.project import Language, Project
from leaflets.content.provenance import diff_words, hash_words
from leaflets.content.shapes import LONGEST
from leaflets.languages.phrases import find_terms, name_terms
from leaflets.model import SOURCE_LOCALE, term_unit
from leaflets.problems import NOWHERE, LeafletsError, Place, Problem, Rule, Severity
from leaflets.translation.units import ON_SHEET, State, Unit, list_selected, list_sheet, name_group, survey_language

BAD_EXCHANGE = Rule(
    "bad-exchange",
    Severity.ERROR,
    "A file that comes back from a translator is whole, and of a kind that was handed out.",
    "A file that is half read loses sentences, and nobody knows which.",
)
EXCHANGE_UNIT = Rule(
    "exchange-unit",
    Severity.ERROR,
    "Every text of a file that comes back has its place among the English texts, once.",
    "Words under a wrong or doubled name would be printed in another sentence's place, or nowhere.",
)
EXCHANGE_KEPT = Rule(
    "exchange-kept",
    Severity.NOTE,
    "What a file that comes back says is taken over as it stands.",
    "Whoever sent the file believes that what is in it is printed.",
)
MAX_BYTES = 8 * 1024 * 1024
"""Of a file that comes back; one with all the words of a language has less than a tenth."""


class Mark(StrEnum):
    """What a file says about a unit: it is done, it is not, or nobody touched what stood there at the export."""

    DONE = "done"
    NEEDS_WORK = "needs work"
    UNTOUCHED = "untouched"


@dataclass(frozen=True, slots=True)
class Base:
    """What a unit was when it went out: done, stale or missing, and a hash of its words. Empty where a tool lost that."""

    was: str = ""
    sha: str = ""

    def __str__(self) -> str:
        return f"{self.was}-{self.sha}" if self.was else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit as a file has it.

    `source` is the English in that file, `target` the words, empty where there are none. `done` says that these are meant for
    that English, and `doubted` that the file marks them as needing work. `note` and `previous`, the English that the words were
    made from where that is older, are for a person to read: no import needs them. `revised`, that a reviser signed it, only goes
    out.
    """

    unit: str
    source: str
    target: str = ""
    done: bool = False
    note: str = ""
    previous: str = ""
    base: Base = Base()
    place: Place = NOWHERE
    doubted: bool = False
    revised: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """The entries of one file, their language, "" where the file does not say it, and what there is to say of the file."""

    tag: str
    entries: tuple[Entry, ...]
    notes: tuple[Problem, ...] = ()


def shorten_hash(words: str) -> str:
    """Hash words in few letters, to tell whether they are still the same.

    >>> shorten_hash("no")
    '9390298f3fb0'
    """
    return hash_words(words)[:12]


def clean_words(words: str) -> str:
    """Write words as the files of the project have them: in normal form C, and without spaces around them.

    >>> clean_words(" sen\u0303al ") == "se\u00f1al"
    True
    """
    return unicodedata.normalize("NFC", words).strip()


def parse_base(text: str) -> Base:
    """Read what `str(Base)` wrote; anything else counts as lost.

    >>> parse_base("stale-9390298f3fb0"), parse_base("stale")
    (Base(was='stale', sha='9390298f3fb0'), Base(was='', sha=''))
    """
    match = re.fullmatch(r"(done|stale|missing)-([0-9a-f]{12})", text.strip())
    return Base(match[1], match[2]) if match else Base()


def read_entry(
    unit: str, source: str, target: str, mark: Mark, base: Base, place: Place, note: str = "", previous: str = ""
) -> Entry:
    """Make an entry of what a file says of a unit. Raises LeafletsError for more than any text has, before any work on it."""
    if (most := max(len(each) for each in (unit, source, target, previous))) > LONGEST:
        said = f'"{unit[:60]}" has {most:,} letters, more than {LONGEST:,}'
        raise refuse(place, said, "Write as many sentences as the English has.")
    done = bool(target.strip()) and decide_done(mark, base, source, target)
    return Entry(unit, source, target, done, note, previous, base, place, doubted=mark is Mark.NEEDS_WORK)


def decide_done(mark: Mark, base: Base, source: str, target: str) -> bool:
    """Say whether words are done by their mark.

    A spreadsheet leaves the status alone while somebody types new words beside it, as many tools do for what had no words, so
    what was stale or missing is done when its words changed. Words whose mark and history are both lost are not, nor is the
    English itself, which tools write for what nobody translated, unless somebody says so.

    >>> decide_done(Mark.UNTOUCHED, Base("stale", shorten_hash("no")), "not", "nunca")
    True
    >>> decide_done(Mark.UNTOUCHED, Base("stale", shorten_hash("no")), "not", "no")
    False
    """
    if mark is Mark.UNTOUCHED:
        changed = bool(base.was) and base.sha != shorten_hash(clean_words(target))
        return base.was == "done" or (changed and not is_copied(base, source, target))
    return mark is Mark.DONE


def is_copied(base: Base, source: str, target: str) -> bool:
    """Whether words that were not there at the export are the English itself."""
    return base.was not in ("done", "stale") and clean_words(source) == clean_words(target)


def list_entries(
    project: Project, tag: str, topics: Iterable[str] = (), todo: bool = False, prints: Collection[str] = ()
) -> tuple[Entry, ...]:
    """List the units of a language as entries, in reading order: topics of the sheets first, and in each what is on a sheet.

    No topics mean all, `prints` only what is on the sheets or in the leaflets, `todo` only what is missing or stale.
    """
    groups, language, sheet = set(topics), project.languages[tag], list_sheet(project)
    wanted = list_selected(project, (), prints) if prints else survey_language(project, tag)
    chosen = [each for each in survey_language(project, tag).values() if each.id in wanted]
    chosen = [each for each in chosen if (not groups or name_group(each.id) in groups) and not (todo and each.done)]
    first = set(map(name_group, sheet))
    ranked = sorted(dict.fromkeys(map(name_group, wanted)), key=lambda group: group not in first)
    ordered = sorted(chosen, key=lambda each: (ranked.index(name_group(each.id)), each.id not in sheet))
    return tuple(make_entry(project, language, each, ON_SHEET if each.id in sheet else "") for each in ordered)


def make_entry(project: Project, language: Language, unit: Unit, first: str = "") -> Entry:
    target = unit.words.words if unit.words else ""
    stale = unit.state is State.STALE
    was = "done" if unit.done else "stale" if stale else "missing"
    note = "\n".join(filter(None, [first, unit.english.note, describe_terms(project, language, unit)]))
    previous = unit.made_from or "" if stale else ""
    base, revised = Base(was, shorten_hash(target)), unit.state in (State.REVISED, State.CHECKED)
    return Entry(unit.id, unit.english.words, target, unit.done, note, previous, base, revised=revised)


def describe_terms(project: Project, language: Language, unit: Unit) -> str:
    """Say which fixed words the English of a unit asks for, and which words would be wrong."""
    said = [f"Not: {', '.join(each.avoid)}" for name, each in language.terms.items() if term_unit(name) == unit.id and each.avoid]
    source, asked = project.languages[SOURCE_LOCALE].terms, []
    for name in find_terms(unit.english.words, name_terms(source, but=unit.id)):
        if fixed := language.terms.get(name):
            wrong = f" (not: {', '.join(fixed.avoid)})" if fixed.avoid else ""
            asked.append(f"{source[name].term} = {fixed.term}{wrong}")
    said += [f"Terms: {'; '.join(asked)}"] if asked else []
    return "\n".join(said)


def list_notes(entry: Entry) -> list[str]:
    """List what a person is to read beside a unit: its note, and how the English changed since the words were made.

    >>> list_notes(Entry("a.title", "above 38.5 °C", "más de 38 °C", previous="above 38 °C"))
    ['The English changed: above [-38-] {+38.5+} °C']
    """
    change = f"The English changed: {diff_words(entry.previous, entry.source)}" if entry.previous else ""
    return [note for note in (entry.note, change) if note]


def refuse(place: Place, message: str, remedy: str) -> LeafletsError:
    """Make the error of a file that cannot be taken."""
    return LeafletsError([BAD_EXCHANGE.at(place, message, remedy)])
