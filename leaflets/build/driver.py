"""From a plan to the files in output/.

Takes a `Plan`; gives an `Outcome`, the files, and the manifest. The command line and the server build through here. A web page
leads to the files beside it, so that it is made when they are there, and again when one came or went.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from leaflets.build.jobs import SCREEN, Job, add_links, plan_jobs
from leaflets.build.leaflet import list_links
from leaflets.build.manifest import format_manifest, read_versions
from leaflets.build.plan import Plan, name_job
from leaflets.build.pool import Links, Result, Run, open_crew
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
        whole = add_pseudo(plan.project, (job.locale for job in plan.jobs))
        with open_crew(whole, plan.clinic, plan.output, processes, few) as run:
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
            work.waiting.clear()
            work.record()
    results = tuple(sorted(work.results.values(), key=lambda result: result.job))
    leaflets = (plan.project.leaflets[result.job.leaflet] for result in results if result.entry)
    said = sort_problems([*work.list_problems(), *find_overdue(leaflets, plan.today), *plan.shared])
    gone = tuple(
        sorted(path for path, entry in plan.known.items() if path not in work.lying and name_job(entry) not in work.asked)
    )
    return Outcome(results, said, gone, bool(results) and all(result.entry for result in results) and not plan.shared)


class Work:
    """How far a plan is: `lying` are the files of the folder that are current, `waiting` the web pages that are still to come."""

    def __init__(self, plan: Plan, report: Callable[[Result], None]) -> None:
        self.plan, self.report, self.asked = plan, report, frozenset(plan.jobs)
        self.lying = dict(plan.current)
        self.waiting = {job for job in plan.jobs if job.paper == SCREEN and job not in plan.blocked}
        self.links = {name_job(entry): entry.links for entry in self.lying.values() if entry.paper == SCREEN}
        self.results: dict[Job, Result] = {}
        self.unsettled = False

    def list_problems(self) -> list[Problem]:
        return [problem for result in self.results.values() for problem in result.problems]

    def do(self, group: tuple[Job, ...], run: Run) -> bool:
        """Do a group of jobs, web pages last, and make those anew whose links changed; says whether files were made."""
        self.unsettled = True
        before = dict(self.lying)
        ready: dict[Job, Links] = {}
        for job in group:
            if problems := self.plan.blocked.get(job):
                self.note(Result(job, (), problems))
            elif job.paper != SCREEN and (kept := self.plan.whole.get(job)):
                self.note(Result(job, kept, (), kept=True))
            elif job.paper != SCREEN:
                ready[job] = ()
        self.make(ready, run)
        while due := self.find_due(group):
            self.make(due, run)
        return any(before.get(path) is not entry for path, entry in self.lying.items())

    def make(self, jobs: Mapping[Job, Links], run: Run) -> None:
        for result in run(jobs):
            self.take(result, jobs[result.job])

    def find_due(self, group: Iterable[Job]) -> dict[Job, Links]:
        """Find the web pages to make, with their links: those of the group, and those that lie there with other links.

        Pages lead to each other, so one that is still waited for counts as there until it fails.
        """
        there = {name_job(entry): path for path, entry in self.lying.items()} | {job: job.path(False) for job in self.waiting}
        due = {}
        for job in dict.fromkeys((*(job for job in group if job in self.waiting), *(self.links.keys() - self.plan.blocked))):
            wanted = list_links(self.plan.project, job, self.plan.clinic)
            links = tuple(there[link] for link in wanted if link in there)
            if self.links.get(job) != links or (job in self.waiting and job not in self.plan.whole):
                due[job] = links
            elif job in self.waiting:
                self.waiting.discard(job)
                self.note(Result(job, self.plan.whole[job], (), kept=True))
        return dict(sorted(due.items()))

    def take(self, result: Result, links: Links) -> None:
        """Take what a job made. A page that cannot be made with the links that it should have now is no longer current."""
        job = result.job
        entries = tuple(replace(each, inputs=add_links(self.plan.inputs[job], each.links)) for each in result.entries)
        self.waiting.discard(job)
        self.lying |= {entry.path: entry for entry in entries}
        if entries and job.paper == SCREEN:
            self.links[job] = links
        elif job.paper == SCREEN and self.links.pop(job, links) != links:
            self.lying.pop(job.path(False), None)
        self.note(replace(result, entries=entries))

    def note(self, result: Result) -> None:
        """Note what became of a job, and report it; a page that was made again for its links alone is no news."""
        new = result.job not in self.results
        if result.job in self.asked or not result.entry:
            self.results[result.job] = result
            if new or not result.entry:
                self.report(result)

    def record(self) -> list[Problem]:
        """Bring the manifest and the folder in line with what lies there; gives what is wrong beside the leaflets.

        A page that leads to nothing goes, and so does a file by the name of a leaflet that is on no record, as a build that was
        cut off leaves it. A pseudo-locale is recorded as well, but lies on no desk.
        """
        plan = self.plan
        there = self.lying.keys() | {job.path(False) for job in self.waiting}
        while dead := {path for path, entry in self.lying.items() if not there.issuperset(entry.links)}:
            self.lying = {path: entry for path, entry in self.lying.items() if path not in dead}
            there -= dead
        jobs = plan_jobs(plan.project, (), (*plan.project.languages, *PSEUDO_LOCALES), (), ())
        possible = {job.path(draft, pages) for job in jobs for draft in (True, False) for pages in (True, False)}
        for path in (possible | plan.known.keys()) - self.lying.keys():
            if (plan.output / path).is_file():
                (plan.output / path).unlink()
        write_file(plan.output / "manifest.json", format_manifest(self.lying.values(), read_versions()).encode())
        desk = tuple(entry for entry in self.lying.values() if not is_pseudo(entry.locale))
        stopped = [result.job for result in self.results.values() if not result.entries and not is_pseudo(result.job.locale)]
        self.unsettled = bool(self.waiting)
        return write_site(plan.project, plan.clinic, plan.output, desk, stopped)
