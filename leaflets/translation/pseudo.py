"""English in disguise, so that faults of a layout show before a language has them.

Takes English words and the tag of a pseudo-locale; gives the same words in accented letters and longer (Pseudo-Accents), or in
letters that run from right to left (Pseudo-Bidi), in brackets: a page with a cut, joined or untranslated text is seen at once.
Numbers with their units, {placeholders} and **strong** stay as they are, and there are no direction controls.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from leaflets.content.project import Language, Project
from leaflets.content.provenance import Record, hash_words
from leaflets.languages.locales import is_pseudo
from leaflets.languages.quantities import AMOUNT
from leaflets.model import PSEUDO_LOCALES, SOURCE_LOCALE, Term, Text
from leaflets.translation.units import list_recorded

KEPT = re.compile(rf"\{{[^{{}}]*\}}|\*\*|{AMOUNT.pattern}")
BRACKETS = "⁅⁆"
"""Brackets that no leaflet has and a pinned font has, and that are mirrored from right to left."""
PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ACCENTED = "ÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
ARABIC = "ابجدهفغحيژكلمنوپقرستعضظخشز"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
RIGHT_TO_LEFT = str.maketrans(PLAIN, ARABIC * 2)
LONG = re.compile(r"\w{9}(?=\w{3})")
"""As many letters of a word as always find room on a line."""
VOWELS = re.compile(r"[AEIOUaeiou]")


def disguise_words(words: str, change: Callable[[str], str]) -> str:
    """Change all but what must stay, and put the whole in brackets.

    >>> disguise_words("Take **5 mg** now", str.upper)
    '⁅TAKE **5 mg** NOW⁆'
    """
    changed, end = "", 0
    for kept in KEPT.finditer(words):
        changed += change(words[end : kept.start()]) + kept[0]
        end = kept.end()
    return BRACKETS[0] + changed + change(words[end:]) + BRACKETS[1]


def accent_words(words: str) -> str:
    """Write words in accented letters, with every vowel twice, which makes English two fifths longer.

    >>> accent_words("Call {clinic_phone} if above 38.5 °C")
    '⁅Çååļļ {clinic_phone} îîƒ ååƀööṽéé 38.5 °C⁆'
    """
    return disguise_words(words, lambda plain: soften_words(VOWELS.sub(lambda vowel: vowel[0] * 2, plain).translate(ACCENTS)))


def soften_words(words: str) -> str:
    """Put soft hyphens into long words, as a translator does where a column is narrow.

    >>> soften_words("ɱééðîîçîîñéé").split("\u00ad")
    ['ɱééðîîçîî', 'ñéé']
    """
    return LONG.sub("\\g<0>\u00ad", words)


def reverse_words(words: str) -> str:
    """Write words in letters that run from right to left.

    >>> reverse_words("Call {clinic_phone}")
    '⁅جالل {clinic_phone}⁆'
    """
    return disguise_words(words, lambda plain: plain.translate(RIGHT_TO_LEFT))


DISGUISES: Mapping[str, Callable[[str], str]] = dict(zip(PSEUDO_LOCALES, (accent_words, reverse_words), strict=True))


def make_language(project: Project, tag: str, change: Callable[[str], str]) -> Language:
    """Make a whole language from the source: topics, terms and labels, each on record as made from the English of now."""
    source = project.languages[SOURCE_LOCALE]

    def disguise(text: Text) -> Text:
        return Text(change(text.words), text.place)

    words = {unit: disguise(text) for unit, text in project.units.items()}
    terms = {name: Term(name, disguise(term.term)) for name, term in source.terms.items()}
    messages = {message: disguise(text) for message, text in source.messages.items()}
    recorded = list_recorded(project).items()
    records = {unit: Record(english.words, hash_words(disguise(english).words)) for unit, english in recorded}
    return Language(tag, words, terms, messages, records)


def add_pseudo(project: Project, tags: Iterable[str]) -> Project:
    """Give a project the pseudo-locales that are among some tags; they have no files, so that it never has them of itself."""
    made = {tag: make_language(project, tag, DISGUISES[tag]) for tag in dict.fromkeys(filter(is_pseudo, tags))}
    return replace(project, languages={**project.languages, **made}) if made else project
