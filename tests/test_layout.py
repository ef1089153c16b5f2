"""Each layout check fires on a page that is broken for it, and stays quiet on a good one."""

import pytest

from leaflets import pdf
from leaflets.facts import read_pdf_facts
from leaflets.layout import measure_contrast
from leaflets.pdf import Engine
from tests.test_pdf import HEAD

WORDS = "You may feel hard lumps under the skin. "


def find_ids(engine: Engine, body: str, language: str = "en") -> list[str]:
    html = f'<!doctype html><html lang="{language}"><head>{HEAD}</head><body><main>{body}</main></body></html>'
    _, problems = engine.write_pdf(html, language, "a4", "counter(page)", "a-test")
    return sorted({problem.id for problem in problems})


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Lumps</h1><p>{WORDS * 5}</p>",
        f'<h1>Lumps</h1><div class="columns"><h2>Signs</h2><p>{WORDS * 90}</p><h2>Tests</h2><p>{WORDS * 90}</p></div>',
        f'<section class="sources"><p class="references" lang="en">{WORDS * 60}</p></section>',
        '<section class="alert emergency"><p class="label">Emergency</p><h2>Call now</h2><ul><li>A fever</li></ul></section>',
        "<ol>" + "<li>What happens if we wait?</li>" * 12 + "</ol>",
        f'<div style="overflow: hidden"><p>{WORDS * 5}</p></div>',
    ],
)
def test_a_good_page_has_no_problem(engine: Engine, body: str) -> None:
    assert find_ids(engine, body) == []


@pytest.mark.parametrize(
    ("body", "ids"),
    [
        (f'<p style="white-space: nowrap">{WORDS * 5}</p>', ["outside-page"]),
        ('<p>x</p><p style="position: absolute; inset-inline-start: 195mm">cut off</p>', ["outside-page"]),
        (f'<div style="height: 8mm; overflow: hidden"><p>{WORDS * 9}</p></div>', ["outside-page"]),
        (f'<div style="height: 5mm"><p>{WORDS * 9}</p></div><p>next to it</p>', ["text-overlap"]),
        ('<p style="position: absolute">one</p><p style="position: absolute">two</p>', ["text-overlap"]),
        (
            f'<p>{WORDS}</p><div style="height: 235mm"></div><h2 style="break-after: page">Signs</h2><p>{WORDS * 99}</p>',
            ["orphan-heading"],
        ),
        (f'<p>{WORDS * 99}</p><p style="break-before: page">One line.</p>', ["near-empty-page"]),
        (
            f'<p>{WORDS}</p><div style="break-before: page; height: 9mm"></div><p style="break-before: page">{WORDS * 99}</p>',
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
    assert find_ids(engine, f'<h1>التكلس</h1><div class="columns"><p>{arabic * 40}</p></div>', "ar") == []
    assert find_ids(engine, f'<p style="white-space: nowrap">{arabic * 9}</p>', "ar") == ["outside-page"]


def count_pages(engine: Engine, items: int) -> int:
    html = f"<html lang=en><head>{HEAD}</head><body><main><ul>{'<li>A lump.</li>' * items}</ul></main></body></html>"
    return read_pdf_facts(engine.write_pdf(html, "en", "a4", "counter(page)", "a-test")[0]).pages


def test_a_sheet_with_a_few_lines_is_saved_by_tighter_margins(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (count_pages(engine, 46), count_pages(engine, 75)) == (1, 2)
    monkeypatch.setattr(pdf, "SQUEEZES", (0,))
    assert (count_pages(engine, 46), count_pages(engine, 75)) == (2, 2)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert measure_contrast((1.0, 1.0, 1.0), (1.0, 1.0, 1.0)) == 1.0
    grey = 0x76 / 255
    assert measure_contrast((grey, grey, grey), (1.0, 1.0, 1.0)) == 4.54
