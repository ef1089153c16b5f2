"""YAML as model objects.

Takes a `YamlFile`; gives topics, translations, terms, markers and references, or every problem of the file at once.
Says where a unit stands.
"""

import difflib
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import ValidationError

from leaflets.content.shapes import (
    KINDS,
    BlockShape,
    ItemShape,
    MarkersShape,
    ReferencesShape,
    Shape,
    TermsShape,
    TopicShape,
)
from leaflets.content.strict_yaml import KeyPath, Tree, YamlFile
from leaflets.content.yaml_hints import explain_lost_name, shorten
from leaflets.languages.phrases import cancels
from leaflets.model import (
    Block,
    Group,
    Item,
    Markers,
    Reference,
    Row,
    Term,
    Text,
    Topic,
)
from leaflets.problems import LeafletsError, Problem, Rule, Severity

ERROR = Severity.ERROR
UNKNOWN_BLOCK_KIND = Rule(
    "unknown-block-kind", ERROR, "A block is of a kind that the page knows.", "Words of an unknown kind would not be printed."
)
UNKNOWN_KEY = Rule("unknown-key", ERROR, "Every key is known.", "A mistyped key silently does nothing.")
MISSING_KEY = Rule("missing-key", ERROR, "Every required key is there.", "Half a block says half of what it should.")
WRONG_VALUE = Rule("wrong-value", ERROR, "Every value is of the right sort.", "A value that is not understood is not obeyed.")

TEXT = ("text is", 'Put a text with a colon, or one that begins with [, in "double quotes".')
NAMES = (
    "names below it are",
    "Write each name, a colon and a space before its text. If it belongs elsewhere, check the spaces before it.",
)
LIST = ("a list is", "Write a dash and a space before each item, below each other.")
FORMS = {"string_type": TEXT, "dict_type": NAMES, "model_type": NAMES, "tuple_type": LIST}
"""What is meant where pydantic reports one of these, and what to do."""


NO_KEYS = ("[key]", "[items]", "[names]")
"""Parts of a path that pydantic, or a tag of `shapes`, puts between the keys of the file."""

AnyShape = TypeVar("AnyShape", bound=Shape)


def read_shape(shape: type[AnyShape], tree: Tree, source: YamlFile, inside: str = "") -> AnyShape:
    """Check a tree against a shape.

    `inside` is the key of the shape that the whole file stands for. Raises LeafletsError with every problem.
    """
    try:
        return shape.model_validate({inside: tree} if inside else tree)
    except ValidationError as error:
        errors = error.errors()
    skip = 1 if inside else 0
    meant: set[KeyPath] = set()
    unknown = [each for each in errors if each["type"] == "extra_forbidden"]
    problems = [explain_unknown_key(each["loc"], source, find_shape(shape, each["loc"][:-1]), skip, meant) for each in unknown]
    for each in errors:
        loc: KeyPath = tuple(part for part in each["loc"][skip:] if part not in NO_KEYS)
        said_already = each["type"] == "missing" and loc in meant
        if each["type"] != "extra_forbidden" and not said_already:  # a mistyped key is missing as well: say it once
            problems.append(explain_error(each, source, loc))
    raise LeafletsError(problems) from None


def explain_unknown_key(where: KeyPath, source: YamlFile, shape: type[Shape], skip: int, meant: set[KeyPath]) -> Problem:
    """Say which key of a shape was probably meant; `meant` collects the paths of those."""
    loc, key = where[skip:], str(where[-1])
    known = [field.alias or name for name, field in shape.model_fields.items()]
    close = difflib.get_close_matches(key, known, 1)
    meant.update((*loc[:-1], each) for each in close)
    hint = f'; did you mean "{close[0]}"?' if close else ""
    if shape is BlockShape:
        return UNKNOWN_BLOCK_KIND.at(source.place(loc), f'unknown block kind "{key}"{hint}', f"The kinds are {', '.join(KINDS)}.")
    return UNKNOWN_KEY.at(source.place(loc), f'unknown key "{key}"{hint}', f"The keys here are {', '.join(known)}.")


def explain_error(error: Any, source: YamlFile, loc: KeyPath) -> Problem:
    """Turn one pydantic error into a Problem at the line that caused it."""
    place = source.place(loc)
    key = str(loc[-1]) if loc else ""
    if error["type"] == "missing":
        return MISSING_KEY.at(place, f'"{key}" is missing', "Add it.")
    is_item = error.get("ctx", {}).get("class_name") == ItemShape.__name__  # its words may stand right behind its name
    if form := TEXT if is_item else FORMS.get(error["type"]):
        return WRONG_VALUE.at(place, *explain_form(f'"{key}"' if isinstance(loc[-1], str) else "an item", form, error["input"]))
    if error["type"] == "string_too_long":
        fitting = error["ctx"]["max_length"]
        return WRONG_VALUE.at(place, f'"{key}" has {len(error["input"])} characters, and {fitting} fit', "Shorten it.")
    said = error["msg"].removeprefix("Value error, ")
    quoted = f' (found "{error["input"]}")' if isinstance(error["input"], str) else ""
    return WRONG_VALUE.at(place, f'"{key}": {said[0].lower()}{said[1:]}{quoted}', "Correct it.")


