"""The processes that make leaflets."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from leaflets.build import pool
from leaflets.build.jobs import Job, Links
from leaflets.build.pool import Result
from leaflets.content.project import Project
from tests.support.projects import ENGLISH, SPANISH, write_project


def test_whatever_the_renderer_raises_becomes_a_problem_of_one_leaflet(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    broken = tmp_path / "project" / "templates"
    (broken / "leaflet.html").write_text("{{ document.no_such_field }}")
    worker = pool.Worker(project, None)
    with worker.scratch:
        result = worker.run(ENGLISH, {})
    assert [problem.id for problem in result.problems] == ["renderer-fault"]
    assert "no_such_field" in result.problems[0].message
    assert not (tmp_path / "out").exists()


class DyingPool:
    """A pool whose process dies over one job, and takes its neighbours with it."""

    def __init__(self, alone: bool) -> None:
        self.alone = alone

    def submit(self, function: Any, job: Job, links: Links) -> "Future[Result]":
        future: Future[Result] = Future()
        if self.alone and job == ENGLISH:
            future.set_result(Result(job, (), ()))
        else:
            future.set_exception(BrokenProcessPool("died"))
        return future


def test_a_worker_that_dies_takes_only_its_own_leaflet_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def open_dying_pool(project: Project, clinic: object, processes: int) -> Any:
        yield DyingPool(alone=processes == 1)

    monkeypatch.setattr(pool, "open_pool", open_dying_pool)
    project = write_project(tmp_path)
    with pool.open_crew(project, None, 2) as run:
        results = {each.job: each for each in run({ENGLISH: {}, SPANISH: {}})}
    assert results[ENGLISH].problems == ()
    assert [problem.id for problem in results[SPANISH].problems] == ["worker-died"]


def test_a_worker_that_died_while_it_had_nothing_to_do_costs_no_leaflet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []

    class DeadPool(DyingPool):
        def submit(self, function: Any, job: Job, links: Links) -> "Future[Result]":
            if not self.alone:
                raise BrokenProcessPool("died")
            future: Future[Result] = Future()
            future.set_result(Result(job, (), ()))
            return future

    @contextmanager
    def open_dead_pool(project: Project, clinic: object, processes: int) -> Any:
        opened.append(processes)
        yield DeadPool(alone=processes == 1)

    monkeypatch.setattr(pool, "open_pool", open_dead_pool)
    with pool.open_crew(write_project(tmp_path), None, 2, few=1) as run:
        assert [each.job for each in run({ENGLISH: {}, SPANISH: {}})] == [ENGLISH, SPANISH]
        assert [each.job for each in run({SPANISH: {}, ENGLISH: {}})] == [ENGLISH, SPANISH]
    assert opened == [2, 1, 1, 2, 1, 1]  # a broken one is not asked again


def test_a_worker_process_keeps_a_warm_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signal.signal", lambda *arguments: None)
    pool.start_worker(write_project(tmp_path / "project"), None)
    assert pool.work(ENGLISH, {}).entry
    assert pool.work(SPANISH, {}).entry
