"""What a translator's editor shows, and what a save changes.

Takes a `Project`, the tag of a language and what a person typed; gives all that is known of a unit, its problems, and the new
bytes of the files.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from leaflets.checks.lexicon import count_markers, find_missing_markers, find_missing_phrases, list_phrases
from leaflets.checks.pairs import LanguageContent, Lexicon, Pair, gather_lexicon
from leaflets.checks.run import check_pair, find_characters_without_font
from leaflets.content.project import Project, find_unreadable
from leaflets.content.provenance import list_changes
from leaflets.content.strict_yaml import EMPTY_VALUE, check_characters
from leaflets.content.waivers import apply_waivers
from leaflets.languages.fonts import Fonts
from leaflets.languages.phrases import find_terms, fold_words
from leaflets.languages.readability import count_words
from leaflets.model import SOURCE_LOCALE, Markers, Text, term_unit
from leaflets.problems import LeafletsError, Place, Problem, has_errors
from leaflets.translation.localize import STALE_UNIT
from leaflets.translation.units import LABELS, TERMS, State, Unit, name_group, survey_language
from leaflets.translation.write import locate_unit, write_units

GROUPS = {TERMS: "Fixed words", LABELS: "Words of the page itself"}
"""What the editor calls the units that belong to no topic."""
MARKED = {"negation": "not", "obligation": "must", "uncertainty": "may"}
"""The kinds of words that are counted, each by the word that stands for it."""
FOREIGN = "[\u0370-\u1dff\u1f00-\u1fff\u200c\u200d\u2c00-\ufdff\ufe70-\U0001ffff]"
"""Letters that are not Latin, with the joiners inside their words."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a person saves: the words, those they started from, and the English that they saw.

    `unchanged` says that words made from an older English are right as they are.
    """

    unit: str
    words: str
    base: str
    english: str
    unchanged: bool = False


class ConflictError(Exception):
    """The file has other words, or another English, than the person saw."""


class RefusedError(LeafletsError):
    """Words as they were typed cannot be taken; no file is at fault."""


@dataclass(frozen=True)
class Survey:
    """A language as the editor knows it: every unit, the problems of each, and what the checks of a unit know of the others.

    `number` is higher for what was read later.
    """

    project: Project
    tag: str
    units: Mapping[str, Unit]
    problems: Mapping[str, tuple[Problem, ...]]
    lexicon: Lexicon
    characters: frozenset[int]
    number: int = 0

    def is_done(self, unit: Unit) -> bool:
        """Whether a unit has words made from the English that stands now, and no error that would stop its leaflet."""
        return unit.done and not has_errors(self.problems.get(unit.id, ()))

    @property
    def left(self) -> tuple[Unit, ...]:
        """The units that are still to be worked on."""
        return tuple(unit for unit in self.units.values() if not self.is_done(unit))

    @property
    def complete(self) -> bool:
        """Whether all is done, as far as it could be read."""
        return not (self.left or self.unreadable)

    @cached_property
    def unreadable(self) -> tuple[Problem, ...]:
        """The problems of files that could not be read."""
        return find_unreadable(self.project, self.tag)

    def find_broken(self, unit: str) -> tuple[Problem, ...]:
        """Find why a unit cannot be written: its file, or the record of the language, cannot be read."""
        files = (locate_unit(unit, self.tag)[0], f"translations/{self.tag}/review.yaml")
        return tuple(each for each in self.unreadable if each.place.path in files)


def survey(project: Project, tag: str, fonts: Fonts, number: int = 0) -> Survey:
    """Look at every unit of a language."""
    units = survey_language(project, tag)
    lexicon = gather_lexicon(project, project.languages[tag])
    found = Survey(project, tag, units, {}, lexicon, fonts.characters(tag), number)
    problems = {id: check_words(found, id, unit.words.words) for id, unit in units.items() if unit.words}
    return replace(found, problems=problems)


def check_words(survey: Survey, unit: str, words: str) -> tuple[Problem, ...]:
    """Check the words of one unit as `leaflets check` does, without reading anything again."""
    known = survey.units[unit]
    place = known.words.place if known.words else Place(locate_unit(unit, survey.tag)[0])
    text = Text(words, place)
    waivers = survey.project.languages[survey.tag].waivers
    problems = tuple(check_characters(words, place))
    if problems:
        return problems
    found = check_pair(Pair(unit, survey.tag, known.english, text, survey.lexicon))
    return (
        *apply_waivers(waivers, unit, known.english, text, found),
        *find_characters_without_font((survey.tag, text, survey.characters)),
    )


def plan_save(survey: Survey, change: Change) -> dict[str, bytes]:
    """Say which files a save changes, and to what bytes. What was recorded is the English that the person saw.

    Raises ConflictError where somebody else changed the words or the English meanwhile, RefusedError for words that cannot be
    taken, and LeafletsError for files that cannot be read.
    """
    unit = survey.units[change.unit]
    if broken := survey.find_broken(unit.id):
        raise LeafletsError(broken)
    current = unit.words.words if unit.words else ""
    if change.english != unit.english.words or current not in (change.base, change.words):
        raise ConflictError
    place = unit.words.place if unit.words else Place(locate_unit(unit.id, survey.tag)[0])
    refused = list(check_characters(change.words, place))
    if not change.words.strip():
        refused.append(EMPTY_VALUE.at(place, "there are no words", "Write them."))
    elif unit.state is State.STALE and change.words == change.base and not change.unchanged:
        remedy = "Change them, or say that they are right as they are."
        refused.append(STALE_UNIT.at(place, "the English changed, and these words did not", remedy))
    if refused:
        raise RefusedError(refused)
    return write_units(survey.project, survey.tag, {unit.id: change.words}, {unit.id: unit.english.words})


def describe_unit(survey: Survey, id: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Tell all that the editor shows of a unit, ready for JSON."""
    unit = survey.units[id]
    changed = unit.words is not None and unit.made_from not in (None, unit.english.words)
    return {
        "id": id,
        "group": title_group(survey.project, id),
        "english": unit.english.words,
        "note": unit.english.note,
        "words": unit.words.words if unit.words else "",
        "state": str(unit.state),
        "done": survey.is_done(unit),
        "changes": [list(each) for each in list_changes(unit.made_from or "", unit.english.words)] if changed else [],
        "terms": list(find_fixed_words(survey.project, survey.tag, unit)),
        "place": str(unit.words.place if unit.words else locate_unit(id, survey.tag)[0]),
        "problems": describe_problems(survey, unit, unit.words.words if unit.words else "", problems),
        "unwatched": list_unwatched(survey, unit),
        "broken": [str(each) for each in survey.find_broken(id)],
    }


