"""Who hands out a leaflet, and what fits them.

Takes nothing; gives `Clinic`, the placeholders that it fills, and which texts are meant for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from leaflets.problems import Place


class Condition(StrEnum):
    """Which clinics print something: `holds` says when each is met."""

    URGENT_PHONE = "urgent-phone"
    NO_URGENT_PHONE = "no-urgent-phone"
    CRISIS_PHONE = "crisis-phone"
    US = "us"


PROFILE = "clinic"
"""What a clinic's file is called, in a folder that is called like the clinic."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was checked, and its MIME type; no page rests on its name beside the clinic's file, and the hash of that."""

    data: bytes
    mime: str
    name: str = field(default="", repr=False, compare=False)
    sha256: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class ClinicWords:
    """What a clinic says of itself in one language, in its own words; what is empty is not said."""

    name: str = ""
    hours: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clinic:
    """Who hands out the leaflet. Its phone numbers fill the `{placeholders}` of the text; an empty field is not printed.

    `urgent_phone` is the number to call when it is closed, empty where it has none. `country` is an ISO 3166 code, `colour` and
    `tint` are #rrggbb, `paper` is a key of the model's PAPERS, and `leaflets_url` is where the output folder stands on the web.
    `words` has its name, hours and note in the languages of its patients, by tag, and `beside` what stands in English beside
    those that are printed. `places` says where each was written; no page rests on it. `id` tells clinics apart: it stays the same
    when the name changes.
    """

    name: str
    clinic_phone: str
    emergency_number: str
    urgent_phone: str = ""
    crisis_phone: str = ""
    country: str = ""
    interpreter_phone: str = ""
    hours: str = ""
    web: str = ""
    colour: str = ""
    tint: str = ""
    logo: Logo | None = None
    paper: str = ""
    leaflets_url: str = ""
    id: str = ""
    second_phone: str = ""
    note: str = ""
    words: tuple[tuple[str, ClinicWords], ...] = ()
    beside: ClinicWords = ClinicWords()
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)

    @property
    def key(self) -> str:
        """What tells it from other clinics."""
        return self.id or self.name


PLACEHOLDERS = ("clinic_phone", "emergency_number", "urgent_phone", "crisis_phone")
"""The fields of a clinic that a text may name in braces."""


def holds(condition: Condition | None, clinic: Clinic | None) -> bool:
    """Whether a clinic prints what stands under a condition; without a clinic there is room to write each number in.

    >>> holds(Condition.URGENT_PHONE, None), holds(Condition.NO_URGENT_PHONE, None), holds(Condition.US, None)
    (True, False, False)
    """
    match condition:
        case Condition.URGENT_PHONE:
            return clinic is None or clinic.urgent_phone != ""
        case Condition.NO_URGENT_PHONE:
            return clinic is not None and clinic.urgent_phone == ""
        case Condition.CRISIS_PHONE:
            return clinic is None or clinic.crisis_phone != ""
        case Condition.US:
            return clinic is not None and clinic.country == "US"
        case None:
            return True
