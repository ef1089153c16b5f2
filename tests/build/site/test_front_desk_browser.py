"""The front desk in a real browser: found, read and printed, by mouse, keyboard, phone and without JavaScript."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import find_violations, open_browser
from tests.support.front_desk import CLINIC, load_desk_project, load_whole_project, write_desk, write_sheets
from tests.support.projects import ROOT

ADULT = load_desk_project().title("adult")
HEAD = """# What is typed at the front desk

Each was typed in Chromium at the desk of one leaflet in all languages: by people's own words, by countries and with
mistakes. *keys* says after how many of its letters the first language stands first and stays there. Of a language that is
not there the desk says so, with the card to point at and the number of an interpreter.
"""
TABLE = ROOT / "docs" / "front-desk.md"
SOUGHT = {
    "Spanish": ["espanol", "spansh", "castellano", "mexican"],
    "Vietnamese": ["tieng viet", "Việt", "vietnamise", "veitnamese"],
    "Chinese, Simplified · Chinese, Traditional": ["中文", "mandrin", "cantonese", "cantonise", "廣東話", "toisan", "fuzhounese"],
    "Chinese, Simplified": ["简体"],
    "Chinese, Traditional": ["taiwanese", "台灣", "hong kong"],
    "Persian": ["farsi", "فارسی", "فارسي", "iranian"],
    "Dari": ["dari", "دری", "dary", "hazaragi"],
    "Dari · Pashto · Persian": ["afghan"],
    "Pashto": ["پشتو", "pashtu", "pushto"],
    "Kurdish, Central": ["kurdish", "sorani", "کوردی"],
    "Filipino": ["tagalog", "tagolog", "phillipino"],
    "Haitian Creole": ["creole", "kreyol", "hatian"],
    "Portuguese, Brazilian": ["brazilian", "portugese"],
    "Russian": ["русски", "rusian"],
    "Ukrainian": ["украинский", "ukranian"],
    "Korean": ["한국어", "korian"],
    "Japanese": ["日本語", "にほんご", "japaneese"],
    "Arabic": ["عربى", "العربيه", "arabik", "egyptian"],
    "Urdu": ["اردو", "ordu", "pakistani"],
    "Hindi": ["हिंदी", "हिनदी", "hindhi"],
    "Punjabi": ["ਪੰਜਾਬੀ", "پنجابی", "panjabi"],
    "Bangla": ["bengali", "bangladeshi"],
    "Gujarati": ["gujrati"],
    "Telugu": ["telegu"],
    "Nepali": ["nepalese"],
    "Khmer": ["ខ្មែរ", "kmer", "cambodian"],
    "Lao": ["laotian"],
    "Thai": ["ไทย", "thailand"],
    "Amharic": ["አማርኛ", "ethiopian"],
    "Tigrinya": ["tigrigna", "eritrean"],
    "Somali": ["af soomaali", "somalian"],
    "Swahili": ["swahilli"],
    "French": ["frensh"],
    "German": ["deutsch"],
    "Polish": ["polski"],
    "Romanian": ["moldovan", "rumanian"],
    "Turkish": ["turkce"],
    "Georgian": ["ქართული", "kartuli"],
    "none in Bosnian or Croatian or Serbian": ["serbo-croatian"],
    "none in Serbian": ["српски", "srpski"],
    "none in Kurdish": ["kurmanji", "badini"],
    "Burmese": ["burmese", "myanmar"],
    "none in S’gaw Karen": ["karen"],
    "none in Hmong": ["hmong", "hmoob"],
    "none in Chaldean Neo-Aramaic": ["chaldean"],
    "Tamil": ["தமிழ்"],
    "Greek": ["ελληνικά"],
    "none in Hebrew": ["עברית"],
    "none in Oromo": ["oromo"],
    "none in Akan": ["twi"],
    "none in Fula": ["fulani"],
    "none in Kʼicheʼ": ["k'iche'", "quiche"],
    "none in Indonesian or Malay": ["bahasa"],
    "Albanian": ["albanain"],
}
"""The languages that are shown, or those that the desk says there is no leaflet in, and what is typed."""
TYPED = {typed: found for found, names in SOUGHT.items() for typed in names}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    write_desk(folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


@pytest.fixture
def page(browser: Browser, desk: Path) -> Iterator[Page]:
    """The front desk, opened by a double click. Any word of complaint in its console fails the test."""
    found = browser.new_page()
    said: list[str] = []
    found.on("console", lambda message: said.append(message.text))
    found.on("pageerror", lambda error: said.append(str(error)))
    found.goto((desk / "index.html").as_uri())
    yield found
    found.close()
    assert said == []


def list_shown(page: Page) -> list[str]:
    return page.locator(".tongue:visible").evaluate_all("found => found.map(each => each.dataset.name)")  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("اردو", "Urdu"),
        ("اُردُو", "Urdu"),
        ("urdu", "Urdu"),
        ("Urd", "Urdu"),
        ("ordu", "Urdu"),
        ("urud", "Urdu"),
        ("العربيه", "Arabic"),
        ("عربی", "Arabic"),
        ("arbic", "Arabic"),
        ("chinese", "Chinese, Simplified"),
        ("中文", "Chinese, Simplified"),
        ("简体", "Chinese, Simplified"),
        ("mandrin", "Chinese, Simplified"),
        ("chino", "Chinese, Simplified"),
        ("zh-Hans", "Chinese, Simplified"),
        ("हिंदी", "Hindi"),
        ("HINDI", "Hindi"),
        ("ქართული", "Georgian"),
        ("kartuli", "Georgian"),
        ("georgia", "Georgian"),
        ("espanol", "Spanish"),
        ("castellano", "Spanish"),
        ("Spansih", "Spanish"),
        ("inglés", "English"),
        ("the leaflet in urdu", "Urdu"),
    ],
)
def test_a_language_is_found_however_it_is_typed(page: Page, typed: str, language: str) -> None:
    page.get_by_label("Find a language or a leaflet").fill(typed)
    assert list_shown(page) == [language]
    expect(page.get_by_role("status")).to_contain_text(f"1 language: {language}")
    expect(page.locator(".tongue:visible .shelf:visible")).to_have_count(3)


@pytest.mark.parametrize(
    ("typed", "languages"),
    [
        ("egyptian", ["Arabic"]),
        ("Iraq", ["Arabic"]),
        ("syrian", ["Arabic"]),
        ("mexican", ["Spanish"]),
        ("Mexico", ["Spanish"]),
        ("colombian", ["Spanish"]),
        ("El Salvador", ["Spanish"]),
        ("مصر", ["Arabic"]),
        ("cantonese", ["Chinese, Simplified"]),
        ("china", ["Chinese, Simplified"]),
        ("indian", ["Hindi"]),
        ("pakistani", ["Urdu"]),
        ("british", ["English"]),
    ],
)
def test_a_language_is_found_by_where_people_come_from(page: Page, typed: str, languages: list[str]) -> None:
    page.fill("#query", typed)
    assert list_shown(page) == languages
    expect(page.get_by_role("status")).to_have_text(f"1 language: {languages[0]}")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("kids urdu", "pediatric"), ("baby urdu", "pediatric"), ("Kind Urdu", ""), ("urdu for children", "pediatric")],
)
def test_a_leaflet_is_found_by_plain_words_for_its_readers(page: Page, typed: str, shown: str) -> None:
    page.fill("#query", typed)
    found = page.locator(".shelf:visible h3").all_inner_texts()
    assert (
        [text.partition("\n")[0].startswith(load_desk_project().title(shown)) for text in found] == [True] if shown else not found
    )


def is_large(page: Page) -> bool:
    """Whether the large print is shown, and nothing else."""
    shown = set(page.locator(".offer:visible h4").all_inner_texts())
    return shown >= {"Sheet: Large print", "Leaflet: Large print"} and all(each.endswith(": Large print") for each in shown)


def test_an_edition_is_found_by_plain_words(page: Page) -> None:
    for typed in ("big letters urdu", "urdu large type", "bigger print urdu"):
        page.fill("#query", typed)
        assert is_large(page)
    page.fill("#query", "urdu two languages")
    assert set(page.locator(".offer:visible h4").all_inner_texts()) == {"Sheet: Bilingual"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("persian", "Persian"),
        ("farsi", "Persian"),
        ("vietnamese", "Vietnamese"),
        ("Polish", "Polish"),
        ("tagalog", "Filipino"),
        ("dari", "Dari"),
        ("creole", "Haitian Creole"),
        ("kurdish", "Kurdish"),
        ("chaldean", "Chaldean Neo-Aramaic"),
        ("large print persian", "Persian"),
        ("traditional chinese", "Traditional Chinese"),
    ],
)
def test_of_a_language_that_is_not_there_the_desk_says_so_and_what_to_do(page: Page, typed: str, name: str) -> None:
    page.fill("#query", typed)
    assert list_shown(page) == []
    expect(page.get_by_role("status")).to_have_text(f"There is no leaflet in {name} yet.")
    expect(page.locator("#none")).to_contain_text("Call your interpreter service.")
    expect(page.locator("#none").get_by_role("link", name="A4")).to_have_attribute("href", "card-a4.pdf")
    page.fill("#query", "urdu")
    expect(page.locator("#none")).to_be_hidden()


def test_the_clinic_s_own_interpreter_is_offered(browser: Browser, tmp_path: Path) -> None:
    write_desk(tmp_path, replace(CLINIC, interpreter_phone="020 7946 0999"))
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    page.fill("#query", "polish")
    expect(page.locator("#none").get_by_role("link", name="020 7946 0999")).to_have_attribute("href", "tel:02079460999")
    assert find_violations(page) == []
    page.close()


def test_a_guess_is_said_to_be_one(page: Page) -> None:
    page.fill("#query", "ordu")
    expect(page.get_by_role("status")).to_have_text("No exact match for “ordu”. Closest: 1 language: Urdu")
    page.fill("#query", "vietnamise")
    expect(page.get_by_role("status")).to_have_text("No exact match for “vietnamise”. There is no leaflet in Vietnamese yet.")


def test_words_narrow_each_other_down_to_one_edition(page: Page) -> None:
    page.fill("#query", "large print urdu")
    assert list_shown(page) == ["Urdu"]
    assert is_large(page)
    page.fill("#query", "urdu pediatric booklet")
    expect(page.locator(".offer:visible")).to_have_count(1)
    expect(page.locator(".shelf:visible h3")).to_contain_text(load_desk_project().title("pediatric"))


def test_a_leaflet_is_found_by_what_it_is_about(page: Page) -> None:
    page.fill("#query", "babies")
    assert set(page.locator(".shelf:not([hidden]) h3").evaluate_all("all => all.map(each => each.innerText)"))
    assert len(list_shown(page)) == 7
    page.fill("#query", "pediatric hindi")
    expect(page.locator(".shelf:visible")).to_have_count(1)


def test_what_does_not_exist_is_said_and_escape_brings_all_back(page: Page) -> None:
    page.fill("#query", "klingon")
    assert list_shown(page) == []
    expect(page.get_by_role("status")).to_contain_text("Nothing is found for “klingon”")
    page.keyboard.press("Escape")
    assert len(list_shown(page)) == 7
    expect(page.get_by_role("status")).to_have_text("7 languages")


@pytest.fixture(scope="module")
def server(desk: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(desk))) as found:
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{found.server_port}/"
        found.shutdown()
        thread.join()


def test_print_is_one_click_from_the_result_and_opens_the_pdf_on_the_clinic_s_paper(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(server)
    page.fill("#query", "urdu")
    link = page.get_by_role("link", name=f"Print Letter {ADULT}, Urdu, Leaflet: Large print (opens in a new tab)")
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    with page.context.expect_page() as opened:
        link.click()
    opened.value.close()
    assert f"{server}ur/adult-leaflet-large-print-letter-DRAFT.pdf" in asked
    answer = page.request.get(f"{server}ur/adult-leaflet-large-print-letter-DRAFT.pdf")
    assert answer.body().startswith(b"%PDF-")
    page.close()


def test_the_page_for_a_phone_is_offered_as_such(page: Page) -> None:
    page.fill("#query", "urdu")
    link = page.get_by_role("link", name=f"Open on a phone or screen {ADULT}, Urdu")
    with page.context.expect_page() as opened:
        link.click()
    assert opened.value.url.endswith("ur/adult.html")
    opened.value.close()


def test_the_keyboard_alone_finds_a_leaflet(page: Page) -> None:
    """The field has the focus at once; Enter goes to the first result, Tab to what can be printed, arrows between languages."""
    page.keyboard.type("urdu")
    page.keyboard.press("Enter")
    focused = page.locator(":focus")
    expect(focused).to_contain_text("Urdu")
    assert focused.evaluate("each => each.tagName") == "SUMMARY"
    page.keyboard.press("Tab")
    expect(focused).to_have_accessible_name(f"Print Letter {ADULT}, Urdu, Sheet: Standard (opens in a new tab)")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    opened.value.close()
    page.keyboard.press("Escape")
    expect(page.locator("#query")).to_be_focused()
    for name in ("العربية", "简体中文"):
        page.keyboard.press("ArrowDown")
        expect(focused).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.locator(".tongue[open]")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#query")).to_be_focused()


def test_a_native_name_has_its_language_and_direction(page: Page) -> None:
    name = page.locator(".native", has_text="اردو")
    assert (name.get_attribute("lang"), name.get_attribute("dir")) == ("ur", "rtl")


@pytest.mark.parametrize(
    ("family", "name"),
    [("Noto Sans SC", "简体中文"), ("Noto Sans Devanagari", "हिन्दी"), ("Noto Nastaliq Urdu", "اردو"), ("Vazirmatn", "العربية")],
)
def test_a_computer_without_fonts_for_a_language_shows_its_name_all_the_same(page: Page, family: str, name: str) -> None:
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert page.evaluate("([font, text]) => document.fonts.check(font, text)", [f'1rem "{family}"', name])
    faces = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert family in [face.strip('"') for face in faces]


def test_axe_finds_nothing_wrong_before_and_after_a_search(page: Page) -> None:
    assert find_violations(page) == []
    page.fill("#query", "urdu")
    assert find_violations(page) == []
    page.fill("#query", "no such language")
    assert find_violations(page) == []


def test_on_a_small_phone_nothing_runs_off_the_side_and_links_are_big_enough(browser: Browser, desk: Path) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto((desk / "index.html").as_uri())
    for typed in ("", "urdu", "large print chinese"):
        page.fill("#query", typed)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    heights = page.locator(".ways a:visible").evaluate_all("all => all.map(each => each.getBoundingClientRect().height)")
    assert heights
    assert min(heights) >= 44
    assert find_violations(page) == []
    page.close()


def test_without_javascript_every_leaflet_is_a_plain_link(browser: Browser, desk: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((desk / "index.html").as_uri())
    expect(page.locator("#search")).to_be_hidden()
    expect(page.locator(".shelf:visible")).to_have_count(21)
    files = [path for path in desk.rglob("*.pdf") if not path.name.startswith("card")] + list(desk.glob("*/*.html"))
    expect(page.locator(".ways a:visible")).to_have_count(len(files))
    expect(page.get_by_text("Check again by November 21, 2028").first).to_be_visible()
    context.close()


def test_a_leaflet_past_its_review_date_says_so_at_the_desk(browser: Browser, desk: Path, tmp_path: Path) -> None:
    write_desk(tmp_path, None, lambda entry: replace(entry, review_by="2026-11-20") if entry.path == "ur/adult.html" else entry)
    page = browser.new_page()
    for day, past in (("2026-11-20T12:00:00", 0), ("2026-11-21T00:30:00", 1)):
        page.clock.set_fixed_time(day)
        page.goto((tmp_path / "index.html").as_uri())
        page.fill("#query", "urdu")
        expect(page.locator(".past:visible")).to_have_count(past)
        expect(page.locator(".old:visible")).to_have_count(past)
    expect(page.locator(".past:visible")).to_contain_text("Past its review date (November 20, 2026). Ask for a newer version")
    assert find_violations(page) == []
    page.close()


def test_the_page_stores_nothing(page: Page) -> None:
    page.fill("#query", "urdu")
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]


@pytest.fixture(scope="module")
def forty(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The desk of one leaflet in all languages."""
    folder = tmp_path_factory.mktemp("forty")
    write_sheets(folder)
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    yield page
    page.close()


