"""The record of who signed which words: that it is read back, and that nothing in it changes or goes unnoticed."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from leaflets.content.project import Loader, load_project, load_signoffs, read_signoffs
from leaflets.content.seals import (
    Files,
    WithdrawalShape,
    add_file,
    add_signoff,
    add_withdrawal,
    format_file,
    hash_file,
    name_file,
    parse_signoffs,
)
from leaflets.content.signoffs import Reading, Role, SignOff
from leaflets.files import write_files
from leaflets.model import Status
from leaflets.problems import LeafletsError, Place, Problem
from leaflets.translation.units import survey_language
from tests.support.projects import ROOT, find_all, list_record, sign_all, write_project

READING = Reading("Hard lumps.", "Bultos duros.")
DAY = date(2026, 11, 21)
TRANSLATOR, REVISER, CLINICIAN = Role.TRANSLATOR, Role.REVISER, Role.CLINICIAN
FOLDER, END = "translations/es/signoffs/", "translations/es/signoffs.end"


def sign(role: Role, name: str, reading: Reading = READING, day: date = DAY) -> SignOff:
    """Let a test's own person sign one unit."""
    return SignOff(role, name, day, {"signs.lumps.hard": reading}, "a test's own")


def apply(files: Files, changes: dict[str, bytes | None]) -> dict[str, bytes]:
    """Change the files of a record."""
    return {path: data for path, data in {**files, **changes}.items() if data is not None}


def write(*signoffs: SignOff, to: Files | None = None) -> dict[str, bytes]:
    """Write sign-offs, one after the other."""
    files = dict(to or {})
    for signoff in signoffs:
        files = apply(files, add_signoff(files, signoff, "es"))
    return files


def withdraw(files: Files, number: int, reason: str = "a test") -> dict[str, bytes]:
    """Withdraw the sign-off of a number."""
    return apply(files, add_withdrawal(files, hash_file(files[name(files, number)]), "Test Keeper", reason, DAY, "es"))


def name(files: Files, number: int) -> str:
    """Name the file of a number."""
    [path] = [each for each in files if each.startswith(f"{FOLDER}{number:04}-")]
    return path


def read(files: Files) -> tuple[SignOff, ...]:
    return parse_signoffs(files, "es")


def refuse(files: Files) -> Problem:
    """Give the one problem of a record of sign-offs."""
    with pytest.raises(LeafletsError) as caught:
        read(files)
    [problem] = caught.value.problems
    return problem


def reseal(tree: dict[str, object]) -> tuple[str, bytes]:
    """Write a file that somebody made up, under the name that belongs to it."""
    data = format_file(tree).encode()
    return f"{FOLDER}{name_file(tree['number'], hash_file(data))}.json", data  # type: ignore[arg-type]


def end(*paths_of: bytes) -> bytes:
    """Write the end of a record after some files."""
    return "".join(f"{hash_file(data)}\n" for data in paths_of).encode()


THREE = (sign(TRANSLATOR, "Test A"), sign(REVISER, "Test B"), sign(CLINICIAN, "Test C"))
RECORD = write(*THREE)
PATHS = [name(RECORD, number) for number in (1, 2, 3)]
WITHDRAWN = withdraw(RECORD, 2)


def without(files: Files, *paths: str) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path not in paths}


def test_sign_offs_are_read_back_as_they_were_written() -> None:
    assert read(RECORD) == THREE


@pytest.mark.parametrize(
    "words",
    ["Bultos “duros”.", 'un "bulto"\\n', "硬块", "كتلة صلبة", "क्\u200dष می\u200cخواهم", "😀", "a\u2028b", "line\nline", ""],
)
def test_every_word_and_name_is_read_back_as_it_was_signed(words: str) -> None:
    signoff = SignOff(REVISER, "Test “B”, Dr. محمد 王", DAY, {"labels/Page {page}": Reading("Page", words, words)})
    assert read(write(signoff, signoff)) == (signoff, signoff)


