"""HTML as PDF bytes.

Takes an HTML page, its language, a paper and the pinned fonts; gives the bytes of a PDF that claims PDF/UA-1 and PDF/A-2a,
and a Problem for every word of complaint from WeasyPrint. WeasyPrint sees no network and no file: the one URL scheme that
it may fetch is answered from memory.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from leaflets.edition import PAPERS, POINTS, Edition
from leaflets.languages.fonts import Fonts, Typography, read_fonts
from leaflets.languages.locales import direction
from leaflets.pdf.boxes import read_layout
from leaflets.pdf.line_ends import mark_line_ends
from leaflets.pdf.page_checks import verify_layout
from leaflets.problems import Place, Problem, Rule, SetupError, Severity
from leaflets.svg import PALETTE, gray_picture, mirror_picture, write_palette

if TYPE_CHECKING:
    from weasyprint import CSS

ENGINE_COMPLAINT = Rule(
    "engine-complaint",
    Severity.ERROR,
    "WeasyPrint renders a leaflet without a warning.",
    "WeasyPrint fails softly: a missing picture, glyph or style is only logged, and the page lacks it.",
    "https://doc.courtbouillon.org/weasyprint/v70.0/first_steps.html#security",
)
SYSTEM_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class Engine:
    """A warm WeasyPrint: pinned fonts, parsed styles. One a process; import and set-up cost about half a second."""

    def __init__(self, templates: Path, pictures: Mapping[str, str], scratch: Path) -> None:
        """`pictures` has the SVG of each drawing, `scratch` is a folder of this process's own.

        Raises SetupError where a system library is missing.
        """
        self.fonts: Fonts = read_fonts(templates)
        self.styles = templates / "styles"
        self.files = {
            (flow, gray): {f"{name}.svg": (tone(turn(svg)).encode(), "image/svg+xml") for name, svg in pictures.items()}
            for flow, turn in (("ltr", str), ("rtl", mirror_picture))
            for gray, tone in ((False, str), (True, gray_picture))
        }
        try:
            self.font_config = import_engine(self.fonts, scratch)
        except OSError as error:
            raise SetupError(f"WeasyPrint cannot load a system library ({error}). Run: apt install {SYSTEM_PACKAGES}") from error
        self.parse_style = cache(self._parse_style)

    def _parse_style(self, text: str) -> "CSS":
        from weasyprint import CSS

        return CSS(string=text, font_config=self.font_config, url_fetcher=make_fetcher({}))

    def write_pdf(
        self,
        html: str,
        languages: tuple[str, ...],
        edition: Edition,
        paper: str,
        counter: str,
        name: str,
        own: Mapping[str, tuple[bytes, str]] = {},
    ) -> tuple[bytes, tuple[Problem, ...]]:
        """Write one leaflet. It is laid out once: what does not fit adds a page, and a check says so.

        `languages` are that of the page and others whose fonts it needs, `paper` a key of PAPERS, `counter` the CSS content that
        numbers a page, and `name` what problems are reported for. `own` has the pictures of this leaflet alone, such as the logo,
        as {name: (bytes, MIME type)}; the page finds them as `leaflet:NAME`.
        """
        from weasyprint import HTML

        from leaflets.pdf.patches.structure import add_identifier

        typographies = {each: found for each in languages if (found := self.fonts.typography(each))}
        if len(typographies) < len(languages):  # the check no-typography runs before
            raise ValueError(f"no fonts are set for one of {', '.join(languages)}")
        flow = direction(languages[0])
        files = self.files[flow, edition.gray] | dict(own)
        html_page = HTML(string=html, base_url="leaflet:", url_fetcher=make_fetcher(files))
        mark_line_ends(html_page.etree_element)
        with hear_complaints() as heard:
            document = self.lay_out(html_page, edition, format_page_style(typographies, edition, paper, counter, flow))
            data = document.write_pdf(pdf_variant="pdf/a-2a", finisher=add_identifier)
        problems = [ENGINE_COMPLAINT.at(Place(name), said, "Mend the template, style or words.") for said in heard]
        return data, (*problems, *verify_layout(read_layout(document), name, edition))

    def lay_out(self, page: Any, edition: Edition, page_style: str) -> Any:
        """Lay out a page (weasyprint.HTML) in the styles of an edition; gives a weasyprint.Document."""
        styles = [write_palette(PALETTE), *((self.styles / each).read_text(encoding="utf-8") for each in edition.styles)]
        return page.render(font_config=self.font_config, stylesheets=[*map(self.parse_style, (*styles, page_style))])


def import_engine(fonts: Fonts, scratch: Path) -> Any:
    """Import WeasyPrint, patch it, and give the font configuration that all its documents share.

    Raises OSError where a system library is missing.
    """
    isolate_fontconfig(fonts, scratch)
    from weasyprint.text.ffi import harfbuzz_subset
    from weasyprint.text.fonts import FontConfiguration

    from leaflets.pdf.patches import apply_patches

    if harfbuzz_subset is None:  # it would go on, and complain of every page
        raise OSError("cannot load library 'libharfbuzz-subset'")
    apply_patches()
    return FontConfiguration()


def format_page_style(typographies: Mapping[str, Typography], edition: Edition, paper: str, counter: str, flow: str) -> str:
    """Write the few declarations that differ from one language, edition and paper to the next.

    Margin boxes have physical names only, so the foot and the page number change sides here. The first of `typographies`, by
    language, is the page's.
    """
    typography, *_ = typographies.values()
    families = list_families(typography)
    others = (
        f"[lang='{language}'] {{ font-family: {list_families(other)};"
        f" --own-line: {other.line_height}; line-height: {other.line_height} }}"
        for language, other in list(typographies.items())[1:]
    )
    height, measure = typography.line_height, typography.measure * edition.body / 12
    width, length = PAPERS[paper]
    if edition.folded:
        width, length = length / 2, width
    start, end = ("left", "right") if flow == "ltr" else ("right", "left")
    heading_line = f"{max(1.2, 0.8 * height):.2f}"
    every = typographies.values()  # a margin may hold any of the languages
    above = max(each.rise for each in every) * edition.least / POINTS
    below = max(each.drop for each in every) * edition.least / POINTS
    letters = f"font-size: {edition.least:g}pt; line-height: {heading_line}; font-family: {families}"
    foot = f"vertical-align: top; padding-top: {edition.gap:g}mm; {letters}"
    return (
        f"@page {{ size: {width}mm {length}mm; direction: {flow};"
        f" margin: {edition.head + above:.2f}mm {edition.margin}mm {edition.foot + below:.2f}mm;"
        f" @bottom-{start} {{ content: element(running-foot); text-align: {start}; {foot} }}"
        f" @bottom-{end} {{ content: {counter}; text-align: {end}; white-space: nowrap; padding-{start}: 3mm; {foot} }} }}"
        f"@page :first {{ margin-top: 12mm }}"
        f":root {{ --least: {edition.least:g}pt; --small: {edition.least * 10 / 9:g}pt;"
        f" --heading-line: {heading_line}; --row-line: {heading_line}; --close: {typography.close:.3f};"
        f" --own-line: {height}; --rise: {typography.rise:g}em; --drop: {typography.drop:g}em;"
        f" --table-line: {max(1.3, 0.85 * height):.2f};"
        f" --title-gap: {max(0, 12 * (height - 1.6)):.1f}pt; --measure: {measure}mm }}"
        f"html {{ font-family: {families}; font-size: {edition.body:g}pt; line-height: {height} }}" + "".join(others)
    )


def list_families(typography: Typography) -> str:
    """Write the font families as a CSS value."""
    return ", ".join(f'"{family}"' for family in typography.families)


def make_fetcher(files: dict[str, tuple[bytes, str]]) -> Any:
    """Make a fetcher that knows only `leaflet:NAME` for the given {name: (bytes, MIME type)}; all else is fatal."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class MemoryFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme != "leaflet" or name not in files:
                raise FatalURLFetchingError(f"the page asked for {url[:200]!r}, which is not part of the leaflet")
            data, mime = files[name]
            return URLFetcherResponse(url, data, {"Content-Type": mime})

    return MemoryFetcher(allowed_protocols=("leaflet",), allow_redirects=False, fail_on_errors=True)


@contextmanager
def hear_complaints() -> Iterator[list[str]]:
    """Collect what WeasyPrint and fontTools log as a warning or worse."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage()[:300])

    listener = Listener(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    states = [(logger.handlers[:], logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [listener], False
    try:
        yield heard
    finally:
        for logger, (handlers, propagate) in zip(loggers, states, strict=True):
            logger.handlers, logger.propagate = handlers, propagate


def isolate_fontconfig(fonts: Fonts, scratch: Path) -> None:
    """Point fontconfig at the pinned fonts alone. Call before WeasyPrint is imported.

    The path must be absolute: fontconfig falls back to the system's fonts for a relative one.
    """
    folders = sorted({str(font.path.parent.resolve()) for font in fonts.fonts})
    dirs = "".join(f"<dir>{escape(folder)}</dir>" for folder in folders)
    config = scratch.resolve() / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><fontconfig>{dirs}<cachedir>{escape(str(scratch.resolve()))}/cache</cachedir>'
        "<config><rescan><int>0</int></rescan></config></fontconfig>",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(config)
