"""What stands in the two columns of a page."""

from dataclasses import replace

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.halves import (
    LONGEST_HALF,
    LONGEST_ROW,
    PartRow,
    halve_list,
    halve_sections,
    halve_signs,
    measure_row,
    pair_parts,
    split_panel,
    weigh_entry,
)
from leaflets.document.parts import Part, PartGroup, PrintedItem, Runs
from leaflets.edition import EditionLanguages
from leaflets.languages.runs import Run
from leaflets.model import Level


def find_part(project: Project, section: str, part: str, locale: str = "en") -> Part:
    document = make_document(project, "adult", locale, EditionLanguages.OWN, None)
    return next(found for each in document.sections if each.name == section for found in each.parts if found.name == part)


def list_row_parts(rows: tuple[PartRow, ...]) -> list[Part]:
    return [part for row in rows for half in row for part in half]


def list_headings(parts: list[Part]) -> list[Runs]:
    return [words for part in parts for words in (part.heading, *(group.heading for group in part.groups)) if words]


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
        assert list_headings(found) == list_headings([piece for part in section.parts for piece in split_panel(part)])
        assert [part.alt for part in found if part.alt] == [part.alt for part in section.parts if part.alt]


def test_a_heading_begins_a_row_but_that_of_a_drawing_which_stands_beside_words(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    signs, care = (next(each for each in document.sections if each.name == name) for name in ("signs", "home-care"))
    *_, (words, (*more, drawing)) = pair_parts(signs.parts)
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
    part = next(part for section in document.sections for part in section.parts if part.kind == "steps")
    entry = replace(part.entries[0], words=(Run("a" * (LONGEST_HALF // 2 + 1)),))
    short, long = (replace(part, leads=(), entries=(entry,) * many) for many in (2, 4))
    assert [len(row) for row in pair_parts((short,))] == [2]
    assert [len(row) for row in pair_parts((long,))] == [1]
    assert (len(halve_list(short)), len(halve_list(long))) == (2, 1)


def test_rows_are_short_and_their_halves_about_as_high(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    part = next(part for section in document.sections for part in section.parts if part.kind == "list" and not part.level)
    lengths = (200, 40, 60, 60, 40, 60, 60, 200, 90)
    entries = tuple(replace(part.entries[0], words=(Run("a" * length),)) for length in lengths)
    rows = list(pair_parts((replace(part, leads=(), groups=(), entries=entries),)))
    weights = [[[weigh_entry(entry) for part in half for entry in part.entries] for half in row] for row in rows]
    assert [weight for row in weights for half in row for weight in half] == [length + 20 for length in lengths]
    assert all(sum(map(sum, row)) <= LONGEST_ROW for row in weights)
    heights = [measure_row([weight for half in row for weight in half]) for row in weights]
    assert sum(heights) < 0.62 * sum(sum(map(sum, row)) for row in weights)


def test_measure_row_is_that_of_its_higher_half() -> None:
    assert measure_row([30, 20, 40]) == 50
    assert measure_row([70]) == 70


def test_a_page_may_end_between_the_rows_of_a_list_in_groups(project: Project) -> None:
    choices = find_part(project, "treatment", "choices")
    found = list_row_parts(tuple(pair_parts((choices,))))
    assert len(found) > len(choices.groups) == 2
    assert [part.heading for part in found] == [choices.heading, *[()] * (len(found) - 1)]
    assert [part.before for part in found] == [sum(len(each.entries) for each in found[:at]) for at in range(len(found))]
    assert tuple(entry for part in found for group in part.groups for entry in group.entries) == choices.entries


def test_labels_with_a_drawing_each_stand_in_pairs_and_three_of_them_in_one_row(project: Project) -> None:
    do, dont = (find_part(project, "home-care", name) for name in ("do", "do-not"))
    found = list_row_parts(tuple(pair_parts((do,))))
    assert [len(part.entries) for part in found] == [2, 2, 2]
    assert [bool(part.alt) for part in found] == [bool(part.heading) for part in found] == [True, False, False]
    assert list_row_parts(tuple(pair_parts((dont,)))) == [dont]


def test_the_two_least_urgent_panels_stand_beside_each_other(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    rows = [*pair_parts(next(each for each in document.sections if each.name == "get-help").parts)]
    levels = [[part.level for half in row for part in half if part.level] for row in rows]
    assert [Level.SOON, Level.ROUTINE] in levels
    assert [len(row) for row, found in zip(rows, levels, strict=True) if found == [Level.SAME_DAY]] == [1, 1]


def test_wide_letters_weigh_twice_as_much(project: Project) -> None:
    entry = find_part(project, "tests", "tests").entries[0]
    latin, han = (replace(entry, words=(Run(words),)) for words in ("aaaa", "肿块肿块"))
    assert weigh_entry(han) - weigh_entry(latin) == 4


def test_about_as_many_words_stand_beside_a_drawing_as_it_is_high(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    signs = next(each for each in document.sections if each.name == "signs")
    words, drawing = signs.parts
    many = replace(words, entries=words.entries * 3)
    *rows, (left, (*_, right)) = pair_parts((many, drawing))
    assert right == drawing
    assert len(rows) > 1
    assert sum(weigh_entry(entry) for part in left for entry in part.entries) < LONGEST_ROW + max(map(weigh_entry, words.entries))
