"""The example values of a clinic's file, which reach nobody.

Takes a `Clinic`; gives a `Problem` for each line that still says what `leaflets new clinic` wrote, or what is kept for examples.
"""

import re
from collections.abc import Iterator

import phonenumbers

from leaflets.problems import Place, Problem, Rule, Severity
from leaflets.profile import Clinic

EXAMPLE_VALUE = Rule(
    "example-value",
    Severity.ERROR,
    "What is no draft carries no example's name, number or address.",
    "A patient who calls a number that is kept for examples reaches nobody.",
    "https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama; RFC 2606",
)
EXAMPLE_IN_DRAFT = Rule(
    "example-in-draft",
    Severity.WARNING,
    "A draft says so where it carries an example's name, number or address.",
    "It is good to try a layout with, and must be filled in before anybody signs.",
)
PLACEHOLDER_NAME = re.compile(r"(?i)\b(example|sample|your clinic|my clinic|clinic name|name of (the|your) clinic)\b")
EXAMPLE_NUMBERS = {
    1: r"\d{3}55501\d\d|55501\d\d",
    33: r"(19900|26191|35301|46571|53649|63998)\d{4}",
    44: r"(1(1[3-8]|[2-6]1)4960|2079460|1914980|2896496|2920180|1632960|7700900|8081570|9098790|3069990)\d{3}",
    61: r"[2378](5550|7010)\d{4}|491570\d{3}",
}
"""The numbers that countries keep for examples and drama, by their calling code: NANPA, ARCEP, Ofcom, ACMA."""
EXAMPLE_ADDRESS = re.compile(r"(?i)(^|[/.])(example\.(com|net|org|edu)|[a-z0-9-]+\.(example|test|invalid|localhost))(/|$)")


KEYS = ("name", "clinic_phone", "second_phone", "urgent_phone", "crisis_phone", "interpreter_phone", "web", "leaflets_url")


def find_examples(clinic: Clinic, rule: Rule = EXAMPLE_IN_DRAFT) -> Iterator[Problem]:
    """Find what nobody has filled in."""
    for key in (
        "name",
        "clinic_phone",
        "second_phone",
        "urgent_phone",
        "crisis_phone",
        "interpreter_phone",
        "web",
        "leaflets_url",
    ):
        value = getattr(clinic, key)
        if is_example_number(value, clinic.country) or EXAMPLE_ADDRESS.search(value) or PLACEHOLDER_NAME.search(value):
            said = f'"{key}" is an example: {value}'
            yield rule.at(clinic.places.get(key, Place(key)), said, "Write your clinic's own, or take the line away.")


def is_example_number(number: str, country: str) -> bool:
    """Whether a number is kept for examples; without a country it may be one of any.

    >>> is_example_number("(202) 555-0123", "US"), is_example_number("020 7946 0000", "GB"), is_example_number("911", "US")
    (True, True, False)
    >>> is_example_number("555-0100", ""), is_example_number("020 7946 0000", "")
    (True, True)
    """
    digits = re.sub(r"\D", "", number)
    codes = [phonenumbers.country_code_for_region(country)] if country else [1, 44]
    if number.startswith("+"):
        codes = [code for code in EXAMPLE_NUMBERS if digits.startswith(str(code))]
        digits = digits.removeprefix(str(codes[0])) if codes else ""
    return any(re.fullmatch(f"[01]?({EXAMPLE_NUMBERS[code]})", digits) for code in codes if code in EXAMPLE_NUMBERS)
