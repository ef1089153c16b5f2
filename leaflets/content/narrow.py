"""What of the topics a leaflet prints, and what of that its sheet of paper.

Takes a `Leaflet` and topics in any language; gives them narrowed to what is meant for it, those of each side of its sheet, and
the ids of the units there. What a sheet names and is not there is left out: `checks/sheet.py` says so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from leaflets.model import Block, Group, Item, Leaflet, SheetPart, Topic, list_units, term_unit
from leaflets.profile import Clinic, holds

SheetSide = tuple[Topic, ...]
"""The blocks of one side of a sheet, each in a topic that has no other. The titles of these topics are not printed."""


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

    def select_side(parts: tuple[SheetPart, ...]) -> SheetSide:
        named = ((narrowed.get(part.name.partition(".")[0]), part) for part in parts)
        found = (replace(topic, blocks=tuple(select_blocks(topic, part))) for topic, part in named if topic)
        return tuple(topic for topic in found if topic.blocks)

    return (select_side(leaflet.sheet.front), select_side(leaflet.sheet.back)) if leaflet.sheet else ((), ())


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
