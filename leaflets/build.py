"""From a project to the files in output/: plan, pool, record.

Takes a checked `Project` and a selection; gives a `Result` per job, the files, and the manifest. A job is a plain tuple of
names, so another executor can run it; each worker keeps one warm `Engine`. One bad leaflet never stops the others.
"""

import hashlib
import json
import os
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from leaflets.compose import compose_document
from leaflets.facts import read_pdf_facts
from leaflets.localize import localize_topic
from leaflets.manifest import Entry, format_manifest, read_manifest, read_versions
from leaflets.model import PAPERS, SOURCE_LOCALE, Clinic, Leaflet, Status, Topic, list_units
from leaflets.pdf import Engine
from leaflets.problems import LeafletsError, Place, Problem, Rule, SetupError, Severity, has_errors
from leaflets.project import Language, Project
from leaflets.render import PAGE_MESSAGE, render_counter, render_html
from leaflets.review import find_status, least_status
from leaflets.verify import verify_pdf

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
NOTHING_SELECTED = Rule(
    "nothing-selected", Severity.ERROR, "A selection names what exists.", "A mistyped language would silently build nothing."
)


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """One file to make."""

    locale: str
    leaflet: str
    paper: str

    def __str__(self) -> str:
        return f"{self.leaflet} {self.locale} {self.paper}"

    def path(self, draft: bool) -> str:
        return f"{self.locale}/{self.leaflet}-{self.paper}{'-DRAFT' if draft else ''}.pdf"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a job: its manifest entry, or the problems that stopped it."""

    job: Job
    entry: Entry | None
    problems: tuple[Problem, ...]


def plan_jobs(project: Project, leaflets: Iterable[str], locales: Iterable[str], papers: Iterable[str]) -> tuple[Job, ...]:
    """List the files to make, sorted by language so that a worker meets the same fonts again. Empty means all."""
    return tuple(
        sorted(
            Job(locale, leaflet, paper)
            for leaflet in leaflets or project.leaflets
            for locale in locales or project.languages
            for paper in papers or PAPERS
        )
    )


def list_inputs(project: Project, job: Job) -> list[str]:
    """Name every file of the project that a job is made from."""
    topics = set(list_topics(project.leaflets[job.leaflet]))
    own = {f"content/leaflets/{job.leaflet}.yaml", "content/references.yaml", "translations/messages.pot"}
    for locale in (SOURCE_LOCALE, job.locale):
        own |= {f"content/topics/{locale}/{topic}.yaml" for topic in topics}
        own |= {f"content/terms/{locale}.yaml", f"translations/{locale}/review.yaml", f"content/topics/{locale}"}
        own |= {f"translations/{locale}/LC_MESSAGES/messages.po"}
    return sorted(own)


def list_topics(leaflet: Leaflet) -> tuple[str, ...]:
    return (leaflet.cover, *leaflet.topics)


def find_blocking(project: Project, job: Job, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Pick the errors that lie in a job's own files, or in the fonts that all share."""
    own = set(list_inputs(project, job))
    return tuple(
        each
        for each in problems
        if each.severity is Severity.ERROR and (each.place.path in own or each.place.path.startswith("templates/"))
    )


def hash_inputs(project: Project, job: Job, clinic: Clinic | None) -> str:
    """Hash all that decides the bytes of a job's file."""
    templates = sorted(
        path for path in (project.root / "templates").rglob("*") if path.suffix in (".html", ".css", ".toml", ".svg")
    )
    tree = {
        "files": {name: project.hashes[name] for name in list_inputs(project, job) if name in project.hashes},
        "templates": [hashlib.sha256(path.read_bytes()).hexdigest() for path in templates],
        "clinic": repr(clinic),
        "job": str(job),
        "tools": read_versions(),
    }
    return hashlib.sha256(json.dumps(tree, sort_keys=True).encode()).hexdigest()


def find_job_status(language: Language, topics: Iterable[Topic]) -> Status:
    """The status of a leaflet: that of its least checked unit."""
    units = (unit for topic in topics for unit in list_units(topic))
    return least_status(find_status(text.words, language.records.get(name)) for name, text in units)


