"""What makes one leaflet after another, whatever goes wrong with one.

Takes a `Task`, with the files that a web page leads to; gives a `Result`, with the bytes of its files.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leaflets.build.account import Ending, Summary
from leaflets.build.jobs import Job, Links, Task
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

    @property
    def summary(self) -> Summary:
        """What there is to tell of it."""
        job, files = self.job, tuple(entry.path for entry in self.entries)
        if not self.entry:
            return Summary(str(job), job.locale, Ending.STOPPED, problems=self.problems, seconds=self.seconds)
        state, pages, draft = Ending.KEPT if self.kept else Ending.MADE, self.entry.pages, self.entry.draft
        return Summary(str(job), job.locale, state, files, pages, draft, self.problems, self.seconds)


class Worker:
    """What a process keeps between jobs."""

    def __init__(self, project: Project, clinics: Sequence[Clinic | None], store: Store, look: str, scratch: Path) -> None:
        """`clinics` are those that tasks are for, `look` is what `hash_look` gave where the build began, and `scratch` is a
        folder of this process's own.

        Raises SetupError where a system library is missing, or where program and libraries are others than there.
        """
        self.project, self.clinics = project, clinics
        self.engine = KeepingEngine(project, scratch, store)
        if look != self.engine.look:
            raise SetupError("the program was changed while it ran, or is another here. Run it again")

    def run(self, task: Task, links: Links) -> Result:
        """Make one leaflet; whatever goes wrong becomes a problem of this job alone."""
        try:
            return self.make(task, links)
        except MemoryError as error:
            return fail(task[0], error)

    def make(self, task: Task, links: Links) -> Result:
        """Make one leaflet, as `run` does. Raises MemoryError, after which a process is better not used again."""
        from weasyprint.urls import FatalURLFetchingError

        job, clinic = task
        self.engine.forget()
        began = time.monotonic()
        try:
            made, problems = make_leaflet(self.project, job, self.engine, self.clinics[clinic], links)
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