def test_a_sign_off_is_a_file_that_names_the_one_before_it() -> None:
    trees = [json.loads(RECORD[path]) for path in PATHS]
    seals = [hash_file(RECORD[path]) for path in PATHS]
    assert [tree["after"] for tree in trees] == [[], [seals[0]], [seals[1]]]
    assert [tree["role"] for tree in trees] == ["translator", "reviser", "clinician"]
    assert [f"{FOLDER}000{number}-{seal[:12]}.json" for number, seal in enumerate(seals, start=1)] == PATHS
    assert RECORD[END] == f"{seals[2]}\n".encode()


def test_what_comes_in_with_a_change_in_git_can_be_read() -> None:
    lines = [line.strip() for line in RECORD[PATHS[1]].decode().splitlines()]
    assert lines[6:11] == [
        '"name": "Test B",',
        '"day": "2026-11-21",',
        '"role": "reviser",',
        """"qualification": "a test's own",""",
        '"units": {',
    ]
    assert lines[11:15] == ['"signs.lumps.hard": [', '"Hard lumps.",', '"Bultos duros.",', '""']


def test_adding_changes_no_file_that_stood_before() -> None:
    for size in range(3):
        before = write(*THREE[:size])
        assert without(before, END).items() <= RECORD.items()
        assert set(add_signoff(before, THREE[size], "es")) == {PATHS[size], END}


def test_files_whose_last_line_has_no_end_are_read() -> None:
    assert read({path: data.rstrip(b"\n") for path, data in RECORD.items()}) == THREE


def test_a_record_whose_lines_end_as_on_windows_is_read_and_added_to() -> None:
    windows = {path: data.replace(b"\n", b"\r\n") for path, data in write(*THREE[:2]).items()}
    assert read(windows) == THREE[:2]
    assert read(write(THREE[2], to=windows)) == THREE


@pytest.mark.parametrize("name", ["", " ", "…", "Test <b>B</b>", "Test\nB", "Test " + "B" * 80])
def test_a_sign_off_that_could_not_be_read_back_is_not_written(name: str) -> None:
    with pytest.raises(LeafletsError) as caught:
        add_signoff(RECORD, sign(REVISER, name), "es")
    assert [(problem.id, problem.place) for problem in caught.value.problems] == [("wrong-value", Place("name"))]


CHANGES: list[dict[str, object]] = [
    {"name": "Test Z"},
    {"role": "clinician", "name": "Test Z"},
    {"qualification": "a doctor"},
    {"day": "2027-01-01"},
    {"units": {"signs.lumps.hard": READING._replace(words="Bultos blandos.")}},
    {"units": {"signs.lumps.hard": READING._replace(english="Soft lumps.")}},
    {"units": {"signs.lumps.hard": READING._replace(waived="number-mismatch: fine [01234567]")}},
    {"units": {"signs.lumps.soft": READING}},
    {"units": {}},
    {"after": ["1" * 64]},
    {"after": []},
    {"number": 7},
    {"language": "fr"},
]


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: "-".join(map(str, changes)))
def test_a_fact_that_was_changed_afterwards_is_found_in_its_file(number: int, changes: dict[str, object]) -> None:
    path = PATHS[number - 1]
    data = format_file(json.loads(RECORD[path]) | changes).encode()
    if data == RECORD[path]:  # the first comes after none
        data = data.replace(b'"after": []', b'"after":[]')
    problem = refuse(RECORD | {path: data})
    assert (problem.id, problem.place) == ("broken-signoffs", Place(path))
    assert "changed after it was written" in problem.message


@pytest.mark.parametrize("number", [1, 2])
def test_a_file_that_was_changed_and_sealed_again_is_missed_by_the_one_after_it(number: int) -> None:
    path, data = reseal(json.loads(RECORD[PATHS[number - 1]]) | {"name": "Test Z"})
    problem = refuse(without(RECORD, PATHS[number - 1]) | {path: data})
    assert (problem.id, problem.place) == ("broken-signoffs", Place(PATHS[number]))
    assert "the one before it" in problem.message


def test_a_last_file_that_was_changed_and_sealed_again_is_missed_by_the_end() -> None:
    path, data = reseal(json.loads(RECORD[PATHS[2]]) | {"name": "Test Z"})
    problem = refuse(without(RECORD, PATHS[2]) | {path: data})
    assert (problem.id, problem.place) == ("broken-signoffs", Place(END))
    assert "the last sign-offs are lost" in problem.message


