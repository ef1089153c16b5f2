"""Words of another language are read by its rules."""

from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import language
from leaflets.pdf.reader import read_pdf_facts
from tests.support.engine import write

BODY = '<p>Say <span lang="es">sí</span>.</p><p lang="fr">Oui.</p>'


def test_weasyprint_alone_knows_the_language_of_the_document_only(bare: Engine) -> None:
    languages = read_pdf_facts(write(bare, BODY)[0]).languages
    assert languages == frozenset(), "WeasyPrint has mended this: remove patches/language.py"


def test_an_element_says_its_language(bare: Engine) -> None:
    language.apply()
    assert read_pdf_facts(write(bare, BODY)[0]).languages == {"es", "fr"}
