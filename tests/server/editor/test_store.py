"""The language that a translator works on: its problems, what a save changes, and what it refuses."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import leaflets.server.editor.store as editor_store
from leaflets.content.project import Project, load_project, reload_language
from leaflets.content.waivers import format_waivers
from leaflets.problems import LeafletsError, SetupError
from leaflets.review.waive import add_waiver
from leaflets.server.editor.describe import describe_unit
from leaflets.server.editor.store import Change, ConflictError, LanguageStore, Snapshot, check_words, plan_save, take_snapshot
from tests.support.editor import (
    ENGLISH,
    FEVER,
    FEVER_ENGLISH,
    FEVER_WORDS,
    FONTS,
    HARD,
    MISSING,
    SPANISH,
    change_file,
    list_changed_lines,
    look,
    look_again,
)
from tests.support.projects import SMALL_PROJECT


def ids(found: Snapshot, unit: str, words: str) -> list[str]:
    return [problem.id for problem in check_words(found, unit, words)]


def test_words_are_checked_as_the_files_are(tmp_path: Path) -> None:
    found = look(tmp_path)
    assert ids(found, FEVER, FEVER_WORDS) == []
    assert ids(found, FEVER, "Llame si la fiebre pasa de 39,5 °C.") == ["number-mismatch"]
    assert ids(found, FEVER, FEVER_ENGLISH) == ["still-english"]
    assert ids(found, HARD, "Puede **sentir** bultos.") == ["strong-mismatch"]
    assert ids(found, "get-help.emergency.heading", "Llame ahora") == ["placeholder-mismatch"]
    assert ids(found, HARD, "Puede \u202esentir bultos.") == ["forbidden-character"]
    assert ids(found, HARD, "Puede sentir bultos en\nel codo.") == ["forbidden-character"]
    assert ids(found, HARD, "Sen\u0303ales") == ["not-nfc"]
    assert ids(found, HARD, "Puede sentir bultos 钙.") == ["no-font"]
    assert ids(found, "labels/Page {page} of {pages}", "Página {page}") == ["placeholder-mismatch"]


def test_what_was_waived_is_no_problem_as_long_as_the_words_stay(tmp_path: Path) -> None:
    words = "Llame si la fiebre pasa de 38 grados y medio."
    found = look(tmp_path, **{SPANISH: SMALL_PROJECT[SPANISH].replace(FEVER_WORDS, words)})
    assert [each.id for each in found.problems[FEVER]] == ["number-mismatch"]
    waivers = add_waiver(found.project, "es", FEVER, "number-mismatch", "It says the same.")
    (tmp_path / "translations/es/waivers.yaml").write_text(format_waivers(waivers), encoding="utf-8")
    found = look_again(found)
    assert found.problems[FEVER] == ()
    assert ids(found, FEVER, words + " Hoy.") == ["number-mismatch"]


def write_save(found: Snapshot, change: Change) -> Snapshot:
    for name, data in plan_save(found, change).items():
        (found.project.root / name).write_bytes(data)
    return look_again(found)


def test_a_save_changes_one_line_and_records_the_english(tmp_path: Path) -> None:
    commented = "# By hand.\n" + SMALL_PROJECT[SPANISH].replace("    fever:", "\n    # Ask the nurse.\n    fever:")
    found = look(tmp_path, **{SPANISH: commented})
    words = "Llame hoy: la fiebre pasa de 38,5 °C."
    after = write_save(found, Change(FEVER, words, FEVER_WORDS, FEVER_ENGLISH))
    text = (tmp_path / SPANISH).read_text(encoding="utf-8")
    assert list_changed_lines(commented, text) == [f"-     fever: {FEVER_WORDS}", f'+     fever: "{words}"']
    assert after.units[FEVER].done
    assert str(after.units[FEVER].words) == words


def test_a_missing_unit_is_filled_in_its_place(tmp_path: Path) -> None:
    found = look(tmp_path, **MISSING)
    words = "Puede sentir bultos duros."
    after = write_save(found, Change(HARD, words, "", "You may feel hard lumps."))
    assert (tmp_path / SPANISH).read_text(encoding="utf-8") == SMALL_PROJECT[SPANISH]
    assert not after.left


def test_a_term_and_a_label_are_saved_in_their_files(tmp_path: Path) -> None:
    found = look(tmp_path)
    found = write_save(found, Change("terms/lump", "nódulo", "bulto", "lump"))
    assert (tmp_path / "content/terms/es.yaml").read_text(encoding="utf-8") == "lump:\n  term: nódulo\n"
    unit = found.units["labels/Sources"]
    assert unit.words
    po = tmp_path / "translations/es/LC_MESSAGES/messages.po"
    old = po.read_text(encoding="utf-8")
    write_save(found, Change(unit.id, "De dónde viene", unit.words.words, "Sources"))
    changed = list_changed_lines(old, po.read_text(encoding="utf-8"))
    assert changed == [f'- msgstr "{unit.words.words}"', '+ msgstr "De dónde viene"']


def test_words_that_changed_meanwhile_are_a_conflict_unless_they_are_the_same(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), SPANISH, FEVER_WORDS, "Llame con fiebre de 38,5 °C.")
    with pytest.raises(ConflictError):
        plan_save(found, Change(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))
    plan_save(found, Change(FEVER, "Llame con fiebre de 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))
    plan_save(found, Change(FEVER, "Llame ya: 38,5 °C.", "Llame con fiebre de 38,5 °C.", FEVER_ENGLISH))


def test_an_english_that_changed_meanwhile_is_a_conflict(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), ENGLISH, "above 38.5", "above 39")
    with pytest.raises(ConflictError):
        plan_save(found, Change(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))
    with pytest.raises(ConflictError):
        plan_save(found, Change(FEVER, FEVER_WORDS, FEVER_WORDS, FEVER_ENGLISH, unchanged=True))


def test_stale_words_are_recorded_as_right_only_when_somebody_says_so(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), ENGLISH, "Call if your fever is", "Call us if your fever is")
    english = "Call us if your fever is above 38.5 °C."
    with pytest.raises(LeafletsError, match="the English changed, and these words did not"):
        plan_save(found, Change(FEVER, FEVER_WORDS, FEVER_WORDS, english))
    change = Change(FEVER, FEVER_WORDS, FEVER_WORDS, english, unchanged=True)
    assert list(plan_save(found, change)) == ["translations/es/review.yaml"]
    assert write_save(found, change).units[FEVER].done


UNREADABLE = [("", "there are no words"), ("  ", "no words"), ("a\u202eb", "U+202E"), ("a\nb", "U+000A")]


@pytest.mark.parametrize(("words", "said"), UNREADABLE)
def test_words_that_could_not_be_read_back_are_refused(tmp_path: Path, words: str, said: str) -> None:
    with pytest.raises(LeafletsError, match=re.escape(said)):
        plan_save(look(tmp_path), Change(HARD, words, "Puede sentir bultos duros.", "You may feel hard lumps."))


def test_nothing_is_written_to_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    whole = look(tmp_path)
    change = Change(FEVER, "Llame ya: 38,5 °C.", "", FEVER_ENGLISH)
    found = change_file(whole, SPANISH, "title:", "title: [")
    assert describe_unit(found, FEVER)["broken"][0].startswith(f"{SPANISH}:")
    with pytest.raises(LeafletsError, match=SPANISH):
        plan_save(found, change)
    found = change_file(found, SPANISH, "title: [", "title:")
    (tmp_path / "translations/es/review.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(LeafletsError, match=r"translations/es/review\.yaml"):
        plan_save(look_again(found), Change(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))


def test_a_missing_label_is_a_text_to_do_and_no_broken_file(tmp_path: Path) -> None:
    found = look(tmp_path)
    po = "translations/es/LC_MESSAGES/messages.po"
    words = found.units["labels/Sources"].words
    found = change_file(found, po, f'msgstr "{words}"', 'msgstr ""')
    assert [unit.id for unit in found.left] == ["labels/Sources"]
    assert found.unreadable == ()
    assert write_save(found, Change("labels/Sources", "Fuentes", "", "Sources")).complete


def test_a_label_that_no_page_has_any_more_is_no_broken_file(tmp_path: Path) -> None:
    found = look(tmp_path)
    po = "translations/es/LC_MESSAGES/messages.po"
    found = change_file(found, po, 'msgid "Sources"', 'msgid "An old label"\nmsgstr "Una etiqueta vieja"\n\nmsgid "Sources"')
    assert [each.id for each in found.project.problems] == ["orphan-message"]
    assert (found.unreadable, found.complete) == ((), True)
    assert describe_unit(found, "labels/Sources")["broken"] == []


def test_a_file_that_is_not_there_yet_is_made_by_the_first_save(tmp_path: Path) -> None:
    look(tmp_path)
    for name in (SPANISH, "content/terms/es.yaml", "translations/es/LC_MESSAGES/messages.po"):
        (tmp_path / name).unlink()
    found = take_snapshot(load_project(tmp_path), "es", FONTS)
    assert found.unreadable == ()
    found = write_save(found, Change("terms/lump", "bulto", "", "lump"))
    found = write_save(found, Change("labels/Sources", "Fuentes", "", "Sources"))
    found = write_save(found, Change(FEVER, FEVER_WORDS, "", FEVER_ENGLISH))
    assert all(found.units[unit].done for unit in ("terms/lump", "labels/Sources", FEVER))


def test_problems_of_other_languages_are_not_told(tmp_path: Path) -> None:
    found = look(tmp_path, **{"content/topics/fr/signs.yaml": "title: ["})
    assert any("/fr/" in each.place.path for each in found.project.problems)
    assert found.unreadable == ()


def test_a_file_that_changes_while_a_save_is_planned_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = look(tmp_path)
    store = LanguageStore(tmp_path, "es")
    plans: list[dict[str, bytes]] = []

    def interfere(known: Snapshot, change: Change) -> dict[str, bytes]:
        planned = plan_save(known, change)
        if not plans:
            change_file(found, SPANISH, "Puede sentir bultos duros.", "Puede notar bultos duros.")
        plans.append(planned)
        return planned

    monkeypatch.setattr(editor_store, "plan_save", interfere)
    store.save(Change(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))
    text = (tmp_path / SPANISH).read_text(encoding="utf-8")
    assert "Puede notar bultos duros." in text
    assert '"Llame ya: 38,5 °C."' in text
    assert len(plans) == 2


def test_files_that_never_rest_are_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look(tmp_path)
    store = LanguageStore(tmp_path, "es")
    seen = iter(range(100))
    monkeypatch.setattr(editor_store, "stat_files", lambda root: frozenset([("a", next(seen), 0)]))
    before = (tmp_path / SPANISH).read_bytes()
    with pytest.raises(SetupError, match="change all the time"):
        store.save(Change(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))
    assert (tmp_path / SPANISH).read_bytes() == before


def read_fields(project: Project) -> dict[str, Any]:
    return {each.name: getattr(project, each.name) for each in fields(project)}


def test_what_the_files_of_one_language_became_is_read_without_the_rest(tmp_path: Path) -> None:
    before = look(tmp_path).project
    for words in ("¿Qué señales hay?", "["):
        (tmp_path / SPANISH).write_text(f"title: {words}\n", encoding="utf-8")
        assert read_fields(reload_language(before, "es")) == read_fields(load_project(tmp_path))
    (tmp_path / SPANISH).unlink()
    assert read_fields(reload_language(before, "es")) == read_fields(load_project(tmp_path))


def test_a_save_reads_only_its_language_again_and_an_english_change_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = look(tmp_path)
    store = LanguageStore(tmp_path, "es")
    loaded: list[Path] = []

    def load(root: Path) -> Project:
        loaded.append(root)
        return load_project(root)

    monkeypatch.setattr(editor_store, "load_project", load)
    after = store.save(Change(HARD, "Bultos.", "Puede sentir bultos duros.", "You may feel hard lumps."))
    assert (str(after.units[HARD].words), loaded) == ("Bultos.", [])
    assert (after.number, store.read().number) == (1, 1)  # by which a page knows an answer that a later one overtook
    change_file(found, ENGLISH, "hard lumps", "firm lumps")
    assert store.read().units[HARD].english.words == "You may feel firm lumps."
    assert loaded == [tmp_path]