@pytest.mark.parametrize(
    ("lost", "place"),
    [
        pytest.param([1], PATHS[1], id="the-first"),
        pytest.param([2], PATHS[2], id="one-between"),
        pytest.param([3], END, id="the-last"),
        pytest.param([2, 3], END, id="the-last-two"),
        pytest.param([1, 2], PATHS[2], id="the-first-two"),
        pytest.param([1, 2, 3], END, id="all"),
    ],
)
def test_a_file_that_is_lost_is_missed(lost: list[int], place: str) -> None:
    problem = refuse(without(RECORD, *(PATHS[number - 1] for number in lost)))
    assert (problem.id, problem.place) == ("broken-signoffs", Place(place))
    assert "lost" in problem.message
    assert "keep the files of both" in problem.remedy


RENAMED = [
    pytest.param(lambda path: path.replace("0002", "0004"), id="another-number"),
    pytest.param(lambda path: path.replace("0002", "0000"), id="before-the-first"),
    pytest.param(lambda path: path.replace("0002-", "00002-"), id="a-zero-more"),
    pytest.param(lambda path: path.replace("0002-", "0002-1"), id="a-digit-more"),
    pytest.param(lambda path: f"{FOLDER}0002-{'0' * 12}.json", id="another-seal"),
    pytest.param(lambda path: path.replace(".json", ".withdrawn.json"), id="as-withdrawn"),
    pytest.param(lambda path: path.replace(".json", " (copy).json"), id="as-a-copy"),
    pytest.param(lambda path: path.replace(".json", ".JSON"), id="in-capitals"),
    pytest.param(lambda path: path.replace(".json", ".json.orig"), id="by-git"),
    pytest.param(lambda path: path.replace(".json", ".json~"), id="by-an-editor"),
]


@pytest.mark.parametrize("rename", RENAMED)
def test_a_file_that_was_renamed_is_found(rename: Callable[[str], str]) -> None:
    path = rename(PATHS[1])
    problem = refuse(without(RECORD, PATHS[1]) | {path: RECORD[PATHS[1]]})
    assert (problem.id, problem.place) in [("broken-signoffs", Place(path)), ("broken-signoffs", Place(PATHS[2]))]


@pytest.mark.parametrize("rename", RENAMED)
def test_a_file_that_stands_twice_is_found(rename: Callable[[str], str]) -> None:
    assert refuse(RECORD | {rename(PATHS[1]): RECORD[PATHS[1]]}).id == "broken-signoffs"


@pytest.mark.parametrize(
    "stray", ["0002.json~", "a.orig", "a.rej", "notes.txt", "0001-0123456789ab.txt", "signoffs.end", "a.json"]
)
def test_a_file_that_is_none_of_the_record_is_said_and_counts_for_nothing(stray: str) -> None:
    problem = refuse(RECORD | {f"{FOLDER}{stray}": RECORD[PATHS[0]]})
    assert (problem.id, problem.place) == ("broken-signoffs", Place(f"{FOLDER}{stray}"))
    assert "Move it away" in problem.remedy


MARKS = b"<<<<<<< HEAD\n%s=======\n%s>>>>>>> other\n"


@pytest.mark.parametrize(
    "data",
    [
        b"prose\n",
        b"",
        b"\n",
        b"[]\n",
        b"7\n",
        b"{}\n",
        b'{"role": "reviser"}\n',
        b"<<<<<<< HEAD\n",
        MARKS % (RECORD[PATHS[1]], RECORD[PATHS[0]]),
        RECORD[PATHS[1]][:40] + b"\n",
        RECORD[PATHS[1]][:-3],
        RECORD[PATHS[1]] * 2,
        RECORD[PATHS[1]].replace(b"Test B", b" "),
        RECORD[PATHS[1]].replace(b"Test B", b"\\ud800"),
        RECORD[PATHS[1]].replace(b'"reviser"', b'"friend"'),
        RECORD[PATHS[1]].replace(b'"qualification"', b'"title"'),
        RECORD[PATHS[1]].replace(b"2026-11-21", b"yesterday"),
        RECORD[PATHS[1]].replace(b'"units"', b'"revokes"'),
        b"[" * 100_000 + b"\n",
    ],
    ids=lambda data: repr(data[:30]),
)
def test_a_file_that_is_no_sign_off_is_found(data: bytes) -> None:
    problem = refuse(RECORD | {PATHS[1]: data})
    assert (problem.id, problem.place) == ("broken-signoffs", Place(PATHS[1]))
    assert "no sign-off" in problem.message


