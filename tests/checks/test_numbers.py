"""Checks of the numbers, units and addresses of a translation."""

import pytest
from babel.localedata import locale_identifiers

from leaflets.checks.pairs import Lexicon, find_ratio_order
from leaflets.model import Text
from leaflets.problems import Place, Severity
from tests.support.pairs import compare, compare_ids


@pytest.mark.parametrize(
    ("english", "translated", "locale"),
    [
        ("After 12 months.", "Después de 12 semanas.", "es"),
        ("Take 5 mg.", "Tome 5 g.", "es"),
        ("Take 5 mcg.", "Tome 5 mg.", "es"),
        ("Above 38.5 °C.", "Más de 38,5 °F.", "es"),
        ("100.4 °F (38 °C)", "100.4 °C (38 °F)", "es"),
        ("A lump of 2 cm.", "Un bulto de 2 mm.", "es"),
        ("About 5 percent.", "Unos 5 días.", "es"),
        ("For 3 hours.", "لمدة 3 أيام.", "ar"),
        ("After 12 months.", "12 घंटे बाद।", "hi"),
        ("After 1 to 3 years.", "1 سے 3 دن بعد۔", "ur"),
        ("After 3 weeks.", "3天后。", "zh-Hans"),
        ("For 5 days.", "Kwa wiki 5.", "sw"),
        ("In 12 months.", "Через 12 недель.", "ru"),
        ("Take 100 mg.", "Примите 100 г.", "ru"),
        ("Take 400 IU.", "Tome 400 mg.", "es"),
    ],
)
def test_another_unit_beside_the_number_is_one_problem(english: str, translated: str, locale: str) -> None:
    assert set(compare_ids(english, translated, locale)) == {"unit-mismatch"}


@pytest.mark.parametrize(
    ("english", "translated", "locale"),
    [
        ("Above 38.5 °C.", "Más de 38,5.", "es"),
        ("100.4 °F (38 °C)", "100.4 (38 °C)", "es"),
        ("Take 5 mg.", "Tome 5.", "es"),
        ("Above 38.5 °C.", "فوق 38.5.", "ar"),
        ("About 5 percent.", "लगभग 5।", "hi"),
        ("A lump of 2 cm.", "კვანძი 2.", "ka"),
        ("Take 400 IU.", "Tome 400.", "es"),
    ],
)
def test_an_amount_that_lost_its_unit_is_one_problem(english: str, translated: str, locale: str) -> None:
    [problem] = compare(english, translated, locale)
    assert problem.id == "unit-mismatch"
    assert "has no unit here" in problem.message
    assert f"content/markers/{locale}.yaml" in problem.remedy


@pytest.mark.parametrize(
    ("english", "translated", "locale", "said"),
    [
        ("100.4 °F", "100,4 °F", "hi", "100,4"),
        ("Above 38.5 °C.", "38,5 °C سے زیادہ۔", "ur", "38,5"),
        ("2.5 cm", "2,5 cm", "sw", "2,5"),
    ],
)
def test_a_decimal_comma_in_a_language_with_a_point_is_one_warning(english: str, translated: str, locale: str, said: str) -> None:
    [problem] = compare(english, translated, locale)
    assert (problem.id, problem.severity) == ("decimal-mark", Severity.WARNING)
    assert f"decimal comma in {said}: " in problem.message


@pytest.mark.parametrize(
    ("english", "translated", "locale"),
    [
        ("100.4 °F", "100,4 °F", "ka"),
        ("100.4 °F", "100.4 °F", "es"),
        ("Above 38.5 °C.", "٣٨٫٥ °C.", "ar"),
        ("In 1,000 people.", "1,000 लोगों में।", "hi"),
        ("In 100,000 people.", "1,00,000 लोगों में।", "hi"),
    ],
)
def test_the_mark_of_the_language_and_a_point_are_right(english: str, translated: str, locale: str) -> None:
    assert compare(english, translated, locale) == []


def test_the_message_names_both_units() -> None:
    [problem] = compare("After 12 months.", "Después de 12 semanas.")
    assert problem.message.startswith("12 is in week here and in month in English")


@pytest.mark.parametrize(
    ("english", "translated", "locale"),
    [
        ("For 4–12 months.", "De 4 a 12 meses.", "es"),
        ("After 1 month.", "Después de 1 mes.", "es"),
        ("100.4 °F (38 °C)", "38 °C (100,4 °F)", "es"),
        ("5%", "5 por ciento", "es"),
        ("In 2 hours.", "Через 2 часа.", "ru"),
        ("In 1 week.", "Через 1 неделю.", "ru"),
        ("12 months", "12 شهرًا", "ar"),
        ("3 months", "3 أشهر", "ar"),
        ("12 months", "12 माह", "hi"),
        ("12 months", "12个月", "zh-Hans"),
        ("5 days", "siku 5", "sw"),
        ("3 months", "3-monatig", "de"),
        ("12 months", "12 Monde", "de"),
        ("In 3 stages.", "En 3 etapas.", "es"),
        ("Take 400 IU.", "Prenez 400 UI.", "fr"),
        ("Take 400 IU.", "Примите 400 МЕ.", "ru"),
    ],
)
def test_a_unit_may_be_inflected_spelled_out_or_unknown(english: str, translated: str, locale: str) -> None:
    assert compare(english, translated, locale) == []


