"""The promise of the project, held against every leaflet in every language and edition."""

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
import uharfbuzz

from leaflets.build.jobs import SCREEN, Job, hash_inputs, list_jobs, name_job
from leaflets.build.leaflet import find_budget, list_links, make_leaflet
from leaflets.build.maker import Result
from leaflets.build.manifest import BuiltFile, read_manifest
from leaflets.checks.run import find_problems
from leaflets.content.clinic import load_clinic
from leaflets.content.narrow import list_sheet_units, narrow_topic, pick_topic
from leaflets.content.project import Project, load_project
from leaflets.document.expected import tidy
from leaflets.edition import EditionLanguages
from leaflets.languages.fonts import read_fonts
from leaflets.model import SOURCE_LOCALE, Topic, list_units
from leaflets.pdf.engine import Engine
from leaflets.pdf.page_checks import NEAR_EMPTY_PAGE
from leaflets.pdf.reader import PdfFacts, read_pdf_facts
from leaflets.problems import WAITING, Problem, Severity
from leaflets.profile import Logo, holds
from tests.support.projects import ROOT, build_leaflets
from tests.support.verapdf import validate_pdfs

pytestmark = pytest.mark.slow

LOCALES = ("ar", "en", "es", "hi", "ka", "ur", "zh-Hans")
"""The languages that have leaflets; the others have sheets."""
WHOLE = {"sheet", "leaflet"}


@dataclass(frozen=True)
class Batch:
    """All that is printed where there are leaflets, in every edition on A4 and the standard one on Letter; else the sheets on A4.

    Made once, which takes minutes.
    """

    project: Project
    output: Path
    results: tuple[Result, ...]

    def tagged(self) -> list[tuple[Job, Path]]:
        """Every PDF but the imposed booklets, which have no tags; of those the single pages."""
        printed = (result for result in self.results if not self.project.editions[result.job.edition].screen)
        return [(result.job, self.output / result.entries[-1].path) for result in printed]


@cache
def read_facts(path: Path) -> PdfFacts:
    """Read what a file of the batch holds, once for all tests."""
    return read_pdf_facts(path.read_bytes(), read_fonts(ROOT / "templates").find_dotted_circle)


@pytest.fixture(scope="module")
def problems(project: Project) -> tuple[Problem, ...]:
    return find_problems(project, read_fonts(ROOT / "templates"))


@pytest.fixture(scope="module")
def batch(project: Project, problems: tuple[Problem, ...], tmp_path_factory: pytest.TempPathFactory) -> Batch:
    output = tmp_path_factory.mktemp("batch")
    jobs = list_jobs(project, (), LOCALES, (), ("a4",)) + list_jobs(project, (), LOCALES, ("standard",), ("letter",))
    jobs += list_jobs(project, (), [tag for tag in project.languages if tag not in LOCALES], ("standard",), ("a4",), ("sheet",))
    results = build_leaflets(project, problems, jobs, output, None, 2, lambda result: None)
    return Batch(project, output, results)


def show_topic(topic: Topic, leaflet: str) -> Topic:
    """Narrow a topic to what a leaflet prints without a clinic."""
    return pick_topic(narrow_topic(topic, leaflet), lambda each: holds(each.when, None))


def list_words(project: Project, job: Job) -> Iterator[tuple[str, str]]:
    """The units that are printed in one file and their words there, straight from the YAML."""
    leaflet, words = project.leaflets[job.leaflet], project.languages[job.locale].words
    edition = project.editions[job.edition]
    if job.print == "sheet" or edition.languages is EditionLanguages.SOURCE:
        units = [unit for unit in list_sheet_units(leaflet, show_topics(project, leaflet.name)) if "/" not in unit]
        if edition.languages is EditionLanguages.SOURCE:
            units = [unit for unit in units if ".groups." not in unit]  # its panels stand in one text each
    else:
        own = [name for name in leaflet.printed if edition.screen or name not in leaflet.inserts]
        units = [
            unit
            for name in (own if job.print == "leaflet" else (job.print,))
            for unit, _ in list_units(show_topic(project.topics[name], leaflet.name))
        ]
    for unit in units:
        if edition.languages is not EditionLanguages.SOURCE and job.locale != SOURCE_LOCALE:
            yield unit, words[unit].words
        if edition.languages is not EditionLanguages.OWN or job.locale == SOURCE_LOCALE:
            yield unit, project.units[unit].words


