"""What a build says."""

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from leaflets.build.driver import Outcome
from leaflets.build.maker import Result
from leaflets.cli.report import format_junit, print_account, show_progress, sum_up
from leaflets.content.project import Project
from leaflets.problems import Place, Problem, Severity
from tests.support.front_desk import make_copy
from tests.support.projects import ENGLISH, SPANISH

WARNED = Problem("a-warning", Severity.WARNING, Place("content/topics/en/signs.yaml", 3), "said")
FAULT = Problem("renderer-fault", Severity.ERROR, Place("es/adult-leaflet-a4-DRAFT.pdf"), "KeyError: x", "Mend it.")


@pytest.fixture
def outcome(project: Project) -> Outcome:
    _, entry = make_copy(project, ENGLISH)
    results = (Result(ENGLISH, (entry,), (WARNED,), kept=True, seconds=1.26), Result(SPANISH, (), (FAULT,)))
    return Outcome(results, (WARNED, FAULT), ("ur/adult.html",), False)


def test_a_person_reads_what_is_there_and_what_is_not(outcome: Outcome, capsys: pytest.CaptureFixture[str]) -> None:
    print_account(outcome.account, Path("output"))
    said = capsys.readouterr()
    assert said.out == "1 of 2 leaflets in output/ (1 as they were), 1 of them marked DRAFT\n"
    assert said.err.splitlines()[-2:] == [
        "taken away, since they are out of date: ur/adult.html",
        "not made: adult es leaflet standard a4",
    ]


def test_a_program_reads_a_line_a_leaflet_a_line_a_problem_and_a_line_for_all(
    outcome: Outcome, capsys: pytest.CaptureFixture[str]
) -> None:
    with show_progress(2, "json") as tell:
        for result in outcome.results:
            tell(result.summary, Path("output"))
    print_account(outcome.account, Path("output"), "json")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line.get("seconds") for line in lines[:2]] == [1.3, 0.0]
    assert [line.get("state") for line in lines[:2]] == ["kept", "stopped"]
    assert [line.get("id") for line in lines[2:4]] == ["a-warning", "renderer-fault"]
    counts = {"output": "output", "asked": 2, "made": 0, "kept": 1, "drafts": 1}
    assert lines[4:] == [counts | {"removed": ["ur/adult.html"], "good": False}]


def test_a_pull_request_shows_problems_at_their_lines(outcome: Outcome, capsys: pytest.CaptureFixture[str]) -> None:
    print_account(outcome.account, Path("output"), "github")
    assert capsys.readouterr().out.splitlines()[:2] == [
        "::warning title=a-warning,file=content/topics/en/signs.yaml,line=3::said [a-warning]",
        "::error title=renderer-fault,file=es/adult-leaflet-a4-DRAFT.pdf,line=1::KeyError: x. Mend it. [renderer-fault]",
    ]


def test_what_stopped_every_leaflet_is_said_once() -> None:
    faults = [replace(FAULT, place=Place(f"es/adult-{number}.pdf")) for number in range(40)]
    here = [replace(WARNED, place=Place("a.yaml", number)) for number in range(9)]  # each of them is to be mended
    assert list(sum_up([*faults, *here])) == [
        replace(FAULT, place=Place("es/adult-0.pdf"), message="KeyError: x; and so 39 more"),
        *here,
    ]
    assert list(sum_up(faults[:3])) == faults[:3]


def test_junit_says_what_failed_and_why(outcome: Outcome) -> None:
    suite = ElementTree.fromstring(format_junit([outcome.account]))
    assert (suite.tag, suite.get("tests"), suite.get("failures")) == ("testsuite", "2", "1")
    english, spanish = suite
    assert english.attrib == {"classname": "en", "name": "adult en leaflet standard a4", "time": "1.3"}
    assert english.findtext("system-out") == str(WARNED)
    assert spanish.find("failure") is not None
    assert spanish.findtext("failure") == str(FAULT)
