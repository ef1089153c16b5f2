"""A topic in another language: what keeps it from being printed, and what it is made of."""

from pathlib import Path

import pytest

from leaflets.content.project import load_project
from leaflets.content.provenance import Record, hash_words, record_units
from leaflets.content.schema import parse_topic, parse_translation
from leaflets.content.strict_yaml import read_yaml
from leaflets.model import SOURCE_LOCALE, Topic, list_units
from leaflets.problems import LeafletsError, Place, Problem
from leaflets.translation.localize import find_stale, find_translation_problems, localize_topic
from tests.support.projects import SMALL_PROJECT, find_all, record_translation, write_project

ENGLISH = "content/topics/en/signs.yaml"
SPANISH = "content/topics/es/signs.yaml"


def read_topic(text: str = SMALL_PROJECT[ENGLISH]) -> Topic:
    return parse_topic(read_yaml(text.encode(), ENGLISH), "signs")


def compare(spanish: str = SMALL_PROJECT[SPANISH], english: str = SMALL_PROJECT[ENGLISH], recorded: bool = True) -> list[Problem]:
    """Compare English and Spanish, of which what the small project says is on record."""
    words = parse_translation(read_yaml(spanish.encode(), SPANISH), "signs")
    records: dict[str, Record] = record_units(dict(list_units(read_topic())), words, {}) if recorded else {}
    return list(find_translation_problems(read_topic(english), "es", words, records))


def swap(name: str, old: str, new: str) -> str:
    assert old in SMALL_PROJECT[name]
    return SMALL_PROJECT[name].replace(old, new)


def test_a_recorded_translation_has_no_problem() -> None:
    assert compare() == []


def test_a_missing_unit_is_one_problem_that_quotes_the_english() -> None:
    [problem] = compare(swap(SPANISH, "    hard: Puede sentir bultos duros.\n", ""))
    assert (problem.id, problem.place) == ("missing-unit", Place(SPANISH))
    assert '"signs.lumps.hard"' in problem.message
    assert "You may feel hard lumps." in problem.message


def test_a_missing_title_is_one_problem() -> None:
    [problem] = compare(swap(SPANISH, "title: ¿Cuáles son las señales?\n", ""))
    assert (problem.id, problem.place.path) == ("missing-unit", SPANISH)
    assert '"signs.title"' in problem.message


def test_a_unit_too_many_is_one_problem_at_its_line() -> None:
    [problem] = compare(SMALL_PROJECT[SPANISH] + "    soft: Y bultos blandos.\n")
    assert (problem.id, problem.place) == ("orphan-unit", Place(SPANISH, 6))
    assert '"signs.lumps.soft"' in problem.message


def test_a_mistyped_name_is_a_unit_missing_and_a_unit_too_many() -> None:
    assert [problem.id for problem in compare(swap(SPANISH, "    hard:", "    hart:"))] == ["missing-unit", "orphan-unit"]


def test_a_unit_of_another_topic_is_not_this_topics_orphan() -> None:
    words = parse_translation(read_yaml(b"title: x\n", "a.yaml"), "food") | parse_translation(
        read_yaml(SMALL_PROJECT[SPANISH].encode(), SPANISH), "signs"
    )
    records = record_units(dict(list_units(read_topic())), words, {})
    assert list(find_translation_problems(read_topic(), "es", words, records)) == []


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("38.5 °C", "39 °C", "[-38.5-] {+39+}"),
        ("Call if", "Do not call if", "{+Do not call+} if"),
        ("What are the signs?", "What are its signs?", "[-the-] {+its+}"),
    ],
)
def test_a_change_of_the_english_makes_its_translation_stale(old: str, new: str, shown: str) -> None:
    [problem] = compare(english=swap(ENGLISH, old, new))
    assert problem.id == "stale-unit"
    assert problem.place == Place(SPANISH, 1 if "signs?" in old else 5)
    assert shown in problem.message


def test_a_new_english_unit_is_missing_and_makes_nothing_stale() -> None:
    [problem] = compare(english=SMALL_PROJECT[ENGLISH] + "      soft: Soft lumps\n")
    assert (problem.id, '"signs.lumps.soft"' in problem.message) == ("missing-unit", True)


def test_a_change_of_the_translation_alone_is_not_stale() -> None:
    words = parse_translation(read_yaml(swap(SPANISH, "duros", "muy duros").encode(), SPANISH), "signs")
    old = {unit: Record(text.words, hash_words("otra cosa")) for unit, text in list_units(read_topic())}
    assert list(find_translation_problems(read_topic(), "es", words, old)) == []


def test_a_topic_without_records_is_one_problem_at_its_first_unit() -> None:
    [problem] = compare(recorded=False)
    assert (problem.id, problem.place) == ("unrecorded-unit", Place(SPANISH, 1))
    assert '"signs.title"' in problem.message
    assert "2 more" in problem.message


def test_one_unit_without_a_record_is_named() -> None:
    words = parse_translation(read_yaml(SMALL_PROJECT[SPANISH].encode(), SPANISH), "signs")
    records = record_units(dict(list_units(read_topic())), words, {})
    del records["signs.lumps.fever"]
    [problem] = find_translation_problems(read_topic(), "es", words, records)
    assert (problem.id, problem.place) == ("unrecorded-unit", Place(SPANISH, 5))
    assert '"signs.lumps.fever"' in problem.message


def test_a_unit_that_waits_for_its_words_is_missing_at_its_line(tmp_path: Path) -> None:
    spanish = swap(SPANISH, "hard: Puede sentir bultos duros.", "hard:")
    [problem] = find_all(write_project(tmp_path, {SPANISH: spanish}))
    assert (problem.id, problem.place) == ("missing-unit", Place(SPANISH, 4))
    assert '"signs.lumps.hard" is not translated (English: "You may feel hard lumps.")' in problem.message


