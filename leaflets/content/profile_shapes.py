"""What a clinic's file and the file of countries may hold.

Takes nothing; gives pydantic models, each of which describes itself to an editor. What they print stands as it was written, on
every leaflet, so that it is held tighter than reviewed words.
"""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from leaflets.content.shapes import CountryCode, Name, Shape
from leaflets.languages.tags import explain_tag, find_countries
from leaflets.svg import PALETTE


def refuse_markup(value: str) -> str:
    """Names and hours are printed as they stand, so they hold nothing that looks like code or steers the line."""
    if found := re.search(r"[<>{}\\`]|[\x00-\x1f\x7f-\x9f]", value):
        raise ValueError(f'the character "{found[0]}" is not allowed')
    return value


def expect(pattern: str, meant: str) -> AfterValidator:
    """Hold a text to a pattern, with an error that says what is meant; empty stands for left out."""

    def check(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(f"{meant} is meant")
        return value

    return AfterValidator(check)


def read_country(value: Any) -> Any:
    """Read a country by its code in any case, or by its English name; what is neither stays as it is.

    >>> read_country("pk"), read_country("Pakistan"), read_country("UK"), read_country("england")
    ('PK', 'PK', 'UK', 'england')
    """
    if not isinstance(value, str) or re.fullmatch("[A-Z]{2}", value):
        return value
    found = find_countries(value)
    return found[0] if len(found) == 1 else value


def lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


LATIN = r"[ -~\u00a0-\u024f‘’–-]+"
"""What every font has: no leaflet has the fonts of another language."""
OneLine = Annotated[str, StringConstraints(max_length=80), AfterValidator(refuse_markup)]
Note = Annotated[str, StringConstraints(max_length=140), AfterValidator(refuse_markup)]
Phone = Annotated[str, expect(r"\+?[0-9][0-9 ().-]{2,24}", 'a phone number in quotes, such as "020 7946 0000",')]
PhoneOrNone = Annotated[
    str, expect(r"none|\+?[0-9][0-9 ().-]{2,24}", 'a phone number in quotes, such as "020 7946 0001", or none,')
]
Country = Annotated[str, BeforeValidator(read_country), expect(r"[A-Z]{2}", "a country of two letters, such as GB or US,")]
EmergencyNumber = Annotated[str, expect(r"[0-9]{2,6}", 'an emergency number in quotes, such as "112",')]
WEB_PATH = r"(/\.*[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?"  # no part of it is .. alone, which leads elsewhere
WebAddress = Annotated[
    str,
    StringConstraints(max_length=60),
    expect(rf"[a-z0-9-]+(\.[a-z0-9-]+)+{WEB_PATH}", "an address without http://, such as clinic.example/leaflets,"),
]
HexColour = Annotated[str, expect(r"#[0-9a-fA-F]{6}", f'a colour in quotes, such as "{PALETTE["accent"]}",')]
LogoName = Annotated[
    str, expect(r"[^/\\:]+\.(?i:png|jpe?g|svg)", "the name of a PNG, JPEG or SVG file in the folder of this one")
]
LeafletsUrl = Annotated[
    str,
    StringConstraints(max_length=60),
    expect(rf"https?://[a-z0-9-]+(\.[a-z0-9-]+)+{WEB_PATH}", "an address such as https://clinic.example/leaflets"),
]
ClinicId = Annotated[OneLine, expect(r"[^/\\:.\s][^/\\:]*", "a name as of a folder, such as riverside,")]
Paper = Annotated[str, BeforeValidator(lower), expect(r"a4|letter", "a4 or letter")]


class CountryShape(Shape):
    crisis_phone: Annotated[Phone, StringConstraints(min_length=1)] = Field(description="Its line for people in despair.")
    source: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] = Field(description="Where the number was looked up.")


class SupportGroupShape(Shape):
    name: Annotated[OneLine, StringConstraints(min_length=1), expect(LATIN, "a name in Latin letters")]
    web: Annotated[WebAddress, StringConstraints(min_length=1)]
    countries: tuple[CountryCode, ...] = Field(min_length=1)
    audiences: tuple[Name, ...] = Field((), alias="for", description="The leaflets that name it. Left out: all.")
    source: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] = Field(description="Where it was looked up.")


class CountriesShape(Shape):
    """content/countries.yaml: what a country brings to a leaflet. Data, which nobody translates."""

    countries: dict[CountryCode, CountryShape] = Field({}, description="By ISO 3166 code.")
    groups: dict[Name, SupportGroupShape] = Field({}, description="Groups of patients, printed as Name (web).")


def check_tag(tag: str) -> str:
    """Refuse what is the tag of no language: its words would reach nobody."""
    if advice := explain_tag(tag).said:
        raise ValueError(advice)
    return tag


class ClinicWordsShape(Shape):
    """What a clinic says of itself in the language of its patients."""

    name: OneLine = ""
    hours: OneLine = ""
    note: Note = ""


class ClinicShape(Shape):
    """clinic.yaml: who hands out the leaflet."""

    id: ClinicId = Field(
        "", description="Tells clinics apart, whatever they are called. Left out: the name of the file or its folder."
    )
    name: Annotated[OneLine, StringConstraints(min_length=1)]
    country: Country = Field("", description="ISO 3166 code, such as GB.")
    clinic_phone: Annotated[Phone, StringConstraints(min_length=1)]
    urgent_phone: Annotated[PhoneOrNone, StringConstraints(min_length=1)] = Field(
        description="The number to call when the clinic is closed, or none."
    )
    crisis_phone: Phone = Field("", description="A line for people in despair. Left out: that of the country, where it is known.")
    emergency_number: EmergencyNumber = Field("", description="Left out: that of the country, where it is known.")
    second_phone: Phone = Field("", description="One more number of the clinic.")
    interpreter_phone: Phone = ""
    hours: OneLine = ""
    note: Note = Field("", description="A short note in the clinic's own words, printed in quotation marks.")
    words: dict[Annotated[str, AfterValidator(check_tag)], ClinicWordsShape] = Field(
        {}, description="Name, hours and note in the language of patients, by its tag, such as es; English stands beside."
    )
    web: WebAddress = ""
    colour: HexColour = ""
    logo: LogoName = Field("", description="A file beside this one.")
    paper: Paper = Field("", description="Left out: that of the country.")
    leaflets_url: LeafletsUrl = Field("", description="Where the output folder stands on the web; gives leaflets a QR code.")