LINES = RECORD[PATHS[0]].count(b"\n")


@pytest.mark.parametrize(("data", "line"), [(RECORD[PATHS[0]] + b"\xff\n", LINES + 1), (b"\xff\xfe", 1), (b"\0", 1)])
def test_a_file_that_is_no_utf_8_is_unreadable(data: bytes, line: int) -> None:
    problem = refuse(RECORD | {PATHS[0]: data})
    assert (problem.id, problem.place) == ("unreadable", Place(PATHS[0], line))


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"prose\n", end(RECORD[PATHS[0]]), MARKS % (end(RECORD[PATHS[2]]), end(RECORD[PATHS[1]])), b"1" * 64]
)
def test_an_end_that_was_emptied_changed_or_set_back_is_found(data: bytes) -> None:
    problem = refuse(RECORD | {END: data})
    assert (problem.id, problem.place) == ("broken-signoffs", Place(END))
    assert "the lines of both, without Git's marks" in problem.remedy


def test_an_end_that_was_lost_is_found() -> None:
    problem = refuse(without(RECORD, END))
    assert (problem.id, problem.place) == ("broken-signoffs", Place(END))


@pytest.mark.parametrize("more", [end(RECORD[PATHS[1]]), end(RECORD[PATHS[2]]), b"\n", b"\r\n"])
def test_a_line_too_many_at_the_end_that_names_what_is_there_does_no_harm(more: bytes) -> None:
    assert read(RECORD | {END: RECORD[END] + more}) == THREE
    assert read(RECORD | {END: more + RECORD[END]}) == THREE


def test_a_record_whose_end_was_not_written_yet_is_whole() -> None:
    """Somebody may be cut off between the two files; nothing is lost then."""
    assert read(RECORD | {END: write(*THREE[:2])[END]}) == THREE
    assert read(without(write(THREE[0]), END)) == THREE[:1]
    added = write(THREE[0], to=RECORD | {END: write(*THREE[:2])[END]})
    assert read(added) == (*THREE, THREE[0])


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_withdrawal_that_was_cut_off_never_leaves_the_sign_off_alive(steps: int) -> None:
    changes = add_withdrawal(RECORD, hash_file(RECORD[PATHS[1]]), "Test Keeper", "a test", DAY, "es")
    assert len(changes) == 4
    files = apply(RECORD, dict(list(changes.items())[:steps]))
    if steps == 3:  # only the end was not written yet
        assert read(files) == (THREE[0], THREE[2])
    else:
        assert refuse(files).id == "broken-signoffs"


def test_a_record_that_was_copied_from_another_language_is_found() -> None:
    copied = {path.replace("/es/", "/es-MX/"): data for path, data in RECORD.items()}
    with pytest.raises(LeafletsError, match=r'signoffs/0001-\w+.json: error: it is of another language, "es"'):
        parse_signoffs(copied, "es-MX")


def test_a_file_that_was_copied_from_another_language_is_found() -> None:
    path, data = reseal(json.loads(RECORD[PATHS[0]]) | {"language": "fr"})
    problem = refuse(RECORD | {path: data})
    assert (problem.place, problem.message) == (Place(path), 'it is of another language, "fr"')


def test_a_file_that_says_a_thing_twice_is_found() -> None:
    twice = RECORD[PATHS[0]].replace(b'"name": "Test A"', b'"name": "Test Famous",\n "name": "Test A"')
    assert "changed after it was written" in refuse(RECORD | {PATHS[0]: twice}).message
    path = f"{FOLDER}{name_file(1, hash_file(twice))}.json"
    assert "changed after it was written" in refuse({path: twice, END: end(twice)}).message


def test_a_file_of_another_record_of_the_same_language_is_missed_by_the_end() -> None:
    other = write(sign(REVISER, "Test Z"))
    assert refuse(RECORD | without(other, END)).place == Place(END)


