"""Whether what comes back is of the language that it says."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from leaflets.content.project import Project
from leaflets.content.waivers import Waiver, format_waivers
from leaflets.exchange.entries import Batch, Entry, list_entries
from leaflets.exchange.language import choose_language, find_misnamed, find_origin, find_strangers
from leaflets.exchange.plan import plan_import
from leaflets.exchange.transfer import FORMATS
from leaflets.languages.locales import script
from leaflets.problems import LeafletsError, Place, Problem
from leaflets.translation.units import list_words
from tests.conftest import Run
from tests.exchange.test_transfer import LANGUAGES, snapshot
from tests.support.projects import write_project

SOME = 30
ARABIC = "قد تلمسون كتلا صلبة تحت الجلد."
MISTAKEN = [pair for order in (script, str) for pair in pairwise(sorted(LANGUAGES, key=order))]
"""Each language with its neighbour in the same script, if it has one, and with one by its tag."""
Choose = Callable[[tuple[Entry, ...]], Iterable[Entry]]


def put_words(project: Project, tag: str, other: str) -> tuple[Entry, ...]:
    """List what goes out for a language, with the words of another in it, as a careless hand would paste them."""
    words = list_words(project, other)
    place = Place(f"{tag}.po", 1)
    entries = (each for each in list_entries(project, tag) if each.unit in words)
    return tuple(replace(each, target=words[each.unit].words, done=True, place=place) for each in entries)


def say(problems: Iterable[Problem]) -> str:
    return "\n".join(map(str, problems))


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "other"), MISTAKEN)
def test_the_words_of_another_language_are_refused_and_nothing_is_planned(project: Project, tag: str, other: str) -> None:
    plan = plan_import(project, tag, put_words(project, tag, other))
    assert plan.words == {}
    assert [each.id for each in plan.problems] == ["exchange-language"]


def test_the_english_marked_as_done_is_refused(project: Project) -> None:
    plan = plan_import(project, "es", put_words(project, "es", "en"))
    assert "texts in this file are English, not Spanish" in say(plan.problems)
    assert plan.words == {}


@pytest.mark.slow
@pytest.mark.parametrize("tag", LANGUAGES)
def test_words_of_the_language_itself_are_no_strangers(project: Project, tag: str) -> None:
    entries = put_words(project, tag, tag)
    assert not list(find_strangers(project, tag, entries))
    for start in range(0, len(entries), SOME):
        assert not list(find_strangers(project, tag, entries[start : start + SOME])), start


def test_one_sentence_in_another_script_is_refused_with_its_name_and_line(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    path = tmp_path / "words.po"
    changed = (replace(each, target=ARABIC) if each.unit == "signs.lumps.hard" else each for each in list_entries(project, "es"))
    path.write_bytes(FORMATS["po"].write(Batch("es", tuple(changed))))
    before = snapshot(project.root)
    done = run("--project", project.root, "translate", "import", path)
    assert done.exit_code == 1
    assert 'not in the letters of Spanish: "signs.lumps.hard" (most letters are Arab, not Latn)' in done.stderr
    assert f"{path}:" in done.stderr
    assert snapshot(project.root) == before


def test_a_text_that_may_have_other_letters_is_taken(tmp_path: Path) -> None:
    waivers = format_waivers({("signs.lumps.hard", "wrong-script"): Waiver("A test's reason.", "0" * 64)})
    project = write_project(tmp_path, {"translations/es/waivers.yaml": waivers})
    assert not list(find_strangers(project, "es", [Entry("signs.lumps.hard", "x", ARABIC)]))
    assert list(find_strangers(project, "es", [Entry("signs.lumps.fever", "x", ARABIC)]))


def test_a_file_whose_language_was_changed_after_it_went_out_is_refused(project: Project) -> None:
    went_out = list_entries(project, "ar")
    said = say(plan_import(project, "es", went_out).problems)
    assert 'Arabic ("ar") went out in this file, and now it says Spanish ("es")' in said
    assert not list(find_origin(project, "ar", went_out))


def test_a_few_texts_that_two_languages_have_alike_are_no_sign_of_another_language(project: Project) -> None:
    went_out = [entry for entry in list_entries(project, "ar") if entry.unit in ("signs.title", "signs.lumps.leak")]
    assert not list(find_origin(project, "es", went_out))


@pytest.mark.parametrize(
    "name", ["ar.xlsx", "AR.po", "leaflets-ar.po", "ar (1).xlsx", "ar.xliff2.xlf", "zh_Hans-final.po", "es/ur.po"]
)
def test_a_name_that_is_another_language_s_is_found(project: Project, name: str) -> None:
    assert "If it is Spanish, rename it, or import it with --locale es" in say(find_misnamed(project, "es", name))


@pytest.mark.parametrize(
    "name",
    ["es.xlsx", "words.po", "en-es.xlf", "es-ar.po", "ar_to_es.po", "I say hi again.po", "arm.po", "en.po", "ar/x.po"],
)
def test_a_name_that_says_nothing_else_is_fine(project: Project, name: str) -> None:
    assert not list(find_misnamed(project, "es", name))


@pytest.mark.parametrize(
    ("said", "locale", "chosen"),
    [("es", None, "es"), ("es", "es", "es"), ("es-MX", "es", "es"), ("zh-CN", "zh-Hans", "zh-Hans"), ("ar-EG", "ar", "ar")]
    + [(said, "es", "es") for said in ("ES", "spa", "ES_mx", "")]
    + [("ES", None, "es"), ("spa", None, "es"), ("chi", "zh-Hans", "zh-Hans")],
)
def test_a_file_may_be_asked_for_by_its_language(project: Project, said: str, locale: str | None, chosen: str) -> None:
    assert choose_language(project, said, "words.po", locale) == chosen


@pytest.mark.parametrize(
    ("said", "name", "locale", "why"),
    [
        ("es", "es.po", "ar", 'the file says that it is "es", and "ar" was asked for'),
        ("zh-TW", "words.po", "zh-Hans", '"zh-Hans" was asked for'),
        ("es-ES", "es.po", None, "If it is es, import it with --locale es."),
        ("es", "ar.po", None, 'its name is that of Arabic ("ar")'),
        ("en", "words.po", None, "the language that the others are translated from"),
        ("?", "words.po", None, "mend the language that it names"),
        ("fra", "words.po", "es", 'the file says that it is "fr", and "es" was asked for'),
        ("ES-mx", "words.po", None, "If it is es, import it with --locale es."),
    ],
)
def test_a_file_that_contradicts_itself_or_what_was_asked_for_is_refused(
    project: Project, said: str, name: str, locale: str | None, why: str
) -> None:
    with pytest.raises(LeafletsError, match="exchange-language") as caught:
        choose_language(project, said, name, locale)
    assert why in str(caught.value)


def test_a_file_that_does_not_say_its_language_is_refused_unless_it_is_asked_for(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    for name, old in (("po", b"Language: es"), ("xliff", b' target-language="es"'), ("xliff2", b' trgLang="es"')):
        path = tmp_path / f"words{FORMATS[name].suffix}"
        data = FORMATS[name].write(Batch("es", list_entries(project, "es")))
        path.write_bytes(data.replace(old, b"X: y" if name == "po" else b""))
        done = run("--project", project.root, "translate", "import", path)
        assert "it does not say its language. Say it, such as --locale es. [bad-exchange]" in done.stderr
        assert run("--project", project.root, "translate", "import", path, "--locale", "es").exit_code == 0


def test_a_name_that_misleads_is_overruled_by_what_was_asked_for(tmp_path: Path, run: Run) -> None:
    """The project has Arabic as well, so that "ar.po" is the name of another language."""
    project = write_project(tmp_path / "project", {"content/topics/ar/adult.yaml": "title: أورام\n"})
    path = tmp_path / "ar.po"
    path.write_bytes(FORMATS["po"].write(Batch("es", list_entries(project, "es"))))

    def take(*options: str) -> int:
        return run("--project", project.root, "translate", "import", path, "--dry-run", *options).exit_code

    assert (take(), take("--locale", "es"), take("--locale", "ar"), take("--locale", "spanish")) == (1, 0, 1, 1)


@pytest.fixture
def import_some(tmp_path: Path, run: Run) -> Callable[[Choose], str]:
    """Import some of the texts of the small project, of which two have no words, and give what is said."""
    project = write_project(tmp_path / "project", {"content/topics/es/adult.yaml": "title:\nblocks:\n  for-whom:\n"})

    def take(choose: Choose) -> str:
        path = tmp_path / "words.po"
        path.write_bytes(FORMATS["po"].write(Batch("es", tuple(choose(list_entries(project, "es"))))))
        done = run("--project", project.root, "translate", "import", path)
        assert done.exit_code == 0, done.output
        return done.stdout

    return take


def test_texts_that_are_not_in_the_file_are_counted_and_named(import_some: Callable[[Choose], str]) -> None:
    said = import_some(lambda entries: [each for each in entries if each.unit != "signs.title"])
    assert "  1 text is not in what was imported, and stays as it is: signs.title\n" in said
    said = import_some(lambda entries: [each for each in entries if each.unit.startswith("signs.")])
    assert "texts are not in what was imported, and stay as they are: adult.title, adult.for-whom, get-help.title …\n" in said


def test_texts_that_came_back_empty_are_counted_and_named(import_some: Callable[[Choose], str]) -> None:
    assert "  2 texts are still without words: adult.title, adult.for-whom\n" in import_some(lambda entries: entries)


def test_a_whole_file_says_nothing_of_what_is_not_in_it(import_some: Callable[[Choose], str]) -> None:
    def fill(entries: tuple[Entry, ...]) -> Iterable[Entry]:
        return (each if each.target else replace(each, target="Bultos", done=True) for each in entries)

    said = import_some(fill)
    assert "2 new" in said
    assert "not in what was imported" not in said
    assert "without words" not in said
