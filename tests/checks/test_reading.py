"""Checks of how plainly it is said, each broken once in a small project that is otherwise without a problem."""

import re
from pathlib import Path

import pytest

from leaflets.checks.content import LeafletContent
from leaflets.checks.reading import describe_reading, measure_english
from leaflets.content.project import load_project
from leaflets.languages.readability import FLESCH_KINCAID
from leaflets.problems import Place, Severity
from tests.support.projects import ROOT, SMALL_PROJECT, find_all, find_ids, write_project
from tests.support.small import HELP, LEAFLET, SIGNS, SPANISH_SIGNS, only_problem, say, swap


def write_sentence(words: int) -> str:
    return "A" + " a" * (words - 1) + "."


def test_a_sentence_of_21_words_is_found(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, say(write_sentence(21)))
    assert (problem.id, problem.place) == ("long-sentence", Place(SIGNS, 6))
    assert "21 words" in problem.message


def test_every_long_sentence_of_a_text_is_found(tmp_path: Path) -> None:
    text = f"Do it. {write_sentence(22)} {write_sentence(20)} {write_sentence(30)}"
    problems = find_all(write_project(tmp_path, say(text)))
    assert [(problem.id, problem.message[:8]) for problem in problems] == [
        ("long-sentence", "22 words"),
        ("long-sentence", "30 words"),
    ]


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (write_sentence(20), "Puede sentir bultos duros."),
        (f"{write_sentence(20)} {write_sentence(20)}", "Puede sentir bultos duros."),
        ("A" + " a" * 17 + " ({clinic_phone}) – a.", "Llame al {clinic_phone}."),
        ("A" + " a" * 17 + " 38.5 °C a.", "Más de 38,5 °C."),
    ],
)
def test_sentences_of_20_words_are_fine(tmp_path: Path, english: str, spanish: str) -> None:
    assert find_all(write_project(tmp_path, say(english, spanish))) == []


HARD_WORDS = "Subcutaneous mineralization necessitates multidisciplinary consultation immediately."


def test_a_leaflet_that_is_hard_to_read_is_found(tmp_path: Path) -> None:
    problems = find_all(write_project(tmp_path, say(HARD_WORDS)))
    assert [(problem.id, problem.place.path) for problem in problems] == [("reading-grade", LEAFLET)] * 2
    assert [problem.message.rsplit(" by ")[1] for problem in problems] == ["SMOG", "Flesch-Kincaid"]


@pytest.mark.parametrize(("name", "words"), [(SIGNS, "What are the signs?"), (HELP, "Call {emergency_number} now")])
def test_titles_and_headings_are_not_prose(tmp_path: Path, name: str, words: str) -> None:
    hard = HARD_WORDS.replace("immediately.", "{emergency_number}" if "{" in words else "immediately?")
    assert find_all(write_project(tmp_path, swap(name, words, hard))) == []


SHEET = "sheet:\n  words: 200\n  front:\n    - signs.lumps{}\n  back:\n    - get-help.emergency\n"


def test_a_sheet_is_held_to_the_grade_by_itself(tmp_path: Path) -> None:
    easy = " Ask us. We can help." * 20
    english = SMALL_PROJECT[SIGNS].replace("You may feel hard lumps.", HARD_WORDS) + f"      more:{easy}\n"
    words = {SIGNS: english, SPANISH_SIGNS: SMALL_PROJECT[SPANISH_SIGNS] + "    more: Pregunte.\n"}
    whole = words | {LEAFLET: SMALL_PROJECT[LEAFLET] + SHEET.format("")}
    assert find_all(write_project(tmp_path / "whole", whole)) == []
    hard = words | {LEAFLET: SMALL_PROJECT[LEAFLET] + SHEET.format(": [hard]")}
    problems = find_all(write_project(tmp_path / "hard", hard))
    assert {(problem.id, problem.place.path) for problem in problems} == {("reading-grade", LEAFLET)}
    assert all(problem.message.startswith("the sheet reads at grade ") for problem in problems)


def test_the_words_of_a_leaflet_and_of_its_sheet_are_told(tmp_path: Path) -> None:
    sheet = SMALL_PROJECT[LEAFLET] + SHEET.format(": [fever]")
    first, second, *_ = describe_reading(write_project(tmp_path, {LEAFLET: sheet}), ["en"])
    assert " by SMOG, 32 words (left out: " in first
    assert second.startswith("adult: the sheet has 16 words (200 fit), at US grade ")
    assert second.endswith(" by SMOG")


