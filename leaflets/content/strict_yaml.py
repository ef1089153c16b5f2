"""Strict, text-only YAML.

Takes the bytes of a file; gives its tree of dicts, lists and strings together with the line of every key and value, or
all problems that were found. Nothing is guessed: every scalar stays the text that was typed (YAML 1.1 reads `no` as
False, 12:30 as 750, 0123 as 83), and what YAML would drop or alias silently is an error.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Any, TypeAlias

import yaml

from leaflets.content.shapes import LONGEST
from leaflets.content.yaml_hints import (
    IN_QUOTES,
    LINE_BREAK,
    LOADER,
    ODD_SPACE,
    describe_char,
    describe_sign,
    explain_lost_name,
    find_hints,
    shorten,
)
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity

KeyPath: TypeAlias = tuple[str | int, ...]
Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"

MAX_BYTES = 512 * 1024
MOST_MARKS = 8
"""Vietnamese has two on a letter, pointed Hebrew four."""
MAX_DEPTH = 12
"""Deeper than any content; it is counted on the event stream, because composing 100,000 brackets kills the process."""

ERROR = Severity.ERROR
UNREADABLE = Rule("unreadable", ERROR, "A file is UTF-8 text of a sane size.", "Other bytes print as wrong letters.")
YAML_SYNTAX = Rule("yaml-syntax", ERROR, "A file is YAML.", "A file that cannot be read cannot be printed.")
DUPLICATE_KEY = Rule(
    "duplicate-key", ERROR, "A key stands once.", "YAML keeps the last of two silently, and the first sentence is lost."
)
YAML_FEATURE = Rule(
    "yaml-feature",
    ERROR,
    "Files use plain keys, text and lists only.",
    "Anchors, aliases, tags and merge keys change text out of sight, and an alias bomb eats the memory.",
    "https://yaml.org/spec/1.1/",
)
TOO_DEEP = Rule("too-deep", ERROR, "Nesting stays shallow.", "Content is never deep; thousands of brackets are an attack.")
COMMENT_IN_TEXT = Rule(
    "comment-in-text",
    ERROR,
    'A plain value is not followed by " #".',
    "YAML reads the rest of the line as a comment: `Take 2 #3 tablets` becomes `Take 2`.",
    "https://yaml.org/spec/1.1/#id863975",
)
AMBIGUOUS_KEY = Rule(
    "ambiguous-key",
    ERROR,
    "Keys mean the same in every YAML tool.",
    "Other tools read the key `no` as False and `12` as a number, and would rewrite the file so.",
    "https://yaml.org/type/bool.html",
)
EMPTY_VALUE = Rule("empty-value", ERROR, "Every key has a value.", "An empty sentence prints as a gap.")
FORBIDDEN_CHARACTER = Rule(
    "forbidden-character",
    ERROR,
    "Text has no control, private-use, unassigned or direction-changing character.",
    "A direction override prints 12 as 21; a control character is read aloud as noise or kills the renderer.",
    "https://www.unicode.org/reports/tr36/",
)
LONG_TEXT = Rule(
    "long-text",
    ERROR,
    "A text has 2,000 letters at most, and a letter eight marks above and below it.",
    "Longer ones are no sentences: they cost hours of work and all memory before anybody sees that.",
    "https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format",
)
NOT_NFC = Rule(
    "not-nfc",
    ERROR,
    "Text is in Unicode normal form C.",
    "The same word in two spellings of its code points cannot be found, compared or signed.",
    "https://www.unicode.org/reports/tr15/",
)
LOST_LINE = Rule(
    "lost-line",
    ERROR,
    "An entry of a list is one line, and no other is joined to it.",
    "With one more space before its dash, or without it, an entry becomes a part of the one above, and both words are lost.",
    "https://yaml.org/spec/1.1/#id863390",
)
DUPLICATE_ENTRY = Rule(
    "duplicate-entry",
    ERROR,
    "An entry of a list stands once.",
    "One of two was meant to be another word, which is missing now.",
)

INVISIBLE_BUT_NEEDED = "\u00ad\u200b\u200c\u200d\u2060"
"""Soft hyphen, zero-width space, non-joiner, joiner and word joiner: Persian, Indic and line breaking need them."""
YAML_1_1_WORDS = re.compile(
    r"(?i)y|n|yes|no|true|false|on|off|null|~|=|[-+]?(0x[0-9a-f_]+|0b[01_]+|\.?[0-9][0-9_.:e+-]*|\.inf)|\.nan"
)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file as read: its tree, the place of every text and name by path, and the comment right above a key."""

    path: str
    tree: dict[str, Tree]
    places: Mapping[KeyPath, Place]
    notes: Mapping[KeyPath, str]

    def place(self, path: KeyPath) -> Place:
        """Find the line of a path, or of its nearest parent."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.path))


def read_yaml(data: bytes, path: str, blanks: bool = False) -> YamlFile:
    """Read one YAML file as text only.

    `path` is the name to print, and `blanks` says that a value may still be empty: a sentence that waits for its translation.
    Raises LeafletsError with every problem of the file.
    """
    text = decode(data, path)
    if problems := list(check_lines(text, path)):
        raise LeafletsError(problems)
    reader = Reader(text, path, blanks)
    try:
        tree = build_tree(reader)
    except yaml.MarkedYAMLError as error:
        hints = [YAML_SYNTAX.at(Place(path, hint.line), hint.found, hint.remedy) for hint in find_hints(text)]
        raise LeafletsError(drop_gaps([*reader.problems, *(hints or [quote_parser(error, text, path)])])) from None
    except yaml.YAMLError as error:
        raise reader.stop(YAML_SYNTAX.at(Place(path), str(error).replace("\n", " "))) from None
    if reader.problems:
        raise LeafletsError(drop_gaps(reader.problems))
    return YamlFile(path, tree, reader.places, reader.notes)


def quote_parser(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    """Say in the parser's own words what no hint explains."""
    mark = error.problem_mark or error.context_mark
    said = " ".join(str(part) for part in (error.context, error.problem) if part)
    place = Place(path, min(mark.line + 1, len(LINE_BREAK.split(text))) if mark else 0)
    return YAML_SYNTAX.at(place, said, 'Put the text in "double quotes" if it holds a colon, and check the indentation.')


