"""The numbers of a clinic: real ones of its country, written as people there write them.

Takes a `ClinicShape` and the `YamlFile` that it was read from; gives the numbers to print, and a `Problem` for each that is none.
"""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import shortnumberinfo

from leaflets.content.profile_shapes import ClinicShape
from leaflets.content.strict_yaml import YamlFile
from leaflets.problems import Problem, Rule, Severity

BAD_PHONE = Rule(
    "bad-phone",
    Severity.ERROR,
    "A clinic's numbers are real numbers of its country.",
    "A digit too few on paper is a call that nobody answers.",
    "https://github.com/google/libphonenumber",
)
EUROPE = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LT LU LV MT NL PL PT RO SE SI SK"
EMERGENCY_NUMBERS = {
    **dict.fromkeys(f"{EUROPE} CH IN RU TR UA ZA".split(), "112"),
    **dict.fromkeys(["CA", "CR", "MX", "PA", "PH", "PR", "SV", "US", "VE"], "911"),
    **{"AU": "000", "BR": "192", "CN": "120", "EG": "123", "GB": "999", "JP": "119", "KE": "999", "KR": "119"},
    **{"NO": "113", "NZ": "111", "PK": "1122", "SA": "997"},
}
"""What to call for an ambulance where a clinic does not say; libphonenumber knows each (a test). Other countries must say."""
NO_PHONE = "none"
"""What a clinic says that has no number to call when it is closed."""


def format_phones(shape: ClinicShape, crisis: str, source: YamlFile) -> tuple[dict[str, str], list[Problem]]:
    """Write the numbers of a clinic as people do, empty where it has none. `crisis` is that of its country's crisis line."""
    lines = {"urgent_phone": shape.urgent_phone.replace(NO_PHONE, ""), "crisis_phone": shape.crisis_phone or crisis}
    phones = {name: find_short_line(number, shape.country, crisis) for name, number in lines.items()}
    others = {
        "clinic_phone": shape.clinic_phone,
        "second_phone": shape.second_phone,
        "interpreter_phone": shape.interpreter_phone,
    }
    problems = []
    for name, number in (lines | others).items():
        try:
            phones[name] = phones.get(name) or (number and format_phone(number, shape.country))
        except ValueError as error:
            problems.append(BAD_PHONE.at(source.place((name,)), str(error), "Correct it, or the `country:`."))
    return phones, problems


def check_emergency(shape: ClinicShape, emergency: str, source: YamlFile) -> Iterator[Problem]:
    """Refuse an emergency number that is none of the country, or none at all. Where one cannot be read, that is said already."""
    if any(key in source.tree and not getattr(shape, key) for key in ("country", "emergency_number")):
        return
    if not emergency:
        known, remedy = (f"for {shape.country}", "") if shape.country else ("without a `country:`", "that, or ")
        yield BAD_PHONE.at(source.place(()), f"no emergency number is known {known}", f"Write {remedy}`emergency_number:`.")
    elif shape.country and not shortnumberinfo.is_emergency_number(emergency, shape.country):
        usual = EMERGENCY_NUMBERS.get(shape.country)
        message = f'"{emergency}" is no emergency number of {shape.country}' + (f"; did you mean {usual}?" if usual else "")
        yield BAD_PHONE.at(source.place(("emergency_number",)), message, "Correct it, or the `country:`.")


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
