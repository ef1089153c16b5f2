"""What an editor needs to complete the names of a translation by itself.

Takes a `Topic` of the source; gives the JSON Schema (draft 7, which editors of YAML read) of its file in another language: the
names that it must have, each with the English and the author's note.
"""

from typing import Any

from leaflets.model import Text, Topic, list_units
from leaflets.translation.write import locate_unit

WORDS = ("string", "number", "boolean", "null")
"""What an editor may take words without quotes for, such as `12` or `no`, or a place that waits; here all is read as text."""


def make_translation_schema(topic: Topic) -> dict[str, Any]:
    """Make the schema of one topic's file in any other language."""
    root: dict[str, Any] = open_object(topic.title.words)
    for unit, text in list_units(topic):
        _, path = locate_unit(unit, "")
        at = root
        for name in map(str, path[:-1]):
            at = at["properties"].setdefault(name, open_object(""))
        at["properties"][str(path[-1])] = describe_words(text)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **require_all(root)}


def open_object(title: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": {}} | ({"title": title} if title else {})


def describe_words(text: Text) -> dict[str, Any]:
    said = f"English: {text.words}" + (f"\n\nNote: {text.note}" if text.note else "")
    return {"type": list(WORDS), "description": said}


def require_all(tree: dict[str, Any]) -> dict[str, Any]:
    """Ask for every name, on every level."""
    if "properties" not in tree:
        return tree
    properties = {name: require_all(each) for name, each in tree["properties"].items()}
    return tree | {"properties": properties, "required": list(properties)}
