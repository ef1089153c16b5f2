"""A language that was begun by mistake goes away again, and nobody's words with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from leaflets.content.project import load_project
from leaflets.content.provenance import format_review
from leaflets.files import remove_files, write_files
from leaflets.languages.fonts import read_fonts
from leaflets.problems import LeafletsError, SetupError
from leaflets.translation.remove import plan_removal, write_fresh
from leaflets.translation.start import start_language
from tests.conftest import Run
from tests.exchange.test_formats import snapshot
from tests.support.projects import ROOT, SMALL_PROJECT, write_project

SIGNS = "content/topics/sw/signs.yaml"
LABELS = "translations/sw/LC_MESSAGES/messages.po"


def begin(root: Path, tag: str = "sw") -> None:
    project = load_project(root)
    write_files(root, start_language(project, read_fonts(ROOT / "templates"), tag).files)


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_language_that_was_only_begun_goes_and_leaves_nothing_behind(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    before, folders = snapshot(root), sorted(root.rglob("*"))
    begin(root)
    result = run("--project", root, "translate", "remove", "sw")
    assert result.exit_code == 0
    assert f"deleted {SIGNS}\n" in result.stdout
    assert (snapshot(root), sorted(root.rglob("*"))) == (before, folders)


@pytest.mark.slow
def test_every_file_that_a_start_makes_here_can_be_taken_away() -> None:
    project = load_project(ROOT)
    begun = start_language(project, read_fonts(ROOT / "templates"), "sw")
    assert len(begun.files) > 20
    assert {file: data.decode() for file, data in begun.files.items()}.items() <= write_fresh(project, "sw").items()


def test_a_language_whose_english_changed_since_goes_as_well(tmp_path: Path) -> None:
    root = write_project(tmp_path).root
    begin(root)
    english = SMALL_PROJECT["content/topics/en/signs.yaml"].replace("hard lumps", "sore lumps").replace("fever:", "heat:")
    (root / "content/topics/en/signs.yaml").write_text(english, encoding="utf-8")
    assert SIGNS in plan_removal(load_project(root), "sw")


WRITTEN: dict[str, Callable[[Path], None]] = {
    f'{SIGNS}:2: error: somebody wrote here: title: Dalili': lambda root: change(root, SIGNS, "title:", "title: Dalili"),
    "somebody wrote here: # ask Amina": lambda root: change(root, SIGNS, "blocks:", "# ask Amina\nblocks:"),
    'somebody wrote here: msgstr "Ukurasa"': lambda root: change(root, LABELS, 'msgstr ""\n\n', 'msgstr "Ukurasa"\n\n'),
    "somebody wrote here: - hapana": lambda root: change(root, "content/markers/sw.yaml", "negation:", "negation:\n  - hapana"),
    "somebody wrote here: term: uvimbe": lambda root: change(root, "content/terms/sw.yaml", "term:", "term: uvimbe"),
    "translations/sw/signoffs.end: error: this is no file": lambda root: (
        write_files(root, {"translations/sw/signoffs.end": b""})
    ),
    "content/topics/sw/notes.txt: error: this is no file": lambda root: write_files(root, {"content/topics/sw/notes.txt": b"x"}),
}  # fmt: skip


@pytest.mark.parametrize("said", WRITTEN)
def test_nothing_goes_where_somebody_wrote_anything(said: str, tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    begin(root)
    WRITTEN[said](root)
    before = snapshot(root)
    result = run("--project", root, "translate", "remove", "sw")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "[language-kept]" in result.stderr
    assert snapshot(root) == before


def test_a_language_with_words_is_kept_and_one_line_says_how_much_there_is(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    before = snapshot(root)
    result = run("--project", root, "translate", "remove", "es")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "more files)" in result.stderr
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("tag", "said"), [("en", "the others are translated from"), ("qq", "there is no language"), ("../es", "no language")]
)
def test_only_a_language_of_the_project_goes(tag: str, said: str, tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, "translate", "remove", tag)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_folder_in_which_something_else_lies_stays(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/b/one": b"1", "a/two": b"2"})
    remove_files(tmp_path, ["a/b/one"])
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "two"]


def test_a_file_that_cannot_be_deleted_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"cannot delete .*none: No such file"):
        remove_files(tmp_path, ["none"])


def test_a_record_without_entries_is_nobody_s_work(tmp_path: Path) -> None:
    root = write_project(tmp_path).root
    begin(root)
    record = root / "translations/sw/review.yaml"
    record.write_text(format_review({}), encoding="utf-8")
    assert "translations/sw/review.yaml" in plan_removal(load_project(root), "sw")
    record.write_text("signs.title:\n  source: What?\n", encoding="utf-8")
    with pytest.raises(LeafletsError, match="somebody wrote here"):
        plan_removal(load_project(root), "sw")
