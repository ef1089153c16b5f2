"""Paragraphs, lists and list items that run over a column or a page.

WeasyPrint makes one structure element of each piece (Kozea/WeasyPrint#2903), and a voice reads half a sentence as a paragraph.
The pieces are joined. A table stays in its pieces, each with its own head, as on paper.
"""

from typing import Any
from weakref import WeakKeyDictionary

from leaflets.pdf.patches.elements import change_elements

JOINED = ("/P", "/LI", "/L")


def apply() -> None:
    known: WeakKeyDictionary[Any, dict[tuple[Any, str], Any]] = WeakKeyDictionary()

    def join_pieces(box: Any, parent: Any, pdf: Any, element: Any) -> bool:
        if element["S"] not in JOINED:
            return True
        first = known.setdefault(pdf, {}).setdefault((box.element, element["S"]), element)
        if first is element or first is parent:
            return True
        for kid in element["K"]:
            pdf.objects[int(kid.split()[0])]["P"] = first.reference
            first["K"].append(kid)
        element.free = "f"
        return False

    change_elements(join_pieces)
