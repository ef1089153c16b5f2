"""Fetch the pinned fonts again and rewrite fonts.toml: `python templates/fonts/renew.py` (needs npm and fontTools).

Takes the table below; gives the font files, their licences and fonts.toml beside this script. Run it only to change
a font: builds read fonts.toml and refuse a file whose hash differs. Every family is static Regular and Bold (variable
fonts cost a third more time and stamp the clock into the PDF), whole, except the Han, Kana and Hangul faces: those are
cut to their national character sets, to keep a clone small.
"""

import hashlib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import uharfbuzz as hb
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FAMILIES = {  # family as fontconfig reports it: (npm package of @expo-google-fonts, version, file stem)
    "Noto Sans": ("noto-sans", "0.4.2", "NotoSans"),
    "Noto Sans Armenian": ("noto-sans-armenian", "0.4.2", "NotoSansArmenian"),
    "Noto Sans Bengali": ("noto-sans-bengali", "0.4.4", "NotoSansBengali"),
    "Noto Sans Canadian Aboriginal": ("noto-sans-canadian-aboriginal", "0.4.1", "NotoSansCanadianAboriginal"),
    "Noto Sans Devanagari": ("noto-sans-devanagari", "0.4.1", "NotoSansDevanagari"),
    "Noto Sans Ethiopic": ("noto-sans-ethiopic", "0.4.2", "NotoSansEthiopic"),
    "Noto Sans Georgian": ("noto-sans-georgian", "0.4.3", "NotoSansGeorgian"),
    "Noto Sans Gujarati": ("noto-sans-gujarati", "0.4.2", "NotoSansGujarati"),
    "Noto Sans Gurmukhi": ("noto-sans-gurmukhi", "0.4.1", "NotoSansGurmukhi"),
    "Noto Sans Hebrew": ("noto-sans-hebrew", "0.4.1", "NotoSansHebrew"),
    "Noto Sans JP": ("noto-sans-jp", "0.4.3", "NotoSansJP"),
    "Noto Sans Kannada": ("noto-sans-kannada", "0.4.3", "NotoSansKannada"),
    "Noto Sans KR": ("noto-sans-kr", "0.4.3", "NotoSansKR"),
    "Noto Sans Khmer": ("noto-sans-khmer", "0.4.3", "NotoSansKhmer"),
    "Noto Sans Lao": ("noto-sans-lao", "0.4.2", "NotoSansLao"),
    "Noto Sans Malayalam": ("noto-sans-malayalam", "0.4.2", "NotoSansMalayalam"),
    "Noto Sans Myanmar": ("noto-sans-myanmar", "0.4.2", "NotoSansMyanmar"),
    "Noto Sans NKo": ("noto-sans-nko", "0.4.1", "NotoSansNKo"),
    "Noto Sans Oriya": ("noto-sans-oriya", "0.4.2", "NotoSansOriya"),
    "Noto Sans SC": ("noto-sans-sc", "0.4.3", "NotoSansSC"),
    "Noto Sans Sinhala": ("noto-sans-sinhala", "0.4.2", "NotoSansSinhala"),
    "Noto Sans Syriac": ("noto-sans-syriac", "0.4.2", "NotoSansSyriac"),
    "Noto Sans TC": ("noto-sans-tc", "0.4.3", "NotoSansTC"),
    "Noto Sans Tamil": ("noto-sans-tamil", "0.4.3", "NotoSansTamil"),
    "Noto Sans Telugu": ("noto-sans-telugu", "0.4.2", "NotoSansTelugu"),
    "Noto Sans Symbols": ("noto-sans-symbols", "0.4.1", "NotoSansSymbols"),
    "Noto Sans Thaana": ("noto-sans-thaana", "0.4.2", "NotoSansThaana"),
    "Noto Sans Thai": ("noto-sans-thai", "0.4.2", "NotoSansThai"),
    "Noto Naskh Arabic": ("noto-naskh-arabic", "0.4.5", "NotoNaskhArabic"),
    "Noto Nastaliq Urdu": ("noto-nastaliq-urdu", "0.4.2", "NotoNastaliqUrdu"),
    "Noto Serif Tibetan": ("noto-serif-tibetan", "0.4.2", "NotoSerifTibetan"),
    "Vazirmatn": ("vazirmatn", "0.4.1", "Vazirmatn"),
}
HAN = (0x3400, 0x9FFF)
NATIONAL_SETS = {  # family: (name of the set, Python codec, which of the codec's characters belong to it)
    "Noto Sans SC": ("GB 2312", "gb2312", lambda code, raw: True),
    "Noto Sans TC": ("Big5, level 1", "big5", lambda code, raw: raw < b"\xc9\x40"),
    "Noto Sans JP": ("JIS X 0208", "shift_jis", lambda code, raw: True),
    "Noto Sans KR": ("KS X 1001 without hanja", "euc_kr", lambda code, raw: len(raw) == 2 and not HAN[0] <= code <= HAN[1]),
}
WEIGHTS = {400: "Regular", 700: "Bold"}
ONE_WEIGHT = {"Noto Sans NKo"}
"""Families that come without a bold, which is made from the regular one: else "do **not**" would lose its weight."""
STROKE = 0.03
"""How much wider the strokes of such a bold are, in font sizes: about what Noto's own bolds add."""
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x2030, 0x20AC, 0x2122]


