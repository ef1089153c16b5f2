"""A leaflet in which every unit of its text can be chosen, for the translator's editor.

Takes a `Snapshot` of a language; gives the page of a leaflet as it will be read. The words carry the id of their unit through
`compose_document` to the page's own template, templates/serve/translate-leaflet.html, which makes an element of each unit. A
missing unit stands there in English, marked as missing, and nowhere else.
"""

import re
from dataclasses import replace
from functools import partial

from leaflets.content.signoffs import least_status
from leaflets.document.compose import Document, assign_runs, compose_document
from leaflets.document.html import list_names, open_templates, speak
from leaflets.document.parts import Runs
from leaflets.document.screen import arrange_screen
from leaflets.edition import Print
from leaflets.model import SOURCE_LOCALE, Text, Topic, label_unit, term_unit, visit_texts
from leaflets.profile import PLACEHOLDERS
from leaflets.server.editor.store import Snapshot
from leaflets.translation.units import State, Unit, is_label, pick_printed
from leaflets.web.page import inline_pictures

BRACED = re.compile(r"\{([a-z_]+)\}")
JOINER = "\u2060"
CHIPS = {State.MISSING: "missing", State.STALE: "English changed"}
"""What stands behind a unit that is not done, in words."""
UNRECORDED = "not on record"
"""The same, where nobody knows from which English it was made."""


def tame_words(words: str, known: frozenset[str]) -> str:
    """Make words that have problems printable: an unknown placeholder shows its braces, and stress that is not closed is.

    >>> tame_words("**No {foo}", frozenset()).replace("\u2060", "|")
    '**No {|foo}**'
    """
    shown = BRACED.sub(lambda found: found[0] if found[1] in known else f"{{{JOINER}{found[1]}}}", words)
    return shown + "**" * (shown.count("**") % 2)


def show_unit(unit: Unit) -> Text:
    """Give the words of a unit, or its English where there are none, with its id."""
    text = unit.words or unit.english
    known = frozenset(BRACED.findall(unit.english.words) if is_label(unit.id) else PLACEHOLDERS)
    return replace(text, words=tame_words(text.words, known), unit=unit.id)


def lift_conditions(topic: Topic) -> Topic:
    """Let a topic show also what only some clinics print: all of it is translated."""
    blocks = (replace(block, when=None, items=tuple(replace(item, when=None) for item in block.items)) for block in topic.blocks)
    return replace(topic, blocks=tuple(blocks))


def compose_shown(snapshot: Snapshot, name: str) -> Document:
    """Compose a leaflet whose words say of which unit they are."""
    project = snapshot.project
    leaflet, shown = project.leaflets[name], {id: show_unit(unit) for id, unit in snapshot.units.items()}
    source = project.languages[SOURCE_LOCALE]
    topics = {
        topic: visit_texts(lift_conditions(project.topics[topic]), lambda id, english: shown[id])
        for topic in leaflet.read
        if topic in project.topics
    }
    return compose_document(
        leaflet,
        snapshot.tag,
        topics,
        project.topics[leaflet.cover].title.words,
        {name: replace(term, term=shown[term_unit(name)]) for name, term in source.terms.items()},
        {message: shown[label_unit(message)] for message in project.messages},
        project.references,
        project.pictures,
        least_status(unit.status for unit in pick_printed(project, name, Print.LEAFLET, snapshot.units)),
    )


def render_leaflet(snapshot: Snapshot, name: str) -> str:
    """Render a leaflet as its web page looks, every unit an element that can be chosen.

    Raises KeyError where a topic of the leaflet could not be read, or something that it names is not there.
    """
    project, document = snapshot.project, arrange_screen(compose_shown(snapshot, name))

    def say(message: str, **values: str | Runs) -> Runs:
        return assign_runs(speak(document)(message, **values), label_unit(message))

    edition = {edition.screen: edition for edition in project.editions.values()}[True]
    names = list_names(document, document, edition) | {
        "picture": inline_pictures(project.pictures, document.direction),
        "say": say,
        "units": snapshot.units,
        "list_chips": partial(list_chips, snapshot),
    }
    template = open_templates(project.root / "templates").get_template("serve/translate-leaflet.html")
    return template.render(names)


def list_chips(snapshot: Snapshot, unit: Unit) -> list[str]:
    """List what is to be said of a unit behind its words."""
    unrecorded = unit.words and unit.made_from is None
    chips = [UNRECORDED] if unrecorded else [CHIPS[unit.state]] if unit.state in CHIPS else []
    return [*chips, "problem"] if snapshot.problems.get(unit.id) else chips
