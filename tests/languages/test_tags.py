"""What a person meant who typed a tag or the name of a language."""

from pathlib import Path

import pytest

from leaflets.build.jobs import check_languages
from leaflets.content.project import load_project
from leaflets.languages.locales import is_tag, list_scripts, native_name, parse_tag
from leaflets.languages.tags import KNOWN_AS, Advice, explain_region, explain_tag, name_tag, read_aliases
from leaflets.problems import LeafletsError, Problem
from tests.conftest import Run
from tests.support.projects import ROOT, write_project

ALIASES = read_aliases(ROOT / "templates")
FINE = ("en", "es", "sw", "fil", "ckb", "fa-AF", "pt-BR", "es-419", "zh-Hans", "zh-Hant-HK", "sr-Latn", "pa-Arab", "ht", "so")
MEANT = {
    "another case": [("EN", "en"), ("pt-br", "pt-BR"), ("zh-hans", "zh-Hans"), ("ZH-HANT", "zh-Hant")],
    "an underscore": [("pt_br", "pt-BR"), ("pt_BR", "pt-BR"), ("sr_Latn", "sr-Latn")],
    "a tag out of use": [("iw", "he"), ("in", "id"), ("ji", "yi"), ("tl", "fil"), ("prs", "fa-AF"), ("sh", "sr-Latn")],
    "a code of three letters": [("eng", "en"), ("spa", "es"), ("deu", "de"), ("arb", "ar"), ("pes", "fa")],
    "a country in the place of a script": [
        ("zh-CN", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh-HK", "zh-Hant-HK"),
        ("pa-PK", "pa-Arab"),
    ],
    "an English name": [("english", "en"), ("Arabic", "ar"), ("haitian creole", "ht"), ("Chinese (Simplified)", "zh-Hans")],
    "its own name": [("kiswahili", "sw"), ("español", "es"), ("ESPANOL", "es"), ("简体中文", "zh-Hans"), ("اردو", "ur")],
    "what people call it": [("farsi", "fa"), ("dari", "fa-AF")],
    "a typing error in a name": [("spannish", "es"), ("portugese", "pt")],
    "a country": [("jp", "ja"), ("vn", "vi"), ("ua", "uk"), ("ESP", "es"), ("Brazil", "pt")],
}
CHOICES = [
    ("zh", ("zh-Hans", "zh-Hant")),
    ("中文", ("zh-Hans", "zh-Hant")),
    ("chinese", ("zh-Hans", "zh-Hant")),
    ("cn", ("zh-Hans", "zh-Hant")),
    ("tw", ("ak",)),
    ("sr", ("sr-Cyrl", "sr-Latn")),
    ("pa", ("pa-Guru", "pa-Arab")),
    ("kurdish", ("ku", "ckb")),
]
NAMED = ("pt-BR", "pt-PT", "es-MX", "es-419", "es-ES", "en-GB", "fa-AF", "fr-CA", "nl-BE", "sw-CD")
"""Tags with a country of which CLDR has a name."""


def explain(typed: str) -> Advice:
    return explain_tag(typed, ALIASES)


@pytest.mark.parametrize("tag", FINE)
def test_a_tag_that_can_be_printed_needs_no_advice(tag: str) -> None:
    assert explain(tag) == Advice(tag, (tag,))
    assert explain(tag).fine


@pytest.mark.parametrize(("typed", "tag"), [pair for pairs in MEANT.values() for pair in pairs])
def test_the_tag_that_was_meant_is_offered_with_its_names(typed: str, tag: str) -> None:
    advice = explain(typed)
    assert advice.tags == (tag,)
    assert advice.said.startswith(f'"{typed}" ')
    assert advice.remedy == f'Did you mean "{tag}" ({name_tag(tag)})?'


@pytest.mark.parametrize(("typed", "tags"), CHOICES)
def test_what_may_mean_several_is_asked_back(typed: str, tags: tuple[str, ...]) -> None:
    assert explain(typed).tags == tags
    assert not explain(typed).fine


@pytest.mark.parametrize("typed", ["xx", "zzzz", "", "../es", "es\n\n-", "xx-XX", "12", "kfz"])
def test_what_means_no_language_of_cldr_is_told_what_a_tag_is(typed: str) -> None:
    advice = explain(typed)
    assert (advice.tags, advice.fine) == ((), False)
    assert "A tag is short" in advice.remedy


def test_a_language_that_cldr_can_only_name_is_said_to_be_one() -> None:
    """Its direction and dates are not known, so that no page can be set in it."""
    advice = explain("gon")
    assert '"gon" is Gondi, but CLDR does not have its direction' in advice.said
    assert advice.tags == ()


def test_it_is_said_so_by_its_name_too() -> None:
    assert '"gondi" is Gondi, but CLDR does not have its direction' in explain("gondi").said
    assert '"klingon" is Klingon, but' in explain("klingon").said


def test_hmong_is_not_offered_in_a_script_that_few_of_its_readers_know() -> None:
    assert explain("hmong").tags == ("hmn",)


def test_of_what_cldr_does_not_name_it_is_said_where_its_tag_can_be_looked_up() -> None:
    assert explain("quenyaish").said.startswith('"quenyaish" is not in CLDR, the public list of languages; https://')
    assert "https:" not in explain("spannish").said


def test_no_name_at_all_is_said_to_be_none() -> None:
    assert explain(" ").said == "no language is named"


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("arabic (egypt)", ("ar", "ar-EG")),
        ("Arabic, Egypt", ("ar", "ar-EG")),
        ("Swahili (Kenya)", ("sw", "sw-KE")),
        ("Portuguese (Brazil)", ("pt-BR", "pt")),
        ("English (UK)", ("en-GB", "en")),
        ("dari (afghanistan)", ("fa-AF",)),
        ("arabic (narnia)", ()),
    ],
)
def test_a_language_with_its_country_is_offered_with_and_without_it(typed: str, tags: tuple[str, ...]) -> None:
    assert explain(typed).tags == tags


