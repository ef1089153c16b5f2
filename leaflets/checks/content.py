"""Checks of the source: that what leaflets, topics and figures name is there, and is used; and that a drawing can be printed.

Takes a `Project`, or a leaflet of it as `LeafletContent`; yields problems.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from leaflets.checks import check
from leaflets.content.narrow import narrow_topic, pick_topic
from leaflets.content.project import Project
from leaflets.model import SOURCE_LOCALE, Block, Leaflet, Level, Topic, list_units
from leaflets.problems import Place, Problem, Rule, Severity
from leaflets.profile import PLACEHOLDERS, Condition
from leaflets.svg import DRAWN, MIRROR, PALETTE, count_numbers, list_strangers

ERROR = Severity.ERROR
BRACES = re.compile(r"\{[^{}]*\}?|\}")
"""A placeholder, known or not, and a brace that is lost."""
FOLDER = "templates/figures"
ELEMENTS = {"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}
ATTRIBUTES = {
    *("viewBox", "preserveAspectRatio", "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry"),
    *("width", "height", "transform", "fill", "fill-rule", "stroke", "stroke-width", "stroke-dasharray"),
    *("stroke-linecap", "stroke-linejoin", MIRROR),
}
COLOURS = {"none", *PALETTE.values(), *DRAWN.values()}
THINNEST = 0.35
"""In millimetres: thinner lines vanish on a tired printer."""
FURNITURE = ("band", "path-of-care/visit", *(f"get-help/{level}" for level in Level))
"""Drawings that the templates use by themselves."""


@dataclass(frozen=True, slots=True)
class LeafletContent:
    """A leaflet with the project that it belongs to."""

    leaflet: Leaflet
    project: Project

    def topics(self) -> Iterator[Topic]:
        """The topics that exist, narrowed to this leaflet."""
        for name in self.leaflet.read:
            if name in self.project.topics:
                yield narrow_topic(self.project.topics[name], self.leaflet.name)


def each_block(project: Project) -> Iterator[tuple[Topic, Block]]:
    for topic in project.topics.values():
        for block in topic.blocks:
            yield topic, block


@check("unknown-topic", ERROR, "A leaflet that names what does not exist would lack that part.")
def find_unknown_topics(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """Every topic that a leaflet names exists."""
    leaflet, topics = subject.leaflet, subject.project.topics
    for name in leaflet.read:
        file = f"content/topics/{SOURCE_LOCALE}/{name}.yaml"
        if name not in topics and not subject.project.broken(file):
            yield rule.at(leaflet.place, f'there is no topic "{name}"', f"Add {file}.")


@check("no-emergency-box", ERROR, "A leaflet that does not say when to call for help at once can cost a life.")
def find_no_emergency_box(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """A topic that a leaflet prints has the signs of an emergency in a box of that level, for every clinic."""
    printed = [topic for topic in subject.topics() if topic.name in subject.leaflet.topics]
    boxes = (block for topic in printed for block in topic.blocks if block.level is Level.EMERGENCY)
    if len(printed) == len(subject.leaflet.topics) and not any(block.certain for block in boxes):
        said = "no topic of the leaflet has a box with the level emergency that every clinic prints"
        yield rule.at(subject.leaflet.place, said, "Add such a topic to `topics:`, or take the `when:` of its box out.")


@check("empty-insert", ERROR, "An insert without words would be a page that says for whom it is, and nothing else.")
def find_empty_inserts(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """Every insert of a leaflet has a block that is meant for that leaflet, and that every clinic prints."""
    for topic in subject.topics():
        if topic.name in subject.leaflet.inserts and not any(block.certain for block in topic.blocks):
            said = f'the insert "{topic.name}" has no block for {subject.leaflet.name} that every clinic prints'
            yield rule.at(subject.leaflet.place, said, "Leave it out of `inserts:`, or take `for:` or `when:` of a block out.")


@check("unknown-answer", ERROR, "A question that points at nothing leaves the clinician searching.")
def find_unknown_answers(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """Every block that a question of a leaflet names by `see:` is printed in that leaflet, for every clinic."""
    blocks = [(f"{topic.name}.{block.name}", block) for topic in subject.topics() for block in topic.blocks]
    printed = {name for name, block in blocks if block.certain and (block.items or block.rows)}
    for topic in subject.topics():
        for item in (item for block in topic.blocks for item in block.items):
            for name in item.see:
                if name in printed:
                    continue
                message = f'there is no block "{name}" in the leaflet {subject.leaflet.name}'
                if name in dict(blocks):
                    message += " that every clinic prints"
                yield rule.at(item.text.place, message, "Correct its name.")


@check("unknown-audience", ERROR, "Words meant for a leaflet that does not exist are printed nowhere.")
def find_unknown_audiences(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every `for:` names leaflets that exist."""
    places = [(group.place, group.audiences) for group in project.countries.groups]
    for _, block in each_block(project):
        places += [(block.place, block.audiences), *((item.text.place, item.audiences) for item in block.items)]
    for place, audiences in places:
        for name in audiences:
            if name not in project.leaflets and not project.broken(f"content/leaflets/{name}.yaml"):
                yield rule.at(place, f'there is no leaflet "{name}"', f"The leaflets are {', '.join(project.leaflets)}.")


