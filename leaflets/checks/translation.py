"""Checks of a translation against its source: the pair as a whole, and the list of all that compare a pair.

Takes a `Pair`, or a `LanguageContent`; yields problems.
"""

import re
from collections import Counter
from collections.abc import Iterator

from leaflets.checks import check
from leaflets.checks.content import BRACES
from leaflets.checks.letters import LETTER_CHECKS
from leaflets.checks.lexicon import LANGUAGE_WORDING_CHECKS, WORDING_CHECKS, count_markers, list_phrases, list_quoted
from leaflets.checks.numbers import NUMBER_CHECKS
from leaflets.checks.opposites import OPPOSITE_CHECKS
from leaflets.checks.pairs import LEAST_LENGTH, LanguageContent, Pair, measure_ratio
from leaflets.checks.punctuation import PUNCTUATION_CHECKS
from leaflets.languages.quantities import NUMBER
from leaflets.languages.readability import split_any_sentences
from leaflets.model import SOURCE_LOCALE, Markers
from leaflets.problems import Place, Problem, Rule, Severity
from leaflets.translation.structure import compare_structure, list_structure

ERROR, WARNING = Severity.ERROR, Severity.WARNING
FAR = 1.8
"""Times longer or shorter than the language's other translations are for their English; measured (docs/quality.md)."""
STRONG = re.compile(r"\*\*(.+?)\*\*")


@check("placeholder-mismatch", ERROR, "A lost {placeholder} is a lost phone number; an unknown one prints its braces.")
def find_placeholder_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation has exactly the {placeholders} of its English."""
    wanted, found = (Counter(BRACES.findall(text.words)) for text in (pair.english, pair.translated))
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


@check("moved-emphasis", WARNING, 'Where "be" is stressed and "not" is pale, the eye reads the opposite.')
def find_moved_emphases(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """Strong phrases stress what the English does: what says no, numbers, and the phrases of content/markers."""
    source, own = pair.lexicon.source_markers or Markers(), pair.lexicon.markers or Markers()
    english, translated = (STRONG.findall(text.words) for text in (pair.english, pair.translated))
    if len(english) != len(translated) or not english:
        return
    told = f': "{pair.translated}" (English: "{pair.english}")'
    negative = count_negative(english, SOURCE_LOCALE, source), count_negative(translated, pair.locale, own)
    numbered, here = (sum(bool(NUMBER.search(each)) for each in phrases) for phrases in (english, translated))
    for kind, wanted, found in (("that say no", *negative), ("with a number", numbered, here)):
        if found < wanted and (own.negation or kind == "with a number"):
            message = f"{found} strong phrases {kind}, {wanted} in English{told}"
            yield rule.at(pair.translated.place, message, "Stress what the English stresses.")
    names = [each for each in list_stressed(pair.english.words, SOURCE_LOCALE, source) if own.phrases.get(each[1])]
    known = {name for _, name in names}
    order = [each for each in list_stressed(pair.translated.words, pair.locale, own) if each[1] in known]
    if count_sentences(pair.english.words) == count_sentences(pair.translated.words):
        same = sorted(names) == sorted(order)
    else:  # which sentence is which cannot be told, so the order must do
        same = [name for _, name in names] == [name for _, name in order]
    if not same:
        said, meant = (list_quoted(name for _, name in each) or "nothing" for each in (order, names))
        message = f"the strong phrases say {said} and in English {meant}{told}"
        yield rule.at(pair.translated.place, message, "Stress what the English stresses, in the same sentence.")


def list_stressed(text: str, tag: str, markers: Markers) -> list[tuple[int, str]]:
    """List the phrases of content/markers that are stressed, each with the number of its sentence.

    >>> list_stressed("Hot? **Call the same day.**", "en", Markers(phrases={"same day": ("same day",)}))
    [(2, 'same day')]
    """
    found = ((count_sentences(f"{text[: match.start()]}x"), match[1]) for match in STRONG.finditer(text))
    return [(number, name) for number, words in found for name in list_phrases(words, tag, markers)]


def count_sentences(text: str) -> int:
    return len(split_any_sentences(text.replace("**", "")))


def count_negative(phrases: list[str], tag: str, markers: Markers) -> int:
    return sum(bool(count_markers(each, "negation", tag, markers)) for each in phrases)


@check(
    "length-ratio", WARNING, "A sentence that is far shorter has lost a part; one that is far longer says more than the English."
)
def find_odd_lengths(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A longer unit is not far longer or shorter than the language's other translations are for their English."""
    if not pair.lexicon.ratio or len(pair.english.words) < LEAST_LENGTH:
        return
    ratio = measure_ratio(pair.english, pair.translated) / pair.lexicon.ratio
    if not 1 / FAR <= ratio <= FAR:
        said = f"{ratio:.1f} times as long" if ratio > 1 else f"only {100 * ratio:.0f}% as long"
        message = f'{said} as translations of this language are: "{pair.translated}" (English: "{pair.english}")'
        yield rule.at(pair.translated.place, message, "Check that it says all of the English and no more.")


