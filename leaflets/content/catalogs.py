"""The templates' own words ("Page {page} of {pages}"), one Babel catalogue a language.

Takes the bytes of a PO file; gives the words by their English, its problems, and the file with words put in. Collects the words
of the templates. (Those of translators' tools are read by `leaflets.exchange.po`.) Fuzzy entries count as missing: gettext
marks an entry fuzzy when its English changed. Words are handed to templates as values, never as markup, so autoescape covers
them.
"""

import io
import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, read_po, write_po

from leaflets.content.strict_yaml import check_characters, decode
from leaflets.languages.phrases import PLACEHOLDER
from leaflets.model import Text, label_unit
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity

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
ORPHAN_MESSAGE = Rule(
    "orphan-message",
    Severity.WARNING,
    "A catalogue has no label that no page has.",
    "It is translated and signed for nothing, and may be the old spelling of a label that is missing.",
)
LOST_PLURAL = Rule(
    "lost-plural",
    Severity.ERROR,
    "The words of a page have no plural.",
    'A catalogue without plurals prints "1 pages", and languages have up to six plurals; nobody would notice which was lost.',
    "https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html",
)
HEADER = re.compile(r'(?:\A(?:#.*\n|[ \t]*\n)*|(?:^#.*\n)*)^msgid ""[ \t]*\nmsgstr ".*(?:\n".*)*', re.MULTILINE)
"""The entry without a message, which says what the file is, with the comments above it."""
PREVIOUS = "| "
"""What Babel makes a comment of: the English that a fuzzy entry was made from, behind `#|`."""
POT = "translations/messages.pot"
SHEET_TEMPLATES = ("sheet.html", "web.html", "current.html", "site/card.html")
"""What a language with no more than the words of a sheet has pages of."""
INCLUDED = re.compile(r'\{%-? *(?:extends|include|from) "([^"]+)"')
"""A template that another one names. Those that it chooses by the name of a kind (blocks/) have no words of their own."""
PLURALS = {"say": (1, 2), "mark": (1, 2), "ngettext": (1, 2), "ungettext": (1, 2), "npgettext": (2, 3)}
"""What would take words together with their plural, and where these stand among its arguments."""


def read_entries(data: bytes, path: str) -> dict[str, Text]:
    """Read every entry of a PO file, with its line; one that is not surely translated has no words.

    Raises LeafletsError for a file that is none, or holds characters that must not be printed.
    """
    text = decode_lines(data, path)
    catalogue = parse_catalogue(text, path)
    problems = list(find_syntax_problems(text, path))
    found: dict[str, Text] = {}
    for message in catalogue:
        place = Place(path, message.lineno or 0)
        if not isinstance(message.id, str):
            said = f'"{message.id[0]}" has a plural, which the page would not print'
            problems.append(BAD_CATALOGUE.at(place, said, "Take the entry out; update the file from messages.pot."))
        elif message.id and isinstance(message.string, str):
            found[message.id] = Text("" if message.fuzzy else message.string, place)
            problems += check_characters(found[message.id].words, place)
    if problems:
        raise LeafletsError(problems)
    return found


def decode_lines(data: bytes, path: str) -> str:
    """Read a file whose lines may end as on Windows, as if they did not. Raises LeafletsError."""
    return re.sub("\r\n?", "\n", decode(data, path))


def encode_lines(text: str, old: bytes) -> bytes:
    """Write text with the line ends of what it takes the place of."""
    return text.replace("\n", "\r\n" if b"\r\n" in old else "\n").encode()


