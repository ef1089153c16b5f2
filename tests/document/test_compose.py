"""A document holds all that its page shows, and says when it is a draft."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.editions import parse_edition
from leaflets.content.signoffs import Role, Signer
from leaflets.document.compose import (
    MACHINE_NOTICE,
    UNSIGNED_NOTICE,
    Document,
    compose_notices,
    cut_insert,
    name_check_page,
    share_draft,
)
from leaflets.document.credits import list_credits, tell_sources
from leaflets.document.expected import list_expected, read_html_blocks
from leaflets.document.html import list_names, open_templates
from leaflets.edition import EditionLanguages
from leaflets.languages.runs import join_runs
from leaflets.model import Status
from leaflets.profile import Clinic
from tests.support.projects import ROOT, SMALL_PROJECT, write_project
from tests.support.small import HELP, LEAFLET, REFERENCES, SIGNS, swap

CLINIC = Clinic("A Clinic", "020 7946 0000", "999", leaflets_url="clinic.example")
MESSAGES = {MACHINE_NOTICE: "BORRADOR. Por máquina.", UNSIGNED_NOTICE: "BORRADOR. Sin revisar."}


@pytest.fixture
def spanish(tmp_path: Path) -> Document:
    return make_document(write_project(tmp_path), "adult", "es", EditionLanguages.OWN, CLINIC)


def test_a_document_holds_its_words(spanish: Document) -> None:
    words = ["Para personas adultas", "Puede sentir bultos duros.", "Llame si la fiebre pasa de 38,5 °C.", "Fiebre en un bebé"]
    assert [join_runs(entry.words) for part in spanish.parts(screen=False) for entry in part.entries] == words
    assert (join_runs(spanish.title), spanish.english_title) == ("Bultos", "Lumps")


def test_what_is_printed_apart_is_in_no_leaflet_on_paper_and_ends_the_web_page_whatever_its_look(tmp_path: Path) -> None:
    apart = swap(LEAFLET, "  - signs\n", "") | {HELP: "insert: child\n" + SMALL_PROJECT[HELP]}
    apart[LEAFLET] += "inserts: [signs]\n"
    document = make_document(write_project(tmp_path, apart), "adult", "es", EditionLanguages.OWN, None)
    assert [section.name for section in document.sections] == ["get-help"]
    assert [section.name for section in document.inserts] == ["signs"]
    body = open_templates(ROOT / "templates").get_template("body.html")
    for name, there in (("standard", False), ("web", True)):
        edition = parse_edition((ROOT / "templates" / "editions" / f"{name}.toml").read_bytes(), f"{name}.toml")
        html = body.render(list_names(document, document, edition) | {"picture": "leaflet:{}.svg".format})
        assert ("Puede sentir bultos duros." in html) is there
        assert ("¿Cuáles son las señales?" in list_expected(edition, document, None).words) is there
    assert html.index('<section class="sources">') < html.index('<section class="insert">') < html.index("Puede sentir bultos")


def test_an_insert_is_a_document_of_its_own_with_its_title_and_the_readers_of_its_leaflet(tmp_path: Path) -> None:
    apart = swap(LEAFLET, "  - signs\n", "") | {HELP: "insert: child\n" + SMALL_PROJECT[HELP]}
    apart[LEAFLET] += "inserts: [signs]\n"
    project = write_project(tmp_path, apart)
    spanish, english = (make_document(project, "adult", each, EditionLanguages.OWN, None) for each in ("es", "en"))
    insert = cut_insert(spanish, english, "signs")
    assert (join_runs(insert.title), insert.english_title) == ("¿Cuáles son las señales?", "What are the signs?")
    assert [join_runs(entry.words) for part in insert.cover.parts for entry in part.entries] == ["Para personas adultas"]
    assert (insert.sections, [section.name for section in insert.inserts]) == ((), ["signs"])
    assert cut_insert(english, english, "signs").english_title == ""


def cite_books(books: int) -> dict[str, str | None]:
    """Let the signs rest on some books more, and the emergency on the last of them as well; an unread one counts for none."""
    names = [f"B{number}" for number in range(books)]
    known = "".join(f"{name}:\n  cite: {name}. 2020\n  short: Name {name}\n  checked: copy\n" for name in names)
    unread = "general:\n  cite: general knowledge\n  short: general\n  checked: none\n"
    return {
        REFERENCES: SMALL_PROJECT[REFERENCES] + known + unread,
        SIGNS: SMALL_PROJECT[SIGNS].replace("[Book]", f"[{', '.join(['general', *names])}]"),
        HELP: SMALL_PROJECT[HELP].replace("[Book]", f"[general, {', '.join(['Book', *names[-1:]])}]"),
    }


def test_paper_names_the_six_sources_on_which_most_rests_and_says_where_the_others_are(tmp_path: Path) -> None:
    project = write_project(tmp_path, cite_books(9))
    english = make_document(project, "adult", "en", EditionLanguages.OWN, None)
    assert len(english.sources) == 10
    assert english.main_sources == ("A book 2020", "Name B0", "Name B1", "Name B2", "Name B3", "Name B8")
    named = "A book 2020; Name B0; Name B1; Name B2; Name B3; Name B8"
    said = f"{named} and 4 more. The whole list is on the web page of this leaflet."
    assert join_runs(tell_sources(english)) == said
    clinic = replace(CLINIC, leaflets_url="https://clinic.example")
    coded = make_document(project, "adult", "en", EditionLanguages.OWN, clinic)
    assert coded.check_address == "clinic.example/v/adult-en-0.1.0.html"
    standard, web = (project.editions[name] for name in ("standard", "web"))
    for document, edition, line in (
        (english, standard, said),
        (coded, standard, f"{said} {coded.check_address}"),
        (english, web, f"{'; '.join(english.sources)}."),
    ):
        names = list_names(document, document, edition) | {"picture": "leaflet:{}.svg".format}
        html = open_templates(ROOT / "templates").get_template("sources.html").render(names)
        assert line in read_html_blocks(f"<main>{html}</main>")
        assert line in list_expected(edition, document, None).words


def test_few_sources_are_all_named_on_paper(tmp_path: Path) -> None:
    document = make_document(write_project(tmp_path, cite_books(5)), "adult", "es", EditionLanguages.OWN, CLINIC)
    [run] = tell_sources(document)
    assert (run.words, run.language) == ("A book 2020; Name B0; Name B1; Name B2; Name B3; Name B4.", "en")


def test_a_placeholder_is_the_clinics_number_or_words_without_one(tmp_path: Path, spanish: Document) -> None:
    alone = make_document(write_project(tmp_path / "alone"), "adult", "es", EditionLanguages.OWN, None)
    [helps], [other] = ([each.parts[0] for each in document.sections if each.urgent] for document in (spanish, alone))
    assert join_runs(helps.heading) == "Llame al 999 ahora"
    assert join_runs(other.heading) == f"Llame al {alone.messages['the emergency number']} ahora"


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
