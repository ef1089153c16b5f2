"""What is on record of a build."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from leaflets.build.jobs import Job
from leaflets.build.manifest import JOURNAL, MANIFEST, BuiltFile, note_file, read_manifest, read_record, write_manifest
from leaflets.content.project import Project
from leaflets.problems import Place, Problem, Severity
from tests.support.front_desk import make_copy
from tests.support.projects import ENGLISH, SPANISH, build_leaflets, write_project


@pytest.fixture
def entry(project: Project) -> BuiltFile:
    _, entry = make_copy(project, ENGLISH)
    return replace(entry, warnings=(Problem("a-check", Severity.WARNING, Place("a.yaml", 3), "said"),))


def test_what_was_written_is_read_back(entry: BuiltFile, tmp_path: Path) -> None:
    write_manifest(tmp_path, [entry])
    assert read_record(tmp_path) == ({entry.path: entry}, ())
    assert read_record(tmp_path / "no such folder") == ({}, ())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"path": "../victim.txt"}, "files 0 path: String should match pattern"),
        ({"path": "../victim.pdf"}, "files 0 path: String should match pattern"),
        ({"path": "/tmp/victim.pdf"}, "files 0 path: String should match pattern"),
        ({"path": "es/../../victim.pdf"}, "files 0 path: String should match pattern"),
        ({"links": ["../victim.html"]}, "files 0 links 0: String should match pattern"),
        ({"sha256": "../../victim"}, "files 0 sha256: String should match pattern"),
        ({"pages": "x"}, "files 0 pages: Input should be a valid integer"),
        ({"leaflet": ["x"]}, "files 0 leaflet: Input should be a valid string"),
        ({"print": "../poster"}, "files 0 print: String should match pattern"),
        ({"draft": 1}, "files 0 draft: Input should be a valid boolean"),
    ],
)
def test_a_manifest_that_no_build_wrote_counts_as_none_and_is_said(
    entry: BuiltFile, changes: dict[str, Any], said: str, tmp_path: Path
) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps({"files": [asdict(entry) | changes]}))
    found, [problem] = read_record(tmp_path)
    assert found == {}
    assert (problem.id, problem.severity) == ("bad-manifest", Severity.WARNING)
    assert said in problem.message


@pytest.mark.parametrize(
    "text", ["", "[", "[" * 100_000, '{"files": {}}', '{"files": [{"path": "x"}]}', "\xff", "null", "9" * 9999]
)
def test_whatever_stands_in_the_place_of_a_manifest_is_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="latin-1")
    found, [problem] = read_record(tmp_path)
    assert found == {}
    assert "\n" not in str(problem)


def test_what_a_build_made_that_was_killed_is_on_record(project: Project, tmp_path: Path) -> None:
    data, made = make_copy(project, ENGLISH)
    _, begun = make_copy(project, SPANISH)
    made, begun = replace(made, inputs="a hash"), replace(begun, inputs="a hash")
    write_manifest(tmp_path, [replace(begun, sha1="of an older file")])
    note_file(tmp_path, made)
    (tmp_path / made.path).parent.mkdir()
    (tmp_path / made.path).write_bytes(data)
    note_file(tmp_path, begun)
    with (tmp_path / JOURNAL).open("a") as journal:
        journal.write('{"path": "es/adult')
    assert read_manifest(tmp_path) == {made.path: made, begun.path: replace(begun, inputs="")}
    write_manifest(tmp_path, [made])
    assert read_manifest(tmp_path) == {made.path: made}


def test_a_build_removes_no_file_that_only_a_lying_manifest_names(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    _, entry = make_copy(project, SPANISH)
    mine = output / "es" / "notes.pdf"
    mine.parent.mkdir(parents=True)
    for path in (mine, tmp_path / "victim.pdf"):
        path.write_bytes(b"of somebody else")
    lies = [asdict(entry) | {"path": path} for path in ("es/notes.pdf", "../victim.pdf", str(tmp_path / "victim.pdf"))]
    for files in (lies[:1], lies[1:2], lies[2:]):
        (output / MANIFEST).write_text(json.dumps({"files": files}))
        build_leaflets(project, (), (Job("en", "adult", "web", "screen"),), output)
        assert mine.read_bytes() == (tmp_path / "victim.pdf").read_bytes() == b"of somebody else"
