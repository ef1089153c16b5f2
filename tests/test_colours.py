"""Colours that can be read."""

import pytest

from leaflets.colours import PALETTE, darken_colour, measure_contrast, mix_colour, parse_colour, write_colour


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
