"""Words put into the files of a language, and on record.

Takes a `Project`, a tag and words by unit; gives the bytes of every file that they change, to be written when all of them are
known. Whatever tool the words come from, they go to the files that a person edits by hand: YAML for topics and terms, PO for the
labels of the page.
"""

from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace

from leaflets.content.catalogs import fill_entries, format_catalogue
from leaflets.content.project import Project
from leaflets.content.provenance import Origin, Record, format_review, hash_words, hold_record, record_units
from leaflets.content.schema import locate_unit
from leaflets.content.strict_yaml import KeyPath, decode
from leaflets.files import write_files
from leaflets.model import SOURCE_LOCALE, Text
from leaflets.problems import LeafletsError
from leaflets.translation.structure import format_structure, list_structure
from leaflets.translation.units import (
    LABELS,
    ON_SHEET,
    TERMS,
    check_readable,
    is_label,
    list_recorded,
    list_sheet,
    list_source,
    list_words,
)
from leaflets.translation.yaml_writer import write_words


def list_rests(tag: str, group: str) -> tuple[str, str]:
    """List the files that a topic of a language rests on, or its `terms` or `labels`: its own, and the words it is held to.

    >>> list_rests("es", "signs")
    ('content/topics/es/signs.yaml', 'content/markers/es.yaml')
    """
    others = {TERMS: f"content/terms/{tag}.yaml", LABELS: f"translations/{tag}/LC_MESSAGES/messages.po"}
    return others.get(group, f"content/topics/{tag}/{group}.yaml"), f"content/markers/{tag}.yaml"


def list_files(project: Project, tag: str) -> dict[str, dict[KeyPath, str]]:
    """List the files of a language with the unit at each path, in the order of the source."""
    files: dict[str, dict[KeyPath, str]] = {}
    for unit in list_source(project):
        file, path = locate_unit(unit, tag)
        files.setdefault(file, {})[path] = unit
    return files


def write_units(
    project: Project,
    tag: str,
    words: Mapping[str, str],
    made_from: Mapping[str, str],
    origin: Origin = Origin.MACHINE,
    *,
    refresh: bool = False,
) -> dict[str, bytes]:
    """Put words into the files of a language; gives the new bytes of each file that changes, by its path below the root.

    `made_from` has the English that each was made from; only these go on record, with their `origin`. Empty words make a place
    to write them in. Where words are put, and with `refresh` in every YAML file that is there, the English above each place is
    that of now. Raises LeafletsError for a file that cannot be read.
    """
    changed = {}
    for file, units in list_files(project, tag).items():
        mine = {path: words[unit] for path, unit in units.items() if unit in words}
        old = (project.root / file).read_bytes() if (project.root / file).exists() else b""
        if not mine and not (refresh and old and file.endswith(".yaml")):
            continue
        new = fill_file(project, tag, file, units, old, mine)
        if new != old:
            changed[file] = new
    records = record_words(project, tag, words, made_from, origin)
    return changed | ({f"translations/{tag}/review.yaml": records} if records else {})


def fill_file(
    project: Project, tag: str, file: str, units: Mapping[KeyPath, str], old: bytes, mine: Mapping[KeyPath, str]
) -> bytes:
    """Put words into one file of a language, from the bytes that it has; none begin it. Raises LeafletsError.

    `units` are all that have a place in it.
    """
    if file.endswith(".po"):
        pot = (project.root / "translations" / "messages.pot").read_bytes()
        labels = {str(path[0]): said for path, said in mine.items()}
        return fill_entries(old, pot, labels, file) if old else format_catalogue(pot, labels, tag)
    source, sheet = list_source(project), list_sheet(project)
    english = {path: mark_sheet(source[unit]) if unit in sheet else source[unit] for path, unit in units.items()}
    mark = BOM_UTF8 if old.startswith(BOM_UTF8) else b""
    return mark + write_words(decode(old, file), mine, tuple(units), file, english).encode()


def mark_sheet(english: Text) -> Text:
    """Say to translators that a sheet prints a text."""
    return replace(english, note=f"{ON_SHEET} {english.note}".rstrip())


def record_words(project: Project, tag: str, words: Mapping[str, str], made_from: Mapping[str, str], origin: Origin) -> bytes:
    """Write the record of what was made from which English; empty if nothing of it changes. Words that stay keep their origin.

    Raises LeafletsError for a record that could not be read: what it says of the other units would be lost.
    """
    if project.broken(file := f"translations/{tag}/review.yaml"):
        raise LeafletsError(problem for problem in project.problems if problem.place.path == file)
    language = project.languages.get(tag)
    old = dict(language.records) if language else {}
    recorded = {unit for unit in list_recorded(project) if unit in words and unit in made_from and not is_label(unit)}
    new = dict(old)
    for unit in recorded:
        if words[unit]:
            sha256 = hash_words(words[unit])
            kept = old[unit].origin if unit in old and old[unit].sha256 == sha256 else origin
            new[unit] = Record(made_from[unit], sha256, kept)
    return format_review(new).encode() if new != old else b""


def record_languages(
    project: Project, tags: Iterable[str], unchanged: bool, origin: Origin | None = None
) -> dict[str, dict[str, Record]]:
    """Put on record that the words of languages were made from the English of now, as `record_units` does; gives the records.

    The structure of each language goes on record too, and that of the source with the source's tag.

    Raises LeafletsError where a file cannot be read, since what is on record of units that cannot be seen would be lost, or
    where somebody else wrote a record meanwhile.
    """
    tags = tuple(dict.fromkeys(tags))
    check_readable(project, *tags)
    source = list_recorded(project)
    recorded = {
        tag: record_units(source, list_words(project, tag), project.languages[tag].records, unchanged, origin) for tag in tags
    }
    recorded.pop(SOURCE_LOCALE, None)
    files = {f"translations/{tag}/review.yaml": format_review(new).encode() for tag, new in sorted(recorded.items())}
    around = {f"translations/{tag}/structure.yaml": format_structure(list_structure(project, tag)).encode() for tag in tags}
    with ExitStack() as held:
        for file in files or around:  # a folder is held once
            held.enter_context(hold_record(project.root, project.hashes, file))
        write_files(project.root, files | around)
    return recorded
