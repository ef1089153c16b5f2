"""Words of another language are read by its rules."""

import io

import pikepdf
import pytest
from weasyprint.pdf import VARIANTS

from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import structure
from leaflets.pdf.reader import PdfFacts, read_pdf_facts
from tests.support.engine import write

BODY = '<p>Say <span lang="es">sí</span>.</p><p lang="fr">Oui.</p>'


def test_weasyprint_alone_knows_the_language_of_the_document_only(bare: Engine) -> None:
    languages = read_pdf_facts(write(bare, BODY)[0]).languages
    assert languages == frozenset(), "WeasyPrint has mended this: remove add_languages of patches/structure.py"


def test_an_element_says_its_language(bare: Engine) -> None:
    structure.add_languages()
    assert read_pdf_facts(write(bare, BODY)[0]).languages == {"es", "fr"}


TABLE = (
    "<table><thead><tr><th scope=col>Name</th><th scope=col>Words</th></tr></thead>"
    "<tbody><tr><th scope=row>Lump</th><td>Hard</td></tr></tbody></table>"
)


def list_scopes(engine: Engine) -> list[str]:
    with pikepdf.open(io.BytesIO(write(engine, TABLE)[0])) as pdf:
        heads = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == pikepdf.Name.TH]
        return [str(head.A.get("/Scope", "")) for head in heads]


def test_weasyprint_alone_writes_no_scope(bare: Engine) -> None:
    assert list_scopes(bare) == ["", "", ""], "WeasyPrint has mended this: remove add_scopes of patches/structure.py"


def test_every_head_has_its_scope(bare: Engine) -> None:
    structure.add_scopes()
    assert list_scopes(bare) == ["/Column", "/Column", "/Row"]


ITEMS = '<ul><li style="list-style-position: inside">One <b>two</b>.</li><li>Three.</li></ul>'


def list_item_kids(engine: Engine) -> list[list[str]]:
    with pikepdf.open(io.BytesIO(write(engine, ITEMS)[0])) as pdf:
        items = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == pikepdf.Name.LI]
        return [[str(kid.S) for kid in item.K] for item in items]


def test_weasyprint_alone_gives_no_body_to_an_item_with_its_marker_inside(bare: Engine) -> None:
    kids = list_item_kids(bare)
    assert kids[0] == ["/Lbl", "/Span", "/NonStruct", "/Span"], (
        "WeasyPrint has mended this: remove add_item_bodies of patches/structure.py"
    )


def test_every_item_has_a_label_and_a_body(bare: Engine) -> None:
    structure.add_item_bodies()
    assert list_item_kids(bare) == [["/Lbl", "/LBody"], ["/Lbl", "/LBody"]]
    assert read_pdf_facts(write(bare, ITEMS)[0]).texts == ("One two.", "Three.")


WORDS = " ".join(f"word-{number}" for number in range(500))
BODIES = (f"<p>{WORDS}</p>", f"<ul><li>{WORDS}</li></ul>")


def read_long(engine: Engine, body: str) -> PdfFacts:
    facts = read_pdf_facts(write(engine, body)[0])
    assert facts.pages == 2
    return facts


@pytest.mark.slow
@pytest.mark.parametrize("body", BODIES)
def test_weasyprint_alone_makes_one_element_a_page(bare: Engine, body: str) -> None:
    assert len(read_long(bare, body).texts) == 2, "WeasyPrint has mended this: remove join_elements of patches/structure.py"


@pytest.mark.slow
@pytest.mark.parametrize("body", BODIES)
def test_it_is_one_element(bare: Engine, body: str) -> None:
    structure.join_elements()
    facts = read_long(bare, body)
    assert (len(facts.texts), facts.items) == (1, body.count("<li>"))


def read_page(engine: Engine) -> PdfFacts:
    return read_pdf_facts(write(engine, '<div class="running-foot"><p>Version 3</p></div><p>Words.</p>')[0])


def test_weasyprint_alone_tags_the_margins_and_leaves_them_out_of_the_tree(bare: Engine) -> None:
    assert read_page(bare).untagged == ("Version 3", "1"), (
        "WeasyPrint has mended this: remove make_margins_artifacts of patches/structure.py"
    )


def test_the_margins_are_artifacts(bare: Engine) -> None:
    structure.make_margins_artifacts()
    facts = read_page(bare)
    assert (facts.untagged, facts.margins, facts.texts) == ((), ("Version 31",), ("Words.",))


def test_weasyprint_alone_writes_the_one_or_the_other(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "add_identifier", lambda document, pdf: None)
    variants = read_pdf_facts(write(engine, "<p>x</p>")[0]).variants
    assert variants == {"PDF/A-2"}, "WeasyPrint has mended this: remove add_identifier of patches/structure.py"
    assert not [name for name in VARIANTS if "pdf/a" in name and "pdf/ua" in name]


def test_a_file_claims_both(engine: Engine) -> None:
    assert read_pdf_facts(write(engine, "<p>x</p>")[0]).variants == {"PDF/A-2", "PDF/UA-1"}
