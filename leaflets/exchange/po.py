"""PO files, for Poedit, Weblate and OmegaT.

Takes a `Batch`; gives the bytes of a PO file, and back. The unit is the context, so that the same English in two places may have
two translations. It is written here, because Babel wraps a long previous English and leaves its quote open; and read here,
because Babel's reader keeps the last of two entries without a word, forgets the previous English, and cuts off what stands behind
a quote that is not closed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from babel.messages.pofile import escape

from leaflets.content.schema import locate_unit
from leaflets.content.strict_yaml import decode
from leaflets.exchange.entries import MAX_BYTES, Base, Batch, Entry, Mark, is_copied, read_entry, refuse
from leaflets.problems import LeafletsError, Place

SAVE_AGAIN = "Save it from the PO editor again, or export it anew."
BASE = "Kept for the import: "
KEPT = re.compile(r"Kept\s+for\s+the\s+import:\s*(?:(done|stale|missing)\s*-\s*([0-9a-f]{12})\b)?")
"""The same as tools fold it, which break a comment wherever a space or a hyphen stands."""
MAX_STRING = 20_000
"""Letters of a header, the longest string of a file; words have far less."""
KEYWORD = re.compile(r'(#\| )?\s*(msgctxt|msgid|msgstr)?\s*"((?:[^"\\]|\\.)*)"\s*')
ESCAPES = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b'"': b'"', b"\\": b"\\"}
ESCAPE = re.compile(rb"\\(?:([0-3]?[0-7]{1,2})|x([0-9A-Fa-f]{2})|(.))")
"""A byte in octal, as `msgcat --escape` writes it, or in hexadecimal, or a letter that stands for another."""
HEADER = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit")


def write_po(batch: Batch) -> bytes:
    """Write entries as a PO file: stale ones fuzzy, with the English that they were made from."""
    header = ("Project-Id-Version: leaflets", f"Language: {batch.tag}", *HEADER)
    lines = "".join(f'"{line}\\n"\n' for line in header)
    blocks = ("".join(f"{line}\n" for line in format_entry(each, batch.tag)) for each in batch.entries)
    return "\n".join([f'msgid ""\nmsgstr ""\n{lines}', *blocks]).encode()


def format_entry(entry: Entry, tag: str) -> Iterator[str]:
    """Write one entry. No line is wrapped: words that a comment breaks off are no PO."""
    yield from (f"#. {' '.join(line.split())}" for line in entry.note.split("\n") if line.strip())
    yield f"#. {BASE}{entry.base}"
    yield f"#: {locate_unit(entry.unit, tag)[0]}"
    if entry.target and not entry.done:
        yield "#, fuzzy"
    if entry.previous:
        yield f"#| msgid {escape(entry.previous)}"
    yield f"msgctxt {escape(entry.unit)}"
    yield f"msgid {escape(entry.source)}"
    yield f"msgstr {escape(entry.target)}"


@dataclass(slots=True)
class PoBlock:
    """The lines of one entry, as they are being read: the words of each keyword, its comments and its flags."""

    line: int = 0
    words: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)


def read_po(data: bytes, path: str) -> Batch:
    """Read a PO file. Raises LeafletsError at the first line that is not as it must be."""
    text = decode(data, path, MAX_BYTES).replace("\r\n", "\n").replace("\r", "\n")
    tag = ""
    entries = []
    for block in split_blocks(text, path):
        place = Place(path, block.line)
        if "msgctxt" not in block.words and not block.words["msgid"]:
            tag = read_header(block.words["msgstr"], place)
        elif "msgctxt" not in block.words:
            said = f'"{block.words["msgid"]}" has no msgctxt, which says where it belongs'
            raise refuse(place, said, "Import a file that `leaflets translate export` wrote.")
        else:
            entries.append(build_entry(block, place))
    return Batch(tag, tuple(entries))


def build_entry(block: PoBlock, place: Place) -> Entry:
    notes = "\n".join(block.notes)
    kept = KEPT.search(notes)
    base = Base(kept[1], kept[2]) if kept and kept[1] else Base()
    source, target = block.words["msgid"], block.words["msgstr"]
    cleared = Mark.UNTOUCHED if is_copied(base, source, target) else Mark.DONE
    mark = Mark.NEEDS_WORK if "fuzzy" in block.flags else cleared  # PO editors clear it when somebody types, so it is meant
    note, previous = KEPT.sub("", notes).strip(), block.words.get("#| msgid", "")
    return read_entry(block.words["msgctxt"], source, target, mark, base, place, note=note, previous=previous)


def read_header(words: str, place: Place) -> str:
    """Read the language, "" if there is none. Raises LeafletsError for a file that says that it is not UTF-8."""
    fields: dict[str, str] = dict(re.findall(r"^([\w-]+):(.*)$", words, re.M))
    charset = re.search(r"charset=([\w.:-]+)", fields.get("Content-Type", ""))
    if charset and charset[1].lower().replace("-", "") not in ("utf8", "charset", "ascii", "usascii"):
        raise refuse(place, f"the file says that its letters are {charset[1]}", "Save it as UTF-8.")
    return fields.get("Language", "").strip().replace("_", "-")


def split_blocks(text: str, path: str) -> Iterator[PoBlock]:
    """Yield every entry of a PO file but the obsolete ones. Raises LeafletsError with the line that is none of PO."""
    block, keyword = PoBlock(), ""
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        bare = line.strip()
        match = KEYWORD.fullmatch(bare)
        begins = bool(match and (match[2] == "msgctxt" or (match[2] == "msgid" and "msgid" in block.words)) and not match[1])
        if "msgstr" in block.words and (not bare or begins or (bare[:1] == "#" and bare[:2] != "#~")):
            yield block
            block, keyword = PoBlock(), ""
        if not bare or bare.startswith("#~"):
            pass
        elif match:
            keyword = f"{match[1] or ''}{match[2]}" if match[2] else keyword
            if not keyword or (match[2] and keyword in block.words):
                raise refuse(Place(path, number), f"{bare[:60]} does not belong here", SAVE_AGAIN)
            block.line = block.line or number
            block.words[keyword] = block.words.get(keyword, "") + unescape(match[3], Place(path, number))
            if len(block.words[keyword]) > MAX_STRING:
                raise refuse(Place(path, number), f"more than {MAX_STRING:,} letters in one text", SAVE_AGAIN)
            if keyword == "msgstr" and "msgid" not in block.words:
                raise refuse(Place(path, number), "msgstr stands without a msgid above it", SAVE_AGAIN)
        elif bare.startswith("#,"):
            block.flags += [flag.strip() for flag in bare[2:].split(",")]
        elif bare.startswith("#."):
            block.notes.append(bare[2:].strip())
        elif not bare.startswith("#") or bare.startswith("#|"):
            raise explain_line(bare, Place(path, number))
    if block.words:
        raise refuse(Place(path, block.line), "the entry has no msgstr: the file is cut off", SAVE_AGAIN)


def explain_line(line: str, place: Place) -> LeafletsError:
    if re.match(r"msgid_plural|msgstr\[", line):
        return refuse(place, "a plural form, and no text of a leaflet has one", "Export the file anew.")
    if re.match(r'(#\| )?(msgctxt|msgid|msgstr|")', line):
        return refuse(place, f"a quote is not closed, or one inside has no \\ before it: {line[:60]}", SAVE_AGAIN)
    return refuse(place, f'"{line[:60]}" is no line of a PO file', SAVE_AGAIN)


def unescape(words: str, place: Place) -> str:
    r"""Read the escapes of a PO string.

    >>> unescape(r"«no» \"nunca\" \303\261 \xc3\xb1", Place(""))
    '«no» "nunca" ñ ñ'
    """

    def read(match: re.Match[bytes]) -> bytes:
        octal, hexadecimal, letter = match.groups()
        if letter is not None and letter not in ESCAPES:
            raise refuse(place, f"the escape {match[0].decode('utf-8', 'replace')} is none of PO", SAVE_AGAIN)
        return ESCAPES[letter] if letter else bytes([int(octal, 8) if octal else int(hexadecimal, 16)])

    try:
        return ESCAPE.sub(read, words.encode()).decode()
    except UnicodeDecodeError:
        raise refuse(place, "the escapes are no letters of UTF-8", SAVE_AGAIN) from None
