"""What is known before anything is made.

Takes a `Project` and a `Selection`; gives a `Plan`: the jobs in their order, why some must not be done, and which files of
earlier builds would be made from the same today. Here the manifest is read, a file hashed, and what it is made from worked out:
once.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from leaflets.build.account import Selection
from leaflets.build.jobs import (
    SCREEN,
    Job,
    check_selection,
    find_blocking,
    hash_inputs,
    hash_look,
    is_known,
    list_job_units,
    list_jobs,
    name_job,
)
from leaflets.build.leaflet import make_documents
from leaflets.build.manifest import BuiltFile, is_whole, read_record
from leaflets.build.release import refuse_future, refuse_unreleased
from leaflets.build.shards import choose_shard
from leaflets.checks.run import find_problems
from leaflets.content.clinic import load_clinic
from leaflets.content.clinic_words import check_words
from leaflets.content.examples import EXAMPLE_VALUE, find_examples
from leaflets.content.logo import BAD_LOGO
from leaflets.content.project import Project
from leaflets.edition import PAPERS, Edition, EditionLanguages, Print
from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import english_name, is_pseudo
from leaflets.model import SOURCE_LOCALE
from leaflets.pdf.logo import find_undrawable
from leaflets.problems import WAITING, LeafletsError, Place, Problem, Rule, SetupError, Severity
from leaflets.profile import Clinic
from leaflets.translation.units import find_print, has_begun

SHEET_ONLY = Rule(
    "sheet-only",
    Severity.ERROR,
    "A leaflet is asked for in a language that has the words of its sheet only.",
    "A list of all the words that are missing would not say that there is something to hand out.",
)
Refuse = Callable[[Job], tuple[Problem, ...]]
"""Says why a job must not be done, whatever it would make; nothing if it may."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a build knows before it makes anything.

    `groups` are the jobs in their order: what is made of one is on record before the next begins. `blocked` says why a job must
    not be done, also one that made a file of the folder. `inputs` hashes what a job is made from, but for the links of a web
    page. `known` is the manifest as it was, `current` what of it would be made from the same today, but for files that
    another hand changed, and `whole` the files that need not be made again. `noticed` is what is wrong with the folder, `shared`
    are errors that may stop no job and yet fail the build: of files as a whole, or of texts that the jobs print; `notes` are
    warnings of what all jobs share. A `part` of a larger build may have no jobs.
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
    noticed: tuple[Problem, ...] = ()
    shared: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    part: bool = False

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(job for group in self.groups for job in group)


def plan_build(
    project: Project,
    selection: Selection,
    today: date,
    release: bool = False,
    watched: bool = False,
    problems: tuple[Problem, ...] | None = None,
    shard: tuple[int, int] = (1, 1),
) -> Plan:
    """Read and check everything for a selection.

    `problems` are those of the project, where they are known already. With `release` only what may be handed out is made.
    `watched` means that somebody looks on: without names only what people look at first is made, and it comes in small groups.
    Of a `shard`, a number and how many there are, only its part is made.

    Raises LeafletsError and SetupError as `plan_work` does, and for a selection or a clinic's file that is wrong.
    """
    check_selection(project, selection)
    clinic = read_clinic(project, selection)
    if problems is None:
        problems = find_problems(project, read_fonts(project.root / "templates"), selection.locales)
    papers = selection.papers or ((clinic.paper,) if clinic and clinic.paper else tuple(PAPERS)[: 1 if watched else None])
    editions = selection.editions or (() if selection.every else list_first(project.editions.values(), watched))
    first = not (selection.every or selection.prints)
    jobs = list_jobs(project, selection.leaflets, selection.locales, editions, papers, selection.prints, first)
    if shard != (1, 1):
        jobs = choose_shard(project, jobs, *shard)
    refuse = (refuse_unreleased if release else refuse_future)(project, today)
    plan = plan_work(project, problems, jobs, selection.output, clinic, refuse, today)
    rests = frozenset(unit for job in jobs for unit in list_job_units(project, job))
    errors = (each for each in problems if each.severity is Severity.ERROR)
    shared = () if selection.partial else tuple(each for each in errors if not each.units or not rests.isdisjoint(each.units))
    size = 2 * (os.cpu_count() or 1)
    groups = group_jobs(jobs, {*plan.blocked, *plan.whole}, size) if watched else plan.groups
    notes, part = check_examples(plan, release), shard != (1, 1)
    return replace(plan, shared=shared, notes=notes, part=part, groups=tuple(filter(None, groups)) or ((),))


def check_examples(plan: Plan, release: bool) -> tuple[Problem, ...]:
    """Give what nobody has filled in of the clinic's file, as warnings. Raises LeafletsError where it would be in no draft."""
    found = tuple(find_examples(plan.clinic)) if plan.clinic else ()
    if plan.clinic and found and (release or any(is_final(plan.project, job) for job in plan.jobs if job not in plan.blocked)):
        raise LeafletsError(find_examples(plan.clinic, EXAMPLE_VALUE))
    return found


def is_final(project: Project, job: Job) -> bool:
    """Whether what a job makes is no draft. A job that is blocked cannot be asked."""
    return not is_pseudo(job.locale) and not make_documents(project, job, None)[0].draft


