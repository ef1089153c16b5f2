"""Rules about the code itself."""

import ast
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from leaflets.content.shapes import KINDS
from leaflets.problems import list_rules
from leaflets.svg import PALETTE, STAFF
from tests.support.projects import ROOT

EDGES = (
    "files.py",
    "languages/conventions.py",
    "languages/fonts.py",
    "languages/own.py",
    "languages/tags.py",
    "content/clinic.py",
    "content/project.py",
    "content/provenance.py",
    "content/catalogs.py",
    "build/",
    "cli/",
    "document/html.py",
    "exchange/transfer.py",
    "pdf/imposition.py",
    "pdf/engine.py",
    "pdf/reader.py",
    "server/",
    "translation/start.py",
    "translation/write.py",
    "web/subset.py",
)
"""The modules and rooms that may touch the disk, the clock or the environment; all others only decide."""


def test_no_module_is_longer_than_can_be_read_in_one_sitting() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "leaflets").rglob("*.py")}
    assert {name: number for name, number in lengths.items() if number > 360} == {}


def test_a_module_s_tests_are_found_by_its_name() -> None:
    """Or, if they are of a room as a whole, by that of the room. Tests of the whole project stand at the top of tests/."""
    for path in (ROOT / "tests").glob("*/**/test_*.py"):
        room = ROOT / "leaflets" / path.parent.relative_to(ROOT / "tests")
        name = path.stem.removeprefix("test_").removesuffix("_browser")
        assert (room / f"{name}.py").is_file() or (name == room.name and room.is_dir()), f"{path} tests no module of that name"


def test_pytest_goes_into_every_folder_that_it_is_to_look_into(pytestconfig: pytest.Config) -> None:
    """Of itself it leaves out every folder called "build", without a word."""
    paths = [path for where in pytestconfig.getini("testpaths") for path in (ROOT / where).rglob("*.py")]
    names = {part for path in paths for part in path.relative_to(ROOT).parent.parts}
    assert "build" in names
    assert {(name, each) for name in names for each in pytestconfig.getini("norecursedirs") if fnmatch(name, each)} == set()


def test_no_two_types_have_one_name() -> None:
    pattern = re.compile(r"^(?:class )?([A-Z][a-z]\w*)(?:: TypeAlias)?(?:\(.*\))?(?: =.*|:)$", re.M)
    modules = (path.read_text(encoding="utf-8") for path in (ROOT / "leaflets").rglob("*.py"))
    found = [name for text in modules for name in pattern.findall(text)]
    assert len(found) > 150
    assert {name for name in found if found.count(name) > 1} == set()


def test_what_opens_a_browser_is_left_out_of_the_quick_tests() -> None:
    for path in (ROOT / "tests").rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"^ *from tests.support.browser import", text, re.M):
            assert path.stem.endswith("_browser") or "@pytest.mark.browser" in text, path


def test_what_is_checked_before_a_commit_is_what_make_lint_runs() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nlint:")[1].split("\n\n")[0]
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    commands = [hook["entry"].replace(" --force-exclude", "") for hook in hooks]
    lines = [line.strip() for line in recipe.splitlines()[1:]]
    assert all(line.startswith(said) for line, said in zip(lines, commands, strict=True))


def test_no_lock_says_where_its_packages_came_from() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"://|--(?:extra-)?index-url|--find-links", text)


def test_no_code_names_a_language_but_the_source() -> None:
    for path in (ROOT / "leaflets").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                named = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
                assert not {"ar", "ur", "zh-Hans", "hi", "es"} & set(named), (path.name, node.lineno)


def test_only_the_edges_touch_the_disk_the_clock_or_the_environment() -> None:
    for path in (ROOT / "leaflets").rglob("*.py"):
        name = path.relative_to(ROOT / "leaflets").as_posix()
        if not name.startswith(EDGES):
            text = path.read_text(encoding="utf-8")
            assert not re.search(
                r"(?<![.\w])open\(|read_text|read_bytes|os\.environ|date\.today|datetime\.now|time\.time", text
            ), name


def test_every_block_kind_has_a_template_and_every_template_is_a_kind() -> None:
    found = {path.stem for path in (ROOT / "templates" / "blocks").glob("*.html")}
    assert found == {*set(KINDS) - {"steps"}, "table-stacked", "table-screen"}


def test_styles_use_logical_properties_only() -> None:
    for path in (ROOT / "templates" / "styles").glob("*.css"):
        text = re.sub(r"/\*.*?\*/|@(top|bottom)-(left|right|center)", "", path.read_text(encoding="utf-8"), flags=re.S)
        assert (
            re.findall(
                r"(?:margin|padding|border)-(?:left|right)|float\s*:\s*(?:left|right)|text-align\s*:\s*(?:left|right)", text
            )
            == []
        )


def test_styles_know_no_italics_capitals_or_justified_text() -> None:
    text = (ROOT / "templates" / "styles" / "leaflet.css").read_text(encoding="utf-8")
    assert not re.search(r"italic|oblique|uppercase|small-caps|text-align(-last)?\s*:\s*justify", text)


HEX = r"#[0-9a-fA-F]{3,8}\b"


def list_colours(path: Path) -> list[str]:
    """The colours that a file writes out; of Python what a program sees, without docstrings and comments."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return re.findall(HEX, re.sub(r"&#x?[0-9a-f]+;", "", text))
    nodes = list(ast.walk(ast.parse(text)))
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = (node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in prose)
    return [each for string in strings if isinstance(string, str) for each in re.findall(rf"^{HEX}$", string)]


def test_colours_are_written_in_one_place() -> None:
    """The drawings write theirs out; a check holds them to the palette."""
    files = [
        path
        for folder, suffixes in (("leaflets", [".py"]), ("templates", [".html", ".css", ".js", ".toml", ".svg"]))
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in suffixes and "figures" not in path.relative_to(ROOT).parts[1:-1]
    ]
    assert len(files) > 100
    assert {path.name for path in files if list_colours(path)} == {"svg.py"}


def test_every_variable_of_a_style_has_a_value_and_every_colour_a_use() -> None:
    styles = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".css", ".js")]
    code = [*(ROOT / "leaflets" / "pdf").glob("*.py"), *(ROOT / "leaflets" / "server").rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in [*styles, *code])
    used, given = (set(re.findall(pattern, text)) for pattern in (r"var\(--([a-z0-9-]+)", r"--([a-z0-9-]+):"))
    assert used - given - {*PALETTE, *STAFF} == set()
    assert {*PALETTE, *STAFF} - used == set()


def test_every_rule_has_a_reason_and_a_test_that_names_it() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    for id, rule in list_rules().items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)
        assert rule.what.endswith(".")
        assert len(rule.why) > 20
        assert f'"{id}"' in tests or f"[{id}]" in tests, f"no test names {id}"


def test_nothing_is_left_undone_in_the_tree() -> None:
    for folder in ("leaflets", "templates", "content", "docs"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".html", ".css", ".yaml", ".md", ".toml"):
                assert not re.search(r"\b(TODO|FIXME|XXX)\b", path.read_text(encoding="utf-8")), path
