"""Drawings that run with the reading turn round on a right-to-left page; their numbers do not."""

import re

import pytest

from leaflets.svg import (
    PALETTE,
    count_numbers,
    darken_colour,
    measure_contrast,
    mirror_picture,
    mix_colour,
    parse_colour,
    write_colour,
)
from tests.support.projects import ROOT

HEEL = (ROOT / "templates" / "figures" / "baby-heel.svg").read_text(encoding="utf-8")
BADGE = '<g transform="translate(3 4)"><circle r="2.5" /><path d="M0 0" /></g>'
TURNING = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 5" data-mirror="rtl"><path d="M1 1H8" />{BADGE}</svg>'


def test_a_drawing_that_runs_with_the_reading_is_turned_about_its_middle() -> None:
    turned = mirror_picture(TURNING)
    assert '<g transform="translate(9 0) scale(-1 1)"><path d="M1 1H8" />' in turned
    assert turned.count("<path") == 2


def test_its_numbers_are_turned_back() -> None:
    assert '<g transform="translate(3 4) scale(-1 1)"><circle r="2.5" />' in mirror_picture(TURNING)


def test_a_drawing_without_a_direction_stays_as_it_is() -> None:
    plain = TURNING.replace(' data-mirror="rtl"', "")
    assert mirror_picture(plain) == plain


def test_the_time_line_of_the_project_turns() -> None:
    turned = mirror_picture(HEEL)
    assert turned != HEEL
    assert count_numbers(turned) == count_numbers(HEEL) == 3
    assert len(re.findall(r"scale\(-1 1\)", turned)) == 4


@pytest.mark.parametrize(("svg", "number"), [(TURNING, 1), (TURNING.replace('r="2.5"', 'r="2"'), 0), (HEEL, 3)])
def test_numbers_are_counted_by_their_badges(svg: str, number: int) -> None:
    assert count_numbers(svg) == number


@pytest.mark.parametrize("ground", ["paper", "tint"])
@pytest.mark.parametrize("name", ["ink", "accent"])
def test_every_text_colour_stands_out_on_every_ground(name: str, ground: str) -> None:
    assert measure_contrast(parse_colour(PALETTE[name]), parse_colour(PALETTE[ground])) >= 7


def test_grey_text_stands_out_on_paper() -> None:
    assert measure_contrast(parse_colour(PALETTE["grey"]), parse_colour(PALETTE["paper"])) >= 7


def test_a_colour_is_written_as_it_was_read() -> None:
    assert [write_colour(parse_colour(each)) for each in PALETTE.values()] == list(PALETTE.values())


def test_a_colour_is_mixed_with_white_and_with_black() -> None:
    accent = parse_colour(PALETTE["accent"])
    assert [write_colour(mix_colour(accent, part)) for part in (0, 0.09, 1)] == ["#ffffff", "#e9eff2", PALETTE["accent"]]
    assert [write_colour(darken_colour(accent, part)) for part in (0, 1)] == [PALETTE["accent"], "#000000"]


def test_contrast_is_computed_as_wcag_does() -> None:
    assert measure_contrast((1.0, 1.0, 1.0), (1.0, 1.0, 1.0)) == 1.0
    grey = 0x76 / 255
    assert measure_contrast((grey, grey, grey), (1.0, 1.0, 1.0)) == 4.54
