"""A Document as HTML.

Takes a `Document` and the project's templates; gives one HTML page as text. Autoescape is on for every name of template,
an undefined name is an error, and no word of content, clinic or catalogue is ever read as a template.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from leaflets.compose import STATUS_MESSAGES, Document, Words, mark
from leaflets.locales import join_runs, split_runs, text_direction

# Translators: At the foot of every page.
PAGE_MESSAGE = mark("Page {page} of {pages}")


@cache
def open_templates(folder: Path) -> Environment:
    """Open the templates of a project; compiled once a process."""
    return Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def render_html(document: Document, templates: Path) -> str:
    """Render the leaflet page."""

    def say(message: str, **values: str) -> Words:
        return split_runs(document.messages[message], document.locale, values)

    return (
        open_templates(templates)
        .get_template("leaflet.html")
        .render(document=document, say=say, plain=join_runs, flow=text_direction, status_message=STATUS_MESSAGES[document.status])
    )


def render_counter(message: str) -> str:
    """Write "Page {page} of {pages}" as a CSS `content` value.

    >>> render_counter('Page {page} of {pages}')
    '"Page " counter(page) " of " counter(pages) ""'
    """
    escaped = "".join(char if char.isalnum() or char in " {}" else f"\\{ord(char):x} " for char in message)
    return f'"{escaped}"'.replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
