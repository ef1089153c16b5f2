"""WeasyPrint is shut in, and every complaint of its counts."""

import socket
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from weasyprint import CSS, HTML
from weasyprint.layout import page as page_layout
from weasyprint.urls import FatalURLFetchingError

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_leaflet
from leaflets.content.project import Project
from leaflets.document.expected import read_html_blocks
from leaflets.languages.fonts import Fonts
from leaflets.pdf import engine as pdf_engine
from leaflets.pdf.engine import Engine, make_fetcher
from leaflets.pdf.reader import read_pdf_facts
from leaflets.problems import SetupError
from tests.support.engine import HEAD, write
from tests.support.projects import ROOT, STANDARD


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<img alt="x" src="../x.png">',
        '<img alt="x" src="data:image/png;base64,AAAA">',
        '<img alt="x" src="leaflet:no-such-name">',
        '<p style="background:url(file:///etc/passwd)">x</p>',
        '<style>@import "https://example.org/x.css";</style><p>x</p>',
        '<link rel="stylesheet" href="ftp://example.org/x.css"><p>x</p>',
        '<style>@font-face{font-family:x;src:url(file:///etc/passwd)}</style><p style="font-family:x">x</p>',
    ],
)
def test_a_page_that_asks_for_anything_outside_stops(engine: Engine, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    with pytest.raises(FatalURLFetchingError, match="not part of the leaflet"):
        write(engine, body)


def test_nothing_can_be_attached(engine: Engine) -> None:
    with pytest.raises(FatalURLFetchingError, match="/etc/hostname"):
        write(engine, "<p>x</p>", head=HEAD + '<link rel="attachment" href="/etc/hostname">')


def test_a_name_that_the_leaflet_holds_is_fetched_from_memory() -> None:
    fetcher = make_fetcher({"a.svg": (b"<svg/>", "image/svg+xml")})
    response = fetcher.fetch("leaflet:a.svg")
    assert response.read() == b"<svg/>"
    assert response.content_type == "image/svg+xml"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<p style="colour: red">x</p>', "colour"),
        ('<svg viewBox="0 0 9 9" width="9" height="9"><title>x</title><image href="file:///etc/passwd"/></svg>', "SVG"),
        ("<p>A snowman ☃ has no font</p>", "glyph"),
    ],
)
def test_every_complaint_of_the_engine_is_an_error(engine: Engine, body: str, said: str) -> None:
    _, problems = write(engine, body)
    assert len(problems) == 1
    assert said in problems[0]
    assert problems[0].endswith("[engine-complaint]")


def test_a_language_without_fonts_is_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="no fonts are set for one of en, sat-Olck"):
        engine.write_pdf("<p>One</p>", ("en", "sat-Olck"), STANDARD, "a4", '""', "a-test")


def test_a_missing_glyph_is_seen_in_the_finished_file(engine: Engine) -> None:
    data, _ = write(engine, "<p>A snowman ☃ has no font</p>")
    assert read_pdf_facts(data).notdef == 1


def test_a_vowel_sign_without_a_letter_is_seen_as_a_dotted_circle(engine: Engine) -> None:
    data, _ = write(engine, "<p>ि क</p>", "hi")
    assert read_pdf_facts(data, engine.fonts.find_dotted_circle).dotted_circles == 1


SENTENCES = {
    "en": "Office affairs: “fluffy” 4–12 months, 100.4 °F (38 °C).",
    "ar": "الطاقة اللازمة لا تكفي. لا توقفوا الأدوية فجأة أبدا.",
    "ur": "گٹھلیوں کو نہ دبائیں، نہ کریدیں، نہ کاٹیں۔ سٹیرائیڈز کبھی اچانک بند نہ کریں۔",
    "hi": "स्टेरॉयड कभी भी अचानक बंद न करें। क्षत्रिय ज्ञान श्री र्क्षि",
    "zh-Hans": "绝不要突然停用糖皮质激素，除非团队这样说。",
    "vi": "Không được tự ý ngừng thuốc đột ngột.",
    "bn": "ডাক্তারের পরামর্শ ছাড়া স্টেরয়েড বন্ধ করবেন না।",
    "ta": "மருத்துவரின் ஆலோசனை இன்றி நிறுத்த வேண்டாம்.",
    "he": "אין להפסיק סטרואידים בפתאומיות.",
    "ka": "არასოდეს შეწყვიტოთ სტეროიდები უეცრად.",
    "th": "ห้ามหยุดสเตียรอยด์ทันที",
    "am": "ስቴሮይድ በድንገት አያቁሙ።",
}


