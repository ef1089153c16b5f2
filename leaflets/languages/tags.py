"""What a person meant who typed the tag or the name of a language.

Takes what was typed, and perhaps names that people use beside those of CLDR; gives `Advice`: the tags that it may stand for.
All facts are CLDR's, through Babel, but for what KNOWN_AS adds.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from leaflets.languages.locales import english_name, is_pseudo, native_name, parse_tag
from leaflets.model import PSEUDO_LOCALES, SOURCE_LOCALE
from leaflets.problems import Rule, Severity

BAD_LOCALE = Rule(
    "bad-locale",
    Severity.ERROR,
    "A language folder is named by a BCP 47 tag that CLDR knows.",
    "Direction, dates and the language's own name come from the tag; a wrong one prints a page backwards.",
    "https://www.rfc-editor.org/info/bcp47",
)
CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")
WHAT_A_TAG_IS = 'A tag is short, such as "es", "pt-BR" or "zh-Hans"; the English name of the language will do as well.'
LOOK_UP = "https://r12a.github.io/app-subtags/"
"""Where anybody can search the official list of tags, by the name of a language."""
NAME_AND_COUNTRY = re.compile(r"(.*\w)\s*[(,/]\s*(\w.*?)\W*")
"""A language with a country behind it, as people write it: "Portuguese (Brazil)"."""
KNOWN_AS = {"ckb": "Sorani", "fil": "the standard form of Tagalog"}
"""What tells a language apart and its English name in CLDR does not say, by its tag."""
Code = tuple[str, str, str]
"""Language, script and country; the last two may be empty."""
Names = Mapping[str, tuple[str, ...]]
"""The tags that a folded name may stand for."""


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
    code = read_code(text)
    if code and is_pseudo(join_code(code)):
        return Advice(
            typed, (), f'"{typed}" is no language: it is English in disguise, made by `build` and `serve` to try a layout'
        )
    if code and code[0] in list_languages():
        return explain_code(typed, code)
    named = find_named(text, aliases)
    if named:
        return explain_meant(typed, named)
    if formed := find_forms(text, aliases):
        return Advice(typed, formed, f'"{typed}" is a language with a country; a tag has one only where readers need it')
    countries = find_countries(text)
    name = english_languages().get(code[0]) if code else find_name(text)
    if name:
        said = f'"{typed}" is {name}, but CLDR does not have its direction and dates, so that no page can be set in it yet'
        return Advice(typed, (*find_relatives(name), *list_country_tags(countries)), said)
    if countries:
        names = " or ".join(Locale(SOURCE_LOCALE).territories[each] for each in countries)
        return Advice(typed, list_country_tags(countries), f'"{typed}" is a country ({names}), not a language')
    close = get_close_matches(fold_name(text), list_names(own=False), 2, 0.75)
    tags = tuple(dict.fromkeys(tag for name in close for tag in list_names(own=False)[name] if is_tag(tag)))
    where = "" if tags else f"; {LOOK_UP} finds the tag of a language"
    return Advice(typed, tags, f'"{typed}" is not in CLDR, the public list of languages{where}')


def explain_code(typed: str, code: Code) -> Advice:
    """Explain a tag whose language is known."""
    tag = join_code(code)
    scripted = tuple(filter(is_tag, expand_code(code)))
    if scripted and scripted != (tag,):
        return explain_meant(typed, scripted)
    try:
        parse_tag(tag)
    except ValueError as error:
        return Advice(typed, tuple(filter(is_tag, expand_code((code[0], "", "")))), str(error))
    return Advice(typed, (tag,)) if tag == typed else explain_meant(typed, (tag,))


def explain_meant(typed: str, tags: tuple[str, ...]) -> Advice:
    """Explain what stands for one tag, or for a language in several scripts."""
    if len(tags) == 1:
        said = f'"{typed}" stands for {describe_tag(tags[0])}, whose tag is "{tags[0]}"'
    else:
        names = [english_languages()[tag.split("-")[0]] for tag in tags]
        said = f'{names[0]} is written in more than one script; "{typed}" does not say which'
        if len(set(names)) > 1:
            said = f'"{typed}" may mean more than one language'
    return Advice(typed, tags, said)


def name_tag(tag: str) -> str:
    """Name a language in English and as its readers do.

    >>> name_tag("he"), name_tag("en")
    ('Hebrew, עברית', 'English')
    """
    names = dict.fromkeys((english_name(tag), native_name(tag)))
    return ", ".join((describe_tag(tag), *list(names)[1:]))


def describe_tag(tag: str) -> str:
    """Name a language in English, with what its name leaves unsaid.

    >>> describe_tag("ckb"), describe_tag("he")
    ('Central Kurdish (Sorani)', 'Hebrew')
    """
    return f"{english_name(tag)} ({KNOWN_AS[tag]})" if tag in KNOWN_AS else english_name(tag)


def read_code(text: str) -> Code | None:
    """Read what is shaped like a tag, in any case, and put what is out of use right (CLDR supplemental aliases).

    >>> read_code("pt_br"), read_code("prs"), read_code("sh")
    (('pt', '', 'BR'), ('fa', '', 'AF'), ('sr', 'Latn', ''))
    """
    match = CODE.fullmatch(text)
    if not match:
        return None
    language, script, region = (match[1].lower(), (match[2] or "").title(), (match[3] or "").upper())
    regions = get_global("territory_aliases").get(region, ())
    region = regions[0] if len(regions) == 1 else region
    aliases = get_global("language_aliases")
    now = aliases.get("_".join(filter(None, (language, region)))) or aliases.get(language)
    if now:
        language, other_script, other_region = split_code(now)
        script, region = script or other_script, region or other_region
    return language, script, region


def split_code(identifier: str) -> Code:
    """Take an identifier of CLDR apart; the script has four letters."""
    language, *rest = identifier.split("_")
    return (
        language,
        next((part for part in rest if len(part) == 4), ""),
        next((part for part in rest if len(part) in (2, 3)), ""),
    )


def join_code(code: Code) -> str:
    return "-".join(filter(None, code))


@cache
def list_languages() -> frozenset[str]:
    """The languages that CLDR has data of."""
    return frozenset(name for name in locale_identifiers() if "_" not in name)


@cache
def english_languages() -> Mapping[str, str]:
    """The English name of every language that CLDR can name, by its tag; it has data of fewer."""
    return {key.replace("_", "-"): str(name) for key, name in Locale(SOURCE_LOCALE).languages.items()}


@cache
def list_scripts(language: str) -> tuple[str, ...]:
    """The scripts among which the tag of a language must choose, the likeliest first; none where there is one that goes unsaid.

    CLDR puts a script into the name of every locale of such a language, and names the usual ones ("Simplified Chinese").

    >>> list_scripts("sr"), list_scripts("zh"), list_scripts("hi")
    (('Cyrl', 'Latn'), ('Hans', 'Hant'), ())
    """
    codes = [split_code(name) for name in locale_identifiers() if name.startswith(f"{language}_")]
    if any(not script for _, script, _ in codes):
        return ()
    likely = split_code(str(get_global("likely_subtags").get(language, "")))[1]
    named = [tag.split("-")[1] for tag in english_languages() if re.fullmatch(rf"{language}-[A-Z][a-z]{{3}}", tag)]
    return tuple(sorted(set(named or (script for _, script, _ in codes)), key=lambda script: (script != likely, script)))


def expand_code(code: Code) -> tuple[str, ...]:
    """Put the script into a tag that must have one: that of the country, else one tag for each.

    A country is left out where it is the likely one of the script.
    """
    language, script, region = code
    scripts = list_scripts(language)
    if script or not scripts:
        tags = [join_code(code)]
    elif region:
        _, script, _ = find_likely(language, region)
        _, _, usual = find_likely(language, script)
        tags = [join_code((language, script, "" if region == usual else region))]
    else:
        tags = [join_code((language, each, "")) for each in scripts]
    return tuple(tags)


def find_likely(language: str, part: str) -> Code:
    """Say what a language with a script, or in a country, most likely means (CLDR likely subtags, which leave out the likeliest).

    >>> find_likely("zh", "TW"), find_likely("zh", "Hans")
    (('zh', 'Hant', 'TW'), ('zh', 'Hans', 'CN'))
    """
    likely = get_global("likely_subtags")
    return split_code(str(likely.get(f"{language}_{part}") or likely.get(language) or language))


def is_tag(tag: str) -> bool:
    try:
        parse_tag(tag)
    except ValueError:
        return False
    return True


def fold_name(name: str) -> str:
    """Write a name so that its spellings are equal: without case, accents, marks and order.

    >>> fold_name("Chinese (Simplified)") == fold_name("simplified chinese")
    True
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    return " ".join(sorted(re.findall(r"\w+", plain)))


