"""The structure tree of a tagged PDF, and the standards that the file claims.

Each function says what WeasyPrint leaves out, and mends it; `PATCHES` of this package has them with their upstream issues.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from weakref import WeakKeyDictionary

import pydyf
import weasyprint.document
import weasyprint.pdf.stream
import weasyprint.pdf.tags
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

ChangeElement = Callable[[Any, Any, Any, Any], bool]
JOINED = ("/P", "/LI", "/L")
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


def make_margins_artifacts() -> None:
    """Take what stands in the page margins for an artifact.

    WeasyPrint tags it, but leaves it out of the structure tree: a reader that goes by the page says "Page 3 of 8" in the middle
    of a sentence.
    """
    draw = weasyprint.document.draw_page
    mark = weasyprint.pdf.stream.Stream.marked
    build = weasyprint.pdf.tags._build_box_tree

    def draw_page(page: Any, stream: Any) -> Any:
        margins = [child for child in page.children if isinstance(child, boxes.MarginBox)]
        stream.artifacts = {id(box) for margin in margins for box in (margin, *margin.descendants(placeholders=True))}
        return draw(page, stream)

    def marked(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        marking: AbstractContextManager[None] = stream.artifact() if id(box) in stream.artifacts else mark(stream, box, tag)
        return marking

    def build_box_tree(box: Any, *rest: Any) -> Any:
        return () if isinstance(box, boxes.MarginBox) else build(box, *rest)

    weasyprint.document.draw_page = draw_page
    weasyprint.pdf.stream.Stream.marked = marked
    weasyprint.pdf.tags._build_box_tree = build_box_tree


def change_elements(change: ChangeElement) -> None:
    """Call `change(box, parent, pdf, element)` with each element that is built for an HTML element, pseudo-elements left out.

    An element for which it gives False stays out of the tree.
    """
    build = weasyprint.pdf.tags._build_box_tree

    def build_box_tree(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
        real = box._box if isinstance(box, AbsolutePlaceholder) else box
        own = real.element is not None and not isinstance(real, boxes.PageBox) and "::" not in (real.element_tag or "")
        for element in build(box, parent, pdf, *rest):
            if not own or change(real, parent, pdf, element):
                yield element

    weasyprint.pdf.tags._build_box_tree = build_box_tree


def add_languages() -> None:
    """Give every element with `lang` its own /Lang (PDF/UA-1, 7.2).

    WeasyPrint writes one for the document only, and a voice reads Spanish words by English rules. To reproduce:
    `<html lang="en"><p>Say <span lang="es">sí</span>` as pdf/ua-1.
    """

    def add_language(box: Any, parent: Any, pdf: Any, element: Any) -> bool:
        language = box.element.get("lang")
        if language and box.element_tag not in ("html", "body"):
            element["Lang"] = pydyf.String(language)
        return True

    change_elements(add_language)


def add_scopes() -> None:
    """Say what a table head is the head of (PDF/UA-1, 7.5)."""

    def add_scope(box: Any, parent: Any, pdf: Any, element: Any) -> bool:
        if box.element_tag == "th" and element["S"] == "/TH":
            element["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
        return True

    change_elements(add_scope)


def add_item_bodies() -> None:
    """Give a body to a list item whose marker stands inside its first line (PDF/UA-1, 7.2: an LI holds Lbl and LBody)."""

    def add_body(box: Any, parent: Any, pdf: Any, element: Any) -> bool:
        if element["S"] != "/LI":
            return True
        kids = {kid: pdf.objects[int(kid.split()[0])] for kid in element["K"]}
        words = [kid for kid, each in kids.items() if each["S"] not in ("/Lbl", "/LBody", "/L")]
        if not words:
            return True
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(words), "Pg": element["Pg"], "P": element.reference}
        )
        pdf.add_object(body)
        for kid in words:
            kids[kid]["P"] = body.reference
        element["K"] = pydyf.Array([kid for kid in kids if kid not in words] + [body.reference])
        return True

    change_elements(add_body)


def join_elements() -> None:
    """Join the pieces of paragraphs, lists and list items that run over a column or a page.

    WeasyPrint makes one structure element of each piece, and a voice reads half a sentence as a paragraph. A table stays in its
    pieces, each with its own head, as on paper.
    """
    known: WeakKeyDictionary[Any, dict[tuple[Any, str], Any]] = WeakKeyDictionary()

    def join_pieces(box: Any, parent: Any, pdf: Any, element: Any) -> bool:
        if element["S"] not in JOINED:
            return True
        first = known.setdefault(pdf, {}).setdefault((box.element, element["S"]), element)
        if first is element or first is parent:
            return True
        for kid in element["K"]:
            pdf.objects[int(kid.split()[0])]["P"] = first.reference
            first["K"].append(kid)
        element.free = "f"
        return False

    change_elements(join_pieces)


def add_identifier(document: Any, pdf: Any) -> None:
    """Add the PDF/UA identifier to the XMP packet that WeasyPrint writes for PDF/A; a `finisher` of WeasyPrint's.

    With it stands the schema that PDF/A asks for before it accepts it (ISO 14289-1, 5; ISO 19005-2, 6.6.2.3).
    """
    packet = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet.stream[0] = packet.stream[0].replace(b"</rdf:RDF>", PDFUA_XMP + b"</rdf:RDF>", 1)
