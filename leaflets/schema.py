"""The shapes of the YAML files.

Takes a `Source`; gives model objects, or every problem of the file at once. The same classes yield the JSON Schema that
editors complete from (`leaflets schema topic`).
"""

import difflib
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)

from leaflets.model import Block, Clinic, Item, Leaflet, Level, Reference, Row, Term, Text, Topic
from leaflets.problems import LeafletsError, Problem, Rule, Severity
from leaflets.source import Path, Source, Tree

ERROR = Severity.ERROR
KINDS = ("text", "note", "list", "steps", "terms", "table")
RESERVED = ("heading", "columns", "rows")
"""Names that a translation uses beside a block's items, so no item may have them."""

UNKNOWN_BLOCK_KIND = Rule(
    "unknown-block-kind", ERROR, "A block is of a kind that the page knows.", "Words of an unknown kind would not be printed."
)
UNKNOWN_KEY = Rule("unknown-key", ERROR, "Every key is known.", "A mistyped key silently does nothing.")
MISSING_KEY = Rule("missing-key", ERROR, "Every required key is there.", "Half a block says half of what it should.")
WRONG_VALUE = Rule("wrong-value", ERROR, "Every value is of the right sort.", "A value that is not understood is not obeyed.")

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


def refuse_reserved(name: str) -> str:
    if name in RESERVED:
        raise ValueError(f'"{name}" is reserved; choose another name')
    return name


def widen_words(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ItemShape(Shape):
    """Words for some leaflets only."""

    audiences: tuple[Name, ...] = Field((), alias="for", description="The leaflets that print this. Left out: all.")
    text: Words


ITEM_SCHEMA = {
    "anyOf": [
        {"type": "string", "minLength": 1, "maxLength": 2000},
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["text"],
            "properties": {"for": {"type": "array", "items": {"type": "string"}}, "text": {"type": "string"}},
        },
    ]
}
ItemName = Annotated[Name, AfterValidator(refuse_reserved)]
Items = dict[ItemName, Annotated[ItemShape, BeforeValidator(widen_words), WithJsonSchema(ITEM_SCHEMA)]]


class TableShape(Shape):
    columns: dict[Name, Words] = Field(min_length=2)
    rows: dict[Name, dict[Name, Words]] = Field(min_length=1)


class BlockShape(Shape):
    """One piece of a topic: exactly one of text, note, list, steps, terms, table."""

    audiences: tuple[Name, ...] = Field((), alias="for", description="The leaflets that print this. Left out: all.")
    level: Level | None = Field(None, description="Makes the block a get-help box of this urgency.")
    heading: Words | None = None
    references: tuple[str, ...] = Field(min_length=1, description="The entries of references.yaml that this rests on.")
    text: Words | None = Field(None, description="One paragraph.")
    note: Words | None = Field(None, description="One paragraph in a box.")
    items: Items | None = Field(None, alias="list", min_length=1, description="Bullets, by name.")
    steps: Items | None = Field(None, min_length=1, description="Numbered items, by name.")
    terms: Items | None = Field(None, min_length=1, description="What terms mean, by their name in terms/.")
    table: TableShape | None = None


class TopicShape(Shape):
    """content/topics/en/*.yaml: one subject."""

    title: Words
    blocks: dict[Name, BlockShape] = Field(min_length=1)


class LeafletShape(Shape):
    """content/leaflets/*.yaml: which topics make a leaflet."""

    cover: Name = Field(description="The topic whose title is the leaflet's, and whose blocks open page 1.")
    alert: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")] = Field(
        description="The block repeated as a box on page 1, as topic.block."
    )
    topics: tuple[Name, ...] = Field(min_length=1)
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    issued: date
    review_by: date
    pages: int = Field(ge=1, le=20, description="Page budget on A4, in any language.")
    icd10: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d(\.\d{1,2})?$")], ...] = ()


class ReferenceShape(Shape):
    cite: Words
    short: Words = Field(description="As printed on paper: who, where, year.")
    checked: Annotated[str, StringConstraints(pattern="^(abstract|copy|none)$")]
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] = ""
    undated: bool = False
    note: str = ""


