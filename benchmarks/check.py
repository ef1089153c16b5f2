"""What `leaflets check` costs beside reading the same files: `make bench`. Prints ratios of processor time from one run.

Parsing is what libyaml alone needs for them; loading makes topics and languages of them; checking looks at every unit of every
language. Each starts a process of its own, as the command does.
"""

import resource
import subprocess
import sys
from pathlib import Path

from leaflets.files import find_root

ROUNDS = 5
PARSE = """
import yaml
from pathlib import Path
for path in (path for folder in ("content", "translations") for path in Path(folder).rglob("*.yaml")):
    list(yaml.parse(path.read_bytes(), Loader=yaml.CBaseLoader))
"""
LOAD = """
from pathlib import Path
from leaflets.content.project import load_project
load_project(Path())
"""
CHECK = """
from leaflets.cli.main import main
main(["check"])
"""


def measure(script: str, root: Path) -> float:
    """Run a script in a project's folder; give its processor time in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    root = find_root(Path.cwd())
    parse = load = check = 0.0
    for _ in range(ROUNDS):  # interleaved, so that a slow moment of the machine falls on all
        parse += measure(PARSE, root)
        load += measure(LOAD, root)
        check += measure(CHECK, root)
    sys.stdout.write("parsing the YAML with libyaml:  1.00\n")
    sys.stdout.write(f"loading the project:            {load / parse:.2f}\n")
    sys.stdout.write(f"checking it:                    {check / parse:.2f}\n")


if __name__ == "__main__":
    main()
