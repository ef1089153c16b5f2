"""The pinned fonts: the files themselves, who uses which, and what can be printed with them."""

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from leaflets.checks.run import find_characters_without_font
from leaflets.languages.fonts import Fonts, check_fonts, read_characters, read_fonts
from leaflets.model import Text
from leaflets.pdf.engine import isolate_fontconfig
from leaflets.problems import LeafletsError, Place
from tests.support.projects import ROOT, SMALL_PROJECT, find_all, find_ids, write_project

FONTS = read_fonts(ROOT / "templates")
SPANISH = "content/topics/es/signs.yaml"


def copy_font(folder: Path) -> Fonts:
    """Copy the first pinned font to a folder, and give it alone."""
    font = FONTS.fonts[0]
    copied = Path(shutil.copy(font.path, folder))
    return Fonts((replace(font, path=copied),), FONTS.typographies)


def find_boxes(tag: str, words: str) -> list[str]:
    """Find what would print as an empty box."""
    text = Text(words, Place("a.yaml", 3))
    problems = list(find_characters_without_font((tag, text, FONTS.characters(tag))))
    assert {(problem.id, problem.place) for problem in problems} <= {("no-font", Place("a.yaml", 3))}
    return [problem.message for problem in problems]


def test_every_font_of_the_repository_is_the_pinned_one() -> None:
    assert len(FONTS.fonts) >= 2
    assert list(check_fonts(FONTS)) == []


def test_an_unchanged_copy_of_a_font_is_the_pinned_one(tmp_path: Path) -> None:
    assert list(check_fonts(copy_font(tmp_path))) == []


def test_a_changed_font_is_found(tmp_path: Path) -> None:
    fonts = copy_font(tmp_path)
    path = fonts.fonts[0].path
    path.write_bytes(path.read_bytes() + b"\0")
    [problem] = check_fonts(fonts)
    assert (problem.id, problem.place) == ("font-changed", Place(f"templates/fonts/{path.name}"))


def test_a_missing_font_is_found(tmp_path: Path) -> None:
    fonts = copy_font(tmp_path)
    fonts.fonts[0].path.unlink()
    [problem] = check_fonts(fonts)
    assert (problem.id, "no file" in problem.message) == ("font-changed", True)


def test_every_family_that_a_script_uses_is_pinned_regular_and_bold() -> None:
    weights = {(font.family, font.weight) for font in FONTS.fonts}
    used = {family for typography in FONTS.typographies.values() for family in typography.families}
    assert {(family, weight) for family in used for weight in (400, 700)} <= weights
    assert len(used) > 1


def test_strong_words_can_be_printed_with_every_character_of_plain_words() -> None:
    files = {(font.family, font.weight): font.path for font in FONTS.fonts}
    regular = [family for family, weight in files if weight == 400]
    lost = {family: read_characters(files[family, 400]) - read_characters(files[family, 700]) for family in regular}
    assert regular
    assert {family: codes for family, codes in lost.items() if codes} == {}


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "Call “112” – 38.5 °C, ½ pill"),
        ("es", "¿Cuándo pedir ayuda? Niñez, año, fácil"),
        ("ar", "متى تطلب المساعدة؟ شهرًا ١٢"),
        ("ur", "مدد کب لینی چاہیے؟ ٹ ڈ ڑ ں ے ہ ھ گ ک چ پ ژ"),
        ("zh-Hans", "何时求助？钙化（皮肤）。"),
        ("hi", "मदद कब लें? त्वचा, क्ष, ज्ञ, ड़।"),
    ],
)
def test_the_letters_of_every_language_can_be_printed(tag: str, words: str) -> None:
    assert {char for char in words if ord(char) not in FONTS.characters(tag)} <= {" "}
    assert find_boxes(tag, words) == []


@pytest.mark.parametrize("words", ["calci\u00adnosis", "4\u2060–\u206012", "a\u200cb", "a\u200db", "a\u200bb", "5\u00a0mg"])
def test_invisible_characters_need_no_glyph(words: str) -> None:
    visible = frozenset(ord(char) for char in words if char.isalnum() or char == "–")
    assert list(find_characters_without_font(("en", Text(words, Place("a.yaml")), visible))) == []
    assert len(list(find_characters_without_font(("en", Text(words, Place("a.yaml")), frozenset())))) == len(visible)


@pytest.mark.parametrize(
    ("tag", "words", "boxes"),
    [("es", "duros 中", ["U+4E2D"]), ("en", "Call 😀😀", ["U+1F600"]), ("ar", "中 ไม่", ["U+4E2D", "U+0E44", "U+0E21", "U+0E48"])],
)
def test_a_character_without_a_font_is_found_once(tag: str, words: str, boxes: list[str]) -> None:
    found = find_boxes(tag, words)
    assert [re.findall(r"U\+[0-9A-F]+", message) for message in found] == [[box] for box in boxes]


