"""The front desk and the card to point at, as data and as files."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from leaflets.build.jobs import Job, list_jobs
from leaflets.build.manifest import BuiltFile
from leaflets.build.site.card import INVITATION, SENTENCE, hash_card, list_card_tags, make_card, read_card_hash
from leaflets.build.site.front_desk import (
    COLOURS,
    WIDTH,
    Desk,
    draw_thumbnail,
    is_thumbnail,
    list_site_files,
    make_desk,
    name_thumbnail,
)
from leaflets.build.site.write import write_site
from leaflets.edition import PAPERS
from leaflets.languages.locales import native_name, sorting_name
from leaflets.languages.runs import join_runs, split_runs
from leaflets.model import Status
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import read_pdf_facts
from leaflets.profile import Clinic
from tests.support.engine import write
from tests.support.front_desk import (
    CLINIC,
    FAKED,
    FEW,
    add_languages,
    load_desk_project,
    load_whole_project,
    make_copies,
    make_copy,
    make_paper,
    write_desk,
)
from tests.support.projects import ROOT


def list_entries() -> list[BuiltFile]:
    return [entry for _, entry in make_copies(load_desk_project()).values()]


def desk_of(entries: list[BuiltFile], clinic: Clinic | None = None) -> Desk:
    return make_desk(load_desk_project(), entries, clinic)


class LinkReader(HTMLParser):
    """Collects what a page links to or shows."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name in ("href", "src") and value]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    write_desk(folder)
    return folder


@pytest.mark.slow
def test_every_language_leaflet_and_edition_that_was_built_is_offered() -> None:
    project = load_desk_project()
    found = desk_of(list_entries())
    assert tuple(tongue.tag for tongue in found.tongues) == FEW
    for tongue in found.tongues:
        assert [shelf.name for shelf in tongue.shelves] == list(project.leaflets)
        for shelf in tongue.shelves:
            missing = set(project.editions) - {offer.edition.name for offer in shelf.offers}
            assert missing == ({"bilingual"} if tongue.tag == "en" else set())


def test_a_leaflet_is_named_in_english_and_in_its_own_language_with_its_readers() -> None:
    project = load_desk_project()
    urdu = desk_of(list_entries()).tongues[-1]
    adult = urdu.shelves[0]
    assert (urdu.native, urdu.english, urdu.direction) == ("اردو", "Urdu", "rtl")
    assert (adult.english_title, adult.title) == (project.title("adult"), project.languages["ur"].words["adult.title"].words)
    assert adult.audience == project.units["adult.for-whom"].words
    assert (adult.review_by.words, adult.review_by.iso) == ("November 21, 2028", "2028-11-21")


@pytest.mark.slow
def test_the_clinic_s_paper_comes_first() -> None:
    def papers(clinic: Clinic | None) -> list[str]:
        offer = desk_of(list_entries(), clinic).tongues[0].shelves[0].offers[0]
        return [copy.paper for copy in offer.copies]

    assert papers(CLINIC) == ["letter", "a4"]
    assert papers(replace(CLINIC, paper="")) == papers(None) == ["a4", "letter"]


def test_files_of_different_age_show_the_least_of_each_fact() -> None:
    project = load_desk_project()
    _, new = make_copy(project, Job("ur", "adult", "standard", "a4"))
    new = replace(new, path=new.path.replace("-DRAFT", ""), status="clinically-checked", draft=False, version="0.2.0")
    _, old = make_copy(project, Job("ur", "adult", "large-print", "a4"))
    old = replace(old, review_by="2026-01-31")
    (tongue,) = desk_of([new, old]).tongues
    (shelf,) = tongue.shelves
    assert (shelf.status, shelf.draft, shelf.versions) == ("machine draft", True, "0.1.0, 0.2.0")
    assert shelf.review_by.iso == "2026-01-31"


