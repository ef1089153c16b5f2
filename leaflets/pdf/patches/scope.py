"""What a table head is the head of: WeasyPrint writes no /Scope (Kozea/WeasyPrint#2508; PDF/UA-1, 7.5)."""

from typing import Any

from leaflets.pdf.patches.elements import change_elements


def apply() -> None:
    change_elements(add_scope)


def add_scope(box: Any, parent: Any, pdf: Any, element: Any) -> bool:
    if box.element_tag == "th" and element["S"] == "/TH":
        element["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
    return True