def make_leaflet(project: Project, job: Job, engine: Engine, clinic: Clinic | None) -> tuple[bytes, Entry, tuple[Problem, ...]]:
    """Make one leaflet in memory: localize, compose, render, write, verify. The project was checked before."""
    leaflet, language = project.leaflets[job.leaflet], project.languages[job.locale]
    source = {name: project.topics[name] for name in list_topics(leaflet)}
    translated = job.locale != SOURCE_LOCALE
    topics = {name: localize_topic(topic, language.words) if translated else topic for name, topic in source.items()}
    document = compose_document(
        leaflet,
        job.locale,
        topics,
        source[leaflet.cover].title.words if translated else "",
        language.terms,
        language.messages,
        project.references,
        project.pictures,
        find_job_status(language, topics.values()),
        clinic,
    )
    html = render_html(document, project.root / "templates")
    counter = render_counter(document.messages[PAGE_MESSAGE])
    path = job.path(document.draft)
    budget = leaflet.pages if job.paper == "a4" else 0
    data, complaints = engine.write_pdf(html, job.locale, job.paper, counter, path, budget, clinic.logo if clinic else None)
    facts = read_pdf_facts(data, engine.fonts.dotted_circles)
    problems = (*complaints, *verify_pdf(facts, html, document, engine.fonts, budget, path))
    entry = Entry(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        pages=facts.pages,
        leaflet=job.leaflet,
        locale=job.locale,
        paper=job.paper,
        version=leaflet.version,
        issued=document.issued_iso,
        status=str(document.status),
        draft=document.draft,
        inputs=hash_inputs(project, job, clinic),
    )
    return data, entry, problems


def run_job(project: Project, job: Job, engine: Engine, clinic: Clinic | None, output: Path) -> Result:
    """Make one leaflet and put it in its place; whatever goes wrong becomes a problem of this job alone."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        data, entry, problems = make_leaflet(project, job, engine, clinic)
    except (Exception, FatalURLFetchingError) as error:
        said = f"{type(error).__name__}: {error}"[:300]
        return Result(
            job, None, (RENDERER_FAULT.at(Place(job.path(True)), said, "This is a fault of the tool or its templates."),)
        )
    if has_errors(problems):
        return Result(job, None, problems)
    write_file(output / entry.path, data)
    return Result(job, entry, problems)


def write_file(path: Path, data: bytes) -> None:
    """Replace a file whole or not at all. Raises SetupError where the disk refuses."""
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
                    job, None, (WORKER_DIED.at(Place(job.path(True)), message, "Build it alone, and look at the system log."),)
                )


def build_leaflets(
    project: Project,
    problems: tuple[Problem, ...],
    jobs: tuple[Job, ...],
    output: Path,
    clinic: Clinic | None,
    processes: int,
    report: Callable[[Result], None],
) -> tuple[Result, ...]:
    """Build what can be built, report each result, and record all in the manifest.

    A leaflet with an error in its own files is not built, and its older file is removed if it was made from other words:
    what lies in output/ is current.
    """
    blocked = {job: found for job in jobs if (found := find_blocking(project, job, problems))}
    results = []
    for job, found in blocked.items():
        results.append(Result(job, None, found))
        report(results[-1])
    ready = tuple(job for job in jobs if job not in blocked)
    for result in run_jobs(ready, project, clinic, output, processes) if ready else ():
        results.append(result)
        report(result)
    record_results(project, clinic, output, results)
    return tuple(sorted(results, key=lambda result: result.job))


def record_results(project: Project, clinic: Clinic | None, output: Path, results: Iterable[Result]) -> None:
    """Bring the manifest and the folder in line with what was just built."""
    entries = {path: entry for path, entry in read_manifest(output / "manifest.json").items() if (output / path).is_file()}
    for result in results:
        for draft in (True, False):
            path = result.job.path(draft)
            if result.entry and result.entry.path == path:
                entries[path] = result.entry
            elif path in entries and (result.entry or entries[path].inputs != hash_inputs(project, result.job, clinic)):
                del entries[path]
                (output / path).unlink(missing_ok=True)
    write_file(output / "manifest.json", format_manifest(entries.values(), read_versions()).encode())


def select_names(kind: str, wanted: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Check names given by the user. Raises LeafletsError that offers what was meant."""
    from difflib import get_close_matches

    names, known = tuple(wanted), tuple(known)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise LeafletsError(
            NOTHING_SELECTED.at(
                Place(name),
                f'there is no {kind} "{name}"'
                + (f'; did you mean "{close[0]}"?' if (close := get_close_matches(name, known, 1)) else ""),
                f"There are {', '.join(known)}.",
            )
            for name in unknown
        )
    return names
