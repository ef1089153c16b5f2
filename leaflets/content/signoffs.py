"""Who read which words, and signed for them.

Takes translations/<locale>/signoffs.jsonl, which only ever grows; gives `SignOff`s, and the status that they give a unit. A
sign-off holds the English and the words exactly as they were read, so it counts for these and for no others: it lapses by itself
when either changes. Each line holds the hash of the line before it and of itself, the first one that of its language, and a
file beside it the number of lines and the last hash, so that a changed, copied or lost line is found. (That finds accidents and
careless hands. Whoever may write the files can write all of them anew; who may is for whoever keeps the repository.) A sign-off
that was a mistake is withdrawn by a later line, and counts for nothing from then on; it stays in the record.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, ValidationError

from leaflets.content.schema import WRONG_VALUE
from leaflets.content.shapes import Day, OneLine, Shape
from leaflets.content.strict_yaml import decode
from leaflets.model import Status
from leaflets.problems import LeafletsError, Place, Rule, Severity

BROKEN_SIGNOFFS = Rule(
    "broken-signoffs",
    Severity.ERROR,
    "Every line of a record of sign-offs is as it was written, for its language, in the order of days, and none is lost.",
    "A sign-off that was changed afterwards says that somebody read what nobody read.",
    "https://www.rfc-editor.org/info/rfc8785",
)
SAME_PERSON = Rule(
    "same-person",
    Severity.ERROR,
    "Translator, reviser and clinician are three people.",
    "Nobody sees a mistake of their own; the second reader is there to find it.",
    "https://www.iso.org/standard/59149.html",
)
RECORD, END = "signoffs.jsonl", "signoffs.end"
MAX_BYTES = 64 * 1024 * 1024
RESTORE = "Restore the file as it was: nothing in it is ever changed, and no line taken out."
MERGED = (
    "Only where two Git branches were merged: keep the lines of one branch, take out Git's marks and the lines of the other "
    "(if both follow each other, those from this line on), and let their people sign or withdraw again."
)
"""Each line names the one before it, so that lines of two branches make no chain in any order."""
TITLES = frozenset({"doctor", "dr", "md", "miss", "mr", "mrs", "ms", "phd", "prof", "professor", "rn"})
"""What a name is written with or without."""


class Role(StrEnum):
    """As what somebody signs (ISO 17100: a reviser compares with the source, and did not translate)."""

    TRANSLATOR = "translator"
    REVISER = "reviser"
    CLINICIAN = "clinician"


class Reading(NamedTuple):
    """A unit as it was read: its English, its words, and what was waived of it."""

    english: str
    words: str
    waived: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """One person, on one day, in one role, for these units as they stood.

    `seal` is the hash of its line, by which it is withdrawn.
    """

    role: Role
    name: str
    day: date
    units: Mapping[str, Reading]
    qualification: str = ""
    seal: str = field(default="", compare=False)

    @property
    def person(self) -> str:
        return fold_name(self.name)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One person, on one day, takes back the sign-off whose line has the hash `revokes`."""

    revokes: str
    name: str
    reason: str
    day: date


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody whose sign-off holds for some of a leaflet, and the day of the oldest that does."""

    role: Role
    name: str
    qualification: str
    day: date


def refuse_blank(name: str) -> str:
    if not fold_name(name):
        raise ValueError("whoever signs has a name")
    return name


Named = Annotated[OneLine, AfterValidator(refuse_blank)]


class SignOffShape(Shape):
    """A line of signoffs.jsonl."""

    previous: str
    role: Role
    name: Named
    qualification: OneLine = ""
    day: Day
    units: dict[str, tuple[str, str] | tuple[str, str, str]]
    sha256: str


class WithdrawalShape(Shape):
    """A line of signoffs.jsonl that withdraws an earlier one."""

    previous: str
    revokes: str
    name: Named
    reason: OneLine
    day: Day
    sha256: str


def fold_name(name: str) -> str:
    """Write a name so that its spellings are equal: its words in any order, without case, accents, titles and brackets.

    >>> fold_name(" Test  PERSON. ") == fold_name("Dr. Person-Tést (reviser)")
    True
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^()]*\)", " ", name)).casefold()
    bare = (char for char in plain if not "\u0300" <= char <= "\u036f" and unicodedata.category(char) != "Cf")
    spaced = (char if unicodedata.category(char)[0] in "LMN" else " " for char in bare)
    return " ".join(sorted(set("".join(spaced).split()) - TITLES))


