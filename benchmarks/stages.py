"""What each step of a build costs, in one process without a pool: a clock around the functions that the steps are.

Takes a `Bench`; gives rows. A step is what its function takes, without the steps within it.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.ours import Bench
from benchmarks.pairs import Row


def measure_stages(bench: Bench) -> Iterator[Row]:
    jobs = sorted(bench.made)
    clock = Clock()
    began = time.perf_counter()
    import weasyprint

    from leaflets.build.leaflet import make_documents, make_leaflet
    from leaflets.checks.run import find_problems
    from leaflets.content.project import load_project
    from leaflets.document.expected import list_expected
    from leaflets.document.html import render_html
    from leaflets.languages.fonts import read_fonts
    from leaflets.pdf.boxes import read_layout
    from leaflets.pdf.engine import Engine
    from leaflets.pdf.line_ends import mark_line_ends
    from leaflets.pdf.page_checks import verify_layout
    from leaflets.pdf.reader import read_pdf_facts
    from leaflets.pdf.spread import arrange_sheet
    from leaflets.pdf.verify import verify_pdf

    steps: dict[str, tuple[Callable[..., Any], ...]] = {
        "compose: a document of the words": (make_documents,),
        "set: how a sheet is set": (arrange_sheet,),
        "render: the HTML": (render_html, mark_line_ends),
        "write: read back and verify": (read_pdf_facts, list_expected, verify_pdf, read_layout, verify_layout),
    }
    for name, functions in steps.items():
        for function in functions:
            clock.watch(name, function)
    clock.watch_method("write: parse the HTML", weasyprint.HTML, "__init__")
    clock.watch_method("write: lay out", weasyprint.HTML, "render")
    clock.watch_method("write: the PDF", weasyprint.document.Document, "write_pdf")
    make = clock.time("what is between them", make_leaflet)
    load, check = clock.time("load", load_project), clock.time("check", lambda *given: list(find_problems(*given)))
    engine = clock.time("begin: WeasyPrint and fonts", Engine)

    project = load(bench.root)
    check(project, read_fonts(project.root / "templates"))
    warm = engine(project.root / "templates", project.pictures, bench.make_folder())
    for job in jobs:
        make(project, job, warm, None)
    whole = time.perf_counter() - began
    for name, seconds in sorted(clock.seconds.items(), key=lambda each: -each[1]):
        once = name.split(":")[0] in ("load", "check", "begin")
        each = "once a build" if once else f"{seconds / len(jobs) * 1000:.0f} ms a file"
        yield Row(name, f"{seconds / whole:.1%}", f"{seconds:.2f} s, {each}")
    yield Row("all", "100%", f"{whole:.2f} s for {len(jobs)} files in one process")


class Clock:
    """Adds up what functions take by the names of their steps; the time of a step stops while one within it runs."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.within: list[float] = []

    def time(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            self.within.append(0.0)
            began = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                whole = time.perf_counter() - began
                self.seconds[name] += whole - self.within.pop()
                if self.within:
                    self.within[-1] += whole

        return timed

    def watch(self, name: str, function: Callable[..., Any]) -> None:
        """Put a clock around a function of the package, wherever a module has it."""
        timed = self.time(name, function)
        for module in [each for key, each in sys.modules.items() if key.startswith("leaflets")]:
            for field, value in vars(module).copy().items():
                if value is function:
                    setattr(module, field, timed)

    def watch_method(self, name: str, kind: type, method: str) -> None:
        setattr(kind, method, self.time(name, getattr(kind, method)))
