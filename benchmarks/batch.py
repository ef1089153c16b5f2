"""How much a warm pool saves, and what is kept: `make bench`. Prints ratios of wall time from one run; times differ by machine.

A leaflet alone pays for the start of Python, WeasyPrint and the fonts; a batch pays once a worker; two workers share it; a second
build keeps what was made from the same.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = [str(Path(sys.executable).with_name("leaflets")), "build", "--edition", "standard", "--paper", "a4"]
ONE = ["--leaflet", "adult"]
LOCALES = ("en", "ar", "ur", "zh-Hans")


def measure(*words: str, again: bool = False) -> float:
    """Run one build into an empty folder, or a second one into the same; give its wall time in seconds."""
    with tempfile.TemporaryDirectory() as output:
        for _ in range(1 + again):
            start = time.perf_counter()
            subprocess.run([*COMMAND, *words, "--output", output], check=True, capture_output=True)
        return time.perf_counter() - start


def main() -> None:
    rounds = 3
    alone = batch = both = kept = 0.0
    chosen = [word for locale in LOCALES for word in ("--locale", locale)]
    for _ in range(rounds):  # interleaved, so that a slow moment of the machine falls on all
        alone += sum(measure(*ONE, "--locale", locale, "--jobs", "1") for locale in LOCALES)
        batch += measure(*chosen, "--jobs", "1")
        both += measure(*chosen, "--jobs", "2")
        kept += measure(*chosen, "--jobs", "2", again=True)
    alone *= 3  # one leaflet a language above, three below
    sys.stdout.write(f"12 leaflets, one command each (from {len(LOCALES)}): 1.00\n")
    sys.stdout.write(f"12 leaflets, one worker:                 {batch / alone:.2f}\n")
    sys.stdout.write(f"12 leaflets, two workers:                {both / alone:.2f}\n")
    sys.stdout.write(f"12 leaflets, nothing changed:            {kept / alone:.2f}\n")


if __name__ == "__main__":
    main()
