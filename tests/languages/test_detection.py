"""Which language a text is in."""

import pytest

from leaflets.languages.detection import code, identify_language

TAGS = frozenset({"en", "es", "ar", "ur", "hi", "zh-Hans"})


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("You may feel hard lumps under the skin.", "en"),
        ("Puede sentir bultos duros bajo la piel.", "es"),
        ("قد تلمسون كتلا صلبة تحت الجلد.", "ar"),
        ("آپ کو جلد کے نیچے سخت گٹھلیاں محسوس ہو سکتی ہیں۔", "ur"),
        ("त्वचा के नीचे सख़्त गाँठें महसूस हो सकती हैं।", "hi"),
        ("您可能会摸到皮下的硬块。", "zh-Hans"),
    ],
)
def test_a_sentence_is_most_likely_in_its_own_language(text: str, tag: str) -> None:
    likely = identify_language(text, TAGS)
    assert likely.keys() == TAGS
    assert max(likely, key=likely.__getitem__) == tag
    assert sum(likely.values()) == pytest.approx(1)


def test_a_language_that_the_model_does_not_know_is_not_judged() -> None:
    assert identify_language("Lepo, rest at home.", frozenset({"en", "nnh"})).keys() == {"en"}
    assert identify_language("Lepo.", frozenset({"nnh"})) == {}


def test_one_choice_of_languages_does_not_narrow_the_next() -> None:
    identify_language("Puede sentir bultos.", frozenset({"en", "ar"}))
    assert identify_language("Puede sentir bultos.", frozenset({"en", "es"}))["es"] > 0.5


@pytest.mark.parametrize(("tag", "name"), [("zh-Hant", "zh"), ("pt-BR", "pt"), ("nb", "no"), ("fil", "tl"), ("sw", "sw")])
def test_the_model_knows_a_language_without_script_and_country(tag: str, name: str) -> None:
    assert code(tag) == name
