"""What a leaflet prints of its topics, and what its sheet prints of that."""

from pathlib import Path

from leaflets.content.narrow import list_sheet_units, select_sheet
from leaflets.content.project import Project
from tests.support.projects import SMALL_PROJECT, write_project
from tests.support.small import LEAFLET, SIGNS, swap

FRONT_AND_BACK = SMALL_PROJECT[LEAFLET] + "sheet:\n  words: 40\n  front:\n    - {}\n  back:\n    - get-help.emergency\n"
GROUPED = """\
      pain: Some lumps hurt.
    groups:
      one:
        heading: One
        items: [hard]
      two:
        heading: Two
        items: [fever]
      three:
        heading: Three
        items: [pain]
"""
FIGURE = """\
    figure:
      picture: lumps
      alt: Lumps
      labels:
        hard: Hard lumps
        fever: A fever
"""


def list_units_of(project: Project) -> list[str]:
    return list_sheet_units(project.leaflets["adult"], project.topics)


def test_a_sheet_prints_whole_blocks_with_their_headings_and_no_titles_of_topics(tmp_path: Path) -> None:
    project = write_project(tmp_path, {LEAFLET: FRONT_AND_BACK.format("signs.lumps")})
    assert list_units_of(project) == [
        *("signs.lumps.hard", "signs.lumps.fever"),
        *("get-help.emergency.heading", "get-help.emergency.fever"),
    ]
    front, back = select_sheet(project.leaflets["adult"], project.topics)
    assert [[(topic.name, block.name) for topic in side for block in topic.blocks] for side in (front, back)] == [
        [("signs", "lumps")],
        [("get-help", "emergency")],
    ]


def test_a_sheet_prints_the_items_that_it_names_and_the_groups_of_those(tmp_path: Path) -> None:
    changes = {LEAFLET: FRONT_AND_BACK.format("signs.lumps: [fever, pain]"), SIGNS: SMALL_PROJECT[SIGNS] + GROUPED}
    units = list_units_of(write_project(tmp_path, changes))
    assert [unit for unit in units if "groups" in unit] == ["signs.lumps.groups.two", "signs.lumps.groups.three"]
    assert [unit for unit in units if unit in ("signs.lumps.hard", "signs.lumps.fever", "signs.lumps.pain")] == [
        *("signs.lumps.fever", "signs.lumps.pain"),
    ]


def test_the_only_group_of_a_list_that_a_sheet_prints_has_no_heading(tmp_path: Path) -> None:
    changes = {LEAFLET: FRONT_AND_BACK.format("signs.lumps: [fever]"), SIGNS: SMALL_PROJECT[SIGNS] + GROUPED}
    assert list_units_of(write_project(tmp_path, changes))[:2] == ["signs.lumps.fever", "get-help.emergency.heading"]


def test_what_is_meant_for_another_leaflet_is_on_no_sheet(tmp_path: Path) -> None:
    child = "      hard:\n        for: [child]\n        text: You may feel hard lumps."
    sheet = {LEAFLET: FRONT_AND_BACK.format("signs.lumps")}
    project = write_project(tmp_path / "item", swap(SIGNS, "      hard: You may feel hard lumps.", child) | sheet)
    assert "signs.lumps.hard" not in list_units_of(project)
    project = write_project(
        tmp_path / "block", swap(SIGNS, "    references: [Book]", "    for: [child]\n    references: [Book]") | sheet
    )
    assert list_units_of(project) == ["get-help.emergency.heading", "get-help.emergency.fever"]


def test_a_leaflet_without_a_sheet_has_no_unit_on_it(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert select_sheet(project.leaflets["adult"], project.topics) == ((), ())
    assert list_units_of(project) == []


def test_a_term_on_a_sheet_comes_before_its_meaning(tmp_path: Path) -> None:
    sheet = {LEAFLET: FRONT_AND_BACK.format("signs.lumps: [fever]")}
    project = write_project(tmp_path, swap(SIGNS, "    list:", "    terms:") | sheet)
    assert list_units_of(project)[:2] == ["terms/fever", "signs.lumps.fever"]


def test_only_a_figure_that_is_printed_whole_says_what_it_shows(tmp_path: Path) -> None:
    figure = {SIGNS: SMALL_PROJECT[SIGNS].partition("    list:")[0] + FIGURE}
    whole = write_project(tmp_path / "whole", figure | {LEAFLET: FRONT_AND_BACK.format("signs.lumps")})
    assert "signs.lumps.alt" in list_units_of(whole)
    part = list_units_of(write_project(tmp_path / "part", figure | {LEAFLET: FRONT_AND_BACK.format("signs.lumps: [fever]")}))
    assert "signs.lumps.fever" in part
    assert "signs.lumps.alt" not in part
