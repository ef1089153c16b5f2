"""The card on which a patient points to a language.

Takes a `Project` and the tags of its languages; gives one PDF a paper: each language by its own name, in its own script, with the
sentence that says it. It is made from messages of the catalogues, so that a new language brings its row along.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pikepdf

from leaflets.build.jobs import hash_tool
from leaflets.build.manifest import BuiltFile, read_versions
from leaflets.content.project import Language, Project
from leaflets.document.expected import MISSING_GLYPH
from leaflets.document.html import PAGE_MESSAGE, open_templates, render_counter
from leaflets.document.parts import Runs
from leaflets.edition import Edition
from leaflets.languages.locales import direction, english_name, native_name, sorting_name
from leaflets.languages.runs import join_runs, split_runs
from leaflets.model import SOURCE_LOCALE
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import read_pdf_facts
from leaflets.pdf.verify import verify_text
from leaflets.problems import Place, Problem
from leaflets.profile import Clinic

CARD = Edition(
    name="card",
    title="Point to your language",
    purpose="lies at the desk",
    template="site/card.html",
    styles=("card.css",),
    order=0,
    least=10,
    foot=16,
)
SENTENCE = "I speak {language}."
INVITATION = "Point to your language"
MOST = 18
"""So many languages have a row each on two sides; more stand in pairs, and do not say what to do in each language."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """One language on the card. `say` says a message in it."""

    tag: str
    direction: str
    native: str
    english: str
    say: Callable[..., Runs]


def list_card_tags(project: Project, entries: Iterable[BuiltFile]) -> tuple[str, ...]:
    """List the languages that have a leaflet and the words of the card, in the order of their English names."""
    tags = {entry.locale for entry in entries if entry.locale in project.languages}
    able = (tag for tag in tags if {SENTENCE, INVITATION} <= project.languages[tag].messages.keys())
    return tuple(sorted(able, key=lambda tag: (sorting_name(tag), tag)))


def make_row(language: Language) -> CardRow:
    def say(message: str, **values: str) -> Runs:
        return split_runs(language.messages[message].words, language.tag, values)

    return CardRow(language.tag, direction(language.tag), native_name(language.tag), english_name(language.tag), say)


def hash_card(project: Project, tags: tuple[str, ...], clinic: Clinic | None, draft: bool, day: str) -> str:
    """Hash all that decides the bytes of the card on either paper."""
    tree = {
        "words": [[tag, *(project.languages[tag].messages[each].words for each in (SENTENCE, INVITATION))] for tag in tags],
        "page": project.languages[SOURCE_LOCALE].messages[PAGE_MESSAGE].words,
        "files": {name: each for name, each in project.hashes.items() if name.startswith("templates/")},
        "clinic": clinic.name if clinic else "",
        "draft": draft,
        "day": day,
        "tools": read_versions(),
        "code": hash_tool(),
    }
    return hashlib.sha256(json.dumps(tree, sort_keys=True).encode()).hexdigest()


def read_card_hash(data: bytes) -> str:
    """Read from a card what it was made from; empty for bytes that are no card."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return str(pdf.docinfo.get("/Keywords", "")).removeprefix("card, ")
    except pikepdf.PdfError:
        return ""


def make_card(
    project: Project, tags: tuple[str, ...], clinic: Clinic | None, draft: bool, day: str, paper: str, engine: Engine
) -> tuple[bytes, tuple[Problem, ...]]:
    """Make the card on one paper.

    `draft` says that some words have not been checked by a person, `day` is the last day of issue of the leaflets (ISO 8601).
    """
    rows = [make_row(project.languages[tag]) for tag in tags]
    inputs = hash_card(project, tags, clinic, draft, day)
    template = open_templates(project.root / "templates").get_template(CARD.template)
    html = template.render(rows=rows, most=MOST, clinic=clinic, draft=draft, inputs=inputs, day=day)
    counter = render_counter(project.languages[SOURCE_LOCALE].messages[PAGE_MESSAGE].words)
    name = f"card-{paper}.pdf"
    data, complaints = engine.write_pdf(html, tuple(dict.fromkeys((SOURCE_LOCALE, *tags))), CARD, paper, counter, name)
    facts = read_pdf_facts(data, engine.fonts.find_dotted_circle)
    sentences = [join_runs(row.say(SENTENCE, language=row.native)) for row in rows]
    problems = [*complaints, *verify_text(facts, html, sentences, Place(name))]
    if facts.notdef:
        said = f"{facts.notdef} glyphs are drawn as empty boxes"
        problems.append(MISSING_GLYPH.at(Place(name), said, "Pin a font that has them."))
    return data, tuple(problems)
