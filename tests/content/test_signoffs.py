"""The record of who signed which words: what it says of a unit, and that nothing in it changes afterwards."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leaflets.content.project import load_project
from leaflets.content.signoffs import (
    Reading,
    Role,
    SignOff,
    append_signoff,
    begin_chain,
    find_earlier,
    find_status,
    fold_name,
    least_status,
    list_readers,
    list_signers,
    parse_signoffs,
    seal,
    write_end,
)
from leaflets.model import Status
from leaflets.problems import RULES, LeafletsError, Place, Problem
from leaflets.translation.units import survey_language
from tests.support.projects import ROOT, find_all, sign_all, write_project

READING = Reading("Hard lumps.", "Bultos duros.")
DAY = date(2026, 11, 21)
TRANSLATOR, REVISER, CLINICIAN = Role.TRANSLATOR, Role.REVISER, Role.CLINICIAN


def sign(role: Role, name: str, reading: Reading = READING) -> SignOff:
    """Let a test's own person sign one unit."""
    return SignOff(role, name, DAY, {"signs.lumps.hard": reading}, "a test's own")


def write(*signoffs: SignOff) -> bytes:
    data = b""
    for signoff in signoffs:
        data = append_signoff(data, signoff, "es")
    return data


def read(data: bytes, end: bytes | None = None) -> tuple[SignOff, ...]:
    """Read a record of Spanish sign-offs; `end` is what stands beside it, else what belongs there."""
    try:
        right = write_end(data.decode())
    except (ValueError, KeyError, TypeError):  # the record is broken, and never read to its end
        right = b""
    return parse_signoffs(data, "signoffs.jsonl", "es", right if end is None else end)


def refuse(data: bytes) -> Problem:
    """Give the one problem of a record of sign-offs."""
    with pytest.raises(LeafletsError) as caught:
        read(data)
    [problem] = caught.value.problems
    return problem


THREE = (sign(TRANSLATOR, "Test A"), sign(REVISER, "Test B"), sign(CLINICIAN, "Test C"))
RECORD = write(*THREE)
LINES = RECORD.splitlines(keepends=True)


def test_sign_offs_are_read_back_as_they_were_written() -> None:
    assert read(RECORD) == THREE


@pytest.mark.parametrize(
    "words",
    ["Bultos “duros”.", 'un "bulto"\\n', "硬块", "كتلة صلبة", "क्\u200dष می\u200cخواهم", "😀", "a\u2028b", "line\nline", ""],
)
def test_every_word_and_name_is_read_back_as_it_was_signed(words: str) -> None:
    signoff = SignOff(REVISER, "Test “B”, Dr. محمد 王", DAY, {"labels/Page {page}": Reading("Page", words)})
    assert read(write(signoff, signoff)) == (signoff, signoff)


def test_a_sign_off_is_one_line_that_names_the_line_before_it() -> None:
    lines = [json.loads(line) for line in LINES]
    assert [line["previous"] for line in lines] == [begin_chain("es"), lines[0]["sha256"], lines[1]["sha256"]]
    assert [line["role"] for line in lines] == ["translator", "reviser", "clinician"]
    assert all(line["sha256"] == seal(line) for line in lines)


def test_appending_changes_nothing_that_stood_before() -> None:
    assert [write(*THREE[:size]) for size in range(4)] == [b"".join(LINES[:size]) for size in range(4)]


def test_the_first_sign_off_goes_into_an_empty_record() -> None:
    assert append_signoff(b"", THREE[0], "es") == LINES[0]


def test_a_record_without_an_end_of_line_is_appended_to_on_a_line_of_its_own() -> None:
    assert append_signoff(b"".join(LINES[:2]).rstrip(b"\n"), THREE[2], "es") == RECORD
    assert read(RECORD.rstrip(b"\n")) == THREE


