"""What a clinic says of itself, and whether the page can say it.

Takes a `Clinic`, and the fonts of languages; gives the clinic as it speaks to the readers of one, and a `Problem` for each line
that has letters without a font, or does not fit the box that a sheet keeps for it. All is found before anything is made: no
leaflet is to blame for it.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from leaflets.languages.fonts import Fonts
from leaflets.languages.locales import direction, english_name
from leaflets.languages.runs import text_direction
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import NAMED, Place, Problem, Rule, Severity
from leaflets.profile import Clinic, ClinicWords

CLINIC_LETTERS = Rule(
    "clinic-letters",
    Severity.ERROR,
    "The fonts of each language that is made have the letters of the clinic's name, hours and note.",
    "A letter without a font prints as an empty box. Found before anything is made, it costs no leaflet that is there.",
)
CLINIC_ROOM = Rule(
    "clinic-room",
    Severity.ERROR,
    "What a clinic says of itself fits the box that a sheet keeps for it.",
    "The box does not grow: what does not fit would be cut off, or push the signs of an emergency to the next page.",
)
WORDS = tuple(ClinicWords.__dataclass_fields__)
BOX_WIDTH, BOX_HEIGHT = 63.4, 26.4
"""What the box of a sheet holds, in millimetres: 70 x 30 (templates/styles/sheet.css, a test) without its padding and border."""
LOGO_WIDTH, CODE_WIDTH = 17.0, 26.0
"""What a logo or a code to scan takes of that; beside a code no logo is printed."""
SIZE = 9 * 25.4 / 72
"""Of its letters, in millimetres."""
KEPT = "\N{NO-BREAK SPACE}"
PLAIN_LINE = 1.2
"""The line height of what is in Latin letters, and the least of all."""


def list_words(clinic: Clinic, key: str, tag: str) -> list[str]:
    """List what a clinic says to the readers of a language: in that language, as it says to all, or in English."""
    own = dict(clinic.words)
    found = (own.get(tag), own.get(tag.split("-")[0]), clinic, own.get(SOURCE_LOCALE))
    return list(dict.fromkeys(words for each in found if each and (words := str(getattr(each, key)))))


def is_printable(words: str, letters: Container[int]) -> bool:
    """Whether fonts that have some code points have all of some words."""
    return all(char.isspace() or ord(char) in letters for char in words)


def speak_to(clinic: Clinic, tag: str, letters: Container[int]) -> Clinic:
    """Give a clinic as it speaks to the readers of a language whose fonts have `letters`.

    What these cannot print is said otherwise. Where words are in their language, those for all stand beside them.
    """

    def choose(key: str) -> tuple[str, str]:
        found = [words for words in list_words(clinic, key, tag) if is_printable(words, letters)]
        first, second, *_ = (*(found or list_words(clinic, key, tag)[:1]), "", "")
        return first, second

    name, hours, note = (choose(key) for key in WORDS)
    return replace(clinic, name=name[0], hours=hours[0], note=note[0], beside=ClinicWords(name[1], hours[1], note[1]))


def check_letters(clinic: Clinic, letters: Mapping[str, Container[int]]) -> Iterator[Problem]:
    """Find what cannot be printed of a clinic's words. `letters` has the code points of each language's fonts, by tag."""
    for key in WORDS:
        lost: dict[str, list[str]] = {}
        for tag, known in letters.items():
            found = list_words(clinic, key, tag)
            if found and not any(is_printable(words, known) for words in found):
                absent = [char for char in dict.fromkeys(found[0]) if not char.isspace() and ord(char) not in known]
                lost.setdefault(name_letters(absent), []).append(english_name(tag))
        for named, languages in lost.items():
            message = f'"{key}": the fonts of {" and of ".join(languages)} do not have {named}'
            remedy = f"Write it in Latin letters; what is in others goes below `words:`, a language and `{key}:`."
            yield CLINIC_LETTERS.at(clinic.places.get(key, Place(key)), message, remedy)


def name_letters(letters: Sequence[str]) -> str:
    """Name a few letters.

    >>> name_letters("α"), name_letters("αβ")
    ('the letter α (U+03B1)', 'the letters α (U+03B1), β (U+03B2)')
    """
    named = ", ".join(f"{char} (U+{ord(char):04X})" for char in letters[:NAMED])
    more = f", and {len(letters) - NAMED} more" if len(letters) > NAMED else ""
    return f"the letter{'s' if len(letters) > 1 else ''} {named}{more}"


@dataclass(frozen=True, slots=True)
class BoxRow:
    """A paragraph of the box: the key that it is of, its words with what stands before them, and how many lines it may have.

    A `plain` one is in Latin letters always, and a `quoted` one between marks that nobody wrote.
    """

    key: str
    label: str
    words: str
    most: int
    bold: bool = False
    plain: bool = False
    quoted: bool = False

    def is_plain(self, tag: str) -> bool:
        """Whether it is as high as Latin letters, since a page that runs the other way has none of its own letters in it."""
        return self.plain or (not self.label and direction(tag) == "rtl" and text_direction(self.words) == "ltr")


def list_rows(clinic: Clinic, labels: Mapping[str, str]) -> Iterator[BoxRow]:
    """List what templates/details.html prints of a clinic that speaks to the readers of a language. `labels` are by key."""
    yield BoxRow("name", "", clinic.name, 2, bold=True)
    yield BoxRow("name", "", clinic.beside.name, 2, plain=True)
    numbers = (number for number in (clinic.clinic_phone, clinic.second_phone) if number)
    yield BoxRow("second_phone", "", " · ".join(number.replace(" ", KEPT) for number in numbers), 2, plain=True)
    yield BoxRow("hours", labels["hours"], clinic.hours, 2)
    yield BoxRow("hours", "", clinic.beside.hours, 2, plain=True)
    yield BoxRow("interpreter_phone", labels["interpreter_phone"], clinic.interpreter_phone, 2)
    yield BoxRow("web", "", clinic.web, 2, plain=True)
    yield BoxRow("note", "", clinic.note, 2, quoted=True)
    yield BoxRow("note", "", clinic.beside.note, 2, plain=True, quoted=True)


def check_room(clinic: Clinic, tag: str, labels: Mapping[str, str], fonts: Fonts) -> Iterator[Problem]:
    """Find the first line that does not fit the box, and say how many of its characters do."""
    width = (BOX_WIDTH - (CODE_WIDTH if clinic.leaflets_url else LOGO_WIDTH if clinic.logo else 0)) / SIZE
    typography = fonts.typography(tag)
    own_line = max(PLAIN_LINE, 0.8 * typography.line_height) if typography else PLAIN_LINE
    left = BOX_HEIGHT / SIZE
    for row in sorted(list_rows(clinic, labels), key=lambda row: row.key in (*WORDS, "web")):  # numbers cannot be shortened
        if not row.words:
            continue
        line = PLAIN_LINE if row.is_plain(tag) else own_line
        most = min(row.most, int(left / line))
        if (taken := count_lines(row, width, tag, fonts)) > most:
            fitting = max((n for n in range(len(row.words)) if count_lines(row, width, tag, fonts, n) <= most), default=0)
            room = f"{fitting} fit" if most else "there is no room left for it"
            beside = " beside the code to scan" if clinic.leaflets_url else " beside the logo" if clinic.logo else ""
            said = f'"{row.key}" has {len(row.words)} characters, and in the {english_name(tag)} sheet {room}{beside}'
            yield CLINIC_ROOM.at(clinic.places.get(row.key, Place(row.key)), said, "Shorten it, or leave another line out.")
            return
        left -= taken * line


def count_lines(row: BoxRow, width: float, tag: str, fonts: Fonts, end: int | None = None) -> int:
    """Count the lines of a row up to a character, broken between words; the width is in font sizes."""
    lines, used = 1, 0.0
    words = f"“{row.words[:end]}”" if row.quoted else row.words[:end]
    for word in f"{row.label} {words}".split(" "):
        long = fonts.measure(word, tag, row.bold)
        if used and used + fonts.measure(" ", tag, row.bold) + long > width:
            lines, used = lines + 1, 0.0
        used += long + (fonts.measure(" ", tag, row.bold) if used else 0)
        while used > width:  # a long word breaks anywhere
            lines, used = lines + 1, used - width
    return lines


def check_words(clinic: Clinic, tags: Iterable[str], labels: Mapping[str, Mapping[str, str]], fonts: Fonts) -> Iterator[Problem]:
    """Find what cannot be printed for the readers of some languages, by a line of the file; one language is named for each."""
    letters = {tag: fonts.characters(tag) for tag in tags if fonts.typography(tag)}
    if lost := list(check_letters(clinic, letters)):
        yield from lost
        return
    found = (each for tag in letters for each in check_room(speak_to(clinic, tag, letters[tag]), tag, labels[tag], fonts))
    least: dict[Place, Problem] = {}
    for each in found:
        least.setdefault(each.place, each)
    yield from least.values()
