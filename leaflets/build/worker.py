"""One process that makes leaflets: how it begins, what it may take, and how its end is told.

Takes the folder of a pool, where what its processes work on lies pickled; gives a `Result` for each task. Nothing heavy is loaded
before `begin`, so that what keeps a process from beginning can be told; and that, as what ends one, is told by a file in that
folder, which outlives the process.
"""

import faulthandler
import io
import os
import pickle
import resource
import shutil
import signal
import socket
import tempfile
import threading
from contextlib import redirect_stdout
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leaflets.build.jobs import Links, Task
    from leaflets.build.maker import Result, Worker

STATE = "state.pickle"
"""What the processes of a pool work on, as `Worker` takes it: in a file, since a process that dies reads no pipe to its end."""
READY, REASON, LATE, FULL = "ready", "reason", "late", "full"
"""The files that tell that a process began, why one did not, and that one ended for want of time or of memory."""

NO_BEGINNING = "a process that makes leaflets cannot begin"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a leaflet may take: `seconds` on the clock, and `megabytes` that its process holds."""

    seconds: int = 180
    megabytes: int = 1024


LIMITS = Limits()
"""More than any leaflet needs on a busy machine, and less than a small machine has."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What this process keeps between jobs; `late` is an open file, written to where time is up."""

    worker: "Worker"
    limits: Limits
    folder: Path
    late: IO[Any]


_seats: list[Seat] = []
"""The one of this process, where it is one of a pool."""


def begin(folder: Path, limits: Limits) -> None:
    """Begin as a process of a pool. What keeps it from beginning is written down, and ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, and ends this process
    try:
        threading.Thread(target=end_with_parent, args=(folder,), daemon=True).start()
        limit_memory(limits.megabytes)
        take_seat(folder, limits)
    except Exception as error:  # a library that is missing, a module that somebody edits: whatever it is, it is the reason
        (folder / REASON).write_text(explain(error, limits))
        os._exit(3)
    (folder / READY).touch()


def explain(error: Exception, limits: Limits) -> str:
    """Say what keeps a process from beginning."""
    match type(error).__name__:
        case "SetupError":  # whose module may be the one that cannot be loaded
            return str(error)
        case "MemoryError":
            return f"{NO_BEGINNING} with {limits.megabytes} megabytes of memory: raise --memory"
        case kind:
            return f"{NO_BEGINNING}: {kind}: {error}"


def take_seat(folder: Path, limits: Limits) -> None:
    """Load what makes leaflets, and what the one who asks for them wrote down, where this process has not done so yet."""
    if _seats and _seats[0].folder == folder:
        return
    leave_seat()
    with redirect_stdout(io.StringIO()):  # WeasyPrint prints a page of advice before it says what is missing
        from leaflets.build.maker import Worker

        project, clinics, store, look = pickle.loads((folder / STATE).read_bytes())
        worker = Worker(project, clinics, store, look, Path(tempfile.mkdtemp(dir=folder)))
    _seats[:] = [Seat(worker, limits, folder, (folder / f"{LATE}-{socket.gethostname()}-{os.getpid()}").open("w"))]


def leave_seat() -> None:
    """Forget what this process worked on."""
    while _seats:
        _seats.pop().late.close()


def end_with_parent(folder: Path) -> None:
    """Wait for the end of the process that started this one, however it ends, and end as well; the folder goes too."""
    if parent := parent_process():
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(3)


def limit_memory(megabytes: int) -> None:
    """Bound what this process may hold of its own (Linux: RLIMIT_DATA, which leaves out files that are only mapped)."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(task: "Task", links: "Links") -> "Result":
    """Make one leaflet within its limits, or end this process.

    A thread of faulthandler waits for the time, which no loop in C holds up, as it would hold up one of Python.
    """
    seat = _seats[0]
    faulthandler.dump_traceback_later(seat.limits.seconds, exit=True, file=seat.late)
    try:
        return seat.worker.make(task, links)
    except MemoryError:
        (seat.folder / FULL).touch()
        os._exit(3)
    finally:
        faulthandler.cancel_dump_traceback_later()
