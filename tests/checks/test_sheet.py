"""Checks of the sheet that is handed out, each broken once in a small project that is otherwise without a problem."""

from pathlib import Path

import pytest

from leaflets.checks.sheet import list_printed_units
from leaflets.content.project import load_project
from leaflets.languages.readability import count_words
from leaflets.problems import Place
from tests.support.projects import ROOT, SMALL_PROJECT, find_all, find_ids, write_project
from tests.support.small import HELP, LEAFLET, SIGNS, SPANISH_HELP, SPANISH_SIGNS, only_problem, swap

TWO_SIGNS = SMALL_PROJECT[HELP] + "      cold: A cold hand\n"
SPANISH_TWO = SMALL_PROJECT[SPANISH_HELP] + "    cold: Una mano fría\n"
SMALL_PICTURE = '<svg viewBox="0 0 9 9"><g transform="translate(3 3)"><circle r="2.5"/></g></svg>'


def write_sheet(front: str = "signs.lumps", back: str = "get-help.emergency", words: int = 40) -> dict[str, str]:
    sheet = f"sheet:\n  words: {words}\n  front:\n    - {front}\n  back:\n    - {back}\n"
    return {LEAFLET: SMALL_PROJECT[LEAFLET] + sheet}


@pytest.mark.parametrize("front", ["signs.lumps", "signs.lumps: [hard]", "signs.lumps: [fever, hard]", "adult.for-whom"])
def test_a_sheet_may_print_any_block_of_its_leaflet_or_some_items_of_it(tmp_path: Path, front: str) -> None:
    assert find_all(write_project(tmp_path, write_sheet(front))) == []


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("signs.lump", 'there is no block "signs.lump" in adult. Did you mean "signs.lumps"?'),
        ("sings.lumps", 'there is no block "sings.lumps" in adult. Did you mean "signs.lumps"?'),
        ("signs.title", 'there is no block "signs.title" in adult. Did you mean'),
        ("signs.lumps: [fevr]", 'there is no item "fevr" in "signs.lumps" for adult. Did you mean "fever"?'),
        ("adult.for-whom: [x]", 'there is no item "x" in "adult.for-whom" for adult. Correct its name.'),
        ("get-help.emergency", '"get-help.emergency" stands twice on the sheet'),
    ],
)
def test_a_sheet_that_names_what_is_not_there_or_twice_is_found(tmp_path: Path, front: str, said: str) -> None:
    problem = only_problem(tmp_path, write_sheet(front))
    assert problem.id == "unknown-sheet-part"
    assert said in str(problem)
    assert problem.place == Place(LEAFLET, SMALL_PROJECT[LEAFLET].count("\n") + (6 if "twice" in said else 4))


def test_an_item_for_another_leaflet_is_not_there(tmp_path: Path) -> None:
    child = {"content/leaflets/child.yaml": SMALL_PROJECT[LEAFLET]}
    item = swap(SIGNS, "hard: You may feel hard lumps.", "hard:\n        for: [child]\n        text: You may feel hard lumps.")
    problem = only_problem(tmp_path, item | child | write_sheet("signs.lumps: [hard, fever]"))
    assert problem.id == "unknown-sheet-part"
    assert 'no item "hard"' in problem.message


def test_a_topic_that_cannot_be_read_is_not_missed_on_the_sheet(tmp_path: Path) -> None:
    assert "unknown-sheet-part" not in find_ids(write_project(tmp_path, write_sheet() | {SIGNS: "title: [x\n"}))


def test_labels_with_numbers_in_one_drawing_stand_together(tmp_path: Path) -> None:
    labels = "      labels:\n        hard: Hard lumps\n        fever: Above 38.5 °C\n"
    figure = "    figure:\n      picture: whole\n      alt: Lumps\n" + labels
    english = SMALL_PROJECT[SIGNS].partition("    list:")[0] + figure
    changes = {SIGNS: english, SPANISH_SIGNS: SMALL_PROJECT[SPANISH_SIGNS] + "    alt: Bultos\n"}
    drawing = tmp_path / "templates" / "figures" / "whole.svg"
    write_project(tmp_path)
    drawing.write_text(SMALL_PICTURE, encoding="utf-8")
    found = [
        each for each in find_all(write_project(tmp_path, changes | write_sheet("signs.lumps: [hard]"))) if "sheet" in each.id
    ]
    assert [each.message for each in found] == ['the drawing of "signs.lumps" has numbers for all its labels']
    assert not any(
        "sheet" in each for each in find_ids(write_project(tmp_path, changes | write_sheet("signs.lumps: [hard, fever]")))
    )


