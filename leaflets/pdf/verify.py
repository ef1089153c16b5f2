"""A finished PDF held against what it was made from.

Takes `PdfFacts`, the HTML, the `Document` and what is `Expected` of its edition; gives the problems. Nothing is written to
output/ before this passed.
"""

from collections.abc import Iterable, Iterator

from leaflets.document.compose import Document
from leaflets.document.expected import (
    MISSING_GLYPH,
    TEXT_DIFFERS,
    WRONG_METADATA,
    Expected,
    read_html_blocks,
    tidy,
    verify_structure,
)
from leaflets.languages.fonts import Fonts
from leaflets.languages.runs import join_runs
from leaflets.pdf.reader import PdfFacts
from leaflets.problems import Place, Problem, Rule, Severity

ERROR = Severity.ERROR
DOTTED_CIRCLE = Rule(
    "dotted-circle",
    ERROR,
    "No mark stands on a dotted circle.",
    "The shaper draws one where a vowel sign has no letter to stand on: the word is misspelt.",
)
FOREIGN_FONT = Rule(
    "foreign-font",
    ERROR,
    "Only the fonts of the language are embedded.",
    "Another font means a silent fallback: a Japanese form of a Chinese character, or a letter from nowhere.",
)
UNTAGGED_TEXT = Rule(
    "untagged-text", ERROR, "All text is tagged or an artifact.", "Untagged text is not read aloud.", "ISO 14289-1, 7.1"
)
MISSING_MARGIN = Rule(
    "missing-margin",
    ERROR,
    "Every page carries the leaflet's id and version, and every page of a draft says so.",
    "Pages get separated; a page without its notice is handed out as if it had been checked.",
)
PAGE_BUDGET = Rule(
    "page-budget",
    ERROR,
    "A leaflet keeps to its page budget on A4.",
    "A longer leaflet is not read to its end.",
    "EMA readability guideline (2009): templates that grow drive type down and readers away",
)


def verify_pdf(
    facts: PdfFacts, html: str, document: Document, page: Document, expected: Expected, fonts: Fonts, budget: float, file: str
) -> Iterator[Problem]:
    """Hold the facts of a PDF against what it was made from.

    `page` is the document whose language the page speaks: the leaflet's own, or the English of a clinician's sheet. `budget` is
    in pages; 0 means none on this paper.
    """
    place = Place(file)
    yield from verify_text(facts, html, expected.words, place)
    yield from verify_structure(expected, facts.headings, facts.items, facts.alts, place)
    if facts.notdef:
        yield MISSING_GLYPH.at(place, f"{facts.notdef} glyphs are drawn as empty boxes", "Pin a font that has them.")
    if facts.dotted_circles:
        yield DOTTED_CIRCLE.at(place, f"{facts.dotted_circles} dotted circles are drawn", "Correct the order of the marks.")
    typographies = filter(None, map(fonts.typography, (document.locale, page.locale)))
    families = {"Noto Sans", *(family for typography in typographies for family in typography.families)}
    own = {font.pdf_name for font in fonts.fonts if font.family in families}
    for name in sorted(facts.fonts - own):
        yield FOREIGN_FONT.at(place, f"the font {name} was used", f"Only {', '.join(sorted(own))} belong to {document.locale}.")
    yield from verify_metadata(facts, page, place)
    yield from verify_margins(facts, document, expected.notice, place)
    if budget and facts.pages > budget:
        said = f"{facts.pages} pages, more than the {budget:g} of its budget"
        yield PAGE_BUDGET.at(place, said, "Shorten it, or raise `pages:`.")


def verify_text(facts: PdfFacts, html: str, wanted: Iterable[str], place: Place) -> Iterator[Problem]:
    expected = read_html_blocks(html)
    for number, (meant, found) in enumerate(zip(expected, facts.texts, strict=False)):
        if meant != found:
            yield TEXT_DIFFERS.at(place, f'block {number + 1} reads "{found}", not "{meant}"', "This is a fault of the tool.")
            return
    if len(expected) != len(facts.texts):
        yield TEXT_DIFFERS.at(place, f"{len(facts.texts)} blocks of text, not {len(expected)}", "This is a fault of the tool.")
    printed = set(facts.texts)
    for words in wanted:
        if tidy(words) not in printed:
            yield TEXT_DIFFERS.at(place, f'"{words}" is not on the page', "Mend the template.")
    for text in facts.untagged:
        yield UNTAGGED_TEXT.at(place, f'"{text}" is outside the structure tree', "Mend the template.")


def verify_metadata(facts: PdfFacts, document: Document, place: Place) -> Iterator[Problem]:
    if facts.language != document.locale:
        yield WRONG_METADATA.at(place, f'the language is "{facts.language}", not "{document.locale}"')
    if join_runs(document.title) not in facts.title:
        yield WRONG_METADATA.at(place, f'the title is "{facts.title}"')
    for variant in sorted({"PDF/UA-1", "PDF/A-2"} - facts.variants):
        yield WRONG_METADATA.at(place, f"the file does not claim {variant}")
    for active in sorted(facts.active):
        yield WRONG_METADATA.at(place, f"the file holds {active}")
    if document.english_title and "en" not in facts.languages:
        yield WRONG_METADATA.at(place, "the English words are not marked as English")


def verify_margins(facts: PdfFacts, document: Document, english_notice: str, place: Place) -> Iterator[Problem]:
    """Check the page margins by their Latin words; the glyphs of other scripts read back wrongly there."""
    for notice in document.notices:
        if tidy(notice.words) not in facts.texts:
            yield MISSING_MARGIN.at(place, f'page 1 does not carry "{notice.words}"', "Mend the template.")
    for number, margin in enumerate(facts.margins, start=1):
        squeezed = margin.replace(" ", "")
        wanted = [f"{document.name}-{document.locale}", document.version]
        if number > 1:
            wanted.append(english_notice)
        for words in wanted:
            if words.replace(" ", "") not in squeezed:
                yield MISSING_MARGIN.at(place, f'page {number} does not carry "{words}"', "Mend the template.")
