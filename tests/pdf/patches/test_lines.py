"""A line is as full as it can be."""

from collections import Counter
from typing import Any

import pytest
import weasyprint.layout.inline
from weasyprint import HTML

from leaflets.pdf.boxes import read_layout
from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import lines
from leaflets.pdf.reader import read_pdf_facts
from tests.support.engine import write

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


BODY = f'<div class="columns">{"<p>Words to balance in two columns, a few lines of them.</p>" * 8}</div>'


def count_breaks(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[Any, ...]]:
    """Count how often WeasyPrint is asked the same from now on."""
    asked: Counter[tuple[Any, ...]] = Counter()
    kept: list[Any] = []  # so that an id stays its own
    split = weasyprint.layout.inline.split_first_line

    def split_first_line(text: str, style: Any, context: Any, *rest: Any, **named: Any) -> Any:
        kept.extend((style, context))
        asked[(text, id(style), id(context), *rest, *named.values())] += 1
        return split(text, style, context, *rest, **named)

    monkeypatch.setattr(weasyprint.layout.inline, "split_first_line", split_first_line)
    return asked


def test_weasyprint_alone_asks_the_same_again(bare: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = count_breaks(monkeypatch)
    write(bare, BODY)
    assert max(asked.values()) > 1, "WeasyPrint has mended this: remove remember_lines of patches/lines.py"


def test_nothing_is_asked_twice_and_the_words_are_the_same(bare: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = write(bare, BODY)[0]
    asked = count_breaks(monkeypatch)
    lines.remember_lines()
    assert read_pdf_facts(write(bare, BODY)[0]) == read_pdf_facts(before)
    assert set(asked.values()) == {1}
