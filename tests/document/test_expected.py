"""What a page must hold is known before it is made."""

from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_document, make_leaflet
from leaflets.document.expected import list_expected, read_html_blocks, tidy
from leaflets.document.html import render_html
from leaflets.edition import EditionLanguages
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import read_pdf_facts
from leaflets.pdf.verify import verify_pdf
from tests.support.projects import QUESTIONS, ROOT, write_project


@pytest.mark.slow
@pytest.mark.parametrize("name", ["large-print", "booklet", "clinician"])
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


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>before</p><main><h2>Signs</h2><ul><li>One</li><li>Two</li></ul></main>", ("Signs", "One", "Two")),
        ("<main><p>Take <strong>5&nbsp;mg</strong>\n  twice.</p></main>", ("Take 5 mg twice.",)),
        ("<main><table><tr><th>Who</th><td>Nurse</td></tr></table><p> </p></main>", ("Who", "Nurse")),
        ("<main>loose<p>set</p></main>", ("loose", "set")),
    ],
)
def test_each_block_of_main_is_one_text(html: str, blocks: tuple[str, ...]) -> None:
    assert read_html_blocks(html) == blocks


def test_what_only_steers_where_lines_end_is_no_part_of_the_words() -> None:
    assert tidy("aproxi\u00admada\u200bmente\n 8\u20609") == "aproximadamente 89"
    assert tidy("cafe\u0301") == "caf\u00e9"
