"""A page of a few words, written by the engine; and WeasyPrint as it comes."""

import importlib
import inspect
from typing import Any

from leaflets.pdf.engine import Engine
from tests.support.projects import STANDARD

HEAD = "<title>A title</title><meta name=dcterms.modified content=2026-11-21>"
SIGNATURES = {
    "weasyprint.document:draw_page": "(page, stream)",
    "weasyprint.draw.text:draw_first_line": "(stream, textbox, text_overflow, block_ellipsis, matrix)",
    "weasyprint.layout.inline:get_next_linebox": (
        "(context, linebox, position_y, bottom_space, skip_stack, containing_block, absolute_boxes, fixed_boxes, "
        "first_letter_style, first_line_style)"
    ),
    "weasyprint.layout.inline:split_first_line": (
        "(text, style, context, max_width, justification_spacing, is_line_start=True, minimum=False)"
    ),
    "weasyprint.layout.inline:split_text_box": "(context, box, available_width, skip, is_line_start=True)",
    "weasyprint.pdf:add_tags": "(pdf, document, pdf_version, page_streams)",
    "weasyprint.pdf:build_fonts_dictionary": "(pdf, fonts, compress, subset, options)",
    "weasyprint.pdf.stream:Stream.marked": "(self, box, tag)",
    "weasyprint.pdf.tags:_build_box_tree": "(box, parent, pdf, page_number, nums, annotations, tags)",
}
"""Every private name of WeasyPrint that is replaced, as MODULE:NAME, and how it is called."""


def find_owner(name: str) -> tuple[Any, str]:
    """Give what a name of SIGNATURES belongs to, and its last part."""
    module, _, path = name.partition(":")
    *classes, last = path.split(".")
    owner: Any = importlib.import_module(module)
    for each in classes:
        owner = getattr(owner, each)
    return owner, last


ORIGINALS = {name: getattr(*find_owner(name)) for name in SIGNATURES}
"""Taken while tests are collected, before an engine patches anything; a test holds that."""


def write(engine: Engine, body: str, language: str = "en", head: str = HEAD) -> tuple[bytes, list[str]]:
    """Write the words of a body; gives the PDF and what WeasyPrint said of it."""
    html = f'<!doctype html><html lang="{language}"><head>{head}</head><body><main>{body}</main></body></html>'
    data, problems = engine.write_pdf(html, (language,), STANDARD, "a4", "counter(page)", "a-test")
    return data, [str(problem) for problem in problems if problem.id == "engine-complaint"]


def show_signature(function: Any) -> str:
    return str(inspect.signature(function))