def begin_chain(tag: str) -> str:
    """The hash that stands for the line before the first of a language."""
    return hashlib.sha256(f"sign-offs of {tag}".encode()).hexdigest()


def seal(line: Mapping[str, Any]) -> str:
    """Hash all of a line but its own hash, as canonical JSON (sorted keys, no spaces, UTF-8; in the manner of RFC 8785)."""
    bare = {key: value for key, value in line.items() if key != "sha256"}
    said = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def parse_signoffs(data: bytes, path: str, tag: str, end: bytes) -> tuple[SignOff, ...]:
    """Read the sign-offs of a language's record that were not withdrawn; `end` is the file that says where it ends.

    Raises LeafletsError at the first line that is not as it was written.
    """
    found: dict[str, SignOff] = {}
    ends = [b""]  # what stands beside the record after each of its lines
    previous, last = begin_chain(tag), date.min
    lines = decode(data, path, MAX_BYTES).rstrip("\n").split("\n")

    def broken(message: str, remedy: str = RESTORE) -> LeafletsError:
        return LeafletsError([BROKEN_SIGNOFFS.at(Place(path, number), message, remedy)])

    for number, text in enumerate(lines, start=1):
        try:
            line = json.loads(text)
            shape = parse_line(line)
            sealed = seal(line)
        except (ValueError, RecursionError):
            raise broken("this line is no sign-off", f"{RESTORE} {MERGED}") from None
        if shape.sha256 != sealed or text.rstrip("\r") != json.dumps(line, ensure_ascii=False):
            raise broken("this sign-off was changed after it was written")
        if shape.previous != previous:
            another = "it is of another language, or " if number == 1 else ""
            raise broken(f"{another}the line before this one was changed or is lost", f"{RESTORE} {MERGED}")
        if shape.day < last:
            raise broken(f"it is of {shape.day}, and the line before it of {last}")
        previous, last = sealed, shape.day
        ends.append(format_end(number, sealed))
        if isinstance(shape, SignOffShape):
            units = {unit: Reading(*each) for unit, each in shape.units.items()}
            found[sealed] = SignOff(shape.role, shape.name, shape.day, units, shape.qualification, sealed)
        elif shape.revokes not in found:
            raise broken("it withdraws a sign-off that does not stand before it")
        else:
            del found[shape.revokes]
    if end.strip() not in map(bytes.strip, ends[-2:]):  # one behind where somebody was cut off between the two files
        raise broken(f"the last lines are lost, or {END} beside it is not of this record", f"{RESTORE} {MERGED}")
    return tuple(found.values())


def write_end(record: str) -> bytes:
    """Write where a record ends: the number of its lines, and the hash of the last."""
    lines = record.rstrip("\n").split("\n")
    return format_end(len(lines), json.loads(lines[-1])["sha256"])


def format_end(number: int, sealed: str) -> bytes:
    return f"{number} {sealed}\n".encode()


def parse_line(line: Any) -> SignOffShape | WithdrawalShape:
    """Read one line of a record. Raises ValidationError."""
    shape = WithdrawalShape if isinstance(line, dict) and "revokes" in line else SignOffShape
    return shape.model_validate(line)


def append_signoff(data: bytes, signoff: SignOff, tag: str) -> bytes:
    """Add a line to the record of a language's sign-offs that was read before."""
    line = {
        "role": signoff.role,
        "name": signoff.name,
        "qualification": signoff.qualification,
        "day": signoff.day.isoformat(),
        "units": {unit: list(each if each.waived else each[:2]) for unit, each in signoff.units.items()},
    }
    return append_line(data, line, tag)


def append_withdrawal(data: bytes, withdrawal: Withdrawal, tag: str) -> bytes:
    """Add a line that withdraws an earlier one."""
    line = {
        "revokes": withdrawal.revokes,
        "name": withdrawal.name,
        "reason": withdrawal.reason,
        "day": withdrawal.day.isoformat(),
    }
    return append_line(data, line, tag)


