"""Drawings that run with the reading turn round on a right-to-left page; their numbers do not."""

import re

import pytest

from leaflets.svg import count_numbers, mirror_picture
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
