"""Checks of the sheet of paper that is handed out: that it names what is there, lacks no danger sign, and has not too many words.

Takes a `LeafletContent`, or a `LanguageContent`; yields problems. The measure of length is there for a translator to hear of what
does not fit before a page is laid out.
"""

import math
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from leaflets.checks import check
from leaflets.checks.content import LeafletContent
from leaflets.checks.pairs import LanguageContent
from leaflets.content.narrow import fit_conditions, list_sheet_units
from leaflets.languages.readability import count_words
from leaflets.model import SOURCE_LOCALE, Block, Leaflet, Level, SheetPart, Text, Topic
from leaflets.problems import NAMED, Problem, Rule, Severity
from leaflets.translation.units import list_words

ERROR = Severity.ERROR
EXPANSION = 1.3
"""How much longer than the English a translation may be: what is usual for texts of over 70 letters."""


@check("unknown-sheet-part", ERROR, "A sheet that names what its leaflet has not would lack that part, or print it twice.")
def find_unknown_parts(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """Every block and item that a sheet names is in its leaflet, and is named once; a drawing with numbers is printed whole."""
    leaflet = subject.leaflet
    blocks = {f"{topic.name}.{block.name}": block for topic in subject.topics() for block in topic.blocks}
    seen: list[str] = []
    for part in (*leaflet.sheet.front, *leaflet.sheet.back) if leaflet.sheet else ():
        topic = part.name.partition(".")[0]
        if topic in leaflet.read and subject.project.broken(f"content/topics/{SOURCE_LOCALE}/{topic}.yaml"):
            continue
        if topic not in leaflet.printed or part.name not in blocks:
            yield rule.at(part.place, f'there is no block "{part.name}" in {leaflet.name}', offer_name(part.name, list(blocks)))
        elif part.name in seen:
            yield rule.at(part.place, f'"{part.name}" stands twice on the sheet', "Leave it in one place.")
        else:
            yield from find_unknown_items(rule, part, blocks[part.name], subject)
        seen.append(part.name)


def find_unknown_items(rule: Rule, part: SheetPart, block: Block, subject: LeafletContent) -> Iterator[Problem]:
    names = [item.name for item in block.items if item.name]
    for item in (*part.items, *part.without):
        if item not in names:
            message = f'there is no item "{item}" in "{part.name}" for {subject.leaflet.name}'
            yield rule.at(part.place, message, offer_name(item, names))
    if block.picture in subject.project.pictures and not all(map(part.prints, names)):
        yield rule.at(part.place, f'the drawing of "{part.name}" has numbers for all its labels', "Name the block without items.")


def offer_name(name: str, known: list[str]) -> str:
    """Say which name was probably meant.

    >>> offer_name("get-help.emergancy", ["get-help.emergency", "signs.lumps"])
    'Did you mean "get-help.emergency"?'
    """
    close = get_close_matches(name, known, 1)
    return f'Did you mean "{close[0]}"?' if close else "Correct its name."


@check(
    "unsafe-sheet", ERROR, "Who was handed the sheet takes it for all signs of danger: one that is not on it is not looked for."
)
def find_unsafe_sheets(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """Every block of the level emergency stands on the back of the sheet, whole but for signs that are left out by name."""
    leaflet, printed = subject.leaflet, subject.leaflet.printed
    back = {part.name: part for part in leaflet.sheet.back} if leaflet.sheet else {}
    for topic in subject.topics() if leaflet.sheet else ():
        for block in topic.blocks if topic.name in printed else ():
            name = f"{topic.name}.{block.name}"
            if block.level is not Level.EMERGENCY:
                continue
            if name not in back:
                yield rule.at(leaflet.place, f'"{name}" is not on the back of the sheet', "Add it to `back:`, whole.")
            elif back[name].items and (lost := [item.name for item in block.items if not back[name].prints(item.name)]):
                remedy = "Name the block without items, so that all are printed, or name them behind `without:`."
                yield rule.at(back[name].place, f'"{name}" lacks {", ".join(lost)}', remedy)


@check(
    "long-sheet",
    ERROR,
    "What does not fit on two sides is cut, or set so small that nobody reads it.",
    "W3C, Text size in translation: 130% for texts of over 70 letters; https://www.w3.org/International/articles/article-text-size",
)
def find_long_sheets(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """A sheet has no more English words than it says; in another language it is as long as 1.3 times as many at most."""
    project, tag = subject.project, subject.language.tag
    source = list_words(project, SOURCE_LOCALE)
    own = list_words(project, tag)
    for leaflet in project.leaflets.values():
        english = {unit: source[unit] for unit in list_printed_units(leaflet, project.topics) if unit in source}
        if not english or not leaflet.sheet:
            continue
        if tag == SOURCE_LOCALE:
            yield from find_too_many_words(rule, leaflet, leaflet.sheet.words, english)
        elif all(unit in own for unit in english):
            words = {unit: own[unit] for unit in english}
            yield from find_too_long(rule, leaflet.name, leaflet.sheet.words, english, words)


def list_printed_units(leaflet: Leaflet, topics: Mapping[str, Topic]) -> Iterator[str]:
    """List the units of a sheet that take room on paper without a clinic: what a drawing shows is only spoken."""
    return (unit for unit in list_sheet_units(leaflet, fit_conditions(topics, None)) if not unit.endswith(".alt"))


def find_too_many_words(rule: Rule, leaflet: Leaflet, budget: int, english: Mapping[str, Text]) -> Iterator[Problem]:
    """Hold the English of a sheet to its number of words."""
    lengths = {unit: count_words(text.words) for unit, text in english.items()}
    if (words := sum(lengths.values())) > budget:
        said = f"the sheet has {words} words, and {budget} fit; the longest texts are {name_greatest(lengths)}"
        yield rule.at(leaflet.place, said, "Shorten them, or take some out.")


def find_too_long(rule: Rule, name: str, budget: int, english: Mapping[str, Text], own: Mapping[str, Text]) -> Iterator[Problem]:
    """Hold a translation of a sheet to the room of its English words, said in such words."""
    before, now = ({unit: count_columns(text.words) for unit, text in each.items()} for each in (english, own))
    column = sum(before.values()) / sum(count_words(text.words) for text in english.values())
    words, most = math.ceil(sum(now.values()) / column), math.floor(budget * EXPANSION)
    if words > most:
        grown = name_greatest({unit: now[unit] - before[unit] for unit in english})
        said = f"the sheet of {name} is as long as {words} English words; {most} fit; longest beside their English are {grown}"
        yield rule.at(own[max(now, key=now.__getitem__)].place, said, "Say these in fewer words.")


def name_greatest(lengths: Mapping[str, int]) -> str:
    return ", ".join(sorted(lengths, key=lambda unit: -lengths[unit])[:NAMED])


def count_columns(text: str) -> int:
    """Count how wide a text is, with the space behind it: wide letters (UAX #11) are two columns, marks on letters none.

    >>> count_columns("lump"), count_columns("**肿块**"), count_columns("हड्डी")
    (5, 5, 5)
    """
    return 1 + sum(
        2 if unicodedata.east_asian_width(char) in "WF" else unicodedata.category(char) not in ("Mn", "Me", "Cf")
        for char in text
        if char != "*"
    )


LEAFLET_SHEET_CHECKS = (find_unknown_parts, find_unsafe_sheets)
