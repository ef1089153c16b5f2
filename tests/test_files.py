"""Files are replaced whole or not at all; what a full disk leaves is held by the tests of the build."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from leaflets.files import (
    LONG_AGO,
    StoppedError,
    answer_signals,
    claim_folder,
    fill_scratch,
    hear_signals,
    hold_folder,
    hold_signals,
    read_file,
    remove_files,
    write_file,
    write_files,
)
from leaflets.problems import SetupError


def test_a_file_is_written_with_its_folders_and_nothing_beside_it(tmp_path: Path) -> None:
    write_file(tmp_path / "es" / "adult.pdf", b"words")
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["es", "es/adult.pdf"]
    assert (tmp_path / "es" / "adult.pdf").read_bytes() == b"words"


def test_a_file_is_read_no_further_than_it_may_reach(tmp_path: Path) -> None:
    (tmp_path / "words").write_bytes(b"12345")
    assert read_file(tmp_path / "words", 5) == b"12345"
    with pytest.raises(OSError, match="it has 5 bytes, more than 4"):
        read_file(tmp_path / "words", 4)
    os.mkfifo(tmp_path / "pipe")
    for endless in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError):  # noqa: PT011
            read_file(endless, 4)


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "adult.pdf"
    write_file(path, b"words")
    os.utime(path, (1, 1))
    write_file(path, b"words")
    assert path.stat().st_mtime == 1


def test_of_a_link_the_file_is_replaced_that_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "adult.pdf").write_bytes(b"old")
    (tmp_path / "adult.pdf").symlink_to("real/adult.pdf")
    write_file(tmp_path / "adult.pdf", b"new")
    assert (tmp_path / "adult.pdf").is_symlink()
    assert (tmp_path / "real" / "adult.pdf").read_bytes() == b"new"


def test_what_is_read_only_or_no_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "signed.pdf").write_bytes(b"old")
    (tmp_path / "signed.pdf").chmod(0o444)
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(SetupError, match="it is read-only"):
        write_file(tmp_path / "signed.pdf", b"new")
    with pytest.raises(SetupError, match="it is no regular file"):
        write_file(tmp_path / "folder.pdf", b"new")
    assert (tmp_path / "signed.pdf").read_bytes() == b"old"


def test_a_disk_without_room_for_what_need_not_last_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught, fill_scratch(tmp_path):
        Path("/dev/full").write_bytes(b"x")
    remedy = "No space left on device. Make room there, or let TMPDIR name another folder"
    assert str(caught.value) == f"cannot write into {tmp_path}: {remedy}"
    with pytest.raises(FileNotFoundError, match="no-folder"), fill_scratch(tmp_path):
        (tmp_path / "no-folder" / "page.html").write_bytes(b"x")


def test_what_a_killed_process_left_goes_and_what_another_is_writing_stays(tmp_path: Path) -> None:
    names = [f".{name}.pdf.{'0' * 8}.leaflets.part" for name in ("old", "new")]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / ".mine.leaflets.part").touch()
    ago = time.time() - LONG_AGO - 1
    for name in (names[0], ".mine.leaflets.part"):
        os.utime(tmp_path / name, (ago, ago))
    write_file(tmp_path / "adult.pdf", b"words")
    assert {path.name for path in tmp_path.iterdir()} == {names[1], ".mine.leaflets.part", "adult.pdf"}


def test_of_several_files_all_are_replaced_or_none(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.yaml": b"a", "b.yaml": b"b"})
    (tmp_path / "c.yaml").mkdir()
    with pytest.raises(SetupError, match=r"c\.yaml"):
        write_files(tmp_path, {"a.yaml": b"A", "new.yaml": b"n", "c.yaml": b"c"})
    assert {path.name: path.is_dir() or path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.yaml": b"a",
        "b.yaml": b"b",
        "c.yaml": True,
    }


def test_a_folder_that_is_empty_goes_with_its_last_file(tmp_path: Path) -> None:
    write_files(tmp_path, {"topics/es/signs.yaml": b"x", "topics/en/signs.yaml": b"x"})
    remove_files(tmp_path, ["topics/es/signs.yaml"])
    assert [path.name for path in (tmp_path / "topics").iterdir()] == ["en"]
    with pytest.raises(SetupError, match=r"cannot delete .*signs\.yaml"):
        remove_files(tmp_path, ["topics/es/signs.yaml"])


def test_whoever_else_holds_a_folder_waits(tmp_path: Path) -> None:
    done: list[str] = []

    def wait() -> None:
        with hold_folder(tmp_path):
            done.append("second")

    with hold_folder(tmp_path):
        other = threading.Thread(target=wait)
        other.start()
        other.join(0.1)
        done.append("first")
    other.join()
    assert done == ["first", "second"]


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


def test_who_claims_a_folder_that_another_holds_is_told_at_once_who_it_is(tmp_path: Path) -> None:
    said = rf"is held by another program \(process {os.getpid()}\)\. Wait"
    with claim_folder(tmp_path), pytest.raises(SetupError, match=said), claim_folder(tmp_path):
        raise AssertionError("two hold it")
    with claim_folder(tmp_path):
        (tmp_path / "file").touch()


def test_a_folder_that_was_made_to_be_claimed_and_stays_empty_goes(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing to write"), claim_folder(tmp_path / "new"):
        raise ValueError("nothing to write")
    assert not (tmp_path / "new").exists()
    (tmp_path / "old").mkdir()
    with claim_folder(tmp_path / "old"):
        pass
    assert (tmp_path / "old").exists()


@pytest.mark.parametrize("name", ["index.html", "es", "es/adult.html", "thumbnails"])
def test_a_folder_with_a_link_in_it_is_not_claimed(name: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "output" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "elsewhere")
    said = f"{name} is a link, and what is written there would go elsewhere: remove it"
    with pytest.raises(SetupError, match=said), claim_folder(tmp_path / "output"):
        raise AssertionError("it is claimed")


def test_a_folder_that_is_read_only_is_not_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # the superuser may write into any
    with pytest.raises(SetupError, match="it is read-only"), claim_folder(tmp_path):
        raise AssertionError("it is claimed")
