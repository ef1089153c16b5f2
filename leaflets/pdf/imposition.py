"""Imposition: the pages of a leaflet on sheets that are folded to a booklet.

Takes a PDF of half-sheet pages; gives a PDF of whole sheets, to be printed on both sides and flipped on the short edge, and the
problems of sheets that do not fold to these pages. It has no tags, since no reader's order survives it; the single pages stay
beside it for those who need them.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import zip_longest
from typing import TypeVar

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

from leaflets.edition import POINTS
from leaflets.problems import Place, Problem, Rule, Severity

T = TypeVar("T")
NOTICED, ALLOWED = 64, 0.25
"""A pixel counts beyond this many grey levels, and this part of what is drawn may differ: a hairline falls between two pixels."""
MISPLACED_PAGE = Rule(
    "misplaced-page",
    Severity.ERROR,
    "The sheets of a booklet, printed on both sides and folded, have the words of its pages in their order.",
    "Who reads a folded booklet takes the next page for the next one: a warning would stand under another heading.",
)


def order_pages(pages: int, flow: str) -> Iterator[tuple[int, int]]:
    """Give the two pages of each side of each sheet, left and right, front and back in turn; 0 stands for a blank page.

    A booklet that is read right to left is bound on the right, so that its first page lies left of its last.

    >>> list(order_pages(7, "ltr"))
    [(0, 1), (2, 7), (6, 3), (4, 5)]
    >>> list(order_pages(4, "rtl"))
    [(1, 4), (3, 2)]
    """
    padded = -(-pages // 4) * 4
    for sheet in range(padded // 4):
        first, last = 2 * sheet + 1, padded - 2 * sheet
        for left, right in ((last, first), (first + 1, last - 1)):
            sides = (left, right) if flow == "ltr" else (right, left)
            yield (sides[0] if sides[0] <= pages else 0, sides[1] if sides[1] <= pages else 0)


def fold_sheets(sides: Sequence[tuple[T, T]], flow: str) -> list[T]:
    """Fold the sides of sheets, each as what is on its left and right half, and read them page by page.

    >>> fold_sheets([("4", "1"), ("2", "3")], "ltr"), fold_sheets([("1", "4"), ("3", "2")], "rtl")
    (['1', '2', '3', '4'], ['1', '2', '3', '4'])
    """
    first, last = (1, 0) if flow == "ltr" else (0, 1)
    fronts, backs = sides[::2], sides[1::2]
    inwards = [half for front, back in zip(fronts, backs, strict=True) for half in (front[first], back[last])]
    outwards = [half for front, back in zip(fronts[::-1], backs[::-1], strict=True) for half in (back[first], front[last])]
    return inwards + outwards


def draw_pages(data: bytes) -> Iterator[Image.Image]:
    """Draw the pages of a PDF in greys, a pixel a point."""
    with closing(PdfDocument(data)) as pdf:
        for page in pdf:
            with closing(page):
                yield page.render(grayscale=True).to_pil().convert("L")


def measure_change(one: Image.Image, other: Image.Image) -> float:
    """How much of what is drawn on two pages differs: 0 where they show the same, about 1 and more where they do not."""
    size = (0, 0, min(one.width, other.width), min(one.height, other.height))
    one, other = one.crop(size), other.crop(size)
    changed = sum(ImageChops.difference(one, other).histogram()[NOTICED:])
    drawn = max(sum(each.histogram()[: 256 - NOTICED]) for each in (one, other))
    return changed / max(drawn, 1)


def verify_booklet(sheets: bytes, pages: bytes, flow: str, file: str) -> Iterator[Problem]:
    """Fold the sheets, and hold each page against the single one. Both are drawn from the finished files.

    Drawn, not read: PDFium says of some words in a page that stands on a sheet that they are on its other half.
    """
    sides = []
    for side in draw_pages(sheets):
        middle = (side.width + 1) // 2
        sides.append((side.crop((0, 0, middle, side.height)), side.crop((middle, 0, side.width, side.height))))
    found = fold_sheets(sides, flow)
    for number, (half, meant) in enumerate(zip_longest(found, draw_pages(pages)), start=1):
        blank = meant is None and half.getextrema() == (255, 255)
        if not blank and not (half and meant and measure_change(half, meant) < ALLOWED):
            said = f"page {number} of the folded booklet is another"
            yield MISPLACED_PAGE.at(Place(file), said, "This is a fault of the tool.")


def impose_booklet(data: bytes, flow: str, width: float, height: float) -> bytes:
    """Put half-sheet pages on sheets of paper of `width` by `height` millimetres, which lie on their long side."""
    sheet_width, sheet_height = height * POINTS, width * POINTS
    with pikepdf.open(io.BytesIO(data)) as source, pikepdf.new() as sheets:
        forms = [sheets.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for form in forms:
            if "/StructParents" in form:
                del form["/StructParents"]
        for left, right in order_pages(len(forms), flow):
            placed = [(f"/P{number}", number, offset) for number, offset in ((left, 0.0), (right, sheet_width / 2)) if number]
            content = "".join(f"q 1 0 0 1 {offset:.3f} 0 cm {name} Do Q\n" for name, _, offset in placed)
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, round(sheet_width, 3), round(sheet_height, 3)]),
                Resources=Dictionary(XObject=Dictionary({name: forms[number - 1] for name, number, _ in placed})),
                Contents=sheets.make_stream(content.encode()),
            )
            sheets.pages.append(pikepdf.Page(sheets.make_indirect(page)))
        sheets.Root.Lang = source.Root.Lang
        sheets.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None")
        )
        for key in ("/Title", "/Keywords"):
            if key in source.docinfo:
                sheets.docinfo[key] = str(source.docinfo[key])
        out = io.BytesIO()
        sheets.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