def test_what_the_project_no_longer_has_is_not_offered() -> None:
    _, entry = make_copy(load_desk_project(), Job("ur", "adult", "standard", "a4"))
    gone = [replace(entry, leaflet="measles"), replace(entry, locale="fr"), replace(entry, edition="poster")]
    assert desk_of(gone).tongues == ()


def test_the_single_pages_of_a_booklet_are_not_handed_out() -> None:
    job = Job("ur", "adult", "booklet", "a4")
    _, entry = make_copy(load_desk_project(), job)
    pages = replace(entry, path=job.path(True, pages=True))
    (tongue,) = desk_of([entry, pages]).tongues
    assert [copy.path for copy in tongue.shelves[0].offers[0].copies] == [entry.path]


@pytest.mark.slow
def test_every_link_and_picture_of_the_desk_is_there(desk: Path) -> None:
    reader = LinkReader()
    reader.feed((desk / "index.html").read_text(encoding="utf-8"))
    links = set(reader.links) - {"data:,"}
    assert {path.relative_to(desk).as_posix() for path in desk.rglob("*") if path.is_file()} == links | {"index.html"}


def test_the_desk_is_one_file_that_asks_nobody_for_anything(desk: Path) -> None:
    html = (desk / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"https?://|//[a-z]+\.|\son[a-z]+=|@import|localStorage|cookie|fetch\(", html) == []
    assert '<meta name="robots" content="noindex">' in html
    assert "Example Clinic" in html


def test_words_of_a_clinic_are_never_markup() -> None:
    project = load_desk_project()
    data, entry = make_copy(project, Job("ur", "adult", "standard", "a4"))
    clinic = Clinic('<script>alert("x")</script>', "112", "112")
    html = list_site_files(project, [replace(entry, title='"><b>x')], clinic, lambda path: data)["index.html"].decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert '"><b>x' not in html


def test_the_sheet_is_offered_first_then_the_leaflet_and_its_inserts_then_other_editions() -> None:
    project = load_desk_project()
    jobs = list_jobs(project, ("adult",), ("ur",), ("standard", "large-print", "booklet"), ("a4",))
    desk = make_desk(project, [make_copy(project, job, number)[1] for number, job in enumerate(reversed(jobs))], None)
    [shelf] = desk.tongues[0].shelves
    both = [
        f"{what}: {edition}"
        for edition in ("Standard", "Large print")
        for what in ("Sheet", "Leaflet", "Questions", "Diary", "Words")
    ]
    assert [offer.edition.title_of(offer.what) for offer in shelf.offers] == [*both, "Leaflet: Booklet"]


def test_the_desk_says_what_could_not_be_made() -> None:
    jobs = [Job("ur", "adult", edition, paper) for edition in ("large-print", "standard") for paper in PAPERS]
    project = load_desk_project()
    html = list_site_files(project, [], None, lambda path: b"", stopped=jobs)["index.html"].decode()
    assert re.findall("<li>(.*, Urdu: .*)</li>", html) == [
        f"{project.title('adult')}, Urdu: Leaflet: Standard, Leaflet: Large print"
    ]
    assert "Not made" not in list_site_files(project, [], None, lambda path: b"")["index.html"].decode()


def test_the_desk_wears_the_colour_of_its_clinic() -> None:
    colour = "#7a1f5c"
    for clinic, style in ((replace(CLINIC, colour=colour, tint="#f3ebf0"), f"--accent: {colour}; --tint: #f3ebf0"), (CLINIC, "")):
        html = list_site_files(load_desk_project(), [], clinic, lambda path: b"")["index.html"].decode()
        assert re.findall(r'<html[^>]* style="([^"]*)"', html) == ([style] if style else [])


def test_a_desk_without_drafts_may_be_found_and_warns_of_none() -> None:
    project = load_desk_project()
    data, entry = make_copy(project, Job("ur", "adult", "standard", "a4"))
    entry = replace(entry, path=entry.path.replace("-DRAFT", ""), draft=False, status=str(Status.CLINICALLY_CHECKED))
    html = list_site_files(project, [entry], None, lambda path: data)["index.html"].decode()
    assert "noindex" not in html
    assert "DRAFT" not in html
    assert "checked by a clinician" in html