@pytest.mark.parametrize("name", ["", " ", "…", "Test <b>B</b>", "Test\nB", "Test " + "B" * 80])
def test_a_sign_off_that_could_not_be_read_back_is_not_written(name: str) -> None:
    with pytest.raises(LeafletsError) as caught:
        append_signoff(RECORD, sign(REVISER, name), "es")
    assert [(problem.id, problem.place) for problem in caught.value.problems] == [("wrong-value", Place("name"))]


def test_a_record_whose_lines_end_as_on_windows_is_read_and_appended_to() -> None:
    windows = b"".join(LINES[:2]).replace(b"\n", b"\r\n")
    assert read(windows) == THREE[:2]
    assert read(append_signoff(windows, THREE[2], "es")) == THREE


def change(number: int, **changes: object) -> bytes:
    """Change facts of one line, and leave its hash."""
    line = json.loads(LINES[number - 1]) | changes
    return b"".join([*LINES[: number - 1], json.dumps(line, ensure_ascii=False).encode() + b"\n", *LINES[number:]])


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Test Z"},
        {"role": "clinician", "name": "Test Z"},
        {"qualification": "a doctor"},
        {"day": "2027-01-01"},
        {"units": {"signs.lumps.hard": ["Hard lumps.", "Bultos blandos."]}},
        {"units": {"signs.lumps.hard": ["Soft lumps.", "Bultos duros."]}},
        {"units": {"signs.lumps.soft": ["Hard lumps.", "Bultos duros."]}},
        {"units": {}},
        {"previous": "1" * 64},
        {"sha256": "1" * 64},
    ],
    ids=lambda changes: "-".join(map(str, changes)),
)
def test_a_fact_that_was_changed_afterwards_is_found_at_its_line(number: int, changes: dict[str, object]) -> None:
    problem = refuse(change(number, **changes))
    assert (problem.id, problem.place) == ("broken-signoffs", Place("signoffs.jsonl", number))
    assert "changed after it was written" in problem.message


def test_a_line_that_was_changed_and_sealed_again_is_found_at_the_line_after_it() -> None:
    line = json.loads(LINES[0]) | {"name": "Test Z"}
    forged = json.dumps(line | {"sha256": seal(line)}).encode() + b"\n"
    problem = refuse(b"".join([forged, *LINES[1:]]))
    assert (problem.id, problem.place) == ("broken-signoffs", Place("signoffs.jsonl", 2))
    assert "line before this one" in problem.message


@pytest.mark.parametrize(
    ("order", "line"),
    [
        pytest.param([1, 2], 1, id="the-first-is-lost"),
        pytest.param([0, 2], 2, id="one-between-is-lost"),
        pytest.param([1, 0, 2], 1, id="two-changed-places"),
        pytest.param([0, 2, 1], 2, id="the-last-two-changed-places"),
        pytest.param([0, 0, 1, 2], 2, id="one-stands-twice"),
        pytest.param([0, 1, 2, 2], 4, id="the-last-stands-twice"),
    ],
)
def test_a_line_that_is_lost_moved_or_repeated_is_found(order: list[int], line: int) -> None:
    problem = refuse(b"".join(LINES[each] for each in order))
    assert (problem.id, problem.place) == ("broken-signoffs", Place("signoffs.jsonl", line))
    assert "line before this one" in problem.message


ONE_BRANCH, OTHER_BRANCH = (
    append_signoff(
        append_signoff(LINES[0], sign(REVISER, f"Test {name}"), "es"), sign(CLINICIAN, f"Test {name}2"), "es"
    ).splitlines(keepends=True)[1:]
    for name in "BC"
)
"""What two branches added to the same first line."""


