"""Fixtures that several test modules use."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaflets.cli.main import main
from leaflets.content.project import load_project
from leaflets.pdf.engine import Engine
from tests.support.projects import ROOT


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A warm WeasyPrint."""
    return Engine(ROOT / "templates", load_project(ROOT).pictures, tmp_path_factory.mktemp("engine"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Run":
    """Type a `leaflets` command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Run()


class Run:
    def __call__(self, *words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])
