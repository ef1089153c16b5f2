"""`leaflets build`, as a nurse and a CI job type it."""

import sys
from pathlib import Path

import pytest

from leaflets.build.jobs import Job
from leaflets.build.pool import Result
from leaflets.cli.build import show_progress
from tests.conftest import Run
from tests.support.projects import SMALL_PROJECT, write_project


@pytest.mark.slow
def test_build_says_what_it_made_and_how_much_is_draft(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    result = run("--project", project.root, "build", "--edition", "standard", "--paper", "a4", "--jobs", 1)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "made output/en/adult-a4-DRAFT.pdf (1 page)",
        "made output/es/adult-a4-DRAFT.pdf (1 page)",
        "2 of 2 leaflets in output/, 2 of them marked DRAFT",
    ]


@pytest.mark.slow
def test_build_names_what_it_did_not_make_and_why(tmp_path: Path, run: Run) -> None:
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("38,5", "39,5")
    project = write_project(tmp_path / "project", {"content/topics/es/signs.yaml": spanish})
    result = run("--project", project.root, "build", "--edition", "standard", "--paper", "a4", "--jobs", 1)
    assert result.exit_code == 1
    assert "stopped adult es standard a4: 1 error" in result.stdout
    assert "1 of 2 leaflets" in result.stdout
    assert "[number-mismatch]" in result.stderr
    assert "not made: adult es standard a4" in result.stderr


@pytest.mark.slow
def test_an_edition_that_english_does_not_have_is_named(tmp_path: Path, run: Run) -> None:
    build = ("--project", write_project(tmp_path / "project").root, "build", "--edition", "bilingual", "--locale", "en")
    result = run(*build)
    assert result.exit_code == 1
    said = "English has no bilingual edition, which would have English beside itself. Choose another language or edition."
    assert result.stderr == f"en: error: {said} [nothing-selected]\n"
    assert "es/adult-bilingual-a4-DRAFT.pdf" in run(*build, "--locale", "es", "--paper", "a4").stdout


@pytest.mark.slow
def test_an_error_that_stops_no_leaflet_still_fails_the_whole_build(tmp_path: Path, run: Run) -> None:
    """A language whose folder cannot even be named is a language that somebody waits for."""
    project = write_project(tmp_path / "project")
    (project.root / "content/topics/english").mkdir()
    result = run("--project", project.root, "build", "--edition", "standard", "--paper", "a4", "--jobs", 1)
    assert result.exit_code == 1
    assert "[bad-locale]" in result.stderr
    assert "2 of 2 leaflets" in result.stdout


def test_a_clinic_file_that_is_not_there_stops_the_build(tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, "build", "--clinic", tmp_path / "clinic.yaml")
    assert result.exit_code == 1
    assert "clinic.yaml: error: No such file or directory" in result.stderr
    assert not (tmp_path / "output").exists()


@pytest.mark.slow
def test_a_clinic_s_name_and_numbers_are_printed(tmp_path: Path, run: Run) -> None:
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text('name: A Test Clinic\nclinic_phone: "020 7946 0000"\nurgent_phone: none\nemergency_number: "112"\n')
    project = write_project(tmp_path / "project")
    result = run(
        "--project",
        project.root,
        "build",
        "--clinic",
        clinic,
        "--locale",
        "es",
        "--edition",
        "standard",
        "--paper",
        "a4",
        "--jobs",
        1,
    )
    assert result.exit_code == 0
    from leaflets.pdf.reader import read_pdf_facts

    texts = read_pdf_facts((tmp_path / "output/es/adult-a4-DRAFT.pdf").read_bytes()).texts
    assert "A Test Clinic" in texts
    assert "Llame al 112 ahora" in texts


def test_an_output_that_cannot_be_written_is_an_environment_error(tmp_path: Path, run: Run) -> None:
    (tmp_path / "output").write_text("a file, not a folder")
    project = write_project(tmp_path / "project")
    result = run(
        "--project",
        project.root,
        "build",
        "--locale",
        "en",
        "--edition",
        "standard",
        "--paper",
        "a4",
        "--jobs",
        1,
        "--output",
        tmp_path / "output/x",
    )
    assert result.exit_code == 3
    assert "cannot write" in result.stderr


def test_ctrl_c_ends_with_130(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("leaflets.cli.build.run_plan", interrupt)
    result = run("--project", write_project(tmp_path / "project").root, "build")
    assert result.exit_code == 130
    assert "interrupted" in result.stderr


def test_a_progress_bar_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with show_progress(2, Path("output")) as report:
        report(Result(Job("es", "adult", "standard", "a4"), (), ()))
    assert "1/2" in capsys.readouterr().out


def test_a_leaflet_whose_file_cannot_be_read_is_not_called_missing_only(tmp_path: Path, run: Run) -> None:
    leaflet = SMALL_PROJECT["content/leaflets/adult.yaml"].replace("pages: 2", "pages: many")
    project = write_project(tmp_path / "project", {"content/leaflets/adult.yaml": leaflet})
    result = run("--project", project.root, "build", "--leaflet", "adult")
    assert result.exit_code == 1
    assert "content/leaflets/adult.yaml:8: error: " in result.stderr
