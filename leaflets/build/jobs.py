"""Which files to make, and what each is made from.

Takes a `Project` and a selection; gives `Job`s, which are names and nothing else, and the files of the project that each rests
on. What names nothing that is there is refused, with what was meant.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import PurePath

from leaflets import PACKAGE, PROGRAM
from leaflets.build.account import Selection
from leaflets.build.called import find_called
from leaflets.build.manifest import BuiltFile, read_versions
from leaflets.content.narrow import name_topics
from leaflets.content.project import Project
from leaflets.content.seals import EARLIER, END, RECORD
from leaflets.edition import PAPERS, Edition, EditionLanguages, Print
from leaflets.languages.locales import english_name, is_pseudo
from leaflets.languages.tags import BAD_LOCALE, explain_tag, name_tag, read_aliases
from leaflets.model import PSEUDO_LOCALES, SOURCE_LOCALE
from leaflets.problems import WAITING, LeafletsError, Place, Problem, Rule, Severity
from leaflets.profile import Clinic
from leaflets.translation.units import has_begun, list_printed

NOTHING_SELECTED = Rule(
    "nothing-selected", Severity.ERROR, "A selection names what exists.", "A mistyped language would silently build nothing."
)
MANY = 60
"""Of more names that there are only the number is said, beside the one that was meant."""
SCREEN = "screen"
"""What stands in the place of a paper for an edition that is read on a screen."""


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """What to make: a leaflet, its sheet or one of its inserts, by name, in one language, edition and paper."""

    locale: str
    leaflet: str
    edition: str
    paper: str
    print: str = Print.LEAFLET

    def __str__(self) -> str:
        return f"{self.leaflet} {self.locale} {self.print} {self.edition} {self.paper}"

    @property
    def rests(self) -> Print:
        """Whose words it rests on: an insert is cut out of its leaflet."""
        return Print.SHEET if self.print == Print.SHEET else Print.LEAFLET

    def path(self, draft: bool, pages: bool = False) -> str:
        """Name the file below the output folder. `pages` means the single pages of a folded edition.

        >>> Job("ur", "adult", "standard", "a4", Print.SHEET).path(draft=True)
        'ur/adult-sheet-a4-DRAFT.pdf'
        >>> Job("ur", "adult", "standard", "a4", "diary").path(draft=False)
        'ur/adult-diary-a4.pdf'
        >>> Job("ur", "adult", "booklet", "a4").path(draft=False), Job("ur", "adult", "web", "screen").path(draft=True)
        ('ur/adult-leaflet-booklet-a4.pdf', 'ur/adult.html')
        """
        if self.paper == SCREEN:
            return f"{self.locale}/{self.leaflet}.html"  # its address stays the same when the last mark of a draft falls
        how = "" if self.edition == "standard" else f"-{self.edition}"
        ends = ("-pages" if pages else "", f"-{self.paper}", "-DRAFT" if draft else "")
        return f"{self.locale}/{self.leaflet}-{self.print}{how}{''.join(ends)}.pdf"

    def list_paths(self) -> set[str]:
        """Name every file that it could make."""
        return {self.path(draft, pages) for draft in (True, False) for pages in (True, False)}


Links = Mapping[Job, str]
"""The files that a web page leads to, below the output folder, by what made them."""

Task = tuple[Job, int]
"""A job, and for which of the clinics of a build, by its place among them."""


def name_job(entry: BuiltFile) -> Job:
    """Name the job that made a file."""
    return Job(entry.locale, entry.leaflet, entry.edition, entry.paper, entry.print)


def is_known(project: Project, entry: BuiltFile) -> bool:
    """Whether there still is the leaflet, the language (or pseudo-locale) and the edition of a file, and prints it."""
    languages = (*project.languages, *PSEUDO_LOCALES)
    if entry.leaflet not in project.leaflets or entry.locale not in languages or entry.edition not in project.editions:
        return False
    return entry.print in choose_prints(project, entry.leaflet, entry.edition, entry.locale)


def choose_prints(project: Project, leaflet: str, edition: str, locale: str = "") -> tuple[str, ...]:
    """List what an edition prints of a leaflet, by name: its sheet if it has one, the leaflet itself, each of its inserts.

    In one language a screen shows one of them: the leaflet once it is begun, else the sheet.
    """
    found = project.leaflets[leaflet]
    names = {Print.SHEET: ("sheet",) if found.sheet else (), Print.LEAFLET: ("leaflet",), Print.INSERT: found.inserts}
    prints = tuple(name for each in project.editions[edition].prints for name in names[each])
    if not (locale and project.editions[edition].screen):
        return prints
    what = Print.LEAFLET if has_begun(project, locale, leaflet, Print.LEAFLET) else Print.SHEET
    return tuple(name for name in prints if name == what)


def list_print_names(project: Project) -> tuple[str, ...]:
    """List what `--print` may name."""
    return Print.SHEET, Print.LEAFLET, *dict.fromkeys(name for each in project.leaflets.values() for name in each.inserts)


def list_jobs(
    project: Project,
    leaflets: Iterable[str],
    locales: Iterable[str],
    editions: Iterable[str],
    papers: Iterable[str],
    prints: Collection[str] = (),
    first: bool = False,
) -> tuple[Job, ...]:
    """List what to make, sorted by language so that a worker meets the same fonts again. Empty means all.

    `first` takes of each edition only the first that it prints. An edition in two languages is not made for the source language.
    Of a language that is not named, a leaflet is not made that it has not begun.
    """
    named = bool(locales := tuple(locales))

    def choose(edition: Edition) -> Iterable[str]:
        return (SCREEN,) if edition.screen else papers or PAPERS

    return tuple(
        sorted(
            Job(locale, leaflet, name, paper, what)
            for leaflet in leaflets or project.leaflets
            for locale in locales or project.languages
            for name in editions or project.editions
            if project.editions[name].languages is not EditionLanguages.BOTH or locale != SOURCE_LOCALE
            for what in [each for each in choose_prints(project, leaflet, name, locale) if not prints or each in prints][
                : 1 if first else None
            ]
            if named or has_begun(project, locale, leaflet, Job(locale, leaflet, name, "", what).rests)
            for paper in choose(project.editions[name])
        )
    )


def list_inputs(project: Project, job: Job) -> set[str]:
    """Name every file of the project that a job is made from, but for the templates; "a/" means all files in the folder a."""
    topics = name_topics(project.leaflets[job.leaflet], job.rests, is_asked(project, job))
    shared = ("content/references.yaml", "content/countries.yaml", "translations/messages.pot")
    own = {f"content/leaflets/{job.leaflet}.yaml", *shared}
    kept = ("review.yaml", "waivers.yaml", "structure.yaml", "LC_MESSAGES/messages.po", f"{RECORD}/", END, EARLIER)
    for locale in (SOURCE_LOCALE, job.locale):
        own |= {f"content/topics/{locale}", *(f"content/topics/{locale}/{topic}.yaml" for topic in topics)}
        own |= {f"content/{folder}/{locale}.yaml" for folder in ("terms", "markers")}
        own |= {f"translations/{locale}/{name}" for name in kept}
    return own


def is_input(path: str, inputs: set[str]) -> bool:
    return path in inputs or f"{path.rpartition('/')[0]}/" in inputs


def list_job_units(project: Project, job: Job) -> tuple[str, ...]:
    """List the ids of the units on which a job rests."""
    return list_printed(project, job.leaflet, job.rests, is_asked(project, job))


def is_asked(project: Project, job: Job) -> bool:
    """Whether a job prints the questions for the clinician."""
    return project.editions[job.edition].languages is EditionLanguages.SOURCE


def find_own(project: Project, job: Job, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Pick the problems of the units on which a job rests, of its files as a whole, and of the templates and fonts of all."""
    own, units = list_inputs(project, job), frozenset(list_job_units(project, job))
    for each in problems:
        near = is_input(each.place.path, own) or each.place.path.startswith("templates/")
        if near and (not each.units or not units.isdisjoint(each.units)):
            yield replace(each, severity=Severity.ERROR) if each.id in WAITING else each  # who asks for it waits no longer


