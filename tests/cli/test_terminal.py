"""How problems are said on a terminal."""

import os
import subprocess
import sys
from pathlib import Path

from leaflets.cli.terminal import list_lines
from leaflets.problems import MOST, Place
from leaflets.translation.localize import MISSING_UNIT, STALE_UNIT
from tests.support.projects import ROOT

FILE = "content/topics/es/signs.yaml"
MISSING = [MISSING_UNIT.at(Place(FILE, line), f"{line} is not translated") for line in range(1, 10)]
STALE = STALE_UNIT.at(Place(FILE, 5), "the English changed")


def test_of_many_missing_words_in_a_file_the_first_are_said_and_the_others_counted() -> None:
    lines = list(list_lines([*MISSING[:5], STALE, *MISSING[5:]]))
    assert lines == [
        *map(str, MISSING[:MOST]),
        str(STALE),
        f"{FILE}: error: 6 more are not translated [missing-unit]",
    ]


def test_a_few_missing_words_are_all_said() -> None:
    assert list(list_lines(MISSING[: MOST + 1])) == [str(each) for each in MISSING[: MOST + 1]]


def test_other_problems_are_all_said_however_many_there_are() -> None:
    stale = [STALE_UNIT.at(Place(FILE, line), "the English changed") for line in range(1, 30)]
    assert list(list_lines(stale)) == list(map(str, stale))


def test_each_file_counts_for_itself() -> None:
    elsewhere = [MISSING_UNIT.at(Place("content/topics/es/food.yaml", line), "x is not translated") for line in range(1, 4)]
    assert list(list_lines([*elsewhere, *MISSING]))[:3] == list(map(str, elsewhere))


def call(path: Path, typed: str, folders: str, *words: str) -> str:
    """Type a command that there is not, or other words, with a program of that name, and give what is said."""
    path.parent.mkdir(parents=True)
    path.write_text(f"#!{sys.executable}\nfrom leaflets.cli.main import main\nmain()\n", encoding="utf-8")
    path.chmod(0o755)
    found = {**os.environ, "PATH": folders, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [typed, *(words or ("start", "sw"))], cwd=path.parent.parent, env=found, capture_output=True, text=True
    ).stderr


def test_a_program_that_the_shell_does_not_find_says_what_to_type(tmp_path: Path) -> None:
    said = call(tmp_path / "bin" / "leaflets", "bin/leaflets", "/usr/bin:/bin")
    assert 'did you mean "leaflets translate start sw"?' in said
    assert said.endswith("\nWhere a line says `leaflets`, type bin/leaflets\n")


def test_an_error_that_names_no_command_says_nothing_of_the_program(tmp_path: Path) -> None:
    said = call(tmp_path / "bin" / "leaflets", "bin/leaflets", "/usr/bin:/bin", "build", "--clinic", "nothing.yaml")
    assert said == "nothing.yaml: error: No such file or directory. Check the path. [no-file]\n"


def test_a_program_that_the_shell_finds_needs_no_word(tmp_path: Path) -> None:
    path = tmp_path / "bin" / "leaflets"
    said = call(path, str(path), f"{path.parent}:/usr/bin:/bin")
    assert said.endswith('did you mean "leaflets translate start sw"?\n')
