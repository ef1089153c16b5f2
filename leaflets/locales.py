"""Facts about languages, from CLDR through Babel, and how text of mixed direction is cut into runs.

Takes BCP 47 tags and words; gives names, direction, dates, and `Run`s. No language is named in this module.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date as babel_format_date
from babel.numbers import get_decimal_symbol
from fontTools import unicodedata as scripts

from leaflets.model import PSEUDO_LOCALES, SOURCE_LOCALE


def is_pseudo(tag: str) -> bool:
    """Whether a tag names no language, but English in disguise.

    >>> is_pseudo("en-XA"), is_pseudo("en-US")
    (True, False)
    """
    return tag in PSEUDO_LOCALES


@cache
def parse_tag(tag: str) -> Locale:
    """Parse a BCP 47 tag. Raises ValueError for one that CLDR does not know or that is not written canonically.

    A pseudo-locale has the facts of the language that its tag begins with.

    >>> parse_tag("zh-Hans").script
    'Hans'
    """
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", tag):
        raise ValueError(f'"{tag}" is not a language tag such as "es", "pt-BR" or "zh-Hans"')
    if is_pseudo(tag):
        return parse_tag(tag.rpartition("-")[0])
    try:
        locale = Locale.parse(tag, sep="-")
    except UnknownLocaleError:
        raise ValueError(f'CLDR does not know the language "{tag}"') from None
    found = {locale.language, locale.script, locale.territory}
    if not found.issuperset(tag.split("-")):  # Babel turns ar-Latn into ar, and en-ZZ into en-US, without a word
        raise ValueError(f'CLDR does not know the language "{tag}" as such')
    if locale.text_direction not in ("ltr", "rtl"):
        raise ValueError(f'the lines of "{tag}" run {locale.text_direction}, which this page cannot do')
    return locale


def direction(tag: str) -> str:
    """Say which way the lines of a language run.

    >>> direction("ur"), direction("hi")
    ('rtl', 'ltr')
    """
    return parse_tag(tag).text_direction


def script(tag: str) -> str:
    """Name the script of a language, as an ISO 15924 code.

    >>> script("ur"), script("zh-Hans"), script("es")
    ('Arab', 'Hans', 'Latn')
    """
    locale = parse_tag(tag)
    if locale.script:
        return str(locale.script)
    likely = get_global("likely_subtags")
    for key in (f"{locale.language}_{locale.territory}", locale.language):
        if key in likely:
            return str(likely[key].split("_")[1])
    raise ValueError(f'CLDR does not know the script of "{tag}"')


def native_name(tag: str) -> str:
    """Name a language as its readers do.

    >>> native_name("ar"), native_name("zh-Hans")
    ('العربية', '简体中文')
    """
    return language_name(tag, tag)


def english_name(tag: str) -> str:
    """Name a language in English, for the clinic.

    >>> english_name("zh-Hans")
    'Simplified Chinese'
    """
    return language_name(tag, SOURCE_LOCALE)


def language_name(tag: str, reader: str) -> str:
    if is_pseudo(tag):
        kind = parse_tag(SOURCE_LOCALE).territories[tag.rpartition("-")[2]]
        return f"{language_name(tag.rpartition('-')[0], reader)} ({kind})"
    # CLDR names some tags as a whole ("zh_Hans" -> "Simplified Chinese"); Babel composes "Chinese (Simplified)".
    whole = parse_tag(reader).languages.get(tag.replace("-", "_"))
    found = whole or parse_tag(tag).get_display_name(parse_tag(reader))
    if not found:  # CLDR does not know the name of every language in every other, or in its own
        return tag if reader == SOURCE_LOCALE else language_name(tag, SOURCE_LOCALE)
    return str(found)


def format_date(day: date, tag: str) -> str:
    """Write a day in full, in the language's own way and in the digits that the leaflets use.

    >>> format_date(date(2026, 11, 21), "es")
    '21 de noviembre de 2026'
    """
    return to_ascii_digits(babel_format_date(day, "long", locale=parse_tag(tag)))


def decimal_mark(tag: str) -> str:
    """Name the decimal mark of a language, beside the digits 0-9.

    >>> decimal_mark("es"), decimal_mark("ar")
    (',', '.')
    """
    return str(get_decimal_symbol(parse_tag(tag), numbering_system="latn"))


def to_ascii_digits(text: str) -> str:
    """Write every decimal digit as 0-9; phone pads and medicine boxes carry these in every country.

    >>> to_ascii_digits("٢١")
    '21'
    """
    return "".join(str(scripts.digit(char)) if char.isdecimal() else char for char in text)


def text_direction(text: str) -> str:
    """Say which way words of unknown language run, by their first letter (Unicode bidirectional algorithm, P2 and P3).

    >>> text_direction("St. Mary's (North)"), text_direction("مستشفى (1)")
    ('ltr', 'rtl')
    """
    kinds = (scripts.bidirectional(char) for char in text)
    return next(("ltr" if kind == "L" else "rtl" for kind in kinds if kind in ("L", "R", "AL")), "ltr")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one direction, one language and one weight.

    `ltr` marks a run that stands left-to-right inside right-to-left text; `language` is set where it differs from the
    page's; `keep` forbids a line break inside. `isolate` is the direction of words that are printed as somebody gave them.
    """

    words: str
    strong: bool = False
    ltr: bool = False
    language: str = ""
    keep: bool = False
    isolate: str = ""


