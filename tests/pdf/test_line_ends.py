"""Marks for where lines may end, from the page to the file."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from leaflets.languages.breaks import MAY_END, MUST_NOT_END
from leaflets.pdf.engine import Engine
from leaflets.pdf.line_ends import mark_line_ends
from leaflets.pdf.reader import read_pdf_facts
from tests.support.engine import HEAD
from tests.support.projects import STANDARD

THAI = "โทรหาคลินิกของคุณในวันเดียวกันถ้าก้อนมีสีแดงและร้อน"
KHMER = "ទូរស័ព្ទទៅគ្លីនិករបស់អ្នកនៅថ្ងៃតែមួយប្រសិនបើដុំពកឡើងក្រហម"
KOREAN = "멍울이 빨갛고 뜨거우면 같은 날 병원에 전화하세요. 멍울을 짜지 마세요."
JAPANESE = "しこりが赤くなったり熱をもったりしたら、その日のうちに診療所に電話してください。"


def mark(body: str, language: str = "en") -> Element:
    root = fromstring(f'<html lang="{language}"><head><title>{THAI}</title></head><body>{body}</body></html>')
    mark_line_ends(root)
    return root


def read(root: Element) -> str:
    return "".join(root.itertext()).replace(MAY_END, "|").replace(MUST_NOT_END, "~")


def test_each_paragraph_is_marked_in_its_own_language() -> None:
    page = mark(f'<p>{THAI[:5]}</p><p lang="th">ห้าม<b>บีบ</b>ก้อน</p><p lang="ko">약은<br/>매일</p>').find("body")
    assert page is not None
    assert [read(child) for child in page] == [THAI[:5], "ห้าม|บีบ|ก้อน", "약~은매~일"]


def test_a_title_has_no_marks() -> None:
    title = mark("<p/>", "th").find("head/title")
    assert title is not None
    assert title.text == THAI


def test_a_paragraph_between_others_is_one_of_its_own() -> None:
    assert read(mark("<div>약은<p>매일</p>드세요</div>", "ko")).endswith("약~은매~일드~세~요")


@pytest.mark.parametrize(("language", "words"), [("th", THAI), ("km", KHMER), ("ko", KOREAN), ("ja", JAPANESE)])
def test_no_line_ends_inside_a_word_and_the_text_of_the_file_has_no_marks(engine: Engine, language: str, words: str) -> None:
    """In a column of 30 mm, with every word wider than none."""
    body = f'<p style="width: 30mm">{words} <strong>{words}</strong></p>'
    html = f'<!doctype html><html lang="{language}"><head>{HEAD}</head><body><main>{body}</main></body></html>'
    data, problems = engine.write_pdf(html, (language, "en"), STANDARD, "a4", "counter(page)", "a-test")
    facts = read_pdf_facts(data, engine.fonts.find_dotted_circle)
    assert [problem.id for problem in problems if problem.id in ("torn-word", "engine-complaint", "outside-page")] == []
    assert facts.texts == (f"{words} {words}",)
    assert facts.notdef == 0
    typography = engine.fonts.typography(language)
    assert typography
    own = {family.replace(" ", "-") for family in typography.families}
    assert {font.removesuffix("-Bold") for font in facts.fonts} <= own
