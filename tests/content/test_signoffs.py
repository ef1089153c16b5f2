"""What the sign-offs of a language say of a unit, and who is named for it."""

from dataclasses import replace
from datetime import date

import pytest

from leaflets.content.signoffs import (
    Reading,
    Role,
    SignOff,
    find_earlier,
    find_status,
    fold_name,
    least_status,
    list_readers,
    list_signers,
)
from leaflets.model import Status
from leaflets.problems import RULES

READING = Reading("Hard lumps.", "Bultos duros.")
DAY = date(2026, 11, 21)
TRANSLATOR, REVISER, CLINICIAN = Role.TRANSLATOR, Role.REVISER, Role.CLINICIAN


def sign(role: Role, name: str, reading: Reading = READING) -> SignOff:
    """Let a test's own person sign one unit."""
    return SignOff(role, name, DAY, {"signs.lumps.hard": reading}, "a test's own")


THREE = (sign(TRANSLATOR, "Test A"), sign(REVISER, "Test B"), sign(CLINICIAN, "Test C"))


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
        ("BS. Test Person （bác sĩ da liễu）", True),
        ("PGS.TS. Test Person [dermatologist]", True),
        ("ڈاکٹر Test Person", True),
    ],
)
def test_a_person_is_known_by_the_name_however_it_is_typed(name: str, same: bool) -> None:
    assert (fold_name(name) == fold_name("Test Person")) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [("BS. Lê Thị Chi (bác sĩ da liễu)", "Le Thi Chi"), ("Đỗ Đức", "Do Duc"), ("Łukasz Ødegård", "Lukasz Odegard")],
)
def test_a_name_with_and_without_the_marks_of_its_letters_is_one_person(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other) != ""


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


def test_a_waiver_that_comes_or_goes_is_something_else_to_sign() -> None:
    waived = READING._replace(waived="number-mismatch: a test [01234567]")
    assert find_status(THREE, "signs.lumps.hard", waived) is Status.MACHINE_DRAFT
    signed = [sign(REVISER, "Test B", waived), sign(CLINICIAN, "Test C", waived)]
    assert find_status(signed, "signs.lumps.hard", waived) is Status.CLINICALLY_CHECKED
    assert find_status(signed, "signs.lumps.hard", READING) is Status.MACHINE_DRAFT


def test_the_day_of_a_signer_is_that_of_the_oldest_reading_that_counts() -> None:
    old = replace(sign(CLINICIAN, "Test C"), day=date(2019, 1, 1), units={"a": READING, "b": READING})
    new = replace(old, day=date(2026, 11, 28), units={"a": READING})
    readers = [sign(REVISER, "Test B"), old, new]
    assert [each.day for each in list_signers(readers, {"a": READING, "b": READING})] == [date(2019, 1, 1)]
    assert [each.day for each in list_signers(readers, {"a": READING})] == [date(2026, 11, 28)]
