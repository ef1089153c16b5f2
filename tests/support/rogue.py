"""A worker that makes nothing, and does to its process what the name of a leaflet says."""

import os
import re
import signal
import time
from pathlib import Path
from typing import Any

from leaflets.build import maker, worker
from leaflets.build.jobs import Job, Links, Task
from leaflets.build.maker import Result
from leaflets.build.worker import Limits
from leaflets.problems import SetupError


def name_job(name: str) -> Job:
    return Job("es", name, "standard", "a4")


class Rogue:
    """Tells of each try in a file beside its scratch folder's pool: LEAFLETS_TRIES names it."""

    def __init__(self, *given: Any) -> None:
        pass

    def make(self, task: Task, links: Links) -> Result:
        job, _ = task
        with Path(os.environ["LEAFLETS_TRIES"]).open("a") as tries:
            tries.write(f"{job.leaflet} {os.getpid()}\n")
        if job.leaflet == "hang":  # in C, where no thread of Python has its turn
            re.match("(a+)+$", "a" * 64 + "b")
        elif job.leaflet == "sleep":
            time.sleep(600)
        elif job.leaflet == "eat":
            heap = [bytes(2**20)]
            while True:
                heap.append(b"x" * 2**24)
        elif job.leaflet == "exit":
            os._exit(7)
        elif job.leaflet == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        return Result(job, (), ())


class Poor(Rogue):
    def __init__(self, *given: Any) -> None:
        raise SetupError("WeasyPrint cannot load a system library (libpango). Run: apt install libpango-1.0-0")


class Edited(Rogue):
    def __init__(self, *given: Any) -> None:
        raise SyntaxError("invalid syntax (boxes.py, line 3)")


class Gone(Rogue):
    def __init__(self, *given: Any) -> None:
        os._exit(7)


def work_as_rogue(folder: Path, limits: Limits, task: Task, links: Links) -> Result:
    """Work as a worker of a cluster does, and do to its process what the name of a leaflet says."""
    return Rogue().make(task, links)


def begin_as(kind: type[Rogue], folder: Path, limits: Limits) -> None:
    """Begin as a process of a pool does, with another worker."""
    maker.Worker = kind  # type: ignore[assignment, misc]
    worker.begin(folder, limits)
