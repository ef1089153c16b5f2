"""What runs over a page is still one."""

import pytest

from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import whole_elements
from leaflets.pdf.reader import PdfFacts, read_pdf_facts
from tests.support.engine import write

WORDS = " ".join(f"word-{number}" for number in range(500))
BODIES = (f"<p>{WORDS}</p>", f"<ul><li>{WORDS}</li></ul>")


def read_long(engine: Engine, body: str) -> PdfFacts:
    facts = read_pdf_facts(write(engine, body)[0])
    assert facts.pages == 2
    return facts


@pytest.mark.parametrize("body", BODIES)
def test_weasyprint_alone_makes_one_element_a_page(bare: Engine, body: str) -> None:
    assert len(read_long(bare, body).texts) == 2, "WeasyPrint has mended this: remove patches/whole_elements.py"


@pytest.mark.parametrize("body", BODIES)
def test_it_is_one_element(bare: Engine, body: str) -> None:
    whole_elements.apply()
    facts = read_long(bare, body)
    assert (len(facts.texts), facts.items) == (1, body.count("<li>"))
