"""What is wrong is said in one line, once, in order."""

import pytest

from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity, has_errors, list_rules, sort_problems

EARLY = Problem("tab", Severity.WARNING, Place("a.yaml", 3), "a tab")
LATE = Problem("tab", Severity.ERROR, Place("a.yaml", 12), "a tab", "Use spaces.")


def test_problems_are_sorted_by_their_lines_and_said_once() -> None:
    assert sort_problems([LATE, EARLY, LATE]) == (EARLY, LATE)


def test_only_an_error_stops() -> None:
    assert (has_errors([EARLY]), has_errors([EARLY, LATE])) == (False, True)


@pytest.mark.parametrize("quoted", ["\n", "\x1b[31m", "\u202e"])
def test_what_is_quoted_from_a_file_cannot_break_the_line(quoted: str) -> None:
    said = str(Problem("odd", Severity.ERROR, Place("a.yaml", 1), f'found "{quoted}"'))
    assert said.isprintable()
    assert said == f'a.yaml:1: error: found "\\u{ord(quoted[0]):04x}{quoted[1:]}" [odd]'


def test_a_message_that_ends_with_a_mark_gets_no_second() -> None:
    assert str(Problem("odd", Severity.NOTE, Place("a.yaml"), "Is it?")) == "a.yaml: note: Is it? [odd]"


def test_two_rules_have_two_names() -> None:
    name = next(iter(list_rules()))
    with pytest.raises(ValueError, match=f"two rules are called {name}"):
        Rule(name, Severity.ERROR, "what", "why")


def test_an_exception_carries_its_problems_in_order() -> None:
    error = LeafletsError([LATE, EARLY])
    assert error.problems == (EARLY, LATE)
    assert str(error) == f"{EARLY}\n{LATE}"
