"""What is said of words that are wrong, and of what there is: check, list, explain, schema."""

import json
import re
from pathlib import Path

import pytest

from leaflets.content.completion import SHAPES
from leaflets.problems import list_rules
from leaflets.translation.units import list_source
from tests.conftest import Run
from tests.support.projects import ROOT, SMALL_PROJECT, sign_all, write_project

WRONG_INPUT = {
    "a duplicate key": ("signs.yaml", "title: ¿Cuáles", "title: Uno\ntitle: ¿Cuáles", "duplicate-key", 2),
    "`no:` as a key": ("signs.yaml", "    hard:", "    no: nada\n    hard:", "ambiguous-key", 4),
    "a comment that swallows words": ("signs.yaml", "Puede sentir bultos duros.", "Tome 2 #3 tabletas", "comment-in-text", 4),
    "a missing unit": ("signs.yaml", "    hard: Puede sentir bultos duros.\n", "", "missing-unit", 0),
    "a unit too many": ("signs.yaml", "    hard:", "    soft: Puede sentir.\n    hard:", "orphan-unit", 4),
    "a changed number": ("signs.yaml", "38,5", "39,5", "number-mismatch", 5),
    "an unknown placeholder": ("get-help.yaml", "{emergency_number}", "{emergency_nubmer}", "placeholder-mismatch", 4),
    "a bidi override escape": ("signs.yaml", "Puede sentir bultos duros.", '"12\\u202e34"', "forbidden-character", 4),
    "a YAML alias": ("signs.yaml", "Puede sentir bultos duros.", "*otro", "yaml-feature", 4),
    "a hundred thousand brackets": ("signs.yaml", "Puede sentir bultos duros.", "[" * 100_000, "too-deep", 4),
}


@pytest.mark.parametrize("case", WRONG_INPUT)
def test_wrong_input_gives_one_clear_line_and_exit_code_1(case: str, tmp_path: Path, run: Run) -> None:
    name, old, new, id, line = WRONG_INPUT[case]
    project = write_project(tmp_path / "project")
    path = project.root / "content" / "topics" / "es" / name
    path.write_text(SMALL_PROJECT[f"content/topics/es/{name}"].replace(old, new), encoding="utf-8")
    result = run("--project", project.root, "check", "--locale", "es")
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert len(lines) == 1
    assert lines[0].startswith(f"content/topics/es/{name}:{line}: error: " if line else f"content/topics/es/{name}: error: ")
    assert lines[0].endswith(f"[{id}]")


def test_a_check_of_one_topic_says_only_what_lies_in_its_files(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    for name in ("signs", "get-help"):
        path = project.root / "content" / "topics" / "es" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "odd: words\n", encoding="utf-8")
    both, signs, english, nothing = (
        run("--project", project.root, "check", *words)
        for words in ((), ("--topic", "signs"), ("--topic", "signs", "--locale", "en"), ("--topic", "adult"))
    )
    assert {line.split(":")[0] for line in both.stderr.splitlines()} > {"content/topics/es/signs.yaml"}
    assert {line.split(":")[0] for line in signs.stderr.splitlines()} == {"content/topics/es/signs.yaml"}
    assert "adult: English at US grade" in both.stdout
    assert len(signs.stdout.splitlines()) == 1  # how many; how plainly it reads is measured in whole leaflets
    assert (signs.exit_code, english.exit_code, nothing.exit_code) == (1, 0, 0)
    assert 'did you mean "signs"?' in run("--project", project.root, "check", "--topic", "sings").stderr


def test_an_unknown_block_kind_gives_one_clear_line_and_exit_code_1(tmp_path: Path, run: Run) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"].replace("    list:", "    lsit:")
    project = write_project(tmp_path / "project", {"content/topics/en/signs.yaml": english})
    result = run("--project", project.root, "check")
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert len(lines) == 1
    assert lines[0].startswith('content/topics/en/signs.yaml:5: error: unknown block kind "lsit"; did you mean "list"?')


