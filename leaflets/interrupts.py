"""A command that is told to stop.

Takes the signals that end a program; gives a `StoppedError` where the command stands, so that it goes back as it does at Ctrl-C.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TOLD = (signal.SIGTERM, signal.SIGHUP)
"""What `kill`, a machine that shuts down and a terminal that is closed send; Ctrl-C (SIGINT) raises by itself."""


class StoppedError(KeyboardInterrupt):
    """The command was told to stop. Exit code 143, which is what a shell says of a program that SIGTERM ended."""


@contextmanager
def answer_signals(answers: dict[signal.Signals, Callable[[int, object], None]]) -> Iterator[None]:
    """Answer signals for a while. What is ignored stays so (`nohup`); only the main thread hears any."""
    main = threading.current_thread() is threading.main_thread()
    known = {each: signal.getsignal(each) for each in answers if main}
    heard = {each: before for each, before in known.items() if before not in (signal.SIG_IGN, None)}
    for each in heard:
        signal.signal(each, answers[each])
    try:
        yield
    finally:
        for each, before in heard.items():
            signal.signal(each, before)


@contextmanager
def hear_signals() -> Iterator[None]:
    """Raise StoppedError where a signal tells to stop: once, since `timeout` says it twice and may not cut off the way back."""
    told = False

    def stop(number: int, _: object) -> None:
        nonlocal told
        if not told:
            told = True
            raise StoppedError

    def pass_on(number: int, _: object) -> None:  # a server has its own way to end at SIGTERM, and none for this
        signal.raise_signal(signal.SIGTERM)

    with answer_signals({signal.SIGTERM: stop, signal.SIGHUP: pass_on}):
        yield


@contextmanager
def hold_signals() -> Iterator[None]:
    """Let signals wait until something is whole again."""
    waiting: list[int] = []

    def note(number: int, _: object) -> None:
        waiting.append(number)

    with answer_signals(dict.fromkeys((signal.SIGINT, *TOLD), note)):
        yield
    for number in waiting:
        signal.raise_signal(number)
