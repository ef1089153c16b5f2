"""Marks for where lines may end, in a page that is about to be laid out.

Takes the tree of an HTML page; changes its texts as `languages.breaks` says. The HTML itself has no marks: what is
finished is held against it.
"""

from typing import Any
from xml.etree.ElementTree import Element

from leaflets.languages.breaks import mark_breaks, needs_marks
from leaflets.languages.locales import is_tag

INLINE = {"a", "b", "em", "span", "strong"}


def mark_line_ends(root: Element) -> None:
    """Put marks into every paragraph below an element, in its language (the nearest `lang`)."""
    if (body := root.find("body")) is not None:
        for tag, places in list_paragraphs(body, root.get("lang", "")):
            words = [getattr(element, field) for element, field in places]
            if is_tag(tag) and needs_marks(tag):
                for (element, field), marked in zip(places, mark_breaks(words, tag), strict=True):
                    setattr(element, field, marked)


def list_paragraphs(block: Element, language: str) -> list[tuple[str, list[tuple[Any, str]]]]:
    """List the paragraphs of a block, each with its language and the places of its texts in the tree, in order."""
    language = block.get("lang", language)
    found: list[tuple[str, list[tuple[Any, str]]]] = [(language, [])]

    def add(element: Any, field: str) -> None:
        if getattr(element, field):
            found[-1][1].append((element, field))

    def enter(element: Any) -> None:
        add(element, "text")
        for child in element:
            if child.tag in INLINE:
                enter(child)
            else:
                found.extend([*list_paragraphs(child, language), (language, [])])
            add(child, "tail")

    enter(block)
    return found
