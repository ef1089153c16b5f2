"""How languages write: their letters and marks, from `conventions.toml`.

Takes BCP 47 tags; gives a language's `Marks`, the letters that are foreign to it, its articles, and its prefixes that say no. A
table by script holds for every language of that script; a language's own adds to it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from leaflets.languages.locales import script

UNSPACED_BY_LETTERS = ("Khmr", "Laoo", "Mymr", "Thai", "Tibt")
"""Scripts whose lines break within what looks like one word, so that a space without width says where."""
UNJOINED = ("Armn", "Cyrl", "Ethi", "Geor", "Grek", "Hans", "Hant", "Hebr", "Jpan", "Kore", "Latn")
"""Scripts whose letters have one form beside any other, so that nothing joins or parts them."""
KINDS = ("statement", "question", "exclamation", "comma", "semicolon", "colon")


@dataclass(frozen=True)
class Marks:
    """The marks of a language, each as the characters that serve for it, the usual one first.

    `opens` gives the mark that a sentence with another at its end begins with; `spaced` holds the marks after a space that does
    not break, `opened` those before one.
    """

    statement: str
    question: str
    exclamation: str
    comma: str
    semicolon: str
    colon: str
    opens: Mapping[str, str]
    spaced: str
    opened: str

    @cached_property
    def ends(self) -> Mapping[str, str]:
        """Say which kind of sentence each mark ends."""
        return {char: kind for kind in ("statement", "question", "exclamation", "colon") for char in getattr(self, kind)}

    @cached_property
    def foreign(self) -> Mapping[str, str]:
        """The marks that other languages have, each with the own one; one that ends no sentence with a mark may abbreviate."""
        known = "".join(getattr(self, kind) for kind in KINDS) + "·" + ("" if self.statement else ".")
        return {
            char: getattr(self, kind)[0]
            for kind in KINDS
            for table in read_conventions()["marks"].values()
            for char in table.get(kind, "")
            if getattr(self, kind) and char not in known
        }


@cache
def read_conventions() -> dict[str, Any]:
    return tomllib.loads(resources.files("leaflets.languages").joinpath("conventions.toml").read_text(encoding="utf-8"))


@cache
def find_marks(tag: str) -> Marks:
    """Find the marks of a language.

    >>> find_marks("ur").statement, find_marks("ur").question, find_marks("es").opens["?"]
    ('۔', '؟', '¿')
    """
    tables = read_conventions()["marks"]
    own: dict[str, Any] = {"opens": {}, "spaced": "", "opened": ""}
    for key in ("default", script(tag), tag.split("-")[0], tag):
        own |= tables.get(key, {})
    return Marks(**own)


def find_foreign_letters(tag: str) -> Mapping[str, str]:
    """Find the letters of its script that a language does not write, each with the one that is meant.

    >>> find_foreign_letters("ur")["ك"]
    'ک'
    """
    letters: Mapping[str, str] = read_conventions()["letters"].get(tag.split("-")[0], {})
    return letters


def find_idle_marks(text: str, tag: str) -> list[str]:
    """Find the marks in a text that nobody sees, and that its language has no use for: a space without width, joiners.

    >>> find_idle_marks("không\u200b nên", "vi"), find_idle_marks("می\u200cروم", "fa")
    (['\\u200b'], [])
    """
    code = script(tag)
    idle = ("" if code in UNSPACED_BY_LETTERS else "\u200b") + ("\u200c\u200d" if code in UNJOINED else "")
    return [mark for mark in idle if mark in text]


def cut_idle_marks(text: str, tag: str) -> str:
    """Take those marks out of a text."""
    for mark in find_idle_marks(text, tag):
        text = text.replace(mark, "")
    return text


def find_articles(tag: str) -> tuple[str, ...]:
    """Find what may stand before a word of a language, and is no part of its stem.

    >>> find_articles("ar")
    ('ال',)
    """
    return tuple(read_conventions()["articles"].get(tag.split("-")[0], ()))


def find_prefixes(tag: str) -> tuple[str, ...]:
    """Find what makes a word of a language say the opposite, joined to its beginning.

    >>> find_prefixes("pt-BR"), find_prefixes("tr")
    (('in',), ())
    """
    return tuple(read_conventions()["prefixes"].get(tag.split("-")[0], ()))
