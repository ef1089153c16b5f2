"""The manual is true."""

import re
import textwrap
from dataclasses import fields
from pathlib import Path

import click

from leaflets.checks.lexicon import count_markers
from leaflets.cli.main import main
from leaflets.content.project import Project, load_project
from leaflets.content.schema import parse_markers
from leaflets.content.strict_yaml import read_yaml
from leaflets.edition import Print
from leaflets.languages.locales import english_name, native_name, sorting_name
from leaflets.languages.readability import count_words
from leaflets.model import SOURCE_LOCALE, Markers
from leaflets.problems import list_rules
from leaflets.translation.units import has_begun, list_sheet, list_source
from tests.support.projects import ROOT, SMALL_PROJECT

UNIT = re.compile(r"`([a-z-]+(?:\.[a-z0-9-]+)+)`")
"""A unit, or a block, as the manual names it."""
DOCS = (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")))


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
    for command in main.list_commands(click.Context(main)):
        assert f"leaflets {command}" in text


def test_every_option_that_the_manual_names_exists() -> None:
    context = click.Context(main)
    commands = [main, *filter(None, (main.get_command(context, path) for path in main.known))]
    known = {option for command in commands for each in command.params for option in each.opts}
    for path in DOCS:
        for line in re.findall(r"leaflets [a-z]+ [^`\n]*", path.read_text(encoding="utf-8")):
            assert set(re.findall(r"--[a-z-]+", line)) <= known, (path.name, line)


def list_named(name: str) -> list[str]:
    return [each for each in UNIT.findall((ROOT / "docs" / name).read_text(encoding="utf-8")) if not each.endswith(".yaml")]


def test_every_unit_that_the_questions_and_the_seed_table_name_exists(project: Project) -> None:
    blocks = {f"{topic.name}.{block.name}" for topic in project.topics.values() for block in topic.blocks}
    for name in ("clinician-questions.md", "sources.md"):
        assert set(list_named(name)) <= {*project.units, *blocks}, name


def test_every_block_that_rests_on_no_opened_source_is_a_question_for_a_clinician(project: Project) -> None:
    unopened = {name for name, each in project.references.items() if each.checked == "none"}
    asked = {".".join(each.split(".")[:2]) for each in list_named("clinician-questions.md")}
    for topic in project.topics.values():
        for block in topic.blocks:
            if unopened & {*block.references}:
                assert f"{topic.name}.{block.name}" in asked


def test_every_link_and_file_that_the_manual_names_exists() -> None:
    for path in DOCS:
        text = path.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#]+)", text):
            assert (path.parent / link).exists(), (path.name, link)
        for name in re.findall(r"`((?:content|templates|translations|tests|docs|leaflets)/[\w./-]+)`", text):
            assert (ROOT / name).exists() or "<" in name, (path.name, name)


def test_every_module_that_is_said_to_be_run_exists() -> None:
    for path in (*DOCS, ROOT / "Makefile", *(ROOT / "tests").rglob("*.py")):
        for name in re.findall(r"python -m (tests[\w.]*\w)", path.read_text(encoding="utf-8")):
            assert (ROOT / f"{name.replace('.', '/')}.py").is_file(), (path.name, name)


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


def test_the_story_names_every_room_and_only_modules_that_exist() -> None:
    text = (ROOT / "docs" / "developing.md").read_text(encoding="utf-8")
    story = text.split("## The story, room by room")[1].split("\n## ")[0]
    package = ROOT / "leaflets"
    rooms = {path.name for path in package.iterdir() if (path / "__init__.py").is_file()}
    assert rooms == set(re.findall(r"`(\w+)/`", story.split("| room |")[1].split("\n\n")[0])) - {"site", "editor"}
    for name in re.findall(r"`((?:\w+/)*\w+\.py)`", story):
        assert list(package.rglob(name)) or (ROOT / name).is_file(), name


def test_every_function_that_the_walk_of_a_sentence_names_is_where_it_says() -> None:
    text = (ROOT / "docs" / "developing.md").read_text(encoding="utf-8")
    walk = text.split("### One sentence")[1].split("\n## ")[0]
    steps = re.findall(r"^\d+\. `(leaflets/(?:\w+/)+\w+\.py)`: (.*(?:\n   .*)*)", walk, re.M)
    assert len(steps) == len(re.findall(r"^\d+\. ", walk, re.M)) > 9
    for path, step in steps:
        module = (ROOT / path).read_text(encoding="utf-8")
        for name in re.findall(r"`([a-z]+_[a-z_]+|[A-Z]\w+\.\w+)`", step):
            assert f"def {name.rpartition('.')[2]}(" in module, (path, name)


def test_what_a_translator_is_shown_of_a_file_stands_in_it() -> None:
    text = (ROOT / "docs" / "translating.md").read_text(encoding="utf-8")
    section = text.split("## Write into the files by hand")[1].split("\n## ")[0]
    lines = {line.strip() for line in section.splitlines() if line.startswith("    ")}
    english, spanish = (SMALL_PROJECT[f"content/topics/{tag}/signs.yaml"] for tag in (SOURCE_LOCALE, "es"))
    assert len(quoted := [line.removeprefix("# en: ") for line in lines if line.startswith("# en: ")]) == 2
    assert all(f": {words}\n" in english for words in quoted)
    assert all(f"{line}\n" in spanish for line in lines if line.startswith(("title: ", "hard: ")))


def test_the_words_that_a_translator_is_shown_are_a_whole_file_that_counts_as_it_says() -> None:
    text = (ROOT / "docs" / "translating.md").read_text(encoding="utf-8")
    block = text.split("## The words that say no, must and may")[1].split("whole:\n\n")[1].split("\n\n")[0]
    markers = parse_markers(read_yaml(textwrap.dedent(block).encode(), "es.yaml"))
    source = parse_markers(read_yaml((ROOT / "content" / "markers" / "en.yaml").read_bytes(), "en.yaml"))
    assert all(getattr(markers, field.name) for field in fields(markers))
    assert set(markers.phrases) <= set(source.phrases)
    assert count_markers("Sin embargo, no tome nota de los cortes.", "negation", "es", markers) == ["no"]
    assert count_markers("Deben hacerlo.", "obligation", "es", markers) == ["deben"]
    chinese = Markers(negation=("不",), exceptions=("不同",))
    assert count_markers("不要用不同的药", "negation", "zh-Hans", chinese) == ["不"]


def test_every_fault_of_the_table_is_injected_by_tests_that_exist() -> None:
    text = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!fault|---)(.+?) \| .+? \| (.+) \|$", text, re.M)
    assert len(rows) == text.count("\n| ") - text.count("\n| fault |") > 20
    for fault, tests in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", tests)
        assert named, fault
        for path, name in named:
            assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8"), (fault, name)