@check("unknown-reference", ERROR, "A statement whose source cannot be looked up has none.", "DISCERN 4")
def find_unknown_references(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every reference of a block is in the bibliography."""
    if project.broken("content/references.yaml"):
        return
    for _, block in each_block(project):
        for name in block.references:
            if name not in project.references:
                yield rule.at(block.place, f'there is no reference "{name}"', "Add it to content/references.yaml.")


@check("unused-reference", Severity.WARNING, "A bibliography that lists what nobody used claims more than was done.")
def find_unused_references(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every entry of the bibliography is used by a block."""
    used = {name for _, block in each_block(project) for name in block.references}
    for name in project.references:
        if name not in used:
            yield rule.at(Place("content/references.yaml"), f'nothing rests on "{name}"', "Remove it, or cite it.")


@check("unknown-term", ERROR, "A meaning without its term explains nothing.")
def find_unknown_terms(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every explained term is in the term list of the source."""
    terms = project.languages[SOURCE_LOCALE].terms if SOURCE_LOCALE in project.languages else {}
    file = f"content/terms/{SOURCE_LOCALE}.yaml"
    if project.broken(file):
        return
    for _, block in each_block(project):
        for item in block.items if block.kind == "terms" else ():
            if item.name not in terms:
                yield rule.at(item.text.place, f'there is no term "{item.name}"', f"Add it to {file}.")


@check("unknown-placeholder", ERROR, "An unknown {placeholder} is printed with its braces, or stops the build.")
def find_unknown_placeholders(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every {placeholder} of the source is a field of a clinic."""
    known = [f"{{{name}}}" for name in PLACEHOLDERS]
    for unit, text in project.units.items():
        for found in BRACES.findall(text.words):
            if found not in known:
                message = f'"{unit}" has the unknown placeholder "{found}"'
                yield rule.at(text.place, message, f"The placeholders are {', '.join(known)}.")


@check("phone-without-when", ERROR, "A clinic that has no such line would print a sentence that says to call nobody.")
def find_unguarded_phones(rule: Rule, project: Project) -> Iterator[Problem]:
    """Words with {urgent_phone} stand under `when: urgent-phone`."""
    named = dict.fromkeys(unit.partition(".")[0] for unit, text in project.units.items() if "{urgent_phone}" in text.words)
    for topic in map(project.topics.__getitem__, named):
        unguarded = pick_topic(topic, lambda each: each.when is not Condition.URGENT_PHONE)
        for unit, text in list_units(unguarded):
            if "{urgent_phone}" in text.words:
                remedy = "Write `when: urgent-phone`, and say elsewhere under `when: no-urgent-phone` what else to do."
                yield rule.at(text.place, f'"{unit}" has {{urgent_phone}} for clinics without one', remedy)


@check("unbalanced-strong", ERROR, "An odd `**` prints as asterisks, or makes the rest of a page bold.")
def find_unbalanced_strong(rule: Rule, project: Project) -> Iterator[Problem]:
    """Strong words are closed, and no other asterisk stands in the source."""
    for unit, text in project.units.items():
        if text.words.count("**") % 2 or "*" in text.words.replace("**", ""):
            yield rule.at(text.place, f'"{unit}" has an asterisk without its partner', "Write **words**.")


@check("unknown-picture", ERROR, "A figure without its drawing is a list of words that point at nothing.")
def find_unknown_pictures(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every picture of a figure is a file of templates/figures, or a folder with one for each label; so is that of a sheet."""
    for leaflet in project.leaflets.values():
        if leaflet.sheet and leaflet.sheet.picture and leaflet.sheet.picture not in project.pictures:
            yield rule.at(leaflet.place, f'there is no drawing "{leaflet.sheet.picture}" for the sheet', "Name another.")
    for _, block in each_block(project):
        if block.kind != "figure" or block.picture in project.pictures:
            continue
        if not any(name.startswith(f"{block.picture}/") for name in project.pictures):
            pictures = sorted({name.split("/")[0] for name in project.pictures} - set(FURNITURE))
            yield rule.at(block.place, f'there is no picture "{block.picture}"', f"The pictures are {', '.join(pictures)}.")
            continue
        for item in block.items:
            name = block.drawing(item)
            if name not in project.pictures:
                yield rule.at(item.text.place, f'there is no drawing "{name}"', "Add its file, or name another by `icon:`.")


@check("unused-picture", Severity.WARNING, "A drawing that no page shows is kept up for nobody.")
def find_unused_pictures(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every drawing is used by a figure or a sheet."""
    used = {*FURNITURE, *(leaflet.sheet.picture for leaflet in project.leaflets.values() if leaflet.sheet)}
    for _, block in each_block(project):
        if block.kind == "figure":
            used |= {block.picture, *map(block.drawing, block.items)}
    for name in project.pictures:
        if name not in used:
            yield rule.at(Place(f"{FOLDER}/{name}.svg"), "no figure shows this drawing", "Remove it, or use it.")


@check("wrong-key", ERROR, "A number without its words, or words without their number, leave the reader searching.")
def find_wrong_keys(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """A drawing has as many numbers as the figure has labels in that leaflet."""
    for topic in subject.topics():
        for block in topic.blocks:
            svg = subject.project.pictures.get(block.picture)
            if svg is None:
                continue
            try:
                numbers = count_numbers(svg)
            except ElementTree.ParseError:  # said by odd-drawing
                continue
            if numbers != len(block.items):
                message = f'"{block.picture}" has {numbers} numbers for {len(block.items)} labels in {subject.leaflet.name}'
                yield rule.at(block.place, message, f"Change the labels, or {FOLDER}/{block.picture}.svg.")


@check(
    "odd-drawing",
    ERROR,
    "Words in a drawing are not shaped, translated or read aloud; a file in it can be anything; thin lines do not print.",
    "WeasyPrint 70 does not shape SVG text (#2249, #2909)",
)
def find_odd_drawings(rule: Rule, project: Project) -> Iterator[Problem]:
    """A drawing is made of plain shapes, without words, in the palette, with lines of 0.35 mm or more, on a viewBox."""
    for name, svg in project.pictures.items():
        place = Place(f"{FOLDER}/{name}.svg")
        try:
            root = ElementTree.fromstring(svg)
        except ElementTree.ParseError as error:
            yield rule.at(place, f"this is not XML: {error}", "Draw it again.")
            continue
        for said in dict.fromkeys(list_faults(root)):
            yield rule.at(place, said, "Use plain shapes and the palette (docs/developing.md).")


def list_faults(root: ElementTree.Element) -> Iterator[str]:
    """Say what does not belong into a drawing."""
    if not re.fullmatch(r"0 0 [0-9.]+ [0-9.]+", root.get("viewBox", "")):
        yield "it has no viewBox that starts at 0 0"
    yield from list_strangers(root, ELEMENTS, ATTRIBUTES)
    for element in root.iter():
        if (element.text or "").strip() or (element.tail or "").strip():
            yield "it has words"
        for attribute, value in element.attrib.items():
            if attribute in ("fill", "stroke") and value not in COLOURS:
                yield f'the colour "{value}" is not in the palette'
            elif attribute == "stroke-width" and not is_thick(value):
                yield f'a line of "{value}" is thinner than {THINNEST} mm'


def is_thick(width: str) -> bool:
    """Whether a line is thick enough to print.

    >>> is_thick("0.6"), is_thick("0.1"), is_thick("1px")
    (True, False, False)
    """
    return re.fullmatch(r"\d+(\.\d+)?", width) is not None and float(width) >= THINNEST


PROJECT_CHECKS = (
    find_unknown_audiences,
    find_unknown_references,
    find_unused_references,
    find_unknown_terms,
    find_unknown_placeholders,
    find_unguarded_phones,
    find_unbalanced_strong,
    find_unknown_pictures,
    find_unused_pictures,
    find_odd_drawings,
)
LEAFLET_CHECKS = (find_unknown_topics, find_no_emergency_box, find_empty_inserts, find_unknown_answers, find_wrong_keys)
