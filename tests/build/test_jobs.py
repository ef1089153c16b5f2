"""Which files are planned, and names that do not exist."""

from pathlib import Path

import pytest

from leaflets.build.jobs import check_names, list_jobs
from leaflets.problems import LeafletsError
from tests.support.projects import SPANISH, write_project


def test_a_plan_has_every_leaflet_in_every_language_on_every_paper(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert [str(job) for job in list_jobs(project, (), (), ("standard",), ())] == [
        "adult en standard a4",
        "adult en standard letter",
        "adult es standard a4",
        "adult es standard letter",
    ]
    assert list_jobs(project, ("adult",), ("es",), ("standard",), ("a4",)) == (SPANISH,)


def test_every_edition_is_planned_and_two_languages_only_where_there_are_two(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    planned = list_jobs(project, (), (), (), ("a4",))
    assert {job.edition for job in planned if job.locale == "es"} == set(project.editions)
    assert {job.edition for job in planned if job.locale == "en"} == set(project.editions) - {"bilingual"}


def test_a_mistyped_name_is_told_what_was_meant(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    with pytest.raises(LeafletsError, match='did you mean "zh-Hans"') as caught:
        check_names(project, "language", ["zh-Hanz", "es"], ["es", "zh-Hans"])
    assert [problem.id for problem in caught.value.problems] == ["nothing-selected"]
