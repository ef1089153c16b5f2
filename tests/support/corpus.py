"""Translations broken on purpose, and clean ones, with what the checks say of them.

`python -m tests.support.corpus` prints how many of each kind of fault are found (docs/quality.md has its tables). The sentences
are those that the leaflets once had in six languages, and some written for this in five others; see tests/support/faults. A
second corpus, by somebody who had not seen the checks, is in tests/support/second.yaml; tests/support/third.yaml has faults that
turn a sentence round, and `list_turned_faults` makes more of them by rule; in tests/support/fourth.yaml is what one more stranger
planted in the leaflets. The first two bring all their words and terms
along, so that the leaflets may say it otherwise; the lists in content/markers are those of now, since these are what is measured.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import yaml

from leaflets.checks.lexicon import count_found, count_markers
from leaflets.checks.pairs import Lexicon, Pair, gather_lexicon
from leaflets.checks.translation import PAIR_CHECKS
from leaflets.content.project import Language, Project, load_project
from leaflets.languages.phrases import find_terms, fold_words, is_spaced, name_terms
from leaflets.languages.quantities import NUMBER
from leaflets.model import SOURCE_LOCALE, Markers, Term, Text
from leaflets.problems import Place, Problem, Severity
from tests.support.projects import ROOT

FAULTS = ROOT / "tests" / "support" / "faults"
SECOND = ROOT / "tests" / "support" / "second.yaml"
THIRD = ROOT / "tests" / "support" / "third.yaml"
FOURTH = ROOT / "tests" / "support" / "fourth.yaml"


@dataclass(frozen=True)
class Fault:
    """A pair with one thing wrong, and the check that must say so; "" for what no check can see, several where each will do."""

    kind: str
    check: str
    pair: Pair

    @property
    def found(self) -> bool:
        return any(problem.id in self.check.split() for problem in find_pair_problems(self.pair))

    def __str__(self) -> str:
        return f"{self.kind} in {self.pair.locale}: {self.pair.translated}"


def find_pair_problems(pair: Pair) -> list[Problem]:
    return [problem for pair_check in PAIR_CHECKS for problem in pair_check(pair)]


@cache
def project() -> Project:
    return load_project(ROOT)


@cache
def lexicon(locale: str) -> Lexicon:
    return gather_lexicon(project(), project().languages[locale])


def make_pair(locale: str, english: str, words: str, known: Lexicon) -> Pair:
    return Pair("unit", locale, Text(english, Place("en.yaml", 1)), Text(words, Place(f"{locale}.yaml", 1)), known)


def read_corpus(path: Path) -> dict[str, Any]:
    tree: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tree


def read_term(name: str, tree: dict[str, Any]) -> tuple[Term, Term]:
    place = Place("terms.yaml")
    own = Term(name, Text(tree["term"], place), tuple(tree.get("avoid", ())), tuple(tree.get("forms", ())))
    return Term(name, Text(tree["english"], place)), own


@cache
def read_lexicon(locale: str) -> Lexicon:
    """Read the words of a language that its file brings along: terms, the markers of one that had no leaflets, and
    for some English phrases the number of markers."""
    tree = read_corpus(FAULTS / f"{locale}.yaml")
    terms = tuple(read_term(name, each) for name, each in tree.get("terms", {}).items())
    english = project().languages[SOURCE_LOCALE].markers
    known = Lexicon(terms, english, ratio=tree.get("ratio", 0), turned=tree.get("turned"))
    if "markers" in tree:
        return replace(known, markers=Markers(tuple(tree["markers"]["negation"]), tuple(tree["markers"]["obligation"])))
    markers = project().languages[locale].markers or Markers()
    counts = {kind: {**markers.counts.get(kind, {}), **each} for kind, each in tree.get("english", {}).items()}
    return replace(known, markers=replace(markers, counts={**markers.counts, **counts}), vocabularies=list_vocabularies())


@cache
def list_vocabularies() -> dict[str, frozenset[str]]:
    """List the words of the sentences of each language of the leaflets."""
    words: dict[str, set[str]] = defaultdict(set)
    for path in FAULTS.glob("*.yaml"):
        for each in read_corpus(path)["sentences"] if path.stem in project().languages else ():
            words[path.stem] |= set(fold_words(each["words"]).split())
            words[SOURCE_LOCALE] |= set(fold_words(each["english"]).split())
    for each in read_corpus(SECOND)["rewrites"]:
        words[each["locale"]] |= set(fold_words(each["words"]).split())
    return {tag: frozenset(each) for tag, each in words.items()}


def read_pairs() -> Iterator[tuple[Pair, list[list[str]]]]:
    """Read the clean pairs of every file, each with its faults; `twice` says that the same English was translated before."""
    for path in sorted(FAULTS.glob("*.yaml")):
        tree, locale = read_corpus(path), path.stem
        known = read_lexicon(locale)
        for each in tree["sentences"]:
            own = known
            if "twice" in each:
                own = replace(known, first={"unit": ("first", Text(each["words"], Place(f"{locale}.yaml", 1)))})
            if "markers" in each and known.markers:
                own = replace(known, markers=replace(known.markers, counts={"negation": each["markers"]}))
            yield make_pair(locale, each["english"], each["words"], own), each["faults"]
        for _, english, words in tree["clean"]:
            yield make_pair(locale, english, words, replace(known, terms=())), []


def break_pair(pair: Pair, kind: str, check: str, old: str, new: str) -> Fault:
    words = pair.translated.words
    assert old in words, (pair.locale, pair.unit, old, words)
    return Fault(kind, check, replace(pair, translated=Text(words.replace(old, new, 1), pair.translated.place)))


def list_faults() -> list[Fault]:
    """List the faults that were made by hand."""
    return [break_pair(pair, *fault) for pair, faults in read_pairs() for fault in faults]


def list_made_faults(*tags: str) -> Iterator[Fault]:
    """Take each number, placeholder, emphasis and word that says no out of every unit of some languages, one at a time.

    Each number is also changed, and swapped with the next.
    """
    for tag, language in select_languages(tags):
        for unit, text in language.words.items():
            pair = Pair(unit, tag, project().units[unit], text, lexicon(tag))
            for match in NUMBER.finditer(text.words):
                yield cut(pair, "every number lost", "number-mismatch", match)
                yield cut(pair, "every number changed", "number-mismatch", match, f"{match[0]}7")
            for one, two in pairwise(NUMBER.finditer(text.words)):
                if one[0] != two[0]:
                    swapped = f"{two[0]}{text.words[one.end() : two.start()]}{one[0]}"
                    either = "number-order number-mismatch unit-mismatch"
                    yield cut(pair, "every two numbers swapped", either, one, swapped, end=two.end())
            for match in re.finditer(r"\{[a-z_]+\}", text.words):
                yield cut(pair, "every placeholder lost", "placeholder-mismatch", match)
            for match in re.finditer(r"\*\*(.+?)\*\*", text.words):
                yield cut(pair, "every emphasis lost", "strong-mismatch", match, match[1])
            markers = language.markers
            for found in dict.fromkeys(count_markers(text.words, "negation", tag, markers)) if markers else ():
                for match in find_counted(pair, found, language.markers.negation) if language.markers else ():
                    yield cut(pair, 'every "not" lost', "negation-mismatch", match)


def select_languages(tags: tuple[str, ...]) -> list[tuple[str, Language]]:
    """Select some translations, or all of them."""
    return [each for each in project().languages.items() if each[0] != SOURCE_LOCALE and (not tags or each[0] in tags)]


def find_counted(pair: Pair, word: str, words: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Find a word of a list where it counts, and is no part of an exception."""
    markers, text = pair.lexicon.markers or Markers(), pair.translated.words
    for match in find_words(text, word, pair.locale):
        left = text[: match.start()] + text[match.end() :]
        if len(count_found(left, words, pair.locale, markers)) < len(count_found(text, words, pair.locale, markers)):
            yield match


