"""The shapes of the YAML files, as pydantic classes.

Takes nothing; gives the classes that `schema` checks files against, and that yield the JSON Schema that editors complete
from (`leaflets schema topic`).
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from babel import Locale
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag

from leaflets.model import SOURCE_LOCALE, Insert, Level
from leaflets.profile import Condition
from leaflets.svg import PALETTE

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


def refuse_twice(names: tuple[str, ...]) -> tuple[str, ...]:
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise ValueError(f"{', '.join(twice)} stands twice")
    return names


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


SheetItems = Annotated[tuple[Name, ...], Field(min_length=1), AfterValidator(refuse_twice)]


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


class LeafletShape(Shape):
    """content/leaflets/*.yaml: which topics make a leaflet."""

    cover: Name = Field(description="The topic whose title is the leaflet's, and whose blocks open page 1.")
    topics: Annotated[tuple[Name, ...], AfterValidator(refuse_twice)] = Field(min_length=1)
    inserts: Annotated[tuple[Name, ...], AfterValidator(refuse_twice)] = Field((), description="Topics that are printed apart.")
    sheet: SheetShape | None = None
    teach_back: Name | None = Field(None, description="The topic with the questions of the clinician's sheet.")
    version: Version
    issued: Day
    review_by: Day
    pages: int = Field(ge=1, le=20, description="Page budget on A4, in any language.")
    icd10: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d(\.\d{1,2})?$")], ...] = ()
    history: dict[Version, Day] = Field({}, description="Every earlier version, and the day on which it was issued.")


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
    exceptions: tuple[Words, ...] = Field(
        (), alias="except", description="Phrases with such a word that say nothing of the kind."
    )
    english: MarkerCountsShape = Field(
        MarkerCountsShape(),
        description="English phrases for which this language needs more or fewer of such words, and how many.",
    )
    measures: dict[Measure, tuple[Words, ...]] = Field({}, description="More names for units of measurement than CLDR has.")


def refuse_markup(value: str) -> str:
    """Names and hours are printed as they stand, so they hold nothing that looks like code or steers the line."""
    if found := re.search(r"[<>{}\\`]|[\x00-\x1f\x7f-\x9f]", value):
        raise ValueError(f'the character "{found[0]}" is not allowed')
    return value


def expect(pattern: str, meant: str) -> AfterValidator:
    """Hold a text to a pattern, with an error that says what is meant; empty stands for left out."""

    def check(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(f"{meant} is meant")
        return value

    return AfterValidator(check)


LATIN = r"[ -~\u00a0-\u024f‘’–-]+"
"""What every font has: no leaflet has the fonts of another language."""
OneLine = Annotated[str, StringConstraints(max_length=80), AfterValidator(refuse_markup)]
Phone = Annotated[str, expect(r"\+?[0-9][0-9 ().-]{2,24}", 'a phone number in quotes, such as "020 7946 0000",')]
PhoneOrNone = Annotated[
    str, expect(r"none|\+?[0-9][0-9 ().-]{2,24}", 'a phone number in quotes, such as "020 7946 0001", or none,')
]
Country = Annotated[str, expect(r"[A-Z]{2}", "a country of two letters, such as GB or US,")]
EmergencyNumber = Annotated[str, expect(r"[0-9]{2,6}", 'an emergency number in quotes, such as "112",')]
WebAddress = Annotated[
    str,
    StringConstraints(max_length=60),
    expect(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._~-]+)*/?", "an address without http://, such as clinic.example/leaflets,"),
]
HexColour = Annotated[str, expect(r"#[0-9a-fA-F]{6}", f'a colour in quotes, such as "{PALETTE["accent"]}",')]
LogoName = Annotated[
    str, expect(r"[^/\\:]+\.(?i:png|jpe?g|svg)", "the name of a PNG, JPEG or SVG file in the folder of this one")
]
LeafletsUrl = Annotated[
    str,
    StringConstraints(max_length=60),
    expect(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._~-]+)*/?", "an address such as https://clinic.example/leaflets"),
]
Paper = Annotated[str, expect(r"a4|letter", "a4 or letter")]


class CountryShape(Shape):
    crisis_phone: Annotated[Phone, StringConstraints(min_length=1)] = Field(description="Its line for people in despair.")
    source: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] = Field(description="Where the number was looked up.")


class SupportGroupShape(Shape):
    name: Annotated[OneLine, StringConstraints(min_length=1), expect(LATIN, "a name in Latin letters")]
    web: Annotated[WebAddress, StringConstraints(min_length=1)]
    countries: tuple[CountryCode, ...] = Field(min_length=1)
    audiences: tuple[Name, ...] = Field((), alias="for", description="The leaflets that name it. Left out: all.")
    source: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] = Field(description="Where it was looked up.")


class CountriesShape(Shape):
    """content/countries.yaml: what a country brings to a leaflet. Data, which nobody translates."""

    countries: dict[CountryCode, CountryShape] = Field({}, description="By ISO 3166 code.")
    groups: dict[Name, SupportGroupShape] = Field({}, description="Groups of patients, printed as Name (web).")


class ClinicShape(Shape):
    """clinic.yaml: who hands out the leaflet."""

    name: Annotated[OneLine, StringConstraints(min_length=1)]
    country: Country = Field("", description="ISO 3166 code, such as GB.")
    clinic_phone: Annotated[Phone, StringConstraints(min_length=1)]
    urgent_phone: Annotated[PhoneOrNone, StringConstraints(min_length=1)] = Field(
        description="The number to call when the clinic is closed, or none."
    )
    crisis_phone: Phone = Field("", description="A line for people in despair. Left out: that of the country, where it is known.")
    emergency_number: EmergencyNumber = Field("", description="Left out: that of the country, where it is known.")
    interpreter_phone: Phone = ""
    hours: OneLine = ""
    web: WebAddress = ""
    colour: HexColour = ""
    logo: LogoName = Field("", description="A file beside this one.")
    paper: Paper = Field("", description="Left out: that of the country.")
    leaflets_url: LeafletsUrl = Field("", description="Where the output folder stands on the web; gives leaflets a QR code.")


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
