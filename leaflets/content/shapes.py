"""The shapes of the YAML files, as pydantic classes.

Takes nothing; gives the classes that `schema` checks files against, and that yield the JSON Schema that editors complete
from (`leaflets schema topic`).
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from babel import Locale
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag

from leaflets.model import SOURCE_LOCALE, Insert, Level
from leaflets.profile import Condition

KINDS = ("text", "note", "list", "steps", "terms", "table", "figure", "ruled")
RESERVED = ("heading", "alt", "groups", "columns", "rows")
"""Names that a translation uses beside a block's items, so no item may have them."""

NAME_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN, max_length=60)]
LONGEST = 2000
"""Letters of the longest text."""
Words = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
NO_COUNTRY = r"Q[M-Z]|X[^K]|ZZ|EU|EZ|UN"
"""Codes that ISO 3166 leaves to its users, and those of no country; CLDR has names for some."""
BlockName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]


def refuse(*reserved: str) -> AfterValidator:
    """Refuse names that mean something else."""

    def check(name: str) -> str:
        if name in reserved:
            raise ValueError(f'"{name}" is reserved; choose another name')
        return name

    return AfterValidator(check)


def parse_day(value: Any) -> Any:
    """Read YYYY-MM-DD only; pydantic would take a number for seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("a day is written as YYYY-MM-DD")
    return value


def check_country(code: str) -> str:
    """Refuse what is the code of no country: it would silently match no clinic."""
    if code not in Locale(SOURCE_LOCALE).territories or not re.fullmatch("[A-Z]{2}", code) or re.fullmatch(NO_COUNTRY, code):
        raise ValueError(f"no country has the code {code} (ISO 3166)")
    return code


def widen_words(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(parse_day)]
CountryCode = Annotated[str, AfterValidator(check_country)]
Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ItemShape(Shape):
    """Words for some leaflets only, or with a drawing that is not named like them."""

    audiences: tuple[Name, ...] = Field((), alias="for", description="The leaflets that print this. Left out: all.")
    icon: Annotated[str, StringConstraints(pattern=NAME_PATTERN)] = Field("", description="In a figure: the drawing beside it.")
    see: tuple[BlockName, ...] = Field((), description="In a topic of questions: the blocks with the answer, as topic.block.")
    lead: bool = Field(False, description="In a list: a sentence before the bullets.")
    when: Condition | None = Field(None, description="The clinics that print this. Left out: all.")
    text: Words


ItemName = Annotated[Name, refuse(*RESERVED)]
Items = dict[ItemName, Annotated[ItemShape, BeforeValidator(widen_words, json_schema_input_type=Words | ItemShape)]]


class TableShape(Shape):
    columns: dict[Name, Words] = Field(min_length=2)
    rows: dict[Name, dict[Name, Words]] = Field(min_length=1)


class FigureShape(Shape):
    """A drawing with labels: numbered ones for one drawing, or one beside each of several."""

    picture: Name = Field(description="A file or folder of templates/figures/.")
    alt: Words = Field(description="What the drawing shows, for those who cannot see it.")
    labels: Items = Field(min_length=1)


class RuledShape(Shape):
    """Empty lines to write on, under column heads."""

    lines: int = Field(ge=1, le=30)
    columns: dict[Name, Words] = Field(min_length=1)


class GroupShape(Shape):
    """Some items of a long list under a heading."""

    heading: Words
    items: tuple[Name, ...] = Field(min_length=1)


class BlockShape(Shape):
    """One piece of a topic: exactly one of text, note, list, steps, terms, table, figure, ruled."""

    audiences: tuple[Name, ...] = Field((), alias="for", description="The leaflets that print this. Left out: all.")
    when: Condition | None = Field(None, description="The clinics that print this. Left out: all.")
    level: Level | None = Field(None, description="Makes the block a get-help box of this urgency.")
    heading: Words | None = None
    references: tuple[str, ...] = Field(min_length=1, description="The entries of references.yaml that this rests on.")
    text: Words | None = Field(None, description="One paragraph.")
    note: Words | None = Field(None, description="One paragraph in a box.")
    items: Items | None = Field(None, alias="list", min_length=1, description="Bullets, by name.")
    steps: Items | None = Field(None, min_length=1, description="Numbered items, by name.")
    terms: Items | None = Field(None, min_length=1, description="What terms mean, by their name in terms/.")
    table: TableShape | None = None
    figure: FigureShape | None = None
    ruled: RuledShape | None = None
    groups: dict[Name, GroupShape] = Field({}, description="Parts of a list of more than seven, each with a heading.")
    support_groups: bool = Field(False, description="In a list: the support groups of the clinic's country follow its items.")


BlockKey = Annotated[Name, refuse("title")]
"""A block called `title` would have the unit id of its topic's title."""


class TopicShape(Shape):
    """content/topics/en/*.yaml: one subject."""

    title: Words
    insert: Insert | None = Field(None, description="How the topic looks where it is printed apart.")
    blocks: dict[BlockKey, BlockShape] = Field(min_length=1)


Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]