Fill = Mapping[str, "str | tuple[Run, ...]"] | Callable[[str], "str | tuple[Run, ...]"]
"""What stands in the place of a placeholder, by its name."""


def isolate_words(words: str, language: str = "") -> tuple[Run, ...]:
    """Set words that may be of any script, such as a person's name, so that they do not move what stands beside them.

    >>> isolate_words("أمل Test")[0].isolate
    'rtl'
    """
    return (Run(words, language=language, isolate=text_direction(words)),)


FRACTION = "[\u00bc-\u00be\u2150-\u215e]"
NUMBER = rf"\+?\d+(?:[.,/:\u2013\u00a0 -]\d+)*{FRACTION}?|{FRACTION}"
UNIT = r"(?:°[CF]|%|(?:[mµ]?g|kg|mcg|m[lL]|[cm]m|IU)\b)"
AMOUNT = re.compile(rf"(?:{NUMBER})(?:\s?{UNIT})?")
LATIN_WORD = r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9]*(?:['’.-][A-Za-z\u00c0-\u024f0-9]+)*"
LATIN = re.compile(rf"{LATIN_WORD}(?:[ \u00a0]{LATIN_WORD})*")
SHORT = 16
"""Letters of a foreign name that is kept on one line: broken at a hyphen inside right-to-left text it cannot be read."""
PIECES = re.compile(rf"(?P<strong>\*\*)|\{{(?P<placeholder>[a-z_]+)\}}|(?P<amount>{AMOUNT.pattern})|(?P<latin>{LATIN.pattern})")


def split_runs(words: str, tag: str, fill: Fill = {}) -> tuple[Run, ...]:  # noqa: B006
    """Cut words into runs: `**strong**`, filled `{placeholders}`, amounts, and words in Latin letters.

    This is the one place where direction is decided. Unisolated, `020 7946 0000` prints as `0000 7946 020` and `4–12` as
    `12–4` in Arabic, and of all the ways to isolate only an element with a direction is right at line ends too (measured
    on WeasyPrint 70). An amount never breaks from its unit.

    >>> [run.words for run in split_runs("من 4–12 شهرًا", "ar") if run.ltr]
    ['4–12']
    >>> [(run.words, run.strong) for run in split_runs("**Do not** cut.", "en")]
    [('Do not', True), (' cut.', False)]
    """
    foreign = script(tag) != "Latn"
    rtl = direction(tag) == "rtl"
    runs: list[Run] = []
    strong = False
    end = 0

    def add(run: Run) -> None:
        if not run.words:
            return
        if runs and replace(runs[-1], words="") == replace(run, words="") and not run.keep:
            run = replace(run, words=runs.pop().words + run.words)
        runs.append(run)

    for piece in PIECES.finditer(words):
        add(Run(words[end : piece.start()], strong))
        end = piece.end()
        if piece["strong"]:
            strong = not strong
        elif name := piece["placeholder"]:
            value = fill(name) if callable(fill) else fill[name]
            if not isinstance(value, str):
                for run in value:
                    add(replace(run, strong=strong))
            elif AMOUNT.fullmatch(value) or re.fullmatch(r"[+(]?[0-9][0-9 ().-]*", value):
                add(Run(value, strong, ltr=rtl, keep=True))
            else:
                for run in split_runs(value, tag):
                    add(replace(run, strong=strong))
        elif piece["amount"]:
            add(Run(piece[0], strong, ltr=rtl, keep=rtl or len(piece[0]) > 1))
        elif foreign:
            speak = SOURCE_LOCALE if len(piece[0]) > 1 else ""
            add(Run(piece[0], strong, ltr=rtl, language=speak, keep=len(piece[0]) <= SHORT))
        else:
            add(Run(piece[0], strong))
    add(Run(words[end:], strong))
    return tuple(hang_spaces(runs))


def hang_spaces(runs: list[Run]) -> list[Run]:
    """Give a space that stands alone between two runs to one of them: alone it is lost at a line's end.

    >>> [run.words for run in hang_spaces([Run("Today:", strong=True), Run(" "), Run("112", keep=True)])]
    ['Today: ', '112']
    """

    def flows(run: Run) -> bool:
        return not (run.keep or run.ltr or run.language or run.isolate)

    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last and not run.words.strip() and flows(last):
            found[-1] = replace(last, words=last.words + run.words)
        elif last and not last.words.strip() and flows(run):
            found[-1] = replace(run, words=last.words + run.words)
        else:
            found.append(run)
    return found


def join_runs(runs: tuple[Run, ...]) -> str:
    """Read runs back as plain words."""
    return "".join(run.words for run in runs)
