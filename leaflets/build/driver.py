"""From jobs to the files in output/: pool, record.

Takes a checked `Project` and `Job`s; gives a `Result` per job, the files, and the manifest. A job is a plain tuple of names, so
another executor can run it; each worker keeps one warm `Engine`. One bad leaflet never stops the others, and what was made from
the same before is kept.
"""

import hashlib
import signal
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from leaflets.build.jobs import SCREEN, Job, find_blocking, hash_inputs, plan_jobs
from leaflets.build.leaflet import make_leaflet
from leaflets.build.manifest import BuiltFile, format_manifest, read_manifest, read_versions
from leaflets.build.site.write import write_site
from leaflets.content.clinic import check_letters
from leaflets.content.project import Project
from leaflets.files import write_file
from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import english_name, is_pseudo
from leaflets.model import PSEUDO_LOCALES, SOURCE_LOCALE, Clinic, EditionLanguages
from leaflets.pdf.engine import Engine
from leaflets.problems import LeafletsError, Place, Problem, Rule, SetupError, Severity, has_errors
from leaflets.translation.pseudo import add_pseudo
from leaflets.web.page import settle_links

WORKER_DIED = Rule(
    "worker-died",
    Severity.ERROR,
    "A leaflet is made without its process dying.",
    "A crash of the renderer (no memory, a broken font) must not pass for a leaflet that was not asked for.",
)
RENDERER_FAULT = Rule(
    "renderer-fault",
    Severity.ERROR,
    "The renderer raises no error.",
    "Half a page is worse than none; the leaflet is not written.",
)


Refuse = Callable[[Job], tuple[Problem, ...]]
"""Says why a job must not be done, whatever it would make; nothing if it may."""


