"""`make bench`: measure, and write what came of it into docs/performance.md.

Takes words from the command line; gives tables. A part is measured in one run, and its table says when, on what and how much of
it; the prose around the tables is written by hand.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measures import measure_batch, measure_changes, measure_clinics, measure_cold, measure_growth
from benchmarks.ours import Bench
from benchmarks.pairs import Row
from benchmarks.stages import measure_stages
from leaflets.files import find_root
from tests.support.browser import CHROMIUM

PARTS: dict[str, Callable[[Bench], Iterable[Row]]] = {
    "batch": measure_batch,
    "growth": measure_growth,
    "changes": measure_changes,
    "clinics": measure_clinics,
    "cold": measure_cold,
    "stages": measure_stages,
}
"""What there is to measure; a table of docs/performance.md each. The last one puts clocks into this process."""
DOCS = Path("docs") / "performance.md"


def main(words: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure ours and its peers on the same leaflets.")
    parser.add_argument("--part", action="append", choices=PARTS, help="measure this alone; may be repeated")
    parser.add_argument("--files", type=int, default=0, help="about so many files, to try it out; left out: all")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run (default: 5)")
    parser.add_argument("--clinics", type=int, default=10, help="how many clinics are many (default: 10)")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {DOCS}")
    chosen = parser.parse_args(words)
    root = find_root(Path.cwd())
    with tempfile.TemporaryDirectory(prefix="leaflets-bench-") as scratch:
        bench = Bench(root, Path(scratch), chosen.rounds, chosen.files, chosen.clinics)
        for part in PARTS:
            if not chosen.part or part in chosen.part:
                sys.stderr.write(f"{part}\n")
                table = format_table(PARTS[part](bench), describe_run(bench))
                sys.stdout.write(f"\n{part}\n\n{table}")
                if chosen.write:
                    path = root / DOCS
                    path.write_text(put_table(path.read_text(encoding="utf-8"), part, table), encoding="utf-8")


def describe_run(bench: Bench) -> str:
    """Say when, on what and with what something is measured."""
    facts = Path("/proc/cpuinfo").read_text(encoding="utf-8"), Path("/proc/meminfo").read_text(encoding="utf-8")
    processor = re.search(r"^model name\s*: (.*)$", facts[0], re.M)
    memory = re.search(r"^MemTotal:\s*(\d+)", facts[1], re.M)
    chromium = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=False) if CHROMIUM.exists() else None
    versions = [f"Python {platform.python_version()}", *map(name_version, ("weasyprint", "typst"))]
    versions += re.findall(r"Chromium [\d.]+", chromium.stdout if chromium else "")
    size = f"about {bench.files} files of each kind, to try it out" if bench.files else "whole"
    return (
        f"{date.today()}, {size}, {bench.rounds} rounds. {len(os.sched_getaffinity(0))} x"
        f" {processor[1] if processor else platform.machine()}, {int(memory[1]) / 2**20 if memory else 0:.0f} GB,"
        f" {platform.freedesktop_os_release()['PRETTY_NAME']}; {', '.join(filter(None, versions))};"
        f" load when it began {os.getloadavg()[0]:.1f}."
    )


def name_version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def format_table(rows: Iterable[Row], said: str) -> str:
    """Write rows as a table of Markdown below what is said of the run."""
    head = Row("what", "found", "how sure, or of what", "must be")
    lines = [f"| {' | '.join(row.cells)} |" for row in (head, Row("---", "---", "---", "---"), *rows)]
    return "\n".join((said, "", *lines, ""))


def put_table(text: str, part: str, table: str) -> str:
    """Put a table between the marks of its part.

    >>> put_table("<!-- cold -->\\nold\\n<!-- end of cold -->", "cold", "new\\n")
    '<!-- cold -->\\n\\nnew\\n\\n<!-- end of cold -->'
    """
    begin, end = f"<!-- {part} -->", f"<!-- end of {part} -->"
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise RuntimeError(f"{DOCS} has no marks {begin} and {end}")
    return f"{before}{begin}\n\n{table}\n{end}{after}"


if __name__ == "__main__":
    main()
