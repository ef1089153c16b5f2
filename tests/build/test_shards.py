"""A build in parts."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.build.driver import run_plan
from leaflets.build.jobs import Job, list_jobs
from leaflets.build.manifest import MANIFEST
from leaflets.build.plan import plan_work
from leaflets.build.shards import choose_shard, estimate_cost, take_files
from leaflets.content.project import Project
from leaflets.edition import Print
from leaflets.files import write_file
from leaflets.problems import LeafletsError
from tests.build.test_driver import JOBS, read_folder
from tests.build.test_plan import DAY
from tests.support.projects import ENGLISH, SPANISH, build_leaflets, refuse_nothing, write_project


def test_each_job_is_in_one_part_the_same_on_every_machine_and_parts_cost_alike(project: Project) -> None:
    jobs = list_jobs(project, (), (), (), ())
    for shards in (1, 2, 3, 4, 7):
        parts = [choose_shard(project, jobs, number, shards) for number in range(1, shards + 1)]
        shuffled = random.Random(shards).sample(jobs, len(jobs))
        assert parts == [choose_shard(project, shuffled, number, shards) for number in range(1, shards + 1)]
        assert sorted(job for part in parts for job in part) == sorted(jobs)
        costs = [sum(estimate_cost(project, job) for job in part) for part in parts]
        assert max(costs) <= 1.05 * min(costs)


def test_more_parts_than_jobs_leave_some_without_any(project: Project) -> None:
    parts = [choose_shard(project, (ENGLISH, SPANISH), number, 5) for number in range(1, 6)]
    assert sorted(len(part) for part in parts) == [0, 0, 0, 1, 1]


def test_a_sheet_costs_less_than_its_leaflet_and_two_languages_more_than_one(project: Project) -> None:
    one = estimate_cost(project, SPANISH)
    assert estimate_cost(project, replace(SPANISH, print=Print.SHEET)) < one
    assert estimate_cost(project, replace(SPANISH, edition="bilingual")) > one


@pytest.mark.slow
def test_parts_that_are_joined_are_the_bytes_of_one_build_whatever_the_order_and_the_number_of_processes(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    build_leaflets(project, (), JOBS, tmp_path / "whole")
    build_leaflets(project, (), tuple(reversed(JOBS)), tmp_path / "two", processes=2)
    whole = read_folder(tmp_path / "whole")
    assert read_folder(tmp_path / "two") == whole
    parts = [tmp_path / f"part-{number}" for number in (1, 2, 3)]
    for number, part in enumerate(parts, 1):
        build_leaflets(project, (), choose_shard(project, JOBS, number, 3), part)
    joined = tmp_path / "joined"
    take_files(reversed(parts), joined)
    outcome = run_plan(plan_work(project, (), JOBS, joined, None, refuse_nothing, DAY), 0, lambda result: None)
    assert outcome.good
    assert all(result.kept for result in outcome.results if result.job.paper != "screen")
    assert read_folder(joined) == whole


@pytest.mark.slow
def test_what_no_part_has_is_made_and_what_is_damaged_there_is_made_anew(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    build_leaflets(project, (), (ENGLISH, SPANISH), tmp_path / "part")
    path = tmp_path / "part" / ENGLISH.path(draft=True)
    right = path.read_bytes()
    path.write_bytes(right[:-1])
    take_files([tmp_path / "part"], tmp_path / "joined")
    booklet = Job("es", "adult", "booklet", "a4")
    results = {each.job: each for each in build_leaflets(project, (), (ENGLISH, SPANISH, booklet), tmp_path / "joined")}
    assert {job: result.kept for job, result in results.items()} == {ENGLISH: False, SPANISH: True, booklet: False}
    assert (tmp_path / "joined" / ENGLISH.path(draft=True)).read_bytes() == right


def test_a_part_whose_record_no_build_wrote_is_refused(tmp_path: Path) -> None:
    write_file(tmp_path / "part" / MANIFEST, b"[]")
    with pytest.raises(LeafletsError, match="this is no record of a build"):
        take_files([tmp_path / "part"], tmp_path / "joined")
