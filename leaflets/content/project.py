"""What exists: the only module that reads the folders of a project.

Takes the root of a project; gives a `Project` with every file read and parsed, and the problems of those that could not
be. A leaflet, topic, language or edition exists because its file exists.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from leaflets.content.catalogs import (
    MESSAGE_PLACEHOLDER,
    MISSING_MESSAGE,
    POT,
    check_messages,
    find_sheet_messages,
    read_entries,
    read_template_messages,
)
from leaflets.content.countries import Countries, parse_countries
from leaflets.content.editions import parse_edition
from leaflets.content.leaflet import parse_leaflet
from leaflets.content.provenance import Record, parse_review, parse_structure
from leaflets.content.readings import Readings, parse_readings
from leaflets.content.schema import parse_markers, parse_references, parse_terms, parse_topic, parse_translation
from leaflets.content.seals import EARLIER, END, RECORD, broken, parse_signoffs
from leaflets.content.shapes import NAME_PATTERN
from leaflets.content.signoffs import SignOff
from leaflets.content.strict_yaml import YamlFile, read_yaml
from leaflets.content.waivers import Waiver, parse_waivers
from leaflets.edition import Edition
from leaflets.languages.locales import is_pseudo, is_tag
from leaflets.languages.phrases import fold_words
from leaflets.languages.tags import BAD_LOCALE, explain_tag
from leaflets.model import SOURCE_LOCALE, Leaflet, Markers, Reference, Term, Text, Topic, label_unit, list_units, term_unit
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity

NO_FILE = Rule("no-file", Severity.ERROR, "A file that is needed exists.", "What is not there cannot be printed.")
BAD_NAME = Rule(
    "bad-name",
    Severity.ERROR,
    "The file of a leaflet or topic has a plain name.",
    "Its name goes into the names of files to hand out, into links and into lines.",
)

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class Language:
    """All that is written in one language. For the source language `words` is empty: its words are the topics.

    `gaps` has the places of units that wait for their words.
    """

    tag: str
    words: Mapping[str, Text]
    terms: Mapping[str, Term]
    messages: Mapping[str, Text]
    records: Mapping[str, Record]
    sources: tuple[str, ...] = field(default=(), repr=False)
    gaps: Mapping[str, Place] = field(default_factory=dict, repr=False)
    signoffs: tuple[SignOff, ...] = field(default=(), repr=False)
    waivers: Mapping[tuple[str, str], Waiver] = field(default_factory=dict, repr=False)
    markers: Markers | None = None
    structure: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    readings: Readings = field(default_factory=Readings, repr=False)


@dataclass(frozen=True, eq=False)
class Project:
    """Everything a build reads. What is derived of it is derived once; a project made by `replace` derives it anew.

    Two projects are the same only if they are one, so that what was derived of one can be kept by it.

    `sheet_messages` are those of the `messages` that a sheet may say. `pictures` has the SVG text of every drawing by its name
    below templates/figures, such as `do/clean`; `hashes` the sha256 of every file read, by its path below the root.
    """

    root: Path
    leaflets: Mapping[str, Leaflet]
    topics: Mapping[str, Topic]
    references: Mapping[str, Reference]
    countries: Countries
    languages: Mapping[str, Language]
    messages: tuple[str, ...]
    sheet_messages: frozenset[str]
    pictures: Mapping[str, str]
    hashes: Mapping[str, str]
    problems: tuple[Problem, ...]
    editions: Mapping[str, Edition]

    def broken(self, path: str) -> bool:
        """Whether a file could not be read, so that what depends on it need not be complained of as well."""
        return any(problem.place.path == path for problem in self.problems)

    def title(self, leaflet: str) -> str:
        """The English title of a leaflet; its name, where its cover could not be read."""
        cover = self.leaflets[leaflet].cover
        return self.topics[cover].title.words if cover in self.topics else leaflet

    @cached_property
    def units(self) -> Mapping[str, Text]:
        """Every unit of the source, by its id."""
        return {unit: text for topic in self.topics.values() for unit, text in list_units(topic)}

    @cached_property
    def vocabularies(self) -> Mapping[str, frozenset[str]]:
        """The words that the units of each language are made of."""

        def list_words(language: Language) -> Iterator[str]:
            for text in (self.units if language.tag == SOURCE_LOCALE else language.words).values():
                yield from fold_words(text.words).split()

        return {tag: frozenset(list_words(language)) for tag, language in self.languages.items()}


class Loader:
    """Reads files below one root, and remembers their hashes and their problems."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.hashes: dict[str, str] = {}
        self.problems: list[Problem] = []

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def read(self, path: Path) -> bytes | None:
        name = self.name(path)
        try:
            if not self.is_plain(path):
                said = "this is no plain file of the project, but a device, a pipe or a link that leads out of it"
                self.problems.append(NO_FILE.at(Place(name), said, "Put the file itself here."))
                return None
            data = path.read_bytes()
        except OSError as error:
            self.problems.append(NO_FILE.at(Place(name), error.strerror or "cannot be read", "Add the file."))
            return None
        self.hashes[name] = hashlib.sha256(data).hexdigest()
        return data

    def is_plain(self, path: Path) -> bool:
        """Whether a path is a file (or no file, but a folder) below the root; fonts, which have hashes, may lie elsewhere."""
        real = path.resolve(strict=True)
        inside = real.is_relative_to(self.root.resolve()) or self.name(path).startswith("templates/fonts/")
        return inside and (real.is_file() or real.is_dir())

    def parse(self, path: Path, parse: Callable[[YamlFile], Parsed], blanks: bool = False) -> Parsed | None:
        return self.read_as(path, lambda data, name: parse(read_yaml(data, name, blanks)))

    def parse_each(self, folder: Path, parse: Callable[..., Parsed], blanks: bool = False) -> dict[str, Parsed]:
        """Parse every file of a folder, by its name, which `parse` takes as well."""
        paths = sorted(folder.glob("*.yaml"))
        for path in [path for path in paths if not re.fullmatch(NAME_PATTERN, path.stem)]:
            paths.remove(path)
            said = f"the name of the file {path.name!a} is no plain name"
            self.problems.append(BAD_NAME.at(Place(self.name(folder)), said, "Rename it: small letters, digits and hyphens."))
        found = {path.stem: self.parse(path, partial(parse, name=path.stem), blanks) for path in paths}
        return {name: each for name, each in found.items() if each is not None}

    def read_as(self, path: Path, parse: Callable[[bytes, str], Parsed]) -> Parsed | None:
        data = self.read(path)
        try:
            return None if data is None else parse(data, self.name(path))
        except LeafletsError as error:
            self.problems.extend(error.problems)
            return None


