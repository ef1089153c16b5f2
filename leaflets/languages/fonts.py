"""The pinned fonts and how each script is set.

Takes templates/fonts/fonts.toml and templates/styles/scripts.toml; gives the font files after comparing their hashes, the
typography of a language, and the characters that it can print.
"""

import hashlib
import struct
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from leaflets.files import find_packaged
from leaflets.languages.locales import script
from leaflets.problems import LeafletsError, Place, Problem, Rule, SetupError, Severity, count_names

FONT_CHANGED = Rule(
    "font-changed",
    Severity.ERROR,
    "A font file is the one that was pinned.",
    "Another version has other glyphs; the page that was looked at is not the page that is printed.",
)
BAD_SETTINGS = Rule(
    "bad-settings",
    Severity.ERROR,
    "The files that say which fonts there are, and how each script is set, can be read.",
    "Without them no page has letters.",
)
RESTORE = "Restore it from the repository."
NO_TYPOGRAPHY = Rule(
    "no-typography",
    Severity.ERROR,
    "Every language has fonts and a line height.",
    "A script without its own line height is clipped, and one without fonts is printed as boxes.",
)


@dataclass(frozen=True, slots=True)
class Font:
    """One pinned file."""

    family: str
    weight: int
    path: Path
    sha256: str

    @property
    def pdf_name(self) -> str:
        """What the font is called inside a PDF."""
        return self.family.replace(" ", "-") + ("-Bold" if self.weight == 700 else "")


@dataclass(frozen=True, slots=True)
class Typography:
    """How a language is set: font families in order, line height as a multiple of the font size, and the widest column in mm.

    `rise` and `drop` say how far strokes reach above and below a line of that height, in font sizes; mostly they do not.
    `breadth` says how many times as wide as the letters of English its letters are, if they are much wider: a page budget, which
    bounds words and not letters, grows by it.
    """

    families: tuple[str, ...]
    line_height: float
    measure: float
    rise: float = 0.0
    drop: float = 0.0
    breadth: float = 1.0

    @property
    def close(self) -> float:
        """The line of a leaflet, whose lines stand closer: in half a page they are found again."""
        return max(1.26, 0.92 * self.line_height)


@dataclass(frozen=True)
class Fonts:
    """Every pinned font, and which language uses which."""

    fonts: tuple[Font, ...]
    typographies: Mapping[str, Typography]

    def typography(self, tag: str) -> Typography | None:
        """Find the typography of a language: its own, else that of its script."""
        return self.typographies.get(tag) or self.typographies.get(script(tag))

    def paths(self, families: tuple[str, ...], weight: int) -> tuple[Path, ...]:
        """List the files of some families in a weight, in the order of the families."""
        found = {font.family: font.path for font in self.fonts if font.weight == weight}
        return tuple(found[family] for family in families if family in found)

    def characters(self, tag: str) -> frozenset[int]:
        """List the code points that a language can print."""
        typography = self.typography(tag)
        families = typography.families if typography else ()
        found = [read_characters(font.path) for font in self.fonts if font.family in families and font.weight == 400]
        return frozenset().union(*found)

    def measure(self, text: str, tag: str, bold: bool = False) -> float:
        """How wide a line is at most, in font sizes: in the widest font that has a letter, and with no two joined."""
        typography = self.typography(tag)
        weight = 700 if bold else 400
        families = typography.families if typography else ()
        fonts = {font.family: font.path for font in self.fonts if font.weight == weight}
        known = [read_advances(fonts[family]) for family in families if family in fonts]
        return sum(max((each[ord(char)] for each in known if ord(char) in each), default=1.0) for char in text)

    @cached_property
    def by_pdf_name(self) -> Mapping[str, Path]:
        """The files, by the names that a PDF gives the fonts."""
        return {font.pdf_name: font.path for font in self.fonts}

    def find_dotted_circle(self, name: str) -> int | None:
        """Find the glyph id of U+25CC in a font, by the name that a PDF gives it."""
        return read_dotted_circle(self.by_pdf_name[name]) if name in self.by_pdf_name else None


@cache
def read_characters(path: Path) -> frozenset[int]:
    """List the code points of a font. Raises LeafletsError for a file that is missing or is no whole font."""
    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            return frozenset(font.getBestCmap())
    except (OSError, TTLibError, struct.error, LookupError, TypeError, AssertionError) as error:  # of what is cut off or changed
        said = f"the font cannot be read ({error})"
        raise LeafletsError([FONT_CHANGED.at(Place(f"templates/fonts/{path.name}"), said, RESTORE)]) from None


@cache
def read_dotted_circle(path: Path) -> int | None:
    with TTFont(path, lazy=True) as font:
        name = font.getBestCmap().get(0x25CC)
        return font.getGlyphID(name) if name else None


@cache
def read_advances(path: Path) -> Mapping[int, float]:
    """Read how wide the letter of each code point is, in font sizes."""
    with TTFont(path, lazy=True) as font:
        widths, size = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[name][0] / size for code, name in font.getBestCmap().items()}


@cache
def read_fonts(templates: Path) -> Fonts:
    """Read which fonts are pinned and which script uses them.

    Raises LeafletsError where that cannot be read, and SetupError where a font is missing.
    """
    folder = templates / "fonts"
    path = folder / "fonts.toml"
    try:
        lock = tomllib.loads(path.read_text(encoding="utf-8"))
        fonts = tuple(Font(each["family"], each["weight"], folder / each["file"], each["sha256"]) for each in lock["font"])
        path = templates / "styles" / "scripts.toml"
        styles = tomllib.loads(path.read_text(encoding="utf-8"))
        found = Fonts(fonts, {key: Typography(**each | {"families": tuple(each["families"])}) for key, each in styles.items()})
    except (OSError, ValueError, LookupError, TypeError) as error:  # also what is no UTF-8, and no TOML
        said = f"the file cannot be read ({type(error).__name__}: {error})"
        raise LeafletsError([BAD_SETTINGS.at(Place("/".join(path.parts[-3:])), said, RESTORE)]) from None
    if missing := [font.path.name for font in fonts if not font.path.is_file()]:
        packaged = templates.is_relative_to(find_packaged())
        command = ": pip install --force-reinstall leaflets" if packaged else " in the project: git restore templates/fonts"
        raise SetupError(f"templates/fonts has no {count_names(missing)}. Run{command}")
    return found


def check_fonts(fonts: Fonts) -> Iterator[Problem]:
    """Compare every font file with its pinned hash."""
    for font in fonts.fonts:
        found = hashlib.sha256(font.path.read_bytes()).hexdigest() if font.path.exists() else "no file"
        if found != font.sha256:
            message = f"the file is not the pinned one (sha256 {found[:12]}, not {font.sha256[:12]})"
            yield FONT_CHANGED.at(Place(f"templates/fonts/{font.path.name}"), message, RESTORE)