@pytest.mark.parametrize(
    ("merged", "line"),
    [
        pytest.param([*ONE_BRANCH, *OTHER_BRANCH], 4, id="one-behind-the-other"),
        pytest.param([b"<<<<<<< HEAD\n", *ONE_BRANCH, b"=======\n", *OTHER_BRANCH, b">>>>>>> other\n"], 2, id="with-marks"),
    ],
)
def test_sign_offs_of_two_branches_say_what_to_keep_and_sign_again(merged: list[bytes], line: int) -> None:
    problem = refuse(b"".join([LINES[0], *merged]))
    assert (problem.id, problem.place.line) == ("broken-signoffs", line)
    assert "keep the lines of one branch, take out Git's marks and the lines of the other" in problem.remedy
    kept = b"".join([LINES[0], *ONE_BRANCH])
    assert len(read(kept)) == 3
    again = append_signoff(kept, sign(REVISER, "Test C"), "es")
    assert [each.name for each in read(again)] == ["Test A", "Test B", "Test B2", "Test C"]


@pytest.mark.parametrize("size", [1, 2])
def test_a_line_that_was_changed_is_not_said_to_come_of_a_merge(size: int) -> None:
    assert "Git" not in refuse(change(size, name="Test Z")).remedy


@pytest.mark.parametrize(
    "line",
    [
        b"prose\n",
        b"\n",
        b"[]\n",
        b"7\n",
        b"{}\n",
        b'{"role": "reviser"}\n',
        b"<<<<<<< HEAD\n",
        LINES[1][:40] + b"\n",
        LINES[1].replace(b"Test B", b" "),
        LINES[1].replace(b"Test B", b"\\ud800"),
        LINES[1].replace(b'"reviser"', b'"friend"'),
        LINES[1].replace(b'"qualification"', b'"title"'),
        LINES[1].replace(b"2026-11-21", b"yesterday"),
        b"[" * 100_000 + b"\n",
    ],
)
def test_a_line_that_is_no_sign_off_is_found_at_its_line(line: bytes) -> None:
    problem = refuse(b"".join([LINES[0], line, LINES[2]]))
    assert (problem.id, problem.place) == ("broken-signoffs", Place("signoffs.jsonl", 2))
    assert "no sign-off" in problem.message


@pytest.mark.parametrize(("data", "line"), [(b"", 1), (b"\n", 1)])
def test_a_record_of_sign_offs_that_was_emptied_is_broken(data: bytes, line: int) -> None:
    assert (refuse(data).id, refuse(data).place.line) == ("broken-signoffs", line)


def test_a_record_of_sign_offs_that_is_no_utf_8_is_unreadable() -> None:
    problem = refuse(LINES[0] + b"\xff\n")
    assert (problem.id, problem.place) == ("unreadable", Place("signoffs.jsonl", 2))


def test_a_lost_last_line_or_a_lost_record_is_found(tmp_path: Path) -> None:
    write_project(tmp_path)
    sign_all(tmp_path, "es")
    path = tmp_path / "translations/es/signoffs.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert [(each.id, each.place.line) for each in find_all(load_project(tmp_path))] == [("broken-signoffs", 1)]
    path.unlink()
    assert [str(each.place) for each in find_all(load_project(tmp_path))] == ["translations/es/signoffs.jsonl"]


def test_a_broken_record_of_sign_offs_is_one_problem_and_gives_no_status(tmp_path: Path) -> None:
    write_project(tmp_path)
    sign_all(tmp_path, "es")
    path = tmp_path / "translations/es/signoffs.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("Test Reviser", "Test Friend"), encoding="utf-8")
    project = load_project(tmp_path)
    assert [(problem.id, problem.place) for problem in find_all(project)] == [
        ("broken-signoffs", Place("translations/es/signoffs.jsonl", 1))
    ]
    assert {unit.status for unit in survey_language(project, "es").values()} == {Status.MACHINE_DRAFT}


