"""One leaflet, made in memory."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leaflets.build import leaflet
from leaflets.build.jobs import Job, hash_inputs
from leaflets.build.leaflet import find_budget, make_leaflet
from leaflets.content.project import load_project
from leaflets.languages.fonts import read_fonts
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import read_pdf_facts
from leaflets.profile import Clinic
from tests.support.projects import ENGLISH, ROOT, SMALL_PROJECT, SPANISH, remove_record, sign_everything, write_project
from tests.support.small import WITH_SHEET


def test_a_translation_that_is_signed_off_is_a_draft_as_long_as_its_english_is_one(tmp_path: Path, engine: Engine) -> None:
    project = sign_everything(write_project(tmp_path / "project", WITH_SHEET))
    remove_record(project.root, "en")
    project = load_project(project.root)
    for edition, status, what in (
        ("standard", "revised", "leaflet"),
        ("bilingual", "machine-draft", "sheet"),
        ("clinician", "machine-draft", "leaflet"),
    ):
        made, problems = make_leaflet(project, Job("es", "adult", edition, "a4", what), engine, None)
        assert problems == ()
        assert made[0].entry.draft, edition
        assert made[0].entry.status == status
        texts = read_pdf_facts(made[0].data).texts
        assert "DRAFT. Not yet checked by a clinician. Do not give to patients." in texts
        assert not any("comprobado por" in text.casefold() for text in texts), edition


def test_the_clinic_s_numbers_stand_in_the_text_and_in_the_inputs(tmp_path: Path, engine: Engine) -> None:
    project = write_project(tmp_path)
    clinic = Clinic("A Test's Clinic", "020 7946 0000", "112")
    [made], problems = make_leaflet(project, SPANISH, engine, clinic)
    facts = read_pdf_facts(made.data)
    assert problems == ()
    assert "Llame al 112 ahora" in facts.texts
    assert "020 7946 0000" in facts.texts
    [plain], _ = make_leaflet(project, SPANISH, engine, None)
    assert "Llame al número de emergencias ahora" in read_pdf_facts(plain.data).texts
    assert hash_inputs(project, SPANISH, clinic) != hash_inputs(project, SPANISH, None)


def test_a_leaflet_is_made_anew_when_what_its_country_or_clinic_brings_changes(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    clinic = Clinic("A Clinic", "020 7946 0000", "999")
    before = hash_inputs(project, SPANISH, clinic)
    for other in (replace(clinic, urgent_phone="111"), replace(clinic, crisis_phone="116 123"), replace(clinic, country="GB")):
        assert hash_inputs(project, SPANISH, other) != before
    path = tmp_path / "content" / "countries.yaml"
    path.write_text(path.read_text().replace("Lumps Group", "Lumps Club"))
    assert hash_inputs(load_project(tmp_path), SPANISH, clinic) != before


def test_text_that_looks_like_markup_or_a_template_is_printed_as_it_stands(tmp_path: Path, engine: Engine) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"].replace(
        "You may feel hard lumps.", "'<b>You</b> & <img src=\"file:///etc/passwd\"> may #feel &amp; lumps.'"
    )
    project = write_project(tmp_path, {"content/topics/en/signs.yaml": english})
    [made], problems = make_leaflet(project, ENGLISH, engine, Clinic("<script>x</script>{7*7}", "112", "112"))
    texts = read_pdf_facts(made.data).texts
    assert problems == ()
    assert '<b>You</b> & <img src="file:///etc/passwd"> may #feel &amp; lumps.' in texts
    assert "<script>x</script>{7*7}" in texts


def test_a_page_budget_bounds_words_and_not_the_width_of_letters() -> None:
    project, fonts = load_project(ROOT), read_fonts(ROOT / "templates")
    job = Job("ka", "adult", "standard", "a4")
    assert find_budget(project, job, fonts, "es") == project.leaflets["adult"].pages
    assert find_budget(project, job, fonts, "ka") == 1.25 * project.leaflets["adult"].pages
    assert find_budget(project, replace(job, paper="letter"), fonts, "ka") == 0


@pytest.mark.parametrize(("edition", "opened"), [("standard", 1), ("booklet", 2)])
def test_each_step_of_a_file_is_done_once(
    tmp_path: Path, engine: Engine, edition: str, opened: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its English is composed beside it, and the pages of a booklet are opened once more, to be put on sheets."""
    project = write_project(tmp_path)
    done: Counter[str] = Counter()

    def count(owner: Any, name: str) -> None:
        step = getattr(owner, name)

        def counted(*given: Any, **named: Any) -> Any:
            done[name] += 1
            return step(*given, **named)

        monkeypatch.setattr(owner, name, counted)

    for name in ("make_document", "render_html", "list_expected", "read_pdf_facts", "verify_pdf"):
        count(leaflet, name)
    count(pikepdf, "open")
    make_leaflet(project, replace(SPANISH, edition=edition), engine, None)
    once = dict.fromkeys(("render_html", "list_expected", "read_pdf_facts", "verify_pdf"), 1)
    assert done == {"make_document": 2, "open": opened} | once
