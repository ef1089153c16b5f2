"""Which project a command works on and which it must not touch, and what a word means that stands without its option."""

from pathlib import Path

import pytest

from leaflets.build.jobs import NOTHING_SELECTED
from tests.conftest import Run
from tests.support.projects import ROOT, write_project


def test_a_folder_that_is_no_project_is_said_so(tmp_path: Path, run: Run) -> None:
    for command in (
        ("check",),
        ("build",),
        ("review", "es"),
        ("translate", "start", "sw"),
        ("new", "clinic", tmp_path / "c.yaml"),
    ):
        result = run("--project", tmp_path, *command)
        assert (result.exit_code, result.stderr.splitlines()[0]) == (
            3,
            f"leaflets: {tmp_path} has no content/ and no templates/: name the folder of the project with --project",
        )


def test_nothing_is_written_into_the_project_that_the_package_brings_along(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = tmp_path / "site-packages" / "leaflets"
    write_project(packaged / "_data")
    before = {path: path.read_bytes() for path in packaged.rglob("*") if path.is_file()}
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setattr("leaflets.files.PACKAGE", packaged)
    assert run("check").exit_code == 0
    for command in (
        ("translate", "start", "sw"),
        ("record", "es"),
        ("waive", "es", "signs.title", "punctuation", "--reason", "x"),
    ):
        result = run(*command)
        assert (result.exit_code, "go to the folder of the project" in result.stderr) == (3, True)
    assert {path: path.read_bytes() for path in packaged.rglob("*") if path.is_file()} == before


WORDS = [
    ("check es", "leaflets check --locale es"),
    ("check sw", "leaflets check --locale sw"),
    ("build spanish", "leaflets build --locale spanish"),
    ("build adult", "leaflets build --leaflet adult"),
    ("build large-print", "leaflets build --edition large-print"),
    ("build letter", "leaflets build --paper letter"),
    ("serve zh-Hans", "leaflets serve --locale zh-Hans"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("typed", "meant"), WORDS)
def test_a_word_that_stands_alone_is_told_its_option(typed: str, meant: str, run: Run) -> None:
    result = run("--project", ROOT, *typed.split())
    assert result.exit_code == 2
    assert f"is given with an option: {meant}\n" in result.stderr


@pytest.mark.slow
def test_a_word_that_means_nothing_is_told_what_is_taken(run: Run) -> None:
    assert '"qqqqqqqq" stands alone; leaflets check takes --locale …' in run("--project", ROOT, "check", "qqqqqqqq").stderr
    assert '"es" stands alone; leaflets list takes no such word' in run("--project", ROOT, "list", "es").stderr


def test_a_word_is_explained_where_the_project_cannot_be_read_too(run: Run) -> None:
    result = run("--project", ".", "check", "es")
    assert result.exit_code == 2
    assert "stands alone" in result.stderr


@pytest.mark.parametrize(
    ("unit", "check", "meant"),
    [
        ("signs.lumps.laek", "number-mismatch", "signs.lumps.leak"),
        ("signs.lumps.leak", "number-mismach", "number-mismatch"),
    ],
)
def test_a_waiver_of_what_is_misspelt_is_told_the_name_that_was_meant(unit: str, check: str, meant: str, run: Run) -> None:
    result = run("--project", ROOT, "waive", "es", unit, check, "--reason", "A test's reason.")
    assert result.exit_code == 1
    assert f'did you mean "{meant}"?' in result.stderr
    assert f"[{NOTHING_SELECTED.id}]" in result.stderr


@pytest.mark.parametrize("command", ["review spanish", "sign spanish --name x", "waive spanish signs.title x"])
def test_who_reads_a_language_may_call_it_by_its_name(command: str, run: Run) -> None:
    result = run("--project", ROOT, *command.split())
    assert result.exit_code == 1
    assert 'did you mean "es" (Spanish, español)?' in result.stderr


def test_what_is_printed_is_named_as_it_is_called(run: Run) -> None:
    result = run("build", "--print", "shet")
    assert result.exit_code == 1
    assert 'there is no print "shet"; did you mean "sheet"?' in result.stderr