def test_files_that_name_each_other_are_found_at_once() -> None:
    trees = [json.loads(RECORD[path]) for path in PATHS[:2]]
    for number, tree in enumerate(trees):
        tree["after"] = [hash_file(RECORD[PATHS[1 - number]])]
    files = dict(map(reseal, trees))
    assert "was changed or is lost" in refuse(files | {END: end(*files.values())}).message
    path, data = reseal(trees[0] | {"number": 999_999_999})
    assert "was changed or is lost" in refuse({path: data, END: end(data)}).message


def test_days_run_forward() -> None:
    later = write(sign(REVISER, "Test B", day=date(2026, 11, 28)))
    with pytest.raises(LeafletsError, match="the last sign-off is of 2026-11-28"):
        add_signoff(later, sign(CLINICIAN, "Test C"), "es")
    fields = json.loads(RECORD[PATHS[1]]) | {"after": [hash_file(later[name(later, 1)])]}
    path, data = reseal(fields)
    assert "and the one before it of 2026-11-28" in refuse(later | {path: data}).message


def test_a_sign_off_of_a_clock_that_was_wrong_can_be_withdrawn_and_blocks_nobody_then() -> None:
    later = write(sign(REVISER, "Test B", day=date(2027, 11, 28)))
    with pytest.raises(LeafletsError, match="leaflets sign es --revoke"):
        add_signoff(later, sign(CLINICIAN, "Test C"), "es")
    withdrawn = withdraw(later, 1, "the clock was wrong")
    assert read(withdrawn) == ()
    assert read(write(sign(CLINICIAN, "Test C"), to=withdrawn)) == (sign(CLINICIAN, "Test C"),)


def test_what_was_waived_is_read_back() -> None:
    signed = sign(REVISER, "Test B", READING._replace(waived="number-mismatch: a test [01234567]"))
    assert read(write(signed)) == (signed,)


def test_a_sign_off_that_was_withdrawn_counts_for_nothing_and_stays_on_record() -> None:
    assert read(WITHDRAWN) == (THREE[0], THREE[2])
    assert WITHDRAWN[PATHS[1].replace(".json", ".withdrawn.json")] == RECORD[PATHS[1]]
    assert json.loads(WITHDRAWN[name(WITHDRAWN, 4)])["reason"] == "a test"
    assert len(WITHDRAWN) == 5


@pytest.mark.parametrize("revokes", ["0" * 64, ""])
def test_a_withdrawal_of_what_is_not_there_is_found(revokes: str) -> None:
    fields = {"revokes": revokes, "name": "Test Keeper", "reason": "a test", "day": DAY}
    files = apply(RECORD, add_file(RECORD, WithdrawalShape, fields, "es"))
    assert "it withdraws a sign-off that does not stand before it" in refuse(files).message


def test_of_two_that_say_the_same_the_one_that_was_meant_is_withdrawn() -> None:
    files = write(THREE[0], THREE[0])
    first, second = read(files)
    assert [each.seal for each in read(withdraw(files, 1))] == [second.seal]
    assert [each.seal for each in read(withdraw(files, 2))] == [first.seal]


ALIVE = THREE[1]


def break_withdrawal() -> Iterator[ParameterSet]:
    """List what can become of a withdrawal, and of what it withdrew."""
    file, marked = PATHS[1], PATHS[1].replace(".json", ".withdrawn.json")
    withdrawal = name(WITHDRAWN, 4)
    back = without(WITHDRAWN, marked) | {file: RECORD[file]}
    yield pytest.param(without(WITHDRAWN, withdrawal), id="lost")
    yield pytest.param(without(WITHDRAWN, withdrawal) | {END: RECORD[END]}, id="lost-and-the-end-set-back")
    yield pytest.param(without(WITHDRAWN, withdrawal, END), id="lost-with-the-end")
    yield pytest.param(without(WITHDRAWN, marked), id="what-it-withdrew-is-lost")
    yield pytest.param(without(WITHDRAWN, marked, withdrawal) | {END: RECORD[END]}, id="both-lost-and-the-end-set-back")
    yield pytest.param(WITHDRAWN | {file: RECORD[file]}, id="put-back-from-history")
    yield pytest.param(back, id="put-back-from-history-and-the-other-deleted")
    yield pytest.param(without(back, withdrawal), id="put-back-and-the-withdrawal-lost")
    yield pytest.param(without(back, withdrawal, END), id="put-back-and-the-withdrawal-lost-with-the-end")
    yield pytest.param(back | {END: RECORD[END]}, id="put-back-and-the-end-set-back")
    yield pytest.param(WITHDRAWN | {withdrawal: b"<<<<<<< HEAD\n"}, id="with-marks")
    yield pytest.param(WITHDRAWN | {withdrawal: WITHDRAWN[withdrawal].replace(b"a test", b"a word")}, id="changed")


