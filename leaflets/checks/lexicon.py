"""Checks of the words that must and must not stand in a translation: fixed terms, and those that say no, must and may."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from leaflets.checks import check
from leaflets.checks.pairs import HIGH_RISK, LanguageContent, Pair
from leaflets.languages.conventions import find_prefixes
from leaflets.languages.phrases import count_phrases, count_terms, find_words, fold_questions, split_phrases
from leaflets.model import SOURCE_LOCALE, Markers, Term, term_unit
from leaflets.problems import Place, Problem, Rule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
EMPTY: Mapping[str, int] = {}
SHOWN = 3
"""Words of a list that a message shows."""
NEGATIVE = re.compile(r"\b(?:un|non|abn)[a-z]{4}|[a-z]less\b", re.I)
"""English that may say no within a word: unusual, abnormal, painless."""
LEAST_PLAIN = 5
"""Letters of a word behind a prefix that says no; shorter ones are found there by chance."""


@check("forbidden-word", ERROR, "A word that the list warns of says something else: metastasis, illegal, thyroid.")
def find_forbidden_words(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """No word under `avoid:` in the language's list of terms stands in a translation."""
    words, avoided = pair.translated.words, pair.lexicon.avoided
    if not find_words(words, avoided, pair.locale):  # most texts have none, fixed words or not
        return
    for found in dict.fromkeys(find_words(words, (*pair.lexicon.fixed, *avoided), pair.locale)):
        for _, term in pair.lexicon.terms:
            if any(find_words(found, (word,), pair.locale) == [found] for word in term.avoid):  # and no longer one beside it
                message = f'"{found}" must not stand for "{term.name}": "{pair.translated}"'
                yield rule.at(pair.translated.place, message, f'The word for it is "{term.term}".')
                break


