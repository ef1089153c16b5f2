"""Editions: their files, the numbers that two languages share, and the sheets of a booklet."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import ImageChops

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_document, make_leaflet
from leaflets.content.editions import parse_edition
from leaflets.content.project import Project, load_project
from leaflets.document.blocks import read_html_blocks
from leaflets.document.expected import list_expected
from leaflets.document.html import render_html
from leaflets.document.numbering import find_numbers, list_passages, pair_passages
from leaflets.languages.runs import join_runs
from leaflets.model import PAPERS, Clinic, Edition, EditionLanguages
from leaflets.pdf.engine import Engine
from leaflets.pdf.imposition import impose_booklet, order_pages, verify_booklet
from leaflets.pdf.reader import read_pdf_facts
from leaflets.pdf.verify import verify_pdf
from leaflets.problems import LeafletsError
from tests.support.projects import ROOT, SMALL_PROJECT, write_project

FILE = b'order = 1\ntitle = "Test"\npurpose = "for a test"\ntemplate = "leaflet.html"\nstyles = ["leaflet.css"]\n'
CLINIC = Clinic("A Test's Clinic", "020 7946 0000", "112", leaflets_url="https://clinic.example/leaflets")
QUESTIONS = {
    "content/leaflets/adult.yaml": SMALL_PROJECT["content/leaflets/adult.yaml"] + "teach_back: asking\n",
    "content/topics/en/asking.yaml": (
        "title: Was I clear?\nblocks:\n  ask:\n    references: [Book]\n    steps:\n"
        "      lumps:\n        see: [signs.lumps]\n        text: What may you feel?\n"
    ),
    "content/topics/es/asking.yaml": "title: ¿Fui claro?\nblocks:\n  ask:\n    lumps: ¿Qué puede sentir?\n",
}


@pytest.fixture(scope="module")
def project() -> Project:
    return load_project(ROOT)


def read(data: bytes) -> Edition:
    return parse_edition(data, "test", "test.toml")


def test_an_edition_is_read_from_its_file() -> None:
    assert read(FILE + b'languages = "both"\nbody = 18\n') == Edition(
        "test", "Test", "for a test", "leaflet.html", ("leaflet.css",), 1, languages=EditionLanguages.BOTH, body=18.0
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (FILE + b"bodi = 18\n", 'unknown key "bodi"'),
        (FILE + b'body = "large"\n', '"body"'),
        (FILE + b'languages = "mine"\n', '"languages"'),
        (b'title = "Test"\n', '"order"'),
        (b"title = \n", "this is not TOML"),
        (b"\xff\xfe", "this is not TOML"),
    ],
)
def test_an_edition_that_is_not_understood_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(LeafletsError) as caught:
        read(data)
    assert {problem.id for problem in caught.value.problems} == {"bad-edition"}
    assert said in str(caught.value.problems[0])


def test_a_broken_edition_is_a_problem_of_the_project(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "templates" / "editions" / "pocket.toml").write_text("size = 3\n")
    assert {problem.id for problem in load_project(tmp_path).problems} == {"bad-edition"}


@pytest.mark.parametrize("locale", ["ar", "es", "hi", "ka", "ur", "zh-Hans"])
@pytest.mark.parametrize("name", ["adult", "cutis", "pediatric"])
def test_the_same_number_stands_on_the_same_words_in_both_languages(project: Project, name: str, locale: str) -> None:
    pairs = pair_passages(*(make_document(project, name, each, EditionLanguages.BOTH, None) for each in (locale, "en")))
    numbers = [paragraph.number for own, _ in pairs for paragraph in own.paragraphs if paragraph.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 100
    units = {"en": project.units, locale: project.languages[locale].words}
    found = {words.words: unit for unit, words in units[locale].items()}
    for own, other in pairs:
        for one, two in zip(own.paragraphs, other.paragraphs, strict=True):
            if unit := found.get(join_runs(one.words)):
                assert join_runs(two.words) == units["en"][unit].words


def test_two_languages_that_are_not_built_alike_are_refused(project: Project) -> None:
    own, other = (make_document(project, "adult", locale, EditionLanguages.BOTH, None) for locale in ("es", "en"))
    with pytest.raises(ValueError, match="longer than"):
        pair_passages(replace(own, sections=own.sections[1:]), other)
    first = own.sections[0]
    part = replace(first.parts[0], entries=first.parts[0].entries[1:])
    shorter = replace(own, sections=(replace(first, parts=(part, *first.parts[1:])), *own.sections[1:]))
    with pytest.raises(ValueError, match="not built alike"):
        pair_passages(shorter, other)


def test_an_answer_is_found_by_its_numbers(project: Project) -> None:
    english = make_document(project, "adult", "en", EditionLanguages.SOURCE, None)
    passages = list_passages(english)
    first, last = find_numbers(passages, "get-help.same-day")
    words = {each.number: join_runs(each.words) for passage in passages for each in passage.paragraphs}
    assert words[first].startswith("A fever of 100.4")
    assert words[last].startswith("You are pregnant")


def test_every_question_of_the_clinician_s_sheet_has_numbers_to_look_at(project: Project) -> None:
    for name in project.leaflets:
        document, english = (make_document(project, name, locale, EditionLanguages.SOURCE, None) for locale in ("ur", "en"))
        html = render_html(document, project.editions["clinician"], ROOT / "templates", english)
        answers = [block for block in read_html_blocks(html) if block.startswith("Answer: ")]
        assert english.teach_back
        assert len(answers) == sum(bool(entry.see) for part in english.teach_back.parts for entry in part.entries) == 7


def test_a_question_that_points_at_nothing_is_found(tmp_path: Path) -> None:
    from tests.support.projects import find_ids

    assert find_ids(write_project(tmp_path / "good", QUESTIONS)) == set()
    broken = QUESTIONS["content/topics/en/asking.yaml"].replace("signs.lumps", "signs.bumps")
    assert find_ids(write_project(tmp_path / "bad", QUESTIONS | {"content/topics/en/asking.yaml": broken})) == {"unknown-answer"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["large-print", "bilingual", "booklet", "economy", "clinician"])
def test_a_word_that_an_edition_forgot_is_noticed(tmp_path: Path, engine: Engine, name: str) -> None:
    project = write_project(tmp_path, QUESTIONS)
    edition = project.editions[name]
    made, problems = make_leaflet(project, Job("es", "adult", name, "a4"), engine, None)
    assert problems == ()
    document = make_document(project, "adult", "es", edition.languages, None)
    english = (
        make_document(project, "adult", "en", edition.languages, None) if edition.languages is not EditionLanguages.OWN else None
    )
    page = english if english and edition.languages is EditionLanguages.SOURCE else document
    html = render_html(document, edition, ROOT / "templates", english)
    expected = list_expected(edition, document, english)
    facts = read_pdf_facts(made[-1].data)

    def find(**changes: object) -> set[str]:
        wanted = replace(expected, **changes)  # type: ignore[arg-type]
        return {each.id for each in verify_pdf(facts, html, document, page, wanted, engine.fonts, 0, "a-test")}

    assert find() == set()
    assert find(words=(*expected.words, "forgotten")) == {"text-differs"}
    assert find(headings=expected.headings + 1) == {"structure-lost"}
    assert find(items=expected.items - 1) == {"structure-lost"}
    assert find(alts=("forgotten",)) == {"alt-lost"}


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
    assert (folded.entry.path, single.entry.path) == ("en/adult-booklet-a4-DRAFT.pdf", "en/adult-booklet-pages-a4-DRAFT.pdf")
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
    assert len(bound_on_the_wrong_side) > 10


def test_the_same_booklet_has_the_same_bytes(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path)
    [_, single], _ = make_leaflet(project, Job("en", "adult", "booklet", "letter"), engine, None)
    once, again = (impose_booklet(single.data, "rtl", 215.9, 279.4) for _ in range(2))
    assert once == again
    with pikepdf.open(io.BytesIO(once)) as pdf:
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"
        assert "/StructTreeRoot" not in pdf.Root


def test_the_code_on_paper_leads_to_the_page_about_this_version(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path)
    [made], problems = make_leaflet(project, Job("es", "adult", "standard", "a4"), engine, CLINIC)
    assert problems == ()
    picture = pypdfium2.PdfDocument(made.data)[0].render(scale=3).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["https://clinic.example/leaflets/v/adult-es-0.1.0.html"]
    facts = read_pdf_facts(made.data)
    assert "clinic.example/leaflets/v/adult-es-0.1.0.html" in facts.texts


def test_without_an_address_there_is_no_code(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path)
    [made], _ = make_leaflet(project, Job("es", "adult", "standard", "a4"), engine, replace(CLINIC, leaflets_url=""))
    assert zxingcpp.read_barcodes(pypdfium2.PdfDocument(made.data)[0].render(scale=3).to_pil()) == []
    assert not any("/v/" in text for text in read_pdf_facts(made.data).texts)
