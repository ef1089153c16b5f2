"""What we replace inside WeasyPrint 70.0, one fault a function.

Takes nothing; gives `apply_patches()`, to be called once a process, before anything is rendered. Nothing else in this package
replaces a name of WeasyPrint's. WeasyPrint is pinned exactly for the sake of these names. For each row of PATCHES a test shows
that WeasyPrint alone still has the fault, and fails on the day that it has not: then the row and its function can go.

Two things need no row. `structure.add_identifier` is called by WeasyPrint's own hook (`finisher`): WeasyPrint writes PDF/UA-1 or
PDF/A-2a, and not both in one file (Kozea/WeasyPrint#2783). `leaflets.pdf.boxes` reads WeasyPrint's boxes and replaces nothing;
what it reads that WeasyPrint does not keep, `source_text`, comes from `actual_text`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from leaflets.pdf.patches import actual_text, leading, lines, structure, to_unicode

ISSUES = "https://github.com/Kozea/WeasyPrint/issues/"
UNREPORTED = "not reported upstream; its test reproduces it"


@dataclass(frozen=True, slots=True)
class Patch:
    """One fault of WeasyPrint: what mends it, what is wrong without it, and where that is reported."""

    apply: Callable[[], None]
    fault: str
    upstream: str


PATCHES = (
    Patch(actual_text.apply, "Arabic, Indic and other complex scripts read back as other words.", f"{ISSUES}2841"),
    Patch(to_unicode.apply, "Urdu in Nastaliq is found and copied as other words by viewers.", f"{ISSUES}2841"),
    Patch(structure.make_margins_artifacts, "Page margins are tagged, but stand outside the structure tree.", f"{ISSUES}1836"),
    Patch(structure.add_languages, "The language of an element is lost: only the document has a /Lang.", UNREPORTED),
    Patch(structure.add_scopes, "The head of a row or column has no /Scope.", f"{ISSUES}2508"),
    Patch(structure.add_item_bodies, "The words of a list item whose marker stands inside have no LBody.", UNREPORTED),
    Patch(structure.join_elements, "A list or paragraph that runs over a column or page becomes one a piece.", f"{ISSUES}2903"),
    Patch(lines.mend_line_ends, "A line ends after its first word if bold words follow text that just fits.", UNREPORTED),
    Patch(leading.part_lines, "Strokes lie on the line below them: in Nastaliq, and where lines stand close.", UNREPORTED),
)
"""In the order in which they are applied: a later one wraps an earlier one that replaces the same name."""


@cache
def apply_patches() -> None:
    """Replace the private names, once."""
    for patch in PATCHES:
        patch.apply()
