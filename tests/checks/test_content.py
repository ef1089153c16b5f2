"""Checks of the source, each broken once in a small project that is otherwise without a problem."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaflets.checks import check
from leaflets.problems import RULES, Place, Problem, Rule, Severity
from tests.support.projects import QUESTIONS, ROOT, SMALL_PROJECT, find_all, write_project
from tests.support.small import COUNTRIES, HELP, LEAFLET, REFERENCES, SIGNS, SPANISH_HELP, SPANISH_SIGNS, only_problem, say, swap


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
    ],
)
def test_a_leaflet_that_names_what_does_not_exist_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    problems = find_all(write_project(tmp_path, swap(LEAFLET, old, new)))
    assert {(problem.id, problem.place.path) for problem in problems} == {("unknown-topic", LEAFLET)}
    assert said in problems[0].message


@pytest.mark.parametrize(("old", "new"), [("  - signs\n", ""), ("  - signs\n  - get-help\n", "  - get-help\n  - signs\n")])
def test_a_leaflet_may_have_its_topics_in_any_order_and_leave_some_out(tmp_path: Path, old: str, new: str) -> None:
    assert find_all(write_project(tmp_path, swap(LEAFLET, old, new))) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (LEAFLET, "  - get-help\n", ""),
        (HELP, "level: emergency", "level: same-day"),
        (HELP, "level: emergency", "level: emergency\n    when: us"),
        (HELP, "fever: A fever in a baby", "fever:\n        when: us\n        text: A fever"),
    ],
)
def test_a_leaflet_without_the_signs_of_an_emergency_for_every_clinic_is_found(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    problems = find_all(write_project(tmp_path, swap(file, old, new)))
    assert [(problem.id, problem.place.path) for problem in problems] == [("no-emergency-box", LEAFLET)]


def test_a_topic_that_is_not_there_is_not_blamed_for_its_emergency_box(tmp_path: Path) -> None:
    problems = find_all(write_project(tmp_path, swap(LEAFLET, "  - get-help", "  - get-helps")))
    assert {problem.id for problem in problems} == {"unknown-topic"}


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


URGENT = "      fever:\n        when: {}\n        text: A fever {{urgent_phone}} in a baby\n      sore: A sore"
SPANISH_URGENT = "    fever: Fiebre {urgent_phone} en un bebé\n    sore: Una llaga"


@pytest.mark.parametrize(("condition", "found"), [("urgent-phone", set()), ("crisis-phone", {"phone-without-when"})])
def test_a_number_that_a_clinic_may_not_have_stands_under_its_condition(tmp_path: Path, condition: str, found: set[str]) -> None:
    english = swap(HELP, "      fever: A fever in a baby", URGENT.format(condition))
    spanish = swap(SPANISH_HELP, "    fever: Fiebre en un bebé", SPANISH_URGENT)
    problems = find_all(write_project(tmp_path, english | spanish))
    assert {(each.id, str(each.place)) for each in problems} == {(id, f"{HELP}:8") for id in found}


def test_a_heading_with_a_number_that_a_clinic_may_not_have_needs_a_condition(tmp_path: Path) -> None:
    english, spanish = (swap(name, "{emergency_number}", "{urgent_phone}") for name in (HELP, SPANISH_HELP))
    problem = only_problem(tmp_path, english | spanish)
    assert (problem.id, problem.place) == ("phone-without-when", Place(HELP, 5))


def test_an_answer_that_some_clinics_would_not_print_is_found(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, QUESTIONS | swap(SIGNS, "  lumps:\n", "  lumps:\n    when: us\n"))
    assert problem.id == "unknown-answer"
    assert "that every clinic prints" in problem.message


def test_a_support_group_for_a_leaflet_that_does_not_exist_is_found(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, swap(COUNTRIES, "    web:", "    for: [adults]\n    web:"))
    assert (problem.id, problem.place) == ("unknown-audience", Place(COUNTRIES, 6))


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


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">{}</svg>'
BADGE = '<g transform="translate(3 3)"><circle r="2.5" fill="#ffffff"/></g>'
FIGURES = "templates/figures"


def write_figure(picture: str = "spot", labels: str = "a: Fat\n        b: Skin") -> dict[str, str | None]:
    """Add a figure with two labels to the signs, and its drawing with two numbers."""
    figure = f"    figure:\n      picture: {picture}\n      alt: A spot\n      labels:\n        {labels}\n"
    english = f"  where:\n    references: [Book]\n{figure}"
    spanish = "  where:\n    alt: Una mancha\n    a: Grasa\n    b: Piel\n"
    return {
        SIGNS: SMALL_PROJECT[SIGNS] + english,
        SPANISH_SIGNS: SMALL_PROJECT[SPANISH_SIGNS] + spanish,
        f"{FIGURES}/spot.svg": SVG.format(BADGE * 2),
    }


def test_a_drawing_with_a_number_for_each_label_is_fine(tmp_path: Path) -> None:
    assert find_all(write_project(tmp_path, write_figure())) == []


def test_a_figure_without_its_drawing_is_found(tmp_path: Path) -> None:
    [unknown, unused] = find_all(write_project(tmp_path, write_figure("spt")))
    assert (unknown.id, unknown.place) == ("unknown-picture", Place(SIGNS, 8))
    assert "spot" in unknown.remedy
    assert (unused.id, unused.severity, unused.place) == ("unused-picture", Severity.WARNING, Place(f"{FIGURES}/spot.svg"))


def test_a_figure_may_have_a_drawing_for_each_label(tmp_path: Path) -> None:
    labels = "a: Fat\n        b:\n          icon: hand\n          text: Skin"
    drawings = {f"{FIGURES}/parts/{name}.svg": SVG.format("") for name in ("a", "hand")}
    changes = write_figure("parts", labels) | {f"{FIGURES}/spot.svg": None} | drawings
    assert find_all(write_project(tmp_path, changes)) == []


def test_a_label_without_its_drawing_is_found(tmp_path: Path) -> None:
    changes = write_figure("parts") | {f"{FIGURES}/spot.svg": None, f"{FIGURES}/parts/a.svg": SVG.format("")}
    [problem] = find_all(write_project(tmp_path, changes))
    assert (problem.id, problem.place) == ("unknown-picture", Place(SIGNS, 15))
    assert '"parts/b"' in problem.message


@pytest.mark.parametrize("numbers", [0, 1, 3])
def test_a_drawing_with_more_or_fewer_numbers_than_labels_is_found(tmp_path: Path, numbers: int) -> None:
    changes = write_figure() | {f"{FIGURES}/spot.svg": SVG.format(BADGE * numbers)}
    [problem] = find_all(write_project(tmp_path, changes))
    assert (problem.id, problem.place) == ("wrong-key", Place(SIGNS, 8))
    assert f"{numbers} numbers for 2 labels in adult" in problem.message


@pytest.mark.parametrize(
    ("svg", "said"),
    [
        (SVG.format(BADGE * 2 + "<text>Fat</text>"), "<text>"),
        (SVG.format(BADGE * 2 + "<g>Fat</g>"), "words"),
        (SVG.format(BADGE * 2 + '<image href="a.png"/>'), "<image>"),
        (SVG.format(BADGE * 2 + '<path d="M0 0" onclick="x"/>'), '"onclick"'),
        (SVG.format(BADGE * 2 + '<path d="M0 0" style="fill: red"/>'), '"style"'),
        (SVG.format(BADGE * 2 + '<path d="M0 0" fill="#ff0000"/>'), '"#ff0000"'),
        (SVG.format(BADGE * 2 + '<path d="M0 0" fill="url(#a)"/>'), '"url(#a)"'),
        (SVG.format(BADGE * 2 + '<path d="M0 0" stroke-width="0.2"/>'), '"0.2"'),
        (SVG.format(BADGE * 2 + '<path d="M0 0" stroke-width="1%"/>'), '"1%"'),
        (SVG.format(BADGE * 2).replace("0 0 20 20", "0 0 20"), "viewBox"),
        ("<svg", "not XML"),
    ],
)
def test_a_drawing_holds_nothing_but_plain_shapes(tmp_path: Path, svg: str, said: str) -> None:
    changes = write_figure() | {f"{FIGURES}/spot.svg": svg}
    problems = find_all(write_project(tmp_path, changes))
    assert {(problem.id, problem.place) for problem in problems} == {("odd-drawing", Place(f"{FIGURES}/spot.svg"))}
    assert any(said in problem.message for problem in problems)


def test_the_drawings_of_the_project_are_no_larger_than_a_page_can_carry() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / FIGURES).rglob("*.svg")}
    assert len(sizes) > 30
    assert {name: size for name, size in sizes.items() if size > 16_000} == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [("    references", "    for: [pediatric]\n    references"), ("    references", "    when: us\n    references")],
)
def test_an_insert_that_some_clinics_would_print_empty_is_found(tmp_path: Path, old: str, new: str) -> None:
    apart = swap(LEAFLET, "  - signs\n", "")
    apart[LEAFLET] += "inserts: [signs]\n"
    assert find_all(write_project(tmp_path / "whole", apart)) == []
    problems = find_all(write_project(tmp_path / "empty", apart | swap(SIGNS, old, new)))
    assert "empty-insert" in {problem.id for problem in problems}
