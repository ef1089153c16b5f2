"""What stands in the two columns of a page."""

from dataclasses import replace

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.halves import LONGEST_HALF, halve_list, halve_sections, halve_signs, pair_parts, weigh_entry
from leaflets.document.parts import PartGroup, PrintedItem
from leaflets.edition import EditionLanguages
from leaflets.languages.runs import Run


def test_the_halves_of_a_panel_have_all_its_signs_in_order_and_each_heading_once(project: Project) -> None:
    for locale in ("en", "ar"):
        document = make_document(project, "adult", locale, EditionLanguages.OWN, None)
        for part in (part for part in document.sheet_parts() if part.level):
            halves = halve_signs(part)
            assert tuple(entry for half in halves for group in half for entry in group.entries) == part.entries
            headings = [group.heading for half in halves for group in half if group.heading]
            assert headings == [group.heading for group in part.groups]


def test_the_halves_of_a_panel_are_about_the_same_length(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    emergency = next(part for section in document.back for part in section.parts)
    first, second = (sum(weigh_entry(entry) for group in half for entry in group.entries) for half in halve_signs(emergency))
    assert 0.8 < first / second < 1.25


def test_what_closes_a_panel_takes_room_in_its_second_half(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    part = next(part for section in document.back for part in section.parts)
    lengths = [[len(half) for half in map(list_entries, halve_signs(part, closing))] for closing in (None, part)]
    assert lengths[0][0] < lengths[1][0]


def list_entries(half: tuple[PartGroup, ...]) -> list[PrintedItem]:
    return [entry for group in half for entry in group.entries]


def test_the_halves_of_the_front_have_all_its_parts_in_order(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    first, second = halve_sections(document.front[1:])
    found = [part for section in (*first, *second) for part in section.parts]
    assert found == [part for section in document.front[1:] for part in section.parts]


@pytest.mark.parametrize("name", ["adult", "cutis", "pediatric"])
def test_the_rows_of_a_section_have_all_its_words_in_order_and_each_heading_once(project: Project, name: str) -> None:
    document = make_document(project, name, "ka", EditionLanguages.OWN, None)
    for section in document.sections:
        found = [part for row in pair_parts(section.parts) for half in row for part in half]
        assert [entry for part in found for entry in (*part.leads, *part.entries)] == [
            entry for part in section.parts for entry in (*part.leads, *part.entries)
        ]
        assert [part.heading for part in found if part.heading] == [part.heading for part in section.parts if part.heading]
        assert [part.alt for part in found if part.alt] == [part.alt for part in section.parts if part.alt]


def test_a_heading_begins_a_row_but_that_of_a_drawing_which_stands_beside_words(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    signs, care = (next(each for each in document.sections if each.name == name) for name in ("signs", "home-care"))
    [(words, (*more, drawing))] = pair_parts(signs.parts)
    assert [part.kind for part in (*words, *more)] == ["list"] * (len(words) + len(more))
    assert drawing.picture == "body-map-adult"
    for row in pair_parts(care.parts):
        assert not any(part.heading for half in row for part in half[1:])


def test_steps_that_go_on_in_the_second_half_are_counted_on(project: Project) -> None:
    care = next(
        each for each in make_document(project, "adult", "en", EditionLanguages.OWN, None).sections if each.name == "home-care"
    )
    [(first,), (second, *_)] = next(row for row in pair_parts(care.parts) if row[0][0].kind == "steps")
    assert (first.before, second.before) == (0, len(first.entries))
    assert (bool(first.heading), second.heading) == (True, ())


def test_what_would_be_longer_than_a_page_stands_in_one_column_since_a_row_cannot_go_on(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    part = next(part for section in document.sections for part in section.parts if part.kind == "list" and not part.level)
    entry = replace(part.entries[0], words=(Run("a" * (LONGEST_HALF // 2 + 1)),))
    short, long = (replace(part, leads=(), entries=(entry,) * many) for many in (2, 4))
    assert [len(row) for row in pair_parts((short,))] == [2]
    assert [len(row) for row in pair_parts((long,))] == [1]
    assert (len(halve_list(short)), len(halve_list(long))) == (2, 1)
