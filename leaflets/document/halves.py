"""What stands in two columns of a sheet, shared out before a page is laid out.

Takes the signs of a panel, or the sections of a side; gives two halves of about the same height. To let the engine balance
columns takes longer than all else of a sheet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from leaflets.document.compose import Document, Section
from leaflets.document.parts import Part, PartGroup, PrintedItem
from leaflets.languages.runs import join_runs

END = 20
"""What the end of a text takes, in letters: half a line, and the space below it."""
HEADING = 60
"""What a heading takes, with the space around it."""
LONGEST_HALF = 1100
"""So many letters of 12 pt fit in half the width of a page with its heads, in the scripts that need most room for them."""
DRAWING = 420
"""What a drawing takes with its key, in letters of half a page's width."""
TILE = 120
"""What an entry with a drawing takes at least."""


def find_middle(weights: Iterable[int]) -> int:
    """Find how many of some things stand in the first half, so that the halves weigh about the same.

    >>> find_middle([3, 1, 2, 2]), find_middle([5]), find_middle([1, 9, 1])
    (2, 1, 2)
    """
    found, before = tuple(weights), 0
    for number, weight in enumerate(found):
        if before and before + weight / 2 > sum(found) / 2:
            return number
        before += weight
    return len(found)


def weigh_entry(entry: PrintedItem) -> int:
    length = len(join_runs(entry.words)) + END
    return max(length, TILE) if entry.icon else length


def halve_signs(part: Part, closing: Part | None = None) -> tuple[tuple[PartGroup, ...], ...]:
    """Share out the entries of a list, between its leads and what closes its panel.

    A group may go on in the second half, without its heading.
    """
    groups = part.groups or (PartGroup((), part.entries, 0),)
    signs = [(group, entry) for group in groups for entry in group.entries]
    weights = map(weigh_entry, (*part.leads, *(entry for _, entry in signs), *(closing.entries if closing else ())))
    middle = max(1, find_middle(weights) - len(part.leads))
    halves = []
    for half in filter(None, (signs[:middle], signs[middle:])):
        found = [(group, tuple(entry for _, entry in pairs)) for group, pairs in groupby(half, lambda sign: sign[0])]
        halves.append(
            tuple(
                replace(
                    group,
                    heading=group.heading if entries[0] == group.entries[0] else (),
                    entries=entries,
                    before=group.before + group.entries.index(entries[0]),
                )
                for group, entries in found
            )
        )
    return tuple(halves)


def halve_list(part: Part) -> tuple[tuple[PartGroup, ...], ...]:
    """Share out a list to stand side by side; in one part where it is too long, since a row cannot go on over the page."""
    halves = halve_signs(part)
    whole = (part.groups or (PartGroup((), part.entries, 0),),)
    return halves if is_short(entry for half in halves[:1] for group in half for entry in group.entries) else whole


def is_short(entries: Iterable[PrintedItem]) -> bool:
    return sum(len(join_runs(entry.words)) for entry in entries) <= LONGEST_HALF


PartRow = tuple[tuple[Part, ...], ...]
"""What stands beside each other: one part over the whole width, or two halves; a list may go on in the second."""


def pair_parts(parts: tuple[Part, ...]) -> Iterator[PartRow]:
    """Share out the parts of a section into rows. A heading begins one, but not that of a drawing, which stands beside words."""
    row: list[Part] = []
    for part in parts:
        if row and (is_broad(part) or is_broad(row[-1]) or (part.heading and not part.alt)):
            yield halve_parts(row)
            row = []
        row.append(part)
    if row:
        yield halve_parts(row)


def is_broad(part: Part) -> bool:
    """Whether a part needs the whole width, or shares itself out."""
    return bool(part.wide or part.level or part.groups or part.lines)


def halve_parts(parts: list[Part]) -> PartRow:
    """Share out parts by their entries."""
    pieces = [(part, entry) for part in parts for entry in ((part,) if part.alt else (*part.leads, *part.entries))]
    middle = find_middle(DRAWING if isinstance(entry, Part) else weigh_entry(entry) for _, entry in pieces)
    halves = [collect_pieces(half) for half in (pieces[:middle], pieces[middle:]) if half]
    whole = is_broad(parts[0]) or not all(is_short(entry for part in half for entry in part.entries) for half in halves)
    return (tuple(parts),) if whole else tuple(halves)


def collect_pieces(pieces: Iterable[tuple[Part, Part | PrintedItem]]) -> tuple[Part, ...]:
    """Put entries together to parts again; the heading of one stands before its first."""
    found = []
    for part, group in groupby(pieces, lambda piece: piece[0]):
        entries = tuple(entry for _, entry in group if isinstance(entry, PrintedItem))
        first = bool(entries) and entries[0] in (*part.leads, *part.entries)[:1]
        found.append(
            replace(
                part,
                heading=part.heading if first else (),
                leads=tuple(entry for entry in entries if entry in part.leads),
                entries=tuple(entry for entry in entries if entry not in part.leads),
                before=0 if first else part.entries.index(entries[0]),
            )
            if entries
            else part
        )
    return tuple(found)


def list_arrangements(document: Document) -> tuple[Document, Document, Document]:
    """List the ways to share out what may stand on either side: the panels of the front, and what follows them there.

    All of it stands on the back; or the panels alone do; or nothing does.
    """
    front, back = document.front, document.back
    panels = [number for number, section in enumerate(front) if any(part.level for part in section.parts)]
    first, last = (panels[0], panels[-1] + 1) if panels else (len(front), len(front))

    def move(cut: int) -> Document:
        return replace(document, front=(*front[:first], *front[cut:]), back=(*back, *front[first:cut]))

    return move(len(front)), move(last), move(first)


def split_sections(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Give each part a section of its own; it keeps the name of its section, and the first of a section the title."""
    return tuple(
        replace(section, title=section.title if part == section.parts[0] else (), parts=(part,))
        for section in sections
        for part in section.parts
    )


def halve_sections(sections: tuple[Section, ...], first: int = 0) -> tuple[tuple[Section, ...], ...]:
    """Share out the parts of sections; so many stand in the first half, or what weighs about half."""
    single = split_sections(sections)
    weights = (sum(map(weigh_entry, (*part.leads, *part.entries))) + HEADING for each in single for part in each.parts)
    middle = first or find_middle(weights)
    return tuple(filter(None, (single[:middle], single[middle:])))
