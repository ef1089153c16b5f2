"""What a build says: to a person, to the log of a CI job, and to a program.

Takes each `Result` as it comes, and the `Outcome`; gives lines, and JUnit XML.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click

from leaflets.build.driver import Outcome
from leaflets.build.maker import Result
from leaflets.cli.terminal import count_problems, print_problems
from leaflets.problems import MOST, Problem, Severity, count_names

LINES = ("plain", "github", "json")
"""What the lines are for: a person, the annotations of GitHub Actions, a program."""


def choose_lines(lines: str | None = None) -> str:
    """Give whom lines are for where nobody said so: GitHub Actions says that it runs a command."""
    return lines or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "plain")


def print_found(problems: Iterable[Problem], lines: str) -> None:
    """Print problems, a line each."""
    if lines != "github":
        print_problems(problems)
        return
    for each in problems:
        click.echo(annotate(each))


@contextmanager
def show_progress(number: int, output: Path, lines: str = "plain") -> Iterator[Callable[[Result], None]]:
    """Give what reports a result: on a terminal a bar with what is done and the time that is left, else a line per leaflet."""
    if lines == "json":
        yield lambda result: print_json(result)
        return
    if not sys.stdout.isatty():
        yield lambda result: print_result(result, output)
        return
    bar: Any = click.progressbar(length=number, label="leaflets", show_pos=True, item_show_func=lambda job: str(job or ""))
    with bar:
        yield lambda result: bar.update(1, result.job)


def print_result(result: Result, output: Path) -> None:
    if result.entry:
        pages = f"{result.entry.pages} page{'s' if result.entry.pages > 1 else ''}"
        done = "kept" if result.kept else "made"
        click.echo(f"{done} {output / result.entry.path} ({pages})")
    else:
        click.echo(f"stopped {result.job}: {count_problems(result.problems)}")


def print_json(result: Result) -> None:
    state = "stopped" if not result.entry else "kept" if result.kept else "made"
    files = [entry.path for entry in result.entries]
    print_line(leaflet=str(result.job), state=state, files=files, seconds=round(result.seconds, 1))


def print_line(**said: object) -> None:
    click.echo(json.dumps(said, ensure_ascii=False))


def print_outcome(outcome: Outcome, output: Path, lines: str = "plain") -> None:
    """Say what is wrong, and in one line what came of it all."""
    problems = tuple(sum_up(outcome.problems))
    made, kept = len(outcome.results) - len(outcome.stopped), sum(result.kept for result in outcome.results)
    drafts = sum(bool(each.entry and each.entry.draft) for each in outcome.results)
    if lines == "json":
        for each in outcome.problems:
            print_line(id=each.id, severity=each.severity, path=each.place.path, line=each.place.line, message=each.message)
        print_line(
            asked=len(outcome.results), made=made - kept, kept=kept, drafts=drafts, removed=outcome.gone, good=outcome.good
        )
        return
    print_found(problems, lines)
    before = f" ({kept} as they were)" if kept else ""
    click.echo(f"{made} of {len(outcome.results)} leaflets in {output}/{before}, {drafts} of them marked DRAFT")
    if outcome.gone:
        click.echo(f"taken away, since they are out of date: {count_names(list(outcome.gone))}", err=True)
    if outcome.left:
        click.echo(f"not begun: {outcome.left} more", err=True)
    if not outcome.good:
        click.echo(f"not made: {', '.join(str(result.job) for result in outcome.stopped) or 'none'}", err=True)


def sum_up(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Say once what is wrong with many files for one reason, and of how many."""
    problems = tuple(problems)
    alike = Counter((each.id, each.message) for each in problems if is_of_file(each))
    said = set()
    for each in problems:
        key = each.id, each.message
        if not is_of_file(each) or alike[key] <= MOST:
            yield each
        elif key not in said:
            said.add(key)
            yield replace(each, message=f"{each.message.rstrip('.')}; and so {alike[key] - 1} more")


def is_of_file(problem: Problem) -> bool:
    """Whether a problem is of a file that a build makes, and not of one that somebody wrote."""
    return not problem.place.line and problem.place.path.endswith((".pdf", ".html"))


def annotate(problem: Problem) -> str:
    """Write a problem as GitHub Actions reads it, for the line of a file that it shows.

    >>> from leaflets.problems import Place
    >>> annotate(Problem("tab", Severity.ERROR, Place("a,b.yaml", 3), "100 % tabs", "Use spaces."))
    '::error title=tab,file=a%2Cb.yaml,line=3::100 %25 tabs. Use spaces. [tab]'
    """
    words = str(problem).removeprefix(f"{problem.place}: {problem.severity}: ").replace("%", "%25")
    file = problem.place.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    kind = "notice" if problem.severity is Severity.NOTE else problem.severity
    return f"::{kind} title={problem.id},file={file},line={max(1, problem.place.line)}::{words}"


def format_junit(outcomes: Iterable[Outcome]) -> bytes:
    """Write what became of each leaflet as JUnit XML, which every CI system shows."""
    results = [result for outcome in outcomes for result in outcome.results]
    failed = sum(not result.entry for result in results)
    suite = ElementTree.Element("testsuite", name="leaflets", tests=str(len(results)), failures=str(failed))
    for result in results:
        named = {"classname": result.job.locale, "name": str(result.job), "time": f"{result.seconds:.1f}"}
        case = ElementTree.SubElement(suite, "testcase", named)
        said = "\n".join(map(str, result.problems))
        if not result.entry:
            failure = ElementTree.SubElement(case, "failure", message=count_problems(result.problems))
            failure.text = said
        elif said:
            ElementTree.SubElement(case, "system-out").text = said
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True).encode() + b"\n"
