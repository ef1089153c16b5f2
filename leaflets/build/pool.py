"""The processes that make leaflets.

Takes jobs, with the files that web pages lead to; gives a `Result` for each, with the bytes of its files, which another writes.
A job is names and nothing else, so another executor can run it; each process keeps one warm `Engine`. One bad leaflet never stops
the others: what ends its process, by a crash or a limit, is tried once more alone.
"""

import pickle
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from functools import cache
from multiprocessing import active_children, get_context, resource_tracker
from pathlib import Path

from leaflets.build.jobs import Job, Links, hash_tool
from leaflets.build.maker import Result, Worker
from leaflets.build.store import NO_STORE, Store
from leaflets.build.worker import FULL, LATE, LIMITS, NO_BEGINNING, READY, REASON, STATE, Limits, begin, work
from leaflets.content.project import Project
from leaflets.problems import Place, Problem, Rule, SetupError, Severity
from leaflets.profile import Clinic

WORKER_DIED = Rule(
    "worker-died",
    Severity.ERROR,
    "A leaflet is made without its process dying.",
    "A crash of the renderer (no memory, a broken font) must not pass for a leaflet that was not asked for.",
)
OVER_LIMIT = Rule(
    "over-limit",
    Severity.ERROR,
    "A leaflet is made within its limits of time and memory.",
    "One that hangs, or takes all memory, must not keep the others from being made.",
)
RunJobs = Callable[[Mapping[Job, Links]], Iterator[Result]]
"""Runs jobs, results as they come."""


@contextmanager
def open_pool(folder: Path, processes: int, limits: Limits) -> Iterator[Executor]:
    """The seam for other executors: anything with `submit` that calls `begin` once a process will do.

    Where something breaks off what is done with it, no process goes on: none of them writes what anybody reads.
    """
    pool = ProcessPoolExecutor(processes, get_context("spawn"), begin, (folder, limits))
    try:
        yield pool
    except BaseException:
        for child in active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def shield_processes() -> Iterator[None]:
    """Start processes that never hear Ctrl-C, from their first moment on: this one does, and ends them."""
    resource_tracker.ensure_running()  # whose start would let this thread hear again
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    except OSError as error:
        raise SetupError(f"{NO_BEGINNING}: {error.strerror}") from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


class Crew:
    """What runs jobs in processes that start when they are needed and stay warm.

    No processes, or `few` jobs at once, means this one. A job whose process dies is tried once more, alone, so that its death is
    its own; no more jobs than there are processes, and one, are given out at a time, since all of them are lost with one process.
    """

    def __init__(
        self, stack: ExitStack, project: Project, clinic: Clinic | None, store: Store, processes: int, few: int, limits: Limits
    ) -> None:
        self.stack, self.project, self.clinic, self.store = stack, project, clinic, store
        self.processes, self.few, self.limits = processes, few, limits
        self.start_here, self.start_pool = cache(self._start_here), cache(self._start_pool)

    def _start_here(self) -> Worker:
        return Worker(self.project, self.clinic, self.store, self.make_folder())

    def _start_pool(self) -> Executor:
        return self.stack.enter_context(open_pool(self.prepare_folder(), self.processes, self.limits))

    def make_folder(self) -> Path:
        return Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="leaflets-")))

    def prepare_folder(self) -> Path:
        """Make the folder of a pool, with what its processes work on."""
        folder = self.make_folder()
        (folder / STATE).write_bytes(pickle.dumps((self.project, self.clinic, self.store, hash_tool())))
        return folder

    def run(self, jobs: Mapping[Job, Links]) -> Iterator[Result]:
        """Run jobs, results as they come. Raises SetupError where no process can begin."""
        if not self.processes or len(jobs) <= self.few:
            yield from (self.start_here().run(job, links) for job, links in jobs.items())
            return
        waiting, given, lost = deque(jobs), dict[Future[Result], Job](), list[Job]()
        while waiting or given:
            while waiting and not lost and len(given) <= self.processes:
                job = waiting.popleft()
                try:
                    with shield_processes():
                        given[self.start_pool().submit(work, job, jobs[job])] = job
                except BrokenExecutor:
                    lost.append(job)
            for future in wait(given, return_when=FIRST_COMPLETED).done:
                job = given.pop(future)  # which holds the bytes of its files
                try:
                    yield future.result()
                except BrokenExecutor:
                    lost.append(job)
            if lost and not given:
                self.start_pool.cache_clear()  # the next jobs need a whole one
                yield from (self.run_alone(job, jobs[job]) for job in sorted(lost))
                lost.clear()

    def run_alone(self, job: Job, links: Links) -> Result:
        """Run one job in a process of its own, which may die. Raises SetupError where none can begin."""
        folder = self.prepare_folder()
        with open_pool(folder, 1, self.limits) as pool:
            with shield_processes():
                future = pool.submit(work, job, links)
            try:
                return future.result()
            except BrokenExecutor:
                return Result(job, (), (explain_end(folder, job, self.limits),))


@contextmanager
def open_crew(
    project: Project, clinic: Clinic | None, processes: int, few: int = 0, limits: Limits = LIMITS, store: Store = NO_STORE
) -> Iterator[RunJobs]:
    with ExitStack() as stack:
        yield Crew(stack, project, clinic, store, processes, few, limits).run


def explain_end(folder: Path, job: Job, limits: Limits) -> Problem:
    """Say what ended the process of one job. Raises SetupError with the reason where it never began."""
    if not (folder / READY).exists():
        reason = folder / REASON
        raise SetupError(reason.read_text() if reason.exists() else f"{NO_BEGINNING}: it ended before it could say why")
    place = Place(job.path(True))
    if any(path.stat().st_size for path in folder.glob(f"{LATE}-*")):
        said = f"this leaflet took longer than {limits.seconds} seconds, alone too"
        return OVER_LIMIT.at(place, said, "Look for what is long or deeply nested in it, or raise --timeout.")
    if (folder / FULL).exists():
        said = f"this leaflet needs more than {limits.megabytes} megabytes of memory"
        return OVER_LIMIT.at(place, said, "Look for what is long or large in it, or raise --memory.")
    message = "the process that made this leaflet died, alone too (no memory?)"
    return WORKER_DIED.at(place, message, "Build it alone, and look at the system log.")
