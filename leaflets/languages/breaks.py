"""Where a line may end in languages that do not part their words by spaces, or are read more easily whole.

Takes the texts of a paragraph and their language; gives the same texts with marks that no reader sees and that only a layout
needs: a line may end at one, and must not at the other. Thai, Lao, Khmer and Burmese are parted at words, Japanese at phrases, by
the dictionaries of ICU; Korean at spaces. Pango knows Thai words alone, and ends a Japanese or Korean line anywhere.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from fontTools import unicodedata as scripts

from leaflets.languages.locales import script

MAY_END = "\u200b"
MUST_NOT_END = "\u2060"
UNSEEN = {0xAD: None, ord(MAY_END): None, ord(MUST_NOT_END): None}
"""What only steers where a line ends, for `str.translate`: no reader sees it, and no text layer has it."""
BY_WORDS = {"Thai", "Laoo", "Khmr", "Mymr"}
BY_PHRASES = {"Jpan", "Kore"}
"""Scripts between whose letters a line ends anywhere, unless it is told not to."""
NO = {"Mymr": "\u1019"}
"""A letter that says no to the word that follows: no line ends between them."""
STACKERS, ASAT = "\u1039\u17d2", "\u103a"
"""Where no syllable ends: behind what stacks the next consonant below, and before a consonant that asat makes a final one."""
LETTERS = {"Hira", "Kana", "Hani", "Hang"}


def needs_marks(tag: str) -> bool:
    """Whether lines of a language end at the wrong places without marks.

    >>> needs_marks("km"), needs_marks("ko"), needs_marks("zh-Hans")
    (True, True, False)
    """
    return script(tag) in BY_WORDS or script(tag) in BY_PHRASES


def mark_breaks(texts: Sequence[str], tag: str) -> tuple[str, ...]:
    """Mark where lines may end in the texts that make a paragraph, one a run: a word may go on in the next.

    >>> mark_breaks(["โทรหา", "คลินิก"], "th") == (f"โทร{MAY_END}หา", f"{MAY_END}คลินิก")
    True
    >>> mark_breaks(["약을 드세요"], "ko") == (f"약{MUST_NOT_END}을 드{MUST_NOT_END}세{MUST_NOT_END}요",)
    True
    """
    from icu4py.breakers import LineBreaker

    whole, code = "".join(texts), script(tag)
    ends = set(accumulate(map(len, LineBreaker(whole, f"{tag}@lw=phrase" if code in BY_PHRASES else tag))))
    marks = dict(place_marks(whole, ends, code))
    begins = accumulate(map(len, texts), initial=0)
    return tuple(
        "".join(marks.get(begin + index, "") + char for index, char in enumerate(text))
        for begin, text in zip(begins, texts, strict=False)
    )


def place_marks(words: str, ends: set[int], code: str) -> Iterator[tuple[int, str]]:
    """Yield each place between two letters that needs a mark, and the mark.

    ICU ends phrases inside of some polite verbs, and a phrase seldom begins with hiragana: no line ends before it. In Burmese and
    Khmer it tears syllables of words that its dictionary has not, such as names: the marks would then stand on dotted circles.
    Nor does a line end behind the "not" of a verb: the next would begin with what is not to be done.
    """
    for place, (before, after) in enumerate(pairwise(words), start=1):
        both = {scripts.script(before), scripts.script(after)}
        tears = before in STACKERS or words[place + 1 : place + 2] in {*STACKERS[0], ASAT}
        if code in BY_WORDS and both <= BY_WORDS and place in ends and not tears and before != NO.get(code):
            yield place, MAY_END
        begins_phrase = place in ends and scripts.script(after) != "Hira"
        if code in BY_PHRASES and both & LETTERS and before.isalnum() and after.isalnum() and not begins_phrase:
            yield place, MUST_NOT_END
