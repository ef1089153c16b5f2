"""The leaflets as Typst sources of the same words, headings, lists, panels, tables and pictures; and what prints them.

Takes `Page`s; gives a source beside each. The looks are plain, so that a figure beside this peer tells an order of magnitude.
"""

import json
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from benchmarks.pages import Page

PANELS = {"alert", "card", "clinic", "draft", "key-points", "note", "opening"}
"""What has a border or a ground of its own."""
PICTURE = re.compile(r"url\('(.*?)'\)")
INLINE = {"span": "{}", "strong": "strong({})", "b": "strong({})", "em": "emph({})", "a": "{}", "p": "par({})"}
HEAD = """\
#set document(title: {title})
#set page(paper: "a4", margin: 15mm, numbering: "1 / 1")
#set text(font: {fonts}, size: 12pt, lang: {language}, dir: {flow})
#{{ {body} }}
"""


def write_source(page: Page) -> None:
    """Write a page as a Typst source, beside it."""
    root = page.root
    source = HEAD.format(
        title=quote(root.findtext("head/title", "")),
        fonts=f"({', '.join(map(quote, page.families))},)",
        language=quote(root.get("lang", "en").partition("-")[0]),
        flow=root.get("dir", "ltr"),
        body="; ".join(list_parts(root.find("body"))),
    )
    page.path.with_suffix(".typ").write_text(source, encoding="utf-8")


def quote(words: str | None) -> str:
    return json.dumps(re.sub(r"\s+", " ", words or ""), ensure_ascii=False)


def list_parts(element: Element | None) -> list[str]:
    """Write what an element holds, as expressions of Typst; words between blocks are spaces."""
    if element is None:
        return []
    found = [f'image("{name}", width: 8mm, alt: " ")' for name in PICTURE.findall(element.get("style", ""))]
    found += [quote(element.text)] if (element.text or "").strip() else []
    for child in element:
        found += [write_element(child)]
        found += [quote(child.tail)] if (child.tail or "").strip() else []
    return found


def write_element(element: Element) -> str:
    parts = "{ " + "; ".join(list_parts(element)) + " }"
    tag = element.tag
    if tag in INLINE:
        return INLINE[tag].format(parts)
    if re.fullmatch("h[1-6]", tag):
        return f"heading(level: {tag[1]}, {parts})"
    if tag in ("ul", "ol"):
        kind = {"ul": "list", "ol": "enum"}[tag]
        return f"{kind}({', '.join(map(write_element, element.findall('li')))})"
    if tag == "table":
        rows = [row.findall("*") for row in element.iter("tr")]
        cells = ", ".join(write_element(cell) for row in rows for cell in row)
        return f"table(columns: {max(map(len, rows))}, {cells})"
    if tag == "img":
        return f'image("{element.get("src")}", width: 60mm, alt: {quote(element.get("alt") or " ")})'
    if PANELS & set(element.get("class", "").split()):
        return f"block(width: 100%, stroke: 0.6pt, inset: 6pt, {parts})"
    return parts


@cache
def open_compiler(folder: Path, fonts: Path) -> Any:
    """Open a compiler that stays warm, one a process."""
    import typst

    return typst.Compiler(root=folder, font_paths=[fonts], ignore_system_fonts=True)


def write_pdf(out: Path, fonts: Path, source: Path) -> None:
    compiler = open_compiler(source.parent, fonts)
    compiler.compile(input=source, output=out / f"{source.stem}.pdf", pdf_standards=["a-2a", "ua-1"])


def main(folder: Path, out: Path, fonts: Path) -> None:
    """Print every source of a folder, two at a time."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(partial(write_pdf, out, fonts), sorted(folder.glob("*.typ"))))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
