"""Words looked for in a text of any language."""

import pytest

from leaflets.languages.phrases import (
    count_phrases,
    count_terms,
    cut_stem,
    find_terms,
    find_words,
    fold_questions,
    fold_words,
    is_spaced,
    name_terms,
    replace_words,
    split_phrases,
)
from leaflets.model import Term, Text
from leaflets.problems import Place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NÓDULOS", "nódulos"),
        ("السَّرطان", "السرطان"),
        ("फ़ॉस्फोरस", "फॉस्फोरस"),
        ("cal\u00adci\u00adno\u00adsis", "calcinosis"),
        ("**Do not** cut!", "do not, cut"),
        ("Raynaud's", "Raynaud’s"),
        ("Call {clinic_phone} now", "call now"),
    ],
)
def test_what_readers_take_for_the_same_is_folded_alike(one: str, other: str) -> None:
    assert fold_words(one) == fold_words(other)


@pytest.mark.parametrize(
    ("text", "tag", "replaced"),
    [
        ("Go to the emergency room.", "en", "Go to A&E."),
        ("The emergency room is open.", "en", "A&E is open."),
        ("The Emergency Room, the emergency roomy", "en", "The Emergency Room, the emergency roomy"),
        ("Go to **the emergency room**.", "en", "Go to **A&E**."),
        ("不要去急诊室。", "zh-Hans", "不要去急症室。"),
        ("इमरजेंसी में जाएँ", "hi", "इमरजेंसी में जाएँ"),
    ],
)
def test_words_are_replaced_where_they_stand_whole(text: str, tag: str, replaced: str) -> None:
    words = {"the emergency room": "A&E", "急诊室": "急症室", "इमरजेंस": "आपात"}
    assert replace_words(text, words, tag) == replaced


def test_of_words_to_replace_the_longer_goes_first_and_none_is_replaced_twice() -> None:
    assert replace_words("a b c, b", {"b": "x", "a b": "b"}, "en") == "b c, x"


def test_an_accent_tells_words_apart() -> None:
    assert fold_words("papa") != fold_words("papá")


@pytest.mark.parametrize(
    ("tag", "spaced"), [("ka", True), ("ar", True), ("zh-Hant", False), ("th", False), ("ja", False), ("my", False)]
)
def test_words_are_parted_by_spaces_or_not(tag: str, spaced: bool) -> None:
    assert is_spaced(tag) is spaced


@pytest.mark.parametrize(
    ("words", "tag", "text", "found"),
    [
        (("no", "ni"), "es", "Normal, no ni nota", ["no", "ni"]),
        (("debe*",), "es", "Deberá, debe; no deba.", ["deberá", "debe"]),
        (("a menos que", "a"), "es", "a menos que vaya a casa", ["a menos que", "a"]),
        (("不",), "zh-Hans", "请不要 不停", ["不", "不"]),
        ((), "es", "no", []),
        ((), "zh-Hans", "不", []),
    ],
)
def test_a_finder_finds_whole_words_in_the_order_of_the_text(
    words: tuple[str, ...], tag: str, text: str, found: list[str]
) -> None:
    assert find_words(text, words, tag) == found


@pytest.mark.parametrize(
    ("text", "phrase", "tag", "held"),
    [
        ("Los reumatólogos lo saben.", "reumatólogo", "es", True),
        ("وجدت كتلة", "الكتلة", "ar", True),
        ("Vitamina K", "vitamina D", "es", False),
        ("Vitamina D", "vitamina D", "es", True),
        ("有 肿 块", "肿块", "zh-Hans", True),
        ("Duros bultos", "bulto duro", "es", True),
        ("Duros, si los hay, son los bultos", "bulto duro", "es", False),
        ("Un bulto muy duro", "bulto duro", "es", True),
    ],
)
def test_a_phrase_is_held_in_any_form_and_order(text: str, phrase: str, tag: str, held: bool) -> None:
    assert bool(count_phrases(text, [phrase], tag)) is held


def test_a_stem_keeps_three_letters() -> None:
    assert [cut_stem(word, "es") for word in ("no", "sol", "mano")] == ["no", "sol", "man"]


def test_a_term_has_its_abbreviation_as_another_way_to_say_it() -> None:
    assert split_phrases("resonancia magnética (RM)") == ("resonancia magnética", "RM")


def test_of_two_terms_in_one_place_the_longer_is_found_and_in_plural_too() -> None:
    terms = name_terms({name: Term(name, Text(name, Place(""))) for name in ("lump", "hard lump", "ultrasound")})
    assert find_terms("Hard lumps", terms) == ["hard lump"]
    assert find_terms("Hard lumps, and a lump", terms) == ["lump", "hard lump"]


def test_terms_and_phrases_are_counted_each_time_that_they_stand_there() -> None:
    terms = name_terms({"lump": Term("lump", Text("lump", Place("")), forms=("nodule",))})
    assert count_terms("Lumps, a lump, a nodule.", terms) == {"lump": 3}
    assert count_phrases("Bultos, un bulto.", ["bulto"], "es") == 2
    assert count_phrases("Un bulto o nódulo.", ["bulto", "nódulo"], "es") == 2
    assert count_phrases("Vitamina D, no vitamina K.", ["vitamina D"], "es") == 1
    assert count_phrases("Bulto duro, bulto duro.", ["bulto duro"], "es") == 2


@pytest.mark.parametrize(("text", "folded"), [("Nên không？ Vâng", " nên không ? vâng "), ("هل؟", " هل ? "), ("No.", " no ")])
def test_the_question_mark_of_any_script_is_a_word_where_questions_count(text: str, folded: str) -> None:
    assert fold_questions(text) == folded
