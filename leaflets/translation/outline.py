"""What stands around the words of a leaflet, as words that can be read and signed.

Takes topics and leaflets; gives a line for each that names all that is printed beside the words of its units: which blocks in
what order, how urgent, for whom, with which drawings and sources, and until when. Moving a sign of an emergency under another
heading changes no word; it changes this line, so that whoever signs has seen it, and the sign-off lapses when it changes.
"""

import hashlib
from collections.abc import Iterator, Mapping

from leaflets.content.project import Project
from leaflets.model import Block, Item, Leaflet, Reference, Sheet, SheetPart, Text, Topic

OUTLINES = "outlines"
"""The group of these units; they belong to the source alone, since a translation has its structure from there."""


def outline_unit(name: str, kind: str) -> str:
    """The unit id of an outline.

    >>> outline_unit("adult", "leaflet"), outline_unit("adult", "topic")
    ('outlines/leaflet.adult', 'outlines/topic.adult')
    """
    return f"{OUTLINES}/{kind}.{name}"


def list_outlines(project: Project) -> dict[str, Text]:
    """Outline every leaflet and every topic of the source, by unit id."""
    leaflets = {outline_unit(each.name, "leaflet"): Text(outline_leaflet(each), each.place) for each in project.leaflets.values()}
    topics = {
        outline_unit(each.name, "topic"): Text(outline_topic(each, project.pictures, project.references), each.title.place)
        for each in project.topics.values()
    }
    return leaflets | topics


def outline_leaflet(leaflet: Leaflet) -> str:
    """Say which topics a leaflet has, in what order, what its sheet prints, and its dates."""
    parts = (
        f"cover: {leaflet.cover}",
        f"topics: {', '.join(leaflet.topics)}",
        f"inserts: {', '.join(leaflet.inserts) or 'none'}",
        *outline_sheet(leaflet.sheet),
        f"questions to ask: {leaflet.teach_back or 'none'}",
        f"version: {leaflet.version}",
        f"issued: {leaflet.issued}",
        f"to be checked again by: {leaflet.review_by}",
        f"ICD-10: {', '.join(leaflet.icd10) or 'none'}",
    )
    return "; ".join(parts)


def outline_sheet(sheet: Sheet | None) -> Iterator[str]:
    """Say what stands on each side of the sheet, if there is one."""
    for side, parts in (("front", sheet.front), ("back", sheet.back)) if sheet else ():
        yield f"sheet, {side}: {', '.join(map(name_part, parts))}"


def name_part(part: SheetPart) -> str:
    """Name a block of a sheet with the items that are printed of it, or those that are left out."""
    chosen = (*part.items, *(f"not {name}" for name in part.without))
    return f"{part.name} ({', '.join(chosen)})" if chosen else part.name


def outline_topic(topic: Topic, pictures: Mapping[str, str], references: Mapping[str, Reference]) -> str:
    """Say what a topic is made of, block by block."""
    insert = [f"on pages of its own ({topic.insert})"] if topic.insert else []
    blocks = [f"{block.name}: {'; '.join(outline_block(block, pictures, references))}" for block in topic.blocks]
    return " / ".join([*insert, *blocks])


def outline_block(block: Block, pictures: Mapping[str, str], references: Mapping[str, Reference]) -> Iterator[str]:
    """Say what a block is made of."""
    yield block.kind
    if block.level:
        yield f"level {block.level}"
    if block.audiences:
        yield f"for {', '.join(block.audiences)}"
    if block.when:
        yield f"when {block.when}"
    if block.picture in pictures:
        yield f"drawing {name_drawing(block.picture, pictures)}"
    drawn = block.picture and block.picture not in pictures
    items = {item.name: name_item(item, block.drawing(item) if drawn else "", pictures) for item in block.items if item.name}
    grouped = {name for group in block.groups for name in group.items}
    for group in block.groups:
        yield f"{group.name} ({', '.join(items[name] for name in group.items)})"
    if rest := [said for name, said in items.items() if name not in grouped]:
        yield ", ".join(rest)
    if block.columns:
        yield f"columns {', '.join(item.name for item in block.columns)}"
    if block.rows:
        yield f"rows {', '.join(row.name for row in block.rows)}"
    if block.support_groups:
        yield "support groups of the clinic's country"
    if block.lines:
        yield f"{block.lines} empty lines"
    if cited := [references[name] for name in block.references if name in references]:
        yield f"sources {', '.join(f'{each.short} ({each.checked})' for each in cited)}"


def name_item(item: Item, drawing: str, pictures: Mapping[str, str]) -> str:
    said = [f"for {', '.join(item.audiences)}"] if item.audiences else []
    said += ["before the bullets"] if item.lead else []
    said += [f"when {item.when}"] if item.when else []
    said += [f"drawing {name_drawing(drawing, pictures)}"] if drawing in pictures else []
    said += [f"see {', '.join(item.see)}"] if item.see else []
    return f"{item.name} ({'; '.join(said)})" if said else item.name


def name_drawing(name: str, pictures: Mapping[str, str]) -> str:
    """Name a drawing with the first digits of its sha256, so that another drawing has another name."""
    return f"{name} [{hashlib.sha256(pictures[name].encode()).hexdigest()[:8]}]"
