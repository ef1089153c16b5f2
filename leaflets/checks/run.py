"""Every check over everything that was loaded."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache, partial

from leaflets.checks import check
from leaflets.checks.content import LEAFLET_CHECKS, PROJECT_CHECKS, LeafletContent
from leaflets.checks.pairs import LanguageContent, Pair, gather_lexicon
from leaflets.checks.reading import LANGUAGE_READING_CHECKS, LEAFLET_READING_CHECKS, PROJECT_READING_CHECKS
from leaflets.checks.sheet import LEAFLET_SHEET_CHECKS, find_long_sheets
from leaflets.checks.translation import LANGUAGE_CHECKS, PAIR_CHECKS
from leaflets.content.project import Language, Project, is_of_language
from leaflets.content.waivers import apply_waivers, find_unused
from leaflets.languages.fonts import NO_TYPOGRAPHY, Fonts, check_fonts
from leaflets.languages.locales import format_date, native_name
from leaflets.model import SOURCE_LOCALE, Text
from leaflets.problems import WAITING, Place, Problem, Rule, Severity, has_errors, sort_problems
from leaflets.translation.localize import find_stale, find_translation_problems
from leaflets.translation.units import list_begun, list_recorded, list_source, list_words
from leaflets.translation.write import list_rests

HTML = re.compile(r"</?[A-Za-z!][^<>]*>|&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")
UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200d\u2060]")


@check(
    "no-font",
    Severity.ERROR,
    "A character without a font prints as an empty box, and the text behind it still reads perfectly.",
    "https://github.com/Kozea/WeasyPrint/pull/2523",
)
def find_characters_without_font(rule: Rule, subject: tuple[str, Text, frozenset[int]]) -> Iterator[Problem]:
    """Every character of a text is in a font of its language."""
    tag, text, characters = subject
    for char in dict.fromkeys(text.words) if not characters.issuperset(map(ord, text.words)) else ():
        if ord(char) not in characters and not UNSEEN.match(char):
            message = f'no pinned font of "{tag}" has "{char}" (U+{ord(char):04X})'
            yield rule.at(text.place, message, "Use another character, or pin a font that has it.")


@check("html-in-text", Severity.ERROR, "The page has it letter by letter: the reader sees &nbsp; and <b> between the words.")
def find_html(rule: Rule, text: Text) -> Iterator[Problem]:
    """No text has a tag, a comment or the name of a character as HTML has them."""
    for found in dict.fromkeys(HTML.findall(text.words)):
        remedy = "Take it out; write **words** for strong ones, and a character itself for its name."
        yield rule.at(text.place, f'"{found}" looks like HTML, which is not understood here', remedy)


def find_problems(project: Project, fonts: Fonts, locales: Collection[str] = ()) -> tuple[Problem, ...]:
    """Run every check; sorted by place. Of the languages only those that are named are looked at, and the source; none mean all.

    Each takes up to a second, so that who asks for one does not wait for forty.
    """
    problems = [*project.problems, *check_fonts(fonts)]
    for project_check in (*PROJECT_CHECKS, *PROJECT_READING_CHECKS):
        problems += project_check(project)
    for leaflet in project.leaflets.values():
        for leaflet_check in (*LEAFLET_CHECKS, *LEAFLET_SHEET_CHECKS, *LEAFLET_READING_CHECKS):
            problems += leaflet_check(LeafletContent(leaflet, project))
    for tag, language in project.languages.items():
        if not locales or tag in (*locales, SOURCE_LOCALE):
            problems += find_language_problems(project, language, fonts)
    return sort_problems(leave_waiting(project, problems))


def leave_waiting(project: Project, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Let words wait that a language lacks for leaflets which it has not begun: to have the sheets alone is no mistake."""
    begun = cache(partial(list_begun, project))
    for each in problems:
        if each.id in WAITING and each.units:
            [tag] = [tag for tag in project.languages if is_of_language(each.place.path, tag)]
            yield replace(each, severity=Severity.NOTE) if begun(tag).isdisjoint(each.units) else each
        else:
            yield each


def select_problems(
    project: Project, problems: Iterable[Problem], locales: Collection[str], topics: Collection[str]
) -> tuple[Problem, ...]:
    """Pick the problems that lie in the files of some languages, and of some topics, or of terms or labels; no names mean all."""
    own = {file for locale in project.languages for topic in topics for file in list_rests(locale, topic)}
    return tuple(
        each
        for each in problems
        if (not locales or any(is_of_language(each.place.path, locale) for locale in locales))
        and (not topics or each.place.path in own)
    )


def find_language_problems(project: Project, language: Language, fonts: Fonts) -> Iterator[Problem]:
    tag = language.tag
    for language_check in (*LANGUAGE_CHECKS, find_long_sheets, *LANGUAGE_READING_CHECKS):
        yield from language_check(LanguageContent(language, project))
    if tag != SOURCE_LOCALE:
        yield from find_pair_problems(project, language)
    place = Place(f"content/topics/{tag}")
    texts = list_words(project, tag)
    for unit, text in texts.items():
        yield from name_unit(unit, find_html(text))
    if not fonts.typography(tag):
        yield NO_TYPOGRAPHY.at(place, f'no fonts are set for "{tag}"', "Add its script to templates/styles/scripts.toml.")
        return
    characters = fonts.characters(tag)
    dates = [day for leaflet in project.leaflets.values() for day in (leaflet.issued, leaflet.review_by)]
    own = [Text(native_name(tag), place), *(Text(format_date(day, tag), place) for day in dates)]
    for text in own:
        yield from find_characters_without_font((tag, text, characters))
    for unit, text in texts.items():
        yield from name_unit(unit, find_characters_without_font((tag, text, characters)))


def name_unit(unit: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Say of problems which unit they are about, so that nothing else is stopped."""
    return (replace(problem, units=(unit,)) for problem in problems)


def check_pair(pair: Pair) -> tuple[Problem, ...]:
    """Run every check that compares a unit's English with its translation."""
    return tuple(name_unit(pair.unit, (problem for pair_check in PAIR_CHECKS for problem in pair_check(pair))))


def find_pair_problems(project: Project, language: Language) -> Iterator[Problem]:
    """Compare a translation with its source, unit by unit."""
    tag = language.tag
    records = None if project.broken(f"translations/{tag}/review.yaml") else language.records
    for topic in project.topics.values():
        if not project.broken(f"content/topics/{tag}/{topic.name}.yaml"):
            yield from find_translation_problems(topic, tag, language.words, records, language.gaps)
    if records is not None:
        terms = {unit: english for unit, english in list_recorded(project).items() if unit not in project.units}
        yield from find_stale(terms, tag, list_words(project, tag), records)
    found: set[tuple[str, str]] = set()
    for pair in list_pairs(project, tag):
        problems = check_pair(pair)
        found |= {(pair.unit, problem.id) for problem in problems}
        yield from apply_waivers(language.waivers, pair.unit, pair.english, pair.translated, problems)
    if not has_errors(project.problems):  # what could not be read may be what a waiver is for
        yield from find_unused(language.waivers, found)


def list_pairs(project: Project, tag: str) -> Iterator[Pair]:
    """Put each unit of a language beside its English."""
    source, lexicon = list_source(project), gather_lexicon(project, project.languages[tag])
    for unit, text in list_words(project, tag).items():
        if unit in source:
            yield Pair(unit, tag, source[unit], text, lexicon)