def test_a_stale_unit_is_told_what_to_do_by_whether_its_words_were_touched() -> None:
    [untouched] = compare(english=swap(ENGLISH, "38.5", "39"))
    assert untouched.remedy == "Change the translation, then run: leaflets record es"
    old = {unit: Record(text.words, hash_words("otra cosa")) for unit, text in list_units(read_topic())}
    words = parse_translation(read_yaml(SMALL_PROJECT[SPANISH].encode(), SPANISH), "signs")
    [touched] = find_stale(dict(list_units(read_topic(swap(ENGLISH, "38.5", "39")))), "es", words, old)
    assert touched.remedy == "If it says so now run: leaflets record es"


def test_a_changed_english_term_makes_its_word_stale_at_its_line(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "content/terms/en.yaml").write_text("lump:\n  term: bump\n", encoding="utf-8")
    [problem] = find_all(load_project(tmp_path))
    assert (problem.id, problem.place) == ("stale-unit", Place("content/terms/es.yaml", 2))
    assert "[-lump-] {+bump+}" in problem.message


def test_a_word_of_a_term_that_is_on_no_record_is_one_problem_at_its_line(tmp_path: Path) -> None:
    write_project(tmp_path)
    path = tmp_path / "translations/es/review.yaml"
    before, _, after = path.read_text(encoding="utf-8").partition("terms/lump:\n")
    path.write_text(before + after.split("\n", 2)[2], encoding="utf-8")
    [problem] = find_all(load_project(tmp_path))
    assert (problem.id, problem.place) == ("unrecorded-unit", Place("content/terms/es.yaml", 2))
    assert '"terms/lump" has no record' in problem.message


def test_recording_again_ends_the_staleness(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / ENGLISH).write_text(swap(ENGLISH, "hard lumps", "firm lumps"), encoding="utf-8")
    assert [problem.id for problem in find_all(load_project(tmp_path))] == ["stale-unit"]
    record_translation(tmp_path)
    assert find_all(load_project(tmp_path)) == []


def test_a_changed_number_makes_the_translation_stale(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / ENGLISH).write_text(swap(ENGLISH, "38.5", "39.5"), encoding="utf-8")
    problems = find_all(load_project(tmp_path))
    assert {problem.id for problem in problems} == {"stale-unit", "number-mismatch"}
    assert {problem.place for problem in problems} == {Place(SPANISH, 5)}


def test_a_unit_missing_or_too_many_in_a_project_is_one_problem(tmp_path: Path) -> None:
    missing = write_project(tmp_path / "missing", {SPANISH: swap(SPANISH, "    hard: Puede sentir bultos duros.\n", "")})
    assert [problem.id for problem in find_all(missing)] == ["missing-unit"]
    extra = write_project(tmp_path / "extra", {SPANISH: SMALL_PROJECT[SPANISH] + "    soft: Y bultos blandos.\n"})
    assert [problem.id for problem in find_all(extra)] == ["orphan-unit"]


def test_a_localized_topic_has_the_shape_of_the_source_and_the_words_of_the_translation(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    spanish = localize_topic(project.topics["signs"], project.languages["es"].words)
    assert [(unit, text.words, text.place.path) for unit, text in list_units(spanish)] == [
        ("signs.title", "¿Cuáles son las señales?", SPANISH),
        ("signs.lumps.hard", "Puede sentir bultos duros.", SPANISH),
        ("signs.lumps.fever", "Llame si la fiebre pasa de 38,5 °C.", SPANISH),
    ]
    assert spanish.blocks[0].references == project.topics["signs"].blocks[0].references == ("Book",)


def test_english_never_stands_in_for_a_missing_unit(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    words = {unit: text for unit, text in project.languages["es"].words.items() if unit != "signs.lumps.hard"}
    with pytest.raises(LeafletsError, match=r'"signs\.lumps\.hard" is not translated'):
        localize_topic(project.topics["signs"], words)


def test_the_source_language_has_nothing_to_compare(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert project.languages[SOURCE_LOCALE].words == {}
    assert find_all(project) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("hard:Puede sentir bultos duros.", "no space after the colon"),
        ("hard：Puede sentir bultos duros.", "FULLWIDTH COLON"),
        ("hard:\u00a0Puede sentir bultos duros.", "NO-BREAK SPACE"),
    ],
)
def test_a_name_that_ran_into_its_words_is_said_once_at_its_line(typed: str, said: str) -> None:
    problems = compare(f"title: ¿Cuáles son las señales?\nblocks:\n  lumps:\n    {typed}\n")
    assert [(problem.id, problem.place.line) for problem in problems if '"signs.lumps.fever"' not in problem.message] == [
        ("orphan-unit", 4)
    ]
    assert said in problems[-1].message
    assert "`hard: Puede sentir bultos duros.`" in problems[-1].remedy


def test_words_without_a_name_are_said_to_lack_one() -> None:
    problems = compare("title: ¿Cuáles son las señales?\nblocks:\n  lumps: Puede sentir bultos duros.\n")
    [orphan] = [problem for problem in problems if problem.id == "orphan-unit"]
    assert orphan.place.line == 3
    assert "`Puede sentir bultos duros.`" in orphan.remedy
    assert "hard, fever" in orphan.remedy


def test_a_name_that_slipped_out_of_its_block_is_told_where_it_belongs() -> None:
    problems = compare(swap(SPANISH, "    fever:", "  fever:"))
    [orphan] = [problem for problem in problems if problem.id == "orphan-unit"]
    assert (orphan.place.line, orphan.message[:13]) == (5, '"signs.fever"')
    assert '"signs.lumps.fever"' in orphan.remedy
