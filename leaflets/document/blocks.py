"""The blocks of text of a page, as its author wrote them.

Takes HTML; gives the text of each block of its <main>, with white space folded.
"""

import unicodedata
from html.parser import HTMLParser
from typing import Any

BLOCK_TAGS = ("h1", "h2", "h3", "h4", "p", "li", "th", "td", "title")


class BlockReader(HTMLParser):
    """Collects the text of each block of the page's <main>."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.blocks: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.inside = self.inside or tag == "main"
        if tag in BLOCK_TAGS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCK_TAGS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.blocks[-1] += data


def read_html_blocks(html: str) -> tuple[str, ...]:
    """List the blocks of text of a page, as its author wrote them.

    >>> read_html_blocks("<main><h1>a</h1><p>b <b>c</b></p></main>")
    ('a', 'b c')
    """
    reader = BlockReader()
    reader.feed(html)
    return tuple(text for text in map(tidy, reader.blocks) if text)


def tidy(text: str) -> str:
    """Compare words, not line breaks: fold white space, drop what only steers line breaking."""
    return " ".join(unicodedata.normalize("NFC", text.translate({0xAD: None, 0x200B: None, 0x2060: None})).split())