def find_words(text: str, word: str, tag: str) -> Iterator[re.Match[str]]:
    apart = r"[^\s*.,;:!?،؛؟۔।፣፤፦፡።։՝—–()\"“”«»¿¡’/]" if is_spaced(tag) else "(?!)"
    return re.finditer(rf"(?<!{apart}){re.escape(word)}(?!{apart})", text, re.I)


def cut(pair: Pair, kind: str, check: str, match: re.Match[str], new: str = "", end: int | None = None) -> Fault:
    words = pair.translated.words[: match.start()] + new + pair.translated.words[match.end() if end is None else end :]
    return Fault(kind, check, replace(pair, translated=Text(words, pair.translated.place)))


def list_clean() -> list[Pair]:
    """List the pairs that nothing is wrong with: the corpus's own and every unit of the leaflets that has no waiver."""
    units = [
        Pair(unit, tag, project().units[unit], text, lexicon(tag))
        for tag, language in project().languages.items()
        for unit, text in language.words.items()
        if not any(waived == unit for waived, _ in language.waivers)
    ]
    return [*(pair for pair, _ in read_pairs()), *units]


@dataclass(frozen=True)
class Second:
    """A pair by somebody who had not seen the checks, and which of them find something; `kind` is "" for a good rewrite."""

    kind: str
    pair: Pair
    said: frozenset[str]

    @property
    def problems(self) -> list[Problem]:
        return find_pair_problems(self.pair)

    def __str__(self) -> str:
        return f"{self.kind or 'rewrite'} in {self.pair.locale}: {self.pair.translated}"


