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
from leaflets.languages.widths import measure_width
from leaflets.model import Level

END = 20
"""What the end of a text takes, in letters: half a line, and the space below it."""
HEADING = 60
"""What a heading takes, with the space around it."""
LONGEST_HALF = 1100
"""So many letters of 12 pt fit in half the width of a page with its heads, in the scripts that need most room for them."""
DRAWING = 360
"""What a drawing takes with its key, in letters of half a page's width."""
TILE = 120
"""What an entry with a drawing takes at least."""
BETWEEN = 10
"""What the gap between two rows takes, in letters."""
TILES = 3
"""So many labels with a drawing each stand in one row; more stand in pairs."""
LONGEST_ROW = 380
"""So many letters stand in a row, for a page can end only between rows."""
LONGEST_PANEL = 700
"""So many letters of signs stand in one panel, where another may go on: two whole panels fit where one long one leaves a void."""


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
    length = measure_width(join_runs(entry.words)) + END
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


Cut = tuple[Part, Part | PrintedItem]
"""A piece of a part that stands in one half: an entry, or a drawing with its key, which is a part of its own."""
PartRow = tuple[tuple[Part, ...], ...]
"""What stands beside each other: one part over the whole width, or two halves; a list may go on in the second."""


def pair_parts(parts: tuple[Part, ...]) -> Iterator[PartRow]:
    """Share out the parts of a section into rows. A heading begins one, but not that of a drawing, which stands beside words.

    The two least urgent panels, which are short, stand beside each other.
    """
    row: list[Part] = []
    for part in (piece for whole in parts for piece in split_part(whole)):
        if part.level == Level.ROUTINE and len(row) == 1 and row[0].level == Level.SOON:
            yield ((row[0],), (part,))
            row = []
            continue
        if row and (is_broad(part) or is_broad(row[-1]) or (part.heading and not part.alt)):
            yield from halve_parts(row)
            row = []
        row.append(part)
    if row:
        yield from halve_parts(row)


def split_part(part: Part) -> tuple[Part, ...]:
    """Make parts of one, between which a page may end: of a long panel, of groups, and of labels with a drawing each."""
    if part.level:
        return split_panel(part)
    if part.groups:
        return split_groups(part)
    return split_tiles(part) if all(entry.icon for entry in part.entries) else (part,)


def split_panel(part: Part) -> tuple[Part, ...]:
    """Make two panels of a long one, the first of its first group, each with the heading; that of an emergency stays whole."""
    long = sum(map(weigh_entry, part.entries)) > LONGEST_PANEL
    if not part.level or part.level == Level.EMERGENCY or len(part.groups) < 2 or not long:
        return (part,)
    first, *others = part.groups
    return (
        replace(part, entries=first.entries, groups=(first,)),
        replace(part, leads=(), entries=tuple(entry for group in others for entry in group.entries), groups=tuple(others)),
    )


def split_groups(part: Part) -> tuple[Part, ...]:
    """Make a part of each row of a list in groups; a heading and leads of the list itself stand above the first."""
    if not part.heading and not part.leads:
        return tuple(replace(part, heading=group.heading, entries=group.entries, groups=()) for group in part.groups)
    found: list[Part] = []
    before = 0
    for group in part.groups:
        for row in split_evenly([(part, entry) for entry in group.entries]):
            entries = tuple(entry for _, entry in row if isinstance(entry, PrintedItem))
            cut = PartGroup(group.heading if before == group.before else (), entries, before)
            found.append(replace(part, entries=entries, groups=(cut,), before=before))
            before += len(entries)
    return (found[0], *(replace(other, heading=(), leads=()) for other in found[1:]))


def split_tiles(part: Part) -> tuple[Part, ...]:
    """Make a part of each row of labels with a drawing each; what they show together is said above the first."""
    if len(part.entries) <= TILES:
        return (part,)
    rows = (part.entries[at : at + 2] for at in range(0, len(part.entries), 2))
    first, *others = (replace(part, entries=entries) for entries in rows)
    return (first, *(replace(other, heading=(), alt=()) for other in others))


def is_broad(part: Part) -> bool:
    """Whether a part needs the whole width, or shares itself out."""
    return bool(part.wide or part.level or part.groups or part.lines)


def halve_parts(parts: list[Part]) -> Iterator[PartRow]:
    """Share out parts by their entries, in as many rows of two halves as they need."""
    if is_broad(parts[0]):
        yield (tuple(parts),)
        return
    pieces = [(part, entry) for part in parts for entry in ((part,) if part.alt else (*part.leads, *part.entries))]
    for row in split_row(pieces):
        middle = find_middle(map(weigh_piece, row))
        halves = [collect_pieces(half) for half in (row[:middle], row[middle:]) if half]
        long = not all(is_short(entry for part in half for entry in part.entries) for half in halves)
        yield (collect_pieces(row),) if long else tuple(halves)


def weigh_piece(piece: Cut) -> int:
    return DRAWING if isinstance(piece[1], Part) else weigh_entry(piece[1])


def split_row(pieces: list[Cut]) -> Iterator[list[Cut]]:
    """Cut a long row into rows of about the same height. Steps stay together, and so do a drawing and about as many words."""
    if any(part.kind == "steps" for part, _ in pieces):
        yield pieces
        return
    whole = len(pieces)
    if any(part.alt for part, _ in pieces):
        whole = find_beside(pieces) if pieces[-1][0].alt else 0
    yield from split_evenly(pieces[:whole])
    if pieces[whole:]:
        yield pieces[whole:]


def find_beside(pieces: list[Cut]) -> int:
    """Find where the words begin that stand beside a drawing, which is the last of some pieces."""
    taken = 0
    for number in range(len(pieces) - 2, 0, -1):
        taken += weigh_piece(pieces[number])
        if taken + weigh_piece(pieces[number - 1]) / 2 > DRAWING:
            return number
    return 0


def split_evenly(pieces: list[Cut]) -> Iterator[list[Cut]]:
    """Cut pieces into rows, none of them long, so that the halves of each are of about the same height and little stays empty."""
    weights = [weigh_piece(piece) for piece in pieces]
    least: list[tuple[int, int]] = [(0, 0)]
    """For each count of pieces the least height of their rows, and where the last of these begins."""
    for end in range(1, len(pieces) + 1):
        starts = (start for start in range(end) if start == end - 1 or sum(weights[start:end]) <= LONGEST_ROW)
        least.append(min((least[start][0] + measure_row(weights[start:end]) + BETWEEN, start) for start in starts))
    cuts, end = [], len(pieces)
    while end:
        start = least[end][1]
        cuts.append((start, end))
        end = start
    return (pieces[start:end] for start, end in reversed(cuts))


def measure_row(weights: list[int]) -> int:
    """Measure the higher half of a row."""
    middle = find_middle(weights)
    return max(sum(weights[:middle]), sum(weights[middle:]))


def collect_pieces(pieces: Iterable[Cut]) -> tuple[Part, ...]:
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
