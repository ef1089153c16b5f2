"""The language of an element.

WeasyPrint writes /Lang for the document only, and a voice reads Spanish words by English rules. Every element with `lang` gets
its own (PDF/UA-1, 7.2). Not reported upstream; to reproduce: `<html lang="en"><p>Say <span lang="es">sí</span>` as pdf/ua-1.
"""

from typing import Any

import pydyf

from leaflets.pdf.patches.elements import change_elements


def apply() -> None:
    change_elements(add_language)


def add_language(box: Any, parent: Any, pdf: Any, element: Any) -> bool:
    language = box.element.get("lang")
    if language and box.element_tag not in ("html", "body"):
        element["Lang"] = pydyf.String(language)
    return True
