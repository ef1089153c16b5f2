"""The processes that make leaflets."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from leaflets.build import pool
from leaflets.build.jobs import Job
from leaflets.build.pool import Result, run_job
from leaflets.content.project import Project
from leaflets.pdf.engine import Engine
from tests.support.projects import ENGLISH, SPANISH, write_project


def test_whatever_the_renderer_raises_becomes_a_problem_of_one_leaflet(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path / "project")
    broken = tmp_path / "project" / "templates"
    (broken / "leaflet.html").write_text("{{ document.no_such_field }}")
    result = run_job(project, ENGLISH, engine, None, tmp_path / "out")
    assert [problem.id for problem in result.problems] == ["renderer-fault"]
    assert "no_such_field" in result.problems[0].message
    assert not (tmp_path / "out").exists()


class DyingPool:
    """A pool whose process dies over one job, and takes its neighbours with it."""

    def __init__(self, alone: bool) -> None:
        self.alone = alone

    def submit(self, function: Any, job: Job, links: tuple[str, ...]) -> "Future[Result]":
        future: Future[Result] = Future()
        if self.alone and job == ENGLISH:
            future.set_result(Result(job, (), ()))
        else:
            future.set_exception(BrokenProcessPool("died"))
        return future


def test_a_worker_that_dies_takes_only_its_own_leaflet_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def open_dying_pool(project: Project, clinic: object, output: Path, processes: int) -> Any:
        yield DyingPool(alone=processes == 1)

    monkeypatch.setattr(pool, "open_pool", open_dying_pool)
    project = write_project(tmp_path)
    with pool.open_crew(project, None, tmp_path / "out", 2) as run:
        results = {each.job: each for each in run({ENGLISH: (), SPANISH: ()})}
    assert results[ENGLISH].problems == ()
    assert [problem.id for problem in results[SPANISH].problems] == ["worker-died"]


def test_a_worker_process_keeps_a_warm_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signal.signal", lambda *arguments: None)
    pool.start_worker(write_project(tmp_path / "project"), None, tmp_path / "out")
    assert pool.work(ENGLISH).entry
    assert pool.work(SPANISH).entry
