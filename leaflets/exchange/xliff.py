"""XLIFF 1.2 and 2.1 files, for agencies and their tools.

Takes a `Batch`; gives the bytes of a file with one <file> per file of the project, and back. {placeholders} and ** are plain
text, as in the YAML. https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html, https://docs.oasis-open.org/xliff/xliff-core/v2.1/
"""

import hashlib
import re
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from leaflets.content.schema import locate_unit
from leaflets.exchange.entries import Base, Batch, Entry, Mark, list_notes, parse_base, read_entry, refuse
from leaflets.exchange.xml import SAVE_AGAIN, Node, parse_xml
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import Place
from leaflets.translation.units import name_group

SPACE_12 = "urn:oasis:names:tc:xliff:document:1.2"
SPACE_2 = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
NEEDS_REVIEW = "needs-review-translation"
STALE = "leaflets:stale"
BASE = "base"
PART = "only a part of this unit has words", "Translate all of its segments, or none."


def write_xliff12(batch: Batch) -> bytes:
    """Write entries as XLIFF 1.2. What the import needs to know stands in `extradata`, which tools leave alone."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<xliff version="1.2" xmlns="{SPACE_12}">']
    languages = f'source-language="{SOURCE_LOCALE}" target-language={quoteattr(batch.tag)} datatype="plaintext"'
    for file, entries in groupby(batch.entries, lambda entry: locate_unit(entry.unit, batch.tag)[0]):
        lines += [f'  <file original={quoteattr(file)} {languages} xml:space="preserve">', "    <body>"]
        for entry in entries:
            approved = ' approved="yes"' if entry.revised else ""
            lines.append(f"      <trans-unit id={quoteattr(entry.unit)}{approved} extradata={quoteattr(str(entry.base))}>")
            lines.append(f"        <source>{escape(entry.source)}</source>")
            if entry.target:
                state = "translated" if entry.done else NEEDS_REVIEW
                lines.append(f'        <target state="{state}">{escape(entry.target)}</target>')
            lines += [f"        <note>{escape(note)}</note>" for note in list_notes(entry)]
            lines.append("      </trans-unit>")
        lines += ["    </body>", "  </file>"]
    return "\n".join([*lines, "</xliff>", ""]).encode()


def write_xliff2(batch: Batch) -> bytes:
    """Write entries as XLIFF 2.1. An id may not have every letter there, so that the unit is the `name`."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    spaces = f'xmlns="{SPACE_2}" xmlns:mda="{METADATA}" srcLang="{SOURCE_LOCALE}" trgLang={quoteattr(batch.tag)}'
    lines.append(f'<xliff version="2.1" {spaces}>')
    for file, entries in groupby(batch.entries, lambda entry: locate_unit(entry.unit, batch.tag)[0]):
        found = tuple(entries)
        lines.append(f'  <file id="{name_group(found[0].unit)}" original={quoteattr(file)} xml:space="preserve">')
        for entry in found:
            lines.append(f'    <unit id="{make_id(entry.unit)}" name={quoteattr(entry.unit)}>')
            meta = f'<mda:meta type="{BASE}">{escape(str(entry.base))}</mda:meta>'
            lines.append(f'      <mda:metadata><mda:metaGroup category="leaflets">{meta}</mda:metaGroup></mda:metadata>')
            notes = [f"        <note>{escape(note)}</note>" for note in list_notes(entry)]
            lines += ["      <notes>", *notes, "      </notes>"] if notes else []
            stale = f' subState="{STALE}"' if entry.target and not entry.done else ""
            lines.append(f'      <segment state="{"translated" if entry.done else "initial"}"{stale}>')
            lines.append(f"        <source>{escape(entry.source)}</source>")
            lines += [f"        <target>{escape(entry.target)}</target>"] if entry.target else []
            lines += ["      </segment>", "    </unit>"]
        lines.append("  </file>")
    return "\n".join([*lines, "</xliff>", ""]).encode()


def make_id(unit: str) -> str:
    """Make an NMTOKEN of a unit.

    >>> make_id("signs.lumps.hard"), make_id("labels/Page {page} of {pages}")
    ('signs.lumps.hard', 'labels.929f73db065e')
    """
    if re.fullmatch(r"[\w.-]+", unit):
        return unit
    return f"{name_group(unit)}.{hashlib.sha256(unit.encode()).hexdigest()[:12]}"


def read_xliff(data: bytes, path: str) -> Batch:
    """Read XLIFF of either kind. Raises LeafletsError."""
    root = parse_xml(data, path)
    version = root.attributes.get("version", "")
    if root.name != "xliff" or not re.fullmatch(r"1\.[0-2]|2\.[0-9]", version):
        said = f'an XML file with <{root.name} version="{version}">, not XLIFF 1.2 or 2.1'
        raise refuse(root.place, said, "Save it as one of these from the translation tool.")
    files = root.find_all("file")
    if version.startswith("1"):
        tags = {file.attributes.get("target-language", "") for file in files} - {""}
        entries = tuple(read_unit12(unit) for file in files for unit in file.walk() if unit.name == "trans-unit")
    else:
        tags = {root.attributes.get("trgLang", "")} - {""}
        entries = tuple(read_unit2(unit) for file in files for unit in file.walk() if unit.name == "unit")
    if len(tags) > 1:
        said = f"it is in {len(tags)} languages: {', '.join(sorted(tags))}"
        raise refuse(root.place, said, "Import a file of one language that `leaflets translate export` wrote.")
    return Batch("".join(tags).replace("_", "-"), entries)


