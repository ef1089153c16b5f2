"""Whom texts are for, and the lists of words, held against what was recorded."""

from pathlib import Path

import pytest

from leaflets.content.project import load_project
from leaflets.problems import Problem, Severity
from leaflets.translation.structure import compare_structure
from leaflets.translation.write import record_languages
from tests.conftest import Run
from tests.support.projects import SMALL_PROJECT, find_all, write_project
from tests.support.small import HELP, SIGNS

MARKERS, TERMS = "content/markers/es.yaml", "content/terms/es.yaml"
FEVER = "      fever:\n        for: [adult]\n        text: A fever in a baby\n"
START = {
    HELP: SMALL_PROJECT[HELP].replace("      fever: A fever in a baby\n", FEVER),
    TERMS: "lump:\n  term: bulto\n  avoid:\n    - nódulo\n    - tumor\n",
}


def find_changes(root: Path, name: str, old: str, new: str) -> list[Problem]:
    """Record the small project, change one of its files, and list what is said of its structure."""
    project = write_project(root, START)
    assert [each.id for each in find_all(project) if each.id == "structure-changed"] == []
    record_languages(project, ("en", "es"), unchanged=False)
    assert [each.id for each in find_all(load_project(root)) if each.id == "structure-changed"] == []
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return [each for each in find_all(load_project(root)) if each.id == "structure-changed"]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (HELP, "        for: [adult]\n", "", '"get-help.emergency.fever" is for all, and on record for adult'),
        (HELP, "    level: emergency\n", "", '"get-help.emergency" is for all, and on record for all, level emergency'),
        (HELP, "    level: emergency\n", "    level: soon\n", '"get-help.emergency" is for all, level soon, and on record'),
        (SIGNS, "    references", "    for: [adult]\n    references", '"signs.lumps" is for adult, and on record for all'),
        (SIGNS, "    references", "    when: urgent-phone\n    references", '"signs.lumps" is for all, when urgent-phone'),
        (TERMS, "    - tumor\n", "", '"lump avoid" lacks tumor, which is on record'),
        (MARKERS, "nunca, sin, ", "", '"negation" lacks nunca, sin, which are on record'),
    ],
)
def test_what_no_longer_stands_as_it_was_recorded_is_an_error(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    [problem] = find_changes(tmp_path, name, old, new)
    assert problem.message.startswith(said)
    assert (problem.place.path, problem.severity) == (name, Severity.ERROR)
    tag = "en" if "topics" in name else "es"
    record_languages(load_project(tmp_path), (tag,), unchanged=False)
    assert "structure-changed" not in [each.id for each in find_all(load_project(tmp_path))]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (HELP, FEVER, FEVER + "      chill:\n        for: [adult]\n        text: A chill\n"),
        (HELP, FEVER, "      chill: A chill\n"),
        (TERMS, "    - tumor\n", "    - tumor\n    - masa\n"),
    ],
)
def test_what_is_new_or_gone_with_its_words_is_no_change(tmp_path: Path, name: str, old: str, new: str) -> None:
    assert find_changes(tmp_path, name, old, new) == []


def test_the_command_says_what_it_records_anew(tmp_path: Path, run: Run) -> None:
    find_changes(tmp_path, HELP, "        for: [adult]\n", "")
    result = run("--project", tmp_path, "record", "en")
    assert result.exit_code == 0
    assert "en: get-help.emergency.fever: for all, and on record for adult; it is recorded as it stands now" in result.stdout
    assert not list(compare_structure({}, {"a": ("for all",)}))
