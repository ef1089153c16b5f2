"""How WeasyPrint 70.0 breaks a line, mended and remembered.

Takes nothing; gives `mend_line_breaks()`, which replaces one function of WeasyPrint, once a process.

1. Where a piece of text fits on a line but for the space at its end, and bold words follow, WeasyPrint leaves only its first word
   on the line. A reader takes the hole for the end of a sentence.
2. To balance columns WeasyPrint breaks the same words into lines of the same width again and again, and shaping them is most of
   the work (above all in Nastaliq). Within one rendering each answer is kept; benchmarks/lines.py measures what that saves.
"""

from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import weasyprint.layout.inline

PATCHED = ((weasyprint.layout.inline, "split_first_line"),)
"""The private name that is replaced; a test fails when WeasyPrint renames it."""


@cache
def mend_line_breaks() -> None:
    """Replace the private function, once."""
    split = weasyprint.layout.inline.split_first_line
    known: WeakKeyDictionary[Any, dict[tuple[Any, ...], tuple[Any, Any]]] = WeakKeyDictionary()

    def split_mended(text: str, style: Any, context: Any, max_width: Any, *rest: Any) -> Any:
        found = split(text, style, context, max_width, *rest)
        broken = found[2] is not None
        if broken and text.endswith(" ") and style["white_space"] in ("normal", "pre-line"):
            without_space = split(text.rstrip(" "), style, context, max_width, *rest)
            if without_space[2] is None:
                return split(text, style, context, None, *rest)
        return found

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
            answers[key] = split_mended(text, style, context, max_width, *rest), style  # the style lives on, so its id is its own
        return answers[key][0]

    weasyprint.layout.inline.split_first_line = split_first_line
