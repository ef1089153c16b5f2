"""Checks of the words that must and must not stand in a translation."""

from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.checks.pairs import Lexicon
from leaflets.content.project import load_project
from leaflets.model import Markers
from leaflets.problems import Place, Severity
from tests.support.pairs import ENGLISH, compare, compare_ids, name_terms
from tests.support.projects import find_all, find_ids, write_project

SPANISH = Markers(("no", "ni", "nunca", "sin", "a menos que", "ningun*"), ("debe*", "tiene que"), exceptions=("sin embargo",))
MARKED = Lexicon(source_markers=ENGLISH, markers=SPANISH)


@pytest.mark.parametrize(
    ("avoid", "translated", "locale"),
    [
        ("nódulo", "Un nódulo duro.", "es"),
        ("nódulo*", "Unos NÓDULOS duros.", "es"),
        ("glándula tiroides", "La glándula Tiroides.", "es"),
        ("结节", "有硬的结节。", "zh-Hans"),
        ("السرطان", "هذا السَّرطان.", "ar"),
        ("फॉस्फोरस", "खून में फ़ॉस्फोरस।", "hi"),
    ],
)
def test_a_forbidden_word_is_one_problem(avoid: str, translated: str, locale: str) -> None:
    [problem] = compare("A thing.", translated, locale, name_terms("deposit", "x", avoid))
    assert problem.id == "forbidden-word"
    assert problem.remedy == 'The word for it is "x".'


@pytest.mark.parametrize(
    ("avoid", "term", "translated"),
    [
        ("nódulo", "bulto", "Unos nodulillos."),
        ("tiroides", "glándula paratiroides", "La glándula paratiroides."),
        ("tumoral", "calcinosis tumoral", "La calcinosis tumoral."),
    ],
)
def test_a_longer_word_or_the_fixed_term_is_not_forbidden(avoid: str, term: str, translated: str) -> None:
    assert compare("A thing.", translated, lexicon=name_terms("deposit", term, avoid)) == []


@pytest.mark.parametrize(
    ("term", "english", "translated", "locale"),
    [
        ("bulto", "Two lumps.", "Dos masas.", "es"),
        ("bulto", "The lump’s edge.", "El borde de la masa.", "es"),
        ("الكتلة", "A lump.", "ورم.", "ar"),
        ("肿块", "A lump.", "一个包。", "zh-Hans"),
    ],
)
def test_a_term_that_the_english_uses_and_the_translation_does_not_is_a_warning(
    term: str, english: str, translated: str, locale: str
) -> None:
    [problem] = compare(english, translated, locale, name_terms("lump", term))
    assert (problem.id, problem.severity) == ("term-unused", Severity.WARNING)


@pytest.mark.parametrize(
    ("english", "term", "translated", "locale"),
    [
        ("Two lumps.", "bulto", "Dos bultos.", "es"),
        ("A rheumatologist.", "reumatólogo", "Una reumatóloga.", "es"),
        ("An MRI scan.", "resonancia magnética (MRI)", "Una MRI.", "es"),
        ("Lumps.", "الكتلة", "كتل صلبة.", "ar"),
        ("A blood test.", "خون کا ٹیسٹ", "خون کے ٹیسٹ۔", "ur"),
        ("A lump.", "肿块（lump）", "一个肿块。", "zh-Hans"),
        ("A plum.", "bulto", "Una ciruela.", "es"),
    ],
)
def test_a_term_may_be_inflected_or_shortened(english: str, term: str, translated: str, locale: str) -> None:
    names = {"An MRI scan.": "MRI", "A rheumatologist.": "rheumatologist", "A blood test.": "blood test"}
    lexicon = name_terms(names.get(english, "lump"), term, forms=("خون کے ٹیسٹ",) if locale == "ur" else ())
    assert compare(english, translated, locale, lexicon) == []


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Do not cut.", "Corte."),
        ("Cut.", "No corte."),
        ("Never stop. Do not cut.", "Siempre siga. No corte."),
        ("Do not stop without advice.", "No suspenda con el consejo."),
        ("Do not stop unless told.", "No suspenda."),
        ("Do not cut.", "Sin embargo, corte."),
    ],
)
def test_a_lost_or_added_not_is_one_problem(english: str, translated: str) -> None:
    assert compare_ids(english, translated, lexicon=MARKED) == ["negation-mismatch"]


