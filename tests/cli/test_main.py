"""The command line: what it says of itself, and of typing errors."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from leaflets.cli.main import HintingGroup, main
from tests.conftest import Run
from tests.support.projects import ROOT, write_project


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("build", "--locale", "ess"), 'did you mean "es"?'),
        (("build", "--edition", "larg-print"), 'did you mean "large-print"?'),
        (("build", "--leaflet", "adlut"), 'did you mean "adult"?'),
        (("check", "--locale", "esp"), 'did you mean "es" (Spanish, español)?'),
        (("record", "esp"), 'did you mean "es"'),
    ],
)
def test_a_typing_error_is_told_what_was_meant(words: tuple[str, ...], meant: str, tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, *words)
    assert result.exit_code == 1
    assert meant in result.stderr
    assert not (tmp_path / "output").exists()


def run_program(*words: str, stdout: Any = subprocess.PIPE, **variables: str) -> subprocess.CompletedProcess[bytes]:
    program = [sys.executable, "-m", "leaflets", *words]
    return subprocess.run(program, cwd=ROOT, stdout=stdout, stderr=subprocess.PIPE, env={**os.environ, **variables}, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "variables", "said"),
    [
        (("list",), {"PYTHONIOENCODING": "latin-1"}, "leaflets: latin-1 has no letter U+"),
        (("review", "es", "--topic", "signs"), {"PYTHONIOENCODING": "latin-1"}, "set PYTHONIOENCODING=utf-8"),
        (("list",), {"PYTHONOPTIMIZE": "2"}, "leaflets: PYTHONOPTIMIZE=2 takes away the texts of help and checks"),
        (("check", "--help"), {"PYTHONOPTIMIZE": "2"}, "PYTHONOPTIMIZE=2"),
    ],
)
def test_odd_surroundings_are_named_in_one_line(words: tuple[str, ...], variables: dict[str, str], said: str) -> None:
    done = run_program(*words, **variables)
    [line] = done.stderr.decode().splitlines()
    assert (done.returncode, said in line) == (3, True)


@pytest.mark.slow
def test_an_output_that_is_full_is_named_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = run_program("list", stdout=full)
    assert (done.returncode, done.stderr.decode()) == (3, "leaflets: No space left on device\n")


def test_a_project_whose_path_is_no_text_is_refused(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / os.fsdecode(b"p\xff")).root
    result = run("--project", root, "list")
    assert result.exit_code == 3
    assert "\\udcff' has letters that are not UTF-8" in result.stderr


@pytest.mark.parametrize("name", ["a\nb", "a#b", "My leaflet", os.fsdecode(b"\xff")])
def test_the_name_of_a_leaflet_goes_into_links_and_lines(name: str, tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    (root / "content" / "leaflets" / f"{name}.yaml").write_bytes((root / "content" / "leaflets" / "adult.yaml").read_bytes())
    result = run("--project", root, "check")
    [line] = [line for line in result.stderr.splitlines() if "[bad-name]" in line]
    assert line.startswith(f"content/leaflets: error: the name of the file {f'{name}.yaml'!a} is no plain name")


def test_a_wrong_option_is_a_usage_error(run: Run) -> None:
    assert run("build", "--paper", "a5").exit_code == 2
    assert run("biuld").exit_code == 2


LINES = {
    "a command of a group": [
        ("start sw", "leaflets translate start sw"),
        ("export es --format xlsx", "leaflets translate export es --format xlsx"),
        ("import 'my words.xlsx'", "leaflets translate import 'my words.xlsx'"),
        ("translate status es", "leaflets status es"),
        ("clinic", "leaflets new clinic"),
    ],
    "a typing error": [
        ("wave es signs.lumps.hard x", "leaflets waive es signs.lumps.hard x"),
        ("sgin es", "leaflets sign es"),
        ("biuld", "leaflets build"),
        ("translate strat sw", "leaflets translate start sw"),
        ("strat sw", "leaflets translate start sw"),
        ("imprt es.po", "leaflets translate import es.po"),
    ],
}


@pytest.mark.parametrize(("typed", "meant"), [pair for pairs in LINES.values() for pair in pairs])
def test_a_command_that_there_is_not_is_told_the_line_that_was_meant(typed: str, meant: str, run: Run) -> None:
    result = run(*shlex.split(typed))
    assert result.exit_code == 2
    assert f'did you mean "{meant}"?' in result.stderr


def test_a_command_that_is_like_no_other_is_said_not_to_be_there(run: Run) -> None:
    result = run("qqqq")
    assert result.exit_code == 2
    assert 'Error: there is no command "leaflets qqqq"\n' in result.stderr


HEAVY = ("weasyprint", "babel", "pydantic", "jinja2", "yaml", "starlette", "leaflets.build", "leaflets.content")


def say_in_a_process_of_its_own(*words: str) -> str:
    """Type a command, and add which of the heavy modules were loaded for it."""
    code = (
        f"import sys\nfrom leaflets.cli.main import main\n"
        f"try:\n    main({words})\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_help_names_every_command_and_imports_nothing_heavy() -> None:
    said = say_in_a_process_of_its_own("--help")
    assert said.endswith("[]\n")
    for command in main.list_commands(click.Context(main)):
        assert f"  {command} " in said


@pytest.mark.parametrize("words", [("--version",), ("translate", "--help"), ("start", "sw"), ("translate", "strat"), ("biuld",)])
def test_whoever_asks_for_help_or_mistypes_a_command_does_not_wait(words: tuple[str, ...]) -> None:
    assert say_in_a_process_of_its_own(*words).endswith("[]\n")


def test_help_says_of_each_command_what_it_says_of_itself() -> None:
    context = click.Context(main)
    for path, (where, help) in main.known.items():
        command = main.get_command(context, path)
        assert command
        assert isinstance(command, HintingGroup) == (not where)
        for limit in (20, 40, 60, 80, 200):
            assert click.Command(path, help=help).get_short_help_str(limit) == command.get_short_help_str(limit), path


def test_commands_import_within_a_function_only_what_a_build_with_nothing_to_do_does_without() -> None:
    late = {
        path.name
        for path in (ROOT / "leaflets" / "cli").glob("*.py")
        if re.search(r"^ +(from|import) (?!leaflets\.content\.project import Project$)", path.read_text(encoding="utf-8"), re.M)
    }
    assert late == {"build.py", "options.py"}


def test_the_command_runs_as_a_module() -> None:
    said = subprocess.run([sys.executable, "-m", "leaflets", "--version"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"version [0-9.]+", said)
