"""From a plan to the files in output/.

Takes a `Plan`; gives an `Outcome`, the files, and the manifest. The command line and the server build through here. A web page
leads to the files beside it, so that it is made when they are there, and again when one came or went.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from leaflets.build.jobs import SCREEN, Job, Links, list_jobs, name_job
from leaflets.build.leaflet import list_links
from leaflets.build.manifest import write_manifest
from leaflets.build.plan import Plan
from leaflets.build.pool import Result, RunJobs, open_crew
from leaflets.build.release import find_overdue
from leaflets.build.site.write import write_site
from leaflets.files import write_file
from leaflets.languages.locales import is_pseudo
from leaflets.model import PSEUDO_LOCALES
from leaflets.problems import LeafletsError, Problem, has_errors, sort_problems
from leaflets.translation.pseudo import add_pseudo


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to: what became of each job, what there is to say, and the files of other jobs that were taken away.

    `good` says that all that was asked for is there, and that nothing else is wrong.
    """

    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    gone: tuple[str, ...]
    good: bool

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
) -> Outcome:
    """Do the jobs of a plan: build what can be built, report each result, and record all in the manifest.

    Every older file that was made from other words or is refused now is removed, also of leaflets that were not asked for: what
    lies in output/ is current. Before each group `go_on` is asked, and `recorded` is called when files of it were made and stand
    in the manifest. A `few` jobs at once are done in this process. What is broken off is recorded as far as it came. Raises
    LeafletsError with every problem where what lies beside the leaflets has an error.
    """
    work = Work(plan, report)
    try:
        whole = add_pseudo(plan.project, (job.locale for job in plan.inputs))
        with open_crew(whole, plan.clinic, processes, few) as run:
            for group in plan.groups:
                if not go_on():
                    break
                made = work.do(group, run)
                if has_errors(beside := work.record()):
                    raise LeafletsError([*work.list_problems(), *beside])
                if made:
                    recorded()
    finally:
        if work.unsettled:
            work.record(cut_off=True)
    results = tuple(sorted(work.results.values(), key=lambda result: result.job))
    leaflets = (plan.project.leaflets[result.job.leaflet] for result in results if result.entry)
    said = sort_problems([*work.list_problems(), *find_overdue(leaflets, plan.today), *plan.shared])
    gone = tuple(
        sorted(path for path, entry in plan.known.items() if path not in work.lying and name_job(entry) not in work.asked)
    )
    return Outcome(results, said, gone, bool(results) and all(result.entry for result in results) and not plan.shared)


class Work:
    """How far a plan is: `lying` are the files of the folder that are current, `results` says what became of each job.

    `possible` are the paths that a leaflet could have: what lies there without a record is of a build that was cut off.
    """

    def __init__(self, plan: Plan, report: Callable[[Result], None]) -> None:
        self.plan, self.report, self.asked = plan, report, frozenset(plan.jobs)
        self.lying = dict(plan.current)
        jobs = list_jobs(plan.project, (), (*plan.project.languages, *PSEUDO_LOCALES), (), ())
        self.possible = {job.path(draft, pages) for job in jobs for draft in (True, False) for pages in (True, False)}
        self.results: dict[Job, Result] = {}
        self.unsettled = False

    @property
    def waiting(self) -> set[Job]:
        """The web pages that are still to come."""
        return {job for job in self.asked - self.results.keys() - self.plan.blocked.keys() if job.paper == SCREEN}

    def list_problems(self) -> list[Problem]:
        return [problem for result in self.results.values() for problem in result.problems]

    def do(self, group: tuple[Job, ...], run: RunJobs) -> bool:
        """Do a group of jobs, web pages last, and make those anew whose links changed; says whether files were made."""
        self.unsettled = True
        before = dict(self.lying)
        for job in group:
            if problems := self.plan.blocked.get(job):
                self.note(Result(job, (), problems))
            elif job.paper != SCREEN and (kept := self.plan.whole.get(job)):
                self.note(Result(job, kept, (), kept=True))
        self.make({job: {} for job in group if job.paper != SCREEN and job not in self.results}, run)
        while due := self.find_due(group):
            self.make(due, run)
        for job in group:
            if job not in self.results:
                self.note(Result(job, self.plan.whole[job], (), kept=True))
        return any(before.get(path) is not entry for path, entry in self.lying.items())

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

    def make(self, jobs: Mapping[Job, Links], run: RunJobs) -> None:
        """Make files and put them in their place.

        What is to lead to other files than it does is on no record until that is done, so that no page whose making fails or is
        cut off stays.
        """
        for result in run(jobs):
            job, links = result.job, tuple(jobs[result.job].values())
            if (old := self.lying.get(job.path(False))) and old.links != links:
                del self.lying[old.path]
            entries = tuple(replace(entry, inputs=self.plan.inputs[job]) for entry in result.entries)
            for entry, data in zip(entries, result.data, strict=True):
                write_file(self.plan.output / entry.path, data)
                self.lying[entry.path] = entry
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
        write_manifest(plan.output, self.lying.values())
        desk = tuple(entry for entry in self.lying.values() if not is_pseudo(entry.locale))
        stopped = [result.job for result in self.results.values() if not result.entries and not is_pseudo(result.job.locale)]
        self.unsettled = bool(self.waiting)
        return write_site(plan.project, plan.clinic, plan.output, desk, stopped)
