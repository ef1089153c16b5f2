"""All that one printed leaflet shows, and nothing else.

Takes a `Leaflet`, its topics in one language, that language's terms and messages, and perhaps a `Clinic`; gives a
`Document`: frozen, plain, its words already cut into runs, so that a template only has to place them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from leaflets.content.signoffs import Role, Signer
from leaflets.languages.locales import direction, english_name, format_date, native_name
from leaflets.languages.runs import Run, isolate_words, split_runs
from leaflets.model import SOURCE_LOCALE, Block, Clinic, Leaflet, Level, Reference, Sheet, Status, Term, Text, Topic, narrow_topic


def mark(message: str) -> str:
    """Mark words for `leaflets extract`; they are looked up where they are shown."""
    return message


# Translators: Printed on every page of a translation that no person has checked.
MACHINE_NOTICE = mark("DRAFT. Translated by machine. Not yet checked by a person. Do not give to patients.")
# Translators: Printed on every page of a leaflet whose text is not signed off by a clinician.
UNSIGNED_NOTICE = mark("DRAFT. Not yet checked by a clinician. Do not give to patients.")
FALLBACK_MESSAGES = {
    # Translators: Takes the place of a phone number, as in "Call {clinic_phone} the same day".
    "clinic_phone": mark("your clinic"),
    # Translators: Takes the place of a phone number, as in "Call {emergency_number} or go to the emergency room now".
    "emergency_number": mark("the emergency number"),
}
"""What stands in the place of a number when no clinic is given. Messages, so they are translated."""
STATUS_MESSAGES = {
    Status.MACHINE_DRAFT: mark("machine draft"),
    # Translators: translated by a person
    Status.TRANSLATED: mark("translated"),
    # Translators: revised by a second person
    Status.REVISED: mark("revised"),
    Status.CLINICALLY_CHECKED: mark("checked by a clinician"),
}
ROLE_MESSAGES = {
    # Translators: On a leaflet that was signed off: {name} is a person.
    Role.TRANSLATOR: mark("Translated by {name}"),
    # Translators: On a leaflet that was signed off: {name} is the second person, who compared the translation with the English.
    Role.REVISER: mark("Revised by {name}"),
    # Translators: On a leaflet that was signed off: {name} is a clinician (and a qualification), {date} a day.
    Role.CLINICIAN: mark("Checked by {name}, {date}"),
}

# Translators: In the section "When to get help".
BOX_MESSAGE = mark("The emergency signs are in the box at the start of this leaflet.")
# Translators: Describes the QR code on paper to those who cannot see it.
CODE_MESSAGE = mark("A square code. A phone that scans it opens a page that says if this leaflet is still up to date.")

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """A bullet, a step, a paragraph, a term with its meaning, or a label with the name of the drawing beside it.

    `see` has the blocks that answer a question, as topic.block.
    """

    words: Runs
    term: Runs = ()
    icon: str = ""
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartGroup:
    """Some entries of a list under their heading, and how many entries stand before them."""

    heading: Runs
    entries: tuple[PrintedItem, ...]
    before: int


@dataclass(frozen=True, slots=True)
class Part:
    """A block, ready to print; `kind` names its template. `groups` has the entries again, where they are grouped."""

    name: str
    kind: str
    level: Level | None
    heading: Runs
    entries: tuple[PrintedItem, ...]
    groups: tuple[PartGroup, ...]
    columns: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    picture: str
    alt: Runs
    lines: int


@dataclass(frozen=True, slots=True)
class Section:
    """A topic, ready to print."""

    name: str
    title: Runs
    parts: tuple[Part, ...]
    sheet: Sheet | None


@dataclass(frozen=True, slots=True)
class Notice:
    """The draft notice in one language."""

    locale: str
    direction: str
    words: str


@dataclass(frozen=True, slots=True)
class Document:
    """One leaflet in one language, as the page shows it: its sections, then the sources, then the sheets.

    Dates are both as written and as ISO 8601. `signers` are those who signed it, once that is complete. `check_url` is the page
    that says whether the leaflet is still current; it is empty without a clinic that has such a page.
    """

    name: str
    locale: str
    direction: str
    native_language: str
    english_language: str
    title: Runs
    english_title: str
    cover: Section
    alert: Part
    alert_section: Section
    sections: tuple[Section, ...]
    sheets: tuple[Section, ...]
    teach_back: Section | None
    sources: tuple[str, ...]
    unsourced: bool
    version: str
    issued: str
    issued_iso: str
    review_by: str
    review_by_iso: str
    status: Status
    notices: tuple[Notice, ...]
    clinic: Clinic | None
    check_url: str
    messages: Mapping[str, str]
    signers: tuple[Signer, ...] = ()

    @property
    def check_address(self) -> str:
        """The address of that page as people type it."""
        return self.check_url.partition("://")[2]

    @property
    def draft(self) -> bool:
        return bool(self.notices)

    def parts(self) -> Iterator[Part]:
        """Every part in reading order, as often as it is printed."""
        yield from self.cover.parts
        yield self.alert
        for section in self.sections:
            yield from self.without_alert(section)
        for sheet in self.sheets:
            yield from sheet.parts

    def without_alert(self, section: Section) -> tuple[Part, ...]:
        """The parts of a section but for the box that page 1 shows already."""
        return tuple(part for part in section.parts if part != self.alert or section != self.alert_section)


def compose_document(
    leaflet: Leaflet,
    locale: str,
    topics: Mapping[str, Topic],
    english_title: str,
    terms: Mapping[str, Term],
    messages: Mapping[str, Text],
    references: Mapping[str, Reference],
    pictures: Collection[str],
    status: Status,
    clinic: Clinic | None = None,
    signers: tuple[Signer, ...] = (),
) -> Document:
    """Put together all that a leaflet shows.

    `topics` are in the language of `locale`, and were checked before; that with questions is needed for the clinician's sheet.
    `pictures` are the names of the drawings. A draft names no signers: nobody answers for all of it yet.
    """
    plain = {message: text.words for message, text in messages.items()}

    def fill(name: str) -> str:
        return str(getattr(clinic, name)) if clinic else plain[FALLBACK_MESSAGES[name]]

    def runs(text: Text | None) -> Runs:
        return assign_runs(split_runs(text.words, locale, fill), text.unit) if text else ()

    def compose(topic: Topic) -> Section:
        parts = tuple(compose_part(block, terms, pictures, runs) for block in topic.blocks)
        return Section(topic.name, runs(topic.title), parts, topic.sheet)

    narrowed = {name: narrow_topic(topics[name], leaflet.name) for name in leaflet.read if name in topics}
    composed = {name: compose(topic) for name, topic in narrowed.items()}
    ordered = [composed[name] for name in leaflet.topics]
    alert_topic, alert_block = leaflet.alert.split(".")
    cited = list_cited([narrowed[name] for name in leaflet.printed], references)
    return Document(
        name=leaflet.name,
        locale=locale,
        direction=direction(locale),
        native_language=native_name(locale),
        english_language=english_name(locale),
        title=composed[leaflet.cover].title,
        english_title=english_title,
        cover=composed[leaflet.cover],
        alert={part.name: part for part in composed[alert_topic].parts}[alert_block],
        alert_section=composed[alert_topic],
        sections=tuple(each for each in ordered if not each.sheet),
        sheets=tuple(each for each in ordered if each.sheet),
        teach_back=composed.get(leaflet.teach_back or ""),
        sources=tuple(sorted(f"{each.short} (n.d.)" if each.undated else each.short for each in cited if each.checked != "none")),
        unsourced=any(each.checked == "none" for each in cited),
        version=leaflet.version,
        issued=format_date(leaflet.issued, locale),
        issued_iso=leaflet.issued.isoformat(),
        review_by=format_date(leaflet.review_by, locale),
        review_by_iso=leaflet.review_by.isoformat(),
        status=status,
        notices=compose_notices(locale, status, plain),
        clinic=clinic,
        check_url=name_check_page(clinic.leaflets_url, leaflet, locale) if clinic and clinic.leaflets_url else "",
        messages=plain,
        signers=signers if status is Status.CLINICALLY_CHECKED else (),
    )


def list_cited(topics: Iterable[Topic], references: Mapping[str, Reference]) -> list[Reference]:
    """List what the blocks of topics rest on, each once."""
    return [
        references[key] for key in dict.fromkeys(key for topic in topics for block in topic.blocks for key in block.references)
    ]


def assign_runs(runs: Runs, unit: str) -> Runs:
    """Say of which unit runs are; without one they stay as they are."""
    return tuple(replace(run, unit=unit) for run in runs) if unit else runs


def name_check_page(folder: str, leaflet: Leaflet, locale: str, version: str = "") -> str:
    """The page that says whether a version of a leaflet (this one, if left out) is current; short, since people type it."""
    return f"{folder}/v/{leaflet.name}-{locale}-{version or leaflet.version}.html"


def compose_notices(locale: str, status: Status, messages: Mapping[str, str], translated: bool = True) -> tuple[Notice, ...]:
    """Say in the patient's language and in English that a text is a draft; only the last status lifts the notice.

    `translated` says that the status is that of a translation, which a machine may have made.
    """
    if status is Status.CLINICALLY_CHECKED:
        return ()
    machine = status is Status.MACHINE_DRAFT and translated and locale != SOURCE_LOCALE
    message = MACHINE_NOTICE if machine else UNSIGNED_NOTICE
    english = Notice(SOURCE_LOCALE, direction(SOURCE_LOCALE), message)
    if locale == SOURCE_LOCALE:
        return (english,)
    return Notice(locale, direction(locale), messages[message]), english


def share_draft(document: Document, english: Document) -> Document:
    """Give a document the draft notice also where the English alone is not signed off: what says it again is no better.

    It counts as revised then: a clinician who checked a translation did not check what it was made from.
    """
    if document.draft or not english.draft:
        return document
    notices = compose_notices(document.locale, english.status, document.messages, translated=False)
    return replace(document, status=Status.REVISED, notices=notices, signers=())


def list_credits(document: Document, page: Document) -> tuple[Runs, ...]:
    """Say who signed a document, in the language of a page; names stand as they were given."""
    found = []
    for signer in document.signers:
        foreign = document.locale if document.locale != page.locale else ""
        name = isolate_words(signer.name, foreign)
        if signer.qualification:
            name += (Run(" ("), *isolate_words(signer.qualification, foreign), Run(")"))
        values: dict[str, str | Runs] = {"name": name, "date": format_date(signer.day, page.locale)}
        found.append(split_runs(page.messages[ROLE_MESSAGES[signer.role]], page.locale, values))
    return tuple(found)


def compose_part(block: Block, terms: Mapping[str, Term], pictures: Collection[str], runs: Callable[[Text | None], Runs]) -> Part:
    """A figure is one drawing with numbered labels where a drawing has its picture's name; else each label has its own."""
    named = block.kind == "terms"
    drawings = bool(block.picture) and block.picture not in pictures
    entries = {
        item.name: PrintedItem(
            words=runs(item.text),
            term=runs(terms[item.name].term) if named else (),
            icon=block.drawing(item) if drawings else "",
            see=item.see,
        )
        for item in block.items
    }
    groups = []
    before = 0
    for group in block.groups:
        groups.append(PartGroup(runs(group.heading), tuple(entries[name] for name in group.items), before))
        before += len(group.items)
    return Part(
        name=block.name,
        kind=block.kind,
        level=block.level,
        heading=runs(block.heading),
        entries=tuple(entries.values()),
        groups=tuple(groups),
        columns=tuple(runs(column.text) for column in block.columns),
        rows=tuple(tuple(runs(cell.text) for cell in row.cells) for row in block.rows),
        picture=block.picture,
        alt=runs(block.alt),
        lines=block.lines,
    )
