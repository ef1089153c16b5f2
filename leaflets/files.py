"""Files that are replaced whole or not at all.

Takes a path and bytes; writes them. An interrupted or full disk leaves the old file as it was, and nothing beside it.
"""

import os
import tempfile
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