@check("same-translation", WARNING, "Words pasted into the place below are right in themselves, and say something else there.")
def find_same_translations(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """Longer units with another English have another translation."""
    unit, english = pair.lexicon.said.get(pair.translated.words, (pair.unit, pair.english))
    longest = max(len(english.words), len(pair.english.words))
    if english.words != pair.english.words and longest >= LEAST_LENGTH // 2:
        message = f'"{pair.translated}" is the translation of {unit} ("{english}") too (English here: "{pair.english}")'
        yield rule.at(pair.translated.place, message, "Translate each of them.")


@check("different-translations", WARNING, "The reader looks for the difference between two sentences that mean the same.")
def find_different_translations(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """Units with the same English have the same translation."""
    unit, first = pair.lexicon.first.get(pair.unit, (pair.unit, pair.translated))
    if unit != pair.unit and first.words != pair.translated.words:
        message = f'"{pair.translated}" and "{first}" ({first.place}) have the same English: "{pair.english}"'
        yield rule.at(pair.translated.place, message, "Take one of them for both, unless they need to differ.")


PAIR_CHECKS = (
    *NUMBER_CHECKS,
    find_placeholder_mismatches,
    find_strong_mismatches,
    find_moved_emphases,
    *WORDING_CHECKS,
    *OPPOSITE_CHECKS,
    *LETTER_CHECKS,
    *PUNCTUATION_CHECKS,
    find_odd_lengths,
    find_different_translations,
    find_same_translations,
)


@check("orphan-topic", ERROR, "Words that belong to no topic are printed nowhere.")
def find_orphan_topics(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """Every topic of a translation is a topic of the source."""
    if subject.language.tag == SOURCE_LOCALE:
        return
    for file in subject.language.sources:
        name = file.rpartition("/")[2].removesuffix(".yaml")
        if name not in subject.project.topics and not subject.project.broken(f"content/topics/{SOURCE_LOCALE}/{name}.yaml"):
            yield rule.at(Place(file), f'there is no topic "{name}" in the source', "Rename or delete the file.")


@check("structure-changed", ERROR, "A `for:` that gets lost prints a sign for others; a lost line of a list lets a word pass.")
def find_changed_structure(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """Whom each text is for, how urgent it is, and the lists of words are as they are on record."""
    language, project = subject.language, subject.project
    places = {f"{topic.name}.{block.name}": block.place for topic in project.topics.values() for block in topic.blocks}
    places |= {unit: text.place for unit, text in project.units.items()}
    for name, said in compare_structure(language.structure, list_structure(project, language.tag)):
        folder, _, listed = name.partition(" ")
        place = Place(f"{folder}/{language.tag}.yaml") if listed else places[name]
        if not project.broken(place.path):
            remedy = f"Put it back; or, if it is meant, run: leaflets record {language.tag}"
            yield rule.at(place, f'"{listed or name}" {"" if listed else "is "}{said}', remedy)


LANGUAGE_CHECKS = (*LANGUAGE_WORDING_CHECKS, find_orphan_topics, find_changed_structure)
