"""Whether the country in a tag says anything that the tag without it does not.

Takes a tag and the languages of a project; gives a sentence for whoever begins the language. The facts are CLDR's.
"""

from collections.abc import Collection

from babel import Locale

from leaflets.languages.locales import english_name
from leaflets.languages.tags import english_languages, find_likely, join_code, split_code
from leaflets.model import SOURCE_LOCALE


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
    language, script, region = split_code(tag.replace("-", "_"))
    plain = join_code((language, script, ""))
    if not region or (plain not in known and is_named(tag)):
        return ""
    name, country = english_name(plain), Locale(SOURCE_LOCALE).territories[region]
    if plain in known:
        return f'There is "{plain}" ({name}) here already; "{tag}" is a translation of its own beside it.'
    if region == find_likely(language, script)[2]:
        return f'"{tag}" is what "{plain}" means already: {name} as in {country}. For every reader of it the tag is "{plain}".'
    said = f'"{tag}" is only the {name} of {country}, which CLDR does not tell from other {name}.'
    return f'{said} For every reader of it the tag is "{plain}".'


def is_named(tag: str) -> bool:
    """Whether CLDR has a name of its own for a form of a language.

    >>> is_named("es-MX"), is_named("sw-KE")
    (True, False)
    """
    return tag in english_languages()
