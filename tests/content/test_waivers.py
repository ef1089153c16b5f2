"""Problems that somebody looked at and found right: waived as long as the words stay as they are."""

from pathlib import Path

import pytest

from leaflets.content.project import Project
from leaflets.content.strict_yaml import read_yaml
from leaflets.content.waivers import Waiver, Waivers, apply_waivers, find_unused, format_waivers, hash_pair, parse_waivers
from leaflets.model import Text
from leaflets.problems import LeafletsError, Place, Problem, Severity
from leaflets.review.waive import list_waived
from tests.support.projects import SMALL_PROJECT, find_all, find_ids, write_project

FILE = "translations/es/waivers.yaml"
SPANISH = "content/topics/es/signs.yaml"
ENGLISH = "content/topics/en/signs.yaml"
FEVER = ("Call if your fever is above 38.5 °C.", "Llame si la fiebre pasa de 39,5 °C.")
SAID = 'number 38.5 is missing and number 39,5 is not in the English (English: "Call if your fever is above 38.5 °C.")'
HASH = hash_pair(*FEVER, [SAID])
WAIVED: Waivers = {("signs.lumps.fever", "number-mismatch"): Waiver("A test's reason.", HASH)}


def swap(name: str, old: str, new: str) -> dict[str, str]:
    assert old in SMALL_PROJECT[name]
    return {name: SMALL_PROJECT[name].replace(old, new)}


def write_waived(root: Path, changes: dict[str, str], waivers: Waivers = WAIVED) -> Project:
    return write_project(root, {FILE: format_waivers(waivers), **changes})


def test_a_waiver_takes_its_problem_away(tmp_path: Path) -> None:
    wrong = swap(SPANISH, "38,5", "39,5")
    assert find_ids(write_project(tmp_path / "a", wrong)) == {"number-mismatch"}
    assert find_ids(write_waived(tmp_path / "b", wrong)) == set()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(swap(SPANISH, "pasa de 38,5 °C", "pasa de 39,5 °C hoy"), id="the-words"),
        pytest.param(swap(SPANISH, "38,5", "39,5") | swap(ENGLISH, "your fever", "the fever"), id="the-english"),
        pytest.param(swap(SPANISH, "fiebre pasa de 38,5", "fiebre pasa los 39,5"), id="one-word"),
    ],
)
def test_a_waiver_lapses_when_the_english_or_the_words_change(changes: dict[str, str], tmp_path: Path) -> None:
    assert find_ids(write_waived(tmp_path, changes)) == {"number-mismatch"}


@pytest.mark.parametrize(
    ("said", "waived"),
    [
        pytest.param(["the first"], True, id="the-same"),
        pytest.param(["the second"], False, id="another"),
        pytest.param(["the first", "the second"], False, id="a-second"),
        pytest.param(["the first", "the first"], False, id="the-same-twice"),
    ],
)
def test_a_waiver_lapses_when_its_check_says_something_else_of_the_same_words(said: list[str], waived: bool) -> None:
    waivers = {("signs.lumps.fever", "number-mismatch"): Waiver("A test's reason.", hash_pair(*FEVER, ["the first"]))}
    place = Place(SPANISH, 4)
    problems = [Problem("number-mismatch", Severity.ERROR, place, each) for each in said]
    other = Problem("untranslated", Severity.ERROR, place, "the first")
    english, words = (Text(each, place) for each in FEVER)
    left = apply_waivers(waivers, "signs.lumps.fever", english, words, [*problems, other])
    assert left == ((other,) if waived else (*problems, other))


def test_a_waiver_holds_for_several_problems_of_its_check_in_any_order() -> None:
    assert hash_pair(*FEVER, ["the first", "the second"]) == hash_pair(*FEVER, ["the second", "the first"])


@pytest.mark.parametrize("file", ["content/topics/es/signs.yaml", "translations/es/LC_MESSAGES/messages.po"])
def test_a_waiver_stays_when_only_the_line_of_another_unit_moves(file: str) -> None:
    first, moved, other = (hash_pair(*FEVER, [f'"A" and "B" ({place}) differ']) for place in (f"{file}:3", f"{file}:14", "x:14"))
    assert first == moved != other


def test_what_was_waived_is_listed_with_its_reason(tmp_path: Path) -> None:
    project = write_waived(tmp_path, swap(SPANISH, "38,5", "39,5"))
    [waived] = list_waived(project, project.languages["es"])["signs.lumps.fever"]
    assert (waived.problem.message, waived.reason) == (SAID, "A test's reason.")


def test_a_waiver_of_another_check_waives_nothing(tmp_path: Path) -> None:
    waivers = {("signs.lumps.fever", "untranslated"): Waiver("A test's reason.", HASH)}
    assert find_ids(write_waived(tmp_path, swap(SPANISH, "38,5", "39,5"), waivers)) == {"number-mismatch", "unused-waiver"}


