"""What hands and keyboards type in the place of what YAML means, in plain words.

Takes a line or a text; gives what is odd about it, for a message: what was found, and what to do.
"""

import re
import unicodedata
from enum import StrEnum

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML 1.1 counts as the end of a line; its marks count these."""
NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
ODD_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that look like one and indent nothing."""
ODD_COLON = ";：；﹕︓꞉∶ː؛ः׃։፥"
"""What keyboards of other scripts give for a colon, and what looks like one: Devanagari, Arabic, Hebrew, Armenian, Ethiopic."""
LOST_NAME = re.compile(rf"({NAME})(?::(?![ /]|$)[{ODD_SPACE}]*|[{ODD_SPACE}]*[{ODD_COLON}][ {ODD_SPACE}]*)(.*)", re.S)

IN_QUOTES = 'Put the whole text in "double quotes".'
SHORT = 40
"""Letters of a text that a message quotes."""


def shorten(text: str) -> str:
    """Quote the beginning of a text.

    >>> shorten("Puede sentir bultos duros debajo de la piel, blancos o amarillos.")
    '`Puede sentir bultos duros debajo de la p…`'
    """
    text = " ".join(text.split())
    return f"`{text[:SHORT]}…`" if len(text) > SHORT else f"`{text}`"


def explain_lost_name(words: str) -> tuple[str, str, str] | None:
    """Say what is wrong with a name that runs into its text: the name, what was found, what to do.

    >>> explain_lost_name("hard:You may feel lumps.")
    ('hard', 'no space after the colon: `hard:You may feel lumps.`', 'Write `hard: You may feel lumps.`.')
    >>> explain_lost_name("hard：您可能会摸到硬块。")[1]
    '"：" (U+FF1A FULLWIDTH COLON) in the place of a colon: `hard：您可能会摸到硬块。`'
    >>> explain_lost_name("https://example.org"), explain_lost_name("Puede sentir bultos.")
    (None, None)
    """
    match = LOST_NAME.fullmatch(words)
    if not match:
        return None
    name, between, rest = match[1], words[match.end(1) : match.start(2)], match[2].strip()
    remedy = f"Write {shorten(f'{name}: {rest}'.rstrip())}, with the colon and the space of an English keyboard."
    odd = between.strip(":" if between.startswith(":") else " ")[:1]
    if not odd:
        return name, f"no space after the colon: {shorten(words)}", f"Write {shorten(f'{name}: {rest}')}."
    if between.startswith(":"):
        return name, f"{describe_char(odd)} in the place of a plain space after the colon: {shorten(words)}", remedy
    return name, f"{describe_char(odd)} in the place of a colon: {shorten(words)}", remedy


def explain_odd_space(line: str) -> tuple[str, str] | None:
    """Say what is wrong with a line that begins with spaces that indent nothing: what was found, what to do.

    >>> explain_odd_space("\u00a0\u00a0hard: Bultos")[0]
    'the space U+00A0 (NO-BREAK SPACE) at the beginning of the line: `hard: Bultos`'
    >>> explain_odd_space("  hard: Bultos")
    """
    odd = re.match(rf" *([{ODD_SPACE}])", line)
    remedy = "Delete what is before the first letter, and type plain spaces with the space bar."
    return (f"{describe_char(odd[1])} at the beginning of the line: {shorten(line)}", remedy) if odd else None


def describe_char(char: str) -> str:
    """Name a character that looks like another.

    >>> describe_char("："), describe_char("\u00a0")
    ('"：" (U+FF1A FULLWIDTH COLON)', 'the space U+00A0 (NO-BREAK SPACE)')
    """
    number, name = f"U+{ord(char):04X}", unicodedata.name(char)
    return f"the space {number} ({name})" if char.isspace() else f'"{char}" ({number} {name})'


def describe_sign(sign: str) -> str:
    """Say what is wrong with the first character of a text.

    >>> describe_sign("**")
    'the text begins with "**", which has a meaning of its own in YAML'
    """
    return f'the text begins with "{sign}", which has a meaning of its own in YAML'


class Form(StrEnum):
    """What may stand behind a name and its colon."""

    TEXT = "text"
    NAMES = "names below it"
    LIST = "a list"


REMEDIES = {
    Form.TEXT: 'Put a text with a colon, or one that begins with [, in "double quotes".',
    Form.NAMES: "Write each name, a colon and a space before its text. If it belongs elsewhere, check the spaces before it.",
    Form.LIST: "Write a dash and a space before each item, below each other.",
}
LIST_IN_TRANSLATION = 'Delete it if only the English file has it. Put a text that begins with [ in "double quotes".'


def explain_form(what: str, meant: Form, found: object) -> tuple[str, str]:
    """Say what is wrong where something of another form is meant: what was found, what to do.

    >>> explain_form('"lumps"', Form.NAMES, "Bultos duros")[0]
    '"lumps" has text (`Bultos duros`), where names below it are meant'
    >>> explain_form('"lumps"', Form.NAMES, "hard:Bultos duros")[0]
    'no space after the colon: `hard:Bultos duros`'
    """
    if isinstance(found, str) and meant is Form.NAMES and (lost := explain_lost_name(found)):
        return lost[1:]
    has = f"text ({shorten(found)})" if isinstance(found, str) else Form.LIST if isinstance(found, list) else Form.NAMES
    return f"{what} has {has}, where {meant} {'are' if meant is Form.NAMES else 'is'} meant", REMEDIES[meant]
