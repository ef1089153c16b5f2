"""The templates' own words ("Page {page} of {pages}"), one Babel catalogue a language.

Takes the bytes of a PO file; gives a plain mapping English -> words. Fuzzy entries count as missing: gettext marks an entry
fuzzy when its English changed. Words are handed to templates as values, never as markup, so autoescape covers them.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, read_po, write_po

from leaflets.model import Text
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity
from leaflets.source import check_characters, decode

BAD_CATALOGUE = Rule(
    "bad-catalogue", Severity.ERROR, "A catalogue is a PO file.", "Labels that cannot be read cannot be printed."
)
MISSING_MESSAGE = Rule(
    "missing-message",
    Severity.ERROR,
    "Every label of the page is translated, and not fuzzy.",
    "A label left in English, or translated from an older English, stands in two languages on one page.",
    "https://www.gnu.org/software/gettext/manual/html_node/Fuzzy-Entries.html",
)
MESSAGE_PLACEHOLDER = Rule(
    "message-placeholder",
    Severity.ERROR,
    "A label keeps the {placeholders} of its English.",
    "A lost {page} leaves the reader without a page number.",
)
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def read_catalogue(data: bytes, path: str) -> dict[str, Text]:
    """Read a PO file. Raises LeafletsError if it is none, or holds characters that must not be printed."""
    text = decode(data, path)
    catalogue = parse_catalogue(text, path)
    lines: dict[str, int] = {}
    found: dict[str, Text] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line in lines and line != 'msgid ""':
            said = f"{line} stands twice, first in line {lines[line]}"
            problems.append(BAD_CATALOGUE.at(Place(path, number), said, "Keep one of them."))
        if line.startswith("msgid "):
            lines.setdefault(line, number)
        if line.startswith(("msgid", "msgstr", '"')) and not line.rstrip().endswith('"'):  # Babel cuts a letter off instead
            problems.append(BAD_CATALOGUE.at(Place(path, number), "a quote is not closed", 'End the line with ".'))
    for message in catalogue:
        if message.id and isinstance(message.id, str) and isinstance(message.string, str):
            place = Place(path, lines.get(f'msgid "{message.id}"', 0))
            if message.string and not message.fuzzy:
                found[message.id] = Text(message.string, place)
                problems += check_characters(message.string, place)
    if problems:
        raise LeafletsError(problems)
    return found


def parse_catalogue(text: str, path: str) -> Catalog:
    try:
        return read_po(io.StringIO(text), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        place = Place(path, getattr(error, "lineno", -1) + 1)  # Babel counts lines from 0
        raise LeafletsError([BAD_CATALOGUE.at(place, str(error), "Save it from a PO editor again.")]) from None


def read_template_messages(data: bytes, path: str) -> dict[str, str]:
    """Read the messages of messages.pot, each with what its author says to translators."""
    found = parse_catalogue(decode(data, path), path)
    named = (message for message in found if isinstance(message, Message) and isinstance(message.id, str) and message.id)
    return {str(message.id): " ".join(message.auto_comments) for message in named}


def check_messages(needed: Iterable[str], catalogue: Mapping[str, Text], path: str) -> Iterator[Problem]:
    """Compare a catalogue with the messages that the templates use."""
    for message in needed:
        text = catalogue.get(message)
        if text is None:
            yield MISSING_MESSAGE.at(Place(path), f'"{message}" is not translated', "Translate it, and clear its fuzzy mark.")
        elif sorted(PLACEHOLDER.findall(message)) != sorted(PLACEHOLDER.findall(text.words)):
            yield MESSAGE_PLACEHOLDER.at(text.place, f'"{text}" does not have the placeholders of "{message}"', "Copy them over.")


def extract_messages(templates: Path, package: Path) -> bytes:
    """Collect the templates' own words, with the comments for translators, as the bytes of messages.pot."""
    fixed = datetime(2026, 1, 1, tzinfo=UTC)  # a clock would make every extraction a change
    catalogue = Catalog(project="leaflets", version="", charset="utf-8", creation_date=fixed)
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.header_comment = "# The words of the page itself. Written by `leaflets extract`."
    for folder, pattern, method in ((templates, "**.html", "jinja2.ext:babel_extract"), (package, "**.py", "python")):
        found = extract_from_dir(
            folder,
            [(pattern, method)],
            keywords={"say": None, "mark": None},
            comment_tags=["Translators:"],
            strip_comment_tags=True,
        )
        for file, _, message, comments, _ in sorted(found, key=lambda each: (each[0], each[1])):
            catalogue.add(message, locations=[(f"{folder.name}/{file}", 0)], auto_comments=comments)
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=False, include_lineno=False, width=0)
    return out.getvalue()


def format_catalogue(pot: bytes, words: Mapping[str, str], tag: str) -> bytes:
    """Write the words of the page in one language as a PO file, with the comments of messages.pot and in its order."""
    catalogue = parse_catalogue(decode(pot, "translations/messages.pot"), "translations/messages.pot")
    for message in catalogue:
        message.locations = []
        message.string = words.get(str(message.id), "") if message.id else message.string
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=True, include_lineno=False, width=0)
    encoding = ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
    header = (f"Language: {tag}", "MIME-Version: 1.0", *encoding)
    lines = "".join(f'"{line}\\n"\n' for line in header)
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + out.getvalue()
