"""The numbers that two languages share."""

from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.numbering import find_paragraph_numbers, list_passages, pair_passages
from leaflets.languages.runs import join_runs
from leaflets.model import EditionLanguages
from tests.support.projects import SMALL_PROJECT, write_project

SIGNS = "content/topics/en/signs.yaml"


@pytest.mark.parametrize("locale", ["ar", "es", "hi", "ka", "ur", "zh-Hans"])
@pytest.mark.parametrize("name", ["adult", "cutis", "pediatric"])
def test_the_same_number_stands_on_the_same_words_in_both_languages(project: Project, name: str, locale: str) -> None:
    pairs = pair_passages(*(make_document(project, name, each, EditionLanguages.BOTH, None) for each in (locale, "en")))
    numbers = [paragraph.number for own, _ in pairs for paragraph in own.paragraphs if paragraph.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= sum(len(part.entries) for own, _ in pairs if (part := own.part))
    units = {"en": project.units, locale: project.languages[locale].words}
    found = {words.words: unit for unit, words in units[locale].items()}
    for own, other in pairs:
        for one, two in zip(own.paragraphs, other.paragraphs, strict=True):
            if unit := found.get(join_runs(one.words)):
                assert join_runs(two.words) == units["en"][unit].words


def test_two_languages_that_are_not_built_alike_are_refused(project: Project) -> None:
    own, other = (make_document(project, "adult", locale, EditionLanguages.BOTH, None) for locale in ("es", "en"))
    with pytest.raises(ValueError, match="longer than"):
        pair_passages(replace(own, sections=own.sections[1:]), other)
    first = own.sections[0]
    part = replace(first.parts[0], entries=first.parts[0].entries[1:])
    shorter = replace(own, sections=(replace(first, parts=(part, *first.parts[1:])), *own.sections[1:]))
    with pytest.raises(ValueError, match="not built alike"):
        pair_passages(shorter, other)


def test_an_answer_is_found_by_its_numbers(tmp_path: Path) -> None:
    groups = "    groups:\n      touch:\n        heading: To touch\n        items: [hard]\n"
    groups += "      feel:\n        heading: To feel\n        items: [fever]\n"
    project = write_project(tmp_path, {SIGNS: SMALL_PROJECT[SIGNS] + groups})
    passages = list_passages(make_document(project, "adult", "en", EditionLanguages.SOURCE, None))
    first, last = find_paragraph_numbers(passages, "signs.lumps")
    words = {each.number: join_runs(each.words) for passage in passages for each in passage.paragraphs}
    assert words[first] == "You may feel hard lumps."
    assert words[last] == "Call if your fever is above 38.5 °C."
