"""What lies in output/ after a build."""

import errno
import hashlib
import os
import posixpath
import random
import re
import shutil
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from leaflets.build import leaflet, maker, plan, pool
from leaflets.build.account import Selection
from leaflets.build.driver import run_plan
from leaflets.build.jobs import Job, Links, Task, hash_look
from leaflets.build.maker import Result
from leaflets.build.manifest import read_manifest
from leaflets.build.plan import plan_build, plan_work
from leaflets.build.receipt import RECEIPT
from leaflets.build.site import write
from leaflets.build.site.card import make_card
from leaflets.build.store import NO_STORE, KeepingEngine
from leaflets.content.project import Project, load_project
from leaflets.document.expected import MISSING_GLYPH
from leaflets.files import write_file
from leaflets.pdf.reader import read_pdf_facts
from leaflets.problems import LeafletsError, Place, SetupError
from tests.conftest import Run
from tests.support.projects import (
    ENGLISH,
    SMALL_PROJECT,
    SPANISH,
    build_leaflets,
    build_small,
    refuse_nothing,
    sign_everything,
    write_project,
)
from tests.support.small import WITH_SHEET


@pytest.mark.slow
def test_a_good_project_builds_in_both_languages(tmp_path: Path) -> None:
    results = build_small(write_project(tmp_path / "project"), tmp_path / "out")
    assert {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()} == {
        *("en/adult-leaflet-a4-DRAFT.pdf", "es/adult-leaflet-a4-DRAFT.pdf", "manifest.json", "index.html", "catalog.json"),
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
    assert "<li>Lumps, Spanish: Leaflet: Standard</li>" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
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
    assert list_links(output, "en/adult.html") == {"es/adult.html", "en/adult-leaflet-a4-DRAFT.pdf"}
    assert list_links(output, "es/adult.html") == {"en/adult.html"}
    again = build_small(project, output, english, spanish, ENGLISH)
    assert all(result.kept for result in again.values())
    for path, entry in read_manifest(output).items():
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
    assert list_links(output, "v/adult-es-0.1.0.html") == {"es/adult-leaflet-a4-DRAFT.pdf"}
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
    assert [path.as_posix() for path in output.glob("*/*.pdf")] == [(output / "en/adult-leaflet-a4-DRAFT.pdf").as_posix()]
    assert list(read_manifest(output)) == ["en/adult-leaflet-a4-DRAFT.pdf"]


@pytest.mark.slow
def test_a_file_that_is_still_current_survives_a_failure_of_the_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)

    def fail(*arguments: object) -> None:
        raise MemoryError("no memory")

    monkeypatch.setattr(maker, "make_leaflet", fail)
    monkeypatch.setattr(plan, "find_kept", lambda *arguments: ())
    results = build_small(project, output)
    assert {problem.id for result in results.values() for problem in result.problems} == {"renderer-fault"}
    assert len(list(output.glob("*/*.pdf"))) == 2


