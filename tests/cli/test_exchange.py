"""What becomes of words that come back from a translator's tool."""

import errno
import io
import itertools
import os
import random
import re
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from leaflets.cli.main import main
from leaflets.content.project import Project, load_project
from leaflets.content.provenance import format_review, hash_words, record_units
from leaflets.exchange.transfer import FORMATS, read_batch
from leaflets.files import hear_signals, hold_folder, write_file, write_files
from leaflets.problems import LeafletsError, SetupError
from leaflets.server.editor.describe import find_fixed_words
from leaflets.translation.units import State, list_recorded, list_words, survey_language
from leaflets.translation.write import write_units
from tests.exchange.test_transfer import damage, edit_sheet, edit_target, restore, snapshot
from tests.support.projects import ROOT, SMALL_PROJECT, write_project

SIGNS = "content/topics/es/signs.yaml"
ENGLISH = "content/topics/en/signs.yaml"
HARD, FEVER = "signs.lumps.hard", "signs.lumps.fever"
HARD_WORDS = "Puede sentir bultos duros."
RECORDS = "translations/es/review.yaml"


def start(root: Path, changes: Mapping[str, str | None] | None = None) -> Project:
    """Write the small project, with every unit on record."""
    project = write_project(root, changes, record=False)
    records = record_units(list_recorded(project), list_words(project, "es"), {})
    (root / RECORDS).write_text(format_review(records), encoding="utf-8")
    return load_project(root)


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(root: Path, *words: str) -> Result:
    done = CliRunner().invoke(main, ["--project", str(root), "translate", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def export(root: Path, name: str = "po", *options: str) -> Path:
    path = root / f"words{FORMATS[name].suffix}"
    done = run(root, "export", "es", "--format", name, "--output", str(path), *options)
    assert done.exit_code == 0, done.output
    return path


def edit(path: Path, unit: str, old: str, new: str, name: str = "po") -> None:
    path.write_bytes(edit_target(path.read_bytes(), name, unit, old, new))


def state(root: Path, unit: str) -> State:
    return survey_language(load_project(root), "es")[unit].state


def words(root: Path, unit: str) -> str:
    text = list_words(load_project(root), "es").get(unit)
    return text.words if text else ""


def refused(root: Path, path: Path, *options: str) -> str:
    """Import what must be refused: nothing is written, and the exit code is 1. Gives what is said."""
    before = snapshot(root)
    done = run(root, "import", str(path), *options)
    assert done.exit_code == 1, done.output
    assert snapshot(root) == before
    return done.output


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_an_edited_sentence_is_written_and_the_checks_say_what_is_wrong_in_it(tmp_path: Path, name: str) -> None:
    start(tmp_path)
    path = export(tmp_path, name)
    edit(path, FEVER, "Llame si la fiebre pasa de 38,5 °C.", "Llame si la fiebre pasa de 39,5 °C.", name)
    done = run(tmp_path, "import", str(path))
    assert done.exit_code == 0
    assert words(tmp_path, FEVER) == "Llame si la fiebre pasa de 39,5 °C."
    assert state(tmp_path, FEVER) is State.TRANSLATED
    assert "0 new, 1 changed, 0 confirmed" in done.output
    assert f"changed {FEVER}: Llame si la fiebre pasa de [-38,5-] {{+39,5+}} °C." in done.output
    assert f"{SIGNS}:5: error: number 38.5 is missing" in done.output
    assert f"wrote {SIGNS}\nwrote {RECORDS}\n" in done.output


def test_a_dry_run_says_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    edit(path, HARD, HARD_WORDS, "Otra cosa.")
    before = snapshot(tmp_path)
    done = run(tmp_path, "import", "--dry-run", str(path))
    assert f"nothing was written; these files would change: {SIGNS}, {RECORDS}" in done.output
    assert snapshot(tmp_path) == before


def test_a_dry_run_says_what_the_checks_would_say(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    edit(path, FEVER, "Llame si la fiebre pasa de 38,5 °C.", "Llame si la fiebre pasa de 39,5 °C.")
    dry, wet = (run(tmp_path, "import", *options, str(path)).output for options in (["--dry-run"], []))
    found = "".join(line for line in wet.splitlines(keepends=True) if line.startswith((SIGNS, "the checks")))
    assert f"{SIGNS}:5: error: number 38.5 is missing" in found
    assert found.replace("was written", "would be written") in dry


@pytest.mark.parametrize("name", FORMATS)
def test_a_missing_sentence_goes_out_empty_and_comes_back_with_its_words(tmp_path: Path, name: str) -> None:
    text = SMALL_PROJECT[SIGNS].replace(f"    hard: {HARD_WORDS}\n", "")
    start(tmp_path, {SIGNS: text})
    path = export(tmp_path, name, "--only", "todo")
    data = path.read_bytes()
    [entry] = read_batch(data, "").entries
    assert (entry.unit, entry.target, entry.done) == (HARD, "", False)
    assert "0 new" in run(tmp_path, "import", str(path)).output
    if name == "xlsx":
        path.write_bytes(edit_target(data, name, HARD, "", HARD_WORDS))
    else:
        old = {"po": 'msgstr ""\n', "xliff": "</source>\n", "xliff2": "</source>\n"}[name]
        new = f'msgstr "{HARD_WORDS}"\n' if name == "po" else f"</source><target>{HARD_WORDS}</target>\n"
        head, found, tail = data.decode().rpartition(old)
        assert found
        path.write_text(head + new + tail, encoding="utf-8")
    assert "1 new" in run(tmp_path, "import", str(path)).output
    assert (words(tmp_path, HARD), state(tmp_path, HARD)) == (HARD_WORDS, State.TRANSLATED)
    assert (tmp_path / SIGNS).read_text(encoding="utf-8") == SMALL_PROJECT[SIGNS]


def stale_file(root: Path, name: str = "po") -> Path:
    """Export the small project after the English of one sentence changed."""
    start(root)
    change(root, ENGLISH, "hard lumps", "hard, white lumps")
    return export(root, name)


@pytest.mark.parametrize("name", FORMATS)
def test_stale_words_that_nobody_touched_stay_stale(tmp_path: Path, name: str) -> None:
    path = stale_file(tmp_path, name)
    before = snapshot(tmp_path)
    assert run(tmp_path, "import", str(path)).exit_code == 0
    assert snapshot(tmp_path) == before
    assert state(tmp_path, HARD) is State.STALE


CLEARED = [
    ("po", "#, fuzzy\n", ""),
    ("xliff", "needs-review-translation", "translated"),
    ("xliff2", 'state="initial" subState="leaflets:stale"', 'state="reviewed"'),
    ("xlsx", "changed", "done"),
]
BOTH = "Puede sentir bultos duros y blancos."


@pytest.mark.slow
@pytest.mark.parametrize(("name", "old", "new"), [*CLEARED, ("xlsx", "changed", "changed")])
def test_stale_words_that_were_changed_are_made_from_the_english_in_the_file(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    path = stale_file(tmp_path, name)
    set_mark(path, name, old, new)
    edit(path, HARD, HARD_WORDS, BOTH, name)
    done = run(tmp_path, "import", str(path))
    assert "1 changed" in done.output
    assert "needing work" not in done.output
    assert (words(tmp_path, HARD), state(tmp_path, HARD)) == (BOTH, State.TRANSLATED)


@pytest.mark.parametrize("name", ["po", "xliff", "xliff2"])
def test_stale_words_that_were_changed_under_their_mark_still_need_work(tmp_path: Path, name: str) -> None:
    path = stale_file(tmp_path, name)
    edit(path, HARD, HARD_WORDS, BOTH, name)
    done = run(tmp_path, "import", str(path))
    assert "1 changed" in done.output
    assert f'"{HARD}" is still marked as needing work; its words are taken, and stay to be done' in done.output
    assert (words(tmp_path, HARD), state(tmp_path, HARD)) == (BOTH, State.STALE)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "old", "new"), CLEARED)
def test_stale_words_whose_mark_was_cleared_are_confirmed(tmp_path: Path, name: str, old: str, new: str) -> None:
    path = stale_file(tmp_path, name)
    set_mark(path, name, old, new)
    assert f"confirmed {HARD}" in run(tmp_path, "import", str(path)).output
    assert (words(tmp_path, HARD), state(tmp_path, HARD)) == (HARD_WORDS, State.DRAFT)


def set_mark(path: Path, name: str, old: str, new: str) -> None:
    data = path.read_bytes()
    if name == "xlsx":
        path.write_bytes(edit_sheet(data, lambda sheet, row: sheet.cell(row, 5, new) and None, HARD))
        return
    assert data.count(old.encode()) == 1
    path.write_bytes(data.replace(old.encode(), new.encode()))


def test_no_status_of_a_person_is_taken_from_a_file(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path, "xliff")
    path.write_bytes(path.read_bytes().replace(b'state="translated"', b'state="final"'))
    before = snapshot(tmp_path)
    assert run(tmp_path, "import", str(path)).exit_code == 0
    assert snapshot(tmp_path) == before


def test_words_marked_as_needing_work_do_not_replace_what_is_done(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    change(tmp_path, "words.po", f'msgctxt "{HARD}"', f'#, fuzzy\nmsgctxt "{HARD}"')
    before = snapshot(tmp_path)
    assert "is marked as needing work, and its words are the same; they are kept" in run(tmp_path, "import", str(path)).output
    edit(path, HARD, HARD_WORDS, "Quizás.")
    done = run(tmp_path, "import", str(path))
    line = path.read_text(encoding="utf-8").splitlines().index(f'msgctxt "{HARD}"') + 1
    assert f'words.po:{line}: note: "{HARD}" is marked as needing work, so "Quizás." is not taken' in done.output
    assert "[exchange-kept]" in done.output
    assert snapshot(tmp_path) == before


def test_a_guess_of_the_tool_for_a_missing_sentence_is_not_done(tmp_path: Path) -> None:
    text = SMALL_PROJECT[SIGNS].replace(f"    hard: {HARD_WORDS}\n", "")
    start(tmp_path, {SIGNS: text})
    path = export(tmp_path, "po", "--only", "todo")
    change(tmp_path, "words.po", f'msgctxt "{HARD}"', f'#, fuzzy\nmsgctxt "{HARD}"')
    head, _, tail = path.read_text(encoding="utf-8").rpartition('msgstr ""')
    path.write_text(f'{head}msgstr "{HARD_WORDS}"{tail}', encoding="utf-8")
    assert "1 new" in run(tmp_path, "import", str(path)).output
    assert (words(tmp_path, HARD), state(tmp_path, HARD)) == (HARD_WORDS, State.STALE)


@pytest.mark.parametrize("name", FORMATS)
def test_the_english_that_a_tool_writes_for_what_nobody_translated_is_not_taken(tmp_path: Path, name: str) -> None:
    start(tmp_path, {"content/terms/es.yaml": "lump:\n  term:\n"})
    path = export(tmp_path, name, "--only", "todo")
    data = path.read_bytes()
    if name == "xlsx":
        path.write_bytes(edit_target(data, name, "terms/lump", "", "lump"))
    else:
        path.write_bytes(data.rstrip().removesuffix(b'""') + b'"lump"\n' if name == "po" else copy_source(data))
    before = snapshot(tmp_path)
    said = '"terms/lump" has the English itself for words, as tools write where nobody translated; that is not taken'
    assert said in run(tmp_path, "import", str(path)).output
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(("name", "old", "new"), [("xlsx", "", ""), ("xliff", "<target>", '<target state="translated">')])
def test_the_english_itself_is_taken_where_somebody_says_that_it_is_right(tmp_path: Path, name: str, old: str, new: str) -> None:
    start(tmp_path, {"content/terms/es.yaml": "lump:\n  term:\n"})
    path = export(tmp_path, name, "--only", "todo")
    data = path.read_bytes()
    if name == "xlsx":
        path.write_bytes(edit_sheet(edit_target(data, name, "terms/lump", "", "lump"), set_cell(5, "done"), "terms/lump"))
    else:
        path.write_bytes(copy_source(data).replace(old.encode(), new.encode()))
    assert "1 new" in run(tmp_path, "import", str(path)).output
    assert (words(tmp_path, "terms/lump"), state(tmp_path, "terms/lump")) == ("lump", State.TRANSLATED)


def copy_source(data: bytes) -> bytes:
    return re.sub(rb"<source>(.*?)</source>", rb"<source>\1</source><target>\1</target>", data)


def test_words_made_from_an_older_english_are_taken_and_stale(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    change(tmp_path, ENGLISH, "hard lumps", "hard, white lumps")
    edit(path, HARD, HARD_WORDS, "Puede notar bultos duros.")
    done = run(tmp_path, "import", str(path))
    assert done.exit_code == 0
    assert "You may feel [-hard-] {+hard, white+} lumps." in done.output
    assert "[exchange-stale]" in done.output
    assert (words(tmp_path, HARD), state(tmp_path, HARD)) == ("Puede notar bultos duros.", State.STALE)


def test_words_made_from_the_english_of_now_are_not_called_old(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    edit(path, HARD, HARD_WORDS, "Puede notar bultos duros.")
    assert "exchange-stale" not in run(tmp_path, "import", str(path)).output


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_words_that_two_people_changed_are_shown_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    start(tmp_path)
    path = export(tmp_path, name)
    edit(path, HARD, HARD_WORDS, "Lo del archivo.", name)
    edit(path, FEVER, "Llame si la fiebre pasa de 38,5 °C.", "Llame ya si la fiebre pasa de 38,5 °C.", name)
    change(tmp_path, SIGNS, HARD_WORDS, "Lo de aquí.")
    said = refused(tmp_path, path)
    assert '"Lo de aquí." stands there, "Lo del archivo." is in the file' in said
    assert "[exchange-conflict]" in said
    assert "nothing was written: 1 error" in said
    done = run(tmp_path, "import", "--ours", str(path))
    assert done.exit_code == 0
    assert words(tmp_path, HARD) == "Lo de aquí."
    done = run(tmp_path, "import", "--theirs", str(path))
    assert done.exit_code == 0
    assert words(tmp_path, HARD) == "Lo del archivo."


def test_words_changed_only_in_the_project_are_kept(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    change(tmp_path, SIGNS, HARD_WORDS, "Lo de aquí.")
    done = run(tmp_path, "import", str(path))
    assert done.exit_code == 0
    assert 'was changed in the project since the export, to "Lo de aquí."; that is kept' in done.output
    assert words(tmp_path, HARD) == "Lo de aquí."


def test_the_same_change_on_both_sides_is_no_conflict(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    edit(path, HARD, HARD_WORDS, "Lo mismo.")
    change(tmp_path, SIGNS, HARD_WORDS, "Lo mismo.")
    assert run(tmp_path, "import", str(path)).exit_code == 0


def test_a_file_that_lost_what_went_out_overwrites_nothing(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "Kept for the import" not in line), encoding="utf-8")
    assert run(tmp_path, "import", str(path)).exit_code == 0
    edit(path, HARD, HARD_WORDS, "Lo del archivo.")
    assert "the file lost what went out" in refused(tmp_path, path)


@pytest.mark.parametrize("name", ["xliff", "xliff2"])
def test_a_file_that_lost_all_of_its_marks_says_so_and_theirs_takes_it(tmp_path: Path, name: str) -> None:
    start(tmp_path)
    path = export(tmp_path, name)
    edit(path, HARD, HARD_WORDS, "Lo del archivo.", name)
    path.write_text(re.sub(r' (extradata|state)="[^"]*"|<mda:metadata>.*?</mda:metadata>', "", path.read_text(encoding="utf-8")))
    said = refused(tmp_path, path)
    assert f'"{HARD}" has other words, and the file lost what went out' in said
    assert "mark" not in said
    done = run(tmp_path, "import", "--theirs", str(path))
    assert (done.exit_code, "stay to be done" in done.output) == (0, False)
    assert load_project(tmp_path).languages["es"].records[HARD].sha256 == hash_words("Lo del archivo.")


def test_a_new_sentence_of_a_file_that_lost_its_marks_stays_to_be_done(tmp_path: Path) -> None:
    start(tmp_path, {"content/terms/es.yaml": "lump:\n  term:\n"})
    path = export(tmp_path, "xliff", "--only", "todo")
    data = copy_source(path.read_bytes()).replace(b"<target>lump", b"<target>bulto")
    path.write_bytes(re.sub(rb' extradata="[^"]*"', b"", data))
    said = 'the file lost what went out of "terms/lump", and whether it is done; its words are taken, and stay to be done'
    assert said in run(tmp_path, "import", str(path)).output
    assert (words(tmp_path, "terms/lump"), state(tmp_path, "terms/lump")) == ("bulto", State.STALE)


@pytest.mark.parametrize("fold", ["Kept for the\n#. import:\n#. ", "Kept\n#. for the import: "])
def test_a_comment_that_a_tool_folded_is_read(tmp_path: Path, fold: str) -> None:
    start(tmp_path)
    path = export(tmp_path)
    whole = read_batch(path.read_bytes(), "").entries
    folded = path.read_text(encoding="utf-8").replace("Kept for the import: ", fold).replace("done-", "done-\n#. ")
    path.write_text(folded, encoding="utf-8")
    entries = read_batch(path.read_bytes(), "").entries
    assert [(each.base, each.note) for each in entries] == [(each.base, each.note) for each in whole]
    edit(path, HARD, HARD_WORDS, "Otra cosa.")
    assert "1 changed" in run(tmp_path, "import", str(path)).output


def test_what_gettext_escapes_and_wraps_is_read(tmp_path: Path) -> None:
    if not (msgcat := shutil.which("msgcat")):
        pytest.skip("gettext is not installed")
    start(tmp_path)
    path = export(tmp_path)
    whole = read_batch(path.read_bytes(), "").entries
    subprocess.run([msgcat, "--escape", "--width=30", "-o", str(path), str(path)], check=True)
    assert b"\\303" in path.read_bytes()
    entries = read_batch(path.read_bytes(), "").entries
    assert [(each.unit, each.target, each.base) for each in entries] == [(each.unit, each.target, each.base) for each in whole]


def test_a_file_that_lost_its_names_is_refused_in_one_line(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path, "xliff")
    number = itertools.count(1)
    path.write_text(re.sub(r'unit id="[^"]*"', lambda _: f'unit id="{next(number)}"', path.read_text(encoding="utf-8")))
    said = [line for line in refused(tmp_path, path).splitlines() if "error:" in line]
    assert len(said) == 1
    assert 'texts have names that the English does not have: "1", "2", "3" and ' in said[0]


@pytest.mark.parametrize(
    ("new", "shown"),
    [
        ("Puede sentir bultos\u00a0duros.", "Puede sentir [-bultos duros.-] {+bultos<U+00A0>duros.+}"),
        ("Puede sentir bultos  duros.", "Puede sentir [-bultos duros.-] {+bultos<U+0020><U+0020>duros.+}"),
        ("Puede sentir bul\u00adtos duros.", "Puede sentir [-bultos-] {+bul<U+00AD>tos+} duros."),
    ],
)
def test_a_change_that_nobody_sees_is_shown(tmp_path: Path, new: str, shown: str) -> None:
    start(tmp_path)
    path = export(tmp_path)
    edit(path, HARD, HARD_WORDS, new)
    assert f"  changed {HARD}: {shown}\n" in run(tmp_path, "import", str(path)).output


def test_a_column_that_was_sorted_by_itself_is_noticed(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path, "xlsx")
    fever = words(tmp_path, FEVER)
    path.write_bytes(edit_target(edit_target(path.read_bytes(), "xlsx", HARD, "", fever), "xlsx", FEVER, "", HARD_WORDS))
    said = run(tmp_path, "import", "--dry-run", str(path)).output
    assert f'2 texts came back with the words of others: "{HARD}" has those of "{FEVER}", "{FEVER}" has those of "{HARD}"' in said
    assert "[exchange-moved]" in said


def test_one_text_may_take_over_the_words_of_another(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    edit(path, HARD, HARD_WORDS, words(tmp_path, FEVER))
    assert "exchange-moved" not in run(tmp_path, "import", "--dry-run", str(path)).output


def test_an_emptied_sentence_keeps_its_words_and_that_is_said(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    edit(path, HARD, HARD_WORDS, "")
    before = snapshot(tmp_path)
    assert f'"{HARD}" has no words in the file; those that stand are kept' in run(tmp_path, "import", str(path)).output
    assert snapshot(tmp_path) == before


def test_a_unit_that_is_not_in_the_english_is_refused(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    change(tmp_path, "words.po", f'msgctxt "{HARD}"', 'msgctxt "signs.lumps.soft"')
    said = refused(tmp_path, path)
    line = path.read_text(encoding="utf-8").splitlines().index('msgctxt "signs.lumps.soft"') + 1
    assert f'words.po:{line}: error: there is no text "signs.lumps.soft" in English' in said
    assert "[exchange-unit]" in said


def test_a_label_whose_english_was_changed_in_the_file_is_refused(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    change(tmp_path, "words.po", 'msgid "Open:"', 'msgid "Closed:"')
    assert 'the English of "labels/Open:" was changed to "Closed:"' in refused(tmp_path, path)


def test_a_unit_that_stands_twice_with_other_words_is_refused(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    other = tmp_path / "other.po"
    other.write_bytes(path.read_bytes())
    assert run(tmp_path, "import", str(path), str(other)).exit_code == 0
    edit(other, HARD, HARD_WORDS, "Otra cosa.")
    said = refused(tmp_path, path, str(other))
    assert f'"{HARD}" stands twice, as "{HARD_WORDS}"' in said


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("Llame \u202e21.", "character U+202E (RIGHT-TO-LEFT OVERRIDE) is not allowed"),
        ("Llame \ue000.", "character U+E000"),
        ("x" * 2001, "has 2,001 letters, more than 2,000"),
    ],
)
def test_words_that_must_not_be_printed_are_refused(tmp_path: Path, name: str, bad: str, said: str) -> None:
    start(tmp_path)
    path = export(tmp_path, name)
    edit(path, HARD, HARD_WORDS, bad, name)
    assert said in refused(tmp_path, path)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "newline"), [("po", "\\n"), ("xliff", "\n"), ("xliff2", "\n"), ("xlsx", "\n")])
def test_a_line_break_within_words_is_refused_and_one_behind_them_is_dropped(tmp_path: Path, name: str, newline: str) -> None:
    start(tmp_path)
    path = export(tmp_path, name)
    edit(path, HARD, HARD_WORDS, f"Dos líneas.{newline}", name)
    assert run(tmp_path, "import", str(path)).exit_code == 0
    assert words(tmp_path, HARD) == "Dos líneas."
    edit(path, HARD, f"Dos líneas.{newline}", f"Dos{newline}líneas.", name)
    assert "a line break or tab stands within the words" in refused(tmp_path, path)


def test_words_in_another_normal_form_are_written_in_form_c_and_that_is_said(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    edit(path, HARD, HARD_WORDS, "Sen\u0303ales.")
    assert f'the words of "{HARD}" are written in Unicode normal form C' in run(tmp_path, "import", str(path)).output
    assert words(tmp_path, HARD) == "Se\u00f1ales."


def test_a_language_that_is_not_here_says_how_to_add_it(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    change(tmp_path, "words.po", "Language: es", "Language: pt_BR")
    said = refused(tmp_path, path)
    assert 'the file says that it is "pt-BR", and there are es here' in said
    assert "To begin another: leaflets translate start TAG" in said
    done = run(tmp_path, "export", "pt", "--format", "po")
    assert (done.exit_code, "To begin it: leaflets translate start pt" in done.output) == (1, True)
    assert "that the others are translated from" in run(tmp_path, "export", "en", "--format", "po").output
    assert 'did you mean "es" (Spanish, español)?' in run(tmp_path, "export", "spanish", "--format", "po").output


def test_only_the_topics_that_are_named_go_out(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path, "po", "--topic", "signs", "--topic", "terms")
    units = [entry.unit for entry in read_batch(path.read_bytes(), "").entries]
    assert units == ["signs.title", HARD, FEVER, "terms/lump"]
    assert 'did you mean "signs"' in run(tmp_path, "export", "es", "--format", "po", "--topic", "sings").output


def test_nothing_to_do_writes_no_file(tmp_path: Path) -> None:
    start(tmp_path)
    done = run(tmp_path, "export", "es", "--format", "po", "--only", "todo", "--output", str(tmp_path / "none.po"))
    assert "nothing is left to do" in done.output
    assert not (tmp_path / "none.po").exists()


@pytest.mark.parametrize(
    ("name", "file"), [("xlsx", "es.xlsx"), ("po", "es.po"), ("xliff", "es.xlf"), ("xliff2", "es.xliff2.xlf")]
)
def test_a_file_that_came_back_is_replaced_only_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, file: str
) -> None:
    start(tmp_path)
    monkeypatch.chdir(tmp_path)
    first, again = (run(tmp_path, "export", "es", "--format", name) for _ in range(2))
    assert (first.exit_code, again.exit_code) == (0, 0), again.output
    edit(Path(file), HARD, HARD_WORDS, "Lo del archivo.", name)
    back = Path(file).read_bytes()
    done = run(tmp_path, "export", "es", "--format", name)
    assert done.exit_code == 2
    assert f"{file} is there already, and has other words" in done.output
    assert f"--output {file} replaces it" in done.output
    assert Path(file).read_bytes() == back
    assert run(tmp_path, "export", "es", "--format", name, "--output", file).exit_code == 0
    assert Path(file).read_bytes() != back


def test_a_file_names_the_same_terms_as_the_editor(tmp_path: Path) -> None:
    terms = "a:\n  term: {}\nb:\n  term: {}\nlump:\n  term: {}\n"
    english = SMALL_PROJECT[ENGLISH].replace("hard lumps", "hard lumps. Lumps come with juvenile dermatomyositis or JDM")
    changes = {
        ENGLISH: english,
        "content/terms/en.yaml": terms.format("dermatomyositis", "juvenile dermatomyositis (JDM)", "lump"),
        "content/terms/es.yaml": terms.format("dermatomiositis", "dermatomiositis juvenil (DMJ)", "bulto"),
    }
    project = start(tmp_path, changes)
    notes = {entry.unit: entry.note for entry in read_batch(export(tmp_path).read_bytes(), "").entries}
    assert notes[HARD] == "Terms: juvenile dermatomyositis (JDM) = dermatomiositis juvenil (DMJ); lump = bulto"
    assert notes["terms/b"] == "Terms: dermatomyositis = dermatomiositis"
    for unit in survey_language(project, "es").values():
        told = "; ".join(f"{each['english']} = {each['words']}" for each in find_fixed_words(project, "es", unit))
        said = [line for line in notes[unit.id].splitlines() if line.startswith("Terms: ")]
        assert said == ([f"Terms: {told}"] if told else [])


def test_a_sentence_goes_out_with_the_fixed_words_of_its_terms(tmp_path: Path) -> None:
    start(tmp_path, {"content/terms/es.yaml": "lump:\n  term: bulto\n  avoid: [nódulo]\n"})
    entries = {entry.unit: entry.note for entry in read_batch(export(tmp_path).read_bytes(), "").entries}
    assert entries[HARD] == "Terms: lump = bulto (not: nódulo)"
    assert entries["terms/lump"] == "Not: nódulo"
    assert entries["signs.title"] == ""
    assert entries["labels/Open:"].startswith("In the clinic's box on page 1")


def test_a_file_of_the_project_that_cannot_be_read_stops_both_ways(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    change(tmp_path, SIGNS, "blocks:", "blocks: [")
    assert f"{SIGNS}:" in refused(tmp_path, path)
    assert run(tmp_path, "export", "es", "--format", "po").exit_code == 1


def test_a_label_that_no_page_has_any_more_stops_neither_way(tmp_path: Path) -> None:
    start(tmp_path)
    with (tmp_path / "translations/es/LC_MESSAGES/messages.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgid "An old label"\nmsgstr "Una etiqueta vieja"\n')
    path = export(tmp_path)
    assert run(tmp_path, "import", str(path)).exit_code == 0


def test_a_file_that_is_there_but_cannot_be_opened_stops_both_ways(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path)
    terms = tmp_path / "content/terms/es.yaml"
    terms.unlink()
    assert "lump" in export(tmp_path).read_text(encoding="utf-8")  # a file that is not there yet is no obstacle
    terms.mkdir()
    assert "content/terms/es.yaml: error: " in refused(tmp_path, path)
    assert run(tmp_path, "export", "es", "--format", "po", "--output", str(tmp_path / "a.po")).exit_code == 1


def test_a_disk_that_fails_midway_leaves_every_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import leaflets.files

    write, done = leaflets.files.write_file, []

    def fail_second(path: Path, data: bytes) -> None:
        done.append(path)
        if len(done) == 2:
            raise SetupError("the disk is full")
        write(path, data)

    (tmp_path / "a").write_text("old")
    monkeypatch.setattr(leaflets.files, "write_file", fail_second)
    with pytest.raises(SetupError):
        write_files(tmp_path, {"a": b"new", "b": b"new"})
    assert (tmp_path / "a").read_text() == "old"
    assert not (tmp_path / "b").exists()


def edited(root: Path) -> Path:
    """Export the small project, and change two texts of two files, so that an import writes three."""
    start(root)
    path = export(root)
    edit(path, HARD, HARD_WORDS, "Puede notar bultos duros.")
    edit(path, "terms/lump", "bulto", "bola")
    return path


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 143), (signal.SIGINT, 130)])
@pytest.mark.parametrize("times", [1, 2])
def test_a_signal_to_stop_leaves_every_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int, times: int
) -> None:
    path = edited(tmp_path)
    before = snapshot(tmp_path)
    replace, done = os.replace, []

    def tell(old: str, new: str) -> None:
        done.append(new)
        if 1 < len(done) < 2 + times:
            os.kill(os.getpid(), number)
        replace(old, new)

    monkeypatch.setattr(os, "replace", tell)
    heard = signal.signal(signal.SIGINT, signal.default_int_handler), signal.getsignal(number)
    result = run(tmp_path, "import", str(path))
    assert signal.getsignal(number) is (signal.default_int_handler if number is signal.SIGINT else heard[1])
    signal.signal(signal.SIGINT, heard[0])
    assert (result.exit_code, "interrupted" in result.output) == (code, True)
    assert len(done) > 2
    assert snapshot(tmp_path) == before


def test_a_signal_that_the_caller_ignores_stops_nothing(tmp_path: Path) -> None:
    heard = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with hear_signals():
        os.kill(os.getpid(), signal.SIGHUP)
    signal.signal(signal.SIGHUP, heard)


@pytest.mark.parametrize("written", [[SIGNS], [SIGNS, "content/terms/es.yaml"]])
def test_an_import_that_was_killed_is_finished_by_the_next(tmp_path: Path, written: list[str]) -> None:
    start(tmp_path, {SIGNS: SMALL_PROJECT[SIGNS].replace(f"    hard: {HARD_WORDS}\n", "")})
    path = export(tmp_path)
    edit(path, FEVER, "Llame si", "Llame ya si")
    edit(path, "terms/lump", "bulto", "bola")
    change(tmp_path, "words.po", 'hard lumps."\nmsgstr ""', f'hard lumps."\nmsgstr "{HARD_WORDS}"')
    before = snapshot(tmp_path)
    assert run(tmp_path, "import", str(path)).exit_code == 0
    after = snapshot(tmp_path)
    restore(tmp_path, before | {tmp_path / file: after[tmp_path / file] for file in written})
    assert (words(tmp_path, HARD), state(tmp_path, HARD)) == (HARD_WORDS, State.STALE)
    done = run(tmp_path, "import", str(path))
    assert f"confirmed {HARD}\n  confirmed {FEVER}\n" in done.output
    assert snapshot(tmp_path) == after
    assert "0 confirmed" in run(tmp_path, "import", str(path)).output


def test_words_that_nobody_changed_in_the_file_put_nothing_on_record(tmp_path: Path) -> None:
    start(tmp_path)
    change(tmp_path, SIGNS, HARD_WORDS, "Puede notar bultos duros.")
    path = export(tmp_path)
    before = snapshot(tmp_path)
    assert "0 confirmed" in run(tmp_path, "import", str(path)).output
    assert snapshot(tmp_path) == before


def test_what_another_import_writes_meanwhile_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = edited(tmp_path)
    hold, held = hold_folder, []

    @contextmanager
    def wait(folder: Path) -> Iterator[None]:
        held.append(folder)
        project = load_project(tmp_path)
        write_files(tmp_path, write_units(project, "es", {FEVER: "Llame."}, {FEVER: project.units[FEVER].words}))
        with hold(folder):
            yield

    monkeypatch.setattr("leaflets.exchange.transfer.hold_folder", wait)
    assert f"kept {FEVER}" not in run(tmp_path, "import", str(path)).output
    assert held == [tmp_path / "translations/es"]
    records = load_project(tmp_path).languages["es"].records
    assert records[FEVER].sha256 == hash_words("Llame.")
    assert records[HARD].sha256 == hash_words("Puede notar bultos duros.")
    assert (words(tmp_path, FEVER), words(tmp_path, HARD)) == ("Llame.", "Puede notar bultos duros.")


def test_a_dry_run_waits_for_nobody(tmp_path: Path) -> None:
    path = edited(tmp_path)
    with hold_folder(tmp_path / "translations/es"):
        assert run(tmp_path, "import", "--dry-run", str(path)).exit_code == 0


def test_ours_and_theirs_at_once_are_an_error_of_usage(tmp_path: Path) -> None:
    start(tmp_path)
    done = run(tmp_path, "import", "--ours", "--theirs", str(export(tmp_path)))
    assert (done.exit_code, "--ours and --theirs are opposites" in done.output) == (2, True)


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    start(tmp_path)
    os.mkfifo(tmp_path / "words.po")
    assert "this is no regular file" in refused(tmp_path, tmp_path / "words.po")


def test_a_place_where_no_file_can_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start(tmp_path)
    is_file = Path.is_file

    def deny(path: Path) -> bool:
        if path.name == "x.po":
            raise PermissionError(errno.EACCES, "Permission denied")
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", deny)
    monkeypatch.chdir(tmp_path)
    done = run(tmp_path, "export", "es", "--format", "po", "--output", str(tmp_path / "x.po"))
    assert (done.exit_code, "x.po: Permission denied" in done.output) == (3, True)


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    path = edited(tmp_path)
    (tmp_path / SIGNS).rename(tmp_path / "elsewhere.yaml")
    (tmp_path / SIGNS).symlink_to(tmp_path / "elsewhere.yaml")
    assert run(tmp_path, "import", str(path)).exit_code == 0
    assert (tmp_path / SIGNS).is_symlink()
    assert "Puede notar bultos duros." in (tmp_path / "elsewhere.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", [SIGNS, "content/terms/es.yaml", RECORDS])
def test_a_file_that_somebody_made_read_only_is_not_replaced(tmp_path: Path, file: str) -> None:
    path = edited(tmp_path)
    (tmp_path / file).chmod(0o444)
    before = snapshot(tmp_path)
    done = run(tmp_path, "import", str(path))
    assert (done.exit_code, f"{file}: it is read-only" in done.output) == (3, True)
    assert snapshot(tmp_path) == before


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SetupError, match="it is no regular file"):
        write_file(tmp_path / "pipe", b"")


def test_what_a_killed_process_left_goes_with_the_next_writing(tmp_path: Path) -> None:
    names = {".a.yaml.abcd0123.leaflets.part": True, ".new.yaml.abcd0123.leaflets.part": False, "a.part": False, ".b.part": False}
    for name, old in names.items():
        (tmp_path / name).write_bytes(b"half")
        if old or "new" not in name:
            os.utime(tmp_path / name, (0, 0))
    write_file(tmp_path / "c.yaml", b"whole")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {name for name, old in names.items() if not old} | {"c.yaml"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_damaged_file_is_said_to_be_so_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    start(tmp_path)
    path = export(tmp_path, name)
    whole, before = path.read_bytes(), snapshot(tmp_path)
    chance = random.Random(7)
    for _ in range(4):
        path.write_bytes(damage(whole, name, chance))
        done = run(tmp_path, "import", str(path))
        if done.exit_code:
            assert "error: " in done.output
            assert snapshot(tmp_path) == before
        restore(tmp_path, before)


# Files that are not what they should be

PO = 'msgid ""\nmsgstr "Language: es\\n"\n\nmsgctxt "a.title"\nmsgid "Lumps"\nmsgstr "Bultos"\n'
UNIT = '<trans-unit id="a.title"><source>Lumps</source>{}</trans-unit>'
XLIFF = f'<xliff version="1.2"><file target-language="es">{UNIT}</file></xliff>'
XLIFF2 = '<xliff version="2.1" trgLang="es"><file><unit id="a.title"><segment>{}</segment></unit></file></xliff>'


def split_unit(*words: str) -> str:
    """Make segments of a unit of XLIFF 1.2, as a tool for translators does: two of its English, and their words."""
    segments = [f'<mrk mtype="seg" mid="{at % 2 + 1}">{each}</mrk>' for at, each in enumerate(words)]
    return XLIFF.format(f"<seg-source>{segments[0]} {segments[1]}</seg-source><target>{segments[2]}{segments[3]}</target>")


def read_one(data: str | bytes) -> tuple[str, str]:
    [entry] = read_batch(data if isinstance(data, bytes) else data.encode(), "words").entries
    return entry.source, entry.target


@pytest.mark.parametrize(
    "data",
    [
        PO.encode(),
        PO.replace("\n", "\r\n").encode(),
        PO.encode("utf-8-sig"),
        PO.replace('"Bultos"', '""\n"Bul"\n"tos"').encode(),
        PO.replace("Bultos", r"B\165l\x74os").encode(),
        (PO + '\n#~ msgctxt "old"\n#~ msgid "Old"\n#~ msgstr "Viejo"\n').encode(),
        PO.replace("\n\nmsgctxt", "\nmsgctxt").encode(),
        XLIFF.format("<target>Bultos</target>").encode(),
        XLIFF.format("<target>Bultos</target>").encode("utf-16"),
        XLIFF.format('<target><mrk mtype="seg">Bul</mrk>tos</target>').encode(),
        XLIFF.format("<target>\n  Bultos\n</target><alt-trans><target>Bolas</target></alt-trans>").strip().encode(),
        split_unit("Lu", "mps", "Bul", "tos").encode(),
        split_unit("Lumps", "", "Bultos", "").encode(),
        XLIFF.format('<seg-source><mrk mtype="seg" mid="1">Lumps</mrk></seg-source><target>Bultos</target>').encode(),
        XLIFF2.format("<source>Lumps</source><target>Bultos</target>").encode("utf-8-sig"),
        XLIFF2.format('<source>Lumps</source><target>Bul<cp hex="0074"/><sm id="1"/>os</target>').encode(),
        XLIFF2.format(
            "<source>Lum</source><target>Bult</target></segment><ignorable><source>ps</source><target>os</target>"
            "</ignorable><segment><source/><target/>"
        ).encode(),
        XLIFF2.format(
            "<source>Lu</source><target>Bul</target></segment><segment><source>mps</source><target>tos</target>"
        ).encode(),
        XLIFF2.format(
            '<source>Lu</source><target order="3">tos</target></segment>'
            '<ignorable><source>m</source><target>l</target></ignorable><segment><source>ps</source><target order="1">Bu</target>'
        ).encode(),
    ],
)
def test_what_tools_make_of_a_file_is_read(data: bytes) -> None:
    source, target = read_one(data)
    assert (source, target.strip()) == ("Lumps", "Bultos")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "the file is empty"),
        ("unit,English,translation\n", "neither a PO file, nor XLIFF, nor an Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "Excel workbook of the old kind (.xls), or one with a password"),
        (PO.encode("utf-16"), "a PO file in UTF-16. Save it as UTF-8."),
        (PO.encode("utf-16-be"), "a PO file in UTF-16"),
        (PO.replace("Bultos", "Bul\\303tos"), "words:6: error: the escapes are no letters of UTF-8"),
        (PO[:-10], "words:6: error: a quote is not closed"),
        (PO.partition('msgstr "B')[0], "words:4: error: the entry has no msgstr: the file is cut off"),
        (PO.replace("Bultos", 'Bul"tos'), "words:6: error: a quote is not closed, or one inside"),
        (PO.replace("Bultos", "Bul\\qtos"), "words:6: error: the escape \\q is none of PO"),
        (PO.replace('msgctxt "a.title"\n', ""), '"Lumps" has no msgctxt'),
        (PO.replace("es\\n", "es\\nContent-Type: text/plain; charset=windows-1252\\n"), "its letters are windows-1252"),
        (PO.replace("Bultos", "Señal").encode("cp1252"), "words:6: error: byte 0xf1 is not UTF-8"),
        (PO + 'msgid_plural "x"\n', "words:7: error: a plural form"),
        (PO + "bultos\n", 'words:7: error: "bultos" is no line of a PO file'),
        (PO + 'msgstr "dos"\n', "words:7: error: msgstr"),
        ("<html/>", 'an XML file with <html version="">, not XLIFF 1.2 or 2.1'),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + XLIFF.format(""), "words:1: error: the file has a document type"),
        (XLIFF.format("&a;"), "this is no whole XML: undefined entity"),
        (XLIFF.format("")[:-9], "this is no whole XML"),
        (XLIFF.format("").replace("<source>Lumps</source>", ""), "<trans-unit> has no source"),
        (XLIFF.format("").replace(' id="a.title"', ""), "<trans-unit> has no id"),
        (XLIFF.format('<target>Bul<x id="1"/>tos</target>'), "<x> stands within the words"),
        (XLIFF.format('<target>Bul<mrk mtype="x-sdl-deleted">b</mrk>tos</target>'), "a deletion stands within the words"),
        (XLIFF.format("</trans-unit></file><file target-language='fr'><trans-unit id='b'><source>B</source>"), "2 languages"),
        ("<a>" * 100, "elements in more than 64 others"),
        ("<a>" + "<b/>" * 200_001 + "</a>", "more than 200,000 elements"),
        ('<?xml version="1.0" encoding="no-such"?><a/>', "unknown encoding"),
        (XLIFF.format("x" * 9_000_000), "more than 8,388,608"),
        (XLIFF2.format("<source>Lu</source><target>Bul</target></segment><segment><source>mps</source>"), "only a part of this"),
        (XLIFF2.format("<source>Lu</source><target>Bul</target></segment><segment><source>mps</source><target/>"), "only a part"),
        (XLIFF2.format('<source>Lumps</source><target order="2">Bultos</target>'), "in no order that can be followed (2)"),
        (split_unit("Lu", "mps", "Bul", ""), "words:1: error: only a part of this unit has words"),
        (split_unit("Lu", "mps", "Bul", "tos").replace('mid="2">tos', 'mid="3">tos'), "only a part of this unit has words"),
        (split_unit("Lu", "mps", "Bul", "tos").replace('<mrk mtype="seg" mid="2">tos</mrk>', ""), "only a part of this unit"),
        (split_unit("Lu", "mps", "Bul", "").replace("seg-source", "note"), "only a part of this unit has words"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(data: str | bytes, said: str) -> None:
    with pytest.raises(LeafletsError) as caught:
        read_batch(data if isinstance(data, bytes) else data.encode(), "words")
    assert said in str(caught.value)
    assert "[bad-exchange]" in str(caught.value) or "[unreadable]" in str(caught.value)


def test_a_mark_between_segments_without_words_is_no_translation() -> None:
    parts = "<source>Lumps</source></segment><ignorable><source>•</source></ignorable><segment><source>Bumps</source>"
    assert read_one(XLIFF2.format(parts)) == ("Lumps•Bumps", "")


def spoil_workbook(root: Path, spoil: Any, unit: str = HARD) -> Path:
    path = export(root, "xlsx")
    path.write_bytes(edit_sheet(path.read_bytes(), spoil, unit))
    return path


def set_cell(column: int, value: object, kind: str = "") -> Any:
    def spoil(sheet: Any, row: int) -> None:
        cell = sheet.cell(row, column)
        cell.value = value
        cell.data_type = kind or cell.data_type

    return spoil


def link_cells(area: str) -> Any:
    def spoil(sheet: Any, row: int) -> None:
        sheet.cell(row, 3).hyperlink = "#a"
        sheet.cell(row, 3).hyperlink.ref = area

    return spoil


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (set_cell(4, 38.5), "words.xlsx [signs]:3: error: cell D3 holds a number (38.5)"),
        (set_cell(4, date(2026, 3, 4)), "cell D3 holds a date"),
        (set_cell(4, True), "cell D3 holds a logical value"),
        (set_cell(4, "=1+1"), "cell D3 holds a formula"),
        (set_cell(4, "#REF!", "e"), "cell D3 holds an error of the spreadsheet"),
        (set_cell(5, "finished"), '"finished" is no status. Choose one of: to do, changed, needs work, done'),
        (set_cell(1, None), "the row has no unit"),
        (set_cell(2, None), "the row has no English"),
        (lambda sheet, row: sheet.merge_cells("D2:D3"), "the cells D2:D3 are merged"),
        (lambda sheet, row: sheet.cell(1, 4, "Übersetzung") and None, 'the column "translation" is missing'),
        (lambda sheet, row: sheet.cell(1, 7, "unit") and None, 'the column "unit" is there twice'),
        (lambda sheet, row: sheet.cell(100_000, 4, "x") and None, "the sheet reaches to row 100,000"),
        (link_cells("A1:XFD1048576"), "merged cells or links such as A1:XFD1048576 reach over 17,179,869,184 cells"),
        (link_cells("A:B"), "merged cells or links such as A:B reach over 2,097,152 cells"),
        (
            lambda sheet, row: sheet.parent["Start here"].delete_rows(2),
            "it does not say its language. Say it, such as --locale es.",
        ),
        (lambda sheet, row: sheet.insert_rows(1), 'the column "unit" is missing'),
        (lambda sheet, row: sheet.cell(1, 1, "Einheit") and None, 'the column "unit" is missing'),
        (lambda sheet, row: keep_sheet(sheet.parent, "Start here"), 'no sheet has the column "unit"'),
        (lambda sheet, row: setattr(sheet.cell(row, 4), "font", Font(strike=True)), "words in cell D3 are struck out"),
        (set_cell(4, CellRichText("Bultos ", TextBlock(InlineFont(strike=True), "blandos "), "duros.")), "words in cell D3 are"),
    ],
)
def test_a_cell_that_a_spreadsheet_changed_is_refused(tmp_path: Path, spoil: Any, said: str) -> None:
    start(tmp_path)
    assert said in refused(tmp_path, spoil_workbook(tmp_path, spoil)).replace(f"{tmp_path}/", "")


def keep_sheet(book: Any, title: str) -> None:
    for sheet in book.worksheets:
        if sheet.title != title:
            book.remove(sheet)


def add_sheets(sheet: Any, row: int) -> None:
    sheet.parent["Start here"].title = "Notes on the work"
    sheet.parent.create_sheet("My list", 0).append(["English", "translation", 5])
    sheet.cell(row, 3, 38.5)
    sheet.cell(row, 4, CellRichText("Bultos ", TextBlock(InlineFont(b=True), "duros.")))


def test_sheets_and_notes_of_one_s_own_do_no_harm(tmp_path: Path) -> None:
    start(tmp_path)
    path = spoil_workbook(tmp_path, add_sheets)
    done = run(tmp_path, "import", str(path))
    assert (done.exit_code, words(tmp_path, HARD)) == (0, "Bultos duros.")
    assert 'note: the sheet "My list" has no column "unit", so that nothing is taken from it' in done.output
    assert done.output.count("so that nothing is taken from it") == 1


def test_a_workbook_of_which_only_the_sheets_with_words_are_left_is_taken_for_what_was_asked(tmp_path: Path) -> None:
    start(tmp_path)
    path = spoil_workbook(tmp_path, lambda sheet, row: keep_sheet(sheet.parent, "signs"))
    assert run(tmp_path, "import", "--locale", "es", str(path)).exit_code == 0


@pytest.mark.parametrize(
    ("raw", "meant"), [("Bultos_x0020_d_x0075_ros.", "Bultos duros."), ("_x005F_x0041_ no", "_x0041_ no"), ("_xD83D_", "_xD83D_")]
)
def test_the_escapes_of_a_workbook_are_read_as_a_spreadsheet_reads_them(tmp_path: Path, raw: str, meant: str) -> None:
    start(tmp_path)
    path = spoil_workbook(tmp_path, set_cell(4, raw, "s"))
    run(tmp_path, "import", str(path))
    assert words(tmp_path, HARD) == meant


@pytest.mark.slow
@pytest.mark.parametrize("text", ["=no", "-5 °C", "+34 5", "@aquí", "'cita'", "38,5", "00123"])
def test_words_that_look_like_a_formula_or_a_number_stay_words(tmp_path: Path, text: str) -> None:
    start(tmp_path)
    path = spoil_workbook(tmp_path, set_cell(4, text, "s"))
    assert run(tmp_path, "import", str(path)).exit_code == 0
    assert words(tmp_path, HARD) == text


def test_a_line_break_that_a_spreadsheet_wrote_as_an_escape_is_none_of_the_words(tmp_path: Path) -> None:
    start(tmp_path)
    path = spoil_workbook(tmp_path, set_cell(4, "Dos líneas._x000D_\n", "s"))
    assert run(tmp_path, "import", str(path)).exit_code == 0
    assert words(tmp_path, HARD) == "Dos líneas."
    path = spoil_workbook(tmp_path, set_cell(4, "Dos_x000D_líneas.", "s"))
    assert "a line break or tab stands within the words" in refused(tmp_path, path)


def test_columns_may_stand_in_another_order_and_rows_may_be_empty(tmp_path: Path) -> None:
    def move(sheet: Any, row: int) -> None:
        sheet.insert_cols(1)
        sheet.insert_rows(2)

    start(tmp_path)
    path = spoil_workbook(tmp_path, move)
    assert "0 new, 0 changed, 0 confirmed" in run(tmp_path, "import", str(path)).output


def test_needs_work_in_a_workbook_is_heard(tmp_path: Path) -> None:
    path = stale_file(tmp_path, "xlsx")
    data = edit_target(path.read_bytes(), "xlsx", HARD, "", "Puede sentir bultos blancos.")
    path.write_bytes(edit_sheet(data, set_cell(5, "needs work"), HARD))
    assert "1 changed" in run(tmp_path, "import", str(path)).output
    assert (words(tmp_path, HARD), state(tmp_path, HARD)) == ("Puede sentir bultos blancos.", State.STALE)


def pack(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_workbook_that_would_unpack_without_end_is_refused(tmp_path: Path) -> None:
    start(tmp_path)
    parts = unpack(export(tmp_path, "xlsx").read_bytes())
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    for data, said in (
        (pack({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "a zip file, but no Excel workbook"),
        (pack(parts | {"xl/media/big": bytes(17_000_000)}), "more than 500 of 16,777,216"),
        (pack(parts | {f"xl/media/{at}": b"" for at in range(500)}), "files of"),
        (pack(parts | {"xl/styles.xml": bomb}), "[xl/styles.xml]:1: error: the file has a document type"),
        (pack(parts | {"xl/media/image.png": bomb}), "[xl/media/image.png]:1: error: the file has a document type"),
        (pack(parts | {"xl/sheet.bin": bomb[21:].decode().encode("utf-16")}), "the file has a document type"),
        (pack(parts | {"xl/styles.xml": b"<styleSheet"}), "this is no whole XML"),
        (pack({name: data for name, data in parts.items() if "Content" not in name}), "the workbook is damaged (KeyError)"),
        (pack(parts)[:2000], "the workbook is damaged or locked"),
        (pack(parts) + bytes(8 * 1024 * 1024), "more than 8,388,608"),
    ):
        with pytest.raises(LeafletsError) as caught:
            read_batch(data, "words.xlsx")
        assert said in str(caught.value)


def test_a_workbook_saved_again_by_a_spreadsheet_is_the_same(tmp_path: Path) -> None:
    start(tmp_path)
    path = export(tmp_path, "xlsx")
    book = openpyxl.load_workbook(path)
    book.save(path)
    before = snapshot(tmp_path)
    assert run(tmp_path, "import", str(path)).exit_code == 0
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("excel", "xlsx"),
        ("xls", "xlsx"),
        (".CSV", "xlsx"),
        ("poedit", "po"),
        ("xlf", "xliff"),
        ("xliff2.1", "xliff2"),
        ("xslx", "xlsx"),
    ],
)
def test_a_format_is_known_by_what_people_call_it(typed: str, meant: str) -> None:
    result = run(ROOT, "export", "es", "--format", typed)
    assert result.exit_code == 2
    assert f'there is no format "{typed}"; did you mean "{meant}"? There are po: Poedit' in result.stderr


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("w.xlsx", b"PK"),
        ("w.po", b"msgid"),
        ("w.XLF", b"<"),
        ("w.xliff", b"<"),
        ("w.xliff2.xlf", b"<"),
        ("w.xlsx --format po", b"msgid"),
    ],
)
def test_a_format_is_taken_from_the_end_of_the_file_s_name(name: str, begins: bytes, tmp_path: Path) -> None:
    file, *more = name.split()
    result = run(start(tmp_path / "project").root, "export", "es", "--output", str(tmp_path / file), *more)
    assert result.exit_code == 0, result.output
    data = (tmp_path / file).read_bytes()
    assert data.startswith(begins)
    assert (b'version="2.1"' in data) == ("xliff2" in name)


@pytest.mark.parametrize(
    ("name", "said"), [("w.csv", 'there is no format "csv"; did you mean "xlsx"?'), ("w", "Missing option '--format'")]
)
def test_a_name_that_ends_like_no_format_asks_for_one(name: str, said: str, tmp_path: Path) -> None:
    result = run(ROOT, "export", "es", "--output", str(tmp_path / name))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / name).exists()


def test_a_format_that_is_like_no_other_is_told_all_of_them() -> None:
    said = run(ROOT, "export", "es", "--format", "pdf").stderr
    assert 'there is no format "pdf". There are po: Poedit, Weblate, OmegaT; xliff: XLIFF 1.2' in said