def test_a_desk_of_nothing_says_so() -> None:
    files = list_site_files(load_desk_project(), [], None, lambda path: b"")
    assert list(files) == ["index.html"]
    assert "No leaflet has been made yet." in files["index.html"].decode()


def test_a_thumbnail_is_small_and_the_same_each_time() -> None:
    data = draw_thumbnail(make_paper(1, "a4"))
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.width) == ("PNG", WIDTH)
    assert image.height in (254, 255)
    assert len(data) < 12_000
    assert draw_thumbnail(make_paper(1, "a4")) == data


def test_only_a_file_that_changed_gets_a_new_thumbnail() -> None:
    project = load_desk_project()
    data, entry = make_copy(project, Job("ur", "adult", "standard", "a4"))
    name = name_thumbnail(entry)
    assert name in list_site_files(project, [entry], None, lambda path: data)
    assert list(list_site_files(project, [entry], None, lambda path: data, drawn={name})) == ["index.html"]
    changed = replace(entry, sha256="f" * 64)
    assert list(list_site_files(project, [changed], None, lambda path: data, drawn={name}))[1:] == [name_thumbnail(changed)]


@pytest.mark.parametrize("cut", [0, 60, -20])
def test_a_thumbnail_that_is_damaged_is_drawn_again(cut: int, tmp_path: Path) -> None:
    data = draw_thumbnail(make_paper(1, "a4"))
    (tmp_path / "1.png").write_bytes(data)
    assert is_thumbnail(tmp_path / "1.png")
    (tmp_path / "1.png").write_bytes(data[:cut])
    assert not is_thumbnail(tmp_path / "1.png")


def test_a_build_leaves_no_thumbnail_or_card_that_belongs_to_nothing(tmp_path: Path) -> None:
    project = load_desk_project()
    (tmp_path / "thumbnails").mkdir()
    (tmp_path / "thumbnails" / "0123456789abcdef.png").write_bytes(b"of an older file")
    (tmp_path / "card-a4.pdf").write_bytes(b"older")
    write_site(project, None, tmp_path, ())
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"index.html", "catalog.json", "fhir-r4.json", "fhir-r5.json"}


@pytest.mark.slow
def test_a_build_keeps_a_card_that_is_made_from_the_same(tmp_path: Path) -> None:
    project = load_desk_project()
    data, entry = make_copy(project, Job("es", "adult", "standard", "a4"))
    (tmp_path / "es").mkdir()
    (tmp_path / entry.path).write_bytes(data)
    write_site(project, None, tmp_path, (entry,))
    made = {path: path.stat().st_mtime_ns for path in tmp_path.glob("card-*.pdf")}
    assert {path.name for path in made} == {"card-a4.pdf", "card-letter.pdf"}
    write_site(project, None, tmp_path, (entry,))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("card-*.pdf")} == made
    write_site(project, replace(CLINIC, paper=""), tmp_path, (entry,))
    assert all(path.stat().st_mtime_ns > then for path, then in made.items())


