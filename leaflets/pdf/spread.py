"""How a sheet is set, told from its words before it is laid out once.

Takes the documents of a sheet, an `Edition`, a paper and the pinned fonts; gives the documents with what the front leaves to the
back, and a `Setting` for each side. Words are measured in their fonts and broken into lines, and what stands around them is
counted as `sheet.css` has it: so one design fits every language, and a side is full.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from leaflets.document.compose import STATUS_MESSAGES, Document, Section, Setting
from leaflets.document.credits import list_credits
from leaflets.document.halves import halve_signs, list_arrangements, split_sections
from leaflets.document.parts import Part, PrintedItem, Runs
from leaflets.edition import PAPERS, POINTS, Edition, EditionLanguages
from leaflets.languages.breaks import mark_breaks, needs_marks
from leaflets.languages.fonts import Fonts, Typography
from leaflets.languages.runs import Run, join_runs
from leaflets.languages.widths import Faces, count_lines
from leaflets.model import Level

LEAST, MOST = 0.2, 3.0
"""The gap between entries, in millimetres."""
WANTED = {False: 1.0, True: 1.5}
"""The gap at which words read well, where strokes stay within their lines and where they reach out of them."""
LINES, HEADING_LINES = (0.91, 1.08), (0.85, 0.9)
"""The line of a sheet, and of its headings and small print, closest and as it reads well: multiples of that of the language."""
RISING_LINES, RISING_HEADING_LINES = (1.75, 2.2), (1.55, 1.8)
"""The same where strokes reach out of their lines, as multiples of the font size."""
STEPS = 12
BODY, SMALL = 12.0, 10.0
LOOKS = ((14.0, 60.0), (13.0, 60.0), (BODY, 60.0), (BODY, 52.0), (BODY, 44.0))
"""The sizes that the text of a front, in points, and its drawing, in millimetres, may have: the first in which it reads well."""
SLACK = 0.2
"""Less than this is never left on a line, in millimetres: borders are not counted."""
DOUBT = 8.0
"""What an estimate may be wrong by, in millimetres."""
PARTED = 8.0
"""What the lines of a side take that are set lower, since their strokes would meet those above them (patches/leading.py)."""
TITLE, CALL, SOON = 22.0, 16.0, 13.0
"""The sizes of headings, in points: of the sheet, of a panel to call by, and of a less urgent one."""
HEADING = 1.25
"""The size of the heading of a card, and of what is said first, as a multiple of that of text."""
BAND, BESIDE = 52.0, 136.0
"""The width of a heading that stands beside what it heads, and of that."""
FOREIGN = ("Noto Sans",)
"""The fonts of Latin words and of numbers within another script."""
BLANK = 31.0
"""A line to write on, with its margin."""
BULLET, NUMBER, LONG_NUMBER = 3.6, 6.2, 8.1
"""How far the words of a list stand from its edge."""


def arrange_sheet(texts: tuple[Document, ...], edition: Edition, paper: str, fonts: Fonts) -> tuple[Document, ...]:
    """Decide what stands on the back, and set each side; both are the same in every language of the sheet.

    What may stand on either side stands on the back where every entry keeps the gap at which it reads well there. A sheet that
    may go on over more pages has it there too, and is set by its styles.
    """
    *ways, last = zip(*map(list_arrangements, texts), strict=True)
    if edition.sides > 2 * len(texts):
        return next(iter((*ways, last)))
    for way in (*ways, last):
        sides = [FittedSide(text, name, edition, paper, fonts) for name in ("front", "back") for text in way]
        if way is last or all(side.roomy for side in sides if side.name == "back"):
            break
    return tuple(
        replace(text, settings={side.name: side.choose(sides) for side in sides if side.document is text}) for text in way
    )


@dataclass(frozen=True)
class FittedSide:
    """A side of a sheet in one language; all lengths are in millimetres."""

    document: Document
    name: str
    edition: Edition
    paper: str
    fonts: Fonts

    @cached_property
    def typography(self) -> Typography:
        found = self.fonts.typography(self.document.locale)
        if not found:  # the check no-typography runs before
            raise ValueError(f"no fonts are set for {self.document.locale}")
        return found

    @cached_property
    def rising(self) -> bool:
        return bool(self.typography.rise)

    @cached_property
    def width(self) -> float:
        return PAPERS[self.paper][0] - 2 * self.edition.margin

    @cached_property
    def room(self) -> float:
        """The length of the page for its text."""
        reach = (self.typography.drop + (self.typography.rise if self.name == "back" else 0)) * self.edition.least / POINTS
        return PAPERS[self.paper][1] - self.edition.head - self.edition.foot - reach - DOUBT - PARTED * self.rising

    @property
    def roomy(self) -> bool:
        return self.measure(self.list_settings()[STEPS]) <= self.room

    def list_settings(self, look: tuple[float, float] = LOOKS[-1]) -> tuple[Setting, ...]:
        """List the settings from the closest to the most open: first the gaps grow, then the lines, then the gaps again."""
        wanted, height = WANTED[self.rising], self.typography.line_height
        least, most = RISING_LINES if self.rising else (height * factor for factor in LINES)
        lower, upper = RISING_HEADING_LINES if self.rising else (max(1.2, height * factor) for factor in HEADING_LINES)
        steps = [step / STEPS for step in range(1, STEPS + 1)]
        found = [(LEAST, least, lower)]
        found += [(LEAST + step * (wanted - LEAST), least, lower + step * (upper - lower)) for step in steps]
        found += [(wanted, least + step * (most - least), upper) for step in steps]
        found += [(wanted + step * (MOST - wanted), most, upper) for step in steps]
        return tuple(Setting(round(gap, 2), round(line, 3), round(heading, 3), *look) for gap, line, heading in found)

    def choose(self, sides: list["FittedSide"]) -> Setting:
        """Choose the most open setting in which this side fits, and those that face it in another language."""
        facing = [side for side in sides if side.name == self.name]
        for look in LOOKS if self.name == "front" else LOOKS[-1:]:
            reached = min(side.count_fitting(look) for side in facing)
            if reached >= (STEPS if look[0] == BODY else 2 * STEPS):
                break
        found = self.list_settings(look)[reached]
        if self.name == "back":
            return found
        heights = self.measure_cards(found)
        cuts = {cut: max(sum(heights[:cut]), sum(heights[cut:])) for cut in range(1, len(heights) + 1)}
        return replace(found, first=min(cuts, key=cuts.__getitem__, default=0))

    def count_fitting(self, look: tuple[float, float]) -> int:
        """Number the most open setting in which the side fits; the closest where none does."""
        return max(0, bisect_right(self.list_settings(look), self.room, key=self.measure) - 1)

    def measure(self, setting: Setting) -> float:
        """Estimate how long the side is."""
        return self.measure_front(setting) if self.name == "front" else self.measure_back(setting)

    @cached_property
    def faces(self) -> tuple[Faces, Faces]:
        """The fonts of text and of what is all bold."""
        own, foreign = (
            (self.fonts.paths(families, 400), self.fonts.paths(families, 700)) for families in (self.typography.families, FOREIGN)
        )
        return (own, foreign), ((own[1], own[1]), (foreign[1], foreign[1]))

    def lines(self, runs: Runs, width: float, line: float, points: float = BODY, bold: bool = False) -> float:
        """Measure how high words stand in a column."""
        size = points / POINTS
        return (
            count_lines(mark_runs(runs, self.document.locale), (width - SLACK) / size, BLANK / size, self.faces[bold])
            * size
            * line
        )

    def headed(self, runs: Runs, width: float, points: float, setting: Setting) -> float:
        return self.lines(runs, width, setting.heading, points, bold=True)

    @property
    def numbered(self) -> bool:
        """Whether every entry has a number."""
        return self.edition.languages is EditionLanguages.BOTH

    def entries(self, entries: Iterable[PrintedItem], width: float, setting: Setting, indent: float = BULLET) -> float:
        """Measure the entries of a list, each with the gap below it."""
        column = width - max(indent, LONG_NUMBER * self.numbered) * setting.size / BODY
        return sum(self.lines(each.words, column, setting.line, setting.size) + setting.gap for each in entries)

    def measure_front(self, setting: Setting) -> float:
        cards = self.measure_cards(setting)
        columns = (max(sum(cards[:cut]), sum(cards[cut:])) for cut in range(1, len(cards) + 1))
        around = 6.5 + 4 * setting.gap + 0.83 * self.rise
        opening = max(setting.picture, self.measure_meaning(setting))
        return (
            self.measure_notices(setting)
            + max(self.measure_clinic(setting), self.measure_titles(setting))
            + opening
            + around
            + min(columns, default=0)
            + self.measure_sources(setting)
        )

    def measure_notices(self, setting: Setting) -> float:
        """Measure the bar that says that it is a draft, in columns, and the gap below it."""
        found, own = self.document.notices, self.document.locale
        if not found:
            return 0
        width = self.width / len(found) - 6
        lines = (
            self.lines((Run(each.bound),), width, setting.heading, SMALL, bold=True)
            if each.locale == own
            else self.lines((Run(each.bound, language=each.locale),), width, 1.2, SMALL, bold=True)
            for each in found
        )
        return max(lines) + 4 + setting.gap

    def measure_titles(self, setting: Setting) -> float:
        """Measure the titles, which stand beside the clinic's box."""
        document, typography, width = self.document, self.typography, self.width - 76
        found = self.headed(document.title, width, TITLE, setting)
        found += (0.5 * typography.rise + 0.5 * typography.drop) * TITLE / POINTS
        found += 2 + setting.size / POINTS * 1.25 if document.english_title else 0
        audience = [part.entries[0].words for part in document.cover.parts if part.kind == "text"]
        return found + sum(self.lines(words, width, setting.line, setting.size, bold=True) for words in audience)

    def measure_clinic(self, setting: Setting) -> float:
        """Measure the clinic's box: its name and number beside the logo, and what else it gives, all beside the code."""
        clinic, said = self.document.clinic, self.document.messages
        if not clinic:
            return 30
        width = 63.4 - 26 * bool(self.document.check_url)
        lines = [(clinic.name, 13 * bool(clinic.logo)), (clinic.clinic_phone, 13 * bool(clinic.logo))]
        lines += [(f"{said['Open:']} {clinic.hours}", 0)] if clinic.hours else []
        lines += [(said["Interpreter: {phone}"].format(phone=clinic.interpreter_phone), 0)] if clinic.interpreter_phone else []
        lines += [(part, 0) for part in clinic.web.split("/") if part]
        return max(
            30, 3.6 + sum(self.lines((Run(words),), width - taken, setting.heading, self.edition.least) for words, taken in lines)
        )

    def measure_sources(self, setting: Setting) -> float:
        """Measure the small print below a front: what it is, and whether it is current, beside whom to tell of mistakes."""
        document, said = self.document, self.document.messages
        state = said["Status: {status}"].format(status=said[STATUS_MESSAGES[document.status]])
        columns = [[f"{state} · {said['Check again by {date}'].format(date=document.review_by)}"]]
        told = [said["If you find a mistake in this leaflet, please tell your clinic."]]
        columns.append(told + ([" · ".join(map(join_runs, list_credits(document, document)))] if document.signers else []))
        if document.check_url:
            asked = said["Is this leaflet still up to date? Scan the code or go to:"]
            columns.insert(0, [f"{asked} {document.check_address.replace('/', '/ ')}"])
        room, most = (self.width + 4) / len(columns) - 4, 0.75 * self.typography.measure
        widths = [room + 0.093 * self.width, *2 * [room - 0.046 * self.width]] if document.check_url else [room, room]
        return 1.3 + max(
            sum(self.lines((Run(words),), min(width, most), setting.heading, self.edition.least) for words in column)
            for width, column in zip(widths, columns, strict=True)
        )

    def measure_meaning(self, setting: Setting) -> float:
        """Measure what is said first, beside the drawing."""
        width = self.width - 2 * (1.5 + setting.gap) - setting.picture - 5
        parts = self.document.front[0].parts if self.document.front else ()
        first = [each for part in parts[:1] for each in part.entries]
        column = width - 1.25 * LONG_NUMBER * self.numbered * setting.size / BODY
        found = sum(self.headed(each.words, column, HEADING * setting.size, setting) + setting.gap for each in first)
        found += sum(self.entries(part.entries, width, setting) for part in parts[1:])
        return found + 0.5 * self.drop + 0.5 * sum(len(part.entries) for part in parts)

    def measure_cards(self, setting: Setting) -> list[float]:
        """Measure each part of the front that may stand in either of its columns."""
        column = 0.482 * self.width
        return [self.measure_card(section, column, setting) for section in split_sections(self.document.front[1:])]

    def measure_card(self, section: Section, width: float, setting: Setting) -> float:
        """Measure parts in a column, each below its heading: a card, or a panel."""
        found = 0.0
        for part in section.parts:
            found += 1.5 + 2 * setting.gap
            if part.level:
                found += self.headed(part.heading, width - 5, SOON, setting) + 2.4 + setting.gap + self.rise + 0.5 * self.drop
                found += self.entries(part.entries, width - 4, setting)
                continue
            if heading := section.title or part.heading:
                found += self.headed(heading, width, HEADING * setting.size, setting) + setting.gap
                found += self.drop * HEADING * setting.size / BODY
            for entry in part.entries:
                tile = 15 + 4 * setting.gap
                words = max(self.indent(part), LONG_NUMBER * self.numbered) * setting.size / BODY
                indent = 3 + tile + words * self.numbered if entry.icon else words
                words = self.lines(entry.words, width - indent, setting.line, setting.size)
                found += max(words, tile) + 0.5 * (entry is not part.entries[-1]) if entry.icon else words
            found += setting.gap * (len(part.entries) - 1)  # that of the last is part of the gap below the card
        return found

    @cached_property
    def drop(self) -> float:
        return self.typography.drop * BODY / POINTS

    @cached_property
    def rise(self) -> float:
        """What strokes below a band need there."""
        return 0.3 * self.typography.rise * BODY / POINTS

    def indent(self, part: Part) -> float:
        return {"steps": NUMBER, "list": BULLET}.get(part.kind, 0.0)

    def measure_back(self, setting: Setting) -> float:
        found = 0.0
        for section in self.document.back:
            for part, after in zip(section.parts, (*section.parts[1:], None), strict=True):
                if part.level in (Level.EMERGENCY, Level.SAME_DAY):
                    found += self.measure_panel(part, after if after and not after.level else None, setting)
                elif part.level or part is section.parts[0]:
                    found += self.measure_row(section, part, setting)
        return found + 0.1 - (1 + 2 * setting.gap)

    def measure_panel(self, part: Part, closing: Part | None, setting: Setting) -> float:
        """Measure a panel with its signs in two columns."""
        inner = self.width - 1.8
        same = part.level is Level.SAME_DAY
        label = (Run(self.document.messages["Same day" if same else "Emergency"]), Run(" "))
        band = self.headed((*label, *part.heading), inner - 4 - 13 * same, CALL, setting) + 1 + 0.5 * same
        column = 0.491 * (inner - 3)
        halves, indent = halve_signs(part, closing), LONG_NUMBER if self.numbered else BULLET
        heights = []
        for half in halves:
            height = 0.0
            if half is halves[0]:
                height += sum(self.lines(each.words, column, setting.line, bold=True) + setting.gap for each in part.leads)
            for group in half:
                first, *others = group.entries
                head = tuple(replace(run, strong=True) for run in group.heading)
                height += self.lines((*head, Run("• "), *first.words), column - indent, setting.line) + setting.gap
                height += self.entries(others, column, setting)
            if half is halves[-1] and closing:
                height += (
                    sum(self.headed(each.words, column, CALL, setting) + setting.gap for each in closing.entries) + self.rise
                )
            heights.append(height)
        return 1.8 + band + 0.3 + setting.gap + self.rise + 0.5 * self.drop + max(heights) + 1 + 2 * setting.gap

    def measure_row(self, section: Section, part: Part, setting: Setting) -> float:
        """Measure a heading with its entries beside it."""
        heading = part.heading or section.title
        words = min(BESIDE, self.typography.measure + 8) - 6
        beside = self.entries(part.entries, words, setting, self.indent(part)) + 1 + 0.5 * self.drop
        return max(self.headed(heading, BAND - 5.3, SOON, setting) + 2, beside) + 1 + 1 + 2 * setting.gap


@lru_cache(maxsize=4096)
def mark_runs(runs: Runs, tag: str) -> Runs:
    """Mark in words where their lines may end, as they are marked before the page is laid out."""
    if not needs_marks(tag):
        return runs
    marked = mark_breaks([run.words for run in runs], tag)
    return tuple(replace(run, words=words) for run, words in zip(runs, marked, strict=True))