def show_topics(project: Project, leaflet: str) -> dict[str, Topic]:
    return {name: show_topic(topic, leaflet) for name, topic in project.topics.items()}


def test_the_content_has_no_problem(project: Project, problems: tuple[Problem, ...]) -> None:
    assert [str(each) for each in problems if each.severity is not Severity.NOTE] == []
    assert {each.id for each in problems} <= set(WAITING)  # words of leaflets that a language has not begun
    assert set(project.languages) > set(LOCALES)
    assert tuple(project.leaflets) == ("adult", "cutis", "pediatric")


def test_every_leaflet_is_made_in_every_language_and_edition(batch: Batch) -> None:
    assert [(str(result.job), [str(each) for each in result.problems]) for result in batch.results if not result.entry] == []
    assert tuple(batch.project.editions) == ("standard", "large-print", "bilingual", "booklet", "clinician", "web")
    known = batch.project.leaflets
    both = {name: ("sheet", "leaflet", *known[name].inserts) for name in known}
    editions = {"bilingual": ("sheet",), "booklet": ("leaflet",), "clinician": ("leaflet",), "web": ("leaflet",)}
    papers = {"web": (SCREEN,), "standard": ("a4", "letter")}
    wanted = {
        (name, tag, edition, paper, what)
        for name in known
        for tag in LOCALES
        for edition in batch.project.editions
        for paper in papers.get(edition, ("a4",))
        for what in editions.get(edition, both[name])
        if (edition, tag) != ("bilingual", "en")
    }
    wanted |= {(name, tag, "standard", "a4", "sheet") for name in known for tag in batch.project.languages}
    made = [(job.leaflet, job.locale, job.edition, job.paper, job.print) for job in (result.job for result in batch.results)]
    assert len(made) == len(wanted)
    assert set(made) == wanted


def test_every_leaflet_and_the_card_pass_pdf_ua_1_and_pdf_a_2a(batch: Batch) -> None:
    paths = [path for _, path in batch.tagged()] + sorted(batch.output.glob("card-*.pdf"))
    verdicts = validate_pdfs(paths)
    assert len(verdicts) == 2 * len(paths) == 2 * (len(batch.tagged()) + 2)
    assert [verdict for verdict in verdicts if not verdict.passed] == []


def test_no_leaflet_is_longer_than_its_page_budget_on_a4(batch: Batch) -> None:
    for result in batch.results:
        assert result.entry
        spoken = (
            SOURCE_LOCALE
            if batch.project.editions[result.job.edition].languages is EditionLanguages.SOURCE
            else result.job.locale
        )
        budget = find_budget(batch.project, result.job, read_fonts(ROOT / "templates"), spoken)
        assert result.job.paper != "a4" or result.entry.pages <= budget, result.job


def test_every_leaflet_is_made_with_a_clinic_s_own_name_numbers_and_colour(tmp_path: Path, batch: Batch) -> None:
    clinic = replace(
        load_clinic(ROOT / "content" / "clinics" / "example" / "clinic.yaml"),
        interpreter_phone="020 7946 0999",
        hours="8:00–17:00",
        web="",  # beside a code there is no room for it, and in Urdu for 15 letters of the hours
        leaflets_url="https://clinic.example/leaflets",
        logo=Logo((ROOT / "templates" / "figures" / "types" / "dystrophic.svg").read_bytes(), "image/svg+xml"),
        colour="#7a1f5c",
        tint="#f3e9f0",
    )
    jobs = list_jobs(batch.project, (), LOCALES, ("standard",), ("letter",), WHOLE)
    jobs += list_jobs(batch.project, ("cutis",), ("ur",), ("large-print", "bilingual", "booklet"), ("a4",), WHOLE)
    results = build_leaflets(batch.project, (), jobs, tmp_path, clinic, 2, lambda result: None)
    assert list_seen(results) == []
    for result in results:
        assert result.entry
        printed = "\n".join(read_pdf_facts((tmp_path / result.entries[-1].path).read_bytes()).texts)
        assert printed.count("020 7946 0000") >= 2, result.entry.path  # its box, and the panel of the same day
        assert "999" in printed