@pytest.mark.slow
@pytest.mark.parametrize("locale", SENTENCES)
def test_the_structure_tree_reads_back_exactly_in_every_script(engine: Engine, locale: str) -> None:
    """Narrow columns, bold words in the middle and paragraphs over the page: where text is lost first."""
    words = SENTENCES[locale].split()
    bold = " ".join(f"<strong>{word}</strong>" if number % 3 == 1 else word for number, word in enumerate(words))
    narrow = "".join(f'<p style="width: {width}mm">{bold}</p>' for width in (35, 50, 61, 72, 90))
    body = f'<h1>{SENTENCES[locale]}</h1><section class="topic">{narrow * 14}<ul><li>{bold}</li></ul></section>'
    data, problems = write(engine, body, locale)
    facts = read_pdf_facts(data)
    assert problems == []
    assert facts.texts == read_html_blocks(f"<main>{body}</main>")
    assert facts.pages > 1


def test_a_list_item_that_runs_over_the_page_stays_one_element(engine: Engine) -> None:
    words = " ".join(f"word-{number}" for number in range(1200))
    data, _ = write(engine, f"<ul><li>{words}</li></ul>")
    facts = read_pdf_facts(data)
    assert facts.pages > 1
    assert facts.texts == (words,)


@pytest.mark.slow
def test_table_heads_that_are_repeated_on_the_next_page_count_once(engine: Engine) -> None:
    rows = "".join(f"<tr><th scope=row>row {number}</th><td>cell {number}</td></tr>" for number in range(80))
    body = f"<table><thead><tr><th scope=col>Name</th><th scope=col>Words</th></tr></thead><tbody>{rows}</tbody></table>"
    data, _ = write(engine, body)
    facts = read_pdf_facts(data)
    assert facts.pages > 1
    assert facts.texts == read_html_blocks(f"<main>{body}</main>")


def test_a_missing_system_library_is_named_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(fonts: Fonts, scratch: Path) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf_engine, "import_engine", refuse)
    with pytest.raises(SetupError, match="apt install libpango"):
        Engine(ROOT / "templates", {}, tmp_path)


@pytest.mark.parametrize("items", [1, 46, 75])
def test_a_file_is_laid_out_once(engine: Engine, monkeypatch: pytest.MonkeyPatch, items: int) -> None:
    """However full its pages are, and with boxes that do not fit."""
    render, rendered = HTML.render, []

    def count(page: HTML, **options: Any) -> Any:
        rendered.append(page)
        return render(page, **options)

    monkeypatch.setattr(HTML, "render", count)
    box = '<section class="alert emergency"><h2>Call now</h2><ul>' + "<li>A fever</li>" * 30 + "</ul></section>"
    write(engine, "<ul>" + "<li>A lump.</li>" * items + "</ul>" + box)
    assert len(rendered) == 1


def test_a_style_is_parsed_once_for_all_files(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    write(engine, "<p>The first.</p>")
    parsed = []

    class Counted(CSS):  # type: ignore[misc]
        def __init__(self, *given: Any, **named: Any) -> None:
            parsed.append(named)
            super().__init__(*given, **named)

    monkeypatch.setattr(weasyprint, "CSS", Counted)
    write(engine, "<p>The second.</p>")
    assert parsed == []


@pytest.mark.slow
@pytest.mark.parametrize("what", ["sheet", "leaflet", "diary"])
def test_each_page_of_a_file_is_laid_out_once(
    project: Project, engine: Engine, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint lays a page out again where something on it waits for what comes later; nothing here may."""
    made = []
    make_page = page_layout.make_page

    def count_page(*arguments: Any, **named: Any) -> Any:
        made.append(1)
        return make_page(*arguments, **named)

    monkeypatch.setattr(page_layout, "make_page", count_page)
    [file], _ = make_leaflet(project, Job("en", "adult", "standard", "a4", what), engine, None)
    assert len(made) == file.entry.pages