@pytest.mark.parametrize(
    ("signers", "status"),
    [
        pytest.param([], Status.MACHINE_DRAFT, id="nobody"),
        pytest.param([(TRANSLATOR, "A")], Status.TRANSLATED, id="a-translator"),
        pytest.param([(REVISER, "B")], Status.REVISED, id="a-reviser-of-a-draft"),
        pytest.param([(TRANSLATOR, "A"), (REVISER, "B")], Status.REVISED, id="two"),
        pytest.param([(TRANSLATOR, "A"), (REVISER, "B"), (CLINICIAN, "C")], Status.CLINICALLY_CHECKED, id="three"),
        pytest.param([(CLINICIAN, "C"), (REVISER, "B"), (TRANSLATOR, "A")], Status.CLINICALLY_CHECKED, id="in-any-order"),
        pytest.param([(REVISER, "B"), (CLINICIAN, "C")], Status.CLINICALLY_CHECKED, id="both-readers-of-a-draft"),
        pytest.param([(CLINICIAN, "C")], Status.MACHINE_DRAFT, id="a-clinician-alone"),
        pytest.param([(TRANSLATOR, "A"), (CLINICIAN, "C")], Status.TRANSLATED, id="a-clinician-before-a-reviser"),
        pytest.param([(TRANSLATOR, "A"), (REVISER, "A")], Status.TRANSLATED, id="translator-is-reviser"),
        pytest.param([(TRANSLATOR, "A"), (REVISER, " a ")], Status.TRANSLATED, id="in-another-spelling"),
        pytest.param([(REVISER, "B"), (CLINICIAN, "B")], Status.REVISED, id="reviser-is-clinician"),
        pytest.param([(TRANSLATOR, "A"), (REVISER, "B"), (CLINICIAN, "A")], Status.REVISED, id="translator-is-clinician"),
        pytest.param([(TRANSLATOR, "A"), (REVISER, "A"), (CLINICIAN, "C")], Status.TRANSLATED, id="no-reviser-but-herself"),
        pytest.param([(TRANSLATOR, "A"), (REVISER, "A"), (REVISER, "B")], Status.REVISED, id="a-second-reviser"),
        pytest.param([(REVISER, "B"), (CLINICIAN, "B"), (CLINICIAN, "C")], Status.CLINICALLY_CHECKED, id="a-second-clinician"),
        pytest.param([(REVISER, "B"), (CLINICIAN, "B"), (REVISER, "C")], Status.CLINICALLY_CHECKED, id="another-reviser"),
    ],
)
def test_a_unit_is_as_far_as_different_people_have_signed_it(signers: list[tuple[Role, str]], status: Status) -> None:
    signoffs = [sign(role, f"Test {name}") for role, name in signers]
    assert find_status(signoffs, "signs.lumps.hard", READING) is status


def test_only_those_whose_sign_off_counts_are_named() -> None:
    signoffs = [sign(TRANSLATOR, "Test A"), sign(REVISER, "Test A"), sign(REVISER, "Test B"), sign(CLINICIAN, "Test B")]
    named = [(each.role, each.name) for each in list_signers(signoffs, {"signs.lumps.hard": READING})]
    assert named == [(TRANSLATOR, "Test A"), (REVISER, "Test B")]


def test_one_person_in_two_roles_is_against_a_rule_that_says_why() -> None:
    assert RULES["same-person"].what == "Translator, reviser and clinician are three people."


@pytest.mark.parametrize(
    "reading",
    [
        Reading("Hard lumps.", "Bultos blandos."),
        Reading("Soft lumps.", "Bultos duros."),
        Reading("Hard lumps.", "Bultos duros"),
        Reading("Hard lumps.", "Bultos duros. "),
        Reading("Hard lumps", "Bultos duros."),
        Reading("Bultos duros.", "Hard lumps."),
    ],
)
def test_a_sign_off_lapses_by_itself_when_the_english_or_the_words_change(reading: Reading) -> None:
    assert find_status(THREE, "signs.lumps.hard", READING) is Status.CLINICALLY_CHECKED
    assert find_status(THREE, "signs.lumps.hard", reading) is Status.MACHINE_DRAFT


def test_a_sign_off_counts_for_its_own_unit_only() -> None:
    assert find_status(THREE, "signs.lumps.soft", READING) is Status.MACHINE_DRAFT


