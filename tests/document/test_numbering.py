"""The numbers that two languages share."""

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.html import render_html
from leaflets.document.numbering import count_entries, find_paragraph_numbers, list_passages, write_passage
from leaflets.edition import EditionLanguages, Print
from leaflets.languages.runs import join_runs


@pytest.mark.parametrize("locale", ["ar", "es", "hi", "ka", "ur", "zh-Hans"])
@pytest.mark.parametrize("name", ["adult", "cutis", "pediatric"])
def test_the_same_number_stands_on_the_same_words_of_a_sheet_in_both_languages(project: Project, name: str, locale: str) -> None:
    own, english = (list_passages(make_document(project, name, each, EditionLanguages.BOTH, None)) for each in (locale, "en"))
    pairs = [(a, b) for one, two in zip(own, english, strict=True) for a, b in zip(one.paragraphs, two.paragraphs, strict=True)]
    numbers = [a.number for a, _ in pairs]
    assert numbers == [b.number for _, b in pairs]
    assert list(filter(None, numbers)) == list(range(1, max(numbers) + 1))
    units = {"en": project.units, locale: project.languages[locale].words}
    found = {words.words: unit for unit, words in units[locale].items()}
    for one, two in pairs:
        if unit := found.get(join_runs(one.words)):
            assert join_runs(two.words) == units["en"][unit].words


def test_an_answer_is_found_by_its_numbers_on_the_sheet(project: Project) -> None:
    passages = list_passages(make_document(project, "adult", "en", EditionLanguages.SOURCE, None))
    [(first, last)] = find_paragraph_numbers(passages, ["get-help.soon", "signs.lumps"])  # the sheet has no signs.lumps
    words = {each.number: join_runs(each.words) for passage in passages for each in passage.paragraphs}
    assert words[first].startswith("A new lump, or one that grows")
    assert words[last] == "Any lump in a breast, testicle, or the scrotum"
    [passage] = [each for each in passages if each.name == "get-help.soon"]
    assert write_passage(passage) == f"{first} {words[first]} {last} {words[last]}"


def test_every_paragraph_of_a_sheet_but_the_sentence_before_a_list_has_a_number(project: Project) -> None:
    document = make_document(project, "adult", "en", EditionLanguages.SOURCE, None)
    paragraphs = [each for passage in list_passages(document) for each in passage.paragraphs]
    assert sum(not each.number for each in paragraphs) == sum(len(part.leads) for part in document.sheet_parts()) > 0
    assert max(each.number for each in paragraphs) == count_entries((*document.front, *document.back)) > 30


def test_the_back_of_a_sheet_goes_on_with_the_numbers_of_the_front_in_both_languages(project: Project) -> None:
    own, english = (make_document(project, "adult", tag, EditionLanguages.OWN, None) for tag in ("ar", "en"))
    html = render_html(own, project.editions["bilingual"].fit(Print.SHEET), project.root / "templates", english)
    numbers = [count_entries(text.front) for text in (own, english)]
    assert numbers[0] == numbers[1] > 0
    for before in (0, numbers[0]):
        assert html.count(f"counter-reset: list-item {before}") == 2
