"""The text layer.

WeasyPrint records one Unicode value a glyph, first come first served, so that Arabic, Indic and other complex scripts read back
as other words (Kozea/WeasyPrint#2841). Each run gets /ActualText from the slice of the source that it shows.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint.layout.inline
import weasyprint.pdf
import weasyprint.pdf.stream
from weasyprint.formatting_structure import boxes

from leaflets.languages.breaks import UNSEEN


def apply() -> None:
    keep_source_text()
    mark_text()
    write_actual_text()


def keep_source_text() -> None:
    """Remember, for every line of text, the slice of the source that it shows, with the spaces at its ends."""
    split = weasyprint.layout.inline.split_text_box

    def split_text_box(context: Any, box: Any, available_width: Any, skip: Any, is_line_start: bool = True) -> Any:
        line, resume_index, preserved = split(context, box, available_width, skip, is_line_start=is_line_start)
        if line is not None and line is not box:
            raw = box.text.encode()
            # A space at the start of a box that falls at a line's end is dropped unseen: the next line gets it back.
            start = 0 if not raw[:skip].strip() else skip
            line.source_text = raw[start:resume_index].decode()
        return line, resume_index, preserved

    weasyprint.layout.inline.split_text_box = split_text_box


def actual_text(box: Any) -> str:
    text: str = getattr(box, "source_text", None) or box.text
    return text.translate(UNSEEN).replace("\n", " ")


def mark_text() -> None:
    """Keep the text of each marked run for the tree, and write it beside the run where that helps a reader."""
    mark = weasyprint.pdf.stream.Stream.marked

    @contextmanager
    def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
        if stream._tags is None or not isinstance(box, boxes.TextBox) or not box.text.strip():
            with mark(stream, box, tag):
                yield
            return
        text, mcid = actual_text(box), len(stream._tags)
        stream._tags[box] = {"tag": tag, "mcid": mcid, "actual": text}
        properties: dict[str, Any] = {"MCID": mcid}
        # Poppler and pdfium reverse the ActualText of right-to-left marked content: the tree alone carries it.
        rtl = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
        if not rtl and (not text.isascii() or text != box.text):
            properties["ActualText"] = pydyf.String(text)
        stream.begin_marked_content(tag, pydyf.Dictionary(properties))
        try:
            yield
        finally:
            stream.end_marked_content()

    weasyprint.pdf.stream.Stream.marked = marked


def write_actual_text() -> None:
    """Give the elements of the tree that hold one run the text of that run."""
    add = weasyprint.pdf.add_tags

    def add_tags(pdf: Any, document: Any, version: Any, page_streams: Any) -> None:
        actual = [{tag["mcid"]: tag["actual"] for tag in s._tags.values() if "actual" in tag} for s in page_streams]
        add(pdf, document, version, page_streams)
        numbers = {reference: number for number, reference in enumerate(pdf.page_references)}
        for element in pdf.objects:
            if not isinstance(element, dict) or element.get("Type") != "/StructElem" or element.get("S") != "/Span":
                continue
            kids = element.get("K", ())
            if len(kids) == 1 and isinstance(kids[0], int) and (text := actual[numbers[element["Pg"]]].get(kids[0])):
                element["ActualText"] = pydyf.String(text)

    weasyprint.pdf.add_tags = add_tags