def explain_form(what: str, form: tuple[str, str], found: object) -> tuple[str, str]:
    """Say what is wrong where something of another form is meant: what was found, what to do.

    >>> explain_form('"lumps"', NAMES, "Bultos duros")[0]
    '"lumps" has text (`Bultos duros`), where names below it are meant'
    >>> explain_form('"lumps"', NAMES, "hard:Bultos duros")[0]
    'no space after the colon: `hard:Bultos duros`'
    """
    if isinstance(found, str) and form is NAMES and (lost := explain_lost_name(found)):
        return lost[1:]
    has = f"text ({shorten(found)})" if isinstance(found, str) else "a list" if isinstance(found, list) else "names below it"
    return f"{what} has {has}, where {form[0]} meant", form[1]


def find_shape(shape: type[Shape], loc: KeyPath) -> type[Shape]:
    """Find the shape that stands at a path inside another."""
    found: Any = shape
    for part in loc:
        if get_origin(found) is dict:
            found = get_args(found)[1]
        else:
            found = next(field.annotation for name, field in found.model_fields.items() if part in (name, field.alias))
        while get_origin(found) in (Annotated, UnionType):
            found = get_args(found)[0]
    inner: type[Shape] = found
    return inner


def parse_topic(source: YamlFile, name: str) -> Topic:
    """Read a topic of the source language."""
    shape = read_shape(TopicShape, source.tree, source)
    problems: list[Problem] = []
    blocks = []
    for block_name, block in shape.blocks.items():
        path: KeyPath = ("blocks", block_name)
        kinds = [kind for kind in KINDS if getattr(block, "items" if kind == "list" else kind) is not None]
        if len(kinds) != 1:
            found = f"has {len(kinds)} kinds ({', '.join(kinds)})" if kinds else "has no words"
            problems.append(
                MISSING_KEY.at(source.place(path), f'block "{block_name}" {found}', f"Give it one of {', '.join(KINDS)}.")
            )
            continue
        built = build_block(source, path, block, kinds[0])
        blocks.append(built)
        problems += check_items(source, path, built)
    if problems:
        raise LeafletsError(problems)
    title = Text(shape.title, source.place(("title",)), source.notes.get(("title",), ""))
    return Topic(name, title, tuple(blocks), shape.insert)


def check_items(source: YamlFile, path: KeyPath, block: Block) -> Iterator[Problem]:
    """Find rows that lack a cell, groups that do not hold each bullet once, and what belongs to blocks of another kind."""
    columns = [column.name for column in block.columns]
    for row in block.rows:
        if (cells := [cell.name for cell in row.cells]) != columns:
            place = source.place((*path, "table", "rows", row.name))
            remedy = f"Give it exactly {', '.join(columns)}, in this order."
            yield MISSING_KEY.at(place, f'row "{row.name}" has the cells {", ".join(cells)}', remedy)
    names = [item.name for item in block.bullets]
    grouped = [name for group in block.groups for name in group.items]
    for group in block.groups:
        place = source.place((*path, "groups", group.name))
        for name in group.items:
            if name not in names:
                yield WRONG_VALUE.at(place, f'the group has "{name}", which is no item of the list', "Correct its name.")
            elif grouped.count(name) > 1:
                yield WRONG_VALUE.at(place, f'"{name}" stands in two groups', "Leave it in one.")
    for name in names if block.groups else ():
        if name not in grouped:
            yield MISSING_KEY.at(
                source.place((*path, "groups")), f'"{name}" is in no group', "Put it in one, or it is not printed."
            )
    for item in block.items:
        if item.icon and block.kind != "figure":
            yield WRONG_VALUE.at(item.text.place, f'"{item.name}" has an icon outside a figure', "Take it out.")
        if item.lead and block.kind != "list":
            yield WRONG_VALUE.at(item.text.place, f'"{item.name}" is a lead outside a list', "Take `lead:` out.")
        if item.when and block.kind == "figure":  # whose numbers stand in its drawing
            yield WRONG_VALUE.at(item.text.place, f'"{item.name}" has a `when:` in a figure', "Give it to the block.")
    if block.kind == "list" and not names:
        yield WRONG_VALUE.at(source.place(path), f'block "{block.name}" has leads and no bullet', "Write them as `text:`.")
    if block.support_groups and (block.kind != "list" or block.groups):
        message = "support groups follow the items of a list without groups, and nothing else"
        yield WRONG_VALUE.at(source.place((*path, "support_groups")), message, "Take `support_groups:` out.")


