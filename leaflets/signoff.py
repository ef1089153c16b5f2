"""Who read which words, and signed for them.

Takes translations/<locale>/signoffs.jsonl, which only ever grows; gives `SignOff`s, and the status that they give a unit. A
sign-off holds the English and the words exactly as they were read, so it counts for these and for no others: it lapses by itself
when either changes. Each line holds the hash of the line before it and of itself, so that a changed or lost line is found. (A
hash says what was signed, not who typed it; that is for whoever keeps the repository.) A sign-off that was a mistake is
withdrawn by a later line, and counts for nothing from then on; it stays in the record.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationError

from leaflets.model import Status
from leaflets.problems import LeafletsError, Place, Rule, Severity
from leaflets.schema import WRONG_VALUE
from leaflets.shapes import Day, Line, Shape
from leaflets.source import decode

BROKEN_SIGNOFFS = Rule(
    "broken-signoffs",
    Severity.ERROR,
    "Every line of a record of sign-offs is as it was written, and none is lost before the last.",
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
MAX_BYTES = 64 * 1024 * 1024
RESTORE = "Restore the file as it was: nothing in it is ever changed, and no line taken out."
MERGED = (
    "Only where two Git branches were merged: keep the lines of one branch, take out Git's marks and the lines of the other "
    "(if both follow each other, those from this line on), and let their people sign or withdraw again."
)
"""Each line names the one before it, so that lines of two branches make no chain in any order."""
START = "0" * 64
"""What stands for the line before the first."""


class Role(StrEnum):
    """As what somebody signs (ISO 17100: a reviser compares with the source, and did not translate)."""

    TRANSLATOR = "translator"
    REVISER = "reviser"
    CLINICIAN = "clinician"


Pair = tuple[str, str]
"""The English and the words of a unit, as they were read."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """One person, on one day, in one role, for these units as they stood.

    `seal` is the hash of its line, by which it is withdrawn.
    """

    role: Role
    name: str
    day: date
    units: Mapping[str, Pair]
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
    """Somebody whose sign-off holds for some of a leaflet, and the day of the last one."""

    role: Role
    name: str
    qualification: str
    day: date


def refuse_blank(name: str) -> str:
    if not fold_name(name):
        raise ValueError("whoever signs has a name")
    return name


Named = Annotated[Line, AfterValidator(refuse_blank)]


class SignOffShape(Shape):
    """A line of signoffs.jsonl."""

    previous: str
    role: Role
    name: Named
    qualification: Line = ""
    day: Day
    units: dict[str, tuple[str, str]]
    sha256: str


class WithdrawalShape(Shape):
    """A line of signoffs.jsonl that withdraws an earlier one."""

    previous: str
    revokes: str
    name: Named
    reason: Line
    day: Day
    sha256: str


def fold_name(name: str) -> str:
    """Write a name so that its spellings are equal: letters with their marks, digits, and a space between words.

    >>> fold_name(" Test  PERSON. ") == fold_name("Test-Person")
    True
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    spaced = (" " if unicodedata.category(char) in ("Pd", "Zs") else char for char in plain)
    return " ".join("".join(char for char in spaced if char.isspace() or unicodedata.category(char)[0] in "LMN").split())


def seal(line: Mapping[str, Any]) -> str:
    """Hash all of a line but its own hash, as canonical JSON (sorted keys, no spaces, UTF-8; in the manner of RFC 8785)."""
    bare = {key: value for key, value in line.items() if key != "sha256"}
    said = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def parse_signoffs(data: bytes, path: str) -> tuple[SignOff, ...]:
    """Read the sign-offs of a record that were not withdrawn. Raises LeafletsError at the first line that is not as written."""
    found: dict[str, SignOff] = {}
    previous = START
    for number, text in enumerate(decode(data, path, MAX_BYTES).rstrip("\n").split("\n"), start=1):
        place = Place(path, number)
        try:
            line = json.loads(text)
            shape = parse_line(line)
            sealed = seal(line)
        except (ValueError, RecursionError):
            raise LeafletsError([BROKEN_SIGNOFFS.at(place, "this line is no sign-off", f"{RESTORE} {MERGED}")]) from None
        if shape.sha256 != sealed:
            raise LeafletsError([BROKEN_SIGNOFFS.at(place, "this sign-off was changed after it was written", RESTORE)])
        if shape.previous != previous:
            message = "the line before this one was changed or is lost"
            raise LeafletsError([BROKEN_SIGNOFFS.at(place, message, f"{RESTORE} {MERGED}")])
        previous = sealed
        if isinstance(shape, SignOffShape):
            found[sealed] = SignOff(shape.role, shape.name, shape.day, shape.units, shape.qualification, sealed)
        elif shape.revokes not in found:
            raise LeafletsError([BROKEN_SIGNOFFS.at(place, "it withdraws a sign-off that does not stand before it", RESTORE)])
        else:
            del found[shape.revokes]
    return tuple(found.values())


