"""Golden pages: how one leaflet looks in each script, kept as small pictures and the boxes of its lines.

A change of looks is meant or not; a person must look. After looking at output/, renew with `make golden`, and read the
difference of tests/golden/ as part of the change.
"""

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_leaflet
from leaflets.content.project import Project, load_project
from leaflets.pdf.engine import Engine
from leaflets.problems import Severity
from tests.support.projects import ROOT

pytestmark = pytest.mark.slow

FOLDER = ROOT / "tests" / "golden"
LOCALES = ("en", "ar", "ur", "zh-Hans", "hi")
"""One for each script and way of setting it: Latin, Arabic, Nastaliq, Han, Devanagari."""
LEAFLET, PAPER = "pediatric", "a4"
SCALE = 36 / 72
"""Pixels a point: small enough to keep, large enough to show a moved line."""
STEP = 0.5
"""Boxes are rounded to this, in points."""
NOTICED, ALLOWED = 64, 0.001
"""A pixel counts as changed beyond this many grey levels; this part of a page may change, such as the edge of a letter."""


def draw_pages(data: bytes) -> list[Image.Image]:
    """Draw each page of a PDF in 16 grey levels."""
    pages = pypdfium2.PdfDocument(data)
    return [page.render(scale=SCALE, grayscale=True).to_pil().convert("L").point(lambda grey: grey // 17 * 17) for page in pages]


def list_boxes(data: bytes) -> Iterator[str]:
    """List the box of every run of text: page, left, bottom, right, top, in points from the lower left corner."""
    for number, page in enumerate(pypdfium2.PdfDocument(data), start=1):
        text = page.get_textpage()
        for index in range(text.count_rects()):
            box = (f"{round(edge / STEP) * STEP:g}" for edge in text.get_rect(index))
            yield f"{number} {' '.join(box)}"


def measure_change(one: Image.Image, other: Image.Image) -> float:
    """The part of the pixels that differ visibly, from 0 to 1."""
    if one.size != other.size:
        return 1.0
    changed = ImageChops.difference(one, other).histogram()[NOTICED:]
    return sum(changed) / (one.width * one.height)


def read_golden(locale: str) -> tuple[list[Image.Image], list[str]]:
    pictures = [Image.open(path).convert("L") for path in sorted((FOLDER / locale).glob("*.png"))]
    return pictures, (FOLDER / locale / "boxes.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_pages_look_as_they_did_when_a_person_looked(locale: str, project: Project, engine: Engine) -> None:
    [made], problems = make_leaflet(project, Job(locale, LEAFLET, "standard", PAPER), engine, None)
    assert not any(each.severity is Severity.ERROR for each in problems)
    golden, boxes = read_golden(locale)
    pages = draw_pages(made.data)
    assert len(pages) == len(golden), "look at output/, then `make golden`"
    changes = {number: measure_change(*pair) for number, pair in enumerate(zip(pages, golden, strict=True), start=1)}
    assert {number: change for number, change in changes.items() if change > ALLOWED} == {}, "look at output/, then `make golden`"
    assert list(list_boxes(made.data)) == boxes, "look at output/, then `make golden`"


def test_a_moved_line_a_lost_word_and_another_paper_are_noticed() -> None:
    pages, boxes = read_golden("en")
    moved = ImageChops.offset(pages[1], 0, 2)
    assert measure_change(pages[1], moved) > ALLOWED
    blank = pages[1].copy()
    blank.paste(255, (20, 60, 140, 100))
    assert measure_change(pages[1], blank) > ALLOWED
    assert measure_change(pages[1], pages[1].resize((100, 100))) == 1.0
    assert len(boxes) > 300


def renew_golden() -> None:
    """Write tests/golden/ from the leaflets as they are now."""
    project = load_project(ROOT)
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(ROOT / "templates", project.pictures, Path(scratch))
        for locale in LOCALES:
            [made], problems = make_leaflet(project, Job(locale, LEAFLET, "standard", PAPER), engine, None)
            if wrong := [str(each) for each in problems if each.severity is Severity.ERROR]:
                sys.exit("\n".join(wrong))
            folder = FOLDER / locale
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.glob("*.png"):
                old.unlink()
            for number, picture in enumerate(draw_pages(made.data), start=1):
                file = io.BytesIO()
                picture.quantize(16).save(file, "PNG", optimize=True)
                (folder / f"page-{number:02}.png").write_bytes(file.getvalue())
            (folder / "boxes.txt").write_text("\n".join(list_boxes(made.data)) + "\n", encoding="utf-8")
            sys.stdout.write(f"{locale}: {made.entry.pages} pages" + "\n")


if __name__ == "__main__":
    renew_golden()
