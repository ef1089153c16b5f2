"""What each translated unit was made from, and how far it has been checked.

Takes translations/<locale>/review.yaml; gives a `Record` per unit. The record keeps the English itself, so that a change
of it can be shown word by word, and the hash of the translation, so that a status lapses when the words change.
"""

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import yaml
from pydantic import StringConstraints

from leaflets.model import Status, Text
from leaflets.schema import read_shape
from leaflets.shapes import Day, Shape, Words
from leaflets.source import Source


@dataclass(frozen=True, slots=True)
class Record:
    """One unit: the English it was made from, the hash of its words then, its status, who said so, and when."""

    source: str
    sha256: str
    status: Status = Status.MACHINE_DRAFT
    by: str = ""
    day: date | None = None


class RecordShape(Shape):
    source: Words
    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    status: Status
    by: str = ""
    day: Day | None = None


class ReviewShape(Shape):
    """translations/*/review.yaml: the record of every unit of one language."""

    units: dict[str, RecordShape]


def parse_review(source: Source) -> dict[str, Record]:
    shape = read_shape(ReviewShape, source.tree, source, inside="units")
    return {unit: Record(**each.model_dump()) for unit, each in shape.units.items()}


def hash_words(words: str) -> str:
    """Hash words exactly as they stand.

    >>> hash_words("no")[:8]
    '9390298f'
    """
    return hashlib.sha256(words.encode()).hexdigest()


def find_status(words: str, record: Record | None) -> Status:
    """Say how far words were checked; a text that changed since, or was never recorded, is a draft."""
    if record is None or record.sha256 != hash_words(words):
        return Status.MACHINE_DRAFT
    return record.status


def least_status(statuses: Iterable[Status]) -> Status:
    """The status of a leaflet is that of its least checked unit."""
    return min(statuses, key=lambda status: status.rank, default=Status.MACHINE_DRAFT)


def record_units(source: Mapping[str, Text], words: Mapping[str, Text], old: Mapping[str, Record]) -> dict[str, Record]:
    """Record that the words which exist now were made from the English that stands now.

    A unit of which neither changed keeps its record; any other becomes a machine draft, since nobody has said more.
    """
    records = {}
    for unit, english in source.items():
        if unit in words:
            fresh = Record(english.words, hash_words(words[unit].words))
            kept = old.get(unit)
            same = kept is not None and (kept.source, kept.sha256) == (fresh.source, fresh.sha256)
            records[unit] = kept if kept and same else fresh
    return records


def format_review(records: Mapping[str, Record]) -> str:
    """Write records as YAML, sorted by unit, one diff line a change."""
    tree = {
        unit: {"source": record.source, "sha256": record.sha256, "status": str(record.status)}
        | ({"by": record.by} if record.by else {})
        | ({"day": record.day.isoformat()} if record.day else {})
        for unit, record in sorted(records.items())
    }
    head = "# Kept by `leaflets record`: the English that each unit was made from, and how far it was checked. Do not edit.\n"
    return head + yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=100_000)


def diff_words(old: str, new: str) -> str:
    """Show what changed, word by word.

    >>> diff_words("above 38 °C", "above 38.5 °C")
    'above [-38-] {+38.5+} °C'
    """
    before, after = old.split(), new.split()
    said: list[str] = []
    for change, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if change == "equal":
            said += before[a:b]
        else:
            said += [f"[-{' '.join(before[a:b])}-]"] if b > a else []
            said += [f"{{+{' '.join(after[c:d])}+}}"] if d > c else []
    return " ".join(said)
