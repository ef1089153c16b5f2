"""What a leaflet is made of.

Takes a `YamlFile`; gives a `Leaflet` with its sheet of paper, or every problem of the file at once.
"""

from collections.abc import Iterable, Iterator, Mapping

from leaflets.content.schema import WRONG_VALUE, read_shape
from leaflets.content.shapes import LeafletShape, SheetEntry, SheetShape
from leaflets.content.strict_yaml import YamlFile
from leaflets.edition import Print
from leaflets.model import Leaflet, Sheet, SheetPart
from leaflets.problems import LeafletsError


def parse_leaflet(source: YamlFile, name: str) -> Leaflet:
    shape = read_shape(LeafletShape, source.tree, source)
    problems = []
    if shape.review_by <= shape.issued:
        place = source.place(("review_by",))
        problems.append(WRONG_VALUE.at(place, f"review_by {shape.review_by} is not after issued {shape.issued}", "Correct it."))
    for version, day in shape.history.items():
        if version == shape.version or day > shape.issued:
            message = f"version {version} of {day} is not earlier than {shape.version} of {shape.issued}"
            problems.append(WRONG_VALUE.at(source.place(("history", version)), message, "Correct it."))
    for number, topic in enumerate(shape.inserts):
        if topic in set(Print):
            said = f'an insert called "{topic}" cannot be told from what else is printed'
            problems.append(WRONG_VALUE.at(source.place(("inserts", number)), said, "Give the topic another name."))
        if topic in (shape.cover, *shape.topics):
            message = f'"{topic}" is an insert, and is printed with the other topics as well'
            problems.append(WRONG_VALUE.at(source.place(("inserts", number)), message, "Leave it in one place."))
    if problems:
        raise LeafletsError(problems)
    return Leaflet(
        name=name, place=source.place(()), sheet=build_sheet(source, shape.sheet), **shape.model_dump(exclude={"sheet"})
    )


def build_sheet(source: YamlFile, shape: SheetShape | None) -> Sheet | None:
    def build_side(side: str, entries: Iterable[SheetEntry]) -> Iterator[SheetPart]:
        for number, entry in enumerate(entries):
            for name, items in entry.items():
                without = items["without"] if isinstance(items, Mapping) else ()
                named = items if isinstance(items, tuple) else ()
                yield SheetPart(name, named, without, source.place(("sheet", side, number)))

    if not shape:
        return None
    front, back = (tuple(build_side(side, entries)) for side, entries in (("front", shape.front), ("back", shape.back)))
    return Sheet(shape.words, front, back, shape.picture)