def build_block(source: YamlFile, path: KeyPath, block: BlockShape, kind: str) -> Block:
    def text(words: str, *rest: str) -> Text:
        note = source.notes.get((*path, *rest), "") or (source.notes.get(path, "") if rest == (kind,) else "")
        return Text(words, source.place((*path, *rest)), note)

    def plain(found: Mapping[str, str], *rest: str) -> tuple[Item, ...]:
        return tuple(Item(name, text(words, *rest, name)) for name, words in found.items())

    def named(found: Mapping[str, ItemShape], *rest: str) -> tuple[Item, ...]:
        return tuple(
            Item(name, text(item.text, *rest, name), item.audiences, item.icon, item.see, item.lead, item.when)
            for name, item in found.items()
        )

    items: tuple[Item, ...] = ()
    columns: tuple[Item, ...] = ()
    rows: tuple[Row, ...] = ()
    figure, ruled = block.figure, block.ruled
    if figure:
        items = named(figure.labels, "figure", "labels")
    elif ruled:
        columns = plain(ruled.columns, "ruled", "columns")
    elif block.table:
        columns = plain(block.table.columns, "table", "columns")
        rows = tuple(Row(name, plain(cells, "table", "rows", name)) for name, cells in block.table.rows.items())
    elif single := block.text or block.note:
        items = (Item("", text(single, kind)),)
    else:
        items = named(block.items or block.steps or block.terms or {}, kind)
    return Block(
        name=str(path[-1]),
        kind=kind,
        place=source.place(path),
        items=items,
        columns=columns,
        rows=rows,
        groups=tuple(
            Group(name, text(each.heading, "groups", name, "heading"), each.items) for name, each in block.groups.items()
        ),
        picture=figure.picture if figure else "",
        alt=text(figure.alt, "figure", "alt") if figure else None,
        lines=ruled.lines if ruled else 0,
        heading=text(block.heading, "heading") if block.heading else None,
        level=block.level,
        audiences=block.audiences,
        references=block.references,
        when=block.when,
        support_groups=block.support_groups,
    )


def parse_translation(source: YamlFile, name: str) -> dict[str, Text]:
    """Read a topic's words in another language, as unit id -> text; the words of one that still waits are empty.

    A translation has the names of the source and nothing else, so any tree of names and words is read here; what is
    missing or left over is for `localize` to say.
    """
    problems: list[Problem] = []
    units: dict[str, Text] = {}

    def flatten(tree: Tree, path: KeyPath, unit: str) -> None:
        if isinstance(tree, str):
            units[unit] = Text(tree, source.place(path))
        elif isinstance(tree, dict):
            for key, value in tree.items():
                flatten(value, (*path, key), f"{unit}.{key}")
        else:
            remedy = 'Delete it if only the English file has it. Put a text that begins with [ in "double quotes".'
            problems.append(WRONG_VALUE.at(source.place(path), f'"{path[-1]}" is a list', remedy))

    for key, value in source.tree.items():
        if key == "title":
            flatten(value, (key,), f"{name}.title")
        elif key == "blocks":
            flatten(value, (key,), name)
        else:
            problems.append(
                UNKNOWN_KEY.at(
                    source.place((key,)),
                    f'unknown key "{key}"',
                    "Only `title:` and `blocks:` begin at the start of a line here; every other name has spaces before it.",
                )
            )
    if problems:
        raise LeafletsError(problems)
    return units


def parse_references(source: YamlFile) -> dict[str, Reference]:
    shape = read_shape(ReferencesShape, source.tree, source, inside="references")
    return {name: Reference(name, **each.model_dump(exclude={"note"})) for name, each in shape.references.items()}


def parse_terms(source: YamlFile) -> dict[str, Term]:
    shape = read_shape(TermsShape, source.tree, source, inside="terms")
    return {
        name: Term(
            name, Text(each.term, source.place((name, "term")), each.note), each.avoid, each.forms, each.countries, each.exact
        )
        for name, each in shape.terms.items()
    }


def parse_markers(source: YamlFile) -> Markers:
    """Read the words of a language that are counted; what would take one of them away everywhere is an error."""
    shape = read_shape(MarkersShape, source.tree, source)
    words = (*shape.negation, *shape.obligation, *shape.uncertainty, *shape.doses)
    problems = []
    for number, phrase in enumerate(shape.exceptions):
        if cancelled := [word for word in words if cancels(phrase, word)]:
            remedy = (
                "Write a longer phrase with the word in it; one that only asks, at the end of a question, under `questions:`."
            )
            said = f'"{phrase}" under `except:` takes away "{cancelled[0]}", so that it is counted nowhere'
            problems.append(WRONG_VALUE.at(source.place(("except", number)), said, remedy))
    if problems:
        raise LeafletsError(problems)
    return Markers(counts=dict(shape.english), **shape.model_dump(exclude={"english"}))


def locate_unit(unit: str, tag: str) -> tuple[str, KeyPath]:
    """Say in which file a unit stands, and at which path of names.

    >>> locate_unit("signs.lumps.hard", "es")
    ('content/topics/es/signs.yaml', ('blocks', 'lumps', 'hard'))
    >>> locate_unit("terms/lump", "es")
    ('content/terms/es.yaml', ('lump', 'term'))
    """
    kind, slash, name = unit.partition("/")
    if slash and kind == "terms":
        return f"content/terms/{tag}.yaml", (name, "term")
    if slash:
        return f"translations/{tag}/LC_MESSAGES/messages.po", (name,)
    topic, *names = unit.split(".")
    return f"content/topics/{tag}/{topic}.yaml", ("title",) if names == ["title"] else ("blocks", *names)
