"""A clinic's profile: who hands out the leaflet, and how it looks.

Takes a file, or a `YamlFile` and a way to read the logo that it names; gives a `Clinic`, or every problem of the file at once.
Only who makes leaflets for a clinic loads what knows phone numbers and pictures. Nothing of a clinic reaches reviewed text but
its phone numbers.
"""

import io
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import phonenumbers
from babel import Locale
from phonenumbers import shortnumberinfo
from PIL import Image, ImageFile

from leaflets.content.project import NO_FILE
from leaflets.content.schema import MISSING_KEY, UNKNOWN_KEY, WRONG_VALUE, read_shape
from leaflets.content.shapes import NO_COUNTRY, ClinicShape
from leaflets.content.strict_yaml import YamlFile, read_yaml
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import NAMED, LeafletsError, Place, Problem, Rule, Severity
from leaflets.profile import Clinic, Logo
from leaflets.svg import (
    LEAST_CONTRAST,
    NAMESPACE,
    darken_colour,
    list_strangers,
    measure_contrast,
    mix_colour,
    parse_colour,
    write_colour,
)

ERROR = Severity.ERROR
BAD_PHONE = Rule(
    "bad-phone",
    ERROR,
    "A clinic's numbers are real numbers of its country.",
    "A digit too few on paper is a call that nobody answers.",
    "https://github.com/google/libphonenumber",
)
PALE_COLOUR = Rule(
    "pale-colour",
    ERROR,
    "A clinic's colour stands out from white, and from its own tint, by at least 4.5 to 1.",
    "Headings are set in it, and the word Emergency in white on it.",
    "https://www.w3.org/TR/WCAG22/#contrast-minimum",
)
BAD_LOGO = Rule(
    "bad-logo",
    ERROR,
    "A logo is a PNG, JPEG or SVG file beside the clinic's file, of a sensible size, with nothing in it but a picture.",
    "A picture file can hold scripts, reach out to other files, or fill the memory of the machine.",
    "OWASP, unrestricted file upload",
)
CLINIC_LETTERS = Rule(
    "clinic-letters",
    ERROR,
    "The fonts of each language that is made have the letters of the clinic's name and hours.",
    "A letter without a font prints as an empty box. Found before anything is made, it costs no leaflet that is there.",
)
EUROPE = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LT LU LV MT NL PL PT RO SE SI SK"
EMERGENCY_NUMBERS = {
    **dict.fromkeys(f"{EUROPE} CH IN RU TR UA ZA".split(), "112"),
    **dict.fromkeys(["CA", "CR", "MX", "PA", "PH", "PR", "SV", "US", "VE"], "911"),
    **{"AU": "000", "BR": "192", "CN": "120", "EG": "123", "GB": "999", "JP": "119", "KE": "999", "KR": "119"},
    **{"NO": "113", "NZ": "111", "PK": "1122", "SA": "997"},
}
"""What to call for an ambulance where a clinic does not say; libphonenumber knows each (a test). Other countries must say."""
LETTER_COUNTRIES = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
"""Where paper is US Letter (CLDR, supplemental measurement data: paperSize US-Letter); elsewhere it is A4."""
COUNTRIES_MEANT = {"UK": "GB", "EL": "GR", "EN": "GB"}
"""What people write for a country, and its code in ISO 3166."""
KEYS_MEANT = {
    **dict.fromkeys(["phone", "telephone", "tel", "number", "phone_number"], "clinic_phone"),
    **dict.fromkeys(["after_hours_phone", "out_of_hours_phone", "night_phone", "closed_phone"], "urgent_phone"),
    **dict.fromkeys(["crisis_line", "crisis_number", "suicide_line"], "crisis_phone"),
    **dict.fromkeys(["opening_hours", "opening_times", "open", "times"], "hours"),
    **dict.fromkeys(["website", "web_address", "homepage", "url"], "web"),
    **dict.fromkeys(["clinic", "clinic_name", "practice"], "name"),
}
"""What people write for a key, where its spelling does not tell."""
KEY_EXAMPLES = {
    "name": ("name: Riverside Clinic",),
    "clinic_phone": ('clinic_phone: "020 7946 0000"',),
    "urgent_phone": ('urgent_phone: "020 7946 0001"', "urgent_phone: none"),
}
"""The lines of which each clinic must have one, for each key (a test)."""
NO_PHONE = "none"
"""What a clinic says that has no number to call when it is closed."""
TINT = 0.09
"""How much of the colour is in the ground of a box."""
MAX_BYTES, MAX_PIXELS = 1_000_000, 4000
SVG_ELEMENTS = {
    *("svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "defs", "title", "desc"),
    *("linearGradient", "radialGradient", "stop", "clipPath"),
}
SVG_ATTRIBUTES = {
    *("id", "viewBox", "version", "preserveAspectRatio", "transform", "d", "points", "width", "height"),
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "clip-path", "clip-rule"),
    *("fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
    *("stroke-miterlimit", "stroke-dasharray", "stroke-opacity", "offset", "stop-color", "stop-opacity"),
    *("gradientUnits", "gradientTransform", "spreadMethod"),
}
CALLS = ("transform", "gradientTransform")
"""The attributes whose values are function calls."""


def load_clinic(path: Path, crisis_phones: Mapping[str, str] = {}) -> Clinic:
    """Read a clinic's file from anywhere on disk, as `parse_clinic` does. Raises LeafletsError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LeafletsError([NO_FILE.at(Place(str(path)), error.strerror or "cannot be read", "Check the path.")]) from None

    def read_beside(name: str) -> bytes:
        beside = path.parent / name
        if beside.is_symlink() or not beside.is_file():
            raise ValueError("there is no such file beside the clinic's file")
        return beside.read_bytes()

    return parse_clinic(read_yaml(data, str(path)), read_beside, crisis_phones)


def parse_clinic(source: YamlFile, read_logo: Callable[[str], bytes], crisis_phones: Mapping[str, str] = {}) -> Clinic:
    """Read a clinic's file. `read_logo(name)` gives the bytes of a file beside it, or raises OSError or ValueError.

    `crisis_phones` has the number of each country's crisis line.
    """
    shape, problems = read_profile(source)
    emergency = shape.emergency_number or EMERGENCY_NUMBERS.get(shape.country, "")
    problems += check_emergency(shape, emergency, source)
    phones, wrong = format_phones(shape, crisis_phones.get(shape.country, ""), source)
    problems += wrong
    if shape.colour and not stands_out(shape.colour):
        better = find_colour(shape.colour)
        message = f"{shape.colour} is too pale to read"
        problems.append(PALE_COLOUR.at(source.place(("colour",)), message, f'The nearest that can be read is "{better}".'))
    logo = None
    if shape.logo:
        try:
            logo = read_picture(shape.logo, read_logo(shape.logo))
        except (OSError, ValueError) as error:
            said = (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or "it cannot be read"
            problems.append(BAD_LOGO.at(source.place(("logo",)), f'"{shape.logo}": {said}', "Save it as PNG, or leave it out."))
    if problems:
        raise LeafletsError(problems)
    return Clinic(
        **shape.model_dump(include={"name", "country", "hours", "web", "colour"}),
        **phones,
        emergency_number=emergency,
        tint=write_colour(mix_colour(parse_colour(shape.colour), TINT)) if shape.colour else "",
        logo=logo,
        leaflets_url=shape.leaflets_url.rstrip("/"),
        paper=shape.paper or (("letter" if shape.country in LETTER_COUNTRIES else "a4") if shape.country else ""),
        places={name: source.place((name,)) for name in ClinicShape.model_fields},
    )


def format_phones(shape: ClinicShape, crisis: str, source: YamlFile) -> tuple[dict[str, str], list[Problem]]:
    """Write the numbers of a clinic as people do, empty where it has none. `crisis` is that of its country's crisis line."""
    lines = {"urgent_phone": shape.urgent_phone.replace(NO_PHONE, ""), "crisis_phone": shape.crisis_phone or crisis}
    phones = {name: find_short_line(number, shape.country, crisis) for name, number in lines.items()}
    others = {"clinic_phone": shape.clinic_phone, "interpreter_phone": shape.interpreter_phone}
    problems = []
    for name, number in (lines | others).items():
        try:
            phones[name] = phones.get(name) or (number and format_phone(number, shape.country))
        except ValueError as error:
            problems.append(BAD_PHONE.at(source.place((name,)), str(error), "Correct it, or the `country:`."))
    return phones, problems


def read_profile(source: YamlFile) -> tuple[ClinicShape, list[Problem]]:
    """Read the keys of a clinic's file, with what is wrong in them, and offer those that were meant.

    What is wrong is empty in the shape, so that the rest can be looked at as well: all is said at once.
    """
    keys = {key: KEYS_MEANT[key] for key in source.tree if key in KEYS_MEANT and KEYS_MEANT[key] not in source.tree}
    problems = [
        UNKNOWN_KEY.at(source.place((key,)), f'unknown key "{key}"; did you mean "{meant}"?', f"Write `{meant}:`.")
        for key, meant in keys.items()
    ]
    tree = {keys.get(key, key): value for key, value in source.tree.items()}
    meant_source = replace(source, tree=tree, places={**source.places, **{(keys[key],): source.place((key,)) for key in keys}})
    try:
        shape = read_shape(ClinicShape, tree, meant_source)
    except LeafletsError as error:
        wrong = [each for each in error.problems if each.id != MISSING_KEY.id]
        problems += wrong
        for key, lines in KEY_EXAMPLES.items():
            if any(each.id == MISSING_KEY.id and f'"{key}"' in each.message for each in error.problems):
                problems.append(
                    MISSING_KEY.at(
                        source.place(()), f'"{key}" is missing', f"Add a line to the file, such as {', or '.join(lines)}"
                    )
                )
        bad = {each.place for each in wrong}
        known = ClinicShape.model_fields.keys()
        good: dict[str, Any] = {key: tree[key] for key in tree if key in known and meant_source.place((key,)) not in bad}
        shape = ClinicShape.model_construct(**dict.fromkeys(KEY_EXAMPLES, "") | good)
    if found := list(check_country(shape.country, source)):
        problems += found
        shape = shape.model_copy(update={"country": COUNTRIES_MEANT.get(shape.country, "")})
    return shape, problems


def check_country(country: str, source: YamlFile) -> Iterator[Problem]:
    """Refuse a country that no phone number has, and offer the one that was meant."""
    if not country or country in phonenumbers.SUPPORTED_REGIONS:
        return
    place, name = source.place(("country",)), Locale(SOURCE_LOCALE).territories.get(country)
    if name and not re.fullmatch(NO_COUNTRY, country):
        message = f'"country": no phone numbers are known here for {country} ({name})'
        yield WRONG_VALUE.at(place, message, "Leave `country:` out, and write `emergency_number:`.")
        return
    offered = f"; {COUNTRIES_MEANT[country]} is meant" if country in COUNTRIES_MEANT else ""
    yield WRONG_VALUE.at(place, f'"country": {country} is the code of no country (ISO 3166){offered}', "Correct it.")


def check_emergency(shape: ClinicShape, emergency: str, source: YamlFile) -> Iterator[Problem]:
    """Refuse an emergency number that is none of the country, or none at all. Where one cannot be read, that is said already."""
    if any(key in source.tree and not getattr(shape, key) for key in ("country", "emergency_number")):
        return
    if not emergency:
        known = f"for {shape.country}" if shape.country else "without a `country:`"
        yield BAD_PHONE.at(source.place(()), f"no emergency number is known {known}", "Write `emergency_number:`.")
    elif shape.country and not shortnumberinfo.is_emergency_number(emergency, shape.country):
        usual = EMERGENCY_NUMBERS.get(shape.country)
        message = f'"{emergency}" is no emergency number of {shape.country}' + (f"; did you mean {usual}?" if usual else "")
        yield BAD_PHONE.at(source.place(("emergency_number",)), message, "Correct it, or the `country:`.")


def check_letters(clinic: Clinic, letters: Mapping[str, frozenset[int]]) -> Iterator[Problem]:
    """Find what cannot be printed of a clinic's words. `letters` has the code points of each language's fonts."""
    for key in ("name", "hours"):
        lost: dict[str, list[str]] = {}
        for language, known in letters.items():
            absent = [char for char in dict.fromkeys(getattr(clinic, key)) if not char.isspace() and ord(char) not in known]
            if absent:
                lost.setdefault(name_letters(absent), []).append(language)
        for named, languages in lost.items():
            message = f'"{key}": the fonts of {" and of ".join(languages)} do not have {named}'
            yield CLINIC_LETTERS.at(clinic.places.get(key, Place(key)), message, "Write it in Latin letters.")


def name_letters(letters: Sequence[str]) -> str:
    """Name a few letters.

    >>> name_letters("α"), name_letters("αβ")
    ('the letter α (U+03B1)', 'the letters α (U+03B1), β (U+03B2)')
    """
    named = ", ".join(f"{char} (U+{ord(char):04X})" for char in letters[:NAMED])
    more = f", and {len(letters) - NAMED} more" if len(letters) > NAMED else ""
    return f"the letter{'s' if len(letters) > 1 else ''} {named}{more}"


def find_short_line(number: str, country: str, crisis: str) -> str:
    """Write a number that is a short one of its country, such as 111, or that of its crisis line; "" for all others.

    >>> find_short_line("111", "GB", ""), find_short_line("131114", "AU", "13 11 14"), find_short_line("988", "GB", "")
    ('111', '13 11 14', '')
    """
    digits = re.sub(r"\D", "", number)
    if not country or not digits:
        return ""
    if digits == re.sub(r"\D", "", crisis):
        return crisis
    parsed = phonenumbers.PhoneNumber(phonenumbers.country_code_for_region(country), int(digits))
    return number if shortnumberinfo.is_valid_short_number_for_region(parsed, country) else ""


def format_phone(number: str, country: str) -> str:
    """Write a number as people of its country do; without a country it stays as it is. Raises ValueError.

    >>> format_phone("02079460000", "GB"), format_phone("+44 20 7946 0000", "US"), format_phone("020 7946 0000", "")
    ('020 7946 0000', '+44 20 7946 0000', '020 7946 0000')
    """
    if not country and not number.startswith("+"):
        return number
    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        raise ValueError(f'"{number}" is no phone number') from None
    if not phonenumbers.is_valid_number(parsed):
        raise ValueError(f'"{number}" is no phone number of {country or "its country"}')
    home = country and phonenumbers.region_code_for_number(parsed) == country
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def stands_out(colour: str) -> bool:
    """Whether text in a colour can be read on white and on the colour's own tint.

    >>> stands_out("#0b4f6c"), stands_out("#ffcc00")
    (True, False)
    """
    ink = parse_colour(colour)
    return min(measure_contrast(ink, ground) for ground in ((1.0, 1.0, 1.0), mix_colour(ink, TINT))) >= LEAST_CONTRAST


def find_colour(colour: str) -> str:
    """Darken a colour just enough.

    >>> find_colour("#ffcc00")
    '#856a00'
    """
    steps = (write_colour(darken_colour(parse_colour(colour), step / 100)) for step in range(1, 100))
    return next(found for found in steps if stands_out(found))


def read_picture(name: str, data: bytes) -> Logo:
    """Check a picture, and strip it of all that is no picture. Raises ValueError or OSError."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"{len(data):,} bytes are more than {MAX_BYTES:,}")
    if name.lower().endswith(".svg"):
        check_svg(data)
        return Logo(data, "image/svg+xml")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        large = max(image.size) > MAX_PIXELS
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        large = True
    except (OSError, SyntaxError):
        raise ValueError("this is no PNG, JPEG or SVG picture") from None
    if large:
        raise ValueError(f"it has more than {MAX_PIXELS} x {MAX_PIXELS} pixels")
    out = io.BytesIO()
    tolerant, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint turns it on for the process
    try:
        image.convert("RGBA" if image.mode in ("RGBA", "LA", "P", "PA") else "RGB").save(out, "PNG")
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = tolerant
    return Logo(out.getvalue(), "image/png")


def check_svg(data: bytes) -> None:
    """Hold an SVG logo against what a picture needs. Raises ValueError."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("it has a document type, which can hide other files")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError):
        raise ValueError("this is not XML") from None
    if root.tag != f"{NAMESPACE}svg":
        raise ValueError("this is no SVG picture")
    for said in list_strangers(root, SVG_ELEMENTS, SVG_ATTRIBUTES):
        raise ValueError(said)
    for attribute, value in (each for element in root.iter() for each in element.attrib.items()):
        if "(" in value and attribute not in CALLS and not re.fullmatch(r"url\(#[\w-]+\)", value):
            raise ValueError(f'its attribute "{attribute}" reaches out: "{value[:40]}"')