@cache
def list_names(own: bool) -> Names:
    """The tags of each name of a language: in English, or its own, which takes some seconds to read."""
    if own:
        scripted = (tag for tag in english_languages() if "-" in tag and is_tag(tag))
        return collect_names((native_name(tag), tag) for tag in (*filter(is_tag, sorted(list_languages())), *scripted))
    return collect_names((name, tag) for tag, name in english_languages().items() if tag.split("-")[0] in list_languages())


def collect_names(pairs: Iterable[tuple[str, str]]) -> Names:
    found: dict[str, tuple[str, ...]] = {}
    for name, tag in pairs:
        language, *rest = tag.split("-")
        tags = (tag,) if rest else expand_code((language, "", ""))
        found[fold_name(name)] = tuple(dict.fromkeys((*found.get(fold_name(name), ()), *tags)))
    return found


def find_named(text: str, aliases: Names) -> tuple[str, ...]:
    """Find a language by its name: in English, in the language itself, or as people call it."""
    folded = fold_name(text)
    more = collect_names((name, tag) for tag, names in aliases.items() for name in names)
    found = (*list_names(own=False).get(folded, ()), *more.get(folded, ()))
    if not found and (len(text) > 3 or not text.isascii()):  # a mistyped tag is answered at once
        found = list_names(own=True).get(folded, ())
    return tuple(filter(is_tag, dict.fromkeys(found)))


