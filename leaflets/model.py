"""The nouns of the project, as frozen data.

Takes nothing; gives `Topic`, `Leaflet` and what they are made of. Words a patient will read are a `Text`, which
remembers where it was written; its address is a unit id such as `signs.lumps.hard`, the path of names in the YAML.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from leaflets.edition import Print
from leaflets.problems import Place
from leaflets.profile import Condition

SOURCE_LOCALE = "en"
PSEUDO_LOCALES = ("en-XA", "ar-XB")
"""English in disguise, so that faults of a layout show; the countries are CLDR's Pseudo-Accents and Pseudo-Bidi."""


class Level(StrEnum):
    """How soon to get help: now, today, within two weeks, at the next visit. Four distinct levels, most urgent first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same-day"
    SOON = "soon"
    ROUTINE = "routine"


class Insert(StrEnum):
    """The look of a topic that is printed apart: one that a child reads with a parent, or one to write on."""

    CHILD = "child"
    DIARY = "diary"


class Status(StrEnum):
    """How far a text has been checked, from least to most."""

    MACHINE_DRAFT = "machine-draft"
    TRANSLATED = "translated"
    REVISED = "revised"
    CLINICALLY_CHECKED = "clinically-checked"

    @property
    def rank(self) -> int:
        return list(Status).index(self)


@dataclass(frozen=True, slots=True)
class Text:
    """Words, where they were written, and what the author says to translators about them.

    `unit` is their id, for a page that must tell which words are whose; no other needs it.
    """

    words: str
    place: Place
    note: str = ""
    unit: str = ""

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Item:
    """A named text: a bullet, a step, a term's meaning, a label of a figure, a column head or a table cell.

    `icon` names the drawing beside a label of a figure that is made of drawings; `see` the blocks, as topic.block, that hold the
    answer to a question. A `lead` of a list is a sentence before its bullets. No condition means every clinic.
    """

    name: str
    text: Text
    audiences: tuple[str, ...] = ()
    icon: str = ""
    see: tuple[str, ...] = ()
    lead: bool = False
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Some items of a long list under a heading of their own, by their names."""

    name: str
    heading: Text
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A named table row, one cell a column."""

    name: str
    cells: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a topic. `kind` is the YAML key that holds its words, and the template that prints it.

    `items` holds the words of every kind but tables and ruled pages; a `text` or `note` has one item whose name is empty.
    A figure has a `picture` and says in `alt` what it shows; a ruled page has columns and `lines`, the number of its empty rows.
    No audience means every leaflet, no condition every clinic. `support_groups` says that those of the clinic's country follow.
    """

    name: str
    kind: str
    place: Place
    items: tuple[Item, ...] = ()
    columns: tuple[Item, ...] = ()
    rows: tuple[Row, ...] = ()
    groups: tuple[Group, ...] = ()
    picture: str = ""
    alt: Text | None = None
    lines: int = 0
    heading: Text | None = None
    level: Level | None = None
    audiences: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    when: Condition | None = None
    support_groups: bool = False

    @property
    def certain(self) -> bool:
        """Whether every clinic prints some of it."""
        return not self.when and bool(self.rows or self.lines or any(not item.when for item in self.items))

    @property
    def bullets(self) -> tuple[Item, ...]:
        """The items but for the sentences before them."""
        return tuple(item for item in self.items if not item.lead)

    def drawing(self, item: Item) -> str:
        """Name the drawing beside a label of a figure that is made of drawings."""
        return f"{self.picture}/{item.icon or item.name}"


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject in one language."""

    name: str
    title: Text
    blocks: tuple[Block, ...]
    insert: Insert | None = None


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A block that a sheet prints, as topic.block, with the items that are named; where none are, with all but those left out."""

    name: str
    items: tuple[str, ...]
    without: tuple[str, ...]
    place: Place

    def prints(self, item: str) -> bool:
        return item in self.items if self.items else item not in self.without


