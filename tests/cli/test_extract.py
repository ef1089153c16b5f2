"""The templates' own words, collected."""

from pathlib import Path

from tests.conftest import Run
from tests.support.projects import ROOT, write_project


def test_extract_checks_and_renews_the_catalogue_of_the_templates(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    assert run("--project", project.root, "extract", "--check").exit_code == 0
    (project.root / "translations/messages.pot").write_text("")
    assert run("--project", project.root, "extract", "--check").exit_code == 1
    assert run("--project", project.root, "extract").exit_code == 0
    assert (project.root / "translations/messages.pot").read_bytes() == (ROOT / "translations/messages.pot").read_bytes()
