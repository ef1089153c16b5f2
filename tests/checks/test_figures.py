"""Checks of the drawings, each broken once in a small project that is otherwise without a problem."""

from pathlib import Path

import pytest

from leaflets.problems import Place, Severity
from tests.support.projects import ROOT, SMALL_PROJECT, find_all, write_project
from tests.support.small import SIGNS, SPANISH_SIGNS

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">{}</svg>'
BADGE = '<g transform="translate(3 3)"><circle r="2.5" fill="#ffffff"/></g>'
FIGURES = "templates/figures"


def write_figure(picture: str = "spot", labels: str = "a: Fat\n        b: Skin") -> dict[str, str | None]:
    """Add a figure with two labels to the signs, and its drawing with two numbers."""
    figure = f"    figure:\n      picture: {picture}\n      alt: A spot\n      labels:\n        {labels}\n"
    english = f"  where:\n    references: [Book]\n{figure}"
    spanish = "  where:\n    alt: Una mancha\n    a: Grasa\n    b: Piel\n"
    return {
        SIGNS: SMALL_PROJECT[SIGNS] + english,
        SPANISH_SIGNS: SMALL_PROJECT[SPANISH_SIGNS] + spanish,
        f"{FIGURES}/spot.svg": SVG.format(BADGE * 2),
    }


def test_a_drawing_with_a_number_for_each_label_is_fine(tmp_path: Path) -> None:
    assert find_all(write_project(tmp_path, write_figure())) == []


def test_a_figure_without_its_drawing_is_found(tmp_path: Path) -> None:
    [unknown, unused] = find_all(write_project(tmp_path, write_figure("spt")))
    assert (unknown.id, unknown.place) == ("unknown-picture", Place(SIGNS, 8))
    assert "spot" in unknown.remedy
    assert (unused.id, unused.severity, unused.place) == ("unused-picture", Severity.WARNING, Place(f"{FIGURES}/spot.svg"))


def test_a_figure_may_have_a_drawing_for_each_label(tmp_path: Path) -> None:
    labels = "a: Fat\n        b:\n          icon: hand\n          text: Skin"
    drawings = {f"{FIGURES}/parts/{name}.svg": SVG.format("") for name in ("a", "hand")}
    changes = write_figure("parts", labels) | {f"{FIGURES}/spot.svg": None} | drawings
    assert find_all(write_project(tmp_path, changes)) == []


def test_a_label_without_its_drawing_is_found(tmp_path: Path) -> None:
    changes = write_figure("parts") | {f"{FIGURES}/spot.svg": None, f"{FIGURES}/parts/a.svg": SVG.format("")}
    [problem] = find_all(write_project(tmp_path, changes))
    assert (problem.id, problem.place) == ("unknown-picture", Place(SIGNS, 15))
    assert '"parts/b"' in problem.message


@pytest.mark.parametrize("numbers", [0, 1, 3])
def test_a_drawing_with_more_or_fewer_numbers_than_labels_is_found(tmp_path: Path, numbers: int) -> None:
    changes = write_figure() | {f"{FIGURES}/spot.svg": SVG.format(BADGE * numbers)}
    [problem] = find_all(write_project(tmp_path, changes))
    assert (problem.id, problem.place) == ("wrong-key", Place(SIGNS, 8))
    assert f"{numbers} numbers for 2 labels in adult" in problem.message


@pytest.mark.parametrize(
    ("svg", "said"),
    [
        (SVG.format(BADGE * 2 + "<text>Fat</text>"), "<text>"),
        (SVG.format(BADGE * 2 + "<g>Fat</g>"), "words"),
        (SVG.format(BADGE * 2 + '<image href="a.png"/>'), "<image>"),
        (SVG.format(BADGE * 2 + '<path d="M0 0" onclick="x"/>'), '"onclick"'),
        (SVG.format(BADGE * 2 + '<path d="M0 0" style="fill: red"/>'), '"style"'),
        (SVG.format(BADGE * 2 + '<path d="M0 0" fill="#ff0000"/>'), '"#ff0000"'),
        (SVG.format(BADGE * 2 + '<path d="M0 0" fill="url(#a)"/>'), '"url(#a)"'),
        (SVG.format(BADGE * 2 + '<path d="M0 0" stroke-width="0.2"/>'), '"0.2"'),
        (SVG.format(BADGE * 2 + '<path d="M0 0" stroke-width="1%"/>'), '"1%"'),
        (SVG.format(BADGE * 2).replace("0 0 20 20", "0 0 20"), "viewBox"),
        ("<svg", "not XML"),
    ],
)
def test_a_drawing_holds_nothing_but_plain_shapes(tmp_path: Path, svg: str, said: str) -> None:
    changes = write_figure() | {f"{FIGURES}/spot.svg": svg}
    problems = find_all(write_project(tmp_path, changes))
    assert {(problem.id, problem.place) for problem in problems} == {("odd-drawing", Place(f"{FIGURES}/spot.svg"))}
    assert any(said in problem.message for problem in problems)


def test_the_drawings_of_the_project_are_no_larger_than_a_page_can_carry() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / FIGURES).rglob("*.svg")}
    assert len(sizes) > 30
    assert {name: size for name, size in sizes.items() if size > 16_000} == {}
