"""What people mistype in YAML, in plain words.

Takes the text of a file that the YAML parser refuses, or words of one that it takes for something else; gives hints: where the
mistake is, what was found, what to do. The parser stops where it can read no further, often many lines later. So each line up
to there that looks odd is put right for a try, and only one whose fix lets the parser get further is named: what is said here
has been tried.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from operator import itemgetter
from typing import Any

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML 1.1 counts as the end of a line; its marks count these."""
NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
ODD_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that look like one and indent nothing."""
ODD_COLON = ";：；﹕︓꞉∶ː؛ः׃։፥"
"""What keyboards of other scripts give for a colon, and what looks like one: Devanagari, Arabic, Hebrew, Armenian, Ethiopic."""
LOST_NAME = re.compile(rf"({NAME})(?::(?![ /]|$)[{ODD_SPACE}]*|[{ODD_SPACE}]*[{ODD_COLON}][ {ODD_SPACE}]*)(.*)", re.S)
LINE = re.compile(rf"(( *)(?:- +)*(?:(?:\"[^\"]*\"|'[^']*'|[^\W{ODD_COLON}][^:\"]*):(?: +|$))?)(.*)")
GIT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?")
SIGN = re.compile(r"[*&!%@`,\]}]+|[-?:](?= |$)|\[|[|>](?!(?:[-+]?[1-9]?|[1-9][-+]) *(?: #.*)?$)")
"""Characters at the beginning of a text that mean something else to YAML."""
CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"', re.S), "'": re.compile(r"'(?:[^']|'')*'", re.S), "[": re.compile(r"\[[^\[\]]*\]")}
REST = re.compile(r" *(?: #.*)?")
"""What may follow on the line where quotes or a list end."""
IN_QUOTES = 'Put the whole text in "double quotes".'
SHORT = 40
"""Letters of a text that a message quotes."""
STEP = 2
"""Spaces that a name in another is further in."""
DEEPEST = 100
"""Collections in each other; 100,000 brackets keep the parser busy for minutes."""
MOST_COLUMNS = 8
MOST_HINTS = 20
MOST_READING = 2_000_000
"""Letters that may be read again and again to try fixes, about a second; a file of a usual size needs far less."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A likely mistake: its line from 1, what was found, what to do, and what would be read in the place of the line."""

    line: int
    found: str
    remedy: str
    fix: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line: its number from 1, its spaces, all before the value (spaces, dashes, name, colon), and the value."""

    number: int = 0
    column: int = 0
    head: str = ""
    value: str = ""


def find_hints(text: str) -> list[Hint]:
    """Find what explains why the parser refuses a text, from the top; nothing where nothing explains it."""
    lines = LINE_BREAK.split(text)
    found: list[Hint] = []
    tries = MOST_READING // (len(text) + 1)
    while (stop := find_stop(lines)) is not None and len(found) < MOST_HINTS:
        read = [part_line(number, line) for number, line in enumerate(lines, start=1)]
        suspected = islice(chain(suspect_words(read, stop), suspect_columns(read, stop)), tries)
        hint = next((each for each in suspected if is_help(lines, each, stop)), None)
        if not hint:
            break
        found.append(hint)
        lines[hint.line - 1] = hint.fix
    return sorted(found, key=lambda hint: hint.line)


def is_help(lines: Sequence[str], hint: Hint, stop: int) -> bool:
    """Try whether the parser gets further with a fix, or stops at a mistake that was read as part of this one."""
    after = find_stop([*lines[: hint.line - 1], hint.fix, *lines[hint.line :]])
    return after is None or hint.line <= after != stop


def find_stop(lines: Sequence[str]) -> int | None:
    """Find the line, from 0, at which the parser gives up; an open quote and a name without a colon count where they begin."""
    try:
        depth = 0
        event: Any
        for event in yaml.parse("\n".join(lines), Loader=LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return int(event.start_mark.line)
    except yaml.MarkedYAMLError as error:
        begins = error.problem in ("found unexpected end of stream", "could not find expected ':'")
        mark = (not begins and error.problem_mark) or error.context_mark or error.problem_mark
        return min(mark.line, len(lines) - 1) if mark else 0  # the end of a file counts as a line more
    return None


def part_line(number: int, line: str) -> FileLine:
    head, indent, value = next(LINE.finditer(line)).groups()
    return FileLine(number, len(indent), head, "" if value.startswith("#") else value.rstrip(" "))


def suspect_words(lines: Sequence[FileLine], stop: int) -> Iterator[Hint]:
    """List what looks odd in a line, up to the line where the parser stopped."""
    above = FileLine()
    for line in lines[: stop + 1]:
        if not line.head.strip(" -") and (lost := explain_lost_name(line.value)):
            fix = f"{line.head}{lost[0]}:{'' if line.value[-1] in ODD_COLON else ' x'}"
            yield Hint(line.number, *lost[1:], fix)
        if line.head.strip():
            yield from suspect_value(line, lines)
            above = line
        elif line.value and not (above.value and above.value[0] not in CLOSED and line.column > above.column):
            yield from suspect_bare(line, above)


def suspect_bare(line: FileLine, above: FileLine) -> Iterator[Hint]:
    """Say what is wrong with a line without name and colon that does not go on with the text above it."""
    found, name = "a line without a name and a colon", re.match(NAME, line.value)
    remedy = f'Write a colon and a space after "{name[0]}" if that is the name. ' if name and line.value[0].islower() else ""
    where = f"If it goes on with the text of line {above.number}, put it at the end of that line."
    remedy += where if above.number else "Write its name, a colon and a space before it."
    if GIT.fullmatch(line.value):
        found = "a mark of Git"
        remedy = "Two versions of the file were joined: keep the right lines of both, and delete such marks."
    elif re.match("-[^ -]", line.value):
        found, remedy = "no space after the dash", f"Write {shorten(f'- {line.value[1:]}')}."
    for fix in ("", "x:", "- x"):
        yield Hint(line.number, f"{found}: {shorten(line.value)}", remedy, line.head + fix)


def suspect_value(line: FileLine, lines: Sequence[FileLine]) -> Iterator[Hint]:
    """Find what is wrong with the text of a name: its quotes, its first character, a colon in it."""
    value, first = line.value, line.value[:1]
    following = (lines[number] for number in (range(line.number, len(lines)) if first in CLOSED else ()))
    below = takewhile(lambda each: each.column > line.column or not each.head + each.value, following)
    chunk = "\n".join([value, *(each.head + each.value for each in below)]).rstrip()
    closed = CLOSED[first].match(chunk) if first in CLOSED else None
    rest = chunk[closed.end() :].split("\n")[0] if closed else ""
    found = ""
    remedy = f'{IN_QUOTES[:-1]}, and write \\" for a quotation mark in it.' if '"' in chunk else IN_QUOTES
    if closed and REST.fullmatch(rest):
        if first == '"' and "\\" in chunk:
            found, remedy = "a backslash that means nothing in double quotes", r"Write \\ for a backslash, or leave it out."
            value = chunk[chunk.index("\\") :]
    elif closed and first != "[":
        found = f"the text in quotes ends before {shorten(rest)}"
    elif first in {"'", '"'}:
        odd = f" ({chunk[-1]} does not close it)" if chunk[-1] in "”“’‘»«" else ""
        found = f"a quotation mark ({first}) that is not closed"
        remedy = f"Write {first} at the end of the text, too{odd}, or take it away at the beginning."
    elif first == "[" and "]" not in chunk:
        found = "a [ that is not closed"
        remedy = f"Write ] at the end of the list. If it is text: {IN_QUOTES[0].lower()}{IN_QUOTES[1:]}"
    elif sign := SIGN.match(value):
        found = describe_sign(sign[0])
    elif re.search(r":(?: |$)", value):
        found = "a colon in a text that is not in quotes"
    if found:
        yield Hint(line.number, f"{found}: {shorten(value)}", remedy, f"{line.head}x")


def suspect_columns(lines: Sequence[FileLine], stop: int) -> Iterator[Hint]:
    """Offer to move names below others where that leaves fewer odd steps: the fewest first, and to the left before the right.

    Last of all, offer to take a dash away.
    """
    entries = [line for line in lines if line.head.strip()]
    columns = [column for column, _ in Counter(line.column for line in entries).most_common(MOST_COLUMNS)]
    moves: list[tuple[int, bool, Hint]] = []
    for above, line, below in zip([FileLine(column=-STEP), *entries], entries, [*entries[1:], FileLine()], strict=False):
        if line.number > stop + 1:
            break
        text = (line.head + line.value).lstrip(" ")
        odd = count_odd(above, line.column, line, below)
        goes_on = f' If it goes on with the text of line {above.number}, put all of that text on one line, in "double quotes".'
        remedy = f"Let it begin below the names beside it.{goes_on if above.value and above.column < line.column else ''}"
        for column in columns if odd else ():
            found = f"{count_spaces(line.column)} before it, where {count_spaces(column)} would fit"
            hint = Hint(line.number, f'"{line.head.strip(" :-") or "-"}" has {found}', remedy, " " * column + text)
            if (change := count_odd(above, column, line, below) - odd) < 0:
                moves.append((change, column > line.column, hint))
        if text.startswith("- "):
            found = f"a dash that does not fit the lines beside it: {shorten(text)}"
            remedy = "Let the dashes of a list begin below each other. A name and its text need no dash."
            moves.append((0, False, Hint(line.number, found, remedy, " " * line.column + text.lstrip("- "))))
    yield from (hint for *_, hint in sorted(moves, key=itemgetter(0, 1)))


def count_odd(above: FileLine, column: int, line: FileLine, below: FileLine) -> int:
    """Count odd steps: a name with text has none further in below it, one without has the next further in, by two spaces."""
    steps = ((column - above.column, above.value), (below.column - column, line.value))
    return sum(step > STEP or step % STEP > 0 or (step > 0) == bool(value) for step, value in steps)


def count_spaces(number: int) -> str:
    return f"{number or 'no'} space{'s' if number > 1 else ''}"


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
    remedy = f"Write {shorten(f'{name}: {rest}'.rstrip())}"
    if between == ":":
        return name, f"no space after the colon: {shorten(words)}", f"{remedy}."
    meant = "a plain space after the colon" if between[0] == ":" else "a colon"
    found = f"{describe_char(between.strip(': ')[0])} in the place of {meant}: {shorten(words)}"
    return name, found, f"{remedy}, with the colon and the space of an English keyboard."


def describe_char(char: str) -> str:
    """Name a character that looks like another, such as the space U+00A0 (NO-BREAK SPACE)."""
    number, name = f"U+{ord(char):04X}", unicodedata.name(char)
    return f"the space {number} ({name})" if char.isspace() else f'"{char}" ({number} {name})'


def describe_sign(sign: str) -> str:
    return f'the text begins with "{sign}", which has a meaning of its own in YAML'
