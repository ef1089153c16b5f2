"""Numbers and the units of measurement beside them, in any digits and any language.

Takes words and a BCP 47 tag; gives the value of each number and the units that it may be in. The names of units come from CLDR.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from fontTools import unicodedata as scripts

from leaflets.languages.locales import decimal_mark, parse_tag, to_ascii_digits
from leaflets.languages.own import own_languages
from leaflets.languages.phrases import LEFT_ASIDE, is_spaced
from leaflets.model import SOURCE_LOCALE

FRACTIONS = "".join(map(chr, (*range(0xBC, 0xBF), *range(0x2150, 0x215F))))
GROUPED = r"(?<!\d)[1-9]\d{0,2}(?:[\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?"
"""Thousands between spaces that do not break, as in 10 000."""
NUMBER = re.compile(rf"{GROUPED}|\d+(?:[.,\u066b\u066c]\d+)*[{FRACTIONS}]?|[{FRACTIONS}]")
RATIO = re.compile(
    rf"({NUMBER.pattern})((?: to |\s?[–-]\s?)(?:{NUMBER.pattern}))?( (?:in|of|out of)(?: each| every)? )({NUMBER.pattern})"
    r"(?!\d| (?:hour|day|week|month|year))"
)
"""A ratio in English: "1 in 4", "2 of 3", "1 to 4 in every 10"."""
TIMES = {each: f"duration-{each}" for each in ("hour", "day", "week", "month", "year")}
AMOUNTS = {
    "mg": "mass-milligram",
    "g": "mass-gram",
    "mcg": "mass-microgram",
    "kg": "mass-kilogram",
    "ml": "volume-milliliter",
    "celsius": "temperature-celsius",
    "fahrenheit": "temperature-fahrenheit",
    "percent": "concentr-percent",
    "cm": "length-centimeter",
    "mm": "length-millimeter",
    "iu": "",
}
"""CLDR's names for the units that leaflets may use; it has none for the international unit of medicines."""
SYMBOLS = {each: (each,) for each in AMOUNTS} | {
    "mcg": ("mcg", "µg", "μg"),
    "celsius": ("°c",),
    "fahrenheit": ("°f",),
    "percent": ("%", "٪"),
    "iu": ("iu", "ui"),
}
"""What stands on medicine boxes in every country."""
SYMBOL = (
    rf"(?i:{'|'.join(re.escape(name) for names in SYMBOLS.values() for name in names)})(?!(?<=[A-Za-z])[A-Za-z\u00c0-\u024f])"
)
"""One of them; letters are not the beginning of a Latin word."""
AMOUNT = re.compile(rf"\+?(?:{NUMBER.pattern})(?:[/:\u2013\u00a0 -](?:{NUMBER.pattern}))*(?:[\s-]?{SYMBOL})?")
"""Numbers that belong together (a range, a time, a phone) and the symbol of their unit: never parted or turned on a page."""
INFLECTED = 4
"""Letters from which a name may have another ending than CLDR gives."""
ENDING = 3
LETTER = r"[^\s\d,.;:!?()/،؛؟۔।。，、–—-]"
PAIRED = re.compile(rf"({NUMBER.pattern})([^\d()（）]{{1,40}})([(（]\s*)({NUMBER.pattern})([^\d()（）]{{1,40}})(?=[)）])")
"""An amount, and another in brackets behind it."""
Names = tuple[tuple[str, tuple[str, ...]], ...]
"""Further names of units, by unit."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, its value, and the units that it may be in: none where none was recognised beside it.

    `bare` says that no word follows that could be a unit.
    """

    written: str
    value: Fraction | str
    units: frozenset[str]
    bare: bool


def read_number(text: str, decimal: str) -> Fraction | str:
    """Read a number as written beside a decimal mark, its thousands in groups of three or, as in India, of two (1,00,000).

    One that cannot be read stands for itself.

    >>> read_number("38,5", ","), read_number("1,000", "."), read_number("٣٨٫٥", "."), read_number("2½", ".")
    (Fraction(77, 2), Fraction(1000, 1), Fraction(77, 2), Fraction(5, 2))
    >>> read_number("21.11.2026", ".")
    '21.11.2026'
    """
    whole = re.sub("[\u00a0\u202f]", "", text.rstrip(FRACTIONS))
    part = sum((Fraction(scripts.numeric(char)).limit_denominator(100) for char in text if char in FRACTIONS), Fraction(0))
    plain = to_ascii_digits(whole).translate({0x066B: decimal, 0x066C: "," if decimal == "." else "."}) or "0"
    group = "," if decimal == "." else "."
    if re.fullmatch(rf"[1-9]\d{{0,2}}(\{group}\d{{2,3}})*\{group}\d{{3}}(\{decimal}\d+)?", plain):
        plain = plain.replace(group, "")
    if re.fullmatch(r"\d+([.,]\d+)?", plain):
        return Fraction(plain.replace(",", ".")) + part
    return plain


