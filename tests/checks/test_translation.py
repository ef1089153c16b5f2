"""Checks of a translation against its English, as one patient's sentence after the other."""

from pathlib import Path

import pytest

from leaflets.checks.pairs import Lexicon
from leaflets.model import Text
from leaflets.problems import Place, Severity
from tests.support.pairs import compare, compare_ids
from tests.support.projects import SMALL_PROJECT, find_all, find_ids, write_project

SIGNS = "content/topics/es/signs.yaml"
HELP = "content/topics/es/get-help.yaml"


def swap(name: str, old: str, new: str) -> dict[str, str]:
    """Change a file of the small project."""
    assert old in SMALL_PROJECT[name]
    return {name: SMALL_PROJECT[name].replace(old, new)}


@pytest.mark.parametrize(
    ("english", "translated", "said"),
    [
        ("above 38.5 °C", "más de 38 °C", ("38.5", "38")),
        ("above 38.5 °C", "más de 385 °C", ("38.5", "385")),
        ("above 38.5 °C", "más de 83,5 °C", ("38.5", "83,5")),
        ("above 38 °C", "mucha fiebre", ("38",)),
        ("a fever", "fiebre de 38 °C", ("38",)),
        ("2 pills 3 times", "2 pastillas", ("3",)),
        ("2 pills 2 times", "2 pastillas", ("2",)),
        ("½ pill", "1 pastilla", ("½", "1")),
        ("1½ pills", "1 pastilla", ("1½", "1")),
        ("1,000 mg", "10,000 mg", ("1,000", "10,000")),
        ("4–12 months", "4–21 meses", ("12", "21")),
        ("5 days", "٦ أيام", ("5", "٦")),
        ("L94.2", "L94.3", ("94.2", "94.3")),
    ],
)
def test_a_lost_or_changed_number_is_one_problem(english: str, translated: str, said: tuple[str, ...]) -> None:
    [problem] = compare(english, translated)
    assert problem.id == "number-mismatch"
    assert [number for number in said if number not in problem.message] == []


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("38.5 °C", "38,5 °C"),
        ("38.5 °C", "38.5 °C"),
        ("1,000 mg", "1000 mg"),
        ("1,000 mg", "1.000 mg"),
        ("1,000.5 mg", "1.000,5 mg"),
        ("1,000,000 cells", "1.000.000 células"),
        ("½ pill", "½ pastilla"),
        ("½ pill", "0,5 pastilla"),
        ("1½ pills", "1,5 pastillas"),
        ("4–12 months", "de 4 a 12 meses"),
        ("at 12:30", "a las 12:30"),
        ("by 21.11.2026", "antes del 21.11.2026"),
        ("pills", "pastillas"),
    ],
)
def test_a_number_may_be_written_as_its_language_writes_it(english: str, translated: str) -> None:
    assert compare(english, translated) == []


@pytest.mark.parametrize(
    ("english", "translated", "locale"),
    [
        ("Take 12 pills", "خذ ١٢ حبة", "ar"),
        ("Above 38.5 °C", "فوق ٣٨٫٥ °C", "ar"),
        ("Take 1,000 mg", "خذ ١٬٠٠٠ مغ", "ar"),
        ("Take 12 pills", "۱۲ گولیاں لیں", "ur"),
        ("Take 12 pills", "१२ गोलियाँ लें", "hi"),
        ("Above 38.5 °C", "३८.५ °C से अधिक", "hi"),
    ],
)
def test_digits_of_another_script_count_as_the_same_number(english: str, translated: str, locale: str) -> None:
    assert compare(english, translated, locale) == []


@pytest.mark.parametrize(("locale", "translated"), [("hi", "38,5 °C से"), ("zh-Hans", "高于 38,5 °C"), ("es", "más de 38.5 °C")])
def test_a_lone_decimal_mark_of_another_language_is_understood(locale: str, translated: str) -> None:
    assert "number-mismatch" not in compare_ids("above 38.5 °C", translated, locale)


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Take 0.125 mg.", "Tome 125 mg."),
        ("Take 1,000 mg.", "Tome 1 mg."),
        ("By 21.11.2026.", "Antes del 22.11.2026."),
        ("Rules 1,2,3.", "Reglas 1,2,4."),
        ("Take ¼ pill.", "Tome ¾ de pastilla."),
    ],
)
def test_a_dose_that_only_looks_alike_is_another_number(english: str, translated: str) -> None:
    assert compare_ids(english, translated) == ["number-mismatch"]


