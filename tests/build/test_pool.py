"""The processes that make leaflets."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from leaflets.build import maker, pool, worker
from leaflets.build.jobs import Links, Task, hash_look
from leaflets.build.maker import Result
from leaflets.build.store import NO_STORE
from leaflets.build.worker import READY, Limits
from leaflets.content.project import Project
from leaflets.problems import SetupError
from tests.support.projects import ENGLISH, ROOT, SPANISH, write_project
from tests.support.rogue import Edited, Gone, Poor, Rogue, begin_as, name_job


def test_whatever_the_renderer_raises_becomes_a_problem_of_one_leaflet(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    broken = tmp_path / "project" / "templates"
    (broken / "leaflet.html").write_text("{{ document.no_such_field }}")
    result = maker.Worker(project, [None], NO_STORE, hash_look(project), tmp_path).run((ENGLISH, 0), {})
    assert [problem.id for problem in result.problems] == ["renderer-fault"]
    assert "no_such_field" in result.problems[0].message
    assert not (tmp_path / "out").exists()


@pytest.fixture
def tries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which rogues tell of each try."""
    monkeypatch.setenv("LEAFLETS_TRIES", str(tmp_path / "tries"))
    (tmp_path / "tries").touch()
    return tmp_path / "tries"


def run_rogues(project: Project, kind: type[Rogue], *names: str, limits: Limits) -> dict[str, Result]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "begin", partial(begin_as, kind))
        with pool.open_crew(project, [None], 2, limits=limits) as run:
            return {job.leaflet: result for (job, _), result in run({(name_job(name), 0): {} for name in names})}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bad", "limits"),
    [
        ({"hang": "longer than 3 seconds"}, Limits(3, 512)),
        ({"eat": "more than 300 megabytes", "exit": "died, alone too", "kill": "died, alone too"}, Limits(600, 300)),
    ],
)
def test_what_ends_its_process_fails_alone_by_name_and_all_others_are_made(
    project: Project, tries: Path, bad: dict[str, str], limits: Limits
) -> None:
    names = ("good-1", *(each for name in bad for each in (name, f"good-after-{name}")), "good-2")
    results = run_rogues(project, Rogue, *names, limits=limits)
    assert [name for name in names if results[name].problems] == list(bad)
    for name, said in bad.items():
        [problem] = results[name].problems
        assert said in problem.message
        assert problem.id == ("worker-died" if "died" in said else "over-limit")
        assert problem.place.path == name_job(name).path(True)
    tried = Counter(line.split()[0] for line in tries.read_text().splitlines())
    assert set(tried) == set(names)
    assert max(tried.values()) == 2  # nothing is tried more often than once with others and once alone, whoever else dies


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Poor, r"^WeasyPrint cannot load a system library \(libpango\)\. Run: apt install libpango-1\.0-0$"),
        (Edited, r"^a process that makes leaflets cannot begin: SyntaxError: invalid syntax \(boxes\.py, line 3\)$"),
        (Gone, "^a process that makes leaflets cannot begin: it ended before it could say why$"),
    ],
)
def test_processes_that_cannot_begin_stop_the_build_with_the_reason(
    project: Project, kind: type[Rogue], said: str, tries: Path
) -> None:
    with pytest.raises(SetupError, match=said):
        run_rogues(project, kind, "one", "two", "three", limits=Limits())
    assert tries.read_text() == ""


