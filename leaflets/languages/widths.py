"""How wide words are in the fonts that they are set in, and how many lines they take.

Takes runs, font files in order and a width; gives lengths as multiples of the font size.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import uharfbuzz
from fontTools import unicodedata as scripts

from leaflets.languages.breaks import MAY_END, MUST_NOT_END, UNSEEN
from leaflets.languages.runs import Run

ANYWHERE = {"Hani", "Hira", "Kana", "Bopo"}
"""Scripts whose lines may end at any letter that has no mark against it."""
UNKNOWN = 0.6
"""The width of a letter that none of the fonts has."""

Paths = tuple[Path, ...]
Faces = tuple[tuple[Paths, Paths], tuple[Paths, Paths]]
"""The regular and the bold fonts of a language, and those of words of another script within it."""


def measure_width(words: str) -> int:
    """Count characters as a reader sees them: marks that stand on a letter count nothing, wide characters two.

    >>> measure_width("café"), measure_width("हिन्दी"), measure_width("别停药")
    (4, 3, 6)
    """
    seen = (char for char in words if unicodedata.category(char) not in ("Mn", "Mc", "Me", "Cf"))
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in seen)


@cache
def open_font(path: Path) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))


@cache
def measure_word(word: str, paths: Paths) -> float:
    """Measure a word in the first font that has all its letters, shaped as it is printed, in font sizes."""
    for path in paths if word else ():
        font, buffer = open_font(path), uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer)
        if all(glyph.codepoint for glyph in buffer.glyph_infos):
            return float(sum(position.x_advance for position in buffer.glyph_positions) / font.face.upem)
    return UNKNOWN * len(word)


def list_pieces(words: str) -> Iterator[str]:
    """Cut words where a line may end, and into the spaces between them; `mark_breaks` says where that is in some languages.

    >>> list(list_pieces("of it")), list(list_pieces("别停 药")), list(list_pieces(f"約{MUST_NOT_END}束{MAY_END}は"))
    (['of', ' ', 'it'], ['别', '停', ' ', '药'], ['約\u2060束', 'は'])
    """
    for piece in re.findall(rf" +|[^ {MAY_END}-]+-*|-+", words):
        cuts = [index for index, char in enumerate(piece) if index and scripts.script(char) in ANYWHERE and starts(char)]
        cuts = [index for index in cuts if piece[index - 1] != MUST_NOT_END]
        yield from (piece[start:end] for start, end in zip((0, *cuts), (*cuts, None), strict=True))


def starts(char: str) -> bool:
    """Whether a letter stands for itself, and is no mark on the one before it."""
    return not unicodedata.combining(char) and not unicodedata.category(char).startswith("M")


def list_words(runs: tuple[Run, ...], blank: float, faces: Faces) -> Iterator[tuple[float, float]]:
    """Yield what no line may end inside of, as (width of the space before it, its own width)."""
    space = word = 0.0
    for run in runs:
        fonts = faces[bool(run.language or run.ltr)][run.strong]
        for number, piece in enumerate([run.words] if run.keep else list_pieces(run.words)):
            length = measure_word(piece.translate(UNSEEN), fonts)
            ends = piece.isspace() or number or scripts.script(piece[:1] or "a") in ANYWHERE
            if word and ends:
                yield space, word
                space = word = 0.0
            space, word = (space + length, word) if piece.isspace() else (space, word + length + blank * run.blank)
    yield space, word


@lru_cache(maxsize=4096)
def count_lines(runs: tuple[Run, ...], width: float, blank: float, faces: Faces) -> int:
    """Count the lines that words take in a column of some font sizes' width.

    `blank` is the length of a line to write on.
    """
    lines, reached = 1, 0.0
    for space, word in list_words(runs, blank, faces):
        if reached and reached + space + word > width:
            lines, reached, space = lines + 1, 0.0, 0.0
        reached += space + word
    return lines
