"""What a build says: to a person, to the log of a CI job, and to a program.

Takes the `Summary` of each leaflet as it comes, and the `Account` of all; gives lines, and JUnit XML.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click

from leaflets.build.account import Account, Ending, Summary
from leaflets.cli.terminal import count_problems, print_found
from leaflets.problems import MOST, Problem, count_names


@contextmanager
def show_progress(number: int, lines: str = "plain") -> Iterator[Callable[[Summary, Path], None]]:
    """Give what reports a result: on a terminal a bar with what is done and the time that is left, else a line per leaflet."""
    if lines == "json":
        yield print_json
        return
    if not sys.stdout.isatty():
        yield print_summary
        return
    bar: Any = click.progressbar(length=number, label="leaflets", show_pos=True, item_show_func=lambda job: str(job or ""))
    with bar:
        yield lambda summary, _: bar.update(1, summary.job)


def print_summary(summary: Summary, output: Path) -> None:
    if summary.files:
        pages = f"{summary.pages} page{'s' if summary.pages > 1 else ''}"
        click.echo(f"{summary.state} {output / summary.files[0]} ({pages})")
    else:
        click.echo(f"{summary.state} {summary.job}: {count_problems(summary.problems)}")


def print_json(summary: Summary, output: Path) -> None:
    what = {"output": str(output), "leaflet": summary.job, "state": summary.state, "files": summary.files}
    print_line(**what, seconds=round(summary.seconds, 1))


def print_line(**said: object) -> None:
    click.echo(json.dumps(said, ensure_ascii=False))


def print_account(account: Account, output: Path, lines: str = "plain") -> None:
    """Say what is wrong, and in one line what came of it all."""
    problems = tuple(sum_up(account.problems))
    made = len(account.summaries) - len(account.stopped)
    kept = sum(each.state is Ending.KEPT for each in account.summaries)
    drafts = sum(each.draft for each in account.summaries)
    if lines == "json":
        for each in account.problems:
            print_line(id=each.id, severity=each.severity, path=each.place.path, line=each.place.line, message=each.message)
        print_line(
            output=str(output),
            asked=len(account.summaries),
            made=made - kept,
            kept=kept,
            drafts=drafts,
            removed=account.gone,
            good=account.good,
        )
        return
    print_found(problems, lines)
    before = f" ({kept} as they were)" if kept else ""
    click.echo(f"{made} of {len(account.summaries)} leaflets in {output}/{before}, {drafts} of them marked DRAFT")
    if account.gone:
        click.echo(f"taken away, since they are out of date: {count_names(list(account.gone))}", err=True)
    if account.left:
        click.echo(f"not begun: {account.left} more", err=True)
    if not account.good:
        click.echo(f"not made: {', '.join(summary.job for summary in account.stopped) or 'none'}", err=True)


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


def format_junit(accounts: Iterable[Account]) -> bytes:
    """Write what became of each leaflet as JUnit XML, which every CI system shows."""
    summaries = [summary for account in accounts for summary in account.summaries]
    failed = sum(summary.state is Ending.STOPPED for summary in summaries)
    suite = ElementTree.Element("testsuite", name="leaflets", tests=str(len(summaries)), failures=str(failed))
    for summary in summaries:
        named = {"classname": summary.locale, "name": summary.job, "time": f"{summary.seconds:.1f}"}
        case = ElementTree.SubElement(suite, "testcase", named)
        said = "\n".join(map(str, summary.problems))
        if summary.state is Ending.STOPPED:
            failure = ElementTree.SubElement(case, "failure", message=count_problems(summary.problems))
            failure.text = said
        elif said:
            ElementTree.SubElement(case, "system-out").text = said
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True).encode() + b"\n"