def find_forms(text: str, aliases: Names) -> tuple[str, ...]:
    """Find a language of a country by their names: without the country too, which comes first unless CLDR names the form.

    >>> find_forms("arabic (egypt)", {}), find_forms("Portuguese, Brazil", {})
    (('ar', 'ar-EG'), ('pt-BR', 'pt'))
    >>> find_forms("chinese (taiwan)", {})[0]
    'zh-Hant'
    """
    match = NAME_AND_COUNTRY.fullmatch(text)
    if not match:
        return ()
    languages, countries = find_named(match[1], aliases), find_countries(match[2])
    bare = dict.fromkeys(each.partition("-")[0] for each in languages)  # where there are several, the country says which script
    scripted = [tag for each in bare if list_scripts(each) for country in countries for tag in expand_code((each, "", country))]
    languages = tuple(dict.fromkeys((*filter(is_tag, scripted), *languages)))
    forms = [tag for each in languages for country in countries if is_tag(tag := f"{each}-{country}")]
    named = [tag for tag in forms if tag in english_languages()]
    return tuple(dict.fromkeys((*named, *languages, *forms))) if countries else ()


def find_name(text: str) -> str:
    """Find the English name of a language that CLDR can only name; "" if it cannot.

    >>> find_name("hmong")
    'Hmong'
    """
    return next((name for name in english_languages().values() if fold_name(name) == fold_name(text)), "")


def find_relatives(name: str) -> tuple[str, ...]:
    """Find the languages that CLDR has data of and whose English name holds this one."""
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    names = ((tag, known) for tag, known in english_languages().items() if tag in list_languages())
    return tuple(tag for tag, known in names if pattern.search(known) and is_tag(tag))


def find_countries(text: str) -> tuple[str, ...]:
    """Find a country by its code of two or three letters (ISO 3166-1) or by its English name."""
    pseudo = {tag.rpartition("-")[2] for tag in PSEUDO_LOCALES}
    names = {code: str(name) for code, name in Locale(SOURCE_LOCALE).territories.items() if code not in pseudo}
    upper = text.upper()
    aliases = get_global("territory_aliases").get(upper, ())
    code = aliases[0] if len(aliases) == 1 else upper
    if code in names and len(code) == 2:
        return (code,)
    return tuple(code for code, name in names.items() if len(code) == 2 and fold_name(name) == fold_name(text))


def list_country_tags(countries: Iterable[str]) -> tuple[str, ...]:
    """Name the language that is likely in a country, in each of its scripts, that of the country first."""

    def expand() -> Iterator[str]:
        for country in countries:
            language = split_code(str(get_global("likely_subtags").get(f"und_{country}", "")))[0]
            if language in list_languages():
                own = expand_code((language, "", country)) if list_scripts(language) else ()
                yield from (*own, *expand_code((language, "", "")))

    return tuple(filter(is_tag, dict.fromkeys(expand())))


def read_aliases(templates: Path) -> dict[str, tuple[str, ...]]:
    """Read the names that people use for a language and CLDR does not have, by its tag."""
    found = tomllib.loads((templates / "site" / "aliases.toml").read_text(encoding="utf-8"))
    return {tag: tuple(names) for tag, names in found.items()}
