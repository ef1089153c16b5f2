"""How hard English is to read.

Takes plain sentences; gives the US school grade by Flesch-Kincaid (Kincaid et al. 1975: 0.39 words/sentence + 11.8
syllables/word - 15.59). Syllables are counted by vowel groups, since the libraries that do better fetch a dictionary from
the network when they run.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’*]*\s+(?=[\"“*]*[A-Z0-9{])")


@dataclass(frozen=True, slots=True)
class Reading:
    """The grade of a text and what it was computed from; `excepted` are the terms that were left out, as they stood."""

    grade: float
    sentences: int
    words: int
    excepted: tuple[str, ...]


def split_sentences(text: str) -> list[str]:
    """Cut text where a sentence ends.

    >>> split_sentences("Ask first. Do not stop!")
    ['Ask first.', 'Do not stop!']
    """
    return [sentence for sentence in SENTENCE_END.split(text) if sentence.strip()]


def count_words(sentence: str) -> int:
    """Count words; an amount is one word, with or without its unit.

    >>> count_words("A fever of 100.4 °F (38 °C) or more")
    7
    """
    return sum(any(map(str.isalnum, word)) and word not in ("°F", "°C") for word in re.findall(r"[^\s()]+", sentence))


def count_syllables(word: str) -> int:
    """Count the syllables of an English word by its vowel groups.

    >>> [count_syllables(word) for word in ("lump", "table", "whole", "muscles", "fever", "moved")]
    [1, 2, 1, 2, 2, 1]
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", plain))
    silent = re.search(r"([^aeiouyl]|[aeiouy]l)e$|([^aeiouytdl]|[aeiouyl]l)ed$|([^aeiouyscxzgl]|[aeiouy]l)es$", plain) is not None
    return max(1, groups - silent)


def measure_reading(sentences: Iterable[str], terms: Iterable[str]) -> Reading:
    """Measure English sentences, leaving out the given medical terms, which are explained where they stand."""
    longest_first = sorted(terms, key=len, reverse=True)
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})s?\b", re.IGNORECASE) if longest_first else None
    excepted: set[str] = set()
    words: list[str] = []
    number = 0
    for sentence in sentences:
        number += 1
        if pattern:
            excepted.update(found[0].lower() for found in pattern.finditer(sentence))
            sentence = pattern.sub(" ", sentence)
        words += WORD.findall(sentence)
    if not words:
        return Reading(0.0, number, 0, tuple(sorted(excepted)))
    grade = 0.39 * len(words) / number + 11.8 * sum(map(count_syllables, words)) / len(words) - 15.59
    return Reading(round(grade, 1), number, len(words), tuple(sorted(excepted)))
