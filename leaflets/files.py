"""Files that are replaced whole or not at all.

Takes a path and bytes; writes them. An interrupted or full disk leaves the old file as it was, and nothing beside it.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from leaflets.problems import SetupError


def write_file(path: Path, data: bytes) -> None:
    """Replace a file whole or not at all. Raises SetupError where the disk refuses."""
    if path.is_file() and path.read_bytes() == data:  # whoever watches the folder has nothing to do
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SetupError(f"cannot write {path}: {error.strerror} ({len(data):,} bytes needed)") from error


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Replace all of several files below a root, or none. Raises SetupError where the disk refuses one of them."""
    old = {path: path.read_bytes() if path.is_file() else None for path in (root / name for name in files)}
    try:
        for name, data in files.items():
            write_file(root / name, data)
    except BaseException:
        for path, data_before in old.items():
            if data_before is None:
                path.unlink(missing_ok=True)
            else:
                write_file(path, data_before)
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
def hold_folder(path: Path) -> Iterator[None]:
    """Make whoever else holds a folder wait, so that nobody writes between a reading and a writing (flock: no file is left).

    Raises SetupError where the disk refuses.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise SetupError(f"cannot write into {path}: {error.strerror}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