def drop_gaps(problems: list[Problem]) -> list[Problem]:
    """Leave out what a mistake makes: the empty value of a name right above it, and the text that runs into what follows."""
    mistakes = {each.place.line for each in problems if each.id == YAML_SYNTAX.id}
    kept = [each for each in problems if each.id != LOST_LINE.id or not mistakes]
    return [each for each in kept if each.id != EMPTY_VALUE.id or each.place.line + 1 not in mistakes]


def decode(data: bytes, path: str, limit: int = MAX_BYTES) -> str:
    """Read bytes as UTF-8 text of a sane size. Raises LeafletsError."""
    if len(data) > limit:
        message = f"the file has {len(data):,} bytes, more than {limit:,}"
        raise LeafletsError([UNREADABLE.at(Place(path), message, "Split it.")])
    if b"\0" in data:
        message = "the file has zero bytes, so it is not UTF-8 text (perhaps UTF-16)"
        raise LeafletsError([UNREADABLE.at(Place(path, 1), message, "Save the file as UTF-8.")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.split(rb"\r\n|\r|\n", data[: error.start]))
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise LeafletsError([UNREADABLE.at(Place(path, line), message, "Save the file as UTF-8.")]) from None


def check_lines(text: str, path: str) -> Iterator[Problem]:
    """Find tabs and raw control characters, which a YAML parser refuses without saying where, and what only seems to indent."""
    for number, line in enumerate(LINE_BREAK.split(text), start=1):
        if line.isprintable():
            continue
        if "\t" in line:
            yield YAML_SYNTAX.at(Place(path, number), "a tab character", "Use spaces.")
        if odd := re.match(rf" *([{ODD_SPACE}])", line):
            found = f"{describe_char(odd[1])} at the beginning of the line: {shorten(line)}"
            remedy = "Delete what is before the first letter, and type plain spaces with the space bar."
            yield YAML_SYNTAX.at(Place(path, number), found, remedy)
        for char in sorted({char for char in line if unicodedata.category(char) == "Cc" and char != "\t"}):
            yield FORBIDDEN_CHARACTER.at(Place(path, number), f"control character U+{ord(char):04X} is not allowed", "Delete it.")


def check_characters(text: str, place: Place) -> Iterator[Problem]:
    """Find characters that must not reach a page, and text that is not in normal form C; first of all one that is too long."""
    if text.isascii() and text.isprintable() and len(text) <= LONGEST:  # as most are
        return
    if len(text) > LONGEST:
        yield LONG_TEXT.at(place, f"the text has {len(text):,} letters, more than {LONGEST:,}", "Write it as several.")
        return
    if not text.isascii() and (most := count_marks(text)) > MOST_MARKS:
        yield LONG_TEXT.at(place, f"a letter has {most} marks above and below it, more than {MOST_MARKS}", "Delete them.")
    if "\n" in text:
        remedy = "Write it as one paragraph. In a file: no | or > behind the colon, and no empty line in the text."
        yield FORBIDDEN_CHARACTER.at(place, "the text has a line break (U+000A) in it", remedy)
    for char in text.replace("\n", "") if not text.isprintable() else "":
        category = unicodedata.category(char)
        if category in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp") and char not in INVISIBLE_BUT_NEEDED:
            name = unicodedata.name(char, "no name")
            message = f"character U+{ord(char):04X} ({name}) is not allowed"
            remedy = "Delete it: the page sets the direction of numbers and Latin words by itself."
            yield FORBIDDEN_CHARACTER.at(place, message, remedy)
    if not unicodedata.is_normalized("NFC", text):
        yield NOT_NFC.at(place, "the text is not in Unicode normal form C", "Save it in NFC.")


def count_marks(text: str) -> int:
    """Count the marks of the letter that has most of them.

    >>> count_marks("e"), count_marks("e\u0323\u0302")
    (0, 2)
    """
    runs = groupby(text, lambda char: unicodedata.combining(char) > 0) if any(map(unicodedata.combining, text)) else ()
    return max((sum(1 for _ in run) for marked, run in runs if marked), default=0)


class Reader:
    """The events of a file, one at a time, with what is being collected while they pass."""

    def __init__(self, text: str, path: str, blanks: bool) -> None:
        self.events = yaml.parse(text, Loader=LOADER)
        self.lines = LINE_BREAK.split(text)
        self.path = path
        self.blanks = blanks
        self.problems: list[Problem] = []
        self.places: dict[KeyPath, Place] = {}
        self.notes: dict[KeyPath, str] = {}
        self.depth = 0

    def place(self, event: Any) -> Place:
        return Place(self.path, event.start_mark.line + 1)

    def find_note(self, place: Place) -> str:
        """Read the comment lines right above a key."""
        if place.line < 2 or "#" not in self.lines[place.line - 2]:
            return ""
        above = (self.lines[number].strip() for number in range(place.line - 2, -1, -1))
        comments = list(takewhile(lambda line: line.startswith("#"), above))
        return " ".join(filter(None, (line.lstrip("#").strip() for line in reversed(comments))))

    def stop(self, problem: Problem) -> LeafletsError:
        return LeafletsError([*self.problems, problem])


def build_tree(reader: Reader) -> dict[str, Tree]:
    """Build the tree of the only document of a file."""
    next(reader.events)  # the stream's start
    start = next(reader.events)
    if isinstance(start, yaml.StreamEndEvent):
        raise reader.stop(YAML_SYNTAX.at(Place(reader.path), "the file is empty", "Write its keys."))
    tree = build_node(reader, next(reader.events), ())
    next(reader.events)  # the document's end
    if not isinstance(following := next(reader.events), yaml.StreamEndEvent):
        raise reader.stop(YAML_FEATURE.at(reader.place(following), 'a second document ("---")', "Remove it."))
    if isinstance(tree, str) and (lost := explain_lost_name(tree)):
        raise reader.stop(YAML_SYNTAX.at(reader.places[()], *lost[1:]))
    if not isinstance(tree, dict):
        raise reader.stop(YAML_SYNTAX.at(Place(reader.path, 1), "the file must be a mapping of keys", "Write `key: text`."))
    return tree


def build_node(reader: Reader, event: Any, path: KeyPath) -> Tree:
    place = reader.place(event)
    reader.places.setdefault(path, place)
    if isinstance(event, yaml.AliasEvent):
        raise reader.stop(YAML_FEATURE.at(place, f'{describe_sign("*")} (an alias, "*{event.anchor}")', IN_QUOTES))
    if event.anchor:
        raise reader.stop(YAML_FEATURE.at(place, f'{describe_sign("&")} (an anchor, "&{event.anchor}")', IN_QUOTES))
    if event.tag:
        raise reader.stop(YAML_FEATURE.at(place, f'{describe_sign("!")} (a tag, "{event.tag}")', IN_QUOTES))
    if isinstance(event, yaml.ScalarEvent):
        return read_scalar(reader, event, path, place)
    if isinstance(event, yaml.MappingStartEvent) and event.flow_style:
        raise reader.stop(YAML_FEATURE.at(place, describe_sign("{"), IN_QUOTES))
    reader.depth += 1
    if reader.depth > MAX_DEPTH:
        raise reader.stop(TOO_DEEP.at(place, f"nested deeper than {MAX_DEPTH} levels", "Quote brackets that belong to the text."))
    tree = build_list(reader, path) if isinstance(event, yaml.SequenceStartEvent) else build_dict(reader, path)
    reader.depth -= 1
    return tree


def build_list(reader: Reader, path: KeyPath) -> list[Tree]:
    found: list[Tree] = []
    lines: dict[str, int] = {}
    while not isinstance(event := next(reader.events), yaml.SequenceEndEvent):
        place, entry = reader.place(event), build_node(reader, event, (*path, len(found)))
        if isinstance(entry, str):
            if entry in lines and entry:
                said = f'"{entry}" stands twice, first in line {lines[entry]}'
                reader.problems.append(DUPLICATE_ENTRY.at(place, said, "Take one out, or write what it was meant to be."))
            lines.setdefault(entry, place.line)
        found.append(entry)
    return found


def build_dict(reader: Reader, path: KeyPath) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    lines: dict[str, int] = {}
    while not isinstance(event := next(reader.events), yaml.MappingEndEvent):
        place = reader.place(event)
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
            raise reader.stop(YAML_FEATURE.at(place, "a key that is not simple text", "Use a plain word as the key."))
        key: str = event.value
        reader.problems.extend(check_characters(key, place))
        if key == "<<":
            reader.problems.append(YAML_FEATURE.at(place, 'a merge key ("<<")', "Write the keys out."))
        elif not event.style and YAML_1_1_WORDS.fullmatch(key):
            message = f'the key "{key}" means something else than text in other YAML tools'
            reader.problems.append(AMBIGUOUS_KEY.at(place, message, "Choose another name."))
        if key in found:
            message = f'the key "{key}" stands twice, first in line {lines[key]}'
            remedy = "Keep one of them. If both are needed, check the spaces before each."
            reader.problems.append(DUPLICATE_KEY.at(place, message, remedy))
        lines.setdefault(key, place.line)
        reader.places[(*path, key)] = place
        if note := reader.find_note(place):
            reader.notes[(*path, key)] = note
        found[key] = build_node(reader, next(reader.events), (*path, key))
    return found


def read_scalar(reader: Reader, event: Any, path: KeyPath, place: Place) -> str:
    text: str = event.value
    reader.places[path] = place
    if not event.style:  # libyaml says "" for a plain scalar, the Python parser None
        rest = reader.lines[event.end_mark.line][event.end_mark.column :]
        if re.match(r"\s+#", rest):
            message = f'"{rest.strip()}" would be dropped as a comment'
            reader.problems.append(
                COMMENT_IN_TEXT.at(place, message, "Put the text in quotes, or the comment on a line of its own.")
            )
            if not text:
                return text
        reader.problems.extend(find_lost_lines(reader, event, bool(path) and isinstance(path[-1], int)))
    if not text.strip() and not reader.blanks:
        reader.problems.append(EMPTY_VALUE.at(place, "there is no text here", "Write it, or remove the key."))
    reader.problems.extend(check_characters(text, place))
    return text


def find_lost_lines(reader: Reader, event: Any, in_list: bool) -> Iterator[Problem]:
    """Find a text without quotes that swallowed the line of a list below it: its dash is in the text, or was lost."""
    below = reader.lines[event.start_mark.line + 1 : event.end_mark.line + 1]
    dash = any(line.lstrip(" ").startswith("- ") for line in below)
    if dash or (in_list and (below or " - " in event.value)):
        found = f"two entries of a list that run into each other: {shorten(event.value)}"
        remedy = "Let the dashes of a list begin below each other. If it is one text, put it on one line, in quotes."
        yield LOST_LINE.at(reader.place(event), found, remedy)
