"""Out to a translator's tool and back, in every language and format."""

import difflib
import io
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from leaflets.content.project import Project, load_project
from leaflets.content.signoffs import Role
from leaflets.exchange.entries import Base, Batch, Entry, list_entries, shorten_hash
from leaflets.exchange.plan import Kind, plan_import
from leaflets.exchange.transfer import FORMATS, Import, check_import, import_files, read_batch
from leaflets.files import write_files
from leaflets.languages.locales import script
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import LeafletsError, Problem, Severity
from leaflets.translation.units import State, list_source, survey_language
from leaflets.translation.write import write_units
from tests.support.projects import ROOT, sign_all, write_project

LANGUAGES = sorted(path.name for path in (ROOT / "content" / "topics").iterdir() if path.name != SOURCE_LOCALE)
BY_SCRIPT = sorted({script(tag): tag for tag in LANGUAGES}.values())
EDITED = ("get-help.soon.lump", "adult.title", "terms/lump", "labels/Page {page} of {pages}")


def bare(entries: tuple[Entry, ...]) -> list[tuple[str, str, str, bool, Base]]:
    return [(each.unit, each.source, each.target, each.done, each.base) for each in entries]


@pytest.mark.parametrize("name", ["po", "xliff", "xliff2"])
def test_words_far_too_long_are_refused_before_any_work_on_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their normal form took minutes, in which no signal was heard."""
    data = FORMATS[name].write(Batch("es", (Entry("signs.title", "Signs", "q" + "\u0301\u0323" * 150_000),)))
    monkeypatch.setattr("leaflets.exchange.entries.clean_words", None)
    with pytest.raises(LeafletsError, match=r"letters, more than 2,000|more than 20,000 letters in one text"):
        read_batch(data, "words")


def test_a_po_file_of_many_short_lines_ends_at_its_longest_text() -> None:
    lines = 'msgctxt "signs.title"\nmsgid "Signs"\nmsgstr "a"\n' + '"a"\n' * 50_000
    with pytest.raises(LeafletsError, match=r"words:20003: error: more than 20,000 letters in one text"):
        read_batch(lines.encode(), "words")


def test_what_people_call_a_format_means_one_format() -> None:
    names = [name for format, each in FORMATS.items() for name in (format, *each.called.split())]
    assert len(names) == len(set(names)) > len(FORMATS)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("tag", BY_SCRIPT)
def test_words_that_go_out_and_come_back_change_no_file(project: Project, tag: str, name: str) -> None:
    entries = list_entries(project, tag)
    assert {each.unit for each in entries} == set(list_source(project))
    data = FORMATS[name].write(Batch(tag, entries))
    assert FORMATS[name].write(Batch(tag, entries)) == data, "not the same bytes twice"
    batch = read_batch(data, f"words{FORMATS[name].suffix}")
    assert (batch.tag, bare(batch.entries)) == (tag, bare(entries))
    plan = plan_import(project, tag, batch.entries)
    assert (plan.words, plan.made_from, plan.problems) == ({}, {}, ())
    back = {entry.unit: entry.target for entry in batch.entries if entry.target}  # some have the words of the sheets alone
    made_from = {entry.unit: entry.source for entry in batch.entries}
    assert write_units(project, tag, back, made_from) == {}


def edit_sheet(data: bytes, change: Callable[[Any, int], None], unit: str) -> bytes:
    """Change the row of a unit in a workbook, as a spreadsheet does: the file is written anew."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book.worksheets[1:]:
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, 1).value == unit:
                change(sheet, row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edit_target(data: bytes, name: str, unit: str, old: str, new: str) -> bytes:
    """Change the words of one unit in a file, as its tool does."""
    if name == "xlsx":
        return edit_sheet(data, lambda sheet, row: sheet.cell(row, 4, new) and None, unit)
    text = data.decode()
    key = {"po": f'msgctxt "{unit}"', "xliff": f'id="{unit}"', "xliff2": f'name="{unit}"'}[name]
    start = text.index(old, text.index('msgstr "' if name == "po" else "<target", text.index(key)))
    return (text[:start] + new + text[start + len(old) :]).encode()


def list_changed_lines(old: str, new: str) -> list[str]:
    return [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[:1] in "+-"]


@pytest.mark.slow
@pytest.mark.parametrize("unit", EDITED)
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("tag", ["ar", "hi", "ka", "my", "ur", "vi", "zh-Hans"])
def test_words_edited_outside_change_exactly_their_line(project: Project, tag: str, name: str, unit: str) -> None:
    entries = tuple(entry for entry in list_entries(project, tag) if entry.unit in EDITED)
    [entry] = (each for each in entries if each.unit == unit)
    new = f"{entry.target} {entry.target}"
    data = edit_target(FORMATS[name].write(Batch(tag, entries)), name, unit, entry.target, new)
    plan = plan_import(project, tag, read_batch(data, "words").entries)
    assert plan.words == {unit: new}
    assert plan.problems == ()
    changed = write_units(project, tag, plan.words, plan.made_from)
    record = f"translations/{tag}/review.yaml"
    assert len(changed) == (1 if unit.startswith("labels/") else 2)
    for path, bytes_now in changed.items():
        lines = list_changed_lines((ROOT / path).read_text(encoding="utf-8"), bytes_now.decode())
        assert [line[0] for line in lines] == ["-", "+"], path
        assert new in lines[1] or path == record


STALE = Entry("a.b", "above 38.5 °C", "más de 38 °C", False, "Say it plainly.\nTerms: lump = bulto", "above 38 °C")
STALE = replace(STALE, base=Base("stale", shorten_hash(STALE.target)))
MISSING = Entry("terms/lump", "lump", base=Base("missing", shorten_hash("")))
ODD = (
    '=1+1 is "text" & <so> \\n \\ is this',
    "-5 °C",
    "+1 555 <b>",
    "@home",
    "'quoted'",
    "**Do not** call {clinic_phone}",
    "ثلاثة ٣ (3–4) \u200f".strip("\u200f "),
    "00123",
    "1e5",
    "TRUE",
    "2026-11-21",
    "a\u00a0b\u200cc\u00add",
    "𝒜 𠮷",
    "]]> &amp; &#65;",
    "# no comment: yes",
    'msgid "x"',
    "_x0041_",
)


@pytest.mark.parametrize("name", FORMATS)
def test_odd_words_come_back_as_they_went_out(name: str) -> None:
    odd = [Entry(f"a.odd-{at}", words, words, True, base=Base("done", shorten_hash(words))) for at, words in enumerate(ODD)]
    entries = (STALE, *odd, MISSING)
    batch = read_batch(FORMATS[name].write(Batch("es", entries)), "words")
    assert bare(batch.entries) == bare(entries)


def test_stale_words_show_what_changed_in_the_english() -> None:
    shown = {name: FORMATS[name].write(Batch("es", (STALE,))) for name in FORMATS}
    po = shown["po"].decode()
    assert "#, fuzzy" in po
    assert '#| msgid "above 38 °C"\n' in po
    assert "#. Say it plainly.\n#. Terms: lump = bulto\n" in po
    for name in ("xliff", "xliff2"):
        assert "<note>The English changed: above [-38-] {+38.5+} °C</note>" in shown[name].decode()
    assert 'state="needs-review-translation"' in shown["xliff"].decode()
    assert 'state="initial" subState="leaflets:stale"' in shown["xliff2"].decode()
    sheet = openpyxl.load_workbook(io.BytesIO(shown["xlsx"]))["a"]
    assert sheet["E2"].value == "changed"
    assert "above [-38-] {+38.5+} °C" in sheet["C2"].value


def test_only_what_a_reviser_signed_goes_out_as_approved(tmp_path: Path) -> None:
    write_project(tmp_path)
    assert b"approved" not in FORMATS["xliff"].write(Batch("es", list_entries(load_project(tmp_path), "es")))
    project = sign_all(tmp_path, "es", [Role.REVISER])
    data = FORMATS["xliff"].write(Batch("es", list_entries(project, "es")))
    assert data.count(b' approved="yes" ') == data.count(b"<trans-unit ") > 50
    assert bare(read_batch(data, "words").entries) == bare(list_entries(project, "es"))


def test_gettext_itself_accepts_the_po_file(project: Project, tmp_path: Path) -> None:
    if not (msgfmt := shutil.which("msgfmt")):
        pytest.skip("gettext is not installed")
    for tag in LANGUAGES:
        path = tmp_path / f"{tag}.po"
        path.write_bytes(FORMATS["po"].write(Batch(tag, (*list_entries(project, tag), STALE))))
        done = subprocess.run([msgfmt, "-c", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_long_old_english_goes_out_in_one_line_and_comes_back(tmp_path: Path) -> None:
    old = 'Call on the same day if a "lump" turns red, hot, or very sore, or if chalky fluid or pus comes out of it \\ or more.'
    entry = replace(STALE, previous=old, note=f"Note: {old}\n\n{old}")
    data = FORMATS["po"].write(Batch("es", (entry, replace(STALE, unit="a.c"))))
    back = read_batch(data, "words.po").entries
    assert [each.previous for each in back] == [old, STALE.previous]
    assert bare(back) == bare((entry, replace(STALE, unit="a.c")))
    path = tmp_path / "es.po"
    path.write_bytes(data)
    if msgfmt := shutil.which("msgfmt"):
        done = subprocess.run([msgfmt, "-c", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["es", "ur"])
def test_a_workbook_can_only_be_changed_where_words_and_status_stand(project: Project, tag: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(Batch(tag, list_entries(project, tag)))))
    assert book.sheetnames[0] == "Start here"
    ranked = [name for name in book.sheetnames if name in ("get-help", "terms", "labels", "causes")]
    assert ranked == ["get-help", "terms", "labels", "causes"]  # the last is on no sheet
    assert set(project.topics) <= set(book.sheetnames)
    assert (book.worksheets[0]["A2"].value, book.worksheets[0]["B2"].value) == ("Language", tag)
    for sheet in book.worksheets[1:]:
        assert sheet.protection.sheet
        assert sheet.freeze_panes == "A2"
        assert [cell.value for cell in sheet[1]][:5] == ["unit", "English", "notes", "translation", "status"]
        assert sheet.column_dimensions["F"].hidden
        [choices] = sheet.data_validations.dataValidation
        assert choices.showErrorMessage
        assert str(choices.sqref) == f"E2:E{sheet.max_row}"
        for row in sheet.iter_rows(min_row=2):
            assert [cell.protection.locked for cell in row] == [True, True, True, False, False, True]
            assert {cell.number_format for cell in row} == {"@"}
            assert {cell.data_type for cell in row if cell.value is not None} == {"s"}
            assert row[3].alignment.readingOrder == (2 if tag == "ur" else 1)
            assert row[3].alignment.wrap_text


def test_no_clock_is_in_a_workbook() -> None:
    with zipfile.ZipFile(io.BytesIO(FORMATS["xlsx"].write(Batch("es", (STALE,))))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        text = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<]*", text)) == {"2026-01-01T00:00:00Z"}


def test_ids_of_xliff_2_are_name_tokens_and_stand_once(project: Project) -> None:
    text = FORMATS["xliff2"].write(Batch("es", list_entries(project, "es"))).decode()
    for element in ("file", "unit"):
        ids = re.findall(rf'<{element} id="([^"]*)"', text)
        assert len(ids) == len(set(ids)) > 10
        assert all(re.fullmatch(r"[\w.-]+", each) for each in ids)


# What comes back damaged


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def drop(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 200) :]


def double(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start : start + 300] + data[start:]


def swap(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def spoil(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + chance.randbytes(chance.randrange(1, 4)) + data[start + 1 :]


def drop_tag(data: bytes, chance: random.Random) -> bytes:
    tags = list(re.finditer(rb'<[^>]*>|"|\\|^\w+', data, re.M))
    tag = chance.choice(tags)
    return data[: tag.start()] + data[tag.end() :]


def swap_tags(data: bytes, chance: random.Random) -> bytes:
    tags = list(re.finditer(rb'<[^>]*>|"[^"\n]*"', data))
    one, other = sorted(chance.sample(tags, 2), key=lambda tag: tag.start())
    return data[: one.start()] + other[0] + data[one.end() : other.start()] + one[0] + data[other.end() :]


DAMAGES = (cut, drop, double, swap, spoil, drop_tag, swap_tags)


def damage(data: bytes, name: str, chance: random.Random) -> bytes:
    """Damage a file; of a workbook mostly one of its parts, since hardly anything else passes the checksums."""
    harm = chance.choice(DAMAGES)
    if name != "xlsx" or chance.random() < 0.1:
        return harm(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = chance.choice(old.namelist()[2:])
        for part in old.namelist():
            found = old.read(part)
            if part != chosen:
                new.writestr(part, found)
            elif chance.random() < 0.95:
                new.writestr(part, harm(found, chance))
    return out.getvalue()


def snapshot(root: Path) -> dict[Path, bytes]:
    folders = (root / "content", root / "translations")
    return {path: path.read_bytes() for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()}


def restore(root: Path, files: dict[Path, bytes]) -> None:
    for path in snapshot(root):
        if path not in files:
            path.unlink()
    for path, data in files.items():
        path.write_bytes(data)


@pytest.fixture(params=[3, 14, 15, 92, 65])
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_a_damaged_file_is_refused_or_leaves_a_whole_project(tmp_path: Path, name: str, chance: random.Random) -> None:
    project = write_project(tmp_path)
    before = snapshot(tmp_path)
    entries = list_entries(project, "es", ["signs", "adult", "terms"])
    whole = FORMATS[name].write(Batch("es", entries))
    refused = taken = 0
    for _ in range(80):
        data = damage(whole, name, chance)
        try:
            batch = read_batch(data, "words")
            plan = plan_import(project, "es", batch.entries) if batch.tag == "es" else None
        except LeafletsError:
            refused += 1
            continue
        if plan is None or any(problem.severity == "error" for problem in plan.problems):
            refused += 1
            continue
        taken += 1
        changed = write_units(project, "es", plan.words, plan.made_from)
        if not changed:
            continue
        write_files(tmp_path, changed)
        now = load_project(tmp_path)
        assert not now.broken("translations/es/review.yaml")
        units = survey_language(now, "es")
        assert {unit: units[unit].words and str(units[unit].words) for unit in plan.words} == dict(plan.words)
        restore(tmp_path, before)
    assert refused > 10
    assert taken > 0


FEVER, SIGNS = "signs.lumps.fever", "content/topics/es/signs.yaml"


def send(project: Project, old: str, new: str) -> Path:
    """Export Spanish, and let a translator change some words."""
    data = FORMATS["po"].write(Batch("es", list_entries(project, "es", (), todo=False)))
    path = project.root.parent / "es.po"
    path.write_bytes(data.replace(old.encode(), new.encode()))
    return path


def take(project: Project, *files: Path, dry: bool = False) -> tuple[Import, list[Problem]]:
    notes: list[Problem] = []
    return import_files(project, files, None, None, dry, notes.extend), notes


def test_an_import_gives_what_becomes_of_each_text_and_what_the_checks_say_of_it(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    done, notes = take(project, send(project, "pasa de 38,5 °C", "sube de 39,5 °C"))
    assert (notes, done.problems) == ([], ())
    assert [unit for unit, kind in done.plans["es"].kinds.items() if kind is Kind.CHANGED] == [FEVER]
    assert set(done.changed) == {SIGNS, "translations/es/review.yaml"}
    assert load_project(project.root).languages["es"].words[FEVER].words == "Llame si la fiebre sube de 39,5 °C."
    assert [problem.id for problem in check_import(done)] == ["number-mismatch"]


def test_a_dry_run_gives_the_same_and_writes_nothing(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    path = send(project, "pasa de 38,5 °C", "sube de 39,5 °C")
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    dry, _ = take(project, path, dry=True)
    assert [problem.id for problem in check_import(dry)] == ["number-mismatch"]
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before
    done, _ = take(project, path)
    assert (done.plans, done.changed) == (dry.plans, dry.changed)


def test_an_import_takes_out_a_mark_that_the_language_has_no_use_for(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    done, _ = take(project, send(project, "pasa de 38,5 °C", "sube\u200b de 39,5\u200d °C"))
    assert [problem.id for problem in done.problems] == ["exchange-kept"]
    assert "<U+200B>, <U+200D> is taken out" in done.problems[0].message
    assert load_project(project.root).languages["es"].words[FEVER].words == "Llame si la fiebre sube de 39,5 °C."


def test_an_import_says_whose_sign_offs_lapse(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    project = sign_all(project.root, "es", (Role.REVISER,))
    path = send(project, "pasa de 38,5 °C", "sube de 38,5 °C")
    dry, _ = take(project, path, dry=True)
    [problem] = dry.problems
    assert (problem.id, problem.severity) == ("exchange-lapse", Severity.WARNING)
    assert problem.message == f'the sign-off of Test Reviser (reviser) lapses for 1 text: "{FEVER}"'
    done, _ = take(project, path)
    assert done.problems == dry.problems
    assert survey_language(load_project(project.root), "es")[FEVER].state is State.TRANSLATED
    assert take(load_project(project.root), path)[0].problems == ()


def test_nothing_is_written_while_anything_is_wrong(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    done, _ = take(project, send(project, f'msgctxt "{FEVER}"', 'msgctxt "signs.lumps.chills"'))
    assert [problem.id for problem in done.problems] == ["exchange-unit"]
    assert done.changed == {}
    assert load_project(project.root).hashes == project.hashes


def test_what_is_wrong_with_each_file_is_said_at_once(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    for name in ("a.po", "b.po"):
        (tmp_path / name).write_text("no words", encoding="utf-8")
    with pytest.raises(LeafletsError) as caught:
        take(project, tmp_path / "a.po", tmp_path / "b.po")
    assert [Path(problem.place.path).name for problem in caught.value.problems] == ["a.po", "b.po"]