def find_syntax_problems(text: str, path: str) -> Iterator[Problem]:
    """Find what Babel would read in silence: of two entries the last, and of a line without its last quote one letter less."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line in lines and line != 'msgid ""':
            said = f"{line} stands twice, first in line {lines[line]}"
            yield BAD_CATALOGUE.at(Place(path, number), said, "Keep one of them.")
        if line.startswith("msgid "):
            lines.setdefault(line, number)
        if line.startswith(("msgid", "msgstr", '"')) and not line.rstrip().endswith('"'):
            yield BAD_CATALOGUE.at(Place(path, number), "a quote is not closed", 'End the line with ".')


def parse_catalogue(text: str, path: str) -> Catalog:
    try:
        return read_po(io.StringIO(text), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        place = Place(path, getattr(error, "lineno", -1) + 1)  # Babel counts lines from 0
        raise LeafletsError([BAD_CATALOGUE.at(place, str(error), "Save it from a PO editor again.")]) from None


def read_template_messages(data: bytes, path: str) -> dict[str, str]:
    """Read the messages of messages.pot, each with what its author says to translators."""
    found = parse_catalogue(decode_lines(data, path), path)
    named = (message for message in found if isinstance(message, Message) and isinstance(message.id, str) and message.id)
    return {str(message.id): " ".join(message.auto_comments) for message in named}


def find_sheet_messages(pot: bytes, templates: Mapping[str, str]) -> frozenset[str]:
    """Find the messages of messages.pot that a sheet may say, and what is made beside it: the card, and the page of its code.

    `templates` are the texts of the templates by name. A message that the program says, and not a template, may stand anywhere.
    """
    reached, found = list(SHEET_TEMPLATES), set()
    for name in reached:  # it grows meanwhile
        reached += [each for each in INCLUDED.findall(templates.get(name, "")) if each not in reached]
    files = {f"templates/{name}" for name in reached}
    for message in parse_catalogue(decode_lines(pot, POT), POT):
        places = {place for place, _ in message.locations}
        if places & files or not all(place.startswith("templates/") for place in places):
            found.add(str(message.id))
    return frozenset(found)


def check_messages(needed: Collection[str], entries: Mapping[str, Text], path: str) -> Iterator[Problem]:
    """Compare the entries of a PO file with the messages that the templates use."""
    for message in needed:
        text = entries.get(message)
        if text is None or not text.words:
            place = text.place if text else Place(path)
            said = f'"{message}" is not translated'
            yield MISSING_MESSAGE.at(place, said, "Translate it, and clear its fuzzy mark.", (label_unit(message),))
        elif sorted(PLACEHOLDER.findall(message)) != sorted(PLACEHOLDER.findall(text.words)):
            said = f'"{text}" does not have the placeholders of "{message}"'
            yield MESSAGE_PLACEHOLDER.at(text.place, said, "Copy them over.", (label_unit(message),))
    for message, text in entries.items():
        if message not in needed:
            said = f'no page has "{message}" any more'
            yield ORPHAN_MESSAGE.at(text.place, said, "Take the entry out, or update the file from translations/messages.pot.")


def extract_messages(templates: Path, package: Path) -> bytes:
    """Collect the templates' own words, with the comments for translators, as the bytes of messages.pot.

    Raises LeafletsError for words that have a plural: no label counts anything, so that the catalogues have none.
    """
    fixed = datetime(2026, 1, 1, tzinfo=UTC)  # a clock would make every extraction a change
    catalogue = Catalog(project="leaflets", version="", charset="utf-8", creation_date=fixed)
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.header_comment = "# The words of the page itself. Written by `leaflets extract`."
    problems = []
    for folder, pattern, method in ((templates, "**.html", "jinja2.ext:babel_extract"), (package, "**.py", "python")):
        find = partial(extract_from_dir, folder, [(pattern, method)], comment_tags=["Translators:"], strip_comment_tags=True)
        for file, line, message, _, _ in find(keywords=PLURALS):
            place = Place(f"{folder.name}/{file}", line)
            problems.append(
                LOST_PLURAL.at(place, f"these words have a plural: {message}", "Say it without a number that counts.")
            )
        for file, _, message, comments, _ in sorted(find(keywords={"say": None, "mark": None}), key=itemgetter(0, 1)):
            catalogue.add(message, locations=[(f"{folder.name}/{file}", 0)], auto_comments=comments)
    if problems:
        raise LeafletsError(problems)
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=False, include_lineno=False, width=0)
    return out.getvalue()


def format_catalogue(pot: bytes, words: Mapping[str, str], tag: str) -> bytes:
    """Write the words of the page in one language as a PO file, with the comments of messages.pot and in its order."""
    encoding = ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
    lines = "".join(f'"{line}\\n"\n' for line in (f"Language: {tag}", "MIME-Version: 1.0", *encoding))
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + format_entries(pot, words)


def format_entries(pot: bytes, words: Mapping[str, str], without: Collection[str] = ()) -> bytes:
    """Write the entries of messages.pot with their words, but for those that are left out."""
    catalogue = parse_catalogue(decode_lines(pot, POT), POT)
    for message in list(catalogue):
        message.locations = []
        message.string = words.get(str(message.id), "") if message.id else message.string
        if message.id in without:
            catalogue.delete(message.id)
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=True, include_lineno=False, width=0)
    return out.getvalue()


def add_entries(po: bytes, pot: bytes, path: str) -> bytes:
    """Add the entries that messages.pot has and a PO file lacks, behind its last line; what stands there stays as it is.

    Raises LeafletsError for a file that cannot be read.
    """
    new = format_entries(pot, {}, read_entries(po, path))
    return po.rstrip(b"\r\n") + encode_lines(f"\n\n{new.decode()}", po) if new.strip() else po


def fill_entries(po: bytes, pot: bytes, words: Mapping[str, str], path: str) -> bytes:
    """Put words into a PO file; every other entry stays: fuzzy ones, those that no page has any more, a person's comments.

    An entry that only messages.pot has is added behind the last. Raises LeafletsError for a file that cannot be read, and for
    words that could not be read back.
    """
    known = read_entries(po, path)
    text = decode_lines(po, path)
    catalogue = parse_catalogue(text, path)
    for message in catalogue:
        if isinstance(message, Message) and message.id in words:
            message.string = words[str(message.id)]
            message.flags.discard("fuzzy")
            message.user_comments = [each for each in message.user_comments if not each.startswith(PREVIOUS)]
    header = HEADER.search(text)
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=True, width=0)
    entries = re.sub(f"^# {re.escape(PREVIOUS)}", f"#{PREVIOUS}", out.getvalue().decode(), flags=re.M)
    filled = (f"{header[0]}\n\n" if header else "") + entries + format_entries(pot, words, known).decode()
    new = (BOM_UTF8 if po.startswith(BOM_UTF8) else b"") + encode_lines(filled, po)
    stood = {message: text.words for message, text in known.items()}
    check_filled(new, {**dict.fromkeys(read_template_messages(pot, POT), ""), **stood, **words}, path)
    return new


def check_filled(new: bytes, meant: Mapping[str, str], path: str) -> None:
    """Read a PO file back before it is written. Raises LeafletsError where an entry came, went or is not as it was meant."""
    found = {message: text.words for message, text in read_entries(new, path).items()}
    wrong = sorted(message for message in found.keys() | meant.keys() if found.get(message) != meant.get(message))
    if wrong:
        said = f'the words of "{wrong[0]}" would not stand in the file as they were meant, so nothing is written'
        raise LeafletsError([BAD_CATALOGUE.at(Place(path), said, f"Compare the message with {POT}.")])
