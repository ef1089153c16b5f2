"""Words looked for in a text: whole, by their beginning, or, where words are not parted by spaces, anywhere.

Takes words of any language; gives which of them a text holds. Marks of vowels, dots below and case are left aside, since readers
write with and without them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from leaflets.languages.conventions import find_articles
from leaflets.languages.locales import script
from leaflets.model import Term, term_unit

UNSPACED = ("Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai", "Tibt")
"""Scripts whose words are not parted by spaces (Unicode line breaking, UAX 14: classes ID and SA)."""
LEFT_ASIDE = re.compile("[\u00ad\u0640\u064b-\u0652\u0670\u093c\u05b0-\u05bd\u05bf\u05c1\u05c2\u05c7\u200b\u2060]|\\*\\*")
"""Soft hyphen, zero-width space, Arabic vowel signs and stretching, the Devanagari dot, Hebrew points, signs of emphasis."""
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
QUESTION = re.compile(r"\s*[?？؟]")
BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")


@cache
def is_spaced(tag: str) -> bool:
    """Say whether words of a language are parted by spaces.

    >>> is_spaced("es"), is_spaced("zh-Hans")
    (True, False)
    """
    return script(tag) not in UNSPACED


@lru_cache(maxsize=1 << 14)
def fold_words(text: str) -> str:
    """Write words alike that readers take for the same, each between single spaces.

    >>> fold_words("**Do not** cut, or call {clinic_phone}!"), fold_words("ज़रूरी") == fold_words("जरूरी")
    (' do not cut or call ', True)
    """
    bare = LEFT_ASIDE.sub("", PLACEHOLDER.sub(" ", unicodedata.normalize("NFD", text)))
    plain = unicodedata.normalize("NFC", bare).casefold().replace("'", "’")
    return f" {' '.join(''.join(map(keep_char, plain)).split())} "


@cache
def keep_char(char: str) -> str:
    """Keep what words are made of: letters, digits, their marks, the apostrophe and joiners; a space stands for all else."""
    return char if char.isalnum() or unicodedata.category(char).startswith("M") or char in "’\u200c\u200d" else " "


def find_words(text: str, words: tuple[str, ...], tag: str) -> list[str]:
    """List which of some words stand in a text, in its order and as they stand there; of two that begin at one place the longer.

    A word that ends in * is found at the beginning of longer ones.

    >>> find_words("No es ninguna nota.", ("no", "ningun*"), "es")
    ['no', 'ninguna']
    >>> find_words("不要用不同的药。", ("不", "不同"), "zh-Hans")
    ['不', '不同']

    One with a question mark is found only at the end of a question.

    >>> find_words("Không nên? Có nên không?", ("không", "không?"), "vi")
    ['không', 'không ?']
    """
    folded = fold_questions(text) if any("?" in word for word in words) else fold_words(text)
    return compile_words(words, tag).findall(folded if is_spaced(tag) else folded.replace(" ", ""))


def fold_questions(text: str) -> str:
    """Write words as `fold_words` does, with a question mark of any script as a word of its own."""
    return " ?".join(fold_words(part).rstrip() for part in QUESTION.split(f"{text} ")) + " "


@cache
def compile_words(words: tuple[str, ...], tag: str) -> re.Pattern[str]:
    """Write words as a pattern for folded text, the longest first."""
    folded = sorted({(fold_questions(word).strip(), word.endswith("*")) for word in words}, key=lambda each: -len(each[0]))
    if not is_spaced(tag):
        return re.compile("|".join(re.escape(word.replace(" ", "")) for word, _ in folded) or "(?!)")
    parts = (re.escape(word) + (r"[^ ]*" if open_end else "") for word, open_end in folded)
    return re.compile(rf" ({'|'.join(parts)})(?= )" if folded else "(?!)")


def cancels(phrase: str, word: str) -> bool:
    """Whether a phrase is found wherever a word is.

    >>> cancels("không", "không"), cancels("không?", "không"), cancels("ningún modo", "ningún*"), cancels("no*", "nobody")
    (True, False, False, True)
    """
    bare, whole = (fold_questions(each).replace(" ", "") for each in (phrase, word))
    return whole.startswith(bare) if phrase.endswith("*") else bare == whole and not word.endswith("*")


def cut_stem(word: str, tag: str) -> str:
    """Cut the article and the ending off a word: at least three letters stay, and about two thirds of a longer one.

    >>> cut_stem("metastásica", "es"), cut_stem("الكتلة", "ar"), cut_stem("ステロイド", "ja")
    ('metastas', 'كتل', 'ステロイド')
    """
    fits = (each for each in find_articles(tag) if len(word) > len(each) + 2 and word.startswith(each))
    if not is_spaced(tag):  # what looks like a mark may make another letter: カ and ガ
        return word
    plain = cut_marks(word.removeprefix(next(fits, "")))
    return plain[: max(3, len(plain) - len(plain) // 4 - (len(plain) > 3))]


def count_phrases(text: str, phrases: Iterable[str], tag: str) -> int:
    """Count how often a text may hold some phrases in any of their forms: the stem of every word of one, close by in any order.

    Half as many other words may stand between them, where spaces part words. A word of one letter must stand there itself:
    vitamin D is not vitamin K. A syllable of Hangul is no letter.

    >>> count_phrases("Dos bultos blandos", ["bulto blando"], "es"), count_phrases("Una masa", ["bulto"], "es")
    (1, 0)
    >>> count_phrases("insuficiencia hepática, diálisis o trasplante renal", ["insuficiencia renal"], "es")
    0
    >>> count_phrases("혹을 짜지 마세요", ["혹"], "ko")
    1
    """
    if not is_spaced(tag):
        plain = fold_words(text).replace(" ", "")
        return sum(min((plain.count(word) for word in fold_words(phrase).split()), default=0) for phrase in phrases)
    words = fold_words(text).split()
    plain_words = [cut_marks(word) for word in words]

    def find_places(word: str) -> list[int]:
        stem = cut_stem(word, tag)
        return [at for at, each in enumerate(plain_words) if (stem in each if len(stem) > 1 else word == words[at])]

    def count_near(phrase: list[str]) -> int:
        places = [find_places(word) for word in phrase]
        begin = found = 0
        for end in range(1, len(words) + 1):
            near = range(max(begin, end - len(phrase) * 3 // 2), end)
            if all(any(at in near for at in each) for each in places):
                begin, found = end, found + 1
        return found

    return sum(count_near(fold_words(phrase).split()) for phrase in phrases)


def cut_marks(text: str) -> str:
    """Take the accents off Latin, Greek and Cyrillic letters, which come and go with inflection.

    >>> cut_marks("reumatólogo")
    'reumatologo'
    """
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", text))


@cache
def split_phrases(term: str) -> tuple[str, ...]:
    """Split a term into the ways to say it: what stands in brackets is one of them.

    >>> split_phrases("磁共振（MRI）"), split_phrases("ecografía")
    (('磁共振', 'MRI'), ('ecografía',))
    """
    inside = [match[0][1:-1] for match in BRACKETS.finditer(term)]
    return tuple(phrase for phrase in (BRACKETS.sub(" ", term).strip(), *inside) if phrase)


def replace_words(text: str, words: Mapping[str, str], tag: str) -> str:
    """Put other words in the place of some, wherever these stand whole; a sentence that they begin keeps its capital.

    >>> replace_words("The emergency room is open. Go to the emergency room.", {"the emergency room": "casualty"}, "en")
    'Casualty is open. Go to casualty.'
    """
    either = (f"[{word[0].lower()}{word[0].upper()}]{re.escape(word[1:])}" for word in sorted(words, key=len, reverse=True))
    lower = {word[0].lower() + word[1:]: word for word in words}

    def put(found: re.Match[str]) -> str:
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        if is_spaced(tag) and any(keep_char(char) == char not in " ’" for char in (before, after) if char):
            return found[0]
        word = lower[found[0][0].lower() + found[0][1:]]
        other = words[word]
        return other[0].upper() + other[1:] if found[0][0] != word[0] and found[0][0].isupper() else other

    return re.sub("|".join(either) or "(?!)", put, text)


def find_terms(english: str, names: Mapping[str, str]) -> list[str]:
    """List the terms that stand in an English text, by what it may call them (`name_terms`); of two in one place the longer one.
    >>> from leaflets.model import Text
    >>> from leaflets.problems import Place
    >>> terms = {name: Term(name, Text(name, Place(""))) for name in ("dermatomyositis", "juvenile dermatomyositis (JDM)")}
    >>> find_terms("Children with JDM or juvenile dermatomyositis", name_terms(terms))
    ['juvenile dermatomyositis (JDM)']
    """
    found = count_terms(english, names)
    return [key for key in dict.fromkeys(names.values()) if key in found] if found else []


def count_terms(english: str, names: Mapping[str, str]) -> Counter[str]:
    """Count how often the terms stand in an English text, as `find_terms` finds them."""
    return Counter(names[name] for name in find_names(english, tuple(names)))


@lru_cache(maxsize=1 << 14)
def find_names(english: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Find names of terms in an English text, each as often as it stands there, which each of its translations asks for again."""
    left, lower, found = english, english.lower(), []
    for name in sorted((name for name in names if name.lower() in lower), key=len, reverse=True):
        left, times = re.subn(rf"\b{re.escape(name)}(e?s)?\b", "\n", left, flags=0 if name.isupper() else re.I)
        found += [name] * times
    return tuple(found)


def name_terms(terms: Mapping[str, Term], but: str = "") -> dict[str, str]:
    """Name the terms as a text may call them: without what stands in brackets, by the abbreviation there, and by their forms.

    `but` is a unit whose own term is left out.
    """
    return {
        name: key
        for key, term in terms.items()
        if term_unit(key) != but
        for name in (re.sub(r" \(.*\)$", "", term.term.words), *re.findall(r"\(([A-Z]+)\)", term.term.words), *term.forms)
    }
