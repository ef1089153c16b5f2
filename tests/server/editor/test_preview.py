"""A leaflet in the translator's editor: what its page says, and which unit each of its words is of."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from leaflets.build.leaflet import make_document
from leaflets.content.narrow import narrow_topic
from leaflets.content.project import load_project
from leaflets.document.compose import assign_runs
from leaflets.document.expected import list_expected, read_html_blocks, tidy
from leaflets.document.html import render_html
from leaflets.model import label_unit, list_units
from leaflets.server.editor.describe import describe_unit
from leaflets.server.editor.preview import lift_conditions, render_leaflet
from leaflets.server.editor.store import take_snapshot
from leaflets.web.page import render_web
from tests.support.editor import (
    FEVER,
    FONTS,
    HARD,
    MISSING,
    SPANISH,
    change_file,
    look,
)
from tests.support.projects import ROOT, find_ids
from tests.support.small import SIGNS


def choose(html: str, unit: str) -> list[str]:
    """What stands in the elements of a unit."""
    return re.findall(rf'<span class="unit"[^>]* data-unit="{re.escape(unit)}"[^>]*>.*?</span>', html)


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["es", "ar", "zh-Hans"])
def test_the_marked_page_says_what_the_web_page_says_and_every_unit_can_be_chosen(tag: str) -> None:
    project = load_project(ROOT)
    found = take_snapshot(project, tag, FONTS)
    edition = project.editions["web"]
    for name, leaflet in project.leaflets.items():
        html = render_leaflet(found, name)
        assert not re.search("[\U000f0000-\U0010ffff]", html)  # nor any other sign than those of the words
        shown = set(read_html_blocks(html))
        expected = list_expected(edition, make_document(project, name, tag, edition.languages, None), None)
        assert [words for words in expected.words if words and tidy(words) not in shown] == []
        chosen = set(re.findall(r'data-unit="([^"]+)"', html))
        topics = [narrow_topic(project.topics[topic], name) for topic in leaflet.printed]
        assert {unit for topic in topics for unit, _ in list_units(topic)} <= chosen
        assert f'<html lang="{tag}"' in html
        assert "<script" not in html


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["es", "ar", "zh-Hans"])
def test_the_marked_page_is_the_web_page_but_for_its_marks(tag: str) -> None:
    project = load_project(ROOT)
    found = take_snapshot(project, tag, FONTS)
    edition = project.editions["web"]
    for name in project.leaflets:
        whole = replace(project, topics={topic: lift_conditions(each) for topic, each in project.topics.items()})
        document = make_document(whole, name, tag, edition.languages, None)
        web = render_web(document, edition, ROOT / "templates", project.pictures, FONTS, {}, ())
        assert strip_marks(render_leaflet(found, name)) == strip_marks(web)


def strip_marks(html: str) -> str:
    """The main part of a page without its elements for units; those for runs cannot be told from them at their ends."""
    body = html[html.index("<main") : html.index("</main>")].partition(">")[2]
    return re.sub(r'<p class="description">.*?</p>|</?span[^>]*>|\n| {2,}', "", body)


def test_words_that_only_some_clinics_print_can_be_chosen_as_well(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), SIGNS, "  lumps:\n", "  lumps:\n    when: us\n")
    assert 'data-unit="signs.lumps.hard"' in render_leaflet(found, "adult")


def test_words_that_stand_inside_another_unit_are_not_marked(tmp_path: Path) -> None:
    html = render_leaflet(look(tmp_path), "adult")
    (said,) = choose(html, "get-help.emergency.heading")
    assert "número de emergencias" in said
    assert said.count("data-unit=") == 1
    assert choose(html, label_unit("the emergency number")) == []


def test_the_id_of_a_unit_stands_as_it_is_whatever_is_in_it(tmp_path: Path) -> None:
    html = render_leaflet(look(tmp_path), "adult")
    assert choose(html, label_unit("If you find a mistake in this leaflet, please tell your clinic."))
    units = set(map(unescape, re.findall(r'data-unit="([^"]+)"', html)))
    assert units <= set(look(tmp_path / "again").units)


def test_a_page_to_print_refuses_words_that_are_marked(tmp_path: Path) -> None:
    project = look(tmp_path).project
    edition = project.editions["standard"]
    document = make_document(project, "adult", "es", edition.languages, None)
    marked = replace(document, title=assign_runs(document.title, "signs.title"))
    render_html(document, edition, tmp_path / "templates")
    with pytest.raises(UndefinedError, match="mark_unit"):
        render_html(marked, edition, tmp_path / "templates")


def test_a_missing_unit_stands_in_english_and_is_marked_as_missing(tmp_path: Path) -> None:
    found = look(tmp_path, **MISSING)
    html = render_leaflet(found, "adult")
    assert choose(html, HARD) == [
        '<span class="unit" role="button" tabindex="0" data-unit="signs.lumps.hard" data-state="missing" lang="en" dir="ltr">'
        'You may feel hard lumps. <span class="chip missing" lang="en" dir="ltr">missing</span>'
    ]
    assert "chip" not in choose(html, FEVER)[0]
    assert "missing-unit" in find_ids(found.project)  # so that no leaflet is made with it


def test_what_a_picture_shows_can_be_chosen_below_it() -> None:
    found = take_snapshot(load_project(ROOT), "ar", FONTS)
    html = render_leaflet(found, "adult")
    topics = (narrow_topic(found.project.topics[name], "adult") for name in found.project.leaflets["adult"].printed)
    unit = next(unit for topic in topics for unit, _ in list_units(topic) if unit.endswith(".alt"))
    words = found.units[unit].words
    assert words
    assert f'alt="{words}"' in html
    assert choose(html, unit)[0].endswith(f">{words}</span>")


def test_words_with_an_odd_star_or_brace_are_shown_and_not_the_end(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), SPANISH, "Puede sentir bultos duros.", '"**Puede {nada} sentir <b> {clinic_phone}"')
    html = render_leaflet(found, "adult")
    said = choose(html, HARD)[0]
    assert "<strong>Puede {\u2060nada} sentir &lt;b&gt; teléfono de su clínica</strong>" in said
    assert '<span class="chip problem"' in html


def test_words_that_are_not_on_record_are_marked_so(tmp_path: Path) -> None:
    look(tmp_path)
    (tmp_path / "translations/es/review.yaml").unlink()
    found = take_snapshot(load_project(tmp_path), "es", FONTS)
    assert "not on record</span>" in choose(render_leaflet(found, "adult"), HARD)[0]
    assert describe_unit(found, FEVER)["changes"] == []
