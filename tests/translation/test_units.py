"""How far a language is, unit by unit."""

import gc
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project, load_project, reload_language
from leaflets.content.provenance import hash_words
from leaflets.content.signoffs import Reading, Role, SignOff, least_status
from leaflets.edition import EditionLanguages, Print
from leaflets.model import SOURCE_LOCALE, Status, Text
from leaflets.problems import Place
from leaflets.translation import units as module
from leaflets.translation.units import (
    STATES,
    SURVEYS,
    State,
    Unit,
    has_begun,
    is_label,
    list_begun,
    list_printed,
    list_recorded,
    list_source,
    list_words,
    pick_printed,
    survey_language,
)
from tests.support.projects import ROOT, SMALL_PROJECT, add_signoffs, record_translation, sign_all, write_project

ENGLISH = "content/topics/en/signs.yaml"
SPANISH = "content/topics/es/signs.yaml"
HARD = "signs.lumps.hard"


def rewrite(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def survey(root: Path, tag: str = "es") -> Mapping[str, Unit]:
    return survey_language(load_project(root), tag)


def sign(root: Path, role: Role, name: str, unit: str, english: str, words: str) -> None:
    add_signoffs(root, "es", SignOff(role, name, date(2026, 11, 21), {unit: Reading(english, words)}))


def make(words: str | None, made_from: str | None, status: Status) -> Unit:
    return Unit(HARD, Text("Hard", Place("en")), Text(words, Place("es")) if words else None, made_from, status)


@pytest.mark.parametrize(
    ("unit", "state", "done"),
    [
        (make(None, None, Status.MACHINE_DRAFT), "missing", False),
        (make(None, "Hard", Status.MACHINE_DRAFT), "missing", False),
        (make("Duro", None, Status.MACHINE_DRAFT), "stale", False),
        (make("Duro", "Soft", Status.MACHINE_DRAFT), "stale", False),
        (make("Duro", "hard", Status.MACHINE_DRAFT), "stale", False),
        (make("Duro", "Soft", Status.CLINICALLY_CHECKED), "stale", False),
        (make("Duro", "Hard", Status.MACHINE_DRAFT), "draft", True),
        (make("Duro", "Hard", Status.TRANSLATED), "translated", True),
        (make("Duro", "Hard", Status.REVISED), "revised", True),
        (make("Duro", "Hard", Status.CLINICALLY_CHECKED), "checked", True),
    ],
)
def test_a_unit_is_missing_stale_or_as_far_as_it_was_signed(unit: Unit, state: str, done: bool) -> None:
    assert (unit.state, unit.done) == (state, done)


def test_states_go_from_least_to_most_like_statuses() -> None:
    assert [*State] == ["missing", "stale", "draft", "translated", "revised", "checked"]
    assert [STATES[status] for status in Status] == [*State][2:]


def test_every_text_that_a_leaflet_may_print_is_a_unit_topics_first_then_terms_then_labels(tmp_path: Path) -> None:
    units = list(list_source(write_project(tmp_path)))
    assert units[:9] == [
        "adult.title",
        "adult.for-whom",
        "get-help.title",
        "get-help.emergency.heading",
        "get-help.emergency.fever",
        "signs.title",
        HARD,
        "signs.lumps.fever",
        "terms/lump",
    ]
    assert "labels/Page {page} of {pages}" in units
    assert all(map(is_label, units[9:]))
    assert not any(map(is_label, units[:9]))


def test_all_but_labels_is_on_record(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert list(list_recorded(project)) == [unit for unit in list_source(project) if not unit.startswith("labels/")]
    assert set(list_recorded(project)) == set(project.languages["es"].records)


def test_the_words_of_a_language_are_those_of_its_topics_terms_and_labels(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    words = list_words(project, "es")
    assert (words[HARD].words, words["terms/lump"].words) == ("Puede sentir bultos duros.", "bulto")
    assert words["labels/Same day"].words == "El mismo día"
    assert list_words(project, SOURCE_LOCALE) == list_source(project)
    assert list_words(project, "fr") == {}


def test_a_recorded_translation_is_a_draft_from_end_to_end(tmp_path: Path) -> None:
    units = survey_language(write_project(tmp_path), "es")
    assert {unit.state for unit in units.values()} == {State.DRAFT}
    assert units[HARD] == Unit(
        HARD,
        Text("You may feel hard lumps.", Place(ENGLISH, 6)),
        Text("Puede sentir bultos duros.", Place(SPANISH, 4)),
        "You may feel hard lumps.",
        Status.MACHINE_DRAFT,
    )


def test_the_source_is_never_missing_or_stale(tmp_path: Path) -> None:
    write_project(tmp_path)
    assert {unit.state for unit in survey(tmp_path, SOURCE_LOCALE).values()} == {State.DRAFT}
    sign_all(tmp_path, SOURCE_LOCALE)
    assert {unit.state for unit in survey(tmp_path, SOURCE_LOCALE).values()} == {State.CHECKED}
    rewrite(tmp_path, ENGLISH, "hard lumps", "firm lumps")
    units = survey(tmp_path, SOURCE_LOCALE)
    assert [unit.id for unit in units.values() if unit.state is not State.CHECKED] == [HARD]
    assert units[HARD].state is State.DRAFT


@pytest.mark.parametrize(
    ("name", "old", "new", "unit"),
    [
        (SPANISH, "    hard: Puede sentir bultos duros.\n", "", HARD),
        (SPANISH, "hard: Puede sentir bultos duros.", "hard:", HARD),
        (SPANISH, "hard: Puede sentir bultos duros.", "hard: ''", HARD),
        (SPANISH, "hard: Puede sentir bultos duros.", "hard: ' '", HARD),
        ("content/terms/es.yaml", "term: bulto", "term:", "terms/lump"),
        ("translations/es/LC_MESSAGES/messages.po", 'msgstr "El mismo día"', 'msgstr ""', "labels/Same day"),
    ],
)
def test_words_that_are_not_there_or_empty_are_missing(tmp_path: Path, name: str, old: str, new: str, unit: str) -> None:
    write_project(tmp_path)
    sign_all(tmp_path, "es")
    rewrite(tmp_path, name, old, new)
    units = survey(tmp_path)
    assert {each.id for each in units.values() if each.state is State.MISSING} == {unit}
    assert (units[unit].words, units[unit].status) == (None, Status.MACHINE_DRAFT)


def test_a_change_of_the_english_makes_its_unit_stale_and_no_other(tmp_path: Path) -> None:
    write_project(tmp_path)
    sign_all(tmp_path, "es")
    rewrite(tmp_path, ENGLISH, "hard lumps", "firm lumps")
    units = survey(tmp_path)
    assert {id for id, unit in units.items() if unit.state is State.STALE} == {HARD}
    assert (units[HARD].made_from, units[HARD].status) == ("You may feel hard lumps.", Status.MACHINE_DRAFT)
    record_translation(tmp_path)
    assert {id for id, unit in survey(tmp_path).items() if unit.state is not State.CHECKED} == {HARD}
    assert survey(tmp_path)[HARD].state is State.DRAFT


def test_a_change_of_an_english_term_makes_its_word_stale(tmp_path: Path) -> None:
    write_project(tmp_path)
    rewrite(tmp_path, "content/terms/en.yaml", "term: lump", "term: bump")
    assert {id for id, unit in survey(tmp_path).items() if unit.state is State.STALE} == {"terms/lump"}


def test_a_language_without_records_is_stale_but_for_its_labels(tmp_path: Path) -> None:
    units = survey_language(write_project(tmp_path, record=False), "es")
    assert {is_label(id) for id, unit in units.items() if unit.state is State.STALE} == {False}
    assert {is_label(id) for id, unit in units.items() if unit.state is State.DRAFT} == {True}


def test_a_change_of_the_words_takes_their_sign_offs_away(tmp_path: Path) -> None:
    write_project(tmp_path)
    sign_all(tmp_path, "es")
    assert {unit.state for unit in survey(tmp_path).values()} == {State.CHECKED}
    rewrite(tmp_path, SPANISH, "bultos duros", "bultos muy duros")
    assert {id: unit.state for id, unit in survey(tmp_path).items() if unit.state is not State.CHECKED} == {HARD: State.DRAFT}


@pytest.mark.parametrize(
    ("roles", "state"),
    [
        ([Role.TRANSLATOR], State.TRANSLATED),
        ([Role.REVISER], State.REVISED),
        ([Role.TRANSLATOR, Role.REVISER], State.REVISED),
        ([Role.REVISER, Role.CLINICIAN], State.CHECKED),
        ([Role.CLINICIAN], State.DRAFT),
    ],
)
def test_sign_offs_give_every_unit_its_state_terms_and_labels_too(tmp_path: Path, roles: list[Role], state: State) -> None:
    write_project(tmp_path)
    project = sign_all(tmp_path, "es", roles)
    assert {unit.state for unit in survey_language(project, "es").values()} == {state}


def test_the_record_of_what_words_were_made_from_says_nothing_of_who_read_them(tmp_path: Path) -> None:
    write_project(tmp_path)
    sign(tmp_path, Role.REVISER, "Test B", HARD, "You may feel hard lumps.", "Puede sentir bultos duros.")
    (tmp_path / "translations/es/review.yaml").unlink()
    unit = survey(tmp_path)[HARD]
    assert (unit.status, unit.state, unit.made_from) == (Status.REVISED, State.STALE, None)


def test_a_leaflet_prints_the_units_of_its_topics_their_terms_and_every_label_each_once(tmp_path: Path) -> None:
    words = SMALL_PROJECT[ENGLISH] + "  words:\n    references: [Book]\n    terms:\n      lump: A hard spot.\n"
    spanish = SMALL_PROJECT[SPANISH] + "  words:\n    lump: Un punto duro.\n"
    terms = {"content/terms/en.yaml": "lump:\n  term: lump\nrash:\n  term: rash\n"}
    terms |= {"content/terms/es.yaml": "lump:\n  term: bulto\nrash:\n  term: erupción\n"}
    project = write_project(tmp_path, {ENGLISH: words, SPANISH: spanish, **terms})
    printed = list_printed(project, "adult", Print.LEAFLET)
    assert printed[:10] == (
        *("adult.title", "adult.for-whom"),
        *("signs.title", HARD, "signs.lumps.fever", "signs.words.lump"),
        *("get-help.title", "get-help.emergency.heading", "get-help.emergency.fever"),
        "terms/lump",
    )
    outlines = ("leaflet.adult", "topic.adult", "topic.signs", "topic.get-help")
    assert printed[10:] == (*filter(is_label, list_source(project)), *(f"outlines/{name}" for name in outlines))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/terms/es.yaml", "term: bulto", "term: bola"),
        ("translations/es/LC_MESSAGES/messages.po", 'msgstr "El mismo día"', 'msgstr "Hoy mismo"'),
    ],
)
def test_a_term_or_a_label_that_nobody_read_makes_the_leaflet_a_draft(tmp_path: Path, name: str, old: str, new: str) -> None:
    words = {ENGLISH: SMALL_PROJECT[ENGLISH] + "  words:\n    references: [Book]\n    terms:\n      lump: A hard spot.\n"}
    words[SPANISH] = SMALL_PROJECT[SPANISH] + "  words:\n    lump: Un punto duro.\n"
    write_project(tmp_path, words)
    statuses = []
    project = sign_all(tmp_path, "es")
    statuses.append(least_status(unit.status for unit in pick_printed(project, "adult", Print.LEAFLET, survey(tmp_path))))
    rewrite(tmp_path, name, old, new)
    statuses.append(least_status(unit.status for unit in pick_printed(project, "adult", Print.LEAFLET, survey(tmp_path))))
    assert statuses == [Status.CLINICALLY_CHECKED, Status.MACHINE_DRAFT]


def test_every_language_that_is_kept_here_has_every_unit() -> None:
    project = load_project(ROOT)
    for tag, language in project.languages.items():
        units, needed = survey_language(project, tag), list_begun(project, tag)
        assert {id for id in needed if id in units and not units[id].done} == set(), tag
        whole = has_begun(project, tag, "adult", Print.LEAFLET)
        assert (needed >= set(project.units)) == whole, tag
        recorded = set() if tag == SOURCE_LOCALE else set(list_recorded(project))
        assert set(language.records) == (recorded if whole else recorded & needed), tag
        untouched = [
            id for id in language.records if language.records[id].sha256 == hash_words(list_words(project, tag)[id].words)
        ]
        assert len(untouched) == len(language.records)


def count_surveys(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each language is surveyed from now on."""
    counted: Counter[str] = Counter()
    make_survey = module.make_survey

    def count(project: Project, tag: str) -> dict[str, Unit]:
        counted[tag] += 1
        return make_survey(project, tag)

    monkeypatch.setattr(module, "make_survey", count)
    return counted


def test_a_language_is_surveyed_once_for_all_that_is_made_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = write_project(tmp_path)
    counted = count_surveys(monkeypatch)
    for _ in range(3):
        for tag in project.languages:
            make_document(project, "adult", tag, EditionLanguages.BOTH, None)
    assert counted == {"en": 1, "es": 1}


def test_a_project_that_changed_is_surveyed_anew(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert survey_language(project, "es")[HARD].state is State.DRAFT
    bare = replace(project, languages={**project.languages, "es": replace(project.languages["es"], records={})})
    assert survey_language(bare, "es")[HARD].state is State.STALE
    rewrite(tmp_path, SPANISH, "bultos duros", "bultos muy duros")
    words = survey_language(reload_language(project, "es"), "es")[HARD].words
    assert str(words) == "Puede sentir bultos muy duros."
    assert str(survey_language(project, "es")[HARD].words) == "Puede sentir bultos duros."


def test_the_surveys_of_a_project_go_with_it(tmp_path: Path) -> None:
    gc.collect()
    before = len(SURVEYS)
    project = write_project(tmp_path)
    survey_language(project, "es")
    assert project in SURVEYS
    del project
    gc.collect()
    assert len(SURVEYS) <= before
