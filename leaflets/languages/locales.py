"""Facts about languages, from CLDR through Babel, and of those that it lacks from their own files (`own`).

Takes BCP 47 tags; gives names, direction, script, dates and digits. No language is named in this module.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale
from babel.dates import format_date as babel_format_date
from babel.localedata import locale_identifiers
from babel.numbers import get_decimal_symbol
from fontTools import unicodedata as scripts

from leaflets.languages.own import own_languages
from leaflets.model import PSEUDO_LOCALES, SOURCE_LOCALE

SHAPE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?")
"""What looks like a tag, as people write it."""

VERTICAL = "Mong"
"""The script of the only languages of CLDR whose lines run from top to bottom."""


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
    if locale.script == VERTICAL:  # to ask CLDR for the direction takes milliseconds, for each language that there is
        raise ValueError(f'the lines of "{tag}" run {locale.text_direction}, which this page cannot do')
    return locale


def find_fault(tag: str) -> str:
    """Say why no page can be set in a tag; "" if one can."""
    if tag in own_languages():
        return ""
    try:
        parse_tag(tag)
    except ValueError as error:
        return str(error)
    return ""


def is_tag(tag: str) -> bool:
    return not find_fault(tag)


def direction(tag: str) -> str:
    """Say which way the lines of a language run.

    >>> direction("ur"), direction("hi")
    ('rtl', 'ltr')
    """
    own = own_languages().get(tag)
    return own.direction if own else parse_tag(tag).text_direction


@cache
def script(tag: str) -> str:
    """Name the script of a language, as an ISO 15924 code.

    >>> script("ur"), script("zh-Hans"), script("es")
    ('Arab', 'Hans', 'Latn')
    """
    if own := own_languages().get(tag):
        return own.script
    locale = parse_tag(tag)
    if found := locale.script or find_likely(locale.language, locale.territory or "")[1]:
        return str(found)
    raise ValueError(f'CLDR does not know the script of "{tag}"')


def split_tag(tag: str) -> tuple[str, str, str]:
    """Take a tag, or an identifier of CLDR, apart into language, script and country; the last two may be empty.

    >>> split_tag("zh-hant-TW"), split_tag("sr_Latn"), split_tag("es-419")
    (('zh', 'Hant', 'TW'), ('sr', 'Latn', ''), ('es', '', '419'))
    """
    language, region, script, *_ = parse_locale(tag.replace("-", "_"))
    return language, script or "", region or ""


def find_likely(language: str, part: str = "") -> tuple[str, str, str]:
    """Say what a language with a script, or in a country, most likely means (CLDR likely subtags, which leave out the likeliest).

    >>> find_likely("zh", "TW"), find_likely("zh", "Hans")
    (('zh', 'Hant', 'TW'), ('zh', 'Hans', 'CN'))
    """
    likely = get_global("likely_subtags")
    return split_tag(likely.get(f"{language}_{part}") or likely.get(language) or language)


def read_tag(text: str) -> str:
    """Read what is shaped like a tag, in any case, and put what is out of use right (CLDR supplemental aliases); else "".

    >>> read_tag("pt_br"), read_tag("prs"), read_tag("sh"), read_tag("Spanish")
    ('pt-BR', 'fa-AF', 'sr-Latn', '')
    """
    if not SHAPE.fullmatch(text):
        return ""
    language, script, region = split_tag(text)
    region = renew_region(region)
    aliases = get_global("language_aliases")
    now = split_tag(aliases.get(f"{language}_{region}") or aliases.get(language) or language)
    return join_tag(now[0], script or now[1], region or now[2])


def renew_region(code: str) -> str:
    """Give the code of now for a country, from one of three letters (ISO 3166-1) or one that is out of use."""
    now = get_global("territory_aliases").get(code, ())
    return str(now[0]) if len(now) == 1 else code


def join_tag(language: str, script: str = "", region: str = "") -> str:
    return "-".join(filter(None, (language, script, region)))


@cache
def list_scripts(language: str) -> tuple[str, ...]:
    """The scripts among which the tag of a language must choose, the likeliest first; none where there is one that goes unsaid.

    CLDR puts a script into the name of every locale of such a language, and names the usual ones ("Simplified Chinese"). One in
    which a language has a file of its own comes first.

    >>> list_scripts("sr"), list_scripts("zh"), list_scripts("hi")
    (('Cyrl', 'Latn'), ('Hans', 'Hant'), ())
    """
    scripts = {split_tag(name)[1] for name in locale_identifiers() if name.startswith(f"{language}_")}
    if "" in scripts or language in own_languages():
        return ()
    own = {split_tag(tag)[1] for tag in own_languages() if tag.startswith(f"{language}-")}
    scripts |= own
    named = {tag.split("-")[1] for tag in english_languages() if re.fullmatch(rf"{language}-[A-Z][a-z]{{3}}", tag)}
    likely = find_likely(language)[1]
    return tuple(sorted(named or scripts, key=lambda script: (script not in own, script != likely, script)))


def choose_scripts(tag: str) -> tuple[str, ...]:
    """Put the script into a tag that must have one: that of the country, else one tag for each.

    A country is left out where it is the likely one of the script.

    >>> choose_scripts("zh-TW"), choose_scripts("zh-HK"), choose_scripts("sr"), choose_scripts("es-MX")
    (('zh-Hant',), ('zh-Hant-HK',), ('sr-Cyrl', 'sr-Latn'), ('es-MX',))
    """
    language, script, region = split_tag(tag)
    scripts = list_scripts(language)
    if script or not scripts:
        return (tag,)
    if not region:
        return tuple(join_tag(language, each) for each in scripts)
    script = find_likely(language, region)[1]
    return (join_tag(language, script, "" if region == find_likely(language, script)[2] else region),)


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
    if own := own_languages().get(tag):
        return own.native if reader == tag else own.english
    if reader in own_languages():
        reader = SOURCE_LOCALE
    # CLDR names some tags as a whole ("zh_Hans" -> "Simplified Chinese"); Babel composes "Chinese (Simplified)".
    found = parse_tag(reader).languages.get(tag.replace("-", "_")) or parse_tag(tag).get_display_name(parse_tag(reader))
    if not found:  # CLDR does not know the name of every language in every other, or in its own
        return tag if reader == SOURCE_LOCALE else language_name(tag, SOURCE_LOCALE)
    return str(found)


@cache
def sorting_name(tag: str) -> str:
    """Name a language in English as a list is sorted: by the language, then by what tells its form apart.

    >>> sorting_name("zh-Hans"), sorting_name("ckb"), sorting_name("fa-AF"), sorting_name("ht")
    ('Chinese, Simplified', 'Kurdish, Central', 'Dari', 'Haitian Creole')
    """
    name = english_name(tag)
    form, _, language = name.rpartition(" ")
    return f"{language}, {form}" if form and language in english_languages().values() else name


@cache
def english_languages() -> Mapping[str, str]:
    """The English name of every language that CLDR can name, by its tag, and of those with a file; it has data of fewer."""
    own = {tag: language.english for tag, language in own_languages().items()}
    return {key.replace("_", "-"): str(name) for key, name in Locale(SOURCE_LOCALE).languages.items()} | own


def format_date(day: date, tag: str) -> str:
    """Write a day in full, in the language's own way and in the digits that the leaflets use.

    In figures (ISO 8601) where CLDR does not know how a language calls the month: it says "M11" then.

    >>> format_date(date(2026, 11, 21), "es"), format_date(date(2026, 11, 21), "dv")
    ('21 de noviembre de 2026', '2026-11-21')
    """
    if own := own_languages().get(tag):
        return own.write_date(day)
    written = to_ascii_digits(babel_format_date(day, "long", locale=parse_tag(tag)))
    return day.isoformat() if f"M{day.month:02}" in written else written


@cache
def decimal_mark(tag: str) -> str:
    """Name the decimal mark of a language, beside the digits 0-9.

    >>> decimal_mark("es"), decimal_mark("ar")
    (',', '.')
    """
    if own := own_languages().get(tag):
        return own.decimal
    return str(get_decimal_symbol(parse_tag(tag), numbering_system="latn"))


def to_ascii_digits(text: str) -> str:
    """Write every decimal digit as 0-9; phone pads and medicine boxes carry these in every country.

    >>> to_ascii_digits("٢١")
    '21'
    """
    return re.sub(r"\d", lambda digit: str(scripts.digit(digit[0])), text)
