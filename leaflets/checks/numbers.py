"""Checks of the numbers, units, addresses and phone numbers of a translation."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from leaflets.checks import check
from leaflets.checks.pair import Pair
from leaflets.locales import decimal_mark, to_ascii_digits
from leaflets.measures import NO_NAMES, NUMBER, find_measures, read_number
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import Problem, Rule, Severity

ERROR = Severity.ERROR
NUMBERS = "https://service-manual.nhs.uk/content/numbers-measurements-dates-time"
RANGE = re.compile(rf"({NUMBER.pattern})(?:\s?[–-]\s?| to )({NUMBER.pattern})")
GAP = 8
"""Letters between the two numbers of a range, at most: "من 12 إلى 4"."""
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»，。]+[^\s<>\"“”«»，。.,;:!?)）]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\d.,])(?<!\d[ \u00a0\u202f])(?:(?:\+|\(?0)[\d \u00a0()-]{5,}\d|\d{3}[ -]\d{3}[ -]\d{4})(?!\d)")


@check("number-mismatch", ERROR, "A lost or changed number is a wrong dose, a wrong fever or a wrong phone.", NUMBERS)
def find_number_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation has the numbers of its English, by value and in any digits, and no others; a range runs the same way."""
    mark = decimal_mark(pair.locale)
    left = [(text, read_number(text, mark)) for text in find_numbers(pair.translated.words)]
    missing = []
    for number in find_numbers(pair.english.words):
        match = next((each for each in left if each[1] == read_number(number, ".")), None)
        if match:
            left.remove(match)
        else:
            missing.append(number)
    extra = [text for text, _ in left]
    said = [f"number {', '.join(missing)} is missing"] if missing else []
    said += [f"number {', '.join(extra)} is not in the English"] if extra else []
    said += [] if said else find_turned_ranges(pair)
    if said:
        message = f'{" and ".join(said)} (English: "{pair.english}")'
        yield rule.at(pair.translated.place, message, "Write the numbers of the English, in digits.")


def find_numbers(words: str) -> list[str]:
    """Find the numbers of a text, addresses and phone numbers aside: those may be grouped otherwise."""
    return NUMBER.findall(PHONE.sub(" ", ADDRESS.sub(" ", words)))


def find_turned_ranges(pair: Pair) -> list[str]:
    """Find the ranges of the English whose ends changed places."""
    mark = decimal_mark(pair.locale)
    matches = list(NUMBER.finditer(pair.translated.words))
    near = [
        (read_number(one[0], mark), read_number(two[0], mark)) for one, two in pairwise(matches) if two.start() - one.end() <= GAP
    ]
    said = []
    for match in RANGE.finditer(pair.english.words):
        low, high = read_number(match[1], "."), read_number(match[2], ".")
        if (high, low) in near and (low, high) not in near:
            said.append(f"the range {match[1]}–{match[2]} runs from {match[2]} to {match[1]}")
    return said


@check("unit-mismatch", ERROR, "12 weeks for 12 months, or g for mg, is a wrong dose with the right number.", NUMBERS)
def find_unit_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A number has no other unit beside it than in English, by the names that CLDR gives units in the language."""
    more = pair.wording.markers.measures if pair.wording.markers else NO_NAMES
    found = [each for each in find_measures(pair.translated.words, pair.locale, more) if each.units]
    for wanted in find_measures(pair.english.words, SOURCE_LOCALE):
        others = [each for each in found if each.value == wanted.value] if wanted.units else []
        if others and not any(each.units & wanted.units for each in others):
            units, meant = (", ".join(sorted(each.units)) for each in (others[0], wanted))
            message = f'{wanted.written} is in {units} here and in {meant} in English: "{pair.translated}"'
            yield rule.at(pair.translated.place, message, f'Write the unit of the English ("{pair.english}").')


@check("link-mismatch", ERROR, "An address or phone number with another letter leads nowhere, or to a stranger.")
def find_link_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation has exactly the web addresses, e-mail addresses and phone numbers of its English."""
    wanted, found = (Counter(list_links(text.words)) for text in (pair.english, pair.translated))
    said = [f"{each} is missing" for each in wanted - found] + [f"{each} is not in the English" for each in found - wanted]
    if said:
        yield rule.at(pair.translated.place, " and ".join(said), "Copy the address or number exactly as the English has it.")


def list_links(words: str) -> list[str]:
    """List the addresses and phone numbers of a text; phone numbers by their digits.

    >>> list_links("Call ٠٢٠ ٧٩٤٦ ٠٠٠٠ or see https://clinic.example/help.")
    ['https://clinic.example/help', '02079460000']
    """
    phones = PHONE.findall(to_ascii_digits(ADDRESS.sub(" ", words)))
    return [*ADDRESS.findall(words), *(re.sub(r"[^\d+]", "", phone) for phone in phones)]


NUMBER_CHECKS = (find_number_mismatches, find_unit_mismatches, find_link_mismatches)
