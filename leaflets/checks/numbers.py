"""Checks of the numbers, units, addresses and phone numbers of a translation."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from leaflets.checks import check
from leaflets.checks.pairs import Pair
from leaflets.languages.locales import decimal_mark, to_ascii_digits
from leaflets.languages.quantities import AMOUNTS, NUMBER, find_measures, follows_order, read_number
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import Problem, Rule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
NUMBERS = "https://service-manual.nhs.uk/content/numbers-measurements-dates-time"
RANGE = re.compile(rf"({NUMBER.pattern})(?:\s?[–-]\s?| to )({NUMBER.pattern})")
TEMPERATURES = {"celsius", "fahrenheit"}
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
        remedy = "Write the numbers as the English does: its digits in digits, its words in words."
        yield rule.at(pair.translated.place, message, remedy)


@lru_cache(maxsize=1 << 14)
def find_numbers(words: str) -> tuple[str, ...]:
    """Find the numbers of a text."""
    return tuple(NUMBER.findall(part_links(words)[0]))


@lru_cache(maxsize=1 << 14)
def part_links(words: str) -> tuple[str, tuple[str, ...]]:
    """Part a text from its addresses and phone numbers, whose digits may be grouped otherwise; phone numbers by their digits.

    >>> part_links("Call ٠٢٠ ٧٩٤٦ ٠٠٠٠ or see https://clinic.example/help.")[1]
    ('https://clinic.example/help', '02079460000')
    """
    possible = any(sign in words for sign in ("://", "www.", "@"))  # most texts have none, which is found sooner so
    addresses = ADDRESS.findall(words) if possible else []
    bare = ADDRESS.sub(" ", words) if addresses else words
    phones = (re.sub(r"[^\d+]", "", phone) for phone in PHONE.findall(to_ascii_digits(bare)))
    return PHONE.sub(" ", bare), (*addresses, *phones)


def find_turned_ranges(pair: Pair) -> list[str]:
    """Find the ranges of the English whose ends changed places, with each other or with a number that stands elsewhere."""
    mark = decimal_mark(pair.locale)
    found = [(match, read_number(match[0], mark)) for match in NUMBER.finditer(pair.translated.words)]
    near = [(one, two) for (first, one), (second, two) in pairwise(found) if second.start() - first.end() <= GAP]
    said = []
    for match in RANGE.finditer(pair.english.words) if near else ():
        low, high = read_number(match[1], "."), read_number(match[2], ".")
        if (low, high) in near:
            continue
        if (high, low) in near:
            said.append(f"the range {match[1]}–{match[2]} runs from {match[2]} to {match[1]}")
        elif any(low == start for start, _ in near):
            said.append(f"the range {match[1]}–{match[2]} does not end with {match[2]}")
    return said


@check("number-order", WARNING, "4 in 1 is no chance at all; two numbers that changed places are two wrong numbers.", NUMBERS)
def find_swapped_numbers(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """Numbers of one unit stand in the order of the English; those of a ratio as the language's other ratios have them."""
    if len(find_numbers(pair.english.words)) < 2:
        return
    orders = (False, True) if pair.lexicon.turned is None else (pair.lexicon.turned,)
    words = part_links(pair.english.words)[0], part_links(pair.translated.words)[0]
    if any(follows_order(*words, pair.locale, turned=turned) for turned in orders) or any(find_number_mismatches(pair)):
        return
    message = f'the numbers {", ".join(find_numbers(words[1]))} stand in another order than in English ("{pair.english}")'
    yield rule.at(pair.translated.place, message, "Check that each number says what it says in English.")


@check("unit-mismatch", ERROR, "12 weeks for 12 months, or g for mg, is a wrong dose with the right number.", NUMBERS)
def find_unit_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A number has the unit of its English beside it, by the names that CLDR gives units in the language.

    A word that is in no list may be a unit; a temperature without a known one, or an amount without any word, has lost it.
    """
    more = tuple(pair.lexicon.markers.measures.items()) if pair.lexicon.markers else ()
    measured = [each for each in find_measures(pair.english.words, SOURCE_LOCALE) if each.units]
    found = find_measures(pair.translated.words, pair.locale, more) if measured else ()
    for wanted in measured:
        others = [each for each in found if each.value == wanted.value]
        if any(each.units & wanted.units for each in others):
            continue
        meant = f'in {", ".join(sorted(wanted.units))} in English: "{pair.translated}"'
        if named := [each for each in others if each.units]:
            message = f"{wanted.written} is in {', '.join(sorted(named[0].units))} here and {meant}"
            yield rule.at(pair.translated.place, message, f'Write the unit of the English ("{pair.english}").')
        elif others and (wanted.units <= TEMPERATURES or (wanted.units <= AMOUNTS.keys() and all(each.bare for each in others))):
            message = f"{wanted.written} has no unit here and is {meant}"
            known = f"if the language has another name for it, put that under `measures:` in content/markers/{pair.locale}.yaml"
            yield rule.at(pair.translated.place, message, f'Write the unit of the English ("{pair.english}"); {known}.')


@check("decimal-mark", WARNING, "Where a comma parts thousands, 1,005 is a thousand and five, and 100,4 is a riddle.", NUMBERS)
def find_odd_decimals(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A number has no decimal comma in a language whose decimal mark is a point, by CLDR."""
    numbers = find_numbers(pair.translated.words) if decimal_mark(pair.locale) == "." else ()
    wrong = [each for each in numbers if re.fullmatch(r"\d+,(?!\d{3}$)\d+", to_ascii_digits(each))]
    if wrong:
        message = f'decimal comma in {", ".join(wrong)}: "{pair.translated}"'
        yield rule.at(pair.translated.place, message, f"Write a point, as in {wrong[0].replace(',', '.')}.")


@check("link-mismatch", ERROR, "An address or phone number with another letter leads nowhere, or to a stranger.")
def find_link_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation has exactly the web addresses, e-mail addresses and phone numbers of its English."""
    wanted, found = (Counter(part_links(text.words)[1]) for text in (pair.english, pair.translated))
    said = [f"{each} is missing" for each in wanted - found] + [f"{each} is not in the English" for each in found - wanted]
    if said:
        yield rule.at(pair.translated.place, " and ".join(said), "Copy the address or number exactly as the English has it.")


NUMBER_CHECKS = (find_number_mismatches, find_swapped_numbers, find_unit_mismatches, find_odd_decimals, find_link_mismatches)
