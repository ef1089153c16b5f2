"""Parts of the pinned fonts, for pages that are read on a screen.

Takes the characters of a page by language; gives `Face`s: the glyphs of those characters alone, as WOFF2. HarfBuzz cuts the
fonts, as it does for PDF files: for Nastaliq it takes 0.03 s where fontTools takes 3.4 s. What time is left is Brotli's.
"""

import base64
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont

from leaflets.languages.fonts import Font, Fonts, read_characters

SYSTEM_LETTERS = frozenset(range(0x20, 0x180)) | frozenset(map(ord, bytes(range(0x80, 0x100)).decode("cp1252", "ignore")))
"""What the fonts of every phone and computer have: Latin, Latin-1, Latin Extended-A and the signs of Windows-1252.

They are the core of WGL4, which system fonts have covered since the nineties. A page that needs no more embeds nothing, loads ten
times faster, and keeps to the font that its reader is used to.
"""
KEPT = 32
"""How many parts of fonts a process keeps: the names of the other languages come back on every page."""


@dataclass(frozen=True, slots=True)
class Face:
    """A part of a pinned font; `data` is WOFF2 in base64."""

    family: str
    weight: int
    data: str


def assign_characters(characters: Mapping[str, Iterable[int]], own: str, fonts: Fonts) -> dict[Font, frozenset[int]]:
    """Say which font files a page needs, and for which characters.

    `characters` are code points by language. Each goes to the first family of its language that has it. The page's own language
    comes in both weights, others in the regular one. A family that is left with letters of every system alone is not needed.
    """
    needed: dict[Font, frozenset[int]] = {}
    for tag, points in sorted(characters.items()):
        typography = fonts.typography(tag)
        left = frozenset(points)
        for family in typography.families if typography else ():
            files = [font for font in fonts.fonts if font.family == family and (tag == own or font.weight == 400)]
            found = left & frozenset().union(*(read_characters(font.path) for font in files))
            left -= found
            if not found <= SYSTEM_LETTERS:
                needed |= {font: needed.get(font, frozenset()) | found for font in files}
    return needed


def find_missing(characters: Mapping[str, Iterable[int]], fonts: Fonts) -> frozenset[int]:
    """Find the code points that neither the fonts of their language nor every system have."""
    return frozenset().union(*(frozenset(points) - fonts.characters(tag) - SYSTEM_LETTERS for tag, points in characters.items()))


def cut_faces(needed: Mapping[Font, frozenset[int]]) -> tuple[Face, ...]:
    """Cut what a page needs out of its font files."""
    return tuple(
        Face(font.family, font.weight, base64.b64encode(cut_font(font.path, points)).decode("ascii"))
        for font, points in sorted(needed.items(), key=lambda each: (each[0].family, each[0].weight))
    )


@lru_cache(maxsize=KEPT)
def cut_font(path: Path, points: frozenset[int]) -> bytes:
    """Cut a font down to some code points and all that its layout can make of them; as WOFF2, without hinting."""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(points)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.invert()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    whole = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
    return compress_font(uharfbuzz.subset(whole, wanted).blob.data)


def compress_font(data: bytes) -> bytes:
    """Write a font as WOFF2, with no clock in it."""
    out = io.BytesIO()
    with TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False, lazy=True) as font:
        font.flavor = "woff2"
        font.save(out)
    return out.getvalue()
