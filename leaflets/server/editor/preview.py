"""A leaflet with every unit of its text marked, for the translator's editor.

Takes a `Survey` of a language; gives the page of a leaflet as it will be read, every unit an element that can be chosen. A
missing unit stands there in English, marked as missing, and nowhere else.
"""

import re
from dataclasses import replace
from html import escape

from leaflets.content.signoffs import least_status
from leaflets.document.compose import FALLBACK_MESSAGES, Document, Runs, compose_document
from leaflets.document.html import list_names, open_templates
from leaflets.languages.locales import direction
from leaflets.languages.runs import join_runs
from leaflets.model import PLACEHOLDERS, SOURCE_LOCALE, Text, label_unit, term_unit, visit_texts
from leaflets.server.editor.survey import Survey
from leaflets.translation.units import State, Unit, is_label, list_leaflet
from leaflets.web.page import inline_pictures

START, END = 0xF0000, 0x100000
"""What a unit's number is added to for the marks around its words while a page is rendered: private-use characters (Unicode
planes 15 and 16), which no text of a project may hold."""
MARKS = re.compile("[\U000f0000-\U0010ffff]")
ALT = re.compile('alt="([^"]*)"')
TAGS = re.compile("(<[^>]*>)")
BRACED = re.compile(r"\{([a-z_]+)\}")
JOINER = "\u2060"
CHIPS = {State.MISSING: "missing", State.STALE: "English changed"}
"""What stands behind a unit that is not done, in words."""
UNRECORDED = "not on record"
"""The same, where nobody knows from which English it was made."""
PICTURE = "In place of the picture, for a reader who cannot see it:"


def tame_words(words: str, known: frozenset[str]) -> str:
    """Make words that have problems printable: an unknown placeholder shows its braces, and stress that is not closed is.

    >>> tame_words("**No {foo}", frozenset()).replace("\u2060", "|")
    '**No {|foo}**'
    """
    shown = BRACED.sub(lambda found: found[0] if found[1] in known else f"{{{JOINER}{found[1]}}}", words)
    return shown + "**" * (shown.count("**") % 2)


def mark_units(survey: Survey) -> dict[str, Text]:
    """Put marks around the words of every unit, or its English where there are none."""
    fills = frozenset(label_unit(message) for message in FALLBACK_MESSAGES.values())  # they stand inside other units
    shown = {}
    for number, (id, unit) in enumerate(survey.units.items()):
        text = unit.words or unit.english
        known = frozenset(BRACED.findall(unit.english.words)) if is_label(id) else frozenset(PLACEHOLDERS)
        words = tame_words(text.words, known)
        shown[id] = replace(text, words=words if id in fills else f"{chr(START + number)}{words}{chr(END + number)}")
    return shown


def compose_marked(survey: Survey, name: str) -> Document:
    """Compose a leaflet with every unit marked."""
    project, tag = survey.project, survey.tag
    leaflet, shown = project.leaflets[name], mark_units(survey)
    source = project.languages[SOURCE_LOCALE]
    topics = {
        topic: visit_texts(project.topics[topic], lambda id, english: shown[id])
        for topic in leaflet.read
        if topic in project.topics
    }
    return compose_document(
        leaflet,
        tag,
        topics,
        project.topics[leaflet.cover].title.words,
        {name: replace(term, term=shown[term_unit(name)]) for name, term in source.terms.items()},
        {message: shown[label_unit(message)] for message in project.messages},
        project.references,
        project.pictures,
        least_status(unit.status for unit in list_leaflet(project, name, survey.units)),
    )


def plain_words(runs: Runs) -> str:
    """Read runs back as words without marks: they go into attributes, and into other units."""
    return MARKS.sub("", join_runs(runs))


def render_leaflet(survey: Survey, name: str) -> str:
    """Render a leaflet as its web page looks, every unit an element that can be chosen.

    Raises KeyError where a topic of the leaflet could not be read, or something that it names is not there.
    """
    document = compose_marked(survey, name)
    edition = {edition.screen: edition for edition in survey.project.editions.values()}[True]
    names = list_names(document, document, edition) | {
        "picture": inline_pictures(survey.project.pictures, document.direction),
        "plain": plain_words,
    }
    template = open_templates(survey.project.root / "templates").get_template("serve/translate-leaflet.html")
    return place_units(template.render(names), survey)


def place_units(html: str, survey: Survey) -> str:
    """Turn marks into elements. Those in an attribute go; the description of a picture is shown below it as well."""
    units = tuple(survey.units.values())

    def place(mark: re.Match[str]) -> str:
        point = ord(mark[0])
        unit = units[point - (START if point < END else END)]
        return open_unit(unit, survey.tag) if point < END else close_unit(unit, bool(survey.problems.get(unit.id)))

    parts = TAGS.split(html)
    for number, part in enumerate(parts):
        if not part.startswith("<"):
            parts[number] = MARKS.sub(place, part)
        elif MARKS.search(part):
            parts[number] = MARKS.sub("", part)
            if (alt := ALT.search(part)) and MARKS.search(alt[1]):
                said = MARKS.sub(place, alt[1])
                parts[number] += f'<p class="description"><span lang="en" dir="ltr">{PICTURE}</span> {said}</p>'
    return "".join(parts)


def open_unit(unit: Unit, tag: str) -> str:
    language = tag if unit.words else SOURCE_LOCALE
    return (
        f'<span class="unit" role="button" tabindex="0" data-unit="{escape(unit.id)}" data-state="{unit.state}"'
        f' lang="{language}" dir="{direction(language)}">'
    )


def close_unit(unit: Unit, wrong: bool) -> str:
    """End a unit with what is to be said of it."""
    chips = [CHIPS[unit.state]] if unit.state in CHIPS else []
    if unit.words and unit.made_from is None:
        chips = [UNRECORDED]
    chips += ["problem"] if wrong else []
    said = "".join(f' <span class="chip {chip.split()[-1]}" lang="en" dir="ltr">{chip}</span>' for chip in chips)
    return f"{said}</span>"
