"""The web pages in a real Chromium: nobody is shut out, and nothing leaves the file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from leaflets.build.jobs import Job
from leaflets.build.leaflet import list_links, make_screen
from leaflets.build.site.versions import list_current_pages
from leaflets.content.project import Project
from leaflets.edition import Print
from leaflets.languages.fonts import read_fonts
from leaflets.profile import Clinic
from tests.support.browser import find_violations, open_browser
from tests.support.projects import ROOT, pin_issue, write_project

LOCALES = ("en", "ar", "zh-Hans")
TABLE = """\
title: What are the signs?
blocks:
  scans:
    references: [Book]
    table:
      columns:
        scan: A scan
        why: What it shows
      rows:
        x-ray:
          scan: An X-ray
          why: The calcium
"""
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
CLINIC = Clinic("Example Clinic", "020 7946 0000", "112", hours="Mon–Fri 8:00–17:00", interpreter_phone="020 7946 0999")
FILES = [
    name
    for locale in LOCALES
    for name in (f"{locale}/adult.html", f"v/adult-{locale}-0.1.0.html", f"v/adult-{locale}-0.0.1.html")
] + ["ar/sheet.html"]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, project: Project) -> Path:
    folder, project = tmp_path_factory.mktemp("web"), pin_issue(project)
    fonts = read_fonts(ROOT / "templates")
    old = [f"v/adult-{locale}-0.0.1.html" for locale in LOCALES]
    pages = list_current_pages(project, {("adult", locale): f"{locale}/adult.html" for locale in LOCALES}, CLINIC, old)
    for locale in LOCALES:
        job = Job(locale, "adult", "web", "screen")
        links = {link: link.path(draft=True) for link in list_links(project, job, CLINIC)}
        (made,), problems = make_screen(project, job, fonts, CLINIC, links)
        assert problems == ()
        pages[made.entry.path] = made.data.decode()
    (sheet,), problems = make_screen(project, Job("ar", "adult", "web", "screen", Print.SHEET), fonts, None, {})
    assert problems == ()
    pages["ar/sheet.html"] = sheet.data.decode()
    for name, html in pages.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(html, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


def show(browser: Browser, output: Path, name: str, **more: object) -> Page:
    page = browser.new_page(**more)  # type: ignore[arg-type]
    page.goto((output / name).as_uri())
    return page


@pytest.mark.parametrize("name", FILES)
def test_axe_finds_nothing_and_nothing_runs_off_a_phone_or_a_screen(browser: Browser, output: Path, name: str) -> None:
    page = show(browser, output, name)
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert find_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.close()


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_asked_of_anybody(browser: Browser, output: Path, name: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((output / name).as_uri())
    page.wait_for_load_state("networkidle")
    page.close()
    assert [url for url in asked if not url.startswith("data:")] == [(output / name).as_uri()]


def test_the_keyboard_skips_to_the_text(browser: Browser, output: Path) -> None:
    page = show(browser, output, "ar/adult.html", viewport=PHONE)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert page.evaluate("document.activeElement.className") == "skip"
    box = skip.bounding_box()
    assert box
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_the_list_of_headings_opens_by_keyboard_and_leads_there(browser: Browser, output: Path, project: Project) -> None:
    page = show(browser, output, "en/adult.html", viewport=PHONE)
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=project.topics["get-help"].title.words).click()
    assert page.evaluate("location.hash") == "#get-help"
    page.close()


def test_another_language_is_one_touch_away_from_a_file(browser: Browser, output: Path) -> None:
    page = show(browser, output, "en/adult.html", viewport=PHONE)
    page.get_by_role("link", name="العربية").click()
    assert page.url == (output / "ar" / "adult.html").as_uri()
    assert page.evaluate("document.documentElement.dir") == "rtl"
    page.close()


def test_every_touch_target_is_large_enough(browser: Browser, output: Path) -> None:
    """At least 24 by 24 CSS pixels (WCAG 2.2, 2.5.8)."""
    page = show(browser, output, "zh-Hans/adult.html", viewport=PHONE)
    page.locator("summary").click()
    for target in page.locator("a:not(.skip), summary").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24, target.inner_text()
    page.close()


@pytest.mark.parametrize(("locale", "family", "words"), [("ar", "Vazirmatn", "التكلس"), ("zh-Hans", "Noto Sans SC", "钙")])
def test_the_letters_come_from_the_page(browser: Browser, output: Path, locale: str, family: str, words: str) -> None:
    page = show(browser, output, f"{locale}/adult.html")
    loaded = "async ([font, words]) => (await document.fonts.load(font, words)).length && document.fonts.check(font, words)"
    for weight in (400, 700):
        assert page.evaluate(loaded, [f'{weight} 16px "{family}"', words])
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    heading = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    used = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
    assert used
    assert all(font["isCustomFont"] for font in used)
    page.close()


def test_the_page_is_read_without_javascript(browser: Browser, output: Path, project: Project) -> None:
    page = show(browser, output, "en/adult.html", java_script_enabled=False)
    assert project.title("adult") in page.locator("h1").inner_text()
    page.locator("summary").click()
    assert page.get_by_role("link", name=project.topics["get-help"].title.words).is_visible()
    page.close()


def test_a_table_shows_its_heads_on_a_phone_and_stays_a_table(browser: Browser, tmp_path: Path) -> None:
    project = write_project(tmp_path / "project", {"content/topics/en/signs.yaml": TABLE})
    (made,), problems = make_screen(project, Job("en", "adult", "web", "screen"), read_fonts(ROOT / "templates"), None, {})
    assert problems == ()
    (tmp_path / "adult.html").write_bytes(made.data)
    page = show(browser, tmp_path, "adult.html", viewport=PHONE)
    cell = page.get_by_role("cell").first
    assert cell.get_attribute("data-head") in page.evaluate("getComputedStyle(document.querySelector('td'), '::before').content")
    assert page.evaluate("getComputedStyle(document.querySelector('td')).display") == "block"
    assert page.get_by_role("columnheader").count() == 2
    page.close()


def test_the_draft_notice_is_printed_on_every_page(browser: Browser, output: Path) -> None:
    import pypdfium2

    page = show(browser, output, "en/adult.html")
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4"))
    assert len(sheets) > 1
    for sheet in sheets:
        text = sheet.get_textpage().get_text_range()
        assert "DRAFT" in text
        assert "Version 0.1.0" in text
        assert "On this page" not in text
    page.close()
