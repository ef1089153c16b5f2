"""Words that were broken into lines are not broken again."""

from collections import Counter
from typing import Any

import pytest
import weasyprint.layout.inline

from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import line_memory
from leaflets.pdf.reader import read_pdf_facts
from tests.support.engine import write

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
    assert max(asked.values()) > 1, "WeasyPrint has mended this: remove patches/line_memory.py"


def test_nothing_is_asked_twice_and_the_words_are_the_same(bare: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = write(bare, BODY)[0]
    asked = count_breaks(monkeypatch)
    line_memory.apply()
    assert read_pdf_facts(write(bare, BODY)[0]) == read_pdf_facts(before)
    assert set(asked.values()) == {1}
