"""Strokes that reach out of their lines meet no other."""

import pytest
from weasyprint import HTML

from leaflets.pdf.boxes import Line, read_layout
from leaflets.pdf.engine import Engine
from leaflets.pdf.page_checks import find_touching
from leaflets.pdf.patches import leading

URDU = "کیلسینوسس کا مطلب ہے جسم کے نرم حصوں میں کیلشیم کے سخت ذرے جمع ہو جانا۔ "
STYLE = ":root { --rise: 0.8em } body { font: 12pt/1.5 'Noto Nastaliq Urdu'; inline-size: 80mm } p, ol { margin: 0 }"


def read_lines(engine: Engine, body: str, style: str = STYLE) -> tuple[Line, ...]:
    page = f"<html lang=ur dir=rtl><style>{style}</style><body>{body}"
    [layout] = read_layout(HTML(string=page).render(font_config=engine.font_config))
    return layout.lines


def test_weasyprint_alone_lets_strokes_meet(bare: Engine) -> None:
    assert list(find_touching(read_lines(bare, f"<p>{URDU * 4}")))


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{URDU * 4}",
        f"<p>{URDU}" * 4,
        f"<ol><li>{URDU}<li>{URDU}</ol>",
    ],
)
def test_a_line_is_set_lower_where_it_would_touch_one_above_it(bare: Engine, body: str) -> None:
    leading.part_lines()
    words = [line for line in read_lines(bare, body) if line.words.strip("1234567890. ")]
    assert list(find_touching(tuple(words))) == []


def test_so_is_one_that_stands_closer_than_lines_of_its_language(bare: Engine) -> None:
    leading.part_lines()
    close = STYLE.replace("--rise: 0.8em", "--own-line: 1.9")
    assert list(find_touching(read_lines(bare, f"<p>{URDU * 4}", close))) == []


def test_lines_that_do_not_meet_and_those_of_other_scripts_stand_as_they_did(bare: Engine) -> None:
    bodies = [(f"<p>{URDU * 4}", STYLE.replace("/1.5", "/3")), (f"<p>{URDU * 4}", STYLE.replace("0.8em", "0em"))]
    before = [read_lines(bare, *each) for each in bodies]
    leading.part_lines()
    after = [read_lines(bare, *each) for each in bodies]
    assert [[line.bottom for line in lines] for lines in after] == [[line.bottom for line in lines] for lines in before]


def test_a_number_keeps_beside_its_line(bare: Engine) -> None:
    def find(style: str) -> float:
        [*_, number, first, _] = sorted(read_lines(bare, f"<ol><li>{URDU[:40]}<li>کیلشیم {URDU[:50]}</ol>", style), key=is_low)
        return first.bottom - number.bottom

    alone = find(STYLE)
    leading.part_lines()
    assert find(STYLE) == pytest.approx(alone, abs=0.1)


def is_low(line: Line) -> float:
    return line.bottom
