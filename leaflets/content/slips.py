"""Slips of the hand in YAML, in plain words.

Takes the text of a file that the YAML parser refuses; gives the lines where the hand slipped, with what was found and what to
do. The parser stops where it can read no further, often many lines later. So each line up to there that looks suspicious is
mended, and only one whose mending lets the parser get further is named: what is said here has been tried.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import Any

import yaml

from leaflets.content.indentation import KeyLine, Slip, read_entry, suspect_columns
from leaflets.content.oddities import (
    IN_QUOTES,
    LINE_BREAK,
    LOST_NAME,
    NAME,
    ODD_COLON,
    describe_sign,
    explain_lost_name,
    explain_odd_space,
    shorten,
)

GIT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?")
SIGN = re.compile(r"[*&!%@`,\]}]+|[-?:](?= |$)|\[|[|>](?!(?:[-+]?[1-9]?|[1-9][-+]) *(?: #.*)?$)")
"""Characters at the beginning of a text that mean something else to YAML."""
QUOTED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"', re.S), "'": re.compile(r"'(?:[^']|'')*'", re.S)}
CLOSED_LIST = re.compile(r"\[[^\[\]]*\]")
REST = re.compile(r" *(?: #.*)?")
"""What may follow on the line where quotes or a list end."""
ESCAPE = re.compile(r'\\(?:[^0abtnvfre "/\\N_LPxuU\n]|x(?![0-9A-Fa-f]{2})|u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8}))')
END = "found unexpected end of stream"
NEAR = 3
"""Lines above and below in which a name shows how far a line is meant to be in."""
DEEPEST = 100
"""Collections in each other; 100,000 brackets keep the parser busy for minutes."""
MOST_SLIPS = 20
MOST_READING = 2_000_000
"""Letters that may be read again and again to try what is suspected, about a second; a file of a usual size needs far less."""


def find_slips(text: str) -> list[Slip]:
    """Find the slips that explain why the parser refuses a text, from the top; none where nothing explains it."""
    lines = LINE_BREAK.split(text)
    found: list[Slip] = []
    tries = MOST_READING // (len(text) + 1)
    while (stop := find_stop(lines)) is not None and len(found) < MOST_SLIPS:
        entries = [entry for number, line in enumerate(lines) if (entry := read_entry(number, line))]
        words = [list(slips) for _, slips in groupby(islice(suspect_words(lines, stop, entries), tries), key=attrgetter("line"))]
        slip = next(filter(None, (choose(lines, slips, stop) for slips in words)), None)
        slip = slip or choose(lines, islice(suspect_columns(lines, stop, entries), tries), stop)
        slips = [slip] if slip else choose_together(lines, [slips[0] for slips in words], stop)
        if not slips:
            break
        found += slips
        lines = mend_all(lines, slips)
    return sorted(found, key=attrgetter("line"))[:MOST_SLIPS]


def choose(lines: Sequence[str], slips: Iterable[Slip], stop: int) -> Slip | None:
    """Choose the slip whose mending helps the parser most, the first of equal ones; None if none does."""
    reach, slip = max(((measure_reach(lines, [each], stop), each) for each in slips), key=itemgetter(0), default=(0, None))
    return slip if reach else None


def choose_together(lines: Sequence[str], slips: list[Slip], stop: int) -> list[Slip]:
    """Choose slips that help only if all are mended, such as a colon of another keyboard in line after line."""
    reach = measure_reach(lines, slips, stop)
    return [each for each in slips if measure_reach(lines, [other for other in slips if other is not each], stop) < reach]


def measure_reach(lines: Sequence[str], slips: Sequence[Slip], stop: int) -> int:
    """Count the lines that the parser gets through once slips are mended; 0 if that does not help."""
    after = find_stop(mend_all(lines, slips))
    reach = len(lines) if after is None else after
    hid = any(slip.runs_on and slip.line <= reach != stop for slip in slips)
    return reach if reach > stop or hid else 0


def mend_all(lines: Sequence[str], slips: Iterable[Slip]) -> list[str]:
    for slip in slips:
        lines = slip.mend(lines)
    return list(lines)


def find_stop(lines: Sequence[str]) -> int | None:
    """Find the line, from 0, at which the parser gives up; an open quote counts where it opens, not where the file ends."""
    try:
        depth = 0
        event: Any
        for event in yaml.parse("\n".join(lines), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return int(event.start_mark.line)
    except yaml.MarkedYAMLError as error:
        mark = (error.problem != END and error.problem_mark) or error.context_mark or error.problem_mark
        return min(mark.line, len(lines) - 1) if mark else 0  # the end of a file counts as a line more
    return None


def suspect_words(lines: list[str], stop: int, entries: Sequence[KeyLine]) -> Iterator[Slip]:
    """List what looks odd on its line, up to the line where the parser stopped."""
    by_line = {entry.line: entry for entry in entries}
    above: KeyLine | None = None
    for number in range(min(stop + 1, len(lines))):
        near = [entry.column for each in range(number - NEAR, number + NEAR) if (entry := by_line.get(each))]
        yield from suspect_line(lines, number, stop, near)
        if entry := by_line.get(number):
            yield from suspect_value(lines, entry, entries)
            above = entry
        else:
            yield from suspect_bare(lines, number, above)


def find_chunk(lines: list[str], entry: KeyLine, entries: Sequence[KeyLine]) -> str:
    """Give a value with the lines that go on with it: up to the next name that is not further in."""
    end = next((each.line for each in entries if each.line > entry.line and each.column <= entry.column), len(lines))
    indent = " " * entry.column
    lost = (number for number in range(entry.line + 1, end) if re.match(rf"{indent}(?! )", lines[number]))
    end = next((number for number in lost if LOST_NAME.fullmatch(lines[number].strip())), end)
    return "\n".join([entry.value, *lines[entry.line + 1 : end]]).rstrip()


def suspect_line(lines: list[str], number: int, stop: int, near: Sequence[int]) -> Iterator[Slip]:
    """Find marks of Git, odd spaces at the beginning, and a name or dash that runs into its text."""
    line = lines[number]
    if GIT.fullmatch(line):
        remedy = "Two versions of the file were joined: keep the right lines of both, and delete such marks."
        yield Slip(number + 1, f"a mark of Git: {shorten(line)}", remedy, number, "")
    if odd := explain_odd_space(line):
        words = line.lstrip()
        for column in dict.fromkeys([len(line) - len(words), *near]):
            yield Slip(number + 1, *odd, number, " " * column + words)
    head = re.match(r" *(?:- +)*", line)
    assert head
    if lost := explain_lost_name(line[head.end() :]):
        name, found, remedy = lost
        value = "" if line[head.end() :].endswith(tuple(ODD_COLON)) else " x"
        yield Slip(number + 1, found, remedy, number, f"{head[0]}{name}:{value}")
    if head[0].strip() and number >= stop - 1:  # a dash: it may be in the wrong column, or before what is no item of a list
        item = line[head.end() :]
        found = f"a dash that does not fit the lines beside it: {shorten(line)}"
        remedy = "Let the dashes of a list begin below each other. A name and its text need no dash."
        alone = not any(
            each.lstrip(" ").startswith("-") for each in (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
        )
        for column in dict.fromkeys(near):
            if alone:
                yield Slip(number + 1, found, remedy, number, f"{' ' * column}{item}")
            if number == stop:
                yield Slip(number + 1, found, remedy, number, f"{' ' * column}- {item}")
    if re.match(r" *-[^ -]", line):
        words = line.strip()
        remedy = f"Write {shorten(f'- {words[1:]}')}."
        yield Slip(number + 1, f"no space after the dash: {shorten(words)}", remedy, number, line.replace("-", "- ", 1))


def suspect_value(lines: list[str], entry: KeyLine, entries: Sequence[KeyLine]) -> Iterator[Slip]:
    """Find what is wrong with the text of a name: its quotes, its first character, a colon in it."""
    number, value = entry.line + 1, entry.value
    chunk = find_chunk(lines, entry, entries) if value[:1] in ('"', "'", "[") else value
    mended = (entry.line, f"{entry.head}x", chunk.count("\n") + 1)
    if pattern := QUOTED.get(value[:1]):
        closed = pattern.match(chunk)
        if not closed:
            yield Slip(
                number, f"a quotation mark ({value[0]}) that is not closed: {shorten(value)}", close_quote(chunk), *mended, True
            )
        elif not REST.fullmatch(rest := chunk[closed.end() :].split("\n")[0]):
            found = f"the text in quotes ends before {shorten(rest)}: {shorten(value)}"
            yield Slip(number + closed[0].count("\n"), found, quote_whole(chunk), *mended)
        elif value[0] == '"' and (escape := ESCAPE.search(closed[0])):
            line = number + closed[0].count("\n", 0, escape.start())
            remedy = r"Write \\ for a backslash, or leave it out."
            yield Slip(line, f"a backslash that means nothing in double quotes: {shorten(escape[0])}", remedy, *mended)
        return
    mended = (entry.line, f"{entry.head}x", 1)
    if (closed_list := CLOSED_LIST.match(chunk)) and REST.fullmatch(chunk[closed_list.end() :].split("\n")[0]):
        return
    if sign := SIGN.match(value):
        if sign[0] == "[" and "]" not in chunk:
            remedy = f"Write ] at the end of the list. If it is text: {IN_QUOTES[0].lower()}{IN_QUOTES[1:]}"
            yield Slip(number, f"a [ that is not closed: {shorten(value)}", remedy, *mended, True)
        else:
            yield Slip(number, f"{describe_sign(sign[0])}: {shorten(value)}", quote_whole(value), *mended)
    elif re.search(r":(?: |$)", value):
        yield Slip(number, f"a colon in a text that is not in quotes: {shorten(value)}", quote_whole(value), *mended)


def quote_whole(text: str) -> str:
    """Say how to put a text in quotes, which may have some inside already."""
    return f'{IN_QUOTES[:-1]}, and write \\" for a quotation mark in it.' if '"' in text else IN_QUOTES


def close_quote(chunk: str) -> str:
    quote, last = chunk[0], chunk[-1]
    if last in "”“’‘»«":
        return f"Write {quote} at its end, too: {last} does not close it."
    return f"Write {quote} at the end of the text, too, or take it away at the beginning."


def suspect_bare(lines: list[str], number: int, above: KeyLine | None) -> Iterator[Slip]:
    """Find a line without name and colon that does not go on with the text above it."""
    line = lines[number]
    words = line.strip(" ")
    if not words or words.startswith("#"):
        return
    if above and above.value and above.value[0] not in QUOTED and len(line) - len(line.lstrip(" ")) > above.column:
        return
    first = re.match(NAME, words)
    if first and re.fullmatch(r"[^\w ]?", words[first.end() :]):
        remedy = f'If it is a name, write "{first[0]}:". If it goes on with a text, put it at the end of the line of that text.'
        yield Slip(number + 1, f'no colon after "{first[0]}"', remedy, number, line[: line.index(first[0])] + f"{first[0]}:")
    found = f"a line without a name and a colon: {shorten(words)}"
    remedy = f'Write a colon and a space after "{first[0]}" if that is the name. ' if first and words[0].islower() else ""
    where = f"it goes on with the text of line {above.line + 1}, put it at the end of that line." if above else ""
    remedy += f"If {where}" if where else "Write its name, a colon and a space before it."
    yield Slip(number + 1, found, remedy, number, "")
