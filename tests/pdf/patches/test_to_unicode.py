"""What is printed is found and copied by viewers, which go by what the glyphs tell."""

import re
from collections.abc import Iterator

import pytest
from pypdfium2 import PdfDocument

from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import to_unicode
from leaflets.pdf.reader import read_pdf_facts
from tests.support.engine import write

WORDS = {
    "ur": "پہلے گٹھلیوں کو نہ دبائیں پھر ڈاکٹر کی ہدایت پر عمل کریں بیٹی پتھر تین",
    "ar": "لأحد الأساسي علامة سلامة الآن وملابس",
    "en": "An office with affine fluff",
    "zh-Hans": "请立即拨打急救电话",
}


def find_words(data: bytes, locale: str) -> Iterator[str]:
    """Yield the words that a viewer (pdfium, which is Chromium's) finds."""
    text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(data))
    plain = re.sub("[\u200b\u00ad]", "", text)
    return (word for word in WORDS[locale].split() if word in plain)


@pytest.mark.parametrize("locale", ["ur", "ar"])
def test_weasyprint_alone_tells_other_words(bare: Engine, locale: str) -> None:
    found = list(find_words(write(bare, f"<p>{WORDS[locale]}</p>", locale)[0], locale))
    assert found != WORDS[locale].split(), "WeasyPrint has mended this: remove patches/to_unicode.py"


@pytest.mark.parametrize("locale", WORDS)
def test_a_viewer_finds_each_word(bare: Engine, locale: str) -> None:
    to_unicode.apply()
    data = write(bare, f"<p>{WORDS[locale]}</p><p><b>{WORDS[locale]}</b></p>", locale)[0]
    assert list(find_words(data, locale)) == WORDS[locale].split()


def test_what_is_drawn_is_the_same_as_without(bare: Engine) -> None:
    """Each code draws the glyph that WeasyPrint would have drawn, at the same place."""
    body = f"<p>{WORDS['ur']}</p>"
    before = write(bare, body, "ur")[0]
    to_unicode.apply()
    after = write(bare, body, "ur")[0]
    first, second = (PdfDocument(data)[0].render(scale=2).to_pil() for data in (before, after))
    assert first.tobytes() == second.tobytes()
    assert write(bare, body, "ur")[0] == after


def test_a_glyph_with_a_code_of_its_own_is_still_known_by_its_id(bare: Engine) -> None:
    """A dotted circle is found though it tells another text than the first one of its glyph."""
    circle = "<p>\u25cc \u25cc\u064e</p>"
    to_unicode.apply()
    facts = read_pdf_facts(write(bare, circle, "ur")[0], bare.fonts.find_dotted_circle)
    assert (facts.notdef, facts.dotted_circles) == (0, 2)
