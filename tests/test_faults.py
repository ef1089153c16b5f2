"""Translations broken on purpose are found, and clean ones are left in peace."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from leaflets.checks.pairs import Pair
from tests.support import corpus
from tests.support.corpus import (
    FOURTH,
    THIRD,
    Fault,
    Second,
    count_kinds,
    count_planted,
    find_pair_problems,
    list_clean,
    list_false_alarms,
    list_faults,
    list_second,
    read_own_faults,
    say_severity,
    select_languages,
    write_second_table,
    write_table,
)

HAND_MADE = list_faults()


def test_there_are_more_than_200_faults_in_eleven_languages() -> None:
    assert len(HAND_MADE) > 200
    assert len({fault.pair.locale for fault in HAND_MADE}) == 11


@pytest.mark.parametrize("fault", HAND_MADE, ids=str)
def test_a_fault_is_found_by_its_check(fault: Fault) -> None:
    """One without a check says what no check can see; if one can, the list should say so."""
    assert fault.found == bool(fault.check)


def test_both_corpora_say_the_same_where_the_leaflets_have_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    project = corpus.project()
    said = [each.found for each in HAND_MADE], [[problem.id for problem in each.problems] for each in list_second()]
    languages = {tag: replace(each, words={}, terms={}) for tag, each in project.languages.items()}
    empty = replace(project, topics={}, languages=languages)
    monkeypatch.setattr(corpus, "project", lambda: empty)
    for name in ("read_lexicon", "list_vocabularies"):
        monkeypatch.setattr(corpus, name, cache(getattr(corpus, name).__wrapped__))
    second = corpus.list_second.__wrapped__()
    assert ([each.found for each in list_faults()], [[problem.id for problem in each.problems] for each in second]) == said


@pytest.mark.slow
def test_nothing_is_said_of_clean_pairs() -> None:
    project = corpus.project()
    assert len(list_clean()) > sum(len(each.words) for tag, each in project.languages.items() if tag != "en")
    assert [str(problem) for problem in list_false_alarms()] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["number lost", "number changed", "two numbers swapped", "placeholder lost", "emphasis lost", '"not" lost']
)
def test_every_one_that_is_taken_out_of_a_leaflet_is_found(kind: str) -> None:
    found, total, _ = count_kinds()[f"every {kind}"]
    assert found == total > 20


@pytest.mark.slow
def test_the_table_says_what_is_found_and_what_is_not() -> None:
    table = write_table()
    assert "| lost negation | `negation-mismatch` |" in table
    assert "| lost exception | `lost-phrase` | 1 | 0 | 0 |" in table
    assert table.endswith(" 0 errors and 0 warnings.\n")


@pytest.mark.parametrize("each", list_second(), ids=str)
def test_the_second_corpus_says_what_is_found(each: Second) -> None:
    """Where nothing is said and a check finds something after all, the list should say so."""
    found = {problem.id for problem in each.problems}
    assert each.said <= found
    assert bool(each.said) == bool(found)


def test_most_faults_of_the_second_corpus_are_found() -> None:
    faults = [each for each in list_second() if each.kind]
    assert len(faults) > 400
    assert sum(bool(each.said) for each in faults) > 0.8 * len(faults)
    assert "| wrong placeholder | 14 | 0 | 0 |" in write_second_table()


@pytest.mark.parametrize(
    ("kind", "found", "pair"),
    [*read_own_faults(THIRD), *read_own_faults(FOURTH)],
    ids=lambda each: each if isinstance(each, str) else each.translated.words,
)
def test_the_later_corpora_say_what_stops_a_fault_and_what_stays_for_a_person(kind: str, found: str, pair: Pair) -> None:
    assert say_severity(find_pair_problems(pair)) == found, kind


def test_most_faults_of_the_fourth_corpus_are_found() -> None:
    found = Counter(found for kind, found, _ in read_own_faults(FOURTH) if kind)
    assert found == {"error": 35, "warning": 2, "missed": 3}


@pytest.mark.slow
@pytest.mark.parametrize("tag", [tag for tag, _ in select_languages(())])
def test_what_is_planted_in_a_language_is_found(tag: str) -> None:
    planted = count_planted(tag)
    found, total = planted.pop("every opposite swapped")
    assert 0.75 * total <= found > 15
    assert all(found == total > 5 for found, total in planted.values())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["opposite", "medicine"])
def test_nearly_every_swap_in_a_leaflet_is_found(kind: str) -> None:
    found, total, _ = count_kinds()[f"every {kind} swapped"]
    assert found > 0.9 * total > 200