def find_blocking(project: Project, job: Job, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Pick the errors among the problems of a job: they stop it."""
    return tuple(each for each in find_own(project, job, problems) if each.severity is Severity.ERROR)


CHECKING = ("checks/", "exchange/", "review/", "server/", "cli/", "build/site/")
"""The rooms that decide whether a leaflet is made, and what lies beside it, but no byte of it."""


@cache
def hash_tool() -> str:
    """Hash the package's own code and facts that decide what a page looks like, as its templates do."""
    found = (path for path in PACKAGE.rglob("*") if path.suffix in PROGRAM)
    paths = sorted(path for path in found if not path.relative_to(PACKAGE).as_posix().startswith(CHECKING))
    digests = (hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def is_printed(name: str) -> bool:
    """Whether a file decides what a leaflet looks like; what lies beside the leaflets does not."""
    beside = ("site/", "serve/", "current.html", "review.html", "styles/current.css", "styles/card.css")
    return name.startswith("templates/") and not name.removeprefix("templates/").startswith(beside)


def hash_look(project: Project) -> str:
    """Hash all that decides what any page of a project looks like: templates, drawings, code and the versions of tools."""
    files = {name: hash for name, hash in project.hashes.items() if is_printed(name)}
    tree = {"files": files, "tools": read_versions(), "code": hash_tool()}
    return hashlib.sha256(json.dumps(tree, sort_keys=True).encode()).hexdigest()


def hash_inputs(project: Project, job: Job, clinic: Clinic | None, look: str = "") -> str:
    """Hash all that decides the bytes of a job's files, but for the links of a web page. `look` is what `hash_look` gives."""
    inputs = list_inputs(project, job)
    tree = {
        "files": {name: hash for name, hash in project.hashes.items() if is_input(name, inputs)},
        "clinic": repr(clinic),
        "job": str(job),
        "look": look or hash_look(project),
    }
    return hashlib.sha256(json.dumps(tree, sort_keys=True).encode()).hexdigest()


def explain_unknown_name(kind: str, name: str, known: Collection[str], called: Iterable[str] = ()) -> Problem:
    """Say what was meant by a name that is not there, or by several in one; `called` are those that people call so."""
    if several := split_names(name, known):
        option = "--locale" if kind == "language" else f"--{kind}"
        each = " ".join(f"{option} {each}" for each in several)
        return NOTHING_SELECTED.at(Place(name), f'"{name}" is more than one {kind}', f"Write each by itself: {each}")
    close = (*called, *get_close_matches(name, known, 1))
    return NOTHING_SELECTED.at(
        Place(name),
        f'there is no {kind} "{name}"' + (f'; did you mean "{close[0]}"?' if close else ""),
        f"There are {', '.join(known)}." if len(known) <= MANY else f"There are {len(known)} of them.",
    )


def split_names(name: str, known: Collection[str]) -> list[str]:
    """Take several names in one apart; [] if it is none, or not all are known.

    >>> split_names("es, ur", ("es", "ur")), split_names("es,xx", ("es", "ur")), split_names("es", ("es", "ur"))
    (['es', 'ur'], [], [])
    """
    parts = re.findall(r"[^\s,;+]+", name)
    return parts if len(parts) > 1 and set(parts) <= set(known) else []


def explain_unknown_language(name: str, known: Collection[str], aliases: Mapping[str, tuple[str, ...]]) -> Problem:
    """Say which language of the project was meant, by its tag or by a name of it; else how to begin one."""
    known = [tag for tag in known if not is_pseudo(tag)]
    there = f"There are {', '.join(known)}."
    if name == SOURCE_LOCALE:
        return NOTHING_SELECTED.at(Place(name), f'"{name}" is the language that the others are translated from', there)
    if split_names(name, known):
        return explain_unknown_name("language", name, known)
    advice = explain_tag(name, aliases)
    languages = {tag.split("-")[0] for tag in advice.tags}
    meant = [tag for tag in known if tag in advice.tags] or [tag for tag in known if tag.split("-")[0] in languages]
    if meant:
        offers = ", or ".join(f'"{tag}" ({name_tag(tag)})' for tag in meant)
        return NOTHING_SELECTED.at(Place(name), f'there is no language "{name}"; did you mean {offers}?', there)
    if advice.fine:
        remedy = f"{there} To begin it: leaflets translate start {name}"
        return NOTHING_SELECTED.at(Place(name), f'there is no language "{name}" ({name_tag(name)}) yet', remedy)
    problem = explain_unknown_name("language", name, known)
    if is_pseudo(name):
        return replace(problem, message=advice.said)
    if not advice.tags or "did you mean" in problem.message:
        return problem
    offers = ", or ".join(f'"{tag}" ({name_tag(tag)})' for tag in advice.tags[:4])
    begin = f"leaflets translate start {advice.tags[0] if len(advice.tags) == 1 else 'TAG'}"
    return replace(
        problem, message=f"{advice.said}; there are no leaflets in {offers} yet", remedy=f"{there} To begin it: {begin}"
    )


def check_names(project: Project, kind: str, wanted: Collection[str], known: Collection[str]) -> None:
    """Refuse names that are not there, and offer what was meant. Raises LeafletsError.

    A file of that name that could not be read may be why, so it is named as well.
    """
    strange = [name for name in wanted if name not in known]
    if unknown := [explain_unknown_name(kind, name, known, find_called(project, kind, name)) for name in strange]:
        raise LeafletsError([*unknown, *(each for each in project.problems if PurePath(each.place.path).stem in wanted)])


def check_languages(project: Project, wanted: Iterable[str], known: Collection[str]) -> None:
    """Refuse languages that are not there, as `check_names` does."""
    if unknown := [name for name in wanted if name not in known]:
        aliases = read_aliases(project.root / "templates")
        misnamed = [each for each in project.problems if each.id == BAD_LOCALE.id]
        raise LeafletsError([*(explain_unknown_language(name, known, aliases) for name in unknown), *misnamed])


def check_translations(project: Project, wanted: Iterable[str]) -> None:
    """Refuse languages that nothing is translated to here, with the one that was meant."""
    check_languages(project, wanted, [tag for tag in project.languages if tag != SOURCE_LOCALE])


def check_selection(project: Project, selection: Selection) -> None:
    """Refuse a selection of what is not there. Raises LeafletsError."""
    check_names(project, "leaflet", selection.leaflets, project.leaflets)
    check_languages(project, selection.locales, (*project.languages, *PSEUDO_LOCALES))
    check_names(project, "edition", selection.editions, project.editions)
    check_prints(project, selection)
    found = {project.editions[name].languages for name in selection.editions}
    if set(selection.locales) == {SOURCE_LOCALE} and found == {EditionLanguages.BOTH}:
        name = english_name(SOURCE_LOCALE)
        said = f"{name} has no {' or '.join(selection.editions)} edition, which would have {name} beside itself"
        raise LeafletsError([NOTHING_SELECTED.at(Place(SOURCE_LOCALE), said, "Choose another language or edition.")])


def check_prints(project: Project, selection: Selection) -> None:
    """Refuse to print what no selected edition prints of any selected leaflet. Raises LeafletsError."""
    leaflets, editions = selection.leaflets or tuple(project.leaflets), selection.editions or tuple(project.editions)
    check_names(project, "print", selection.prints, list_print_names(project))
    there = {what for leaflet in leaflets for edition in editions for what in choose_prints(project, leaflet, edition)}
    for name in selection.prints or ("sheet, leaflet or insert",) * (not there):
        if leaflets and editions and name not in there:
            named = ", ".join((*selection.leaflets, *selection.editions)) or "this project"
            said = f"there is no {name} of {named}"
            raise LeafletsError(
                [NOTHING_SELECTED.at(Place(name), said, "Choose another leaflet or edition, or --print leaflet.")]
            )