def test_a_language_is_called_by_what_tells_it_apart() -> None:
    assert '"ckb" (Central Kurdish (Sorani), ' in explain("kurdish").remedy
    assert explain("tagalog").said == '"tagalog" stands for Filipino (the standard form of Tagalog), whose tag is "fil"'
    assert all(map(is_tag, KNOWN_AS))


@pytest.mark.parametrize(("tag", "other"), [("ar-Latn", "ar"), ("en-ZZ", "en"), ("mn-Mong", "mn"), ("es-XX", "es")])
def test_a_script_or_country_that_cannot_be_printed_is_told_what_can(tag: str, other: str) -> None:
    assert explain(tag).tags == (other,)
    assert not explain(tag).fine


@pytest.mark.parametrize("tag", ["en-XA", "ar-XB", "ar_xb"])
def test_english_in_disguise_is_no_language(tag: str) -> None:
    assert "English in disguise" in explain(tag).said
    assert explain(tag).tags == ()


def test_only_tags_that_can_be_printed_are_offered() -> None:
    for typed in ("sat", "kxv", "rhg", "mni", "ks", "bal", "hmn", "su", "ff", "vai"):
        assert all(map(is_tag, explain(typed).tags)), typed


@pytest.mark.parametrize("typed", ["Montenegrin", "sr-ME", "Chinese (Taiwan)", "kurdish", "vn", "spannish", "ar-Latn"])
def test_every_tag_that_is_offered_is_taken(typed: str) -> None:
    tags = explain(typed).tags
    assert tags
    assert all(explain(tag).fine for tag in tags)


def test_a_name_that_cldr_knows_by_another_code_is_no_typing_error() -> None:
    assert explain("laz").said.startswith('"laz" is Laz, but CLDR does not have its direction')


def test_a_language_with_one_usual_script_does_not_ask_for_it() -> None:
    assert (list_scripts("hi"), list_scripts("ar"), list_scripts("ms")) == ((), (), ())


def test_a_language_that_has_no_name_of_its_own_in_cldr_is_called_by_its_english_one() -> None:
    assert native_name("tyv") == "Tuvinian"


def refuse(name: str) -> Problem:
    project = load_project(ROOT)
    with pytest.raises(LeafletsError) as caught:
        check_languages(project, [name], project.languages)
    [problem] = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("arabic", 'did you mean "ar" (Arabic, العربية)?'),
        ("zh", 'did you mean "zh-Hans" (Simplified Chinese, 简体中文), or "zh-Hant" (Traditional Chinese, 繁體中文)?'),
        ("cn", 'did you mean "zh-Hans"'),
        ("es-MX", 'did you mean "es" (Spanish, español)?'),
        ("hu", '"hu" (Hungarian, magyar) yet'),
        ("farsi", 'did you mean "fa" (Persian, فارسی)?'),
        ("magyar", '"hu"; there are no leaflets in "hu" (Hungarian, magyar) yet'),
        ("hngarian", '; there are no leaflets in "hu" (Hungarian, magyar) yet'),
        ("hungary", '"hungary" is a country (Hungary), not a language; there are no leaflets in "hu" (Hungarian, magyar) yet'),
        ("en-XA", "English in disguise"),
        ("ess", 'did you mean "es"?'),
        ("qq", 'there is no language "qq"'),
    ],
)
def test_a_command_says_which_of_the_project_s_languages_was_meant(typed: str, said: str) -> None:
    problem = refuse(typed)
    assert said in problem.message
    assert f"There are {', '.join(sorted(path.name for path in (ROOT / 'content' / 'topics').iterdir()))}." in problem.remedy


def test_a_language_that_is_not_there_yet_can_be_begun() -> None:
    for typed in ("hu", "magyar", "Hungarian", "hngarian"):
        assert refuse(typed).remedy.endswith("To begin it: leaflets translate start hu")
    assert refuse("serbian").remedy.endswith("To begin it: leaflets translate start TAG")  # in one of two scripts
    assert "Did you mean" not in str(refuse("magyar"))


def test_every_command_that_takes_a_language_understands_its_name(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    for command in (("build", "--locale"), ("check", "--locale"), ("record",), ("serve", "--locale")):
        result = run("--project", project.root, *command, "spanish")
        assert result.exit_code == 1
        assert 'did you mean "es" (Spanish, español)?' in result.stderr, command
        result = run("--project", project.root, *command, "magyar")
        assert 'there are no leaflets in "hu" (Hungarian, magyar) yet' in result.stderr, command
        assert "To begin it: leaflets translate start hu [" in result.stderr, command


@pytest.mark.parametrize("name", ["english", "zh-hans", "en-XA", "xx"])
def test_a_folder_that_is_named_by_no_tag_is_told_what_to_be_called(name: str, tmp_path: Path) -> None:
    (tmp_path / "content" / "topics" / name).mkdir(parents=True)
    problems = [problem for problem in load_project(tmp_path).problems if problem.id == "bad-locale"]
    assert [(problem.place.path, problem.message) for problem in problems] == [(f"content/topics/{name}", explain(name).said)]
    assert problems[0].remedy.startswith("Rename it. ")


def test_a_folder_may_leave_out_the_likely_script(tmp_path: Path) -> None:
    """A project that began so keeps working."""
    (tmp_path / "content" / "topics" / "pa").mkdir(parents=True)
    assert "pa" in load_project(tmp_path).languages
    assert parse_tag("pa").language == "pa"


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
