"""Which files to make, and what each is made from.

Takes a `Project` and a selection; gives `Job`s, which are names and nothing else, and the files of the project that each rests
on. What names nothing that is there is refused, with what was meant.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path, PurePath

from leaflets import PACKAGE
from leaflets.build.manifest import BuiltFile, read_versions
from leaflets.content.project import Project
from leaflets.content.seals import EARLIER, END, RECORD
from leaflets.languages.locales import english_name, is_pseudo
from leaflets.languages.tags import BAD_LOCALE, explain_tag, name_tag, read_aliases
from leaflets.model import PAPERS, PSEUDO_LOCALES, SOURCE_LOCALE, Edition, EditionLanguages
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity
from leaflets.profile import Clinic

NOTHING_SELECTED = Rule(
    "nothing-selected", Severity.ERROR, "A selection names what exists.", "A mistyped language would silently build nothing."
)
MANY = 40
"""Of more names that there are only the number is said, beside the one that was meant."""
SCREEN = "screen"
"""What stands in the place of a paper for an edition that is read on a screen."""


@dataclass(frozen=True, slots=True, order=True)
class Job:
    """One leaflet to make, in one language, edition and paper."""

    locale: str
    leaflet: str
    edition: str
    paper: str

    def __str__(self) -> str:
        return f"{self.leaflet} {self.locale} {self.edition} {self.paper}"

    def path(self, draft: bool, pages: bool = False) -> str:
        """Name the file below the output folder. `pages` means the single pages of a folded edition.

        >>> Job("ur", "adult", "standard", "a4").path(draft=True), Job("ur", "adult", "web", "screen").path(draft=True)
        ('ur/adult-a4-DRAFT.pdf', 'ur/adult.html')
        """
        if self.paper == SCREEN:
            return f"{self.locale}/{self.leaflet}.html"  # its address stays the same when the last mark of a draft falls
        edition = "" if self.edition == "standard" else f"-{self.edition}"
        return f"{self.locale}/{self.leaflet}{edition}{'-pages' if pages else ''}-{self.paper}{'-DRAFT' if draft else ''}.pdf"


Links = Mapping[Job, str]
"""The files that a web page leads to, below the output folder, by what made them."""


def name_job(entry: BuiltFile) -> Job:
    """Name the job that made a file."""
    return Job(entry.locale, entry.leaflet, entry.edition, entry.paper)


def is_known(project: Project, entry: BuiltFile) -> bool:
    """Whether there still is the leaflet, the language (or pseudo-locale) and the edition of a file."""
    languages = (*project.languages, *PSEUDO_LOCALES)
    return entry.leaflet in project.leaflets and entry.locale in languages and entry.edition in project.editions


@dataclass(frozen=True, slots=True)
class Selection:
    """Which leaflets are meant, for which clinic's file, and the folder to put them in.

    No names mean all, or what a command chooses.
    """

    leaflets: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    clinic: Path | None = None
    output: Path = Path("output")

    @property
    def partial(self) -> bool:
        """Whether leaflets or languages were named, so that errors in others do not matter."""
        return bool(self.leaflets or self.locales)


def list_jobs(
    project: Project, leaflets: Iterable[str], locales: Iterable[str], editions: Iterable[str], papers: Iterable[str]
) -> tuple[Job, ...]:
    """List what to make, sorted by language so that a worker meets the same fonts again. Empty means all.

    An edition in two languages is not made for the source language.
    """

    def choose(edition: Edition) -> Iterable[str]:
        return (SCREEN,) if edition.screen else papers or PAPERS

    return tuple(
        sorted(
            Job(locale, leaflet, name, paper)
            for leaflet in leaflets or project.leaflets
            for locale in locales or project.languages
            for name in editions or project.editions
            if project.editions[name].languages is not EditionLanguages.BOTH or locale != SOURCE_LOCALE
            for paper in choose(project.editions[name])
        )
    )


def list_inputs(project: Project, job: Job) -> set[str]:
    """Name every file of the project that a job is made from, but for the templates; "a/" means all files in the folder a."""
    leaflet = project.leaflets[job.leaflet]
    topics = leaflet.read if project.editions[job.edition].languages is EditionLanguages.SOURCE else leaflet.printed
    shared = ("content/references.yaml", "content/countries.yaml", "translations/messages.pot")
    own = {f"content/leaflets/{job.leaflet}.yaml", *shared}
    kept = ("review.yaml", "waivers.yaml", "LC_MESSAGES/messages.po", f"{RECORD}/", END, EARLIER)
    for locale in (SOURCE_LOCALE, job.locale):
        own |= {f"content/topics/{locale}", *(f"content/topics/{locale}/{topic}.yaml" for topic in topics)}
        own |= {f"content/{folder}/{locale}.yaml" for folder in ("terms", "markers")}
        own |= {f"translations/{locale}/{name}" for name in kept}
    return own


def is_input(path: str, inputs: set[str]) -> bool:
    return path in inputs or f"{path.rpartition('/')[0]}/" in inputs


def find_blocking(project: Project, job: Job, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Pick the errors that lie in a job's own files, or in the templates and fonts that all share."""
    own = list_inputs(project, job)
    return tuple(
        each
        for each in problems
        if each.severity is Severity.ERROR and (is_input(each.place.path, own) or each.place.path.startswith("templates/"))
    )