def load_project(root: Path, asked: Collection[str] = ()) -> Project:
    """Read every file of a project; nothing is raised, so that all problems are seen at once.

    Where languages are `asked` for, of all others but the source only the sentences are read, by which one is known that got
    into the wrong file: who asks for one language does not wait for forty.
    """
    loader = Loader(root)
    content = root / "content"
    leaflets = loader.parse_each(content / "leaflets", parse_leaflet)
    topics = loader.parse_each(content / "topics" / SOURCE_LOCALE, parse_topic)
    messages = loader.read_as(root / POT, read_template_messages) or {}
    templates = read_templates(loader)
    languages = {}
    for folder in sorted(path for path in (content / "topics").glob("*") if path.is_dir()):
        if is_pseudo(folder.name) or not is_tag(folder.name):
            advice = explain_tag(folder.name)
            loader.problems.append(BAD_LOCALE.at(Place(loader.name(folder)), advice.said, f"Rename it. {advice.remedy}"))
            continue
        if asked and folder.name not in (*asked, SOURCE_LOCALE):
            words = {unit: text for unit, text in load_sentences(loader, folder.name).items() if text.words.strip()}
            languages[folder.name] = Language(folder.name, words, {}, {}, {})
        else:
            languages[folder.name] = load_language(loader, folder.name, messages)
    return Project(
        root=root,
        leaflets=leaflets,
        topics=topics,
        references=loader.parse(content / "references.yaml", parse_references) or {},
        countries=loader.parse(content / "countries.yaml", parse_countries) or Countries(),
        languages=languages,
        messages=tuple(messages),
        sheet_messages=find_sheet_messages((root / POT).read_bytes(), templates) if messages else frozenset(),
        pictures=load_pictures(loader),
        editions=load_editions(loader),
        hashes=loader.hashes,
        problems=tuple(loader.problems),
    )


