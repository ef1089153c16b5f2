"""All that one printed leaflet shows, and nothing else.

Takes a `Leaflet`, its topics in one language, that language's terms and messages, and perhaps a `Clinic`; gives a
`Document`: frozen, plain, its words already cut into runs, so that a template only has to place them.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from leaflets.content.countries import SupportGroup
from leaflets.content.narrow import narrow_topic, select_sheet
from leaflets.content.signoffs import Signer
from leaflets.document.parts import Part, Runs, compose_part, name_group
from leaflets.document.region import fit_terms, fit_topics
from leaflets.languages.locales import direction, english_name, format_date, native_name
from leaflets.languages.quantities import Names
from leaflets.languages.runs import Run, join_runs, set_phone, split_runs
from leaflets.model import SOURCE_LOCALE, Block, Insert, Leaflet, Level, Reference, Status, Term, Text, Topic
from leaflets.problems import Problem
from leaflets.profile import Clinic


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
    # Translators: Takes the place of a phone number to call when the clinic is closed, as in "Call {urgent_phone}".
    "urgent_phone": mark("the after-hours line"),
    # Translators: Takes the place of the number of a line for people who think of ending their life: "Call {crisis_phone}".
    "crisis_phone": mark("a crisis line"),
}
"""What stands in the place of a number that no clinic gives. Messages, so they are translated."""
BLANKS = ("urgent_phone", "crisis_phone")
"""The numbers for which a get-help box without a clinic has a line to write on; that of a sheet has one for every number."""
STATUS_MESSAGES = {
    Status.MACHINE_DRAFT: mark("machine draft"),
    # Translators: translated by a person
    Status.TRANSLATED: mark("translated"),
    # Translators: revised by a second person
    Status.REVISED: mark("revised"),
    Status.CLINICALLY_CHECKED: mark("checked by a clinician"),
}

# Translators: Describes the QR code on paper to those who cannot see it.
CODE_MESSAGE = mark("A square code. A phone that scans it opens a page that says if this leaflet is still up to date.")

SENTENCE = re.compile(r"\S[^.。।۔።։។။]*[.。।۔።։។။]")
"""A sentence, up to the full stop of its script; where there is none, a text counts as one."""
HALF_LINE = 40
"""So many letters stand on half the width of a page in any script."""
MAIN_SOURCES = 6
"""So many sources are named on paper."""


@dataclass(frozen=True, slots=True)
class Section:
    """A topic, ready to print, or what a side of a sheet prints of it. There the title is empty where none is printed."""

    name: str
    title: Runs
    parts: tuple[Part, ...]
    insert: Insert | None

    @property
    def urgent(self) -> bool:
        """Whether it has the signs of an emergency."""
        return any(part.level is Level.EMERGENCY for part in self.parts)


@dataclass(frozen=True, slots=True)
class Notice:
    """The draft notice in one language; `short` are its first and last sentence."""

    locale: str
    direction: str
    words: str

    @property
    def short(self) -> str:
        found = SENTENCE.findall(self.words)
        return f"{found[0]} {found[-1]}" if len(found) > 1 else self.words

    @property
    def bound(self) -> str:
        """The words, with no line end inside a sentence that fits on half a line."""
        return SENTENCE.sub(lambda found: found[0].replace(" ", "\u00a0") if len(found[0]) <= HALF_LINE else found[0], self.words)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a side of a sheet is set.

    The `gap` between entries and the size of the `picture` are millimetres, `size` is that of text in points; `line` and
    `heading` are heights of lines in font sizes. So many parts as `first` says stand in the first of two columns.
    """

    gap: float
    line: float
    heading: float
    size: float
    picture: float
    first: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One leaflet in one language, as the page shows it: its sections, then the sources. A screen shows the inserts after them.

    `front` and `back` are the sides of its sheet, `settings` say by that name how each is set, and `picture` is the drawing that
    says at a glance whom it is for.
    Dates are both as written and as ISO 8601. `main_sources` are those on which most blocks rest, `signers` those who signed it,
    once that is complete. `check_url` is the page that says whether the leaflet is still current; it is empty without a clinic
    that has such a page. `problems` say what could not be put right for the clinic's country.
    """

    name: str
    locale: str
    direction: str
    native_language: str
    english_language: str
    title: Runs
    english_title: str
    cover: Section
    sections: tuple[Section, ...]
    inserts: tuple[Section, ...]
    teach_back: Section | None
    front: tuple[Section, ...]
    back: tuple[Section, ...]
    picture: str
    sources: tuple[str, ...]
    main_sources: tuple[str, ...]
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
    problems: tuple[Problem, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)

    @property
    def check_address(self) -> str:
        """The address of that page as people type it."""
        return self.check_url.partition("://")[2]

    @property
    def more_sources(self) -> int:
        """How many sources there are beside the main ones."""
        return len(self.sources) - len(self.main_sources)

    @property
    def sources_address(self) -> str:
        """Where all sources stand that paper does not name; empty where it names them all, or there is no such page."""
        return self.check_address if self.more_sources else ""

    @property
    def draft(self) -> bool:
        return bool(self.notices)

    def parts(self, screen: bool) -> Iterator[Part]:
        """Every part of the leaflet in reading order, and on a screen of its inserts."""
        for section in (self.cover, *self.sections, *(self.inserts if screen else ())):
            yield from section.parts

    def sheet_parts(self) -> Iterator[Part]:
        """Every part of the sheet in reading order."""
        return (part for section in (*self.front, *self.back) for part in section.parts)


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
    groups: tuple[SupportGroup, ...] = (),
    measures: Names = (),
) -> Document:
    """Put together all that a leaflet shows.

    `topics` are in the language of `locale`, and were checked before; that with questions is needed for the clinician's sheet.
    For a sheet they hold what that prints, as `narrow_sheet` gives them, and no section is whole. `pictures` are the names of
    the drawings, `groups` the support groups of the clinic's country, and `measures` the language's further names of units. A
    draft names no signers: nobody answers for all of it yet.
    """
    plain = {message: text.words for message, text in messages.items()}

    def fill(name: str, blanks: Collection[str]) -> Runs:
        if number := str(getattr(clinic, name)) if clinic else "":
            return set_phone(number, locale)
        words = split_runs(plain[FALLBACK_MESSAGES[name]], locale)
        return (*words, Run("", keep=True, blank=True)) if not clinic and name in blanks else words

    def runs(text: Text | None, blanks: Collection[str] = ()) -> Runs:
        return assign_runs(split_runs(text.words, locale, lambda name: fill(name, blanks)), text.unit) if text else ()

    def make(block: Block, blanks: Collection[str]) -> Part:
        more = tuple(name_group(each, locale) for each in groups) if block.support_groups else ()
        return compose_part(block, fitting_terms, pictures, partial(runs, blanks=blanks if block.level else ()), more)

    def compose(topic: Topic, blanks: Collection[str] = BLANKS) -> Section:
        return Section(topic.name, runs(topic.title), tuple(make(block, blanks) for block in topic.blocks), topic.insert)

    meant = {name: narrow_topic(topics[name], leaflet.name) for name in leaflet.read if name in topics}
    narrowed, problems = fit_topics(meant, clinic, locale, terms, measures)
    fitting_terms = fit_terms(terms, clinic)
    composed = {name: compose(topic) for name, topic in narrowed.items()}
    front, back = (tuple(compose(topic, FALLBACK_MESSAGES) for topic in side) for side in select_sheet(leaflet, narrowed))
    cited = count_cited((narrowed[name] for name in leaflet.printed), references)
    sources = [each for each in cited if each.checked != "none"]
    return Document(
        name=leaflet.name,
        locale=locale,
        direction=direction(locale),
        native_language=native_name(locale),
        english_language=english_name(locale),
        title=composed[leaflet.cover].title,
        english_title=english_title,
        cover=composed[leaflet.cover],
        sections=tuple(composed[name] for name in leaflet.topics if narrowed[name].blocks),
        inserts=tuple(composed[name] for name in leaflet.inserts if narrowed[name].blocks),
        teach_back=composed.get(leaflet.teach_back or ""),
        front=front,
        back=back,
        picture=leaflet.sheet.picture if leaflet.sheet else "",
        sources=name_sources(sources),
        main_sources=name_sources(sorted(sources, key=lambda each: (-cited[each], each.short))[:MAIN_SOURCES]),
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
        problems=problems,
    )


def cut_insert(document: Document, english: Document, name: str) -> Document:
    """Give one insert as a document of its own, which has the title of the insert and says for whom its leaflet is."""
    insert, other = (next(each for each in text.inserts if each.name == name) for text in (document, english))
    english_title = join_runs(other.title) if document.english_title else ""
    return replace(document, title=insert.title, english_title=english_title, sections=(), inserts=(insert,))


def count_cited(topics: Iterable[Topic], references: Mapping[str, Reference]) -> Counter[Reference]:
    """Count how many blocks of topics rest on each reference."""
    return Counter(references[key] for topic in topics for block in topic.blocks for key in dict.fromkeys(block.references))


def name_sources(references: Iterable[Reference]) -> tuple[str, ...]:
    """Name references as they are printed, by name."""
    return tuple(sorted(f"{each.short} (n.d.)" if each.undated else each.short for each in references))


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
