"""The record of what a translation was made from."""

from dataclasses import replace

import pytest

from leaflets.content.provenance import Origin, Record, diff_words, format_review, hash_words, parse_review, record_units
from leaflets.content.strict_yaml import read_yaml
from leaflets.model import Text
from leaflets.problems import LeafletsError, Place

HARD = Record("Hard lumps.", hash_words("Bultos duros."))


def write(**words: str) -> dict[str, Text]:
    """Write units as a file would give them."""
    return {unit: Text(said, Place("a.yaml", 1)) for unit, said in words.items()}


def read(text: str) -> dict[str, Record]:
    return parse_review(read_yaml(text.encode(), "review.yaml"))


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


def test_nothing_is_recorded_anew_when_nothing_changed() -> None:
    assert record_units(write(hard="Hard lumps."), write(hard="Bultos duros."), {"hard": HARD}) == {"hard": HARD}


def test_words_that_changed_are_recorded_with_the_english_that_stands_now() -> None:
    records = record_units(write(hard="Soft lumps."), write(hard="Bultos blandos."), {"hard": HARD})
    assert records == {"hard": Record("Soft lumps.", hash_words("Bultos blandos."))}


@pytest.mark.parametrize("words", ["Bultos duros", "Bultos duros. ", "bultos duros.", "Bultos muy duros."])
def test_any_change_of_the_words_counts_as_reading_the_english_again(words: str) -> None:
    records = record_units(write(hard="Soft lumps."), write(hard=words), {"hard": HARD})
    assert records == {"hard": Record("Soft lumps.", hash_words(words))}


def test_a_stale_unit_whose_words_nobody_touched_stays_stale() -> None:
    records = record_units(write(hard="Soft lumps."), write(hard="Bultos duros."), {"hard": HARD})
    assert records == {"hard": HARD}


def test_words_that_are_said_to_be_right_all_the_same_are_stale_no_more() -> None:
    records = record_units(write(hard="Soft lumps."), write(hard="Bultos duros."), {"hard": HARD}, unchanged=True)
    assert records == {"hard": Record("Soft lumps.", hash_words("Bultos duros."))}


def test_a_unit_that_was_never_recorded_is_recorded_as_it_stands() -> None:
    records = record_units(write(hard="Hard lumps."), write(hard="Bultos duros."), {})
    assert records == {"hard": HARD}


def test_each_unit_is_recorded_by_itself() -> None:
    old = {"hard": HARD, "soft": HARD}
    records = record_units(write(hard="Firm lumps.", soft="Soft"), write(hard="Bultos duros.", soft="Blando"), old)
    assert records == {"hard": HARD, "soft": Record("Soft", hash_words("Blando"))}


def test_only_what_stands_in_both_languages_is_recorded() -> None:
    records = record_units(write(hard="Hard", new="New"), write(hard="Duro", orphan="Nadie"), {"gone": HARD})
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
    records = {"labels/Back to {page}: #1": HARD, "signs.lumps.hard": Record(words, hash_words(words))}
    assert read(format_review(records)) == records


def test_records_are_written_in_the_order_of_their_units_one_line_a_fact() -> None:
    lines = format_review({"b": HARD, "a": Record("long " * 100 + "end", hash_words("largo"))}).splitlines()
    assert lines[0].startswith("# ")
    assert [line for line in lines if not line.startswith((" ", "#"))] == ["a:", "b:"]
    assert len(lines) == 1 + 2 * (1 + 2)


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("sha256: 'a", "sha256: 'X", "wrong-value", 3),
        ("sha256: 'a", "sha256: '", "wrong-value", 3),
        ("source: Hard", "source: ''", "empty-value", 2),
        ("    source: Hard\n", "", "missing-key", 1),
        ("source: Hard", "source: [Hard]", "wrong-value", 2),
        ("source: Hard", "status: revised\n    source: Hard", "unknown-key", 2),
        ("source: Hard", "soruce: Hard", "unknown-key", 2),
        ("source: Hard", "no: Hard\n    source: Hard", "ambiguous-key", 2),
    ],
)
def test_a_mistake_in_a_record_is_one_problem_at_its_line(old: str, new: str, rule: str, line: int) -> None:
    good = f"signs.title:\n    source: Hard\n    sha256: '{'a' * 64}'\n"
    assert read(good)["signs.title"] == Record("Hard", "a" * 64)
    assert old in good
    with pytest.raises(LeafletsError) as caught:
        read(good.replace(old, new))
    [problem] = caught.value.problems
    assert (problem.id, problem.place) == (rule, Place("review.yaml", line))


def test_an_unknown_key_of_a_record_is_told_the_keys_of_a_record() -> None:
    with pytest.raises(LeafletsError) as caught:
        read(format_review({"hard": HARD}) + "  xyz: x\n")
    assert [(problem.id, problem.remedy) for problem in caught.value.problems] == [
        ("unknown-key", "The keys here are source, sha256, origin.")
    ]


def test_a_record_says_who_made_the_words_and_an_old_one_counts_as_a_machine_s() -> None:
    mine = replace(HARD, origin=Origin.PERSON)
    assert read(format_review({"hard": HARD, "mine": mine})) == {"hard": HARD, "mine": mine}
    assert "origin" not in format_review({"hard": HARD})


@pytest.mark.parametrize("usual", list(Origin))
def test_new_words_count_as_made_by_whoever_made_all_others(usual: Origin) -> None:
    old = {"hard": replace(HARD, origin=usual)}
    source, words = write(hard="Hard lumps.", soft="Soft"), write(hard="Bultos duros.", soft="Blando")
    assert {each.origin for each in record_units(source, words, old).values()} == {usual}
    mixed = old | {"other": Record("Other", hash_words("Otro"), Origin.PERSON)}
    source |= write(other="Other")
    found = record_units(source, words | write(other="Otro"), mixed)["soft"].origin
    assert found is (Origin.PERSON if usual is Origin.PERSON else Origin.MACHINE)


def test_who_made_words_is_said_of_those_that_changed_and_of_all_only_when_all_are_meant() -> None:
    source, words = write(hard="Hard lumps.", soft="Soft"), write(hard="Bultos duros.", soft="Blando")
    records = record_units(source, words, {"hard": HARD}, origin=Origin.PERSON)
    assert {unit: each.origin for unit, each in records.items()} == {"hard": Origin.MACHINE, "soft": Origin.PERSON}
    records = record_units(source, words, {"hard": HARD}, unchanged=True, origin=Origin.PERSON)
    assert {each.origin for each in records.values()} == {Origin.PERSON}
