"""Words of a language put into its files."""

from codecs import BOM_UTF8
from pathlib import Path

import pytest

from leaflets.content.catalogs import read_entries
from leaflets.content.project import Project, load_project
from leaflets.content.provenance import parse_review
from leaflets.content.strict_yaml import read_yaml
from leaflets.files import write_file
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import LeafletsError, Place
from leaflets.translation.units import State, list_sheet, list_source, list_words, survey_language
from leaflets.translation.write import list_files, record_languages, write_units
from tests.support.projects import ROOT, SMALL_PROJECT, find_ids, write_project

SPANISH = "content/topics/es/signs.yaml"
TERMS = "content/terms/es.yaml"
LABELS = "translations/es/LC_MESSAGES/messages.po"
REVIEW = "translations/es/review.yaml"
HARD, FEVER = "signs.lumps.hard", "signs.lumps.fever"
TAGS = sorted(path.name for path in (ROOT / "content/topics").iterdir() if path.name != SOURCE_LOCALE)


def save(project: Project, changed: dict[str, bytes]) -> Project:
    for name, data in changed.items():
        write_file(project.root / name, data)
    return load_project(project.root)


def rewrite(root: Path, name: str, old: bytes, new: bytes) -> Project:
    data = (root / name).read_bytes()
    assert old in data
    (root / name).write_bytes(data.replace(old, new))
    return load_project(root)


