"""The formats by name, and which of them a file is.

Takes a name, or the bytes of a file; gives what writes it, or its `Batch`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from leaflets.exchange.entries import Batch, refuse
from leaflets.exchange.po import read_po, write_po
from leaflets.exchange.xliff import read_xliff, write_xliff2, write_xliff12
from leaflets.exchange.xlsx import read_xlsx, write_xlsx
from leaflets.problems import Place


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written, and what its files end with."""

    suffix: str
    write: Callable[[Batch], bytes]


FORMATS = {
    "po": Format(".po", write_po),
    "xliff": Format(".xlf", write_xliff12),
    "xliff2": Format(".xliff2.xlf", write_xliff2),
    "xlsx": Format(".xlsx", write_xlsx),
}


def read_batch(data: bytes, path: str) -> Batch:
    """Read a file of any of the formats, by what is in it. Raises LeafletsError for any other file."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PK"):
        return read_xlsx(data, path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        said = "an Excel workbook of the old kind (.xls), or one with a password"
        raise refuse(Place(path), said, "Save it as .xlsx, without a password.")
    if head.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")):
        return read_xliff(data, path)
    if b"msgid" in data:
        return read_po(data, path)
    if b"m\0s\0g\0i\0d" in data:
        raise refuse(Place(path), "a PO file in UTF-16", "Save it as UTF-8.")
    said = "neither a PO file, nor XLIFF, nor an Excel workbook" if data.strip() else "the file is empty"
    raise refuse(Place(path), said, "Import a file that `leaflets translate export` wrote; a .csv file has lost too much.")
