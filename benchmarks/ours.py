"""Our own builds, by the command line alone.

A `Bench` builds what is chosen, and has the same files as pages for peers; what a command says is counted.
"""

import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.pages import Page, write_pages
from benchmarks.peers import Peers
from benchmarks.processes import Run, name_python, run
from benchmarks.typeset import write_source
from leaflets.build.jobs import Job, list_jobs, name_job
from leaflets.build.manifest import read_manifest
from leaflets.content.project import Project, load_project

A4 = ("--all", "--edition", "standard", "--paper", "a4")


@dataclass(frozen=True)
class Bench:
    """The project, a folder to work in, how often all is run, about how many files (0: all), and how many clinics."""

    root: Path
    scratch: Path
    rounds: int
    files: int
    clinics: int

    @cached_property
    def project(self) -> Project:
        return load_project(self.root)

    def make_folder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.scratch))

    def build(self, *words: str, into: Path | None = None, root: Path | None = None, watched: str | None = None) -> Run:
        """Build into a folder, or into a new one that is taken away again. Raises RuntimeError where nothing could begin."""
        output = into or self.make_folder()
        command = name_python("leaflets", "--project", str(root or self.root), "build", "--lines", "plain", *words)
        found = run([*command, "--output", str(output)], watched=watched, good=(0, 1))
        if not into:
            shutil.rmtree(output)
        return found

    def choose(
        self, words: Sequence[str], editions: Sequence[str], papers: Sequence[str], files: int, turn: int = 0
    ) -> tuple[str, ...]:
        """Choose about so many files of those that `words` name, of every kind and language, and others at each turn."""
        whole = len(list_jobs(self.project, (), (), editions, papers))
        parts = max(1, round(whole / files)) if files else 1
        return (*words, "--shard", f"{turn % parts + 1}/{parts}")

    @cached_property
    def batch(self) -> tuple[str, ...]:
        return self.choose(A4, ("standard",), ("a4",), self.files)

    @cached_property
    def made(self) -> dict[Job, Path]:
        """The files of the batch, made once; so all is warm that stays warm from one command to the next."""
        output = self.make_folder()
        self.build(*self.batch, into=output)
        return {name_job(entry): output / path for path, entry in read_manifest(output).items()}

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        pages = write_pages(self.project, self.made, self.make_folder())
        for page in pages:
            write_source(page)
        return pages

    @cached_property
    def peers(self) -> Peers:
        return Peers(self.pages, self.pages[0].path.parent, self.root / "templates" / "fonts")


def count_made(found: Run) -> int:
    return sum(line.startswith("made ") for line in found.output.splitlines())


def count_pages(found: Run) -> int:
    """Count the pages of the files that were made; a part of few files has more of the long ones, or fewer."""
    return sum(int(pages) for pages in re.findall(r"^made .* \((\d+) pages?\)$", found.output, re.M))
