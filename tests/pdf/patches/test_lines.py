"""A line is as full as it can be."""

from typing import Any

from weasyprint import HTML

from leaflets.pdf.boxes import read_layout
from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import lines

WORDS = "Si toma warfarina por coágulos de sangre, <b>no la suspenda por su cuenta</b>."


def list_lines(engine: Engine) -> list[str]:
    """The lines of a paragraph at twelve widths, a millimetre to the next; at one of them the words before the bold just fit."""
    style = "font: 12pt 'Noto Sans'; inline-size: {}mm"
    body = "".join(f'<p style="{style.format(width)}">{WORDS}</p>' for width in range(80, 92))
    document: Any = HTML(string=f"<html lang=en><body>{body}").render(font_config=engine.font_config)
    return [words.strip() for page in read_layout(document) for words, _ in page.widths]


def test_weasyprint_alone_ends_a_line_after_its_first_word(bare: Engine) -> None:
    assert "Si" in list_lines(bare), "WeasyPrint has mended this: remove mend_line_ends of patches/lines.py"


def test_every_line_holds_what_fits(bare: Engine) -> None:
    lines.mend_line_ends()
    found = list_lines(bare)
    assert len(found) == 24
    assert "Si" not in found
