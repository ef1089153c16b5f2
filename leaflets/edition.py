"""How leaflets are printed: on which paper, in which editions, and what of them.

Takes nothing; gives `Edition`, which says how the same words look on paper or on a screen.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Paper sizes: the option's word, and width and height in millimetres (ISO 216; ANSI/ASME Y14.1)."""
POINTS = 72 / 25.4
"""Points in a millimetre."""


class Print(StrEnum):
    """What is printed: the one sheet of paper that is handed out, the leaflet for who wants to read on, or an insert of it.

    A job names an insert by its topic, so no insert is called "sheet" or "leaflet".
    """

    SHEET = "sheet"
    LEAFLET = "leaflet"
    INSERT = "insert"


class EditionLanguages(StrEnum):
    """In which languages an edition prints the leaflet."""

    OWN = "own"
    BOTH = "both"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Edition:
    """A way to print the same leaflet, or to show it on a screen.

    `prints` says what is printed so. A sheet has its own `sheet_styles`; it, an insert or a clinician’s page has at most `sides`
    pages, on any paper. `title` and `purpose` are for the clinic's staff, in English; `template` and `styles` are files of
    templates/. `body` is the least size of text and `least` that of notices, sources and page margins, in points; `margin` is at
    the sides, `head` and `foot` above (with two draft notices) and below, `gap` between the text and the foot, in millimetres.
    `budget` multiplies the leaflet's pages, and `alert_page` is the last page on which the emergency box may begin. `stacked`
    sets table rows below each other, and `folded` pages are half sheets, folded to a booklet; `gray` drawings have no color.
    `sparse` pages may hold little, since so many begin something new.
    """

    name: str
    title: str
    purpose: str
    template: str
    styles: tuple[str, ...]
    order: int
    prints: tuple[Print, ...] = (Print.LEAFLET,)
    sides: int = 2
    sheet_styles: tuple[str, ...] = ("sheet.css",)
    languages: EditionLanguages = EditionLanguages.OWN
    screen: bool = False
    body: float = 12.0
    least: float = 9.0
    margin: float = 18.0
    head: float = 15.0
    foot: float = 18.0
    gap: float = 5.0
    budget: float = 1.0
    alert_page: int = 2
    stacked: bool = False
    folded: bool = False
    gray: bool = False
    sparse: bool = False

    def title_of(self, what: str) -> str:
        """Name what is printed so, for the clinic's staff."""
        return self.title if self.screen else f"{what.replace('-', ' ').capitalize()}: {self.title}"

    def fit(self, what: str) -> "Edition":
        """Give the edition as it prints a sheet, a leaflet or an insert. Only a leaflet has pages that must not hold little."""
        if what == Print.LEAFLET:
            return self
        if what != Print.SHEET:
            return replace(self, template="insert.html", sparse=True)
        return replace(
            self,
            template="sheet.html",
            styles=self.sheet_styles,
            margin=10.0,
            head=6.0 * self.body / 12,
            foot=7.1 * self.body / 12,
            gap=0.4,
            budget=1.0,
            alert_page=self.sides,
            sparse=True,
        )