def refuse_nothing(job: Job) -> tuple[Problem, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: the manifest entries of its files, or the problems that stopped it.

    `kept` says that the files were there already, made from the same.
    """

    job: Job
    entries: tuple[BuiltFile, ...]
    problems: tuple[Problem, ...]
    kept: bool = False

    @property
    def entry(self) -> BuiltFile | None:
        """The file to hand out."""
        return self.entries[0] if self.entries else None


def run_job(project: Project, job: Job, engine: Engine, clinic: Clinic | None, output: Path) -> Result:
    """Make one leaflet and put it in its place; whatever goes wrong becomes a problem of this job alone."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        made, problems = make_leaflet(project, job, engine, clinic)
    except (Exception, FatalURLFetchingError) as error:
        said = f"{type(error).__name__}: {error}"[:300]
        return Result(job, (), (RENDERER_FAULT.at(Place(job.path(True)), said, "This is a fault of the tool or its templates."),))
    if has_errors(problems):
        return Result(job, (), problems)
    for each in made:
        write_file(output / each.entry.path, each.data)
    return Result(job, tuple(replace(each.entry, warned=bool(problems)) for each in made), problems)


@dataclass
class Worker:
    """What a worker process keeps between jobs."""

    project: Project
    clinic: Clinic | None
    output: Path
    engine: Engine
    scratch: tempfile.TemporaryDirectory[str]

    def run(self, job: Job) -> Result:
        return run_job(self.project, job, self.engine, self.clinic, self.output)


_worker: Worker | None = None


def start_worker(project: Project, clinic: Clinic | None, output: Path) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, and lets running leaflets finish
    scratch = tempfile.TemporaryDirectory(prefix="leaflets-")
    _worker = Worker(project, clinic, output, Engine(project.root / "templates", project.pictures, Path(scratch.name)), scratch)


def work(job: Job) -> Result:
    assert _worker
    return _worker.run(job)


@contextmanager
def open_pool(project: Project, clinic: Clinic | None, output: Path, processes: int) -> Iterator[ProcessPoolExecutor]:
    """The seam for other executors: anything with `submit` that calls `start_worker` once a process will do."""
    pool = ProcessPoolExecutor(processes, get_context("spawn"), start_worker, (project, clinic, output))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def run_jobs(jobs: tuple[Job, ...], project: Project, clinic: Clinic | None, output: Path, processes: int) -> Iterator[Result]:
    """Run jobs, results as they come. A job whose worker dies is tried once more, alone, so that its death is its own."""
    if processes == 1:
        with tempfile.TemporaryDirectory(prefix="leaflets-") as scratch:
            engine = Engine(project.root / "templates", project.pictures, Path(scratch))
            for job in jobs:
                yield run_job(project, job, engine, clinic, output)
        return
    again: list[Job] = []
    with open_pool(project, clinic, output, min(processes, len(jobs))) as pool:
        futures = {pool.submit(work, job): job for job in jobs}
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                again.append(futures[future])
    for job in sorted(again):
        with open_pool(project, clinic, output, 1) as pool:
            try:
                yield pool.submit(work, job).result()
            except BrokenProcessPool:
                message = "the process that made this leaflet died (no memory?)"
                yield Result(
                    job, (), (WORKER_DIED.at(Place(job.path(True)), message, "Build it alone, and look at the system log."),)
                )


def find_kept(project: Project, job: Job, clinic: Clinic | None, output: Path, known: Mapping[str, BuiltFile]) -> Result | None:
    """Find the files of a job if they are there, whole, and made from the same without a warning, which is said each time."""
    folded = project.editions[job.edition].folded
    inputs = hash_inputs(project, job, clinic)
    for draft in (True, False):
        paths = [job.path(draft, pages) for pages in ((False, True) if folded else (False,))]
        entries = tuple(known[path] for path in paths if path in known)
        if len(entries) == len(paths) and all(
            entry.inputs == inputs and not entry.warned and is_whole(output, entry) for entry in entries
        ):
            return Result(job, entries, (), kept=True)
    return None


def is_whole(output: Path, entry: BuiltFile) -> bool:
    path = output / entry.path
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256


def build_leaflets(
    project: Project,
    problems: tuple[Problem, ...],
    jobs: tuple[Job, ...],
    output: Path,
    clinic: Clinic | None,
    processes: int,
    report: Callable[[Result], None],
    refuse: Refuse = refuse_nothing,
) -> tuple[Result, ...]:
    """Build what can be built, report each result, and record all in the manifest.

    A leaflet with an error in its own files, or that `refuse` names, is not built. Every older file that was made from other
    words or is refused now is removed, also of leaflets that were not asked for: what lies in output/ is current. An interrupted
    build records what it made. Raises SetupError where the folder holds the leaflets of another clinic, and LeafletsError where
    the clinic's words cannot be printed, both before anything is touched; and with every problem where what lies beside the
    leaflets has an error.
    """
    refuse_other_clinic(clinic, output)
    refuse_unprintable_clinic(project, clinic, jobs)
    known = read_manifest(output / "manifest.json")
    results = []
    ready = []
    for job in jobs:
        if found := (*find_blocking(project, job, problems), *refuse(job)):
            results.append(Result(job, (), found))
        elif kept := find_kept(project, job, clinic, output, known):
            results.append(kept)
        else:
            ready.append(job)
    for result in results:
        report(result)
    try:
        whole = add_pseudo(project, (job.locale for job in ready))
        for result in run_jobs(tuple(ready), whole, clinic, output, processes) if ready else ():
            results.append(result)
            report(result)
    finally:
        beside = record_results(project, clinic, output, results, refuse)
    if has_errors(beside):
        raise LeafletsError([*(problem for result in results for problem in result.problems), *beside])
    return tuple(sorted(results, key=lambda result: result.job))


def refuse_other_clinic(clinic: Clinic | None, output: Path) -> None:
    """The names of files do not tell clinics apart, so a folder belongs to one. Raises SetupError."""
    entries = read_manifest(output / "manifest.json").values()
    others = sorted({entry.clinic for entry in entries} - {"", clinic.name if clinic else ""})
    if others:
        raise SetupError(
            f'{output}/ holds the leaflets of "{others[0]}". Name another folder with --output, give that clinic with --clinic,'
            " or remove the folder"
        )


def refuse_unprintable_clinic(project: Project, clinic: Clinic | None, jobs: Iterable[Job]) -> None:
    """A mistake in the clinic's file must cost no leaflet that is there. The page of an edition in English has its fonts."""
    fonts = read_fonts(project.root / "templates")
    tags = {SOURCE_LOCALE if project.editions[job.edition].languages is EditionLanguages.SOURCE else job.locale for job in jobs}
    letters = {english_name(tag): fonts.characters(tag) for tag in sorted(tags) if fonts.typography(tag)}
    if clinic and (problems := list(check_letters(clinic, letters))):
        raise LeafletsError(problems)


def record_results(
    project: Project, clinic: Clinic | None, output: Path, results: Collection[Result], refuse: Refuse = refuse_nothing
) -> list[Problem]:
    """Bring the manifest and the folder in line with what was just built; gives what is wrong beside the leaflets.

    What was built before stays if it would be made from the same today; a file by the name of a leaflet that is on no record, as
    a build that was cut off leaves it, goes. A pseudo-locale is recorded as well, but lies on no desk.
    """
    known = read_manifest(output / "manifest.json")
    made = {entry.path: entry for result in results for entry in result.entries}
    kept = {path: entry for path, entry in known.items() if is_current(project, clinic, output, entry)}
    entries = {path: entry for path, entry in kept.items() if not refuse(name_job(entry))} | made
    jobs = plan_jobs(project, (), (*project.languages, *PSEUDO_LOCALES), (), ())
    possible = {job.path(draft, pages) for job in jobs for draft in (True, False) for pages in (True, False)}
    for path in (possible | known.keys()) - entries.keys():
        if (output / path).is_file():
            (output / path).unlink()
    settled = tuple(settle_page(output, entry, entries.keys()) for entry in entries.values())
    write_file(output / "manifest.json", format_manifest(settled, read_versions()).encode())
    lying = tuple(entry for entry in settled if not is_pseudo(entry.locale))
    stopped = [result.job for result in results if not result.entries and not is_pseudo(result.job.locale)]
    return write_site(project, clinic, output, lying, stopped)


def settle_page(output: Path, entry: BuiltFile, built: Collection[str]) -> BuiltFile:
    """Let a web page link to what was built and to nothing else. Its links are no input of it: they come and go with the files.

    A page that was changed by another hand keeps its entry, so that the next build makes it anew.
    """
    if entry.paper != SCREEN or not is_whole(output, entry):
        return entry
    old = (output / entry.path).read_bytes()
    new = settle_links(old.decode(), entry.path, built).encode()
    if new != old:
        write_file(output / entry.path, new)
    return replace(entry, sha256=hashlib.sha256(new).hexdigest(), bytes=len(new))


def name_job(entry: BuiltFile) -> Job:
    """Name the job that made a file."""
    return Job(entry.locale, entry.leaflet, entry.edition, entry.paper)


def is_current(project: Project, clinic: Clinic | None, output: Path, entry: BuiltFile) -> bool:
    """Whether a file of an earlier build would be made from the same today."""
    locales = {*project.languages, *PSEUDO_LOCALES}
    names = (project.leaflets, entry.leaflet), (locales, entry.locale), (project.editions, entry.edition)
    if not all(name in found for found, name in names) or not (output / entry.path).is_file():
        return False
    return entry.inputs == hash_inputs(project, name_job(entry), clinic)
