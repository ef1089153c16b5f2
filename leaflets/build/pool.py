"""The processes that make leaflets.

Takes tasks, with the files that web pages lead to; gives a `Result` for each, with the bytes of its files, which another
writes. A task is names and nothing else, so another executor can run it; each process keeps one warm `Engine`. One bad leaflet
never stops the others: what ends its process, by a crash or a limit, is tried once more alone.
"""

import pickle
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from multiprocessing import active_children, get_context, resource_tracker
from pathlib import Path

from leaflets.build.jobs import Job, Links, Task, hash_look
from leaflets.build.maker import Result, Worker
from leaflets.build.store import NO_STORE, Store
from leaflets.build.worker import FULL, LATE, LIMITS, NO_BEGINNING, READY, REASON, STATE, Limits, begin, work
from leaflets.content.project import Project
from leaflets.files import fill_scratch
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
RunTasks = Callable[[Mapping[Task, Links]], Iterator[tuple[Task, Result]]]
"""Runs tasks, results as they come."""


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
        with suppress(RuntimeError):  # of a thread that could not begin
            pool.shutdown(cancel_futures=True)


@contextmanager
def shield_processes() -> Iterator[None]:
    """Start processes that never hear Ctrl-C, from their first moment on: this one does, and ends them."""
    resource_tracker.ensure_running()  # whose start would let this thread hear again
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    except BrokenExecutor:
        raise
    except (OSError, RuntimeError) as error:  # RuntimeError: no thread can begin
        raise SetupError(f"{NO_BEGINNING}: {getattr(error, 'strerror', error)}") from error
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


class Crew:
    """What runs tasks in processes that start when they are needed and stay warm, for all clinics of a build.

    No processes, or `few` tasks at once, means this one. A task whose process dies is tried once more, alone, so that its death
    is its own; no more tasks than there are processes, and one, are given out at a time, since all are lost with one process.
    """

    def __init__(
        self,
        stack: ExitStack,
        project: Project,
        clinics: Sequence[Clinic | None],
        store: Store,
        processes: int,
        few: int,
        limits: Limits,
    ) -> None:
        self.stack, self.state = stack, (project, clinics, store, hash_look(project))
        self.processes, self.few, self.limits = processes, few, limits
        self.start_here, self.start_pool = cache(self._start_here), cache(self._start_pool)

    def _start_here(self) -> Worker:
        return Worker(*self.state, self.make_folder())

    def _start_pool(self) -> Executor:
        return self.stack.enter_context(open_pool(self.prepare_folder(), self.processes, self.limits))

    def make_folder(self) -> Path:
        return Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="leaflets-")))

    def prepare_folder(self) -> Path:
        """Make the folder of a pool, with what its processes work on."""
        folder = self.make_folder()
        with fill_scratch(folder):
            (folder / STATE).write_bytes(pickle.dumps(self.state))
        return folder

    def run(self, tasks: Mapping[Task, Links]) -> Iterator[tuple[Task, Result]]:
        """Run tasks, results as they come. Raises SetupError where no process can begin."""
        if not self.processes or len(tasks) <= self.few:
            yield from ((task, self.start_here().run(task, links)) for task, links in tasks.items())
            return
        waiting, given, lost = deque(tasks), dict[Future[Result], Task](), list[Task]()
        while waiting or given:
            while waiting and not lost and len(given) <= self.processes:
                task = waiting.popleft()
                try:
                    with shield_processes():
                        given[self.start_pool().submit(work, task, tasks[task])] = task
                except BrokenExecutor:
                    lost.append(task)
            for future in wait(given, return_when=FIRST_COMPLETED).done:
                task = given.pop(future)  # which holds the bytes of its files
                try:
                    yield task, future.result()
                except BrokenExecutor:
                    lost.append(task)
            if lost and not given:
                self.start_pool.cache_clear()  # the next tasks need a whole one
                yield from ((task, self.run_alone(task, tasks[task])) for task in sorted(lost))
                lost.clear()

    def run_alone(self, task: Task, links: Links) -> Result:
        """Run one task in a process of its own, which may die. Raises SetupError where none can begin."""
        folder = self.prepare_folder()
        with open_pool(folder, 1, self.limits) as pool:
            with shield_processes():
                future = pool.submit(work, task, links)
            try:
                return future.result()
            except BrokenExecutor:
                return Result(task[0], (), (explain_end(folder, task[0], self.limits),))


@contextmanager
def open_crew(
    project: Project,
    clinics: Sequence[Clinic | None],
    processes: int,
    few: int = 0,
    limits: Limits = LIMITS,
    store: Store = NO_STORE,
) -> Iterator[RunTasks]:
    with ExitStack() as stack:
        yield Crew(stack, project, clinics, store, processes, few, limits).run


def explain_end(folder: Path, job: Job, limits: Limits) -> Problem:
    """Say what ended the process of one job. Raises SetupError with the reason where it never began."""
    if not (folder / READY).exists():
        reason = (folder / REASON).read_text() if (folder / REASON).exists() else ""  # as it is on a full disk
        raise SetupError(reason or f"{NO_BEGINNING}: it ended before it could say why")
    place = Place(job.path(True))
    if any(path.stat().st_size for path in folder.glob(f"{LATE}-*")):
        said = f"this leaflet took longer than {limits.seconds} seconds, alone too"
        return OVER_LIMIT.at(place, said, "Look for what is long or deeply nested in it, or raise --timeout.")
    if (folder / FULL).exists():
        said = f"this leaflet needs more than {limits.megabytes} megabytes of memory"
        return OVER_LIMIT.at(place, said, "Look for what is long or large in it, or raise --memory.")
    message = "the process that made this leaflet died, alone too (no memory?)"
    return WORKER_DIED.at(place, message, "Build it alone, and look at the system log.")
