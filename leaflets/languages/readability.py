"""How hard a text is to read.

Takes plain sentences; gives the scores of the formulas that were published for their language, and for every language how
long its sentences are. Syllables are counted by vowel groups, since the libraries that do better fetch a dictionary from
the network when they run.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’*]*\s+(?=[\"“*]*[A-Z0-9{])")
ANY_SENTENCE_END = re.compile(r"(?<=[.!?؟۔।])[\"”’»*]*\s+(?=\S)|(?<=[。！？])(?![”’」』*])")
HAN = re.compile(r"[\u3400-\u9fff]")
SOUTH_EAST_ASIAN = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer: neither spaces nor letters say how long a sentence is."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas are computed from. `long` words have three syllables or more, `longer` ones four."""

    sentences: int
    words: int
    letters: int
    syllables: int
    long: int
    longer: int

    @property
    def sentence_words(self) -> float:
        return self.words / self.sentences

    @property
    def word_syllables(self) -> float:
        return self.syllables / self.words


@dataclass(frozen=True, slots=True)
class Formula:
    """A published measure of one language: `limit` bounds plain text, from above for a grade, from below for an ease."""

    name: str
    source: str
    compute: Callable[[Counts], float]
    limit: float
    grade: bool = False

    def plain(self, score: float) -> bool:
        return score <= self.limit if self.grade else score >= self.limit


@dataclass(frozen=True, slots=True)
class Readability:
    """The scores of a text by formula; `excepted` are the terms that were left out, as they stood."""

    scores: tuple[tuple[Formula, float], ...]
    counts: Counts
    excepted: tuple[str, ...]


FLESCH_KINCAID = Formula(
    "Flesch-Kincaid", "Kincaid et al. 1975", lambda c: 0.39 * c.sentence_words + 11.8 * c.word_syllables - 15.59, 6, grade=True
)
SMOG = Formula("SMOG", "McLaughlin 1969", lambda c: 1.043 * math.sqrt(30 * c.long / c.sentences) + 3.1291, 6, grade=True)
FORMULAS = {
    "en": (FLESCH_KINCAID, SMOG),
    "de": (Formula("Amstad", "Amstad 1978", lambda c: 180 - c.sentence_words - 58.5 * c.word_syllables, 60),),
    "es": (
        Formula(
            "Szigriszt-Pazos",
            "Szigriszt Pazos 1993; INFLESZ scale, Barrio-Cantalejo et al. 2008",
            lambda c: 206.835 - 62.3 * c.word_syllables - c.sentence_words,
            55,
        ),
    ),
    "fr": (
        Formula("Kandel-Moles", "Kandel & Moles 1958", lambda c: 207 - 1.015 * c.sentence_words - 73.6 * c.word_syllables, 60),
    ),
    "it": (Formula("Gulpease", "Lucisano & Piemontese 1988", lambda c: 89 + (300 * c.sentences - 10 * c.letters) / c.words, 60),),
    "nl": (Formula("Flesch-Douma", "Douma 1960", lambda c: 206.84 - 0.93 * c.sentence_words - 77 * c.word_syllables, 60),),
    "pl": (
        Formula(
            "FOG-PL",
            "Gunning 1952, for Polish with words of four syllables (Pisarek 1969)",
            lambda c: 0.4 * (c.sentence_words + 100 * c.longer / c.words),
            9,
            grade=True,
        ),
    ),
    "pt": (
        Formula(
            "Flesch-Martins", "Martins et al. 1996", lambda c: 248.835 - 1.015 * c.sentence_words - 84.6 * c.word_syllables, 50
        ),
    ),
    "ru": (Formula("Oborneva", "Oborneva 2006", lambda c: 206.835 - 1.3 * c.sentence_words - 60.1 * c.word_syllables, 60),),
}
"""The formulas by language. English has US grades; the others have the bounds of "standard" or better of their own scale."""

NUCLEI = {
    "de": r"äu|au|eu|ei|ai|ie|ey|aa|ee|oo|[aeiouyäöü]",
    "es": r"[iuü]?[aeoáéó][iuy]?|[íú]|[iuü]+y?|y",
    "fr": r"[aeiouyàâéèêëîïôöùûüœæ]+",
    "it": r"[aeiouàèéìòù]+",
    "nl": r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|oe|eu|ui|ij|ei|ou|au|ie|[aeiouyéëèïöü]",
    "pl": r"i?[aeouyąęó]|i",
    "pt": r"ão|ãe|õe|[aeoáàâéêóô][iu]|[aeiouáàâãéêíóôõúü]",
    "ru": r"[аеёиоуыэюя]",
}
"""What makes a syllable, by language, in lower-case letters."""
SILENT = {"fr": r"(?<=[^aeiouyàâéèêëîïôöùûü])(e|es|ent)$", "es": r"(?<=[qg])u(?=[eiéí])", "pt": r"(?<=[qg])u(?=[aeio])"}
"""Letters that are written and make no syllable."""