def parse_line(line: Any) -> SignOffShape | WithdrawalShape:
    """Read one line of a record. Raises ValidationError."""
    shape = WithdrawalShape if isinstance(line, dict) and "revokes" in line else SignOffShape
    return shape.model_validate(line)


def append_signoff(data: bytes, signoff: SignOff) -> bytes:
    """Add a line to a record of sign-offs that was read before."""
    line = {
        "role": signoff.role,
        "name": signoff.name,
        "qualification": signoff.qualification,
        "day": signoff.day.isoformat(),
        "units": {unit: list(pair) for unit, pair in signoff.units.items()},
    }
    return append_line(data, line)


def append_withdrawal(data: bytes, withdrawal: Withdrawal) -> bytes:
    """Add a line that withdraws an earlier one."""
    line = {
        "revokes": withdrawal.revokes,
        "name": withdrawal.name,
        "reason": withdrawal.reason,
        "day": withdrawal.day.isoformat(),
    }
    return append_line(data, line)


def append_line(data: bytes, fields: Mapping[str, Any]) -> bytes:
    """Add a line. Raises LeafletsError for one that could not be read back, such as one without a name."""
    lines = data.decode("utf-8-sig").rstrip("\n").split("\n") if data else []
    line = {"previous": json.loads(lines[-1])["sha256"] if lines else START, **fields}
    line["sha256"] = seal(line)
    try:
        parse_line(line)
    except ValidationError as error:
        problems = [WRONG_VALUE.at(Place(str(each["loc"][0])), each["msg"], "Write it otherwise.") for each in error.errors()]
        raise LeafletsError(problems) from None
    return ("\n".join([*lines, json.dumps(line, ensure_ascii=False)]) + "\n").encode()


def list_readers(signoffs: Iterable[SignOff], unit: str, pair: Pair) -> dict[Role, tuple[SignOff, ...]]:
    """Pick the sign-offs that hold for a unit as it stands, by role, the last one last."""
    found: dict[Role, tuple[SignOff, ...]] = dict.fromkeys(Role, ())
    for signoff in signoffs:
        if signoff.units.get(unit) == pair:
            found[signoff.role] += (signoff,)
    return found


def list_translators(signoffs: Iterable[SignOff], unit: str, pair: Pair) -> frozenset[str]:
    """Name all who signed the words of a unit as their translator, be it from an English that was changed since."""
    return frozenset(
        each.person for each in signoffs if each.role is Role.TRANSLATOR and unit in each.units and each.units[unit][1] == pair[1]
    )


def list_counted(signoffs: Sequence[SignOff], unit: str, pair: Pair) -> dict[Role, tuple[SignOff, ...]]:
    """Pick the sign-offs that count for a unit as it stands, by role: one person does not count in two roles."""
    readers, translators = list_readers(signoffs, unit, pair), list_translators(signoffs, unit, pair)
    revisers = tuple(each for each in readers[Role.REVISER] if each.person not in translators)
    alone = {each.person for each in revisers}
    clinicians = tuple(each for each in readers[Role.CLINICIAN] if each.person not in translators and alone != {each.person})
    return {Role.TRANSLATOR: readers[Role.TRANSLATOR], Role.REVISER: revisers, Role.CLINICIAN: clinicians}


def find_status(signoffs: Sequence[SignOff], unit: str, pair: Pair) -> Status:
    """Say how far a unit as it stands was checked."""
    counted = list_counted(signoffs, unit, pair)
    if counted[Role.REVISER]:
        return Status.CLINICALLY_CHECKED if counted[Role.CLINICIAN] else Status.REVISED
    return Status.TRANSLATED if counted[Role.TRANSLATOR] else Status.MACHINE_DRAFT


def least_status(statuses: Iterable[Status]) -> Status:
    """The status of a leaflet is that of its least checked unit."""
    return min(statuses, key=lambda status: status.rank, default=Status.MACHINE_DRAFT)


def find_earlier(signoffs: Sequence[SignOff], unit: str, pair: Pair) -> Pair | None:
    """Find what was last signed of a unit, if it is not what stands now."""
    last = next((each.units[unit] for each in reversed(signoffs) if unit in each.units), None)
    return last if last != pair else None


def list_signers(signoffs: Sequence[SignOff], pairs: Mapping[str, Pair]) -> tuple[Signer, ...]:
    """Name everybody whose sign-off counts for some of the units as they stand: each once a role, in the order of the roles."""
    counted = {unit: list_counted(signoffs, unit, pair) for unit, pair in pairs.items()} if signoffs else {}
    found: dict[tuple[Role, str], Signer] = {}
    for each in signoffs:
        if any(each in counted[unit][each.role] for unit in each.units if unit in counted):
            found[each.role, each.person] = Signer(each.role, each.name, each.qualification, each.day)
    return tuple(sorted(found.values(), key=lambda signer: list(Role).index(signer.role)))
