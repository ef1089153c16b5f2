"""Checks of the marks of a translation: what ends its sentences, what stands around words, and that pairs are closed."""

import re
from collections.abc import Iterator

from fontTools import unicodedata as scripts

from leaflets.checks import check
from leaflets.checks.pairs import Pair
from leaflets.languages.conventions import KINDS, Marks, find_marks
from leaflets.languages.locales import english_name
from leaflets.languages.phrases import PLACEHOLDER
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import Problem, Rule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
CLOSERS = "*\"'”’“»›)）]】」』》 \u00a0\u202f"
"""What may stand behind the last mark of a sentence; German closes a quotation with “."""
BRACKETS = (("(（", ")）"), ("[【", "]】"))
QUOTES = '"“”„‟«»‹›「」『』《》'
NO_BREAK = "\u00a0\u202f"
MARKS = "https://www.unicode.org/versions/latest/"


def find_end_mark(words: str, marks: Marks) -> str:
    """Say which kind of mark ends a text; "" if it ends with none.

    >>> find_end_mark("¿Ayudaría una cirugía?", find_marks("es")), find_end_mark("不要挤肿块。”", find_marks("zh-Hans"))
    ('question', 'statement')
    """
    bare = words.rstrip(CLOSERS)
    return marks.ends.get(bare[-1:], "")


@check("question-mismatch", ERROR, "A question that lost its mark is an order, and an order that got one is a choice.", MARKS)
def find_question_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation ends with a question where its English does, and only there."""
    marks = find_marks(pair.locale)
    if not marks.question:
        return
    wanted, found = find_ends(pair, marks)
    if (wanted == "question") != (found == "question"):
        said = "is a question" if found == "question" else "is no question"
        message = f'"{pair.translated}" {said}, unlike the English: "{pair.english}"'
        remedy = f'A question of {english_name(pair.locale)} ends with "{marks.question[0]}".'
        yield rule.at(pair.translated.place, message, remedy)


def find_ends(pair: Pair, marks: Marks) -> tuple[str, str]:
    """Say how the English ends, and how its translation."""
    return find_end_mark(pair.english.words, find_marks(SOURCE_LOCALE)), find_end_mark(pair.translated.words, marks)


@check(
    "punctuation",
    WARNING,
    "Marks of another language, lost or doubled ones make a careful text look careless, and read badly.",
    MARKS,
)
def find_odd_punctuation(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation ends as its English does, with its language's own marks; spaces and pairs are as they should be."""
    marks = find_marks(pair.locale)
    words = pair.translated.words
    for said, remedy in (
        *compare_ends(pair, marks),
        *find_foreign_marks(words, marks),
        *find_openings(words, marks),
        *find_spaces(words, marks),
        *find_unclosed(words),
    ):
        yield rule.at(pair.translated.place, f'{said}: "{words}"', remedy)


def compare_ends(pair: Pair, marks: Marks) -> Iterator[tuple[str, str]]:
    wanted, found = find_ends(pair, marks)
    if wanted != found and "question" not in (wanted, found) and marks.statement:
        yield f"ends with {found or 'no mark'}, the English with {wanted or 'none'}", "End it as the English ends."


def find_foreign_marks(words: str, marks: Marks) -> Iterator[tuple[str, str]]:
    """Find marks that the language writes otherwise; ASCII ones behind Latin words and numbers are left alone."""
    meant = marks.foreign
    if meant.keys().isdisjoint(words):
        return
    for match in re.finditer(rf"(\S)[*{re.escape(CLOSERS)}]*?([{re.escape(''.join(meant))}])", words):
        if not match[2].isascii() or scripts.script(match[1]) not in ("Latn", "Zyyy", "Zinh"):
            yield f'"{match[2]}" is another language\'s mark', f'Write "{meant[match[2]]}".'
            return


def find_openings(words: str, marks: Marks) -> Iterator[tuple[str, str]]:
    for end, opening in marks.opens.items():
        if words.count(end) != words.count(opening):
            said = f'{words.count(opening)} "{opening}" for {words.count(end)} "{end}"'
            yield said, f'Begin with "{opening}" what ends with "{end}".'


def find_spaces(words: str, marks: Marks) -> Iterator[tuple[str, str]]:
    bare = PLACEHOLDER.sub("x", words)
    if re.search(r"[ \u00a0]{2}", bare):
        yield "two spaces in a row", "Leave one."
    tight = "".join(char for kind in KINDS for char in getattr(marks, kind) if char not in marks.spaced)
    if tight and (match := re.search(rf"[ \u00a0\u202f]([{re.escape(tight)}])(?![\w.])", bare)):
        yield f'a space before "{match[1]}"', "Delete the space."
    for char in marks.spaced:
        if re.search(rf"[^\s\d:/]{re.escape(char)}|(?<![{NO_BREAK}])[ ]{re.escape(char)}", re.sub(r"https?://\S+", "", bare)):
            yield f'no space that does not break before "{char}"', "Put a no-break space (U+00A0 or U+202F) before it."
    for char in marks.opened:
        if re.search(rf"{re.escape(char)}(?![{NO_BREAK}])", bare):
            yield f'no space that does not break after "{char}"', "Put a no-break space (U+00A0 or U+202F) after it."


def find_unclosed(words: str) -> Iterator[tuple[str, str]]:
    bare = re.sub(r"\{[^{}]*\}?", "", words)  # braces and what is in them are for placeholder-mismatch
    for opening, closing in BRACKETS:
        opened, closed = (sum(bare.count(char) for char in chars) for chars in (opening, closing))
        if opened != closed:
            yield f'{opened} "{opening[0]}" and {closed} "{closing[0]}"', "Close each bracket once."
    if sum(words.count(char) for char in QUOTES) % 2:
        yield "a quotation mark stands alone", "Open and close each quotation."


PUNCTUATION_CHECKS = (find_question_mismatches, find_odd_punctuation)
