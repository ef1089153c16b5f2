"""What a clinic says of itself: in which language, in which letters, and in how much room."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_document, make_leaflet
from leaflets.build.plan import refuse_unprintable_clinic
from leaflets.content.clinic_words import BOX_HEIGHT, BOX_WIDTH, CODE_WIDTH, LOGO_WIDTH, speak_to
from leaflets.content.project import Project
from leaflets.edition import EditionLanguages, Print
from leaflets.languages.fonts import read_fonts
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import read_pdf_facts
from leaflets.problems import LeafletsError, Place
from leaflets.profile import Clinic, ClinicWords, Logo
from tests.support.projects import ROOT

NAMES = ("name", "hours", "interpreter_phone", "web", "note", "second_phone")
CLINIC = Clinic(
    "Shifa Clinic",
    "020 8746 0000",
    "999",
    hours="Mon–Fri 8:00–17:00",
    words=(("ur", ClinicWords("شفا کلینک", "پیر تا جمعہ 8:00–17:00")), ("es", ClinicWords(note="Toque el timbre."))),
    note="Ring the bell.",
    places={name: Place("clinic.yaml", line) for line, name in enumerate(NAMES, 1)},
)
FULL = replace(CLINIC, second_phone="020 8746 0001", interpreter_phone="020 8746 0002", words=(), note="", web="shifa.nhs.uk")
LOGO = Logo(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9z"/></svg>', "image/svg+xml")


def find_refused(project: Project, clinic: Clinic, tag: str) -> list[str]:
    try:
        refuse_unprintable_clinic(project, clinic, [Job(tag, "adult", "standard", "a4", Print.SHEET)])
    except LeafletsError as error:
        return [str(problem) for problem in error.problems]
    return []


def letters_of(tag: str) -> frozenset[int]:
    return read_fonts(ROOT / "templates").characters(tag)


def test_a_clinic_speaks_the_language_of_its_readers_with_english_beside_it() -> None:
    urdu = speak_to(CLINIC, "ur", letters_of("ur"))
    assert (urdu.name, urdu.beside.name) == ("شفا کلینک", "Shifa Clinic")
    assert (urdu.hours, urdu.beside.hours) == ("پیر تا جمعہ 8:00–17:00", "Mon–Fri 8:00–17:00")
    assert (urdu.note, urdu.beside.note) == ("Ring the bell.", "")
    spanish = speak_to(CLINIC, "es-MX", letters_of("es"))
    assert (spanish.name, spanish.beside.name, spanish.note, spanish.beside.note) == (
        *("Shifa Clinic", ""),
        *("Toque el timbre.", "Ring the bell."),
    )
    assert speak_to(CLINIC, "hi", letters_of("hi")) == CLINIC


@pytest.mark.parametrize(
    ("tag", "name", "beside"),
    [("ar", "عيادة", "Shifa Clinic"), ("es", "Shifa Clinic", ""), ("en", "Shifa Clinic", "")],
)
def test_a_name_in_letters_that_a_language_has_no_font_for_falls_back_to_its_latin_name(
    project: Project, tag: str, name: str, beside: str
) -> None:
    clinic = Clinic("عيادة", "020 8746 0000", "999", words=(("en", ClinicWords("Shifa Clinic")),))
    assert find_refused(project, clinic, tag) == []
    document = make_document(project, "adult", tag, EditionLanguages.OWN, clinic)
    assert document.clinic
    assert (document.clinic.name, document.clinic.beside.name) == (name, beside)


@pytest.mark.parametrize(
    ("changed", "line", "said"),
    [
        ({"name": "Shifa Community Clinic " * 4}, 1, '"name" has 92 characters, and in the English sheet '),
        ({"hours": "Monday to Friday 8:00–17:00, " * 3}, 2, '"hours" has 87 characters'),
        ({"logo": LOGO, "hours": "Monday to Friday 8:00–17:00, " * 2}, 2, "fit beside the logo. Shorten it"),
        ({"leaflets_url": "https://shifa.nhs.uk", "hours": "Monday 8:00–17:00, " * 2}, 2, "fit beside the code to scan."),
        ({"note": "Ring the bell at the side door. " * 4}, 5, '"note" has 128 characters'),
    ],
)
def test_what_does_not_fit_the_box_is_named_with_how_many_characters_fit(
    project: Project, changed: Mapping[str, object], line: int, said: str
) -> None:
    [found] = find_refused(project, replace(FULL, **changed), "en")  # type: ignore[arg-type]
    assert found.startswith(f"clinic.yaml:{line}: error: ")
    assert found.endswith(" [clinic-room]")
    assert said in found


def test_as_many_characters_as_are_said_to_fit_do(project: Project) -> None:
    """The quotation marks of a note, which nobody wrote, were counted with it on one side alone."""
    clinic = replace(CLINIC, note="Ring the bell at the side door. " * 4)
    [said] = find_refused(project, clinic, "en")
    found = re.search(r'"note" has 128 characters, and in the English sheet (\d+) fit', said)
    assert found
    assert find_refused(project, replace(clinic, note=clinic.note[: int(found[1])]), "en") == []


def test_the_box_is_that_of_the_sheet() -> None:
    style = (ROOT / "templates/styles/sheet.css").read_text(encoding="utf-8")
    found = re.search(r"\.clinic \{[^}]*inline-size: (\d+)mm; block-size: (\d+)mm[^}]*padding: ([\d.]+)mm ([\d.]+)mm", style)
    assert found
    width, height, above, beside = map(float, found.groups())
    border = 2 * 0.75 * 25.4 / 72
    assert (width - 2 * beside - border, height - 2 * above - border) >= (BOX_WIDTH, BOX_HEIGHT)
    for name, room in (("logo", LOGO_WIDTH), ("code", CODE_WIDTH)):
        size = re.search(rf"\.{name} \{{[^}}]*inline-size: (\d+)mm", style)
        assert size
        assert float(size[1]) + 2 == room


def change(clinic: Clinic, key: str, value: object) -> Clinic:
    return replace(clinic, **{key: value})  # type: ignore[arg-type]


def fit(project: Project, clinic: Clinic, tag: str) -> Clinic:
    """Make each line as long as it may be, as somebody does who is told how many characters fit."""
    for key in ("name", "hours", "web", "note"):
        said = find_refused(project, change(clinic, key, str(getattr(clinic, key)) * 9), tag)
        if found := re.search(rf'"{key}" has .* (\d+) fit', said[0] if said else ""):
            clinic = change(clinic, key, (str(getattr(clinic, key)) * 9)[: int(found[1])].strip(" “”"))
    return clinic


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["ar", "en", "es", "hi", "ka", "ur", "zh-Hans"])
@pytest.mark.parametrize("more", [{}, {"logo": LOGO}, {"leaflets_url": "https://shifa.nhs.uk"}], ids=["plain", "logo", "code"])
def test_a_profile_that_is_as_long_as_it_may_be_fits_the_real_box(
    project: Project, engine: Engine, tag: str, more: Mapping[str, object]
) -> None:
    own = {"ur": ClinicWords("شفا کلینک"), "zh-Hans": ClinicWords("希望诊所"), "hi": ClinicWords("शिफ़ा क्लिनिक")}
    words = tuple((each, said) for each, said in own.items())
    first = Clinic("Shifa Clinic MW ", "020 8746 0000", "999", hours="Mon 8:00–17:00, ", words=words, **more)  # type: ignore[arg-type]
    clinic = fit(project, first, tag)
    assert find_refused(project, clinic, tag) == []
    [made], problems = make_leaflet(project, Job(tag, "adult", "standard", "a4", Print.SHEET), engine, clinic)
    assert [str(each) for each in problems if each.id in ("outside-page", "text-overlap", "text-differs")] == []
    assert clinic.hours.split()[-1] in " ".join(read_pdf_facts(made.data, engine.fonts.find_dotted_circle).texts)