def test_a_process_of_another_program_than_the_one_that_began_makes_nothing(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    with pytest.raises(SetupError, match="changed while it ran"):
        maker.Worker(project, [None], NO_STORE, "the hash of an older one", tmp_path)


ORPHANS = """
from functools import partial
from pathlib import Path
from leaflets.build import pool
from leaflets.content.project import load_project
from tests.support.rogue import Rogue, begin_as, name_job

if __name__ == "__main__":
    pool.begin = partial(begin_as, Rogue)
    with pool.open_crew(load_project(Path()), [None], 2) as run:
        list(run({(name_job("sleep"), 0): {}}))
"""


def is_running(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.slow
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, -2)])
def test_no_process_outlives_the_one_that_started_it(tries: Path, tmp_path: Path, sent: signal.Signals, code: int) -> None:
    program = tmp_path / "program.py"
    program.write_text(ORPHANS)
    path = {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, program], cwd=ROOT, env=os.environ | path, stderr=subprocess.DEVNULL) as parent:
        while not (said := tries.read_text()).endswith("\n"):
            assert parent.poll() is None
            time.sleep(0.05)
        parent.send_signal(sent)
        assert parent.wait(30) == code
    child = int(said.split()[1])
    until = time.monotonic() + 30
    while is_running(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(child)


class DyingPool:
    """A pool whose process dies over one job, and takes its neighbours with it."""

    def __init__(self, alone: bool) -> None:
        self.alone = alone

    def submit(self, function: Any, task: Task, links: Links) -> "Future[Result]":
        future: Future[Result] = Future()
        if self.alone and task[0] == ENGLISH:
            future.set_result(Result(ENGLISH, (), ()))
        else:
            future.set_exception(BrokenProcessPool("died"))
        return future


def test_a_worker_that_dies_takes_only_its_own_leaflet_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def open_dying_pool(folder: Path, processes: int, limits: Limits) -> Any:
        (folder / READY).touch()
        yield DyingPool(alone=processes == 1)

    monkeypatch.setattr(pool, "open_pool", open_dying_pool)
    project = write_project(tmp_path)
    with pool.open_crew(project, [None], 2) as run:
        results = {job: result for (job, _), result in run({(ENGLISH, 0): {}, (SPANISH, 0): {}})}
    assert results[ENGLISH].problems == ()
    assert [problem.id for problem in results[SPANISH].problems] == ["worker-died"]


def test_a_worker_that_died_while_it_had_nothing_to_do_costs_no_leaflet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []

    class DeadPool(DyingPool):
        def submit(self, function: Any, task: Task, links: Links) -> "Future[Result]":
            if not self.alone:
                raise BrokenProcessPool("died")
            future: Future[Result] = Future()
            future.set_result(Result(task[0], (), ()))
            return future

    @contextmanager
    def open_dead_pool(folder: Path, processes: int, limits: Limits) -> Any:
        opened.append(processes)
        yield DeadPool(alone=processes == 1)

    monkeypatch.setattr(pool, "open_pool", open_dead_pool)
    with pool.open_crew(write_project(tmp_path), [None], 2, few=1) as run:
        assert [job for (job, _), _ in run({(ENGLISH, 0): {}, (SPANISH, 0): {}})] == [ENGLISH, SPANISH]
        assert [job for (job, _), _ in run({(SPANISH, 0): {}, (ENGLISH, 0): {}})] == [SPANISH, ENGLISH]
    assert opened == [2, 1, 2, 1, 2, 1, 2, 1]  # a broken one is not asked again


def test_no_more_jobs_are_given_out_than_may_be_lost_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Future[Result]] = []

    class SlowPool:
        def submit(self, function: Any, task: Task, links: Links) -> "Future[Result]":
            given.append(Future())
            return given[-1]

    @contextmanager
    def open_slow_pool(folder: Path, processes: int, limits: Limits) -> Any:
        yield SlowPool()

    monkeypatch.setattr(pool, "open_pool", open_slow_pool)
    jobs = [name_job(f"job-{number}") for number in range(9)]
    most = []

    def wait_for_first(futures: Any, **how: Any) -> Any:
        most.append(len(futures))
        first = next(iter(futures))
        first.set_result(Result(jobs[0], (), ()))
        return wait(futures, **how)

    monkeypatch.setattr(pool, "wait", wait_for_first)
    with pool.open_crew(write_project(tmp_path), [None], 2) as run:
        assert len(list(run({(job, 0): {} for job in jobs}))) == len(given) == 9
    assert max(most) == 3


def test_a_worker_process_keeps_a_warm_engine_and_gives_its_time_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signal.signal", lambda *arguments: None)
    monkeypatch.setattr(worker, "limit_memory", lambda megabytes: None)
    with pool.open_crew(write_project(tmp_path / "project"), [None], 1) as run:
        crew: pool.Crew = run.__self__  # type: ignore[attr-defined]
        folder = crew.prepare_folder()
        worker.begin(folder, Limits())
        assert (folder / READY).exists()
        engine = worker._seats[0].worker.engine
        assert worker.work((ENGLISH, 0), {}).entry
        assert worker.work((SPANISH, 0), {}).entry
        assert worker._seats[0].worker.engine is engine
        worker.leave_seat()
