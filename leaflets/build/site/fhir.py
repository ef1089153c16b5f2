"""The built leaflets as HL7 FHIR, for record systems that import documents.

Takes a `Catalog` and the manifest's entries; gives the JSON of a Bundle with one DocumentReference for
each leaflet, language, version and audience, in release R4 (4.0.1) or R5 (5.0.0). No clock: dates are the leaflet's day of issue.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal
from uuid import UUID, uuid5

from leaflets.build.jobs import SCREEN
from leaflets.build.manifest import BuiltFile
from leaflets.build.site.catalog import Catalog, CatalogCode, CatalogFile, CatalogLeaflet
from leaflets.edition import Print
from leaflets.languages.locales import english_name
from leaflets.model import SOURCE_LOCALE

Release = Literal["R4", "R5"]
RELEASES: tuple[Release, ...] = ("R4", "R5")
NAMESPACE = UUID("5d0c3c2e-6b0f-4f0e-9a57-0a3f6a1f7c41")
"""The root of every identifier here (RFC 9562, version 5). It never changes, so that an importer finds a document again."""
EDUCATION_NOTE = {"coding": [{"system": "http://loinc.org", "code": "34895-3", "display": "Education note"}]}
ICD10_SYSTEM, ICD10_VERSION = "http://hl7.org/fhir/sid/icd-10", "2019"
CATEGORIES = {
    "sheet": "Patient information sheet",
    "patient": "Patient information leaflet",
    "clinician": "Clinician's sheet for a patient information leaflet",
}
INSERT_CATEGORY = "Patient information insert"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """Files that are one document to FHIR: the same words in several forms."""

    leaflet: CatalogLeaflet
    files: tuple[CatalogFile, ...]
    clinic: str
    clinic_id: str

    @property
    def first(self) -> CatalogFile:
        return self.files[0]

    @property
    def draft(self) -> bool:
        return any(file.draft for file in self.files)

    @property
    def category(self) -> str:
        return CATEGORIES.get(name_kind(self.first), INSERT_CATEGORY)

    def name_urn(self, version: str = "") -> str:
        """Name the document, in one version or in any. Each clinic's is its own, since its numbers are in the text."""
        key = [self.clinic_id, self.leaflet.name, self.first.locale, name_kind(self.first), version]
        return f"urn:uuid:{uuid5(NAMESPACE, json.dumps(key, ensure_ascii=False))}"


def name_kind(file: CatalogFile) -> str:
    """Say of which document a file is a form: a sheet, an insert by its name, or the leaflet of a patient or a clinician."""
    return file.audience if file.print == Print.LEAFLET else file.print


def list_references(leaflet: CatalogLeaflet, clinic: str, clinic_id: str) -> tuple[DocumentReference, ...]:
    """Group the files of a leaflet. Sheet, inserts and what a clinician reads are no forms of the leaflet: each stands alone."""

    def key(file: CatalogFile) -> tuple[str, int, str, str]:
        kind = name_kind(file)
        return file.locale, (*CATEGORIES, kind).index(kind), kind, file.version

    groups = groupby(sorted(leaflet.files, key=key), key)  # the sort is stable: the usual file stays first
    return tuple(DocumentReference(leaflet, tuple(files), clinic, clinic_id) for _, files in groups)


def write_description(reference: DocumentReference) -> str:
    """Say in English what the document is, with its title in its own language."""
    leaflet, file = reference.leaflet, reference.first
    warning = "DRAFT, not checked by a clinician, not to be given to patients. " if reference.draft else ""
    language = f"{english_name(file.locale)}: {file.title}" if file.locale != SOURCE_LOCALE else english_name(file.locale)
    terms = f"Version {file.version}, to be reviewed by {file.review_by.isoformat()}."
    return f"{warning}{reference.category}: {leaflet.title} ({language}). {terms}"


def write_attachment(leaflet: CatalogLeaflet, file: CatalogFile, sha1: str, release: Release) -> Json:
    """Describe one file. A relative url starts at the folder of the bundle."""
    title = file.title if file.audience == "patient" else leaflet.title
    folded = ", to fold" if file.folded else ""
    attachment: Json = {
        "contentType": file.media_type,
        "language": file.languages[0],
        "url": file.url or file.path,
        "size": str(file.bytes) if release == "R5" else file.bytes,  # integer64 is a string in JSON, R4's unsignedInt a number
        "hash": base64.b64encode(bytes.fromhex(sha1)).decode(),
        "title": f"{'DRAFT: ' if file.draft else ''}{title} ({file.print}, {file.edition_title}, {file.paper}{folded})",
        "creation": file.issued.isoformat(),
    }
    return attachment | ({"pages": file.pages} if release == "R5" and file.paper != SCREEN and file.pages else {})


def write_code(code: CatalogCode) -> Json:
    coding = {"system": ICD10_SYSTEM, "version": ICD10_VERSION, "code": code.code}
    return {"coding": [coding | ({"display": code.title} if code.title else {})]}


def write_identifier(urn: str) -> Json:
    return {"system": "urn:ietf:rfc:3986", "value": urn}


def write_reference(reference: DocumentReference, digests: Mapping[str, str], release: Release) -> Json:
    """Write what both releases share, then what differs.

    R4 (http://hl7.org/fhir/R4/documentreference.html) has masterIdentifier for one version of the document, and codes in
    context.event. R5 (http://hl7.org/fhir/R5/documentreference.html) has version, and codes in event, as CodeableReference.
    """
    leaflet, file = reference.leaflet, reference.first
    codes = [write_code(code) for code in leaflet.icd10]
    found: Json = {
        "resourceType": "DocumentReference",
        "language": SOURCE_LOCALE,
        "identifier": [write_identifier(reference.name_urn())],
        "status": "current" if file.version == leaflet.version else "superseded",
        "docStatus": "preliminary" if reference.draft else "final",
        "type": EDUCATION_NOTE,
        "category": [{"text": reference.category}],
        "date": f"{file.issued.isoformat()}T00:00:00Z",
        "description": write_description(reference),
        "content": [{"attachment": write_attachment(leaflet, each, digests[each.path], release)} for each in reference.files],
    }
    if reference.clinic:
        found["custodian"] = {"display": reference.clinic}
    if release == "R4":
        found["masterIdentifier"] = write_identifier(reference.name_urn(file.version))
        return found | ({"context": {"event": codes}} if codes else {})
    found["version"] = file.version
    return found | ({"event": [{"concept": code} for code in codes]} if codes else {})


def format_bundle(catalog: Catalog, entries: Iterable[BuiltFile], release: Release) -> str:
    """Write the Bundle of a catalog as JSON."""
    digests = {entry.path: entry.sha1 for entry in entries}
    references = [each for leaflet in catalog.leaflets for each in list_references(leaflet, catalog.clinic, catalog.clinic_id)]
    entry = [
        {"fullUrl": each.name_urn(each.first.version), "resource": write_reference(each, digests, release)} for each in references
    ]
    bundle: Json = {"resourceType": "Bundle", "type": "collection"}
    return json.dumps(bundle | ({"entry": entry} if entry else {}), ensure_ascii=False, indent=1) + "\n"
