"""Pages that were laid out before, so that none is laid out twice.

Takes all that an engine is given for a page; gives the PDF that it made of the same, from the output folder or from a folder that
builds share. What is found is verified like what is made, so that a store can be lost, damaged or out of date, and never wrong.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from leaflets.build.jobs import hash_look
from leaflets.content.project import Project
from leaflets.edition import Edition
from leaflets.files import write_file
from leaflets.pdf.engine import Engine
from leaflets.problems import Problem, SetupError


@dataclass(frozen=True, slots=True)
class Head:
    """The first line of a file of the cache, before the bytes of a PDF."""

    sha256: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Store:
    """`cache` is a folder that builds share, if there is one; `there` the files of output folders and their hashes, by page."""

    cache: Path | None = None
    there: Mapping[str, tuple[Path, str]] = field(default_factory=dict)

    def find(self, page: str) -> tuple[bytes, tuple[Problem, ...]] | None:
        """Find a page and what the engine said of it, if it is whole."""
        with suppress(OSError, ValidationError):
            if page in self.there:
                path, known = self.there[page]
                data = path.read_bytes()
                if hashlib.sha256(data).hexdigest() == known:
                    return data, ()
            if self.cache:
                line, _, data = name_page(self.cache, page).read_bytes().partition(b"\n")
                head = TypeAdapter(Head).validate_json(line, strict=True)
                if hashlib.sha256(data).hexdigest() == head.sha256:
                    return data, head.problems
        return None

    def keep(self, page: str, data: bytes, problems: tuple[Problem, ...]) -> None:
        """Put a page into the cache; one that takes nothing is as good as none."""
        if self.cache:
            head = json.dumps(asdict(Head(hashlib.sha256(data).hexdigest(), problems)))
            with suppress(SetupError):
                write_file(name_page(self.cache, page), head.encode() + b"\n" + data)


NO_STORE = Store()


def name_page(cache: Path, page: str) -> Path:
    return cache / page[:2] / page[2:]


class KeepingEngine(Engine):
    """An engine that lays out no page twice. `page` is the one that it was last given, and `found` says that it was there."""

    def __init__(self, project: Project, scratch: Path, store: Store) -> None:
        super().__init__(project.root / "templates", project.pictures, scratch)
        self.look, self.store = hash_look(project), store
        self.forget()

    def forget(self) -> None:
        self.page, self.found = "", False

    def write_pdf(
        self,
        html: str,
        languages: tuple[str, ...],
        edition: Edition,
        paper: str,
        counter: str,
        name: str,
        own: Mapping[str, tuple[bytes, str]] = {},
    ) -> tuple[bytes, tuple[Problem, ...]]:
        given = self.look, html, languages, edition, paper, counter, name, sorted(own.items())
        self.page = hashlib.sha256(repr(given).encode()).hexdigest()
        if found := self.store.find(self.page):
            self.found = True
            return found
        data, problems = super().write_pdf(html, languages, edition, paper, counter, name, own)
        self.store.keep(self.page, data, problems)
        return data, problems