@pytest.mark.parametrize("files", list(break_withdrawal()))
def test_a_withdrawal_that_is_lost_never_brings_the_sign_off_back(files: Files) -> None:
    assert refuse(files).id == "broken-signoffs"


def test_only_a_return_to_the_whole_record_before_it_undoes_a_withdrawal() -> None:
    """As when a commit of Git is reverted: nothing in the files can tell that from a withdrawal that never was."""
    marked, withdrawal = PATHS[1].replace(".json", ".withdrawn.json"), name(WITHDRAWN, 4)
    assert ALIVE in read(without(WITHDRAWN, marked, withdrawal) | {PATHS[1]: RECORD[PATHS[1]], END: RECORD[END]})


def merge(one: Files, other: Files, base: Files) -> dict[str, bytes]:
    """Put two branches together as Git does: a file that one of them deleted goes, and the end has the lines of both."""
    gone = base.keys() - (one.keys() & other.keys())
    lines = dict.fromkeys([*one[END].splitlines(keepends=True), *other[END].splitlines(keepends=True)])
    return without({**one, **other}, *gone) | {END: b"".join(lines)}


def test_sign_offs_of_two_branches_count_together_and_the_next_comes_after_both() -> None:
    base = write(THREE[0])
    merged = merge(write(THREE[1], to=base), write(THREE[2], to=base), base)
    first, *others = read(merged)
    assert first == THREE[0]
    assert {each.name for each in others} == {"Test B", "Test C"}
    added = write(sign(REVISER, "Test D"), to=merged)
    assert sorted(json.loads(added[name(added, 3)])["after"]) == sorted(merged[END].decode().split())
    assert added[END].count(b"\n") == 1
    assert [each.name for each in read(added)][-1] == "Test D"


@pytest.mark.parametrize("side", [1, 2])
def test_a_merge_that_keeps_one_side_of_the_end_alone_is_found(side: int) -> None:
    base = write(THREE[0])
    branches = write(THREE[1], to=base), write(THREE[2], to=base)
    merged = merge(*branches, base)
    problem = refuse(merged | {END: branches[side - 1][END]})
    assert problem.place == Place(END)
    assert "keep the files of both, and in signoffs.end the lines of both" in problem.remedy


@pytest.mark.parametrize("side", [1, 2])
def test_one_of_two_last_files_that_is_lost_after_a_merge_is_missed(side: int) -> None:
    base = write(THREE[0])
    branches = write(THREE[1], to=base), write(THREE[2], to=base)
    merged = merge(*branches, base)
    assert refuse(without(merged, name(branches[side - 1], 2))).place == Place(END)


def test_withdrawals_of_two_branches_count_together() -> None:
    same = merge(withdraw(RECORD, 2), withdraw(RECORD, 2, "another test"), RECORD)
    assert read(same) == (THREE[0], THREE[2])
    assert read(merge(withdraw(RECORD, 2), withdraw(RECORD, 3), RECORD)) == (THREE[0],)
    assert len(read(merge(withdraw(RECORD, 2), write(THREE[0], to=RECORD), RECORD))) == 3


def load(root: Path) -> tuple[tuple[SignOff, ...], list[tuple[str, str]]]:
    """Read the record of a folder; gives the sign-offs, and the id and path of each problem."""
    loader = Loader(root)
    return load_signoffs(loader, "es"), [(each.id, each.place.path) for each in loader.problems]


def test_a_lost_last_file_or_a_lost_record_is_found(tmp_path: Path) -> None:
    write_files(tmp_path, RECORD)
    for path in reversed(PATHS):
        (tmp_path / path).unlink()
        assert load(tmp_path) == ((), [("broken-signoffs", END)])
    (tmp_path / FOLDER).rmdir()
    assert load(tmp_path) == ((), [("broken-signoffs", END)])
    (tmp_path / END).unlink()
    assert load(tmp_path) == ((), [])


