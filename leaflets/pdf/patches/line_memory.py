"""How words broke into lines, remembered.

To balance columns WeasyPrint breaks the same words into lines of the same width again and again, and shaping them is most of the
work, above all in Nastaliq (Kozea/WeasyPrint#578 counts it). Within one rendering each answer is kept; benchmarks/lines.py
measures what that saves. The pages are the same without it.
"""

from typing import Any
from weakref import WeakKeyDictionary

import weasyprint.layout.inline


def apply() -> None:
    split = weasyprint.layout.inline.split_first_line
    known: WeakKeyDictionary[Any, dict[tuple[Any, ...], tuple[Any, Any]]] = WeakKeyDictionary()

    def split_first_line(
        text: str,
        style: Any,
        context: Any,
        max_width: Any,
        justification_spacing: Any,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        rest = justification_spacing, is_line_start, minimum
        answers = known.setdefault(context, {})
        key = text, id(style), max_width, *rest
        if key not in answers:
            answers[key] = split(text, style, context, max_width, *rest), style  # the style lives on, so its id is its own
        return answers[key][0]

    weasyprint.layout.inline.split_first_line = split_first_line