def test_the_message_counts_the_words_on_both_sides() -> None:
    [problem] = compare("Do not stop without advice.", "No suspenda.", lexicon=MARKED)
    assert problem.message.startswith("words that say no: 1 (no) here, 2 (not, without) in English")
    assert "content/markers/es.yaml" in problem.remedy


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Do not cut.", "No corte."),
        ("Do **not** cut!", "¡**NO** corte!"),
        ("Eat well.", "Sin embargo, coma bien."),
        ("Do not stop unless told.", "No suspenda, a menos que se lo digan."),
        ("Eat well.", "Coma nopales."),
    ],
)
def test_as_many_words_that_say_no_are_fine(english: str, translated: str) -> None:
    assert compare(english, translated, lexicon=MARKED) == []


def test_a_phrase_for_which_the_language_needs_more_words_is_counted_so() -> None:
    needs = replace(SPANISH, counts={"negation": {"do not cut or pick": 2}})
    lexicon = replace(MARKED, markers=needs)
    assert compare("**Do not** cut or pick.", "**No** corte ni escarbe.", lexicon=lexicon) == []
    assert compare_ids("**Do not** cut or pick.", "**No** corte o escarbe.", lexicon=lexicon) == ["negation-mismatch"]
    assert compare_ids("**Do not** cut or pick.", "**No** corte ni escarbe.", lexicon=MARKED) == ["negation-mismatch"]


def test_where_words_are_not_parted_the_longest_that_fits_counts() -> None:
    chinese = Markers(("不", "没有"), ("必须",), exceptions=("不同",))
    lexicon = replace(MARKED, markers=chinese)
    assert compare("Do not use it.", "不要用。", "zh-Hans", lexicon) == []
    assert compare("Use another one.", "用不同的。", "zh-Hans", lexicon) == []
    assert compare_ids("Use it.", "不要用。", "zh-Hans", lexicon) == ["negation-mismatch"]


def test_an_exception_with_any_ending_counts_nowhere() -> None:
    kurdish = Markers(("نە*",), ("پێویستە",), exceptions=("نەخۆش*",))
    lexicon = replace(MARKED, markers=kurdish)
    assert compare("Go to the hospital.", "بڕۆ بۆ نەخۆشخانە.", "ckb", lexicon) == []
    assert compare_ids("Go to the hospital.", "نەڕۆ بۆ نەخۆشخانە.", "ckb", lexicon) == ["negation-mismatch"]


KNOWN = {"ro": frozenset({"dureros", "clară", "voie"})}
ROMANIAN = replace(MARKED, markers=Markers(("nu",), ("trebuie",), exceptions=("neclar*",)), vocabularies=KNOWN)


@pytest.mark.parametrize(
    ("english", "translated", "ids"),
    [
        ("It is tender.", "Este nedureros.", ["negation-mismatch"]),
        ("It is painless.", "Este nedureros.", []),
        ("It is unusual.", "Este nedureros.", []),
        ("It is not tender.", "Nu este nedureros.", []),
        ("It is tender.", "Este necesar.", []),
        ("You need it.", "Aveți nevoie.", []),
        ("It is blurred.", "Este neclară.", []),
    ],
)
def test_a_prefix_that_turns_a_word_round_says_no(english: str, translated: str, ids: list[str]) -> None:
    assert compare_ids(english, translated, "ro", ROMANIAN) == ids


def test_where_no_word_is_known_no_prefix_is_found() -> None:
    assert compare("It is tender.", "Este nedureros.", "ro", replace(ROMANIAN, vocabularies={})) == []
    assert compare("It is tender.", "Haina nedureros.", "sw", ROMANIAN) == []


@pytest.mark.parametrize(("english", "translated"), [("You must go.", "Puede ir."), ("You should go and must rest.", "Debe ir.")])
def test_a_lost_must_is_one_problem(english: str, translated: str) -> None:
    assert compare_ids(english, translated, lexicon=MARKED) == ["obligation-mismatch"]


def test_a_lost_may_is_a_warning() -> None:
    marked = Lexicon(source_markers=replace(ENGLISH, uncertainty=("may",)), markers=replace(SPANISH, uncertainty=("puede*",)))
    [problem] = compare("It may hurt.", "Duele.", lexicon=marked)
    assert (problem.id, problem.severity) == ("uncertainty-mismatch", Severity.WARNING)
    assert compare("It may hurt.", "Puede doler.", lexicon=marked) == []
    assert compare("It hurts.", "Puede doler.", lexicon=marked) == []


