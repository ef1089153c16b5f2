"""Who read which words, and what that says of them.

Takes the `SignOff`s of a language, in their order; gives the status of a unit, and who is named for it. A sign-off holds the
English and the words exactly as they were read, so it counts for these and no others: it lapses by itself when either changes.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from leaflets.model import Status
from leaflets.problems import Rule, Severity

SAME_PERSON = Rule(
    "same-person",
    Severity.ERROR,
    "Translator, reviser and clinician are three people.",
    "Nobody sees a mistake of their own; the second reader is there to find it.",
    "https://www.iso.org/standard/59149.html",
)
LATIN_TITLES = (
    "bs bscki bsckii cn doctor doctora dott dr dra frau gs herr lic md miss mme mr mrs ms pgs phd prof professor rn sr sra"
)
TITLES = frozenset(f"{LATIN_TITLES} ths ts др проф डॉ ڈاکٹر دكتور دكتورة الدكتور الدكتورة".split())
"""What a name is written with or without, in the languages of those who sign (bs, ths, ts, pgs, gs: Vietnamese)."""
STROKES = str.maketrans("đłø", "dlo")
"""Letters with a stroke, which Unicode does not take apart, as people type them whose keyboard lacks them."""


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

    `seal` is the hash of its file, by which it is withdrawn.
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
class Signer:
    """Somebody whose sign-off holds for some of a leaflet, and the day of the oldest that does."""

    role: Role
    name: str
    qualification: str
    day: date


def fold_name(name: str) -> str:
    """Write a name so that its spellings are equal: its words in any order, without case, accents, titles and brackets.

    >>> fold_name(" Test  PERSON. ") == fold_name("Dr. Person-Tést (reviser)")
    True
    """
    plain = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", unicodedata.normalize("NFKD", name)).casefold().translate(STROKES)
    bare = (char for char in plain if not "\u0300" <= char <= "\u036f" and unicodedata.category(char) != "Cf")
    spaced = (char if unicodedata.category(char)[0] in "LMN" else " " for char in bare)
    return " ".join(sorted(set("".join(spaced).split()) - TITLES))


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
    found: dict[tuple[Role, str], SignOff | None]
    found = {(role, each.person): None for role in Role for each in signoffs if each.role is role}
    for unit, reading in readings.items() if signoffs else ():
        for role, counted in list_counted(signoffs, unit, reading).items():
            for person, last in {each.person: each for each in counted}.items():
                known = found[role, person]
                if known is None or last.day < known.day:
                    found[role, person] = last
    return tuple(Signer(each.role, each.name, each.qualification, each.day) for each in found.values() if each)