@pytest.mark.slow
def test_what_was_made_from_the_same_is_kept_and_made_again_if_it_was_touched(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)
    (output / "es/adult-leaflet-a4-DRAFT.pdf").write_bytes(b"touched")
    results = build_small(load_project(project.root), output)
    assert (results[ENGLISH].kept, results[SPANISH].kept) == (True, False)
    assert (output / "es/adult-leaflet-a4-DRAFT.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_a_file_that_was_touched_and_cannot_be_made_again_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)
    (output / "es/adult-leaflet-a4-DRAFT.pdf").write_bytes(b"touched")
    monkeypatch.setattr(maker, "make_leaflet", lambda *given: (_ for _ in ()).throw(MemoryError("no memory")))
    results = build_small(project, output)
    assert (results[ENGLISH].kept, results[SPANISH].entry) == (True, None)
    assert not (output / "es/adult-leaflet-a4-DRAFT.pdf").exists()
    assert list(read_manifest(output)) == ["en/adult-leaflet-a4-DRAFT.pdf"]


@pytest.mark.slow
def test_a_changed_template_makes_every_leaflet_again(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)
    style = project.root / "templates" / "styles" / "leaflet.css"
    style.write_text(style.read_text(encoding="utf-8") + "p { letter-spacing: 0.1pt }", encoding="utf-8")
    results = build_small(load_project(project.root), output)
    assert [result.kept for result in results.values()] == [False, False]


def test_a_later_build_of_one_language_keeps_the_others_in_the_manifest(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, ENGLISH)
    build_small(project, output, SPANISH)
    assert list(read_manifest(output)) == ["en/adult-leaflet-a4-DRAFT.pdf", "es/adult-leaflet-a4-DRAFT.pdf"]


def test_only_a_sign_off_of_every_unit_takes_the_draft_notice_away(tmp_path: Path) -> None:
    project = sign_everything(write_project(tmp_path / "project"))
    results = build_small(project, tmp_path / "out")
    assert [str(result.entry.path) for result in results.values() if result.entry] == [
        "en/adult-leaflet-a4.pdf",
        "es/adult-leaflet-a4.pdf",
    ]
    facts = read_pdf_facts((tmp_path / "out/es/adult-leaflet-a4.pdf").read_bytes())
    assert not any("DRAFT" in text or "BORRADOR" in text for text in (*facts.texts, *facts.margins))


def test_what_was_not_asked_for_goes_too_when_its_words_have_changed(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, ENGLISH, SPANISH, Job("es", "adult", "booklet", "a4"))
    spanish = project.root / "content/topics/es/signs.yaml"
    spanish.write_text(SMALL_PROJECT["content/topics/es/signs.yaml"].replace("bultos duros", "bultos muy duros"))
    build_small(load_project(project.root), output, SPANISH)
    assert list(read_manifest(output)) == ["en/adult-leaflet-a4-DRAFT.pdf", "es/adult-leaflet-a4-DRAFT.pdf"]
    assert not (output / "es/adult-leaflet-booklet-a4-DRAFT.pdf").exists()


@pytest.mark.slow
def test_a_withdrawn_language_leaves_nothing_that_can_be_handed_out(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output)
    for folder in ("content/topics/es", "translations/es"):
        shutil.rmtree(project.root / folder)
    build_small(load_project(project.root), output, ENGLISH)
    assert list(output.glob("es/*")) == []
    assert {path.name for path in output.glob("v/*")} == {"adult-en-0.1.0.html", "adult-es-0.1.0.html"}
    assert "This leaflet is no longer given out" in (output / "v/adult-es-0.1.0.html").read_text(encoding="utf-8")
    assert "es/adult" not in (output / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_file_that_a_build_cut_off_left_on_no_record_goes(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    (output / "es").mkdir(parents=True)
    for name in ("adult-leaflet-large-print-a4-DRAFT.pdf", "adult-leaflet-a4.pdf", "notes of my own.pdf"):
        (output / "es" / name).write_bytes(b"of another clinic")
    build_small(project, output, ENGLISH)
    assert [path.name for path in output.glob("es/*")] == ["notes of my own.pdf"]


@pytest.mark.slow
def test_an_interrupted_build_records_what_it_made(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"

    def stop(result: Result) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_leaflets(project, (), (ENGLISH, SPANISH), output, None, 0, stop)
    assert list(read_manifest(output)) == ["en/adult-leaflet-a4-DRAFT.pdf"]


@pytest.mark.slow
def test_a_changed_word_brings_the_draft_notice_back_and_removes_the_clean_file(tmp_path: Path) -> None:
    project, output = sign_everything(write_project(tmp_path / "project")), tmp_path / "out"
    build_small(project, output)
    changed = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("bultos duros", "bultos muy duros")
    (project.root / "content/topics/es/signs.yaml").write_text(changed)
    results = build_small(load_project(project.root), output)
    entry = results[SPANISH].entry
    assert entry
    assert entry.path == "es/adult-leaflet-a4-DRAFT.pdf"
    assert not (output / "es/adult-leaflet-a4.pdf").exists()
    assert (output / "en/adult-leaflet-a4.pdf").exists()


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
    letter = Job("en", "adult", "standard", "letter")
    found = build_leaflets(project, (), (ENGLISH, letter), tmp_path / "out")  # whatever its checks say of so many lumps
    results = {result.job: result for result in found}
    assert [problem.id for problem in results[ENGLISH].problems] == ["page-budget"]
    assert results[letter].entry


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


def test_whoever_builds_one_edition_is_told_which_others_are_taken_away(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    words = ("--project", root, "build", "--locale", "en", "--paper", "a4", "--jobs", 1, "--output", tmp_path / "out")
    assert "taken away" not in run(*words, "--edition", "booklet").stderr
    path = root / "content/topics/en/signs.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("hard lumps", "firm lumps"), encoding="utf-8")
    said = run(*words, "--edition", "standard").stderr
    gone = "en/adult-leaflet-booklet-a4-DRAFT.pdf, en/adult-leaflet-booklet-pages-a4-DRAFT.pdf"
    assert f"taken away, since they are out of date: {gone}\n" in said
    assert not (tmp_path / "out/en/adult-leaflet-booklet-a4-DRAFT.pdf").exists()


DAY = date(2026, 11, 21)
WEB = (Job("en", "adult", "web", "screen"), Job("es", "adult", "web", "screen"))
JOBS = (ENGLISH, SPANISH, *WEB, Job("es", "adult", "bilingual", "a4", "sheet"))


@pytest.fixture
def with_prints_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make what is printed of the small project once: what counts here is which files lie together."""
    make_printed = leaflet.make_printed
    prints: dict[Job, Any] = {}
    cards: dict[Any, Any] = {}

    def print_once(project: Project, job: Job, engine: KeepingEngine, *more: Any) -> Any:
        if job not in prints:
            prints[job] = make_printed(project, job, engine, *more), engine.page
        made, engine.page = prints[job]
        return made

    def make_card_once(project: Project, *more: Any) -> Any:
        key = more[:-1]
        return cards[key] if key in cards else cards.setdefault(key, make_card(project, *more))

    monkeypatch.setattr(leaflet, "make_printed", print_once)
    monkeypatch.setattr(write, "make_card", make_card_once)


def read_folder(output: Path) -> dict[str, bytes]:
    """Read all that a build left, but for what it wrote down for the next of the same command on the same machine."""
    paths = (path for path in output.rglob("*") if path.is_file() and path.name != RECEIPT)
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in paths}


def check_links(output: Path) -> None:
    """No page leads to a file that is not there, none shows an empty list, and the manifest says what lies there."""
    for path, entry in read_manifest(output).items():
        assert entry.sha256 == hashlib.sha256((output / path).read_bytes()).hexdigest()
        if path.endswith(".html"):
            assert list_links(output, path) == set(entry.links)
            assert all((output / link).is_file() for link in entry.links)
            lists = re.findall('<nav class="(?:languages|prints)".*?</nav>', (output / path).read_text(encoding="utf-8"), re.S)
            assert all("<li>" in each for each in lists)


@pytest.mark.slow
@pytest.mark.usefixtures("with_prints_kept")
def test_after_any_partial_builds_the_folder_is_as_after_one_whole_build(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project", WITH_SHEET)
    build_small(project, tmp_path / "whole", *JOBS)
    whole = read_folder(tmp_path / "whole")
    assert read_manifest(tmp_path / "whole")["es/adult.html"].links == (
        "en/adult.html",
        "es/adult-leaflet-a4-DRAFT.pdf",
        "es/adult-sheet-bilingual-a4-DRAFT.pdf",
    )
    for seed in range(6):
        chance, output = random.Random(seed), tmp_path / str(seed)

        def stop(result: Result, chance: random.Random = chance) -> None:
            if chance.random() < 0.2:
                raise KeyboardInterrupt

        for _ in range(6):
            jobs = tuple(chance.sample(JOBS, chance.randint(1, 3)))
            with suppress(KeyboardInterrupt):
                build_leaflets(project, (), jobs, output, report=stop)
            check_links(output)
            if chance.random() < 0.5 and (found := sorted(output.glob("e?/*"))):
                chance.choice(found).unlink()
        for job in chance.sample(JOBS, len(JOBS)):
            build_small(project, output, job)
            check_links(output)
        assert read_folder(output) == whole, seed


@pytest.mark.usefixtures("with_prints_kept")
def test_a_page_that_cannot_be_made_is_in_no_list_and_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    make_screen, made = leaflet.make_screen, []

    def fail(project: Project, job: Job, *more: Any) -> Any:
        made.append(job)
        if job.locale == "es":
            raise MemoryError("no memory")
        return make_screen(project, job, *more)

    with monkeypatch.context() as patch:
        patch.setattr(leaflet, "make_screen", fail)
        results = build_small(project, output, *WEB)
    assert [result.entry is not None for result in results.values()] == [True, False]
    assert made == [*WEB, WEB[0]]
    assert list_links(output, "en/adult.html") == set()
    assert not (output / "es/adult.html").exists()
    build_small(project, output, WEB[1])
    assert list_links(output, "en/adult.html") == {"es/adult.html"}


@pytest.mark.usefixtures("with_prints_kept")
def test_a_page_that_was_not_asked_for_and_cannot_be_made_again_is_said_and_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, WEB[0])
    monkeypatch.setattr(leaflet, "make_screen", lambda *given: (_ for _ in ()).throw(MemoryError("no memory")))
    outcome = run_plan(plan_work(project, (), (ENGLISH,), output, None, refuse_nothing, DAY), 0, lambda result: None)
    assert [str(result.job) for result in outcome.stopped] == [str(WEB[0])]
    assert [problem.id for problem in outcome.problems] == ["renderer-fault"]
    assert not outcome.good
    assert outcome.gone == ("en/adult.html",)
    assert list(read_manifest(output)) == ["en/adult-leaflet-a4-DRAFT.pdf"]
    assert not (output / "en/adult.html").exists()


@pytest.mark.usefixtures("with_prints_kept")
def test_a_page_in_a_pseudo_locale_that_lies_there_is_made_again_with_its_links(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, Job("en-XA", "adult", "web", "screen"))
    assert list_links(output, "en-XA/adult.html") == set()
    build_small(project, output, WEB[0])
    assert list_links(output, "en-XA/adult.html") == {"en/adult.html"}
    check_links(output)


class EagerPool:
    """A pool whose processes are done with every job before anybody hears of the first."""

    def __init__(self, project: Project, scratch: Path) -> None:
        self.worker = maker.Worker(project, [None], NO_STORE, hash_look(project), scratch)

    def submit(self, function: Any, task: Task, links: Links) -> "Future[Result]":
        future: Future[Result] = Future()
        future.set_result(self.worker.run(task, links))
        return future


@pytest.mark.usefixtures("with_prints_kept")
def test_what_is_made_when_a_build_is_cut_off_takes_the_place_of_no_page_on_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def open_eager_pool(folder: Path, *more: object) -> Any:
        yield EagerPool(project, folder)

    def wait_for_prints(given: Any, **how: Any) -> Any:
        done = sorted(given, key=lambda each: each.result().job, reverse=True)
        return SimpleNamespace(done=done)

    def stop(result: Result) -> None:
        if result.job in WEB:
            raise KeyboardInterrupt

    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    build_small(project, output, *WEB)
    page = (output / "en/adult.html").read_bytes()
    monkeypatch.setattr(pool, "open_pool", open_eager_pool)
    monkeypatch.setattr(pool, "wait", wait_for_prints)
    with pytest.raises(KeyboardInterrupt):
        build_leaflets(project, (), (*WEB, ENGLISH, SPANISH), output, None, 2, stop)
    check_links(output)
    assert (output / "en/adult.html").read_bytes() == page
    assert list_links(output, "es/adult.html") == {"en/adult.html", "es/adult-leaflet-a4-DRAFT.pdf"}


@pytest.mark.usefixtures("with_prints_kept")
def test_whoever_looks_on_sees_a_page_before_its_prints_and_again_with_them(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    watched = plan_build(project, Selection(output=output), DAY, watched=True)
    seen: list[dict[str, set[str]]] = []
    reported: list[Result] = []

    def look() -> None:
        check_links(output)
        seen.append({path: list_links(output, path) for path in ("en/adult.html", "es/adult.html")})

    outcome = run_plan(watched, 0, reported.append, recorded=look)
    assert outcome.good
    assert seen == [
        {"en/adult.html": {"es/adult.html"}, "es/adult.html": {"en/adult.html"}},
        {
            "en/adult.html": {"es/adult.html", "en/adult-leaflet-a4-DRAFT.pdf"},
            "es/adult.html": {"en/adult.html", "es/adult-leaflet-a4-DRAFT.pdf"},
        },
    ]
    assert [str(result.job) for result in reported] == [str(job) for job in (*WEB, ENGLISH, SPANISH)]
    asked = iter((True, True, False))
    changed = SMALL_PROJECT["content/topics/en/signs.yaml"].replace("hard lumps", "firm lumps")
    (project.root / "content/topics/en/signs.yaml").write_text(changed)
    again = plan_build(load_project(project.root), Selection(output=output), DAY, watched=True)
    assert len(run_plan(again, 0, lambda result: None, lambda: next(asked)).results) == 3  # Spanish is stale, and its page stops
    check_links(output)
    assert list_links(output, "en/adult.html") == set()