def test_no_page_has_anything_that_a_reader_would_see_to_be_wrong(batch: Batch) -> None:
    assert list_seen(batch.results) == []


def list_seen(results: Iterable[Result]) -> list[str]:
    """List what is wrong with the pages of results, but for those that are not full: a box that stands whole leaves room."""
    return [str(problem) for result in results for problem in result.problems if problem.id != NEAR_EMPTY_PAGE.id]


def test_every_figure_says_what_it_shows_in_the_language_of_the_leaflet(batch: Batch) -> None:
    for job, path in batch.tagged():
        if job.edition in ("standard", "large-print", "booklet") and job.print == "leaflet":
            alts = [tidy(words) for unit, words in list_words(batch.project, job) if unit.endswith(".alt")]
            topics = (
                narrow_topic(batch.project.topics[name], job.leaflet)
                for name in batch.project.leaflets[job.leaflet].printed
                if name not in batch.project.leaflets[job.leaflet].inserts
            )
            assert len(alts) == sum(bool(block.picture) for topic in topics for block in topic.blocks) > 0
            assert list(read_facts(path).alts) == alts, path


def test_the_structure_tree_gives_back_every_sentence_of_the_content(batch: Batch) -> None:
    for job, path in batch.tagged():
        printed = "\n".join(read_facts(path).texts)
        for unit, words in list_words(batch.project, job):
            if not unit.endswith(".alt") and not is_left_out(batch.project, job, unit):
                for piece in words.replace("**", "").replace("{", "}").split("}")[::2]:
                    assert tidy(piece) in printed, (path, unit)


def is_left_out(project: Project, job: Job, unit: str) -> bool:
    """Whether a unit is the head over the heads of a stacked table's rows, which stand on their own."""
    topic, _, rest = unit.partition(".")
    tables = (block for block in project.topics[topic].blocks if block.kind == "table")
    return project.editions[job.edition].stacked and rest in {f"{block.name}.columns.{block.columns[0].name}" for block in tables}


def test_no_glyph_is_missing_and_no_mark_stands_alone(batch: Batch) -> None:
    for _, path in batch.tagged():
        facts = read_facts(path)
        assert (facts.notdef, facts.dotted_circles, facts.untagged) == (0, 0, ()), path


def test_the_glyphs_drawn_are_those_that_harfbuzz_shapes_from_the_words(batch: Batch) -> None:
    """ActualText comes from the source, so it cannot prove the picture. Shaping the words again can."""
    fonts = {(font.family.replace(" ", "-"), font.weight): font.path for font in read_fonts(ROOT / "templates").fonts}
    for locale, family in (
        ("ar", "Vazirmatn"),
        ("hi", "Noto-Sans-Devanagari"),
        ("ur", "Noto-Nastaliq-Urdu"),
        ("zh-Hans", "Noto-Sans-SC"),
    ):
        path = batch.output / locale / "pediatric-leaflet-a4-DRAFT.pdf"
        drawn = count_glyphs(path, {family, f"{family}-Bold"})
        face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts[family, 400])))
        bold = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts[family, 700])))
        leaflet = batch.project.leaflets["pediatric"]
        shaped: Counter[int] = Counter()
        for name in leaflet.topics:
            topic = show_topic(batch.project.topics[name], leaflet.name)
            for unit, _ in list_units(topic):
                strong = unit.endswith((".title", ".heading"))
                if unit.endswith(".alt"):
                    continue
                for piece in batch.project.languages[locale].words[unit].words.split("**"):
                    shaped += shape_words(uharfbuzz.Font(bold if strong else face), face, piece, locale)
                    strong = not strong
        missing = shaped - drawn
        assert shaped.total() > len(batch.project.units)
        assert missing.total() <= 0.01 * shaped.total(), (locale, missing.total(), shaped.total())


def count_glyphs(path: Path, families: set[str]) -> Counter[int]:
    """Count the glyph ids that a PDF draws from some fonts."""
    found: Counter[int] = Counter()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            ours, drawn = False, b""
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    font = page.Resources.Font[str(operands[0])]
                    ours = str(font.BaseFont).partition("+")[2] in families
                    table = font.DescendantFonts[0].get("/CIDToGIDMap")
                    drawn = table.read_bytes() if isinstance(table, pikepdf.Stream) else b""
                elif str(operator) in ("Tj", "TJ") and ours:
                    for each in operands[0] if str(operator) == "TJ" else operands:
                        if isinstance(each, pikepdf.String):
                            raw = bytes(each)
                            codes = [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]
                            found.update(int.from_bytes(drawn[2 * at : 2 * at + 2], "big") if drawn else at for at in codes)
    return found


