"""A glyph's columns hold its strokes, and its box is compared no further than it must be."""

import pytest

from leaflets.pdf.boxes import Line, read_layout
from leaflets.pdf.engine import Engine, format_page_style
from leaflets.pdf.strokes import COLUMN, Glyph, cut_outline, measure_crossing, trace_glyph
from tests.support.projects import STANDARD

WORDS = ("پانی", "کیلشیم", "گٹھلیاں", "مطلب", "جسم", "ہے")


def read_lines(engine: Engine, body: str, language: str = "ur") -> tuple[Line, ...]:
    from weasyprint import HTML

    typography = engine.fonts.typography(language)
    assert typography
    style = format_page_style({language: typography}, STANDARD, "a4", "counter(page)", "rtl")
    [page] = read_layout(engine.lay_out(HTML(string=f'<html lang="{language}"><body>{body}'), STANDARD, style))
    return page.lines


def test_columns_hold_the_highest_and_lowest_point_of_lines_and_curves() -> None:
    steps = [("moveTo", ((0, 0),)), ("lineTo", ((100, 0),)), ("curveTo", ((100, 200), (0, 200), (0, 0))), ("closePath", ())]
    columns = cut_outline(steps, 0.01)
    assert sorted(columns) == [0, 1, 2, 3, 4]
    assert columns[2][0] == pytest.approx(-1.5, abs=0.02)
    assert {low for _, low in columns.values()} == {0}
    bow = cut_outline([("moveTo", ((0, 0),)), ("qCurveTo", ((5, -10), (10, 0)))], 1)
    assert sorted(bow) == list(range(41))
    assert max(low for _, low in bow.values()) == pytest.approx(5, abs=0.01)


def test_the_columns_of_a_glyph_fill_its_box(engine: Engine) -> None:
    for line in read_lines(engine, "".join(f"<p>{word} <b>{word}</b></p>" for word in WORDS)):
        for glyph in line.ink:
            columns = glyph.trace()
            assert glyph.origin + COLUMN * min(columns) == pytest.approx(glyph.left, abs=COLUMN + 0.1)
            assert glyph.origin + COLUMN * (max(columns) + 1) == pytest.approx(glyph.right, abs=COLUMN + 0.1)
            assert glyph.baseline + min(top for top, _ in columns.values()) == pytest.approx(glyph.top, abs=0.1)
            assert glyph.baseline + max(low for _, low in columns.values()) == pytest.approx(glyph.bottom, abs=0.1)


def test_an_outline_is_traced_once_and_only_where_boxes_lie_over_each_other(engine: Engine) -> None:
    def measure(height: float) -> list[float]:
        words = '<p style="margin: 0">مطلب</p>'
        body = f'<div style="--rise: 0em; --own-line: 0; line-height: {height}">{words}{words}</div>'
        upper, lower = read_lines(engine, body)
        return [measure_crossing(one, two) for one in upper.ink for two in lower.ink]

    trace_glyph.cache_clear()
    assert max(measure(5)) <= 0
    assert trace_glyph.cache_info().misses == 0
    assert max(measure(0.5)) > 1
    traced = trace_glyph.cache_info().misses
    assert traced > 0
    measure(0.5)
    assert trace_glyph.cache_info().misses == traced


def test_boxes_that_lie_over_each_other_need_not_touch(engine: Engine) -> None:
    def find(upper: str, lower: str, height: float) -> tuple[float, float]:
        body = f'<p style="--rise: 0em; --own-line: 0; line-height: {height}">{upper}<br>{lower}</p>'
        above, below = read_lines(engine, body)
        pairs = [(one, two) for one in above.ink for two in below.ink]
        return max(reach(*pair) for pair in pairs), max(measure_crossing(*pair) for pair in pairs)

    boxes, strokes = find("مطلب ہے", "کیلشیم", 1.6)
    assert boxes > 2
    assert strokes < boxes - 1


def reach(one: Glyph, two: Glyph) -> float:
    """How far the box of one glyph lies over that of another."""
    return min(one.right - two.left, two.right - one.left, one.bottom - two.top)
