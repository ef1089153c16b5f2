"""`leaflets serve`, as somebody types it who looks at leaflets."""

import re
from pathlib import Path
from typing import Any

import click
import pytest

from leaflets.build.account import Selection
from leaflets.build.jobs import Job
from leaflets.build.maker import Result
from leaflets.server.app import open_listener
from leaflets.server.watch import BoardState
from tests.conftest import Run
from tests.support.projects import write_project


def test_a_port_that_is_taken_gives_one_line_and_exit_code_3(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    with open_listener(0) as taken:
        port = taken.getsockname()[1]
        result = run("--project", project.root, "serve", "--port", port)
    assert result.exit_code == 3
    assert result.stderr == (
        f"leaflets: cannot use port {port}: Address already in use. Give another with --port; 0 takes any that is free\n"
    )


def test_a_mistyped_language_or_clinic_is_told_before_anything_is_served(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    assert 'did you mean "es"?' in run("--project", project.root, "serve", "--port", 0, "--locale", "ess").stderr
    assert run("--project", project.root, "serve", "--port", 0, "--clinic", tmp_path / "no.yaml").exit_code == 1


@pytest.mark.slow
def test_a_folder_of_another_clinic_is_not_served_and_gives_exit_code_3(tmp_path: Path, run: Run) -> None:
    project = ("--project", write_project(tmp_path / "project").root)
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text(
        'id: shifa\nname: A Test Clinic\nclinic_phone: "020 7946 0000"\nurgent_phone: none\nemergency_number: "112"\n'
    )
    assert run(*project, "build", "--clinic", clinic, "--locale", "en", "--edition", "web").exit_code == 0
    result = run(*project, "serve", "--port", 0)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith('leaflets: output/ holds the leaflets of "shifa". Name another folder with --output')


def test_the_browser_is_opened_on_demand(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def tell_twice(root: Path, selection: Selection, listener: object, report: Any, tell: Any, more: Any) -> None:
        job = Job("es", "adult", "standard", "a4")
        report(Result(job, (), (), kept=True))
        report(Result(job, (), ()))
        tell(BoardState(lines=("content/x.yaml:1: error: no. [x]",), results=(Result(job, (), ()),)))

    monkeypatch.setattr(click, "launch", opened.append)
    monkeypatch.setattr("leaflets.cli.serve.serve", tell_twice)
    result = run("--project", write_project(tmp_path / "project").root, "serve", "--port", 0, "--open")
    assert result.exit_code == 0
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", opened[0])
    assert result.stdout.startswith(opened[0])
    assert "stopped adult es leaflet standard a4: no problems\n" in result.stdout
    assert result.stdout.endswith("0 of 1 leaflets are current; waiting for changes\n")
    assert result.stderr == "content/x.yaml:1: error: no. [x]\n"
