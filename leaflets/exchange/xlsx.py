"""Workbooks, for whoever translates in a spreadsheet.

Takes a `Batch`; gives the bytes of an .xlsx file with a sheet per topic, and back. Every cell is text, so that nothing is taken
for a number, a date or a formula; only the translation and its status can be changed.
"""

import contextlib
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation

from leaflets.exchange.entries import EXCHANGE_KEPT, MAX_BYTES, Batch, Entry, Mark, list_notes, parse_base, read_entry, refuse
from leaflets.exchange.xml import Node, check_type, parse_xml
from leaflets.languages.locales import direction, english_name, native_name
from leaflets.problems import LeafletsError, Place, Problem
from leaflets.translation.units import name_group

UNIT, ENGLISH, NOTES, WORDS, STATUS, BASE = ("unit", "English", "notes", "translation", "status", "kept for the import")
WIDTHS = {UNIT: 24, ENGLISH: 50, NOTES: 36, WORDS: 50, STATUS: 13, BASE: 4}
OPEN, CHANGED, NEEDS_WORK, DONE = "to do", "changed", "needs work", "done"
MARKS = {"": Mark.UNTOUCHED, OPEN: Mark.UNTOUCHED, CHANGED: Mark.UNTOUCHED, NEEDS_WORK: Mark.NEEDS_WORK, DONE: Mark.DONE}
START = "Start here"
LANGUAGE = "Language"
HOW = (
    "Each sheet is one part of the leaflets. Begin with the sheet “terms”: its words are used everywhere else.",
    "Write into the column “translation”. Everything else is locked, but “status”.",
    f"Status: “{OPEN}” has no words yet. “{CHANGED}”: the English changed since; the notes show how. "
    f"“{NEEDS_WORK}”: you are not sure. “{DONE}”: the words say what the English says.",
    f"When you change words, “{OPEN}” and “{CHANGED}” become “{DONE}” by themselves. "
    f"If the old words are still right, or the English word is also that of your language, choose “{DONE}”.",
    "Leave {words_in_braces} as they are: a phone number is put there. Keep ** before and after what the English stresses.",
    "Numbers stay numbers, in digits. One text is one line: no line breaks within a cell.",
    "Save as .xlsx (Excel workbook), not as .csv, and send the whole file back.",
)
ESCAPE = re.compile(r"_x(?![dD][89a-fA-F])([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML cannot have, such as the line break of Windows, and whatever else a tool writes so
(ECMA-376, 22.9.2.19). The halves of a pair stay as they are: they are no character."""
PARTS, UNPACKED = 500, 16 * 1024 * 1024
"""Of the files within a workbook and of their bytes; one with all the words of a language has about 30 with 1 MB."""
MAX_ROWS, MAX_COLUMNS = 5_000, 40
WHOLE = (1, 1, 16_384, 1_048_576)
"""The first column and row of a sheet, and the last, which an area of whole rows or columns leaves out."""
SAVE_AGAIN = "Save it as an Excel workbook (.xlsx) again, or export it anew."


def write_xlsx(batch: Batch) -> bytes:
    """Write entries as a workbook. The same entries give the same bytes."""
    book: Any = Workbook()
    book.properties.creator = "Leaflets"
    write_start(book.active, batch.tag)
    for group, entries in groupby(batch.entries, lambda entry: name_group(entry.unit)):
        write_sheet(book.create_sheet(group[:31]), tuple(entries), direction(batch.tag) == "rtl")
    out = io.BytesIO()
    book.save(out)
    return change_parts(out.getvalue(), strip_clock)


def change_parts(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Write a workbook anew, with the bytes that `change` makes of each file in it by its name, and no file's own time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename), change(part.filename, old.read(part)), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def strip_clock(name: str, data: bytes) -> bytes:
    """Take the time of its making out of a workbook."""
    clock = rb">\d{4}-\d\d-\d\dT[\d:]+Z<"
    return re.sub(clock, b">2026-01-01T00:00:00Z<", data) if name == "docProps/core.xml" else data


def write_start(sheet: Any, tag: str) -> None:
    """Write the sheet that says how to fill in the others."""
    sheet.title = START
    sheet.append(["How to fill in this workbook"])
    sheet.append([LANGUAGE, tag, f"{english_name(tag)}, {native_name(tag)}"])
    for number, how in enumerate(HOW, start=1):
        sheet.append([str(number), how])
    sheet["A1"].font = Font(bold=True, size=14)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in {"A": 12, "B": 90, "C": 40}.items():
        sheet.column_dimensions[column].width = width
    sheet.protection.sheet = True


def write_sheet(sheet: Any, entries: tuple[Entry, ...], rtl: bool) -> None:
    """Write one part of the leaflets: a row per unit, and a head that stays in sight."""
    head = tuple(WIDTHS)
    write_row(sheet, 1, head)
    for row, entry in enumerate(entries, start=2):
        status = DONE if entry.done else CHANGED if entry.target else OPEN
        write_row(sheet, row, (entry.unit, entry.source, "\n".join(list_notes(entry)), entry.target, status, str(entry.base)))
        sheet.cell(row, 4).alignment = Alignment(
            wrap_text=True, vertical="top", horizontal="right" if rtl else None, readingOrder=2 if rtl else 1
        )
        for column in (4, 5):
            sheet.cell(row, column).protection = Protection(locked=False)
    for column, (name, width) in enumerate(WIDTHS.items(), start=1):
        cell = sheet.cell(1, column)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor="FF0B4F6C")
        sheet.column_dimensions[cell.column_letter].width = width
        sheet.column_dimensions[cell.column_letter].hidden = name == BASE
    last = len(entries) + 1
    choices = DataValidation(type="list", formula1=f'"{OPEN},{CHANGED},{NEEDS_WORK},{DONE}"', showErrorMessage=True)
    choices.error = f"Choose one of: {OPEN}, {CHANGED}, {NEEDS_WORK}, {DONE}."
    choices.add(f"E2:E{last}")
    sheet.add_data_validation(choices)
    open_rows = FormulaRule([f'$E2<>"{DONE}"'], fill=PatternFill("solid", bgColor="FFFFF2CC"))
    sheet.conditional_formatting.add(f"A2:E{last}", open_rows)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:E{last}"
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "formatCells", "autoFilter"):
        setattr(sheet.protection, allowed, False)  # false means that it is not forbidden
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def write_row(sheet: Any, row: int, texts: tuple[str, ...]) -> None:
    """Write cells that are text, whatever they begin with."""
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column, re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text) or None)
        if text:
            cell.data_type = "s"  # openpyxl takes a leading = for a formula
        cell.quotePrefix = text[:1] in ("=", "+", "-", "@", "'")
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top", readingOrder=1)


def read_xlsx(data: bytes, path: str) -> Batch:
    """Read a workbook. Raises LeafletsError for one that is damaged, too large, or has cells that are no text."""
    check_parts(data, path)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")  # of what the import has no use for; of styles it prints
            book: Any = load_workbook(io.BytesIO(change_parts(data, keep_escapes)), keep_links=False, rich_text=True)
    except Exception as error:  # openpyxl raises whatever a damaged part leads to
        said = f"the workbook is damaged ({type(error).__name__})"
        raise refuse(Place(path), said, SAVE_AGAIN) from None
    own = [sheet for sheet in book.worksheets if has_units(sheet)]
    others = sorted((sheet for sheet in book.worksheets if sheet not in own), key=lambda sheet: sheet.title != START)
    if not own:
        raise refuse(
            Place(path), f'no sheet has the column "{UNIT}"', "Import a workbook that `leaflets translate export` wrote."
        )
    tags = {sheet.title: tag for sheet in others if (tag := read_language(sheet))}
    notes = tuple(pass_over(sheet.title, path) for sheet in others if sheet.title not in (START, *tags))
    entries = [entry for sheet in own for entry in read_sheet(sheet, path)]
    return Batch(next(iter(tags.values()), ""), tuple(entries), notes)


def has_units(sheet: Any) -> bool:
    """Whether a sheet went out, and is not one that somebody added. One that lost its names still has the hidden column."""
    heads = [[str(value or "").strip() for value in row] for row in sheet.iter_rows(max_row=20, values_only=True)]
    return UNIT in next(iter(heads), ()) or any(BASE in row for row in heads)


def pass_over(title: str, path: str) -> Problem:
    said = f'the sheet "{title}" has no column "{UNIT}", so that nothing is taken from it'
    return EXCHANGE_KEPT.at(Place(path), said, "If words are to be taken from it, give the column back its name.")


def keep_escapes(_: str, data: bytes) -> bytes:
    """Write the escape of an underscore in small letters: openpyxl drops the other, and a typed `_x0041_` is an A then."""
    return data.replace(b"_x005F_", b"_x005f_")


def check_parts(data: bytes, path: str) -> None:
    """Refuse what is no workbook, what unpacks to more than it may, and XML with a document type, before it is opened."""
    place = Place(path)
    if len(data) > MAX_BYTES:
        raise refuse(place, f"the file has {len(data):,} bytes, more than {MAX_BYTES:,}", "Export it anew, topic by topic.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > PARTS or size > UNPACKED:
                said = f"it holds {len(parts):,} files of {size:,} bytes, more than {PARTS} of {UNPACKED:,}"
                raise refuse(place, said, "Remove pictures and empty rows, or export it anew.")
            if "xl/workbook.xml" not in archive.namelist():
                raise refuse(place, "a zip file, but no Excel workbook", SAVE_AGAIN)
            for part in parts:
                found = archive.read(part)  # never more than the size that was counted above; also checks that it is whole
                name = f"{path} [{part.filename}]"
                if part.filename.endswith((".xml", ".rels")):
                    check_areas(parse_xml(found, name, UNPACKED), name)
                else:
                    check_type(found, name)
    except LeafletsError:
        raise
    except Exception as error:  # zipfile, zlib, and what they do not know: encryption, other ways to pack
        raise refuse(place, f"the workbook is damaged or locked with a password ({error})", SAVE_AGAIN) from None


def check_areas(part: Node, name: str) -> None:
    """Refuse merged cells and links over more cells than a sheet may have: openpyxl makes an object of each."""
    areas = [str(each.attributes.get("ref")) for each in part.walk() if each.name in ("mergeCell", "hyperlink")]
    bounds = (zip(range_boundaries(area), WHOLE, strict=True) for area in areas)
    found = ([given or whole for given, whole in each] for each in bounds)
    cells = sum((right - left + 1) * (last - first + 1) for left, first, right, last in found)
    if cells > MAX_ROWS * MAX_COLUMNS:
        said = f"merged cells or links such as {areas[0][:40]} reach over {cells:,} cells"
        raise refuse(Place(name), said, "Split the cells and remove the links, or export it anew.")


def read_language(sheet: Any) -> str:
    """Read the language from the sheet that says how to fill in the others, whatever it is called; "" from another."""
    for row in sheet.iter_rows(max_row=20, max_col=2, values_only=True):
        if row[0] == LANGUAGE and len(row) > 1 and isinstance(row[1], str) and row[1].strip():
            return row[1].strip()
    return ""


def read_sheet(sheet: Any, path: str) -> Iterator[Entry]:
    name = f"{path} [{sheet.title}]"
    if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
        said = f"the sheet reaches to row {sheet.max_row:,} and column {sheet.max_column:,}"
        raise refuse(Place(name), said, "Delete the empty rows and columns, or export it anew.")
    if sheet.merged_cells.ranges:
        said = f"the cells {min(map(str, sheet.merged_cells.ranges))} are merged, so that only the first keeps its words"
        raise refuse(Place(name), said, "Split them.")
    columns = find_columns(sheet, name)
    for row in sheet.iter_rows(min_row=2):
        cells = {head: row[at] for head, at in columns.items() if at < len(row)}
        refuse_struck(cells.get(WORDS), name)
        texts = {head: read_cell(cell, name) for head, cell in cells.items() if head != NOTES}  # in these may be anything
        if any(texts[head].strip() for head in (UNIT, ENGLISH, WORDS)):
            yield build_entry(texts, Place(name, row[0].row))


def find_columns(sheet: Any, name: str) -> dict[str, int]:
    """Find the columns by their heads, wherever they stand."""
    heads = [str(cell.value or "").strip() for cell in next(sheet.iter_rows(max_row=1))]
    for head in WIDTHS:
        if heads.count(head) != 1:
            said = f'the column "{head}" is {"missing" if head not in heads else "there twice"}'
            raise refuse(Place(name, 1), said, f"The first row has to say: {', '.join(WIDTHS)}.")
    return {head: heads.index(head) for head in WIDTHS}


def refuse_struck(cell: Any, name: str) -> None:
    """Raise LeafletsError for words that somebody struck out and did not delete: they would be printed."""
    value = cell and cell.value
    runs = [run for run in value if isinstance(run, TextBlock)] if isinstance(value, CellRichText) else []
    if value and any(font and font.strike for font in (cell.font, *(run.font for run in runs))):
        said = f"words in cell {cell.coordinate} are struck out"
        raise refuse(Place(name, cell.row), said, "Delete them, or take the line through them away.")


def read_cell(cell: Any, name: str) -> str:
    """Read a cell as text. Raises LeafletsError for a formula, a number, or whatever else a spreadsheet made of it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str | CellRichText) and cell.data_type not in ("f", "e"):
        return ESCAPE.sub(lambda match: chr(int(match[1], 16)), str(value))
    kinds = {"f": "a formula", "n": "a number", "d": "a date", "b": "a logical value", "e": "an error of the spreadsheet"}
    kind = kinds.get(cell.data_type, "no text")
    said = f"cell {cell.coordinate} holds {kind}" + (f" ({value})" if cell.data_type != "f" else "")
    raise refuse(Place(name, cell.row), said, "Format the cell as text, and type the words again.")


def build_entry(texts: dict[str, str], place: Place) -> Entry:
    unit, status = texts[UNIT].strip(), texts[STATUS].strip().lower()
    if not unit or not texts[ENGLISH].strip():
        raise refuse(place, f"the row has no {'English' if unit else 'unit'}", "Copy it from the workbook that was exported.")
    if status not in MARKS:
        raise refuse(place, f'"{status}" is no status', f"Choose one of: {', '.join(filter(None, MARKS))}.")
    return read_entry(unit, texts[ENGLISH], texts[WORDS], MARKS[status], parse_base(texts[BASE]), place)
