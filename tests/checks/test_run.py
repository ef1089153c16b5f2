"""How much the checks do to look at everything: counted, since times differ by machine."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from leaflets import model
from leaflets.checks.run import list_pairs, select_problems
from leaflets.content.project import load_project
from leaflets.languages import phrases
from leaflets.model import Topic
from leaflets.problems import Place, Problem, Severity
from leaflets.translation.units import list_source
from tests.support.projects import ROOT, SMALL_PROJECT, find_all, write_project
from tests.support.small import SPANISH_SIGNS, say

SIGNS = "content/topics/{}/signs.yaml"
FEVER = {"en": "      fever: Call if your fever is above 38.5 °C.\n", "es": "    fever: Llame si la fiebre pasa de 38,5 °C.\n"}
NEVER_NEEDED = ("weasyprint", "pydyf", "jinja2", "openpyxl", "phonenumbers", "PIL", "starlette")


def lengthen(units: int) -> dict[str, str]:
    """Give the small project more of the same unit."""
    return {
        SIGNS.format(tag): SMALL_PROJECT[SIGNS.format(tag)] + "".join(line.replace("fever", f"more-{i}", 1) for i in range(units))
        for tag, line in FEVER.items()
    }


def count_visits(root: Path, units: int, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often the units of each topic are listed while a project is checked."""
    project = write_project(root, lengthen(units))
    counted: Counter[str] = Counter()
    visit_texts = model.visit_texts

    def count(topic: Topic, visit: object) -> Topic:
        counted[topic.name] += 1
        return visit_texts(topic, visit)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(model, "visit_texts", count)
        assert [each.id for each in find_all(project) if each.id not in ("different-translations", "twice-said")] == []
    return counted


@pytest.mark.parametrize("units", [0, 5])
def test_units_are_listed_once_a_translation_and_once_a_print(
    tmp_path: Path, units: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert count_visits(tmp_path, units, monkeypatch) == {"adult": 3, "signs": 3, "get-help": 3}


def test_pairs_of_all_languages_share_the_vocabularies_of_the_project() -> None:
    project = load_project(ROOT)
    shared = {id(pair.lexicon.vocabularies) for tag in ("es", "ur") for pair in list_pairs(project, tag)}
    assert shared == {id(project.vocabularies)}


def test_words_are_looked_for_in_the_english_once_for_all_translations_with_the_same_terms() -> None:
    project = load_project(ROOT)
    phrases.find_names.cache_clear()
    find_all(project)
    languages = [each for tag, each in project.languages.items() if tag != "en"]
    kinds = {frozenset(each.terms) for each in languages}  # those with sheets alone have fewer
    texts = {text.words for text in list_source(project).values()}
    asked = phrases.find_names.cache_info()
    assert asked.misses <= len(kinds) * len(texts) < len(languages) * len(texts) / 10
    assert asked.hits >= sum(len(each.words) for each in languages)


@pytest.mark.slow
def test_a_check_loads_nothing_that_only_a_page_or_a_clinic_needs() -> None:
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom leaflets.cli.main import main\n"
        "result = CliRunner().invoke(main, ['check'])\n"
        f"print(result.exit_code, [name for name in {NEVER_NEEDED} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "0 []\n"


PLACES = (
    "content/topics/en/signs.yaml",
    "content/topics/es/signs.yaml",
    "content/topics/es/adult.yaml",
    "content/terms/es.yaml",
    "content/references.yaml",
)


def test_problems_are_picked_by_language_and_by_topic(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    problems = [Problem("odd", Severity.ERROR, Place(path, 1), "odd") for path in PLACES]

    def pick(locales: tuple[str, ...] = (), topics: tuple[str, ...] = ()) -> list[str]:
        return [each.place.path for each in select_problems(project, problems, locales, topics)]

    assert pick() == [*PLACES]
    assert pick(locales=("es",)) == [*PLACES[1:4]]
    assert pick(topics=("signs",)) == [*PLACES[:2]]
    assert pick(("es",), ("adult", "terms")) == [*PLACES[2:4]]
    assert pick(("en",), ("adult",)) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('Look: <img src="x.png">', '<img src=\\"x.png\\">'),
        ("Hard&nbsp;lumps.", "&nbsp;"),
        ("Hard&#160;lumps.", "&#160;"),
        ("Hard <br/>lumps.", "<br/>"),
        ("Hard lumps.</p>", "</p>"),
        ("Hard <!-- soft --> lumps.", "<!-- soft -->"),
    ],
)
def test_what_looks_like_html_is_an_error_in_any_language(tmp_path: Path, words: str, found: str) -> None:
    typed = words.replace('"', '\\"')
    for tag, changes in {"en": say(typed), "es": {SPANISH_SIGNS: say("x", typed)[SPANISH_SIGNS]}}.items():
        [problem] = [each for each in find_all(write_project(tmp_path / tag, changes)) if each.id == "html-in-text"]
        assert (problem.place.path, problem.place.line) == (SIGNS.format(tag), {"en": 6, "es": 4}[tag])
        assert found.replace("\\", "") in problem.message


@pytest.mark.parametrize("words", ["A < b & c > d", "3 <5", "<3", "a<-b"])
def test_signs_that_are_no_html_are_fine(tmp_path: Path, words: str) -> None:
    assert "html-in-text" not in [each.id for each in find_all(write_project(tmp_path, say(words, words)))]
