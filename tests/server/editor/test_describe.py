"""What the page of the translator's editor is told of a language."""

import re
from pathlib import Path
from typing import Any

from leaflets.content.project import load_project
from leaflets.server.editor.describe import describe_problems, describe_unit, describe_units
from leaflets.server.editor.store import Snapshot, check_words, take_snapshot
from tests.support.editor import (
    ENGLISH,
    FEVER,
    FONTS,
    HARD,
    MISSING,
    SPANISH,
    change_file,
    look,
)
from tests.support.projects import ROOT, SMALL_PROJECT


def describe_words(found: Snapshot, unit: str, words: str) -> list[dict[str, Any]]:
    return describe_problems(found, found.units[unit], words, check_words(found, unit, words))


def test_what_a_message_quotes_is_told_with_its_language() -> None:
    found = take_snapshot(load_project(ROOT), "ur", FONTS)
    unit = "home-care.do-not.squeeze"
    words = "گٹھلیوں کو **دبائیں**۔"
    told = describe_words(found, unit, words)
    parts = [tuple(part) for each in told for part in each["parts"]]
    assert (words, "ur") in parts
    assert (str(found.units[unit].english), "en") in parts
    assert not any(re.search("[\u0600-\u06ff]", said) for said, language in parts if language != "ur")
    said = "".join(part for part, _ in told[0]["parts"])
    problem = check_words(found, unit, words)[0]
    assert said == f"{problem.message}. {problem.remedy}"


def test_a_list_that_a_remedy_speaks_of_is_told_as_a_file(tmp_path: Path) -> None:
    found = look(tmp_path)
    lists = {each["id"]: each["lists"] for each in describe_words(found, HARD, "No puede sentir nada duro 1.")}
    assert lists == {
        "negation-mismatch": ["content/markers/es.yaml"],
        "term-unused": ["content/terms/es.yaml"],
        "number-mismatch": [],
    }


def test_a_unit_comes_with_all_that_helps_to_translate_it(tmp_path: Path) -> None:
    note = SMALL_PROJECT[ENGLISH].replace("      hard:", "      # Said by a doctor.\n      hard:")
    terms = "lump:\n  term: lump\n  note: one everyday word\nhard-lump:\n  term: hard lump\nfever:\n  term: fever (BT)\n"
    own = "lump:\n  term: bulto\n  avoid:\n    - nódulo\nhard-lump:\n  term: bulto duro\nfever:\n  term: fiebre\n"
    found = look(tmp_path, **{ENGLISH: note, "content/terms/en.yaml": terms, "content/terms/es.yaml": own})
    told = describe_unit(found, HARD)
    assert told["english"] == "You may feel hard lumps."
    assert told["note"] == "Said by a doctor."
    assert told["group"] == "What are the signs?"
    assert told["terms"] == [{"english": "hard lump", "words": "bulto duro", "avoid": [], "note": ""}]  # the longer of two
    assert [each["words"] for each in describe_unit(found, FEVER)["terms"]] == ["fiebre"]
    term = describe_unit(found, "terms/lump")
    assert (term["group"], term["note"], term["terms"]) == ("Fixed words", "one everyday word", [])
    label = describe_unit(found, "labels/Page {page} of {pages}")
    assert (label["group"], label["note"]) == ("Words of the page itself", "At the foot of every page.")


def test_what_changed_in_the_english_is_told_word_by_word(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), ENGLISH, "above 38.5", "above 39")
    told = describe_unit(found, FEVER)
    assert told["state"] == "stale"
    assert told["changes"] == [
        ["kept", "Call if your fever is above"],
        ["deleted", "38.5"],
        ["added", "39"],
        ["kept", "°C."],
    ]
    assert describe_unit(found, HARD)["changes"] == []


def test_what_is_left_is_counted_in_texts_and_words(tmp_path: Path) -> None:
    found = look(tmp_path, **MISSING)
    told = describe_units(found)
    assert (told["left"], told["words"], told["complete"]) == (1, 5, False)
    assert describe_units(look(tmp_path / "whole"))["complete"] is True


MARKERS = "content/markers/es.yaml"
LIMITED = SMALL_PROJECT["content/markers/en.yaml"] + "uncertainty: [may]\nphrases:\n  above: [above]\n"


def test_what_no_check_looks_for_in_a_language_without_its_words_is_told(tmp_path: Path) -> None:
    lists = {"content/markers/en.yaml": LIMITED}
    told = describe_units(look(tmp_path / "begun", **lists, **{MARKERS: "negation:\nobligation:\n"}))
    unwatched = {each["id"]: each["unwatched"] for each in told["units"]}
    assert told["gaps"] == [f"there is no list of the words that say no, must and may ({MARKERS})"]
    assert unwatched[FEVER] == ["not", "above"]  # the English limits with "above"; a "not" could be added anywhere
    assert unwatched[HARD] == ["not", "may"]
    told = describe_units(look(tmp_path / "part", **lists))
    unwatched = {each["id"]: each["unwatched"] for each in told["units"]}
    assert told["gaps"] == [f'there are no words for "above" ({MARKERS})']
    assert (unwatched[FEVER], unwatched["signs.title"]) == (["above"], [])
    assert describe_units(look(tmp_path / "whole"))["gaps"] == []


def test_a_sheet_that_is_too_long_in_the_language_is_told(tmp_path: Path) -> None:
    leaflet = "content/leaflets/adult.yaml"
    sheet = SMALL_PROJECT[leaflet] + "sheet:\n  words: {}\n  front: [signs.lumps]\n  back: [get-help.emergency]\n"
    assert describe_units(look(tmp_path / "fits", **{leaflet: sheet.format(40)}))["sheets"] == []
    [said] = describe_units(look(tmp_path / "long", **{leaflet: sheet.format(9)}))["sheets"]
    assert said.startswith("the sheet of adult is as long as ")
    assert "English words; 11 fit" in said


def test_a_text_with_an_error_is_left_to_do_like_one_that_is_missing(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), SPANISH, "38,5", "39,5")
    assert [unit.id for unit in found.left] == [FEVER]
    assert describe_unit(found, FEVER)["done"] is False
    told = describe_units(found)
    assert (told["left"], told["words"], told["complete"]) == (1, 8, False)


def test_what_a_reader_understood_of_a_text_is_told_with_the_words_that_were_read(tmp_path: Path) -> None:
    back = f"back:\n  {HARD}:\n    said: You may feel hard lumps.\n    words: Puede sentir bultos duros.\n"
    readings = f"readings:\n- critical: 0\n  major: 0\n  minor: 0\n{back}"
    found = look(tmp_path, **{"translations/es/readings.yaml": readings})
    assert describe_unit(found, HARD)["back"] == {"said": "You may feel hard lumps.", "words": "Puede sentir bultos duros."}
    assert describe_unit(found, FEVER)["back"] is None