def test_a_sign_off_counts_again_when_the_words_that_were_read_come_back() -> None:
    later = sign(REVISER, "Test B", Reading("Hard lumps.", "Bultos blandos."))
    assert find_status([*THREE, later], "signs.lumps.hard", READING) is Status.CLINICALLY_CHECKED


def test_sign_offs_of_other_words_do_not_add_up_to_a_check() -> None:
    signoffs = [sign(REVISER, "Test B"), sign(CLINICIAN, "Test C", Reading("Hard lumps.", "Otros."))]
    assert find_status(signoffs, "signs.lumps.hard", READING) is Status.REVISED


def test_the_readers_of_a_unit_are_those_who_signed_it_as_it_stands_the_last_one_last() -> None:
    again, other = sign(REVISER, "Test D"), sign(REVISER, "Test E", Reading("Hard lumps.", "Otros."))
    readers = list_readers([*THREE, other, again], "signs.lumps.hard", READING)
    assert readers == {TRANSLATOR: (THREE[0],), REVISER: (THREE[1], again), CLINICIAN: (THREE[2],)}


def test_what_was_signed_earlier_is_known_when_something_else_stands_now() -> None:
    later = Reading("Hard lumps.", "Bultos firmes.")
    assert find_earlier(THREE, "signs.lumps.hard", later) == READING
    assert find_earlier([*THREE, sign(REVISER, "Test B", later)], "signs.lumps.hard", Reading("x", "y")) == later
    assert find_earlier(THREE, "signs.lumps.hard", READING) is None
    assert find_earlier(THREE, "signs.lumps.soft", READING) is None


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("test person", True),
        (" Test  Person ", True),
        ("ＴＥＳＴ Person", True),
        ("Test\u00a0Person", True),
        ("Test Persona", False),
        ("Test Person.", True),
        ("Test, Person!", True),
        ("Test-Person", True),
        ("Test Per\u200dson", True),
        ("Test Person 2", False),
        ("Tést Person", True),
        ("Dr. Test Person, MD", True),
        ("Person, Test (reviser)", True),
        ("Test_Person", True),
    ],
)
def test_a_person_is_known_by_the_name_however_it_is_typed(name: str, same: bool) -> None:
    assert (fold_name(name) == fold_name("Test Person")) is same


@pytest.mark.parametrize(("one", "other"), [("कि", "की"), ("محمد علي", "محمد"), ("王", "汪")])
def test_names_of_every_script_stay_apart(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other) != ""


def test_a_translator_stays_the_translator_of_the_same_words_when_the_english_changes() -> None:
    signoffs = [
        sign(TRANSLATOR, "Test A", Reading("Hard lump.", READING.words)),
        sign(REVISER, "Test A"),
        sign(CLINICIAN, "Test C"),
    ]
    assert find_status(signoffs, "signs.lumps.hard", READING) is Status.MACHINE_DRAFT
    assert find_status([*signoffs, sign(REVISER, "Test B")], "signs.lumps.hard", READING) is Status.CLINICALLY_CHECKED
    others = [sign(TRANSLATOR, "Test A", Reading(READING.english, "Otras.")), *signoffs[1:]]
    assert find_status(others, "signs.lumps.hard", READING) is Status.CLINICALLY_CHECKED


def test_of_several_translators_none_is_a_reader_of_the_same_words() -> None:
    signoffs = [sign(TRANSLATOR, "Test A"), sign(TRANSLATOR, "Test B"), sign(REVISER, "Test A"), sign(CLINICIAN, "Test B")]
    assert find_status(signoffs, "signs.lumps.hard", READING) is Status.TRANSLATED


def test_statuses_are_ordered_from_least_to_most_checked() -> None:
    assert [status.rank for status in Status] == [0, 1, 2, 3]
    assert [str(status) for status in Status] == ["machine-draft", "translated", "revised", "clinically-checked"]