def test_invalid_utf_8_gives_one_clear_line_and_exit_code_1(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    (project.root / "content/topics/es/signs.yaml").write_bytes("title: Señales\n".encode("latin-1"))
    result = run("--project", project.root, "check", "--locale", "es")
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert lines == ["content/topics/es/signs.yaml:1: error: byte 0xf1 is not UTF-8. Save the file as UTF-8. [unreadable]"]


def test_a_good_project_checks_clean(tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, "check")
    assert result.exit_code == 0
    assert "adult: English at US grade" in result.stdout
    assert result.stdout.endswith("no problems\n")


def test_list_shows_every_language_by_its_own_name_with_direction_and_progress(run: Run) -> None:
    result = run("--project", ROOT, "list")
    assert result.exit_code == 0
    for words in (
        "adult",
        "العربية (Arabic)",
        "rtl",
        "简体中文 (Simplified Chinese)",
        "हिन्दी (Hindi)",
        "100%",
        "machine-draft",
        "large-print",
    ):
        assert words in result.stdout


def test_list_counts_stale_and_missing_units_as_not_done(tmp_path: Path, run: Run) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"]
    spanish = "title: Bultos\nblocks:\n  for-whom:\n"
    project = write_project(tmp_path / "project", {"content/topics/es/adult.yaml": spanish})
    (project.root / "content/topics/en/signs.yaml").write_text(english.replace("hard lumps", "hard, sore lumps"))
    result = run("--project", project.root, "list")
    units = len(list_source(project))
    assert re.search(rf"^es +ltr +{100 * (units - 2) // units}%", result.stdout, re.M)
    assert re.search(r"^en +ltr +100%", result.stdout, re.M)


def test_list_says_so_when_a_file_cannot_be_read(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    (project.root / "content/references.yaml").write_text("a: [")
    result = run("--project", project.root, "list")
    assert result.exit_code == 1
    assert "[yaml-syntax]" in result.stderr


def test_explain_tells_why_for_every_rule(run: Run) -> None:
    listed = run("explain", "all").stdout
    rules = list_rules()
    assert len(rules) > 45
    for id in rules:
        result = run("explain", id)
        assert result.exit_code == 0
        assert "Why: " in result.stdout
        assert re.search(rf"^{id} ", listed, re.M)


def test_explain_offers_what_was_meant(run: Run) -> None:
    result = run("explain", "number-mismach")
    assert result.exit_code == 2
    assert 'did you mean "number-mismatch"?' in result.stderr
    assert "explain all" in run("explain", "zzz").stderr


@pytest.mark.parametrize("noun", sorted(SHAPES))
def test_schema_prints_json_schema_for_every_kind_of_file(noun: str, run: Run) -> None:
    tree = json.loads(run("schema", noun).stdout)
    assert tree["type"] == "object"
    assert tree["additionalProperties"] is False


def test_list_shows_how_far_a_language_was_signed(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    sign_all(project.root, "es")
    result = run("--project", project.root, "list")
    assert re.search(r"^es +ltr +100% +0 +clinically-checked ", result.stdout, re.M)
    assert re.search(r"^en +ltr +100% +0 +machine-draft ", result.stdout, re.M)


def test_one_topic_alone_is_checked_with_the_words_that_it_is_held_to(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project", {"content/markers/es.yaml": "negation:\nobligation:\n"})
    result = run("--project", project.root, "check", "--locale", "es", "--topic", "signs")
    assert result.exit_code == 1
    assert "[missing-markers]" in result.stderr
    assert run("--project", project.root, "check", "--topic", "terms").exit_code == 1


@pytest.mark.slow
def test_extract_checks_and_renews_the_catalogue_of_the_templates(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    assert run("--project", project.root, "extract", "--check").exit_code == 0
    (project.root / "translations/messages.pot").write_text("")
    assert run("--project", project.root, "extract", "--check").exit_code == 1
    assert run("--project", project.root, "extract").exit_code == 0
    assert (project.root / "translations/messages.pot").read_bytes() == (ROOT / "translations/messages.pot").read_bytes()


def test_a_workflow_of_github_is_told_in_annotations(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("38,5", "39,5")
    project = write_project(tmp_path / "project", {"content/topics/es/signs.yaml": spanish})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = run("--project", project.root, "check", "--locale", "es")
    assert result.exit_code == 1
    assert "::error title=number-mismatch,file=content/topics/es/signs.yaml,line=5::" in result.stdout
