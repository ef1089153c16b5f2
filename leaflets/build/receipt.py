"""What the last build said, to be said again where nothing changed.

Takes what a command asks for, and the folders that a build reads; gives the `Account`s of the last build that asked for the
same, if no byte of what it read, of the program, or of what it left in the output folder is another. Nothing is parsed for that,
nothing heavy is loaded, and no date of a file is believed. Whatever is unclear counts as changed.
"""

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from leaflets import PACKAGE, PROGRAM
from leaflets.build.account import Account, Ending, Summary
from leaflets.files import write_file
from leaflets.problems import Place, Problem, SetupError, Severity

RECEIPT = ".receipt.json"
"""What it is called in the output folder of a command."""
READ = ("content", "templates", "translations")
"""The folders of a project that a build reads."""
FONTS = "templates/fonts"
"""The only folder that may be a link: fonts are held to hashes of their own, wherever they lie."""


class UnclearError(Exception):
    """What nobody can say the content of, such as a pipe, or a folder that lies elsewhere."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What a build reads: the hash of it all, and `stamps` that tell whether it was written to meanwhile, if only to and fro."""

    key: str
    stamps: tuple[tuple[str, int, int], ...]


def take_stock(asked: str, root: Path, clinics: Iterable[Path], today: date) -> Stock | None:
    """Hash what is asked for, and all that decides what is made of it and said of it; None where something is unclear."""
    stamps: list[tuple[str, int, int]] = []
    try:
        folders = {name: root / name for name in (*READ, FONTS) if name != FONTS or (root / name).is_symlink()}
        tree = {
            "asked": asked,
            "day": today.isoformat(),
            "python": sys.version,
            "packages": list_packages(),
            "program": {name: hash_file(path, stamps) for name, path in walk(PACKAGE) if name.endswith(PROGRAM)},
            "project": {name: hash_tree(path, stamps) for name, path in folders.items() if path.exists()},
            "clinics": {str(path): hash_file(path, stamps) for path in clinics},
        }
    except (OSError, UnclearError):
        return None
    return Stock(hashlib.sha256(json.dumps(tree, sort_keys=True).encode()).hexdigest(), tuple(stamps))


def list_packages() -> list[str]:
    """Name the packages that Python finds, with their versions, as the folders of what is on record about each are called."""
    found = {name for folder in map(Path, sys.path) if folder.is_dir() for name in os.listdir(folder)}
    return sorted(name for name in found if name.endswith((".dist-info", ".egg-info")))


def walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """List all files below a folder, and the folders, by their names below it. Raises UnclearError for a link to a folder."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in (*folders, *sorted(files)):
            path = Path(parent, name)
            if name in folders and path.is_symlink() and not path.as_posix().endswith(f"/{FONTS}"):
                raise UnclearError(str(path))
            yield path.relative_to(folder).as_posix(), path


def hash_tree(folder: Path, stamps: list[tuple[str, int, int]]) -> dict[str, str]:
    """Hash each file below a folder; of a folder only its name counts, and of a link also where it leads."""
    found = {}
    for name, path in walk(folder):
        link = os.readlink(path) if path.is_symlink() else ""
        found[name] = link + (" folder" if path.is_dir() else hash_file(path, stamps))
    return found


def hash_file(path: Path, stamps: list[tuple[str, int, int]] | None = None) -> str:
    """Hash a file. Raises UnclearError for what is none."""
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise UnclearError(str(path))
        if stamps is not None:
            stamps.append((str(path), found.st_ino, found.st_ctime_ns))
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_output(output: Path) -> dict[str, str]:
    """Hash each file of an output folder, and of the folders in it: no build reads or writes any deeper."""
    paths = (path for pattern in ("*", "*/*") for path in output.glob(pattern) if not path.is_dir())
    return {path.relative_to(output).as_posix(): hash_file(path) for path in paths if path != output / RECEIPT}


def write_receipt(output: Path, stock: Stock, accounts: Mapping[str, Account], beside: Mapping[Path, str]) -> None:
    """Keep what a build said of each folder below `output` ("" for itself). `beside` has the hashes of
    the files that clinics' files name, as they were read.

    Of a file on record the record counts, so that one which was damaged since it was made is noticed. Where the disk refuses, or
    something is unclear, the next build looks at everything.
    """
    with suppress(OSError, UnclearError, SetupError):
        kept = {
            "stock": stock.key,
            "beside": {str(path): known for path, known in beside.items()},
            "folders": {
                name: asdict(replace(account, files=hash_output(output / name) | dict(account.files)))
                for name, account in accounts.items()
            },
        }
        data = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
        write_file(output / RECEIPT, hashlib.sha256(data).hexdigest().encode() + b"\n" + data)


def read_receipt(output: Path, stock: Stock) -> Any:
    """Read what was kept of the last build, if it asked for the same, read the same, and what was kept is whole; else None."""
    with suppress(OSError, ValueError):
        digest, _, data = (output / RECEIPT).read_bytes().partition(b"\n")
        if hashlib.sha256(data).hexdigest().encode() == digest:
            kept = json.loads(data)
            return kept if kept["stock"] == stock.key else None
    return None


def find_accounts(output: Path, kept: Any) -> dict[str, Account]:
    """Give what there is to say of each folder, if all files are as the last build left them. The folders are held meanwhile."""
    try:
        if any(hash_file(Path(path)) != known for path, known in kept["beside"].items()):
            return {}
        if any(hash_output(output / name) != each["files"] for name, each in kept["folders"].items()):
            return {}
    except (OSError, UnclearError):
        return {}
    return {name: read_account(each) for name, each in kept["folders"].items()}


def read_account(tree: dict[str, Any]) -> Account:
    summaries = tuple(map(read_summary, tree["summaries"]))
    return Account(**tree | {"summaries": summaries, "problems": read_problems(tree["problems"]), "gone": tuple(tree["gone"])})


def read_summary(tree: dict[str, Any]) -> Summary:
    read = {"state": Ending(tree["state"]), "files": tuple(tree["files"]), "problems": read_problems(tree["problems"])}
    return Summary(**tree | read)


def read_problems(trees: Iterable[dict[str, Any]]) -> tuple[Problem, ...]:
    return tuple(
        Problem(**each | {"severity": Severity(each["severity"]), "place": Place(**each["place"]), "units": tuple(each["units"])})
        for each in trees
    )