@cache
def name_units(tag: str) -> tuple[tuple[str, str, bool], ...]:
    """List the names of units in a language, longest first, each with its unit and whether it stands before the number.

    A single letter is not kept for a time where words are parted by spaces: "4 a 12 meses" is not four years.

    >>> [unit for name, unit, before in name_units("es") if name == "semanas"], ("siku", "day", True) in name_units("sw")
    (['week'], True)
    """
    # Babel formats numbers with these, but does not list them; a language that CLDR lacks has its `measures:` alone.
    patterns = {} if tag in own_languages() else parse_tag(tag)._data["unit_patterns"]
    found = {(name, unit, False) for unit, names in SYMBOLS.items() for name in names}
    for unit, key in (TIMES | AMOUNTS).items():
        for widths in patterns.get(key, {}).values():
            for form, pattern in widths.items():
                name = fold_unit(pattern.replace("{0}", " "))
                if form != "per" and (len(name) > 1 or (name and (unit in AMOUNTS or not is_spaced(tag)))):
                    found.add((name, unit, pattern.rstrip().endswith("{0}")))
    return tuple(sorted(found, key=lambda each: (-len(each[0]), each)))


def fold_unit(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", re.sub("[\u200e\u200f]", "", LEFT_ASIDE.sub("", text)).casefold()).strip(" .")


@cache
def match_name(name: str, spaced: bool) -> re.Pattern[str]:
    """Match the name of a unit behind a number; a longer one with any short ending."""
    if not spaced or not name[-1].isalpha():
        return re.compile(re.escape(name))
    stem, ending = (name, 0) if len(name) < INFLECTED else (name[:-1], ENDING + 1)
    return re.compile(rf"{re.escape(stem)}{LETTER}{{0,{ending}}}(?!{LETTER})")


def find_units(tag: str, before: str, after: str, more: Names) -> frozenset[str]:
    """Recognise the units beside a number, from the words before and after it; the longest name counts."""
    named = [(fold_unit(name.rstrip("*")), unit, False) for unit, names in more for name in names]
    left, right = f" {fold_unit(before)}", fold_unit(re.sub(r"^[\s\u00a0\u202f-]+", "", after))
    best: dict[str, int] = {}
    for name, unit, leads in (*name_units(tag), *named):
        begins = right.startswith(name[: INFLECTED - 1])  # a pattern is made only for a name that may stand there
        if left.endswith(f" {name}") if leads else begins and match_name(name, is_spaced(tag)).match(right):
            best[unit] = max(best.get(unit, 0), len(name))
    longest = max(best.values(), default=0)
    return frozenset(unit for unit, length in best.items() if length == longest)


@lru_cache(maxsize=1 << 14)
def find_measures(text: str, tag: str, more: Names = ()) -> tuple[Quantity, ...]:
    """Find the numbers of a text with the units beside them; the first number of a range has the unit of the second.

    >>> [(str(each.value), *each.units) for each in find_measures("4–12 месяцев", "ru")]
    [('4', 'month'), ('12', 'month')]
    >>> [(str(each.value), *each.units) for each in find_measures("fiebre de 38,5 °C", "es")]
    [('77/2', 'celsius')]
    """
    plain = text.replace("**", "")
    matches = list(NUMBER.finditer(plain))
    found: list[Quantity] = []
    for place, match in reversed(list(enumerate(matches))):
        start = matches[place - 1].end() if place else 0
        after = plain[match.end() :]
        units = find_units(tag, plain[start : match.start()], after, more)
        if not units and found:
            gap = plain[match.end() : matches[place + 1].start()].strip()
            units = found[-1].units if len(gap) <= ENDING + 1 and not re.search(r"[,;،、.(（]", gap) else units
        bare = not re.match(r"[\s\u00a0\u202f-]*[^\W\d_]", after)
        found.append(Quantity(match[0], read_number(match[0], decimal_mark(tag)), units, bare))
    return tuple(reversed(found))


def is_unit(words: str, unit: str, tag: str, more: Names) -> bool:
    """Whether words are the name of a unit and nothing else."""
    named = [(fold_unit(name.rstrip("*")), each) for each, names in more for name in names]
    plain = fold_unit(words.replace("-", " "))
    known = (*((name, each) for name, each, leads in name_units(tag) if not leads), *named)
    return any(each == unit and match_name(name, is_spaced(tag)).fullmatch(plain) for name, each in known)


def put_fahrenheit_first(text: str, tag: str, more: Names = ()) -> str:
    """Let the two amounts of each temperature change places where °C stands first; all else stays.

    Raises ValueError where a text has both and one does not stand in brackets behind the other, or they are not the same heat.

    >>> put_fahrenheit_first("A fever of 38 °C (100.4 °F) or more", "en")
    'A fever of 100.4 °F (38 °C) or more'
    >>> put_fahrenheit_first("حمى بدرجة ٣٨ درجة مئوية (١٠٠٫٤ درجة فهرنهايت)", "ar")
    'حمى بدرجة ١٠٠٫٤ درجة فهرنهايت (٣٨ درجة مئوية)'
    """
    units = [each.units for each in find_measures(text, tag, more)]
    cold, hot = (sum(unit in each for each in units) for unit in ("celsius", "fahrenheit"))
    if not (cold and hot):
        return text
    paired = 0

    def turn(found: re.Match[str]) -> str:
        nonlocal paired
        first, name, bracket, second, other = found.groups()
        space = name[len(name.rstrip()) :]
        values = [read_number(number, decimal_mark(tag)) for number in (first, second)]
        for turned, (celsius, fahrenheit) in ((True, values), (False, values[::-1])):
            meant = ("celsius", "fahrenheit") if turned else ("fahrenheit", "celsius")
            named = all(is_unit(words, unit, tag, more) for words, unit in zip((name, other), meant, strict=True))
            if named and is_same_heat(celsius, fahrenheit):
                paired += 1
                return f"{second}{other.rstrip()}{space}{bracket}{first}{name.rstrip()}" if turned else found[0]
        return found[0]

    turned = PAIRED.sub(turn, text)
    if not cold == hot == paired:
        raise ValueError("°C and °F are no pairs of the same heat, one in brackets behind the other")
    return turned


def is_same_heat(celsius: Fraction | str, fahrenheit: Fraction | str) -> bool:
    """Whether two temperatures are the same to half a degree Fahrenheit; none that cannot be read is.

    >>> is_same_heat(Fraction(38), Fraction("100.4")), is_same_heat(Fraction(38), Fraction(104))
    (True, False)
    """
    if isinstance(celsius, str) or isinstance(fahrenheit, str):
        return False
    return abs(celsius * 9 / 5 + 32 - fahrenheit) <= Fraction(1, 2)


WRITTEN_FRACTION = re.compile(rf"({NUMBER.pattern})/({NUMBER.pattern})")
"""A part over its whole, in this order in every language: 1/4."""


def turn_ratios(english: str) -> str:
    """Put the whole of each ratio before its part, as many languages do ("of 4, 1").

    >>> turn_ratios("About 1 to 4 in every 10. Some find 4 in 10 after 2 to 3 in 12 months.")
    'About 10 in every 1 to 4. Some find 10 in 4 after 2 to 3 in 12 months.'
    """
    return RATIO.sub(r"\4\3\1\2", english)


def follows_order(english: str, translated: str, tag: str, *, turned: bool) -> bool:
    """Say whether numbers of one unit, and those without, stand in the order of the English, be its ratios `turned` or not.

    Numbers of other units may stand anywhere, since their units tell them apart.

    >>> follows_order("1 in 4 babies under 3 months", "3 महीने से छोटे 4 में से 1 शिशु", "hi", turned=True)
    True
    >>> follows_order("2 lumps, then 5", "5 bultos, luego 2", "es", turned=False)
    False
    >>> follows_order("a 1 in 4 chance", "四分之一（1/4）", "zh-Hans", turned=True)
    True
    """
    by_unit: dict[frozenset[str], list[Fraction | str]] = {}
    for measure in find_measures(turn_ratios(english) if turned else english, SOURCE_LOCALE):
        by_unit.setdefault(measure.units, []).append(measure.value)
    written = WRITTEN_FRACTION.sub(r"\2/\1", translated) if turned else translated
    values = [read_number(number, decimal_mark(tag)) for number in NUMBER.findall(written)]
    found = [(wanted, [value for value in values if value in wanted]) for wanted in by_unit.values()]
    return all(wanted == order for wanted, order in found if len(wanted) == len(order))
