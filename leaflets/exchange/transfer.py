"""Words out to a file, in each of the formats by its name, and back into the project from a file of any of them.

Takes a `Project` and files; gives an `Import`: the plan for each language, and the YAML and PO files that it changes. What a file
is, its first bytes say, and not its name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from leaflets.checks.run import find_problems
from leaflets.content.project import Project, load_project, reload_language
from leaflets.content.provenance import Origin
from leaflets.exchange.entries import MAX_BYTES, Batch, Entry, refuse
from leaflets.exchange.language import choose_language
from leaflets.exchange.plan import ImportPlan, Side, plan_import
from leaflets.exchange.po import read_po, write_po
from leaflets.exchange.xliff import read_xliff, write_xliff2, write_xliff12
from leaflets.exchange.xlsx import read_xlsx, write_xlsx
from leaflets.files import hold_folder, read_file, write_files
from leaflets.languages.fonts import read_fonts
from leaflets.problems import LeafletsError, Place, Problem, SetupError, has_errors, sort_problems
from leaflets.translation.units import check_readable, list_words
from leaflets.translation.write import write_units


@dataclass(frozen=True, slots=True)
class Format:
    """What the files of a format end with, how they are written, what they are for, and what else people call them."""

    suffix: str
    write: Callable[[Batch], bytes]
    use: str
    called: str


FORMATS = {
    "po": Format(".po", write_po, "Poedit, Weblate, OmegaT", "poedit pot gettext weblate omegat"),
    "xliff": Format(".xlf", write_xliff12, "XLIFF 1.2, an agency's tools", "xlf xliff1 xliff1.2 xliff12 agency trados memoq"),
    "xliff2": Format(".xliff2.xlf", write_xliff2, "XLIFF 2.1", "xlf2 xliff2.0 xliff2.1 xliff21"),
    "xlsx": Format(
        ".xlsx",
        write_xlsx,
        "Excel, LibreOffice, Google Sheets",
        "excel xls csv tsv ods calc libreoffice spreadsheet sheets google",
    ),
}
Tell = Callable[[Iterable[Problem]], None]


def read_batch(data: bytes, path: str) -> Batch:
    """Read a file of any of the formats, by what is in it. Raises LeafletsError for any other file."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PK"):
        return read_xlsx(data, path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        said = "an Excel workbook of the old kind (.xls), or one with a password"
        raise refuse(Place(path), said, "Save it as .xlsx, without a password.")
    if head.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")):
        return read_xliff(data, path)
    if b"msgid" in data:
        return read_po(data, path)
    if b"m\0s\0g\0i\0d" in data:
        raise refuse(Place(path), "a PO file in UTF-16", "Save it as UTF-8.")
    said = "neither a PO file, nor XLIFF, nor an Excel workbook" if data.strip() else "the file is empty"
    raise refuse(Place(path), said, "Import a file that `leaflets translate export` wrote; a .csv file has lost too much.")


@dataclass(frozen=True, slots=True)
class Import:
    """What an import does: a plan for each language, the new bytes of the files that change, and what there is to say.

    `project` is what stood before. Where a problem is an error, nothing changes. A dry run writes nothing.
    """

    project: Project
    plans: Mapping[str, ImportPlan]
    changed: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    dry: bool


def import_files(
    project: Project,
    files: Iterable[Path],
    locale: str | None,
    side: Side | None,
    dry: bool,
    tell: Tell,
    origin: Origin = Origin.TOOL,
) -> Import:
    """Import files with words of some origin; `tell` hears the notes of each, also where another file cannot be read.

    Raises LeafletsError where a file, or one of the project that it goes into, cannot be read, and SetupError where the disk
    refuses.
    """
    found = read_files(project, files, locale, tell)
    with ExitStack() as held:  # other imports, and whoever signs, wait; all in one order, so that none waits for the other
        for tag in sorted(found) if not dry else ():
            held.enter_context(hold_folder(project.root / "translations" / tag))
        for tag in found:
            project = reload_language(project, tag)  # somebody may have written while this waited
            check_readable(project, tag)
        plans = {tag: plan_import(project, tag, entries, side) for tag, entries in found.items()}
        problems = sort_problems(problem for plan in plans.values() for problem in plan.problems)
        changed: dict[str, bytes] = {}
        for tag, plan in plans.items() if not has_errors(problems) else ():
            changed |= write_units(project, tag, plan.words, plan.made_from, origin)
        if not dry:
            write_files(project.root, changed)
    return Import(project, plans, changed, problems, dry)


def read_files(project: Project, files: Iterable[Path], locale: str | None, tell: Tell) -> dict[str, list[Entry]]:
    """Read the entries of files, by language. Raises LeafletsError with the problems of all of them."""
    found: dict[str, list[Entry]] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(files):
        try:
            if not path.is_file():  # it may never end
                raise refuse(Place(str(path)), "this is no regular file", "Save it as a file, and import that.")
            batch = read_batch(read_file(path, MAX_BYTES), str(path))
            tag = choose_language(project, batch.tag, str(path), locale)
        except LeafletsError as error:
            problems += error.problems
        except OSError as error:
            raise SetupError(f"cannot read {path}: {error.strerror}") from error
        else:
            tell(batch.notes)
            found.setdefault(tag, []).extend(batch.entries)
    if problems:
        raise LeafletsError(problems)
    return found


def check_import(done: Import) -> tuple[Problem, ...]:
    """Find what the checks say of the units that were written, or would be."""
    with copy_words(done.project, done.changed) if done.dry else nullcontext(done.project.root) as root:
        project = load_project(root)
        written = [(list_words(project, tag), plan.words) for tag, plan in done.plans.items()]
        places = {words[unit].place for words, units in written for unit in units}
        found = find_problems(project, read_fonts(root / "templates"), tuple(done.plans))
        return tuple(each for each in found if each.place in places)


@contextmanager
def copy_words(project: Project, changed: Mapping[str, bytes]) -> Iterator[Path]:
    """Copy the words of a project, with files that would change in it, for as long as they are looked at."""
    with TemporaryDirectory(prefix="leaflets-") as scratch:
        root = Path(scratch)
        (root / "templates").symlink_to((project.root / "templates").resolve())
        words = [name for name in project.hashes if not name.startswith("templates/")]
        write_files(root, {name: (project.root / name).read_bytes() for name in words} | dict(changed))
        yield root