def test_a_number_changed_in_a_project_is_one_problem_at_its_line(tmp_path: Path) -> None:
    [problem] = find_all(write_project(tmp_path, swap(SIGNS, "38,5", "38")))
    assert (problem.id, problem.place) == ("number-mismatch", Place(SIGNS, 5))


@pytest.mark.parametrize(
    ("english", "translated", "said"),
    [
        ("Call {clinic_phone}", "Llame", "{clinic_phone}"),
        ("Call {clinic_phone}", "Llame al {teléfono}", "{teléfono}"),
        ("Call {clinic_phone}", "Llame al {emergency_number}", "{emergency_number}"),
        ("Call {clinic_phone}", "Llame al {clinic_phone} o {clinic_phone}", "{clinic_phone}"),
        ("Call {clinic_phone}", "Llame al {clinic_phone", "{clinic_phone}"),
        ("Call {clinic_phone}", "Llame al clinic_phone}", "{clinic_phone}"),
        ("Call {clinic_phone}", "Llame al { clinic_phone }", "{ clinic_phone }"),
        ("Call us", "Llame al {fax}", "{fax}"),
    ],
)
def test_a_lost_or_unknown_placeholder_is_one_problem(english: str, translated: str, said: str) -> None:
    [problem] = compare(english, translated)
    assert problem.id == "placeholder-mismatch"
    assert said in problem.message


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Call {clinic_phone}", "Llame al {clinic_phone}"),
        ("{clinic_phone} or {emergency_number}", "{emergency_number} o {clinic_phone}"),
        ("Call us", "Llámenos"),
    ],
)
def test_the_placeholders_of_the_english_are_fine_in_any_order(english: str, translated: str) -> None:
    assert compare(english, translated) == []


def test_an_unknown_placeholder_in_a_translation_of_a_project_is_one_problem_at_its_line(tmp_path: Path) -> None:
    [problem] = find_all(write_project(tmp_path, swap(HELP, "{emergency_number}", "{emergencia}")))
    assert (problem.id, problem.place) == ("placeholder-mismatch", Place(HELP, 4))
    assert "{emergencia}" in problem.message


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Do **not** cut", "No corte"),
        ("Do not cut", "**No** corte"),
        ("Do **not** cut", "**No corte"),
        ("**Do** it **now**", "**Hágalo** ahora"),
        ("Do **not** cut", "*No* corte"),
        ("Do **not** cut", "**No** *corte*"),
        ("Do not cut", "No corte*"),
    ],
)
def test_a_lost_or_odd_emphasis_is_one_problem(english: str, translated: str) -> None:
    assert compare_ids(english, translated) == ["strong-mismatch"]


@pytest.mark.parametrize(
    ("english", "translated"), [("Do **not** cut", "**No** corte"), ("**Do** it **now**", "**Ya** **hágalo**"), ("Cut", "Corte")]
)
def test_emphasis_may_stand_elsewhere_in_the_sentence(english: str, translated: str) -> None:
    assert compare(english, translated) == []


def test_a_sentence_half_translated_is_one_problem() -> None:
    assert compare_ids("You may feel hard lumps.", "You may feel hard bultos.") == ["still-english"]


@pytest.mark.parametrize(
    "words", ["You may feel hard lumps.", "Call your doctor", "Call {emergency_number} now", "Do **not** cut"]
)
def test_a_sentence_left_in_english_is_one_problem(words: str) -> None:
    assert compare_ids(words, words) == ["still-english"]


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Calcinosis cutis", "Calcinosis cutis"),
        ("Vitamin K", "Vitamin K"),
        ("38.5 °C (101.3 °F)", "38.5 °C (101.3 °F)"),
        ("{clinic_phone}", "{clinic_phone}"),
        ("A B C D 5", "A B C D 5"),
    ],
)
def test_names_and_amounts_may_be_the_same_in_two_languages(english: str, translated: str) -> None:
    assert compare(english, translated) == []


