"""The sheets of a booklet: its pages in their order, and each on its half."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_leaflet
from leaflets.content.project import Project
from leaflets.edition import PAPERS
from leaflets.pdf.engine import Engine
from leaflets.pdf.imposition import impose_booklet, order_pages, verify_booklet
from tests.support.projects import write_project


@pytest.mark.parametrize("flow", ["ltr", "rtl"])
@pytest.mark.parametrize("pages", [1, 2, 4, 5, 8, 23])
def test_a_folded_booklet_reads_in_order(pages: int, flow: str) -> None:
    sides = list(order_pages(pages, flow))
    assert len(sides) % 2 == 0
    assert sorted(page for side in sides for page in side if page) == list(range(1, pages + 1))
    inner, outer = (1, 0) if flow == "ltr" else (0, 1)
    fronts, backs = sides[::2], sides[1::2]
    leaves = [(front[inner], back[outer]) for front, back in zip(fronts, backs, strict=True)]  # the half first read of each sheet
    leaves += [(back[inner], front[outer]) for front, back in zip(fronts[::-1], backs[::-1], strict=True)]
    read = [page for leaf in leaves for page in leaf]
    assert [page for page in read if page] == list(range(1, pages + 1))
    assert not any(read[pages:])


def test_an_imposed_booklet_has_the_words_of_its_pages_on_the_right_halves(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path)
    (folded, single), problems = make_leaflet(project, Job("en", "adult", "booklet", "a4"), engine, None)
    assert problems == ()
    assert (folded.entry.path, single.entry.path) == (
        "en/adult-leaflet-booklet-a4-DRAFT.pdf",
        "en/adult-leaflet-booklet-pages-a4-DRAFT.pdf",
    )
    sheets, pages = pypdfium2.PdfDocument(folded.data), pypdfium2.PdfDocument(single.data)
    width, height = sheets[0].get_size()
    assert (round(width), round(height)) == (842, 595)
    assert [round(edge) for edge in pages[0].get_size()] == [421, 595]
    sheet, first = (each[0].render(scale=1, grayscale=True).to_pil().convert("L") for each in (sheets, pages))
    assert sheet.crop((0, 0, 420, 595)).getextrema() == (255, 255)  # the last page of four is blank
    difference = ImageChops.difference(sheet.crop((421, 0, 841, 595)), first.crop((0, 0, 420, 595)))
    assert sum(difference.histogram()[64:]) < 0.01 * 420 * 595
    assert first.getextrema() != (255, 255)


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "flow", "other"), [("en", "ltr", "rtl"), ("ur", "rtl", "ltr")])
def test_a_booklet_whose_pages_are_swapped_is_noticed(
    project: Project, engine: Engine, locale: str, flow: str, other: str
) -> None:
    (folded, single), problems = make_leaflet(project, Job(locale, "adult", "booklet", "a4"), engine, None)
    assert problems == ()
    assert list(verify_booklet(folded.data, single.data, flow, "a-test")) == []

    def find(sheets: bytes) -> list[str]:
        return [f"[{each.id}] {each.message.split(' of ')[0]}" for each in verify_booklet(sheets, single.data, flow, "a-test")]

    with pikepdf.open(io.BytesIO(single.data)) as pdf:
        pages = list(pdf.pages)
        pages[2], pages[4] = pages[4], pages[2]
        del pdf.pages[:]
        pdf.pages.extend(pages)
        out = io.BytesIO()
        pdf.save(out)
    assert find(impose_booklet(out.getvalue(), flow, *PAPERS["a4"])) == ["[misplaced-page] page 3", "[misplaced-page] page 5"]
    bound_on_the_wrong_side = find(impose_booklet(single.data, other, *PAPERS["a4"]))
    assert len(bound_on_the_wrong_side) >= len(pages)


def test_the_same_booklet_has_the_same_bytes(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path)
    [_, single], _ = make_leaflet(project, Job("en", "adult", "booklet", "letter"), engine, None)
    once, again = (impose_booklet(single.data, "rtl", 215.9, 279.4) for _ in range(2))
    assert once == again
    with pikepdf.open(io.BytesIO(once)) as pdf:
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"
        assert "/StructTreeRoot" not in pdf.Root
