"""By what names a language is found at the front desk.

Takes tags; gives what people call a language: its own name, its name in other languages, and the countries where it is read.
All facts are CLDR's, through Babel, but for `aliases`, which people use beside them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from babel.core import get_global

from leaflets.languages.locales import english_languages, english_name, find_likely, language_name, parse_tag, script, split_tag
from leaflets.languages.own import own_languages
from leaflets.model import SOURCE_LOCALE

NATIONAL = ("official", "de_facto_official")
LEAST = {"official": 1, "de_facto_official": 1, "official_regional": 10, None: 30}
"""In percent: so many of a country read a language of that standing, so that people from there are asked for it."""
OF_CLINIC = 50
"""So many, where it is official, of the clinic's own language: people from other countries are asked for theirs."""

NO_LANGUAGES = ("mis", "mul", "und", "zxx")
"""Tags of ISO 639 that stand for several languages, for an unknown one or for none; CLDR has names for them."""


def list_language_names(
    tag: str, readers: Iterable[str], aliases: Mapping[str, tuple[str, ...]], there: Collection[str] = ()
) -> tuple[str, ...]:
    """How people call a language: its tag, its own name, its name in other languages, and what `aliases` has.

    The language without its script or country counts as well: who asks for Chinese means both. But not if it is `there` itself:
    who asks for Persian does not mean Dari, which CLDR calls "Persian (Afghanistan)" in many languages.

    >>> list_language_names("zh-Hans", ["es"], {"zh": ("Mandarin",)})
    ('zh-Hans', '简体中文', '中文', 'chino simplificado', 'chino', 'Mandarin')
    """
    base = split_tag(tag)[0]
    apart = base != tag and base in there
    forms = (tag,) if apart else (tag, base)
    named = ((language_name(each, reader), reader) for reader in (tag, *readers) for each in forms)
    names = [name for name, reader in named if not (apart and language_name(base, reader) in name)]
    known = [name for each in forms for name in aliases.get(each, ())]
    return tuple(dict.fromkeys((tag, *names, *known)))


def list_country_names(tag: str) -> tuple[str, ...]:
    """Name the countries where a language is read, in English and in the language itself.

    >>> list_country_names("ka"), "Iraq" in list_country_names("ar"), "Iraq" in list_country_names("en")
    (('Georgia', 'საქართველო'), True, False)
    """
    english = parse_tag(SOURCE_LOCALE).territories
    own = {} if tag in own_languages() else parse_tag(tag).territories
    names = (str(known[each]) for each in list_countries(tag) for known in (english, own) if each in known)
    return tuple(dict.fromkeys(name.removesuffix(" SAR China") for name in names))


def list_countries(tag: str) -> Iterator[str]:
    """List the countries (ISO 3166) where a language is official, or is read by many, in the script of its tag."""
    language, _, region = split_tag(tag)
    for country, languages in get_global("territory_languages").items():
        for code, facts in languages.items():
            spoken, _, written = code.partition("_")
            if spoken == language and region in ("", country) and (written or find_likely(spoken, country)[1]) == script(tag):
                status, percent = facts["official_status"], facts["population_percent"]
                if percent > OF_CLINIC and status in NATIONAL if tag == SOURCE_LOCALE else percent >= LEAST[status]:
                    yield country


def list_absent(tags: Collection[str], aliases: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """List what is spoken somewhere and is none of `tags` nor a form of one: its English name, and what `aliases` has."""
    there = {english_name(split_tag(tag)[0]) for tag in tags}
    spoken = {code.partition("_")[0] for languages in get_global("territory_languages").values() for code in languages}
    every = {tag: name for tag, name in english_languages().items() if tag not in NO_LANGUAGES}
    named = {tag: name for tag, name in every.items() if is_script_of(tag) or tag in spoken | aliases.keys()}
    absent = {
        tag: [name] for tag, name in named.items() if tag not in tags and (is_script_of(tag) or not there & {name, *name.split()})
    }
    for key, names in aliases.items():
        absent.get(key if key in named else split_tag(key)[0], []).extend(names)
    return {tag: tuple(absent[tag]) for tag in sorted(absent)}


def is_script_of(tag: str) -> bool:
    """Whether a tag names a language in one of its scripts, such as zh-Hant."""
    return bool(split_tag(tag)[1]) and not split_tag(tag)[2]