def test_a_language_without_words_that_leave_it_open_is_not_held_to_them() -> None:
    marked = replace(MARKED, source_markers=replace(ENGLISH, uncertainty=("may",)))
    assert compare("It may hurt.", "Duele.", lexicon=marked) == []


@pytest.mark.parametrize(("english", "translated"), [("You must go.", "Tiene que ir."), ("Go.", "Debe ir."), ("Go.", "Vaya.")])
def test_must_may_be_said_in_other_words_or_more_often(english: str, translated: str) -> None:
    assert compare(english, translated, lexicon=MARKED) == []


def test_a_language_without_its_words_is_an_error_and_is_not_counted(tmp_path: Path) -> None:
    changes = {"content/markers/es.yaml": None, "content/topics/es/adult.yaml": "title: Bultos\nblocks:\n  for-whom: No para\n"}
    [problem] = [each for each in find_all(write_project(tmp_path, changes)) if each.id != "still-english"]
    assert (problem.id, problem.severity) == ("missing-markers", Severity.ERROR)
    assert problem.place == Place("content/markers/es.yaml")


def test_a_lost_not_in_a_project_is_one_problem_at_its_line(tmp_path: Path) -> None:
    english = {
        "content/topics/en/adult.yaml": "title: Lumps\nblocks:\n  for-whom:\n    references: [Book]\n    text: Do not cut\n"
    }
    spanish = {"content/topics/es/adult.yaml": "title: Bultos\nblocks:\n  for-whom: Corte\n"}
    [problem] = find_all(write_project(tmp_path, english | spanish))
    assert (problem.id, problem.place) == ("negation-mismatch", Place("content/topics/es/adult.yaml", 3))


def test_words_that_cannot_be_read_are_one_problem(tmp_path: Path) -> None:
    assert find_ids(write_project(tmp_path, {"content/markers/es.yaml": "negation: none\n"})) == {"wrong-value", "missing-key"}


LIMITS = Lexicon(
    source_markers=replace(ENGLISH, phrases={"same day": ("same day",), "at once": ("now",), "some": ("some",)}),
    markers=replace(SPANISH, phrases={"same day": ("mismo día",), "at once": ("ahora", "ya"), "some": ("algun*",)}),
)


@pytest.mark.parametrize(
    ("english", "translated", "name"),
    [
        ("Call the same day.", "Llame al día siguiente.", "same day"),
        ("Get help now.", "Pida ayuda.", "at once"),
        ("Some people need it.", "La gente lo necesita.", "some"),
    ],
)
def test_a_lost_phrase_that_limits_a_sentence_is_one_problem(english: str, translated: str, name: str) -> None:
    [problem] = compare(english, translated, lexicon=LIMITS)
    assert (problem.id, problem.severity) == ("lost-phrase", Severity.ERROR)
    assert problem.message.startswith(f'nothing says "{name}": "{translated}"')
    assert "`phrases:` in content/markers/es.yaml" in problem.remedy


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Call the same day.", "Llame el mismo día."),
        ("Get help now.", "Pida ayuda ya."),
        ("Some people need it. Some do not.", "Algunas personas lo necesitan. Otras no."),
        ("People need it.", "Algunas personas lo necesitan."),
    ],
)
def test_a_phrase_may_be_said_in_any_way_of_the_list(english: str, translated: str) -> None:
    assert compare(english, translated, lexicon=LIMITS) == []


def test_a_phrase_without_words_in_the_language_is_not_looked_for() -> None:
    bare = replace(LIMITS, markers=replace(SPANISH, phrases={"same day": ()}))
    assert compare("Call the same day.", "Llame mañana.", lexicon=bare) == []


