"""Drawings, as SVG text.

Takes a drawing; gives it mirrored for a right-to-left page where it has a direction, counts its numbers, and finds what is on no
allow-list. A number is a <g transform="translate(x y)"> that begins with the ring of its badge.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from xml.etree import ElementTree

from leaflets.colours import gray_colour, parse_colour, write_colour

NAMESPACE = "{http://www.w3.org/2000/svg}"
BADGE_RADIUS = "2.5"
MIRROR = "data-mirror"
"""The attribute of a drawing that runs in the direction of reading, such as a time line: its value is `rtl`."""


def is_badge(element: ElementTree.Element) -> bool:
    return len(element) > 0 and element[0].tag == f"{NAMESPACE}circle" and element[0].get("r") == BADGE_RADIUS


def count_numbers(svg: str) -> int:
    """Count the numbers of a drawing. Raises ParseError for what is no XML."""
    return sum(map(is_badge, ElementTree.fromstring(svg).iter()))


def list_strangers(root: ElementTree.Element, elements: Collection[str], attributes: Collection[str]) -> Iterator[str]:
    """Say which elements and attributes are not among those allowed."""
    for element in root.iter():
        tag = str(element.tag).removeprefix(NAMESPACE)
        if tag not in elements:
            yield f"it has the element <{tag[:40]}>"
        yield from (f'it has the attribute "{each[:40]}"' for each in element.attrib if each not in attributes)


def gray_picture(svg: str) -> str:
    """Draw a picture in grays.

    >>> gray_picture('<path fill="#0b4f6c"/>')
    '<path fill="#3e3e3e"/>'
    """
    return re.sub(r"#[0-9a-f]{6}", lambda found: write_colour(gray_colour(parse_colour(found[0]))), svg)


def paint_furniture(pictures: Mapping[str, str], colour: str) -> dict[str, str]:
    """Give the drawings that are part of the page's own look, such as the band above a figure, in a clinic's colour.

    Without a colour there are none.

    >>> paint_furniture({"band": '<rect fill="#0b4f6c"/>', "arrow": '<path fill="#0b4f6c"/>'}, "#7a1f5c")
    {'band': '<rect fill="#7a1f5c"/>'}
    """
    return {"band": re.sub(r"#[0-9a-f]{6}", colour, pictures["band"])} if colour else {}


def mirror_picture(svg: str) -> str:
    """Turn a drawing that runs with the reading about its vertical axis; its numbers stay readable, others stay as they are.

    >>> mirror_picture('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"><path d="M0 0"/></svg>')
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"><path d="M0 0"/></svg>'
    """
    if f'{MIRROR}="rtl"' not in svg:
        return svg
    ElementTree.register_namespace("", NAMESPACE.strip("{}"))
    root = ElementTree.fromstring(svg)
    width = root.attrib["viewBox"].split()[2]
    for element in root.iter():
        if is_badge(element):
            element.set("transform", f"{element.get('transform')} scale(-1 1)")
    turned = ElementTree.Element(f"{NAMESPACE}g", {"transform": f"translate({width} 0) scale(-1 1)"})
    turned.extend(root)
    root[:] = [turned]
    return ElementTree.tostring(root, encoding="unicode")
