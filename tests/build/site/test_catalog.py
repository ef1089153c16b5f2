"""What other systems read about the leaflets is true, whole and the same each time."""

import contextlib
import hashlib
import io
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leaflets.build.driver import Work
from leaflets.build.jobs import Job, hash_inputs, list_jobs
from leaflets.build.maker import Result
from leaflets.build.manifest import BuiltFile
from leaflets.build.plan import plan_work
from leaflets.build.site.catalog import ICD10_TITLES, Catalog, CatalogFile, format_catalog, make_catalog
from leaflets.content.project import Project
from leaflets.edition import Edition, EditionLanguages
from leaflets.languages.locales import parse_tag
from leaflets.model import Status
from leaflets.profile import Clinic
from tests.support.projects import ROOT, refuse_nothing, write_project

SCHEMA = ROOT / "docs" / "catalog.schema.json"
CLINIC = Clinic("Klinik Ähre", "020 7946 0000", "112", paper="letter", leaflets_url="https://clinic.example/leaflets")


def write_schema() -> str:
    """What docs/catalog.schema.json must say."""
    tree = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Catalog.model_json_schema(mode="serialization")
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def fake_file(path: str) -> bytes:
    """Stand in for a built file: other bytes for each path."""
    return b"%PDF- " + path.encode()


def list_paths(edition: Edition, job: Job, draft: bool) -> list[str]:
    return [job.path(draft, pages) for pages in ((False, True) if edition.folded else (False,))]


def fake_entries(
    project: Project, clinic: Clinic | None = None, status: Status = Status.MACHINE_DRAFT, jobs: Iterable[Job] = ()
) -> tuple[BuiltFile, ...]:
    """The entries that a build of everything would leave, without rendering a page."""
    draft = status is not Status.CLINICALLY_CHECKED
    return tuple(
        BuiltFile(
            path=path,
            sha256=hashlib.sha256(fake_file(path)).hexdigest(),
            sha1=hashlib.sha1(fake_file(path)).hexdigest(),
            bytes=len(fake_file(path)),
            pages=7,
            leaflet=job.leaflet,
            locale=job.locale,
            print=job.print,
            edition=job.edition,
            paper=job.paper,
            title=f"{job.leaflet} {job.locale}",
            version=project.leaflets[job.leaflet].version,
            issued=project.leaflets[job.leaflet].issued.isoformat(),
            review_by=project.leaflets[job.leaflet].review_by.isoformat(),
            status=str(status),
            draft=draft,
            clinic=clinic.name if clinic else "",
            inputs=hash_inputs(project, job, clinic),
        )
        for job in jobs or list_jobs(project, (), (), (), ())
        for path in list_paths(project.editions[job.edition], job, draft)
    )


@pytest.fixture(scope="module")
def entries(project: Project) -> tuple[BuiltFile, ...]:
    return fake_entries(project)


def list_files(catalog: Catalog) -> list[CatalogFile]:
    return [file for leaflet in catalog.leaflets for file in leaflet.files]


@pytest.mark.slow
def test_every_built_file_is_in_the_catalog_once_as_it_is(project: Project, entries: tuple[BuiltFile, ...]) -> None:
    files = list_files(make_catalog(project, entries, None))
    assert sorted(file.path for file in files) == sorted(entry.path for entry in entries)
    by_path = {entry.path: entry for entry in entries}
    for file in files:
        entry = by_path[file.path]
        assert (file.sha256, file.bytes, file.pages) == (entry.sha256, entry.bytes, entry.pages)
        assert (file.locale, file.edition, file.paper) == (entry.locale, entry.edition, entry.paper)
        assert (str(file.status), file.draft, file.title) == (entry.status, entry.draft, entry.title)
        assert file.media_type == ("text/html" if file.path.endswith(".html") else "application/pdf")


def test_every_code_of_a_leaflet_has_its_official_title_and_no_title_lies_unused(project: Project) -> None:
    used = {code for leaflet in project.leaflets.values() for code in leaflet.icd10}
    assert used == set(ICD10_TITLES)


def test_a_code_without_a_known_title_is_still_listed(tmp_path: Path) -> None:
    leaflet = {"content/leaflets/adult.yaml": (ROOT / "content/leaflets/adult.yaml").read_text().replace("L94.2", "Z99.9")}
    project = write_project(tmp_path, leaflet)
    (found,) = make_catalog(project, fake_entries(project), None).leaflets
    assert (found.icd10[0].code, found.icd10[0].title) == ("Z99.9", "")


