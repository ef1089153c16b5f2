"""What is printed in a complex script reads back as it was written."""

import pytest

from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import actual_text
from leaflets.pdf.reader import read_pdf_facts
from tests.support.engine import write

WORDS = {
    "ur": "گٹھلیوں کو نہ دبائیں، نہ کریدیں، نہ کاٹیں۔",
    "hi": "क्षत्रिय ज्ञान श्री र्क्षि",
    "bn": "ডাক্তারের পরামর্শ ছাড়া স্টেরয়েড বন্ধ করবেন না।",
}


def read_back(engine: Engine, locale: str) -> tuple[str, ...]:
    return read_pdf_facts(write(engine, f"<p>{WORDS[locale]}</p>", locale)[0]).texts


@pytest.mark.parametrize("locale", WORDS)
def test_weasyprint_alone_writes_other_words(bare: Engine, locale: str) -> None:
    assert read_back(bare, locale) != (WORDS[locale],), "WeasyPrint has mended this: remove patches/actual_text.py"


@pytest.mark.parametrize("locale", WORDS)
def test_the_words_read_back_as_they_were_written(bare: Engine, locale: str) -> None:
    actual_text.apply()
    assert read_back(bare, locale) == (WORDS[locale],)
