"""The sheet of paper that is handed out, as it leaves the printer."""

from pathlib import Path

import pytest

from leaflets.build.jobs import Job
from leaflets.build.leaflet import Made, make_document, make_leaflet
from leaflets.content.clinic import load_clinic
from leaflets.content.project import Project
from leaflets.document.compose import Notice
from leaflets.document.html import render_html
from leaflets.edition import EditionLanguages, Print
from leaflets.model import Level
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import PdfFacts, read_pdf_facts
from leaflets.problems import Problem
from leaflets.profile import Clinic
from tests.support.projects import ROOT, SMALL_PROJECT, write_project
from tests.support.small import WITH_SHEET

FITTING = ("en", "es", "ar", "zh-Hans", "hi", "ur")
"""Languages whose words fit on two sides of both papers."""


def make_sheet(
    project: Project, engine: Engine, locale: str, edition: str = "standard", paper: str = "a4", clinic: Clinic | None = None
) -> tuple[Made, PdfFacts, tuple[Problem, ...]]:
    [made], problems = make_leaflet(project, Job(locale, "adult", edition, paper, Print.SHEET), engine, clinic)
    return made, read_pdf_facts(made.data, engine.fonts.find_dotted_circle), problems


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ["adult", "pediatric", "cutis"])
@pytest.mark.parametrize("locale", FITTING)
def test_a_sheet_is_one_sheet_of_paper_and_nothing_is_wrong_with_it(
    project: Project, engine: Engine, locale: str, name: str, paper: str
) -> None:
    [made], problems = make_leaflet(project, Job(locale, name, "standard", paper, Print.SHEET), engine, None)
    assert ([str(problem) for problem in problems], made.entry.pages) == ([], 2)


def test_what_follows_a_panel_without_a_level_of_its_own_closes_it(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    html = render_html(document, project.editions["standard"].fit(Print.SHEET), project.root / "templates")
    back = html[html.index('<section class="side back">') :]
    assert back.count('class="closing"') == 1
    assert 'class="card"' not in back
    assert back.index('class="alert same-day"') < back.index('class="closing"') < back.rindex("</section>")


@pytest.mark.slow
def test_a_bilingual_sheet_has_each_side_in_both_languages(project: Project, engine: Engine) -> None:
    made, facts, problems = make_sheet(project, engine, "ar", "bilingual")
    assert ([str(problem) for problem in problems], made.entry.pages) == ([], 4)
    own, english = (make_document(project, "adult", tag, EditionLanguages.OWN, None) for tag in ("ar", "en"))
    assert facts.languages >= {"en"}
    found = "\n".join(facts.texts)
    urgent = [next(part for part in text.sheet_parts() if part.level is Level.EMERGENCY) for text in (own, english)]
    first, second = (found.index(part.entries[0].words[0].words.strip()) for part in urgent)
    assert first < second


def test_a_sheet_is_laid_out_once(tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint import HTML

    passes = []
    render = HTML.render

    def count(page: HTML, **given: object) -> object:
        passes.append(page)
        return render(page, **given)

    monkeypatch.setattr(HTML, "render", count)
    make_sheet(write_project(tmp_path, WITH_SHEET), engine, "es")
    assert len(passes) == 1


def test_the_front_says_that_it_is_a_draft_and_the_foot_of_both_sides_says_so_in_short(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path, WITH_SHEET)
    made, facts, problems = make_sheet(project, engine, "es")
    assert ([problem.id for problem in problems], made.entry.pages, made.entry.draft) == ([], 2, True)
    notices = make_document(project, "adult", "es", EditionLanguages.OWN, None).notices
    assert facts.texts[: len(notices)] == tuple(notice.words for notice in notices)
    for margin in facts.margins:
        assert "DRAFT.Donotgivetopatients." in margin.replace(" ", "")


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("DRAFT. Not yet checked by a clinician. Do not give to patients.", "DRAFT. Do not give to patients."),
        ("草稿。机器翻译，还没有经过人工检查。请勿发给患者。", "草稿。 请勿发给患者。"),
        ("मसौदा। मशीन से अनुवाद। मरीज़ों को न दें।", "मसौदा। मरीज़ों को न दें।"),
        ("ร่าง อย่าให้ผู้ป่วย", "ร่าง อย่าให้ผู้ป่วย"),
    ],
)
def test_the_short_notice_is_its_first_and_last_sentence(words: str, short: str) -> None:
    assert Notice("en", "ltr", words).short == short


def test_a_sheet_longer_than_its_sides_is_an_error(tmp_path: Path, engine: Engine) -> None:
    many = "".join(f"      more{number}: You may feel {'many hard lumps under the skin, ' * 9}too.\n" for number in range(9))
    signs = "content/topics/en/signs.yaml"
    project = write_project(tmp_path, {**WITH_SHEET, signs: SMALL_PROJECT[signs] + many})
    _, _, problems = make_sheet(project, engine, "en")
    [long] = [problem for problem in problems if problem.id == "page-budget"]
    assert long.message.startswith("5 pages, more than the 2 of its sheet; the longest texts are signs.lumps.more0, ")


def test_the_panels_of_the_back_stand_by_urgency_and_the_emergency_begins_it(project: Project) -> None:
    for name in project.leaflets:
        document = make_document(project, name, "en", EditionLanguages.OWN, None)
        levels = [part.level for section in document.back for part in section.parts if part.level]
        assert levels[0] is Level.EMERGENCY
        assert levels == sorted(levels, key=list(Level).index)


def test_a_sheet_prints_the_title_of_a_topic_only_where_nothing_else_heads_it(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    titles = {section.name: bool(section.title) for section in (*document.front, *document.back)}
    assert titles == {"what-is-it": False, "home-care": False, "treatment": False, "get-help": False, "questions": True}


def test_without_a_clinic_there_is_a_line_to_write_each_number_on(project: Project) -> None:
    clinic = load_clinic(ROOT / "content" / "clinics" / "example" / "clinic.yaml", project.countries.crisis_phones)
    for whose, blank in ((None, True), (clinic, False)):
        document = make_document(project, "adult", "en", EditionLanguages.OWN, whose)
        headed = [part for part in document.sheet_parts() if part.level in (Level.EMERGENCY, Level.SAME_DAY)]
        assert len(headed) == 2
        for part in headed:
            assert any(run.blank for run in part.heading) is blank