class ReferencesShape(Shape):
    """content/references.yaml: the bibliography."""

    references: dict[str, ReferenceShape]


class TermShape(Shape):
    term: Words
    avoid: tuple[str, ...] = ()
    note: str = ""


class TermsShape(Shape):
    """content/terms/*.yaml: the fixed words of one language."""

    terms: dict[Name, TermShape]


class ClinicShape(Shape):
    """clinic.yaml: who hands out the leaflet."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    clinic_phone: Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ().-]{2,24}$")]
    emergency_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{2,6}$")]


SHAPES: Mapping[str, type[Shape]] = {
    "topic": TopicShape,
    "leaflet": LeafletShape,
    "references": ReferencesShape,
    "terms": TermsShape,
    "clinic": ClinicShape,
}
"""The nouns that `leaflets schema` knows."""

AnyShape = TypeVar("AnyShape", bound=Shape)


def read_shape(shape: type[AnyShape], tree: Tree, source: Source, inside: str = "") -> AnyShape:
    """Check a tree against a shape.

    `inside` is the key of the shape that the whole file stands for. Raises LeafletsError with every problem.
    """
    try:
        return shape.model_validate({inside: tree} if inside else tree)
    except ValidationError as error:
        skip = 1 if inside else 0
        raise LeafletsError(explain_error(each, source, skip) for each in error.errors()) from None


def explain_error(error: Any, source: Source, skip: int) -> Problem:
    """Turn one pydantic error into a Problem at the line that caused it."""
    loc: Path = tuple(part for part in error["loc"][skip:] if part != "[key]")
    place = source.place(loc)
    key = str(loc[-1]) if loc else ""
    found = error["input"] if isinstance(error["input"], str) else ""
    match error["type"]:
        case "extra_forbidden":
            known = known_keys(loc)
            meant = difflib.get_close_matches(key, known, 1)
            hint = f'; did you mean "{meant[0]}"?' if meant else ""
            if known == BLOCK_KEYS:
                return UNKNOWN_BLOCK_KIND.at(place, f'unknown block kind "{key}"{hint}', f"The kinds are {', '.join(KINDS)}.")
            return UNKNOWN_KEY.at(place, f'unknown key "{key}"{hint}', f"The keys here are {', '.join(known)}.")
        case "missing":
            return MISSING_KEY.at(place, f'"{key}" is missing', "Add it.")
        case _:
            said = error["msg"].removeprefix("Value error, ")
            quoted = f' (found "{found}")' if found else ""
            return WRONG_VALUE.at(place, f'"{key}": {said[0].lower()}{said[1:]}{quoted}', "Correct it.")


def public_keys(shape: type[Shape]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in shape.model_fields.items())


BLOCK_KEYS = public_keys(BlockShape)
TABLE_KEYS = public_keys(TableShape)
ITEM_KEYS = public_keys(ItemShape)


def known_keys(loc: Path) -> tuple[str, ...]:
    """Name the keys that may stand where an unknown key stands, from its path inside the file."""
    if loc[0] == "blocks":
        if len(loc) == 3:
            return BLOCK_KEYS
        return TABLE_KEYS if len(loc) == 4 else ITEM_KEYS
    for shape in (TopicShape, LeafletShape, ClinicShape):
        if len(loc) == 1 and difflib.get_close_matches(str(loc[0]), public_keys(shape), 1):
            return public_keys(shape)
    return public_keys(TermShape if len(loc) == 2 else TopicShape)


def parse_topic(source: Source, name: str) -> Topic:
    """Read a topic of the source language."""
    shape = read_shape(TopicShape, source.tree, source)
    problems: list[Problem] = []
    blocks = []
    for block_name, block in shape.blocks.items():
        path: Path = ("blocks", block_name)
        kinds = [kind for kind in KINDS if getattr(block, "items" if kind == "list" else kind) is not None]
        if len(kinds) != 1:
            found = f"has {len(kinds)} kinds ({', '.join(kinds)})" if kinds else "has no words"
            problems.append(
                MISSING_KEY.at(source.place(path), f'block "{block_name}" {found}', f"Give it one of {', '.join(KINDS)}.")
            )
            continue
        blocks.append(build_block(source, path, block, kinds[0]))
        problems += check_table(source, path, block)
    if problems:
        raise LeafletsError(problems)
    return Topic(name, Text(shape.title, source.place(("title",))), tuple(blocks))


def check_table(source: Source, path: Path, block: BlockShape) -> list[Problem]:
    if not block.table:
        return []
    columns = tuple(block.table.columns)
    return [
        MISSING_KEY.at(
            source.place((*path, "table", "rows", name)),
            f'row "{name}" has the cells {", ".join(cells)}',
            f"Give it exactly {', '.join(columns)}, in this order.",
        )
        for name, cells in block.table.rows.items()
        if tuple(cells) != columns
    ]


def build_block(source: Source, path: Path, block: BlockShape, kind: str) -> Block:
    def text(words: str, *rest: str) -> Text:
        return Text(words, source.place((*path, *rest)))

    def plain(found: Mapping[str, str], *rest: str) -> tuple[Item, ...]:
        return tuple(Item(name, text(words, *rest, name)) for name, words in found.items())

    items: tuple[Item, ...] = ()
    columns: tuple[Item, ...] = ()
    rows: tuple[Row, ...] = ()
    if block.table:
        columns = plain(block.table.columns, "table", "columns")
        rows = tuple(Row(name, plain(cells, "table", "rows", name)) for name, cells in block.table.rows.items())
    elif single := block.text or block.note:
        items = (Item("", text(single, kind)),)
    else:
        found = block.items or block.steps or block.terms or {}
        items = tuple(Item(name, text(item.text, kind, name), item.audiences) for name, item in found.items())
    return Block(
        name=str(path[-1]),
        kind=kind,
        place=source.place(path),
        items=items,
        columns=columns,
        rows=rows,
        heading=text(block.heading, "heading") if block.heading else None,
        level=block.level,
        audiences=block.audiences,
        references=block.references,
    )


def parse_translation(source: Source, name: str) -> dict[str, Text]:
    """Read a topic's words in another language, as unit id -> text.

    A translation has the names of the source and nothing else, so any tree of names and words is read here; what is
    missing or left over is for `localize` to say.
    """
    problems: list[Problem] = []
    units: dict[str, Text] = {}

    def flatten(tree: Tree, path: Path, unit: str) -> None:
        if isinstance(tree, str):
            units[unit] = Text(tree, source.place(path))
        elif isinstance(tree, dict):
            for key, value in tree.items():
                flatten(value, (*path, key), f"{unit}.{key}")
        else:
            problems.append(
                WRONG_VALUE.at(source.place(path), f'"{path[-1]}" is a list', "Write `name: words`, as the source does.")
            )

    assert isinstance(source.tree, dict)  # read_source refuses anything else
    for key, value in source.tree.items():
        if key == "title":
            flatten(value, (key,), f"{name}.title")
        elif key == "blocks":
            flatten(value, (key,), name)
        else:
            problems.append(
                UNKNOWN_KEY.at(source.place((key,)), f'unknown key "{key}"', "A translation has `title:` and `blocks:`.")
            )
    if problems:
        raise LeafletsError(problems)
    return units


def parse_leaflet(source: Source, name: str) -> Leaflet:
    shape = read_shape(LeafletShape, source.tree, source)
    if shape.review_by <= shape.issued:
        place = source.place(("review_by",))
        raise LeafletsError(
            [WRONG_VALUE.at(place, f"review_by {shape.review_by} is not after issued {shape.issued}", "Correct it.")]
        )
    return Leaflet(name=name, place=source.place(()), **shape.model_dump())


def parse_references(source: Source) -> dict[str, Reference]:
    shape = read_shape(ReferencesShape, source.tree, source, inside="references")
    return {
        name: Reference(name, each.cite, each.short, each.checked, each.url, each.undated)
        for name, each in shape.references.items()
    }


def parse_terms(source: Source) -> dict[str, Term]:
    shape = read_shape(TermsShape, source.tree, source, inside="terms")
    return {name: Term(name, Text(each.term, source.place((name, "term")))) for name, each in shape.terms.items()}


def parse_clinic(source: Source) -> Clinic:
    return Clinic(**read_shape(ClinicShape, source.tree, source).model_dump())
