"""A document holds all that its page shows, and says when it is a draft."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.signoffs import Role, Signer
from leaflets.document.compose import (
    MACHINE_NOTICE,
    UNSIGNED_NOTICE,
    Document,
    compose_notices,
    list_credits,
    name_check_page,
    share_draft,
)
from leaflets.languages.runs import join_runs
from leaflets.model import Clinic, EditionLanguages, Status
from tests.support.projects import write_project

CLINIC = Clinic("A Clinic", "020 7946 0000", "999", leaflets_url="clinic.example")
MESSAGES = {MACHINE_NOTICE: "BORRADOR. Por máquina.", UNSIGNED_NOTICE: "BORRADOR. Sin revisar."}


@pytest.fixture
def spanish(tmp_path: Path) -> Document:
    return make_document(write_project(tmp_path), "adult", "es", EditionLanguages.OWN, CLINIC)


def test_a_document_holds_its_words_and_the_emergency_comes_first(spanish: Document) -> None:
    words = [join_runs(entry.words) for part in spanish.parts() for entry in part.entries]
    assert words == [
        *("Para personas adultas", "Fiebre en un bebé", "Puede sentir bultos duros.", "Llame si la fiebre pasa de 38,5 °C."),
    ]
    assert (join_runs(spanish.title), spanish.english_title) == ("Bultos", "Lumps")


def test_a_placeholder_is_the_clinics_number_or_words_without_one(tmp_path: Path, spanish: Document) -> None:
    alone = make_document(write_project(tmp_path / "alone"), "adult", "es", EditionLanguages.OWN, None)
    assert join_runs(spanish.alert.heading) == "Llame al 999 ahora"
    assert join_runs(alone.alert.heading) == f"Llame al {alone.messages['the emergency number']} ahora"


def test_the_page_about_a_version_is_named_by_leaflet_language_and_version(tmp_path: Path, spanish: Document) -> None:
    leaflet = write_project(tmp_path / "other").leaflets["adult"]
    assert spanish.check_url == "clinic.example/v/adult-es-0.1.0.html"
    assert name_check_page("x.example", leaflet, "es", "0.0.9") == "x.example/v/adult-es-0.0.9.html"


@pytest.mark.parametrize(
    ("locale", "status", "said"),
    [
        ("es", Status.MACHINE_DRAFT, [("es", MESSAGES[MACHINE_NOTICE]), ("en", MACHINE_NOTICE)]),
        ("es", Status.REVISED, [("es", MESSAGES[UNSIGNED_NOTICE]), ("en", UNSIGNED_NOTICE)]),
        ("en", Status.MACHINE_DRAFT, [("en", UNSIGNED_NOTICE)]),
        ("es", Status.CLINICALLY_CHECKED, []),
    ],
)
def test_only_the_last_status_lifts_the_notice(locale: str, status: Status, said: list[tuple[str, str]]) -> None:
    assert [(notice.locale, notice.words) for notice in compose_notices(locale, status, MESSAGES)] == said


def test_a_draft_in_english_is_a_draft_in_every_language(spanish: Document) -> None:
    signed = replace(spanish, status=Status.CLINICALLY_CHECKED, notices=())
    english = replace(signed, locale="en")
    assert share_draft(signed, english) == signed
    shared = share_draft(signed, replace(english, status=Status.TRANSLATED, notices=spanish.notices))
    assert (shared.draft, shared.status) == (True, Status.REVISED)
    assert [notice.words for notice in shared.notices][-1] == UNSIGNED_NOTICE


def test_whoever_signed_is_named_in_the_language_of_the_page(spanish: Document) -> None:
    signers = (
        Signer(Role.TRANSLATOR, "Ana Ruiz", "", date(2026, 1, 2)),
        Signer(Role.CLINICIAN, "Li Wei", "MD", date(2026, 3, 4)),
    )
    english = replace(spanish, locale="en", messages={message: message for message in spanish.messages})
    credits = [join_runs(line) for line in list_credits(replace(spanish, signers=signers), english)]
    assert credits == ["Translated by Ana Ruiz", "Checked by Li Wei (MD), March 4, 2026"]
