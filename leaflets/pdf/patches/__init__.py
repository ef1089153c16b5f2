"""What we replace inside WeasyPrint 70.0, one fault a module.

Takes nothing; gives `apply_patches()`, to be called once a process, before anything is rendered. Nothing else in this package
replaces a name of WeasyPrint's. WeasyPrint is pinned exactly for the sake of these names. For each row of PATCHES a test shows
that WeasyPrint alone still has the fault, and fails on the day that it has not: then the row and its module can go.

Two things need no row. `pdfua` uses WeasyPrint's own hook (`finisher`). `leaflets.pdf.boxes` reads WeasyPrint's boxes and
replaces nothing; what it reads that WeasyPrint does not keep, `source_text`, comes from `actual_text`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from leaflets.pdf.patches import actual_text, artifacts, language, line_end, line_memory, scope, whole_elements

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
    Patch(artifacts.apply, "Page margins are tagged, but stand outside the structure tree.", f"{ISSUES}1836"),
    Patch(language.apply, "The language of an element is lost: only the document has a /Lang.", UNREPORTED),
    Patch(scope.apply, "The head of a row or column has no /Scope.", f"{ISSUES}2508"),
    Patch(whole_elements.apply, "A list or paragraph that runs over a column or page becomes one a piece.", f"{ISSUES}2903"),
    Patch(line_end.apply, "A line ends after its first word if bold words follow text that just fits.", UNREPORTED),
    Patch(line_memory.apply, "The same words are broken into lines of the same width again and again.", f"{ISSUES}578"),
)
"""In the order in which they are applied: a later one wraps an earlier one that replaces the same name."""


@cache
def apply_patches() -> None:
    """Replace the private names, once."""
    for patch in PATCHES:
        patch.apply()
