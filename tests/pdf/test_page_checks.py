"""Each layout check fires on a page that is broken for it, and stays quiet on a good one."""

from dataclasses import replace

import pytest

from leaflets.languages.widths import measure_width
from leaflets.pdf.boxes import Line, PageLayout, Piece
from leaflets.pdf.engine import Engine
from leaflets.pdf.page_checks import verify_layout
from leaflets.pdf.strokes import COLUMN, Glyph
from tests.support.engine import HEAD
from tests.support.projects import STANDARD

WORDS = "You may feel hard lumps under the skin. "


def find_ids(engine: Engine, body: str, language: str = "en") -> list[str]:
    html = f'<!doctype html><html lang="{language}"><head>{HEAD}</head><body><main>{body}</main></body></html>'
    _, problems = engine.write_pdf(html, (language,), STANDARD, "a4", "counter(page)", "a-test")
    return sorted({problem.id for problem in problems})


def narrow(text: str) -> str:
    return f'<div style="inline-size: 100mm">{text}</div>'


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Lumps</h1>{narrow(f'<p>{WORDS * 5}</p>')}",
        f'<h1>Lumps</h1><section class="topic"><h2>Signs</h2><p>{WORDS * 40}</p><h2>Tests</h2><p>{WORDS * 90}</p></section>',
        f'<section class="sources"><p class="references" lang="en">{WORDS * 60}</p></section>',
        '<section class="alert emergency"><p class="label">Emergency</p><h2>Call now</h2><ul><li>A fever</li></ul></section>',
        "<ol>" + "<li>What happens if we wait?</li>" * 12 + "</ol>",
        f'<div style="overflow: hidden; inline-size: 100mm"><p>{WORDS * 5}</p></div>',
        "<table><tbody><tr><td>one row</td></tr></tbody></table>",
        f'<section class="topic"><p>One line.</p><ul><li>{WORDS * 60}</li></ul></section>',
    ],
)
def test_a_good_page_has_no_problem(engine: Engine, body: str) -> None:
    assert find_ids(engine, body) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "ids"),
    [
        (f'<p style="white-space: nowrap">{WORDS * 5}</p>', ["long-line", "outside-page"]),
        (f"<p>{WORDS * 5}</p>", ["long-line"]),
        ('<p style="font-size: 9pt">' + "x " * 36 + "</p>", ["long-line", "small-text"]),
        ('<p>x</p><p style="position: absolute; inset-inline-start: 195mm">cut off</p>', ["outside-page", "torn-word"]),
        (narrow(f'<div style="height: 8mm; overflow: hidden"><p>{WORDS * 9}</p></div>'), ["outside-page"]),
        (narrow(f'<div style="height: 5mm"><p>{WORDS * 9}</p></div><p>next to it</p>'), ["text-overlap"]),
        ('<p style="position: absolute">one</p><p style="position: absolute">two</p>', ["text-overlap"]),
        (
            narrow(f'<p>{WORDS}</p><div style="height: 235mm"></div><h2 style="break-after: page">Signs</h2><p>{WORDS * 90}</p>'),
            ["orphan-heading"],
        ),
        (narrow(f'<p>One line.</p><p style="break-before: page">{WORDS * 90}</p>'), ["near-empty-page"]),
        (
            narrow(f'<p>{WORDS * 90}</p><div style="break-before: page">x</div><p style="break-before: page">{WORDS * 90}</p>'),
            ["near-empty-page"],
        ),
        ('<p style="font-size: 11pt">too small for body text</p>', ["small-text"]),
        ('<section class="sources"><p style="font-size: 8pt">too small for anything</p></section>', ["small-text"]),
        ('<p style="color: #999999">too pale</p>', ["low-contrast"]),
        ('<p style="color: #ffffff">white on white</p>', ["low-contrast"]),
        ('<div style="background: #0b4f6c"><p>dark on dark</p></div>', ["low-contrast"]),
        ('<p style="color: rgba(0, 0, 0, 0.3)">too thin</p>', ["low-contrast"]),
    ],
)
def test_a_broken_page_is_noticed(engine: Engine, body: str, ids: list[str]) -> None:
    assert find_ids(engine, body) == ids


def test_a_right_to_left_page_is_measured_as_well(engine: Engine) -> None:
    arabic = "قد تشعرون بكتل صلبة تحت الجلد. "
    assert find_ids(engine, f'<h1>التكلس</h1><section class="topic"><p>{arabic * 40}</p></section>', "ar") == []
    assert find_ids(engine, f'<p style="white-space: nowrap">{arabic * 9}</p>', "ar") == ["long-line", "outside-page"]


