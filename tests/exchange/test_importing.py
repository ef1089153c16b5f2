"""Files of translators taken into a project, without a command line."""

from pathlib import Path

import pytest

from leaflets.content.project import Project, load_project
from leaflets.exchange.entries import Batch, list_entries
from leaflets.exchange.formats import FORMATS, Import, check_import, import_files
from leaflets.exchange.plan import Kind
from leaflets.problems import LeafletsError, Problem
from tests.support.projects import write_project

FEVER, SIGNS = "signs.lumps.fever", "content/topics/es/signs.yaml"


def send(project: Project, old: str, new: str) -> Path:
    """Export Spanish, and let a translator change some words."""
    data = FORMATS["po"].write(Batch("es", list_entries(project, "es", (), todo=False)))
    path = project.root.parent / "es.po"
    path.write_bytes(data.replace(old.encode(), new.encode()))
    return path


def take(project: Project, *files: Path, dry: bool = False) -> tuple[Import, list[Problem]]:
    notes: list[Problem] = []
    return import_files(project, files, None, None, dry, notes.extend), notes


def test_an_import_gives_what_becomes_of_each_text_and_what_the_checks_say_of_it(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    done, notes = take(project, send(project, "pasa de 38,5 °C", "sube de 39,5 °C"))
    assert (notes, done.problems) == ([], ())
    assert [unit for unit, kind in done.plans["es"].kinds.items() if kind is Kind.CHANGED] == [FEVER]
    assert set(done.changed) == {SIGNS, "translations/es/review.yaml"}
    assert load_project(project.root).languages["es"].words[FEVER].words == "Llame si la fiebre sube de 39,5 °C."
    assert [problem.id for problem in check_import(done)] == ["number-mismatch"]


def test_a_dry_run_gives_the_same_and_writes_nothing(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    path = send(project, "pasa de 38,5 °C", "sube de 39,5 °C")
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    dry, _ = take(project, path, dry=True)
    assert [problem.id for problem in check_import(dry)] == ["number-mismatch"]
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before
    done, _ = take(project, path)
    assert (done.plans, done.changed) == (dry.plans, dry.changed)


def test_nothing_is_written_while_anything_is_wrong(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    done, _ = take(project, send(project, f'msgctxt "{FEVER}"', 'msgctxt "signs.lumps.chills"'))
    assert [problem.id for problem in done.problems] == ["exchange-unit"]
    assert done.changed == {}
    assert load_project(project.root).hashes == project.hashes


def test_what_is_wrong_with_each_file_is_said_at_once(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    for name in ("a.po", "b.po"):
        (tmp_path / name).write_text("no words", encoding="utf-8")
    with pytest.raises(LeafletsError) as caught:
        take(project, tmp_path / "a.po", tmp_path / "b.po")
    assert [Path(problem.place.path).name for problem in caught.value.problems] == ["a.po", "b.po"]
