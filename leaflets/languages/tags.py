"""What a person meant who typed the tag or the name of a language.

Takes what was typed, and perhaps names that people use beside those of CLDR; gives `Advice`: the tags that it may stand for.
All facts are CLDR's, through Babel, but for what KNOWN_AS adds.
"""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.localedata import exists

from leaflets.languages.locales import (
    choose_scripts,
    english_languages,
    english_name,
    find_fault,
    find_likely,
    is_pseudo,
    is_tag,
    join_tag,
    list_scripts,
    native_name,
    read_tag,
    renew_region,
    split_tag,
)
from leaflets.languages.own import own_languages
from leaflets.model import PSEUDO_LOCALES, SOURCE_LOCALE
from leaflets.problems import Rule, Severity

BAD_LOCALE = Rule(
    "bad-locale",
    Severity.ERROR,
    "A language folder is named by a BCP 47 tag that CLDR knows.",
    "Direction, dates and the language's own name come from the tag; a wrong one prints a page backwards.",
    "https://www.rfc-editor.org/info/bcp47",
)
NAME_AND_COUNTRY = re.compile(r"(.*\w)\s*[(,/]\s*(\w.*?)\W*")
"""A language with a country behind it, as people write it: "Portuguese (Brazil)"."""
WHAT_A_TAG_IS = 'A tag is short, such as "es", "pt-BR" or "zh-Hans"; the English name of the language will do as well.'
LOOK_UP = "https://r12a.github.io/app-subtags/"
"""Where anybody can search the official list of tags, by the name of a language."""
KNOWN_AS = {"ckb": "Sorani", "fil": "the standard form of Tagalog"}
"""What tells a language apart and its English name in CLDR does not say, by its tag."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The tags that could be meant, the likeliest first, and what is wrong with what was typed: nothing, if it is such a tag."""

    typed: str
    tags: tuple[str, ...]
    said: str = ""

    @property
    def fine(self) -> bool:
        return not self.said

    @property
    def remedy(self) -> str:
        """What to type in its place."""
        offers = [f'"{tag}" ({name_tag(tag)})' for tag in self.tags[:4]]
        return f"Did you mean {', or '.join(offers)}?" if offers else WHAT_A_TAG_IS


def explain_tag(typed: str, aliases: Mapping[str, tuple[str, ...]] = {}) -> Advice:
    """Say which tags may be meant. `aliases` has more names that people use, by the tag of the language.

    >>> explain_tag("sw").fine, explain_tag("iw").tags, explain_tag("中文").tags
    (True, ('he',), ('zh-Hans', 'zh-Hant'))
    >>> print(explain_tag("zh-CN").said)
    "zh-CN" stands for Simplified Chinese, whose tag is "zh-Hans"
    """
    text = typed.strip()
    if not text:
        return Advice(typed, (), "no language is named")
    tag = read_tag(text)
    if is_pseudo(tag):
        said = f'"{typed}" is no language: it is English in disguise, made by `build` and `serve` to try a layout'
        return Advice(typed, (), said)
    if has_data(tag):
        if tags := keep_tags(choose_scripts(tag)):
            return Advice(typed, tags) if tags == (typed,) else explain_meant(typed, tags)
        return Advice(typed, keep_tags(choose_scripts(split_tag(tag)[0])), find_fault(tag))
    if named := find_named(text, aliases):
        return explain_meant(typed, named)
    if formed := find_forms(text, aliases):
        return Advice(typed, formed, f'"{typed}" is a language with a country; a tag has one only where readers need it')
    return explain_unknown_tag(typed, text, tag.partition("-")[0])


def explain_meant(typed: str, tags: tuple[str, ...]) -> Advice:
    """Explain what stands for one tag, or for a language in several scripts."""
    if len(tags) == 1:
        return Advice(typed, tags, f'"{typed}" stands for {describe_tag(tags[0])}, whose tag is "{tags[0]}"')
    names = dict.fromkeys(english_languages()[tag.split("-")[0]] for tag in tags)
    if len(names) > 1:
        return Advice(typed, tags, f'"{typed}" may mean more than one language')
    return Advice(typed, tags, f'{next(iter(names))} is written in more than one script; "{typed}" does not say which')