def test_a_clinic_gets_the_card_on_its_own_paper_alone(tmp_path: Path) -> None:
    project = load_desk_project()
    data, entry = make_copy(project, Job("es", "adult", "standard", "a4"))
    (tmp_path / "es").mkdir()
    (tmp_path / entry.path).write_bytes(data)
    (tmp_path / "card-a4.pdf").write_bytes(b"of an earlier build")
    assert write_site(project, CLINIC, tmp_path, (entry,)) == []
    assert [path.name for path in tmp_path.glob("card-*.pdf")] == [f"card-{CLINIC.paper}.pdf"]
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "card-letter.pdf" in html
    assert "card-a4.pdf" not in html


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
def test_the_card_says_every_sentence_in_its_own_script_and_can_be_read_aloud(engine: Engine, paper: str) -> None:
    project = load_desk_project()
    data, problems = make_card(project, FEW, CLINIC, True, "2026-11-21", paper, engine)
    facts = read_pdf_facts(data, engine.fonts.find_dotted_circle)
    assert problems == ()
    assert (facts.pages, facts.notdef, facts.dotted_circles, facts.untagged) == (1, 0, 0, ())
    assert (facts.title, facts.language) == (INVITATION, "en")
    assert facts.variants == {"PDF/UA-1", "PDF/A-2"}
    assert facts.languages >= set(FEW)
    for tag in FEW:
        messages = project.languages[tag].messages
        sentence = split_runs(messages[SENTENCE].words, tag, {"language": native_name(tag)})
        assert {native_name(tag), join_runs(sentence), messages[INVITATION].words} <= set(facts.texts)
    assert "میری زبان اردو ہے۔" in facts.texts
    assert "Example Clinic" in facts.margins[0]
    assert "DRAFT" in facts.margins[0]


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
def test_a_card_of_more_than_forty_languages_has_two_sides(engine: Engine, paper: str) -> None:
    many = add_languages(load_whole_project(), FAKED)
    data, problems = make_card(many, tuple(many.languages), CLINIC, True, "2026-11-21", paper, engine)
    facts = read_pdf_facts(data, engine.fonts.find_dotted_circle)
    assert len(many.languages) == 46
    assert problems == ()
    assert (facts.pages, facts.notdef, facts.untagged) == (2, 0, ())
    assert {native_name(tag) for tag in many.languages} <= set(facts.texts)


def test_a_card_knows_what_it_was_made_from(engine: Engine) -> None:
    project = load_desk_project()
    inputs = hash_card(project, ("en", "ur"), None, True, "2026-11-21")
    data, _ = make_card(project, ("en", "ur"), None, True, "2026-11-21", "a4", engine)
    assert read_card_hash(data) == inputs
    assert hash_card(project, ("en",), None, True, "2026-11-21") != inputs
    assert hash_card(project, ("en", "ur"), CLINIC, True, "2026-11-21") != inputs
    assert read_card_hash(b"no PDF") == ""


def test_a_language_without_the_sentence_is_not_on_the_card() -> None:
    project = load_desk_project()
    spanish = project.languages["es"]
    without = {message: text for message, text in spanish.messages.items() if message != SENTENCE}
    lacking = replace(project, languages={**project.languages, "es": replace(spanish, messages=without)})
    assert list_card_tags(project, list_entries()) == FEW
    assert list_card_tags(lacking, list_entries()) == tuple(tag for tag in FEW if tag != "es")


def test_styles_of_the_desk_use_logical_properties_only() -> None:
    text = (ROOT / "templates" / "site" / "index.css").read_text(encoding="utf-8")
    assert (
        re.findall(r"(?:margin|padding|border)-(?:left|right)|float\s*:\s*(?:left|right)|text-align\s*:\s*(?:left|right)", text)
        == []
    )


def test_page_1_is_drawn_small_and_every_time_alike(engine: Engine) -> None:
    data, _ = write(engine, '<h1>Lumps</h1><p style="break-before: page">Page 2</p>')
    picture = draw_thumbnail(data)
    image = Image.open(io.BytesIO(picture))
    assert (image.format, image.width, round(image.height / image.width, 1)) == ("PNG", WIDTH, 1.4)
    assert 1 < len(image.convert("RGB").getcolors() or ()) <= COLOURS
    assert draw_thumbnail(data) == picture


def test_a_list_is_sorted_by_the_language_and_then_by_its_form() -> None:
    tags = ("zh-Hant", "ckb", "vi", "zh-Hans", "fa-AF", "pt-BR", "ku")
    assert sorted(tags, key=sorting_name) == ["zh-Hans", "zh-Hant", "fa-AF", "ku", "ckb", "pt-BR", "vi"]