def test_a_waiver_of_another_unit_waives_nothing(tmp_path: Path) -> None:
    waivers = {("signs.lumps.hard", "number-mismatch"): Waiver("A test's reason.", HASH)}
    assert find_ids(write_waived(tmp_path, swap(SPANISH, "38,5", "39,5"), waivers)) == {"number-mismatch", "unused-waiver"}


def test_a_waiver_of_what_is_no_problem_is_one_problem_at_its_line(tmp_path: Path) -> None:
    [problem] = find_all(write_waived(tmp_path, {}))
    assert (problem.id, problem.place) == ("unused-waiver", Place(FILE, 3))
    assert '"signs.lumps.fever" has no problem number-mismatch' in problem.message


def test_a_waiver_that_is_needed_is_not_called_unused(tmp_path: Path) -> None:
    project = write_waived(tmp_path, swap(SPANISH, "38,5", "39,5"))
    assert list(find_unused(project.languages["es"].waivers, WAIVED)) == []


def test_a_waiver_of_a_unit_that_is_gone_is_unused(tmp_path: Path) -> None:
    waivers = {("signs.lumps.gone", "number-mismatch"): Waiver("A test's reason.", HASH)}
    assert find_ids(write_waived(tmp_path, {}, waivers)) == {"unused-waiver"}


def test_a_waiver_of_what_cannot_be_read_is_not_called_unused(tmp_path: Path) -> None:
    assert find_ids(write_waived(tmp_path, {SPANISH: "title: ["})) == {"yaml-syntax"}


def test_a_stale_or_missing_unit_cannot_be_waived(tmp_path: Path) -> None:
    english, words = "You may feel hard lumps.", "Puede sentir bultos duros."
    waivers = {
        ("signs.lumps.hard", id): Waiver("A test's reason.", hash_pair(english, words, ())) for id in ("missing-unit", "x")
    }
    gone = swap(SPANISH, f"    hard: {words}\n", "")
    assert find_ids(write_waived(tmp_path, gone, waivers)) == {"missing-unit", "unused-waiver"}


def test_only_the_problems_of_the_waived_check_are_left_out(tmp_path: Path) -> None:
    problems = find_all(write_project(tmp_path, swap(SPANISH, "38,5 °C.", "39,5 °C, llame al {emergency_number}.")))
    assert {problem.id for problem in problems} == {"number-mismatch", "placeholder-mismatch"}
    english, words = (Text(said, Place("")) for said in FEVER)
    left = apply_waivers(WAIVED, "signs.lumps.fever", english, words, problems)
    assert [problem.id for problem in left] == ["placeholder-mismatch"]


@pytest.mark.parametrize("reason", ["no", "It is 39: a test's reason #1", "“Así” se dice", "- dash", "12:30"])
def test_waivers_are_read_back_as_they_were_written(reason: str) -> None:
    waivers = {
        ("signs.lumps.hard", "untranslated"): Waiver(reason, "a" * 64),
        ("labels/Page {page} of {pages}", "untranslated"): Waiver(reason, "b" * 64),
        ("signs.lumps.hard", "number-mismatch"): Waiver(reason, "c" * 64),
    }
    found = parse_waivers(read_yaml(format_waivers(waivers).encode(), FILE))
    assert {key: (waiver.reason, waiver.sha256) for key, waiver in found.items()} == {
        key: (waiver.reason, waiver.sha256) for key, waiver in waivers.items()
    }
    assert sorted(waiver.place.line for waiver in found.values()) == [3, 7, 10]


def test_no_two_pairs_of_words_have_one_hash() -> None:
    pairs = [("ab", "c"), ("a", "bc"), ("", "abc"), ("abc", ""), ('a","b', "c"), ("a", 'b","c')]
    assert len({hash_pair(*pair, said) for pair in pairs for said in ((), ["ab"], ["a", "b"])}) == 3 * len(pairs)


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("sha256: 'a", "sha256: 'X", "wrong-value", 4),
        ("    reason: Why\n", "", "missing-key", 2),
        ("reason: Why", "reason: ''", "empty-value", 3),
        ("reason: Why", "raeson: Why", "unknown-key", 3),
    ],
)
def test_a_mistake_in_a_waiver_is_one_problem_at_its_line(old: str, new: str, rule: str, line: int) -> None:
    good = f"signs.title:\n  untranslated:\n    reason: Why\n    sha256: '{'a' * 64}'\n"
    assert parse_waivers(read_yaml(good.encode(), FILE))[("signs.title", "untranslated")].reason == "Why"
    assert old in good
    with pytest.raises(LeafletsError) as caught:
        parse_waivers(read_yaml(good.replace(old, new).encode(), FILE))
    [problem] = caught.value.problems
    assert (problem.id, problem.place) == (rule, Place(FILE, line))