def split_sentences(text: str) -> list[str]:
    """Cut English where a sentence ends.

    >>> split_sentences("Ask first. Do not stop!")
    ['Ask first.', 'Do not stop!']
    """
    return [sentence for sentence in SENTENCE_END.split(text) if sentence.strip()]


def split_any_sentences(text: str) -> list[str]:
    """Cut text of any language where a sentence ends.

    >>> split_any_sentences("别停药。先问医生。"), split_any_sentences("¿Duele? Llame.")
    (['别停药。', '先问医生。'], ['¿Duele?', 'Llame.'])
    """
    return [sentence for sentence in ANY_SENTENCE_END.split(text) if sentence and sentence.strip()]


def count_words(sentence: str) -> int:
    """Count words; an amount is one word, with or without its unit.

    >>> count_words("A fever of 100.4 °F (38 °C) or more")
    7
    """
    return sum(any(map(str.isalnum, word)) and word not in ("°F", "°C") for word in re.findall(r"[^\s()]+", sentence))


def measure_length(sentence: str) -> int:
    """The length of a sentence: its words, or its characters where it is written in Han; 0 where neither parts it (Thai, Khmer).

    >>> measure_length("先问医生。"), measure_length("Ask first.")
    (4, 2)
    """
    if SOUTH_EAST_ASIAN.search(sentence):
        return 0
    return len(HAN.findall(sentence)) or count_words(sentence)


def count_syllables(word: str) -> int:
    """Count the syllables of an English word by its vowel groups.

    >>> [count_syllables(word) for word in ("lump", "table", "whole", "muscles", "fever", "moved", "movement")]
    [1, 2, 1, 2, 2, 1, 2]
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    inner = re.sub(r"([aeiouy][^aeiouy]+)e(?=(less|ly|ment|ness|times|where)$)", r"\1", plain)
    groups = len(re.findall(r"[aeiouy]+", inner))
    silent = re.search(r"([^aeiouyl]|[aeiouy]l)e$|([^aeiouytdl]|[aeiouyl]l)ed$|([^aeiouyscxzgl]|[aeiouy]l)es$", inner) is not None
    return max(1, groups - silent)


@lru_cache(maxsize=1 << 14)
def count_language_syllables(word: str, language: str) -> int:
    """Count the syllables of a word of any language that has formulas.

    >>> count_language_syllables("hueso", "es"), count_language_syllables("día", "es"), count_language_syllables("кожа", "ru")
    (2, 2, 2)
    """
    if language == "en":
        return count_syllables(word)
    plain = word.lower()
    if silent := SILENT.get(language):
        plain = re.sub(silent, "", plain)
    return max(1, len(re.findall(NUCLEI[language], plain)))


@lru_cache(maxsize=64)
def measure_reading(sentences: tuple[str, ...], terms: tuple[str, ...], language: str) -> Readability:
    """Measure sentences by every formula of their language, a key of FORMULAS, leaving out the given medical terms.

    The terms are explained where they stand, and have no plainer word.
    """
    longest_first = sorted(terms, key=len, reverse=True)
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})s?\b", re.IGNORECASE) if longest_first else None
    excepted: set[str] = set()
    words: list[str] = []
    for sentence in sentences:
        if pattern:
            excepted.update(found[0].lower() for found in pattern.finditer(sentence))
            sentence = pattern.sub(" ", sentence)
        words += WORD.findall(sentence)
    syllables = [count_language_syllables(word, language) for word in words]
    counts = Counts(
        sentences=len(sentences),
        words=len(words),
        letters=sum(sum(map(str.isalpha, word)) for word in words),
        syllables=sum(syllables),
        long=sum(each >= 3 for each in syllables),
        longer=sum(each >= 4 for each in syllables),
    )
    scores = tuple((formula, round(formula.compute(counts), 1)) for formula in FORMULAS[language]) if words else ()
    return Readability(scores, counts, tuple(sorted(excepted)))
