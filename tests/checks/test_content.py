"""Checks of the source, each broken once in a small project that is otherwise without a problem."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaflets.checks import check
from leaflets.checks.content import MAX_GRADE, LeafletContent, measure_leaflet
from leaflets.problems import RULES, Place, Problem, Rule, Severity
from tests.helpers import SMALL_PROJECT, find_all, write_project

LEAFLET = "content/leaflets/adult.yaml"
ADULT = "content/topics/en/adult.yaml"
SIGNS = "content/topics/en/signs.yaml"
HELP = "content/topics/en/get-help.yaml"
SPANISH_SIGNS = "content/topics/es/signs.yaml"
SPANISH_HELP = "content/topics/es/get-help.yaml"
REFERENCES = "content/references.yaml"


def swap(name: str, old: str, new: str) -> dict[str, str]:
    """Change a file of the small project."""
    assert old in SMALL_PROJECT[name]
    return {name: SMALL_PROJECT[name].replace(old, new)}


def say(english: str, spanish: str = "Puede sentir bultos duros.") -> dict[str, str]:
    """Let the first bullet of the signs, in line 6, say something else in both languages."""
    changes = swap(SIGNS, "You may feel hard lumps.", f'"{english}"')
    return changes | swap(SPANISH_SIGNS, "Puede sentir bultos duros.", f'"{spanish}"')


def only_problem(root: Path, changes: dict[str, str]) -> Problem:
    [problem] = find_all(write_project(root, changes))
    assert len(str(problem).splitlines()) == 1
    return problem


def test_the_small_project_has_no_problem(tmp_path: Path) -> None:
    assert find_all(write_project(tmp_path)) == []


def test_a_check_must_say_what_it_looks_at() -> None:
    def find_nothing(rule: Rule, subject: object) -> Iterator[Problem]:
        yield from ()

    with pytest.raises(ValueError, match="docstring"):
        check("find-nothing", Severity.ERROR, "why")(find_nothing)
    assert "find-nothing" not in RULES


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cover: adult", "cover: adults", '"adults"'),
        ("  - signs", "  - sings", '"sings"'),
        ("alert: get-help.emergency", "alert: get-help.emergencies", '"get-help.emergencies"'),
        ("alert: get-help.emergency", "alert: signs.lumps", '"signs.lumps"'),
        ("alert: get-help.emergency", "alert: adult.for-whom", '"adult.for-whom"'),
        ("  - get-help\n", "", '"get-help"'),
    ],
)
def test_a_leaflet_that_names_what_does_not_exist_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    problems = find_all(write_project(tmp_path, swap(LEAFLET, old, new)))
    assert {(problem.id, problem.place.path) for problem in problems} == {("unknown-topic", LEAFLET)}
    assert said in problems[0].message


@pytest.mark.parametrize(("old", "new"), [("  - signs\n", ""), ("  - signs\n  - get-help\n", "  - get-help\n  - signs\n")])
def test_a_leaflet_may_have_its_topics_in_any_order_and_leave_some_out(tmp_path: Path, old: str, new: str) -> None:
    assert find_all(write_project(tmp_path, swap(LEAFLET, old, new))) == []


@pytest.mark.parametrize("level", ["emergency", "same-day", "routine"])
def test_a_block_of_any_level_may_be_the_alert(tmp_path: Path, level: str) -> None:
    assert find_all(write_project(tmp_path, swap(HELP, "level: emergency", f"level: {level}"))) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("    references: [Book]", "    for: [adults]\n    references: [Book]", 3),
        ("      hard: You may feel hard lumps.", "      hard:\n        for: [adults]\n        text: You may feel hard lumps.", 6),
    ],
)
def test_words_for_a_leaflet_that_does_not_exist_are_found(tmp_path: Path, old: str, new: str, line: int) -> None:
    problem = only_problem(tmp_path, swap(SIGNS, old, new))
    assert (problem.id, problem.place) == ("unknown-audience", Place(SIGNS, line))
    assert '"adults"' in problem.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    references: [Book]", "    for: [adult]\n    references: [Book]"),
        ("      hard: You may feel hard lumps.", "      hard:\n        for: [adult]\n        text: You may feel hard lumps."),
        ("      hard: You may feel hard lumps.", "      hard:\n        text: You may feel hard lumps."),
    ],
)
def test_words_for_a_leaflet_that_exists_or_for_all_are_fine(tmp_path: Path, old: str, new: str) -> None:
    assert find_all(write_project(tmp_path, swap(SIGNS, old, new))) == []


def test_a_reference_that_is_not_in_the_bibliography_is_found(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, swap(SIGNS, "references: [Book]", "references: [Book, Paper]"))
    assert (problem.id, problem.place) == ("unknown-reference", Place(SIGNS, 3))
    assert '"Paper"' in problem.message


def test_a_reference_that_nothing_rests_on_is_a_warning(tmp_path: Path) -> None:
    paper = "Paper:\n  cite: A paper. 2021\n  short: A paper 2021\n  checked: copy\n"
    problem = only_problem(tmp_path, {REFERENCES: SMALL_PROJECT[REFERENCES] + paper})
    assert (problem.id, problem.severity, problem.place) == ("unused-reference", Severity.WARNING, Place(REFERENCES))
    assert '"Paper"' in problem.message


@pytest.mark.parametrize("references", ["[Paper]", "[Book, Paper]", "[Paper, Book]"])
def test_references_that_are_listed_and_used_are_fine(tmp_path: Path, references: str) -> None:
    paper = "Paper:\n  cite: A paper. 2021\n  short: A paper 2021\n  checked: copy\n"
    changes = {REFERENCES: SMALL_PROJECT[REFERENCES] + paper} | swap(SIGNS, "[Book]", references)
    assert find_all(write_project(tmp_path, changes)) == []


TERMS = {
    "content/terms/en.yaml": "hard:\n  term: hard\nfever:\n  term: fever\n",
    "content/terms/es.yaml": "hard:\n  term: duro\nfever:\n  term: fiebre\n",
}


def test_a_meaning_whose_term_is_not_listed_is_found(tmp_path: Path) -> None:
    only_hard = {name: text.partition("fever:")[0] for name, text in TERMS.items()}
    problem = only_problem(tmp_path, swap(SIGNS, "    list:", "    terms:") | only_hard)
    assert (problem.id, problem.place) == ("unknown-term", Place(SIGNS, 7))
    assert '"fever"' in problem.message


def test_meanings_of_listed_terms_are_fine(tmp_path: Path) -> None:
    assert find_all(write_project(tmp_path, swap(SIGNS, "    list:", "    terms:") | TERMS)) == []


@pytest.mark.parametrize("kind", ["list", "steps"])
def test_items_of_other_kinds_need_no_term(tmp_path: Path, kind: str) -> None:
    assert find_all(write_project(tmp_path, swap(SIGNS, "    list:", f"    {kind}:"))) == []


@pytest.mark.parametrize(
    "placeholder",
    [
        "{fax}",
        "{}",
        "{Clinic_Phone}",
        "{clinic phone}",
        "{ emergency_number }",
        "{0}",
        "{emergency_number",
        "{emergency_number)",
        "}",
    ],
)
def test_an_unknown_placeholder_of_the_source_is_one_problem(tmp_path: Path, placeholder: str) -> None:
    changes = swap(HELP, "{emergency_number} now", placeholder) | swap(SPANISH_HELP, "{emergency_number} ahora", placeholder)
    problem = only_problem(tmp_path, changes)
    assert (problem.id, problem.place) == ("unknown-placeholder", Place(HELP, 5))
    assert placeholder in problem.message


@pytest.mark.parametrize("words", ["{clinic_phone}", "{emergency_number} or {clinic_phone}", "us"])
def test_the_fields_of_a_clinic_are_known_placeholders(tmp_path: Path, words: str) -> None:
    changes = swap(HELP, "{emergency_number} now", words) | swap(SPANISH_HELP, "{emergency_number} ahora", words)
    assert find_all(write_project(tmp_path, changes)) == []


@pytest.mark.parametrize("words", ["Do **not cut.", "Do *not* cut.", "Do ***not*** cut.", "Do **not* cut.", "Cut * not."])
def test_an_asterisk_without_its_partner_is_found(tmp_path: Path, words: str) -> None:
    problems = [problem for problem in find_all(write_project(tmp_path, say(words))) if problem.id == "unbalanced-strong"]
    assert [problem.place for problem in problems] == [Place(SIGNS, 6)]


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Do **not** cut.", "**No** corte."),
        ("**Do** not **cut**.", "**No** **corte**."),
        ("**Stop.** Do not cut.", "**Alto.** No corte."),
        ("Do not cut.", "No corte."),
    ],
)
def test_strong_words_that_are_closed_are_fine(tmp_path: Path, english: str, spanish: str) -> None:
    assert find_all(write_project(tmp_path, say(english, spanish))) == []


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
    problem = only_problem(tmp_path, say(HARD_WORDS))
    assert (problem.id, problem.place.path) == ("reading-grade", LEAFLET)


@pytest.mark.parametrize(("name", "words"), [(SIGNS, "What are the signs?"), (HELP, "Call {emergency_number} now")])
def test_titles_and_headings_are_not_prose(tmp_path: Path, name: str, words: str) -> None:
    hard = HARD_WORDS.replace("immediately", "{emergency_number}" if "{" in words else "immediately")
    assert find_all(write_project(tmp_path, swap(name, words, hard))) == []


def test_short_words_in_short_sentences_are_easy_to_read(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert measure_leaflet(LeafletContent(project.leaflets["adult"], project)).grade < MAX_GRADE


def test_medical_terms_of_the_list_do_not_make_a_leaflet_hard(tmp_path: Path) -> None:
    words = HARD_WORDS.removesuffix(".").lower().split()
    english = "".join(f"t{number}:\n  term: {word}\n" for number, word in enumerate(words))
    spanish = "".join(f"t{number}:\n  term: palabra\n" for number, word in enumerate(words))
    changes = say(HARD_WORDS) | {"content/terms/en.yaml": english, "content/terms/es.yaml": spanish}
    assert find_all(write_project(tmp_path, changes)) == []


def test_an_acronym_in_the_brackets_of_a_term_is_left_out_like_the_term(tmp_path: Path) -> None:
    terms = {"content/terms/en.yaml": "ct:\n  term: computed tomography (CT)\n", "content/terms/es.yaml": "ct:\n  term: TC\n"}
    project = write_project(tmp_path, say("A CT is a computed tomography.") | terms)
    reading = measure_leaflet(LeafletContent(project.leaflets["adult"], project))
    assert reading.excepted == ("computed tomography", "ct")


def test_a_leaflet_is_measured_by_what_it_prints(tmp_path: Path) -> None:
    hard = f"      hard:\n        for: [child]\n        text: {HARD_WORDS}"
    child = {"content/leaflets/child.yaml": SMALL_PROJECT[LEAFLET]}
    changes = swap(SIGNS, "      hard: You may feel hard lumps.", hard) | child
    problem = only_problem(tmp_path, changes)
    assert (problem.id, problem.place.path) == ("reading-grade", "content/leaflets/child.yaml")
