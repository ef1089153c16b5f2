"""The page that is read before signing, in a real Chromium. Nobody who signs here exists."""

from pathlib import Path

import pytest

from leaflets.checks.run import find_problems
from leaflets.content.project import load_project
from leaflets.languages.fonts import read_fonts
from leaflets.review.proofs import Asked, list_proofs, render_proofs
from tests.support.browser import find_violations, open_browser
from tests.support.projects import ROOT, sign_all, write_project

TEMPLATES = ROOT / "templates"
FONTS = read_fonts(TEMPLATES)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Pages of real Arabic, of Persian, which was read back, and of a small project with all that can stand below a unit."""
    folder = tmp_path_factory.mktemp("review")
    root = write_project(folder / "project").root
    sign_all(root, "es")
    for name, old, new in (("es/signs.yaml", "duros", "blandos"), ("en/signs.yaml", "above 38.5", "over 39")):
        path = root / "content" / "topics" / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = []
    for project, asked in (
        (load_project(ROOT), Asked("ar", ("cutis",))),
        (load_project(ROOT), Asked("fa", ("adult",), prints=("sheet",))),
        (load_project(root), Asked("es")),
    ):
        page = folder / f"{asked.tag}.html"
        proofs = list_proofs(project, asked, find_problems(project, FONTS, (asked.tag,)))
        page.write_text(
            render_proofs(asked, proofs, project.languages[asked.tag].readings, TEMPLATES, FONTS),
            encoding="utf-8",
        )
        found.append(page)
    return found


def test_axe_finds_nothing_wrong_with_a_page_to_read_and_it_fits_a_phone(pages: list[Path]) -> None:
    with open_browser() as browser:
        for path in pages:
            page = browser.new_page(viewport={"width": 320, "height": 640})
            page.goto(path.as_uri())
            assert find_violations(page) == [], path.name
            assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_changed_is_said_in_signs_and_not_by_its_look_alone(pages: list[Path]) -> None:
    with open_browser() as browser:
        page = browser.new_page()
        page.goto(pages[-1].as_uri())
        assert page.evaluate("getComputedStyle(document.querySelector('ins'), '::before').content") == '"{+"'
        assert page.evaluate("getComputedStyle(document.querySelector('del'), '::before').content") == '"[−"'
