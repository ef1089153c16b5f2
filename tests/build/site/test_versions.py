"""What the QR code on paper opens: yes or no, in the language of the paper."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leaflets.build.jobs import Job
from leaflets.build.manifest import read_manifest
from leaflets.build.site.versions import list_current_pages
from leaflets.content.project import Project, load_project
from leaflets.document.compose import name_check_page
from leaflets.profile import Clinic
from leaflets.web.reader import read_web_facts
from tests.conftest import Run
from tests.support.projects import ROOT, SMALL_PROJECT, build_leaflets, find_all, pin_issue, write_project

CLINIC = Clinic("Example Clinic", "020 7946 0000", "112", leaflets_url="https://clinic.example/leaflets")
YES, NO = "Yes. This is the newest version.", "No. There is a newer version. Please use that one."


@pytest.fixture(scope="module")
def project() -> Project:
    """The project, with an earlier version of one leaflet."""
    found = pin_issue(load_project(ROOT))
    adult = replace(found.leaflets["adult"], history={"0.0.2": date(2025, 3, 1)})
    return replace(found, leaflets={**found.leaflets, "adult": adult})


def read_words(html: str) -> str:
    html = re.sub(r"</?(?:span|strong)[^>]*>", "", html)
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S).split())


def test_the_newest_version_says_yes_and_until_when(project: Project) -> None:
    words = read_words(list_current_pages(project, {("cutis", "en"): "en/cutis.html"}, CLINIC, ())["v/cutis-en-0.1.0.html"])
    assert words.count(YES) == 1
    assert "Version 0.1.0 · Issued November 21, 2026" in words
    assert "Check again by November 21, 2028" in words
    assert "If today is later than November 21, 2028, ask your clinic before you use it." in words
    assert "Example Clinic 020 7946 0000" in words
    assert NO not in words


def test_an_earlier_version_says_no_and_leads_to_the_newest(project: Project) -> None:
    html = list_current_pages(project, {("adult", "en"): "en/adult.html"}, None, ())["v/adult-en-0.0.2.html"]
    assert NO in read_words(html)
    assert "Version 0.0.2 · Issued March 1, 2025" in read_words(html)
    assert "If today is later" not in html
    assert 'href="../en/adult.html"' in html


def test_a_page_of_a_version_that_nobody_remembers_says_no(project: Project) -> None:
    old = ["v/adult-zh-Hans-0.0.1.html", "v/adult-zh-Hans-0.0.2.html", "v/adult-en-0.0.1.html", "v/adult-zh-Hans-x.html"]
    pages = list_current_pages(project, {("adult", "zh-Hans"): "zh-Hans/adult.html"}, None, old)
    versions = ("0.0.1", "0.0.2", "0.1.0")
    assert sorted(pages) == [f"v/adult-{tag}-{version}.html" for tag in ("en", "zh-Hans") for version in versions]
    assert "不是。已经有新版本了。请使用新版本。" in pages["v/adult-zh-Hans-0.0.1.html"]
    assert "Issued" not in read_words(pages["v/adult-zh-Hans-0.0.1.html"])


def test_the_answer_stands_in_the_language_of_the_paper_and_in_english(project: Project) -> None:
    html = list_current_pages(project, {("adult", "ar"): "ar/adult.html"}, None, ())["v/adult-ar-0.1.0.html"]
    assert html.index('<html lang="ar" dir="rtl">') < html.index("نعم. هذه هي النسخة الأحدث.") < html.index(YES)
    assert '<section lang="en" dir="ltr">' in html
    assert read_web_facts(html).outward == ()
    assert '<meta name="robots" content="noindex">' in html


def test_the_page_of_a_draft_says_so_in_both_languages(project: Project) -> None:
    html = list_current_pages(project, {("adult", "ar"): "ar/adult.html"}, None, ())["v/adult-ar-0.1.0.html"]
    drafts = {(locale, flow) for locale, flow, words in read_web_facts(html).paragraphs if "DRAFT" in words or "مسودة" in words}
    assert drafts == {("ar", "rtl"), ("en", "ltr")}


def test_the_page_stands_where_the_code_looks_for_it(project: Project) -> None:
    pages = list_current_pages(project, {("adult", "es"): "es/adult.html"}, CLINIC, ())
    for version in ("", "0.0.2"):
        address = name_check_page(CLINIC.leaflets_url, project.leaflets["adult"], "es", version)
        assert address.removeprefix(f"{CLINIC.leaflets_url}/") in pages


@pytest.mark.slow
def test_a_build_writes_the_pages_and_turns_those_of_older_versions(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    old = output / "v" / "adult-es-0.0.9.html"
    old.parent.mkdir(parents=True)
    old.write_text(YES)
    job = Job("es", "adult", "web", "screen")
    results = build_leaflets(project, tuple(find_all(project)), (job,), output, None, 0, lambda result: None)
    assert [result.problems for result in results] == [()]
    assert list(read_manifest(output)) == ["es/adult.html"]
    assert YES in (output / "v" / "adult-es-0.1.0.html").read_text(encoding="utf-8")
    assert NO in old.read_text(encoding="utf-8")
    assert (output / "es" / "adult.html").is_file()
    assert not (output / "v" / "adult-en-0.1.0.html").exists()


@pytest.mark.slow
def test_the_pages_of_versions_survive_a_partial_build_a_new_phone_and_a_failed_release(tmp_path: Path, run: Run) -> None:
    project, clinic = write_project(tmp_path / "project"), tmp_path / "shifa" / "clinic.yaml"
    clinic.parent.mkdir()
    words = 'name: "{}"\nclinic_phone: "{}"\nurgent_phone: none\nemergency_number: "112"\n'
    build = ("--project", project.root, "build", "--jobs", 1, "--paper", "a4", "--clinic", clinic)
    pages = {"adult-en-0.1.0.html", "adult-es-0.0.9.html", "adult-es-0.1.0.html", "old-es-0.1.0.html"}

    def list_pages() -> set[str]:
        return {path.name for path in (tmp_path / "output" / "v").iterdir()}

    clinic.write_text(words.format("Shifa Clinic & Sons", "555 0000"))
    assert run(*build).exit_code == 0
    for name in ("adult-es-0.0.9.html", "old-es-0.1.0.html"):  # an older version, and a leaflet that is gone
        (tmp_path / "output" / "v" / name).write_text(YES)
    clinic.write_text(words.format("Shifa Clinic and Sons", "555 9999"))
    partial = run(*build, "--locale", "en")
    assert partial.exit_code == 0, partial.stderr
    assert list_pages() == pages
    assert "taken away, since they are out of date: es/adult-leaflet-a4-DRAFT.pdf" in partial.stderr
    assert f"To make them again: leaflets build --locale es --print leaflet --paper a4 --clinic {clinic}" in partial.stderr
    assert run(*build, "--release").exit_code == 1
    assert list_pages() == pages
    html = {name: (tmp_path / "output" / "v" / name).read_text(encoding="utf-8") for name in pages}
    assert YES in html["adult-es-0.1.0.html"]
    assert NO in html["adult-es-0.0.9.html"]
    assert "This leaflet is no longer given out" in html["old-es-0.1.0.html"]
    assert all("555 9999" in each and 'href="../' not in each for each in html.values())


def test_a_page_stays_as_it_is_while_its_leaflet_lacks_words(tmp_path: Path) -> None:
    lacking = SMALL_PROJECT["content/topics/es/signs.yaml"].partition("    fever")[0]
    project = write_project(tmp_path, {"content/topics/es/signs.yaml": lacking})
    assert list_current_pages(project, {}, None, ["v/adult-es-0.1.0.html"]) == {}
    assert YES in list_current_pages(project, {}, None, ["v/adult-en-0.1.0.html"])["v/adult-en-0.1.0.html"]
