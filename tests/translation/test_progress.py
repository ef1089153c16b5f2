"""How far a language is, as a translator and a CI job read it."""

import json
from pathlib import Path

import pytest

from leaflets.content.project import load_project
from leaflets.content.signoffs import Role
from leaflets.problems import Place
from leaflets.translation.progress import Report, report_language, sum_up_language
from leaflets.translation.units import State, list_source
from tests.conftest import Run
from tests.support.projects import SMALL_PROJECT, sign_all, write_project

ENGLISH = "content/topics/en/signs.yaml"
SPANISH = "content/topics/es/signs.yaml"


def change(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def report(root: Path, tag: str = "es") -> Report:
    return report_language(load_project(root), tag)


def test_a_translation_that_nobody_signed_is_a_draft_with_nothing_to_do(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    whole = report(tmp_path).whole
    assert (whole.units, whole.done, whole.todo) == (len(list_source(project)), len(list_source(project)), 0)
    assert {state for state, number in whole.states.items() if number} == {State.DRAFT}


def test_a_language_is_summed_up_by_how_much_is_done_and_the_least_status_of_that(tmp_path: Path) -> None:
    write_project(tmp_path)
    project = sign_all(tmp_path, "es")
    progress, status, ready = sum_up_language(project, "es")
    assert (progress.percent, status, ready) == (100, "clinically-checked", "1 leaflet")
    change(tmp_path, SPANISH, "    hard: Puede sentir bultos duros.\n", "")
    progress, status, ready = sum_up_language(load_project(tmp_path), "es")
    assert (progress.percent, status, ready) == (100 * progress.done // progress.units, "clinically-checked", "nothing")
    assert progress.done == progress.units - 1


def test_english_words_of_missing_and_stale_units_are_to_do(tmp_path: Path) -> None:
    write_project(tmp_path)
    change(tmp_path, SPANISH, "    hard: Puede sentir bultos duros.\n", "")
    change(tmp_path, ENGLISH, "above 38.5 °C", "above 38 °C")
    found = report(tmp_path)
    assert (found.whole.states[State.MISSING], found.whole.states[State.STALE]) == (1, 1)
    assert found.missing == ("signs.lumps.hard",)
    assert found.whole.todo == 5 + 8  # "You may feel hard lumps.", "Call if your fever is above 38 °C."


def test_a_stale_unit_shows_its_line_and_what_changed_in_the_english(tmp_path: Path) -> None:
    write_project(tmp_path)
    change(tmp_path, ENGLISH, "above 38.5 °C", "above 38 °C")
    [stale] = report(tmp_path).stale
    assert (stale.unit, stale.place) == ("signs.lumps.fever", Place(SPANISH, 5))
    assert str(stale) == f"{SPANISH}:5: signs.lumps.fever: Call if your fever is above [-38.5-] {{+38+}} °C."


def test_words_of_which_nobody_knows_the_english_are_stale(tmp_path: Path) -> None:
    write_project(tmp_path, record=False)
    found = report(tmp_path)
    assert "on no record" in str(found.stale[0])
    assert found.whole.states[State.STALE] == 9


def test_sign_offs_move_units_on(tmp_path: Path) -> None:
    write_project(tmp_path)
    sign_all(tmp_path, "es", (Role.REVISER,))
    assert report(tmp_path).whole.states[State.REVISED] == report(tmp_path).whole.units
    sign_all(tmp_path, "es", (Role.CLINICIAN,))
    assert report(tmp_path).whole.states[State.CHECKED] == report(tmp_path).whole.units


def test_a_unit_counts_in_the_leaflets_that_print_it(tmp_path: Path) -> None:
    other = SMALL_PROJECT["content/leaflets/adult.yaml"].replace("  - signs\n", "").replace("adult", "cutis")
    cutis = {f"content/topics/{tag}/cutis.yaml": SMALL_PROJECT[f"content/topics/{tag}/adult.yaml"] for tag in ("en", "es")}
    write_project(tmp_path, {"content/leaflets/cutis.yaml": other, **cutis})
    change(tmp_path, ENGLISH, "hard lumps", "hard, sore lumps")
    found = report(tmp_path)
    stale = {name: progress.states[State.STALE] for (name, _), progress in found.prints.items()}
    assert stale == {"adult": 1, "cutis": 0}
    assert found.whole.states[State.STALE] == 1


def test_english_itself_is_never_missing_or_stale(tmp_path: Path) -> None:
    write_project(tmp_path)
    assert report(tmp_path, "en").whole.todo == 0


def test_the_command_shows_a_table_and_then_what_is_stale(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    change(project.root, ENGLISH, "above 38.5 °C", "above 38 °C")
    result = run("--project", project.root, "status", "es")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    units = len(list_source(project))
    assert lines[0] == f"es: Spanish, español. {units - 1} of {units} texts done, 8 words to do"
    assert lines[1].split() == ["missing", "stale", "draft", "translated", "revised", "checked", "wrong", "words", "to", "do"]
    assert lines[2].split() == ["all", "0", "1", str(units - 1), "0", "0", "0", "0", "8"]
    assert lines[3].startswith("adult")
    assert f"{SPANISH}:5: signs.lumps.fever: " in result.stdout


def test_words_that_nobody_has_recorded_take_one_line_a_file(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project", record=False)
    result = run("--project", project.root, "status", "es")
    *_, said = result.stdout.split("\nStale, since it is on no record")
    assert "leaflets record es" in said
    files = [line.split(":")[0] for line in said.splitlines()[1:] if line]
    assert len(files) == len(set(files)) > 1
    assert f"{SPANISH}:1: signs.title and 2 more" in said
    assert "{+the new+}" not in result.stdout


def test_the_command_without_a_language_shows_all(tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, "status")
    assert [line.split(":")[0] for line in result.stdout.splitlines() if "texts" in line] == ["en", "es"]


def test_a_program_reads_the_same_as_json(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    change(project.root, ENGLISH, "above 38.5 °C", "above 38 °C")
    [spanish] = json.loads(run("--project", project.root, "status", "es", "--json").stdout)["languages"]
    assert spanish["language"] == "es"
    assert (spanish["states"]["stale"], spanish["words_to_do"], spanish["missing"]) == (1, 8, [])
    assert spanish["leaflets"]["adult"]["states"]["stale"] == 1
    assert spanish["stale"] == [
        {
            "unit": "signs.lumps.fever",
            "file": SPANISH,
            "line": 5,
            "change": "Call if your fever is above [-38.5-] {+38+} °C.",
        }
    ]


@pytest.mark.parametrize("command", ["status", "list"])
def test_a_file_that_cannot_be_read_is_said_since_the_count_is_then_wrong(command: str, tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    (project.root / SPANISH).write_text("title: [")
    result = run("--project", project.root, command)
    assert result.exit_code == 1
    assert f"{SPANISH}:1: error: " in result.stderr


@pytest.mark.parametrize("command", ["status", "list"])
def test_labels_that_are_missing_are_counted_and_not_listed(command: str, tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    assert run("--project", project.root, "translate", "start", "sw").exit_code == 0
    result = run("--project", project.root, command)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Swahili" in result.stdout


def test_a_language_that_is_not_there_is_told_how_to_be_begun(tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, "status", "sw")
    assert result.exit_code == 1
    assert "leaflets translate start sw" in result.stderr
