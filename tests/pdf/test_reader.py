"""What a PDF holds is read from the file itself."""

import io
from pathlib import Path

import pikepdf
import pytest

from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import PdfFacts, read_pdf_facts, read_to_unicode
from tests.support.engine import write


def test_bytes_that_are_no_pdf_are_refused(tmp_path: Path) -> None:
    with pytest.raises(pikepdf.PdfError):
        read_pdf_facts(b"not a pdf")


def test_what_glyphs_mean_is_read_from_every_block_of_the_map() -> None:
    cmap = "2 beginbfchar\n<0003> <0020>\n<0102> <06440627>\nendbfchar 1 beginbfchar\n<0004> <>\nendbfchar"
    assert read_to_unicode(cmap) == {3: " ", 0x102: "لا", 4: ""}


def test_text_that_is_shown_before_a_font_is_set_is_refused(engine: Engine) -> None:
    with pikepdf.open(io.BytesIO(write(engine, "<p>One</p>")[0])) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"BT <0003> Tj ET")
        pdf.save(broken := io.BytesIO())
    with pytest.raises(pikepdf.PdfError, match="before a font is set"):
        read_pdf_facts(broken.getvalue())


@pytest.fixture(scope="module")
def facts(engine: Engine) -> PdfFacts:
    body = (
        "<h1>Lumps</h1><ul><li>One</li><li>Two</li></ul><p>Take 5&nbsp;mg.</p>"
        '<svg viewBox="0 0 9 9" width="9" height="9"><title>A circle</title><circle r="4"/></svg>'
    )
    return read_pdf_facts(write(engine, body)[0])


def test_a_file_is_read_as_a_screen_reader_reads_it(facts: PdfFacts) -> None:
    assert facts.texts == ("Lumps", "One", "Two", "Take 5 mg.")
    assert (facts.headings, facts.items, facts.alts, facts.untagged) == (1, 2, ("A circle",), ())


def test_a_file_says_what_it_is(facts: PdfFacts) -> None:
    assert (facts.pages, facts.language, facts.title) == (1, "en", "A title")
    assert facts.fonts == {"Noto-Sans", "Noto-Sans-Bold"}
    assert facts.variants == {"PDF/UA-1", "PDF/A-2"}
    assert not facts.active
