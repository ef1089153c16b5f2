"""Parts of the pinned fonts, for pages that are read on a screen.

Takes the characters of a page by language; gives `Face`s: the glyphs of those characters alone, as WOFF2. HarfBuzz cuts the
fonts, as it does for PDF files: for Nastaliq it takes 0.04 s where fontTools takes 3.4 s. What time is left is Brotli's.
"""

import base64
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import cffi
from fontTools.ttLib import TTFont

from leaflets.languages.fonts import Font, Fonts, read_characters
from leaflets.problems import SetupError

SYSTEM_LETTERS = frozenset(range(0x20, 0x180)) | frozenset(map(ord, bytes(range(0x80, 0x100)).decode("cp1252", "ignore")))
"""What the fonts of every phone and computer have: Latin, Latin-1, Latin Extended-A and the signs of Windows-1252.

They are the core of WGL4, which system fonts have covered since the nineties. A page that needs no more embeds nothing, loads ten
times faster, and keeps to the font that its reader is used to.
"""
DECLARATIONS = """
typedef ... hb_blob_t;
typedef ... hb_face_t;
typedef ... hb_set_t;
typedef ... hb_subset_input_t;
hb_blob_t *hb_blob_create(const char *data, unsigned int length, int mode, void *user_data, void *destroy);
void hb_blob_destroy(hb_blob_t *blob);
const char *hb_blob_get_data(hb_blob_t *blob, unsigned int *length);
hb_face_t *hb_face_create(hb_blob_t *blob, unsigned int index);
void hb_face_destroy(hb_face_t *face);
hb_blob_t *hb_face_reference_blob(hb_face_t *face);
void hb_set_add(hb_set_t *set, uint32_t codepoint);
void hb_set_clear(hb_set_t *set);
void hb_set_invert(hb_set_t *set);
hb_subset_input_t *hb_subset_input_create_or_fail(void);
void hb_subset_input_destroy(hb_subset_input_t *input);
hb_set_t *hb_subset_input_set(hb_subset_input_t *input, int kind);
void hb_subset_input_set_flags(hb_subset_input_t *input, unsigned int flags);
hb_face_t *hb_subset_or_fail(hb_face_t *source, hb_subset_input_t *input);
"""
READ_ONLY, NO_HINTING, UNICODE_SET, FEATURE_SET = 1, 1, 1, 6
"""HB_MEMORY_MODE_READONLY, HB_SUBSET_FLAGS_NO_HINTING, HB_SUBSET_SETS_UNICODE and _LAYOUT_FEATURE_TAG (hb.h, hb-subset.h)."""
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
    """Cut what a page needs out of its font files. Raises SetupError where HarfBuzz is missing."""
    return tuple(
        Face(font.family, font.weight, base64.b64encode(cut_font(font.path, points)).decode("ascii"))
        for font, points in sorted(needed.items(), key=lambda each: (each[0].family, each[0].weight))
    )


@lru_cache(maxsize=KEPT)
def cut_font(path: Path, points: frozenset[int]) -> bytes:
    """Cut a font down to some code points and all that its layout can make of them; as WOFF2, without hinting."""
    ffi, harfbuzz, subset = open_harfbuzz()
    data = path.read_bytes()
    blob = ffi.gc(
        harfbuzz.hb_blob_create(ffi.from_buffer(data), len(data), READ_ONLY, ffi.NULL, ffi.NULL), harfbuzz.hb_blob_destroy
    )
    whole = ffi.gc(harfbuzz.hb_face_create(blob, 0), harfbuzz.hb_face_destroy)
    wanted = ffi.gc(subset.hb_subset_input_create_or_fail(), subset.hb_subset_input_destroy)
    for point in points:
        harfbuzz.hb_set_add(subset.hb_subset_input_set(wanted, UNICODE_SET), point)
    features = subset.hb_subset_input_set(wanted, FEATURE_SET)
    harfbuzz.hb_set_clear(features)
    harfbuzz.hb_set_invert(features)
    subset.hb_subset_input_set_flags(wanted, NO_HINTING)
    part = ffi.gc(subset.hb_subset_or_fail(whole, wanted), harfbuzz.hb_face_destroy)
    cut = ffi.gc(harfbuzz.hb_face_reference_blob(part), harfbuzz.hb_blob_destroy)
    length = ffi.new("unsigned int *")
    start = harfbuzz.hb_blob_get_data(cut, length)
    return compress_font(bytes(ffi.buffer(start, length[0])))


def compress_font(data: bytes) -> bytes:
    """Write a font as WOFF2, with no clock in it."""
    out = io.BytesIO()
    with TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False, lazy=True) as font:
        font.flavor = "woff2"
        font.save(out)
    return out.getvalue()


@cache
def open_harfbuzz() -> tuple[Any, Any, Any]:
    """Open the two libraries of HarfBuzz. Raises SetupError where they are missing."""
    ffi = cffi.FFI()
    ffi.cdef(DECLARATIONS)
    try:
        return ffi, ffi.dlopen("libharfbuzz.so.0"), ffi.dlopen("libharfbuzz-subset.so.0")
    except OSError as error:
        raise SetupError(f"fonts cannot be cut for web pages ({error}). Run: apt install libharfbuzz-subset0") from error
