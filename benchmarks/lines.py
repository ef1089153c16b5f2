"""What it saves to remember how words broke into lines: `make bench`. Prints ratios of time from one run."""

import inspect
import sys
import tempfile
import time
from pathlib import Path

import weasyprint.layout.inline

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_leaflet
from leaflets.content.project import find_root, load_project
from leaflets.pdf.engine import Engine

LOCALES = ("en", "ar", "ur", "zh-Hans")


def main() -> None:
    project = load_project(find_root(Path.cwd()))
    times: dict[tuple[str, bool], float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(project.root / "templates", project.pictures, Path(scratch))
        remembering = weasyprint.layout.inline.split_first_line  # the last patch, line_memory, wraps what breaks the lines
        breaking = inspect.getclosurevars(remembering).nonlocals["split"]
        for forgetful in (True, False):
            weasyprint.layout.inline.split_first_line = breaking if forgetful else remembering
            for locale in LOCALES:
                start = time.perf_counter()
                make_leaflet(project, Job(locale, "adult", "standard", "a4"), engine, None)
                times[locale, forgetful] = time.perf_counter() - start
    for locale in LOCALES:
        sys.stdout.write(f"adult {locale:8} remembered: {times[locale, False] / times[locale, True]:.2f}\n")


if __name__ == "__main__":
    main()
