"""From what an editor completes the keys of a file while somebody writes it.

Takes nothing, or a topic; gives JSON Schema, and the shapes by the nouns that `leaflets schema` knows.
"""

from collections.abc import Mapping
from typing import Any

from leaflets.content.profile_shapes import ClinicShape, CountriesShape
from leaflets.content.schema import locate_unit
from leaflets.content.shapes import LeafletShape, MarkersShape, ReferencesShape, Shape, TermsShape, TopicShape
from leaflets.model import Topic, list_units

SHAPES: Mapping[str, type[Shape]] = {
    "topic": TopicShape,
    "leaflet": LeafletShape,
    "references": ReferencesShape,
    "countries": CountriesShape,
    "terms": TermsShape,
    "markers": MarkersShape,
    "clinic": ClinicShape,
}
"""The nouns that `leaflets schema` knows."""
WORDS = ("string", "number", "boolean", "null")
"""What an editor may take words without quotes for, such as `12` or `no`, or a place that waits; here all is read as text."""


def make_translation_schema(topic: Topic) -> dict[str, Any]:
    """Make the schema of one topic's file in any other language."""
    root: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": {}, "title": topic.title.words}
    for unit, text in list_units(topic):
        at = root
        *above, last = map(str, locate_unit(unit, "")[1])
        for name in above:
            at = at["properties"].setdefault(name, {"type": "object", "additionalProperties": False, "properties": {}})
        said = f"English: {text.words}" + (f"\n\nNote: {text.note}" if text.note else "")
        at["properties"][last] = {"type": list(WORDS), "description": said}
    return {"$schema": "http://json-schema.org/draft-07/schema#", **require_all(root)}


def require_all(tree: dict[str, Any]) -> dict[str, Any]:
    """Ask for every name, on every level."""
    if "properties" not in tree:
        return tree
    properties = {name: require_all(each) for name, each in tree["properties"].items()}
    return tree | {"properties": properties, "required": list(properties)}
