"""One file is PDF/UA-1 and PDF/A-2a."""

import pytest
from weasyprint.pdf import VARIANTS

from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import pdfua
from leaflets.pdf.reader import read_pdf_facts
from tests.support.engine import write


def test_weasyprint_alone_writes_the_one_or_the_other(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfua, "add_identifier", lambda document, pdf: None)
    variants = read_pdf_facts(write(engine, "<p>x</p>")[0]).variants
    assert variants == {"PDF/A-2"}, "WeasyPrint has mended this: remove patches/pdfua.py"
    assert not [name for name in VARIANTS if "pdf/a" in name and "pdf/ua" in name]


def test_a_file_claims_both(engine: Engine) -> None:
    assert read_pdf_facts(write(engine, "<p>x</p>")[0]).variants == {"PDF/A-2", "PDF/UA-1"}
