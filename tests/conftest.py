"""Fixtures that several test modules use."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaflets.cli.main import main
from leaflets.content.project import Project, load_project
from leaflets.pdf.engine import Engine
from tests.support.projects import ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens Chromium and what runs veraPDF by the names and imports of their modules."""
    for item in items:
        if item.path.stem.endswith("_browser"):
            item.add_marker(pytest.mark.browser)
        if hasattr(getattr(item, "module", None), "validate_pdfs"):
            item.add_marker(pytest.mark.java)


@pytest.fixture(scope="session")
def project() -> Project:
    """The project as it stands here."""
    return load_project(ROOT)


@pytest.fixture(scope="session")
def engine(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A warm WeasyPrint."""
    return Engine(ROOT / "templates", project.pictures, tmp_path_factory.mktemp("engine"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Run":
    """Type a `leaflets` command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return Run()


class Run:
    def __call__(self, *words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])
