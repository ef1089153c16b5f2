"""The manual is true."""

import re
from pathlib import Path

import click

from leaflets.cli import main
from leaflets.problems import list_rules
from tests.helpers import ROOT

DOCS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


def write_checks() -> str:
    """What docs/checks.md must say: every rule, by id."""
    lines = [
        "# Every check",
        "",
        "`leaflets explain ID` prints the same. Each has tests that it fires and that it stays quiet.",
        "",
    ]
    for id, rule in list_rules().items():
        lines += [f"## {id}", "", f"*{rule.severity}.* {rule.what}", "", f"Why: {rule.why}", ""]
        lines += [f"Source: {rule.source}", ""] if rule.source else []
    return "\n".join(lines)


def test_the_list_of_checks_is_fresh() -> None:
    """To renew it: python -m tests.test_docs."""
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == write_checks()


def test_the_readme_is_short_and_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 120
    for command in main.commands:
        assert f"leaflets {command}" in text


def test_every_option_that_the_manual_names_exists() -> None:
    commands = [main, *main.commands.values()]
    commands += [below for command in commands[1:] if isinstance(command, click.Group) for below in command.commands.values()]
    known = {option for command in commands for each in command.params for option in each.opts}
    for path in DOCS:
        for line in re.findall(r"leaflets [a-z]+ [^`\n]*", path.read_text(encoding="utf-8")):
            assert set(re.findall(r"--[a-z-]+", line)) <= known, (path.name, line)


def test_every_link_and_file_that_the_manual_names_exists() -> None:
    for path in DOCS:
        text = path.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#]+)", text):
            assert (path.parent / link).exists(), (path.name, link)
        for name in re.findall(r"`((?:content|templates|translations|tests|docs|leaflets)/[\w./-]+)`", text):
            assert (ROOT / name).exists() or "<" in name, (path.name, name)


def test_the_52_points_name_checks_that_exist_and_are_counted_rightly() -> None:
    text = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| .*? \| (\w+) \| (.*) \|$", text, re.M)
    assert [int(number) for number, _, _ in rows] == list(range(1, 53))
    for number, met, how in rows:
        named = re.findall(r"`([a-z-]+)`", how)
        assert set(named) - {"for-whom", "key-points", "machine-draft"} <= set(list_rules()), number
        assert met in ("check", "test", "content", "human", "open")
    counted = {met: sum(each[1] == met for each in rows) for met in ("check", "test", "content", "human", "open")}
    said = re.search(r"Counts: (\d+) by check, (\d+) by test, (\d+) by content, (\d+) need a human, (\d+) open", text)
    assert said
    assert [int(number) for number in said.groups()] == list(counted.values())


def test_every_language_and_leaflet_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("Arabic", "Chinese (Simplified)", "Georgian", "Hindi", "Spanish", "Urdu", "pediatric", "adult", "cutis"):
        assert name in text
    assert len(list((ROOT / "content" / "topics").iterdir())) == 7


if __name__ == "__main__":
    Path("docs/checks.md").write_text(write_checks(), encoding="utf-8")
