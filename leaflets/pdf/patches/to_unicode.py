"""What a viewer finds and copies.

WeasyPrint records one text a glyph, first come first served. Nastaliq draws several letters with one shape and its dots beside
it, and each letter of a word on a line of its own, so that a viewer, which goes by glyphs and not by /ActualText, reads other
words (Kozea/WeasyPrint#2841). Here a glyph that stands for another text than before gets a code of its own, and a word whose
letters stand on several lines is told by one glyph alone. A code of a font is then no glyph id: /CIDToGIDMap says which glyph
it draws.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Any

import pydyf
import weasyprint.draw.text
import weasyprint.pdf
from weasyprint.text.ffi import ffi, pango

Shown = tuple[Any, int, int, str, int]
"""A glyph as it will be drawn: its font, its id, how far it stands off the line, its part of the text, and how wide it is."""
UNSEEN = "\u200b"
"""What a glyph tells that is part of another's text: pdfium makes a letter of a code without any."""
GLYPHS = re.compile(r"<([0-9a-f]+)>")
BLOCK = 100
"""Lines that a block of a CMap may have (Adobe Technical Note 5014)."""


def apply() -> None:
    draw_codes()
    map_codes()


class CodedStream:
    """A stream that writes codes in the place of the glyph ids that it is given, in their order."""

    def __init__(self, stream: Any, codes: Iterable[int]) -> None:
        self.stream, self.codes = stream, iter(codes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def show_text(self, text: str) -> None:
        def write(found: re.Match[str]) -> str:
            return f"<{''.join(f'{next(self.codes):04x}' for _ in range(len(found[1]) // 4))}>"

        self.stream.show_text(GLYPHS.sub(write, text))


def draw_codes() -> None:
    """Draw a line by the codes of its glyphs; one that is cut off with an ellipsis, which no leaflet has, as WeasyPrint does."""
    draw = weasyprint.draw.text.draw_first_line

    def draw_first_line(stream: Any, textbox: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any) -> Any:
        if textbox.text.strip() and text_overflow != "ellipsis" and block_ellipsis == "none":
            pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
            words = split_words(list_glyphs(stream, textbox))
            stream = CodedStream(stream, [code for word in words for code in find_codes(word)])
        return draw(stream, textbox, text_overflow, block_ellipsis, matrix)

    weasyprint.draw.text.draw_first_line = draw_first_line


def list_glyphs(stream: Any, textbox: Any) -> Iterator[Shown]:
    """List the glyphs of the first line of a text as they are drawn, from left to right.

    Viewers turn what they take for right-to-left about letter by letter, so that letters told by one glyph stand from left to
    right as well.
    """
    line, _ = textbox.pango_layout.get_first_line()
    raw, run = textbox.pango_layout.text.encode(), line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, _ = stream.add_font(item.item.analysis.font)
        starts = [item.glyphs.log_clusters[i] for i in range(item.glyphs.num_glyphs)]
        ends = dict(pairwise(sorted({*starts, item.item.length})))
        for i, start in enumerate(starts):
            info = item.glyphs.glyphs[i]
            if info.glyph == pango.PANGO_GLYPH_EMPTY:
                continue
            text = raw[item.item.offset + start : item.item.offset + ends.pop(start, start)].decode() or UNSEEN
            yield (
                font,
                0 if info.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG else info.glyph,
                info.geometry.y_offset,
                text[::-1] if item.item.analysis.level % 2 else text,
                info.geometry.width,
            )


def split_words(shown: Iterable[Shown]) -> Iterator[list[Shown]]:
    """Cut glyphs into words, and the spaces between them."""
    return (list(word) for _, word in groupby(shown, lambda glyph: (glyph[0].hash, glyph[3].isspace())))


def find_codes(word: list[Shown]) -> Iterator[int]:
    """Give the code of each glyph of a word. Where they stand on several lines, the widest that stands on the line tells all."""
    texts = [text for *_, text, _ in word]
    if any(rise for _, _, rise, *_ in word):
        teller = max(range(len(word)), key=lambda at: (word[at][2] == 0, word[at][4]))
        texts = [UNSEEN] * len(word)
        texts[teller] = "".join(text for *_, text, _ in word).replace(UNSEEN, "") or UNSEEN
    return (find_code(font, glyph, text) for (font, glyph, *_), text in zip(word, texts, strict=True))


def find_code(font: Any, glyph: int, text: str) -> int:
    """Give the code by which a font draws a glyph and tells a text: the glyph's own id for its first text, then new ones."""
    if font.to_unicode.setdefault(glyph, text) == text:
        return glyph
    codes: dict[tuple[int, str], int] = font.__dict__.setdefault("codes", {})
    return codes.setdefault((glyph, text), font.glyph_count + len(codes))


def map_codes() -> None:
    """Write which glyph each code draws, how wide it is and what it tells."""
    build = weasyprint.pdf.build_fonts_dictionary

    def build_fonts_dictionary(pdf: Any, fonts: Any, *rest: Any) -> Any:
        built = build(pdf, fonts, *rest)
        for font in fonts.values():
            if codes := getattr(font, "codes", None):
                add_codes(pdf, pdf.objects[int(built[font.hash].split()[0])], font, codes)
        return built

    weasyprint.pdf.build_fonts_dictionary = build_fonts_dictionary


def add_codes(pdf: Any, dictionary: Any, font: Any, codes: dict[tuple[int, str], int]) -> None:
    """Add the codes of (glyph, text) to a font; they follow on its glyphs without a gap."""
    (reference,) = dictionary["DescendantFonts"]
    descendant = pdf.objects[int(reference.split()[0])]
    lines = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>".encode() for (_, text), code in codes.items()]
    blocks = (lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK))
    told = pdf.objects[int(dictionary["ToUnicode"].split()[0])].stream
    end = told.index(b"endcmap")
    told[end:end] = [line for block in blocks for line in (b"%d beginbfchar" % len(block), *block, b"endbfchar")]
    glyphs = [glyph for glyph, _ in codes]
    descendant["W"].extend([font.glyph_count, pydyf.Array(font.widths[glyph] for glyph in glyphs)])
    table = b"".join(glyph.to_bytes(2, "big") for glyph in (*range(font.glyph_count), *glyphs))
    drawn = pydyf.Stream([table], compress=True)
    pdf.add_object(drawn)
    descendant["CIDToGIDMap"] = drawn.reference
