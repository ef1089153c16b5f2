"""What WeasyPrint 70.0 leaves out of a tagged PDF.

Takes nothing; gives `improve_tagging()`, which replaces five private functions of WeasyPrint, once a process. WeasyPrint is
pinned exactly for their sake, and a test holds each of them in place. What they mend:

1. The text layer. WeasyPrint records one Unicode value a glyph, first come first served, so Arabic, Indic and other
   complex scripts read back as other words (Kozea/WeasyPrint#2841). Each run gets /ActualText from the source line.
2. Page margins are tagged but stand outside the structure tree (#1836). They become artifacts.
3. /Lang is written for the document only. Every element with `lang` gets its own (PDF/UA-1, 7.2).
4. <th> has no /Scope (#2508).
5. A paragraph, list or list item that runs over a column or page becomes one element a piece. The pieces are joined.
6. PDF/UA-1 and PDF/A-2a in one file need one XMP packet with both identifiers (#2783).
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pydyf
import weasyprint.document
import weasyprint.layout.inline
import weasyprint.pdf
import weasyprint.pdf.stream
import weasyprint.pdf.tags
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

PATCHED = (
    (weasyprint.layout.inline, "split_text_box"),
    (weasyprint.document, "draw_page"),
    (weasyprint.pdf.stream.Stream, "marked"),
    (weasyprint.pdf.tags, "_build_box_tree"),
    (weasyprint.pdf, "add_tags"),
)
"""Every private name that is replaced; a test fails when WeasyPrint renames one."""

SOFT_HYPHEN = "\u00ad"
PDFUA_XMP = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
"""The PDF/UA identifier, and the schema that PDF/A asks for before it accepts it (ISO 14289-1, 5; ISO 19005-2, 6.6.2.3)."""


@cache
def improve_tagging() -> None:
    """Replace the private functions, once."""
    keep_source_text()
    mark_artifacts()
    enrich_structure()


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
    return text.replace(SOFT_HYPHEN, "").replace("\n", " ")


def is_rtl(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def mark_artifacts() -> None:
    """Begin marked content: an artifact in the page margins, else a tagged run with its text."""
    draw = weasyprint.document.draw_page

    def draw_page(page: Any, stream: Any) -> Any:
        margins = [child for child in page.children if isinstance(child, boxes.MarginBox)]
        stream.artifacts = {id(box) for margin in margins for box in (margin, *margin.descendants(placeholders=True))}
        return draw(page, stream)

    @contextmanager
    def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
        if stream._tags is None:
            yield
            return
        if id(box) in stream.artifacts:
            pydyf.Stream.begin_marked_content(stream, "Artifact")
        else:
            mcid = len(stream._tags)
            stream._tags[box] = {"tag": tag, "mcid": mcid}
            properties: dict[str, Any] = {"MCID": mcid}
            if isinstance(box, boxes.TextBox) and box.text.strip():
                text = stream._tags[box]["actual"] = actual_text(box)
                # Poppler and pdfium reverse the ActualText of right-to-left marked content: the tree alone carries it.
                if not is_rtl(text) and (not text.isascii() or text != box.text):
                    properties["ActualText"] = pydyf.String(text)
            pydyf.Stream.begin_marked_content(stream, tag, pydyf.Dictionary(properties))
        try:
            yield
        finally:
            pydyf.Stream.end_marked_content(stream)

    weasyprint.document.draw_page = draw_page
    weasyprint.pdf.stream.Stream.marked = marked


def enrich_structure() -> None:
    """Leave margins out of the tree; add /Lang, /Scope and /ActualText to its elements."""
    build = weasyprint.pdf.tags._build_box_tree
    add = weasyprint.pdf.add_tags

    whole: dict[Any, Any] = {}

    def build_box_tree(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
        real = box._box if isinstance(box, AbsolutePlaceholder) else box
        if isinstance(real, boxes.MarginBox):
            return
        tag = real.element_tag or ""
        for element in build(box, parent, pdf, *rest):
            if real.element is not None and not isinstance(real, boxes.PageBox) and "::" not in tag:
                language = real.element.get("lang")
                if language and tag not in ("html", "body"):
                    element["Lang"] = pydyf.String(language)
                if tag == "th" and element["S"] == "/TH":
                    element["A"]["Scope"] = "/Row" if real.element.get("scope") == "row" else "/Column"
            if element["S"] in ("/P", "/LI", "/L") and "::" not in tag:
                first = whole.setdefault((real.element, element["S"]), element)
                if first is not element and first is not parent:
                    join_elements(pdf, first, element)
                    continue
            yield element

    def add_tags(pdf: Any, document: Any, version: Any, page_streams: Any) -> None:
        actual = [{tag["mcid"]: tag["actual"] for tag in s._tags.values() if "actual" in tag} for s in page_streams]
        whole.clear()
        add(pdf, document, version, page_streams)
        whole.clear()
        numbers = {reference: number for number, reference in enumerate(pdf.page_references)}
        for element in pdf.objects:
            if not isinstance(element, dict) or element.get("Type") != "/StructElem" or element.get("S") != "/Span":
                continue
            kids = element.get("K", ())
            if len(kids) == 1 and isinstance(kids[0], int) and (text := actual[numbers[element["Pg"]]].get(kids[0])):
                element["ActualText"] = pydyf.String(text)

    weasyprint.pdf.tags._build_box_tree = build_box_tree
    weasyprint.pdf.add_tags = add_tags


def join_elements(pdf: Any, first: Any, rest: Any) -> None:
    """Give the kids of a structure element's second part to its first part, and free the second."""
    for kid in rest["K"]:
        pdf.objects[int(kid.split()[0])]["P"] = first.reference
        first["K"].append(kid)
    rest.free = "f"


def finish_pdf(document: Any, pdf: Any) -> None:
    """Add the PDF/UA identifier to the XMP packet that WeasyPrint wrote for PDF/A."""
    packet = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet.stream[0] = packet.stream[0].replace(b"</rdf:RDF>", PDFUA_XMP + b"</rdf:RDF>", 1)
