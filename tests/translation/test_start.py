"""A language begun, and brought up to the English that stands now."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.build.jobs import list_jobs
from leaflets.content.catalogs import read_entries
from leaflets.content.project import Project, load_project
from leaflets.content.provenance import format_review
from leaflets.files import remove_files, write_files
from leaflets.languages.fonts import read_fonts
from leaflets.problems import LeafletsError, SetupError
from leaflets.translation.progress import report_language
from leaflets.translation.start import MARKER_KINDS, Start, find_lacks, plan_removal, start_language, write_fresh
from leaflets.translation.units import list_source, survey_language
from tests.conftest import Run
from tests.exchange.test_transfer import snapshot
from tests.support.projects import ROOT, SMALL_PROJECT, build_leaflets, find_all, write_project

FONTS = read_fonts(ROOT / "templates")
ENGLISH = SMALL_PROJECT["content/topics/en/signs.yaml"]


def begin(project: Project, tag: str) -> Start:
    """Begin a language and write its files."""
    start = start_language(project, FONTS, tag)
    for name, data in start.files.items():
        (project.root / name).parent.mkdir(parents=True, exist_ok=True)
        (project.root / name).write_bytes(data)
    return start


def test_a_language_that_is_begun_has_a_place_for_every_word_of_the_english(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    begun = begin(project, "sw")
    fresh = load_project(tmp_path)
    assert set(fresh.languages["sw"].gaps) == set(list_source(project))
    assert sum(begun.places.values()) == len(list_source(project)) + len(MARKER_KINDS)
    assert {unit.state for unit in survey_language(fresh, "sw").values()} == {"missing"}


def test_what_is_wrong_with_a_language_that_was_only_begun_is_that_each_word_is_missing(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    begin(project, "sw")
    problems = find_all(load_project(tmp_path))
    assert {problem.id for problem in problems} == {"missing-unit", "missing-term", "missing-message", "missing-markers"}
    assert all(problem.place.line for problem in problems if problem.id != "missing-markers")
    assert len(problems) == len(list_source(project)) + 1


def test_the_english_and_what_the_author_says_stand_above_each_place(tmp_path: Path) -> None:
    noted = ENGLISH.replace("      hard: ", "      # What one feels, not what one sees.\n      hard: ")
    project = write_project(tmp_path, {"content/topics/en/signs.yaml": noted})
    begin(project, "sw")
    assert (tmp_path / "content/topics/sw/signs.yaml").read_text(encoding="utf-8") == (
        "# en: What are the signs?\n"
        "title:\n"
        "blocks:\n"
        "  lumps:\n"
        "    # What one feels, not what one sees.\n"
        "    # en: You may feel hard lumps.\n"
        "    hard:\n"
        "    # en: Call if your fever is above 38.5 °C.\n"
        "    fever:\n"
    )


def test_the_words_that_say_no_are_asked_for_with_the_english_ones_above_and_counted_once_they_are_there(tmp_path: Path) -> None:
    begin(write_project(tmp_path), "sw")
    path = tmp_path / "content/markers/sw.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.endswith("# en: no, not, never, without\nnegation:\n# en: must\nobligation:\nuncertainty:\ndoses:\n")
    path.write_text(text.replace("negation:\n", "negation:\n  - si\n").replace("obligation:\n", "obligation:\n  - lazima\n"))
    project = load_project(tmp_path)
    markers = project.languages["sw"].markers
    assert markers
    assert (markers.negation, markers.obligation, markers.uncertainty) == (("si",), ("lazima",), ())
    assert "missing-markers" not in {problem.id for problem in find_all(project)}


def test_the_terms_come_first_and_the_topics_in_the_order_of_the_leaflet(tmp_path: Path) -> None:
    assert list(start_language(write_project(tmp_path), FONTS, "sw").files) == [
        "content/terms/sw.yaml",
        "content/markers/sw.yaml",
        "content/topics/sw/adult.yaml",
        "content/topics/sw/signs.yaml",
        "content/topics/sw/get-help.yaml",
        "translations/sw/LC_MESSAGES/messages.po",
    ]


def test_words_in_these_places_make_the_language_complete(tmp_path: Path) -> None:
    begin(write_project(tmp_path), "sw")
    path = tmp_path / "content/topics/sw/signs.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("    hard:\n", "    hard: Maneno ya jaribio\n"), encoding="utf-8")
    assert load_project(tmp_path).languages["sw"].words["signs.lumps.hard"].words == "Maneno ya jaribio"


def test_a_term_list_that_was_filled_before_there_was_a_topic_keeps_its_words(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"content/terms/sw.yaml": "lump:\n  term: uvimbe\n"})
    begun = begin(project, "sw")
    assert "content/terms/sw.yaml" not in begun.files
    assert load_project(tmp_path).languages["sw"].terms["lump"].term.words == "uvimbe"


def test_a_start_that_was_cut_short_is_finished_by_the_next(tmp_path: Path) -> None:
    begin(write_project(tmp_path), "sw")
    (tmp_path / "translations/sw/LC_MESSAGES/messages.po").unlink()
    begun = begin(load_project(tmp_path), "sw")
    assert list(begun.files) == ["translations/sw/LC_MESSAGES/messages.po"]


def test_a_language_that_has_all_is_left_as_it_is(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    assert start_language(project, FONTS, "es").files == {}
    begin(project, "sw")
    assert start_language(load_project(tmp_path), FONTS, "sw").files == {}


def test_a_new_sentence_of_the_english_is_added_to_a_language_and_nothing_else_changes(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (tmp_path / "content/topics/en/signs.yaml").write_text(f"{ENGLISH}      leak: It can leak.\n", encoding="utf-8")
    po = tmp_path / "translations/es/LC_MESSAGES/messages.po"
    cut = po.read_bytes().replace(b'msgid "Sources"\n', b'# a note of the translator\n#, fuzzy\nmsgid "Source"\n')
    po.write_bytes(cut)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix in (".yaml", ".po")}
    begun = begin(load_project(project.root), "es")
    assert set(begun.files) == {"content/topics/es/signs.yaml", "translations/es/LC_MESSAGES/messages.po"}
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"]
    assert begun.files["content/topics/es/signs.yaml"].decode() == f"{spanish}    # en: It can leak.\n    leak:\n"
    assert begun.files["translations/es/LC_MESSAGES/messages.po"].startswith(cut.rstrip(b"\n"))
    assert read_entries(po.read_bytes(), "es.po")["Sources"].words == ""
    after = {path: path.read_bytes() for path in before}
    assert {path.relative_to(tmp_path).as_posix() for path in before if before[path] != after[path]} == set(begun.files)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("cn", '"cn" is a country (China), not a language'),
        ("zh", "written in more than one script"),
        ("portuguese", '"portuguese" stands for Portuguese, whose tag is "pt"'),
        ("en", "English is the language that every other is made from"),
        ("en-XA", "English in disguise"),
        ("english", "English is the language that every other is made from"),
        ("../es", "is not in CLDR, the public list of languages"),
        ("", "no language is named"),
    ],
)
def test_only_a_tag_of_another_language_begins_one(tag: str, said: str, tmp_path: Path) -> None:
    project = write_project(tmp_path)
    with pytest.raises(LeafletsError) as caught:
        start_language(project, FONTS, tag)
    [problem] = caught.value.problems
    assert problem.id == "bad-locale"
    assert said in problem.message


@pytest.mark.parametrize(
    "name", ["content/topics/en/signs.yaml", "content/terms/en.yaml", "content/topics/es/signs.yaml", "translations/messages.pot"]
)
def test_nothing_is_added_while_a_file_cannot_be_read(name: str, tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (tmp_path / "content/topics/en/get-help.yaml").write_text(
        SMALL_PROJECT["content/topics/en/get-help.yaml"] + "      more: More\n", encoding="utf-8"
    )
    (tmp_path / name).write_text("[", encoding="utf-8")
    with pytest.raises(LeafletsError) as caught:
        start_language(load_project(project.root), FONTS, "es")
    assert {problem.place.path for problem in caught.value.problems} == {name}


def test_a_language_that_no_font_can_print_is_refused_before_any_work(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    before = sorted(project.root.rglob("*"))
    result = run("--project", project.root, "translate", "start", "sat-Olck")
    assert result.exit_code == 1
    assert "sat-Olck: error: no pinned font has the Ol Chiki script (Olck)" in result.stderr
    assert "docs/developing.md" in result.stderr
    assert sorted(project.root.rglob("*")) == before


def test_fonts_without_the_letters_of_a_language_s_own_name_are_refused_too(tmp_path: Path) -> None:
    latin = {"Arab": FONTS.typographies["Latn"]}
    [problem] = find_lacks(replace(FONTS, typographies=latin), "ur")
    assert problem.message == "no pinned font has ا د ر و, which are in the language's own name"


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["pt", "hu", "lt", "bg", "sk", "sr-Latn", "he", "ku", "om", "yo", "id", "nl", "mr", "si", "ml"])
def test_languages_that_people_ask_for_can_be_printed(tag: str) -> None:
    assert start_language(load_project(ROOT), FONTS, tag).sheet_words


def test_no_page_leads_to_a_language_that_was_only_begun(tmp_path: Path) -> None:
    begin(write_project(tmp_path), "sw")
    project = load_project(tmp_path)
    jobs = list_jobs(project, (), (), ("web",), ())
    results = build_leaflets(project, tuple(find_all(project)), jobs, tmp_path / "out")
    assert [(result.job.locale, result.entry and result.entry.links) for result in results] == [
        ("en", ("es/adult.html",)),
        ("es", ("en/adult.html",)),
    ]


def test_opposites_are_asked_for_by_pair_and_side_and_stay_uncompared_until_they_are_there(tmp_path: Path) -> None:
    pair = "opposites:\n  lower and raise:\n    lower: [lower, cut]\n    raise: [raise]\n"
    english = f"negation: [not]\nobligation: [must]\ndoses: [double]\n{pair}"
    begun = begin(write_project(tmp_path, {"content/markers/en.yaml": english}), "sw")
    asked = "opposites:\n  lower and raise:\n    # en: lower, cut\n    lower:\n    # en: raise\n    raise:\n"
    assert begun.files["content/markers/sw.yaml"].decode().endswith(asked)
    assert begun.places["content/markers/sw.yaml"] == len(MARKER_KINDS) + 2
    assert report_language(load_project(tmp_path), "sw").unchecked == ("doses", "lower and raise")
    path = tmp_path / "content/markers/sw.yaml"
    text = (
        path.read_text(encoding="utf-8")
        .replace("    lower:", "    lower: [punguza]")
        .replace("    raise:", "    raise: [ongeza]")
    )
    path.write_text(text.replace("doses:", "doses: [mara mbili]"), encoding="utf-8")
    assert report_language(load_project(tmp_path), "sw").unchecked == ()


def test_phrases_that_must_not_get_lost_are_asked_for_by_name(tmp_path: Path) -> None:
    english = "negation: [not]\nobligation: [must]\nphrases:\n  same day: [same day]\n  some: [some]\n"
    begun = begin(write_project(tmp_path, {"content/markers/en.yaml": english}), "sw")
    assert begun.files["content/markers/sw.yaml"].decode().endswith("phrases:\n  same day:\n  some:\n")
    assert begun.places["content/markers/sw.yaml"] == len(MARKER_KINDS) + 2
    markers = load_project(tmp_path).languages["sw"].markers
    assert markers
    assert markers.phrases == {"same day": (), "some": ()}


def test_the_english_above_each_place_is_that_of_now_where_nothing_is_missing_too(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    begin(project, "sw")
    english = project.root / "content/topics/en/signs.yaml"
    english.write_text(
        english.read_text(encoding="utf-8").replace("title: ", "title: Now: ", 1).replace("Now: ", "Now, "), encoding="utf-8"
    )
    said = run("--project", project.root, "translate", "start", "sw").stdout
    assert "content/topics/sw/signs.yaml: the English above each place is that of now" in said
    assert "# en: Now, " in (project.root / "content/topics/sw/signs.yaml").read_text(encoding="utf-8")


def test_the_command_says_what_it_made_and_what_to_do_next(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    result = run("--project", project.root, "translate", "start", "sw")
    assert result.exit_code == 0
    assert result.stdout.startswith("made content/terms/sw.yaml (1 text to fill in)\nmade content/markers/sw.yaml (4 lists")
    for words in ("Swahili, Kiswahili: Latin script, left to right", "in this order: adult, signs, get-help", "status sw"):
        assert words in result.stdout
    assert "leaflets translate remove sw " in result.stdout
    assert "what you mean?" not in result.stdout
    again = run("--project", project.root, "translate", "start", "sw")
    assert (again.exit_code, again.stdout.count("\n")) == (0, 1)
    assert "a place for every text" in again.stdout


def test_the_command_makes_nothing_for_what_is_no_language(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    before = sorted(project.root.rglob("*"))
    result = run("--project", project.root, "translate", "start", "cn")
    assert result.exit_code == 1
    assert 'Did you mean "zh-Hans" (Simplified Chinese, 简体中文)' in result.stderr
    assert sorted(project.root.rglob("*")) == before


def test_what_can_only_mean_one_language_is_answered_with_the_command_for_it(tmp_path: Path, run: Run) -> None:
    start = ("--project", write_project(tmp_path / "project").root, "translate", "start")
    assert "To begin it: leaflets translate start so [bad-locale]" in run(*start, "somali").stderr
    assert "To begin it: leaflets translate start en-GB" in run(*start, "English (UK)").stderr  # English is there already
    assert "To begin it" not in run(*start, "kurdish").stderr


SIGNS = "content/topics/sw/signs.yaml"
LABELS = "translations/sw/LC_MESSAGES/messages.po"


def begin_in(root: Path, tag: str = "sw") -> None:
    project = load_project(root)
    write_files(root, start_language(project, read_fonts(ROOT / "templates"), tag).files)


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_language_that_was_only_begun_goes_and_leaves_nothing_behind(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    before, folders = snapshot(root), sorted(root.rglob("*"))
    begin_in(root)
    result = run("--project", root, "translate", "remove", "sw")
    assert result.exit_code == 0
    assert f"deleted {SIGNS}\n" in result.stdout
    assert (snapshot(root), sorted(root.rglob("*"))) == (before, folders)


@pytest.mark.slow
def test_every_file_that_a_start_makes_here_can_be_taken_away() -> None:
    project = load_project(ROOT)
    begun = start_language(project, read_fonts(ROOT / "templates"), "hu")
    assert len(begun.files) > len(project.topics)
    assert {file: data.decode() for file, data in begun.files.items()}.items() <= write_fresh(project, "hu").items()


def test_a_language_whose_english_changed_since_goes_as_well(tmp_path: Path) -> None:
    root = write_project(tmp_path).root
    begin_in(root)
    english = SMALL_PROJECT["content/topics/en/signs.yaml"].replace("hard lumps", "sore lumps").replace("fever:", "heat:")
    (root / "content/topics/en/signs.yaml").write_text(english, encoding="utf-8")
    assert SIGNS in plan_removal(load_project(root), "sw")


WRITTEN: dict[str, Callable[[Path], None]] = {
    f'{SIGNS}:2: error: somebody wrote here: title: Dalili': lambda root: change(root, SIGNS, "title:", "title: Dalili"),
    "somebody wrote here: # ask Amina": lambda root: change(root, SIGNS, "blocks:", "# ask Amina\nblocks:"),
    'somebody wrote here: msgstr "Ukurasa"': lambda root: change(root, LABELS, 'msgstr ""\n\n', 'msgstr "Ukurasa"\n\n'),
    "somebody wrote here: - hapana": lambda root: change(root, "content/markers/sw.yaml", "negation:", "negation:\n  - hapana"),
    "somebody wrote here: term: uvimbe": lambda root: change(root, "content/terms/sw.yaml", "term:", "term: uvimbe"),
    "translations/sw/signoffs.end: error: this is no file": lambda root: (
        write_files(root, {"translations/sw/signoffs.end": b""})
    ),
    "content/topics/sw/notes.txt: error: this is no file": lambda root: write_files(root, {"content/topics/sw/notes.txt": b"x"}),
}  # fmt: skip


@pytest.mark.parametrize("said", WRITTEN)
def test_nothing_goes_where_somebody_wrote_anything(said: str, tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    begin_in(root)
    WRITTEN[said](root)
    before = snapshot(root)
    result = run("--project", root, "translate", "remove", "sw")
    assert result.exit_code == 1
    assert said in result.stderr
    assert "[language-kept]" in result.stderr
    assert snapshot(root) == before


def test_a_language_with_words_is_kept_and_one_line_says_how_much_there_is(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project").root
    before = snapshot(root)
    result = run("--project", root, "translate", "remove", "es")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "more files)" in result.stderr
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("tag", "said"), [("en", "the others are translated from"), ("qq", "there is no language"), ("../es", "no language")]
)
def test_only_a_language_of_the_project_goes(tag: str, said: str, tmp_path: Path, run: Run) -> None:
    result = run("--project", write_project(tmp_path / "project").root, "translate", "remove", tag)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_folder_in_which_something_else_lies_stays(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/b/one": b"1", "a/two": b"2"})
    remove_files(tmp_path, ["a/b/one"])
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "two"]


def test_a_file_that_cannot_be_deleted_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"cannot delete .*none: No such file"):
        remove_files(tmp_path, ["none"])


def test_a_record_without_entries_is_nobody_s_work(tmp_path: Path) -> None:
    root = write_project(tmp_path).root
    begin_in(root)
    record = root / "translations/sw/review.yaml"
    record.write_text(format_review({}), encoding="utf-8")
    assert "translations/sw/review.yaml" in plan_removal(load_project(root), "sw")
    record.write_text("signs.title:\n  source: What?\n", encoding="utf-8")
    with pytest.raises(LeafletsError, match="somebody wrote here"):
        plan_removal(load_project(root), "sw")