def read_desk(page: Page, typed: str) -> str:
    """Type a name, and say which languages are shown, or are said not to be there."""
    page.fill("#query", typed)
    said = page.get_by_role("status").inner_text()
    absent = said.rpartition("There is no leaflet in ")[2].removesuffix(" yet.") if "There is no leaflet" in said else ""
    return " · ".join(list_shown(page)) or (f"none in {absent}" if absent else "nothing")


def count_keys(page: Page) -> dict[str, tuple[str, int]]:
    """Say of each name what is found, and after how many letters its first language stands first and stays there."""
    counted = {}
    for typed in TYPED:
        found = read_desk(page, typed)
        first, keys = found.partition(" · ")[0], len(typed)
        while keys > 1 and read_desk(page, typed[: keys - 1]).partition(" · ")[0] == first:
            keys -= 1
        counted[typed] = found, keys
    return counted


def write_table(counted: dict[str, tuple[str, int]]) -> str:
    """What docs/front-desk.md must say."""
    rows = (f"| {typed} | {found} | {keys} of {len(typed)} |" for typed, (found, keys) in counted.items())
    return "\n".join([HEAD, "| typed | found | keys |", "|---|---|---|", *rows, ""])


@pytest.fixture(scope="module")
def counted(forty: Page) -> dict[str, tuple[str, int]]:
    return count_keys(forty)