@pytest.mark.parametrize(
    ("locale", "translated", "found"),
    [
        ("ar", "Puede sentir bultos duros.", "Latn"),
        ("es", "قد تشعر بكتل صلبة تحت الجلد", "Arab"),
        ("zh-Hans", "Puede sentir bultos duros.", "Latn"),
        ("zh-Hans", "त्वचा के नीचे कठोर गांठें महसूस हो सकती हैं", "Deva"),
        ("hi", "قد تشعر بكتل صلبة تحت الجلد", "Arab"),
        ("ur", "您可能会摸到皮肤下面的硬块请打电话", "Hani"),
    ],
)
def test_a_sentence_in_another_script_is_one_problem(locale: str, translated: str, found: str) -> None:
    [problem] = [each for each in compare("You may feel hard lumps.", translated, locale) if each.severity is Severity.ERROR]
    assert problem.id == "wrong-script"
    assert found in problem.message


@pytest.mark.parametrize(
    ("locale", "translated"),
    [
        pytest.param("ar", "التكلس (calcinosis cutis universalis)", id="a-latin-name-in-brackets"),
        pytest.param("zh-Hans", "皮肤钙化（calcinosis cutis universalis）", id="a-latin-name-in-chinese-brackets"),
        pytest.param("ar", "اتصل {emergency_number} {clinic_phone}", id="placeholders"),
        pytest.param("ar", "calcinosis", id="a-short-name"),
        pytest.param("hi", "{clinic_phone}", id="only-a-placeholder"),
        pytest.param("ur", "جلد کے نیچے سخت گلٹی کو calcinosis کہتے ہیں", id="a-latin-word-in-a-sentence"),
        pytest.param("zh-Hans", "您可能会摸到皮肤下面的硬块请打电话", id="chinese"),
        pytest.param("hi", "त्वचा के नीचे कठोर गांठें महसूस हो सकती हैं", id="hindi"),
        pytest.param("ja", "皮膚の下にかたいしこりをカンジます", id="japanese-of-three-scripts"),
        pytest.param("ko", "피부 아래에 단단한 덩어리가 만져질 수", id="korean"),
        pytest.param("es", "Puede sentir bultos duros en la piel", id="spanish"),
    ],
)
def test_words_of_the_languages_own_script_are_fine(locale: str, translated: str) -> None:
    english = " ".join(word for word in ("{emergency_number}", "{clinic_phone}") if word in translated)
    assert compare(english, translated, locale) == []


def test_a_sentence_of_another_script_in_a_project_is_one_problem_at_its_line(tmp_path: Path) -> None:
    ids = find_ids(write_project(tmp_path, swap(SIGNS, "Puede sentir bultos duros.", "قد تشعر بكتل صلبة تحت الجلد")))
    assert ids >= {"wrong-script", "no-font"}


def test_a_term_without_its_fixed_word_is_one_problem(tmp_path: Path) -> None:
    changes = {"content/terms/en.yaml": "lump:\n  term: lump\npus:\n  term: pus\n"}
    [problem] = find_all(write_project(tmp_path, changes))
    assert (problem.id, problem.place.path) == ("missing-term", "content/terms/es.yaml")
    assert '"pus"' in problem.message


@pytest.mark.parametrize(
    "spanish", ["pus:\n  term: pus\nlump:\n  term: bulto\n", "lump:\n  term: bulto\n  note: palabra común\npus:\n  term: pus\n"]
)
def test_fixed_words_may_stand_in_any_order_and_have_notes(tmp_path: Path, spanish: str) -> None:
    english = "lump:\n  term: lump\npus:\n  term: pus\n"
    assert find_all(write_project(tmp_path, {"content/terms/en.yaml": english, "content/terms/es.yaml": spanish})) == []


def test_a_topic_that_the_source_does_not_have_is_one_problem(tmp_path: Path) -> None:
    [problem] = find_all(write_project(tmp_path, {"content/topics/es/comida.yaml": "title: Comida\n"}))
    assert (problem.id, problem.place) == ("orphan-topic", Place("content/topics/es/comida.yaml"))
    assert '"comida"' in problem.message


def test_a_topic_of_the_source_is_no_orphan_in_any_language(tmp_path: Path) -> None:
    english = "title: Food\nblocks:\n  eat:\n    references: [Book]\n    text: Eat well\n"
    changes = {"content/topics/en/food.yaml": english}
    assert find_ids(write_project(tmp_path / "untranslated", changes)) == {"missing-unit"}
    changes |= {"content/topics/es/food.yaml": "title: Comida\nblocks:\n  eat: Coma bien\n"}
    assert find_all(write_project(tmp_path / "translated", changes)) == []


