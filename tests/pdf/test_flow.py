"""Which sections stand before the panels of a leaflet."""

from dataclasses import replace

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.compose import Document
from leaflets.edition import EditionLanguages
from leaflets.pdf.engine import Engine
from leaflets.pdf.flow import DOUBTS, Flow, order_sections
from tests.support.projects import STANDARD


def find_document(project: Project, locale: str = "en", name: str = "adult") -> Document:
    return make_document(project, name, locale, EditionLanguages.OWN, None)


def list_names(document: Document) -> list[str]:
    return [section.name for section in document.sections]


@pytest.mark.parametrize("locale", ["en", "ar", "ka", "ur", "zh-Hans"])
@pytest.mark.parametrize("name", ["adult", "cutis", "pediatric"])
def test_the_box_of_an_emergency_ends_on_the_second_page_and_nothing_before_it_does(
    project: Project, engine: Engine, locale: str, name: str
) -> None:
    document = find_document(project, locale, name)
    found = order_sections(document, STANDARD, "a4", engine.fonts)
    assert sorted(list_names(found)) == sorted(list_names(document))
    assert list_names(found)[-1] == list_names(document)[-1]
    panels = list_names(found).index("get-help")
    flow = Flow(document, STANDARD, "a4", engine.fonts)
    before = [height for section in found.sections[:panels] for height in flow.list_heights(section)]
    box = flow.list_heights(found.sections[panels])[0]
    assert flow.ends_on(before) == 1
    assert {flow.ends_on([*before, box], doubt) for doubt in DOUBTS} == {2}


def test_sections_come_first_only_where_they_fit(project: Project, engine: Engine) -> None:
    document = find_document(project)
    found = list_names(order_sections(document, STANDARD, "a4", engine.fonts))
    assert found.index("signs") < found.index("get-help")
    twice = tuple(
        replace(section, parts=tuple(replace(part, entries=part.entries * 3) for part in section.parts))
        if section.name == "signs"
        else section
        for section in document.sections
    )
    found = list_names(order_sections(replace(document, sections=twice), STANDARD, "a4", engine.fonts))
    assert found.index("signs") > found.index("get-help")


def test_a_page_in_one_column_keeps_its_order(project: Project, engine: Engine) -> None:
    document = find_document(project)
    assert order_sections(document, replace(STANDARD, stacked=True), "a4", engine.fonts) is document
    others = replace(document, sections=tuple(section for section in document.sections if section.name != "get-help"))
    assert order_sections(others, STANDARD, "a4", engine.fonts) is others


def test_longer_words_are_measured_higher(project: Project, engine: Engine) -> None:
    flows = [Flow(find_document(project, locale), STANDARD, "a4", engine.fonts) for locale in ("zh-Hans", "en", "ur")]
    heights = [sum(flow.list_heights(flow.document.sections[0])) for flow in flows]
    assert heights[1] < heights[2]
    assert flows[1].line < flows[0].line < flows[2].line
    assert all(flow.measure_opening() > 60 for flow in flows)
    english = flows[1]
    longer = Flow(replace(english.document, title=english.document.title * 4), STANDARD, "a4", engine.fonts)
    assert longer.measure_opening() > english.measure_opening() + 10


def test_a_foot_of_one_line_needs_less_room(project: Project, engine: Engine) -> None:
    document = find_document(project)
    feet = [Flow(replace(document, name=document.name * times), STANDARD, "a4", engine.fonts).fit_foot() for times in (1, 20)]
    assert feet == [STANDARD.foot - 2, STANDARD.foot]