def test_a_broken_record_of_sign_offs_is_one_problem_and_gives_no_status(tmp_path: Path) -> None:
    write_project(tmp_path)
    sign_all(tmp_path, "es")
    path = list_record(tmp_path, "es")[0]
    path.write_text(path.read_text(encoding="utf-8").replace("Test Reviser", "Test Friend"), encoding="utf-8")
    project = load_project(tmp_path)
    assert [(problem.id, problem.place.path) for problem in find_all(project)] == [
        ("broken-signoffs", path.relative_to(tmp_path).as_posix())
    ]
    assert {unit.status for unit in survey_language(project, "es").values()} == {Status.MACHINE_DRAFT}


def link(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere.json")
    path.symlink_to(path.parent.parent / "elsewhere.json")


def dangle(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def put_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def put_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("harm", [link, dangle, put_folder, put_pipe])
@pytest.mark.parametrize("path", [*PATHS, END])
def test_what_is_no_plain_file_is_not_read(tmp_path: Path, harm: Callable[[Path], None], path: str) -> None:
    write_files(tmp_path, RECORD)
    harm(tmp_path / path)
    assert load(tmp_path) == ((), [("broken-signoffs", path)])


def test_a_file_in_the_place_of_the_folder_is_found(tmp_path: Path) -> None:
    write_files(tmp_path, {FOLDER.rstrip("/"): b"", END: RECORD[END]})
    assert load(tmp_path) == ((), [("broken-signoffs", END)])


def test_a_folder_among_the_files_is_found(tmp_path: Path) -> None:
    write_files(tmp_path, {**RECORD, f"{FOLDER}old/{PATHS[0].rpartition('/')[2]}": RECORD[PATHS[0]]})
    assert load(tmp_path) == ((), [("broken-signoffs", f"{FOLDER}old")])


def test_a_hidden_file_such_as_a_system_leaves_is_no_sign_off_and_no_problem(tmp_path: Path) -> None:
    write_files(tmp_path, RECORD)
    first = tmp_path / PATHS[0]
    for each in (".DS_Store", f".{first.name}.01234567.leaflets.part", f".{first.name}.swp"):
        first.with_name(each).write_bytes(first.read_bytes())
    assert load(tmp_path) == (THREE, [])
    first.rename(first.with_name(f".{first.name}"))
    assert load(tmp_path) == ((), [("broken-signoffs", PATHS[1])])


def test_the_record_of_an_earlier_version_is_not_passed_over(tmp_path: Path) -> None:
    write_files(tmp_path, {"translations/es/signoffs.jsonl": b"{}\n"})
    loader = Loader(tmp_path)
    assert load_signoffs(loader, "es") == ()
    [problem] = loader.problems
    assert (problem.id, problem.place.path) == ("broken-signoffs", "translations/es/signoffs.jsonl")
    assert "Delete it and its signoffs.end, and let its people sign again" in problem.remedy


def test_every_record_of_sign_offs_that_is_kept_here_is_whole() -> None:
    for folder in (ROOT / "translations").iterdir():
        if folder.is_dir():
            files = read_signoffs(Loader(ROOT), folder.name)
            assert bool(parse_signoffs(files, folder.name)) == bool(files)


def test_each_file_of_a_record_is_read_and_hashed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[bytes] = []

    def count(data: bytes) -> str:
        hashed.append(data)
        return hash_file(data)

    files: dict[str, bytes] = {}
    seals: list[str] = []
    for number in range(1, 51):
        said = {"role": "reviser", "name": "Test B", "qualification": "", "units": {"signs.lumps.hard": READING}}
        day = (DAY + timedelta(number)).isoformat()
        path, data = reseal({"language": "es", "number": number, "after": seals, "day": day, **said})
        seals, files[path] = [hash_file(data)], data
    write_files(tmp_path, files | {END: f"{seals[0]}\n".encode()})
    monkeypatch.setattr("leaflets.content.seals.hash_file", count)
    assert len(read(read_signoffs(Loader(tmp_path), "es"))) == 50
    assert sorted(hashed) == sorted(files.values())
