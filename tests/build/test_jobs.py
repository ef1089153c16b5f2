"""Which files are planned, and names that do not exist."""

from pathlib import Path

import pytest

from leaflets.build.account import Selection
from leaflets.build.jobs import check_names, check_selection, list_jobs
from leaflets.content.project import Project
from leaflets.edition import Print
from leaflets.problems import LeafletsError
from tests.support.projects import SPANISH, write_project
from tests.support.small import WITH_SHEET


def test_a_plan_has_every_leaflet_in_every_language_on_every_paper(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert [str(job) for job in list_jobs(project, (), (), ("standard",), ())] == [
        "adult en leaflet standard a4",
        "adult en leaflet standard letter",
        "adult es leaflet standard a4",
        "adult es leaflet standard letter",
    ]
    assert list_jobs(project, ("adult",), ("es",), ("standard",), ("a4",)) == (SPANISH,)


def test_a_sheet_is_planned_in_the_editions_that_print_one_of_a_leaflet_that_has_one(project: Project, tmp_path: Path) -> None:
    planned = list_jobs(project, ("adult",), ("es",), (), ("a4",), (Print.SHEET,))
    assert {job.edition for job in planned} == {"standard", "large-print", "bilingual"}
    every = {job.print for job in list_jobs(project, ("adult",), ("es",), ("standard",), ("a4",))}
    assert every == {"sheet", "leaflet", *project.leaflets["adult"].inserts}
    assert [job.print for job in list_jobs(project, ("adult",), ("es",), ("standard",), ("a4",), first=True)] == [Print.SHEET]
    assert list_jobs(write_project(tmp_path), (), (), (), (), (Print.SHEET,)) == ()


def test_the_name_of_a_file_says_what_is_printed_and_how(project: Project) -> None:
    jobs = list_jobs(project, ("adult",), ("es",), (), ("a4",))
    paths = [job.path(draft=False) for job in jobs]
    assert len(set(paths)) == len(paths)
    assert {"es/adult-sheet-a4.pdf", "es/adult-leaflet-a4.pdf", "es/adult-sheet-large-print-a4.pdf", "es/adult.html"} < {*paths}
    assert {"es/adult-diary-a4.pdf", "es/adult-words-large-print-a4.pdf"} < {*paths}


def test_what_no_edition_prints_is_refused(project: Project, tmp_path: Path) -> None:
    check_selection(project, Selection(prints=("sheet",)))
    for found, selection, said in (
        (project, Selection(prints=("sheet",), editions=("booklet",)), "there is no sheet of booklet"),
        (project, Selection(prints=("diary",), editions=("booklet",)), "there is no diary of booklet"),
        (project, Selection(prints=("dairy",)), 'there is no print "dairy"; did you mean "diary"'),
        (
            project,
            Selection(locales=("en,es",)),
            '"en,es" is more than one language. Write each by itself: --locale en --locale es',
        ),
        (project, Selection(editions=("standard large-print",)), "--edition standard --edition large-print"),
        (write_project(tmp_path), Selection(prints=("sheet",), leaflets=("adult",)), "there is no sheet of adult"),
        (write_project(tmp_path), Selection(editions=("bilingual",)), "there is no sheet, leaflet or insert of bilingual"),
    ):
        with pytest.raises(LeafletsError, match=said):
            check_selection(found, selection)


def test_every_edition_is_planned_and_two_languages_only_where_there_are_two(tmp_path: Path) -> None:
    project = write_project(tmp_path, WITH_SHEET)
    planned = list_jobs(project, (), (), (), ("a4",))
    assert {job.edition for job in planned if job.locale == "es"} == set(project.editions)
    assert {job.edition for job in planned if job.locale == "en"} == set(project.editions) - {"bilingual"}


def test_a_mistyped_name_is_told_what_was_meant(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    with pytest.raises(LeafletsError, match='did you mean "zh-Hans"') as caught:
        check_names(project, "language", ["zh-Hanz", "es"], ["es", "zh-Hans"])
    assert [problem.id for problem in caught.value.problems] == ["nothing-selected"]