@cache
def list_second() -> tuple[Second, ...]:
    """List the second corpus, its faults and its rewrites."""
    tree = read_corpus(SECOND)
    listed = []
    for each in (*tree["faults"], *tree["rewrites"]):
        tag, words, known = each["locale"], each["words"], read_lexicon(each["locale"])
        if "pasted" in each:
            known = replace(known, said={words: (each["pasted"], Text(tree["english"][each["pasted"]], Place("en.yaml", 1)))})
        pair = make_pair(tag, each["english"] if "english" in each else tree["english"][each["unit"]], words, known)
        listed.append(Second(each.get("kind", ""), pair, frozenset(each["said"])))
    return tuple(listed)


def write_second_table() -> str:
    """Write how many faults of each kind of the second corpus are an error, a warning or missed, in Markdown."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in list_second():
        counts[each.kind][say_severity(each.problems)] += 1
    rewrites = counts.pop("")
    rows = ["| kind of fault | error | warning | missed |", "|---|---|---|---|"]
    rows += [f"| {kind} | {each['error']} | {each['warning']} | {each['missed']} |" for kind, each in sorted(counts.items())]
    total = sum(counts.values(), Counter())
    tail = f"In all {total.total()} faults: {total['error']} errors, {total['warning']} warnings, {total['missed']} missed."
    said = f"Of {rewrites.total()} good rewrites {rewrites['error']} are called errors, {rewrites['warning']} get a warning."
    return "\n".join((*rows, "", f"{tail} {said}", ""))


def say_severity(problems: list[Problem]) -> str:
    severities = {problem.severity for problem in problems}
    return "error" if Severity.ERROR in severities else "warning" if severities else "missed"


@cache
def read_own_lexicon(path: Path, locale: str) -> Lexicon:
    """Read the terms and words of a language of the third or fourth corpus; the markers are its own, or else those of now."""
    tree, place = read_corpus(path), Place("terms.yaml")
    listed = [(*each, kind == "terms") for kind in ("terms", "plain") for each in tree[kind].get(locale, {}).items()]
    terms = tuple(
        (Term(english, Text(english, place), exact=exact), Term(english, Text(word, place))) for english, word, exact in listed
    )
    languages = project().languages
    own = Markers(**tree["markers"][locale]) if locale in tree.get("markers", {}) else languages[locale].markers
    words = frozenset(
        word for each in tree["sentences"] if each["locale"] == locale for word in fold_words(each["words"]).split()
    )
    return Lexicon(terms, languages[SOURCE_LOCALE].markers, own, {locale: words})


def read_own_faults(path: Path) -> Iterator[tuple[str, str, Pair]]:
    """Read the third or fourth corpus: the kind of each fault, what is found of it, and its pair; clean pairs are of no kind.

    `pasted` is the English of the words that a fault puts there.
    """
    for each in read_corpus(path)["sentences"]:
        pair = make_pair(each["locale"], each["english"], each["words"], read_own_lexicon(path, each["locale"]))
        yield "", "missed", pair
        for kind, found, old, new in each["faults"]:
            broken = break_pair(pair, kind, "", old, new).pair
            if "pasted" in each:
                said = {broken.translated.words: ("pasted", Text(each["pasted"], Place("en.yaml", 1)))}
                broken = replace(broken, lexicon=replace(broken.lexicon, said=said))
            yield kind, found, broken


def list_turned_faults(*tags: str) -> Iterator[Fault]:
    """Put each word of an opposite into the other's place, and each medicine into the next one's, wherever the English has it.

    A word that doubles a dose is also put into each sentence with a medicine.
    """
    source, english = project().languages[SOURCE_LOCALE].terms, project().languages[SOURCE_LOCALE].markers or Markers()
    for tag, language in select_languages(tags):
        markers = language.markers or Markers()
        exact = [name for name, term in source.items() if term.exact and name in language.terms]
        for unit, text in language.words.items():
            pair = Pair(unit, tag, project().units[unit], text, lexicon(tag))
            for name, sides in markers.opposites.items():
                for side, other in (tuple(sides), tuple(sides)[::-1]):
                    if count_found(pair.english.words, english.opposites[name][side], SOURCE_LOCALE, english):
                        for word in dict.fromkeys(count_found(text.words, sides[side], tag, markers)):
                            for match in find_counted(pair, word, sides[side]):
                                new = sides[other][0].rstrip("*")
                                yield cut(pair, "every opposite swapped", "opposite-mismatch", match, new)
            for name, following in zip(exact, exact[1:] + exact[:1], strict=True):
                if find_terms(pair.english.words, name_terms({name: source[name]})):
                    begin = re.compile("").match(text.words)  # the medicine itself may be inflected
                    if begin and markers.doses:
                        yield cut(pair, "every dose doubled", "dose-mismatch", begin, f"{markers.doses[0].rstrip('*')} ")
                    for match in islice(find_words(text.words, language.terms[name].term.words, tag), 1):
                        new = language.terms[following].term.words
                        yield cut(pair, "every medicine swapped", "term-mismatch", match, new)


@cache
def count_kinds() -> dict[str, tuple[int, int, tuple[str, ...]]]:
    """Count by kind of fault how many were found, how many there are, and which checks are to find them."""
    found: dict[str, list[bool]] = defaultdict(list)
    checks: dict[str, set[str]] = defaultdict(set)
    for fault in (*list_faults(), *list_made_faults(), *list_turned_faults()):
        found[fault.kind].append(fault.found)
        checks[fault.kind] |= set(fault.check.split())
    return {kind: (sum(each), len(each), tuple(sorted(checks[kind]))) for kind, each in found.items()}


PLANTED = ("every number changed", 'every "not" lost', "every opposite swapped", "every dose doubled")


@cache
def count_planted(tag: str) -> dict[str, tuple[int, int]]:
    """Count of what is planted in the sentences of a language how many were found, and how many there are."""
    found: dict[str, list[bool]] = {kind: [] for kind in PLANTED}
    for fault in (*list_made_faults(tag), *list_turned_faults(tag)):
        if fault.kind in found:
            found[fault.kind].append(fault.found)
    return {kind: (sum(each), len(each)) for kind, each in found.items()}


def write_planted_table() -> str:
    """Write for each language how many of the planted faults were found, in Markdown."""
    rows = [f"| language | {' | '.join(PLANTED)} |", "|---" * (len(PLANTED) + 1) + "|"]
    for tag, _ in select_languages(()):
        rows.append(f"| {tag} | " + " | ".join(f"{found} / {total}" for found, total in count_planted(tag).values()) + " |")
    return "\n".join((*rows, ""))


@cache
def list_false_alarms() -> tuple[Problem, ...]:
    """List all that is said of clean pairs."""
    return tuple(problem for pair in list_clean() for problem in find_pair_problems(pair))


def write_table() -> str:
    """Write how many of each kind were found, missed, and said of clean pairs, in Markdown."""
    said = list_false_alarms()
    rows = ["| kind of fault | check | found | missed | false alarms |", "|---|---|---|---|---|"]
    for kind, (found, total, checks) in sorted(count_kinds().items(), key=lambda each: (each[0].startswith("every"), each[0])):
        alarms = sum(problem.id in checks for problem in said)
        rows.append(f"| {kind} | {', '.join(f'`{id}`' for id in checks) or 'none'} | {found} | {total - found} | {alarms} |")
    found, total = sum(each[0] for each in count_kinds().values()), sum(each[1] for each in count_kinds().values())
    errors = sum(problem.severity is Severity.ERROR for problem in said)
    tail = f"In all {total} faults, {found} found; {len(list_clean())} clean pairs, {errors} errors"
    return "\n".join((*rows, "", f"{tail} and {len(said) - errors} warnings.", ""))


if __name__ == "__main__":
    print(write_table(), write_second_table(), write_planted_table(), sep="\n")  # noqa: T201