def describe_problems(survey: Survey, unit: Unit, words: str, problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """Tell what is wrong with words of a unit, and which lists the remedy is about: they are files that no page changes."""
    vocabulary = survey.lexicon.vocabularies.get(SOURCE_LOCALE, frozenset())

    def name_language(said: str) -> str:
        """Say in which language something is that a message quotes."""
        english = said in unit.english.words or vocabulary.issuperset(fold_words(said).split())
        return SOURCE_LOCALE if english and said not in words else survey.tag

    return [
        {
            "id": each.id,
            "severity": str(each.severity),
            "parts": [
                [said, name_language(said) if quoted else ""]
                for said, quoted in split_quotes(f"{each.message.removesuffix('.')}. {each.remedy}", (words, unit.english.words))
            ],
            "lists": list(find_lists(each, survey.tag)),
        }
        for each in problems
    ]


def split_quotes(said: str, whole: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Part a message into what it says and what it quotes: in quotation marks, in a list of words found, or in foreign letters.

    `whole` are texts that may have quotation marks of their own.

    >>> list(split_quotes('1 (no) here: "He "said" so", لا', ['He "said" so']))
    [('1 (', False), ('no', True), (') here: "', False), ('He "said" so', True), ('", ', False), ('لا', True), ('', False)]
    """
    texts = "|".join([*(re.escape(each) for each in sorted(whole, key=len, reverse=True) if each), '[^"]*'])
    end = 0
    for found in re.finditer(rf'"({texts})"|\(([^()]*)\) here|({FOREIGN}+(?: {FOREIGN}+)*)', said):
        start, stop = found.span(found.lastindex or 0)
        yield said[end:start], False
        yield said[start:stop], True
        end = stop
    yield said[end:], False


def find_lists(problem: Problem, tag: str) -> Iterator[str]:
    """Name the lists of words that a remedy speaks of."""
    if "`forms:`" in problem.remedy:
        yield f"content/terms/{tag}.yaml"
    if (markers := f"content/markers/{tag}.yaml") in problem.remedy:
        yield markers


def describe_survey(survey: Survey) -> dict[str, Any]:
    """Tell how far the language is, with every unit, ready for JSON."""
    return {
        "number": survey.number,
        "units": [describe_unit(survey, id, survey.problems.get(id, ())) for id in survey.units],
        "left": len(survey.left),
        "words": sum(count_words(unit.english.words) for unit in survey.left),
        "complete": survey.complete,
        "problems": [str(each) for each in survey.unreadable],
        "gaps": [f"{each.message} ({each.place})" for each in find_gaps(survey)],
    }


def find_gaps(survey: Survey) -> Iterator[Problem]:
    """Find what the checks cannot see in the whole language, since it has no words to look for."""
    subject = LanguageContent(survey.project.languages[survey.tag], survey.project)
    yield from find_missing_markers(subject)
    yield from find_missing_phrases(subject)


def list_unwatched(survey: Survey, unit: Unit) -> list[str]:
    """Name what could be lost from the words of a unit, or a "not" be added, without any check to notice it."""
    own, source = survey.lexicon.markers or Markers(), survey.lexicon.source_markers or Markers()
    said = [kind for kind in MARKED if kind == "negation" or count_markers(unit.english.words, kind, SOURCE_LOCALE, source)]
    phrases = list_phrases(unit.english.words, SOURCE_LOCALE, source)
    unmarked = [MARKED[kind] for kind in said if not getattr(own, kind)]
    return [*unmarked, *(name for name in phrases if not own.phrases.get(name))]


def title_group(project: Project, id: str) -> str:
    """Name what a unit stands under: the English title of its topic, or what else it is."""
    group = name_group(id)
    return GROUPS.get(group) or project.topics[group].title.words


def find_fixed_words(project: Project, tag: str, unit: Unit) -> Iterator[dict[str, Any]]:
    """Find the terms that stand in a unit's English, with their fixed words."""
    own, source = project.languages[tag].terms, project.languages[SOURCE_LOCALE].terms
    for key in find_terms(unit.english.words, {key: term for key, term in source.items() if term_unit(key) != unit.id}):
        known = own.get(key)
        yield {
            "english": source[key].term.words,
            "words": known.term.words if known else "",
            "avoid": list(known.avoid) if known else [],
            "note": source[key].term.note,
        }
