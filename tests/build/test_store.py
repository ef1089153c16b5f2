"""Pages that were laid out before."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from leaflets import PACKAGE
from leaflets.build import jobs
from leaflets.build.driver import Outcome, run_plan
from leaflets.build.jobs import Job
from leaflets.build.plan import plan_work
from leaflets.build.store import KeepingEngine, Store
from leaflets.content.project import Project, load_project
from leaflets.files import write_file
from leaflets.pdf.engine import Engine
from leaflets.problems import Place, Problem, Severity
from tests.build.test_plan import DAY
from tests.support.front_desk import make_copy
from tests.support.projects import ENGLISH, QUESTIONS, SPANISH, find_all, refuse_nothing, write_project

CLINICIAN = Job("es", "adult", "clinician", "a4")
SAID = (Problem("a-check", Severity.WARNING, Place("es/adult.pdf"), "said"),)


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are laid out, by their language."""
    lay_out, laid_out = Engine.lay_out, list[str]()

    def count(engine: Engine, page: Any, *more: Any) -> Any:
        if isinstance(engine, KeepingEngine):  # the card has another
            laid_out.append(page.etree_element.get("lang"))
        return lay_out(engine, page, *more)

    monkeypatch.setattr(Engine, "lay_out", count)
    return laid_out


def build(project: Project, output: Path, *wanted: Job, cache: Path | None = None) -> Outcome:
    planned = wanted or (ENGLISH, SPANISH)
    plan = plan_work(project, tuple(find_all(project)), planned, output, None, refuse_nothing, DAY)
    return run_plan(plan, 0, lambda result: None, cache=cache)


def rewrite(project: Project, name: str, old: str, new: str) -> Project:
    path = project.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load_project(project.root)


@pytest.mark.slow
def test_one_changed_sentence_lays_out_the_pages_that_print_it_and_no_other(tmp_path: Path, passes: list[str]) -> None:
    project, output = write_project(tmp_path / "project", QUESTIONS), tmp_path / "out"
    three = (ENGLISH, SPANISH, CLINICIAN)
    assert build(project, output, *three).good
    passes.clear()
    changed = rewrite(project, "content/topics/es/signs.yaml", "bultos duros", "bultos muy duros")
    outcome = build(changed, output, *three)
    assert passes == ["es"]
    assert {result.job: result.kept for result in outcome.results} == {ENGLISH: True, SPANISH: False, CLINICIAN: True}
    passes.clear()
    others = rewrite(changed, "content/markers/es.yaml", "nunca, ", "nunca, jamás, ")  # which only a check reads
    assert all(result.kept for result in build(others, output, *three).results)
    assert passes == []
    assert all(result.kept for result in build(load_project(project.root), output, *three).results)


def test_a_change_of_a_check_changes_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(PACKAGE, tmp_path / "leaflets", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    monkeypatch.setattr(jobs, "PACKAGE", tmp_path / "leaflets")
    before = jobs.hash_tool.__wrapped__()
    for name, same in (
        *((f"{room}/new.py", True) for room in ("checks", "exchange", "review", "server", "cli", "build/site")),
        *((f"{room}/new.py", False) for room in ("pdf", "document", "content", "languages", "translation", "web")),
        ("build/leaflet.py", False),
        ("svg.py", False),
        ("languages/conventions.toml", False),
        ("languages/own/ht.toml", False),
    ):
        path = tmp_path / "leaflets" / name
        old = path.read_text(encoding="utf-8") if path.exists() else None
        path.write_text("# changed", encoding="utf-8")
        assert (jobs.hash_tool.__wrapped__() == before) is same, name
        path.unlink() if old is None else path.write_text(old, encoding="utf-8")
    assert jobs.hash_tool.__wrapped__() == before


@pytest.mark.slow
def test_folders_share_a_cache_and_a_damaged_page_is_noticed_and_mended(tmp_path: Path, passes: list[str]) -> None:
    project, cache = write_project(tmp_path / "project"), tmp_path / "cache"
    build(project, tmp_path / "one", cache=cache)
    pages = sorted(path for path in cache.rglob("*") if path.is_file())
    wholes = [path.read_bytes() for path in pages]
    passes.clear()
    assert all(result.kept for result in build(project, tmp_path / "two", cache=cache).results)
    assert passes == []
    damages = (wholes[0][:-1], wholes[0].replace(b"obj", b"obi", 1), b"", b"{}\n", b"[" * 100_000, wholes[1])
    for number, damage in enumerate(damages):
        pages[0].write_bytes(damage)
        passes.clear()
        build(project, tmp_path / f"damaged-{number}", cache=cache)
        assert len(passes) == 1 - (damage == wholes[1]), number
        for path in ("en/adult-leaflet-a4-DRAFT.pdf", "es/adult-leaflet-a4-DRAFT.pdf"):
            built = tmp_path / f"damaged-{number}" / path
            assert not built.exists() or built.read_bytes() == (tmp_path / "one" / path).read_bytes()
        if damage != wholes[1]:
            assert [path.read_bytes() for path in pages] == wholes


@pytest.mark.slow
def test_a_page_of_another_leaflet_under_a_name_of_the_cache_is_never_handed_out(tmp_path: Path) -> None:
    project, cache = write_project(tmp_path / "project"), tmp_path / "cache"
    build(project, tmp_path / "one", cache=cache)
    first, second = sorted(path for path in cache.rglob("*") if path.is_file())
    first.write_bytes(second.read_bytes())
    outcome = build(project, tmp_path / "two", cache=cache)
    assert len(outcome.stopped) == 1
    assert len(list((tmp_path / "two").glob("*/adult*.pdf"))) == 1


def test_what_was_said_of_a_page_is_kept_with_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep("ab12", b"%PDF", SAID)
    assert store.find("ab12") == (b"%PDF", SAID)
    assert store.find("ab13") is None


def test_two_builds_that_keep_one_page_at_once_never_find_half_of_it(tmp_path: Path) -> None:
    store, wholes = Store(tmp_path), [bytes([letter]) * 200_000 for letter in b"ab"]
    store.keep("ab12", wholes[0], ())

    def keep_and_find(data: bytes) -> list[bytes]:
        found = []
        for _ in range(20):
            store.keep("ab12", data, ())
            page = store.find("ab12")
            found.append(page[0] if page else b"")
        return found

    with ThreadPoolExecutor(4) as builds:
        found = [page for pages in builds.map(keep_and_find, wholes * 2) for page in pages]
    assert len(found) == 80
    assert set(found) <= set(wholes)


def test_a_cache_that_takes_nothing_stops_no_build(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    store = Store(tmp_path / "cache")
    store.keep("ab12", b"%PDF", ())
    assert store.find("ab12") is None


def test_a_file_of_the_output_folder_that_another_hand_changed_is_no_page(project: Project, tmp_path: Path) -> None:
    data, entry = make_copy(project, ENGLISH)
    store = Store(None, {"ab12": (tmp_path / entry.path, entry.sha256)})
    assert store.find("ab12") is None
    write_file(tmp_path / entry.path, data)
    assert store.find("ab12") == (data, ())
    (tmp_path / entry.path).write_bytes(data + b"x")
    assert store.find("ab12") is None
