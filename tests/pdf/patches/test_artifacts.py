"""What stands in the margins is read as no part of the text."""

from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import artifacts
from leaflets.pdf.reader import PdfFacts, read_pdf_facts
from tests.support.engine import write


def read_page(engine: Engine) -> PdfFacts:
    return read_pdf_facts(write(engine, '<div class="running-foot"><p>Version 3</p></div><p>Words.</p>')[0])


def test_weasyprint_alone_tags_the_margins_and_leaves_them_out_of_the_tree(bare: Engine) -> None:
    assert read_page(bare).untagged == ("Version 3", "1"), "WeasyPrint has mended this: remove patches/artifacts.py"


def test_the_margins_are_artifacts(bare: Engine) -> None:
    artifacts.apply()
    facts = read_page(bare)
    assert (facts.untagged, facts.margins, facts.texts) == ((), ("Version 31",), ("Words.",))
