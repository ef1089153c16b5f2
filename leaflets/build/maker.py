"""What makes one leaflet after another, whatever goes wrong with one.

Takes a `Job`, with the files that a web page leads to; gives a `Result`, with the bytes of its files.
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from leaflets.build.jobs import Job, Links, hash_tool
from leaflets.build.leaflet import make_leaflet
from leaflets.build.manifest import BuiltFile
from leaflets.build.store import KeepingEngine, Store
from leaflets.content.project import Project
from leaflets.problems import Place, Problem, Rule, SetupError, Severity, has_errors
from leaflets.profile import Clinic

RENDERER_FAULT = Rule(
    "renderer-fault",
    Severity.ERROR,
    "The renderer raises no error.",
    "Half a page is worse than none; the leaflet is not written.",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: the manifest entries of its files, or the problems that stopped it.

    `kept` says that they were there already, or were found in a store, made from the same; `data` are those that are not in their
    place yet.
    """

    job: Job
    entries: tuple[BuiltFile, ...]
    problems: tuple[Problem, ...]
    kept: bool = False
    data: tuple[bytes, ...] = ()
    seconds: float = 0.0

    @property
    def entry(self) -> BuiltFile | None:
        """The file to hand out."""
        return self.entries[0] if self.entries else None


class Worker:
    """What a process keeps between jobs."""

    def __init__(self, project: Project, clinic: Clinic | None, store: Store, scratch: Path, code: str = "") -> None:
        """`scratch` is a folder of this process's own, and `code` the hash of the program that began the build.

        Raises SetupError where a system library is missing, or where this is another program by now.
        """
        self.project, self.clinic = project, clinic
        self.engine = KeepingEngine(project, scratch, store)
        if code and code != hash_tool():
            raise SetupError("the program was changed while it ran. Run it again")

    def run(self, job: Job, links: Links) -> Result:
        """Make one leaflet; whatever goes wrong becomes a problem of this job alone."""
        try:
            return self.make(job, links)
        except MemoryError as error:
            return fail(job, error)

    def make(self, job: Job, links: Links) -> Result:
        """Make one leaflet, as `run` does. Raises MemoryError, after which a process is better not used again."""
        from weasyprint.urls import FatalURLFetchingError

        self.engine.forget()
        began = time.monotonic()
        try:
            made, problems = make_leaflet(self.project, job, self.engine, self.clinic, links)
        except MemoryError:
            raise
        except (Exception, FatalURLFetchingError) as error:
            return fail(job, error)
        if has_errors(problems):
            return Result(job, (), problems)
        data = tuple(each.data for each in made)
        entries = [replace(each.entry, warnings=problems) for each in made]
        entries[-1] = replace(entries[-1], page=self.engine.page)  # of a booklet the single pages, which were laid out
        return Result(job, tuple(entries), problems, self.engine.found, data, time.monotonic() - began)


def fail(job: Job, error: BaseException) -> Result:
    said = f"{type(error).__name__}: {error}"[:300]
    return Result(job, (), (RENDERER_FAULT.at(Place(job.path(True)), said, "This is a fault of the tool or its templates."),))
