"""The processes that make leaflets.

Takes jobs, with the files that web pages lead to; gives a `Result` for each, with the bytes of its files, which another writes.
A job is names and nothing else, so another executor can run it; each process keeps one warm `Engine`. One bad leaflet never stops
the others.
"""

import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from leaflets.build.jobs import Job, Links
from leaflets.build.leaflet import make_leaflet
from leaflets.build.manifest import BuiltFile
from leaflets.content.project import Project
from leaflets.pdf.engine import Engine
from leaflets.problems import Place, Problem, Rule, Severity, has_errors
from leaflets.profile import Clinic

WORKER_DIED = Rule(
    "worker-died",
    Severity.ERROR,
    "A leaflet is made without its process dying.",
    "A crash of the renderer (no memory, a broken font) must not pass for a leaflet that was not asked for.",
)
RENDERER_FAULT = Rule(
    "renderer-fault",
    Severity.ERROR,
    "The renderer raises no error.",
    "Half a page is worse than none; the leaflet is not written.",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: the manifest entries of its files, or the problems that stopped it.

    `kept` says that the files were there already, made from the same; `data` are those that are not in their place yet.
    """

    job: Job
    entries: tuple[BuiltFile, ...]
    problems: tuple[Problem, ...]
    kept: bool = False
    data: tuple[bytes, ...] = ()

    @property
    def entry(self) -> BuiltFile | None:
        """The file to hand out."""
        return self.entries[0] if self.entries else None


RunJobs = Callable[[Mapping[Job, Links]], Iterator[Result]]
"""Runs jobs, results as they come."""


class Worker:
    """What a process keeps between jobs."""

    def __init__(self, project: Project, clinic: Clinic | None) -> None:
        self.project, self.clinic = project, clinic
        self.scratch = tempfile.TemporaryDirectory(prefix="leaflets-")
        self.engine = Engine(project.root / "templates", project.pictures, Path(self.scratch.name))

    def run(self, job: Job, links: Links) -> Result:
        """Make one leaflet; whatever goes wrong becomes a problem of this job alone."""
        from weasyprint.urls import FatalURLFetchingError

        try:
            made, problems = make_leaflet(self.project, job, self.engine, self.clinic, links)
        except (Exception, FatalURLFetchingError) as error:
            said = f"{type(error).__name__}: {error}"[:300]
            fault = RENDERER_FAULT.at(Place(job.path(True)), said, "This is a fault of the tool or its templates.")
            return Result(job, (), (fault,))
        if has_errors(problems):
            return Result(job, (), problems)
        entries = tuple(replace(each.entry, warned=bool(problems)) for each in made)
        return Result(job, entries, problems, data=tuple(each.data for each in made))


_workers: list[Worker] = []
"""The one of this process, where it is one of a pool."""


def start_worker(project: Project, clinic: Clinic | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, and lets running leaflets finish
    _workers[:] = [Worker(project, clinic)]


def work(job: Job, links: Links) -> Result:
    return _workers[0].run(job, links)


@contextmanager
def open_pool(project: Project, clinic: Clinic | None, processes: int) -> Iterator[ProcessPoolExecutor]:
    """The seam for other executors: anything with `submit` that calls `start_worker` once a process will do."""
    pool = ProcessPoolExecutor(processes, get_context("spawn"), start_worker, (project, clinic))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def open_crew(project: Project, clinic: Clinic | None, processes: int, few: int = 0) -> Iterator[RunJobs]:
    """Give what runs jobs, again and again, in processes that start when they are needed and stay warm.

    One process, or `few` jobs at once, means this one. A job whose worker dies is tried once more, alone, so that its death is
    its own.
    """
    with ExitStack() as stack:

        @cache
        def start_here() -> Worker:
            worker = Worker(project, clinic)
            stack.enter_context(worker.scratch)
            return worker

        @cache
        def start_pool() -> ProcessPoolExecutor:
            return stack.enter_context(open_pool(project, clinic, processes))

        def run(jobs: Mapping[Job, Links]) -> Iterator[Result]:
            if processes == 1 or len(jobs) <= few:
                yield from (start_here().run(job, links) for job, links in jobs.items())
                return
            futures, again = {}, []
            for job, links in jobs.items():
                try:
                    futures[start_pool().submit(work, job, links)] = job
                except BrokenProcessPool:
                    again.append(job)
            for future in as_completed(futures):
                job = futures.pop(future)  # which holds the bytes of its files
                try:
                    yield future.result()
                except BrokenProcessPool:
                    again.append(job)
            if again:
                start_pool.cache_clear()  # the next jobs need a whole one
            for job in sorted(again):
                yield run_alone(project, job, clinic, jobs[job])

        yield run


def run_alone(project: Project, job: Job, clinic: Clinic | None, links: Links) -> Result:
    """Run one job in a process of its own, which may die."""
    with open_pool(project, clinic, 1) as pool:
        try:
            return pool.submit(work, job, links).result()
        except BrokenProcessPool:
            message = "the process that made this leaflet died (no memory?)"
            return Result(
                job, (), (WORKER_DIED.at(Place(job.path(True)), message, "Build it alone, and look at the system log."),)
            )
