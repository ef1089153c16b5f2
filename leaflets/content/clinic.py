"""A clinic's profile: who hands out the leaflet, and how it looks.

Takes a file, or a `YamlFile` and a way to read the logo that it names; gives a `Clinic`, or every problem of the file at once.
Only who makes leaflets for a clinic loads what knows phone numbers and pictures. Nothing of a clinic reaches reviewed text but
its phone numbers.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import phonenumbers
from babel import Locale
from pydantic import TypeAdapter, ValidationError

from leaflets.content.logo import BAD_LOGO, read_picture
from leaflets.content.logo import MAX_BYTES as MAX_LOGO
from leaflets.content.phones import EMERGENCY_NUMBERS, check_emergency, format_phones
from leaflets.content.profile_shapes import ClinicShape
from leaflets.content.project import NO_FILE
from leaflets.content.schema import MISSING_KEY, UNKNOWN_KEY, WRONG_VALUE, read_shape
from leaflets.content.shapes import NO_COUNTRY
from leaflets.content.strict_yaml import MAX_BYTES, YamlFile, read_yaml
from leaflets.files import read_file
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity
from leaflets.profile import PROFILE, Clinic, ClinicWords
from leaflets.svg import (
    LEAST_CONTRAST,
    darken_colour,
    measure_contrast,
    mix_colour,
    parse_colour,
    write_colour,
)

ERROR = Severity.ERROR
PALE_COLOUR = Rule(
    "pale-colour",
    ERROR,
    "A clinic's colour stands out from white, and from its own tint, by at least 4.5 to 1.",
    "Headings are set in it, and the word Emergency in white on it.",
    "https://www.w3.org/TR/WCAG22/#contrast-minimum",
)
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
TINT = 0.09
"""How much of the colour is in the ground of a box."""


def load_clinic(path: Path, crisis_phones: Mapping[str, str] = {}) -> Clinic:
    """Read a clinic's file from anywhere on disk, as `parse_clinic` does, with an id. Raises LeafletsError."""
    try:
        data = read_file(path, MAX_BYTES)
    except OSError as error:
        raise LeafletsError([NO_FILE.at(Place(str(path)), error.strerror or "cannot be read", "Check the path.")]) from None

    def read_beside(name: str) -> bytes:
        beside = path.parent / name
        if beside.is_symlink() or not beside.is_file():
            raise ValueError("there is no such file beside the clinic's file")
        return read_file(beside, MAX_LOGO)

    clinic = parse_clinic(read_yaml(data, str(path)), read_beside, crisis_phones)
    return clinic if clinic.id else replace(clinic, id=name_clinic(path.absolute()))


def name_clinic(path: Path) -> str:
    """Name a clinic that says no `id:` after its file, or the folder of that.

    >>> name_clinic(Path("/clinics/riverside.yaml")), name_clinic(Path("/clinics/riverside/clinic.yaml"))
    ('riverside', 'riverside')
    """
    return path.parent.name if path.stem == PROFILE else path.stem


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
            data = read_logo(shape.logo)
            logo = replace(read_picture(shape.logo, data), name=shape.logo, sha256=hashlib.sha256(data).hexdigest())
        except (OSError, ValueError) as error:
            said = (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or "it cannot be read"
            problems.append(BAD_LOGO.at(source.place(("logo",)), f'"{shape.logo}": {said}', "Save it as PNG, or leave it out."))
    if problems:
        raise LeafletsError(problems)
    same: dict[str, Any] = shape.model_dump(include={"id", "name", "country", "hours", "note", "web", "colour"})
    return Clinic(
        **same | phones,
        emergency_number=emergency,
        words=tuple((tag, ClinicWords(**each.model_dump())) for tag, each in shape.words.items()),
        tint=write_colour(mix_colour(parse_colour(shape.colour), TINT)) if shape.colour else "",
        logo=logo,
        leaflets_url=shape.leaflets_url.rstrip("/"),
        paper=shape.paper or (("letter" if shape.country in LETTER_COUNTRIES else "a4") if shape.country else ""),
        places={name: source.place((name,)) for name in ClinicShape.model_fields},
    )


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
        shape = ClinicShape.model_construct(**dict.fromkeys(KEY_EXAMPLES, "") | dict(read_right(tree)))
    if found := list(check_country(shape.country, source)):
        problems += found
        shape = shape.model_copy(update={"country": COUNTRIES_MEANT.get(shape.country, "")})
    return shape, problems


def read_right(tree: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Read the keys of a clinic's file that are right, each by itself."""
    for key, field in ClinicShape.model_fields.items():
        kind: Any = Annotated[field.annotation, field]
        with suppress(ValidationError):
            if key in tree:
                yield key, TypeAdapter(kind).validate_python(tree[key])


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