def shape_words(font: uharfbuzz.Font, face: uharfbuzz.Face, text: str, locale: str) -> Counter[int]:
    """Shape each word that a font has all letters of."""
    found: Counter[int] = Counter()
    known = set(face.unicodes)
    for word in re.findall(r"[^\x00-\x7f–]+", text):
        if any(ord(char) not in known for char in word):
            continue
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        buffer.language = locale
        uharfbuzz.shape(font, buffer)
        found.update(info.codepoint for info in buffer.glyph_infos)
    return found


def test_every_page_of_a_translation_says_draft_in_english_and_names_its_leaflet(batch: Batch) -> None:
    for job, path in batch.tagged():
        facts = read_facts(path)
        for number, margin in enumerate(facts.margins):
            assert f"{job.leaflet}-{job.locale}" in margin
            assert batch.project.leaflets[job.leaflet].version in margin
            assert number == 0 or "DRAFT" in margin
        assert any("DRAFT" in text for text in facts.texts[:8])


def test_the_draft_notice_is_printed_in_the_language_of_the_patient(batch: Batch) -> None:
    for locale in LOCALES:
        facts = read_facts(batch.output / locale / "adult-leaflet-a4-DRAFT.pdf")
        message = "DRAFT. Translated by machine. Not yet checked by a person. Do not give to patients."
        if locale != SOURCE_LOCALE:
            assert tidy(batch.project.languages[locale].messages[message].words) in facts.texts


def test_english_words_on_a_foreign_page_are_marked_as_english(batch: Batch) -> None:
    for locale in LOCALES:
        facts = read_facts(batch.output / locale / "adult-leaflet-a4-DRAFT.pdf")
        assert facts.language == locale
        assert "en" in facts.languages


def test_the_manifest_names_every_file_with_its_hash_and_no_clock(batch: Batch) -> None:
    tree = json.loads((batch.output / "manifest.json").read_text())
    paths = [each["path"] for each in tree["files"]]
    assert paths == sorted(paths)
    assert len(paths) == sum(len(result.entries) for result in batch.results)
    for each in tree["files"]:
        data = (batch.output / each["path"]).read_bytes()
        assert each["sha256"] == hashlib.sha256(data).hexdigest()
        assert each["bytes"] == len(data)
        assert each["status"] == "machine-draft"
        assert each["draft"] is True
    assert set(tree) == {"files", "tools"}


def make_page(project: Project, engine: Engine, like: BuiltFile) -> tuple[bytes, BuiltFile]:
    """Make a web page with the links of one that lies in another folder, beside other files."""
    job = name_job(like)
    paths = {link: link.path(draft=True) for link in list_links(project, job, None)}
    [made], _ = make_leaflet(project, job, engine, None, {link: path for link, path in paths.items() if path in like.links})
    return made.data, replace(made.entry, inputs=hash_inputs(project, job, None))


def test_two_builds_in_two_folders_give_the_same_bytes(batch: Batch, tmp_path: Path, engine: Engine) -> None:
    for folder in ("content", "templates", "translations"):
        shutil.copytree(ROOT / folder, tmp_path / "elsewhere" / folder)
    project = load_project(tmp_path / "elsewhere")
    tags = ("ar", "zh-Hans")
    problems = find_problems(project, read_fonts(tmp_path / "elsewhere" / "templates"), tags)
    output = tmp_path / "made"
    jobs = list_jobs(project, ("pediatric",), tags, (), ("a4",))
    results = build_leaflets(project, problems, tuple(reversed(jobs)), output, None, 2, lambda result: None)
    made = [entry for result in results for entry in result.entries]
    assert len(made) == len(jobs) + 2  # a booklet has two files
    first = read_manifest(batch.output)
    for entry in made:
        data = (output / entry.path).read_bytes()
        if entry.paper == SCREEN:
            data, entry = make_page(project, engine, first[entry.path])
        assert entry == first[entry.path]
        assert data == (batch.output / entry.path).read_bytes(), entry.path
