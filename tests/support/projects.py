"""The few verbs that tests share: a small project in a folder, and what is wrong with it."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from leaflets.build.driver import run_plan
from leaflets.build.jobs import Job
from leaflets.build.maker import Result
from leaflets.build.plan import Refuse, plan_work
from leaflets.checks.content import FURNITURE
from leaflets.checks.run import find_problems
from leaflets.content.editions import parse_edition
from leaflets.content.project import Loader, Project, load_project, read_signoffs
from leaflets.content.provenance import format_review, record_units
from leaflets.content.seals import END, RECORD, add_signoff
from leaflets.content.signoffs import Role, SignOff
from leaflets.files import write_files
from leaflets.languages.fonts import read_fonts
from leaflets.problems import Problem
from leaflets.profile import Clinic
from leaflets.translation.units import list_recorded, list_words, survey_language

ROOT = Path(__file__).resolve().parent.parent.parent

ENGLISH = Job("en", "adult", "standard", "a4")
SPANISH = Job("es", "adult", "standard", "a4")
SMALL_PROJECT = {
    "content/leaflets/adult.yaml": """\
cover: adult
topics:
  - signs
  - get-help
version: 0.1.0
issued: 2026-11-21
review_by: 2028-11-21
pages: 2
icd10: [L94.2]
""",
    "content/references.yaml": """\
Book:
  cite: A book. 2020
  short: A book 2020
  checked: abstract
""",
    "content/countries.yaml": """\
countries:
  GB:
    crisis_phone: 116 123
    source: https://crisis.example
groups:
  lumps:
    name: Lumps Group
    web: lumps.example
    countries: [GB, US]
    source: https://lumps.example
""",
    "content/topics/en/adult.yaml": """\
title: Lumps
blocks:
  for-whom:
    references: [Book]
    text: For adults
""",
    "content/topics/en/signs.yaml": """\
title: What are the signs?
blocks:
  lumps:
    references: [Book]
    list:
      hard: You may feel hard lumps.
      fever: Call if your fever is above 38.5 °C.
""",
    "content/topics/en/get-help.yaml": """\
title: When to get help
blocks:
  emergency:
    level: emergency
    heading: Call {emergency_number} now
    references: [Book]
    list:
      fever: A fever in a baby
""",
    "content/terms/en.yaml": "lump:\n  term: lump\n",
    "content/topics/es/adult.yaml": "title: Bultos\nblocks:\n  for-whom: Para personas adultas\n",
    "content/topics/es/signs.yaml": """\
title: ¿Cuáles son las señales?
blocks:
  lumps:
    hard: Puede sentir bultos duros.
    fever: Llame si la fiebre pasa de 38,5 °C.
""",
    "content/topics/es/get-help.yaml": """\
title: Cuándo pedir ayuda
blocks:
  emergency:
    heading: Llame al {emergency_number} ahora
    fever: Fiebre en un bebé
""",
    "content/terms/es.yaml": "lump:\n  term: bulto\n",
    "content/markers/en.yaml": "negation: ['no', not, never, without]\nobligation: [must]\n",
    "content/markers/es.yaml": "negation: ['no', nunca, sin, ninguna, ningún]\nobligation: [debe]\n",
}
"""One leaflet, three topics, English and Spanish: enough for every rule of content to be broken once."""
QUESTIONS = {
    "content/leaflets/adult.yaml": SMALL_PROJECT["content/leaflets/adult.yaml"] + "teach_back: asking\n",
    "content/topics/en/asking.yaml": (
        "title: Was I clear?\nblocks:\n  ask:\n    references: [Book]\n    steps:\n"
        "      lumps:\n        see: [signs.lumps]\n        text: What may you feel?\n"
    ),
    "content/topics/es/asking.yaml": "title: ¿Fui claro?\nblocks:\n  ask:\n    lumps: ¿Qué puede sentir?\n",
}
"""What makes it ask the patient a question; the clinician's sheet prints it."""