def make_page(paragraphs: tuple[Piece, ...] = (), tables: tuple[Piece, ...] = (), rows: tuple[str, ...] = ()) -> PageLayout:
    """A full page of which only these pieces are known."""
    line = Line("x", 10, 90, 80, 90, 12, False, False, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), 80, 90)
    widths = tuple((row, measure_width(row)) for row in rows)
    return PageLayout(0, 100, 0, 100, 130, (line,), (), (), paragraphs, tables, (), widths)


def draw(left: float, baseline: float, columns: dict[int, tuple[float, float]]) -> Glyph:
    """A glyph whose columns count from `left`."""
    tops, bottoms = zip(*columns.values(), strict=True)
    sides = (left + COLUMN * min(columns), left + COLUMN * (max(columns) + 1), baseline + min(tops), baseline + max(bottoms))
    return Glyph(*sides, left, baseline, lambda: columns)


@pytest.mark.parametrize(
    ("columns", "touches"),
    [
        ({0: (-3, 6), 1: (-3, 9)}, True),
        ({0: (-3, 6), 1: (-3, 7.1)}, False),  # as far as outlines are measured
        ({0: (-3, 5), 5: (-3, 9)}, False),  # boxes of strokes that lean over each other
        ({-1: (-3, 9)}, False),  # beside it
    ],
)
def test_strokes_that_reach_into_the_line_below_are_noticed(columns: dict[int, tuple[float, float]], touches: bool) -> None:
    page = make_page()
    glyph = draw(10, 88, columns)
    upper = replace(page.lines[0], ink=(glyph,), ink_bottom=glyph.bottom, bottom=88)
    other = draw(9, 100, {4: (-5, 0), 5: (-5, 0), 8: (-12, 0)})
    lower = replace(page.lines[0], words="below", ink=(other,), ink_top=other.top, top=94, bottom=100)
    for lines in ((upper, lower), (lower, upper)):
        found = list(verify_layout((replace(page, lines=lines, bottom=110),), "a-test", STANDARD))
        assert [problem.id for problem in found] == ["touching-lines"] * touches


def test_lines_of_nastaliq_that_are_set_too_close_touch(engine: Engine) -> None:
    urdu = "کیلسینوسس کا مطلب ہے جسم کے نرم حصوں میں کیلشیم کے سخت ذرے جمع ہو جانا۔ "
    close = f'<p style="--rise: 0em; --own-line: 0; line-height: 1.3; inline-size: 80mm">{urdu * 4}</p>'
    assert "touching-lines" in find_ids(engine, close, "ur")
    assert "touching-lines" not in find_ids(engine, close.replace("1.3", "3"), "ur")
    assert "touching-lines" not in find_ids(engine, close.replace("--rise: 0em; --own-line: 0;", ""), "ur")  # patches/leading.py


def test_a_heading_above_lines_to_write_on_is_not_alone(engine: Engine) -> None:
    ruled = f"<table class=ruled><tr><th>Name</th></tr>{'<tr><td></td></tr>' * 5}</table>"
    heading = '<h2 style="padding-inline-start: 60mm; width: 40mm">Write here</h2>'
    assert find_ids(engine, f"<p>A lump.</p>{heading}<div style='width: 40mm'>{ruled}</div>") == ["orphan-heading"]
    assert find_ids(engine, f"<p>A lump.</p>{heading}{ruled}") == []


@pytest.mark.parametrize(
    ("sizes", "alone"), [((3,), 0), ((1,), 0), ((2, 2), 0), ((1, 4), 1), ((4, 1), 1), ((2, 1, 2), 1), ((1, 1), 2)]
)
def test_what_is_broken_leaves_two_lines_or_rows_on_each_side(sizes: tuple[int, ...], alone: int) -> None:
    pieces = [(Piece(7, "Ask us", size),) for size in sizes]
    problems = list(verify_layout(tuple(make_page(paragraphs=each) for each in pieces), "a-test", STANDARD))
    assert [problem.id for problem in problems] == ["lone-line"] * alone
    problems = list(verify_layout(tuple(make_page(tables=each) for each in pieces), "a-test", STANDARD))
    assert [problem.id for problem in problems] == ["lone-row"] * alone


def test_the_emergency_box_begins_on_the_first_pages_that_its_edition_names() -> None:
    box, other = replace(make_page(), emergency=True), make_page()
    two = replace(STANDARD, alert_page=2)
    assert list(verify_layout((box, other), "a-test", two)) == []
    assert list(verify_layout((other, box, box), "a-test", two)) == []
    problems = list(verify_layout((other, other, box, box), "a-test", two))
    assert [(problem.id, problem.message) for problem in problems] == [("late-alert", "page 3: the emergency box begins here")]


