"""What one clinic prints, in the words and the order of its country."""

from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_document, make_leaflet
from leaflets.content.project import Project
from leaflets.document.compose import Document, Section
from leaflets.edition import EditionLanguages
from leaflets.languages.runs import join_runs
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import read_pdf_facts
from leaflets.profile import Clinic
from tests.support.projects import SMALL_PROJECT, find_all, write_project
from tests.support.small import HELP, LEAFLET, SIGNS, SPANISH_HELP, SPANISH_SIGNS

GB = Clinic("A Clinic", "020 7946 0000", "999", "020 7946 0001", "116 123", "GB")
US = Clinic("A Clinic", "(202) 555-0123", "911", country="US")
REGIONAL = {
    HELP: """\
title: When to get help
blocks:
  emergency:
    level: emergency
    heading: Call {emergency_number} or go to the emergency room now
    references: [Book]
    list:
      fever: A fever of 38 °C (100.4 °F) in a baby
  same-day:
    level: same-day
    heading: Call {clinic_phone} the same day
    references: [Book]
    list:
      closed:
        lead: true
        when: urgent-phone
        text: If we are closed, call {urgent_phone}.
      no-line:
        lead: true
        when: no-urgent-phone
        text: If we are closed, go to the emergency room.
      sore: A new sore
      heat: New heat
    groups:
      skin:
        heading: Skin
        items: [sore, heat]
  soon:
    level: soon
    heading: Be seen within 2 weeks
    references: [Book]
    list:
      lump: A new lump
      mood:
        when: crisis-phone
        text: You may also call {crisis_phone}.
  school:
    when: us
    references: [Book]
    text: Ask about a plan for school.
  more:
    heading: Who can help
    references: [Book]
    support_groups: true
    list:
      library: Your library
""",
    SPANISH_HELP: """\
title: Cuándo pedir ayuda
blocks:
  emergency:
    heading: Llame al {emergency_number} o vaya a la sala de emergencias ahora
    fever: Fiebre de 38 °C (100,4 °F) en un bebé
  same-day:
    heading: Llame al {clinic_phone} el mismo día
    closed: Si está cerrado, llame a {urgent_phone}.
    no-line: Si está cerrado, vaya a la sala de emergencias.
    sore: Una llaga nueva
    heat: Calor nuevo
    groups:
      skin: Piel
  soon:
    heading: Pida una cita en 2 semanas
    lump: Un bulto nuevo
    mood: También puede llamar a {crisis_phone}.
  school: Pregunte por un plan para la escuela.
  more:
    heading: Quién puede ayudar
    library: Su biblioteca
""",
    "content/terms/en.yaml": SMALL_PROJECT["content/terms/en.yaml"]
    + "emergency-room:\n  term: the emergency room\n  countries:\n    GB: A&E\n    IE: A&E\n    AU: the emergency department\n",
    "content/terms/es.yaml": SMALL_PROJECT["content/terms/es.yaml"]
    + "emergency-room:\n  term: la sala de emergencias\n  countries:\n    GB: Urgencias (A&E)\n",
}
"""What makes the small project differ from clinic to clinic."""


@pytest.fixture
def regional(tmp_path: Path) -> Project:
    return write_project(tmp_path, REGIONAL)


def compose(project: Project, clinic: Clinic | None, tag: str = "en") -> Document:
    return make_document(project, "adult", tag, EditionLanguages.OWN, clinic)


def find_help(document: Document) -> Section:
    [section] = [each for each in document.sections if each.urgent]
    return section


def list_words(document: Document) -> dict[str, list[str]]:
    """List what each block of the section on help prints, heading and leads first."""
    found = {}
    for part in find_help(document).parts:
        lines = [part.heading, *(lead.words for lead in part.leads), *(entry.words for entry in part.entries)]
        found[part.name] = [join_runs(runs) for runs in lines if runs]
    return found


def test_the_project_of_these_tests_has_no_problem(regional: Project) -> None:
    assert find_all(regional) == []


def test_a_clinic_prints_what_fits_its_profile_in_the_words_of_its_country(regional: Project) -> None:
    assert list_words(compose(regional, GB)) == {
        "emergency": ["Call 999 or go to A&E now", "A fever of 38 °C (100.4 °F) in a baby"],
        "same-day": ["Call 020 7946 0000 the same day", "If we are closed, call 020 7946 0001.", "A new sore", "New heat"],
        "soon": ["Be seen within 2 weeks", "A new lump", "You may also call 116 123."],
        "more": ["Who can help", "Your library", "Lumps Group (lumps.example)"],
    }


def test_a_clinic_in_the_united_states_has_fahrenheit_first_and_what_is_for_it_alone(regional: Project) -> None:
    assert list_words(compose(regional, US)) == {
        "emergency": ["Call 911 or go to the emergency room now", "A fever of 100.4 °F (38 °C) in a baby"],
        "same-day": [
            *("Call (202) 555-0123 the same day", "If we are closed, go to the emergency room.", "A new sore", "New heat"),
        ],
        "soon": ["Be seen within 2 weeks", "A new lump"],
        "school": ["Ask about a plan for school."],
        "more": ["Who can help", "Your library", "Lumps Group (lumps.example)"],
    }


