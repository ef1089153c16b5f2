"""The verifier notices whatever was changed in a finished leaflet."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from leaflets.document.compose import Document, compose_document
from leaflets.document.expected import list_expected
from leaflets.document.html import PAGE_MESSAGE, render_counter, render_html
from leaflets.model import Status
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import PdfFacts, read_pdf_facts
from leaflets.pdf.verify import verify_pdf
from tests.support.projects import ROOT, SMALL_PROJECT, STANDARD, write_project

FIGURE = {
    "content/topics/en/signs.yaml": SMALL_PROJECT["content/topics/en/signs.yaml"]
    + """\
  where:
    heading: Where lumps can be
    references: [Book]
    figure:
      picture: path-of-care
      alt: A nurse and a patient
      labels:
        visit: Ask your nurse.
""",
    "content/topics/es/signs.yaml": SMALL_PROJECT["content/topics/es/signs.yaml"]
    + "  where:\n    heading: Dónde\n    alt: Una enfermera y un paciente\n    visit: Pregunte.\n",
}


@pytest.fixture(scope="module")
def made(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str, Document]:
    """A good little leaflet: its PDF, its HTML, its Document."""
    project = write_project(tmp_path_factory.mktemp("project"), FIGURE)
    leaflet, language = project.leaflets["adult"], project.languages["en"]
    topics = {name: project.topics[name] for name in leaflet.printed}
    document = compose_document(
        leaflet, "en", topics, "", language.terms, language.messages, project.references, project.pictures, Status.MACHINE_DRAFT
    )
    html = render_html(document, STANDARD, ROOT / "templates")
    data, problems = engine.write_pdf(html, ("en",), STANDARD, "a4", render_counter(document.messages[PAGE_MESSAGE]), "a-test")
    assert problems == ()
    return data, html, document


def find_ids(facts: PdfFacts, made: tuple[bytes, str, Document], engine: Engine, budget: int = 2) -> set[str]:
    _, html, document = made
    expected = list_expected(STANDARD, document, None)
    return {problem.id for problem in verify_pdf(facts, html, document, document, expected, engine.fonts, budget, "a-test")}


def test_a_good_leaflet_has_no_problem(made: tuple[bytes, str, Document], engine: Engine) -> None:
    assert find_ids(read_pdf_facts(made[0]), made, engine) == set()


@pytest.mark.parametrize(
    ("change", "id"),
    [
        (lambda facts: replace(facts, texts=tuple(text.replace("38.5", "39.5") for text in facts.texts)), "text-differs"),
        (lambda facts: replace(facts, texts=facts.texts[:-1]), "text-differs"),
        (lambda facts: replace(facts, texts=(*facts.texts, "more")), "text-differs"),
        (lambda facts: replace(facts, texts=facts.texts[::-1]), "text-differs"),
        (lambda facts: replace(facts, untagged=("stray",)), "untagged-text"),
        (lambda facts: replace(facts, headings=facts.headings - 1), "structure-lost"),
        (lambda facts: replace(facts, items=facts.items + 1), "structure-lost"),
        (lambda facts: replace(facts, alts=()), "alt-lost"),
        (lambda facts: replace(facts, alts=("",)), "alt-lost"),
        (lambda facts: replace(facts, notdef=1), "missing-glyph"),
        (lambda facts: replace(facts, dotted_circles=1), "dotted-circle"),
        (lambda facts: replace(facts, fonts=facts.fonts | {"DejaVu-Sans"}), "foreign-font"),
        (lambda facts: replace(facts, fonts=facts.fonts | {"Noto-Sans-JP"}), "foreign-font"),
        (lambda facts: replace(facts, language="es"), "wrong-metadata"),
        (lambda facts: replace(facts, title=""), "wrong-metadata"),
        (lambda facts: replace(facts, variants=frozenset({"PDF/A-2"})), "wrong-metadata"),
        (lambda facts: replace(facts, active=frozenset({"/JavaScript"})), "wrong-metadata"),
        (lambda facts: replace(facts, margins=("",)), "missing-margin"),
        (lambda facts: replace(facts, margins=(facts.margins[0], "adult-en 0.1.0")), "missing-margin"),
        (lambda facts: replace(facts, pages=3), "page-budget"),
    ],
)
def test_a_changed_fact_is_noticed(
    change: Callable[[PdfFacts], PdfFacts], id: str, made: tuple[bytes, str, Document], engine: Engine
) -> None:
    assert find_ids(change(read_pdf_facts(made[0])), made, engine) == {id}


def test_a_paper_without_a_budget_has_no_budget_problem(made: tuple[bytes, str, Document], engine: Engine) -> None:
    assert find_ids(replace(read_pdf_facts(made[0]), pages=3), made, engine, budget=0) == set()


def test_a_translation_must_mark_its_english(made: tuple[bytes, str, Document], engine: Engine) -> None:
    data, html, document = made
    translated = replace(document, english_title="Lumps")
    facts = read_pdf_facts(data)
    assert find_ids(facts, (data, html, translated), engine) == set()
    assert find_ids(replace(facts, languages=frozenset()), (data, html, translated), engine) == {"wrong-metadata"}


def test_words_that_the_template_forgot_are_noticed(made: tuple[bytes, str, Document], engine: Engine) -> None:
    data, html, document = made
    longer = replace(document, sections=(*document.sections, replace(document.cover, name="forgotten", title=document.title[:0])))
    assert find_ids(read_pdf_facts(data), (data, html, longer), engine) == {"text-differs", "structure-lost"}


def edit(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> PdfFacts:
    """Change a PDF file itself, and read it again."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return read_pdf_facts(out.getvalue())


def each_element(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    return [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and str(each.get("/S", "")) == role]


def remove_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def change_digit(pdf: pikepdf.Pdf) -> None:
    for element in each_element(pdf, "/Span"):
        if "38.5" in str(element.get("/ActualText", "")):
            element.ActualText = pikepdf.String(str(element.ActualText).replace("38.5", "35.8"))


def drop_paragraph(pdf: pikepdf.Pdf) -> None:
    element = each_element(pdf, "/P")[-1]
    element.K = pikepdf.Array()


def add_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def add_link(pdf: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("file:///home"))
    pdf.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(A=link)])


def add_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.txt"] = b"x"


@pytest.mark.parametrize(
    ("change", "ids"),
    [
        (remove_language, {"wrong-metadata"}),
        (change_digit, {"text-differs"}),
        (drop_paragraph, {"text-differs", "untagged-text"}),
        (add_script, {"wrong-metadata"}),
        (add_link, {"wrong-metadata"}),
        (add_attachment, {"wrong-metadata"}),
    ],
)
def test_a_tampered_file_is_noticed(
    change: Callable[[pikepdf.Pdf], None], ids: set[str], made: tuple[bytes, str, Document], engine: Engine
) -> None:
    assert find_ids(edit(made[0], change), made, engine) == ids


def test_text_outside_all_tags_is_noticed(made: tuple[bytes, str, Document], engine: Engine) -> None:
    def strip_tags(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        kept = [each for each in pikepdf.parse_content_stream(page) if str(each.operator) not in ("BDC", "BMC", "EMC")]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))

    facts = edit(made[0], strip_tags)
    assert len(facts.untagged) > 5
    assert find_ids(facts, made, engine) == {"untagged-text", "missing-margin"}