@check("term-unused", WARNING, "Two words for one thing look like two things.")
def find_unused_terms(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """Where the English uses a term of the list, the translation has the fixed word for it as often, in any of its forms."""
    lost, _ = compare_terms(pair)
    for source, own, wanted, found in lost:
        if found or not source.exact:  # said by term-mismatch
            often = f" as often as in English ({found} times, not {wanted})" if found else ""
            message = f'"{own.term}" is not used{often} for "{source.term}": "{pair.translated}"'
            yield rule.at(pair.translated.place, message, "Use it, or add this form of it to the list under `forms:`.")


def compare_terms(pair: Pair) -> tuple[list[tuple[Term, Term, int, int]], list[Term]]:
    """List the terms that stand less often than in English, each with its word and both numbers; and the words of other terms."""
    used, text, tag = count_terms(pair.english.words, pair.lexicon.names), pair.translated.words, pair.locale
    lost = [
        (source, own, used[source.name], found)
        for source, own in pair.lexicon.terms
        if used[source.name] > (found := count_phrases(text, name_forms(own), tag) if used[source.name] else 0)
    ]
    gained = [own for source, own in pair.lexicon.terms if not used[source.name] and (source.exact or lost)]
    return lost, [own for own in gained if find_words(text, tuple(f"{each}*" for each in name_forms(own)), tag)]


def name_forms(term: Term) -> tuple[str, ...]:
    return (*split_phrases(term.term.words), *term.forms)


@check(
    "term-mismatch",
    ERROR,
    "Another medicine, or another gland, is another instruction, in a sentence that reads perfectly.",
    HIGH_RISK,
)
def find_changed_terms(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """No exact term of the list is lost or added, and no term stands where the English has another."""
    lost, gained = compare_terms(pair)
    gone = [source for source, _, _, found in lost if not found]
    exact = {source.name for source, _ in pair.lexicon.terms if source.exact}
    wrong = [f'"{each.term}" is not in it' for each in gone if each.name in exact or gained]
    wrong += [f'"{each.term}" is in it, and not in the English' for each in gained if each.name in exact or gone]
    if wrong:
        message = f'{" and ".join(wrong)}: "{pair.translated}" (English: "{pair.english}")'
        yield rule.at(
            pair.translated.place, message, "Use the fixed word for it, or add this form of it to the list under `forms:`."
        )


def count_markers(text: str, kind: str, tag: str, markers: Markers, counts: Markers | None = None) -> list[str]:
    """List the words of a text that say no (`negation`), must (`obligation`) or may (`uncertainty`).

    `counts` are the markers of a language that needs another number of them for some English phrases; such a phrase is listed as
    often as it needs.

    >>> spanish = Markers(("no", "ni", "ningun*"), exceptions=("no obstante",))
    >>> count_markers("No obstante, no corte ni exprima.", "negation", "es", spanish)
    ['no', 'ni']
    """
    known = counts.counts.get(kind, {}) if counts else {}
    return count_found(text, getattr(markers, kind), tag, markers, known)


def count_found(text: str, words: tuple[str, ...], tag: str, markers: Markers, known: Mapping[str, int] = EMPTY) -> list[str]:
    """List which of some words a text says, but for the exceptions of its language; `known` phrases as often as they count."""
    phrases = {fold_questions(phrase).strip(): number for phrase, number in known.items()}
    uncounted = {fold_questions(each).replace(" ", ""): each.endswith("*") for each in markers.uncounted}
    stems = tuple(each for each, open_end in uncounted.items() if open_end)
    listed: list[str] = []
    for found in find_words(text, (*words, *markers.uncounted, *phrases), tag):
        if found in phrases:
            listed += [found] * phrases[found]
        elif (plain := found.replace(" ", "")) not in uncounted and not plain.startswith(stems):
            listed.append(found)
    return listed


def say_markers(words: list[str]) -> str:
    return f"{len(words)} ({', '.join(words)})" if words else "none"


def find_other_number(rule: Rule, pair: Pair, kind: str, say: str, remedy: str, more: bool = False) -> Iterator[Problem]:
    """Find what a translation says less often than its English; more often too only where no other word has the same form.

    A language without a list of such words is left alone. It may need another number of them, or have longer ones that only look
    like one: the remedy says where to put that.
    """
    source, own = pair.lexicon.source_markers, pair.lexicon.markers
    if source is None or own is None or not getattr(own, kind):
        return
    wanted = count_markers(pair.english.words, kind, SOURCE_LOCALE, source, own)
    found = count_markers(pair.translated.words, kind, pair.locale, own)
    if len(found) < len(wanted) or (more and len(found) > len(wanted)):
        said = f"words that {say}: {say_markers(found)} here, {say_markers(wanted)} in English"
        counted = f"put the English phrase and the number of words for it under `english: {kind}:`"
        listed = f"in content/markers/{pair.locale}.yaml, {counted}, or what only looks like such a word under `except:`"
        message = f'{said}: "{pair.translated}" (English: "{pair.english}")'
        yield rule.at(pair.translated.place, message, f"{remedy}; or, {listed}.")


@check("negation-mismatch", ERROR, 'A lost or added "not" turns a warning into an order to do it.', HIGH_RISK)
def find_negation_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation says no as often as its English, by the words in content/markers and by prefixes (un-)."""
    yield from find_other_number(rule, pair, "negation", "say no", "Say no where the English does", more=True)
    for word, plain in list_turned(pair):
        message = f'"{word}" says no to "{plain}": "{pair.translated}" (English: "{pair.english}")'
        remedy = f"Say no where the English does; or put the word under `except:` in content/markers/{pair.locale}.yaml."
        yield rule.at(pair.translated.place, message, remedy)


def list_turned(pair: Pair) -> list[tuple[str, str]]:
    """List the words that are another word of the language behind a prefix that says no, where the English says no nowhere."""
    source, own, known = pair.lexicon.source_markers, pair.lexicon.markers, pair.lexicon.vocabularies.get(pair.locale, ())
    prefixes, english = find_prefixes(pair.locale), pair.english.words
    if not (source and own and prefixes) or NEGATIVE.search(english) or find_words(english, source.negation, SOURCE_LOCALE):
        return []
    words = count_found(pair.translated.words, tuple(f"{each}*" for each in prefixes), pair.locale, own)
    turned = [(word, word.removeprefix(each)) for word in words for each in prefixes if word.startswith(each)]
    return [(word, plain) for word, plain in turned if plain in known and len(plain) >= LEAST_PLAIN]


@check("obligation-mismatch", ERROR, 'Where "must" becomes "may", what the reader needs to do becomes a choice.', HIGH_RISK)
def find_obligation_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation says must and should no less often than its English, by the words in content/markers."""
    return find_other_number(rule, pair, "obligation", "say must", "Say must where the English does")


@check("uncertainty-mismatch", WARNING, 'Where "may harm" becomes "harms", the leaflet promises or frightens.', HIGH_RISK)
def find_uncertainty_mismatches(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """A translation says may, often and about no less often than its English, by the words in content/markers."""
    return find_other_number(rule, pair, "uncertainty", "leave it open", "Leave open what the English leaves open")


@check(
    "lost-phrase",
    ERROR,
    '"The same day" that became "soon", and "some people" that became "people", are other advice.',
    HIGH_RISK,
)
def find_lost_phrases(rule: Rule, pair: Pair) -> Iterator[Problem]:
    """Where the English limits something (same day, some) or names a sign or an act (wake, call), so does the translation."""
    source, own = pair.lexicon.source_markers, pair.lexicon.markers
    if source is None or own is None:
        return
    for name in list_phrases(pair.english.words, SOURCE_LOCALE, source):
        known = own.phrases.get(name)
        if known and not find_words(pair.translated.words, known, pair.locale):
            message = f'nothing says "{name}": "{pair.translated}" (English: "{pair.english}")'
            words = ", ".join(known[:SHOWN])
            remedy = f"Say it ({words}), or put the words for it under `phrases:` in content/markers/{pair.locale}.yaml."
            yield rule.at(pair.translated.place, message, remedy)


def list_phrases(text: str, tag: str, markers: Markers) -> list[str]:
    """List by name the phrases that a text has words for, in the order of the list.

    >>> list_phrases("Llame hoy mismo o ahora.", "es", Markers(phrases={"same day": ("hoy mismo",), "at once": ("ya", "ahora")}))
    ['same day', 'at once']
    """
    return list(find_phrases(text, tag, tuple(markers.phrases.items())))


@lru_cache(maxsize=1 << 14)
def find_phrases(text: str, tag: str, phrases: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    """Find phrases as `list_phrases` does; those of the English are asked for again with each of its translations."""
    return tuple(name for name, words in phrases if words and find_words(text, words, tag))


WORDING_CHECKS = (
    find_forbidden_words,
    find_unused_terms,
    find_changed_terms,
    find_negation_mismatches,
    find_obligation_mismatches,
    find_uncertainty_mismatches,
    find_lost_phrases,
)


@check("missing-markers", ERROR, 'Without them nobody counts whether each "not" of the English is still there.')
def find_missing_markers(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """A language has a list of its words that say no, must and may."""
    place = Place(f"content/markers/{subject.language.tag}.yaml")
    if not has_markers(subject) and not subject.project.broken(place.path):
        remedy = f"Write them down as content/markers/{SOURCE_LOCALE}.yaml does (`leaflets schema markers`)."
        yield rule.at(place, "there is no list of the words that say no, must and may", remedy)


def has_markers(subject: LanguageContent) -> bool:
    markers = subject.language.markers
    return bool(markers and markers.negation and markers.obligation)


@check("missing-phrase", WARNING, 'Without its words nobody notices that "the same day" or "some people" is gone.')
def find_missing_phrases(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """A language has words for each phrase of the English list in content/markers that it translates, and for no other."""
    source, markers = subject.project.languages.get(SOURCE_LOCALE), subject.language.markers
    if not (source and source.markers and markers and has_markers(subject)) or subject.language is source:
        return
    place = Place(f"content/markers/{subject.language.tag}.yaml")
    names = source.markers.phrases
    english = [each.words for unit, each in subject.project.units.items() if unit in subject.language.words]
    needed = [name for name, phrases in names.items() if any(says(words, phrases) for words in english)]
    if missing := [name for name in needed if not markers.phrases.get(name)]:
        remedy = f"Write them under `phrases:`, as content/markers/{SOURCE_LOCALE}.yaml names them."
        yield rule.at(place, f"there are no words for {list_quoted(missing)}", remedy)
    if unknown := [name for name in markers.phrases if name not in names]:
        said = f"{list_quoted(unknown)} is looked for nowhere"
        yield rule.at(place, said, f"Take a name from content/markers/{SOURCE_LOCALE}.yaml.")


@lru_cache(maxsize=1 << 16)
def says(english: str, phrases: tuple[str, ...]) -> bool:
    return bool(find_words(english, phrases, SOURCE_LOCALE))


def list_quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@check("missing-term", ERROR, "Without its fixed word a term is printed blank, or translated anew in each sentence.")
def find_missing_terms(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """Every term of the source's list has its fixed word in the language."""
    tag = subject.language.tag
    source = subject.project.languages.get(SOURCE_LOCALE)
    place = Place(f"content/terms/{tag}.yaml")
    if subject.project.broken(place.path):
        return
    for name, term in source.terms.items() if source else ():
        if name not in subject.language.terms:
            gap = subject.language.gaps.get(term_unit(name), place)
            yield rule.at(gap, f'"{name}" has no word (English: "{term.term}")', "Add it.", (term_unit(name),))


@check("orphan-term", ERROR, "A fixed word under a name that is mistyped is used nowhere, and the term has none.")
def find_orphan_terms(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """Every term of a language's list is a term of the source's."""
    source = subject.project.languages.get(SOURCE_LOCALE)
    if source is None or subject.project.broken(f"content/terms/{SOURCE_LOCALE}.yaml"):
        return
    for name, term in subject.language.terms.items():
        if name not in source.terms:
            meant = get_close_matches(name, source.terms, 1)
            remedy = f'Did you mean "{meant[0]}"?' if meant else "Rename or delete it."
            yield rule.at(term.term.place, f'there is no term "{name}" in the source', remedy)


LANGUAGE_WORDING_CHECKS = (find_missing_terms, find_orphan_terms, find_missing_markers, find_missing_phrases)
