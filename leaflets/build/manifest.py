"""What was built, from what, and how far it was checked.

Takes a `BuiltFile` for each file of the output folder; writes its manifest.json, sorted and with no clock in it, so that two
builds of the same content give the same bytes, and reads it back. A build that runs adds a line to a journal before it puts a
file in its place, so that what was made is on record however the build ends.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from leaflets.files import write_file
from leaflets.problems import Place, Problem, Rule, SetupError, Severity

BAD_MANIFEST = Rule(
    "bad-manifest",
    Severity.WARNING,
    "The record of an earlier build is one that a build wrote.",
    "What it says decides which files are kept and which are removed, so that one that was damaged counts as none.",
)
MANIFEST, JOURNAL = "manifest.json", ".manifest.jsonl"
PRINT = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
"""A sheet, a leaflet, or an insert by its topic."""
FILE = Annotated[str, Field(pattern=r"^[^/.\x00-\x1f][^/\x00-\x1f]*/[^/.\x00-\x1f][^/\x00-\x1f]*\.(pdf|html)$")]
"""A file of a leaflet, below the output folder and in no other."""
TOOLS = ("leaflets", "weasyprint", "pydyf", "fonttools", "uharfbuzz", "brotli", "jinja2", "babel", "pikepdf", "segno")
"""The packages whose version can change a page."""


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One built file. `path` is below the output folder; `inputs` hashes everything that it was made from, and
    `page` the very page that was laid out, where it is one that was.

    `sha1` is what FHIR asks for beside the sha256. `pages` counts the pages that are read; a folded edition has two on each side
    of a sheet. `clinic` is the id of the clinic whose details it carries, `links` are the files that a web page leads to, below
    the output folder, and `warnings` what was said of it, to be said again where it is kept.
    """

    path: FILE
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    sha1: str
    bytes: int
    pages: int
    leaflet: str
    locale: str
    print: PRINT
    edition: str
    paper: str
    title: str
    version: str
    issued: str
    review_by: str
    status: str
    draft: bool
    clinic: str
    inputs: str = ""
    page: str = ""
    links: tuple[FILE, ...] = ()
    warnings: tuple[Problem, ...] = ()


@cache
def read_versions() -> dict[str, str]:
    """Name the version of every tool that can change a page."""
    return {name: version(name) for name in TOOLS}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is read of manifest.json."""

    files: tuple[BuiltFile, ...]


def read_record(output: Path) -> tuple[dict[str, BuiltFile], tuple[Problem, ...]]:
    """Read what is on record of earlier builds, by path; a manifest that no build wrote counts as none, and is said.

    Raises SetupError where the disk refuses.
    """
    found, said = dict[str, BuiltFile](), tuple[Problem, ...]()
    path = output / MANIFEST
    try:
        manifest = TypeAdapter(Manifest).validate_json(path.read_bytes(), strict=True)
        found = {each.path: each for each in manifest.files}
    except FileNotFoundError:
        pass
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(map(str, first["loc"]))
        message = f"this is no record of a build ({where or 'JSON'}: {first['msg']}), so every file is made anew"
        said = (BAD_MANIFEST.at(Place(str(path)), message),)
    except OSError as error:
        raise SetupError(f"cannot read {path}: {error.strerror}") from error
    return found | read_journal(output), said


def read_manifest(output: Path) -> dict[str, BuiltFile]:
    """Read the entries of an earlier build, by path."""
    return read_record(output)[0]


def read_journal(output: Path) -> dict[str, BuiltFile]:
    """Read what a build made that was killed. A file that it had not put in its place yet is made from nothing that is known."""
    found = {}
    with suppress(FileNotFoundError):
        for line in (output / JOURNAL).read_bytes().splitlines():
            with suppress(ValidationError):  # it was cut off
                entry = TypeAdapter(BuiltFile).validate_json(line, strict=True)
                found[entry.path] = entry
    return {path: entry if is_whole(output, entry) else replace(entry, inputs="") for path, entry in found.items()}


def is_whole(output: Path, entry: BuiltFile) -> bool:
    path = output / entry.path
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256


def note_file(output: Path, entry: BuiltFile) -> None:
    """Put on record that a file is about to be put in its place. Raises SetupError where the disk refuses."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        with (output / JOURNAL).open("ab") as journal:
            journal.write(json.dumps(asdict(entry)).encode() + b"\n")
    except OSError as error:
        raise SetupError(f"cannot write {output / JOURNAL}: {error.strerror}") from error


def write_manifest(output: Path, entries: Iterable[BuiltFile]) -> None:
    """Write the manifest of an output folder, sorted by path. It takes the place of the journal."""
    tree: dict[str, Any] = {
        "tools": read_versions(),
        "files": [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.path)],
    }
    write_file(output / MANIFEST, (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    (output / JOURNAL).unlink(missing_ok=True)
