"""From plans to the files in output/.

Takes a `Plan` for each clinic; gives an `Outcome` for each, the files, and the manifests. The command line and the server build
through here. A web page leads to the files beside it, so that it is made when they are there, and again when one came or went.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path

from leaflets.build.account import Account
from leaflets.build.cluster import open_cluster
from leaflets.build.jobs import SCREEN, Job, Links, list_jobs, name_job
from leaflets.build.leaflet import list_links
from leaflets.build.maker import Result
from leaflets.build.manifest import BuiltFile, note_file, write_manifest
from leaflets.build.plan import Plan
from leaflets.build.pool import RunTasks, open_crew
from leaflets.build.release import find_overdue
from leaflets.build.site.write import write_site
from leaflets.build.store import Store
from leaflets.build.worker import LIMITS, Limits
from leaflets.content.project import Project
from leaflets.files import fill_scratch, write_file
from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import is_pseudo
from leaflets.model import PSEUDO_LOCALES
from leaflets.problems import LeafletsError, Place, Problem, Rule, SetupError, Severity, has_errors, sort_problems
from leaflets.translation.pseudo import add_pseudo

EDITED_MEANWHILE = Rule(
    "edited-meanwhile",
    Severity.WARNING,
    "No file of the project is edited while a build runs.",
    "What was made is of the words and styles that the build began with, and the folder is out of date already.",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to: what became of each job, what there is to say, and the files of other jobs that were taken away.

    `good` says that all that was asked for is there, and that nothing else is wrong; `left` how many jobs were not begun. It
    `lasts` where a build that asks for the same would make nothing, and say the same. `lying` are the files on record.
    """

    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    gone: tuple[str, ...]
    good: bool
    left: int = 0
    lasts: bool = False
    lying: Mapping[str, BuiltFile] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        """What there is to tell of it."""
        summaries = tuple(result.summary for result in self.results)
        files = {path: entry.sha256 for path, entry in self.lying.items()}
        return Account(summaries, self.problems, self.gone, self.good, self.left, self.lasts, files)

    @property
    def stopped(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.entry is None)


def run_plan(
    plan: Plan,
    processes: int,
    report: Callable[[Result], None],
    go_on: Callable[[], bool] = lambda: True,
    recorded: Callable[[], None] = lambda: None,
    few: int = 0,
    limits: Limits = LIMITS,
    cache: Path | None = None,
    fail_fast: bool = False,
) -> Outcome:
    """Do the jobs of one plan, as `run_plans` does."""
    [outcome] = run_plans([plan], processes, lambda _, result: report(result), go_on, recorded, few, limits, cache, fail_fast)
    return outcome


def run_plans(
    plans: Sequence[Plan],
    processes: int,
    report: Callable[[Plan, Result], None],
    go_on: Callable[[], bool] = lambda: True,
    recorded: Callable[[], None] = lambda: None,
    few: int = 0,
    limits: Limits = LIMITS,
    cache: Path | None = None,
    fail_fast: bool = False,
    dask: str = "",
) -> list[Outcome]:
    """Do the jobs of plans for one project: build what can be built, report each result, and record all in the manifests.

    The same leaflet is made for one clinic after another, by processes that have its fonts and styles at hand.

    Every older file that was made from other words or is refused now is removed, also of leaflets that were not asked for: what
    lies in output/ is current. Before each group `go_on` is asked, and `recorded` is called when files of it were made and
    stand in the manifest. A `few` jobs at once, or all where there are to be no processes, are done in this one, without
    limits. Pages are looked for in `cache`, and put there. `dask` is the address of a cluster whose workers do the jobs
    instead. With `fail_fast` nothing is made after the first job that could not be done. What is broken off is recorded as
    far as it came. Raises LeafletsError with every problem where what lies beside the leaflets has an error, and SetupError
    where no process can begin.
    """
    with freeze_templates(plans[0].project) as frozen:
        works = [Work(replace(plan, project=frozen), partial(report, plan), fail_fast) for plan in plans]
        known = [((plan.output / path).absolute(), entry) for plan in plans for path, entry in plan.known.items()]
        there = {entry.page: (path, entry.sha256) for path, entry in known if entry.page and not entry.warnings}
        try:
            whole = add_pseudo(frozen, (job.locale for plan in plans for job in plan.inputs))
            clinics, store = [plan.clinic for plan in plans], Store(cache and cache.absolute(), there)
            crew = partial(open_crew, whole, clinics, processes, few, limits, store)
            with open_cluster(dask, whole, clinics, limits, store) if dask else crew() as run:
                for groups in zip_longest(*(plan.groups for plan in plans), fillvalue=()):
                    if is_over(works) or not go_on():
                        break
                    made = do_groups(works, groups, run)
                    for work in works:
                        if has_errors(beside := work.record(cut_off=is_over(works))):
                            raise LeafletsError([*work.list_problems(), *beside])
                    if made:
                        recorded()
        finally:
            for work in works:
                if work.unsettled:
                    work.record(cut_off=True)
        return [conclude(plan, work) for plan, work in zip(plans, works, strict=True)]