def read_clinic(project: Project, selection: Selection) -> Clinic | None:
    """Read the file of the clinic that is selected, if one is, with what its country brings. Raises LeafletsError."""
    clinic = load_clinic(selection.clinic, project.countries.crisis_phones) if selection.clinic else None
    if clinic and clinic.logo and (said := find_undrawable(clinic.logo, project.root / "templates")):
        raise LeafletsError([BAD_LOGO.at(clinic.places["logo"], said, "Save it as PNG, or leave it out.")])
    return clinic


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
    record, noticed = read_record(output)
    known = {path: entry for path, entry in record.items() if path in name_job(entry).list_paths()}
    refuse_other_clinic(clinic, output, known.values())
    refuse_unprintable_clinic(project, clinic, jobs)
    earlier = {path: name_job(entry) for path, entry in known.items() if is_known(project, entry)}
    look = hash_look(project)
    inputs = {job: hash_inputs(project, job, clinic, look) for job in dict.fromkeys((*jobs, *earlier.values()))}
    current = {
        path: known[path]
        for path, job in earlier.items()
        if known[path].inputs == inputs[job] and is_whole(output, known[path]) and not refuse(job)
    }
    blocked = {
        job: found
        for job in inputs
        if (found := (*offer_sheet(project, job, find_blocking(project, job, problems)), *refuse(job)))
    }
    free = {job for job in jobs if job not in blocked}
    whole = {job: kept for job in free if (kept := find_kept(project, job, current))}
    return Plan(project, clinic, output, today, (jobs,), blocked, inputs, known, current, whole, noticed)


def offer_sheet(project: Project, job: Job, found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Say that there is the sheet, in place of all the words that a leaflet lacks which a language has not begun."""
    begun = has_begun(project, job.locale, job.leaflet, job.rests)
    if begun or find_print(project, job.leaflet, job.locale) is not Print.SHEET:
        return found
    said = f'{english_name(job.locale)} has the words of the sheet "{job.leaflet}" only, not those of its leaflet and inserts'
    remedy = f"There is the sheet: leaflets build --leaflet {job.leaflet} --locale {job.locale}"
    missing = tuple(unit for each in found if each.id in WAITING for unit in each.units)
    return SHEET_ONLY.at(Place(job.locale), said, remedy, missing), *(each for each in found if each.id not in WAITING)


def list_first(editions: Iterable[Edition], watched: bool) -> tuple[str, ...]:
    """Name what is made first: the first edition, and where somebody looks on those for a screen."""
    ordered = sorted(editions, key=lambda edition: edition.order)
    return tuple(edition.name for edition in ordered if (watched and edition.screen) or edition is ordered[0])


def group_jobs(jobs: Iterable[Job], settled: Collection[Job], size: int) -> Iterator[tuple[Job, ...]]:
    """Cut jobs into those that are settled, those for a screen, since they are quick, and groups of `size`, English first."""
    ordered = sorted(jobs, key=lambda job: (job.locale != SOURCE_LOCALE, job))
    yield tuple(job for job in ordered if job in settled)
    yield tuple(job for job in ordered if job not in settled and job.paper == SCREEN)
    slow = tuple(job for job in ordered if job not in settled and job.paper != SCREEN)
    yield from (slow[start : start + size] for start in range(0, len(slow), size))


def find_kept(project: Project, job: Job, current: Mapping[str, BuiltFile]) -> tuple[BuiltFile, ...]:
    """Find the files of a job if they are current."""
    folded = project.editions[job.edition].folded
    for draft in (True, False):
        paths = [job.path(draft, pages) for pages in ((False, True) if folded else (False,))]
        if all(path in current for path in paths):
            return tuple(current[path] for path in paths)
    return ()


def refuse_other_clinic(clinic: Clinic | None, output: Path, known: Iterable[BuiltFile]) -> None:
    """The names of files do not tell clinics apart, so a folder belongs to one. Raises SetupError."""
    own = {"", clinic.key, clinic.name} if clinic else {""}  # once the manifest had names
    if others := sorted({entry.clinic for entry in known} - own):
        same = f" If it is the same clinic, write `id: {others[0]}` in its file." if clinic else ""
        raise SetupError(
            f'{output}/ holds the leaflets of "{others[0]}".{same} Name another folder with --output, or give that clinic with'
            " --clinic"
        )


def refuse_unprintable_clinic(project: Project, clinic: Clinic | None, jobs: Iterable[Job]) -> None:
    """A mistake in the clinic's file must cost no leaflet that is there. The page of an edition in English has its fonts."""
    if clinic is None:
        return
    fonts = read_fonts(project.root / "templates")
    tags = {SOURCE_LOCALE if project.editions[job.edition].languages is EditionLanguages.SOURCE else job.locale for job in jobs}
    labels = {tag: {key: find_label(project, tag, message) for key, message in LABELS.items()} for tag in tags}
    if problems := list(check_words(clinic, sorted(tags), labels, fonts)):
        raise LeafletsError(problems)


LABELS = {"hours": "Open:", "interpreter_phone": "Interpreter: {phone}"}
"""What stands before a line of the clinic's box, by the key of the line."""


def find_label(project: Project, tag: str, message: str) -> str:
    """Find the words of a label; those of a language that lacks them are not printed either."""
    messages = project.languages[SOURCE_LOCALE if is_pseudo(tag) else tag].messages
    return messages[message].words.replace("{phone}", "") if message in messages else ""
