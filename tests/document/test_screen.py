"""What a page for a screen opens with, and what it says once."""

from pathlib import Path

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.compose import Document
from leaflets.document.screen import arrange_screen
from leaflets.edition import EditionLanguages, Print
from leaflets.languages.runs import join_runs
from leaflets.model import Level
from tests.support.projects import write_project
from tests.support.small import WITH_SHEET


def make(project: Project, name: str, what: Print = Print.LEAFLET, locale: str = "en") -> Document:
    return arrange_screen(make_document(project, name, locale, EditionLanguages.OWN, None, what), what)


def list_shown(document: Document) -> list[str]:
    """List every text of the page in reading order."""
    sections = (*document.front, *document.sections, *document.inserts)
    parts = [part for section in sections for part in section.parts]
    return [join_runs(entry.words) for part in parts for entry in (*part.leads, *part.entries)]


def test_without_a_sheet_a_page_opens_with_the_signs_of_an_emergency(tmp_path: Path) -> None:
    page = make(write_project(tmp_path), "adult", locale="es")
    assert [section.name for section in page.front] == ["get-help"]
    assert list_shown(page) == ["Fiebre en un bebé", "Puede sentir bultos duros.", "Llame si la fiebre pasa de 38,5 °C."]


def test_what_the_sheet_prints_whole_is_not_said_again(tmp_path: Path) -> None:
    page = make(write_project(tmp_path, WITH_SHEET), "adult", locale="es")
    assert [section.name for section in page.front] == ["sheet-signs", "get-help"]
    assert (page.sections, page.inserts) == ((), ())
    assert list_shown(page) == ["Puede sentir bultos duros.", "Llame si la fiebre pasa de 38,5 °C.", "Fiebre en un bebé"]


@pytest.mark.parametrize("name", ["adult", "cutis", "pediatric"])
def test_a_page_opens_with_what_it_is_what_to_do_and_the_panels_by_how_urgent_they_are(project: Project, name: str) -> None:
    page = make(project, name)
    names = [section.name for section in page.front]
    assert names == [
        *("sheet-what-is-it", project.leaflets[name].cover, "sheet-home-care", "sheet-treatment", "get-help", "sheet-questions")
    ]
    assert [part.level for section in page.front for part in section.parts if part.level] == list(Level)


@pytest.mark.parametrize("name", ["adult", "cutis", "pediatric"])
def test_of_a_sheet_and_its_leaflet_no_text_is_lost_and_every_sign_stands_once(project: Project, name: str) -> None:
    document = make_document(project, name, "en", EditionLanguages.OWN, None)
    page, shown = arrange_screen(document), list_shown(arrange_screen(document))
    whole = [part for part in (*document.parts(screen=True), *document.sheet_parts()) if part not in page.cover.parts]
    assert {join_runs(entry.words) for part in whole for entry in (*part.leads, *part.entries)} == set(shown)
    signs = [join_runs(entry.words) for part in whole if part.level for entry in part.entries]
    assert all(shown.count(sign) == 1 for sign in signs)


@pytest.mark.parametrize("name", ["adult", "cutis", "pediatric"])
def test_a_page_with_the_words_of_a_sheet_says_what_the_sheet_says_and_no_more(project: Project, name: str) -> None:
    sheet = make_document(project, name, "ar", EditionLanguages.OWN, None, Print.SHEET)
    page = arrange_screen(sheet, Print.SHEET)
    assert (page.sections, page.inserts) == ((), ())
    parts = [part for section in page.front for part in section.parts]
    assert sorted(map(repr, parts)) == sorted(map(repr, sheet.sheet_parts()))
    assert [part.level for part in parts if part.level] == list(Level)
