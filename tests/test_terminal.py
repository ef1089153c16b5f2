"""How problems are said on a terminal."""

from leaflets.localize import MISSING_UNIT, STALE_UNIT
from leaflets.problems import MOST, Place
from leaflets.terminal import list_lines

FILE = "content/topics/es/signs.yaml"
MISSING = [MISSING_UNIT.at(Place(FILE, line), f"{line} is not translated") for line in range(1, 10)]
STALE = STALE_UNIT.at(Place(FILE, 5), "the English changed")


def test_of_many_missing_words_in_a_file_the_first_are_said_and_the_others_counted() -> None:
    lines = list(list_lines([*MISSING[:5], STALE, *MISSING[5:]]))
    assert lines == [
        *map(str, MISSING[:MOST]),
        str(STALE),
        f"{FILE}: error: 6 more are not translated [missing-unit]",
    ]


def test_a_few_missing_words_are_all_said() -> None:
    assert list(list_lines(MISSING[: MOST + 1])) == [str(each) for each in MISSING[: MOST + 1]]


def test_other_problems_are_all_said_however_many_there_are() -> None:
    stale = [STALE_UNIT.at(Place(FILE, line), "the English changed") for line in range(1, 30)]
    assert list(list_lines(stale)) == list(map(str, stale))


def test_each_file_counts_for_itself() -> None:
    elsewhere = [MISSING_UNIT.at(Place("content/topics/es/food.yaml", line), "x is not translated") for line in range(1, 4)]
    assert list(list_lines([*elsewhere, *MISSING]))[:3] == list(map(str, elsewhere))