def explain_unknown_tag(typed: str, text: str, language: str) -> Advice:
    """Explain what is no language that CLDR has data of: one that it can only name, a country, or a mistyped name."""
    known, countries, folded = english_languages(), find_countries(text), fold_language(text)
    if name := known.get(language) or next((name for name in known.values() if fold_language(name) == folded), ""):
        said = f'"{typed}" is {name}, but CLDR does not have its direction and dates, so that no page can be set in it yet'
        relatives = (tag for tag, other in known.items() if "-" not in tag and re.search(rf"\b{re.escape(name)}\b", other))
        return Advice(typed, keep_tags(relatives), said)
    if countries:
        likely = keep_tags(tag for country in countries for tag in list_country_tags(country))
        named = " or ".join(english_countries()[each] for each in countries)
        return Advice(typed, likely, f'"{typed}" is a country ({named}), not a language')
    names = dict.fromkeys(fold_language(name) for tag, name in known.items() if has_data(tag))
    tags = keep_tags(tag for name in get_close_matches(folded, names, 2, 0.75) for tag in find_named(name, {}))
    where = "" if tags else f"; {LOOK_UP} finds the tag of a language"
    return Advice(typed, tags, f'"{typed}" is not in CLDR, the public list of languages{where}')


def explain_region(tag: str, known: Collection[str]) -> str:
    """Say why a tag may be meant without its country; "" where it has none, or names a form of the language that CLDR knows.

    A tag is best as short as it can be: a subtag is for where it tells something apart that matters (RFC 5646, 4.1). CLDR has
    names for forms that people tell apart, such as Brazilian Portuguese, Mexican Spanish and Dari (fa-AF); of those nothing
    is said, unless the language itself is `known`, so that there would be two. The likely country of a language (likely subtags)
    does not tell: it is Brazil for Portuguese, and Tanzania for Swahili.

    >>> print(explain_region("sw-TZ", ()))
    "sw-TZ" is what "sw" means already: Swahili as in Tanzania. For every reader of it the tag is "sw".
    >>> explain_region("pt-BR", ()), explain_region("zh-Hant", ()), explain_region("fa-AF", ())
    ('', '', '')
    """
    language, script, region = split_tag(tag)
    plain = join_tag(language, script)
    if not region or (plain not in known and is_named(tag)):
        return ""
    name, country = english_name(plain), Locale(SOURCE_LOCALE).territories[region]
    if plain in known:
        return f'There is "{plain}" ({name}) here already; "{tag}" is a translation of its own beside it.'
    said = f'"{tag}" is only the {name} of {country}, which CLDR does not tell from other {name}.'
    if region == find_likely(language, script)[2]:
        said = f'"{tag}" is what "{plain}" means already: {name} as in {country}.'
    return f'{said} For every reader of it the tag is "{plain}".'


def is_named(tag: str) -> bool:
    """Whether CLDR has a name of its own for a form of a language.

    >>> is_named("es-MX"), is_named("sw-KE")
    (True, False)
    """
    return tag in english_languages()


def name_tag(tag: str) -> str:
    """Name a language in English and as its readers do.

    >>> name_tag("he"), name_tag("en")
    ('Hebrew, עברית', 'English')
    """
    return describe_tag(tag) + (f", {native_name(tag)}" if native_name(tag) != english_name(tag) else "")


def describe_tag(tag: str) -> str:
    """Name a language in English, with what its name leaves unsaid.

    >>> describe_tag("ckb"), describe_tag("he")
    ('Central Kurdish (Sorani)', 'Hebrew')
    """
    return f"{english_name(tag)} ({KNOWN_AS[tag]})" if tag in KNOWN_AS else english_name(tag)


