"""The leaflets as HTML that any engine can print: each a file, with its styles in it and its pictures beside it.

Takes a `Project` and `Job`s; gives `Page`s in a folder, with the `fonts.conf` that shows an engine the pinned fonts alone. The
HTML is what WeasyPrint is given for the leaflet itself, so that engines differ and words do not.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_leaflet
from leaflets.content.project import Project
from leaflets.edition import Edition
from leaflets.pdf.engine import Engine

PICTURE = re.compile(r"leaflet:[\w/-]+\.svg")


@dataclass(frozen=True, slots=True)
class Page:
    """What an engine prints: the job that it is of, its file, its elements, and its font families."""

    job: Job
    path: Path
    root: Element
    families: tuple[str, ...]


class WrittenError(Exception):
    """Raised instead of a layout, with the page."""


class Pages(Engine):
    """An engine that writes down what it is to lay out."""

    def __init__(self, project: Project, folder: Path) -> None:
        """`folder` gets `fonts.conf` as well."""
        super().__init__(project.root / "templates", project.pictures, folder)
        self.folder = folder
        self.parse_style = cache(str)  # styles stay words

    def lay_out(self, page: Any, edition: Edition, page_style: str) -> Any:
        """Raise WrittenError with the tree of a page, its styles in it and its pictures beside it."""

        class Reader:
            @staticmethod
            def render(font_config: Any, stylesheets: list[str]) -> None:
                raise WrittenError(page.etree_element, self.write_pictures("\n".join(stylesheets), page.url_fetcher), page_style)

        for element in page.etree_element.iter():
            for name, value in element.attrib.items():
                element.set(name, self.write_pictures(value, page.url_fetcher))
        return super().lay_out(Reader, edition, page_style)

    def write_pictures(self, text: str, fetcher: Any) -> str:
        """Write the pictures that a text names into files, and name those."""

        def write(found: re.Match[str]) -> str:
            data = fetcher.fetch(found[0]).read()
            name = f"{hashlib.sha256(data).hexdigest()[:16]}.svg"
            (self.folder / name).write_bytes(data)
            return name

        return PICTURE.sub(write, text)


def write_pages(project: Project, jobs: Iterable[Job], folder: Path) -> tuple[Page, ...]:
    """Write the pages of jobs that are printed, without a clinic, into an empty folder."""
    engine, pages = Pages(project, folder), []
    for job in jobs:
        try:
            make_leaflet(project, job, engine, None)
        except WrittenError as written:
            root, styles, page_style = written.args
            for link in root.findall("head/link"):
                root.find("head").remove(link)
            SubElement(root.find("head"), "style").text = styles
            path = folder / f"{'-'.join(str(job).split())}.html"
            path.write_text("<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html"), encoding="utf-8")
            families = re.findall(r'"([^"]+)"', page_style.rpartition("html { font-family:")[2].partition(";")[0])
            pages.append(Page(job, path, root, tuple(families)))
    return tuple(pages)
