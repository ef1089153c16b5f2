"""What it saves to remember how words broke into lines: `make bench`. Prints ratios of time from one run."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from leaflets import linebreaks
from leaflets.make import make_leaflet
from leaflets.pdf import Engine
from leaflets.plan import Job
from leaflets.project import find_root, load_project

LOCALES = ("en", "ar", "ur", "zh-Hans")


class Forgetful:
    """Stands in for the memory of answers, and keeps none."""

    def setdefault(self, context: Any, answers: dict[Any, Any]) -> dict[Any, Any]:
        return answers


def main() -> None:
    project = load_project(find_root(Path.cwd()))
    times: dict[tuple[str, bool], float] = {}
    remember = linebreaks.WeakKeyDictionary
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(project.root / "templates", project.pictures, Path(scratch))
        for forgetful in (True, False):  # the second wraps the first, so the one that remembers comes last
            linebreaks.WeakKeyDictionary = Forgetful if forgetful else remember
            linebreaks.mend_line_breaks.cache_clear()
            linebreaks.mend_line_breaks()
            for locale in LOCALES:
                start = time.perf_counter()
                make_leaflet(project, Job(locale, "adult", "standard", "a4"), engine, None)
                times[locale, forgetful] = time.perf_counter() - start
    for locale in LOCALES:
        sys.stdout.write(f"adult {locale:8} remembered: {times[locale, False] / times[locale, True]:.2f}\n")


if __name__ == "__main__":
    main()