def keep_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Keep those that a page can be set in, each once."""
    return tuple(filter(is_tag, dict.fromkeys(tags)))


@cache
def has_data(tag: str) -> bool:
    """Whether CLDR, or a file of its own, has data of a language, whatever its script and country."""
    language = tag.partition("-")[0]
    return exists(language) or any(own.partition("-")[0] == language for own in own_languages())


@cache
def english_countries() -> Mapping[str, str]:
    """The English name of every country, by its code of two letters."""
    pseudo = {split_tag(tag)[2] for tag in PSEUDO_LOCALES}
    names = Locale(SOURCE_LOCALE).territories
    return {code: str(name) for code, name in names.items() if len(code) == 2 and code not in pseudo}


@cache
def fold_language(name: str) -> str:
    """Write the name of a language so that its spellings are equal: without case, accents, marks and order.

    >>> fold_language("Chinese (Simplified)") == fold_language("simplified chinese")
    True
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    return " ".join(sorted(re.findall(r"\w+", plain)))


@cache
def list_own_names() -> tuple[tuple[str, str], ...]:
    """The tag of every language with its own name, which takes some seconds to read."""
    return tuple((tag, native_name(tag)) for tag in keep_tags(english_languages()))


def find_named(text: str, aliases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Find a language by its name: in English, in the language itself, or as people call it."""
    folded = fold_language(text)

    def match(pairs: Iterable[tuple[str, str]]) -> list[str]:
        return [tag for tag, name in pairs if fold_language(name) == folded]

    found = match((*english_languages().items(), *((tag, name) for tag, names in aliases.items() for name in names)))
    if not keep_tags(found) and (len(text) > 3 or not text.isascii()):  # a mistyped tag is answered at once
        found = match(list_own_names())
    return keep_tags(each for tag in found for each in choose_scripts(tag))


def find_forms(text: str, aliases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Find a language of a country by their names: without the country too, which comes first unless CLDR names the form.

    >>> find_forms("arabic (egypt)", {}), find_forms("Portuguese, Brazil", {})
    (('ar', 'ar-EG'), ('pt-BR', 'pt'))
    >>> find_forms("chinese (taiwan)", {})[0]
    'zh-Hant'
    """
    match = NAME_AND_COUNTRY.fullmatch(text)
    countries = find_countries(match[2]) if match else ()
    languages = find_named(match[1], aliases) if match and countries else ()
    bare = [each for each in dict.fromkeys(split_tag(tag)[0] for tag in languages) if list_scripts(each)]
    scripted = (tag for each in bare for country in countries for tag in choose_scripts(f"{each}-{country}"))
    languages = keep_tags((*scripted, *languages))  # the country says which script
    forms = keep_tags(f"{each}-{country}" for each in languages for country in countries)
    return tuple(dict.fromkeys((*filter(is_named, forms), *languages, *forms)))


def find_countries(text: str) -> tuple[str, ...]:
    """Find a country by its code of two or three letters (ISO 3166-1) or by its English name."""
    code = renew_region(text.upper())
    if code in english_countries():
        return (code,)
    return tuple(code for code, name in english_countries().items() if fold_language(name) == fold_language(text))


def list_country_tags(country: str) -> tuple[str, ...]:
    """Name the language that is likely in a country, in each of its scripts, that of the country first."""
    language = split_tag(get_global("likely_subtags").get(f"und_{country}", "und"))[0]
    own = choose_scripts(f"{language}-{country}") if list_scripts(language) else ()
    return (*own, *choose_scripts(language)) if has_data(language) else ()


def read_aliases(templates: Path) -> dict[str, tuple[str, ...]]:
    """Read the names that people use for a language and CLDR does not have, by its tag."""
    found = tomllib.loads((templates / "site" / "aliases.toml").read_text(encoding="utf-8"))
    return {tag: tuple(names) for tag, names in found.items()}
