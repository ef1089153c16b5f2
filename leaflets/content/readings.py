"""What somebody read in a translation who had not seen its English.

Takes translations/<locale>/readings.yaml; gives `Readings`: what each reading found, what the translator was not certain of, and
what was understood of the texts that matter most. Each of these keeps the words that were read, so that no others pass for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import Field, NonNegativeInt

from leaflets.content.schema import read_shape
from leaflets.content.shapes import Shape, Words
from leaflets.content.strict_yaml import YamlFile


@dataclass(frozen=True, slots=True)
class Faults:
    """How many faults one reading found in the sheets."""

    critical: int
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.critical} critical, {self.major} major, {self.minor} minor"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a reader understood of one text, in English, and the words that were read; both "" if these are not kept.

    >>> Understood("Do not press.", "No apriete.").is_of("No apriete."), Understood("", "").is_of("No apriete.")
    (True, False)
    """

    said: str
    words: str

    def is_of(self, words: str) -> bool:
        """Whether these are the words that were read."""
        return bool(words) and self.words == words


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one language, the first one first; `back` is what the last reader understood, by unit."""

    faults: tuple[Faults, ...] = ()
    notes: tuple[str, ...] = ()
    back: Mapping[str, Understood] = field(default_factory=dict)

    @property
    def counted(self) -> str:
        """How often the sheets were read back, and what was found last; "" where they never were.

        >>> Readings((Faults(1, 3, 4), Faults(0, 0, 2))).counted
        'read back 2 times by somebody who had not seen the English; the last time with 0 critical, 0 major, 2 minor faults'
        """
        if not self.faults:
            return ""
        times = f"{len(self.faults)} times" if len(self.faults) > 1 else "once"
        return f"read back {times} by somebody who had not seen the English; the last time with {self.faults[-1]} faults"


class FaultsShape(Shape):
    critical: NonNegativeInt
    major: NonNegativeInt
    minor: NonNegativeInt


class UnderstoodShape(Shape):
    said: Words
    words: Words = Field(description="The words that were read, letter by letter.")


class ReadingsShape(Shape):
    """translations/*/readings.yaml: what readers found, what is uncertain, and by unit what was understood."""

    readings: tuple[FaultsShape, ...]
    notes: tuple[Words, ...] = ()
    back: dict[str, UnderstoodShape] = Field(default_factory=dict)
    changed: tuple[str, ...] = Field((), description="Units whose words changed after they were read; what was read is not kept.")


def parse_readings(source: YamlFile) -> Readings:
    shape = read_shape(ReadingsShape, source.tree, source)
    return Readings(
        tuple(Faults(each.critical, each.major, each.minor) for each in shape.readings),
        shape.notes,
        {
            **{unit: Understood("", "") for unit in shape.changed},
            **{unit: Understood(each.said, each.words) for unit, each in shape.back.items()},
        },
    )