def read_templates(loader: Loader) -> dict[str, str]:
    """Read the templates by their names, and remember their hashes, and those of styles and lists of fonts.

    The fonts are held to hashes of their own.
    """
    folder = loader.root / "templates"
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".css", ".js", ".toml"))
    found = {path.relative_to(folder).as_posix(): loader.read(path) or b"" for path in paths}
    return {name: data.decode("utf-8", "replace") for name, data in found.items() if name.endswith(".html")}


def load_editions(loader: Loader) -> dict[str, Edition]:
    """Read the editions, in their order."""
    paths = sorted((loader.root / "templates" / "editions").glob("*.toml"))
    found = [edition for path in paths if (edition := loader.read_as(path, parse_edition))]
    return {edition.name: edition for edition in sorted(found, key=lambda edition: edition.order)}


def load_pictures(loader: Loader) -> dict[str, str]:
    """Read the drawings; bytes that are no UTF-8 are left for the check of drawings to find."""
    folder = loader.root / "templates" / "figures"
    found = {path.relative_to(folder).with_suffix("").as_posix(): loader.read(path) for path in sorted(folder.rglob("*.svg"))}
    return {name: data.decode("utf-8", "replace") for name, data in found.items() if data is not None}


def load_language(loader: Loader, tag: str, needed: Mapping[str, str]) -> Language:
    """Read one language: its topics, terms, messages, the words that say no, must and may, and what is on record about them."""
    root = loader.root
    translated = tag != SOURCE_LOCALE
    topics = root / "content" / "topics" / tag
    found = load_sentences(loader, tag) if translated else {}
    terms = loader.parse(root / "content" / "terms" / f"{tag}.yaml", parse_terms, blanks=translated) or {}
    gaps = {unit: text.place for unit, text in found.items() if not text.words.strip()}
    gaps |= {term_unit(name): term.term.place for name, term in terms.items() if not term.term.words.strip()}
    markers = root / "content" / "markers" / f"{tag}.yaml"
    messages = load_messages(loader, tag, needed)
    gaps |= {label_unit(message): text.place for message, text in messages.items() if not text.words}
    folder = root / "translations" / tag
    review, waivers, structure, readings = (folder / f"{name}.yaml" for name in ("review", "waivers", "structure", "readings"))
    return Language(
        tag,
        words={unit: text for unit, text in found.items() if unit not in gaps},
        terms={name: term for name, term in terms.items() if term_unit(name) not in gaps},
        messages={message: text for message, text in messages.items() if text.words},
        records=loader.parse(review, parse_review) or {} if review.exists() else {},
        sources=tuple(loader.name(path) for path in sorted(topics.glob("*.yaml"))),
        gaps=gaps,
        signoffs=load_signoffs(loader, tag),
        waivers=loader.parse(waivers, parse_waivers) or {} if waivers.exists() else {},
        markers=loader.parse(markers, parse_markers, blanks=translated) if markers.exists() else None,
        structure=loader.parse(structure, parse_structure) or {} if structure.exists() else {},
        readings=loader.parse(readings, parse_readings) or Readings() if readings.exists() else Readings(),
    )