@pytest.mark.parametrize(
    ("front", "back", "said"),
    [
        ("signs.lumps", "adult.for-whom", '"get-help.emergency" is not on the back of the sheet'),
        ("get-help.emergency", "signs.lumps", '"get-help.emergency" is not on the back of the sheet'),
        ("signs.lumps", "get-help.emergency: [fever]", '"get-help.emergency" lacks cold'),
    ],
)
def test_a_sheet_that_lacks_a_sign_of_danger_on_its_back_is_an_error(tmp_path: Path, front: str, back: str, said: str) -> None:
    changes = write_sheet(front, back) | {HELP: TWO_SIGNS, SPANISH_HELP: SPANISH_TWO}
    problem = only_problem(tmp_path, changes)
    assert (problem.id, problem.message, problem.place.path) == ("unsafe-sheet", said, LEAFLET)


@pytest.mark.parametrize("back", ["get-help.emergency", "get-help.emergency: [cold, fever]"])
def test_all_signs_of_danger_named_one_by_one_are_the_whole_block(tmp_path: Path, back: str) -> None:
    changes = write_sheet(back=back) | {HELP: TWO_SIGNS, SPANISH_HELP: SPANISH_TWO}
    assert find_all(write_project(tmp_path, changes)) == []


def test_a_sheet_with_more_english_words_than_it_may_have_names_the_longest(tmp_path: Path) -> None:
    assert find_all(write_project(tmp_path / "fits", write_sheet(words=21))) == []
    problem = only_problem(tmp_path / "long", write_sheet(words=20))
    assert (problem.id, problem.place) == ("long-sheet", Place(LEAFLET, 1))
    assert problem.message == (
        "the sheet has 21 words, and 20 fit; the longest texts are "
        "signs.lumps.fever, signs.lumps.hard, get-help.emergency.fever, get-help.emergency.heading"
    )


LONG = "Puede sentir bultos " + "muy " * 20 + "duros."


def test_a_translation_that_is_too_long_for_the_sheet_is_an_error_in_its_file(tmp_path: Path) -> None:
    changes = write_sheet(words=21) | swap(SPANISH_SIGNS, "Puede sentir bultos duros.", LONG)
    [problem] = [each for each in find_all(write_project(tmp_path, changes)) if each.id == "long-sheet"]
    assert problem.place == Place(SPANISH_SIGNS, 4)
    assert problem.message.startswith("the sheet of adult is as long as ")
    assert "English words; 27 fit; longest beside their English are signs.lumps.hard, " in problem.message


def test_a_translation_may_be_three_tenths_longer_than_the_words_that_fit(tmp_path: Path) -> None:
    changes = write_sheet(words=40) | swap(SPANISH_SIGNS, "Puede sentir bultos duros.", LONG)
    assert "long-sheet" not in find_ids(write_project(tmp_path, changes))


def test_how_long_a_translation_is_is_said_when_all_of_it_is_there(tmp_path: Path) -> None:
    lost = {SPANISH_HELP: SMALL_PROJECT[SPANISH_HELP].replace("    fever: Fiebre en un bebé\n", "")}
    changes = write_sheet(words=21) | swap(SPANISH_SIGNS, "Puede sentir bultos duros.", LONG) | lost
    ids = find_ids(write_project(tmp_path, changes))
    assert "missing-unit" in ids
    assert "long-sheet" not in ids


def test_every_leaflet_of_this_project_has_a_sheet_of_540_words_at_most() -> None:
    project = load_project(ROOT)
    for leaflet in project.leaflets.values():
        units = list_printed_units(leaflet, project.topics)
        assert leaflet.sheet
        assert leaflet.sheet.words == 540
        assert 300 < sum(count_words(project.units[unit].words) for unit in units) <= 540
