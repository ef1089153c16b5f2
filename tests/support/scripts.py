"""The pages filled with real words of forty languages, before anybody has translated them.

`python -m tests.support.scripts [leaflet] [TAG …]` prints each language, its pages and what is wrong with them, of the sheet or
of the leaflet. The words are CLDR's own names of months, days, units, languages and countries; as many stand in the place of each
English text as its translation would be long. Numbers, {placeholders} and **strong** stay. Nobody can read it, and the script,
its marks above and below, its line ends and its length are those of the language.
"""

import random
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from leaflets.build.jobs import Job
from leaflets.build.leaflet import make_leaflet
from leaflets.content.project import Project, load_project
from leaflets.edition import Print
from leaflets.languages.conventions import find_marks
from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import parse_tag, script
from leaflets.model import SOURCE_LOCALE
from leaflets.pdf.engine import Engine
from leaflets.problems import Problem
from leaflets.translation.pseudo import KEPT, make_language
from tests.support.projects import ROOT

LANGUAGES = (
    *("es", "ar", "zh-Hans", "hi", "ur", "ka", "vi", "zh-Hant", "ko", "ru", "fr", "pt-BR", "fil"),
    *("fa", "pl", "uk", "so", "bn", "ne", "my", "sw", "pa", "am", "ti", "ps", "fa-AF"),
    *("tr", "ro", "ta", "gu", "km", "th", "de", "it", "ja", "ckb", "lo", "te", "ml"),
    *("mr", "si", "kn", "or", "hy", "he", "el", "bo", "nqo", "syr", "iu", "dv"),
)
"""Those that the project has, those that clinics ask for most, and one more of each script that fonts are pinned for."""
GAPS = {"Jpan": "の", "Hans": "", "Hant": "", "Thai": "", "Laoo": "", "Khmr": "", "Mymr": "", "Tibt": ""}
"""What stands between words, where it is no space: a Japanese phrase ends with a particle."""
NATIONAL = {"Hans", "Hant", "Jpan", "Kore"}
"""Scripts whose fonts are cut to a national set, which names of far countries go beyond."""
PHRASE = 4
"""So many words stand together before a space or a comma, where no space parts words."""
PROSE = 1.14
"""How much longer sentences are than names of countries, each measured against the English: the mean of the six languages that
the project has, which go from 1.03 to 1.24."""
ENOUGH = 20
"""So many names of countries say how long a language is; with fewer it is taken to be as long as English."""
AFTER_WIDE = re.compile(r"(?<=[、。，：；？！]) ")
MARKS = ("statement", "question", "exclamation", "colon", "comma", "semicolon")
CLAUSE = re.compile(r"[^.,:;?!]+")


@cache
def list_names(tag: str) -> dict[tuple[str, str], str]:
    """The names that CLDR has in a language, by what they name."""
    data = parse_tag(tag)
    units = {
        (unit, form): pattern.replace("{0}", "").strip()
        for unit, widths in data._data["unit_patterns"].items()
        for form, pattern in widths.get("long", {}).items()
        if form == "other"
    }
    months, days = (names["format"]["wide"] for names in (data.months, data.days))
    kinds = {"territory": data.territories, "language": data.languages, "month": months, "day": days}
    named = {(kind, str(key)): str(name) for kind, names in kinds.items() for key, name in names.items()}
    return {key: name for key, name in (named | units).items() if name}


def is_of_script(name: str, tag: str) -> bool:
    """Whether a name is in the language's own letters: CLDR gives Latin ones where it knows no other."""
    from fontTools import unicodedata as scripts

    own = {"Hans": {"Hani"}, "Hant": {"Hani"}, "Jpan": {"Hani", "Hira", "Kana"}, "Kore": {"Hang"}}.get(script(tag), {script(tag)})
    return all(scripts.script(char) in own | {"Zyyy", "Zinh"} and char not in "()[]{}0123456789*:/" for char in name)