def is_over(works: Iterable["Work"]) -> bool:
    """Whether no more is to be made for any clinic."""
    return any(work.over for work in works)


def do_groups(works: Sequence["Work"], groups: Sequence[tuple[Job, ...]], run: RunTasks) -> bool:
    """Do a group of jobs for each clinic, web pages last, and those anew whose links changed; says whether files were made."""
    before = [dict(work.lying) for work in works]
    pairs = list(zip(works, groups, strict=True))
    make_jobs(works, [work.begin(group) for work, group in pairs], run)
    while not is_over(works) and any(due := [work.find_due(group) for work, group in pairs]):
        make_jobs(works, due, run)
    for work, group in pairs:
        work.end(group)
    return any(old.get(path) is not entry for work, old in zip(works, before, strict=True) for path, entry in work.lying.items())


def make_jobs(works: Sequence["Work"], jobs: Sequence[Mapping[Job, Links]], run: RunTasks) -> None:
    """Make the files of jobs for each clinic, a job of all clinics before the next."""
    order = {job: number for number, job in enumerate(dict.fromkeys(job for each in jobs for job in each))}
    tasks = {(job, clinic): links for clinic, each in enumerate(jobs) for job, links in each.items()}
    waiting = {task: tasks[task] for task in sorted(tasks, key=lambda task: (order[task[0]], task[1]))}
    for task, result in () if is_over(works) else run(waiting):
        works[task[1]].take(result, tasks[task])
        if is_over(works):
            break


def conclude(plan: Plan, work: "Work") -> Outcome:
    """Say what a build came to."""
    results = tuple(sorted(work.results.values(), key=lambda result: result.job))
    leaflets = (plan.project.leaflets[result.job.leaflet] for result in results if result.entry)
    passing = (*find_edited(plan.project, work.fonts), *plan.noticed)  # is not to be said again by the next build
    more = (*find_overdue(leaflets, plan.today), *passing, *plan.shared, *plan.notes)
    gone = tuple(
        sorted(path for path, entry in plan.known.items() if path not in work.lying and name_job(entry) not in work.asked)
    )
    good = bool(results or plan.part) and all(result.entry for result in results) and not plan.shared
    left = len(work.asked - work.results.keys())
    lasts = not (left or passing) and all(result.entry or result.job in plan.blocked for result in results)
    return Outcome(results, sort_problems([*work.list_problems(), *more]), gone, good, left, lasts, work.lying)


def stamp_fonts(project: Project) -> tuple[tuple[int, ...], ...]:
    """Tell whether the fonts, which are too large to copy, are replaced during a build; between builds their hashes tell."""
    paths = (font.path for font in read_fonts(project.root / "templates").fonts)
    stats = (path.stat() for path in paths if path.exists())
    return tuple((each.st_ino, each.st_size, each.st_mtime_ns, each.st_ctime_ns) for each in stats)


def find_edited(project: Project, fonts: tuple[tuple[int, ...], ...]) -> Iterator[Problem]:
    """Name the files that are others than those that were read: what was made is out of date already."""
    if fonts != stamp_fonts(project):
        said = "fonts were replaced during the build, so that no build keeps what it made"
        yield EDITED_MEANWHILE.at(Place("templates/fonts"), said, "Build again.")
    for name, known in project.hashes.items():
        path = project.root / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != known:
            yield EDITED_MEANWHILE.at(Place(name), "this was edited during the build, which used it as it was", "Build again.")


def keep(job: Job, entries: tuple[BuiltFile, ...]) -> Result:
    """Leave files as they are, and say again what was said when they were made."""
    return Result(job, entries, tuple(dict.fromkeys(each for entry in entries for each in entry.warnings)), kept=True)


@contextmanager
def freeze_templates(project: Project) -> Iterator[Project]:
    """Give a project whose templates and styles are a copy of those that were hashed, whatever is edited meanwhile.

    Fonts are held to hashes of their own. Raises SetupError where somebody edits them at this moment, and on a full disk.
    """
    with tempfile.TemporaryDirectory(prefix="leaflets-") as scratch:
        root = Path(scratch)
        for name in (each for each in project.hashes if each.startswith("templates/")):
            data = (project.root / name).read_bytes() if (project.root / name).is_file() else b""
            if hashlib.sha256(data).hexdigest() != project.hashes[name]:
                raise SetupError(f"{name} was changed while it was read. Run it again")
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            with fill_scratch(root):
                (root / name).write_bytes(data)
        fonts = root / "templates" / "fonts"
        fonts.mkdir(exist_ok=True)
        for font in (project.root / "templates" / "fonts").resolve().iterdir():
            if not (fonts / font.name).exists():
                (fonts / font.name).symlink_to(font)
        yield replace(project, root=root)


