"""How a line ends."""

from typing import Any

import weasyprint.layout.inline


def mend_line_ends() -> None:
    """Keep a line whole that fits but for the space at its end.

    Where bold words follow it, WeasyPrint leaves only its first word on the line, and a reader takes the hole for the end of a
    sentence. Kozea/WeasyPrint#1051, closed in 2020, tells of the same where nothing follows; to reproduce:
    `<p style="width: 83mm">words that just fit <b>and bold ones</b>`.
    """
    split = weasyprint.layout.inline.split_first_line

    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
        found = split(text, style, context, max_width, *rest, **named)
        broken = found[2] is not None
        if broken and text.endswith(" ") and style["white_space"] in ("normal", "pre-line"):
            without_space = split(text.rstrip(" "), style, context, max_width, *rest, **named)
            if without_space[2] is None:
                return split(text, style, context, None, *rest, **named)
        return found

    weasyprint.layout.inline.split_first_line = split_first_line
