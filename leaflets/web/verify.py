"""A web page held against what it was made from.

Takes HTML, the `Document` and what is `Expected` of its edition; gives the problems.
"""

from collections.abc import Iterator

from leaflets.document.blocks import read_html_blocks, tidy
from leaflets.document.compose import Document
from leaflets.document.expected import ALT_LOST, MISSING_GLYPH, STRUCTURE_LOST, TEXT_DIFFERS, WRONG_METADATA, Expected
from leaflets.languages.fonts import Fonts
from leaflets.languages.runs import join_runs
from leaflets.problems import Place, Problem, Rule, Severity
from leaflets.web.reader import WebFacts, read_web_facts
from leaflets.web.subset import find_missing

REACHES_OUT = Rule(
    "reaches-out",
    Severity.ERROR,
    "A web page runs no script and loads nothing from outside itself.",
    "It must open on a phone without a network, from a stick or a mail, and nobody may learn who reads it.",
    "https://www.w3.org/TR/CSP3/",
)


MISSING_NOTICE = Rule(
    "missing-notice",
    Severity.ERROR,
    "The web page of a draft says so at its top, in the language of the patient and in English.",
    "A page that is passed from phone to phone is taken for one that was checked.",
)


def verify_web(html: str, document: Document, expected: Expected, fonts: Fonts, file: str) -> Iterator[Problem]:
    """Hold a web page against what it was made from."""
    place = Place(file)
    facts = read_web_facts(html)
    shown = set(read_html_blocks(html))
    for words in expected.words:
        if words and tidy(words) not in shown:
            yield TEXT_DIFFERS.at(place, f'"{words}" is not on the page', "Mend the template.")
    yield from verify_web_structure(facts, expected, place)
    for missing in sorted(find_missing(facts.characters, fonts)):
        yield MISSING_GLYPH.at(place, f"no font of the page has U+{missing:04X}", "Pin a font that has it.")
    if (facts.locale, facts.direction) != (document.locale, document.direction):
        yield WRONG_METADATA.at(place, f'the language is "{facts.locale}" ({facts.direction}), not "{document.locale}"')
    if tidy(join_runs(document.title)) not in facts.title:
        yield WRONG_METADATA.at(place, f'the title is "{facts.title}"')
    for notice in document.notices:
        if (notice.locale, notice.direction, tidy(notice.words)) not in facts.paragraphs:
            yield MISSING_NOTICE.at(place, f'"{notice.words}" is not on the page as {notice.locale}', "Mend the template.")
    for found in facts.outward:
        yield REACHES_OUT.at(place, f"the page has {found}", "Take it out of the template.")


def verify_web_structure(facts: WebFacts, expected: Expected, place: Place) -> Iterator[Problem]:
    """Count headings and list items, follow the levels of headings, and read what the pictures say."""
    counted = (("headings", expected.headings, len(facts.headings)), ("list items", expected.items, facts.items))
    for name, wanted, found in counted:
        if wanted != found:
            yield STRUCTURE_LOST.at(place, f"{found} {name}, not {wanted}", "Mend the template.")
    for before, level in zip((0, *facts.headings), facts.headings, strict=False):
        if level > before + 1 or (level == 1) != (before == 0):
            yield STRUCTURE_LOST.at(place, f"a heading of level {level} after one of level {before}", "Mend the template.")
    alts = tuple(alt for alt in facts.alts if alt)
    if alts != tuple(map(tidy, expected.alts)):
        yield ALT_LOST.at(place, f"the pictures say {list(alts)}, not {list(expected.alts)}", "Mend the template.")
