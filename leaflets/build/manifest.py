"""What was built, from what, and how far it was checked.

Takes a `BuiltFile` for each file of the output folder; writes its manifest.json, sorted and with no clock in it, so that two
builds of the same content give the same bytes, and reads it back.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from leaflets.files import write_file

MANIFEST = "manifest.json"
TOOLS = ("leaflets", "weasyprint", "pydyf", "fonttools", "uharfbuzz", "brotli", "jinja2", "babel", "pikepdf", "segno")
"""The packages whose version can change a page."""


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One built file. `path` is below the output folder; `inputs` hashes everything that it was made from.

    `sha1` is what FHIR asks for beside the sha256. `pages` counts the pages that are read; a folded edition has two on each side
    of a sheet. `clinic` is the name of the clinic whose details it carries, `links` are the files that a web page leads to, below
    the output folder, and `warned` says that it was made with a warning.
    """

    path: str
    sha256: str
    sha1: str
    bytes: int
    pages: int
    leaflet: str
    locale: str
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
    links: tuple[str, ...] = ()
    warned: bool = False


@cache
def read_versions() -> dict[str, str]:
    """Name the version of every tool that can change a page."""
    return {name: version(name) for name in TOOLS}


def read_manifest(output: Path) -> dict[str, BuiltFile]:
    """Read the entries of an earlier build, by path; a manifest that cannot be read counts as none."""
    try:
        found = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
        return {each["path"]: BuiltFile(**each | {"links": tuple(each["links"])}) for each in found["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_manifest(output: Path, entries: Iterable[BuiltFile]) -> None:
    """Write the manifest of an output folder, sorted by path."""
    tree: dict[str, Any] = {
        "tools": read_versions(),
        "files": [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.path)],
    }
    write_file(output / MANIFEST, (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