@cache
def hash_tool() -> str:
    """Hash the package's own code, which decides what a page looks like as its templates do."""
    digests = (hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(PACKAGE.rglob("*.py")))
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def is_printed(name: str) -> bool:
    """Whether a file decides what a leaflet looks like; what lies beside the leaflets does not."""
    beside = ("site/", "serve/", "current.html", "review.html", "styles/current.css", "styles/card.css")
    return name.startswith("templates/") and not name.removeprefix("templates/").startswith(beside)


def hash_inputs(project: Project, job: Job, clinic: Clinic | None) -> str:
    """Hash all that decides the bytes of a job's files, but for the links of a web page."""
    inputs = list_inputs(project, job)
    tree = {
        "files": {name: hash for name, hash in project.hashes.items() if is_input(name, inputs) or is_printed(name)},
        "clinic": repr(clinic),
        "job": str(job),
        "tools": read_versions(),
        "code": hash_tool(),
    }
    return hashlib.sha256(json.dumps(tree, sort_keys=True).encode()).hexdigest()


def explain_unknown_name(kind: str, name: str, known: Collection[str]) -> Problem:
    """Say what was meant by a name that is not there."""
    close = get_close_matches(name, known, 1)
    return NOTHING_SELECTED.at(
        Place(name),
        f'there is no {kind} "{name}"' + (f'; did you mean "{close[0]}"?' if close else ""),
        f"There are {', '.join(known)}." if len(known) <= MANY else f"There are {len(known)} of them.",
    )


def explain_unknown_language(name: str, known: Collection[str], aliases: Mapping[str, tuple[str, ...]]) -> Problem:
    """Say which language of the project was meant, by its tag or by a name of it; else how to begin one."""
    there = f"There are {', '.join(known)}."
    if name == SOURCE_LOCALE:
        return NOTHING_SELECTED.at(Place(name), f'"{name}" is the language that the others are translated from', there)
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
    return replace(problem, message=advice.said, remedy=f"{advice.remedy} {problem.remedy}")


def check_names(project: Project, kind: str, wanted: Collection[str], known: Collection[str]) -> None:
    """Refuse names that are not there, and offer what was meant. Raises LeafletsError.

    A file of that name that could not be read may be why, so it is named as well.
    """
    if unknown := [explain_unknown_name(kind, name, known) for name in wanted if name not in known]:
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
    found = {project.editions[name].languages for name in selection.editions}
    if set(selection.locales) == {SOURCE_LOCALE} and found == {EditionLanguages.BOTH}:
        name = english_name(SOURCE_LOCALE)
        said = f"{name} has no {' or '.join(selection.editions)} edition, which would have {name} beside itself"
        raise LeafletsError([NOTHING_SELECTED.at(Place(SOURCE_LOCALE), said, "Choose another language or edition.")])
