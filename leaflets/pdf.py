"""HTML as PDF bytes.

Takes an HTML page, its language, a paper and the pinned fonts; gives the bytes of a PDF that claims PDF/UA-1 and PDF/A-2a,
and a Problem for every word of complaint from WeasyPrint. WeasyPrint sees no network and no file: the one URL scheme that
it may fetch is answered from memory.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaflets.fonts import Fonts, Typography, isolate_fontconfig, read_fonts
from leaflets.layout import LEAST_FILL, PageLayout, read_layout, verify_layout
from leaflets.locales import direction
from leaflets.model import PAPERS
from leaflets.problems import Place, Problem, Rule, SetupError, Severity

if TYPE_CHECKING:
    from weasyprint import CSS

ENGINE_COMPLAINT = Rule(
    "engine-complaint",
    Severity.ERROR,
    "WeasyPrint renders a leaflet without a warning.",
    "WeasyPrint fails softly: a missing picture, glyph or style is only logged, and the page lacks it.",
    "https://doc.courtbouillon.org/weasyprint/v70.0/first_steps.html#security",
)
SQUEEZES = (0, 1, 2, 3, 4)
"""What is tried, in millimetres, to save a last sheet with a few lines on it."""
SYSTEM_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class Engine:
    """A warm WeasyPrint: pinned fonts, parsed styles. One a process; import and set-up cost about half a second."""

    def __init__(self, templates: Path, scratch: Path) -> None:
        """`scratch` is a folder of this process's own. Raises SetupError where a system library is missing."""
        self.fonts: Fonts = read_fonts(templates)
        self.styles = templates / "styles"
        try:
            self.font_config = import_engine(self.fonts, scratch)
        except OSError as error:
            raise SetupError(f"WeasyPrint cannot load a system library ({error}). Run: apt install {SYSTEM_PACKAGES}") from error
        self.parse_style = cache(self._parse_style)

    def _parse_style(self, text: str) -> "CSS":
        from weasyprint import CSS

        return CSS(string=text, font_config=self.font_config, url_fetcher=make_fetcher({}))

    def write_pdf(self, html: str, language: str, paper: str, counter: str, name: str) -> tuple[bytes, tuple[Problem, ...]]:
        """Write one leaflet.

        `paper` is a key of PAPERS, `counter` the CSS content that numbers a page, `name` what problems are reported for.
        """
        from weasyprint import HTML

        from leaflets.tagging import finish_pdf

        typography = self.fonts.typography(language)
        assert typography  # the check no-typography ran before
        html_page = HTML(string=html, base_url="leaflet:", url_fetcher=make_fetcher({}))
        with hear_complaints() as heard:
            document, layout = self.fit_pages(html_page, typography, paper, counter, direction(language))
            data = document.write_pdf(pdf_variant="pdf/a-2a", finisher=finish_pdf)
        problems = [ENGINE_COMPLAINT.at(Place(name), said, "Mend the template, style or words.") for said in heard]
        return data, (*problems, *verify_layout(layout, name))

    def fit_pages(
        self, page: Any, typography: Typography, paper: str, counter: str, flow: str
    ) -> tuple[Any, tuple[PageLayout, ...]]:
        """Lay out a page as airily as its last sheet is worth: a little tighter if that saves a sheet with a few lines."""
        first: tuple[Any, tuple[PageLayout, ...]] | None = None
        for squeeze in SQUEEZES:
            styles = [
                self.parse_style((self.styles / "leaflet.css").read_text(encoding="utf-8")),
                self.parse_style(format_page_style(typography, paper, counter, flow, squeeze)),
            ]
            document = page.render(font_config=self.font_config, stylesheets=styles)
            layout = read_layout(document)
            first = first or (document, layout)
            if len(layout) == 1 or layout[-1].fill >= LEAST_FILL:
                return document, layout
        assert first
        return first


def import_engine(fonts: Fonts, scratch: Path) -> Any:
    """Import WeasyPrint, mend its tagging, and give the font configuration that all its documents share."""
    isolate_fontconfig(fonts, scratch)
    from weasyprint.text.fonts import FontConfiguration

    from leaflets.tagging import improve_tagging

    improve_tagging()
    return FontConfiguration()


def format_page_style(typography: Typography, paper: str, counter: str, flow: str, squeeze: float = 0) -> str:
    """Write the few declarations that differ from one language and paper to the next.

    Margin boxes have physical names only, so the foot and the page number change sides here. `squeeze` takes millimetres
    from the upper and lower margins, and the space between items with them; never from the size of letters or lines.
    """
    families = ", ".join(f'"{family}"' for family in typography.families)
    height = typography.line_height
    gap = max(0.1, 1.2 * (1.9 - height) - 0.2 * squeeze)  # tall lines part the items by themselves
    start, end = ("left", "right") if flow == "ltr" else ("right", "left")
    foot = f"vertical-align: top; padding-top: 2mm; font-size: 9pt; line-height: {height}; font-family: {families}"
    return (
        f"@page {{ size: {PAPERS[paper]}; margin: {15 - squeeze}mm 13mm {13 - squeeze}mm; direction: {flow};"
        f" @bottom-{start} {{ content: element(running-foot); width: 84%; text-align: {start}; {foot} }}"
        f" @bottom-{end} {{ content: {counter}; width: 16%; text-align: {end}; white-space: nowrap; {foot} }} }}"
        f"@page :first {{ margin-top: {12 - squeeze}mm }}"
        f":root {{ --heading-line: {max(1.2, 0.8 * height):.2f}; --table-line: {max(1.3, 0.85 * height):.2f};"
        f" --gap: {gap:.2f}mm; --title-gap: {max(0, 12 * (height - 1.6)):.1f}pt }}"
        f"html {{ font-family: {families}; line-height: {height} }}"
    )


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
