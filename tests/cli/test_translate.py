"""What is put on record of a translation, and what is not."""

import re
from pathlib import Path

import pytest

from leaflets.content.provenance import Record, record_units
from tests.conftest import Run
from tests.support.projects import SMALL_PROJECT, write_project


def test_record_makes_a_mended_translation_fresh_again(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project", record=False)
    assert run("--project", project.root, "check").exit_code == 1
    result = run("--project", project.root, "record", "es")
    assert result.exit_code == 0
    assert result.stdout == "es: 9 texts recorded, 9 of them new or changed; made by a machine: 9\n"
    assert run("--project", project.root, "check").exit_code == 0
    assert (
        run("--project", project.root, "record", "es").stdout
        == "es: 9 texts recorded, 0 of them new or changed; made by a machine: 9\n"
    )


def test_a_stale_sentence_stays_stale_until_its_words_change_or_somebody_says_they_are_right(tmp_path: Path, run: Run) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"]
    project = write_project(tmp_path / "project")
    (project.root / "content/topics/en/signs.yaml").write_text(english.replace("hard lumps", "firm lumps"), encoding="utf-8")
    result = run("--project", project.root, "record", "es")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "es: 9 texts recorded, 0 of them new or changed; made by a machine: 9",
        "1 stay stale, since their words did not change: signs.lumps.hard. "
        "If they are right as they are: leaflets record es --unchanged",
    ]
    assert "[stale-unit]" in run("--project", project.root, "check").stderr
    result = run("--project", project.root, "record", "es", "--unchanged")
    assert result.stdout.splitlines() == [
        "es: 9 texts recorded, 1 of them new or changed; made by a machine: 9",
        "signs.lumps.hard says this English now: You may feel [-hard-] {+firm+} lumps.",
    ]
    assert run("--project", project.root, "check").exit_code == 0


def test_a_stale_sentence_that_was_mended_is_recorded_without_more_ado(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    for tag, old, new in (("en", "hard lumps", "firm lumps"), ("es", "bultos duros", "bultos firmes")):
        name = f"content/topics/{tag}/signs.yaml"
        (project.root / name).write_text(SMALL_PROJECT[name].replace(old, new), encoding="utf-8")
    assert "[stale-unit]" in run("--project", project.root, "check").stderr
    assert run("--project", project.root, "record", "es").stdout.startswith("es: 9 texts recorded, 1 of them new")
    assert run("--project", project.root, "check").exit_code == 0


def test_nothing_is_recorded_while_a_file_cannot_be_read(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    review = project.root / "translations/es/review.yaml"
    before = review.read_bytes()
    for name in ("content/topics/es/signs.yaml", "content/topics/en/signs.yaml", "content/terms/es.yaml"):
        kept = (project.root / name).read_bytes()
        (project.root / name).write_bytes(kept + b"\t\n")
        result = run("--project", project.root, "record", "es")
        assert (result.exit_code, review.read_bytes()) == (1, before)
        assert f"{name}:" in result.stderr
        (project.root / name).write_bytes(kept)


def test_only_some_of_many_stale_sentences_are_named(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    for name in ("adult", "signs", "get-help"):
        path = project.root / f"content/topics/en/{name}.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(title|heading|text|hard|fever): (.*)", r"\1: \2 now", text), encoding="utf-8")
    result = run("--project", project.root, "record", "es")
    assert result.exit_code == 0
    said = result.stdout.splitlines()[-1]
    assert said.startswith("8 stay stale")
    assert " and 3 more. If they are right as they are" in said


def test_a_record_that_cannot_be_read_is_not_written_over(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    path = project.root / "translations/es/review.yaml"
    path.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    result = run("--project", project.root, "record", "es")
    assert result.exit_code == 1
    assert "translations/es/review.yaml:" in result.stderr
    assert path.read_text(encoding="utf-8") == "<<<<<<< HEAD\n"


def test_nothing_is_recorded_while_a_file_of_one_of_the_languages_cannot_be_read(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    assert run("--project", project.root, "translate", "start", "ar").exit_code == 0
    path = project.root / "translations/es/review.yaml"
    before = path.read_bytes()
    (project.root / "content/topics/ar/signs.yaml").write_text("title: [\n", encoding="utf-8")
    result = run("--project", project.root, "record", "es", "ar")
    assert result.exit_code == 1
    assert "content/topics/ar/signs.yaml:1" in result.stderr
    assert path.read_bytes() == before
    assert run("--project", project.root, "record", "es").exit_code == 0


def test_a_record_that_somebody_wrote_meanwhile_is_not_written_over(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path / "project")
    path = project.root / "translations/es/review.yaml"

    def write_meanwhile(*given: object) -> dict[str, Record]:
        path.write_text("# by an import\n", encoding="utf-8")
        return record_units(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("leaflets.translation.write.record_units", write_meanwhile)
    result = run("--project", project.root, "record", "es")
    assert result.exit_code == 1
    assert "somebody else wrote this record at the same time" in result.stderr
    assert path.read_text(encoding="utf-8") == "# by an import\n"
