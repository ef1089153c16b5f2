"""How a sheet is set, told from its words."""

from dataclasses import replace

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.compose import Document, Section
from leaflets.document.parts import Part, PrintedItem
from leaflets.edition import EditionLanguages, Print
from leaflets.model import Level
from leaflets.pdf.engine import Engine
from leaflets.pdf.spread import BODY, LEAST, LOOKS, WANTED, arrange_sheet
from tests.support.projects import STANDARD

SHEET = STANDARD.fit(Print.SHEET)


def test_short_words_are_spread_and_long_ones_stand_close(project: Project, engine: Engine) -> None:
    found = [arrange(engine, repeat(project, times))[0].settings for times in (1, 8)]
    for short, long in ((found[0][side], found[1][side]) for side in ("front", "back")):
        assert short.gap >= WANTED[False] > long.gap == LEAST
        assert short.line > long.line
    assert (found[0]["front"].size, found[0]["front"].picture) == LOOKS[0]
    assert (found[-1]["front"].size, found[-1]["front"].picture) == LOOKS[-1]


def test_what_is_less_urgent_stands_on_the_back_where_it_fits(project: Project, engine: Engine) -> None:
    [short], [long] = (arrange(engine, repeat(project, times)) for times in (1, 8))
    assert list_levels(short.front) == []
    assert list_levels(short.back) == list(Level)
    assert list_levels(long.front) == [Level.SOON, Level.ROUTINE]
    assert list_levels(long.back) == [Level.EMERGENCY, Level.SAME_DAY]


def test_both_languages_of_a_sheet_have_the_same_on_each_side_and_the_same_gaps(project: Project, engine: Engine) -> None:
    short, long = repeat(project, 1), repeat(project, 8)
    for texts in ((short, long), (long, short)):
        one, other = arrange(engine, *texts)
        assert list_levels(one.back) == list_levels(other.back) == [Level.EMERGENCY, Level.SAME_DAY]
        assert one.settings["back"].gap == other.settings["back"].gap == LEAST
        assert one.settings["front"].picture == other.settings["front"].picture


def test_a_sheet_that_may_go_on_over_more_pages_is_set_by_its_styles(project: Project, engine: Engine) -> None:
    [found] = arrange_sheet((repeat(project, 8),), replace(SHEET, sides=6), "a4", engine.fonts)
    assert (found.settings, list_levels(found.back)) == ({}, list(Level))


@pytest.mark.parametrize("locale", ["en", "ar", "hi", "ur", "ka", "zh-Hans"])
def test_strokes_that_reach_out_of_their_lines_get_more_room(project: Project, engine: Engine, locale: str) -> None:
    document = make_document(project, "cutis", locale, EditionLanguages.OWN, None)
    [found] = arrange_sheet((document,), SHEET, "a4", engine.fonts)
    typography = engine.fonts.typography(locale)
    assert typography
    for setting in found.settings.values():
        assert setting.size >= BODY
        assert setting.heading >= (1.7 if typography.rise else 1.2)


def arrange(engine: Engine, *documents: Document) -> tuple[Document, ...]:
    return arrange_sheet(documents, replace(SHEET, sides=2 * len(documents)), "a4", engine.fonts)


def list_levels(side: tuple[Section, ...]) -> list[Level]:
    return [part.level for section in side for part in section.parts if part.level]


def repeat(project: Project, times: int) -> Document:
    """Give the sheet in English with the words of each entry so many times."""
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)

    def repeat_side(side: tuple[Section, ...]) -> tuple[Section, ...]:
        return tuple(replace(section, parts=tuple(map(repeat_part, section.parts))) for section in side)

    def repeat_entries(entries: tuple[PrintedItem, ...]) -> tuple[PrintedItem, ...]:
        return tuple(replace(each, words=each.words * times) for each in entries)

    def repeat_part(part: Part) -> Part:
        groups = tuple(replace(group, entries=repeat_entries(group.entries)) for group in part.groups)
        return replace(part, entries=repeat_entries(part.entries), groups=groups)

    return replace(document, front=repeat_side(document.front), back=repeat_side(document.back))
