"""Pairs of runs, and what they say.

Takes what is to be run, by name; gives seconds of runs that took turns, and the median of the ratios of each pair. Peers and ours
meet in the same minute, so that a slow moment of the machine falls on both. Two runs of the same tell what a ratio is worth.
"""

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

SAMPLES = 10_000
"""How often a median is drawn anew, for its interval."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what was measured, what came of it, how sure that is, and what it must be."""

    what: str
    found: str
    sure: str = ""
    bar: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str]:
        return self.what, self.found, self.sure, self.bar


def take_turns(runs: Mapping[str, Callable[[], float]], rounds: int, seed: int = 1) -> dict[str, list[float]]:
    """Run each once a round, in another order each time; gives the seconds of each, by round."""
    order, chance = list(runs), random.Random(seed)
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(1, rounds + 1):
        chance.shuffle(order)
        for name in order:
            seconds[name].append(runs[name]())
            sys.stderr.write(f"  round {number} of {rounds}: {name} {seconds[name][-1]:.2f} s\n")
    return seconds


def compare(what: str, ours: Sequence[float], others: Sequence[float], bar: float = 0) -> Row:
    """Give the median ratio of pairs, ours to another's, with the interval that holds it 95 times in a hundred."""
    ratios = [one / other for one, other in zip(ours, others, strict=True)]
    found = median(ratios)
    low, high = find_interval(ratios)
    return Row(what, f"{found:.3f}", f"{low:.3f} to {high:.3f}, {len(ratios)} pairs", judge(found, bar))


def find_interval(values: Sequence[float]) -> tuple[float, float]:
    """Draw as many values anew, each any number of times, and again; 95 of a hundred medians lie in the interval (bootstrap).

    >>> find_interval([0.4, 0.4, 0.4]), find_interval([1.0, 2.0, 3.0])
    ((0.4, 0.4), (1.0, 3.0))
    """
    chance = random.Random(1)
    medians = sorted(median(chance.choices(values, k=len(values))) for _ in range(SAMPLES))
    return medians[SAMPLES // 40], medians[-SAMPLES // 40]


def judge(found: float, bar: float) -> str:
    """Say what a figure must be at most, and whether it is; no bar means that it is only told.

    >>> judge(0.29, 0.3), judge(1.2, 1), judge(7, 0)
    ('<= 0.3: met', '<= 1: not met', '')
    """
    return f"<= {bar:g}: {'met' if found <= bar else 'not met'}" if bar else ""
