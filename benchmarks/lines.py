"""What it saves to remember how words broke into lines: `make bench`. Prints ratios of time from one run."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_leaflet
from leaflets.content.project import find_root, load_project
from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import line_breaks

LOCALES = ("en", "ar", "ur", "zh-Hans")


class Forgetful:
    """Stands in for the memory of answers, and keeps none."""

    def setdefault(self, context: Any, answers: dict[Any, Any]) -> dict[Any, Any]:
        return answers


def main() -> None:
    project = load_project(find_root(Path.cwd()))
    times: dict[tuple[str, bool], float] = {}
    remember = line_breaks.WeakKeyDictionary
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(project.root / "templates", project.pictures, Path(scratch))
        for forgetful in (True, False):  # the second wraps the first, so the one that remembers comes last
            line_breaks.WeakKeyDictionary = Forgetful if forgetful else remember
            line_breaks.mend_line_breaks.cache_clear()
            line_breaks.mend_line_breaks()
            for locale in LOCALES:
                start = time.perf_counter()
                make_leaflet(project, Job(locale, "adult", "standard", "a4"), engine, None)
                times[locale, forgetful] = time.perf_counter() - start
    for locale in LOCALES:
        sys.stdout.write(f"adult {locale:8} remembered: {times[locale, False] / times[locale, True]:.2f}\n")


if __name__ == "__main__":
    main()
