"""What a web page really holds.

Takes HTML; gives `WebFacts`: its languages with their characters, its structure, and all that would run or load something. It
knows nothing of leaflets.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from leaflets.document.expected import tidy

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
"""Elements without an end tag (HTML Standard, 13.1.2)."""
ACTIVE = frozenset(["script", "iframe", "frame", "object", "embed", "link", "base", "form", "audio", "video"])
ADDRESSES = frozenset(["href", "src", "srcset", "poster", "data", "action", "formaction", "background", "ping", "xlink:href"])
LOADING = ADDRESSES - {"href"}
"""What is fetched without a click, or sent; `href` is one where the element is no link that a reader follows."""
FOLLOWED = frozenset(["a", "area"])
OUTSIDE = re.compile(r"\s*(?!data:|tel:)(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.I)
"""An address with a scheme or a host of its own."""
INSIDE = re.compile(r"\s*(?:data:|#|$)", re.I)
"""An address of something that the page holds itself."""
BREAKS = "\t\n\r"
"""White space that is never drawn. A space is: letters are shaped across it, so it must come from the same font."""
STYLE_ADDRESS = re.compile(r"(?:url\((?!\s*['\"]?data:)\s*['\"]?|image-set\(\s*['\"](?!data:))([^'\")]*)|(@import[^;]*)", re.I)


@dataclass(frozen=True, slots=True)
class WebFacts:
    """What was read from a page.

    `characters` are the code points by language, `paragraphs` the texts of <p> as (language, direction, words), `headings` the
    levels, `items` the number of list items and `alts` the words of pictures in <main>; `outward` says what would run or load.
    """

    locale: str
    direction: str
    title: str
    characters: Mapping[str, frozenset[int]]
    paragraphs: frozenset[tuple[str, str, str]]
    headings: tuple[int, ...]
    items: int
    alts: tuple[str, ...]
    outward: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An element that is open, with the language and direction that hold in it."""

    tag: str
    locale: str
    direction: str


def list_candidates(srcset: str) -> list[str]:
    """List the addresses of a `srcset` (HTML Standard, 4.8.4.2.1), which end at white space.

    >>> list_candidates("data:image/png,x 1x, a.png 2x")
    ['data:image/png,x', 'a.png']
    """
    return [each for each in srcset.split() if not re.fullmatch(r"[\d.]+[wxh],?|,", each)]


class WebReader(HTMLParser):
    """Walks a page with its open elements in hand, and collects what `WebFacts` are made of."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.page = Element("", "", "")
        self.title = ""
        self.characters: defaultdict[str, set[int]] = defaultdict(set)
        self.paragraphs: list[tuple[Element, list[str]]] = []
        self.headings: list[int] = []
        self.items = 0
        self.alts: list[str] = []
        self.outward: list[str] = []

    def inside(self, tag: str) -> bool:
        return any(each.tag == tag for each in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        around = self.open[-1] if self.open else Element("", "", "ltr")
        here = Element(tag, values.get("lang", around.locale), values.get("dir", around.direction))
        if tag == "html":
            self.page = here
        if tag not in VOID:
            self.open.append(here)
        self.note_structure(here, values)
        self.note_outward(tag, values)

    def note_structure(self, here: Element, values: Mapping[str, str]) -> None:
        if here.tag == "p":
            self.paragraphs.append((here, []))
        if not self.inside("main"):
            return
        if re.fullmatch("h[1-6]", here.tag):
            self.headings.append(int(here.tag[1]))
        self.items += here.tag == "li"
        if here.tag == "img":
            self.alts.append(tidy(values.get("alt", "")))

    def note_outward(self, tag: str, values: Mapping[str, str]) -> None:
        if tag in ACTIVE:
            self.outward.append(f"a <{tag}>")
        for name, value in values.items():
            if name.startswith("on"):
                self.outward.append(f"the handler {name}")
            loads = name in LOADING or (name in ADDRESSES and tag not in FOLLOWED)
            addresses = list_candidates(value) if name == "srcset" else [value]
            if any((loads and not INSIDE.match(each)) or (name in ADDRESSES and OUTSIDE.match(each)) for each in addresses):
                self.outward.append(f'the address "{value[:80]}"')
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.outward.append("a <meta> that leads elsewhere")
        self.note_style(values.get("style", ""))

    def note_style(self, style: str) -> None:
        self.outward += (f'the address "{(url or rule)[:80]}" in a style' for url, rule in STYLE_ADDRESS.findall(style))

    def handle_endtag(self, tag: str) -> None:
        if self.inside(tag):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.open:
            return
        here = self.open[-1]
        if here.tag == "style":
            self.note_style(data)
        elif here.tag == "title":
            self.title += data
        else:
            self.characters[here.locale].update(ord(char) for char in data if char not in BREAKS)
            if self.inside("p"):
                self.paragraphs[-1][1].append(data)


def read_web_facts(html: str) -> WebFacts:
    """Read a page.

    >>> read_web_facts('<html lang="es"><main><h1>Sí</h1><img src="//x.example/a" alt="b"></main></html>').outward
    ('the address "//x.example/a"',)
    >>> read_web_facts('<html lang="es"><main><img src="a.png"><a href="b.pdf">Sí</a></main></html>').outward
    ('the address "a.png"',)
    """
    reader = WebReader()
    reader.feed(html)
    reader.close()
    return WebFacts(
        locale=reader.page.locale,
        direction=reader.page.direction,
        title=tidy(reader.title),
        characters={tag: frozenset(points) for tag, points in reader.characters.items() if tag and points},
        paragraphs=frozenset((each.locale, each.direction, tidy("".join(words))) for each, words in reader.paragraphs),
        headings=tuple(reader.headings),
        items=reader.items,
        alts=tuple(reader.alts),
        outward=tuple(reader.outward),
    )
