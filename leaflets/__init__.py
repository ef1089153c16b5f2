"""Printable patient leaflets, in the reader's language, that never print something wrong silently.

content/ ─ load ─ check ─ localize ─ compose ─ render ─ write ─ verify ─ record ─> output/
"""
