"""Whether the country in a tag is needed."""

from pathlib import Path

import pytest

from leaflets.languages.regions import explain_region
from tests.conftest import Run
from tests.support.projects import write_project

NAMED = ("pt-BR", "pt-PT", "es-MX", "es-419", "es-ES", "en-GB", "fa-AF", "fr-CA", "nl-BE", "sw-CD")


@pytest.mark.parametrize("tag", ["sw", "es", "zh-Hans", "zh-Hant", "sr-Latn", "fil"])
def test_a_tag_without_a_country_needs_no_word(tag: str) -> None:
    assert explain_region(tag, ("en", "es", "zh-Hans")) == ""


@pytest.mark.parametrize("tag", NAMED)
def test_a_form_that_cldr_names_needs_no_word(tag: str) -> None:
    assert explain_region(tag, ("ar",)) == ""


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (
            "sw-KE",
            'only the Swahili of Kenya, which CLDR does not tell from other Swahili. For every reader of it the tag is "sw".',
        ),
        ("ar-SY", "only the Arabic of Syria"),
        ("zh-Hant-HK", 'the tag is "zh-Hant"'),
        ("hi-IN", '"hi-IN" is what "hi" means already: Hindi as in India.'),
        ("sw-TZ", '"sw-TZ" is what "sw" means already'),
        ("sr-Cyrl-RS", '"sr-Cyrl-RS" is what "sr-Cyrl" means already'),
    ],
)
def test_a_country_that_tells_nothing_apart_is_said_to_be_one(tag: str, said: str) -> None:
    assert said in explain_region(tag, ("en",))


@pytest.mark.parametrize("tag", ["es-MX", "es-ES", "es-CU"])
def test_a_second_form_of_a_language_that_is_here_is_said_to_be_one(tag: str) -> None:
    assert f'There is "es" (Spanish) here already; "{tag}" is a translation of its own' in explain_region(tag, ("en", "es"))


def test_a_language_is_begun_with_its_country_and_how_to_go_back_is_said_once(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    result = run("--project", project.root, "translate", "start", "sw-KE")
    assert result.exit_code == 0
    assert result.stdout.endswith("To go back: leaflets translate remove sw-KE; leaflets translate start sw\n")
    assert (project.root / "content/topics/sw-KE/signs.yaml").exists()
    assert "what you mean?" not in run("--project", project.root, "translate", "start", "sw-KE").stdout


def test_a_form_that_cldr_names_is_begun_without_a_question(tmp_path: Path, run: Run) -> None:
    said = run("--project", write_project(tmp_path / "project").root, "translate", "start", "es-MX").stdout
    assert said.endswith("is a translation of its own beside it. To go back: leaflets translate remove es-MX\n")
    assert "what you mean?" not in said
