"""By what names a language is found at the front desk, without a browser."""

import tomllib
from pathlib import Path

import pytest

from leaflets.build.site.names import list_absent, list_countries, list_language_names
from leaflets.languages.locales import english_name, is_tag, native_name
from leaflets.languages.tags import read_aliases
from tests.support.front_desk import FEW
from tests.support.projects import ROOT


def test_a_language_is_known_by_its_name_in_every_other_language() -> None:
    names = list_language_names("zh-Hans", FEW, read_aliases(ROOT / "templates"))
    for name in (
        "zh-Hans",
        "简体中文",
        "中文",
        "Simplified Chinese",
        "Chinese",
        "chino",
        "چینی",
        "الصينية",
        "Mandarin",
        "普通话",
    ):
        assert name in names
    assert len(set(names)) == len(names)


def test_every_alias_belongs_to_a_language_and_is_not_its_name_already() -> None:
    aliases = read_aliases(ROOT / "templates")
    for tag, names in aliases.items():
        assert is_tag(tag)
        assert names
        assert not {native_name(tag), english_name(tag)} & set(names), tag
        assert all(name == name.strip() for name in names), tag
    text = (ROOT / "templates" / "site" / "aliases.toml").read_text(encoding="utf-8")
    assert list(tomllib.loads(text)) == sorted(tomllib.loads(text))


def test_who_asks_for_a_language_does_not_mean_its_form_that_has_a_name_of_its_own() -> None:
    aliases = read_aliases(ROOT / "templates")
    both, alone = (list_language_names("fa-AF", ("es", "hi"), aliases, there) for there in ({"fa", "fa-AF"}, {"fa-AF"}))
    assert {"دری", "Dary"} <= set(both) <= set(alone)
    assert not {"Farsi", "persa", "persa (Afganistán)", "persa afgano"} & set(both)
    assert {"Farsi", "persa"} <= set(alone)


def test_a_new_name_for_a_language_is_found_at_once(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    for names in (["Mandarin"], ["Mandarin", "Putonghua"]):
        (tmp_path / "site" / "aliases.toml").write_text(f"zh = {names}", encoding="utf-8")
        assert read_aliases(tmp_path) == {"zh": tuple(names)}


@pytest.mark.parametrize(
    ("tag", "country", "read"),
    [
        *[("ar", "EG", True), ("ar", "IQ", True), ("es", "MX", True), ("zh-Hans", "CN", True), ("zh-Hans", "TW", False)],
        *[("zh-Hant", "TW", True), ("ckb", "IQ", True), ("fa-AF", "AF", True), ("fa-AF", "IR", False), ("pt-BR", "PT", False)],
        *[("en", "GB", True), ("en", "IN", False), ("en", "FI", False), ("es", "FR", False), ("ur", "PK", True)],
    ],
)
def test_a_language_is_found_by_the_countries_where_it_is_read(tag: str, country: str, read: bool) -> None:
    assert (country in list_countries(tag)) is read


def test_what_is_not_there_is_known_by_name_and_no_form_of_what_is_there_is_among_it() -> None:
    found = list_absent(FEW, read_aliases(ROOT / "templates"))
    absent = {name: others for name, *others in found.values()}
    assert {"Persian", "Vietnamese", "Polish", "Chuukese", "Samoan", "Traditional Chinese"} <= absent.keys()
    assert "Farsi" in absent["Persian"]
    assert (
        not {"Egyptian Arabic", "Chinese", "Mexican Spanish", "Klingon", "Old English", *map(english_name, FEW)} & absent.keys()
    )


def test_a_name_of_several_languages_that_are_not_there_is_known_of_each() -> None:
    absent = list_absent(FEW, read_aliases(ROOT / "templates"))
    assert [tag for tag, names in absent.items() if "Serbo-Croatian" in names] == ["bs", "hr", "sr"]
