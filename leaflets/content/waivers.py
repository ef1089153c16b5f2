"""Problems of a unit that somebody looked at and found right.

Takes translations/<locale>/waivers.yaml; gives a `Waiver` by unit and check. A waiver holds for the English and the words as they
stood and for what the check said of them, and lapses when any of these changes: then the problem is back.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from leaflets.content.schema import read_shape
from leaflets.content.shapes import Sha256, Shape, Words
from leaflets.content.strict_yaml import YamlFile
from leaflets.model import Text
from leaflets.problems import NOWHERE, Place, Problem, Rule, Severity

LINE = re.compile(r"(?:(?<=\.yaml)|(?<=\.po)):\d+")
UNUSED_WAIVER = Rule(
    "unused-waiver",
    Severity.WARNING,
    "Every waiver waives a problem.",
    "A waiver that is left behind hides nothing today, and nobody knows what it was for.",
)
UNWAIVABLE = Rule(
    "unwaivable",
    Severity.ERROR,
    "What is waived is a problem that is there now, of a check that compares words with their English, and somebody says why.",
    "A waiver in advance would hide what nobody has looked at.",
)


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a problem of one unit is none, and the hash of the English, the words and the problem that this was said of."""

    reason: str
    sha256: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Waived:
    """A problem that is not said, and why it is none."""

    problem: Problem
    reason: str


class WaiverShape(Shape):
    reason: Words
    sha256: Sha256


class WaiversShape(Shape):
    """translations/*/waivers.yaml: by unit, then by the id of the check."""

    units: dict[str, dict[str, WaiverShape]]


Waivers = Mapping[tuple[str, str], Waiver]


def hash_pair(english: str, words: str, messages: Iterable[str]) -> str:
    """Hash the English and the words of a unit together with all that one check says of them, in any order.

    The line of another unit that a message names moves with every edit, and is left out.
    """
    said = sorted(LINE.sub("", message) for message in messages)
    return hashlib.sha256(json.dumps([english, words, *said], ensure_ascii=False).encode()).hexdigest()


def parse_waivers(source: YamlFile) -> dict[tuple[str, str], Waiver]:
    shape = read_shape(WaiversShape, source.tree, source, inside="units")
    return {
        (unit, check): Waiver(each.reason, each.sha256, source.place((unit, check)))
        for unit, checks in shape.units.items()
        for check, each in checks.items()
    }


def format_waivers(waivers: Waivers) -> str:
    """Write waivers as YAML, sorted."""
    tree: dict[str, dict[str, dict[str, str]]] = {}
    for (unit, check), waiver in sorted(waivers.items(), key=lambda each: each[0]):
        tree.setdefault(unit, {})[check] = {"reason": waiver.reason, "sha256": waiver.sha256}
    head = (
        "# Kept by `leaflets waive`: problems that somebody looked at and found right. One is back when it or the words change.\n"
    )
    return head + yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=100_000)


def describe_waivers(waivers: Waivers, unit: str) -> str:
    """Say what was waived of a unit, and why, so that a waiver that comes or goes is something else to sign.

    >>> describe_waivers({("signs.title", "punctuation"): Waiver("a name", "0123456789abcdef")}, "signs.title")
    'punctuation: a name [01234567]'
    """
    own = sorted((check, waiver) for (of, check), waiver in waivers.items() if of == unit)
    return "; ".join(f"{check}: {waiver.reason} [{waiver.sha256[:8]}]" for check, waiver in own)


def find_held(waivers: Waivers, unit: str, english: Text, words: Text, problems: Iterable[Problem]) -> dict[str, Waiver]:
    """Find the waivers that hold for a unit as it stands, by check; `problems` are all that the checks find in it."""
    said: dict[str, list[str]] = {}
    for problem in problems:
        said.setdefault(problem.id, []).append(problem.message)
    known = {check: waivers[unit, check] for check in said if (unit, check) in waivers}
    return {
        check: waiver for check, waiver in known.items() if waiver.sha256 == hash_pair(english.words, words.words, said[check])
    }


def apply_waivers(waivers: Waivers, unit: str, english: Text, words: Text, problems: Collection[Problem]) -> tuple[Problem, ...]:
    """Leave out the problems of a unit that are waived; `problems` are all that the checks find in it."""
    held = find_held(waivers, unit, english, words, problems)
    return tuple(problem for problem in problems if problem.id not in held)


def find_unused(waivers: Waivers, found: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Find waivers of what is no problem; `found` has the unit and the check of each problem, waived or not."""
    for key in waivers.keys() - set(found):
        unit, check = key
        yield UNUSED_WAIVER.at(waivers[key].place, f'"{unit}" has no problem {check} any more', "Delete this waiver.")
