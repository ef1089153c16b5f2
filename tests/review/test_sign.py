"""Sign-offs on two branches, merged by Git itself. Nobody who signs here exists."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from leaflets.content.project import Loader, load_project, load_signoffs, read_signoffs
from leaflets.content.seals import add_withdrawal, parse_signoffs
from leaflets.content.signoffs import Reading, Role, SignOff, find_status
from leaflets.files import write_file, write_files
from leaflets.model import Status
from leaflets.problems import LeafletsError, SetupError
from leaflets.review.sign import withdraw_signoff
from leaflets.translation.units import State, survey_language
from tests.conftest import Run
from tests.support.projects import ROOT, add_signoffs, list_record, sign_all, write_project

DAY, LATER = date(2026, 11, 21), date(2026, 11, 22)
HARD = "signs.lumps.hard"
READING = Reading("You may feel hard lumps.", "Puede sentir bultos duros.")
END = "translations/es/signoffs.end"
SIDES = pytest.mark.parametrize(("ours", "theirs"), [("one", "other"), ("other", "one")])
Act = Callable[[Path], object]


def git(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Git without the settings of whoever runs the tests."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C"}
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    return subprocess.run(["git", *who, *words], cwd=root, env=os.environ | own, capture_output=True, text=True, check=False)


def commit(root: Path, said: str) -> None:
    git(root, "add", "--all")
    done = git(root, "commit", "--quiet", "--message", said)
    assert done.returncode == 0, done.stdout + done.stderr


def sign(name: str, role: Role = Role.REVISER, day: date = DAY) -> Act:
    return lambda root: add_signoffs(root, "es", SignOff(role, name, day, {HARD: READING}))


def withdraw(name: str, by: str, day: date = LATER) -> Act:
    def act(root: Path) -> None:
        files = read_signoffs(Loader(root), "es")
        [seal] = [each.seal for each in parse_signoffs(files, "es") if each.name == name]
        write_files(root, add_withdrawal(files, seal, by, "a test", day, "es"))

    return act


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder in Git with the settings of this project, in which nobody has signed yet."""
    root = tmp_path / "project"
    root.mkdir()
    begin(root)
    return root


def begin(root: Path) -> None:
    shutil.copy(ROOT / ".gitattributes", root)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root, "a project")


def branch(root: Path, one: Act, other: Act, base: Act | None = None) -> None:
    """Let two branches do something each, after what both have."""
    if base:
        base(root)
        commit(root, "both")
    for name, act in (("one", one), ("other", other)):
        git(root, "checkout", "--quiet", "-b", name, "main")
        act(root)
        commit(root, name)


def merge(root: Path, ours: str, theirs: str, *how: str) -> int:
    git(root, "checkout", "--quiet", ours)
    return git(root, "merge", "--quiet", "--no-edit", *how, theirs).returncode


def list_counting(root: Path) -> list[str]:
    """Name whose sign-offs count; [] where the record is broken."""
    return sorted(each.name for each in load_signoffs(Loader(root), "es"))


def is_broken(root: Path) -> bool:
    loader = Loader(root)
    assert not (load_signoffs(loader, "es") and loader.problems)
    return [each.id for each in loader.problems] == ["broken-signoffs"]


@pytest.mark.slow
@SIDES
def test_two_branches_that_both_sign_are_merged_by_git_alone_and_the_check_is_green(
    tmp_path: Path, run: Run, ours: str, theirs: str
) -> None:
    root = write_project(tmp_path / "project").root
    begin(root)
    sign_all(root, "en")
    everything = {unit.id: unit.reading for unit in survey_language(load_project(root), "es").values()}
    reviser, clinician = (
        lambda root, each=each: add_signoffs(root, "es", each)
        for each in (SignOff(Role.REVISER, "Test B", DAY, everything), SignOff(Role.CLINICIAN, "Test C", LATER, everything))
    )
    branch(root, reviser, clinician, sign("Test A", Role.TRANSLATOR))
    assert merge(root, ours, theirs) == 0
    assert git(root, "status", "--porcelain").stdout == ""
    checked = run("--project", root, "check")
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert list_counting(root) == ["Test A", "Test B", "Test C"]
    assert {unit.state for unit in survey_language(load_project(root), "es").values()} == {State.CHECKED}
    sign("Test D", day=LATER)(root)
    assert list_counting(root) == ["Test A", "Test B", "Test C", "Test D"]
    assert len((root / END).read_text(encoding="utf-8").splitlines()) == 1


