"""The parts of fonts that a web page brings along."""

import io

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from leaflets.web.subset import SYSTEM_LETTERS, assign_characters, cut_font, find_missing
from tests.support.projects import ROOT
from tests.support.web import FONTS


def test_a_family_that_is_left_with_letters_of_every_system_is_not_needed() -> None:
    assert assign_characters({"es": map(ord, "¿Qué señales?")}, "es", FONTS) == {}
    assert {font.family for font in assign_characters({"es": map(ord, "ạ a")}, "es", FONTS)} == {"Noto Sans"}
    assert {font.weight for font in assign_characters({"ar": map(ord, "لا")}, "en", FONTS)} == {400}


def test_letters_without_a_font_are_found() -> None:
    assert find_missing({"ar": {ord("ل"), 0x1F600}, "en": {0x20AC}}, FONTS) == {0x1F600}
    assert ord("ñ") in SYSTEM_LETTERS


@pytest.mark.parametrize(
    ("file", "words"), [("NotoNastaliqUrdu", "کیلشیم"), ("NotoSansDevanagari", "क्षत्रिय"), ("Vazirmatn", "الكلى")]
)
def test_a_cut_font_shapes_words_as_the_whole_font_does(file: str, words: str) -> None:
    path = ROOT / "templates" / "fonts" / f"{file}-Regular.ttf"
    cut = TTFont(io.BytesIO(cut_font(path, frozenset(map(ord, words)))))
    plain = io.BytesIO()
    cut.flavor = None
    cut.save(plain)

    def shape(data: bytes) -> list[tuple[int, int, int]]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(words)
        buffer.guess_segment_properties()
        uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(data)), buffer)
        return [(each.x_advance, each.x_offset, each.y_offset) for each in buffer.glyph_positions]

    assert shape(plain.getvalue()) == shape(path.read_bytes())
    assert cut["maxp"].numGlyphs < 250


def test_the_same_letters_give_the_same_bytes() -> None:
    path = ROOT / "templates" / "fonts" / "Vazirmatn-Regular.ttf"
    once = cut_font(path, frozenset([0x627]))
    cut_font.cache_clear()
    assert cut_font(path, frozenset([0x627])) == once
