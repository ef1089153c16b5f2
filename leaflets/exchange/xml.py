"""XML from outside, read without its dangers.

Takes bytes; gives a tree of `Node`s with the place of each. A document type is refused before it is read, and with it entities,
which could name other files or grow without end.
"""

import itertools
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from leaflets.exchange.entries import MAX_BYTES, refuse
from leaflets.problems import Place

MAX_DEPTH, MAX_NODES = 64, 200_000
SAVE_AGAIN = "Save it from the translation tool again, or export it anew."


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its name and those of its attributes without namespaces, where it begins, and what is in it, in order."""

    name: str
    attributes: dict[str, str]
    place: Place
    content: tuple["Node | str", ...]

    def find_all(self, *names: str) -> list["Node"]:
        return [each for each in self.content if isinstance(each, Node) and each.name in names]

    def find(self, name: str) -> "Node | None":
        return next(iter(self.find_all(name)), None)

    def walk(self) -> Iterator["Node"]:
        """Yield the node and every node below it."""
        yield self
        for each in self.content:
            if isinstance(each, Node):
                yield from each.walk()


def refuse_type(parser: Any, path: str) -> None:
    """Let a parser raise LeafletsError at a document type, before it reads what is in it."""

    def refuse_it(*_: Any) -> None:
        said = "the file has a document type (<!DOCTYPE …>), which could bring in anything"
        raise refuse(Place(path, parser.CurrentLineNumber), said, "Delete it, or export the file anew.")

    parser.StartDoctypeDeclHandler = refuse_it


def check_type(data: bytes, path: str) -> None:
    """Raise LeafletsError for XML with a document type, whatever its file is called; what is no XML passes."""
    parser = expat.ParserCreate()
    refuse_type(parser, path)
    with suppress(expat.ExpatError, ValueError, LookupError):
        parser.Parse(data, True)


def parse_xml(data: bytes, path: str, limit: int = MAX_BYTES) -> Node:
    """Read an XML file. Raises LeafletsError for one that is not well-formed, too large, or has a document type."""
    if len(data) > limit:
        raise refuse(Place(path), f"the file has {len(data):,} bytes, more than {limit:,}", "Export it anew, topic by topic.")
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    open_nodes: list[tuple[str, dict[str, str], Place, list[Node | str]]] = []
    done: list[Node] = []
    count = itertools.count()

    def start(name: str, attributes: dict[str, str]) -> None:
        place = Place(path, parser.CurrentLineNumber)
        if len(open_nodes) >= MAX_DEPTH:
            raise refuse(place, f"elements in more than {MAX_DEPTH} others", SAVE_AGAIN)
        if next(count) >= MAX_NODES:
            raise refuse(place, f"more than {MAX_NODES:,} elements", SAVE_AGAIN)
        named = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        open_nodes.append((name.rpartition(" ")[2], named, place, []))

    def end(_: str) -> None:
        name, attributes, place, content = open_nodes.pop()
        node = Node(name, attributes, place, tuple(content))
        (open_nodes[-1][3] if open_nodes else done).append(node)

    refuse_type(parser, path)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: open_nodes[-1][3].append(text)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise refuse(Place(path, error.lineno), f"this is no whole XML: {expat.ErrorString(error.code)}", SAVE_AGAIN) from None
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise refuse(Place(path, 1), f"its letters cannot be read: {error}", "Save it as UTF-8.") from None
    return done[0]
