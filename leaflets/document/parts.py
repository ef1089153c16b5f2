"""A block, ready to print.

Takes a `Block` and what cuts its words into runs; gives a `Part`, so that the template of its kind only has to place them.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from leaflets.content.countries import SupportGroup
from leaflets.languages.locales import script
from leaflets.languages.runs import Run
from leaflets.model import SOURCE_LOCALE, Block, Level, Term, Text

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """A bullet, a step, a paragraph, a term with its meaning, or a label with the name of the drawing beside it.

    `see` has the blocks that answer a question, as topic.block.
    """

    words: Runs
    term: Runs = ()
    icon: str = ""
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartGroup:
    """Some entries of a list under their heading, and how many entries stand before them."""

    heading: Runs
    entries: tuple[PrintedItem, ...]
    before: int


@dataclass(frozen=True, slots=True)
class Part:
    """A block, ready to print; `kind` names its template. `groups` has the entries again, where they are grouped.

    `leads` are the sentences before the bullets of a list, and `before` counts the entries that stand before these, elsewhere.
    """

    name: str
    kind: str
    level: Level | None
    heading: Runs
    leads: tuple[PrintedItem, ...]
    entries: tuple[PrintedItem, ...]
    groups: tuple[PartGroup, ...]
    columns: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    picture: str
    alt: Runs
    lines: int
    before: int = 0

    @property
    def wide(self) -> bool:
        """Whether it needs the whole width of a page: a table, or labels with a drawing each."""
        return self.kind == "table" or any(entry.icon for entry in self.entries)


def name_group(group: SupportGroup, tag: str) -> PrintedItem:
    """Name a support group and its address as they stand, left to right in any language."""
    foreign = SOURCE_LOCALE if script(tag) != "Latn" else ""
    return PrintedItem((Run(f"{group.name} ({group.web})", language=foreign, isolate="ltr"),))


def compose_part(
    block: Block,
    terms: Mapping[str, Term],
    pictures: Collection[str],
    runs: Callable[[Text | None], Runs],
    more: tuple[PrintedItem, ...] = (),
) -> Part:
    """A figure is one drawing with numbered labels where a drawing has its picture's name; else each label has its own.

    `more` are entries that follow those of the block.
    """
    named = block.kind == "terms"
    drawings = bool(block.picture) and block.picture not in pictures
    entries = {
        item.name: PrintedItem(
            words=runs(item.text),
            term=runs(terms[item.name].term) if named else (),
            icon=block.drawing(item) if drawings else "",
            see=item.see,
        )
        for item in block.items
    }
    leads = {item.name for item in block.items if item.lead}
    groups = []
    before = 0
    for group in block.groups:
        groups.append(PartGroup(runs(group.heading), tuple(entries[name] for name in group.items), before))
        before += len(group.items)
    return Part(
        name=block.name,
        kind=block.kind,
        level=block.level,
        heading=runs(block.heading),
        leads=tuple(entry for name, entry in entries.items() if name in leads),
        entries=(*(entry for name, entry in entries.items() if name not in leads), *more),
        groups=tuple(groups),
        columns=tuple(runs(column.text) for column in block.columns),
        rows=tuple(tuple(runs(cell.text) for cell in row.cells) for row in block.rows),
        picture=block.picture,
        alt=runs(block.alt),
        lines=block.lines,
    )
