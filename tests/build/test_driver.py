"""Planning, the pool, and what lies in output/ afterwards."""

import errno
import hashlib
import os
import posixpath
import re
import shutil
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from leaflets.build import plan, pool
from leaflets.build.jobs import Job, hash_inputs, plan_jobs, select_names
from leaflets.build.leaflet import find_budget, make_leaflet
from leaflets.build.manifest import read_manifest
from leaflets.build.pool import Result, run_job
from leaflets.build.site import write
from leaflets.content.project import Project, load_project
from leaflets.document.expected import MISSING_GLYPH
from leaflets.files import write_file
from leaflets.languages.fonts import read_fonts
from leaflets.model import Clinic
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import read_pdf_facts
from leaflets.problems import LeafletsError, Place, SetupError
from tests.conftest import Run
from tests.support.projects import ROOT, SMALL_PROJECT, build_leaflets, find_all, remove_record, sign_all, write_project

ENGLISH = Job("en", "adult", "standard", "a4")
SPANISH = Job("es", "adult", "standard", "a4")


def build_small(project: Project, output: Path, *jobs: Job) -> dict[Job, Result]:
    results = build_leaflets(project, tuple(find_all(project)), jobs or (ENGLISH, SPANISH), output, None, 1, lambda result: None)
    return {result.job: result for result in results}


