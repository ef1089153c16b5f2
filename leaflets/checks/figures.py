"""Checks of the drawings: what a figure names exists, and every drawing is of one hand."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from leaflets.checks import check
from leaflets.checks.content import LeafletContent, each_block
from leaflets.colours import DRAWN, PALETTE
from leaflets.content.project import Project
from leaflets.problems import Place, Problem, Rule, Severity
from leaflets.svg import MIRROR, count_numbers, list_strangers

ERROR = Severity.ERROR
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
FURNITURE = ("band", "arrow", "path-of-care/visit")
"""Drawings that the templates use by themselves."""


@check("unknown-picture", ERROR, "A figure without its drawing is a list of words that point at nothing.")
def find_unknown_pictures(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every picture of a figure is a file of templates/figures, or a folder with a file for each label."""
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
    """Every drawing is used by a figure."""
    used = set(FURNITURE)
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
        for said in dict.fromkeys(list_oddities(root)):
            yield rule.at(place, said, "Use plain shapes and the palette (docs/developing.md).")


def list_oddities(root: ElementTree.Element) -> Iterator[str]:
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


PROJECT_FIGURE_CHECKS = (find_unknown_pictures, find_unused_pictures, find_odd_drawings)
LEAFLET_FIGURE_CHECKS = (find_wrong_keys,)
