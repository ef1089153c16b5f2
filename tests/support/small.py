"""Changes to the small project, and the one problem that each makes."""

from pathlib import Path

from leaflets.problems import Problem
from tests.support.projects import SMALL_PROJECT, find_all, write_project

LEAFLET = "content/leaflets/adult.yaml"
ADULT = "content/topics/en/adult.yaml"
SIGNS = "content/topics/en/signs.yaml"
HELP = "content/topics/en/get-help.yaml"
SPANISH_SIGNS = "content/topics/es/signs.yaml"
SPANISH_HELP = "content/topics/es/get-help.yaml"
REFERENCES = "content/references.yaml"
COUNTRIES = "content/countries.yaml"
SHEET = "sheet:\n  words: 60\n  front: [signs.lumps]\n  back: [get-help.emergency]\n"
WITH_SHEET = {LEAFLET: SMALL_PROJECT[LEAFLET] + SHEET}
"""What gives it one sheet of paper."""


def swap(name: str, old: str, new: str) -> dict[str, str]:
    """Change a file of the small project."""
    assert old in SMALL_PROJECT[name]
    return {name: SMALL_PROJECT[name].replace(old, new)}


def say(english: str, spanish: str = "Puede sentir bultos duros.") -> dict[str, str]:
    """Let the first bullet of the signs, in line 6, say something else in both languages."""
    changes = swap(SIGNS, "You may feel hard lumps.", f'"{english}"')
    return changes | swap(SPANISH_SIGNS, "Puede sentir bultos duros.", f'"{spanish}"')


def only_problem(root: Path, changes: dict[str, str]) -> Problem:
    [problem] = find_all(write_project(root, changes))
    assert len(str(problem).splitlines()) == 1
    return problem
