"""Imposition: the pages of a leaflet on sheets that are folded to a booklet.

Takes a PDF of half-sheet pages; gives a PDF of whole sheets, to be printed on both sides and flipped on the short edge. It has no
tags, since no reader's order survives it; the single pages stay beside it for those who need them.
"""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

POINTS = 72 / 25.4
"""Points in a millimetre."""


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
