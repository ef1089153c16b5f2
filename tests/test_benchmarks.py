"""What is measured beside peers is the same leaflet, and has its place in the manual."""

import re
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import DOCS, PARTS, format_table, put_table
from benchmarks.pages import write_pages
from benchmarks.pairs import Row, compare, take_turns
from benchmarks.processes import name_python, run
from benchmarks.typeset import write_source
from leaflets.build.jobs import Job
from leaflets.content.project import Project
from leaflets.languages.fonts import read_fonts
from tests.support.projects import ROOT


@pytest.mark.slow
def test_a_peer_is_given_all_words_styles_and_pictures_of_a_leaflet(project: Project, tmp_path: Path) -> None:
    [page] = write_pages(project, [Job("ar", "adult", "standard", "a4", "sheet")], tmp_path)
    html = page.path.read_text(encoding="utf-8")
    pictures = re.findall(r"[0-9a-f]{16}\.svg", html)
    assert len(pictures) > 3
    assert all((tmp_path / name).is_file() for name in pictures)
    assert not re.search(r"leaflet:[^\"']*\.svg", html)
    assert re.search(r"@page \{ size: 210(\.0)?mm 297(\.0)?mm", html)
    assert str(ROOT / "templates" / "fonts") in (tmp_path / "fonts.conf").read_text(encoding="utf-8")
    typography = read_fonts(ROOT / "templates").typography("ar")
    assert typography
    assert page.families == typography.families
    write_source(page)
    source = page.path.with_suffix(".typ").read_text(encoding="utf-8")
    [body] = page.root.findall("body")
    assert all(" ".join(words.split()) in re.sub(r"\s+", " ", source) for words in body.itertext() if '"' not in words)


def test_runs_take_turns_and_a_pair_of_them_gives_a_ratio() -> None:
    order: list[str] = []

    def note(name: str, seconds: float) -> float:
        order.append(name)
        return seconds

    seconds = take_turns({"ours": lambda: note("ours", 1.0), "theirs": lambda: note("theirs", 4.0)}, 3)
    assert [set(order[start : start + 2]) for start in (0, 2, 4)] == [{"ours", "theirs"}] * 3
    row = compare("ours / theirs", seconds["ours"], seconds["theirs"], bar=0.3)
    assert row.cells == ("ours / theirs", "0.250", "0.250 to 0.250, 3 pairs", "<= 0.3: met")


def test_the_memory_of_a_process_below_a_command_is_seen_and_a_failure_is_no_figure() -> None:
    hold = "import time; held = b'x' * 60_000_000; time.sleep(0.6)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    found = run([sys.executable, "-c", start], watched="")
    assert found.every > found.worker > 55
    with pytest.raises(RuntimeError, match="no_such_module"):
        run(name_python("no_such_module"))


def test_every_part_has_its_table_in_the_manual() -> None:
    text = (ROOT / DOCS).read_text(encoding="utf-8")
    for part in PARTS:
        table = format_table([Row("a", "1", "sure", "bar")], "Said.")
        assert table in put_table(text, part, table)
