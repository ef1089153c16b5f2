"""Checks of the letters of a translation: its script, the letters of its language, and whether it is in that language."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from fontTools import unicodedata as scripts

from leaflets.checks import check
from leaflets.checks.pairs import HIGH_RISK, Pair
from leaflets.languages.conventions import find_foreign_letters, find_idle_marks
from leaflets.languages.detection import code, identify_language
from leaflets.languages.locales import english_name, script
from leaflets.languages.phrases import PLACEHOLDER, UNSPACED, fold_words
from leaflets.languages.readability import split_any_sentences
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import Problem, Rule, Severity

ERROR = Severity.ERROR
EAST_ASIAN = ("Hani", "Hira", "Kana", "Hang")
ISO_SCRIPTS = {"Hans": {"Hani"}, "Hant": {"Hani"}, "Jpan": {"Hani", "Hira", "Kana"}, "Kore": {"Hang", "Hani"}}
"""What ISO 15924 names as the writing system of a language, in Unicode's script codes; the rest are the same."""
CONFUSABLE = frozenset({"Latn", "Cyrl", "Grek"})
"""Scripts with letters of the same look (UTS 39, confusables.txt); no language writes one word with two of them."""
JOINED = frozenset({"Zyyy", "Zinh", *EAST_ASIAN, *UNSPACED})
"""Scripts whose words stand beside Latin ones without a space."""
MICRO = re.compile(r"[µμ](?:g|m|l|L|mol|Sv)")
WORD = re.compile(r"[^\W\d_\u0640]{2,}")
"""Letters in a row; the Arabic stroke parts them, since it joins a Latin word to its article: "الـJDM"."""
SMALL = re.compile(r"(?<![A-Za-z])[a-z]{3,}(?![A-Za-z])")
"""A Latin word that is no name and no abbreviation."""
NOT_PROSE = re.compile(rf"{PLACEHOLDER.pattern}|[(（][^()（）]*[)）]|\*\*|https?://\S+|\S+@\S+")
"""Placeholders, what stands in brackets, emphasis and addresses may be in another language."""
BREAK = re.compile(r"[,;:.!?،؛؟۔।。，、；：！？]")
"""A list of names may be the same in two languages; between two marks there is hardly one of four words."""
COPIED = 4
"""Words in a row that stand in the English too, from which they are no name."""
SHORT = "all an and any are as at be by can do does eat for has help how if in is it may no not now of on or rest"
CLEAR = """
about after before call drink from have keep less more must need never other should some take tell than that the them these they
this too until when which with without you your
"""
"""Words that many English sentences have, and no name or term: those that other languages have too, and those that few do."""
CLEAR_WORDS, COMMON_WORDS = frozenset(CLEAR.split()), frozenset(f"{SHORT} {CLEAR}".split())
LEAST_ENGLISH, SURE_ENGLISH = 3, 0.9
LEAST_OTHER, SURE_OTHER = 5, 0.95
"""Words, and how likely the model has to find them in the other of two languages; set so that no clean sentence is taken for
another language (docs/quality.md)."""
KNOWN = 0.5
"""The part of the words of a sentence that stand in the units of a language, from which it may be in it."""
find_script = cache(scripts.script)
"""The script of a character, as Unicode's Script property names it."""


def name_scripts(tag: str) -> set[str]:
    """Name the scripts of a language by Unicode's codes."""
    return ISO_SCRIPTS.get(script(tag), {script(tag)})


