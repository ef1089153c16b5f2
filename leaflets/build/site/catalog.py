"""What other systems can offer: every leaflet with its titles, codes, languages and files.

Takes a `Project` and the manifest's entries; gives a `Catalog`, and its JSON for output/catalog.json: sorted, with no clock
in it. The classes here also give docs/catalog.schema.json, so that the file and its description cannot part.
"""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Literal

from pydantic import Field

from leaflets.build.jobs import choose_prints, is_known, name_job
from leaflets.build.manifest import BuiltFile
from leaflets.content.project import Project
from leaflets.content.shapes import Day, Shape
from leaflets.edition import Edition, EditionLanguages
from leaflets.languages.locales import direction, english_name, native_name, script
from leaflets.model import SOURCE_LOCALE, Leaflet, Status
from leaflets.profile import Clinic

ICD10_TITLES = {
    "E83.5": "Disorders of calcium metabolism",
    "L94.2": "Calcinosis cutis",
    "M33.0": "Juvenile dermatomyositis",
    "M33.1": "Other dermatomyositis",
    "M34.9": "Systemic sclerosis, unspecified",
}
"""The titles of the codes that leaflets carry (WHO, ICD-10 Version:2019, https://icd.who.int/browse10/2019/en)."""
MEDIA_TYPES = {".pdf": "application/pdf", ".html": "text/html"}


class CatalogCode(Shape):
    code: str = Field(description="A code of the WHO's ICD-10, such as L94.2.")
    title: str = Field(description="Its title in ICD-10 Version:2019; empty where the tool does not know it.")


class CatalogLanguage(Shape):
    tag: str = Field(description="BCP 47.")
    name: str = Field(description="In English.")
    native_name: str = Field(description="As its readers write it.")
    direction: Literal["ltr", "rtl"]
    script: str = Field(description="ISO 15924.")


class CatalogFile(Shape):
    path: str = Field(description="Below the folder of the catalog.")
    url: str = Field(description="The same on the web; empty where the clinic's file has no leaflets_url.")
    media_type: Literal["application/pdf", "text/html"]
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)
    pages: int = Field(ge=0, description="Pages that are read; a file to fold has several on each side of a sheet.")
    locale: str = Field(description="BCP 47: the patient for whom the file was made reads this.")
    languages: tuple[str, ...] = Field(description="BCP 47: the languages that the text is in, the main one first.")
    title: str = Field(description="The leaflet's title in `locale`.")
    audience: Literal["patient", "clinician"] = Field(description="A clinician's sheet is not handed out.")
    print: str = Field(description="sheet, which is handed out; leaflet, to read on; or the name of an insert of it.")
    edition: str
    edition_title: str = Field(description="The edition in English, for staff.")
    paper: str = Field(description="a4 or letter; screen where there are no pages.")
    folded: bool = Field(description="Set to be printed on both sides and folded; not for reading on a screen.")
    version: str = Field(description="Older than the leaflet's version: not built again since.")
    issued: Day
    review_by: Day
    status: Status
    draft: bool = Field(description="Not signed off by a clinician: not to be given to patients.")


class CatalogLeaflet(Shape):
    name: str
    title: str = Field(description="In English.")
    titles: dict[str, str] = Field(description="By BCP 47 tag, for each language with a file.")
    version: str
    issued: Day
    review_by: Day
    icd10: tuple[CatalogCode, ...]
    files: tuple[CatalogFile, ...] = Field(description="By language; the first for a patient is the usual one to print.")


class Catalog(Shape):
    """output/catalog.json: the leaflets that lie beside it."""

    format: Literal[1] = Field(description="Grows when a field changes its meaning or goes.")
    clinic: str = Field(description="Whose name and numbers the files carry; empty for none.")
    clinic_id: str = Field(description="What tells that clinic from others, also when its name changes.")
    languages: tuple[CatalogLanguage, ...]
    leaflets: tuple[CatalogLeaflet, ...]


def make_catalog(project: Project, entries: Iterable[BuiltFile], clinic: Clinic | None) -> Catalog:
    """Describe built files. A file whose leaflet, language or edition the project no longer has is left out."""
    known = [entry for entry in entries if is_known(project, entry)]
    listed = tuple(
        describe_leaflet(project, project.leaflets[name], [entry for entry in known if entry.leaflet == name], clinic)
        for name in sorted({entry.leaflet for entry in known})
    )
    tags = sorted({tag for leaflet in listed for file in leaflet.files for tag in (file.locale, *file.languages)})
    return Catalog(
        format=1,
        clinic=clinic.name if clinic else "",
        clinic_id=clinic.key if clinic else "",
        languages=tuple(list_language(tag) for tag in tags),
        leaflets=listed,
    )


def describe_leaflet(project: Project, leaflet: Leaflet, entries: Iterable[BuiltFile], clinic: Clinic | None) -> CatalogLeaflet:
    paper = clinic.paper if clinic else ""

    def order(entry: BuiltFile) -> tuple[str, int, int, bool, str]:
        what = choose_prints(project, leaflet.name, entry.edition).index(entry.print)
        return entry.locale, project.editions[entry.edition].order, what, entry.paper != (paper or entry.paper), entry.path

    found = sorted(entries, key=order)
    return CatalogLeaflet(
        name=leaflet.name,
        title=project.topics[leaflet.cover].title.words,
        titles={entry.locale: entry.title for entry in found},
        version=leaflet.version,
        issued=leaflet.issued,
        review_by=leaflet.review_by,
        icd10=tuple(CatalogCode(code=code, title=ICD10_TITLES.get(code, "")) for code in leaflet.icd10),
        files=tuple(list_file(entry, project.editions[entry.edition], clinic) for entry in found),
    )


def list_language(tag: str) -> CatalogLanguage:
    """Describe a language from CLDR.

    >>> list_language("ur").direction, list_language("ur").script
    ('rtl', 'Arab')
    """
    names = {"name": english_name(tag), "native_name": native_name(tag)}
    return CatalogLanguage.model_validate(names | {"tag": tag, "direction": direction(tag), "script": script(tag)})


def list_file(entry: BuiltFile, edition: Edition, clinic: Clinic | None) -> CatalogFile:
    """Describe one file; what the manifest has by the same name is taken from there."""
    same = {name: each for name, each in asdict(entry).items() if name in CatalogFile.model_fields}
    pages = name_job(entry).path(entry.draft, pages=True)
    return CatalogFile.model_validate(
        same
        | {
            "url": f"{clinic.leaflets_url}/{entry.path}" if clinic and clinic.leaflets_url else "",
            "media_type": MEDIA_TYPES[PurePosixPath(entry.path).suffix],
            "languages": list_languages(entry.locale, edition.languages),
            "audience": "clinician" if edition.languages is EditionLanguages.SOURCE else "patient",
            "edition_title": edition.title,
            "folded": edition.folded and entry.path != pages,
        }
    )


def list_languages(locale: str, languages: EditionLanguages) -> tuple[str, ...]:
    """Name the languages that the text of a file is in, the main one first.

    >>> list_languages("hi", EditionLanguages.BOTH), list_languages("hi", EditionLanguages.SOURCE)
    (('hi', 'en'), ('en',))
    """
    if languages is EditionLanguages.OWN:
        return (locale,)
    return (SOURCE_LOCALE,) if languages is EditionLanguages.SOURCE else (locale, SOURCE_LOCALE)


def format_catalog(catalog: Catalog) -> str:
    """Write the catalog as JSON."""
    return catalog.model_dump_json(indent=1) + "\n"
