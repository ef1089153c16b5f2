"""The leaflets built anew whenever a file that they rest on changes.

Takes the root of a project and a `Selection`; keeps a `Board` that tells how far the files are to whoever follows it. A build
runs in a thread, one at a time; what goes wrong becomes lines on the board, and the next change is awaited.
"""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import resource_tracker
from pathlib import Path

from watchfiles import awatch

from leaflets.build.account import Selection
from leaflets.build.driver import run_plan
from leaflets.build.maker import Result
from leaflets.build.plan import plan_build
from leaflets.content.project import is_of_language, load_project
from leaflets.files import claim_folder
from leaflets.languages.fonts import read_fonts
from leaflets.problems import MOST, WAITING, LeafletsError, Problem, SetupError

FOLDERS = ("content", "translations", "templates")
"""The folders of a project that a leaflet is made from."""
HEARTBEAT = 15.0
"""Seconds after which the state is told again, so that a reader who has gone is noticed."""
QUIET = 100
"""Milliseconds without a change before a build starts: editors write a file in several steps."""
LONGEST = 500
"""Milliseconds after which changes are told, though more of them come: some editors and tools never rest."""
FEW = 2
"""So many leaflets are made in this process, where WeasyPrint is warm: to start a worker takes longer than it saves."""


@dataclass(frozen=True, slots=True)
class BoardState:
    """How far the files are.

    `changes` counts how often a file of the project changed, `files` how often files were made, `news` how often anything
    changed here. `lines` are the problems as they are printed, and `results` what became of each job, that of an earlier build
    until there is a new one.
    """

    changes: int = 0
    files: int = 0
    news: int = 0
    busy: bool = True
    lines: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()


class Board:
    """The state, and who waits for the next. Belongs to one event loop."""

    def __init__(self) -> None:
        self.state = BoardState()
        self.closed = False
        self.changed = asyncio.Event()

    def post(self, state: BoardState) -> None:
        self.state = replace(state, news=self.state.news + 1)
        self.wake()

    def note(self, result: Result) -> None:
        """Put what became of one job in the place of what was known of it."""
        others = (each for each in self.state.results if each.job != result.job)
        self.post(replace(self.state, results=tuple(sorted((*others, result), key=lambda each: each.job))))

    def close(self) -> None:
        """End every `follow`, and the build that runs after its next leaflet."""
        self.closed = True
        self.wake()

    def wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    async def follow(self) -> AsyncIterator[BoardState]:
        """Give the state now, and again after every change; one that is overtaken may be left out."""
        while not self.closed:
            changed = self.changed
            yield self.state
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT)
            except TimeoutError:
                continue


class UnwatchedError(Exception):
    """Whoever asked for the build is gone."""


def rebuild(
    root: Path, selection: Selection, report: Callable[[Result], None], record: Callable[[], None], go_on: Callable[[], bool]
) -> tuple[tuple[Result, ...], tuple[str, ...]]:
    """Load the project anew, and build what is not current; gives the results and the problems, a line each.

    There are no results where something broke it off. `record` is called when files were made and stand in the manifest.
    Where `go_on` says no, what is left is not built.
    """
    try:
        read_fonts.cache_clear()
        project = load_project(root)
        with claim_folder(selection.output):
            plan = plan_build(project, selection, date.today(), watched=True)
            outcome = run_plan(plan, os.cpu_count() or 1, report, go_on, record, FEW)
    except LeafletsError as error:
        return (), tuple(map(str, error.problems))
    except SetupError as error:
        return (), (f"leaflets: {error}",)
    except UnwatchedError:
        return (), ()
    except Exception as error:  # whatever somebody tries must not end what shows it
        return (), (f"leaflets: {type(error).__name__}: {error}",)
    return outcome.results, tuple(list_lines(project.languages, outcome.problems))


def list_lines(languages: Iterable[str], problems: Iterable[Problem]) -> Iterator[str]:
    """Write a line a problem, but one for all that a language has not yet: a build follows each change."""
    problems = tuple(problems)
    summed: set[Problem] = set()
    for tag in languages:
        missing = [each for each in problems if each.id in WAITING and is_of_language(each.place.path, tag)]
        if len(missing) > MOST:
            files = Counter(each.place.path for each in missing)
            most = ", ".join(f"{number} in {path}" for path, number in files.most_common(MOST))
            more = f", and in {len(files) - MOST} more files" if len(files) > MOST else ""
            yield f"{tag}: {len(missing)} texts are not translated yet: {most}{more} (leaflets check --locale {tag} names them)"
            summed |= set(missing)
    yield from (str(each) for each in problems if each not in summed)


async def watch_folders(folders: Iterable[Path], recursive: bool, hear: Callable[[], None]) -> None:
    """Call `hear` whenever a file below the folders changed. Raises SetupError where the system cannot watch them."""
    try:
        async for _ in awatch(*folders, debounce=LONGEST, step=QUIET, recursive=recursive):
            hear()
    except OSError as error:
        raise SetupError(f"cannot watch files for changes: {error}") from error


def shield_workers() -> None:
    """Keep Ctrl-C from the processes that this thread starts: they do not hear what it does not, from their first moment on."""
    resource_tracker.ensure_running()  # whose start would let the thread hear again
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])


async def refresh(
    root: Path, selection: Selection, board: Board, report: Callable[[Result], None], changed: asyncio.Event
) -> None:
    """Build once, and keep the board current on the way."""
    loop = asyncio.get_running_loop()

    def note(result: Result) -> None:
        if board.closed:
            raise UnwatchedError
        loop.call_soon_threadsafe(board.note, result)
        report(result)

    def record() -> None:
        loop.call_soon_threadsafe(lambda: board.post(replace(board.state, files=board.state.files + 1)))

    def run() -> tuple[tuple[Result, ...], tuple[str, ...]]:
        shield_workers()
        return rebuild(root, selection, note, record, lambda: not (board.closed or changed.is_set()))

    board.post(replace(board.state, busy=True))
    results, lines = await asyncio.to_thread(run)
    if not changed.is_set():  # else what is known is not the end of it
        board.post(replace(board.state, busy=False, lines=lines, results=results or board.state.results))


async def keep_fresh(
    root: Path,
    selection: Selection,
    board: Board,
    report: Callable[[Result], None],
    tell: Callable[[BoardState], None],
) -> None:
    """Build now, and again after every change, until cancelled. `report` hears each result, `tell` the state after each build."""
    changed = asyncio.Event()
    changed.set()

    async def build() -> None:
        while True:
            await changed.wait()
            changed.clear()
            await refresh(root, selection, board, report, changed)
            if not (changed.is_set() or board.closed):
                tell(board.state)

    def hear() -> None:
        board.post(replace(board.state, changes=board.state.changes + 1))  # now: a build may take long, or make no file
        changed.set()

    folders = [root / name for name in FOLDERS if (root / name).is_dir()]
    watches = [watch_folders(folders, True, hear)]
    if selection.clinic:  # its folder may hold the output folder as well
        watches.append(watch_folders([selection.clinic.absolute().parent], False, hear))
    await asyncio.gather(*watches, build())
