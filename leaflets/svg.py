"""Colours, and the drawings that are made of them, as SVG text.

Takes a colour; gives how well it can be read on another. Takes a drawing; gives it mirrored for a right-to-left page where it
has a direction, counts its numbers, and finds what is on no allow-list. A number is a <g transform="translate(x y)"> that begins
with the ring of its badge.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from xml.etree import ElementTree

Colour = tuple[float, float, float]
PALETTE = {
    "ink": "#1a1a1a",
    "accent": "#0b4f6c",
    "pale": "#7fb0c4",
    "tint": "#eaf2f5",
    "grey": "#555555",
    "paper": "#ffffff",
}
"""What styles write as `var(--ink)`. A clinic may put its own colour in the place of the accent, with its tint."""
DRAWN = {"shade": "#d9d9d9", "skin": "#f3d6bd", "skin-2": "#d9a577", "skin-3": "#a8703f", "skin-4": "#6b4226"}
"""What drawings have besides: a light grey, and four tones of skin."""
STAFF = {
    "rule": "#c3d0d6",
    "desk": "#f4f6f7",
    "edge": "#c9d4d9",
    "field-edge": "#6b7f88",
    "row-edge": "#e3e9ec",
    "row-chosen": "#d9e9f0",
    "pressed": "#083c52",
    "note": "#333333",
    "error": "#9b1c1c",
    "error-ground": "#fdeaea",
    "warning": "#7a4b00",
    "warning-ground": "#fdf1d8",
    "changed": "#51348a",
    "changed-ground": "#f3effa",
    "right": "#14532d",
    "added-ground": "#dff3e4",
    "removed": "#8a1f1f",
    "removed-ground": "#fbe4e4",
    "marker": "#c9dfe9",
    "marker-changed": "#e0d6f2",
}
"""What the pages for staff have besides, which are the front desk and the translator's editor."""
LEAST_CONTRAST = 4.5
"""Text on its ground (WCAG 2.2, 1.4.3)."""
NAMESPACE = "{http://www.w3.org/2000/svg}"
BADGE_RADIUS = "2.5"
MIRROR = "data-mirror"
"""The attribute of a drawing that runs in the direction of reading, such as a time line: its value is `rtl`."""


def parse_colour(written: str) -> Colour:
    """Read #rrggbb.

    >>> parse_colour("#ff0000")
    (1.0, 0.0, 0.0)
    """
    red, green, blue = (int(written[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return (red, green, blue)


def write_colour(colour: Colour) -> str:
    """Write #rrggbb.

    >>> write_colour((1.0, 0.0, 0.0))
    '#ff0000'
    """
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)


def write_palette(colours: Mapping[str, str]) -> str:
    """Write colours as CSS.

    >>> write_palette({"ink": "#1a1a1a", "paper": "#ffffff"})
    ':root { --ink: #1a1a1a; --paper: #ffffff }'
    """
    return f":root {{ {'; '.join(f'--{name}: {colour}' for name, colour in colours.items())} }}"


def mix_colour(colour: Colour, part: float) -> Colour:
    """Mix a part of a colour into white."""
    red, green, blue = (1 - part * (1 - channel) for channel in colour)
    return (red, green, blue)


def darken_colour(colour: Colour, part: float) -> Colour:
    """Mix a part of black into a colour."""
    red, green, blue = ((1 - part) * channel for channel in colour)
    return (red, green, blue)


def gray_colour(colour: Colour) -> Colour:
    """The gray that a printer without color makes of a colour (luma of ITU-R BT.601, as JPEG and PDF viewers do).

    >>> write_colour(gray_colour(parse_colour("#0b4f6c")))
    '#3e3e3e'
    """
    red, green, blue = colour
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    return (luma, luma, luma)


def measure_contrast(colour: Colour, ground: Colour) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21.

    >>> measure_contrast((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    21.0
    """

    def luminance(channels: Colour) -> float:
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
    return round((lighter + 0.05) / (darker + 0.05), 2)


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