def test_short_words_in_short_sentences_are_easy_to_read(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    reading = measure_english(LeafletContent(project.leaflets["adult"], project).topics(), project)
    assert len(reading.scores) == 2
    assert all(formula.plain(score) for formula, score in reading.scores)


def test_medical_terms_of_the_list_do_not_make_a_leaflet_hard(tmp_path: Path) -> None:
    words = HARD_WORDS.removesuffix(".").lower().split()
    english = "".join(f"t{number}:\n  term: {word}\n" for number, word in enumerate(words))
    spanish = "".join(f"t{number}:\n  term: palabra\n" for number, word in enumerate(words))
    changes = say(HARD_WORDS) | {"content/terms/en.yaml": english, "content/terms/es.yaml": spanish}
    assert find_ids(write_project(tmp_path, changes)) == {"term-unused"}


def test_an_acronym_in_the_brackets_of_a_term_is_left_out_like_the_term(tmp_path: Path) -> None:
    terms = {"content/terms/en.yaml": "ct:\n  term: computed tomography (CT)\n", "content/terms/es.yaml": "ct:\n  term: TC\n"}
    project = write_project(tmp_path, say("A CT is a computed tomography.") | terms)
    reading = measure_english(LeafletContent(project.leaflets["adult"], project).topics(), project)
    assert reading.excepted == ("computed tomography", "ct")


def test_a_leaflet_is_measured_by_what_it_prints(tmp_path: Path) -> None:
    hard = f"      hard:\n        for: [child]\n        text: {HARD_WORDS}"
    child = {"content/leaflets/child.yaml": SMALL_PROJECT[LEAFLET]}
    changes = swap(SIGNS, "      hard: You may feel hard lumps.", hard) | child
    problems = find_all(write_project(tmp_path, changes))
    assert {(problem.id, problem.place.path) for problem in problems} == {("reading-grade", "content/leaflets/child.yaml")}


def test_short_labels_do_not_flatter_the_grade(tmp_path: Path) -> None:
    project = write_project(tmp_path, say("A lump"))
    reading = measure_english(LeafletContent(project.leaflets["adult"], project).topics(), project)
    assert reading.counts.sentences == 2  # the two other bullets


def add_signs(english: str, spanish: str, head: str = "") -> dict[str, str]:
    """Add blocks to the signs in both languages; `head` stands before the English title."""
    return {SIGNS: head + SMALL_PROJECT[SIGNS] + english, SPANISH_SIGNS: SMALL_PROJECT[SPANISH_SIGNS] + spanish}


def write_list(kind: str, items: int, groups: str = "") -> dict[str, str]:
    names = [f"n{number}" for number in range(items)]
    english = f"  more:\n    references: [Book]\n    {kind}:\n" + "".join(f"      {name}: Ask us\n" for name in names) + groups
    spanish = "  more:\n" + ("    groups:\n      a: Uno\n      b: Dos\n" if groups else "")
    return add_signs(english, spanish + "".join(f"    {name}: Pregunte\n" for name in names))


@pytest.mark.parametrize("kind", ["list", "steps"])
def test_a_list_of_eight_is_found(tmp_path: Path, kind: str) -> None:
    problem = only_problem(tmp_path, write_list(kind, 8))
    assert (problem.id, problem.place) == ("long-list", Place(SIGNS, 8))
    assert "8 items" in problem.message


def test_a_list_of_seven_is_fine(tmp_path: Path) -> None:
    assert find_all(write_project(tmp_path, write_list("list", 7))) == []


@pytest.mark.parametrize(("first", "ids"), [(4, []), (2, []), (1, ["long-list"])])
def test_a_long_list_is_fine_in_groups_of_seven_at_most(tmp_path: Path, first: int, ids: list[str]) -> None:
    names = [f"n{number}" for number in range(9)]
    groups = "".join(
        f"      {name}:\n        heading: Part {name}\n        items: [{', '.join(items)}]\n"
        for name, items in (("a", names[:first]), ("b", names[first:]))
    )
    problems = find_all(write_project(tmp_path, write_list("list", 9, f"    groups:\n{groups}")))
    assert [problem.id for problem in problems] == ids


@pytest.mark.parametrize(("lead", "ids"), [("true", []), ("false", ["long-list"])])
def test_a_sentence_before_the_bullets_is_none_of_seven(tmp_path: Path, lead: str, ids: list[str]) -> None:
    changes = write_list("list", 7, "")
    [topic] = [name for name in changes if name == SIGNS]
    changes |= {topic: changes[topic].replace("      n0:", f"      first:\n        lead: {lead}\n        text: Look.\n      n0:")}
    spanish = {name: text.replace("    n0:", "    first: Mire.\n    n0:") for name, text in changes.items() if name != topic}
    assert [problem.id for problem in find_all(write_project(tmp_path, changes | spanish))] == ids


def test_a_section_of_more_than_120_words_is_found(tmp_path: Path) -> None:
    words = " ".join(["Ask us now."] * 41)
    changes = add_signs(f"  more:\n    references: [Book]\n    text: {words}\n", "  more: Pregunte.\n")
    problem = only_problem(tmp_path, changes)
    assert (problem.id, problem.place) == ("long-section", Place(SIGNS, 1))
    assert "136 words" in problem.message


def test_a_heading_begins_a_new_section(tmp_path: Path) -> None:
    words = " ".join(["Ask us now."] * 38)  # with the 14 words of the other bullets too many for one section
    english = f"  more:\n    references: [Book]\n    list:\n      a: {words}\n"
    changes = add_signs(english, "  more:\n    a: Pregunte.\n")
    assert [problem.id for problem in find_all(write_project(tmp_path / "one", changes))] == ["long-section"]
    changes = add_signs(english + "    heading: More\n", "  more:\n    heading: Más\n    a: Pregunte.\n")
    assert find_all(write_project(tmp_path / "two", changes)) == []


CHILD = "  child:\n    references: [Book]\n    text: {}\n"


@pytest.mark.parametrize(
    ("insert", "words", "ids"),
    [
        ("", "The doctor may ask about medicine that you were given a while ago.", []),
        ("insert: child\n", "The doctor may ask about medicine that you were given a while ago.", ["child-grade"]),
        ("insert: child\n", "You can go out and play.", []),
        ("insert: diary\n", "The doctor may ask about medicine that you were given a while ago.", []),
    ],
)
def test_a_page_for_a_child_is_held_to_grade_3(tmp_path: Path, insert: str, words: str, ids: list[str]) -> None:
    changes = add_signs(CHILD.format(words), "  child: Pregunte.\n", insert)
    assert [problem.id for problem in find_all(write_project(tmp_path, changes))] == ids


def test_a_hard_translation_is_a_warning(tmp_path: Path) -> None:
    hard = "Inmediatamente consulte profesionales especializados multidisciplinarios."
    problem = only_problem(tmp_path, say("Ask your care team now.", hard))
    assert (problem.id, problem.severity, problem.place.path) == ("hard-translation", Severity.WARNING, "content/topics/es")
    assert "Szigriszt-Pazos" in problem.message


def test_a_long_sentence_of_a_translation_is_a_warning(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, say("Ask us.", "Si" + " va" * 41 + "."))
    assert (problem.id, problem.severity, problem.place) == ("long-translation", Severity.WARNING, Place(SPANISH_SIGNS, 4))
    assert find_all(write_project(tmp_path / "short", say("Ask us.", "Si" + " va" * 39 + "."))) == []


def test_the_reading_of_every_leaflet_and_language_is_told(tmp_path: Path) -> None:
    lines = list(describe_reading(write_project(tmp_path)))
    assert lines[0].startswith("adult: English at US grade ")
    assert f"by {FLESCH_KINCAID.name}" in lines[0]
    assert "by SMOG" in lines[0]
    assert lines[1].startswith("adult in es: ")
    assert re.fullmatch(r"es: sentences of [0-9.]+ words on average, [0-9]+ at most", lines[2])


def test_the_length_of_a_sentence_is_in_what_it_was_counted_in() -> None:
    chinese = [line for line in describe_reading(load_project(ROOT), ["zh-Hans"]) if "sentences of" in line]
    assert re.fullmatch(r"zh-Hans: sentences of [0-9.]+ characters on average, [0-9]+ at most", chinese[0])


PEDIATRIC = {
    "content/leaflets/pediatric.yaml": SMALL_PROJECT["content/leaflets/adult.yaml"] + "reader: parent\n",
    SIGNS: """\
title: What are the signs?
blocks:
  lumps:
    references: [Book]
    list:
      hard:
        for: [adult]
        text: You may feel hard lumps under the skin.
      hard-child:
        for: [pediatric]
        text: You may feel hard lumps under your child’s skin.
      both: If you or your child hurts, call.
""",
    SPANISH_SIGNS: (
        "title: ¿Señales?\nblocks:\n  lumps:\n    hard: Bultos.\n    hard-child: Bultos de él.\n    both: Si duele, llame.\n"
    ),
}


def find_readers(root: Path, changes: dict[str, str]) -> list[str]:
    problems = find_all(write_project(root, PEDIATRIC | changes))
    return [str(each) for each in problems if each.id in ("wrong-reader", "twice-said")]


def test_each_variant_of_a_sentence_for_its_own_reader_is_fine(tmp_path: Path) -> None:
    assert find_readers(tmp_path, {}) == []


def test_a_sentence_for_parents_that_is_printed_for_patients_is_an_error_and_so_are_two_variants(tmp_path: Path) -> None:
    twice, reader = find_readers(tmp_path, {SIGNS: PEDIATRIC[SIGNS].replace("        for: [pediatric]\n", "")})
    assert reader.startswith(f'{SIGNS}:9: error: "signs.lumps.hard-child" says "your child’s" in adult, which a patient reads')
    assert twice.startswith(
        f'{SIGNS}:9: error: "lumps.hard" ("You may feel hard lumps under the skin.") and "lumps.hard-child" ('
    )


def test_two_variants_are_found_in_the_leaflet_that_prints_both(tmp_path: Path) -> None:
    [twice] = find_readers(tmp_path, {SIGNS: PEDIATRIC[SIGNS].replace("        for: [adult]\n", "")})
    assert "in pediatric" in twice


def test_variants_for_clinics_with_and_without_a_phone_are_no_doubles(tmp_path: Path) -> None:
    text = PEDIATRIC[SIGNS].replace("        for: [adult]\n", "        when: urgent-phone\n")
    assert find_readers(tmp_path, {SIGNS: text}) == []
