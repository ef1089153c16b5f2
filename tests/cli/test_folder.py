"""Which project a command works on, and which it must not touch."""

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.projects import write_project


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
    monkeypatch.setattr("leaflets.content.project.PACKAGE", packaged)
    assert run("check").exit_code == 0
    for command in (
        ("translate", "start", "sw"),
        ("record", "es"),
        ("waive", "es", "signs.title", "punctuation", "--reason", "x"),
    ):
        result = run(*command)
        assert (result.exit_code, "go to the folder of the project" in result.stderr) == (3, True)
    assert {path: path.read_bytes() for path in packaged.rglob("*") if path.is_file()} == before
