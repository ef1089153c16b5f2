"""What a template makes of a document."""

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_document, make_leaflet
from leaflets.content.project import Project
from leaflets.document.expected import read_html_blocks
from leaflets.document.html import render_html
from leaflets.edition import EditionLanguages
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import read_pdf_facts
from leaflets.profile import Clinic
from tests.support.projects import ROOT, write_project

CLINIC = Clinic("A Test's Clinic", "020 7946 0000", "112", leaflets_url="https://clinic.example/leaflets")


def test_every_question_of_the_clinician_s_sheet_has_numbers_to_look_at(project: Project) -> None:
    for name in project.leaflets:
        document, english = (make_document(project, name, locale, EditionLanguages.SOURCE, None) for locale in ("ur", "en"))
        html = render_html(document, project.editions["clinician"], ROOT / "templates", english)
        answers = [block for block in read_html_blocks(html) if re.fullmatch(r"\d+(–\d+)?(, \d+(–\d+)?)*", block)]
        assert english.teach_back
        assert len(answers) == sum(bool(entry.see) for part in english.teach_back.parts for entry in part.entries) > 0


@pytest.mark.slow
def test_the_code_on_paper_leads_to_the_page_about_this_version(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path)
    [made], problems = make_leaflet(project, Job("es", "adult", "standard", "a4"), engine, CLINIC)
    assert problems == ()
    picture = pypdfium2.PdfDocument(made.data)[0].render(scale=3).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["https://clinic.example/leaflets/v/adult-es-0.1.0.html"]
    facts = read_pdf_facts(made.data)
    assert "clinic.example/leaflets/v/adult-es-0.1.0.html" in facts.texts


@pytest.mark.slow
def test_without_an_address_there_is_no_code(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path)
    [made], _ = make_leaflet(project, Job("es", "adult", "standard", "a4"), engine, replace(CLINIC, leaflets_url=""))
    assert zxingcpp.read_barcodes(pypdfium2.PdfDocument(made.data)[0].render(scale=3).to_pil()) == []
    assert not any("/v/" in text for text in read_pdf_facts(made.data).texts)
