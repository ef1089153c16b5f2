"""A language begun, brought up to the English that stands now, or taken away as long as nobody wrote into it.

Takes a `Project`, its `Fonts` and a tag; gives a `Start`: the files to write, with a place for every word that is missing. Words
that are there, and all else in a file, stay as they are. To take it away it gives the files to delete.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from babel import Locale

from leaflets.content.catalogs import add_entries
from leaflets.content.narrow import name_topics
from leaflets.content.project import Project, reload_language
from leaflets.content.provenance import format_review
from leaflets.edition import Print
from leaflets.languages.fonts import NO_TYPOGRAPHY, Fonts
from leaflets.languages.locales import (
    direction,
    english_languages,
    english_name,
    find_likely,
    join_tag,
    native_name,
    script,
)
from leaflets.languages.readability import count_words
from leaflets.languages.tags import BAD_LOCALE, explain_tag, read_aliases
from leaflets.model import SOURCE_LOCALE, Markers
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity
from leaflets.translation.units import (
    check_readable,
    is_label,
    list_sheet,
    list_source,
    list_words,
)
from leaflets.translation.write import fill_file, list_files, write_units

LANGUAGE_KEPT = Rule(
    "language-kept",
    Severity.ERROR,
    "A command takes away only a language into which nobody wrote anything.",
    "Words and signatures are somebody's work, and a mistyped tag must not delete them.",
)
MARKER_KINDS = ("negation", "obligation", "uncertainty", "doses")
EMPTY_PLACE = re.compile(rf"\s*(?:[\w-]+:|# {SOURCE_LOCALE}: .*)")
"""A place for words without any, and the English above it, which may have changed since."""


@dataclass(frozen=True, slots=True)
class Start:
    """What begins a language. `files` holds the new bytes of each file, by its path below the root, in the order to work in.

    `places` counts the places for words that each gets, 0 where only the English above them is brought up to date, and `sheet`
    those of them that are on a sheet. `sheet_words` and `other_words` count the English words of all that is missing.
    """

    tag: str
    files: Mapping[str, bytes]
    places: Mapping[str, int]
    sheet: Mapping[str, int]
    sheet_words: int
    other_words: int


def start_language(project: Project, fonts: Fonts, tag: str) -> Start:
    """Make the files of a language, or add to them what the English has gained.

    Raises LeafletsError for what is no tag of a language to translate into, for a language that no pinned font can print, and
    where a file that it rests on cannot be read.
    """
    refuse_tag(project, tag)
    if lacks := tuple(find_lacks(fonts, tag)):
        raise LeafletsError(lacks)
    if tag not in project.languages:  # somebody may have filled its term list before there was a topic
        project = reload_language(project, tag)
    check_readable(project, tag)  # a name that is not seen would be added a second time
    source, words, gaps = list_source(project), list_words(project, tag), project.languages[tag].gaps
    missing = [unit for unit in source if unit not in words and unit not in gaps]
    units = dict.fromkeys(missing, "")
    added: dict[str, bytes] = {}
    po = f"translations/{tag}/LC_MESSAGES/messages.po"
    if (project.root / po).exists():  # it may hold a translator's own comments, which only adding leaves alone
        units = {unit: words for unit, words in units.items() if not is_label(unit)}
        old = (project.root / po).read_bytes()
        new = add_entries(old, (project.root / "translations" / "messages.pot").read_bytes(), po)
        added = {po: new} if new != old else {}
    files = write_units(project, tag, units, {}, refresh=True) | added
    markers = f"content/markers/{tag}.yaml"
    if not (project.root / markers).exists():
        files[markers] = format_markers(project, tag).encode()
    order = order_files(project, tag)
    first = list_sheet(project)
    found = {file: [unit for unit in each.values() if unit in missing] for file, each in list_files(project, tag).items()}
    ours = {file: len(each) for file, each in found.items()}
    lengths = {unit: count_words(source[unit].words) for unit in missing}
    sheet_words = sum(number for unit, number in lengths.items() if unit in first)
    english = project.languages[SOURCE_LOCALE].markers
    ours[markers] = count_lists(english) if english else 0
    return Start(
        tag,
        files={file: files[file] for file in sorted(files, key=order.index)},
        places={file: ours[file] for file in files},
        sheet={file: sum(unit in first for unit in found.get(file, ())) for file in files},
        sheet_words=sheet_words,
        other_words=sum(lengths.values()) - sheet_words,
    )


def format_markers(project: Project, tag: str) -> str:
    """Write the beginning of a list of words that say no, must and may, and of those for phrases, with the English ones."""
    source = project.languages[SOURCE_LOCALE].markers
    lines = [
        f'# The words by which {english_name(tag)} says no, must and may: they are counted, so that a lost "not" is noticed.',
        f"# Write one a line below each name, as in content/markers/{SOURCE_LOCALE}.yaml. A * at the end means any ending.",
    ]
    for kind in MARKER_KINDS if source else ():
        words = getattr(source, kind)
        lines += [f"# {SOURCE_LOCALE}: {', '.join(words)}"] if words else []
        lines.append(f"{kind}:")
    if source and source.phrases:
        rule = "Where the English says one of these, a translation must have one of the words behind it, as in [word, two words]."
        lines += [f"# {rule}", "phrases:", *(f"  {name}:" for name in source.phrases)]
    if source and source.opposites:
        rule = "Words that turn a sentence round where one stands for the other. A pair without words is not compared yet."
        lines += [f"# {rule}", "opposites:"]
        for name, sides in source.opposites.items():
            each = ([f"    # {SOURCE_LOCALE}: {', '.join(words)}", f"    {side}:"] for side, words in sides.items())
            lines += [f"  {name}:", *chain.from_iterable(each)]
    return "\n".join(lines) + "\n"


def count_lists(english: Markers) -> int:
    """Count the lists of words that a language needs for those of the English."""
    return len(MARKER_KINDS) + len(english.phrases) + sum(map(len, english.opposites.values()))


def order_files(project: Project, tag: str) -> list[str]:
    """List the files of a language in the order to work in: terms, topics of the sheets, the others as the leaflets have them.

    The last are the page's own words.
    """
    leaflets = project.leaflets.values()
    read = [topic for what in Print for leaflet in leaflets if what in leaflet.prints for topic in name_topics(leaflet, what)]
    return [
        f"content/terms/{tag}.yaml",
        f"content/markers/{tag}.yaml",
        *(f"content/topics/{tag}/{topic}.yaml" for topic in dict.fromkeys((*read, *project.topics))),
        f"translations/{tag}/LC_MESSAGES/messages.po",
    ]


def refuse_tag(project: Project, tag: str) -> None:
    """Refuse what is no tag of a language to translate into, with the command for the one that was meant."""
    advice = explain_tag(tag, read_aliases(project.root / "templates"))
    if SOURCE_LOCALE in advice.tags:
        advice = replace(advice, tags=tuple(each for each in advice.tags if each != SOURCE_LOCALE))
        if not advice.tags:
            said = f"{english_name(SOURCE_LOCALE)} is the language that every other is made from"
            raise LeafletsError([BAD_LOCALE.at(Place(tag), said, "Name the language to translate into.")])
    if tag not in project.languages and not advice.fine:
        command = f" To begin it: leaflets translate start {advice.tags[0]}" if len(advice.tags) == 1 else ""
        raise LeafletsError([BAD_LOCALE.at(Place(tag.strip() or "TAG"), advice.said, advice.remedy + command)])


def find_lacks(fonts: Fonts, tag: str) -> Iterator[Problem]:
    """Find that no pinned font has the script of a language, or the letters of its own name: no word of it could be printed."""
    if not fonts.typography(tag):
        said = f"no pinned font has the {name_script(tag)} script ({script(tag)})"
        how = 'templates/fonts/renew.py, and the script in templates/styles/scripts.toml ("Fonts" in docs/developing.md)'
        yield NO_TYPOGRAPHY.at(Place(tag), said, f"A developer adds one first: {how}.")
    elif absent := sorted({char for char in native_name(tag) if not char.isspace() and ord(char) not in fonts.characters(tag)}):
        said = f"no pinned font has {' '.join(absent)}, which are in the language's own name"
        yield NO_TYPOGRAPHY.at(Place(tag), said, "A developer pins one that has them first.")


def name_script(tag: str) -> str:
    """Name the script of a language in English: CLDR calls that of zh-Hant no more than "Traditional".

    >>> name_script("zh-Hant"), name_script("ur"), name_script("yue")
    ('Traditional Chinese', 'Arabic', 'Traditional Chinese')
    """
    code = script(tag)
    whole = join_tag(find_likely("und", code)[0], code)
    return english_languages().get(whole) or str(Locale(SOURCE_LOCALE).scripts.get(code, code))


def describe_language(tag: str) -> str:
    """Say how a language is written.

    >>> describe_language("ur")
    'Arabic script, right to left'
    """
    ways = {"ltr": "left to right", "rtl": "right to left"}
    return f"{name_script(tag)} script, {ways[direction(tag)]}"


def plan_removal(project: Project, tag: str) -> tuple[str, ...]:
    """List the files of a language, as paths below the root. Raises LeafletsError where any of them holds what somebody wrote."""
    fresh = write_fresh(project, tag)
    files = tuple(find_files(project.root, tag))
    written = [problem for file in files for problem in check_untouched(project.root, file, fresh.get(file))]
    if written:
        first = written[0]
        others = f" (and in {len(written) - 1} more files)" if len(written) > 1 else ""
        raise LeafletsError([replace(first, message=f"{first.message}{others}")])
    return files


def write_fresh(project: Project, tag: str) -> dict[str, str]:
    """Write every file of a language as it is when it was just begun."""
    files = {
        file: fill_file(project, tag, file, units, b"", dict.fromkeys(units, "")).decode()
        for file, units in list_files(project, tag).items()
    }
    own = {f"content/markers/{tag}.yaml": format_markers(project, tag), f"translations/{tag}/review.yaml": format_review({})}
    return files | own


def find_files(root: Path, tag: str) -> Iterator[str]:
    for part in (f"content/terms/{tag}.yaml", f"content/markers/{tag}.yaml", f"content/topics/{tag}", f"translations/{tag}"):
        path = root / part
        found = sorted(each for each in path.rglob("*") if not each.is_dir()) if path.is_dir() else [path] * path.exists()
        yield from (each.relative_to(root).as_posix() for each in found)


def check_untouched(root: Path, file: str, fresh: str | None) -> Iterator[Problem]:
    """Find the first line of a file that `leaflets translate start` did not write."""
    remedy = "So nothing is deleted. Whoever is sure deletes the files by hand: docs/translating.md names them."
    if fresh is None:
        yield LANGUAGE_KEPT.at(Place(file), "this is no file that `leaflets translate start` makes", remedy)
        return
    known = {line.strip() for line in fresh.splitlines()}
    text = (root / file).read_bytes().decode("utf-8-sig", "replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() not in known and not EMPTY_PLACE.fullmatch(line.rstrip()):
            yield LANGUAGE_KEPT.at(Place(file, number), f"somebody wrote here: {line.strip()}", remedy)
            return
