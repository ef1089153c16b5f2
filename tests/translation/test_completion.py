"""The names of a translation, as an editor completes them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from leaflets.content.project import load_project
from leaflets.content.schema import parse_translation
from leaflets.content.strict_yaml import read_yaml
from leaflets.translation.completion import make_translation_schema
from leaflets.translation.yaml_writer import write_words
from tests.conftest import Run
from tests.support.projects import ROOT, SMALL_PROJECT, write_project

MODELINE = "# yaml-language-server: $schema=../../../signs.schema.json\n"
"""What tells an editor where the schema lies, beside the project's own folders."""


def find_wrong(tree: Any, schema: dict[str, Any]) -> Iterator[str]:
    """Read a schema as an editor does, as far as ours go."""
    if schema["type"] != "object":
        kind = {str: "string", type(None): "null", bool: "boolean", int: "number", float: "number"}.get(type(tree), "object")
        yield from [] if kind in schema["type"] else [f"{kind} in the place of words"]
        return
    if not isinstance(tree, dict):
        yield "words in the place of names"
        return
    yield from (f"{name} is missing" for name in schema["required"] if name not in tree)
    for name, value in tree.items():
        if name in schema["properties"]:
            yield from find_wrong(value, schema["properties"][name])
        elif schema["additionalProperties"] is False:
            yield f"{name} is not known"


def test_every_translation_of_the_project_is_as_its_schema_says() -> None:
    project = load_project(ROOT)
    for topic in project.topics.values():
        schema = make_translation_schema(topic)
        for tag in set(project.languages) - {"en"}:
            tree = yaml.safe_load((ROOT / "content" / "topics" / tag / f"{topic.name}.yaml").read_text(encoding="utf-8"))
            assert list(find_wrong(tree, schema)) == []


def test_a_name_is_explained_by_its_english_and_the_author_s_note(tmp_path: Path) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"].replace("      hard:", "      # As one feels it.\n      hard:")
    project = write_project(tmp_path, {"content/topics/en/signs.yaml": english})
    tree = make_translation_schema(project.topics["signs"])
    lumps = tree["properties"]["blocks"]["properties"]["lumps"]
    assert lumps["properties"]["hard"]["description"] == "English: You may feel hard lumps.\n\nNote: As one feels it."
    assert lumps["required"] == ["hard", "fever"]


def test_a_mistyped_name_is_wrong_and_an_empty_place_is_not(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    schema = make_translation_schema(project.topics["signs"])
    lumps = {"hard": None, "fever": "12"}
    assert list(find_wrong({"title": "Signos", "blocks": {"lumps": lumps}}, schema)) == []
    mistyped = {"title": "Signos", "blocks": {"lumps": lumps | {"hrad": "Bultos"}}}
    assert list(find_wrong(mistyped, schema)) == ["hrad is not known"]
    assert list(find_wrong({"title": "Signos", "blocks": {}}, schema)) == ["lumps is missing"]


def test_the_line_for_an_editor_stays_out_of_the_way() -> None:
    text = MODELINE + SMALL_PROJECT["content/topics/es/signs.yaml"]
    plain, marked = (parse_translation(read_yaml(each.encode(), "es.yaml"), "signs") for each in (text, text[len(MODELINE) :]))
    assert {unit: words.words for unit, words in plain.items()} == {unit: words.words for unit, words in marked.items()}
    path = ("blocks", "lumps", "hard")
    assert write_words(text, {path: "Otro"}, [("title",), path], "es.yaml", {}).startswith(f"{MODELINE}title:")


def test_the_command_prints_the_schema_of_one_topic(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    tree = json.loads(run("--project", project.root, "schema", "translation", "--topic", "signs").stdout)
    assert tree == make_translation_schema(project.topics["signs"])


def test_the_command_says_what_it_needs(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    assert run("--project", project.root, "schema", "translation").exit_code == 2
    assert run("--project", project.root, "schema", "topic", "--topic", "signs").exit_code == 2
    wrong = run("--project", project.root, "schema", "translation", "--topic", "sings")
    assert wrong.exit_code == 1
    assert 'did you mean "signs"?' in wrong.stderr
