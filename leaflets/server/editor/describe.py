"""What the page of the translator's editor is told, as data for JSON.

Takes a `Snapshot` of a language; gives all that the page shows of each unit, of its problems, and of the language as a whole.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from leaflets.checks.lexicon import count_markers, find_missing_markers, find_missing_phrases, list_phrases
from leaflets.checks.pairs import LanguageContent
from leaflets.checks.sheet import find_long_sheets
from leaflets.content.project import Project
from leaflets.content.provenance import list_changes
from leaflets.languages.phrases import find_terms, fold_words, name_terms
from leaflets.model import SOURCE_LOCALE, Markers
from leaflets.problems import Problem
from leaflets.server.editor.store import Snapshot
from leaflets.translation.progress import measure_progress
from leaflets.translation.units import LABELS, TERMS, Unit, name_group

GROUPS = {TERMS: "Fixed words", LABELS: "Words of the page itself"}
"""What the editor calls the units that belong to no topic."""
MARKED = {"negation": "not", "obligation": "must", "uncertainty": "may"}
"""The kinds of words that are counted, each by the word that stands for it."""
FOREIGN = "[\u0370-\u1dff\u1f00-\u1fff\u200c\u200d\u2c00-\ufdff\ufe70-\U0001ffff]"
"""Letters that are not Latin, with the joiners inside their words."""


def describe_unit(snapshot: Snapshot, id: str) -> dict[str, Any]:
    """Tell all that the editor shows of a unit, ready for JSON."""
    unit = snapshot.units[id]
    words = unit.words.words if unit.words else ""
    back = snapshot.project.languages[snapshot.tag].readings.back.get(id)
    changed = unit.words is not None and unit.made_from not in (None, unit.english.words)
    return {
        "id": id,
        "group": title_group(snapshot.project, id),
        "english": unit.english.words,
        "note": unit.english.note,
        "words": words,
        "state": str(unit.state),
        "done": snapshot.is_done(unit),
        "sheet": id in snapshot.on_sheet,
        "changes": [list(each) for each in list_changes(unit.made_from or "", unit.english.words)] if changed else [],
        "terms": list(find_fixed_words(snapshot.project, snapshot.tag, unit)),
        "place": str(snapshot.place(unit)),
        "back": {"said": back.said, "words": back.words} if back else None,
        "problems": describe_problems(snapshot, unit, words, snapshot.problems.get(id, ())),
        "unwatched": list_unwatched(snapshot, unit),
        "broken": [str(each) for each in snapshot.find_broken(unit)],
    }


def describe_problems(snapshot: Snapshot, unit: Unit, words: str, problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """Tell what is wrong with words of a unit, and which lists the remedy is about: they are files that no page changes."""
    vocabulary = snapshot.lexicon.vocabularies.get(SOURCE_LOCALE, frozenset())

    def name_language(said: str) -> str:
        """Say in which language something is that a message quotes."""
        english = said in unit.english.words or vocabulary.issuperset(fold_words(said).split())
        return SOURCE_LOCALE if english and said not in words else snapshot.tag

    return [
        {
            "id": each.id,
            "severity": str(each.severity),
            "parts": [
                [said, name_language(said) if quoted else ""]
                for said, quoted in split_quotes(f"{each.message.removesuffix('.')}. {each.remedy}", (words, unit.english.words))
            ],
            "lists": list(find_lists(each, snapshot.tag)),
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


def describe_units(snapshot: Snapshot) -> dict[str, Any]:
    """Tell how far the language is, in all and on the sheets, with every unit, ready for JSON."""
    whole, sheet = (
        measure_progress((unit for id, unit in snapshot.units.items() if id in meant), snapshot.wrong)
        for meant in (snapshot.units, snapshot.on_sheet)
    )
    return {
        "number": snapshot.number,
        "units": [describe_unit(snapshot, id) for id in snapshot.units],
        "left": whole.left,
        "words": whole.todo,
        "sheet": {"units": sheet.units, "left": sheet.left, "words": sheet.todo},
        "complete": snapshot.complete,
        "problems": [str(each) for each in snapshot.unreadable],
        "gaps": [f"{each.message} ({each.place})" for each in find_gaps(snapshot)],
        "sheets": [each.message for each in find_long_sheets(look_whole(snapshot))],
    }


def look_whole(snapshot: Snapshot) -> LanguageContent:
    """Give what the checks of a whole language look at."""
    return LanguageContent(snapshot.project.languages[snapshot.tag], snapshot.project)


def find_gaps(snapshot: Snapshot) -> Iterator[Problem]:
    """Find what the checks cannot see in the whole language, since it has no words to look for."""
    subject = look_whole(snapshot)
    yield from find_missing_markers(subject)
    yield from find_missing_phrases(subject)


def list_unwatched(snapshot: Snapshot, unit: Unit) -> list[str]:
    """Name what could be lost from the words of a unit, or a "not" be added, without any check to notice it."""
    own, source = snapshot.lexicon.markers or Markers(), snapshot.lexicon.source_markers or Markers()
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
    for key in find_terms(unit.english.words, name_terms(source, but=unit.id)):
        known = own.get(key)
        yield {
            "english": source[key].term.words,
            "words": known.term.words if known else "",
            "avoid": list(known.avoid) if known else [],
            "note": source[key].term.note,
        }