def test_without_a_clinic_the_leaflet_has_room_for_each_number(regional: Project) -> None:
    document = compose(regional, None)
    assert list_words(document)["same-day"][1] == "If we are closed, call the after-hours line."
    assert list_words(document)["soon"][2] == "You may also call a crisis line."
    assert list_words(document)["more"] == ["Who can help", "Your library"]
    assert "school" not in list_words(document)
    [runs] = [lead.words for part in find_help(document).parts for lead in part.leads]
    assert [(run.words, run.keep) for run in runs if run.blank] == [(".", True)]


def test_only_a_get_help_box_has_a_line_to_write_on(tmp_path: Path) -> None:
    words = "Call {crisis_phone} any time."
    project = write_project(tmp_path, {SIGNS: SMALL_PROJECT[SIGNS].replace("You may feel hard lumps.", words)})
    [section] = [each for each in compose(project, None).sections if each.name == "signs"]
    assert [run.words for run in section.parts[0].entries[0].words] == ["Call a crisis line any time."]


def test_a_number_of_the_clinic_is_bold_and_whole_in_any_language(regional: Project) -> None:
    for tag in ("en", "es"):
        runs = [run for part in find_help(compose(regional, GB, tag)).parts for lead in part.leads for run in lead.words]
        assert [(run.words, run.strong, run.keep) for run in runs if run.strong] == [("020 7946 0001", True, True)]


def test_a_translation_follows_the_clinic_as_well(regional: Project) -> None:
    words = list_words(compose(regional, US, "es"))
    assert words["emergency"] == ["Llame al 911 o vaya a la sala de emergencias ahora", "Fiebre de 100,4 °F (38 °C) en un bebé"]
    assert list_words(compose(regional, GB, "es"))["emergency"][0] == "Llame al 999 o vaya a Urgencias (A&E) ahora"


def test_a_section_of_which_a_clinic_prints_nothing_is_left_out(tmp_path: Path) -> None:
    changed = SMALL_PROJECT[SIGNS].replace("  lumps:\n", "  lumps:\n    when: us\n")
    project = write_project(tmp_path, {SIGNS: changed})
    assert [section.name for section in compose(project, US).sections] == ["signs", "get-help"]
    assert [section.name for section in compose(project, GB).sections] == ["get-help"]


@pytest.mark.parametrize(
    "words",
    ["Call at 38 °C or 100.4 °F.", "Call at 38 °C (104 °F).", "Call at 38 to 39 °C (102.2 °F).", "At 38 °C or more (100.4 °F)."],
)
def test_temperatures_that_cannot_change_places_stop_the_leaflet_of_a_clinic_in_the_united_states(
    tmp_path: Path, words: str, engine: Engine
) -> None:
    english, spanish = (SMALL_PROJECT[SIGNS], SMALL_PROJECT[SPANISH_SIGNS])
    changed = {
        SIGNS: english.replace("Call if your fever is above 38.5 °C.", words),
        SPANISH_SIGNS: spanish.replace("Llame si la fiebre pasa de 38,5 °C.", "Llame si pasa de 38 °C (100,4 °F)."),
    }
    project = write_project(tmp_path, changed)
    for edition in ("standard", "web"):
        job = Job("en", "adult", edition, "screen" if edition == "web" else "letter")
        _, problems = make_leaflet(project, job, engine, US)
        assert [(each.id, str(each.place)) for each in problems] == [("heat-order", f"{SIGNS}:7")]
    assert compose(project, GB).problems == ()
    _, problems = make_leaflet(project, Job("es", "adult", "clinician", "letter"), engine, US)
    assert [(each.id, each.place.path) for each in problems] == [("heat-order", SIGNS)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edition", "what"), [("standard", "leaflet"), ("bilingual", "sheet"), ("clinician", "leaflet"), ("web", "leaflet")]
)
@pytest.mark.parametrize("clinic", [None, GB, US], ids=["none", "GB", "US"])
def test_every_edition_holds_what_the_clinic_prints(
    tmp_path: Path, engine: Engine, edition: str, what: str, clinic: Clinic | None
) -> None:
    blocks = ", ".join(f"get-help.{name}" for name in ("emergency", "same-day", "soon"))
    sheet = f"sheet:\n  words: 90\n  front: [signs.lumps]\n  back: [{blocks}]\n"
    regional = write_project(tmp_path, REGIONAL | {LEAFLET: SMALL_PROJECT[LEAFLET] + sheet})
    job = Job("es", "adult", edition, "screen" if edition == "web" else "a4", what)
    [made], problems = make_leaflet(regional, job, engine, clinic)
    assert {each.id for each in problems} <= {"near-empty-page"}  # of which so few words may leave one
    if edition != "web":
        texts = read_pdf_facts(made.data).texts
        wanted = {"Lumps Group (lumps.example)", "Si está cerrado, llame a 020 7946 0001."} if clinic == GB else set()
        if what == "leaflet" and edition != "clinician":
            assert wanted <= set(texts)
        assert ("Be seen within 2 weeks" in texts) is (edition in ("bilingual", "clinician"))


def test_a_group_of_another_leaflet_or_country_is_not_named(regional: Project) -> None:
    [group] = regional.countries.groups
    for other in (replace(group, countries=("US",)), replace(group, audiences=("pediatric",))):
        project = replace(regional, countries=replace(regional.countries, groups=(other,)))
        assert list_words(compose(project, GB))["more"] == ["Who can help", "Your library"]
