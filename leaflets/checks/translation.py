"""Checks of a translation against its source: what can be compared without knowing the language."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from fontTools import unicodedata as scripts

from leaflets.checks import check
from leaflets.locales import decimal_mark, script, to_ascii_digits
from leaflets.model import SOURCE_LOCALE, Text, term_unit
from leaflets.problems import Place, Problem, Rule, Severity
from leaflets.project import Language, Project

ERROR = Severity.ERROR
FRACTIONS = "".join(map(chr, (*range(0xBC, 0xBF), *range(0x2150, 0x215F))))
NUMBER = re.compile(rf"\d+(?:[.,\u066b\u066c]\d+)*[{FRACTIONS}]?|[{FRACTIONS}]")
PLACEHOLDER = re.compile(r"\{[^{}]*\}?|\}")
ISO_SCRIPTS = {"Hans": {"Hani"}, "Hant": {"Hani"}, "Jpan": {"Hani", "Hira", "Kana"}, "Kore": {"Hang", "Hani"}}
"""What ISO 15924 names as the writing system of a language, in Unicode's script codes; the rest are the same."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit's English and its translation."""

    unit: str
    locale: str
    english: Text
    translated: Text


@dataclass(frozen=True, slots=True)
class LanguageContent:
    """A language with the project that it belongs to."""

    language: Language
    project: Project


def read_number(text: str, decimal: str) -> Fraction | str:
    """Read a number as written beside a decimal mark; one that cannot be read stands for itself.

    >>> read_number("38,5", ","), read_number("1,000", "."), read_number("٣٨٫٥", "."), read_number("2½", ".")
    (Fraction(77, 2), Fraction(1000, 1), Fraction(77, 2), Fraction(5, 2))
    >>> read_number("21.11.2026", ".")
    '21.11.2026'
    """
    whole = text.rstrip(FRACTIONS)
    part = sum((Fraction(scripts.numeric(char)).limit_denominator(100) for char in text[len(whole) :]), Fraction(0))
    plain = to_ascii_digits(whole).translate({0x066B: decimal, 0x066C: "," if decimal == "." else "."}) or "0"
    group = "," if decimal == "." else "."
    if re.fullmatch(rf"[1-9]\d{{0,2}}(\{group}\d{{3}})+(\{decimal}\d+)?", plain):
        plain = plain.replace(group, "")
    if re.fullmatch(r"\d+([.,]\d+)?", plain):
        return Fraction(plain.replace(",", ".")) + part
    return plain


@check(
    "number-mismatch",
    ERROR,
    "A lost or changed number is a wrong dose, a wrong fever or a wrong phone.",
    "https://service-manual.nhs.uk/content/numbers-measurements-dates-time",
)
def find_number_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation has the numbers of its English, by value and in any digits, and no others."""
    mark = decimal_mark(pair.locale)
    left = [(text, read_number(text, mark)) for text in NUMBER.findall(pair.translated.words)]
    missing = []
    for number in NUMBER.findall(pair.english.words):
        match = next((each for each in left if each[1] == read_number(number, ".")), None)
        if match:
            left.remove(match)
        else:
            missing.append(number)
    extra = [text for text, _ in left]
    if missing or extra:
        said = [f"number {', '.join(missing)} is missing"] if missing else []
        said += [f"number {', '.join(extra)} is not in the English"] if extra else []
        message = f'{" and ".join(said)} (English: "{pair.english}")'
        yield rule.at(pair.translated.place, message, "Write the numbers of the English, in digits.")


@check("placeholder-mismatch", ERROR, "A lost {placeholder} is a lost phone number; an unknown one prints its braces.")
def find_placeholder_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation has exactly the {placeholders} of its English."""
    wanted, found = (Counter(PLACEHOLDER.findall(text.words)) for text in (pair.english, pair.translated))
    said = [f"{each} is missing" for each in wanted - found] + [f"{each} is not in the English" for each in found - wanted]
    if said:
        yield rule.at(pair.translated.place, " and ".join(said), "Copy the placeholders exactly as the English has them.")


@check("strong-mismatch", ERROR, 'A lost emphasis hides the "not"; an odd one makes the rest of the page bold.')
def find_strong_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation has as many **strong** words as its English, and no other asterisk."""
    wanted, found = (text.words.count("**") for text in (pair.english, pair.translated))
    if wanted != found or "*" in pair.translated.words.replace("**", ""):
        message = f"{found // 2} strong phrases, not {wanted // 2}"
        yield rule.at(pair.translated.place, message, "Put ** before and after the words that the English stresses.")


@check(
    "still-english",
    ERROR,
    "The reader cannot read it, and nobody in the room can tell.",
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC3118429",
)
def find_untranslated(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation of three words or more is not the English itself."""
    if pair.translated.words == pair.english.words and len(re.findall(r"[^\W\d]{2,}", pair.english.words)) >= 3:
        yield rule.at(pair.translated.place, f'"{pair.translated}" is still English', "Translate it.")


@check("wrong-script", ERROR, "A sentence in another script was pasted into the wrong language's file.")
def find_wrong_script(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """Half of the letters of a longer translation, brackets aside, are of the language's script."""
    code = script(pair.locale)
    wanted = ISO_SCRIPTS.get(code, {code})
    bare = re.sub(r"\{[^{}]*\}|[(（][^()（）]*[)）]", "", pair.translated.words)  # names in brackets may be Latin
    found = [scripts.script(char) for char in bare if char.isalpha()]
    letters = [code for code in found if code not in ("Zyyy", "Zinh")]
    if len(letters) >= 12 and sum(code in wanted for code in letters) < len(letters) / 2:
        main = Counter(letters).most_common(1)[0][0]
        yield rule.at(pair.translated.place, f"most letters are {main}, not {code}", "Move the sentence to its own language.")


PAIR_CHECKS = (
    find_number_mismatches,
    find_placeholder_mismatches,
    find_strong_mismatches,
    find_untranslated,
    find_wrong_script,
)


@check("missing-term", ERROR, "Without its fixed word a term is printed blank, or translated anew in each sentence.")
def find_missing_terms(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """Every term of the source's list has its fixed word in the language."""
    tag = subject.language.tag
    source = subject.project.languages.get(SOURCE_LOCALE)
    place = Place(f"content/terms/{tag}.yaml")
    if subject.project.broken(place.path):
        return
    for name, term in source.terms.items() if source else ():
        if name not in subject.language.terms:
            gap = subject.language.gaps.get(term_unit(name), place)
            yield rule.at(gap, f'"{name}" has no word (English: "{term.term}")', "Add it.")


@check("orphan-topic", ERROR, "Words that belong to no topic are printed nowhere.")
def find_orphan_topics(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """Every topic of a translation is a topic of the source."""
    if subject.language.tag == SOURCE_LOCALE:
        return
    for file in subject.language.sources:
        name = file.rpartition("/")[2].removesuffix(".yaml")
        if name not in subject.project.topics and not subject.project.broken(f"content/topics/{SOURCE_LOCALE}/{name}.yaml"):
            yield rule.at(Place(file), f'there is no topic "{name}" in the source', "Rename or delete the file.")


LANGUAGE_CHECKS = (find_missing_terms, find_orphan_topics)