MERGES: dict[str, tuple[Act | None, Act, Act, list[str]]] = {
    "both-sign": (sign("Test A"), sign("Test B"), sign("Test C", day=LATER), ["Test A", "Test B", "Test C"]),
    "both-sign-the-first": (None, sign("Test B"), sign("Test C", day=LATER), ["Test B", "Test C"]),
    "the-same-person-the-same-day": (sign("Test A"), sign("Test B"), sign("Test B"), ["Test A", "Test B"]),
    "the-same-person-the-same-first": (None, sign("Test B"), sign("Test B"), ["Test B"]),
    "the-same-person-another-day": (sign("Test A"), sign("Test B"), sign("Test B", day=LATER), ["Test A", "Test B", "Test B"]),
    "one-signs-and-one-withdraws": (sign("Test A"), sign("Test B"), withdraw("Test A", "Test Keeper"), ["Test B"]),
    "both-withdraw-the-same": (sign("Test A"), withdraw("Test A", "Test Keeper"), withdraw("Test A", "Test Other"), []),
    "both-withdraw-the-same-alike": (sign("Test A"), withdraw("Test A", "Test Keeper"), withdraw("Test A", "Test Keeper"), []),
    "one-withdraws-and-one-does-nothing": (
        sign("Test A"),
        withdraw("Test A", "Test Keeper"),
        lambda root: (root / "notes.txt").write_text("nothing", encoding="utf-8"),
        [],
    ),
    "each-withdraws-another": (
        lambda root: (sign("Test A")(root), sign("Test B")(root)),
        withdraw("Test A", "Test Keeper"),
        withdraw("Test B", "Test Keeper"),
        [],
    ),
    "one-signs-and-withdraws": (
        sign("Test A"),
        lambda root: (sign("Test B")(root), withdraw("Test B", "Test B")(root)),
        sign("Test C"),
        ["Test A", "Test C"],
    ),
    "one-signs-twice": (
        sign("Test A"),
        lambda root: (sign("Test B")(root), sign("Test C", day=LATER)(root)),
        sign("Test D"),
        ["Test A", "Test B", "Test C", "Test D"],
    ),
}
"""What both have, what each does, and whose sign-offs count when they are merged."""


@SIDES
@pytest.mark.parametrize("name", MERGES)
def test_git_merges_what_two_branches_did_without_a_conflict(root: Path, name: str, ours: str, theirs: str) -> None:
    base, one, other, counting = MERGES[name]
    branch(root, one, other, base)
    assert merge(root, ours, theirs) == 0
    assert not is_broken(root)
    assert list_counting(root) == counting
    files = [path.read_bytes() for path in list_record(root, "es")]
    assert not any(b"<<<<<<<" in data for data in (*files, (root / END).read_bytes()))


@SIDES
@pytest.mark.parametrize("name", MERGES)
def test_a_conflict_that_is_solved_for_one_side_never_lets_more_sign_offs_count(
    root: Path, name: str, ours: str, theirs: str
) -> None:
    """As on a server that does not know the setting of this project: then signoffs.end alone is in conflict."""
    base, one, other, counting = MERGES[name]
    (root / ".gitattributes").unlink()
    branch(root, one, other, base)
    if merge(root, ours, theirs) != 0:
        assert git(root, "diff", "--name-only", "--diff-filter=U").stdout.split() == [END]
        assert is_broken(root)
        versions = unmerge(root)
        for kept in ("--ours", "--theirs"):
            (root / END).write_text(git(root, "merge-file", "-p", kept, *versions).stdout, encoding="utf-8")
            assert is_broken(root)
        (root / END).write_text(git(root, "merge-file", "-p", "--union", *versions).stdout, encoding="utf-8")
    assert not is_broken(root)
    assert list_counting(root) == counting


def unmerge(root: Path) -> list[str]:
    """Write the three versions of a file in conflict as files of their own."""
    names = []
    for stage in (2, 1, 3):
        path = root.parent / str(stage)
        path.write_text(git(root, "show", f":{stage}:{END}").stdout, encoding="utf-8")
        names.append(str(path))
    return names