def test_a_page_may_end_in_a_void_at_the_end_alone() -> None:
    full = make_page()
    half = replace(full, lines=(replace(full.lines[0], bottom=59),))
    assert list(verify_layout((full, half), "a-test", STANDARD)) == []
    assert [problem.id for problem in verify_layout((half, full), "a-test", STANDARD)] == ["near-empty-page"]
    assert list(verify_layout((half, full), "a-test", replace(STANDARD, sparse=True))) == []
    enough = replace(full, lines=(replace(full.lines[0], bottom=60),))
    assert list(verify_layout((enough, full), "a-test", STANDARD)) == []


def test_a_heading_with_its_text_in_another_column_or_on_the_next_page_is_alone(engine: Engine) -> None:
    def find(text: str) -> list[str]:
        return find_ids(engine, f'<section class="topic"><div class="halves"><div class="half"><h3>Signs</h3>{text}</div></div>')

    assert find("<p>You may feel lumps.</p>") == []
    for said, ids in (("You may feel lumps.", []), ("", ["orphan-heading"])):
        beside = '<div class="beside" style="flex: none; inline-size: 40mm"><h3 style="margin: 0">Signs</h3></div>'
        assert find_ids(engine, f'<div style="display: flex">{beside}<p>{said}</p></div>') == ids
    assert find('</div><div class="half"><p>You may feel lumps.</p>') == ["orphan-heading"]
    assert find('</div></div><div><div><p style="break-before: page">You may feel lumps.</p>') == [
        "near-empty-page",
        "orphan-heading",
    ]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("Los bultos aparecen aproximadamente ahora.", ["torn-word"]),
        ("Los bultos aparecen aproxi\u00admada\u00admente ahora.", []),
        ("Los bultos aparecen en los bebés.", []),
        ("off-label use of it", []),
    ],
)
def test_a_word_that_is_torn_at_the_end_of_a_line_is_noticed(engine: Engine, words: str, ids: list[str]) -> None:
    body = f'<div style="inline-size: 24mm; hyphens: manual"><p>{words}</p></div>'
    assert find_ids(engine, body) == ids


@pytest.mark.parametrize("cell", ["td", 'th scope="row"'])
def test_a_word_that_is_torn_in_a_table_is_noticed(engine: Engine, cell: str) -> None:
    for words, ids in (("Los bultos aparecen ahora.", []), ("Los bultos aparecen aproximadamente.", ["torn-word"])):
        body = f'<table style="inline-size: 28mm"><tbody><tr><{cell}>{words}</{cell[:2]}></tr></tbody></table>'
        assert find_ids(engine, body) == ids


@pytest.mark.parametrize(
    ("top", "bottom", "ids"), [(20, 27, []), (13, 20, ["near-edge"]), (108, 117, ["near-edge"]), (105, 112, [])]
)
def test_what_stands_in_the_margins_stays_where_a_printer_prints(top: float, bottom: float, ids: list[str]) -> None:
    page = make_page()
    line = replace(page.lines[0], ink_top=top, ink_bottom=bottom)
    assert [problem.id for problem in verify_layout((replace(page, margin_lines=(line,)),), "a-test", STANDARD)] == ids


def test_a_stroke_of_the_title_that_rises_to_the_edge_is_noticed(engine: Engine) -> None:
    title = '<div class="titles"><h1>بالغوں میں کیلسینوسس</h1><p class="audience">کیلشیم</p></div>'
    assert find_ids(engine, title, "ur") == []
    up = "<style>h1 { margin-block-start: -5mm !important; padding: 0 !important }</style>"
    assert find_ids(engine, up + title, "ur") == ["near-edge"]
    assert find_ids(engine, up + "<h1>التكلس عند البالغين</h1><p>قد</p>", "ar") == []


def test_single_lines_of_different_paragraphs_are_not_alone() -> None:
    pages = (make_page(paragraphs=(Piece(1, "a", 1),)), make_page(paragraphs=(Piece(2, "b", 1),)))
    assert list(verify_layout(pages, "a-test", STANDARD)) == []


@pytest.mark.parametrize(
    ("row", "ids"),
    [
        ("x" * 70, []),
        ("x" * 71, ["long-line"]),
        ("药" * 35, []),
        ("药" * 36, ["long-line"]),
        ("कि" * 70, []),
        ("कि" * 71, ["long-line"]),
    ],
)
def test_a_line_is_measured_in_the_characters_that_a_reader_sees(row: str, ids: list[str]) -> None:
    assert [problem.id for problem in verify_layout((make_page(rows=(row,)),), "a-test", STANDARD)] == ids