@dataclass(frozen=True, slots=True)
class Sheet:
    """The two sides of the sheet of paper that is handed out, and how many English words it may hold.

    `picture` names the drawing that says at a glance whom it is for, if there is one.
    """

    words: int
    front: tuple[SheetPart, ...]
    back: tuple[SheetPart, ...]
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """Which topics make a leaflet, in what order.

    `inserts` are the topics that are each printed in a file of its own, `sheet` is what one sheet of paper prints of all of them,
    `teach_back` is the topic with the questions of the clinician's sheet, if any, `pages` the page budget on A4 in any language,
    and `history` has the day of issue of each earlier version. `reader` is who reads it: a patient, or the parent of one.
    """

    name: str
    place: Place
    cover: str
    topics: tuple[str, ...]
    inserts: tuple[str, ...]
    sheet: Sheet | None
    teach_back: str | None
    version: str
    issued: date
    review_by: date
    pages: int
    icd10: tuple[str, ...]
    history: Mapping[str, date]
    reader: str = "patient"

    @property
    def printed(self) -> tuple[str, ...]:
        """The topics that the patient reads, the cover first."""
        return (self.cover, *self.topics, *self.inserts)

    @property
    def read(self) -> tuple[str, ...]:
        """Every topic that a file of the leaflet may be made from."""
        return (*self.printed, *filter(None, [self.teach_back]))

    @property
    def prints(self) -> tuple[Print, ...]:
        """What is printed of it, for which words are counted: its sheet, where it has one, and the leaflet with its inserts."""
        return (Print.SHEET, Print.LEAFLET) if self.sheet else (Print.LEAFLET,)


@dataclass(frozen=True, slots=True)
class Reference:
    """A bibliography entry: whole, and short as printed. `checked` says how the editor read it: abstract, copy, or none."""

    name: str
    cite: str
    short: str
    checked: str
    url: str = ""
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """The fixed word for a medical term in one language.

    `avoid` holds the words that must not stand for it, `forms` other forms of its own word. A * at the end means any ending.
    `countries` has the words that clinics of a country print in its place, by ISO 3166 code. An `exact` term of the
    source, such as a medicine, stands in a translation where it does in English, and nowhere else.
    """

    name: str
    term: Text
    avoid: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    countries: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Markers:
    """The words by which one language says no, must and may, so that they can be counted. A * at the end means any ending.

    `phrases` has by name what limits a sentence (same day, some, under): in English the phrases to look for, in another language
    the words of which one must then be there. `exceptions` hold a word of these kinds and mean nothing of the kind; `questions`
    are such words too where a question ends with them. `doses` say how many times; `opposites` have, by pair and side, words that
    turn a sentence round. `counts` says by kind and English phrase how many words the language needs
    for it; `measures` adds to CLDR's names of a unit of measurement.
    """

    negation: tuple[str, ...] = ()
    obligation: tuple[str, ...] = ()
    uncertainty: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    doses: tuple[str, ...] = ()
    opposites: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    exceptions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    measures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def uncounted(self) -> tuple[str, ...]:
        """What holds a word of these kinds and means nothing of the kind."""
        return (*self.exceptions, *(f"{word}?" for word in self.questions))


def visit_texts(topic: Topic, visit: Callable[[str, Text], Text]) -> Topic:
    """Rebuild a topic with every text replaced by `visit(unit id, text)`, in reading order.

    The one text of a block has the block's id, and `.text` behind it where a heading stands beside it.
    """

    def items(path: str, found: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(replace(item, text=visit(f"{path}.{item.name}" if item.name else path, item.text)) for item in found)

    title = visit(f"{topic.name}.title", topic.title)
    blocks = []
    for block in topic.blocks:
        path = f"{topic.name}.{block.name}"
        heading = block.heading and visit(f"{path}.heading", block.heading)
        alt = block.alt and visit(f"{path}.alt", block.alt)
        groups = tuple(replace(each, heading=visit(f"{path}.groups.{each.name}", each.heading)) for each in block.groups)
        columns = items(f"{path}.columns", block.columns)
        rows = tuple(replace(row, cells=items(f"{path}.rows.{row.name}", row.cells)) for row in block.rows)
        alone = block.heading and block.kind in ("text", "note")
        found = items(f"{path}.text" if alone else path, block.items)
        blocks.append(replace(block, heading=heading, alt=alt, groups=groups, items=found, columns=columns, rows=rows))
    return replace(topic, title=title, blocks=tuple(blocks))


def list_units(topic: Topic) -> Iterator[tuple[str, Text]]:
    """Yield every unit of a topic, as (unit id, text), in reading order."""
    found: list[tuple[str, Text]] = []

    def note(unit: str, text: Text) -> Text:
        found.append((unit, text))
        return text

    visit_texts(topic, note)
    yield from found


def term_unit(name: str) -> str:
    """The unit id of a term's fixed word; a slash stands in no name.

    >>> term_unit("lump")
    'terms/lump'
    """
    return f"terms/{name}"


def label_unit(message: str) -> str:
    """The unit id of words of the page itself: their English names them, as in gettext."""
    return f"labels/{message}"
