"""The record of what a translation was made from, and how far it was checked."""

from datetime import date

import pytest

from leaflets.model import Status, Text
from leaflets.problems import LeafletsError, Place
from leaflets.review import (
    Record,
    diff_words,
    find_status,
    format_review,
    hash_words,
    least_status,
    parse_review,
    record_units,
)
from leaflets.source import read_source

SIGNED = Record("Hard lumps.", hash_words("Bultos duros."), Status.CLINICALLY_CHECKED, "Dr. Amal Haddad", date(2026, 11, 21))


def write(**words: str) -> dict[str, Text]:
    """Write units as a file would give them."""
    return {unit: Text(said, Place("a.yaml", 1)) for unit, said in words.items()}


def read(text: str) -> dict[str, Record]:
    return parse_review(read_source(text.encode(), "review.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("above 38 °C", "above 38.5 °C", "above [-38-] {+38.5+} °C"),
        ("Call us now", "Call now", "Call [-us-] now"),
        ("Call now", "Call us now", "Call {+us+} now"),
        ("Take one pill", "Take two big pills", "Take [-one pill-] {+two big pills+}"),
        ("Call now", "Call now", "Call now"),
        ("", "Call", "{+Call+}"),
    ],
)
def test_a_change_of_the_english_is_shown_word_by_word(old: str, new: str, shown: str) -> None:
    assert diff_words(old, new) == shown


def test_words_that_were_signed_keep_their_status() -> None:
    assert find_status("Bultos duros.", SIGNED) is Status.CLINICALLY_CHECKED


@pytest.mark.parametrize("words", ["Bultos blandos.", "Bultos duros", "Bultos duros. ", "bultos duros.", ""])
def test_a_status_lapses_when_the_words_change(words: str) -> None:
    assert find_status(words, SIGNED) is Status.MACHINE_DRAFT


def test_words_without_a_record_are_a_draft() -> None:
    assert find_status("Bultos duros.", None) is Status.MACHINE_DRAFT


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


def test_a_signed_record_is_kept_when_nothing_changed() -> None:
    records = record_units(write(hard="Hard lumps."), write(hard="Bultos duros."), {"hard": SIGNED})
    assert records == {"hard": SIGNED}


@pytest.mark.parametrize(
    ("english", "spanish"), [("Soft lumps.", "Bultos duros."), ("Hard lumps.", "Bultos blandos."), ("Soft.", "Blandos.")]
)
def test_a_signed_record_becomes_a_draft_when_either_language_changed(english: str, spanish: str) -> None:
    records = record_units(write(hard=english), write(hard=spanish), {"hard": SIGNED})
    assert records == {"hard": Record(english, hash_words(spanish), Status.MACHINE_DRAFT, "", None)}


def test_a_change_of_one_unit_leaves_the_others_signed() -> None:
    old = {"hard": SIGNED, "soft": SIGNED}
    records = record_units(write(hard="Hard lumps.", soft="New"), write(hard="Bultos duros.", soft="Bultos duros."), old)
    assert {unit: record.status for unit, record in records.items()} == {
        "hard": Status.CLINICALLY_CHECKED,
        "soft": Status.MACHINE_DRAFT,
    }


def test_only_what_stands_in_both_languages_is_recorded() -> None:
    records = record_units(write(hard="Hard", new="New"), write(hard="Duro", orphan="Nadie"), {"gone": SIGNED})
    assert set(records) == {"hard"}


@pytest.mark.parametrize(
    "words",
    [
        "Hard lumps.",
        "no",
        "12:30",
        "0123",
        "Take 2 #3 tablets: now",
        "{emergency_number} or *hospital*",
        "“Do **not**” — cut, ‘ever’!",
        "- a dash",
        "calci\u00adnosis 5\u00a0mg",
        "क्\u200dष می\u200cخواهم",
        "word " * 300 + "end",
        " spaces around ",
    ],
)
def test_a_record_is_read_back_as_it_was_written(words: str) -> None:
    records = {
        "signs.lumps.hard": Record(words, hash_words(words), Status.REVISED, "O'Brien: #1", date(2026, 2, 28)),
        "signs.title": Record(words, hash_words("x")),
    }
    assert read(format_review(records)) == records


def test_records_are_written_in_the_order_of_their_units_one_line_a_fact() -> None:
    lines = format_review({"b": SIGNED, "a": Record("long " * 100 + "end", hash_words("largo"))}).splitlines()
    assert lines[0].startswith("# ")
    assert [line for line in lines if not line.startswith((" ", "#"))] == ["a:", "b:"]
    assert len(lines) == 1 + (1 + 3) + (1 + 5)


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("status: revised", "status: perfect", "wrong-value", 4),
        ("sha256: 'a", "sha256: 'X", "wrong-value", 3),
        ("source: Hard", "source: ''", "empty-value", 2),
        ("    status: revised\n", "", "missing-key", 1),
        ("2026-11-21", "yesterday", "wrong-value", 5),
        ("status: revised", "state: revised\n    status: revised", "unknown-key", 4),
        ("status: revised", "stauts: revised", "unknown-key", 4),
        ("day: 2026-11-21", "day: 0", "wrong-value", 5),
        ("day: 2026-11-21", "on: 2026-11-21", "ambiguous-key", 5),
    ],
)
def test_a_mistake_in_a_record_is_one_problem_at_its_line(old: str, new: str, rule: str, line: int) -> None:
    good = f"signs.title:\n    source: Hard\n    sha256: '{'a' * 64}'\n    status: revised\n    day: 2026-11-21\n"
    assert read(good)["signs.title"].status is Status.REVISED
    assert old in good
    with pytest.raises(LeafletsError) as caught:
        read(good.replace(old, new))
    [problem] = caught.value.problems
    assert (problem.id, problem.place) == (rule, Place("review.yaml", line))


def test_the_day_of_a_record_is_written_and_read_as_day() -> None:
    assert format_review({"hard": SIGNED}).splitlines()[-1] == "  day: '2026-11-21'"
    assert read(format_review({"hard": SIGNED}))["hard"].day == date(2026, 11, 21)


def test_an_unknown_key_of_a_record_is_told_the_keys_of_a_record() -> None:
    with pytest.raises(LeafletsError) as caught:
        read(format_review({"hard": SIGNED}) + "  xyz: x\n")
    assert [(problem.id, problem.remedy) for problem in caught.value.problems] == [
        ("unknown-key", "The keys here are source, sha256, status, by, day.")
    ]
