"""The command line, as a nurse and a CI job type it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from leaflets.build.driver import Result
from leaflets.build.jobs import Job
from leaflets.cli.main import main
from leaflets.cli.terminal import show_progress
from leaflets.content.provenance import Record, record_units
from leaflets.content.shapes import SHAPES
from leaflets.problems import list_rules
from leaflets.translation.units import list_source
from tests.conftest import Run
from tests.support.projects import ROOT, SMALL_PROJECT, sign_all, write_project

WRONG_INPUT = {
    "a duplicate key": ("signs.yaml", "title: ¿Cuáles", "title: Uno\ntitle: ¿Cuáles", "duplicate-key", 2),
    "`no:` as a key": ("signs.yaml", "    hard:", "    no: nada\n    hard:", "ambiguous-key", 4),
    "a comment that swallows words": ("signs.yaml", "Puede sentir bultos duros.", "Tome 2 #3 tabletas", "comment-in-text", 4),
    "a missing unit": ("signs.yaml", "    hard: Puede sentir bultos duros.\n", "", "missing-unit", 0),
    "a unit too many": ("signs.yaml", "    hard:", "    soft: Puede sentir.\n    hard:", "orphan-unit", 4),
    "a changed number": ("signs.yaml", "38,5", "39,5", "number-mismatch", 5),
    "an unknown placeholder": ("get-help.yaml", "{emergency_number}", "{emergency_nubmer}", "placeholder-mismatch", 4),
    "a bidi override escape": ("signs.yaml", "Puede sentir bultos duros.", '"12\\u202e34"', "forbidden-character", 4),
    "a YAML alias": ("signs.yaml", "Puede sentir bultos duros.", "*otro", "yaml-feature", 4),
    "a hundred thousand brackets": ("signs.yaml", "Puede sentir bultos duros.", "[" * 100_000, "too-deep", 4),
}


@pytest.mark.parametrize("case", WRONG_INPUT)
def test_wrong_input_gives_one_clear_line_and_exit_code_1(case: str, tmp_path: Path, run: Run) -> None:
    name, old, new, id, line = WRONG_INPUT[case]
    project = write_project(tmp_path / "project")
    path = project.root / "content" / "topics" / "es" / name
    path.write_text(SMALL_PROJECT[f"content/topics/es/{name}"].replace(old, new), encoding="utf-8")
    result = run("--project", project.root, "check", "--locale", "es")
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert len(lines) == 1
    assert lines[0].startswith(f"content/topics/es/{name}:{line}: error: " if line else f"content/topics/es/{name}: error: ")
    assert lines[0].endswith(f"[{id}]")


def test_a_check_of_one_topic_says_only_what_lies_in_its_files(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    for name in ("signs", "get-help"):
        path = project.root / "content" / "topics" / "es" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "odd: words\n", encoding="utf-8")
    both, signs, english, nothing = (
        run("--project", project.root, "check", *words)
        for words in ((), ("--topic", "signs"), ("--topic", "signs", "--locale", "en"), ("--topic", "adult"))
    )
    assert {line.split(":")[0] for line in both.stderr.splitlines()} > {"content/topics/es/signs.yaml"}
    assert {line.split(":")[0] for line in signs.stderr.splitlines()} == {"content/topics/es/signs.yaml"}
    assert "adult: English at US grade" in both.stdout
    assert len(signs.stdout.splitlines()) == 1  # how many; how plainly it reads is measured in whole leaflets
    assert (signs.exit_code, english.exit_code, nothing.exit_code) == (1, 0, 0)
    assert 'did you mean "signs"?' in run("--project", project.root, "check", "--topic", "sings").stderr


def test_an_unknown_block_kind_gives_one_clear_line_and_exit_code_1(tmp_path: Path, run: Run) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"].replace("    list:", "    lsit:")
    project = write_project(tmp_path / "project", {"content/topics/en/signs.yaml": english})
    result = run("--project", project.root, "check")
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert len(lines) == 1
    assert lines[0].startswith('content/topics/en/signs.yaml:5: error: unknown block kind "lsit"; did you mean "list"?')


def test_invalid_utf_8_gives_one_clear_line_and_exit_code_1(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    (project.root / "content/topics/es/signs.yaml").write_bytes("title: Señales\n".encode("latin-1"))
    result = run("--project", project.root, "check", "--locale", "es")
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert lines == ["content/topics/es/signs.yaml:1: error: byte 0xf1 is not UTF-8. Save the file as UTF-8. [unreadable]"]


def test_a_good_project_checks_clean(tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, "check")
    assert result.exit_code == 0
    assert "adult: English at US grade" in result.stdout
    assert result.stdout.endswith("no problems\n")


@pytest.mark.slow
def test_build_says_what_it_made_and_how_much_is_draft(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    result = run("--project", project.root, "build", "--edition", "standard", "--paper", "a4", "--jobs", 1)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "made output/en/adult-a4-DRAFT.pdf (1 page)",
        "made output/es/adult-a4-DRAFT.pdf (1 page)",
        "2 of 2 leaflets in output/, 2 of them marked DRAFT",
    ]


def test_build_names_what_it_did_not_make_and_why(tmp_path: Path, run: Run) -> None:
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("38,5", "39,5")
    project = write_project(tmp_path / "project", {"content/topics/es/signs.yaml": spanish})
    result = run("--project", project.root, "build", "--edition", "standard", "--paper", "a4", "--jobs", 1)
    assert result.exit_code == 1
    assert "stopped adult es standard a4: 1 error" in result.stdout
    assert "1 of 2 leaflets" in result.stdout
    assert "[number-mismatch]" in result.stderr
    assert "not made: adult es standard a4" in result.stderr


def test_an_edition_that_english_does_not_have_is_named(tmp_path: Path, run: Run) -> None:
    build = ("--project", write_project(tmp_path / "project").root, "build", "--edition", "bilingual", "--locale", "en")
    result = run(*build)
    assert result.exit_code == 1
    said = "English has no bilingual edition, which would have English beside itself. Choose another language or edition."
    assert result.stderr == f"en: error: {said} [nothing-selected]\n"
    assert "es/adult-bilingual-a4-DRAFT.pdf" in run(*build, "--locale", "es", "--paper", "a4").stdout


def test_an_error_that_stops_no_leaflet_still_fails_the_whole_build(tmp_path: Path, run: Run) -> None:
    """A language whose folder cannot even be named is a language that somebody waits for."""
    project = write_project(tmp_path / "project")
    (project.root / "content/topics/english").mkdir()
    result = run("--project", project.root, "build", "--edition", "standard", "--paper", "a4", "--jobs", 1)
    assert result.exit_code == 1
    assert "[bad-locale]" in result.stderr
    assert "2 of 2 leaflets" in result.stdout


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("build", "--locale", "ess"), 'did you mean "es"?'),
        (("build", "--edition", "larg-print"), 'did you mean "large-print"?'),
        (("build", "--leaflet", "adlut"), 'did you mean "adult"?'),
        (("check", "--locale", "esp"), 'did you mean "es" (Spanish, español)?'),
        (("record", "en"), "There are es."),
    ],
)
def test_a_typing_error_is_told_what_was_meant(words: tuple[str, ...], meant: str, tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, *words)
    assert result.exit_code == 1
    assert meant in result.stderr
    assert not (tmp_path / "output").exists()


def test_a_wrong_option_is_a_usage_error(run: Run) -> None:
    assert run("build", "--paper", "a5").exit_code == 2
    assert run("biuld").exit_code == 2


def test_a_clinic_file_that_is_not_there_stops_the_build(tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, "build", "--clinic", tmp_path / "clinic.yaml")
    assert result.exit_code == 1
    assert "clinic.yaml: error: No such file or directory" in result.stderr
    assert not (tmp_path / "output").exists()


def test_a_clinic_s_name_and_numbers_are_printed(tmp_path: Path, run: Run) -> None:
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text('name: A Test Clinic\nclinic_phone: "020 7946 0000"\nemergency_number: "112"\n')
    project = write_project(tmp_path / "project")
    result = run(
        "--project",
        project.root,
        "build",
        "--clinic",
        clinic,
        "--locale",
        "es",
        "--edition",
        "standard",
        "--paper",
        "a4",
        "--jobs",
        1,
    )
    assert result.exit_code == 0
    from leaflets.pdf.reader import read_pdf_facts

    texts = read_pdf_facts((tmp_path / "output/es/adult-a4-DRAFT.pdf").read_bytes()).texts
    assert "A Test Clinic" in texts
    assert "Llame al 112 ahora" in texts


def test_an_output_that_cannot_be_written_is_an_environment_error(tmp_path: Path, run: Run) -> None:
    (tmp_path / "output").write_text("a file, not a folder")
    project = write_project(tmp_path / "project")
    result = run(
        "--project",
        project.root,
        "build",
        "--locale",
        "en",
        "--edition",
        "standard",
        "--paper",
        "a4",
        "--jobs",
        1,
        "--output",
        tmp_path / "output/x",
    )
    assert result.exit_code == 3
    assert "cannot write" in result.stderr


def test_ctrl_c_ends_with_130(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("leaflets.build.driver.build_leaflets", interrupt)
    result = run("--project", write_project(tmp_path / "project").root, "build")
    assert result.exit_code == 130
    assert "interrupted" in result.stderr


def test_list_shows_every_language_by_its_own_name_with_direction_and_progress(run: Run) -> None:
    result = run("--project", ROOT, "list")
    assert result.exit_code == 0
    for words in (
        "adult",
        "العربية (Arabic)",
        "rtl",
        "简体中文 (Simplified Chinese)",
        "हिन्दी (Hindi)",
        "100%",
        "machine-draft",
        "large-print",
    ):
        assert words in result.stdout


def test_list_counts_stale_and_missing_units_as_not_done(tmp_path: Path, run: Run) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"]
    spanish = "title: Bultos\nblocks:\n  for-whom:\n"
    project = write_project(tmp_path / "project", {"content/topics/es/adult.yaml": spanish})
    (project.root / "content/topics/en/signs.yaml").write_text(english.replace("hard lumps", "hard, sore lumps"))
    result = run("--project", project.root, "list")
    units = len(list_source(project))
    assert re.search(rf"^es +ltr +{100 * (units - 2) // units}%", result.stdout, re.M)
    assert re.search(r"^en +ltr +100%", result.stdout, re.M)


def test_list_says_so_when_a_file_cannot_be_read(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    (project.root / "content/references.yaml").write_text("a: [")
    result = run("--project", project.root, "list")
    assert result.exit_code == 1
    assert "[yaml-syntax]" in result.stderr


def test_explain_tells_why_for_every_rule(run: Run) -> None:
    listed = run("explain", "all").stdout
    rules = list_rules()
    assert len(rules) > 45
    for id in rules:
        result = run("explain", id)
        assert result.exit_code == 0
        assert "Why: " in result.stdout
        assert re.search(rf"^{id} ", listed, re.M)


def test_explain_offers_what_was_meant(run: Run) -> None:
    result = run("explain", "number-mismach")
    assert result.exit_code == 2
    assert 'did you mean "number-mismatch"?' in result.stderr
    assert "explain all" in run("explain", "zzz").stderr


@pytest.mark.parametrize("noun", sorted(SHAPES))
def test_schema_prints_json_schema_for_every_kind_of_file(noun: str, run: Run) -> None:
    tree = json.loads(run("schema", noun).stdout)
    assert tree["type"] == "object"
    assert tree["additionalProperties"] is False


def test_record_makes_a_mended_translation_fresh_again(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project", record=False)
    assert run("--project", project.root, "check").exit_code == 1
    result = run("--project", project.root, "record", "es")
    assert result.exit_code == 0
    assert result.stdout == "es: 9 texts recorded, 9 of them new or changed\n"
    assert run("--project", project.root, "check").exit_code == 0
    assert run("--project", project.root, "record", "es").stdout == "es: 9 texts recorded, 0 of them new or changed\n"


def test_a_stale_sentence_stays_stale_until_its_words_change_or_somebody_says_they_are_right(tmp_path: Path, run: Run) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"]
    project = write_project(tmp_path / "project")
    (project.root / "content/topics/en/signs.yaml").write_text(english.replace("hard lumps", "firm lumps"), encoding="utf-8")
    result = run("--project", project.root, "record", "es")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "es: 9 texts recorded, 0 of them new or changed",
        "1 stay stale, since their words did not change: signs.lumps.hard. "
        "If they are right as they are: leaflets record es --unchanged",
    ]
    assert "[stale-unit]" in run("--project", project.root, "check").stderr
    result = run("--project", project.root, "record", "es", "--unchanged")
    assert result.stdout.splitlines() == [
        "es: 9 texts recorded, 1 of them new or changed",
        "signs.lumps.hard says this English now: You may feel [-hard-] {+firm+} lumps.",
    ]
    assert run("--project", project.root, "check").exit_code == 0


def test_a_stale_sentence_that_was_mended_is_recorded_without_more_ado(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    for tag, old, new in (("en", "hard lumps", "firm lumps"), ("es", "bultos duros", "bultos firmes")):
        name = f"content/topics/{tag}/signs.yaml"
        (project.root / name).write_text(SMALL_PROJECT[name].replace(old, new), encoding="utf-8")
    assert "[stale-unit]" in run("--project", project.root, "check").stderr
    assert run("--project", project.root, "record", "es").stdout.startswith("es: 9 texts recorded, 1 of them new")
    assert run("--project", project.root, "check").exit_code == 0


def test_nothing_is_recorded_while_a_file_cannot_be_read(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    review = project.root / "translations/es/review.yaml"
    before = review.read_bytes()
    for name in ("content/topics/es/signs.yaml", "content/topics/en/signs.yaml", "content/terms/es.yaml"):
        kept = (project.root / name).read_bytes()
        (project.root / name).write_bytes(kept + b"\t\n")
        result = run("--project", project.root, "record", "es")
        assert (result.exit_code, review.read_bytes()) == (1, before)
        assert f"{name}:" in result.stderr
        (project.root / name).write_bytes(kept)


def test_only_some_of_many_stale_sentences_are_named(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    for name in ("adult", "signs", "get-help"):
        path = project.root / f"content/topics/en/{name}.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(title|heading|text|hard|fever): (.*)", r"\1: \2 now", text), encoding="utf-8")
    result = run("--project", project.root, "record", "es")
    assert result.exit_code == 0
    said = result.stdout.splitlines()[-1]
    assert said.startswith("8 stay stale")
    assert " and 3 more. If they are right as they are" in said


def test_a_record_that_cannot_be_read_is_not_written_over(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    path = project.root / "translations/es/review.yaml"
    path.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    result = run("--project", project.root, "record", "es")
    assert result.exit_code == 1
    assert "translations/es/review.yaml:" in result.stderr
    assert path.read_text(encoding="utf-8") == "<<<<<<< HEAD\n"


def test_list_shows_how_far_a_language_was_signed(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    sign_all(project.root, "es")
    result = run("--project", project.root, "list")
    assert re.search(r"^es +ltr +100% +0 +clinically-checked ", result.stdout, re.M)
    assert re.search(r"^en +ltr +100% +0 +machine-draft ", result.stdout, re.M)


@pytest.mark.slow
def test_extract_checks_and_renews_the_catalogue_of_the_templates(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    assert run("--project", project.root, "extract", "--check").exit_code == 0
    (project.root / "translations/messages.pot").write_text("")
    assert run("--project", project.root, "extract", "--check").exit_code == 1
    assert run("--project", project.root, "extract").exit_code == 0
    assert (project.root / "translations/messages.pot").read_bytes() == (ROOT / "translations/messages.pot").read_bytes()


def test_help_names_every_command_and_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom leaflets.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('weasyprint', 'pydantic', 'jinja2', 'babel', 'yaml') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.endswith("[]\n")
    for command in main.commands:
        assert f"  {command} " in said


def test_a_progress_bar_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with show_progress(2, Path("output")) as report:
        report(Result(Job("es", "adult", "standard", "a4"), (), ()))
    assert "1/2" in capsys.readouterr().out


def test_a_leaflet_whose_file_cannot_be_read_is_not_called_missing_only(tmp_path: Path, run: Run) -> None:
    leaflet = SMALL_PROJECT["content/leaflets/adult.yaml"].replace("pages: 2", "pages: many")
    project = write_project(tmp_path / "project", {"content/leaflets/adult.yaml": leaflet})
    result = run("--project", project.root, "build", "--leaflet", "adult")
    assert result.exit_code == 1
    assert "content/leaflets/adult.yaml:9: error: " in result.stderr


def test_the_command_runs_as_a_module() -> None:
    said = subprocess.run([sys.executable, "-m", "leaflets", "--version"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"version [0-9.]+", said)


def test_nothing_is_recorded_while_a_file_of_one_of_the_languages_cannot_be_read(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    assert run("--project", project.root, "translate", "start", "ar").exit_code == 0
    path = project.root / "translations/es/review.yaml"
    before = path.read_bytes()
    (project.root / "content/topics/ar/signs.yaml").write_text("title: [\n", encoding="utf-8")
    result = run("--project", project.root, "record", "es", "ar")
    assert result.exit_code == 1
    assert "content/topics/ar/signs.yaml:1" in result.stderr
    assert path.read_bytes() == before
    assert run("--project", project.root, "record", "es").exit_code == 0


def test_a_folder_that_is_no_project_is_said_so(tmp_path: Path, run: Run) -> None:
    for command in (
        ("check",),
        ("build",),
        ("review", "es"),
        ("translate", "start", "sw"),
        ("new", "clinic", tmp_path / "c.yaml"),
    ):
        result = run("--project", tmp_path, *command)
        assert (result.exit_code, result.stderr.splitlines()[0]) == (
            3,
            f"leaflets: {tmp_path} has no content/ and no templates/: name the folder of the project with --project",
        )


def test_nothing_is_written_into_the_project_that_the_package_brings_along(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = tmp_path / "site-packages" / "leaflets"
    write_project(packaged / "_data")
    before = {path: path.read_bytes() for path in packaged.rglob("*") if path.is_file()}
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setattr("leaflets.content.project.PACKAGE", packaged)
    assert run("check").exit_code == 0
    for command in (
        ("translate", "start", "sw"),
        ("record", "es"),
        ("waive", "es", "signs.title", "punctuation", "--reason", "x"),
    ):
        result = run(*command)
        assert (result.exit_code, "go to the folder of the project" in result.stderr) == (3, True)
    assert {path: path.read_bytes() for path in packaged.rglob("*") if path.is_file()} == before


def test_one_topic_alone_is_checked_with_the_words_that_it_is_held_to(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project", {"content/markers/es.yaml": "negation:\nobligation:\n"})
    result = run("--project", project.root, "check", "--locale", "es", "--topic", "signs")
    assert result.exit_code == 1
    assert "[missing-markers]" in result.stderr
    assert run("--project", project.root, "check", "--topic", "terms").exit_code == 1


def test_a_record_that_somebody_wrote_meanwhile_is_not_written_over(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path / "project")
    path = project.root / "translations/es/review.yaml"

    def write_meanwhile(*given: object) -> dict[str, Record]:
        path.write_text("# by an import\n", encoding="utf-8")
        return record_units(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("leaflets.content.provenance.record_units", write_meanwhile)
    result = run("--project", project.root, "record", "es")
    assert result.exit_code == 1
    assert "somebody else wrote this record at the same time" in result.stderr
    assert path.read_text(encoding="utf-8") == "# by an import\n"
