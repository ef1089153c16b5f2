"""Facts about languages, from CLDR through Babel.

Takes BCP 47 tags; gives names, direction, script, dates and digits. No language is named in this module.
"""

import re
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