LANGUAGES = """Every text is a machine draft: no qualified person has read it. Sheets were read back into English by a
reader who had not seen it, mended, and read back again; the readings.yaml of each language's folder in translations/
has what the last reader read, and what is uncertain. A language is put in once a reading finds nothing critical and at
most 2 major faults in 1,000 words. The table counts critical, major and minor faults in the {words:,} words of the
sheets, in the first reading, the second, and a third where it was needed."""


def write_languages() -> str:
    """What docs/languages.md must say: which languages there are, what is printed in each, and how each was read back."""
    project = load_project(ROOT)
    lines = [
        "# The languages",
        "",
        *textwrap.wrap(LANGUAGES.format(words=count_sheet_words(project)), 120),
        "",
        "| language | tag | own name | printed | faults found |",
        "|---|---|---|---|---|",
    ]
    for tag in sorted(project.languages, key=sorting_name):
        found = project.languages[tag].readings.faults
        said = " → ".join(f"{each.critical} / {each.major} / {each.minor}" for each in found)
        printed = "sheets, leaflets, inserts" if has_begun(project, tag, "adult", Print.LEAFLET) else "sheets"
        lines.append(f"| {english_name(tag)} | `{tag}` | {native_name(tag)} | {printed} | {said or 'see CHANGELOG.md'} |")
    return "\n".join(lines) + "\n"


def count_sheet_words(project: Project) -> int:
    sheet, source = list_sheet(project), list_source(project)
    return sum(count_words(source[unit].words) for unit in sheet if unit in source)


def test_the_list_of_languages_is_fresh() -> None:
    """To renew it: python -m tests.test_docs."""
    assert (ROOT / "docs" / "languages.md").read_text(encoding="utf-8") == write_languages()


def test_no_language_is_there_whose_last_reading_found_too_much() -> None:
    project = load_project(ROOT)
    words = count_sheet_words(project)
    last = {tag: each.readings.faults[-1] for tag, each in project.languages.items() if each.readings.faults}
    assert len(last) > 30
    for tag, found in last.items():
        assert (found.critical, found.major / words * 1000 <= 2) == (0, True), tag


def test_every_leaflet_stands_in_the_readme_and_the_number_of_languages() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("Arabic", "Chinese (Simplified)", "Georgian", "Hindi", "Spanish", "Urdu", "pediatric", "adult", "cutis"):
        assert name in text
    assert f"English (source) and {len(load_project(ROOT).languages) - 1} others" in text


if __name__ == "__main__":
    Path("docs/checks.md").write_text(write_checks(), encoding="utf-8")
    Path("docs/languages.md").write_text(write_languages(), encoding="utf-8")
