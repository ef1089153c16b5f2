"""How many lines words take."""

from dataclasses import replace

import pytest

from leaflets.languages.fonts import Fonts
from leaflets.languages.runs import Run, split_runs
from leaflets.languages.widths import Faces, count_lines, measure_word
from leaflets.pdf.engine import Engine


def list_faces(fonts: Fonts, tag: str) -> Faces:
    typography = fonts.typography(tag)
    assert typography
    regular, bold = (fonts.paths(typography.families, weight) for weight in (400, 700))
    return (regular, bold), (fonts.paths(("Noto Sans",), 400), fonts.paths(("Noto Sans",), 700))


@pytest.mark.parametrize(("width", "lines"), [(40.0, 1), (12.0, 2), (8.0, 3), (0.1, 6)])
def test_a_line_ends_between_words(engine: Engine, width: float, lines: int) -> None:
    faces = list_faces(engine.fonts, "en")
    assert count_lines((Run("You may feel immune-lowering lumps"),), width, 0.0, faces) == lines


def test_no_line_ends_where_words_are_kept_or_runs_meet(engine: Engine) -> None:
    faces = list_faces(engine.fonts, "en")
    assert count_lines((Run("020 7946 0000", keep=True),), 0.1, 0.0, faces) == 1
    assert count_lines((Run("(", strong=True), Run("warfarin", language="en"), Run(")")), 0.1, 0.0, faces) == 1


def test_bold_words_and_a_line_to_write_on_take_more(engine: Engine) -> None:
    faces = list_faces(engine.fonts, "en")
    plain = (Run("You may feel lumps at "), Run("."))
    strong, blank = (replace(plain[0], strong=True), plain[1]), (plain[0], replace(plain[1], blank=True))
    assert [count_lines(runs, 11.5, 5.0, faces) for runs in (plain, strong, blank)] == [1, 2, 2]


def test_letters_are_measured_as_they_are_joined(engine: Engine) -> None:
    (regular, _), _ = list_faces(engine.fonts, "ur")
    whole = measure_word("کیلشیم", regular)
    assert whole < sum(measure_word(letter, regular) for letter in "کیلشیم")
    assert measure_word("", regular) == 0
    assert measure_word("肿", regular) > 0.5  # none of its fonts has it


def test_scripts_without_spaces_may_end_a_line_at_any_letter(engine: Engine) -> None:
    faces = list_faces(engine.fonts, "zh-Hans")
    assert count_lines(split_runs("钙化是什么意思", "zh-Hans"), 3.0, 0.0, faces) == 3
