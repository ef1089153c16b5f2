"""What a page for a screen shows, in its order: first what the sheet says, then the rest of the leaflet.

Takes a `Document` and what it holds; gives it with the opening of its page as its front.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from leaflets.document.compose import Document, Section
from leaflets.document.halves import list_arrangements
from leaflets.edition import Print


def arrange_screen(document: Document, what: str = Print.LEAFLET) -> Document:
    """Put in front what a page opens with, and take from the sections what stands there whole.

    Those with the signs of an emergency stand there as the leaflet has them, since a screen has room for every sign; the key
    points follow what it is. Of a document that holds the words of a sheet nothing is left. What is a sheet's alone is named so.
    """
    spread, alone = list_arrangements(document)[0], what == Print.SHEET
    panels = () if alone else tuple(section for section in document.sections if section.urgent)
    whole = {section.name for section in panels}
    before, after = (tuple(name_sheets(side, whole)) for side in (spread.front, spread.back))
    key_points = tuple(part for part in document.cover.parts if part.kind != "text")
    points = (replace(document.cover, title=(), parts=key_points),) if key_points else ()
    front = (*before[:1], *points, *before[1:], *panels, *after)
    return replace(
        document,
        cover=replace(document.cover, parts=tuple(part for part in document.cover.parts if part.kind == "text")),
        front=front,
        back=(),
        sections=() if alone else tuple(leave_out(document.sections, front)),
        inserts=() if alone else tuple(leave_out(document.inserts, front)),
    )


def name_sheets(sections: Iterable[Section], others: set[str]) -> Iterator[Section]:
    """Name the sections of a sheet apart from those of the leaflet, without the others that stand on a page whole."""
    return (replace(section, name=f"sheet-{section.name}") for section in sections if section.name not in others)


def leave_out(sections: Iterable[Section], shown: tuple[Section, ...]) -> Iterator[Section]:
    """Leave out the parts that are shown already, and a section of which nothing is left."""
    known = {part for section in shown for part in section.parts}
    for section in sections:
        if parts := tuple(part for part in section.parts if part not in known):
            yield replace(section, parts=parts)
