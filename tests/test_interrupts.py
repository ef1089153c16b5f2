"""A command that is told to stop goes back as it does at Ctrl-C."""

import signal
import threading

import pytest

from leaflets.interrupts import StoppedError, answer_signals, hear_signals, hold_signals


def test_a_signal_to_stop_is_raised_where_the_command_stands_once() -> None:
    told = []
    with hear_signals():
        with pytest.raises(StoppedError):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        told.append("the way back")
    assert told == ["the way back"]


def test_a_terminal_that_is_closed_stops_a_command_too() -> None:
    with hear_signals(), pytest.raises(StoppedError):
        signal.raise_signal(signal.SIGHUP)


def test_signals_wait_until_something_is_whole_again() -> None:
    order = []
    with hear_signals():
        try:
            with hold_signals():
                signal.raise_signal(signal.SIGTERM)
                order.append("whole")
        except StoppedError:
            order.append("stopped")
    assert order == ["whole", "stopped"]


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with hear_signals():
            signal.raise_signal(signal.SIGHUP)
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_answers_hold_for_a_while_and_in_the_main_thread_only() -> None:
    before = signal.getsignal(signal.SIGTERM)
    heard: list[int] = []
    answers = {signal.SIGTERM: lambda number, _: heard.append(number)}
    with answer_signals(answers):
        signal.raise_signal(signal.SIGTERM)
    assert heard == [signal.SIGTERM]
    assert signal.getsignal(signal.SIGTERM) is before

    def answer_elsewhere() -> None:
        with answer_signals(answers):
            heard.append(signal.getsignal(signal.SIGTERM) is before)

    other = threading.Thread(target=answer_elsewhere)
    other.start()
    other.join()
    assert heard == [signal.SIGTERM, True]
