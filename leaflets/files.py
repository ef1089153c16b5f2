"""Files that are replaced whole or not at all, and the signals that may come in between.

Takes a path and bytes; writes them. A signal to stop or a full disk leaves the old file as it was, and nothing beside it; what a
process leaves that was killed goes with the next writing into the same folder. Signals are heard as exceptions, or wait.
What comes from outside is read no further than it may reach.
"""

import errno
import fcntl
import os
import re
import secrets
import signal
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from leaflets import PACKAGE
from leaflets.problems import SetupError

PART = ".leaflets.part"
LEFTOVER = re.compile(rf"\..+\.[0-9a-f]{{8}}{re.escape(PART)}")
"""What a file is called while it is written, so that nothing else is taken for one that a killed process left."""
LONG_AGO = 60
"""Seconds after which nobody is writing a file any more."""


def read_file(path: Path, most: int) -> bytes:
    """Read a regular file of `most` bytes at most. Raises OSError, also for one that is larger, and for what may never end."""
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        if found.st_size > most:
            raise OSError(errno.EFBIG, f"it has {found.st_size:,} bytes, more than {most:,}", str(path))
        return file.read(most)


def write_file(path: Path, data: bytes) -> None:
    """Replace a file whole or not at all; of a link, the file that it leads to.

    Raises SetupError where the disk refuses, or what is there is not to be replaced: a file that is read-only, or no file.
    """
    try:
        place = Path(os.path.realpath(path))
        if place.is_file() and place.read_bytes() == data:  # whoever watches the folder has nothing to do
            return
        check_replaceable(place, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(place.parent)
        part = place.with_name(f".{place.name}.{secrets.token_hex(4)}{PART}")  # known before it is there, so that it always goes
        try:
            with part.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(0o644)
            os.replace(part, place)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SetupError(f"cannot write {path}: {error.strerror} ({len(data):,} bytes needed)") from error


@contextmanager
def fill_scratch(folder: Path) -> Iterator[None]:
    """Write into a folder what need not last. Raises SetupError where the disk has no room; other errors name their file."""
    try:
        yield
    except OSError as error:
        if error.filename:
            raise
        said = f"cannot write into {folder}: {error.strerror}. Make room there, or let TMPDIR name another folder"
        raise SetupError(said) from error


def check_replaceable(place: Path, path: Path) -> None:
    """Raise SetupError for what is no file, such as a device, and for a file that somebody made read-only."""
    if not place.exists():
        return
    mode = place.stat().st_mode
    if not stat.S_ISREG(mode):
        raise SetupError(f"cannot write {path}: it is no regular file")
    if not mode & 0o222 or not os.access(place, os.W_OK):  # the superuser may write all the same, and is not meant to
        raise SetupError(f"cannot write {path}: it is read-only")


def remove_leftovers(folder: Path) -> None:
    """Delete what a process that was killed while it wrote left in a folder."""
    for path in folder.glob(f".*{PART}"):
        with suppress(FileNotFoundError):  # somebody else deletes it
            if LEFTOVER.fullmatch(path.name) and time.time() - path.stat().st_mtime > LONG_AGO:
                path.unlink()


def write_files(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Replace or (None) delete all of several files, or none, in their order; a signal to stop waits until all are as they were.

    Raises SetupError where the disk refuses one of them.
    """
    paths = [root / name for name in files]
    try:
        old = {path: path.read_bytes() if path.is_file() else None for path in paths}
    except OSError as error:
        raise SetupError(f"cannot write {error.filename}: {error.strerror}") from error
    try:
        for name, data in files.items():
            if data is None:
                remove_files(root, [name])
            else:
                write_file(root / name, data)
    except BaseException:
        with hold_signals():
            for path, data_before in old.items():
                if data_before is not None:
                    write_file(path, data_before)
                elif (place := Path(os.path.realpath(path))).is_file():  # a folder that stands there was what refused
                    place.unlink()
        raise


def remove_files(root: Path, files: Iterable[str]) -> None:
    """Delete files below a root, and the folders that are empty then. Raises SetupError where the disk refuses."""
    try:
        for name in files:
            path = root / name
            path.unlink()
            for folder in path.relative_to(root).parents[:-1]:
                if any((root / folder).iterdir()):
                    break
                (root / folder).rmdir()
    except OSError as error:
        raise SetupError(f"cannot delete {error.filename}: {error.strerror}") from error


@contextmanager
def hold_folder(path: Path, wait: bool = True) -> Iterator[None]:
    """Hold a folder alone, so that nobody writes between a reading and a writing (flock: no file is left).

    Whoever else holds it waits. Raises SetupError where the disk refuses, and without `wait` at once where another holds it.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise SetupError(f"cannot write into {path}: {error.strerror}") from error
    try:
        lock_folder(handle, path, wait)
        yield
    finally:
        os.close(handle)


def lock_folder(handle: int, path: Path, wait: bool) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError as error:
        holder = find_holder(handle)
        raise SetupError(f"{path}/ is held by another program{holder}. Wait for its end, or name another folder") from error


def find_holder(handle: int) -> str:
    """Say which process holds a file, where the system tells (Linux)."""
    with suppress(OSError):
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            _, kind, _, _, process, file, *_ = line.split()
            if kind == "FLOCK" and file.rpartition(":")[2] == str(os.fstat(handle).st_ino):
                return f" (process {process})"
    return ""


@contextmanager
def claim_folder(path: Path) -> Iterator[None]:
    """Hold a folder that a program writes into as it will, or not at all; one that stays empty goes again.

    Raises SetupError where another holds it, where it is read-only, and for a link in it or in a folder of it: whatever is
    written would go elsewhere.
    """
    new = not path.exists()
    with hold_folder(path, wait=False):
        if not os.access(path, os.W_OK | os.X_OK):
            raise SetupError(f"cannot write into {path}: it is read-only")
        for each in (found for pattern in ("*", "*/*") for found in path.glob(pattern) if found.is_symlink()):
            raise SetupError(f"{each} is a link, and what is written there would go elsewhere: remove it")
        try:
            yield
        finally:
            if new and not any(path.iterdir()):
                path.rmdir()


TOLD = (signal.SIGTERM, signal.SIGHUP)
"""What `kill`, a machine that shuts down and a terminal that is closed send; Ctrl-C (SIGINT) raises by itself."""


class StoppedError(KeyboardInterrupt):
    """The command was told to stop. Exit code 143, which is what a shell says of a program that SIGTERM ended."""


@contextmanager
def answer_signals(answers: dict[signal.Signals, Callable[[int, object], None]]) -> Iterator[None]:
    """Answer signals for a while. What is ignored stays so (`nohup`); only the main thread hears any."""
    main = threading.current_thread() is threading.main_thread()
    heard = {each: before for each in answers if main and (before := signal.getsignal(each)) not in (signal.SIG_IGN, None)}
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
    with answer_signals(dict.fromkeys((signal.SIGINT, *TOLD), lambda number, _: waiting.append(number))):
        yield
    for number in waiting:
        signal.raise_signal(number)


def find_packaged() -> Path:
    """Find the project that an installed package brings along; there is none where the package lies in its own project."""
    return PACKAGE / "_data"


def find_root(start: Path) -> Path:
    """Find the project of a folder: the folder itself if it has content/, else what this package brings along."""
    if (start / "content" / "leaflets").is_dir():
        return start
    packaged = find_packaged()
    return packaged if packaged.is_dir() else PACKAGE.parent