@pytest.mark.parametrize(
    ("english", "translated", "said"),
    [
        (
            "Lumps are **not cancer**, but hard.",
            "Los bultos no son cáncer, pero son **duros**.",
            "0 strong phrases that say no, 1",
        ),
        ("Take **2 pills** a day.", "Tome 2 **pastillas** al día.", "0 strong phrases with a number, 1"),
        (
            "Hot? **Call the same day.** Black? **Get help now.**",
            "¿Calor? **Pida ayuda ya.** ¿Negro? **El mismo día.**",
            '"at once", ',
        ),
        ("**Get help now.**", "Ahora **pida ayuda**.", "the strong phrases say nothing"),
    ],
)
def test_an_emphasis_that_moved_is_one_warning(english: str, translated: str, said: str) -> None:
    [problem] = [each for each in compare(english, translated, lexicon=LIMITS) if each.id == "moved-emphasis"]
    assert problem.severity is Severity.WARNING
    assert said in problem.message


def test_a_condition_may_come_first_within_a_sentence() -> None:
    english, spanish = "Call **the same day** if **some** hurt.", "Si **algunos** duelen, llame **el mismo día**."
    assert compare(english, spanish, lexicon=LIMITS) == []


def test_another_word_of_the_same_phrase_may_be_stressed() -> None:
    assert compare("Do **not** cut it.", "**No lo corte**.", lexicon=LIMITS) == []


def test_a_language_has_words_for_the_phrases_of_the_english_list(tmp_path: Path) -> None:
    write_project(tmp_path)
    for tag, words in (("en", "not"), ("es", '"no"')):
        path = tmp_path / f"content/markers/{tag}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f"negation: [{words}]\nobligation: [x]\nphrases:\n  same day: [call]\n  some: [nowhere]\n", encoding="utf-8"
        )
    path.write_text('negation: ["no"]\nobligation: [x]\nphrases:\n  same day: [llame]\n', encoding="utf-8")
    assert "missing-phrase" not in find_ids(load_project(tmp_path))
    path.write_text('negation: ["no"]\nobligation: [x]\nphrases:\n  same day:\n  sane day: [x]\n', encoding="utf-8")
    said = [str(each) for each in find_all(load_project(tmp_path)) if each.id == "missing-phrase"]
    assert len(said) == 2
    assert '"sane day" is looked for nowhere' in said[0]
    assert 'no words for "same day"' in said[1]


def test_a_fixed_word_under_a_mistyped_name_is_one_problem(tmp_path: Path) -> None:
    terms = "lump:\n  term: bulto\nlupm:\n  term: masa\n"
    project = write_project(tmp_path, {"content/terms/es.yaml": terms})
    [problem] = [each for each in find_all(project) if each.id == "orphan-term"]
    assert str(problem.place) == "content/terms/es.yaml:4"
    assert problem.remedy == 'Did you mean "lump"?'


def test_an_abbreviation_of_the_list_is_its_term() -> None:
    known = name_terms("juvenile dermatomyositis (JDM)", "dermatomiositis juvenil (JDM)")
    assert compare_ids("Children with JDM get it.", "Los niños la tienen.", lexicon=known) == ["term-unused"]
    assert compare("Children with JDM get it.", "Los niños con JDM la tienen.", lexicon=known) == []


def test_vitamin_d_is_not_vitamin_k() -> None:
    known = name_terms("vitamin D", "vitamina D")
    assert compare_ids("Too much vitamin D.", "Demasiada vitamina K, donde duele.", lexicon=known) == ["term-unused"]


VIETNAMESE = Markers(("không", "đừng"), ("phải",))
ASKED = ("Is this safe?", "Điều này có an toàn không?")


@pytest.mark.parametrize("named", [replace(VIETNAMESE, questions=("không",)), replace(VIETNAMESE, exceptions=("không?",))])
@pytest.mark.parametrize("mark", ["?", " ?", "？"])
def test_a_word_that_only_asks_where_a_question_ends_says_no_elsewhere(named: Markers, mark: str) -> None:
    lexicon = Lexicon(source_markers=ENGLISH, markers=named)
    plain = replace(lexicon, markers=VIETNAMESE)
    english, asked = ASKED[0], ASKED[1].replace("?", mark)
    assert "negation-mismatch" in compare_ids(english, asked, "vi", plain)
    assert "negation-mismatch" not in compare_ids(english, asked, "vi", lexicon)
    assert "negation-mismatch" not in compare_ids(f"{english} Do not cut.", f"{asked} Đừng cắt.", "vi", lexicon)
    assert "negation-mismatch" in compare_ids("Cut it.", "Không cắt.", "vi", lexicon)
    assert "negation-mismatch" in compare_ids("Why should I not cut?", "Vì sao tôi cắt không?", "vi", lexicon)
