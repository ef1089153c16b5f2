"""A clinic's logo, before anything is made with it.

Takes the name and the bytes of a picture file; gives a `Logo` no larger than it prints, or says why it is none. What only
drawing it shows, `leaflets.pdf.logo` finds.
"""

import io
import re
import struct
import warnings
from collections.abc import Iterator, Mapping
from itertools import chain
from xml.etree import ElementTree

from PIL import Image, ImageColor, ImageFile, ImageOps

from leaflets.problems import Rule, Severity
from leaflets.profile import Logo
from leaflets.svg import NAMESPACE, list_strangers

BAD_LOGO = Rule(
    "bad-logo",
    Severity.ERROR,
    "A logo is a PNG, JPEG or SVG file beside the clinic's file, of a sane size, with nothing in it but a picture that prints.",
    "A picture file can hold scripts, reach out to other files, or fill the memory of the machine.",
    "OWASP, unrestricted file upload",
)
MAX_BYTES, MAX_PIXELS = 1_000_000, 4000
MAX_SVG_BYTES, MAX_DEPTH = 200_000, 32
"""Of a drawing, which stands in each file as it is; logos have less than 50 kB, and a dozen groups in each other."""
SIDE = 178
"""Pixels of 15 mm at 300 dpi: a logo prints no larger, and no finer than most printers draw."""
PALEST = 250
"""What is no darker anywhere, of 255, is not seen on paper."""
SVG_ELEMENTS = {
    *("svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "defs", "title", "desc"),
    *("linearGradient", "radialGradient", "stop", "clipPath"),
}
LENGTH, PART, PAINT, WORD = r"0(px|pt|pc|mm|cm|in|em|%)?", r"0%?", "paint", r"[A-Za-z0]*"
CALLS = r"(matrix\(0{6}\)|(translate|scale)\(00?\)|rotate\(0(00)?\)|skew[XY]\(0\))*"
SVG_ATTRIBUTES = {
    **{"id": WORD, "version": WORD, "preserveAspectRatio": WORD, "viewBox": r"0{4}", "points": r"(00)+"},
    **dict.fromkeys(("transform", "gradientTransform"), CALLS),
    "d": r"([MmLlTt](00)+|[HhVv]0+|[Cc](0{6})+|[SsQq](0{4})+|[Aa]0+|[Zz])+",
    **dict.fromkeys(("width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy"), LENGTH),
    **dict.fromkeys(("clip-path", "fill", "stroke", "stop-color"), PAINT),
    **dict.fromkeys(("fill-opacity", "stroke-opacity", "stop-opacity", "stroke-miterlimit", "offset"), PART),
    **{"stroke-width": LENGTH, "stroke-dasharray": r"none|(0(px|%)?)+"},
    **dict.fromkeys(
        ("clip-rule", "fill-rule", "stroke-linecap", "stroke-linejoin", "gradientUnits", "spreadMethod"), r"[A-Za-z]+"
    ),
}
"""How the value of each attribute is written, once its numbers are 0 and spaces and commas are gone."""
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?")
LARGEST = 1e6
COLOUR = re.compile(rf"none|transparent|currentColor|#([0-9A-Fa-f]{{3}}){{1,2}}|(?i:{'|'.join(ImageColor.colormap)})")


def read_picture(name: str, data: bytes) -> Logo:
    """Check a picture, strip it of all that is no picture, and make it no larger than it prints. Raises ValueError."""
    drawn = name.lower().endswith(".svg")
    most = MAX_SVG_BYTES if drawn else MAX_BYTES
    if len(data) > most:
        raise ValueError(f"{len(data):,} bytes are more than {most:,}")
    if drawn:
        check_svg(data)
        return Logo(data, "image/svg+xml")
    out = io.BytesIO()
    shrink_picture(data).save(out, "PNG")
    return Logo(out.getvalue(), "image/png")


def shrink_picture(data: bytes) -> Image.Image:
    """Read a PNG or JPEG, upright and of the size at which it prints. Raises ValueError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        large = max(image.size) > MAX_PIXELS
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        large = True
    except (OSError, SyntaxError):
        raise ValueError("this is no PNG, JPEG or SVG picture") from None
    if large:
        raise ValueError(f"it has more than {MAX_PIXELS} x {MAX_PIXELS} pixels")
    tolerant, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint turns it on for the process
    try:
        image = ImageOps.exif_transpose(image)
        if image.mode.startswith("I"):  # 16 bits, which a conversion would cut off at white
            image = image.point(lambda value: value / 256).convert("L")
        image = image.convert("RGBA" if image.mode in ("RGBA", "LA", "P", "PA") or "transparency" in image.info else "RGB")
        image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    except (OSError, SyntaxError, ValueError, struct.error) as error:  # what Pillow raises for parts that are damaged
        raise ValueError(f"the file is damaged ({error})") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = tolerant
    image.info.clear()
    if is_blank(image):
        raise ValueError("it is white or clear all over, so that nothing of it prints")
    return image


def is_blank(image: Image.Image) -> bool:
    """Whether nothing of a picture (RGB or RGBA) is seen on white paper."""
    paper = Image.new("RGBA", image.size, "white")
    return min(Image.alpha_composite(paper, image.convert("RGBA")).convert("L").tobytes()) > PALEST


class PictureBuilder(ElementTree.TreeBuilder):
    """Refuses what is nested so deep that whatever draws it fails."""

    depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError(f"it has groups in each other, deeper than {MAX_DEPTH}")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self.depth -= 1
        return super().end(tag)


def check_svg(data: bytes) -> None:
    """Hold an SVG logo against what a picture needs. Raises ValueError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("its letters are not UTF-8") from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("it has a document type, which can hide other files")
    try:
        root = ElementTree.fromstring(data, ElementTree.XMLParser(target=PictureBuilder()))
    except ElementTree.ParseError:
        raise ValueError("this is not XML") from None
    if root.tag != f"{NAMESPACE}svg":
        raise ValueError("this is no SVG picture")
    for said in chain(list_strangers(root, SVG_ELEMENTS, SVG_ATTRIBUTES), find_unclear(root)):
        raise ValueError(said)


def find_unclear(root: ElementTree.Element) -> Iterator[str]:
    """Say which values of the attributes of a drawing are none: one program draws nothing there, and another something."""
    tags = {element.get("id"): element.tag.removeprefix(NAMESPACE) for element in root.iter()}
    for element in root.iter():
        if element.tag.endswith("Gradient") and element.find(f"{NAMESPACE}stop") is None:
            yield f"its <{element.tag.removeprefix(NAMESPACE)}> has no <stop>, so that nothing is filled"
        for name, value in element.attrib.items():
            if said := explain_paint(name, value.strip(), tags) if SVG_ATTRIBUTES[name] == PAINT else explain_value(name, value):
                yield f'its attribute "{name}" {said}: "{value[:40]}"'


def explain_paint(name: str, value: str, tags: Mapping[str | None, str]) -> str:
    """Say what is wrong with a colour, or with what it names of the drawing; `tags` are what its names are of."""
    if named := re.fullmatch(r"url\(#([\w-]+)\)", value):
        kind = "clipPath" if name == "clip-path" else "Gradient"
        return "" if tags.get(named[1], "").endswith(kind) else f"names no {kind} of the picture"
    return "" if COLOUR.fullmatch(value) else "reaches out" if "(" in value else "is no colour"


def explain_value(name: str, value: str) -> str:
    """Say what is wrong with a value of numbers and words."""
    numbers = [float(number) for number in NUMBER.findall(value)]
    if name == "id" or (
        re.fullmatch(SVG_ATTRIBUTES[name], re.sub(r"[\s,]", "", NUMBER.sub("0", value)))
        and max(map(abs, numbers), default=0) <= LARGEST
        and (name != "viewBox" or min(numbers[2:]) > 0)
    ):
        return ""
    return "reaches out" if "url(" in value else "cannot be drawn"
