"""A command that is told to stop.

Takes the signals that end a program; gives a `StoppedError` where the command stands, so that it goes back as it does at Ctrl-C.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TOLD = (signal.SIGTERM, signal.SIGHUP)
"""What `kill`, a machine that shuts down and a terminal that is closed send; Ctrl-C (SIGINT) raises by itself."""


class StoppedError(KeyboardInterrupt):
    """The command was told to stop. Exit code 143, which is what a shell says of a program that SIGTERM ended."""


@contextmanager
def hear_signals() -> Iterator[None]:
    """Raise StoppedError where a signal tells to stop: once, since `timeout` says it twice and the way back must not be cut off.

    What is ignored stays so (`nohup`). Only the main thread may hear signals, so that in another nothing changes.
    """
    known: dict[signal.Signals, Any] = {each: signal.getsignal(each) for each in TOLD}
    heard = [each for each in TOLD if known[each] not in (signal.SIG_IGN, None)]
    if threading.current_thread() is not threading.main_thread():
        heard = []
    told = False

    def stop(number: int, _: object) -> None:
        nonlocal told
        if not told:
            told = True
            raise StoppedError

    def pass_on(number: int, _: object) -> None:  # a server has its own way to end at SIGTERM, and none for this
        signal.raise_signal(signal.SIGTERM)

    for each in heard:
        signal.signal(each, pass_on if each is signal.SIGHUP and signal.SIGTERM in heard else stop)
    try:
        yield
    finally:
        for each in heard:
            signal.signal(each, known[each])


@contextmanager
def hold_signals() -> Iterator[None]:
    """Let a signal wait until something is whole again."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, *TOLD])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
