"""What exists in a folder: everything is read, and what cannot be is a problem, never a traceback."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from leaflets.content.clinic import load_clinic
from leaflets.content.project import Loader, Project, find_unreadable, is_of_language, load_project, reload_language
from leaflets.content.strict_yaml import YamlFile, read_yaml
from leaflets.content.waivers import Waiver, format_waivers
from leaflets.files import find_root
from leaflets.problems import LeafletsError, Place, Problem
from leaflets.profile import Clinic
from leaflets.translation.units import is_label, list_source
from tests.support.projects import ROOT, SMALL_PROJECT, find_all, list_record, sign_all, write_project

TAGS = sorted(path.name for path in (ROOT / "content/topics").iterdir() if path.is_dir())
SIGNS = "content/topics/en/signs.yaml"


def only_problem(project: Project) -> Problem:
    """Give the one problem of loading."""
    [problem] = project.problems
    assert len(str(problem).splitlines()) == 1
    return problem


def test_a_project_is_what_its_files_say(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert project.problems == ()
    assert set(project.leaflets) == {"adult"}
    assert set(project.topics) == {"adult", "signs", "get-help"}
    assert set(project.references) == {"Book"}
    assert set(project.languages) == {"en", "es"}


def test_a_unit_is_found_by_its_name_with_its_line(tmp_path: Path) -> None:
    text = write_project(tmp_path).units["signs.lumps.fever"]
    assert (text.words, text.place) == ("Call if your fever is above 38.5 °C.", Place(SIGNS, 7))


def test_a_language_has_its_words_terms_messages_and_records(tmp_path: Path) -> None:
    spanish = write_project(tmp_path).languages["es"]
    assert spanish.words["signs.lumps.hard"].words == "Puede sentir bultos duros."
    assert spanish.terms["lump"].term.words == "bulto"
    assert spanish.messages["Same day"].words == "El mismo día"
    assert spanish.records["signs.lumps.hard"].source == "You may feel hard lumps."
    assert spanish.records["terms/lump"].source == "lump"
    assert (spanish.gaps, spanish.signoffs, spanish.waivers) == ({}, (), {})
    assert set(spanish.sources) == {f"content/topics/es/{name}.yaml" for name in ("adult", "signs", "get-help")}


def test_the_words_of_the_source_language_are_its_topics_and_the_messages_themselves(tmp_path: Path) -> None:
    english = write_project(tmp_path).languages["en"]
    assert english.words == {}
    assert english.messages["Same day"].words == "Same day"


@pytest.mark.parametrize("value", ["", " ''", ' ""', " ' '", "  "])
def test_a_translation_may_wait_for_its_words(tmp_path: Path, value: str) -> None:
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"].replace(" Puede sentir bultos duros.", value)
    project = write_project(
        tmp_path, {"content/topics/es/signs.yaml": spanish, "content/terms/es.yaml": f"lump:\n  term:{value}\n"}
    )
    language = project.languages["es"]
    assert project.problems == ()
    assert language.gaps == {
        "signs.lumps.hard": Place("content/topics/es/signs.yaml", 4),
        "terms/lump": Place("content/terms/es.yaml", 2),
    }
    assert "signs.lumps.hard" not in language.words
    assert language.terms == {}
    assert {(problem.id, problem.place) for problem in find_all(project)} == {
        ("missing-unit", Place("content/topics/es/signs.yaml", 4)),
        ("missing-term", Place("content/terms/es.yaml", 2)),
    }


def test_a_name_that_waits_for_the_names_below_it_is_no_unit(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"content/topics/es/signs.yaml": "title: ¿Señales?\nblocks:\n"})
    assert {problem.id for problem in find_all(project)} == {"missing-unit"}


def test_the_english_may_not_wait_for_its_words(tmp_path: Path) -> None:
    english = SMALL_PROJECT[SIGNS].replace("You may feel hard lumps.", "''")
    problem = only_problem(write_project(tmp_path, {SIGNS: english}))
    assert (problem.id, problem.place) == ("empty-value", Place(SIGNS, 6))


def test_a_language_has_its_sign_offs_and_waivers(tmp_path: Path) -> None:
    waivers = {("signs.title", "untranslated"): Waiver("A test's reason.", "a" * 64)}
    write_project(tmp_path, {"translations/es/waivers.yaml": format_waivers(waivers)})
    project = sign_all(tmp_path, "es")
    language = project.languages["es"]
    assert [(str(signoff.role), signoff.name) for signoff in language.signoffs] == [
        ("reviser", "Test Reviser"),
        ("clinician", "Test Clinician"),
    ]
    assert language.waivers[("signs.title", "untranslated")].place == Place("translations/es/waivers.yaml", 3)
    record = {path.relative_to(tmp_path).as_posix() for path in list_record(tmp_path, "es")}
    assert {*record, "translations/es/signoffs.end", "translations/es/waivers.yaml"} <= set(project.hashes)


def test_the_author_speaks_to_translators_in_a_comment_above_the_words(tmp_path: Path) -> None:
    english = (
        SMALL_PROJECT[SIGNS]
        .replace("title:", "# of the title\ntitle:")
        .replace("      hard:", "      # of the\n      # hard ones\n      hard:")
    )
    changes = {SIGNS: english, "content/terms/en.yaml": "lump:\n  term: lump\n  note: of the term\n"}
    changes["content/topics/en/adult.yaml"] = SMALL_PROJECT["content/topics/en/adult.yaml"].replace(
        "  for-whom:", "  # of the block\n  for-whom:"
    )
    project = write_project(tmp_path, changes)
    notes = {unit: text.note for unit, text in list_source(project).items() if text.note and not is_label(unit)}
    assert notes == {
        "adult.for-whom": "of the block",
        "signs.title": "of the title",
        "signs.lumps.hard": "of the hard ones",
        "terms/lump": "of the term",
    }


def test_the_hash_of_every_file_is_known_by_its_path_below_the_root(tmp_path: Path) -> None:
    hashes = write_project(tmp_path).hashes
    assert set(SMALL_PROJECT) | {"translations/messages.pot", "translations/es/review.yaml"} <= set(hashes)
    assert hashes[SIGNS] == hashlib.sha256(SMALL_PROJECT[SIGNS].encode()).hexdigest()


@pytest.mark.parametrize("folder", ["xx", "spanish", "zh-hans", "es_MX", "ES", "es-XX", "old files"])
def test_a_folder_that_is_no_language_is_one_problem_and_the_others_are_read(tmp_path: Path, folder: str) -> None:
    project = write_project(tmp_path, {f"content/topics/{folder}/signs.yaml": "title: x\n"})
    problem = only_problem(project)
    assert (problem.id, problem.place) == ("bad-locale", Place(f"content/topics/{folder}"))
    assert set(project.languages) == {"en", "es"}


def test_a_file_beside_the_language_folders_is_no_language(tmp_path: Path) -> None:
    assert write_project(tmp_path, {"content/topics/README.md": "Topics."}).problems == ()


@pytest.mark.parametrize(
    "name",
    [
        "content/topics/en/signs.yaml",
        "content/topics/es/signs.yaml",
        "content/leaflets/adult.yaml",
        "content/references.yaml",
        "content/terms/en.yaml",
        "content/terms/es.yaml",
        "translations/es/review.yaml",
        "translations/es/LC_MESSAGES/messages.po",
        "translations/messages.pot",
    ],
)
def test_a_folder_in_the_place_of_a_file_is_a_problem_and_not_a_traceback(tmp_path: Path, name: str) -> None:
    write_project(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    problem = only_problem(load_project(tmp_path))
    assert (problem.id, problem.place) == ("no-file", Place(name))


def test_a_link_to_nowhere_is_a_problem_and_not_a_traceback(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / SIGNS).unlink()
    (tmp_path / SIGNS).symlink_to(tmp_path / "nowhere.yaml")
    problem = only_problem(load_project(tmp_path))
    assert (problem.id, problem.place) == ("no-file", Place(SIGNS))


@pytest.mark.parametrize(
    "name",
    [
        "content/references.yaml",
        "content/terms/es.yaml",
        "content/terms/en.yaml",
        "translations/es/LC_MESSAGES/messages.po",
        "translations/messages.pot",
    ],
)
def test_a_file_that_is_needed_and_missing_is_one_problem(tmp_path: Path, name: str) -> None:
    write_project(tmp_path)
    (tmp_path / name).unlink()
    problem = only_problem(load_project(tmp_path))
    assert (problem.id, problem.place) == ("no-file", Place(name))


def test_a_language_that_was_never_recorded_is_read_without_records(tmp_path: Path) -> None:
    project = write_project(tmp_path, record=False)
    assert project.problems == ()
    assert project.languages["es"].records == {}


@pytest.mark.parametrize(
    ("name", "data", "rule", "line"),
    [
        ("content/topics/en/signs.yaml", b"title: x\nblocks: \xff\n", "unreadable", 2),
        ("content/topics/en/signs.yaml", b"title: x\ntitle: y\n", "duplicate-key", 2),
        ("content/topics/en/signs.yaml", b"", "yaml-syntax", 0),
        ("content/topics/es/signs.yaml", b"title: x\nblocks: [x]\n", "wrong-value", 2),
        ("content/leaflets/adult.yaml", b"- adult\n", "yaml-syntax", 1),
        ("content/references.yaml", b"Book: none\n", "wrong-value", 1),
        ("content/terms/en.yaml", b"lump:\n  term:\n", "empty-value", 2),
        ("translations/es/review.yaml", b"signs.title: draft\n", "wrong-value", 1),
        ("translations/es/waivers.yaml", b"signs.title: fine\n", "wrong-value", 1),
        ("translations/es/signoffs.jsonl", b"fine\n", "broken-signoffs", 0),
        ("translations/es/signoffs.end", b"fine\n", "broken-signoffs", 0),
        ("translations/en/signoffs/0001-0123456789ab.json", b"fine\n", "broken-signoffs", 0),
        ("translations/es/LC_MESSAGES/messages.po", b"\xff\xfe", "unreadable", 1),
    ],
)
def test_a_file_that_cannot_be_understood_is_one_problem_and_the_rest_is_read(
    tmp_path: Path, name: str, data: bytes, rule: str, line: int
) -> None:
    write_project(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(data)
    project = load_project(tmp_path)
    problem = only_problem(project)
    assert (problem.id, problem.place) == (rule, Place(name, line))
    assert set(project.languages) == {"en", "es"}
    assert "get-help" in project.topics


def test_a_broken_catalogue_is_one_problem_and_not_a_traceback(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "translations/es/LC_MESSAGES/messages.po").write_text("prose\n", encoding="utf-8")
    problem = only_problem(load_project(tmp_path))
    assert (problem.id, problem.place.path) == ("bad-catalogue", "translations/es/LC_MESSAGES/messages.po")


def test_the_problems_of_all_files_are_seen_at_once(tmp_path: Path) -> None:
    project = write_project(
        tmp_path, {"content/leaflets/adult.yaml": "", SIGNS: "- x\n", "content/terms/en.yaml": "lump:\n"}, record=False
    )
    assert {problem.place.path for problem in project.problems} == {
        "content/leaflets/adult.yaml",
        SIGNS,
        "content/terms/en.yaml",
    }


def test_an_empty_folder_is_a_project_with_problems(tmp_path: Path) -> None:
    project = load_project(tmp_path)
    assert {problem.id for problem in project.problems} == {"no-file"}
    assert (project.leaflets, project.languages) == ({}, {})


def test_problems_name_files_as_they_stand_below_the_root(tmp_path: Path) -> None:
    project = write_project(tmp_path, {SIGNS: "title: x\n"})
    assert {problem.place.path for problem in find_all(project)} >= {SIGNS}
    assert not any(str(tmp_path) in str(problem) for problem in find_all(project))


def test_a_folder_with_content_is_its_own_project(tmp_path: Path) -> None:
    write_project(tmp_path)
    assert find_root(tmp_path) == tmp_path


def test_elsewhere_the_project_is_the_one_that_the_package_brings_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged = tmp_path / "site-packages" / "leaflets"
    write_project(packaged / "_data")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr("leaflets.files.PACKAGE", packaged)
    found = find_root(tmp_path / "elsewhere")
    assert found == packaged / "_data"
    assert set(load_project(found).leaflets) == {"adult"}


def test_a_checkout_is_its_own_package(tmp_path: Path) -> None:
    assert find_root(tmp_path) == ROOT


def test_a_clinic_is_read_from_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "our clinic.yml"
    path.write_text(
        "name: مستشفى النهر\nclinic_phone: +44 20 7946 0000\nurgent_phone: none\nemergency_number: 112\n", encoding="utf-8"
    )
    assert load_clinic(path) == Clinic("مستشفى النهر", "+44 20 7946 0000", "112", id="our clinic")


def test_the_example_clinic_can_be_read() -> None:
    assert load_clinic(ROOT / "content" / "clinics" / "example" / "clinic.yaml").emergency_number.isdecimal()


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("name: Riverside\nclinic_phone: none\nurgent_phone: none\nemergency_number: '112'\n", "wrong-value", 2),
        ("name: Riverside\nurgent_phone: none\nemergency_number: 112\n", "missing-key", 1),
        ("name: Riverside #1\nclinic_phone: 020 7946 0000\nemergency_number: 112\n", "comment-in-text", 1),
        (
            "name: Riverside\nname: Hill\nclinic_phone: 020 7946 0000\nurgent_phone: none\nemergency_number: 112\n",
            "duplicate-key",
            2,
        ),
        (
            'name: "River\\u202eside"\nclinic_phone: 020 7946 0000\nurgent_phone: none\nemergency_number: 112\n',
            "forbidden-character",
            1,
        ),
        ("", "yaml-syntax", 0),
    ],
)
def test_a_mistake_in_a_clinics_file_is_one_problem_at_its_line(tmp_path: Path, text: str, rule: str, line: int) -> None:
    path = tmp_path / "clinic.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LeafletsError) as caught:
        load_clinic(path)
    [problem] = caught.value.problems
    assert (problem.id, problem.place) == (rule, Place(str(path), line))


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_clinics_file_that_cannot_be_read_is_one_problem(tmp_path: Path, name: str) -> None:
    with pytest.raises(LeafletsError) as caught:
        load_clinic(tmp_path / name)
    [problem] = caught.value.problems
    assert (problem.id, problem.place) == ("no-file", Place(str(tmp_path / name)))


@pytest.mark.parametrize(("bad", "rule"), [(b"junk\n", "bad-catalogue"), (b"\xff\xfe\n", "unreadable")])
def test_a_broken_template_catalogue_is_a_problem_and_no_exception(tmp_path: Path, bad: bytes, rule: str) -> None:
    root = write_project(tmp_path).root
    (root / "translations" / "messages.pot").write_bytes(bad)
    project = load_project(root)
    problem = only_problem(project)
    assert (problem.id, problem.place.path) == (rule, "translations/messages.pot")
    assert project.messages == ()


@pytest.mark.parametrize(
    "name",
    [
        "content/topics/en/signs.yaml",
        "content/topics/es/signs.yaml",
        "content/terms/es.yaml",
        "content/references.yaml",
        "translations/es/review.yaml",
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem_however_much_rests_on_it(tmp_path: Path, name: str) -> None:
    root = write_project(tmp_path).root
    (root / name).write_text("title: [")
    project = load_project(root)
    assert [(problem.id, problem.place.path) for problem in find_all(project)] == [("yaml-syntax", name)]
    assert [path for path in project.hashes if project.broken(path)] == [name]


CATALOGUE = "translations/es/LC_MESSAGES/messages.po"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("content/topics/es/signs.yaml", "title: ["),
        (SIGNS, "title: ["),
        ("content/terms/es.yaml", "lump: ["),
        ("content/references.yaml", "Book: ["),
        ("translations/es/review.yaml", "a: ["),
        (CATALOGUE, "msgid"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_for_its_language(tmp_path: Path, file: str, text: str) -> None:
    write_project(tmp_path)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert {each.place.path for each in find_unreadable(load_project(tmp_path), "es")} == {file}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('msgid "Sources"\n', 'msgid "Old"\n', "orphan-message"),
        ('msgid "Sources"\n', '#, fuzzy\nmsgid "Sources"\n', "missing-message"),
        ('msgstr "Página {page} de {pages}"', 'msgstr "Página"', "message-placeholder"),
    ],
)
def test_a_label_that_is_missing_or_wrong_stands_in_a_file_that_was_read(tmp_path: Path, old: str, new: str, rule: str) -> None:
    write_project(tmp_path)
    path = tmp_path / CATALOGUE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    project = load_project(tmp_path)
    assert rule in {each.id for each in project.problems}
    assert find_unreadable(project, "es") == ()


def test_a_file_that_a_translation_does_not_have_yet_or_of_another_language_is_no_unreadable_one(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"content/terms/es.yaml": None, "content/topics/fr/signs.yaml": "title: ["})
    assert "no-file" in {each.id for each in project.problems}
    assert find_unreadable(project, "es") == ()


def test_each_file_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path)
    parsed: Counter[str] = Counter()

    def count(data: bytes, path: str, blanks: bool = False) -> YamlFile:
        parsed[path] += 1
        return read_yaml(data, path, blanks)

    monkeypatch.setattr("leaflets.content.project.read_yaml", count)
    project = load_project(tmp_path)
    find_all(project)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.yaml")}
    assert parsed == dict.fromkeys(written, 1)


def test_what_is_derived_of_a_project_is_derived_anew_when_it_changes(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert project.units is project.units
    assert (len(project.units), "duros" in project.vocabularies["es"]) == (8, True)
    fewer = replace(project, topics={name: topic for name, topic in project.topics.items() if name != "signs"})
    assert set(project.units) - set(fewer.units) == {"signs.title", "signs.lumps.hard", "signs.lumps.fever"}
    assert ("hard" in project.vocabularies["en"], "hard" in fewer.vocabularies["en"]) == (True, False)
    spanish = tmp_path / "content" / "topics" / "es" / "signs.yaml"
    spanish.write_text(spanish.read_text(encoding="utf-8").replace("duros", "firmes"), encoding="utf-8")
    vocabulary = reload_language(project, "es").vocabularies["es"]
    assert ("duros" in vocabulary, "firmes" in vocabulary) == (False, True)


def test_what_is_no_plain_file_of_the_project_is_not_read(tmp_path: Path) -> None:
    write_project(tmp_path)
    signs, help, terms = (
        tmp_path / "content" / name for name in ("topics/es/signs.yaml", "topics/es/get-help.yaml", "terms/es.yaml")
    )
    for path in (signs, help, terms):
        path.unlink()
    signs.symlink_to("/etc/passwd")
    help.symlink_to("/dev/zero")
    os.mkfifo(terms)
    problems = {each.place.path: each for each in load_project(tmp_path).problems}
    for path in (signs, help, terms):
        found = problems[path.relative_to(tmp_path).as_posix()]
        assert found.id == "no-file"
        assert "no plain file of the project" in found.message


def test_a_link_to_another_file_of_the_project_is_read(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    signs = tmp_path / "content/topics/es/signs.yaml"
    signs.rename(tmp_path / "content/elsewhere.txt")
    signs.symlink_to(tmp_path / "content/elsewhere.txt")
    assert load_project(tmp_path).languages["es"].words == project.languages["es"].words


def list_parsed(monkeypatch: pytest.MonkeyPatch, tag: str) -> Counter[str]:
    """Count the files of YAML and PO that are parsed, by language, if one is asked for."""
    parsed: Counter[str] = Counter()
    read_as = Loader.read_as

    def count(loader: Loader, path: Path, parse: Callable[[bytes, str], Any]) -> Any:
        name = loader.name(path)
        parsed.update(each for each in TAGS if is_of_language(name, each))
        return read_as(loader, path, parse)

    with monkeypatch.context() as patch:
        patch.setattr(Loader, "read_as", count)
        load_project(ROOT, (tag,))
    return parsed


def test_of_languages_that_nobody_asked_for_only_the_sentences_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    topics = {tag: len(list((ROOT / "content/topics" / tag).glob("*.yaml"))) for tag in TAGS}
    parsed = list_parsed(monkeypatch, "vi")
    assert parsed["vi"] > topics["vi"]
    assert {tag: parsed[tag] for tag in TAGS if tag not in ("en", "vi")} == {
        tag: topics[tag] for tag in TAGS if tag not in ("en", "vi")
    }


def test_a_language_is_read_alike_whether_or_not_it_is_asked_for_and_known_by_the_words_of_all_others() -> None:
    whole, asked = load_project(ROOT), load_project(ROOT, ("vi",))
    assert {tag: asked.languages[tag] for tag in ("en", "vi")} == {tag: whole.languages[tag] for tag in ("en", "vi")}
    assert asked.languages.keys() == whole.languages.keys()
    assert asked.vocabularies == whole.vocabularies