@pytest.mark.parametrize(
    ("english", "translated", "locale", "ids"),
    [
        ("Take 125 mg.", "Tome 0.125 mg.", "es", ["number-mismatch"]),
        ("Take 125 mg.", "0,125 mg लें।", "hi", ["number-mismatch"]),
        ("Take 0.125 mg.", "Tome 0.125 mg.", "es", []),
        ("By 21.11.2026.", "قبل ٢١.١١.٢٠٢٦ من العام.", "ar", []),
    ],
)
def test_a_leading_zero_is_no_thousand_and_a_date_may_be_in_other_digits(
    english: str, translated: str, locale: str, ids: list[str]
) -> None:
    assert [problem.id for problem in compare(english, translated, locale)] == ids


def write_signs(english: str, spanish: str) -> dict[str, str]:
    """Add a list of sentences to the signs, by name."""
    return {
        "content/topics/en/signs.yaml": SMALL_PROJECT["content/topics/en/signs.yaml"] + english,
        SIGNS: SMALL_PROJECT[SIGNS] + spanish,
    }


LONG = "Rest well and drink enough, and ask us about each thing that you do not know here."
LONG_SPANISH = "Descanse bien y beba lo suficiente, y pregúntenos sobre cada cosa que no sepa aquí."


@pytest.mark.parametrize(
    ("words", "ids"),
    [(LONG_SPANISH, set()), ("Descanse y beba, y no dude.", {"length-ratio"}), (LONG_SPANISH[:-1] * 2 + ".", {"length-ratio"})],
)
def test_a_translation_far_longer_or_shorter_than_the_others_is_a_warning(tmp_path: Path, words: str, ids: set[str]) -> None:
    names = [f"n{number}" for number in range(7)]
    english = "".join(
        f"  {block}:\n    references: [Book]\n    list:\n"
        + "".join(f"      {name}: {LONG[:-1]} {block} {name}.\n" for name in names)
        for block in ("one", "two")
    )
    spanish = "".join(
        f"  {block}:\n" + "".join(f"    {name}: {LONG_SPANISH[:-1]} {block} {name}.\n" for name in names)
        for block in ("one", "two")
    )
    changed = spanish.replace(f"{LONG_SPANISH[:-1]} two n6.", words)
    problems = find_all(write_project(tmp_path, write_signs(english, changed)))
    assert {problem.id for problem in problems if problem.id == "length-ratio"} == ids


def test_too_few_translations_say_nothing_of_their_length() -> None:
    assert compare(LONG.replace(" not", ""), "Descanse.") == []


def test_two_translations_of_one_text_are_a_warning(tmp_path: Path) -> None:
    english = "  more:\n    references: [Book]\n    list:\n      one: Call us now.\n      two: Call us now.\n"
    same = write_signs(english, "  more:\n    one: Llámenos ya.\n    two: Llámenos ya.\n")
    assert find_all(write_project(tmp_path / "same", same)) == []
    other = write_signs(english, "  more:\n    one: Llámenos ya.\n    two: Llámenos ahora.\n")
    [problem] = find_all(write_project(tmp_path / "other", other))
    assert (problem.id, problem.severity, problem.place) == ("different-translations", Severity.WARNING, Place(SIGNS, 8))
    assert f"{SIGNS}:7" in problem.message


def test_words_pasted_from_another_unit_are_one_warning() -> None:
    text = Text("A lump can break open and leak.", Place("en.yaml", 4))
    known = Lexicon(said={"Un bulto puede abrirse y supurar.": ("signs.lumps.leak", text)})
    [problem] = compare("Many lumps cause no trouble at all.", "Un bulto puede abrirse y supurar.", lexicon=known)
    assert (problem.id, problem.severity) == ("same-translation", Severity.WARNING)
    assert "signs.lumps.leak" in problem.message
    assert compare(text.words, "Un bulto puede abrirse y supurar.", lexicon=known) == []
    assert compare_ids("Leaks.", "Un bulto puede abrirse y supurar.", lexicon=known) == ["same-translation"]


def test_two_short_texts_may_have_one_translation() -> None:
    known = Lexicon(said={"Supura.": ("signs.lumps.leak", Text("It leaks.", Place("en.yaml", 4)))})
    assert compare("Leaks.", "Supura.", lexicon=known) == []