@pytest.mark.parametrize(("english", "translated"), [("4–12 lumps", "12–4 bultos"), ("1 to 3 lumps", "de 3 a 1 bultos")])
def test_a_range_that_runs_backwards_is_one_problem(english: str, translated: str) -> None:
    [problem] = compare(english, translated)
    assert problem.id == "number-mismatch"
    assert "runs from" in problem.message


@pytest.mark.parametrize(
    ("english", "translated", "locale"),
    [
        ("1 to 4 in every 10 children", "每10名儿童中有1到4名", "zh-Hans"),
        ("4–12 lumps", "entre 4 y 12 bultos", "es"),
        ("1,000,000 lumps", "1\u202f000\u202f000 grosseurs", "fr"),
        ("Call 020 7946 0000", "Llame al 020 79 46 00 00", "es"),
    ],
)
def test_numbers_may_be_grouped_and_ordered_as_the_language_does(english: str, translated: str, locale: str) -> None:
    assert compare(english, translated, locale) == []


@pytest.mark.parametrize(
    ("english", "translated", "locale", "turned"),
    [
        ("About 1 in 4 children get it.", "Les ocurre a unos 4 de cada 1 niños.", "es", False),
        ("About 1 in 4 children get it.", "हर 1 में से करीब 4 बच्चों को।", "hi", True),
        ("1 to 4 in every 10 children", "每1名儿童中有10到4名", "zh-Hans", None),
        ("Wait 2 days, then 5 days.", "Espere 5 días y luego 2 días.", "es", None),
        ("First 2 lumps, later 5.", "5 bultos primero, 2 después.", "es", None),
    ],
)
def test_numbers_that_changed_places_are_one_problem(english: str, translated: str, locale: str, turned: bool | None) -> None:
    [problem] = compare(english, translated, locale, Lexicon(turned=turned))
    assert problem.id in ("number-order", "number-mismatch")
    assert english in problem.message


@pytest.mark.parametrize(
    ("english", "translated", "locale", "turned"),
    [
        ("About 1 in 4 children get it.", "Les ocurre a 1 de cada 4 niños.", "es", None),
        ("About 1 in 4 children get it.", "हर 4 में से करीब 1 बच्चे को।", "hi", None),
        ("1 in 4 babies under 3 months", "3 महीने से छोटे 4 में से 1 शिशु", "hi", True),
        ("Take 2.5 mL every 8 hours for 10 days.", "Nehmen Sie 10 Tage lang alle 8 Stunden 2,5 ml ein.", "de", False),
        ("Call 2 of 3 numbers", "De 3 números, llame a 2", "es", None),
        ("2 lumps; call 020 7946 0000", "Llame al 020 7946 0000: 2 bultos", "es", False),
    ],
)
def test_numbers_may_change_places_where_language_or_unit_tells_them_apart(
    english: str, translated: str, locale: str, turned: bool | None
) -> None:
    assert compare(english, translated, locale, Lexicon(turned=turned)) == []


@pytest.mark.parametrize(("locale", "turned"), [("es", False), ("ar", False), ("hi", True), ("ka", True), ("sw", None)])
def test_a_language_shows_the_order_of_its_ratios(locale: str, turned: bool | None) -> None:
    words = {"es": "{0} de {1}", "ar": "{0} من كل {1}", "hi": "{1} में से {0}", "ka": "{1}-დან {0}", "sw": ""}[locale]
    pairs = [(f"{part} in 9", words.format(part, 9)) for part in (1, 2, 3)]
    place = Place("signs.yaml")
    assert find_ratio_order([(Text(one, place), Text(two, place)) for one, two in pairs], locale) is turned


@pytest.mark.parametrize(
    ("english", "translated", "said"),
    [
        ("See https://clinic.example/help.", "Vea https://clinic.example/ayuda.", "https://clinic.example/help"),
        ("See www.clinic.example.", "Vea la página.", "www.clinic.example"),
        ("Write to help@clinic.example.", "Escriba a ayuda@clinic.example.", "help@clinic.example"),
        ("Call 020 7946 0000.", "Llame al 020 7946 0001.", "02079460000"),
        ("Call +44 20 7946 0000.", "Llame al +44 20 7946 000.", "+442079460000"),
        ("Call us.", "Llame al 020 7946 0000.", "02079460000"),
    ],
)
def test_a_changed_address_or_phone_number_is_one_problem(english: str, translated: str, said: str) -> None:
    [problem] = compare(english, translated)
    assert problem.id == "link-mismatch"
    assert said in problem.message


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("See https://clinic.example/help.", "Vea (https://clinic.example/help)."),
        ("Call 020 7946 0000.", "Llame al 020-7946-0000."),
        ("On 21.11.2026.", "El 21.11.2026."),
    ],
)
def test_an_address_may_stand_between_other_marks(english: str, translated: str) -> None:
    assert compare(english, translated) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "locale", sorted(tag for tag in locale_identifiers() if "_" not in tag and tag not in ("root", "en", "und"))
)
def test_a_pair_of_every_language_of_cldr_can_be_checked(locale: str) -> None:
    ids = compare_ids("Take 5 mg.", "5 g.", locale)
    assert "unit-mismatch" in ids