def append_line(data: bytes, fields: Mapping[str, Any], tag: str) -> bytes:
    """Add a line. Raises LeafletsError for one that could not be read back, such as one without a name, or of an earlier day."""
    lines = data.decode("utf-8-sig").rstrip("\n").split("\n") if data else []
    before = json.loads(lines[-1]) if lines else {"sha256": begin_chain(tag), "day": ""}
    if fields["day"] < before["day"]:
        message = f"today is {fields['day']} by the clock of this machine, and the last sign-off is of {before['day']}"
        raise LeafletsError([BROKEN_SIGNOFFS.at(Place(f"translations/{tag}/{RECORD}"), message, "Set the clock right.")])
    line = {"previous": before["sha256"], **fields}
    try:
        line["sha256"] = seal(line)
        parse_line(line)
    except UnicodeEncodeError:
        raise LeafletsError([WRONG_VALUE.at(Place("words"), "these are no letters of Unicode", "Type them anew.")]) from None
    except ValidationError as error:
        problems = [WRONG_VALUE.at(Place(str(each["loc"][0])), each["msg"], "Write it otherwise.") for each in error.errors()]
        raise LeafletsError(problems) from None
    return ("\n".join([*lines, json.dumps(line, ensure_ascii=False)]) + "\n").encode()


def list_readers(signoffs: Iterable[SignOff], unit: str, reading: Reading) -> dict[Role, tuple[SignOff, ...]]:
    """Pick the sign-offs that hold for a unit as it stands, by role, the last one last."""
    found: dict[Role, tuple[SignOff, ...]] = dict.fromkeys(Role, ())
    for signoff in signoffs:
        if signoff.units.get(unit) == reading:
            found[signoff.role] += (signoff,)
    return found


def list_translators(signoffs: Iterable[SignOff], unit: str, reading: Reading) -> frozenset[str]:
    """Name all who signed the words of a unit as their translator, be it from an English that was changed since."""
    return frozenset(
        each.person
        for each in signoffs
        if each.role is Role.TRANSLATOR and unit in each.units and each.units[unit].words == reading.words
    )


def list_counted(signoffs: Sequence[SignOff], unit: str, reading: Reading) -> dict[Role, tuple[SignOff, ...]]:
    """Pick the sign-offs that count for a unit as it stands, by role: one person does not count in two roles."""
    readers, translators = list_readers(signoffs, unit, reading), list_translators(signoffs, unit, reading)
    revisers = tuple(each for each in readers[Role.REVISER] if each.person not in translators)
    alone = {each.person for each in revisers}
    clinicians = tuple(each for each in readers[Role.CLINICIAN] if each.person not in translators and alone != {each.person})
    return {Role.TRANSLATOR: readers[Role.TRANSLATOR], Role.REVISER: revisers, Role.CLINICIAN: clinicians}


def find_status(signoffs: Sequence[SignOff], unit: str, reading: Reading) -> Status:
    """Say how far a unit as it stands was checked."""
    counted = list_counted(signoffs, unit, reading)
    if counted[Role.REVISER]:
        return Status.CLINICALLY_CHECKED if counted[Role.CLINICIAN] else Status.REVISED
    return Status.TRANSLATED if counted[Role.TRANSLATOR] else Status.MACHINE_DRAFT


def least_status(statuses: Iterable[Status]) -> Status:
    """The status of a leaflet is that of its least checked unit."""
    return min(statuses, key=lambda status: status.rank, default=Status.MACHINE_DRAFT)


def find_earlier(signoffs: Sequence[SignOff], unit: str, reading: Reading) -> Reading | None:
    """Find what was last signed of a unit, if it is not what stands now."""
    last = next((each.units[unit] for each in reversed(signoffs) if unit in each.units), None)
    return last if last != reading else None


def list_signers(signoffs: Sequence[SignOff], readings: Mapping[str, Reading]) -> tuple[Signer, ...]:
    """Name everybody whose sign-off counts for some of the units as they stand: each once a role, in the order of the roles.

    The day is that on which they read last what they read longest ago: the oldest of the leaflet's, not the newest.
    """
    found: dict[tuple[Role, str], Signer] = {}
    for unit, reading in readings.items() if signoffs else ():
        for role, counted in list_counted(signoffs, unit, reading).items():
            for person, each in {each.person: each for each in counted}.items():
                known = found.get((role, person))
                if known is None or each.day < known.day:
                    found[role, person] = Signer(role, each.name, each.qualification, each.day)
    order = list(dict.fromkeys((each.role, each.person) for each in signoffs))
    return tuple(
        sorted(found.values(), key=lambda each: (list(Role).index(each.role), order.index((each.role, fold_name(each.name)))))
    )
