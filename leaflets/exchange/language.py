"""Whether a file that came back is of the language that it says.

Takes a `Project`, a tag, and a file's name or entries; gives the problems of what is another language's: the name of the file,
the words that went out in it, the letters and the words that are in it now.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from leaflets.checks.letters import NOT_PROSE, find_wrong_script
from leaflets.checks.pairs import Pair
from leaflets.content.project import Project
from leaflets.exchange.entries import Entry, refuse, shorten_hash
from leaflets.languages.detection import code, identify_language
from leaflets.languages.locales import english_name, is_tag, read_tag, script, split_tag
from leaflets.model import SOURCE_LOCALE, Text
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity, count_names
from leaflets.translation.units import list_source, list_words

EXCHANGE_LANGUAGE = Rule(
    "exchange-language",
    Severity.ERROR,
    "A file that comes back is of one language: by its name, by what went out in it, and by the letters and the words in it.",
    "The words of a whole language would be replaced with those of another, and nobody here reads both.",
)
LEAST_LETTERS, SURE = 150, 0.95
"""Letters of a file from which its language is judged as a whole, and how likely it has to be another of the project. Of 200
random choices of texts with so many letters in each language here, none was taken for another. Single
sentences are left to the checks."""
CHANCE = 2
"""So many texts may have had the same words in two languages, as Latin names have."""
NAMED = 3
"""Of many texts that are wrong in the same way, so many are named."""


def choose_language(project: Project, said: str, path: str, locale: str | None) -> str:
    """Choose the language of a file by the tag that it says, its name, and the one that was asked for, if any.

    Raises LeafletsError where they disagree. What is asked for may leave out the country that a tool put in ("es-ES"): it is the
    same language and script. The tag may be in capitals, or have three letters as in ISO 639-2 ("spa").
    """
    place = Place(path)
    others = [tag for tag in project.languages if tag != SOURCE_LOCALE]
    if not said and not locale:
        raise refuse(place, "it does not say its language", f"Say it, such as --locale {next(iter(others), 'es')}.")
    said = read_tag(said) or said
    if locale and (said in ("", locale) or (is_tag(said) and name_writing(said) == name_writing(locale))):
        return locale
    if locale:
        message = f'the file says that it is "{said}", and "{locale}" was asked for'
        raise LeafletsError([EXCHANGE_LANGUAGE.at(place, message, "Import the file that you mean, or leave out --locale.")])
    if said == SOURCE_LOCALE:
        message = f'the file says that it is "{said}", which is the language that the others are translated from'
        raise LeafletsError([EXCHANGE_LANGUAGE.at(place, message, "Mend the language that the file names, or export it anew.")])
    if said not in others:
        near = [tag for tag in others if is_tag(said) and name_writing(said) == name_writing(tag)]
        known = f'the file says that it is "{said}", and there are {", ".join(others)} here'
        how = "Import a file of one of these, or mend the language that it names. To begin another: leaflets translate start TAG"
        remedy = f"If it is {near[0]}, import it with --locale {near[0]}." if near else how
        raise LeafletsError([EXCHANGE_LANGUAGE.at(place, known, remedy)])
    if misnamed := tuple(find_misnamed(project, said, path)):
        raise LeafletsError(misnamed)
    return said


def name_writing(tag: str) -> tuple[str, str]:
    """Name a language without its country, and the script that it is written in.

    >>> name_writing("es-MX") == name_writing("es"), name_writing("zh-TW") == name_writing("zh-Hans")
    (True, False)
    """
    return split_tag(tag)[0], script(tag)


def find_misnamed(project: Project, tag: str, path: str) -> Iterator[Problem]:
    """Find a file whose name begins or ends with the tag of another language of the project, and has not its own.

    "en-es.xlf" and "es (2).xlsx" are fine for Spanish; "ar.xlsx" and "leaflets-ar.po" are not.
    """
    stem = Path(path).stem.removesuffix(".xliff2").replace("_", "-")
    if re.search(rf"(?<![A-Za-z0-9]){tag}(?![A-Za-z0-9])", stem, re.I):
        return
    ends = [each for each in project.languages if re.fullmatch(rf"{each}(\W.*)?|.*\W{each}", stem, re.I)]
    for other in [each for each in ends if each != SOURCE_LOCALE][:1]:
        said = f'its name is that of {english_name(other)} ("{other}"), and the file says {english_name(tag)} ("{tag}")'
        remedy = f"If it is {english_name(tag)}, rename it, or import it with --locale {tag}; else import the file that you mean."
        yield EXCHANGE_LANGUAGE.at(Place(path), said, remedy)


def find_origin(project: Project, tag: str, entries: Iterable[Entry]) -> Iterator[Problem]:
    """Find files in which the words of another language went out, so that what they say of their language was changed."""
    own = list_words(project, tag)
    for path, group in group_files(entries):
        based = [each for each in group if each.base.was in ("done", "stale")]
        for other in project.languages:
            words = list_words(project, other)
            theirs = [each for each in based if each.unit in words and each.base.sha == shorten_hash(words[each.unit].words)]
            same = sum(each.unit not in own or own[each.unit].words != words[each.unit].words for each in theirs)
            if other != tag and same > max(len(based) / 2, CHANCE):
                said = f'{english_name(other)} ("{other}") went out in this file, and now it says {english_name(tag)} ("{tag}")'
                yield EXCHANGE_LANGUAGE.at(Place(path), said, "Mend the language that the file names, or export it anew.")


def find_strangers(project: Project, tag: str, entries: Iterable[Entry]) -> Iterator[Problem]:
    """Find words that cannot be of a language: in another script, or, of a whole file, in another language of the project.

    A text of which somebody waived this check may have other letters.
    """
    entries = tuple(entries)
    source, waived = list_source(project), project.languages[tag].waivers
    wrong = [
        (entry, problem.message)
        for entry in entries
        if (entry.unit, "wrong-script") not in waived
        for problem in find_wrong_script(Pair(entry.unit, tag, source[entry.unit], Text(entry.target, entry.place)))
    ]
    if wrong:
        first, why = wrong[0]
        names = count_names([f'"{entry.unit}"' for entry, _ in wrong], NAMED)
        said = f"{len(wrong)} of {len(entries)} texts are not in the letters of {english_name(tag)}: {names} ({why})"
        yield EXCHANGE_LANGUAGE.at(first.place, said, f"Import the file of {english_name(tag)}, or mend these texts in it.")
        return
    for path, group in group_files(entries):
        texts = tuple(group)
        if other := identify_words(project, tag, texts):
            said = f"the words of {len(texts)} texts in this file are {english_name(other)}, not {english_name(tag)}"
            remedy = f"Import the file of {english_name(tag)}, or mend the language that this one names."
            yield EXCHANGE_LANGUAGE.at(Place(path), said, remedy)


def group_files(entries: Iterable[Entry]) -> Iterator[tuple[str, Iterator[Entry]]]:
    """Part entries by the file, or the sheet, that they stand in."""
    return groupby(sorted(entries, key=lambda entry: entry.place.path), lambda entry: entry.place.path)


def identify_words(project: Project, tag: str, entries: Sequence[Entry]) -> str:
    """Name the other language of the project that words are in; "" if they are not, or are too few to tell.

    No model knows all languages, or tells Dari from Persian: words that the project has in another one are known by themselves.
    """
    own = list_words(project, tag)
    for other in project.languages:
        theirs = list_words(project, other)
        same = [each for each in entries if each.unit in theirs and each.target == theirs[each.unit].words]
        differ = sum(each.unit not in own or each.target != own[each.unit].words for each in same)
        if other != tag and differ > max(len(entries) / 2, CHANCE):
            return other
    prose = " ".join(NOT_PROSE.sub(" ", entry.target) for entry in entries)
    if sum(map(str.isalpha, prose)) < LEAST_LETTERS:
        return ""
    likely = identify_language(prose, frozenset(project.languages) | {tag})
    best = max(likely, key=likely.__getitem__, default=tag)
    return best if tag in likely and code(best) != code(tag) and likely[best] > SURE else ""
