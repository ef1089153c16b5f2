"""From a draft to a leaflet that may be handed out, and back when a word changes. Nobody who signs here exists."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from leaflets.build.account import Selection
from leaflets.build.jobs import Job, choose_prints, hash_inputs
from leaflets.build.leaflet import make_document, make_leaflet
from leaflets.build.release import find_hindrances, find_overdue, refuse_unreleased
from leaflets.content.project import Project, load_project
from leaflets.content.signoffs import Role, SignOff
from leaflets.document.credits import list_credits
from leaflets.edition import EditionLanguages
from leaflets.languages.runs import join_runs
from leaflets.model import SOURCE_LOCALE, Status
from leaflets.pdf.engine import Engine
from leaflets.pdf.reader import read_pdf_facts
from leaflets.problems import Severity
from leaflets.server.watch import rebuild
from leaflets.translation.outline import list_outlines
from leaflets.translation.units import State, survey_language
from tests.conftest import Run
from tests.support.projects import (
    ROOT,
    SMALL_PROJECT,
    add_signoffs,
    build_leaflets,
    find_all,
    list_record,
    record_translation,
    remove_record,
    sign_all,
    sign_everything,
    write_project,
)
from tests.support.small import WITH_SHEET

DAY = date(2026, 11, 21)
SIGNS = "content/topics/en/signs.yaml"
SPANISH = Job("es", "adult", "standard", "a4")
RELEASE = ("build", "--release", "--edition", "standard", "--paper", "a4", "--jobs", 1)


def sign_project(root: Path) -> Project:
    """Let a test's people sign the small project in both languages."""
    write_project(root)
    sign_all(root, SOURCE_LOCALE)
    return sign_all(root, "es")


def sign_as(root: Path, locale: str, role: Role, name: str, qualification: str = "", units: str = "") -> Project:
    """Let one of a test's people sign the units whose id begins with some words."""
    project = load_project(root)
    surveyed = survey_language(project, locale).values()
    readings = {unit.id: unit.reading for unit in surveyed if unit.words and unit.id.startswith(units)}
    add_signoffs(root, locale, SignOff(role, name, DAY, readings, qualification))
    return load_project(root)


def find_problems_of(project: Project, tag: str = "es", today: date = DAY) -> list[str]:
    return [str(problem) for problem in find_hindrances(project, "adult", tag, today)]


def change(root: Path, name: str, old: str, new: str) -> Project:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")
    return load_project(root)


def read_digest(run: Run, root: Path, *words: object) -> str:
    """Read a review's digest, as a person does from its end."""
    result = run("--project", root, "review", *words)
    assert result.exit_code == 0, result.output
    return result.stdout.split("digest ")[1].split()[0]