def load_sentences(loader: Loader, tag: str) -> dict[str, Text]:
    """Read the topics of a translation: its texts by their units, empty ones too."""
    parsed = loader.parse_each(loader.root / "content" / "topics" / tag, parse_translation, blanks=True)
    return {unit: text for units in parsed.values() for unit, text in units.items()}


def load_signoffs(loader: Loader, tag: str) -> tuple[SignOff, ...]:
    """Read the record of a language's sign-offs, if there is one."""
    try:
        return parse_signoffs(read_signoffs(loader, tag), tag)
    except LeafletsError as error:
        loader.problems.extend(error.problems)
        return ()


def read_signoffs(loader: Loader, tag: str) -> dict[str, bytes]:
    """Read the files of the record of a language's sign-offs; hidden ones are none. Raises LeafletsError for one that is none."""
    folder = loader.root / "translations" / tag
    files = {}
    for path in (folder / EARLIER, folder / END, *sorted((folder / RECORD).glob("[!.]*"))):
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise broken(loader.name(path), "this is no plain file")
        if path.exists():
            files[loader.name(path)] = loader.read(path) or b""
    return files


def is_of_language(path: str, tag: str) -> bool:
    """Whether a file, by its path below the root, belongs to a language alone; or the folder that makes it a language.

    >>> is_of_language("content/terms/es.yaml", "es"), is_of_language("content/topics/en/signs.yaml", "es")
    (True, False)
    """
    folders = f"content/topics/{tag}/", f"translations/{tag}/"
    own = (f"content/topics/{tag}", f"content/terms/{tag}.yaml", f"content/markers/{tag}.yaml")
    return path.startswith(folders) or path in own


def find_unreadable(project: Project, *tags: str) -> tuple[Problem, ...]:
    """Find the problems of files that could not be read, so that words of languages, or their English, only seem to be missing.

    Not those of files that were read: warnings, and labels that are missing or lost a {placeholder}. Nor those of other
    languages, nor of a file that a translation does not have yet, which the first words for it make.
    """
    read = (MISSING_MESSAGE.id, MESSAGE_PLACEHOLDER.id)
    others = [each for each in project.languages if each not in (*tags, SOURCE_LOCALE)]
    translations = [each for each in tags if each != SOURCE_LOCALE]
    return tuple(
        each
        for each in project.problems
        if each.severity is Severity.ERROR
        and each.id not in read
        and not any(is_of_language(each.place.path, other) for other in others)
        and ((project.root / each.place.path).exists() or not any(is_of_language(each.place.path, tag) for tag in translations))
    )


def find_broken(project: Project, tag: str) -> tuple[Problem, ...]:
    """Find those of them that lie in the files with the words of a language, or with their English."""
    return tuple(
        each
        for each in find_unreadable(project, tag)
        if each.place.path == POT or any(is_of_language(each.place.path, language) for language in (SOURCE_LOCALE, tag))
    )


def reload_language(project: Project, tag: str) -> Project:
    """Read the files of a translation again, and leave all else as it was read: a tenth of the time of `load_project`."""
    loader = Loader(project.root)
    language = load_language(loader, tag, dict.fromkeys(project.messages, ""))
    return replace(
        project,
        languages={**project.languages, tag: language},
        hashes={path: each for path, each in project.hashes.items() if not is_of_language(path, tag)} | loader.hashes,
        problems=(*(each for each in project.problems if not is_of_language(each.place.path, tag)), *loader.problems),
    )


def load_messages(loader: Loader, tag: str, needed: Mapping[str, str]) -> dict[str, Text]:
    """Read the templates' own words in one language, empty where they wait; those of the source are what the templates say."""
    if tag == SOURCE_LOCALE:
        return {message: Text(message, Place(POT), note) for message, note in needed.items()}
    po = loader.root / "translations" / tag / "LC_MESSAGES" / "messages.po"
    found = loader.read_as(po, read_entries)
    if found is not None and needed:
        loader.problems.extend(check_messages(needed, found, loader.name(po)))
    return found or {}
