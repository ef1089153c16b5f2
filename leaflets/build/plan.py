"""What is known before anything is made.

Takes a `Project` and a `Selection`; gives a `Plan`: the jobs in their order, why some must not be done, and which files of
earlier builds would be made from the same today. Here the manifest is read, a file hashed, and what it is made from worked out:
once.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from leaflets.build.jobs import SCREEN, Job, Selection, check_selection, find_blocking, hash_inputs, is_known, list_jobs, name_job
from leaflets.build.manifest import BuiltFile, read_manifest
from leaflets.build.release import refuse_future, refuse_unreleased
from leaflets.checks.run import find_problems
from leaflets.content.clinic import check_letters, load_clinic
from leaflets.content.project import Project
from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import english_name
from leaflets.model import PAPERS, SOURCE_LOCALE, Edition, EditionLanguages
from leaflets.problems import LeafletsError, Problem, SetupError, Severity
from leaflets.profile import Clinic

Refuse = Callable[[Job], tuple[Problem, ...]]
"""Says why a job must not be done, whatever it would make; nothing if it may."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a build knows before it makes anything.

    `groups` are the jobs in their order: what is made of one is on record before the next begins. `blocked` says why a job must
    not be done, also one that made a file of the folder. `inputs` hashes what a job is made from, but for the links of a web
    page. `known` is the manifest as it was, `current` what of it would be made from the same today, but for files of these jobs
    that another hand changed, and `whole` the files that need not be made again. `shared` are errors that stop no job and yet
    fail the build.
    """

    project: Project
    clinic: Clinic | None
    output: Path
    today: date
    groups: tuple[tuple[Job, ...], ...]
    blocked: Mapping[Job, tuple[Problem, ...]]
    inputs: Mapping[Job, str]
    known: Mapping[str, BuiltFile]
    current: Mapping[str, BuiltFile]
    whole: Mapping[Job, tuple[BuiltFile, ...]]
    shared: tuple[Problem, ...] = ()

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(job for group in self.groups for job in group)


def plan_build(project: Project, selection: Selection, today: date, release: bool = False, watched: bool = False) -> Plan:
    """Read and check everything for a selection.

    With `release` only what may be handed out is made. `watched` means that somebody looks on: without names only what people
    look at first is made, and it comes in small groups. Raises LeafletsError and SetupError as `plan_work` does, and for a
    selection or a clinic's file that is wrong.
    """
    check_selection(project, selection)
    clinic = read_clinic(project, selection)
    problems = find_problems(project, read_fonts(project.root / "templates"))
    papers = selection.papers or ((clinic.paper,) if clinic and clinic.paper else tuple(PAPERS)[: 1 if watched else None])
    editions = selection.editions or (list_first(project.editions.values()) if watched else ())
    jobs = list_jobs(project, selection.leaflets, selection.locales, editions, papers)
    refuse = (refuse_unreleased if release else refuse_future)(project, today)
    plan = plan_work(project, problems, jobs, selection.output, clinic, refuse, today)
    shared = () if selection.partial else tuple(each for each in problems if each.severity is Severity.ERROR)
    size = 2 * (os.cpu_count() or 1)
    groups = group_jobs(jobs, {*plan.blocked, *plan.whole}, size) if watched else plan.groups
    return replace(plan, shared=shared, groups=tuple(filter(None, groups)) or ((),))


def read_clinic(project: Project, selection: Selection) -> Clinic | None:
    """Read the file of the clinic that is selected, if one is, with what its country brings. Raises LeafletsError."""
    return load_clinic(selection.clinic, project.countries.crisis_phones) if selection.clinic else None


def plan_work(
    project: Project,
    problems: tuple[Problem, ...],
    jobs: tuple[Job, ...],
    output: Path,
    clinic: Clinic | None,
    refuse: Refuse,
    today: date,
) -> Plan:
    """Plan jobs, all in one group, without a look at anything twice.

    Raises SetupError where the folder holds the leaflets of another clinic, and LeafletsError where the clinic's words cannot be
    printed.
    """
    known = read_manifest(output)
    refuse_other_clinic(clinic, output, known.values())
    refuse_unprintable_clinic(project, clinic, jobs)
    earlier = {path: name_job(entry) for path, entry in known.items() if is_known(project, entry)}
    inputs = {job: hash_inputs(project, job, clinic) for job in dict.fromkeys((*jobs, *earlier.values()))}
    current = {
        path: known[path]
        for path, job in earlier.items()
        if known[path].inputs == inputs[job] and (output / path).is_file() and not refuse(job)
    }
    blocked = {job: found for job in inputs if (found := (*find_blocking(project, job, problems), *refuse(job)))}
    free = {job for job in jobs if job not in blocked}
    whole = {job: kept for job in free if (kept := find_kept(project, job, output, current))}
    again = free - whole.keys()
    touched = {path for path, entry in current.items() if earlier[path] in again and not is_whole(output, entry)}
    left = {path: entry for path, entry in current.items() if path not in touched}
    return Plan(project, clinic, output, today, (jobs,), blocked, inputs, known, left, whole)


def list_first(editions: Iterable[Edition]) -> tuple[str, ...]:
    """Name the editions that somebody looks at first: the first one, and those for a screen."""
    ordered = sorted(editions, key=lambda edition: edition.order)
    return tuple(edition.name for edition in ordered if edition.screen or edition is ordered[0])


def group_jobs(jobs: Iterable[Job], settled: Collection[Job], size: int) -> Iterator[tuple[Job, ...]]:
    """Cut jobs into those that are settled, those for a screen, since they are quick, and groups of `size`, English first."""
    ordered = sorted(jobs, key=lambda job: (job.locale != SOURCE_LOCALE, job))
    yield tuple(job for job in ordered if job in settled)
    yield tuple(job for job in ordered if job not in settled and job.paper == SCREEN)
    slow = tuple(job for job in ordered if job not in settled and job.paper != SCREEN)
    yield from (slow[start : start + size] for start in range(0, len(slow), size))


def find_kept(project: Project, job: Job, output: Path, current: Mapping[str, BuiltFile]) -> tuple[BuiltFile, ...]:
    """Find the files of a job if they are current, whole, and made without a warning, which is said each time."""
    folded = project.editions[job.edition].folded
    for draft in (True, False):
        paths = [job.path(draft, pages) for pages in ((False, True) if folded else (False,))]
        if all(path in current and not current[path].warned and is_whole(output, current[path]) for path in paths):
            return tuple(current[path] for path in paths)
    return ()


def is_whole(output: Path, entry: BuiltFile) -> bool:
    return hashlib.sha256((output / entry.path).read_bytes()).hexdigest() == entry.sha256


def refuse_other_clinic(clinic: Clinic | None, output: Path, known: Iterable[BuiltFile]) -> None:
    """The names of files do not tell clinics apart, so a folder belongs to one. Raises SetupError."""
    others = sorted({entry.clinic for entry in known} - {"", clinic.name if clinic else ""})
    if others:
        raise SetupError(
            f'{output}/ holds the leaflets of "{others[0]}". Name another folder with --output, give that clinic with --clinic,'
            " or remove the folder"
        )


def refuse_unprintable_clinic(project: Project, clinic: Clinic | None, jobs: Iterable[Job]) -> None:
    """A mistake in the clinic's file must cost no leaflet that is there. The page of an edition in English has its fonts."""
    if clinic is None:
        return
    fonts = read_fonts(project.root / "templates")
    tags = {SOURCE_LOCALE if project.editions[job.edition].languages is EditionLanguages.SOURCE else job.locale for job in jobs}
    letters = {english_name(tag): fonts.characters(tag) for tag in sorted(tags) if fonts.typography(tag)}
    if problems := list(check_letters(clinic, letters)):
        raise LeafletsError(problems)
