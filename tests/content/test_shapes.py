"""The shapes of the YAML files: what an editor completes from them, and what no file may hold."""

import pytest
from pydantic import ValidationError

from leaflets.content.completion import SHAPES
from leaflets.content.profile_shapes import ClinicShape
from leaflets.content.shapes import KINDS, LONGEST, RESERVED, ItemShape, LeafletShape, Shape, TopicShape

LEAFLET = {"cover": "adult", "topics": ("signs", "get-help"), "version": "0.1.0", "pages": "6"}
DAYS = {"issued": "2026-11-21", "review_by": "2028-11-21"}


@pytest.mark.parametrize(
    ("noun", "keys"),
    [
        ("topic", {"title", "insert", "blocks"}),
        (
            "leaflet",
            {
                *(
                    "cover",
                    "topics",
                    "inserts",
                    "sheet",
                    "teach_back",
                    "version",
                    "issued",
                    "review_by",
                    "pages",
                    "icd10",
                ),
                "history",
                "reader",
            },
        ),
        ("references", {"references"}),
        ("countries", {"countries", "groups"}),
        ("terms", {"terms"}),
        (
            "markers",
            {
                "negation",
                "obligation",
                "uncertainty",
                "phrases",
                "except",
                "english",
                "measures",
                "doses",
                "opposites",
                "questions",
            },
        ),
        ("clinic", set(ClinicShape.model_fields)),
        (
            "clinic",
            {
                "id",
                "name",
                "country",
                "second_phone",
                "note",
                "words",
                "clinic_phone",
                "urgent_phone",
                "crisis_phone",
                "emergency_number",
                "interpreter_phone",
                "hours",
                "web",
                "leaflets_url",
                "colour",
                "logo",
                "paper",
            },
        ),
    ],
)
def test_an_editor_can_complete_the_keys_of_every_file(noun: str, keys: set[str]) -> None:
    assert set(SHAPES[noun].model_json_schema(by_alias=True)["properties"]) == keys


def test_an_editor_completes_the_kinds_of_blocks_by_the_names_that_authors_type() -> None:
    block = SHAPES["topic"].model_json_schema(by_alias=True)["$defs"]["BlockShape"]
    assert {*KINDS, "for", "when", "level", "heading", "groups", "references", "support_groups"} == set(block["properties"])
    assert block["required"] == ["references"]


def test_an_editor_completes_an_item_as_words_or_as_keys_of_its_own() -> None:
    schema = SHAPES["topic"].model_json_schema(by_alias=True)
    [items] = schema["$defs"]["BlockShape"]["properties"]["steps"]["anyOf"][0]["patternProperties"].values()
    words = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    assert items == {"anyOf": [words, {"$ref": "#/$defs/ItemShape"}]}
    item = schema["$defs"]["ItemShape"]
    assert set(item["properties"]) == {"for", "icon", "see", "lead", "when", "text"}
    assert (item["required"], item["additionalProperties"]) == (["text"], False)


@pytest.mark.parametrize("name", RESERVED)
def test_no_item_takes_a_name_that_a_translation_needs(name: str) -> None:
    block = {"references": ["Book"], "list": {name: "Hard lumps"}}
    with pytest.raises(ValidationError, match=f'"{name}" is reserved'):
        TopicShape.model_validate({"title": "Signs", "blocks": {"lumps": block}})


def test_words_alone_are_an_item_as_well() -> None:
    block = {"references": ["Book"], "list": {"hard": "Hard lumps"}}
    topic = TopicShape.model_validate({"title": "Signs", "blocks": {"lumps": block}})
    assert topic.blocks["lumps"].items == {"hard": ItemShape.model_validate({"text": "Hard lumps"})}


@pytest.mark.parametrize("day", ["0", "1795219200", "2026-11-21T00:00", "21.11.2026", "2026-13-01", "2026-2-1", ""])
def test_a_day_is_written_in_one_way(day: str) -> None:
    assert LeafletShape.model_validate(LEAFLET | DAYS)
    with pytest.raises(ValidationError, match="issued"):
        LeafletShape.model_validate(LEAFLET | DAYS | {"issued": day})


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_no_shape_takes_a_key_that_it_does_not_know(shape: type[Shape]) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        shape.model_validate({"xyz": "x"})