def name_whole(value: Any) -> Any:
    return {value: None} if isinstance(value, str) else value


SheetItems = Annotated[tuple[Name, ...], Field(min_length=1)]


OtherItems = Annotated[dict[Literal["without"], SheetItems], Field(min_length=1)]
"""All items of a block, as it grows, but for these."""
SomeItems = Annotated[
    Annotated[SheetItems, Tag("[items]")] | Annotated[OtherItems, Tag("[names]")],
    Discriminator(lambda found: "[names]" if isinstance(found, dict) else "[items]"),
]
SheetEntry = Annotated[
    dict[BlockName, SomeItems | None],
    Field(min_length=1, max_length=1),
    BeforeValidator(name_whole, json_schema_input_type=BlockName | dict[BlockName, SheetItems | OtherItems]),
]
"""A block of the sheet, as topic.block; behind a colon the items of it that are printed, or are not, where that is not all."""


class SheetShape(Shape):
    """What is printed on one sheet of paper, on both sides."""

    words: int = Field(ge=1, le=1000, description="English words that it may hold.")
    front: tuple[SheetEntry, ...] = Field(description="Blocks, as topic.block, topic.block: [items], or with without: [items].")
    back: tuple[SheetEntry, ...] = Field(description="The same: every emergency block is here, whole but for what is named.")
    picture: str = Field("", description="The drawing that says at a glance whom it is for: a file of templates/figures/.")


class LeafletShape(Shape):
    """content/leaflets/*.yaml: which topics make a leaflet."""

    cover: Name = Field(description="The topic whose title is the leaflet's, and whose blocks open page 1.")
    topics: tuple[Name, ...] = Field(min_length=1)
    inserts: tuple[Name, ...] = Field((), description="Topics that are printed apart.")
    sheet: SheetShape | None = None
    teach_back: Name | None = Field(None, description="The topic with the questions of the clinician's sheet.")
    version: Version
    issued: Day
    review_by: Day
    pages: int = Field(ge=1, le=20, description="Page budget on A4, in any language.")
    icd10: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d(\.\d{1,2})?$")], ...] = ()
    history: dict[Version, Day] = Field({}, description="Every earlier version, and the day on which it was issued.")
    reader: Literal["patient", "parent"] = Field("patient", description="Who reads it; only to a parent it says: your child.")


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
    term: Annotated[str, StringConstraints(max_length=200)] = Field(description="Empty while it waits for its translation.")
    avoid: tuple[Words, ...] = Field((), description="Words that must not stand for it; a * at the end means any ending.")
    forms: tuple[Words, ...] = Field((), description="Other forms of the term, where it changes more than its ending.")
    exact: bool = Field(False, description="In the source: one that no translation may lose, add or swap, such as a medicine.")
    countries: dict[CountryCode, Words] = Field({}, description="What clinics of a country print in its place, such as GB: A&E.")
    note: str = ""


class TermsShape(Shape):
    """content/terms/*.yaml: the fixed words of one language."""

    terms: dict[Name, TermShape]


Measure = Literal[
    "mg", "g", "mcg", "kg", "ml", "celsius", "fahrenheit", "percent", "cm", "mm", "hour", "day", "week", "month", "year"
]
Count = Annotated[int, Field(ge=0, le=20)]


class MarkerCountsShape(Shape):
    """How many words a language needs for an English phrase, where it is not as many as in English."""

    negation: dict[Words, Count] = {}
    obligation: dict[Words, Count] = {}
    uncertainty: dict[Words, Count] = {}


MarkerWords = Annotated[tuple[Words, ...], BeforeValidator(lambda value: () if value == "" else value)]
"""Words by which a language says something; nothing where they wait to be written down."""


class MarkersShape(Shape):
    """content/markers/*.yaml: the words by which one language says no, must and may. A * at the end means any ending."""

    negation: MarkerWords = Field(description="Words that say no: not, never, without.")
    obligation: MarkerWords = Field(description="Words that say must: must, should, have to.")
    uncertainty: MarkerWords = Field((), description="Words that leave it open: may, often, about 1*.")
    phrases: dict[Words, MarkerWords] = Field(
        {},
        description="What limits a sentence (same day, some): English phrases by name; in another language the words for each.",
    )
    doses: MarkerWords = Field((), description="Words that multiply a dose: double, twice, half.")
    opposites: dict[Words, dict[Words, MarkerWords]] = Field({}, description="Opposites by pair and side: lower and raise.")
    exceptions: tuple[Words, ...] = Field(
        (), alias="except", description="Phrases with such a word that say nothing of the kind; a ? at the end counts."
    )
    questions: MarkerWords = Field((), description="Words of these kinds that only ask where a question ends with them: không.")
    english: MarkerCountsShape = Field(
        MarkerCountsShape(),
        description="English phrases for which this language needs more or fewer of such words, and how many.",
    )
    measures: dict[Measure, tuple[Words, ...]] = Field({}, description="More names for units of measurement than CLDR has.")