def test_the_same_entries_in_any_order_give_the_same_bytes(project: Project, entries: tuple[BuiltFile, ...]) -> None:
    text = format_catalog(make_catalog(project, entries, None))
    assert format_catalog(make_catalog(project, reversed(entries), None)) == text


def test_every_language_is_a_bcp_47_tag_with_names_direction_and_script(project: Project, entries: tuple[BuiltFile, ...]) -> None:
    catalog = make_catalog(project, entries, None)
    assert [language.tag for language in catalog.languages] == sorted(project.languages)
    for language in catalog.languages:
        parse_tag(language.tag)
        assert language.name
        assert language.native_name
        assert re.fullmatch("[A-Z][a-z]{3}", language.script)
    told = {
        language.tag: (language.name, language.native_name, language.direction, language.script) for language in catalog.languages
    }
    assert told["ur"] == ("Urdu", "اردو", "rtl", "Arab")
    known = set(told)
    assert all({file.locale, *file.languages} <= known for file in list_files(catalog))


def test_a_leaflet_has_its_titles_by_language(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    made = [replace(entry, title={"en": "Lumps", "es": "Bultos"}[entry.locale]) for entry in fake_entries(project)]
    (leaflet,) = make_catalog(project, made, None).leaflets
    assert (leaflet.title, leaflet.titles) == ("Lumps", {"en": "Lumps", "es": "Bultos"})


def test_the_languages_of_the_text_and_the_reader_of_the_sheet_follow_the_edition(
    project: Project, entries: tuple[BuiltFile, ...]
) -> None:
    for file in list_files(make_catalog(project, entries, None)):
        languages = project.editions[file.edition].languages
        assert file.audience == ("clinician" if languages is EditionLanguages.SOURCE else "patient")
        assert (
            file.languages
            == {
                EditionLanguages.OWN: (file.locale,),
                EditionLanguages.BOTH: (file.locale, "en"),
                EditionLanguages.SOURCE: ("en",),
            }[languages]
        )


def test_only_the_sheets_of_a_folded_edition_are_folded(project: Project, entries: tuple[BuiltFile, ...]) -> None:
    files = list_files(make_catalog(project, entries, None))
    assert {file.path for file in files if file.folded} == {
        entry.path for entry in entries if project.editions[entry.edition].folded and "-pages-" not in entry.path
    }
    assert any(file.folded for file in files)


@pytest.mark.slow
def test_the_first_file_is_the_standard_edition_on_the_paper_of_the_clinic(project: Project) -> None:
    for clinic, paper in ((None, "a4"), (CLINIC, "letter")):
        for leaflet in make_catalog(project, fake_entries(project, clinic), clinic).leaflets:
            first = next(file for file in leaflet.files if file.locale == "hi" and file.media_type == "application/pdf")
            assert (first.edition, first.paper) == ("standard", paper)


@pytest.mark.slow
def test_a_file_has_an_address_where_the_clinic_has_one(project: Project, entries: tuple[BuiltFile, ...]) -> None:
    assert {file.url for file in list_files(make_catalog(project, entries, None))} == {""}
    catalog = make_catalog(project, fake_entries(project, CLINIC), CLINIC)
    assert catalog.clinic == "Klinik Ähre"
    assert all(file.url == f"https://clinic.example/leaflets/{file.path}" for file in list_files(catalog))


def test_a_file_of_an_older_version_says_so(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    made = tuple(replace(entry, version="0.0.9") if entry.locale == "es" else entry for entry in fake_entries(project))
    (leaflet,) = make_catalog(project, made, None).leaflets
    assert leaflet.version == "0.1.0"
    assert {file.version for file in leaflet.files if file.locale == "es"} == {"0.0.9"}


@pytest.mark.parametrize("gone", [{"leaflet": "gone"}, {"locale": "fr"}, {"edition": "gone"}])
def test_a_file_of_what_the_project_no_longer_has_is_left_out(tmp_path: Path, gone: dict[str, str]) -> None:
    project = write_project(tmp_path)
    first, *others = fake_entries(project)
    catalog = make_catalog(project, [replace(first, **gone), *others], None)  # type: ignore[arg-type]
    assert sorted(file.path for file in list_files(catalog)) == sorted(entry.path for entry in others)


def test_nothing_built_gives_an_empty_catalog(project: Project) -> None:
    text = format_catalog(make_catalog(project, (), None))
    assert json.loads(text) == {"format": 1, "clinic": "", "clinic_id": "", "languages": [], "leaflets": []}


def test_the_schema_is_fresh_and_the_catalog_has_its_shape(project: Project, entries: tuple[BuiltFile, ...]) -> None:
    """To renew it: python -m tests.build.site.test_catalog."""
    assert SCHEMA.read_text(encoding="utf-8") == write_schema()
    text = format_catalog(make_catalog(project, entries, None))
    assert Catalog.model_validate_json(text) == make_catalog(project, entries, None)
    tree, schema = json.loads(text), json.loads(SCHEMA.read_text(encoding="utf-8"))
    check_keys(tree, schema, schema["$defs"])


def check_keys(found: Any, schema: Any, shapes: Any) -> None:
    """Hold the keys of a tree to a JSON Schema: each is described, and none that is required is missing."""
    schema = shapes[schema["$ref"].split("/")[-1]] if "$ref" in schema else schema
    if isinstance(found, list):
        for each in found:
            check_keys(each, schema["items"], shapes)
    elif isinstance(found, dict) and "properties" in schema:
        assert list(found) == list(schema["properties"])
        assert set(schema["required"]) == set(found)
        assert schema["additionalProperties"] is False
        for key, each in found.items():
            check_keys(each, schema["properties"][key], shapes)


def begin_work(project: Project, output: Path, clinic: Clinic | None = None) -> Work:
    return Work(plan_work(project, (), (), output, clinic, refuse_nothing, date(2026, 11, 21)), lambda result: None)


def record_all(project: Project, output: Path, clinic: Clinic | None = None) -> tuple[BuiltFile, ...]:
    """Write stand-ins for every file of a project, and do what a build does at its end."""
    results = []
    work = begin_work(project, output, clinic)
    for job in list_jobs(project, (), (), (), ()):
        made = fake_entries(project, clinic, jobs=(job,))
        for entry in made:
            (output / entry.path).parent.mkdir(parents=True, exist_ok=True)
            (output / entry.path).write_bytes(fake_file(entry.path))
        results.append(Result(job, made, ()))
    work.lying = {entry.path: entry for result in results for entry in result.entries}
    work.record()
    return tuple(entry for result in results for entry in result.entries)


@pytest.fixture
def without_thumbnails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The built files here are stand-ins, which cannot be drawn."""
    monkeypatch.setattr("leaflets.build.site.front_desk.draw_thumbnail", lambda data: b"a picture")


@pytest.mark.slow
@pytest.mark.usefixtures("without_thumbnails")
def test_a_build_ends_with_the_catalog_and_both_bundles(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    made = record_all(project, output)
    assert sorted(path.name for path in output.glob("*.json")) == [
        "catalog.json",
        "fhir-r4.json",
        "fhir-r5.json",
        "manifest.json",
    ]
    catalog = Catalog.model_validate_json((output / "catalog.json").read_text(encoding="utf-8"))
    assert {file.path for file in list_files(catalog)} == {entry.path for entry in made}
    assert all(hashlib.sha256((output / file.path).read_bytes()).hexdigest() == file.sha256 for file in list_files(catalog))


@pytest.mark.usefixtures("without_thumbnails")
def test_a_file_that_was_taken_away_is_in_none_of_them(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    gone, *_ = record_all(project, output)
    (output / gone.path).unlink()
    begin_work(project, output).record()
    for name in ("catalog.json", "fhir-r4.json", "fhir-r5.json"):
        text = (output / name).read_text(encoding="utf-8")
        assert gone.path not in text
        assert "es/adult-leaflet-a4-DRAFT.pdf" in text


@pytest.mark.slow
def test_the_example_in_the_manual_runs_and_finds_leaflets(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "output").mkdir()
    text = format_catalog(make_catalog(project, fake_entries(project), None))
    (tmp_path / "output" / "catalog.json").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/integrating.md").read_text(encoding="utf-8"), re.M | re.S)
    said = io.StringIO()
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(said):
        exec(code, names)
    assert "es/adult-sheet-a4-DRAFT.pdf adult es machine-draft" in said.getvalue().splitlines()[0]
    assert "clinician" not in said.getvalue()
    assert names["find_files"]("L94.2", "es") == []
    assert {
        file["path"].split("/")[1].removesuffix(".html").split("-")[0] for file in names["find_files"]("M33.0", "es", drafts=True)
    } == {"pediatric"}


def test_the_manual_names_every_field_of_the_catalog() -> None:
    text = (ROOT / "docs/integrating.md").read_text(encoding="utf-8")
    for shape in json.loads(write_schema())["$defs"].values():
        for name in shape.get("properties", {}):
            assert f"`{name}`" in text or f"…{name}`" in text or f".{name}`" in text or f".{name}[]`" in text, name


if __name__ == "__main__":
    SCHEMA.write_text(write_schema(), encoding="utf-8")