@pytest.mark.parametrize(
    ("statuses", "least"),
    [
        ([Status.CLINICALLY_CHECKED, Status.REVISED, Status.TRANSLATED], Status.TRANSLATED),
        ([Status.REVISED, Status.CLINICALLY_CHECKED], Status.REVISED),
        ([Status.CLINICALLY_CHECKED, Status.MACHINE_DRAFT], Status.MACHINE_DRAFT),
        ([Status.CLINICALLY_CHECKED], Status.CLINICALLY_CHECKED),
        ([], Status.MACHINE_DRAFT),
    ],
)
def test_a_leaflet_is_checked_as_far_as_its_least_checked_unit(statuses: list[Status], least: Status) -> None:
    assert least_status(statuses) is least


def test_every_record_of_sign_offs_that_is_kept_here_is_whole() -> None:
    for path in (ROOT / "translations").glob("*/signoffs.jsonl"):
        assert parse_signoffs(path.read_bytes(), path.name, path.parent.name, path.with_name("signoffs.end").read_bytes())


@pytest.mark.parametrize("left", [1, 2])
def test_lines_that_were_cut_off_the_end_are_missed(left: int) -> None:
    with pytest.raises(LeafletsError, match=r"signoffs.jsonl:\d: error: the last lines are lost"):
        read(b"".join(LINES[:left]), write_end(RECORD.decode()))
    with pytest.raises(LeafletsError, match="the last lines are lost"):
        read(RECORD, b"")


def test_a_record_that_was_copied_from_another_language_is_found() -> None:
    with pytest.raises(LeafletsError, match=r"signoffs.jsonl:1: error: it is of another language"):
        parse_signoffs(RECORD, "signoffs.jsonl", "es-MX", write_end(RECORD.decode()))


def test_a_line_that_says_a_thing_twice_is_found() -> None:
    twice = LINES[0].replace(b'"name": "Test A"', b'"name": "Test Famous", "name": "Test A"')
    assert refuse(twice).message == "this sign-off was changed after it was written"


def test_days_run_forward() -> None:
    later = SignOff(REVISER, "Test B", date(2026, 11, 28), {"signs.lumps.hard": READING})
    data = append_signoff(b"", later, "es")
    with pytest.raises(LeafletsError, match="the last sign-off is of 2026-11-28"):
        append_signoff(data, sign(CLINICIAN, "Test C"), "es")
    line = json.loads(LINES[1]) | {"previous": json.loads(data)["sha256"]}
    line["sha256"] = seal(line)
    assert "and the line before it of 2026-11-28" in refuse(data + json.dumps(line, ensure_ascii=False).encode()).message


def test_a_waiver_that_comes_or_goes_is_something_else_to_sign() -> None:
    waived = READING._replace(waived="number-mismatch: a test [01234567]")
    assert find_status(THREE, "signs.lumps.hard", waived) is Status.MACHINE_DRAFT
    signed = [sign(REVISER, "Test B", waived), sign(CLINICIAN, "Test C", waived)]
    assert find_status(signed, "signs.lumps.hard", waived) is Status.CLINICALLY_CHECKED
    assert find_status(signed, "signs.lumps.hard", READING) is Status.MACHINE_DRAFT
    assert read(write(*signed)) == tuple(signed)


def test_the_day_of_a_signer_is_that_of_the_oldest_reading_that_counts() -> None:
    old = replace(sign(CLINICIAN, "Test C"), day=date(2019, 1, 1), units={"a": READING, "b": READING})
    new = replace(old, day=date(2026, 11, 28), units={"a": READING})
    readers = [sign(REVISER, "Test B"), old, new]
    assert [each.day for each in list_signers(readers, {"a": READING, "b": READING})] == [date(2019, 1, 1)]
    assert [each.day for each in list_signers(readers, {"a": READING})] == [date(2026, 11, 28)]


def test_a_record_whose_end_was_not_written_yet_is_whole() -> None:
    """Somebody may be cut off between the two files; nothing is lost then."""
    before = b"".join(LINES[:2])
    assert read(RECORD, write_end(before.decode())) == THREE
    assert read(LINES[0], b"") == THREE[:1]
