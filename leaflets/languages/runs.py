"""How text of mixed direction is cut into runs: the one place where the direction of running text is decided.

Takes the words of a language and what fills their placeholders; gives `Run`s.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from fontTools import unicodedata as scripts

from leaflets.languages.locales import direction, script
from leaflets.languages.quantities import AMOUNT
from leaflets.model import SOURCE_LOCALE

LATIN_WORD = r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9]*(?:['’.-][A-Za-z\u00c0-\u024f0-9]+)*"
LATIN = rf"{LATIN_WORD}(?:[ \u00a0]{LATIN_WORD})*"
PIECES = re.compile(rf"(?P<strong>\*\*)|\{{(?P<placeholder>[a-z_]+)\}}|(?P<amount>{AMOUNT.pattern})|(?P<latin>{LATIN})")
PHONE = re.compile(r"[+(]?[0-9][0-9 ().-]*")
"""A phone number in any form that a clinic may give it."""
CLOSING = re.compile(r"[^\w\s*({\[“«「（]+")
"""Punctuation that may not begin a line: it stays with the blank before it."""
SHORT = 16
"""Letters of a foreign name that is kept on one line: broken at a hyphen inside right-to-left text it cannot be read."""


def text_direction(text: str) -> str:
    """Say which way words of unknown language run, by their first letter (Unicode bidirectional algorithm, P2 and P3).

    >>> text_direction("St. Mary's (North)"), text_direction("مستشفى (1)")
    ('ltr', 'rtl')
    """
    kinds = (scripts.bidirectional(char) for char in text)
    return next(("ltr" if kind == "L" else "rtl" for kind in kinds if kind in ("L", "R", "AL")), "ltr")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one direction, one language and one weight.

    `ltr` marks a run that stands left-to-right inside right-to-left text; `language` is set where it differs from the
    page's; `keep` forbids a line break inside. `isolate` is the direction of words that are printed as somebody gave them.
    `unit` is the id of the unit that the words are of, on a page that must tell. A `blank` has a line to write on before its
    words, which are no more than the punctuation behind it.
    """

    words: str
    strong: bool = False
    ltr: bool = False
    language: str = ""
    keep: bool = False
    isolate: str = ""
    unit: str = ""
    blank: bool = False


Fill = Mapping[str, "str | tuple[Run, ...]"] | Callable[[str], "str | tuple[Run, ...]"]
"""What stands in the place of a placeholder, by its name."""


def isolate_words(words: str, language: str = "") -> tuple[Run, ...]:
    """Set words that may be of any script, such as a person's name, so that they do not move what stands beside them.

    >>> isolate_words("أمل Test")[0].isolate
    'rtl'
    """
    return (Run(words, language=language, isolate=text_direction(words)),)


def set_phone(number: str, tag: str) -> tuple[Run, ...]:
    """Set a number to call: bold, in its own direction, and never broken."""
    return (Run(number, strong=True, ltr=direction(tag) == "rtl", keep=True),)


def split_runs(words: str, tag: str, fill: Fill = {}) -> tuple[Run, ...]:  # noqa: B006
    """Cut words into runs: `**strong**`, filled `{placeholders}`, amounts, and words in Latin letters.

    This is the one place where direction is decided. Unisolated, `020 7946 0000` prints as `0000 7946 020` and `4–12` as
    `12–4` in Arabic, and of all the ways to isolate only an element with a direction is right at line ends too (measured
    on WeasyPrint 70). An amount never breaks from its unit.

    >>> [run.words for run in split_runs("من 4–12 شهرًا", "ar") if run.ltr]
    ['4–12']
    >>> [(run.words, run.strong) for run in split_runs("**Do not** cut.", "en")]
    [('Do not', True), (' cut.', False)]
    """
    foreign = script(tag) != "Latn"
    rtl = direction(tag) == "rtl"
    runs: list[Run] = []
    strong = False
    end = 0

    def add(run: Run) -> None:
        if runs and runs[-1].blank and (close := CLOSING.match(run.words)):
            runs[-1] = replace(runs[-1], words=runs[-1].words + close[0])
            run = replace(run, words=run.words[close.end() :])
        if not run.words and not run.blank:
            return
        if runs and replace(runs[-1], words="") == replace(run, words="") and not run.keep:
            run = replace(run, words=runs.pop().words + run.words)
        runs.append(run)

    for piece in PIECES.finditer(words):
        add(Run(words[end : piece.start()], strong))
        end = piece.end()
        if piece["strong"]:
            strong = not strong
        elif name := piece["placeholder"]:
            value = fill(name) if callable(fill) else fill[name]
            if isinstance(value, str):
                phone = AMOUNT.fullmatch(value) or PHONE.fullmatch(value)
                value = (Run(value, ltr=rtl, keep=True),) if phone else split_runs(value, tag)
            for run in value:
                add(replace(run, strong=strong or run.strong))
        elif piece["amount"]:
            add(Run(piece[0], strong, ltr=rtl, keep=rtl or len(piece[0]) > 1))
        elif foreign:
            speak = SOURCE_LOCALE if len(piece[0]) > 1 else ""
            add(Run(piece[0], strong, ltr=rtl, language=speak, keep=len(piece[0]) <= SHORT))
        else:
            add(Run(piece[0], strong))
    add(Run(words[end:], strong))
    return tuple(hang_spaces(runs))


def hang_spaces(runs: list[Run]) -> list[Run]:
    """Give a space that stands alone between two runs to one of them: alone it is lost at a line's end.

    >>> [run.words for run in hang_spaces([Run("Today:", strong=True), Run(" "), Run("112", keep=True)])]
    ['Today: ', '112']
    """

    def flows(run: Run) -> bool:
        return not (run.keep or run.ltr or run.language or run.isolate)

    def is_space(run: Run) -> bool:
        return not (run.words.strip() or run.blank)

    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last and is_space(run) and flows(last):
            found[-1] = replace(last, words=last.words + run.words)
        elif last and is_space(last) and flows(run):
            found[-1] = replace(run, words=last.words + run.words)
        else:
            found.append(run)
    return found


def join_runs(runs: tuple[Run, ...]) -> str:
    """Read runs back as plain words."""
    return "".join(run.words for run in runs)
