"""Printable patient leaflets, in the reader's language, that never print something wrong silently.

content/ ─ load ─ check ─ localize ─ compose ─ render ─ write ─ verify ─ record ─> output/
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The folder of this package; what has to find files of its own begins here."""
PROGRAM = (".py", ".toml")
"""What the files are called that decide what this package does: code, and facts of languages."""
