"""What of the topics a leaflet prints, and what of that its sheet of paper.

Takes a `Leaflet` and topics in any language; gives them narrowed to what is meant for it, those of each side of its sheet, and
the ids of the units there. What a sheet names and is not there is left out: `checks/sheet.py` says so. A text that is not
printed and has a place all the same, such as the title of a topic, is empty.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from leaflets.edition import Print
from leaflets.model import Block, Group, Item, Leaflet, SheetPart, Topic, list_units, term_unit
from leaflets.profile import Clinic, holds

SheetSide = tuple[Topic, ...]
"""The topics of one side of a sheet, with what it prints of them. A topic stands in it again where another came between."""


def narrow_block(block: Block, keep: Callable[[Item], bool]) -> Block:
    """Keep some items of a block; a group that has no item left goes too."""
    items = tuple(item for item in block.items if keep(item))
    left = {item.name for item in items}
    groups = (replace(group, items=tuple(name for name in group.items if name in left)) for group in block.groups)
    return replace(block, items=items, groups=tuple(group for group in groups if group.items))


def narrow_topic(topic: Topic, audience: str) -> Topic:
    """Keep what is meant for one leaflet."""
    return pick_topic(topic, lambda each: not each.audiences or audience in each.audiences)


def pick_topic(topic: Topic, meant: Callable[[Block | Item], bool]) -> Topic:
    """Keep the blocks and items that are meant; a block that has no item left goes too."""
    blocks = (narrow_block(block, meant) for block in topic.blocks if meant(block))
    return replace(topic, blocks=tuple(block for block in blocks if block.items or block.rows or block.lines))


def fit_conditions(topics: Mapping[str, Topic], clinic: Clinic | None) -> dict[str, Topic]:
    """Keep what a clinic prints, or what is printed without one."""
    return {name: pick_topic(topic, lambda each: holds(each.when, clinic)) for name, topic in topics.items()}


def select_sheet(leaflet: Leaflet, topics: Mapping[str, Topic]) -> tuple[SheetSide, SheetSide]:
    """Pick what stands on the front and on the back; nothing for a leaflet without a sheet.

    Items stand in the order of their block. A block that is not printed whole has no alt text, which tells of all of it.
    """
    narrowed = {name: narrow_topic(topics[name], leaflet.name) for name in leaflet.printed if name in topics}

    def select_side(parts: tuple[SheetPart, ...]) -> Iterator[Topic]:
        named = ((narrowed.get(part.name.partition(".")[0]), part) for part in parts)
        found = [(topic.name, block) for topic, part in named if topic for block in select_blocks(topic, part)]
        for name, group in groupby(found, lambda pair: pair[0]):
            topic = replace(narrowed[name], blocks=tuple(block for _, block in group))
            titled = topic.blocks[0] is not found[0][1] and not topic.blocks[0].heading
            yield topic if titled else hide_title(topic)

    return (tuple(select_side(leaflet.sheet.front)), tuple(select_side(leaflet.sheet.back))) if leaflet.sheet else ((), ())


def hide_title(topic: Topic) -> Topic:
    return replace(topic, title=replace(topic.title, words=""))


def narrow_sheet(leaflet: Leaflet, topics: Mapping[str, Topic]) -> dict[str, Topic]:
    """Narrow topics to what the sheet of a leaflet prints of them: on either side, and of its cover the title and for whom it is.

    Who selects the sides of a sheet from these finds the same. A topic of which nothing is printed has no block and no title.
    """
    found = {name: hide_title(replace(topic, blocks=())) for name, topic in topics.items()}
    covers = (narrow_topic(topics[name], leaflet.name) for name in (leaflet.cover,) if name in topics)
    spoken = (replace(each, blocks=tuple(block for block in each.blocks if block.kind == "text")) for each in covers)
    front, back = select_sheet(leaflet, topics)
    for topic in (*spoken, *front, *back):
        blocks = {block.name: block for block in (*found[topic.name].blocks, *topic.blocks)}
        title = topic.title if topic.title.words else found[topic.name].title
        found[topic.name] = replace(topic, title=title, blocks=tuple(blocks.values()))
    return found


def name_topics(leaflet: Leaflet, what: Print, asked: bool = True) -> tuple[str, ...]:
    """Name the topics of which something is printed, be they there or not; without `asked` no questions for the clinician."""
    if what is Print.LEAFLET or not leaflet.sheet:
        return leaflet.read if asked else leaflet.printed
    parts = (part.name.partition(".")[0] for part in (*leaflet.sheet.front, *leaflet.sheet.back))
    return tuple(dict.fromkeys((leaflet.cover, *parts)))


def narrow_print(leaflet: Leaflet, what: Print, topics: Mapping[str, Topic]) -> dict[str, Topic]:
    """Narrow topics to what is printed of a leaflet."""
    if what is Print.SHEET:
        return narrow_sheet(leaflet, topics)
    return {name: narrow_topic(topic, leaflet.name) for name, topic in topics.items()}


def select_blocks(topic: Topic, part: SheetPart) -> Iterator[Block]:
    """Find the block that a part of a sheet names, with the items that are printed of it."""
    for block in topic.blocks:
        if f"{topic.name}.{block.name}" == part.name:
            chosen = narrow_block(block, lambda item: part.prints(item.name)) if part.items or part.without else block
            if chosen.items or not part.items:
                yield block if chosen.items == block.items else replace(chosen, alt=None, groups=keep_several(chosen.groups))


def keep_several(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Take the heading of what is left of a list where there is only one."""
    return groups if len(groups) > 1 else ()


def list_sheet_units(leaflet: Leaflet, topics: Mapping[str, Topic]) -> list[str]:
    """List the unit ids that a sheet prints, in order; a term before its meaning."""
    found = []
    for topic in (topic for side in select_sheet(leaflet, topics) for topic in side):
        terms = {
            f"{topic.name}.{block.name}.{item.name}" for block in topic.blocks if block.kind == "terms" for item in block.items
        }
        _, *units = (unit for unit, _ in list_units(topic))  # the first is the title
        for unit in units:
            found += [term_unit(unit.rpartition(".")[2]), unit] if unit in terms else [unit]
    return found
