"""The files of a language: where each unit stands in them, words put into them, and what an editor completes in them.

Takes a `Project`, a tag and words by unit; gives the bytes of every file that they change, to be written when all of them are
known. Whatever tool the words come from, they go to the files that a person edits by hand: YAML for topics and terms, PO for the
labels of the page. For an editor it gives the JSON Schema of one topic's file.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from leaflets.content.catalogs import fill_entries, format_catalogue
from leaflets.content.project import Loader, Project
from leaflets.content.provenance import Record, format_review, hash_words
from leaflets.content.strict_yaml import Path, decode
from leaflets.files import hold_folder
from leaflets.model import Text, Topic, list_units
from leaflets.problems import LeafletsError, Place, Rule, Severity
from leaflets.translation.units import LABELS, TERMS, is_label, list_recorded, list_source
from leaflets.translation.yaml_writer import write_words

CHANGED_SINCE_READ = Rule(
    "changed-since-read",
    Severity.ERROR,
    "What is signed is what was read.",
    "Between a review on paper and its signature somebody may have changed a word.",
)
WORDS = ("string", "number", "boolean", "null")
"""What an editor may take words without quotes for, such as `12` or `no`, or a place that waits; here all is read as text."""


def locate_unit(unit: str, tag: str) -> tuple[str, Path]:
    """Say in which file a unit stands, and at which path of names.

    >>> locate_unit("signs.lumps.hard", "es")
    ('content/topics/es/signs.yaml', ('blocks', 'lumps', 'hard'))
    >>> locate_unit("terms/lump", "es")
    ('content/terms/es.yaml', ('lump', 'term'))
    """
    kind, slash, name = unit.partition("/")
    if slash and kind == "terms":
        return f"content/terms/{tag}.yaml", (name, "term")
    if slash:
        return f"translations/{tag}/LC_MESSAGES/messages.po", (name,)
    topic, *names = unit.split(".")
    return f"content/topics/{tag}/{topic}.yaml", ("title",) if names == ["title"] else ("blocks", *names)


def list_rests(tag: str, group: str) -> tuple[str, str]:
    """List the files that a topic of a language rests on, or its `terms` or `labels`: its own, and the words it is held to.

    >>> list_rests("es", "signs")
    ('content/topics/es/signs.yaml', 'content/markers/es.yaml')
    """
    others = {TERMS: f"content/terms/{tag}.yaml", LABELS: f"translations/{tag}/LC_MESSAGES/messages.po"}
    return others.get(group, f"content/topics/{tag}/{group}.yaml"), f"content/markers/{tag}.yaml"


def list_files(project: Project, tag: str) -> dict[str, dict[Path, str]]:
    """List the files of a language with the unit at each path, in the order of the source."""
    files: dict[str, dict[Path, str]] = {}
    for unit in list_source(project):
        file, path = locate_unit(unit, tag)
        files.setdefault(file, {})[path] = unit
    return files


def write_units(
    project: Project, tag: str, words: Mapping[str, str], made_from: Mapping[str, str], *, refresh: bool = False
) -> dict[str, bytes]:
    """Put words into the files of a language; gives the new bytes of each file that changes, by its path below the root.

    `made_from` has the English that each was made from; only these go on record. Empty words make a place to write them in.
    Where words are put, and with `refresh` in every YAML file that is there, the English above each place is that of now. Raises
    LeafletsError for a file that cannot be read.
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
    records = record_words(project, tag, words, made_from)
    return changed | ({f"translations/{tag}/review.yaml": records} if records else {})


def fill_file(project: Project, tag: str, file: str, units: Mapping[Path, str], old: bytes, mine: Mapping[Path, str]) -> bytes:
    """Put words into one file of a language, from the bytes that it has; none begin it. Raises LeafletsError.

    `units` are all that have a place in it.
    """
    if file.endswith(".po"):
        pot = (project.root / "translations" / "messages.pot").read_bytes()
        labels = {str(path[0]): said for path, said in mine.items()}
        return fill_entries(old, pot, labels, file) if old else format_catalogue(pot, labels, tag)
    source = list_source(project)
    english: dict[Path, Text] = {path: source[unit] for path, unit in units.items()}
    mark = BOM_UTF8 if old.startswith(BOM_UTF8) else b""
    return mark + write_words(decode(old, file), mine, tuple(units), file, english).encode()


def record_words(project: Project, tag: str, words: Mapping[str, str], made_from: Mapping[str, str]) -> bytes:
    """Write the record of what was made from which English; empty if nothing of it changes.

    Raises LeafletsError for a record that could not be read: what it says of the other units would be lost.
    """
    if project.broken(file := f"translations/{tag}/review.yaml"):
        raise LeafletsError(problem for problem in project.problems if problem.place.path == file)
    language = project.languages.get(tag)
    old = dict(language.records) if language else {}
    recorded = {unit for unit in list_recorded(project) if unit in words and unit in made_from and not is_label(unit)}
    new = old | {unit: Record(made_from[unit], hash_words(words[unit])) for unit in recorded if words[unit]}
    return format_review(new).encode() if new != old else b""


@contextmanager
def hold_record(project: Project, name: str) -> Iterator[None]:
    """Keep others from writing a record, by its path below the root, while it is written.

    Raises LeafletsError where somebody wrote it since the project was read: what may be signed or waived depends on what stands
    there, and the checks in between take seconds.
    """
    path = project.root / name
    with hold_folder(path.parent):
        loader = Loader(project.root)
        if path.exists():
            loader.read(path)
        if loader.hashes.get(name) != project.hashes.get(name):
            message = "somebody else wrote this record at the same time; yours is not written"
            raise LeafletsError([CHANGED_SINCE_READ.at(Place(name), message, "Give the same command again.")])
        yield


def make_translation_schema(topic: Topic) -> dict[str, Any]:
    """Make the schema of one topic's file in any other language."""
    root: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": {}, "title": topic.title.words}
    for unit, text in list_units(topic):
        at = root
        *above, last = map(str, locate_unit(unit, "")[1])
        for name in above:
            at = at["properties"].setdefault(name, {"type": "object", "additionalProperties": False, "properties": {}})
        said = f"English: {text.words}" + (f"\n\nNote: {text.note}" if text.note else "")
        at["properties"][last] = {"type": list(WORDS), "description": said}
    return {"$schema": "http://json-schema.org/draft-07/schema#", **require_all(root)}


def require_all(tree: dict[str, Any]) -> dict[str, Any]:
    """Ask for every name, on every level."""
    if "properties" not in tree:
        return tree
    properties = {name: require_all(each) for name, each in tree["properties"].items()}
    return tree | {"properties": properties, "required": list(properties)}
