"""What is known before anything is made."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leaflets.build import plan
from leaflets.build.account import Selection
from leaflets.build.driver import run_plan
from leaflets.build.jobs import Job, choose_prints, hash_inputs
from leaflets.build.plan import group_jobs, list_first, plan_build, plan_work
from leaflets.content.project import Project
from leaflets.problems import SetupError
from leaflets.profile import Clinic
from tests.support.projects import ENGLISH, SPANISH, build_leaflets, build_small, find_all, refuse_nothing, write_project


def test_a_folder_with_the_leaflets_of_another_clinic_is_left_alone(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    clinic = Clinic("A Test's Clinic", "020 7946 0000", "112")
    build_leaflets(project, (), (ENGLISH,), output, clinic, 0, lambda result: None)
    before = (output / "en/adult-leaflet-a4-DRAFT.pdf").read_bytes()
    for other in (None, Clinic("Another Test's Clinic", "020 7946 0001", "112")):
        with pytest.raises(SetupError, match='holds the leaflets of "A Test\'s Clinic"'):
            build_leaflets(project, (), (ENGLISH,), output, other, 0, lambda result: None)
    assert (output / "en/adult-leaflet-a4-DRAFT.pdf").read_bytes() == before


def test_a_clinic_takes_over_a_folder_without_one_and_leaves_nothing_without_its_name(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)
    build_leaflets(project, (), (ENGLISH,), output, Clinic("A Test's Clinic", "020 7946 0000", "112"), 0, lambda result: None)
    assert [path.as_posix() for path in output.glob("*/*.pdf")] == [(output / "en/adult-leaflet-a4-DRAFT.pdf").as_posix()]


def test_a_damaged_file_goes_from_the_folder_though_it_was_not_asked_for(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, ENGLISH, SPANISH)
    damaged = output / "es/adult-leaflet-a4-DRAFT.pdf"
    damaged.write_bytes(damaged.read_bytes()[:-900])
    outcome = run_plan(plan_work(project, (), (ENGLISH,), output, None, refuse_nothing, DAY), 1, lambda result: None)
    assert (outcome.gone, damaged.exists()) == (("es/adult-leaflet-a4-DRAFT.pdf",), False)
    assert "es/adult" not in (output / "index.html").read_text()


DAY = date(2026, 11, 21)
WEB = (Job("en", "adult", "web", "screen"), Job("es", "adult", "web", "screen"))
EVERYTHING = (ENGLISH, *WEB, Job("es", "adult", "booklet", "a4"))


def test_a_build_reads_the_manifest_once_each_file_once_and_hashes_what_a_job_is_made_from_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, *EVERYTHING)
    (output / "es/adult-leaflet-booklet-a4-DRAFT.pdf").write_bytes(b"by another hand")
    hashed: Counter[Job] = Counter()
    read: Counter[str] = Counter()
    read_bytes, read_text = Path.read_bytes, Path.read_text

    def count_hash(project: Project, job: Job, *more: Any) -> str:
        hashed[job] += 1
        return hash_inputs(project, job, *more)

    def count_bytes(path: Path) -> bytes:
        read[path.as_posix().removeprefix(f"{output}/")] += 1
        return read_bytes(path)

    def count_text(path: Path, encoding: str) -> str:
        read[path.as_posix().removeprefix(f"{output}/")] += 1
        return read_text(path, encoding)

    monkeypatch.setattr(plan, "hash_inputs", count_hash)
    known = plan_work(project, (), EVERYTHING, output, None, refuse_nothing, DAY)
    assert [job for job in EVERYTHING if job not in known.whole] == [Job("es", "adult", "booklet", "a4")]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", count_bytes)
        patch.setattr(Path, "read_text", count_text)
        kept = run_plan(plan_work(project, (), EVERYTHING[:3], output, None, refuse_nothing, DAY), 0, lambda result: None)
    assert all(result.kept for result in kept.results)
    assert hashed == dict.fromkeys(EVERYTHING, 2)  # in each of two plans
    built = {"manifest.json", *(entry.path for result in kept.results for entry in result.entries)}
    written = {"manifest.json": 2}  # whoever writes a file looks whether it is the same already
    assert {path: read[path] for path in built} == dict.fromkeys(built, 1) | written
    others = {path for path in known.known if path not in built}
    assert {path: read[path] for path in others} == dict.fromkeys(others, 1)  # a damaged one goes, asked for or not


def test_without_names_a_build_makes_the_first_print_of_the_first_edition(project: Project, tmp_path: Path) -> None:
    def plan(**selected: Any) -> set[tuple[str, str]]:
        found = plan_build(project, Selection(locales=("es",), output=tmp_path, **selected), DAY)
        return {(job.print, job.edition) for job in found.jobs}

    assert plan() == {("sheet", "standard")}
    assert plan(editions=("large-print", "booklet")) == {("sheet", "large-print"), ("leaflet", "booklet")}
    assert plan(prints=("sheet", "leaflet")) == {("sheet", "standard"), ("leaflet", "standard")}
    every = {
        (what, name)
        for name in project.editions
        for leaflet in project.leaflets
        for what in choose_prints(project, leaflet, name, "es")
    }
    assert plan(every=True) == every > {("diary", "standard"), ("words", "large-print")}
    assert plan(every=True, prints=("sheet",)) == {("sheet", name) for name in ("standard", "large-print", "bilingual")}


def test_whoever_looks_on_gets_what_is_there_first_then_pages_and_then_groups(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, SPANISH)
    watched = plan_build(project, Selection(output=output), DAY, watched=True)
    assert watched.groups == ((SPANISH,), WEB, (ENGLISH,))
    assert set(plan_build(project, Selection(output=output, every=True), DAY).groups[0]) > {*watched.jobs}


def test_what_is_current_comes_first_then_pages_for_a_screen(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert find_all(project) == []
    assert list_first(project.editions.values(), watched=True)[0] == "standard"
    assert "booklet" not in list_first(project.editions.values(), watched=True)
    jobs = [Job(locale, "adult", "standard", "a4") for locale in ("en", "es", "fr", "hi")]
    groups = list(group_jobs(jobs, {job for job in jobs if job.locale == "fr"}, 2))
    assert [[job.locale for job in group] for group in groups] == [["fr"], [], ["en", "es"], ["hi"]]