def test_a_character_without_a_font_stops_a_project_at_its_line(tmp_path: Path) -> None:
    project = write_project(tmp_path, {SPANISH: SMALL_PROJECT[SPANISH].replace("bultos duros", "bultos 中")})
    [problem] = find_all(project)
    assert (problem.id, problem.place) == ("no-font", Place(SPANISH, 4))


def test_a_pdf_names_a_font_by_its_family_and_weight() -> None:
    names = {(font.family, font.weight): font.pdf_name for font in FONTS.fonts}
    assert names["Noto Sans", 400] == "Noto-Sans"
    assert names["Noto Sans", 700] == "Noto-Sans-Bold"
    assert len(set(names.values())) == len(names)


def test_the_dotted_circle_of_a_mark_that_stands_alone_is_known_in_every_font_that_has_one() -> None:
    having = {font.pdf_name for font in FONTS.fonts if 0x25CC in read_characters(font.path)}
    assert "Noto-Sans-Devanagari" in having
    for font in FONTS.fonts:
        assert bool(FONTS.find_dotted_circle(font.pdf_name)) == (font.pdf_name in having)
    assert FONTS.find_dotted_circle("Arial") is None


def test_a_language_is_set_as_its_script_unless_it_has_its_own_way() -> None:
    assert FONTS.typography("fa") == FONTS.typography("ar") == FONTS.typographies["Arab"]
    assert FONTS.typography("ur") == FONTS.typographies["ur"] != FONTS.typographies["Arab"]
    assert FONTS.typography("zh-TW") == FONTS.typographies["Hant"]


@pytest.mark.parametrize("tag", ["ii", "ff-Adlm"])
def test_a_script_without_fonts_is_no_typography(tmp_path: Path, tag: str) -> None:
    assert FONTS.typography(tag) is None
    assert FONTS.characters(tag) == frozenset()
    project = write_project(tmp_path, {f"content/topics/{tag}/signs.yaml": "title: x\n"})
    [problem] = [problem for problem in find_all(project) if problem.id == "no-typography"]
    assert problem.place == Place(f"content/topics/{tag}")


@pytest.mark.parametrize("tag", ["fr", "fa", "zh-Hant"])
def test_a_new_language_of_a_known_script_has_a_typography(tmp_path: Path, tag: str) -> None:
    ids = find_ids(write_project(tmp_path, {f"content/topics/{tag}/signs.yaml": "title: x\n"}))
    assert "missing-unit" in ids
    assert "no-typography" not in ids


def test_fontconfig_sees_the_pinned_fonts_alone_by_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "")  # put back what was there when the test ends
    monkeypatch.chdir(tmp_path)
    isolate_fontconfig(FONTS, Path())
    config = Path(os.environ["FONTCONFIG_FILE"])
    assert config.is_absolute()
    assert config.parent == tmp_path.resolve()
    tree = ElementTree.parse(config).getroot()
    assert [each.text for each in tree.iter("dir")] == [str(ROOT / "templates" / "fonts")]
    assert [Path(each.text or "").is_absolute() for each in tree.iter("cachedir")] == [True]
    assert list(tree.iter("include")) == []


def test_fontconfig_understands_a_folder_with_an_ampersand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    folder = tmp_path / "ours & <yours>"
    folder.mkdir()
    isolate_fontconfig(copy_font(folder), folder)
    tree = ElementTree.parse(os.environ["FONTCONFIG_FILE"]).getroot()
    assert [each.text for each in tree.iter("dir")] == [str(folder.resolve())]


@pytest.mark.parametrize("file", ["fonts/fonts.toml", "styles/scripts.toml"])
@pytest.mark.parametrize("text", [None, b"x = [", b"[[font]]", b"font = 3", b"\xff\xfe"])
def test_settings_of_fonts_that_cannot_be_read_are_one_problem(file: str, text: bytes | None, tmp_path: Path) -> None:
    for name in ("fonts/fonts.toml", "styles/scripts.toml"):
        (tmp_path / "templates" / name).parent.mkdir(parents=True)
        (tmp_path / "templates" / name).write_bytes((ROOT / "templates" / name).read_bytes())
    place = tmp_path / "templates" / file
    place.write_bytes(text) if text is not None else place.unlink()
    with pytest.raises(LeafletsError) as caught:
        read_fonts(tmp_path / "templates")
    [problem] = caught.value.problems
    assert (problem.id, problem.place) == ("bad-settings", Place(f"templates/{file}"))


@pytest.mark.parametrize("data", [None, b"", b"\0\1\0\0", b"\0\1\0\0\0\1" + bytes(30)])
def test_a_font_that_is_missing_or_damaged_is_one_problem(data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "A-Test.ttf"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(LeafletsError) as caught:
        read_characters(path)
    [problem] = caught.value.problems
    assert (problem.id, problem.place) == ("font-changed", Place("templates/fonts/A-Test.ttf"))
