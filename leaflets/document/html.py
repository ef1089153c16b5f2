"""A Document as HTML.

Takes a `Document`, an `Edition` and the project's templates; gives one HTML page as text. Autoescape is on for every name of
template, an undefined name is an error, and no word of content, clinic or catalogue is ever read as a template.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from leaflets.document.compose import CODE_MESSAGE, STATUS_MESSAGES, Document, mark
from leaflets.document.credits import list_credits, tell_sources
from leaflets.document.halves import halve_list, halve_sections, halve_signs, pair_parts
from leaflets.document.numbering import count_entries, find_paragraph_numbers, list_passages
from leaflets.document.parts import Runs
from leaflets.edition import Edition, EditionLanguages
from leaflets.languages.runs import join_runs, split_runs, text_direction
from leaflets.svg import PALETTE, STAFF, write_palette

LONGEST_KEPT = 18
"""So many characters fit beside a logo and a code in the clinic's box; a longer part may break anywhere, or it is cut off."""
SPACES = {"": "\N{WORD JOINER}", " ": "\N{NO-BREAK SPACE}"}
"""What stands beside a dash, and the same where no line may end."""
# Translators: At the foot of every page.
PAGE_MESSAGE = mark("Page {page} of {pages}")


@cache
def open_templates(folder: Path) -> Environment:
    """Open the templates of a project; compiled once a process. Every one knows the palettes, to write into its style."""
    templates = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.globals |= {"palette": write_palette(PALETTE), "staff_palette": write_palette(STAFF)}
    return templates


def speak(document: Document) -> Callable[..., Runs]:
    """Give what says a message in the language of a document."""

    def say(message: str, **values: str | Runs) -> Runs:
        return split_runs(document.messages[message], document.locale, values)

    return say


def render_html(document: Document, edition: Edition, templates: Path, english: Document | None = None) -> str:
    """Render the page of an edition. `english` is the same leaflet in English, for an edition that prints it.

    The page speaks the language of `page`: that of the patient, or English where the edition is for the clinician.
    """
    page = english if english and edition.languages is EditionLanguages.SOURCE else document
    names = list_names(document, page, edition, english) | {"picture": "leaflet:{}.svg".format}
    return open_templates(templates).get_template(edition.template).render(names)


def list_names(document: Document, page: Document, edition: Edition, english: Document | None = None) -> dict[str, object]:
    """Give the names that a template of any edition may use, but for `picture`, which each medium has of its own."""
    return {
        "document": document,
        "english": english,
        "page": page,
        "edition": edition,
        "passages": list_passages(english) if english else (),
        "numbers": find_paragraph_numbers,
        "count_entries": count_entries,
        "zip": zip,
        "say": speak(page),
        "say_english": speak(english) if english else None,
        "list_credits": list_credits,
        "tell_sources": tell_sources,
        "plain": join_runs,
        "flow": text_direction,
        "longest_kept": LONGEST_KEPT,
        "join_ranges": join_ranges,
        "address_parts": split_address,
        "halve_list": halve_list,
        "pair_parts": pair_parts,
        "halve_signs": halve_signs,
        "halve_sections": halve_sections,
        "code_message": CODE_MESSAGE,
        "status_message": STATUS_MESSAGES[document.status],
        "english_status": STATUS_MESSAGES[english.status] if english else "",
    }


def join_ranges(hours: str) -> str:
    """Let no line end beside a dash of opening hours: word joiners and no-break spaces, which a reader does not see.

    >>> join_ranges("8:00–17:00") == "8:00\u2060–\u206017:00", join_ranges("8 – 17") == "8\u00a0–\u00a017"
    (True, True)
    """
    return re.sub(r"( *)([-–—])( *)", lambda found: "".join(SPACES.get(part, part) for part in found.groups()), hours)


def split_address(address: str) -> tuple[str, ...]:
    """Split a web address where a line may end: after a slash, and in a long name before a dot.

    >>> split_address("clinic.example/leaflets"), split_address("childrens-clinic.hospital.example/v")
    (('clinic.example/', 'leaflets'), ('childrens-clinic', '.hospital', '.example/', 'v'))
    """
    pieces = re.findall(r"[^/]*/|[^/]+", address)
    return tuple(
        part for piece in pieces for part in (re.split(r"(?<!^)(?=\.)", piece) if len(piece) > LONGEST_KEPT else [piece])
    )


def render_counter(message: str) -> str:
    """Write "Page {page} of {pages}" as a CSS `content` value.

    >>> render_counter('Page {page} of {pages}')
    '"Page " counter(page) " of " counter(pages) ""'
    """
    escaped = "".join(char if char.isalnum() or char in " {}" else f"\\{ord(char):x} " for char in message)
    return f'"{escaped}"'.replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