@check("wrong-script", ERROR, "A sentence in another script was pasted into the wrong language's file.")
def find_wrong_script(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """Half of the letters of a longer translation, brackets aside, are of the language's script."""
    wanted = name_scripts(pair.locale)
    found = [find_script(char) for char in NOT_PROSE.sub("", pair.translated.words) if char.isalpha()]
    letters = [each for each in found if each not in ("Zyyy", "Zinh")]
    if len(letters) >= 12 and sum(each in wanted for each in letters) < len(letters) / 2:
        message = f"most letters are {Counter(letters).most_common(1)[0][0]}, not {script(pair.locale)}"
        yield rule.at(pair.translated.place, message, "Move the sentence to its own language.")


@check(
    "mixed-script",
    ERROR,
    "A Latin o among Cyrillic letters looks right, and is read aloud, searched and hyphenated as another word.",
    "https://www.unicode.org/reports/tr39/#Mixed_Script_Detection",
)
def find_mixed_scripts(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """No word mixes Latin, Cyrillic and Greek letters, nor small Latin ones with those of another script that parts its words.

    X光 and የJDM are no mixture: East Asian words and abbreviations stand beside others without a space.
    """
    if len(set(map(find_script, pair.translated.words)) - JOINED) < 2:
        return
    for word in dict.fromkeys(WORD.findall(MICRO.sub("", pair.translated.words))):
        letters = group_letters(word)
        small = letters.get("Latn", "").upper() != letters.get("Latn", "")
        used = {found: chars for found, chars in letters.items() if found in CONFUSABLE or (small and found not in JOINED)}
        if len(used) > 1:
            rare = min(used, key=lambda each: (each == script(pair.locale), len(used[each])))
            named = ", ".join(f"{char} (U+{ord(char):04X})" for char in dict.fromkeys(used[rare]))
            yield rule.at(pair.translated.place, f'"{word}" mixes scripts: {named} is {rare}', "Type it anew in one script.")


def looks_mixed(word: str) -> bool:
    """Whether a word has letters of two scripts that look alike.

    >>> looks_mixed("Pеrson"), looks_mixed("Person"), looks_mixed("田中さくら")
    (True, False, False)
    """
    return len(CONFUSABLE & group_letters(word).keys()) > 1


def group_letters(word: str) -> dict[str, str]:
    """Group the letters of a word by their script, in the order of the scripts' names."""
    return {each: "".join(char for char in word if find_script(char) == each) for each in sorted(set(map(find_script, word)))}


@check(
    "foreign-letter",
    ERROR,
    "A letter of a neighbouring language looks alike alone and joins wrongly, and the word is not found or read aloud.",
    "https://cldr.unicode.org (main exemplar characters)",
)
def find_letters_of_neighbours(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """No letter is one that another language of the script has in its place, nor two that only look like one."""
    meant = find_foreign_letters(pair.locale)
    words = pair.translated.words
    for found in sorted((each for each in meant if each in words), key=words.index):
        word = next(word for word in words.split() if found in word)
        message = f'"{found}" ({name_points(found)}) in "{word}" is no letter of {english_name(pair.locale)}'
        yield rule.at(pair.translated.place, message, f'Type "{meant[found]}" ({name_points(meant[found])}).')


@check("idle-mark", ERROR, "A mark that nobody sees parts a word for whoever searches it, reads it aloud or compares it.")
def find_marks_without_use(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """No mark without width stands in a language that has no use for it."""
    if marks := find_idle_marks(pair.translated.words, pair.locale):
        message = f'{", ".join(map(name_points, marks))}, which nobody sees, is in "{pair.translated}"'
        yield rule.at(pair.translated.place, message, f"Type the words anew: {english_name(pair.locale)} has no use for it.")


def name_points(letters: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in letters)


@check("still-english", ERROR, "The reader cannot read it, and nobody in the room can tell.", HIGH_RISK)
def find_untranslated(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """No sentence of a translation is the English itself, has words of it, or is English otherwise."""
    words = WORD.findall(pair.english.words)
    if pair.translated.words == pair.english.words and len(words) >= LEAST_ENGLISH:
        yield rule.at(pair.translated.place, f'"{pair.translated}" is still English', "Translate it.")
        return
    found = find_copied(pair) or find_left(pair)
    if not found:  # the model is asked only then
        found, _ = find_sentence(pair, frozenset({SOURCE_LOCALE}), LEAST_ENGLISH, SURE_ENGLISH) or ("", "")
    if found:
        yield rule.at(pair.translated.place, f'"{found}" is still English: "{pair.translated}"', "Translate it.")


def find_copied(pair: Pair) -> str:
    """Find words in a row that are English; "" if there are none. Two will do if both are common, or one that the English has."""
    english = " ".join(WORD.findall(pair.english.words)).casefold()
    for part in BREAK.split(NOT_PROSE.sub(",", pair.translated.words)):
        own = WORD.findall(part)
        for run in map(" ".join, pairwise(own)):
            words = frozenset(run.casefold().split())
            copied = words & COMMON_WORDS and f" {run.casefold()} " in f" {english} "
            if copied or (words & CLEAR_WORDS and words <= COMMON_WORDS):
                return run
        for start in range(len(own) - COPIED + 1):
            run = " ".join(own[start : start + COPIED])
            if f" {run.casefold()} " in f" {english} ":
                return run
    return ""


def find_left(pair: Pair) -> str:
    """Find a word of the English in a language of another script; "" if there is none. A term may be the same there."""
    if "Latn" in name_scripts(pair.locale):
        return ""
    english = SMALL.findall(pair.english.words)
    fixed = fold_words(" ".join(pair.lexicon.fixed)).split()
    left = SMALL.findall(NOT_PROSE.sub(" ", pair.translated.words))
    return next((word for word in left if word in english and word not in fixed), "")


def find_sentence(pair: Pair, others: frozenset[str], least: int, sure: float) -> tuple[str, str] | None:
    """Find a sentence that is in another language of the same script, and which."""
    rivals = find_rivals(pair.locale, others)
    if not rivals:
        return None
    for sentence in split_any_sentences(NOT_PROSE.sub(" ", pair.translated.words)):
        near = frozenset(tag for tag in rivals if knows_words(pair, tag, sentence))
        if near and len(WORD.findall(sentence)) >= least:
            likely = identify_language(sentence, near | {pair.locale})
            first = max(likely, key=likely.__getitem__)
            if pair.locale in likely and likely[first] > sure and first != pair.locale:
                return sentence.strip(), first
    return None


def knows_words(pair: Pair, tag: str, sentence: str) -> bool:
    """Say whether enough words of a sentence stand in the project's own units of a language for the model to be asked.

    The model takes a second to be read, which a check of clean units is spared.
    """
    known = pair.lexicon.vocabularies.get(tag)
    words = [word for word in fold_words(sentence).split() if len(word) > 1 and not word.isdecimal()]
    return known is None or sum(word in known for word in words) >= KNOWN * len(words)


@cache
def find_rivals(tag: str, others: frozenset[str]) -> frozenset[str]:
    """Find the languages that a text may be in by its script, and should not."""
    return frozenset(other for other in others if code(other) != code(tag) and name_scripts(other) & name_scripts(tag))


@check("wrong-language", ERROR, "A sentence pasted into the wrong file looks right to whoever reads neither language.", HIGH_RISK)
def find_wrong_language(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """No longer sentence of a translation is in another of the project's languages."""
    others = frozenset(pair.lexicon.vocabularies) - {SOURCE_LOCALE}
    if found := find_sentence(pair, others, LEAST_OTHER, SURE_OTHER):
        sentence, other = found
        message = f'"{sentence}" is {english_name(other)}, not {english_name(pair.locale)}'
        yield rule.at(pair.translated.place, message, "Move the sentence to its own language.")


LETTER_CHECKS = (
    find_untranslated,
    find_wrong_language,
    find_wrong_script,
    find_mixed_scripts,
    find_letters_of_neighbours,
    find_marks_without_use,
)
