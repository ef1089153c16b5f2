"""A command, how long it takes, and what memory it and the processes that it starts hold.

Takes a command; gives a `Run`. Memory is the proportional share that Linux tells (PSS), so that what processes share counts once.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pairs import Row

PAUSE = 0.1
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """`worker` is the most that one process below the command held at a time, `every` the most that all of them did, in MB."""

    seconds: float
    output: str
    worker: float = 0
    every: float = 0


def run(command: Sequence[str], more: Mapping[str, str] = {}, watched: str | None = None, good: Sequence[int] = (0,)) -> Run:
    """Run a command, with `more` in its environment. Raises RuntimeError with its last words where its exit code is not `good`.

    With `watched` its memory is looked at, of the processes whose names begin so: "" means all.
    """
    surroundings = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"} | dict(more)
    began = time.perf_counter()
    with subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        watch = Watch(process.pid, watched or "")
        if watched is not None:
            watch.start()
        output, _ = process.communicate()
        seconds = time.perf_counter() - began
        watch.over.set()
    if process.returncode not in good:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{output[-2000:]}")
    return Run(seconds, output, watch.worker, watch.every)


class Watch(threading.Thread):
    """Looks at the memory of a process and of those below it, again and again."""

    def __init__(self, pid: int, name: str) -> None:
        super().__init__(daemon=True)
        self.pid, self.prefix, self.over = pid, name, threading.Event()
        self.worker = self.every = 0.0

    def run(self) -> None:
        while not self.over.wait(PAUSE):
            held = dict(list_memory(self.pid, self.prefix))
            self.every = max(self.every, sum(held.values()))
            self.worker = max(self.worker, 0.0, *(size for pid, size in held.items() if pid != self.pid))


def list_memory(pid: int, prefix: str) -> Iterator[tuple[int, float]]:
    """List a process and those below it, with the megabytes that each holds, where its name begins with `prefix`."""
    names, parents = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            before, _, after = path.read_text().rpartition(") ")
        except OSError:  # it ended
            continue
        names[int(path.parent.name)] = before.partition("(")[2]
        parents[int(path.parent.name)] = int(after.split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    for each in found:
        if names.get(each, "").startswith(prefix):
            try:
                lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            yield each, sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def name_python(module: str, *words: str) -> list[str]:
    """Write the command that runs a module in this Python."""
    return [sys.executable, "-m", module, *words]


def tell_memory(what: str, found: Run, bar: str = "") -> Row:
    return Row(what, f"{found.every:.0f} MB", f"at most {found.worker:.0f} MB in one process below the first", bar)
