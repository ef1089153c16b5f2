"""The FHIR bundles: built as R4 and R5 are, with every file in them, and no draft that passes for more."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.bundle import Bundle
from fhir.resources.R4B.bundle import Bundle as BundleR4

from leaflets.build.manifest import BuiltFile
from leaflets.build.site.catalog import make_catalog
from leaflets.build.site.fhir import RELEASES, Release, format_bundle
from leaflets.content.project import Project
from leaflets.languages.locales import parse_tag
from leaflets.model import Status
from leaflets.profile import Clinic
from tests.build.site.test_catalog import CLINIC, fake_entries, fake_file
from tests.support.projects import write_project

BOTH = pytest.mark.parametrize("release", RELEASES)


@pytest.fixture(scope="module")
def entries(project: Project) -> tuple[BuiltFile, ...]:
    return fake_entries(project)


def read_bundle(project: Project, entries: tuple[BuiltFile, ...], release: Release, clinic: Clinic | None = None) -> Any:
    return json.loads(format_bundle(make_catalog(project, entries, clinic), entries, release))


def list_resources(bundle: Any) -> list[Any]:
    return [entry["resource"] for entry in bundle["entry"]]


def list_attachments(bundle: Any) -> Iterator[Any]:
    for resource in list_resources(bundle):
        for content in resource["content"]:
            yield content["attachment"]


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("clinic", [None, CLINIC])
def test_the_bundle_is_built_as_the_release_prescribes(project: Project, release: Release, clinic: Clinic | None) -> None:
    entries = fake_entries(project, clinic)
    text = format_bundle(make_catalog(project, entries, clinic), entries, release)
    bundle = (BundleR4 if release == "R4" else Bundle).model_validate_json(text)
    kinds = [type(entry.resource).__name__ for entry in bundle.entry or ()]
    assert kinds == ["DocumentReference"] * len(json.loads(text)["entry"])


@pytest.mark.slow
def test_one_release_does_not_pass_for_the_other(project: Project, entries: tuple[BuiltFile, ...]) -> None:
    with pytest.raises(ValueError, match="masterIdentifier"):
        Bundle.model_validate(read_bundle(project, entries, "R4"))
    with pytest.raises(ValueError, match="version"):
        BundleR4.model_validate(read_bundle(project, entries, "R5"))


@BOTH
def test_every_built_file_is_in_the_bundle_once_with_its_size_and_hash(
    project: Project, entries: tuple[BuiltFile, ...], release: Release
) -> None:
    found = list(list_attachments(read_bundle(project, entries, release)))
    assert sorted(each["url"] for each in found) == sorted(entry.path for entry in entries)
    for each in found:
        data = fake_file(each["url"])
        assert int(each["size"]) == len(data)
        assert base64.b64decode(each["hash"], validate=True) == hashlib.sha1(data).digest()
        parse_tag(each["language"])


def test_a_size_is_a_number_in_r4_and_text_in_r5(project: Project, entries: tuple[BuiltFile, ...]) -> None:
    assert {type(each["size"]) for each in list_attachments(read_bundle(project, entries, "R4"))} == {int}
    assert {type(each["size"]) for each in list_attachments(read_bundle(project, entries, "R5"))} == {str}


@BOTH
def test_there_is_one_document_for_each_leaflet_language_and_reader(
    project: Project, entries: tuple[BuiltFile, ...], release: Release
) -> None:
    bundle = read_bundle(project, entries, release)
    documents = {(each.leaflet, each.locale, each.print, each.edition == "clinician") for each in entries}
    assert len(bundle["entry"]) == len(documents) > 200
    for names in (
        [entry["fullUrl"] for entry in bundle["entry"]],
        [each["identifier"][0]["value"] for each in list_resources(bundle)],
    ):
        assert len(set(names)) == len(bundle["entry"])
        assert all(UUID(name.removeprefix("urn:uuid:")).version == 5 for name in names)
    for resource in list_resources(bundle):
        sheets = ["clinician" in each["attachment"]["url"] for each in resource["content"]]
        assert len(set(sheets)) == 1
        assert resource["category"][0]["text"].startswith("Clinician" if sheets[0] else "Patient")


@BOTH
def test_drafts_are_preliminary_and_say_so_in_words(project: Project, entries: tuple[BuiltFile, ...], release: Release) -> None:
    bundle = read_bundle(project, entries, release)
    assert {each["docStatus"] for each in list_resources(bundle)} == {"preliminary"}
    assert all(each["description"].startswith("DRAFT") for each in list_resources(bundle))
    assert all(each["title"].startswith("DRAFT: ") for each in list_attachments(bundle))


@pytest.mark.slow
@BOTH
def test_what_a_clinician_signed_is_final(project: Project, release: Release) -> None:
    entries = fake_entries(project, status=Status.CLINICALLY_CHECKED)
    text = format_bundle(make_catalog(project, entries, None), entries, release)
    assert {each["docStatus"] for each in list_resources(json.loads(text))} == {"final"}
    assert "DRAFT" not in text


@BOTH
def test_one_draft_among_the_files_makes_the_document_preliminary(tmp_path: Path, release: Release) -> None:
    project = write_project(tmp_path)
    first, *others = fake_entries(project, status=Status.CLINICALLY_CHECKED)
    mixed = (replace(first, draft=True, status="revised"), *others)
    found = {
        first.path in [content["attachment"]["url"] for content in each["content"]]: each["docStatus"]
        for each in list_resources(read_bundle(project, mixed, release))
    }
    assert found == {True: "preliminary", False: "final"}


@BOTH
def test_a_version_that_was_not_built_again_is_superseded(tmp_path: Path, release: Release) -> None:
    project = write_project(tmp_path)
    made = tuple(replace(each, version="0.0.9") if each.edition == "standard" else each for each in fake_entries(project))
    bundle = read_bundle(project, made, release)
    old = [each for each in list_resources(bundle) if each["status"] == "superseded"]
    assert {each["content"][0]["attachment"]["url"] for each in old} == {
        "en/adult-leaflet-a4-DRAFT.pdf",
        "es/adult-leaflet-a4-DRAFT.pdf",
    }
    names = [each["identifier"][0]["value"] for each in list_resources(bundle)]
    assert len(set(names)) == len(names) - len(old)  # the old and the new are one document, in two versions
    assert len({entry["fullUrl"] for entry in bundle["entry"]}) == len(bundle["entry"])


@BOTH
def test_the_codes_dates_and_words_stand_where_the_release_has_them(
    project: Project, entries: tuple[BuiltFile, ...], release: Release
) -> None:
    for entry in read_bundle(project, entries, release)["entry"]:
        found = entry["resource"]
        name = found["content"][0]["attachment"]["url"].split("/")[1].split("-")[0].removesuffix(".html")
        leaflet = project.leaflets[name]
        codes = found["context"]["event"] if release == "R4" else [each["concept"] for each in found["event"]]
        assert [code["coding"][0]["code"] for code in codes] == list(leaflet.icd10)
        assert {code["coding"][0]["system"] for code in codes} == {"http://hl7.org/fhir/sid/icd-10"}
        assert found["type"]["coding"][0] == {"system": "http://loinc.org", "code": "34895-3", "display": "Education note"}
        assert found["date"] == f"{leaflet.issued}T00:00:00Z"
        assert found["content"][0]["attachment"]["creation"] == leaflet.issued.isoformat()
        assert project.topics[leaflet.cover].title.words in found["description"]
        assert leaflet.review_by.isoformat() in found["description"]
        assert found.get("version") == (leaflet.version if release == "R5" else None)
        own = found["masterIdentifier"]["value"] if release == "R4" else entry["fullUrl"]
        assert own == entry["fullUrl"] != found["identifier"][0]["value"]
        assert "subject" not in found


def test_the_description_has_the_title_in_the_language_of_the_patient(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    made = tuple(replace(entry, title="Bultos") for entry in fake_entries(project) if entry.locale == "es")
    found = list_resources(read_bundle(project, made, "R5"))[0]
    assert found["description"] == (
        "DRAFT, not checked by a clinician, not to be given to patients. Patient information leaflet: Lumps (Spanish: Bultos). "
        "Version 0.1.0, to be reviewed by 2028-11-21."
    )
    assert found["content"][0]["attachment"]["title"] == "DRAFT: Bultos (leaflet, Standard, a4)"


@BOTH
def test_neither_the_clock_nor_the_order_of_entries_is_in_a_bundle(
    project: Project, entries: tuple[BuiltFile, ...], release: Release
) -> None:
    text = format_bundle(make_catalog(project, entries, None), entries, release)
    assert format_bundle(make_catalog(project, entries[::-1], None), entries[::-1], release) == text
    assert "timestamp" not in json.loads(text)


@pytest.mark.slow
@BOTH
def test_a_clinic_gives_addresses_its_name_and_identifiers_of_its_own(project: Project, release: Release) -> None:
    bundle = read_bundle(project, fake_entries(project, CLINIC), release, CLINIC)
    assert all(each["url"].startswith("https://clinic.example/leaflets/") for each in list_attachments(bundle))
    assert {each["custodian"]["display"] for each in list_resources(bundle)} == {"Klinik Ähre"}
    plain = read_bundle(project, fake_entries(project), release)
    assert not {entry["fullUrl"] for entry in bundle["entry"]} & {entry["fullUrl"] for entry in plain["entry"]}


@BOTH
def test_nothing_built_gives_a_bundle_without_entries(project: Project, release: Release) -> None:
    assert read_bundle(project, (), release) == {"resourceType": "Bundle", "type": "collection"}


def test_identifiers_stay_the_same_for_ever(tmp_path: Path) -> None:
    """An importer finds a document again by these; whoever changes them makes a second copy of every leaflet."""
    project = write_project(tmp_path)
    first = read_bundle(project, fake_entries(project), "R5")["entry"][0]
    assert first["resource"]["identifier"][0]["value"] == "urn:uuid:4d706ec4-1bba-52a1-9a62-1750e6c6aa2a"
    assert first["fullUrl"] == "urn:uuid:98546de7-6cfe-530d-8029-2db378c35b06"