def characters(codec: str, belongs: Callable[[int, bytes], bool]) -> Iterator[int]:
    """Yield the code points of the Basic Multilingual Plane that a national set holds."""
    for code in range(0x80, 0xFFFF):
        try:
            raw = chr(code).encode(codec)
        except UnicodeEncodeError:
            continue
        if belongs(code, raw):
            yield code


def cut(data: bytes, codec: str, belongs: Callable[[int, bytes], bool]) -> bytes:
    """Keep Latin and one national set; leaflets are set horizontally, so vertical and old-jamo features go."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    options = Options(layout_features=["kern", "locl", "mark"], notdef_outline=True, hinting=False)
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*LATIN, *characters(codec, belongs)])
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def embolden(data: bytes) -> bytes:
    """Make the bold of a family that has none: every outline grows, and no advance, so that joined letters still join."""
    font, drawn = TTFont(io.BytesIO(data), recalcTimestamp=False), hb.Font(hb.Face(data))
    drawn.synthetic_bold = (STROKE, STROKE, True)
    for number, name in enumerate(font.getGlyphOrder()):
        pen = TTGlyphPen(None)
        drawn.draw_glyph_with_pen(number, pen)
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(font["glyf"][name], "xMin", 0))
    font["OS/2"].usWeightClass, font["OS/2"].fsSelection, font["head"].macStyle = 700, 0x20, 1
    for record in font["name"].names:
        if record.nameID in (2, 4, 6):
            record.string = record.toUnicode().replace("Regular", "Bold")
    for table in ("fpgm", "prep", "cvt ", "gasp"):
        if table in font:
            del font[table]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main() -> None:
    entries = []
    (HERE / "licences").mkdir(exist_ok=True)
    for family, (package, version, stem) in FAMILIES.items():
        origin = f"npm:@expo-google-fonts/{package}@{version}"
        with tempfile.TemporaryDirectory() as folder:
            name = subprocess.run(
                ["npm", "pack", "--silent", origin.removeprefix("npm:")],
                cwd=folder,
                check=True,
                capture_output=True,
                text=True,
            ).stdout.strip()
            with tarfile.open(Path(folder) / name) as archive:
                (HERE / "licences" / f"{stem}.txt").write_bytes(archive.extractfile("package/LICENSE_FONT").read())
                for weight, style in WEIGHTS.items():
                    from_regular = family in ONE_WEIGHT and weight == 700
                    source = "400Regular" if from_regular else f"{weight}{style}"
                    member = f"package/{source}/{stem}_{source}.ttf"
                    data = archive.extractfile(member).read()
                    entry = {"family": family, "weight": weight, "file": f"{stem}-{style}.ttf"}
                    upstream = TTFont(io.BytesIO(data))["name"].getDebugName(5).split(";")[0].removeprefix("Version ")
                    if from_regular:
                        entry["made"], data = "bold, from the regular one", embolden(data)
                    if family in NATIONAL_SETS:
                        entry["characters"], codec, belongs = NATIONAL_SETS[family]
                        data = cut(data, codec, belongs)
                    (HERE / entry["file"]).write_bytes(data)
                    entry |= {
                        "sha256": hashlib.sha256(data).hexdigest(),
                        "bytes": len(data),
                        "version": upstream,
                        "origin": origin,
                        "member": member,
                        "licence": "OFL-1.1",
                        "licence_file": f"licences/{stem}.txt",
                    }
                    entries.append(entry)
    lines = ["# The pinned fonts. Written by renew.py; builds refuse a file whose sha256 differs."]
    for entry in entries:
        lines += ["", "[[font]]"]
        lines += [f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"' for key, value in entry.items()]
    (HERE / "fonts.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
