"""A line break that WeasyPrint 70.0 gets wrong.

Takes nothing; gives `mend_line_breaks()`, which replaces one function of WeasyPrint, once a process. Where a piece of text fits
on a line but for the space at its end, and bold words follow, WeasyPrint leaves only its first word on the line. A reader takes
the hole for the end of a sentence.
"""

from functools import cache
from typing import Any

import weasyprint.layout.inline

PATCHED = ((weasyprint.layout.inline, "split_first_line"),)
"""The private name that is replaced; a test fails when WeasyPrint renames it."""


@cache
def mend_line_breaks() -> None:
    """Replace the private function, once."""
    split = weasyprint.layout.inline.split_first_line

    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **options: Any) -> Any:
        found = split(text, style, context, max_width, *rest, **options)
        broken = found[2] is not None
        if broken and text.endswith(" ") and style["white_space"] in ("normal", "pre-line"):
            without_space = split(text.rstrip(" "), style, context, max_width, *rest, **options)
            if without_space[2] is None:
                return split(text, style, context, None, *rest, **options)
        return found

    weasyprint.layout.inline.split_first_line = split_first_line