@pytest.mark.parametrize("name", MERGES)
def test_no_strategy_of_git_brings_back_what_was_withdrawn(root: Path, name: str) -> None:
    base, one, other, counting = MERGES[name]
    branch(root, one, other, base)
    for how in ("ours", "theirs", "no-renames", "diff-algorithm=histogram"):
        assert merge(root, "one", "other", "--no-ff", "-X", how) == 0
        assert list_counting(root) == counting
        git(root, "reset", "--quiet", "--hard", "HEAD^")


def test_a_merge_that_throws_one_side_away_counts_what_the_other_has(root: Path) -> None:
    branch(root, sign("Test B"), sign("Test C"), sign("Test A"))
    assert merge(root, "one", "other", "--strategy", "ours") == 0
    assert not is_broken(root)
    assert list_counting(root) == ["Test A", "Test B"]


def test_a_branch_that_is_rebased_keeps_its_sign_offs(root: Path) -> None:
    branch(root, sign("Test B"), withdraw("Test A", "Test Keeper"), sign("Test A"))
    git(root, "checkout", "--quiet", "one")
    assert git(root, "rebase", "--quiet", "other").returncode == 0
    assert not is_broken(root)
    assert list_counting(root) == ["Test B"]


def test_a_commit_that_is_picked_without_the_one_before_it_is_found(root: Path) -> None:
    branch(root, sign("Test B"), sign("Test D"), sign("Test A"))
    git(root, "checkout", "--quiet", "one")
    sign("Test C")(root)
    commit(root, "one more")
    git(root, "checkout", "--quiet", "other")
    assert git(root, "cherry-pick", "one").returncode == 0
    assert is_broken(root)


def test_a_withdrawn_sign_off_that_is_taken_from_history_again_is_found(root: Path) -> None:
    branch(root, withdraw("Test A", "Test Keeper"), sign("Test B"), sign("Test A"))
    assert merge(root, "one", "other") == 0
    git(root, "checkout", "main", "--", "translations/es/signoffs")
    assert is_broken(root)
    git(root, "checkout", "main", "--", "translations/es")
    assert is_broken(root)


def test_whoever_translates_on_one_branch_and_revises_on_the_other_counts_as_translator_alone(root: Path) -> None:
    branch(root, sign("Test B", Role.TRANSLATOR), sign("Test B", Role.REVISER), sign("Test C", Role.CLINICIAN))
    assert merge(root, "one", "other") == 0
    assert find_status(load_signoffs(Loader(root), "es"), HARD, READING) is Status.TRANSLATED
    [translator] = [path for path in list_record(root, "es") if '"translator"' in path.read_text(encoding="utf-8")]
    translator.unlink()
    assert is_broken(root)


def test_a_record_that_git_wrote_with_the_ends_of_line_of_windows_is_whole(root: Path) -> None:
    branch(root, sign("Test B"), sign("Test C"), sign("Test A"))
    assert merge(root, "one", "other") == 0
    for path in (*list_record(root, "es"), root / END):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert list_counting(root) == ["Test A", "Test B", "Test C"]


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_disk_that_fails_in_the_middle_of_a_withdrawal_leaves_the_record_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    sign("Test A")(root)
    before = {path: path.read_bytes() for path in (*list_record(root, "es"), root / END)}
    calls: list[Path] = []

    def write(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == failing:
            raise SetupError(f"cannot write {path}: no space left")
        write_file(path, data)

    monkeypatch.setattr("leaflets.files.write_file", write)
    with pytest.raises(SetupError, match="no space left"):
        withdraw("Test A", "Test Keeper")(root)
    assert {path: path.read_bytes() for path in (*list_record(root, "es"), root / END)} == before


def test_of_two_who_withdraw_the_same_at_once_the_second_is_told(tmp_path: Path) -> None:
    project = sign_all(write_project(tmp_path).root, "es")
    number = project.languages["es"].signoffs[0].seal[:12]
    withdraw_signoff(project, "es", number, "Test Keeper", "a test", LATER)
    with pytest.raises(LeafletsError, match="somebody else wrote this record"):
        withdraw_signoff(project, "es", number, "Test Other", "a test", LATER)
    with pytest.raises(LeafletsError, match="names no sign-off that counts"):
        withdraw_signoff(load_project(tmp_path), "es", number, "Test Other", "a test", LATER)