@pytest.mark.parametrize(("typed", "found"), TYPED.items())
def test_of_all_languages_one_is_found_by_own_words_and_misspellings(
    counted: dict[str, tuple[str, int]], typed: str, found: str
) -> None:
    assert counted[typed][0] == found


def test_the_table_of_what_is_typed_is_fresh(counted: dict[str, tuple[str, int]]) -> None:
    """To renew it: python -m tests.build.site.test_front_desk_browser."""
    assert TABLE.read_text(encoding="utf-8") == write_table(counted)


def test_all_languages_stand_by_the_english_name_of_the_language(forty: Page) -> None:
    forty.fill("#query", "")
    names = list_shown(forty)
    assert (len(names), names) == (len(load_whole_project().languages), sorted(names))
    assert names[names.index("Chinese, Simplified") + 1] == "Chinese, Traditional"
    forty.fill("#query", "chinese")
    assert list_shown(forty) == ["Chinese, Simplified", "Chinese, Traditional"]


def test_languages_that_share_a_script_are_told_apart_by_their_english_name(forty: Page) -> None:
    forty.fill("#query", "")
    heads = forty.locator(".tongue:visible h2").evaluate_all("all => all.map(each => each.innerText.split(/\\s{2,}|\\n/))")
    assert len({each[0] for each in heads}) == len(load_whole_project().languages)
    assert [each for each in heads if len(each) < 2] == [["English"], ["Filipino"]]


if __name__ == "__main__":
    with TemporaryDirectory() as name, open_browser() as started:
        write_sheets(Path(name))
        desk_page = started.new_page()
        desk_page.goto((Path(name) / "index.html").as_uri())
        TABLE.write_text(write_table(count_keys(desk_page)), encoding="utf-8")
