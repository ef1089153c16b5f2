"""Checks: small documented functions that look at what was loaded and yield problems.

Takes a generator over one kind of subject; gives a check, whose rule is made of the decorator's words and of the generator's
docstring. Silence means pass. `run` has all of them look at a project.
"""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from leaflets.problems import Problem, Rule, Severity

Subject = TypeVar("Subject")
Check = Callable[[Subject], Iterator[Problem]]
Find = Callable[[Rule, Subject], Iterator[Problem]]


def check(id: str, severity: Severity, why: str, source: str = "") -> Callable[[Find[Subject]], Check[Subject]]:
    """Make a check of a generator `(rule, subject) -> problems`; its docstring's first line says what it looks at."""

    def decorate(find: Find[Subject]) -> Check[Subject]:
        what = (find.__doc__ or "").strip().split("\n")[0]
        if not what and sys.flags.optimize < 2:  # which the command line says of itself
            raise ValueError(f"the check {id} has no docstring")
        return partial(find, Rule(id, severity, what, why, source))

    return decorate
