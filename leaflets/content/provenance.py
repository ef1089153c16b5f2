"""What each translated unit was made from.

Takes translations/<locale>/review.yaml; gives a `Record` per unit, and the file anew. A record keeps the English itself, so that
a change of it can be shown word by word, and the hash of the translation, so that one that nobody touched since is known.
"""

import difflib
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import yaml

from leaflets.content.schema import read_shape
from leaflets.content.shapes import Sha256, Shape, Words
from leaflets.content.strict_yaml import YamlFile
from leaflets.files import hold_folder
from leaflets.model import Text
from leaflets.problems import LeafletsError, Place, Rule, Severity

CHANGED_SINCE_READ = Rule(
    "changed-since-read",
    Severity.ERROR,
    "What is signed is what was read.",
    "Between a review on paper and its signature somebody may have changed a word.",
)


class Origin(StrEnum):
    """Who made words: a machine, a person, or whoever worked with a translator's tool. What does not say so is a machine's."""

    MACHINE = "machine"
    PERSON = "person"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class Record:
    """One unit: the English it was made from, the hash of its words then, and who made them."""

    source: str
    sha256: str
    origin: Origin = Origin.MACHINE


class RecordShape(Shape):
    source: Words
    sha256: Sha256
    origin: Origin = Origin.MACHINE


class ReviewShape(Shape):
    """translations/*/review.yaml: the record of every unit of one language."""

    units: dict[str, RecordShape]


def parse_review(source: YamlFile) -> dict[str, Record]:
    shape = read_shape(ReviewShape, source.tree, source, inside="units")
    return {unit: Record(each.source, each.sha256, each.origin) for unit, each in shape.units.items()}


class StructureShape(Shape):
    """translations/*/structure.yaml: by name the entries that stood when it was recorded."""

    entries: dict[str, tuple[str, ...]]


def parse_structure(source: YamlFile) -> dict[str, tuple[str, ...]]:
    return read_shape(StructureShape, source.tree, source, inside="entries").entries


def hash_words(words: str) -> str:
    """Hash words exactly as they stand.

    >>> hash_words("no")[:8]
    '9390298f'
    """
    return hashlib.sha256(words.encode()).hexdigest()


def find_usual_origin(records: Mapping[str, Record]) -> Origin:
    """Find who made the words of a language, as far as all of its records say the same; else a machine."""
    origins = {record.origin for record in records.values()}
    return origins.pop() if len(origins) == 1 else Origin.MACHINE


def record_units(
    source: Mapping[str, Text],
    words: Mapping[str, Text],
    old: Mapping[str, Record],
    unchanged: bool = False,
    origin: Origin | None = None,
) -> dict[str, Record]:
    """Record that words were made from the English that stands now; without an origin they have that of the others.

    A stale unit whose words nobody touched keeps its old record, so that it stays stale, unless `unchanged` says that such
    words are right all the same. So does a unit that has no words: its file may only be gone for a while.
    """
    usual = find_usual_origin(old)
    records = {unit: record for unit, record in old.items() if unit in source}
    for unit, english in source.items():
        if unit in words:
            fresh = Record(english.words, hash_words(words[unit].words), origin or usual)
            if not origin and unit in old and old[unit].sha256 == fresh.sha256:
                fresh = replace(fresh, origin=old[unit].origin)
            if unchanged or unit not in old or old[unit].sha256 != fresh.sha256:
                records[unit] = fresh
    return records


def format_review(records: Mapping[str, Record]) -> str:
    """Write records as YAML, sorted by unit, one diff line a change."""
    tree = {
        unit: {"source": each.source, "sha256": each.sha256}
        | ({"origin": str(each.origin)} if each.origin is not Origin.MACHINE else {})
        for unit, each in sorted(records.items())
    }
    head = "# Kept by the tool: the English that each unit was made from, and the hash of its words then. Do not edit.\n"
    return head + yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=100_000)


class Fate(StrEnum):
    """What became of some words between two texts."""

    KEPT = "kept"
    DELETED = "deleted"
    ADDED = "added"


def list_changes(old: str, new: str) -> list[tuple[Fate, str]]:
    """Cut two texts into words that both have, that only the old has, and that only the new has.

    >>> [(str(change), words) for change, words in list_changes("above 38 °C", "above 38.5 °C")]
    [('kept', 'above'), ('deleted', '38'), ('added', '38.5'), ('kept', '°C')]
    """
    before, after = old.split(), new.split()
    found: list[tuple[Fate, str]] = []
    for change, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if change == "equal":
            found.append((Fate.KEPT, " ".join(before[a:b])))
        else:
            found += [(Fate.DELETED, " ".join(before[a:b]))] if b > a else []
            found += [(Fate.ADDED, " ".join(after[c:d]))] if d > c else []
    return found


def diff_words(old: str, new: str) -> str:
    """Show what changed, word by word.

    >>> diff_words("above 38 °C", "above 38.5 °C")
    'above [-38-] {+38.5+} °C'
    """
    marks = {Fate.KEPT: "{}", Fate.DELETED: "[-{}-]", Fate.ADDED: "{{+{}+}}"}
    return " ".join(marks[change].format(words) for change, words in list_changes(old, new))


@contextmanager
def hold_record(root: Path, hashes: Mapping[str, str], name: str) -> Iterator[None]:
    """Keep others from writing a record, by its path below the root, while it is written.

    `hashes` has the sha256 of each file as it was read. Raises LeafletsError where somebody wrote the record since: what may be
    signed or waived depends on what stands there, and the checks in between take seconds.
    """
    path = root / name
    with hold_folder(path.parent):
        now = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None
        if now != hashes.get(name):
            message = "somebody else wrote this record at the same time; yours is not written"
            raise LeafletsError([CHANGED_SINCE_READ.at(Place(name), message, "Give the same command again.")])
        yield
