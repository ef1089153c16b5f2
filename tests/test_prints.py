"""What each thing that is printed needs: a sheet the units of the sheet, a leaflet those of the leaflet, counted once for all."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from leaflets.build import leaflet as build
from leaflets.build.jobs import Job, find_blocking, list_inputs, list_jobs
from leaflets.build.leaflet import make_document
from leaflets.build.manifest import read_manifest
from leaflets.checks import run as checks
from leaflets.checks.run import find_problems
from leaflets.content.catalogs import SHEET_TEMPLATES
from leaflets.content.project import Language, Project, load_project
from leaflets.content.provenance import Origin
from leaflets.document.compose import MACHINE_NOTICE, UNSIGNED_NOTICE
from leaflets.edition import EditionLanguages, Print
from leaflets.exchange.entries import list_entries
from leaflets.files import write_files
from leaflets.languages.fonts import Fonts, read_fonts
from leaflets.languages.readability import count_words
from leaflets.model import Level
from leaflets.problems import LeafletsError
from leaflets.server.editor.describe import describe_units
from leaflets.server.editor.store import Change, LanguageStore, take_snapshot
from leaflets.translation.progress import report_language
from leaflets.translation.units import has_begun, list_printed, list_sheet, list_source, pick_printed, survey_language
from leaflets.translation.write import write_units
from tests.conftest import Run
from tests.support.projects import ROOT, SMALL_PROJECT, write_project
from tests.support.small import LEAFLET

SHEET = SMALL_PROJECT[LEAFLET] + "sheet:\n  words: 40\n  front:\n    - signs.lumps: [fever]\n  back:\n    - get-help.emergency\n"
ENGLISH, SPANISH = "content/topics/en/signs.yaml", "content/topics/es/signs.yaml"
HARD, FEVER = "signs.lumps.hard", "signs.lumps.fever"
PRINTS = (Print.SHEET, Print.LEAFLET)
JOBS = {what: Job("es", "adult", "standard", "a4", what) for what in PRINTS}
FONTS = read_fonts(ROOT / "templates")
WITHOUT_HARD = {SPANISH: SMALL_PROJECT[SPANISH].replace("    hard: Puede sentir bultos duros.\n", "")}


def write_sheet(root: Path, **changes: str) -> Project:
    return write_project(root, {LEAFLET: SHEET, **changes})


def name_stopped(project: Project) -> dict[Print, set[str]]:
    """Name what stops the sheet and the leaflet."""
    problems = find_problems(project, FONTS)
    return {what: {each.id for each in find_blocking(project, job, problems)} for what, job in JOBS.items()}


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project that is kept here with a Spanish that has the words of the sheets and no others."""
    root = tmp_path_factory.mktemp("partial")
    for name in ("content", "translations"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copytree(ROOT / "templates", root / "templates", ignore=shutil.ignore_patterns("fonts"))
    (root / "templates/fonts").symlink_to(ROOT / "templates/fonts")
    whole = load_project(root)
    sheet = list_sheet(whole)
    shutil.rmtree(root / "content/topics/es")
    (root / "content/topics/es").mkdir()
    for name in (
        "content/terms/es.yaml",
        "translations/es/LC_MESSAGES/messages.po",
        "translations/es/review.yaml",
        "translations/es/structure.yaml",
    ):
        (root / name).unlink()
    units = {id: unit for id, unit in survey_language(whole, "es").items() if id in sheet and unit.words}
    words = {id: str(unit.words) for id, unit in units.items()}
    write_files(root, write_units(load_project(root), "es", words, {id: str(unit.english) for id, unit in units.items()}))
    return load_project(root)


def test_a_text_that_only_the_leaflet_prints_stops_the_leaflet_alone(tmp_path: Path) -> None:
    assert name_stopped(write_sheet(tmp_path, **WITHOUT_HARD)) == {Print.SHEET: set(), Print.LEAFLET: {"missing-unit"}}


def test_a_mistake_in_a_text_stops_what_prints_it(tmp_path: Path) -> None:
    changed = SMALL_PROJECT[SPANISH].replace("Puede sentir", "No puede sentir")
    assert name_stopped(write_sheet(tmp_path / "leaflet", **{SPANISH: changed})) == {
        Print.SHEET: set(),
        Print.LEAFLET: {"negation-mismatch"},
    }
    changed = SMALL_PROJECT[SPANISH].replace("38,5", "39,5")
    stopped = name_stopped(write_sheet(tmp_path / "both", **{SPANISH: changed}))
    assert stopped[Print.SHEET] == stopped[Print.LEAFLET] == {"number-mismatch"}


def test_a_stale_text_stops_what_prints_it(tmp_path: Path) -> None:
    write_sheet(tmp_path)
    path = tmp_path / ENGLISH
    path.write_text(path.read_text(encoding="utf-8").replace("hard lumps", "hard, sore lumps"), encoding="utf-8")
    assert name_stopped(load_project(tmp_path)) == {Print.SHEET: set(), Print.LEAFLET: {"stale-unit"}}


def test_a_file_that_cannot_be_read_stops_all_that_reads_it(tmp_path: Path) -> None:
    for file in (SPANISH, ENGLISH):
        write_sheet(tmp_path)
        (tmp_path / file).write_text("title: [")
        assert all(name_stopped(load_project(tmp_path)).values())


def test_a_sheet_reads_no_file_of_a_topic_that_is_not_on_it(tmp_path: Path) -> None:
    project = write_project(tmp_path, {LEAFLET: SHEET.replace("signs.lumps: [fever]", "adult.for-whom")})
    assert ENGLISH not in list_inputs(project, JOBS[Print.SHEET])
    assert ENGLISH in list_inputs(project, JOBS[Print.LEAFLET])
    (tmp_path / SPANISH).write_text("title: [")
    assert name_stopped(load_project(tmp_path))[Print.SHEET] == set()


def test_a_sheet_rests_on_the_terms_that_its_sentences_name(tmp_path: Path) -> None:
    terms = {"content/terms/en.yaml": "fever:\n  term: fever\nlump:\n  term: lump\nhard:\n  term: hard\n"}
    project = write_sheet(tmp_path, **terms)
    printed = {what: [unit for unit in list_printed(project, "adult", what) if unit.startswith("terms/")] for what in PRINTS}
    assert printed == {
        Print.SHEET: ["terms/fever", "terms/lump"],
        Print.LEAFLET: ["terms/fever", "terms/lump", "terms/hard"],
    }
    missing = {"content/terms/es.yaml": "fever:\n  term: fiebre\nlump:\n  term: bulto\n"}
    assert name_stopped(project)[Print.SHEET] == {"missing-term"}
    stopped = name_stopped(write_sheet(tmp_path / "more", **terms, **missing))
    assert stopped == {Print.SHEET: set(), Print.LEAFLET: {"missing-term"}}


def test_a_sheet_rests_on_the_labels_that_its_templates_say(partial: Project) -> None:
    assert "Each number marks the same words in both languages." not in partial.sheet_messages
    assert {"Your clinic’s name and phone", "Page {page} of {pages}", "I speak {language}."} <= partial.sheet_messages
    assert all((ROOT / "templates" / name).is_file() for name in SHEET_TEMPLATES)
    said = [path.name for path in (ROOT / "templates/blocks").glob("*.html") if re.search(r"\bsay\(", path.read_text())]
    assert said == []  # they are named by their kind, which nobody follows


def test_no_missing_text_is_printed_in_english(tmp_path: Path) -> None:
    missing = SMALL_PROJECT[SPANISH].partition("    fever:")[0]
    project = write_sheet(tmp_path, **{SPANISH: missing})
    with pytest.raises(LeafletsError, match=f'"{FEVER}" is not translated'):
        make_document(project, "adult", "es", EditionLanguages.OWN, None, Print.SHEET)


def test_a_language_with_the_words_of_the_sheets_composes_them_as_a_whole_one_does(partial: Project) -> None:
    whole = load_project(ROOT)
    for name in whole.leaflets:
        for languages in (EditionLanguages.OWN, EditionLanguages.BOTH):
            sheet = make_document(partial, name, "es", languages, None, Print.SHEET)
            leaflet = make_document(whole, name, "es", languages, None)
            assert (sheet.front, sheet.back, sheet.title) == (leaflet.front, leaflet.back, leaflet.title)
            printed = [[part for part in each.cover.parts if part.kind == "text"] for each in (sheet, leaflet)]
            assert printed[0] == printed[1]
        with pytest.raises(LeafletsError, match="is not translated"):
            make_document(partial, name, "es", EditionLanguages.OWN, None)


@pytest.mark.slow
def test_such_a_language_has_sheets_in_every_edition_and_no_leaflet(partial: Project, tmp_path: Path, run: Run) -> None:
    words = ("--project", partial.root, "build", "--locale", "es", "--leaflet", "cutis", "--paper", "a4", "--jobs", 1)
    made = run(*words, "--all", "--print", "sheet", "--output", tmp_path / "output")
    assert made.exit_code == 0, made.output
    assert sorted(path.name for path in (tmp_path / "output/es").iterdir()) == [
        *("cutis-sheet-a4-DRAFT.pdf", "cutis-sheet-bilingual-a4-DRAFT.pdf", "cutis-sheet-large-print-a4-DRAFT.pdf"),
        "cutis.html",
    ]
    assert '"es"' in (tmp_path / "output/catalog.json").read_text(encoding="utf-8")
    made = run(*words, "--print", "leaflet", "--output", tmp_path / "output")
    assert made.exit_code == 1
    said = 'Spanish has the words of the sheet "cutis" only, not those of its leaflet and inserts'
    there = "There is the sheet: leaflets build --leaflet cutis --locale es"
    assert made.stderr.splitlines()[0] == f"es: error: {said}. {there} [sheet-only]"
    assert "missing-unit" not in made.stderr
    assert "pediatric" not in made.stderr
    assert (tmp_path / "output/es/cutis-sheet-a4-DRAFT.pdf").is_file()


@pytest.mark.parametrize("leaflet", ["adult", "cutis", "pediatric"])
def test_status_check_build_and_editor_count_the_same_units(partial: Project, leaflet: str, run: Run) -> None:
    problems = find_problems(partial, FONTS, ("es",))
    told = describe_units(take_snapshot(partial, "es", FONTS))
    undone = {each["id"] for each in told["units"] if not each["done"]}
    for what in PRINTS:
        printed = set(list_printed(partial, leaflet, what))
        job = Job("es", leaflet, "clinician" if what is Print.LEAFLET else "standard", "a4", what)
        stopped = {unit for each in find_blocking(partial, job, problems) for unit in each.units}
        counted = report_language(partial, "es", problems).prints[leaflet, what]
        assert stopped == undone & printed
        units = pick_printed(partial, leaflet, what, survey_language(partial, "es"))
        assert (counted.units, counted.left) == (len(units), len(stopped))
        said = run("--project", partial.root, "check", "--locale", "es", "--leaflet", leaflet, "--print", what)
        assert said.stdout.splitlines()[-1] == (f"{len(stopped)} errors" if stopped else "no problems")
    assert (told["sheet"]["left"], told["left"]) == (0, len(undone))


def test_list_names_what_a_language_has_the_words_of(partial: Project, run: Run) -> None:
    said = run("--project", partial.root, "list").stdout
    assert re.search(r"^es .* machine-draft +3 sheets +español", said, re.M)
    assert re.search(r"^ur .* machine-draft +3 sheets, 3 leaflets +", said, re.M)


def test_a_build_of_all_sheets_does_not_fail_for_texts_that_no_sheet_prints(tmp_path: Path, run: Run) -> None:
    project = write_sheet(tmp_path / "project", **WITHOUT_HARD)
    words = ("--project", project.root, "build", "--paper", "a4", "--jobs", 1, "--output", tmp_path / "output")
    assert run(*words, "--edition", "bilingual").exit_code == 0
    assert run(*words, "--edition", "standard", "--print", "leaflet").exit_code == 1


HELP = "content/topics/es/get-help.yaml"
SHEET_ALONE = {SPANISH: WITHOUT_HARD[SPANISH].split("\n", 1)[1], HELP: SMALL_PROJECT[HELP].split("\n", 1)[1]}


def test_the_web_page_of_a_language_with_the_words_of_the_sheet_alone_is_that_sheet(tmp_path: Path, run: Run) -> None:
    output = tmp_path / "output"
    words = ("build", "--leaflet", "adult", "--edition", "web", "--jobs", 1, "--output", output)
    for root, hard, what in (("less", False, "sheet"), ("more", True, "leaflet"), ("less", False, "sheet")):
        project = write_sheet(tmp_path / root, **({} if hard else SHEET_ALONE))
        made = run("--project", project.root, *words, "--locale", "es", "--locale", "en")
        assert made.exit_code == 0, made.output
        page = (output / "es/adult.html").read_text(encoding="utf-8")
        assert read_manifest(output)["es/adult.html"].print == what
        assert ("Puede sentir bultos duros." in page) is hard
        assert "Llame si la fiebre pasa" in page
        assert 'href="../es/adult.html"' in (output / "en/adult.html").read_text(encoding="utf-8")
        assert "es/adult.html" in (output / "index.html").read_text(encoding="utf-8")
        assert 'href="../es/adult.html"' in (output / "v/adult-es-0.1.0.html").read_text(encoding="utf-8")
        catalog = json.loads((output / "catalog.json").read_text(encoding="utf-8"))
        files = [file for leaflet in catalog["leaflets"] for file in leaflet["files"]]
        assert [(file["locale"], file["print"]) for file in files] == [("en", "leaflet"), ("es", what)]
    again = run("--project", project.root, *words, "--locale", "es")
    assert "kept" in again.output


@pytest.mark.parametrize("name", ["adult", "cutis", "pediatric"])
def test_the_web_page_of_the_sheet_alone_is_whole_and_offers_the_sheet_to_print(partial: Project, name: str) -> None:
    [job] = list_jobs(partial, (name,), ("es",), ("web",), ())
    assert job.print == Print.SHEET
    links = {link: link.path(draft=True) for link in build.list_links(partial, job, None)}
    assert f"es/{name}-sheet-a4-DRAFT.pdf" in links.values()
    assert "leaflet" not in {link.print for link in links if link.locale == "es"}
    [made], problems = build.make_screen(partial, job, FONTS, None, links)
    assert problems == ()
    html = made.data.decode()
    wanted = re.findall(r'href="#([^"]+)"', html)
    assert len(wanted) > len(Level)
    assert [html.count(f'id="{each}"') for each in wanted] == [1] * len(wanted)


def test_a_language_is_begun_with_the_sheet_first(tmp_path: Path, run: Run) -> None:
    project = write_sheet(tmp_path / "project")
    begun = run("--project", project.root, "translate", "start", "sw")
    assert "made content/topics/sw/signs.yaml (3 texts to fill in, 1 of them on the sheet)" in begun.stdout
    source = list_source(project)
    words = sum(count_words(source[unit].words) for unit in list_sheet(project) if unit in source)
    assert f"The sheet first: {sum(unit in source for unit in list_sheet(project))} texts, {words} words" in begun.stdout
    text = (project.root / "content/topics/sw/signs.yaml").read_text(encoding="utf-8")
    assert text.count("# On the sheet.") == 1
    assert "    # On the sheet.\n    # en: Call if your fever" in text
    assert run("--project", project.root, "translate", "remove", "sw").exit_code == 0


def test_an_export_has_the_sheet_first_and_can_be_of_it_alone(partial: Project) -> None:
    sheet = list_sheet(partial)
    entries = list_entries(partial, "es")
    groups = list(dict.fromkeys(re.split(r"[./]", each.unit)[0] for each in entries))
    first = {re.split(r"[./]", unit)[0] for unit in sheet} - {"outlines"}
    assert set(groups[: len(first)]) == first
    for group in groups:
        on_sheet = [each.unit in sheet for each in entries if re.split(r"[./]", each.unit)[0] == group]
        assert on_sheet == sorted(on_sheet, reverse=True)
    alone = list_entries(partial, "es", prints=("sheet",))
    assert {each.unit for each in alone} == {each.unit for each in entries} & sheet
    assert list_entries(partial, "es", todo=True, prints=("sheet",)) == ()


def test_a_sheet_is_released_with_the_sign_offs_of_its_own_texts(tmp_path: Path, run: Run) -> None:
    root = write_sheet(tmp_path / "project").root
    for tag in ("en", "es"):
        for role in ("reviser", "clinician"):
            asked = ("--project", root, "review", tag, "--leaflet", "adult", "--print", "sheet")
            digest = re.findall(r"--read ([0-9a-f]+)", run(*asked).stdout)[-1]
            who = ("--role", role, "--name", f"Test {role}", "--qualification", "nurse", "--read", digest)
            signed = run("--project", root, "sign", *asked[3:], *who)
            assert signed.exit_code == 0, signed.output
    words = (
        "--project",
        root,
        "build",
        "--release",
        "--paper",
        "a4",
        "--jobs",
        1,
        "--output",
        tmp_path / "output",
        "--leaflet",
        "adult",
    )
    made = run(*words)
    assert made.exit_code == 0, made.output
    assert (tmp_path / "output/es/adult-sheet-a4.pdf").is_file()
    refused = run(*words, "--edition", "standard", "--print", "leaflet")
    assert refused.exit_code == 1
    assert '"adult", leaflet: ' in refused.stderr


def test_only_the_languages_that_are_asked_for_are_checked(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    looked: Counter[str] = Counter()
    real = checks.find_language_problems

    def count(project: Project, language: Language, fonts: Fonts) -> object:
        looked[language.tag] += 1
        return real(project, language, fonts)

    monkeypatch.setattr(checks, "find_language_problems", count)
    for words in (("check", "--locale", "ka"), ("status", "ka"), ("review", "ka", "--topic", "terms")):
        run("--project", ROOT, *words)
        assert looked == {"en": 1, "ka": 1}, words
        looked.clear()


@pytest.mark.parametrize(
    ("origin", "said"), [("machine", MACHINE_NOTICE), ("person", UNSIGNED_NOTICE), ("tool", UNSIGNED_NOTICE)]
)
def test_a_draft_says_that_a_machine_translated_it_only_where_one_did(origin: str, said: str, tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", record=False).root
    recorded = run("--project", root, "record", "es", "--origin", origin)
    assert recorded.stdout.splitlines()[0].endswith(f"; made by a {origin}: 9")
    document = make_document(load_project(root), "adult", "es", EditionLanguages.OWN, None)
    assert (document.notices[-1].words, document.draft) == (said, True)


def test_one_text_by_a_machine_or_changed_by_nobody_knows_whom_makes_it_a_machine_s(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", record=False).root
    run("--project", root, "record", "es", "--origin", "person")
    path = root / SPANISH
    path.write_text(path.read_text(encoding="utf-8").replace("bultos duros", "bultos muy duros"), encoding="utf-8")
    document = make_document(load_project(root), "adult", "es", EditionLanguages.OWN, None)
    assert document.notices[-1].words == MACHINE_NOTICE
    run("--project", root, "record", "es")  # as all others: by a person
    document = make_document(load_project(root), "adult", "es", EditionLanguages.OWN, None)
    assert document.notices[-1].words == UNSIGNED_NOTICE


def test_words_of_an_import_are_a_tool_s_and_words_of_the_editor_a_person_s(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    run("--project", project.root, "translate", "export", "es", "--format", "po", "--output", tmp_path / "es.po")
    text = (tmp_path / "es.po").read_text(encoding="utf-8")
    (tmp_path / "es.po").write_text(text.replace("Puede sentir bultos duros.", "Puede notar bultos duros."), encoding="utf-8")
    assert run("--project", project.root, "translate", "import", tmp_path / "es.po").exit_code == 0
    records = load_project(project.root).languages["es"].records
    assert Counter(each.origin for each in records.values()) == {Origin.MACHINE: 8, Origin.TOOL: 1}
    assert records[HARD].origin is Origin.TOOL
    english = str(project.units[FEVER])
    old = str(project.languages["es"].words[FEVER])
    LanguageStore(project.root, "es").save(Change(FEVER, f"{old} Ya.", old, english))
    assert load_project(project.root).languages["es"].records[FEVER].origin is Origin.PERSON


def test_a_language_that_has_the_sheets_alone_lacks_nothing_until_a_leaflet_is_asked_for(partial: Project, run: Run) -> None:
    assert [has_begun(partial, "es", "adult", what) for what in PRINTS] == [True, False]
    assert has_begun(partial, "ur", "adult", Print.LEAFLET)
    said = run("--project", partial.root, "check", "--locale", "es")
    assert (said.exit_code, said.stdout.splitlines()[-1]) == (0, "no problems")
    asked = run("--project", partial.root, "check", "--locale", "es", "--print", "leaflet")
    assert asked.exit_code == 1
    assert "[missing-unit]" in asked.stderr
    said = run("--project", partial.root, "check", "--locale", "es", "--leaflet", "adult")
    assert (said.exit_code, said.stdout.splitlines()[-1]) == (0, "no problems")
    every, named = (list_jobs(partial, ("adult",), tags, ("standard",), ("a4",)) for tags in ((), ("es",)))
    assert {job.print for job in every if job.locale == "es"} == {Print.SHEET}
    assert {job.print for job in named} > {Print.SHEET, Print.LEAFLET}
