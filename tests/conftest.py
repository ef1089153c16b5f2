"""Fixtures that several test modules use. The whole batch is built once; its tests share one worker (xdist_group)."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaflets.build import Result as JobResult
from leaflets.build import build_leaflets
from leaflets.checks.run import find_problems
from leaflets.cli import main
from leaflets.fonts import read_fonts
from leaflets.pdf import Engine
from leaflets.plan import Job, plan_jobs
from leaflets.project import Project, load_project
from tests.helpers import ROOT


@dataclass(frozen=True)
class Batch:
    """Every leaflet in every language, edition and paper, as `leaflets build` makes them."""

    project: Project
    output: Path
    results: tuple[JobResult, ...]

    def tagged(self) -> list[tuple[Job, Path]]:
        """Every PDF but the imposed booklets, which have no tags; of those the single pages."""
        printed = (result for result in self.results if not self.project.editions[result.job.edition].screen)
        return [(result.job, self.output / result.entries[-1].path) for result in printed]


@pytest.fixture(scope="session")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    output = tmp_path_factory.mktemp("batch")
    project = load_project(ROOT)
    problems = find_problems(project, read_fonts(ROOT / "templates"))
    jobs = plan_jobs(project, (), (), (), ())
    results = build_leaflets(project, problems, jobs, output, None, 2, lambda result: None)
    return Batch(project, output, results)


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