def write_project(root: Path, changes: Mapping[str, str | None] | None = None, record: bool = True) -> Project:
    """Write the small project with some files changed (None: left out), record its translation, and load it.

    Templates and the pages' own words are the real ones, and of the drawings those that every page has.
    """
    files = SMALL_PROJECT | dict(changes or {})
    copy_templates(root)
    for name, text in files.items():
        if text is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    (root / "translations" / "es" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "translations" / "messages.pot", root / "translations")
    shutil.copy(ROOT / "translations" / "es" / "LC_MESSAGES" / "messages.po", root / "translations" / "es" / "LC_MESSAGES")
    if record:
        record_translation(root)
    return load_project(root)


def pin_issue(project: Project) -> Project:
    """Give leaflets the version and the days that tests name, whatever their own are."""
    issued, review_by = date(2026, 11, 21), date(2028, 11, 21)
    pinned = (replace(each, version="0.1.0", issued=issued, review_by=review_by) for each in project.leaflets.values())
    return replace(project, leaflets={each.name: each for each in pinned})


def copy_templates(root: Path) -> None:
    source, target = ROOT / "templates", root / "templates"
    if target.exists():
        return
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("figures", "fonts"))
    (target / "fonts").symlink_to(source / "fonts")
    for name in FURNITURE:
        copy = target / "figures" / f"{name}.svg"
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / "figures" / f"{name}.svg", copy)


def record_translation(root: Path, locale: str = "es") -> None:
    """Record every unit as it stands, also where only the English changed, as `leaflets record --unchanged` does."""
    project = load_project(root)
    records = record_units(list_recorded(project), list_words(project, locale), {})
    (root / "translations" / locale / "review.yaml").write_text(format_review(records), encoding="utf-8")


def sign_all(
    root: Path, locale: str, roles: Sequence[Role] = (Role.REVISER, Role.CLINICIAN), day: date = date(2026, 11, 21)
) -> Project:
    """Let a test's own people sign every unit of a language as it stands, terms and labels too; no such people exist."""
    units = {unit.id: unit.reading for unit in survey_language(load_project(root), locale).values() if unit.words}
    add_signoffs(root, locale, *(SignOff(role, f"Test {role.title()}", day, units) for role in roles))
    return load_project(root)


def add_signoffs(root: Path, locale: str, *signoffs: SignOff) -> None:
    """Add to the record of a language."""
    for signoff in signoffs:
        write_files(root, add_signoff(read_signoffs(Loader(root), locale), signoff, locale))


def list_record(root: Path, locale: str) -> list[Path]:
    """List the files of the record of a language, in their order, without its end."""
    return sorted((root / "translations" / locale / RECORD).iterdir())


def remove_record(root: Path, locale: str) -> None:
    """Take the whole record of a language away, as if nobody had signed."""
    shutil.rmtree(root / "translations" / locale / RECORD)
    (root / "translations" / locale / END).unlink()


def find_all(project: Project) -> list[Problem]:
    """Run every check on a project."""
    return list(find_problems(project, read_fonts(ROOT / "templates")))


def find_ids(project: Project) -> set[str]:
    """Name the checks that fire on a project."""
    return {problem.id for problem in find_all(project)}


def refuse_nothing(job: Job) -> tuple[Problem, ...]:
    return ()


def build_leaflets(
    project: Project,
    problems: tuple[Problem, ...],
    jobs: tuple[Job, ...],
    output: Path,
    clinic: Clinic | None = None,
    processes: int = 0,
    report: Callable[[Result], None] = lambda result: None,
    refuse: Refuse = refuse_nothing,
    day: date = date(2026, 11, 21),
) -> tuple[Result, ...]:
    """Build jobs as they are, with problems that were found, or none."""
    return run_plan(plan_work(project, problems, jobs, output, clinic, refuse, day), processes, report).results


def build_small(project: Project, output: Path, *jobs: Job) -> dict[Job, Result]:
    results = build_leaflets(project, tuple(find_all(project)), jobs or (ENGLISH, SPANISH), output)
    return {result.job: result for result in results}


def sign_everything(project: Project) -> Project:
    """Let a test's own people sign every language."""
    for locale in project.languages:
        sign_all(project.root, locale)
    return load_project(project.root)


STANDARD = parse_edition((ROOT / "templates" / "editions" / "standard.toml").read_bytes(), "standard.toml")
"""The edition that most readers get."""
