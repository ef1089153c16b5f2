"""What else could print the same leaflets, each as a command with all that it takes to begin and to end.

Takes `Page`s; gives a `Run` and the PDF files. A peer that is not installed is told, with what installs it.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

from benchmarks.pages import Page
from benchmarks.processes import Run, name_python, run
from tests.support.browser import CHROMIUM

VARIANT = "pdf/a-2a"
"""What ours are, but for the identifier of PDF/UA."""
WEASYPRINT, OURS, SYSTEM, TYPST = (
    "WeasyPrint's command, once a file, two at a time",
    "one warm Chromium, two pages, our fonts",
    "one warm Chromium, two pages, the machine's fonts",
    "Typst, two warm processes, a document like ours",
)


@dataclass(frozen=True, slots=True)
class Peers:
    """Pages in a folder, and where the fonts of the project are; PDF files go to a folder beside the pages for each peer."""

    pages: tuple[Page, ...]
    folder: Path
    fonts: Path

    def list_there(self) -> list[str]:
        """List the peers that are installed."""
        lacking = self.explain_lacking()
        return [name for name in (WEASYPRINT, OURS, SYSTEM, TYPST) if name not in lacking]

    def explain_lacking(self) -> dict[str, str]:
        """Say of each peer that is not installed what installs it."""
        lacking: dict[str, str] = {}
        if not CHROMIUM.exists():
            lacking |= dict.fromkeys((OURS, SYSTEM), "make setup-test")
        if not find_spec("typst"):
            lacking[TYPST] = ".venv/bin/pip install --no-deps --require-hashes -r benchmarks/requirements.txt"
        return lacking

    def run(self, name: str, watched: str | None = None) -> Run:
        """Print every page with a peer. Raises RuntimeError where a file is not there at the end."""
        out = self.find_folder(name)
        for old in out.glob("*.pdf"):
            old.unlink()
        folder, config = str(self.folder), str(self.folder / "fonts.conf")
        if name == WEASYPRINT:
            began = perf_counter()
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(partial(self.print_one, out=out), self.pages))
            found = Run(perf_counter() - began, "")
        elif name == TYPST:
            found = run(name_python("benchmarks.typeset", folder, str(out), str(self.fonts)), watched=watched)
        else:
            fonts = [config] if name == OURS else []
            found = run(name_python("benchmarks.chromium", folder, str(out), *fonts), watched=watched)
        if missing := {page.path.stem for page in self.pages} - {path.stem for path in out.glob("*.pdf")}:
            raise RuntimeError(f"{name} made no {', '.join(sorted(missing))}")
        return found

    def find_folder(self, name: str) -> Path:
        """Find the folder of a peer's files."""
        folder = self.folder / name.partition(",")[0] / str(name == SYSTEM)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def print_one(self, page: Page, out: Path) -> Run:
        """Print one page with WeasyPrint's own command, in the pinned fonts."""
        words = "--pdf-variant", VARIANT, str(page.path), str(out / f"{page.path.stem}.pdf")
        return run(name_python("weasyprint", *words), {"FONTCONFIG_FILE": str(self.folder / "fonts.conf")})