@cache
def list_pool(tag: str) -> tuple[str, ...]:
    """The names of a language that a text is made of."""
    english = set(list_names(SOURCE_LOCALE).values())
    names = {name for name in list_names(tag).values() if name not in english and is_of_script(name, tag)}
    if script(tag) in NATIONAL:
        printed = read_fonts(ROOT / "templates").characters(tag)
        names = {name for name in names if printed.issuperset(map(ord, name))}
    return tuple(sorted(names))


@cache
def measure_ratio(tag: str) -> float:
    """How many times as long as the English a text of a language is."""
    own, english = list_names(tag), list_names(SOURCE_LOCALE)
    both = [key for key in own if key[0] == "territory" and own[key] != english.get(key) and is_of_script(own[key], tag)]
    if len(both) < ENOUGH:
        return 1.0
    return PROSE * sum(len(own[key]) for key in both) / sum(len(english[key]) for key in both)


def write_words(english: str, tag: str) -> str:
    """Write words of a language in the place of an English text."""
    choose = random.Random(f"{tag} {english}").choice
    marks = find_marks(tag)
    own = {
        ".": marks.statement,
        "?": marks.question,
        "!": marks.exclamation,
        ":": marks.colon,
        ",": marks.comma,
        ";": marks.semicolon,
    }
    gap = GAPS.get(script(tag), " ")

    def write_clause(clause: re.Match[str]) -> str:
        plain = clause[0]
        if not any(map(str.isalpha, plain)):
            return plain
        wanted, words = len(plain.strip()) * measure_ratio(tag), [choose(list_pool(tag))]
        while sum(map(len, words)) + len(words) * len(gap) < wanted - 2:
            words.append(choose(list_pool(tag)))
        phrases = [gap.join(words[start : start + PHRASE]) for start in range(0, len(words), PHRASE)]
        return " " * plain.startswith(" ") + (gap or " ").join(phrases) + " " * plain.endswith(" ")

    def write(plain: str) -> str:
        return "".join(own[char][:1] if char in own else char for char in CLAUSE.sub(write_clause, plain))

    found, end = "", 0
    for kept in KEPT.finditer(english):
        found += write(english[end : kept.start()]) + kept[0]
        end = kept.end()
    return AFTER_WIDE.sub("", found + write(english[end:]))


def fill_project(project: Project, tag: str) -> Project:
    """Give a project a language of such words, whatever it has of it."""
    filled = make_language(project, tag, partial(write_words, tag=tag))
    return replace(project, languages={**project.languages, tag: filled})


def make_page(
    project: Project, engine: Engine, tag: str, what: Print, name: str = "adult"
) -> tuple[int, bytes, tuple[Problem, ...]]:
    """Make a sheet or leaflet of such words on A4: its pages, the PDF, and what is wrong with it."""
    [made], problems = make_leaflet(fill_project(project, tag), Job(tag, name, "standard", "a4", what), engine, None)
    return made.entry.pages, made.data, problems


def report(tags: Iterable[str], what: Print, keep: Path | None = None) -> Iterator[str]:
    """Yield a line for each language: its script, pages and problems."""
    project = load_project(ROOT)
    with TemporaryDirectory() as scratch:
        engine = Engine(ROOT / "templates", project.pictures, Path(scratch))
        for tag in tags:
            pages, data, problems = make_page(project, engine, tag, what)
            if keep:
                (keep / f"{tag}.pdf").write_bytes(data)
            said = "; ".join(f"{problem.id}: {problem.message}" for problem in problems[:4])
            more = f" (and {len(problems) - 4} more)" if len(problems) > 4 else ""
            yield f"{tag:8} {script(tag)} {measure_ratio(tag):.2f} {pages:2} {said or 'clean'}{more}"


def main(words: list[str]) -> None:
    what = Print.LEAFLET if "leaflet" in words else Print.SHEET
    for line in report([word for word in words if word != "leaflet"] or LANGUAGES, what):
        print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