def test_a_plan_has_every_leaflet_in_every_language_on_every_paper(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert [str(job) for job in plan_jobs(project, (), (), ("standard",), ())] == [
        "adult en standard a4",
        "adult en standard letter",
        "adult es standard a4",
        "adult es standard letter",
    ]
    assert plan_jobs(project, ("adult",), ("es",), ("standard",), ("a4",)) == (SPANISH,)


def test_every_edition_is_planned_and_two_languages_only_where_there_are_two(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    planned = plan_jobs(project, (), (), (), ("a4",))
    assert {job.edition for job in planned if job.locale == "es"} == set(project.editions)
    assert {job.edition for job in planned if job.locale == "en"} == set(project.editions) - {"bilingual"}


def test_a_mistyped_language_is_told_what_was_meant() -> None:
    with pytest.raises(LeafletsError, match='did you mean "zh-Hans"') as caught:
        select_names("language", ["zh-Hanz", "es"], ["es", "zh-Hans"])
    assert [problem.id for problem in caught.value.problems] == ["nothing-selected"]


@pytest.mark.slow
def test_a_good_project_builds_in_both_languages(tmp_path: Path) -> None:
    results = build_small(write_project(tmp_path / "project"), tmp_path / "out")
    assert {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()} == {
        *("en/adult-a4-DRAFT.pdf", "es/adult-a4-DRAFT.pdf", "manifest.json", "index.html", "catalog.json"),
        *("v/adult-en-0.1.0.html", "v/adult-es-0.1.0.html"),
        *("fhir-r4.json", "fhir-r5.json", "card-a4.pdf", "card-letter.pdf"),
        *(f"thumbnails/{result.entry.sha256[:16]}.png" for result in results.values() if result.entry),
    }
    assert all(result.entry and result.problems == () for result in results.values())


@pytest.mark.slow
def test_an_error_in_one_language_stops_only_that_language(tmp_path: Path) -> None:
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("38,5", "39,5")
    results = build_small(write_project(tmp_path / "project", {"content/topics/es/signs.yaml": spanish}), tmp_path / "out")
    assert results[ENGLISH].entry
    assert [problem.id for problem in results[SPANISH].problems] == ["number-mismatch"]
    assert "<li>Lumps, Spanish: Standard</li>" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert not (tmp_path / "out" / "es").exists()


def list_links(output: Path, page: str) -> set[str]:
    """The files that a page leads to, below the output folder."""
    found = re.findall(r'<a href="([^"#:]+)"', (output / page).read_text(encoding="utf-8"))
    return {posixpath.normpath(posixpath.join(posixpath.dirname(page), link)) for link in found}


@pytest.mark.slow
def test_a_web_page_links_to_what_was_built_and_to_nothing_else(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    english, spanish = Job("en", "adult", "web", "screen"), Job("es", "adult", "web", "screen")
    build_small(project, output, english)
    assert list_links(output, "en/adult.html") == set()
    assert not re.search('<nav class="(languages|prints)"', (output / "en/adult.html").read_text(encoding="utf-8"))
    build_small(project, output, ENGLISH, spanish)
    assert list_links(output, "en/adult.html") == {"es/adult.html", "en/adult-a4-DRAFT.pdf"}
    assert list_links(output, "es/adult.html") == {"en/adult.html"}
    again = build_small(project, output, english, spanish, ENGLISH)
    assert all(result.kept for result in again.values())
    for path, entry in read_manifest(output / "manifest.json").items():
        assert entry.sha256 == hashlib.sha256((output / path).read_bytes()).hexdigest()
    (output / ENGLISH.path(draft=True)).unlink()
    build_small(project, output, english)
    assert list_links(output, "en/adult.html") == {"es/adult.html"}
    (output / "en/adult.html").write_text("changed by another hand", encoding="utf-8")
    build_small(project, output, spanish)
    assert not build_small(project, output, english)[english].kept


@pytest.mark.slow
def test_what_paper_leads_to_is_there_even_without_a_web_page(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, SPANISH)
    assert list_links(output, "v/adult-es-0.1.0.html") == {"es/adult-a4-DRAFT.pdf"}
    build_small(project, output, Job("es", "adult", "web", "screen"))
    assert list_links(output, "v/adult-es-0.1.0.html") == {"es/adult.html"}


@pytest.mark.slow
def test_a_card_with_an_error_hides_no_leaflet_that_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = MISSING_GLYPH.at(Place("card-a4.pdf"), "1 glyphs are drawn as empty boxes", "Pin a font that has them.")
    monkeypatch.setattr(write, "make_card", lambda *arguments: (b"", (broken,)))
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("38,5", "39,5")
    project = write_project(tmp_path / "project", {"content/topics/es/signs.yaml": spanish})
    with pytest.raises(LeafletsError) as caught:
        build_small(project, tmp_path / "out")
    assert {problem.id for problem in caught.value.problems} == {"number-mismatch", "missing-glyph"}
    assert (tmp_path / "out" / ENGLISH.path(draft=True)).is_file()
    assert (tmp_path / "out" / "index.html").is_file()
    assert not list((tmp_path / "out").glob("card-*.pdf"))


@pytest.mark.slow
def test_a_file_that_became_stale_is_removed(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)
    changed = SMALL_PROJECT["content/topics/en/signs.yaml"].replace("hard lumps", "hard, sore lumps")
    (project.root / "content/topics/en/signs.yaml").write_text(changed)
    results = build_small(load_project(project.root), output)
    assert [problem.id for problem in results[SPANISH].problems] == ["stale-unit"]
    assert [path.as_posix() for path in output.glob("*/*.pdf")] == [(output / "en/adult-a4-DRAFT.pdf").as_posix()]
    assert list(read_manifest(output / "manifest.json")) == ["en/adult-a4-DRAFT.pdf"]


@pytest.mark.slow
def test_a_file_that_is_still_current_survives_a_failure_of_the_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)

    def fail(*arguments: object) -> None:
        raise MemoryError("no memory")

    monkeypatch.setattr(pool, "make_leaflet", fail)
    monkeypatch.setattr(plan, "find_kept", lambda *arguments: ())
    results = build_small(project, output)
    assert {problem.id for result in results.values() for problem in result.problems} == {"renderer-fault"}
    assert len(list(output.glob("*/*.pdf"))) == 2


@pytest.mark.slow
def test_what_was_made_from_the_same_is_kept_and_made_again_if_it_was_touched(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)
    (output / "es/adult-a4-DRAFT.pdf").write_bytes(b"touched")
    results = build_small(load_project(project.root), output)
    assert (results[ENGLISH].kept, results[SPANISH].kept) == (True, False)
    assert (output / "es/adult-a4-DRAFT.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_a_changed_template_makes_every_leaflet_again(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)
    style = project.root / "templates" / "styles" / "leaflet.css"
    style.write_text(style.read_text(encoding="utf-8") + "p { letter-spacing: 0.1pt }", encoding="utf-8")
    results = build_small(load_project(project.root), output)
    assert [result.kept for result in results.values()] == [False, False]


@pytest.mark.slow
def test_a_folder_with_the_leaflets_of_another_clinic_is_left_alone(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    clinic = Clinic("A Test's Clinic", "020 7946 0000", "112")
    build_leaflets(project, (), (ENGLISH,), output, clinic, 1, lambda result: None)
    before = (output / "en/adult-a4-DRAFT.pdf").read_bytes()
    for other in (None, Clinic("Another Test's Clinic", "020 7946 0001", "112")):
        with pytest.raises(SetupError, match='holds the leaflets of "A Test\'s Clinic"'):
            build_leaflets(project, (), (ENGLISH,), output, other, 1, lambda result: None)
    assert (output / "en/adult-a4-DRAFT.pdf").read_bytes() == before


@pytest.mark.slow
def test_a_clinic_takes_over_a_folder_without_one_and_leaves_nothing_without_its_name(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)
    build_leaflets(project, (), (ENGLISH,), output, Clinic("A Test's Clinic", "020 7946 0000", "112"), 1, lambda result: None)
    assert [path.as_posix() for path in output.glob("*/*.pdf")] == [(output / "en/adult-a4-DRAFT.pdf").as_posix()]


@pytest.mark.slow
def test_a_later_build_of_one_language_keeps_the_others_in_the_manifest(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, ENGLISH)
    build_small(project, output, SPANISH)
    assert list(read_manifest(output / "manifest.json")) == ["en/adult-a4-DRAFT.pdf", "es/adult-a4-DRAFT.pdf"]


def test_a_manifest_that_cannot_be_read_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"files": [{"path": "x"}]}')
    assert read_manifest(tmp_path / "manifest.json") == {}


def sign_everything(project: Project) -> Project:
    """Let a test's own people sign every language."""
    for locale in project.languages:
        sign_all(project.root, locale)
    return load_project(project.root)


@pytest.mark.slow
def test_only_a_sign_off_of_every_unit_takes_the_draft_notice_away(tmp_path: Path) -> None:
    project = sign_everything(write_project(tmp_path / "project"))
    results = build_small(project, tmp_path / "out")
    assert [str(result.entry.path) for result in results.values() if result.entry] == ["en/adult-a4.pdf", "es/adult-a4.pdf"]
    facts = read_pdf_facts((tmp_path / "out/es/adult-a4.pdf").read_bytes())
    assert not any("DRAFT" in text or "BORRADOR" in text for text in (*facts.texts, *facts.margins))


@pytest.mark.slow
def test_a_translation_that_is_signed_off_is_a_draft_as_long_as_its_english_is_one(tmp_path: Path, engine: Engine) -> None:
    project = sign_everything(write_project(tmp_path / "project"))
    remove_record(project.root, "en")
    project = load_project(project.root)
    for edition, status in (("standard", "revised"), ("bilingual", "machine-draft"), ("clinician", "machine-draft")):
        made, problems = make_leaflet(project, Job("es", "adult", edition, "a4"), engine, None)
        assert problems == ()
        assert made[0].entry.draft, edition
        assert made[0].entry.status == status
        texts = read_pdf_facts(made[0].data).texts
        assert "DRAFT. Not yet checked by a clinician. Do not give to patients." in texts
        assert not any("comprobado por" in text.casefold() for text in texts), edition


@pytest.mark.slow
def test_what_was_not_asked_for_goes_too_when_its_words_have_changed(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, ENGLISH, SPANISH, Job("es", "adult", "economy", "a4"))
    spanish = project.root / "content/topics/es/signs.yaml"
    spanish.write_text(SMALL_PROJECT["content/topics/es/signs.yaml"].replace("bultos duros", "bultos muy duros"))
    build_small(load_project(project.root), output, SPANISH)
    assert list(read_manifest(output / "manifest.json")) == ["en/adult-a4-DRAFT.pdf", "es/adult-a4-DRAFT.pdf"]
    assert not (output / "es/adult-economy-a4-DRAFT.pdf").exists()


@pytest.mark.slow
def test_a_withdrawn_language_leaves_nothing_that_can_be_handed_out(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)
    for folder in ("content/topics/es", "translations/es"):
        shutil.rmtree(project.root / folder)
    build_small(load_project(project.root), output, ENGLISH)
    assert list(output.glob("es/*")) == []
    assert [path.name for path in output.glob("v/*")] == ["adult-en-0.1.0.html"]
    assert "es/adult" not in (output / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_file_that_a_build_cut_off_left_on_no_record_goes(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    (output / "es").mkdir(parents=True)
    for name in ("adult-large-print-a4-DRAFT.pdf", "adult-a4.pdf", "notes of my own.pdf"):
        (output / "es" / name).write_bytes(b"of another clinic")
    build_small(project, output, ENGLISH)
    assert [path.name for path in output.glob("es/*")] == ["notes of my own.pdf"]


def test_an_interrupted_build_records_what_it_made(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"

    def stop(result: Result) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_leaflets(project, (), (ENGLISH, SPANISH), output, None, 1, stop)
    assert list(read_manifest(output / "manifest.json")) == ["en/adult-a4-DRAFT.pdf"]


@pytest.mark.slow
def test_a_changed_word_brings_the_draft_notice_back_and_removes_the_clean_file(tmp_path: Path) -> None:
    project, output = sign_everything(write_project(tmp_path / "project")), tmp_path / "out"
    build_small(project, output)
    changed = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("bultos duros", "bultos muy duros")
    (project.root / "content/topics/es/signs.yaml").write_text(changed)
    results = build_small(load_project(project.root), output)
    entry = results[SPANISH].entry
    assert entry
    assert entry.path == "es/adult-a4-DRAFT.pdf"
    assert not (output / "es/adult-a4.pdf").exists()
    assert (output / "en/adult-a4.pdf").exists()


def test_the_clinic_s_numbers_stand_in_the_text_and_in_the_inputs(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path)
    clinic = Clinic("A Test's Clinic", "020 7946 0000", "112")
    [made], problems = make_leaflet(project, SPANISH, engine, clinic)
    facts = read_pdf_facts(made.data)
    assert problems == ()
    assert "Llame al 112 ahora" in facts.texts
    assert "020 7946 0000" in facts.texts
    [plain], _ = make_leaflet(project, SPANISH, engine, None)
    assert "Llame al número de emergencias ahora" in read_pdf_facts(plain.data).texts
    assert hash_inputs(project, SPANISH, clinic) != hash_inputs(project, SPANISH, None)


def test_text_that_looks_like_markup_or_a_template_is_printed_as_it_stands(tmp_path: Path, engine: Engine) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"].replace(
        "You may feel hard lumps.", "'<b>You</b> & <img src=\"file:///etc/passwd\"> may #feel &amp; lumps.'"
    )
    project = write_project(tmp_path, {"content/topics/en/signs.yaml": english})
    [made], problems = make_leaflet(project, ENGLISH, engine, Clinic("<script>x</script>{7*7}", "112", "112"))
    texts = read_pdf_facts(made.data).texts
    assert problems == ()
    assert '<b>You</b> & <img src="file:///etc/passwd"> may #feel &amp; lumps.' in texts
    assert "<script>x</script>{7*7}" in texts


def test_a_page_budget_bounds_words_and_not_the_width_of_letters() -> None:
    project, fonts = load_project(ROOT), read_fonts(ROOT / "templates")
    job = Job("ka", "adult", "standard", "a4")
    assert find_budget(project, job, fonts, "es") == project.leaflets["adult"].pages
    assert find_budget(project, job, fonts, "ka") == 1.25 * project.leaflets["adult"].pages
    assert find_budget(project, replace(job, paper="letter"), fonts, "ka") == 0


@pytest.mark.slow
def test_a_leaflet_over_its_page_budget_is_not_written(tmp_path: Path) -> None:
    leaflet = SMALL_PROJECT["content/leaflets/adult.yaml"].replace("pages: 2", "pages: 1")
    terms = "\n".join(f"      lump-{number}: You may feel a hard lump under the skin of a hand." for number in range(90))
    english = SMALL_PROJECT["content/topics/en/signs.yaml"] + f"  words:\n    references: [Book]\n    terms:\n{terms}\n"
    names = "lump:\n  term: lump\n" + "\n".join(f"lump-{number}:\n  term: lump" for number in range(90)) + "\n"
    project = write_project(
        tmp_path / "project",
        {
            "content/leaflets/adult.yaml": leaflet,
            "content/topics/en/signs.yaml": english,
            "content/terms/en.yaml": names,
        },
    )
    results = build_small(project, tmp_path / "out", ENGLISH, Job("en", "adult", "standard", "letter"))
    assert [problem.id for problem in results[ENGLISH].problems] == ["page-budget"]
    assert results[Job("en", "adult", "standard", "letter")].entry


def test_whatever_the_renderer_raises_becomes_a_problem_of_one_leaflet(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path / "project")
    broken = tmp_path / "project" / "templates"
    (broken / "leaflet.html").write_text("{{ document.no_such_field }}")
    result = run_job(project, ENGLISH, engine, None, tmp_path / "out")
    assert [problem.id for problem in result.problems] == ["renderer-fault"]
    assert "no_such_field" in result.problems[0].message
    assert not (tmp_path / "out").exists()


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(tmp_path / "leaflet.pdf", b"old")

    def refuse(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(SetupError, match=r"leaflet\.pdf: No space left on device \(3 bytes needed\)"):
        write_file(tmp_path / "leaflet.pdf", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["leaflet.pdf"]
    assert (tmp_path / "leaflet.pdf").read_bytes() == b"old"


def test_an_interrupted_write_leaves_no_part_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*names: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "leaflet.pdf", b"new")
    assert list(tmp_path.iterdir()) == []


class DyingPool:
    """A pool whose process dies over one job, and takes its neighbours with it."""

    def __init__(self, alone: bool) -> None:
        self.alone = alone

    def submit(self, function: Any, job: Job, links: tuple[str, ...]) -> "Future[Result]":
        future: Future[Result] = Future()
        if self.alone and job == ENGLISH:
            future.set_result(Result(job, (), ()))
        else:
            future.set_exception(BrokenProcessPool("died"))
        return future


def test_a_worker_that_dies_takes_only_its_own_leaflet_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def open_dying_pool(project: Project, clinic: object, output: Path, processes: int) -> Any:
        yield DyingPool(alone=processes == 1)

    monkeypatch.setattr(pool, "open_pool", open_dying_pool)
    project = write_project(tmp_path)
    with pool.open_crew(project, None, tmp_path / "out", 2) as run:
        results = {each.job: each for each in run({ENGLISH: (), SPANISH: ()})}
    assert results[ENGLISH].problems == ()
    assert [problem.id for problem in results[SPANISH].problems] == ["worker-died"]


def test_a_worker_process_keeps_a_warm_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signal.signal", lambda *arguments: None)
    pool.start_worker(write_project(tmp_path / "project"), None, tmp_path / "out")
    assert pool.work(ENGLISH).entry
    assert pool.work(SPANISH).entry


@pytest.mark.slow
def test_whoever_builds_one_edition_is_told_which_others_are_taken_away(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    words = ("--project", root, "build", "--locale", "en", "--paper", "a4", "--jobs", 1, "--output", tmp_path / "out")
    assert "taken away" not in run(*words, "--edition", "economy").stderr
    path = root / "content/topics/en/signs.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("hard lumps", "firm lumps"), encoding="utf-8")
    said = run(*words, "--edition", "standard").stderr
    assert "taken away, since they are out of date: en/adult-economy-a4-DRAFT.pdf\n" in said
    assert not (tmp_path / "out/en/adult-economy-a4-DRAFT.pdf").exists()