class Work:
    """How far a plan is: `lying` are the files of the folder that are current, `results` says what became of each job.

    `possible` are the paths that a leaflet could have: what lies there without a record is of a build that was cut off.
    """

    def __init__(self, plan: Plan, report: Callable[[Result], None], fail_fast: bool = False) -> None:
        self.plan, self.report, self.asked, self.fail_fast = plan, report, frozenset(plan.jobs), fail_fast
        self.lying = dict(plan.current)
        jobs = list_jobs(plan.project, (), (*plan.project.languages, *PSEUDO_LOCALES), (), ())
        self.possible = {path for job in jobs for path in job.list_paths()}
        self.results: dict[Job, Result] = {}
        self.made: set[str] = set()
        self.fonts = stamp_fonts(plan.project)
        self.unsettled = False

    @property
    def over(self) -> bool:
        """Whether no more is to be made."""
        return self.fail_fast and not all(result.entry for result in self.results.values())

    @property
    def waiting(self) -> set[Job]:
        """The web pages that are still to come."""
        return {job for job in self.asked - self.results.keys() - self.plan.blocked.keys() if job.paper == SCREEN}

    def list_problems(self) -> list[Problem]:
        return [problem for result in self.results.values() for problem in result.problems]

    def begin(self, group: tuple[Job, ...]) -> dict[Job, Links]:
        """Begin a group of jobs with those that need no work; gives those that are to be printed."""
        self.unsettled = True
        for job in group:
            if problems := self.plan.blocked.get(job):
                self.note(Result(job, (), problems))
            elif job.paper != SCREEN and (kept := self.plan.whole.get(job)):
                self.note(keep(job, kept))
        return {job: {} for job in group if job.paper != SCREEN and job not in self.results}

    def end(self, group: tuple[Job, ...]) -> None:
        """End a group with the web pages that stay as they are."""
        for job in group:
            if job not in self.results and job in self.plan.whole:
                self.note(keep(job, self.plan.whole[job]))

    def find_due(self, group: Iterable[Job]) -> dict[Job, Links]:
        """Find the web pages to make, with their links: those of the group, and those that lie there with other links.

        Pages lead to each other, so one that is still waited for counts as there until it fails.
        """
        waiting = self.waiting
        pages = {name_job(entry): entry for entry in self.lying.values() if entry.paper == SCREEN}
        there = {name_job(entry): path for path, entry in self.lying.items()} | {job: job.path(False) for job in waiting}
        failed = {job for job, result in self.results.items() if not result.entries}
        due: dict[Job, Links] = {}
        for job in sorted((waiting.intersection(group) | pages.keys()) - failed - self.plan.blocked.keys()):
            links = {link: there[link] for link in list_links(self.plan.project, job, self.plan.clinic) if link in there}
            stays = job in pages and pages[job].links == tuple(links.values())
            if not stays or (job in waiting and job not in self.plan.whole):
                due[job] = links
        return due

    def take(self, result: Result, links: Links) -> None:
        """Put the files that were made of a job in their place.

        What is to lead to other files than it does is on no record until that is done, so that no page whose making fails or is
        cut off stays.
        """
        job = result.job
        if (old := self.lying.get(job.path(False))) and old.links != tuple(links.values()):
            del self.lying[old.path]
        entries = tuple(replace(entry, inputs=self.plan.inputs[job]) for entry in result.entries)
        for entry, data in zip(entries, result.data, strict=True):
            note_file(self.plan.output, entry)
            write_file(self.plan.output / entry.path, data)
            self.lying[entry.path] = entry
            self.made.add(entry.path)
        self.note(replace(result, entries=entries, data=()))

    def note(self, result: Result) -> None:
        """Note what became of a job, and report it; a page that was made again for its links alone is no news."""
        new = result.job not in self.results
        if result.job in self.asked or not result.entry:
            self.results[result.job] = result
            if new or not result.entry:
                self.report(result)

    def record(self, cut_off: bool = False) -> list[Problem]:
        """Bring the manifest and the folder in line with what lies there; gives what is wrong beside the leaflets.

        A page that leads to nothing goes, also to a page that was waited for where the build is cut off. So does a file by the
        name of a leaflet that is on no record. A pseudo-locale is recorded as well, but lies on no desk.
        """
        plan = self.plan
        there = self.lying.keys() | (set() if cut_off else {job.path(False) for job in self.waiting})
        while dead := {path for path, entry in self.lying.items() if not there.issuperset(entry.links)}:
            self.lying = {path: entry for path, entry in self.lying.items() if path not in dead}
            there -= dead
        for path in (self.possible | plan.known.keys()) - self.lying.keys():
            if (plan.output / path).is_file():
                (plan.output / path).unlink()
        if self.fonts != stamp_fonts(plan.project):  # what was made may be of others, and is to be kept by no build
            self.lying |= {path: replace(self.lying[path], inputs="", page="") for path in self.made & self.lying.keys()}
        write_manifest(plan.output, self.lying.values())
        desk = tuple(entry for entry in self.lying.values() if not is_pseudo(entry.locale))
        stopped = [result.job for result in self.results.values() if not result.entries and not is_pseudo(result.job.locale)]
        self.unsettled = bool(self.waiting)
        return write_site(plan.project, plan.clinic, plan.output, desk, stopped)
