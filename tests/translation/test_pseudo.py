"""English in disguise: what it must keep, where it is made, and where it never shows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaflets.build.jobs import SCREEN, Job, list_inputs, list_jobs
from leaflets.build.leaflet import list_links, make_document
from leaflets.build.maker import Result
from leaflets.build.manifest import read_manifest
from leaflets.checks.pairs import Pair
from leaflets.checks.run import find_problems
from leaflets.checks.translation import PAIR_CHECKS
from leaflets.content.project import Project, load_project
from leaflets.content.provenance import diff_words
from leaflets.content.strict_yaml import check_characters
from leaflets.document.expected import read_html_blocks
from leaflets.document.html import render_html
from leaflets.edition import EditionLanguages
from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import direction, english_name, script
from leaflets.model import PSEUDO_LOCALES
from leaflets.pdf.reader import read_pdf_facts
from leaflets.problems import Severity
from leaflets.translation.pseudo import BRACKETS, DISGUISES, add_pseudo
from leaflets.translation.units import list_source, list_words, survey_language
from tests.conftest import Run
from tests.support.projects import ROOT, SMALL_PROJECT, build_leaflets, write_project

FONTS = read_fonts(ROOT / "templates")
ACCENTS, BIDI = PSEUDO_LOCALES


@pytest.fixture(scope="module")
def plain() -> Project:
    return load_project(ROOT)


@pytest.fixture(scope="module")
def project(plain: Project) -> Project:
    """The project with both pseudo-locales."""
    return add_pseudo(plain, PSEUDO_LOCALES)


@pytest.mark.parametrize("tag", PSEUDO_LOCALES)
def test_numbers_placeholders_and_emphasis_stay_in_every_unit(project: Project, tag: str) -> None:
    """The same checks that hold a translation say so; marks are those of English, which the disguise keeps."""
    source, words = list_source(project), list_words(project, tag)
    assert set(words) == set(source)
    pairs = [Pair(unit, tag, english, words[unit]) for unit, english in source.items()]
    found = [problem for pair in pairs for check in PAIR_CHECKS for problem in check(pair)]
    assert [str(problem) for problem in found if problem.id not in ("punctuation", "question-mismatch")] == []


@pytest.mark.parametrize("tag", PSEUDO_LOCALES)
def test_every_character_is_one_that_may_be_printed_and_that_a_font_has(project: Project, tag: str) -> None:
    for text in list_words(project, tag).values():
        assert list(check_characters(text.words, text.place)) == []
        assert {char for char in text.words if not char.isspace()} <= set(map(chr, FONTS.characters(tag)))


@pytest.mark.parametrize("tag", PSEUDO_LOCALES)
def test_every_text_stands_in_brackets_that_no_english_text_has(project: Project, tag: str) -> None:
    assert all(text.words[0] + text.words[-1] == BRACKETS for text in list_words(project, tag).values())
    assert not any(set(BRACKETS) & set(english.words) for english in list_source(project).values())


def test_accents_make_english_about_two_fifths_longer(project: Project) -> None:
    source, words = list_source(project), list_words(project, ACCENTS)
    assert 1.3 < sum(len(words[unit].words) for unit in source) / sum(len(text.words) for text in source.values()) < 1.5


def test_a_pseudo_locale_has_the_script_and_direction_of_its_tag() -> None:
    assert (script(ACCENTS), direction(ACCENTS)) == ("Latn", "ltr")
    assert (script(BIDI), direction(BIDI)) == ("Arab", "rtl")
    assert english_name(ACCENTS) == "English (Pseudo-Accents)"


def test_unequal_english_stays_unequal() -> None:
    for disguise in DISGUISES.values():
        assert diff_words(disguise("Do cut it"), disguise("Do not cut it")).count("[-") == 0
        assert disguise("") == BRACKETS


@pytest.mark.parametrize("tag", PSEUDO_LOCALES)
def test_a_pseudo_locale_is_whole_and_a_draft(project: Project, tag: str) -> None:
    assert {unit.state for unit in survey_language(project, tag).values()} == {"draft"}


def test_a_project_gets_the_pseudo_locales_that_are_asked_for_and_no_other(plain: Project) -> None:
    assert add_pseudo(plain, ("es", "es-XA", "en")) is plain
    assert [*add_pseudo(plain, ("es", BIDI, BIDI)).languages] == [*plain.languages, BIDI]


def test_a_pseudo_locale_leads_no_reader_of_another_language_to_it(project: Project, plain: Project) -> None:
    page = Job("es", "cutis", "web", SCREEN)
    assert list_links(project, page, None) == list_links(plain, page, None)


def strip_brackets(text: str) -> str:
    """Take out all that stands in brackets, the innermost first."""
    while (rest := re.sub(rf"{BRACKETS[0]}[^{BRACKETS}]*{BRACKETS[1]}", "", text)) != text:
        text = rest
    return text


def list_plain(project: Project, leaflet: str, edition: str, tag: str) -> Iterator[str]:
    """List the words of a page that are in no brackets, but for those that are English or a name on purpose."""
    document = make_document(project, leaflet, tag, EditionLanguages.OWN, None)
    html = render_html(document, project.editions[edition], project.root / "templates")
    allowed = {*document.sources, *(notice.words for notice in document.notices if notice.locale == "en")}
    allowed |= {document.english_title, f"{document.english_title} ({document.english_language})"}
    longest = sorted((*allowed, document.issued, document.review_by), key=len, reverse=True)
    names = "|".join(map(re.escape, longest))
    for block in read_html_blocks(html):
        yield from re.findall(r"[^\W\d_]{2,}", re.sub(names, "", strip_brackets(re.sub(names, "", block))))


@pytest.mark.slow
@pytest.mark.parametrize("tag", PSEUDO_LOCALES)
@pytest.mark.parametrize("edition", ["standard", "large-print", "booklet"])
@pytest.mark.parametrize("leaflet", ["adult", "cutis", "pediatric"])
def test_no_word_of_a_page_comes_from_elsewhere_than_the_translation(
    project: Project, leaflet: str, edition: str, tag: str
) -> None:
    assert list(list_plain(project, leaflet, edition, tag)) == []


def build(project: Project, output: Path, *tags: str) -> tuple[Result, ...]:
    jobs = list_jobs(project, ("adult",), tags, ("standard", "web"), ("a4",))
    return build_leaflets(project, find_problems(project, FONTS), jobs, output, None, 0, lambda result: None)


@pytest.mark.slow
def test_a_real_leaflet_is_made_in_both_without_an_error(plain: Project, tmp_path: Path) -> None:
    jobs = list_jobs(plain, ("cutis",), PSEUDO_LOCALES, ("standard",), ("a4",))
    results = build_leaflets(plain, (), jobs, tmp_path, None, 0, lambda result: None)
    problems = [problem for result in results for problem in result.problems]
    assert [str(problem) for problem in problems if problem.severity is Severity.ERROR] == []
    for result in results:
        assert result.entry
        assert result.entry.draft
        facts = read_pdf_facts((tmp_path / result.entry.path).read_bytes(), FONTS.find_dotted_circle)
        assert any("DRAFT" in text for text in facts.texts)


@pytest.mark.slow
@pytest.mark.parametrize("leaflet", ["adult", "cutis", "pediatric"])
def test_a_web_page_is_made_in_both_without_an_error(plain: Project, leaflet: str, tmp_path: Path) -> None:
    """The soft hyphens of a long title are not in the title of the page."""
    jobs = list_jobs(plain, (leaflet,), PSEUDO_LOCALES, ("web",), ())
    results = build_leaflets(plain, (), jobs, tmp_path, None, 0, lambda result: None)
    assert [str(problem) for result in results for problem in result.problems] == []
    assert [result.entry.path for result in results if result.entry] == [f"{BIDI}/{leaflet}.html", f"{ACCENTS}/{leaflet}.html"]


@pytest.mark.slow
def test_a_pseudo_locale_is_on_record_and_nowhere_on_the_desk(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    results = build(project, output, "en", *PSEUDO_LOCALES)
    assert [str(problem) for result in results for problem in result.problems] == []
    assert {entry.locale for entry in read_manifest(output).values()} == {"en", *PSEUDO_LOCALES}
    assert (output / ACCENTS / "adult-leaflet-a4-DRAFT.pdf").is_file()
    for name in ("index.html", "catalog.json", "fhir-r4.json", "fhir-r5.json", "en/adult.html"):
        text = (output / name).read_text(encoding="utf-8")
        assert not [tag for tag in (*PSEUDO_LOCALES, "Pseudo", BRACKETS[0]) if tag in text], name
    assert {path.name for path in (output / "v").iterdir()} == {"adult-en-0.1.0.html"}
    assert len(list((output / "thumbnails").iterdir())) == 1


@pytest.mark.slow
def test_a_page_in_disguise_is_kept_until_the_english_changes_and_then_removed(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build(project, output, ACCENTS)
    assert {result.job.edition: result.kept for result in build(project, output, ACCENTS)} == {"standard": True, "web": True}
    english = SMALL_PROJECT["content/topics/en/signs.yaml"].replace("hard lumps", "firm lumps")
    (project.root / "content/topics/en/signs.yaml").write_text(english, encoding="utf-8")
    build(load_project(project.root), output, "en")
    assert list((output / ACCENTS).iterdir()) == []
    assert {entry.locale for entry in read_manifest(output).values()} == {"en"}


@pytest.mark.slow
def test_a_page_in_disguise_that_is_on_no_record_goes(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    (output / BIDI).mkdir(parents=True)
    (output / BIDI / "adult-leaflet-a4-DRAFT.pdf").write_bytes(b"half of it")
    build(project, output, "en")
    assert list((output / BIDI).iterdir()) == []


def test_a_build_of_everything_makes_none(plain: Project) -> None:
    assert not {job.locale for job in list_jobs(plain, (), (), (), ())} & set(PSEUDO_LOCALES)


def test_a_mistake_in_the_english_stops_its_disguise_too(plain: Project) -> None:
    [job] = list_jobs(plain, ("adult",), (ACCENTS,), ("standard",), ("a4",), ("leaflet",))
    assert "content/topics/en/signs.yaml" in list_inputs(plain, job)


@pytest.mark.parametrize("tag", PSEUDO_LOCALES)
def test_only_build_and_serve_know_them(tag: str, tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    made = run("--project", project.root, "build", "--locale", tag, "--edition", "web")
    assert (made.exit_code, made.stdout.splitlines()[-1]) == (0, "1 of 1 leaflets in output/, 1 of them marked DRAFT")
    for words in (("check", "--locale", tag), ("record", tag), ("status", tag), ("translate", "start", tag)):
        refused = run("--project", project.root, *words)
        assert refused.exit_code == 1
        assert "English in disguise" in refused.stderr
    assert tag not in run("--project", project.root, "list").stdout
    listed = json.loads(run("--project", project.root, "status", "--json").stdout)["languages"]
    assert [each["language"] for each in listed] == ["en", "es"]
