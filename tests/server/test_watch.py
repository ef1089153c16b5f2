"""Leaflets built anew while their files change: what a build says, and how it ends."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from leaflets.build.account import Selection
from leaflets.build.maker import Result
from leaflets.problems import SetupError
from leaflets.server import watch
from tests.support.projects import find_all, write_project


def test_whatever_fails_is_a_line_and_not_the_end(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project").root

    def build(**selection: Any) -> tuple[str, ...]:
        chosen = Selection(output=tmp_path / "out", **selection)
        return watch.rebuild(root, chosen, lambda result: None, lambda: None, lambda: True)[1]

    assert 'did you mean "es"' in build(locales=("ess",))[0]
    (tmp_path / "out").write_text("a file")
    assert build(locales=("en",))[0].startswith("leaflets: cannot write ")
    (tmp_path / "out").unlink()
    (root / "templates/styles/scripts.toml").write_text("[")
    assert build()[0].startswith("templates/styles/scripts.toml: error: the file cannot be read (TOMLDecodeError")


@pytest.mark.slow
def test_a_build_that_nobody_waits_for_ends_after_its_leaflet(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project").root
    asked: list[Result] = []

    def stop(result: Result) -> None:
        asked.append(result)
        raise watch.UnwatchedError

    selection = Selection(output=tmp_path / "out")
    assert watch.rebuild(root, selection, stop, lambda: None, lambda: True) == ((), ())
    assert len(asked) == 1
    assert watch.rebuild(root, selection, stop, lambda: None, lambda: False)[0] == ()
    assert len(asked) == 1


def test_files_that_cannot_be_watched_end_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*folders: Path, **options: object) -> None:
        raise OSError("OS file watch limit reached.")

    monkeypatch.setattr("leaflets.server.watch.awatch", refuse)
    with pytest.raises(SetupError, match="cannot watch files for changes: OS file watch limit reached"):
        asyncio.run(watch.watch_folders([tmp_path], True, lambda: None))


@pytest.mark.slow
def test_letters_of_a_clinic_that_a_language_has_no_font_for_are_told_before_anything_is_removed(tmp_path: Path) -> None:
    project, clinic, output = write_project(tmp_path / "project"), tmp_path / "clinic.yaml", tmp_path / "out"
    clinic.write_text('name: A Test Clinic\nclinic_phone: "020 7946 0000"\nurgent_phone: none\nemergency_number: "112"\n')
    selection = Selection(editions=("web",), clinic=clinic, output=output)

    def build() -> tuple[tuple[Result, ...], tuple[str, ...]]:
        return watch.rebuild(project.root, selection, lambda result: None, lambda: None, lambda: True)

    assert len(build()[0]) == 2
    clinic.write_text(clinic.read_text() + "hours: אב\n", encoding="utf-8")
    results, lines = build()
    assert results == ()
    assert lines[0].startswith(f'{clinic}:5: error: "hours": the fonts of English and of Spanish do not have the letters א')
    assert sorted(path.name for path in output.glob("*/adult.html")) == ["adult.html"] * 2


def test_what_is_missing_of_a_language_that_is_being_written_is_one_line(tmp_path: Path) -> None:
    """A build follows each change, and would say the same hundreds of lines again and again."""
    signs = "title:\nblocks:\n  lumps:\n    hard:\n    fever:\n"
    project = write_project(
        tmp_path, {"content/topics/es/signs.yaml": signs, "content/topics/es/adult.yaml": "title:\nblocks:\n  for-whom:\n"}
    )
    problems = find_all(project)
    lines = list(watch.list_lines(project.languages, problems))
    assert lines[0] == (
        "es: 5 texts are not translated yet: 3 in content/topics/es/signs.yaml, 2 in content/topics/es/adult.yaml "
        "(leaflets check --locale es names them)"
    )
    assert not any("[missing-unit]" in line for line in lines)
    assert lines[1:] == [str(each) for each in problems if each.id != "missing-unit"]


def test_a_few_missing_texts_are_named_each(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"content/topics/es/adult.yaml": "title:\nblocks:\n  for-whom:\n"})
    lines = list(watch.list_lines(project.languages, find_all(project)))
    assert sum("[missing-unit]" in line for line in lines) == 2
    assert not any("not translated yet" in line for line in lines)