def read_unit12(unit: Node) -> Entry:
    target = unit.find("target")
    check_segments(unit)
    base = parse_base(unit.attributes.get("extradata", ""))
    state = target.attributes.get("state", "") if target else ""
    mark = Mark.UNTOUCHED if state in ("", "new") else Mark.NEEDS_WORK if state.startswith("needs-") else Mark.DONE
    name = unit.attributes.get("id", "")
    return build_entry(unit, name, read_child(unit, "source"), read_child(unit, "target"), mark, base, (target or unit).place)


def check_segments(unit: Node) -> None:
    """Raise LeafletsError where a tool made segments of a unit of XLIFF 1.2 and only some of them have words.

    Words that stand in no segment are taken to be those of the whole unit: some tools leave them so.
    """
    said = list_segments(unit, "target")
    asked = list_segments(unit, "seg-source")
    lost = asked and sorted(mid for mid, _ in asked) != sorted(mid for mid, _ in said)
    meant = {mid for mid, words in asked or said if words or not asked}
    if any(words for _, words in said) and (lost or any(not words and mid in meant for mid, words in said)):
        raise refuse(unit.place, *PART)


def list_segments(unit: Node, name: str) -> list[tuple[str, str]]:
    """List the segments of XLIFF 1.2 within a child of a unit: their names (`mid`) and their words."""
    marks = [mark for child in unit.find_all(name) for mark in child.walk() if mark.attributes.get("mtype") == "seg"]
    return [(mark.attributes.get("mid", ""), read_words(mark).strip()) for mark in marks]


def read_unit2(unit: Node) -> Entry:
    """Read a unit, of which a tool may have made several segments."""
    metas = [meta for child in unit.find_all("metadata") for meta in child.walk() if meta.attributes.get("type") == BASE]
    base = parse_base(read_words(metas[0])) if metas else Base()
    parts = unit.find_all("segment", "ignorable")
    segments = [part for part in parts if part.name == "segment"]
    place = max((child.place for part in segments for child in part.find_all("target")), default=unit.place)
    said = [(read_child(part, "source").strip(), read_child(part, "target").strip()) for part in segments]
    begun = any(words for _, words in said)
    if begun and any(english and not words for english, words in said):
        raise refuse(unit.place, *PART)
    source = "".join(read_child(part, "source") for part in parts)
    ordered = order_parts(parts, place) if begun else []
    target = "".join(read_child(part, name_words(part)) for part in ordered)
    marks = {read_mark2(part, base) for part in segments}
    mark = next((each for each in (Mark.NEEDS_WORK, Mark.UNTOUCHED) if each in marks), Mark.DONE)
    name = unit.attributes.get("name") or unit.attributes.get("id", "")
    return build_entry(unit, name, source, target, mark, base, place)


def name_words(part: Node) -> str:
    """Name the child with the words of a part: what stands between segments may be the same in both languages."""
    return "target" if part.name == "segment" or part.find("target") else "source"


def read_mark2(segment: Node, base: Base) -> Mark:
    state = segment.attributes.get("state", "")
    doubted = state == "initial" and (base.was == "done" or segment.attributes.get("subState") == STALE)
    return Mark.NEEDS_WORK if doubted else Mark.UNTOUCHED if state in ("", "initial") else Mark.DONE


def order_parts(parts: list[Node], place: Place) -> list[Node]:
    """Put the parts of a unit of XLIFF 2.1 in the order of its targets, which may not be that of the English."""
    targets = [part.find("target") for part in parts]
    said = [target.attributes.get("order", str(at)) if target else str(at) for at, target in enumerate(targets, start=1)]
    meant = [str(at) for at in range(1, len(parts) + 1)]
    if sorted(said) != sorted(meant):
        raise refuse(place, f"its targets are in no order that can be followed ({', '.join(said)})", SAVE_AGAIN)
    return [parts[said.index(at)] for at in meant]


def build_entry(unit: Node, name: str, source: str, target: str, mark: Mark, base: Base, place: Place) -> Entry:
    if not name or not source.strip():
        raise refuse(place, f"<{unit.name}> has no {'source' if name else 'id'}", SAVE_AGAIN)
    return read_entry(name, source, target, mark, base, place)


def read_child(node: Node, name: str) -> str:
    child = node.find(name)
    return read_words(child) if child else ""


def read_words(node: Node) -> str:
    """Read plain text. Marks of a tool around words are left out; tags that stand for something are an error."""
    said = ""
    for part in node.content:
        if isinstance(part, str):
            said += part
        elif "delet" in part.attributes.get("mtype", ""):
            raise refuse(part.place, "a deletion stands within the words", "Accept or reject every change first.")
        elif part.name in ("mrk", "sm", "em"):
            said += read_words(part)
        elif part.name == "cp" and re.fullmatch(r"[0-9A-Fa-f]{1,6}", code := part.attributes.get("hex", "")):
            said += chr(min(int(code, 16), 0x10FFFF))
        else:
            raise refuse(part.place, f"<{part.name}> stands within the words", "Write plain words, without tags.")
    return said