def test_every_unit_of_a_language_stands_where_its_file_says(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    words = list_words(project, "es")
    for file, units in list_files(project, "es").items():
        assert {words[unit].place.path for unit in units.values()} == {file}
    assert sum(len(units) for units in list_files(project, "es").values()) == len(list_source(project))


@pytest.mark.slow
@pytest.mark.parametrize("tag", TAGS)
def test_words_that_stand_already_change_no_file(project: Project, tag: str) -> None:
    words = {unit: text.words for unit, text in list_words(project, tag).items()}
    made_from = {unit: record.source for unit, record in project.languages[tag].records.items()}
    assert set(words) >= list_sheet(project) & set(list_source(project))
    assert write_units(project, tag, words, made_from) == {}


def test_a_changed_sentence_changes_its_line_and_its_record_and_nothing_else(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    changed = write_units(project, "es", {HARD: "Puede sentir bultos firmes."}, {HARD: "You may feel hard lumps."})
    assert set(changed) == {SPANISH, REVIEW}
    assert changed[SPANISH].decode() == SMALL_PROJECT[SPANISH].replace("duros", "firmes")
    old, new = (tmp_path / REVIEW).read_text(encoding="utf-8").splitlines(), changed[REVIEW].decode().splitlines()
    assert [before for before, after in zip(old, new, strict=True) if before != after] == [
        f"  sha256: {project.languages['es'].records[HARD].sha256}"
    ]
    assert find_ids(save(project, changed)) == set()


def test_nothing_is_written_before_it_is_asked_for(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert write_units(project, "es", {HARD: "Otro"}, {})
    assert (tmp_path / SPANISH).read_text(encoding="utf-8") == SMALL_PROJECT[SPANISH]


def test_a_word_of_a_term_keeps_the_words_to_avoid(tmp_path: Path) -> None:
    text = "lump:\n  # nota\n  term: bulto\n  avoid: [bola]\n"
    project = write_project(tmp_path, {TERMS: text})
    changed = write_units(project, "es", {"terms/lump": "bultito"}, {"terms/lump": "lump"})
    assert changed[TERMS].decode() == text.replace("bulto", "bultito")
    assert save(project, changed).languages["es"].terms["lump"].avoid == ("bola",)


def test_a_label_changes_one_line_of_the_catalogue_and_is_not_on_record(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    before = (tmp_path / LABELS).read_bytes().decode().splitlines()
    changed = write_units(project, "es", {"labels/Same day": "Hoy mismo"}, {"labels/Same day": "Same day"})
    assert set(changed) == {LABELS}
    pairs = zip(before, changed[LABELS].decode().splitlines(), strict=True)
    assert [pair for pair in pairs if pair[0] != pair[1]] == [('msgstr "El mismo día"', 'msgstr "Hoy mismo"')]
    assert save(project, changed).languages["es"].messages["Same day"].words == "Hoy mismo"


@pytest.mark.parametrize("words", ['"sí"', "a\\b", "a\\nb", "الصفحة {page}", "第{page}页", "#, fuzzy"])
def test_a_label_is_read_back_as_it_was_put_in(tmp_path: Path, words: str) -> None:
    project = write_project(tmp_path)
    data = write_units(project, "es", {"labels/Same day": words}, {})[LABELS]
    assert read_entries(data, LABELS)["Same day"].words == words


def test_words_are_put_on_record_only_where_nobody_wrote_the_record_meanwhile(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    record = tmp_path / "translations/es/review.yaml"
    (tmp_path / "content/topics/es/signs.yaml").write_text(
        SMALL_PROJECT["content/topics/es/signs.yaml"].replace("duros", "firmes")
    )
    changed = load_project(tmp_path)
    recorded = record_languages(changed, ("es", "es"), unchanged=False)
    assert recorded["es"] != project.languages["es"].records
    assert dict(load_project(tmp_path).languages["es"].records) == recorded["es"]
    before = record.read_bytes()
    with pytest.raises(LeafletsError, match="somebody else wrote this record"):
        record_languages(changed, ("es",), unchanged=True)
    assert record.read_bytes() == before


def test_what_words_were_made_from_is_recorded_as_it_is_said(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    changed = write_units(project, "es", {HARD: "Bultos.", FEVER: "Llame a los 38,5 °C."}, {HARD: "An older English."})
    records = parse_review(read_yaml(changed[REVIEW], REVIEW))
    assert records[HARD].source == "An older English."
    assert records[FEVER] == project.languages["es"].records[FEVER]
    assert find_ids(save(project, changed)) == {"stale-unit"}


def test_empty_words_make_places_to_write_in_that_are_missing_at_their_line(tmp_path: Path) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"].replace("      hard:", "      # what one feels\n      hard:")
    project = write_project(tmp_path, {"content/topics/en/signs.yaml": english})
    changed = write_units(project, "es", {HARD: "", "terms/lump": "", "labels/Same day": ""}, {HARD: "x"})
    assert set(changed) == {SPANISH, TERMS, LABELS}
    assert changed[SPANISH].decode() == SMALL_PROJECT[SPANISH].replace(
        "    hard: Puede sentir bultos duros.\n",
        "    # what one feels\n    # en: You may feel hard lumps.\n    hard:\n",
    )
    assert changed[TERMS].decode() == "lump:\n  # en: lump\n  term:\n"
    project = save(project, changed)
    gaps = dict(project.languages["es"].gaps)
    label = gaps.pop("labels/Same day")
    assert (label.path, label.line > 0) == (LABELS, True)
    assert gaps == {HARD: Place(SPANISH, 6), "terms/lump": Place(TERMS, 3)}
    assert find_ids(project) == {"missing-unit", "missing-term", "missing-message"}


def test_a_place_is_filled_where_it_stands(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    project = save(project, write_units(project, "es", {HARD: ""}, {}))
    changed = write_units(project, "es", {HARD: "Hoy: bultos."}, {HARD: "You may feel hard lumps."})
    assert changed[SPANISH].decode() == SMALL_PROJECT[SPANISH].replace(
        "    hard: Puede sentir bultos duros.\n", '    # en: You may feel hard lumps.\n    hard: "Hoy: bultos."\n'
    )
    assert find_ids(save(project, changed)) == set()


def test_a_new_language_gets_every_file_with_a_place_for_every_unit(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    changed = write_units(project, "fr", dict.fromkeys(list_source(project), ""), {})
    assert set(changed) == {
        "content/topics/fr/adult.yaml",
        "content/topics/fr/signs.yaml",
        "content/topics/fr/get-help.yaml",
        "content/terms/fr.yaml",
        "translations/fr/LC_MESSAGES/messages.po",
    }
    project = save(project, changed)
    assert project.languages["fr"].gaps.keys() == list_source(project).keys()
    assert {unit.state for unit in survey_language(project, "fr").values()} == {State.MISSING}


def test_a_new_language_that_is_filled_is_whole(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    project = save(project, write_units(project, "es-MX", dict.fromkeys(list_source(project), ""), {}))
    words = {unit: text.words for unit, text in list_words(project, "es").items()}
    made_from = {unit: text.words for unit, text in list_source(project).items()}
    project = save(project, write_units(project, "es-MX", words, made_from))
    assert {unit.state for unit in survey_language(project, "es-MX").values()} == {State.DRAFT}
    assert {unit: text.words for unit, text in list_words(project, "es-MX").items()} == words
    assert find_ids(project) == {"missing-markers", "decimal-mark"}  # Mexico writes 38.5


@pytest.mark.slow
def test_every_unit_of_the_source_here_has_a_place_in_a_new_language() -> None:
    project = load_project(ROOT)
    changed = write_units(project, "fr", dict.fromkeys(list_source(project), ""), {})
    assert set(changed) == set(list_files(project, "fr"))
    assert len(changed) == len(project.topics) + 2


def test_a_mark_at_the_head_of_a_file_stays(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (tmp_path / SPANISH).write_bytes(BOM_UTF8 + SMALL_PROJECT[SPANISH].encode())
    assert write_units(project, "es", {HARD: "Puede sentir bultos duros."}, {}) == {}
    changed = write_units(project, "es", {HARD: "Bultos."}, {})[SPANISH]
    assert changed.startswith(BOM_UTF8 + "title: ¿Cuáles".encode())
    assert changed.count(BOM_UTF8) == 1


def test_lines_that_end_as_on_windows_still_do(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (tmp_path / SPANISH).write_bytes(SMALL_PROJECT[SPANISH].replace("\n", "\r\n").encode())
    changed = write_units(project, "es", {HARD: "Bultos.", FEVER: ""}, {})[SPANISH]
    assert changed.count(b"\n") == changed.count(b"\r\n") == SMALL_PROJECT[SPANISH].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "data", "unit", "rule"),
    [
        (SPANISH, b"title: [", HARD, "yaml-syntax"),
        (SPANISH, b"title: \xff", HARD, "unreadable"),
        (SPANISH, b"title: x\nblocks:\n  lumps: words\n", HARD, "wrong-value"),
        (TERMS, b"lump: words\n", "terms/lump", "wrong-value"),
        (LABELS, b"prose\n", "labels/Same day", "bad-catalogue"),
        (LABELS, b"\xff\xfe", "labels/Same day", "unreadable"),
        (REVIEW, b"signs.title: [\n", HARD, "yaml-syntax"),
        (REVIEW, b"<<<<<<< HEAD\nsigns.title:\n", "terms/lump", "yaml-syntax"),
    ],
)
def test_a_file_that_cannot_be_read_stops_the_writing(tmp_path: Path, name: str, data: bytes, unit: str, rule: str) -> None:
    write_project(tmp_path)
    (tmp_path / name).write_bytes(data)
    with pytest.raises(LeafletsError) as caught:
        write_units(load_project(tmp_path), "es", {unit: "Palabras"}, {unit: "Words"})
    assert {(problem.id, problem.place.path) for problem in caught.value.problems} == {(rule, name)}


def test_words_that_must_not_be_printed_stop_the_writing(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    with pytest.raises(LeafletsError, match="forbidden-character"):
        write_units(project, "es", {HARD: "12\u202e34"}, {})