@pytest.mark.slow
def test_a_leaflet_goes_from_draft_to_release_and_back_when_one_sentence_changes(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    refused = run("--project", root, *RELEASE)
    assert refused.exit_code == 1
    assert "0 of 2 leaflets" in refused.stdout
    assert refused.stderr.count("[not-signed]") == 2  # one for English, one for Spanish, each said once
    for tag in ("es", "en"):
        for role, name in (("reviser", "Test Reviser"), ("clinician", "Test Clinician")):
            digest = read_digest(run, root, tag, "--role", role)
            signed = run(
                "--project", root, "sign", tag, "--role", role, "--name", name, "--qualification", "tester", "--read", digest
            )
            assert signed.exit_code == 0, signed.output
    released = run("--project", root, *RELEASE)
    assert released.exit_code == 0, released.output
    assert released.stdout.splitlines()[-1] == "2 of 2 leaflets in output/, 0 of them marked DRAFT"
    assert {path.name for path in (tmp_path / "output").glob("e*/*")} == {"adult-leaflet-a4.pdf"}
    words = "\n".join(read_pdf_facts((tmp_path / "output/es/adult-leaflet-a4.pdf").read_bytes()).texts)
    assert "BORRADOR" not in words
    assert "Revisado por Test Reviser (tester) · Comprobado por Test Clinician (tester), " in words

    project = change(root, SIGNS, "You may feel hard lumps.", "You may feel hard, sore lumps.")
    states = {unit.id: unit.state for unit in survey_language(project, "es").values()}
    assert [unit for unit, state in states.items() if state is not State.CHECKED] == ["signs.lumps.hard"]
    assert states["signs.lumps.hard"] is State.STALE
    assert survey_language(project, "en")["signs.lumps.hard"].state is State.DRAFT
    stopped = run("--project", root, *RELEASE)
    assert stopped.exit_code == 1
    assert "[stale-unit]" in stopped.stderr
    assert (
        "texts in en are not signed off. Missing: a reviser for signs.lumps.hard; a clinician for signs.lumps.hard"
        in stopped.stderr
    )
    assert list((tmp_path / "output").glob("e*/*.pdf")) == []


def test_a_release_needs_two_people_for_the_translation_and_for_its_english(tmp_path: Path) -> None:
    root = tmp_path
    write_project(root)
    sign_all(root, "es")
    [english] = find_problems_of(load_project(root))
    assert english.startswith('translations/en/signoffs: error: "adult", leaflet: ')
    assert "leaflets review en --leaflet adult" in english
    assert "a reviser for adult.title, adult.for-whom," in english
    sign_as(root, "en", Role.REVISER, "Test Reviser")
    [english] = find_problems_of(load_project(root))
    assert "a reviser" not in english
    assert "a clinician for" in english
    assert find_problems_of(sign_as(root, "en", Role.CLINICIAN, "Test Clinician")) == []


def test_one_person_in_both_roles_is_no_second_person(tmp_path: Path) -> None:
    write_project(tmp_path)
    sign_as(tmp_path, "en", Role.REVISER, "Test Person")
    [english] = find_problems_of(sign_as(tmp_path, "en", Role.CLINICIAN, "test  person"), "en")
    assert "Missing: another clinician for adult.title" in english


def test_a_unit_without_words_is_named_as_such(tmp_path: Path) -> None:
    sign_project(tmp_path)
    spanish = find_problems_of(change(tmp_path, "content/topics/es/signs.yaml", "    hard: Puede sentir bultos duros.\n", ""))
    assert "Missing: words made from this English for signs.lumps.hard." in spanish[0]


@pytest.mark.slow
def test_a_leaflet_past_its_day_is_not_released_and_never_made_without_a_warning(tmp_path: Path, run: Run) -> None:
    old = SMALL_PROJECT["content/leaflets/adult.yaml"].replace("2026-11-21", "2020-11-21").replace("2028-11-21", "2022-11-21")
    root = write_project(tmp_path / "project", {"content/leaflets/adult.yaml": old}).root
    for locale in ("en", "es"):
        project = sign_all(root, locale, day=date(2020, 11, 21))
    assert find_problems_of(project, today=date(2022, 11, 21)) == []
    [problem] = find_problems_of(project, today=date(2022, 11, 22))
    assert problem.endswith("[past-review]")
    refused = run("--project", root, *RELEASE)
    assert refused.exit_code == 1
    assert refused.stderr.count("[past-review]") == 1
    for _ in ("made", "kept"):
        built = run("--project", root, "build", "--edition", "standard", "--paper", "a4", "--locale", "es", "--jobs", 1)
        assert built.exit_code == 0
        assert built.stderr.count("[review-due]") == 1
    checked = run("--project", root, "check")
    assert checked.exit_code == 0
    assert "content/leaflets/adult.yaml:1: warning:" in checked.stderr


def test_whoever_watches_the_leaflets_is_told_that_one_is_past_its_day(tmp_path: Path) -> None:
    old = SMALL_PROJECT["content/leaflets/adult.yaml"].replace("2026-11-21", "2020-11-21").replace("2028-11-21", "2022-11-21")
    root = write_project(tmp_path / "project", {"content/leaflets/adult.yaml": old}).root
    selection = Selection(locales=("en",), editions=("web",), output=tmp_path / "out")
    results, lines = rebuild(root, selection, lambda result: None, lambda: None, lambda: True)
    assert [result.entry is not None for result in results] == [True]
    assert [line.rpartition(" ")[2] for line in lines] == ["[review-due]"]


def test_a_leaflet_is_overdue_on_the_day_after_its_day(tmp_path: Path) -> None:
    leaflets = write_project(tmp_path).leaflets.values()
    assert list(find_overdue(leaflets, date(2028, 11, 21))) == []
    [problem] = find_overdue(leaflets, date(2028, 11, 22))
    assert (problem.id, problem.severity) == ("review-due", Severity.WARNING)


@pytest.mark.slow
def test_a_release_leaves_no_draft_in_the_folder(tmp_path: Path) -> None:
    project, output = write_project(tmp_path / "project"), tmp_path / "out"
    english = Job("en", "adult", "standard", "a4")
    build_leaflets(project, (), (english, SPANISH), output, None, 0, lambda result: None)
    assert (output / "es/adult-leaflet-a4-DRAFT.pdf").exists()
    project = sign_all(project.root, "en")
    refuse = refuse_unreleased(project, DAY)
    [result] = build_leaflets(project, (), (english,), output, None, 1, lambda result: None, refuse)
    assert result.entry
    assert [path.relative_to(output).as_posix() for path in output.glob("e*/*.pdf")] == ["en/adult-leaflet-a4.pdf"]


@pytest.mark.parametrize(
    ("name", "old", "new", "unit"),
    [
        ("content/topics/es/signs.yaml", "bultos duros", "bultos blandos", "signs.lumps.hard"),
        ("content/terms/es.yaml", "term: bulto", "term: bolita", "terms/lump"),
        ("translations/es/LC_MESSAGES/messages.po", 'msgstr "Fuentes"', 'msgstr "Referencias"', "labels/Sources"),
        (SIGNS, "hard lumps", "soft lumps", "signs.lumps.hard"),
        ("content/terms/en.yaml", "term: lump", "term: bump", "terms/lump"),
    ],
)
def test_any_later_change_of_words_or_english_lapses_a_sign_off(tmp_path: Path, name: str, old: str, new: str, unit: str) -> None:
    project = sign_project(tmp_path)
    assert make_document(project, "adult", "es", EditionLanguages.OWN, None).status is Status.CLINICALLY_CHECKED
    project = change(tmp_path, name, old, new)
    assert survey_language(project, "es")[unit].state in (State.DRAFT, State.STALE)
    assert [each.id for each in survey_language(project, "es").values() if each.state is not State.CHECKED] == [unit]
    record_translation(tmp_path)
    unsigned = [each.id for each in survey_language(load_project(tmp_path), "es").values() if each.state is not State.CHECKED]
    assert unsigned == [unit]


def test_a_leaflet_is_a_draft_again_when_a_signed_text_is_tampered_with(tmp_path: Path, engine: Engine) -> None:
    project = sign_project(tmp_path)
    [made], problems = make_leaflet(project, SPANISH, engine, None)
    assert problems == ()
    assert (made.entry.path, made.entry.draft, made.entry.status) == ("es/adult-leaflet-a4.pdf", False, "clinically-checked")
    project = change(tmp_path, "content/topics/es/signs.yaml", "bultos duros", "bultos blandos")
    [made], problems = make_leaflet(project, SPANISH, engine, None)
    assert problems == ()
    assert (made.entry.path, made.entry.draft, made.entry.status) == ("es/adult-leaflet-a4-DRAFT.pdf", True, "machine-draft")
    assert "Revisado por" not in "".join(read_pdf_facts(made.data).texts)


def edit(number: int, old: str, new: str) -> Callable[[list[Path]], Path]:
    """Change words in a file of a record; gives the file with the problem."""

    def apply(record: list[Path]) -> Path:
        text = record[number].read_text(encoding="utf-8")
        assert old in text
        record[number].write_text(text.replace(old, new, 1), encoding="utf-8")
        return record[number]

    return apply


def lose(number: int, found: int | None) -> Callable[[list[Path]], Path]:
    """Delete a file of a record; it is missed by another one, or by the end."""

    def apply(record: list[Path]) -> Path:
        record[number].unlink()
        return record[number].parent.parent / "signoffs.end" if found is None else record[found]

    return apply


def swap(record: list[Path]) -> Path:
    """Let two files of a record change places."""
    first, second = (path.read_bytes() for path in record[:2])
    record[0].write_bytes(second)
    record[1].write_bytes(first)
    return record[0]


def cut(record: list[Path]) -> Path:
    record[-1].write_bytes(record[-1].read_bytes()[:-20])
    return record[-1]


def put_beside(record: list[Path]) -> Path:
    copy = record[0].with_name(f"{record[0].name}.orig")
    copy.write_bytes(record[0].read_bytes())
    return copy


@pytest.mark.slow
@pytest.mark.parametrize(
    "tamper",
    [
        edit(0, "bultos duros", "bultos blandos"),
        edit(0, "Test Reviser", "Test Stranger"),
        lose(0, 1),
        lose(1, 2),
        lose(2, None),
        swap,
        edit(-1, "Test Translator", "Test Stranger"),
        cut,
        put_beside,
    ],
)
def test_a_tampered_record_is_found_and_stops_every_leaflet_of_its_language(
    tmp_path: Path, run: Run, tamper: Callable[[list[Path]], Path]
) -> None:
    sign_project(tmp_path / "project")
    project = sign_as(tmp_path / "project", "es", Role.TRANSLATOR, "Test Translator")
    place = tamper(list_record(project.root, "es")).relative_to(project.root).as_posix()
    checked = run("--project", project.root, "check", "--locale", "es")
    assert checked.exit_code == 1
    assert checked.stderr.startswith(f"{place}: error: ")
    assert checked.stderr.endswith("[broken-signoffs]\n")
    project = load_project(project.root)
    results = build_leaflets(project, tuple(find_all(project)), (SPANISH,), tmp_path / "out", None, 0, lambda result: None)
    assert [[problem.id for problem in result.problems] for result in results] == [["broken-signoffs"]]


def test_a_sign_off_that_comes_or_goes_makes_its_leaflets_anew(tmp_path: Path) -> None:
    before = hash_inputs(write_project(tmp_path), SPANISH, None)
    signed = hash_inputs(sign_all(tmp_path, "es", [Role.REVISER]), SPANISH, None)
    both = hash_inputs(sign_all(tmp_path, "en", [Role.REVISER]), SPANISH, None)
    assert len({before, signed, both}) == 3
    for tag in ("es", "en"):
        remove_record(tmp_path, tag)
    assert hash_inputs(load_project(tmp_path), SPANISH, None) == before


def read_credits(project: Project, locale: str) -> list[str]:
    document = make_document(project, "adult", locale, EditionLanguages.OWN, None)
    return [join_runs(words) for words in list_credits(document, document)]


def test_a_leaflet_names_each_signer_once_in_its_own_language(tmp_path: Path) -> None:
    write_project(tmp_path)
    assert read_credits(sign_as(tmp_path, "es", Role.TRANSLATOR, "Test Translator"), "es") == []
    sign_as(tmp_path, "es", Role.REVISER, "Test Reviser")
    sign_as(tmp_path, "es", Role.CLINICIAN, "Test Clinician", "dermatologist", "signs")
    sign_as(tmp_path, "es", Role.CLINICIAN, "Test Clinician", "dermatologist", "adult")
    assert read_credits(sign_as(tmp_path, "es", Role.CLINICIAN, "Test Doctor", "", "get-help"), "es") == []  # labels are open
    sign_as(tmp_path, "es", Role.CLINICIAN, "Test Doctor", "", "terms")
    project = sign_as(tmp_path, "es", Role.CLINICIAN, "Test Doctor", "", "labels")
    assert read_credits(project, "es") == [
        "Traducido por Test Translator",
        "Revisado por Test Reviser",
        "Comprobado por Test Clinician (dermatologist), 21 de noviembre de 2026",
        "Comprobado por Test Doctor, 21 de noviembre de 2026",
    ]


def test_whose_words_were_all_changed_since_is_not_named(tmp_path: Path) -> None:
    write_project(tmp_path)
    sign_as(tmp_path, "es", Role.REVISER, "Test Before", "", "signs.lumps.hard")
    change(tmp_path, "content/topics/es/signs.yaml", "bultos duros", "bultos firmes")
    record_translation(tmp_path)
    assert "Test Before" not in "".join(read_credits(sign_all(tmp_path, "es"), "es"))


@pytest.mark.slow
def test_every_edition_says_who_signed_it(tmp_path: Path, engine: Engine) -> None:
    project = sign_project(tmp_path)
    for edition in project.editions:
        paper = "screen" if project.editions[edition].screen else "a4"
        for what in choose_prints(project, "adult", edition):
            made, problems = make_leaflet(project, Job("es", "adult", edition, paper, what), engine, None)
            assert [problem.id for problem in problems] == [], edition
        words = made[-1].data.decode() if paper == "screen" else "\n".join(read_pdf_facts(made[-1].data).texts)
        assert "Test Reviser" in words, edition


def test_a_page_with_an_unsigned_text_on_it_names_nobody(tmp_path: Path, engine: Engine) -> None:
    write_project(tmp_path, WITH_SHEET)
    project = sign_all(tmp_path, "es")
    made, problems = make_leaflet(project, Job("es", "adult", "bilingual", "a4", "sheet"), engine, None)
    assert problems == ()
    assert "Test Reviser" not in "\n".join(read_pdf_facts(made[0].data).texts)


def test_english_in_disguise_is_never_released(tmp_path: Path) -> None:
    project = sign_project(tmp_path)
    [problem] = refuse_unreleased(project, DAY)(Job("en-XA", "adult", "standard", "a4"))
    assert (problem.id, problem.place.path) == ("not-signed", "en-XA")


def test_a_name_that_the_fonts_lack_prints_no_boxes(tmp_path: Path, engine: Engine) -> None:
    write_project(tmp_path)
    sign_all(tmp_path, SOURCE_LOCALE)
    sign_as(tmp_path, "es", Role.REVISER, "اختبار")
    project = sign_as(tmp_path, "es", Role.CLINICIAN, "Test Clinician")
    for edition, paper in (("standard", "a4"), ("web", "screen")):
        _, problems = make_leaflet(project, Job("es", "adult", edition, paper), engine, None)
        assert any(problem.severity is Severity.ERROR for problem in problems), edition


def test_a_name_is_escaped_and_set_in_its_own_direction(tmp_path: Path, engine: Engine) -> None:
    write_project(tmp_path)
    sign_all(tmp_path, SOURCE_LOCALE)
    sign_as(tmp_path, "es", Role.REVISER, "Test & Reviser")
    project = sign_as(tmp_path, "es", Role.CLINICIAN, "Test Clinician")
    [made], problems = make_leaflet(project, Job("es", "adult", "web", "screen"), engine, None)
    assert problems == ()
    assert '<span dir="ltr" class="name">Test &amp; Reviser</span>' in made.data.decode()


def test_a_name_and_a_qualification_of_another_direction_move_nothing(tmp_path: Path) -> None:
    write_project(tmp_path)
    sign_as(tmp_path, "es", Role.REVISER, "Test Reviser")
    document = make_document(
        sign_as(tmp_path, "es", Role.CLINICIAN, "اختبار", "Test nurse"), "adult", "es", EditionLanguages.OWN, None
    )
    _, runs = list_credits(document, document)
    assert [(run.words, run.isolate) for run in runs if run.isolate] == [("اختبار", "rtl"), ("Test nurse", "ltr")]
    assert join_runs(runs) == "Comprobado por اختبار (Test nurse), 21 de noviembre de 2026"


def sign_in_memory(project: Project, locale: str, name: str) -> Project:
    """Let a test's people sign the real leaflets, in memory alone."""
    readings = {unit.id: unit.reading for unit in survey_language(project, locale).values() if unit.words}
    signoffs = (SignOff(Role.REVISER, name, DAY, readings), SignOff(Role.CLINICIAN, "Test Clinician", DAY, readings))
    return replace(project, languages={**project.languages, locale: replace(project.languages[locale], signoffs=signoffs)})


@pytest.mark.slow
def test_a_name_in_the_letters_of_the_patient_is_set_in_them_on_a_page_in_english(engine: Engine) -> None:
    project = sign_in_memory(sign_in_memory(load_project(ROOT), "en", "Test Reviser"), "ur", "آزمائشی نظر ثانی")
    [made], problems = make_leaflet(project, Job("ur", "cutis", "clinician", "a4"), engine, None)
    assert [str(problem) for problem in problems] == []
    words = "\n".join(read_pdf_facts(made.data).texts)
    assert "English: Revised by Test Reviser · Checked by Test Clinician, November 21, 2026" in words
    assert "Urdu: Revised by آزمائشی نظر ثانی · Checked by Test Clinician, November 21, 2026" in words


def test_what_was_signed_on_a_day_to_come_is_not_handed_out(tmp_path: Path) -> None:
    write_project(tmp_path)
    for locale in ("en", "es"):
        project = sign_all(tmp_path, locale)
    assert find_problems_of(project, today=DAY) == []
    [said] = [each for each in find_problems_of(project, today=date(2026, 11, 19)) if "/es/" in each]
    assert "signed on 2026-11-21, and today is 2026-11-19" in said
    assert said.endswith("[future-signoff]")
    assert find_problems_of(project, today=date(2026, 11, 20)) == []  # it may be that day already where somebody signed


def test_a_sign_off_of_a_day_to_come_takes_no_draft_mark_away(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    for locale in ("en", "es"):
        sign_all(root, locale, day=date.today() + timedelta(days=30))
    built = run("--project", root, "build", "--locale", "es", "--edition", "web", "--output", tmp_path / "out", "--jobs", 1)
    assert built.exit_code == 1
    assert "[future-signoff]" in built.stderr
    assert not list((tmp_path / "out").rglob("adult*.html"))


CHANGES = [
    pytest.param("content/topics/en/get-help.yaml", "level: emergency", "level: routine", id="another-level"),
    pytest.param("content/leaflets/adult.yaml", "review_by: 2028", "review_by: 2029", id="a-later-day"),
    pytest.param("content/leaflets/adult.yaml", "  - signs\n  - get-help\n", "  - get-help\n  - signs\n", id="another-order"),
]


@pytest.mark.parametrize(("name", "old", "new"), CHANGES)
def test_what_stands_around_the_words_is_signed_with_the_english(tmp_path: Path, name: str, old: str, new: str) -> None:
    write_project(tmp_path)
    for locale in ("en", "es"):
        project = sign_all(tmp_path, locale)
    assert find_problems_of(project) == []
    path = tmp_path / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    [said] = find_problems_of(load_project(tmp_path))
    assert "1 of" in said
    assert "for outlines/" in said
    assert find_problems_of(load_project(tmp_path), tag="en") == [said]


def test_what_only_some_clinics_print_and_what_leads_a_list_is_signed_with_the_english(tmp_path: Path) -> None:
    items = "      hard:\n        lead: true\n        when: us\n        text: Hard\n      soft: Soft\n"
    keys = "    when: crisis-phone\n    references: [Book]\n    support_groups: true\n"
    topic = f"title: Signs\nblocks:\n  lumps:\n{keys}    list:\n{items}"
    outline = list_outlines(write_project(tmp_path, {"content/topics/en/signs.yaml": topic}))["outlines/topic.signs"]
    assert outline.words == (
        "lumps: list; when crisis-phone; hard (before the bullets; when us), soft; "
        "support groups of the clinic's country; sources A book 2020 (abstract)"
    )


def test_another_drawing_is_something_else_to_sign() -> None:
    project = load_project(ROOT)
    before = list_outlines(project)
    name = next(name for name in project.pictures if name.startswith("dont/"))
    after = list_outlines(replace(project, pictures={**project.pictures, name: "<svg/>"}))
    shown = [topic.name for topic in project.topics.values() if any(block.picture == "dont" for block in topic.blocks)]
    assert [unit for unit in before if before[unit].words != after[unit].words] == [f"outlines/topic.{name}" for name in shown]
    assert len(shown) == 1


def test_the_outline_of_a_leaflet_says_what_its_sheet_prints_and_what_is_printed_apart() -> None:
    words = list_outlines(load_project(ROOT))["outlines/leaflet.adult"].words
    assert "; inserts: questions, diary, words; sheet, front: what-is-it.meaning (soft-parts), " in words
    assert "; sheet, back: get-help.emergency" in words


def test_the_outline_says_who_sees_what_and_how_soon_to_get_help(tmp_path: Path) -> None:
    name, old = "content/topics/en/get-help.yaml", "fever: A fever in a baby"
    assert old in SMALL_PROJECT[name]
    new = "fever:\n        for: [adult]\n        text: A fever in a baby"
    words = list_outlines(write_project(tmp_path, {name: SMALL_PROJECT[name].replace(old, new)}))["outlines/topic.get-help"].words
    assert "emergency: list; level emergency; " in words
    assert "fever (for adult)" in words


EXAMPLE_CLINIC = 'name: Example Clinic\nclinic_phone: "020 7946 0000"\nurgent_phone: none\ncountry: GB\n'


@pytest.mark.slow
def test_example_values_stop_what_is_no_draft_and_are_said_once_of_drafts(tmp_path: Path, run: Run) -> None:
    root, clinic = tmp_path / "project", tmp_path / "clinic.yaml"
    clinic.write_text(EXAMPLE_CLINIC)
    project = write_project(root)
    build = ("--project", root, "build", "--jobs", 1, "--paper", "a4", "--clinic", clinic)
    draft = run(*build)
    assert draft.exit_code == 0
    assert draft.stderr.count("[example-in-draft]") == 2  # the name and the number, each once for two files
    before = {path: path.read_bytes() for path in (tmp_path / "output").rglob("*") if path.is_file()}
    released = run(*build, "--release")
    assert (released.exit_code, released.stderr.count("error: "), released.stdout) == (1, 2, "")
    assert f'{clinic}:2: error: "clinic_phone" is an example: 020 7946 0000' in released.stderr
    sign_everything(project)
    assert run(*build).stderr == released.stderr  # signed, so that no page would say DRAFT
    assert {path: path.read_bytes() for path in (tmp_path / "output").rglob("*") if path.is_file()} == before
    clinic.write_text(EXAMPLE_CLINIC.replace("Example", "Riverside").replace("7946 0000", "8746 1234"))
    assert run(*build, "--release").exit_code == 0
