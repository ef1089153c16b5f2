"""Every script of the project on the sheet, filled with real words before anybody has translated them."""

import pytest

from leaflets.content.project import Project
from leaflets.edition import Print
from leaflets.languages.fonts import read_fonts
from leaflets.languages.locales import script
from leaflets.pdf.engine import Engine
from tests.support.projects import ROOT
from tests.support.scripts import LANGUAGES, list_pool, make_page, measure_ratio, write_words

LENGTH = {"page-budget", "late-alert", "near-edge", "lone-line", "long-line"}
"""What comes of a language that is longer than the sheet has room for; `python -m tests.support.scripts` prints a table of it."""
BY_SCRIPT = {script(tag): tag for tag in reversed(LANGUAGES)}
FAST = ("th", "ja", "kn", "nqo")


def find_wrong(project: Project, engine: Engine, tag: str) -> list[str]:
    """List what is wrong but for the length; panels that a page tears are read in another order."""
    _, _, problems = make_page(project, engine, tag, Print.SHEET)
    long = any(problem.id == "page-budget" for problem in problems)
    return [str(problem) for problem in problems if problem.id not in LENGTH | ({"text-differs"} if long else set())]


def test_every_script_that_fonts_are_pinned_for_is_tried() -> None:
    scripts = {key for key in read_fonts(ROOT / "templates").typographies if len(key) == 4}
    assert set(BY_SCRIPT) == scripts
    assert "ur" in LANGUAGES


@pytest.mark.parametrize("tag", FAST)
def test_a_sheet_of_real_words_has_every_letter_and_no_torn_word(project: Project, engine: Engine, tag: str) -> None:
    assert find_wrong(project, engine, tag) == []


@pytest.mark.slow
@pytest.mark.parametrize("tag", [tag for tag in BY_SCRIPT.values() if tag not in FAST])
def test_so_has_one_of_every_other_script(project: Project, engine: Engine, tag: str) -> None:
    assert find_wrong(project, engine, tag) == []


@pytest.mark.parametrize("tag", ["km", "ja", "am", "ps"])
def test_its_words_are_of_the_language_and_as_long_as_a_translation(tag: str) -> None:
    english = "Call your clinic the same day if a lump is red, hot or swollen. Do not squeeze it. " * 4
    words = write_words(english, tag)
    assert len(list_pool(tag)) > 500
    assert len(words) == pytest.approx(len(english) * measure_ratio(tag), rel=0.25)
    assert words == write_words(english, tag)


def test_what_a_translator_must_keep_stays() -> None:
    words = write_words("Call {clinic_phone} **now** above 38.5 °C (101.3 °F).", "th")
    assert [kept for kept in ("{clinic_phone}", "**", "38.5 °C", "101.3 °F") if kept not in words] == []
