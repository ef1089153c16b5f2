"""Each layout check fires on a page that is broken for it, and stays quiet on a good one."""

import pytest

from leaflets.pdf import engine as pdf_engine
from leaflets.pdf.boxes import PageLayout, read_layout
from leaflets.pdf.engine import Engine, format_page_style, hear_complaints
from tests.support.projects import STANDARD

WORDS = "You may feel hard lumps under the skin. "


def test_the_ink_of_a_line_is_that_of_its_glyphs(engine: Engine) -> None:
    [page] = lay_out(engine, "<p>xxx</p><p>Éxp</p>")
    low, high = page.lines
    assert low.ink_top > high.ink_top - high.bottom + low.bottom + 3
    assert low.ink_bottom == pytest.approx(low.bottom, abs=0.3)
    assert high.ink_bottom > high.bottom + 2


@pytest.mark.slow
def test_the_pieces_of_a_paragraph_and_of_a_table_are_read_from_the_page(engine: Engine) -> None:
    rows = "<tr><td>Ask us</td></tr>" * 60
    head = '<thead><tr><th scope="col">Do</th></tr></thead>'
    words = f'<section class="topic"><p>{WORDS * 220}</p></section><table>{head}{rows}</table>'
    with hear_complaints():
        pages = lay_out(engine, words)
    lines = [piece.size for page in pages for piece in page.paragraphs]
    assert len(lines) >= 3
    assert min(lines) >= 2
    assert sum(piece.size for page in pages for piece in page.tables) == 60
    assert len({piece.element for page in pages for piece in page.tables}) == 1


def test_bold_words_after_a_line_that_just_fits_tear_no_hole_into_it(engine: Engine) -> None:
    words = "Si toma warfarina por coágulos de sangre, <strong>no la suspenda por su cuenta</strong>."
    for width in range(80, 92):
        [page] = lay_out(engine, f'<p style="inline-size: {width}mm">{words}</p>')
        assert len(page.widths) == 2, width


def lay_out(engine: Engine, body: str) -> tuple[PageLayout, ...]:
    from weasyprint import HTML

    typography = engine.fonts.typography("en")
    assert typography
    page = HTML(
        string=f"<html lang=en><body><main>{body}</main></body></html>",
        url_fetcher=pdf_engine.make_fetcher(engine.files["ltr", False]),
    )
    style = format_page_style({"en": typography}, STANDARD, "a4", '""', "ltr")
    return read_layout(engine.lay_out(page, STANDARD, style))
