"""Editions are read from their files."""

from pathlib import Path

import pytest

from leaflets.content.editions import parse_edition
from leaflets.content.project import load_project
from leaflets.edition import Edition, EditionLanguages
from leaflets.problems import LeafletsError
from tests.support.projects import QUESTIONS, find_ids, write_project

FILE = b'order = 1\ntitle = "Test"\npurpose = "for a test"\ntemplate = "leaflet.html"\nstyles = ["leaflet.css"]\n'


def read(data: bytes) -> Edition:
    return parse_edition(data, "test.toml")


def test_an_edition_is_read_from_its_file() -> None:
    assert read(FILE + b'languages = "both"\nbody = 18\n') == Edition(
        "test", "Test", "for a test", "leaflet.html", ("leaflet.css",), 1, languages=EditionLanguages.BOTH, body=18.0
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (FILE + b"bodi = 18\n", 'unknown key "bodi"'),
        (FILE + b'body = "large"\n', '"body"'),
        (FILE + b'languages = "mine"\n', '"languages"'),
        (b'title = "Test"\n', '"order"'),
        (b"title = \n", "this is not TOML"),
        (b"\xff\xfe", "this is not TOML"),
    ],
)
def test_an_edition_that_is_not_understood_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(LeafletsError) as caught:
        read(data)
    assert {problem.id for problem in caught.value.problems} == {"bad-edition"}
    assert said in str(caught.value.problems[0])


def test_a_broken_edition_is_a_problem_of_the_project(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "templates" / "editions" / "pocket.toml").write_text("size = 3\n")
    assert {problem.id for problem in load_project(tmp_path).problems} == {"bad-edition"}


def test_a_question_that_points_at_nothing_is_found(tmp_path: Path) -> None:
    assert find_ids(write_project(tmp_path / "good", QUESTIONS)) == set()
    broken = QUESTIONS["content/topics/en/asking.yaml"].replace("signs.lumps", "signs.bumps")
    assert find_ids(write_project(tmp_path / "bad", QUESTIONS | {"content/topics/en/asking.yaml": broken})) == {"unknown-answer"}
