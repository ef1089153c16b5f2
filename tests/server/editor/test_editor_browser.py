"""The translator's editor in a real Chromium: nothing that is typed is lost, and nobody is shut out.

python -m tests.server.editor.test_editor_browser draws docs/pictures/translate-editor.png.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Dialog, FrameLocator, Locator, Page, Route, expect

from leaflets.server.editor.routes import make_routes
from tests.support.browser import find_violations, open_browser
from tests.support.editor import (
    ENGLISH,
    FEVER,
    FEVER_ENGLISH,
    FEVER_WORDS,
    MISSING,
    SPANISH,
    Client,
    list_changed_lines,
    look,
    serve_small,
)
from tests.support.projects import ROOT, SMALL_PROJECT
from tests.support.server import PATIENCE, Running, run_in_thread

PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
HARD_WORDS = "Puede sentir bultos duros."
STALE = SMALL_PROJECT[ENGLISH].replace("Call if your fever is above", "Call us if your fever is above")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Tabs that share what a browser stores."""
    with browser.new_context(viewport=DESK) as found:  # type: ignore[arg-type]
        found.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        yield found


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with serve_small(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The real leaflets in a language that runs from right to left, with something left to do."""
    with serve_real(tmp_path_factory.mktemp("real"), "ar") as found:
        yield found


@contextmanager
def serve_real(folder: Path, tag: str) -> Iterator[Running]:
    """Serve a copy of the real project in which one unit is missing, one is stale and one has a wrong number."""
    root = folder / "project"
    for name in ("content", "translations", "templates"):
        shutil.copytree(ROOT / name, root / name)
    cut_line(root / f"content/topics/{tag}/signs.yaml", "    leak: ")
    english = root / "content/topics/en/signs.yaml"
    words = english.read_text(encoding="utf-8")
    assert words.startswith("title: ")
    english.write_text(words.replace("title: ", "title: Now, ", 1), encoding="utf-8")
    (folder / "out").mkdir()
    with run_in_thread(folder / "out", more=partial(make_routes, root, tag)) as found:
        yield found


def cut_line(path: Path, start: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert any(line.startswith(start) for line in lines)
    path.write_text("".join(line for line in lines if not line.startswith(start)), encoding="utf-8")


def visit(context: BrowserContext, running: Running, place: str = "") -> Page:
    """Open the editor and wait until it knows its texts."""
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{running.port}/_translate/{place}")
    expect(page.locator("#progress strong")).to_be_visible()
    return page


def squeeze(page: Page) -> Locator:
    """A sentence of the real leaflets that is in no test's own words."""
    return leaflet(page).locator("[data-unit='home-care.do-not.squeeze']").first  # the page opens with the sheet


def leaflet(page: Page) -> FrameLocator:
    return page.frame_locator("#frame")


def sentence(page: Page, words: str) -> Locator:
    return leaflet(page).locator(".unit", has_text=words).first


def choose(page: Page, words: str) -> Locator:
    """Click a sentence of the leaflet; gives the field for its words."""
    sentence(page, words).click()
    return page.get_by_label("Spanish", exact=True)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def test_a_sentence_is_changed_checked_while_typing_and_saved_as_one_line(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    field = choose(page, FEVER_WORDS)
    expect(field).to_have_value(FEVER_WORDS)
    expect(field).to_be_focused()
    expect(page.locator("#english")).to_have_text(FEVER_ENGLISH)
    field.fill("Llame si la fiebre pasa de 39 °C.")
    expect(page.locator("#checked")).to_contain_text("number 38.5 is missing")
    assert client.read(SPANISH) == SMALL_PROJECT[SPANISH]
    field.fill("Llame si la fiebre pasa de 38,5 °C hoy.")
    expect(page.locator("#checked")).to_have_text("The checks find nothing wrong.")
    field.press("Control+Enter")
    expect(page.locator("#saved")).to_have_text("Saved.")
    changed = list_changed_lines(SMALL_PROJECT[SPANISH], client.read(SPANISH))
    assert changed == [f"-     fever: {FEVER_WORDS}", "+     fever: Llame si la fiebre pasa de 38,5 °C hoy."]
    expect(sentence(page, "38,5 °C hoy.")).to_be_visible()
    expect(page.locator("#progress")).to_contain_text("All texts are translated")


def test_what_a_reader_understood_stands_below_the_field_until_the_words_are_others(
    context: BrowserContext, client: Client
) -> None:
    back = f"back:\n  {FEVER}:\n    said: Call above 38.5 °C.\n    words: {FEVER_WORDS}\n"
    readings = f"readings:\n- critical: 0\n  major: 0\n  minor: 0\n{back}"
    (client.root / "translations/es/readings.yaml").write_text(readings, encoding="utf-8")
    page = visit(context, client.running)
    field = choose(page, FEVER_WORDS)
    expect(page.locator("#back")).to_have_text("Read back: Call above 38.5 °C.")
    field.fill("Llame si la fiebre pasa de 38,5 °C hoy.")
    expect(page.locator("#back")).to_have_text("Not read back since the words changed. Before that: Call above 38.5 °C.")
    field.fill(FEVER_WORDS)
    expect(page.locator("#back")).to_have_text("Read back: Call above 38.5 °C.")


def test_words_with_a_problem_are_saved_and_stay_marked(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    choose(page, FEVER_WORDS).fill("Llame si la fiebre pasa de 39 °C.")
    save(page)
    expect(page.locator("#saved")).to_have_text("Saved.")
    expect(page.locator("#progress")).to_contain_text("1 text left (8 words)")
    expect(page.locator("#progress")).to_contain_text("1 with problems")
    expect(sentence(page, "39 °C").locator(".chip")).to_have_text("problem")


def test_what_is_not_looked_for_is_said_in_the_place_of_an_all_clear(context: BrowserContext, tmp_path: Path) -> None:
    with serve_small(tmp_path, **{"content/markers/es.yaml": "negation:\nobligation:\n"}) as client:
        page = visit(context, client.running)
        expect(page.locator("#gaps")).to_contain_text("there is no list of the words that say no, must and may")
        choose(page, HARD_WORDS)
        said = "Nothing wrong was found, but a lost “not” is not looked for: content/markers/es.yaml has no words for it."
        expect(page.locator("#checked")).to_have_text(said)
        assert find_violations(page) == []


def test_two_tabs_on_different_sentences_lose_nothing(context: BrowserContext, client: Client) -> None:
    one, two = visit(context, client.running), visit(context, client.running)
    choose(one, FEVER_WORDS).fill("Uno: 38,5 °C.")
    choose(two, HARD_WORDS).fill("Dos bultos.")
    for page in (one, two):
        save(page)
        expect(page.locator("#saved")).to_have_text("Saved.")
    text = client.read(SPANISH)
    assert 'fever: "Uno: 38,5 °C."' in text
    assert "hard: Dos bultos." in text


def test_two_tabs_on_one_sentence_show_both_and_a_person_chooses(context: BrowserContext, client: Client) -> None:
    one, two = visit(context, client.running), visit(context, client.running)
    choose(one, HARD_WORDS).fill("Uno.")
    field = choose(two, HARD_WORDS)
    field.fill("Dos.")
    save(one)
    expect(one.locator("#saved")).to_have_text("Saved.")
    save(two)
    expect(two.locator("#conflict")).to_contain_text("These words were changed meanwhile")
    expect(two.locator("#conflict blockquote")).to_have_text("Uno.")
    expect(field).to_have_value("Dos.")
    assert "hard: Uno." in client.read(SPANISH)
    assert find_violations(two) == []
    two.get_by_role("button", name="Keep mine").click()
    field.fill("Uno y dos.")
    save(two)
    expect(two.locator("#saved")).to_have_text("Saved.")
    assert "hard: Uno y dos." in client.read(SPANISH)
    field = one.get_by_label("Spanish", exact=True)
    field.fill("Tres.")
    save(one)
    one.get_by_role("button", name="Take theirs").click()
    expect(field).to_have_value("Uno y dos.")
    expect(one.locator("#conflict")).to_be_hidden()
    expect(one.locator("#progress")).not_to_contain_text("not saved")
    assert "hard: Uno y dos." in client.read(SPANISH)


def test_what_a_text_editor_wrote_meanwhile_is_not_overwritten(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    field = choose(page, HARD_WORDS)
    field.fill("Del navegador.")
    by_hand = SMALL_PROJECT[SPANISH].replace(HARD_WORDS, "A mano.")
    (client.root / SPANISH).write_text(by_hand, encoding="utf-8")
    (client.root / ENGLISH).write_text(SMALL_PROJECT[ENGLISH].replace("hard lumps", "firm lumps"), encoding="utf-8")
    save(page)
    expect(page.locator("#conflict blockquote").first).to_have_text("A mano.")
    expect(page.locator("#conflict")).to_contain_text("The English changed while you were at it")
    expect(page.locator("#english")).to_have_text("You may feel firm lumps.")
    assert client.read(SPANISH) == by_hand
    page.get_by_role("button", name="Keep mine").click()
    page.get_by_role("button", name="I have read the new one").click()
    save(page)
    expect(page.locator("#saved")).to_have_text("Saved.")
    assert client.read(SPANISH) == by_hand.replace("A mano.", "Del navegador.")


def test_what_was_typed_is_there_after_a_reload_and_leaving_warns(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    choose(page, HARD_WORDS).press_sequentially(" Aquí.")
    expect(page.locator("#progress")).to_contain_text("1 not saved")
    warned: list[str] = []

    def leave(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.reload()
    assert warned == ["beforeunload"]
    field = page.get_by_label("Spanish", exact=True)
    expect(field).to_have_value(f"{HARD_WORDS} Aquí.")
    expect(sentence(page, HARD_WORDS).locator(".chip")).to_have_text("not saved")
    save(page)
    expect(page.locator("#saved")).to_have_text("Saved.")
    assert f"hard: {HARD_WORDS} Aquí." in client.read(SPANISH)
    assert page.evaluate("Object.keys(localStorage)") == []
    page.reload()
    assert warned == ["beforeunload"]


def test_what_was_typed_outlives_its_tab(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    choose(page, HARD_WORDS).fill("De antes.")
    page.close()
    page = visit(context, client.running)
    field = choose(page, HARD_WORDS)
    expect(field).to_have_value(HARD_WORDS)
    expect(page.locator("#others")).to_contain_text("Typed in a tab that was closed, and not saved:")
    assert find_violations(page) == []
    page.get_by_role("button", name="Use these words").click()
    expect(field).to_have_value("De antes.")
    save(page)
    expect(page.locator("#saved")).to_have_text("Saved.")
    assert "hard: De antes." in client.read(SPANISH)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_what_a_closed_tab_left_is_counted_marked_and_found(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    choose(page, HARD_WORDS).fill("De antes.")
    expect(page.locator("#progress")).to_contain_text(", 1 not saved")
    page.close()
    page = visit(context, client.running)
    expect(page.locator("#progress")).to_contain_text("1 not saved in another tab")
    expect(sentence(page, HARD_WORDS).locator(".chip")).to_have_text("not saved, in another tab")
    page.get_by_role("link", name="All texts").click()
    page.get_by_label("not saved").check()
    expect(page.locator("#rows [data-unit]")).to_have_count(1)
    page.locator("#rows [data-unit]").click()
    page.get_by_role("button", name="Throw them away").click()
    expect(page.locator("#others")).to_contain_text("Thrown away:")
    expect(page.locator("#progress")).not_to_contain_text("not saved")
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#progress")).to_contain_text("1 not saved in another tab")


def test_a_copied_tab_keeps_its_words_apart_from_the_original(context: BrowserContext, client: Client) -> None:
    one = visit(context, client.running)
    choose(one, HARD_WORDS).fill("Uno.")
    two = context.new_page()  # with what a browser copies when it duplicates a tab
    slot = one.evaluate("sessionStorage.getItem('tab')")
    two.add_init_script(f"sessionStorage.getItem('tab') ?? sessionStorage.setItem('tab', '{slot}')")
    two.goto(f"http://127.0.0.1:{client.running.port}/_translate/")
    field = choose(two, HARD_WORDS)
    expect(field).to_have_value(HARD_WORDS)
    expect(two.locator("#others blockquote")).to_have_text("Uno.")
    expect(two.get_by_role("button", name="Throw them away")).to_have_count(0)
    field.fill("Dos.")
    two.get_by_role("button", name="Use these words").click()
    expect(field).to_have_value("Uno.")
    expect(two.locator("#others")).to_contain_text("What you typed before:Dos.")
    two.get_by_role("button", name="Take it back").click()
    expect(field).to_have_value("Dos.")
    save(two)
    expect(two.locator("#saved")).to_have_text("Saved.")
    one.on("dialog", lambda dialog: dialog.accept())
    one.reload()
    expect(one.get_by_label("Spanish", exact=True)).to_have_value("Uno.")
    expect(one.locator("#conflict blockquote")).to_have_text("Dos.")


def test_words_for_a_text_that_was_taken_out_are_shown_and_can_be_thrown_away_and_taken_back(
    context: BrowserContext, tmp_path: Path
) -> None:
    with serve_watched(tmp_path) as client:
        page = visit(context, client.running)
        choose(page, HARD_WORDS).fill("De antes.")
        for path, line in ((SPANISH, HARD_WORDS), (ENGLISH, "You may feel hard lumps.")):
            kept = [each for each in SMALL_PROJECT[path].splitlines(keepends=True) if line not in each]
            (client.root / path).write_text("".join(kept), encoding="utf-8")
        banner = page.locator("#banner")
        expect(banner).to_contain_text("There is no text signs.lumps.hard any more.")
        expect(banner.locator("blockquote[lang=es]")).to_have_text("De antes.")
        assert find_violations(page) == []
        page.get_by_role("button", name="Throw them away").click()
        expect(banner).to_contain_text("Thrown away, of signs.lumps.hard:")
        assert page.evaluate("Object.keys(localStorage)") == []
        page.get_by_role("button", name="Take it back").click()
        expect(banner).to_contain_text("There is no text signs.lumps.hard any more.")


def test_what_was_undone_is_taken_back_by_button_or_by_keyboard(context: BrowserContext, tmp_path: Path) -> None:
    with serve_small(tmp_path, **MISSING) as client:
        page = visit(context, client.running)
        field = choose(page, "You may feel hard lumps.")
        field.press_sequentially("Puede sentir ")
        page.locator("#fixed button").click()
        field.press_sequentially("s.")
        page.get_by_role("button", name="Undo what I typed").click()
        expect(field).to_have_value("")
        page.get_by_role("button", name="Take it back").click()
        expect(field).to_have_value("Puede sentir bultos.")
        for before in ("", "Puede sentir bultos.", "Puede sentir "):
            field.press("Control+Z")
            expect(field).to_have_value(before)


def paste(page: Page, words: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("(words) => navigator.clipboard.writeText(words)", words)
    page.keyboard.press("Control+V")


def test_pasted_lines_become_one_with_the_caret_behind_them_and_are_undone_at_once(
    context: BrowserContext, client: Client
) -> None:
    page = visit(context, client.running)
    field = choose(page, HARD_WORDS)
    field.evaluate("field => field.setSelectionRange(5, 5)")
    paste(page, " quizá\r\n\r\n a veces\n")
    expect(field).to_have_value("Puede quizá a veces sentir bultos duros.")
    assert field.evaluate("field => field.selectionStart") == len("Puede quizá a veces")
    field.press("Control+Z")
    expect(field).to_have_value(HARD_WORDS)
    field.press("Enter")
    expect(field).to_have_value(HARD_WORDS)
    expect(page.locator("#saved")).to_have_text("A text is one line. Ctrl+Enter saves it.")


def test_a_text_that_is_too_long_is_said_to_be_and_not_cut(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    field = choose(page, HARD_WORDS)
    field.press("Control+A")
    paste(page, "x" * 2001)
    expect(page.locator("#checked")).to_contain_text("These are 2,001 characters; at most 2,000 can be saved.")
    save(page)
    expect(page.locator("#saved")).to_contain_text("Not saved. These are 2,001 characters")
    assert len(field.input_value()) == 2001
    assert client.read(SPANISH) == SMALL_PROJECT[SPANISH]


def test_what_was_typed_outlives_the_server(context: BrowserContext, tmp_path: Path) -> None:
    with serve_small(tmp_path) as client:
        page = visit(context, client.running)
        field = choose(page, HARD_WORDS)
    field.fill("Sin servidor.")
    save(page)
    expect(page.locator("#saved")).to_have_text("Not saved. The server does not answer. What you typed is kept in this browser.")
    assert "Sin servidor." in page.evaluate("Object.values(localStorage)[0]")
    expect(field).to_have_value("Sin servidor.")


def test_a_sentence_is_one_line_in_normal_form(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    field = choose(page, HARD_WORDS)
    field.fill("  Puede\n\n sentir\tSen\u0303ales. ")
    save(page)
    expect(page.locator("#saved")).to_have_text("Saved.")
    assert "hard: Puede sentir Se\u00f1ales." in client.read(SPANISH)


def test_the_whole_work_is_done_by_keyboard(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    expect(sentence(page, HARD_WORDS)).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.querySelector('#frame').contentDocument.activeElement.dataset.unit") == "signs.lumps.hard":
            break
    outline = "getComputedStyle(document.querySelector('#frame').contentDocument.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.keyboard.press("Enter")
    field = page.get_by_label("Spanish", exact=True)
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Con el teclado.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#saved")).to_have_text("Saved.")
    page.keyboard.press("Escape")
    expect(sentence(page, "Con el teclado.")).to_be_focused()
    page.keyboard.press("Space")
    expect(field).to_be_focused()
    page.get_by_role("button", name="Next", exact=True).press("Enter")
    expect(page.locator("#unit")).to_have_text("signs.lumps.fever")
    page.get_by_role("button", name="Previous").press("Enter")
    expect(page.locator("#unit")).to_have_text("signs.lumps.hard")


def test_a_missing_sentence_is_plain_to_see_and_is_filled(context: BrowserContext, tmp_path: Path) -> None:
    with serve_small(tmp_path, **MISSING) as client:
        page = visit(context, client.running)
        expect(page.locator("#progress")).to_contain_text("1 text left (5 words) of ")
        gap = sentence(page, "You may feel hard lumps.")
        expect(gap.locator(".chip")).to_have_text("missing")
        assert gap.get_attribute("lang") == "en"
        assert find_violations(page) == []
        page.get_by_role("button", name="Begin with what is left").click()
        expect(page.locator("#english")).to_have_text("You may feel hard lumps.")
        field = page.get_by_label("Spanish", exact=True)
        expect(field).to_have_value("")
        expect(page.locator("#checked")).to_have_text("Nothing is written yet.")
        expect(page.locator("#fixed button")).to_have_text("bulto")
        field.fill("Puede sentir s duros.")
        field.evaluate("field => field.setSelectionRange(13, 13)")
        page.locator("#fixed button").click()
        expect(field).to_have_value("Puede sentir bultos duros.")
        save(page)
        expect(page.locator("#progress")).to_contain_text("All texts are translated")
        assert client.read(SPANISH) == SMALL_PROJECT[SPANISH]
        expect(sentence(page, HARD_WORDS)).to_have_attribute("lang", "es")


def test_a_stale_sentence_shows_what_changed_and_may_be_right_as_it_is(context: BrowserContext, client: Client) -> None:
    (client.root / ENGLISH).write_text(STALE, encoding="utf-8")
    page = visit(context, client.running)
    expect(sentence(page, FEVER_WORDS).locator(".chip")).to_have_text("English changed")
    choose(page, FEVER_WORDS)
    expect(page.locator("#changes ins")).to_have_text("us")
    expect(page.locator("#changes")).to_have_text("Call us if your fever is above 38.5 °C.")
    assert find_violations(page) == []
    page.get_by_label("Spanish", exact=True).press("Control+Enter")
    expect(page.locator("#saved")).to_have_text("The words did not change. If they are right, say so.")
    page.get_by_role("button", name="It is right as it is").click()
    expect(page.locator("#saved")).to_have_text("Recorded.")
    expect(page.locator("#changed")).to_be_hidden()
    assert client.read(SPANISH) == SMALL_PROJECT[SPANISH]
    assert "Call us if your fever" in client.read("translations/es/review.yaml")
    expect(page.locator("#progress")).to_contain_text("All texts are translated")


def test_the_list_has_every_text_and_is_sifted_and_searched(context: BrowserContext, tmp_path: Path) -> None:
    with serve_small(tmp_path, **MISSING) as client:
        (client.root / ENGLISH).write_text(STALE, encoding="utf-8")
        page = visit(context, client.running)
        page.get_by_role("link", name="All texts").click()
        rows = page.locator("#rows [data-unit]")
        all_texts = "fetch('/_translate/units').then((each) => each.json()).then((all) => all.units.length)"
        expect(rows).to_have_count(page.evaluate(all_texts))
        assert {"terms/lump", "labels/Sources", "signs.title"} <= set(
            rows.evaluate_all("all => all.map((row) => row.dataset.unit)")
        )
        page.get_by_label("missing").check()
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("You may feel hard lumps.")
        page.get_by_label("English changed").check()
        expect(rows).to_contain_text(FEVER_WORDS)
        page.get_by_label("with problems").check()
        expect(page.locator("#found")).to_have_text("There is no such text.")
        page.get_by_label("all", exact=True).check()
        page.get_by_role("searchbox").fill("bebé fever")
        expect(rows).to_have_count(1)
        rows.click()
        expect(page.get_by_label("Spanish", exact=True)).to_have_value("Fiebre en un bebé")
        page.get_by_label("Spanish", exact=True).fill("Fiebre en bebés")
        page.get_by_role("searchbox").fill("")
        page.get_by_label("not saved").check()
        expect(rows).to_have_count(1)
        assert find_violations(page) == []


def test_a_file_that_is_broken_by_hand_is_told_and_mended_words_are_not_lost(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    field = choose(page, HARD_WORDS)
    field.fill("Del navegador.")
    (client.root / SPANISH).write_text("title: [", encoding="utf-8")
    save(page)
    expect(page.locator("#saved")).to_contain_text("Not saved.")
    expect(page.locator("#banner")).to_contain_text("content/topics/es/signs.yaml:")
    assert client.read(SPANISH) == "title: ["
    assert find_violations(page) == []
    (client.root / SPANISH).write_text(SMALL_PROJECT[SPANISH], encoding="utf-8")
    save(page)
    expect(page.locator("#saved")).to_have_text("Saved.")
    expect(page.locator("#banner")).to_be_hidden()
    assert client.read(SPANISH) == SMALL_PROJECT[SPANISH].replace(HARD_WORDS, "Del navegador.")


def test_an_open_text_stays_open_while_a_file_cannot_be_read_and_goes_on(context: BrowserContext, tmp_path: Path) -> None:
    with serve_watched(tmp_path) as client:
        page = visit(context, client.running)
        field = choose(page, HARD_WORDS)
        field.fill("Del navegador.")
        for path in (ENGLISH, SPANISH):
            (client.root / path).write_text("title: [", encoding="utf-8")
            expect(page.locator("#progress")).to_contain_text("A file cannot be read, so nobody knows how much is left")
            expect(field).to_have_value("Del navegador.")
            expect(page.locator("#conflict")).to_contain_text("This text cannot be saved until its file is mended:")
            save(page)
            expect(page.locator("#saved")).to_contain_text(f"Not saved. {path}")
            (client.root / path).write_text(SMALL_PROJECT[path], encoding="utf-8")
            expect(page.locator("#conflict")).to_be_hidden()
            expect(page.locator("#progress")).to_contain_text("All texts are translated")
        save(page)
        expect(page.locator("#saved")).to_have_text("Saved.")
        assert "hard: Del navegador." in client.read(SPANISH)


@pytest.mark.parametrize(
    ("status", "said"),
    [(409, "it was changed meanwhile"), (500, "The disk is full."), (422, "It is refused."), (0, "The server does not answer.")],
)
def test_an_answer_for_a_text_that_is_no_longer_open_is_told_with_its_name(
    context: BrowserContext, client: Client, status: int, said: str
) -> None:
    page = visit(context, client.running)
    field = choose(page, HARD_WORDS)
    held: list[Route] = []
    page.route("**/_translate/save", lambda route: held.append(route))
    field.fill("Del navegador.")
    field.press("Control+Enter")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator("#unit")).to_have_text("signs.lumps.fever")
    if status == 409:
        by_hand = SMALL_PROJECT[SPANISH].replace(HARD_WORDS, "A mano.")
        (client.root / SPANISH).write_text(by_hand, encoding="utf-8")
        held[0].continue_()
    elif status:
        held[0].fulfill(status=status, json={"said": [said]})
    else:
        held[0].abort()
    expect(page.locator("#banner")).to_contain_text("signs.lumps.hard: Not saved")
    expect(page.locator("#banner")).to_contain_text(said)
    expect(page.locator("#saved")).to_have_text("")
    page.get_by_role("button", name="Open it").click()
    expect(field).to_have_value("Del navegador.")
    expect(page.locator("#saved")).to_contain_text("Not saved")
    expect(page.locator("#banner")).to_be_hidden()


def test_an_answer_that_a_later_one_overtook_changes_nothing(context: BrowserContext, tmp_path: Path) -> None:
    with serve_watched(tmp_path) as client:
        page = visit(context, client.running)
        choose(page, HARD_WORDS)
        held: list[Route] = []
        page.route("**/_translate/units", lambda route: held.append(route) if not held else route.continue_())
        with page.expect_request("**/_translate/units"):
            (client.root / SPANISH).write_text(SMALL_PROJECT[SPANISH].replace(HARD_WORDS, "Uno."), encoding="utf-8")
        old = client.running.ask("/_translate/units").body.decode()
        (client.root / SPANISH).write_text(SMALL_PROJECT[SPANISH].replace(HARD_WORDS, "Dos."), encoding="utf-8")
        field = page.get_by_label("Spanish", exact=True)
        expect(field).to_have_value("Dos.")
        held[0].fulfill(body=old, content_type="application/json")
        with page.expect_response("**/_translate/units"):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(field).to_have_value("Dos.")


def test_in_a_sifted_list_next_is_the_row_behind_the_one_that_was_saved(context: BrowserContext, tmp_path: Path) -> None:
    gaps = SMALL_PROJECT[SPANISH].replace(f"    hard: {HARD_WORDS}\n", "").replace(f"    fever: {FEVER_WORDS}\n", "")
    title = SMALL_PROJECT["content/topics/es/adult.yaml"].replace("title: Bultos", "title:")
    with serve_small(tmp_path, **{SPANISH: gaps, "content/topics/es/adult.yaml": title}) as client:
        page = visit(context, client.running, "#view=")
        page.get_by_label("missing").check()
        rows = page.locator("#rows [data-unit]")
        expect(rows).to_have_count(3)
        page.locator("[data-unit='signs.lumps.hard']").click()
        page.get_by_label("Spanish", exact=True).fill(HARD_WORDS)
        page.keyboard.press("Control+Enter")
        expect(rows).to_have_count(2)
        page.keyboard.press("Escape")
        expect(page.locator("[data-unit='signs.lumps.fever']")).to_be_focused()
        page.get_by_role("button", name="Next", exact=True).click()
        expect(page.locator("#unit")).to_have_text("signs.lumps.fever")


def test_save_and_its_answer_are_in_view_below_many_problems(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    page.set_viewport_size({"width": 1280, "height": 480})
    choose(page, FEVER_WORDS).fill("**No nunca 1 2 3** {x} https://example.org 钙")
    expect(page.locator("#checked li").nth(3)).to_be_attached()
    expect(page.get_by_role("button", name="Save")).to_be_in_viewport(ratio=1)
    save(page)
    expect(page.locator("#saved")).to_have_text("Saved.")
    expect(page.locator("#saved")).to_be_in_viewport(ratio=1)


def test_a_build_is_told_to_the_page_and_links_to_what_to_print(context: BrowserContext, tmp_path: Path) -> None:
    root = tmp_path / "project"
    look(root)
    more = partial(make_routes, root, "es")
    with run_in_thread(tmp_path / "out", root, more, locales=("es",)) as running:
        page = visit(context, running)
        link = page.get_by_role("link", name="PDF: Bultos")
        expect(link).to_have_attribute("href", "/es/adult-leaflet-a4-DRAFT.pdf")
        (root / SPANISH).write_text(SMALL_PROJECT[SPANISH].replace(HARD_WORDS, "Puede notar bultos."), encoding="utf-8")
        expect(sentence(page, "Puede notar bultos.")).to_be_visible()


@contextmanager
def serve_watched(folder: Path) -> Iterator[Client]:
    """Serve a small project as the command does: files are watched. What it builds of them takes longer than to show them."""
    root = folder / "project"
    look(root)
    with run_in_thread(folder / "out", root, partial(make_routes, root, "es"), locales=("es",)) as running:
        running.wait_for(1)
        yield Client(running, root)


def test_a_change_in_a_file_is_shown_though_nothing_can_be_built_of_it(context: BrowserContext, tmp_path: Path) -> None:
    with serve_watched(tmp_path) as client:
        page = visit(context, client.running)
        gap = SMALL_PROJECT[SPANISH].replace(f"    hard: {HARD_WORDS}\n", "")
        (client.root / SPANISH).write_text(gap, encoding="utf-8")
        expect(sentence(page, "You may feel hard lumps.")).to_be_visible()
        (client.root / ENGLISH).write_text(SMALL_PROJECT[ENGLISH].replace("hard lumps", "firm lumps"), encoding="utf-8")
        expect(sentence(page, "You may feel firm lumps.")).to_be_visible()
        (client.root / SPANISH).write_text("title: [", encoding="utf-8")
        expect(page.locator("#banner")).to_contain_text("content/topics/es/signs.yaml:")
        (client.root / SPANISH).write_text(gap.replace("señales", "marcas"), encoding="utf-8")
        expect(page.locator("#banner")).to_be_hidden()
        expect(sentence(page, "¿Cuáles son las marcas?")).to_be_visible()


def test_back_leads_to_the_view_before_with_its_title(context: BrowserContext, arabic: Running) -> None:
    page = visit(context, arabic)
    squeeze(page).wait_for()
    views = page.get_by_role("navigation", name="Views")
    names = views.get_by_role("link").all_inner_texts()
    for number in (1, 2):
        views.get_by_role("link").nth(number).click()
        expect(page).to_have_title(f"{names[number]} – Translate into Arabic – Leaflets")
        expect(leaflet(page).locator("h1")).to_be_visible()
    page.go_back()
    expect(views.locator("[aria-current]")).to_have_text(names[1])
    expect(page).to_have_title(f"{names[1]} – Translate into Arabic – Leaflets")
    expect(leaflet(page).locator(".english")).to_contain_text(names[1])
    page.go_back()
    expect(views.locator("[aria-current]")).to_have_text(names[0])


def test_a_server_that_stops_is_noticed_and_the_view_stays(context: BrowserContext, tmp_path: Path) -> None:
    complaints: list[str] = []
    away = "The server does not answer. What you typed is kept in this browser."
    with serve_small(tmp_path) as client:
        page = visit(context, client.running)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        choose(page, HARD_WORDS).fill("Sin servidor.")
        page.get_by_role("link", name="All texts").click()
        expect(page.locator("#rows [data-unit]").first).to_be_visible()
    expect(page.locator("#banner")).to_have_text(away)
    page.get_by_role("link", name="Lumps").click()
    expect(page.get_by_role("link", name="All texts")).to_have_attribute("aria-current", "page")
    expect(page.locator("#rows [data-unit]").first).to_be_visible()
    assert complaints == []


def test_a_connection_that_comes_back_is_told_no_more(context: BrowserContext, client: Client) -> None:
    page = visit(context, client.running)
    sentence(page, HARD_WORDS).wait_for()
    page.route("**/_events", lambda route: route.abort())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # which lets it listen anew
    expect(page.locator("#banner")).to_contain_text("The server does not answer.")
    page.unroute("**/_events")
    expect(page.locator("#banner")).to_be_hidden()


def test_the_page_runs_from_right_to_left_where_the_language_does(context: BrowserContext, arabic: Running) -> None:
    page = visit(context, arabic)
    expect(leaflet(page).locator("html")).to_have_attribute("dir", "rtl")
    squeeze(page).click()
    field = page.get_by_label("Arabic", exact=True)
    assert (field.get_attribute("dir"), field.get_attribute("lang")) == ("rtl", "ar")
    loaded = "document.fonts.ready.then(() => document.fonts.check('18px Vazirmatn', 'سرطان'))"
    assert page.evaluate(loaded)
    expect(page.locator("#progress")).to_contain_text("2 texts left")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_and_nothing_runs_off(browser: Browser, arabic: Running, tmp_path: Path, size: dict[str, int]) -> None:
    with browser.new_context(viewport=size) as context, serve_small(tmp_path) as client:  # type: ignore[arg-type]
        for running in (arabic, client.running):
            for place in ("", "leaflets/adult", "#view="):
                page = visit(context, running, place) if "leaflets" not in place else context.new_page()
                if "leaflets" in place:
                    page.goto(f"http://127.0.0.1:{running.port}/_translate/{place}")
                elif not place:
                    assert find_violations(page) == []
                    (squeeze(page) if running is arabic else sentence(page, HARD_WORDS)).click()
                    expect(page.locator("#group")).to_be_visible()
                assert find_violations(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
                page.close()


@pytest.fixture(scope="module")
def urdu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The real leaflets in letters that reach far out of their line."""
    with serve_real(tmp_path_factory.mktemp("real"), "ur") as found:
        yield found


def test_quoted_words_are_set_as_their_language_is(context: BrowserContext, urdu: Running) -> None:
    page = visit(context, urdu)
    squeeze(page).click()
    field = page.get_by_label("Urdu", exact=True)
    field.press("Control+End")
    field.press_sequentially(" x")
    quoted = page.locator("#checked bdi[lang=ur][dir=rtl]").first
    expect(quoted).to_be_visible()
    assert "Noto Nastaliq Urdu" in quoted.evaluate("each => getComputedStyle(each).fontFamily")
    assert (
        not page.locator("#checked li")
        .filter(has_text="Error")
        .evaluate_all("all => all.some((each) => !each.firstChild.textContent.startsWith('Error, so its leaflet is not made:'))")
    )
    expect(page.locator("#checked li.warning strong").first).to_have_text("Warning:")


def test_strokes_that_reach_out_of_a_line_have_room(context: BrowserContext, urdu: Running) -> None:
    page = visit(context, urdu)
    squeeze(page).click()
    size = "each => parseFloat(getComputedStyle(each).paddingBlockStart) / parseFloat(getComputedStyle(each).fontSize)"
    for place in ("#words", "#fixed button"):
        assert page.locator(place).first.evaluate(size) >= 0.8, place


def test_words_to_avoid_stand_apart_from_the_note(context: BrowserContext, tmp_path: Path) -> None:
    terms = {
        "content/terms/en.yaml": "lump:\n  term: lump\n  note: one everyday word\n",
        "content/terms/es.yaml": "lump:\n  term: bulto\n  avoid:\n    - nódulo*\n    - masa\n",
    }
    with serve_small(tmp_path, **terms) as client:
        page = visit(context, client.running)
        choose(page, HARD_WORDS).fill("No siente nada duro.")
        expect(page.locator("#fixed .avoid")).to_have_text("not: nódulo…, masa")
        expect(page.locator("#fixed p")).to_have_text("one everyday word")
        expect(page.locator("#checked")).to_contain_text("content/terms/es.yaml is a list that somebody changes by hand")


def test_with_colours_of_the_reader_s_own_the_chosen_tab_and_the_bar_are_seen(browser: Browser, client: Client) -> None:
    with browser.new_context(forced_colors="active") as context:
        page = visit(context, client.running)
        line = "each => getComputedStyle(each).borderBlockEndColor"
        chosen, other = (page.locator("nav a").nth(number).evaluate(line) for number in (0, 1))
        assert chosen != other
        fill, ground = (
            page.locator(place).evaluate("each => getComputedStyle(each).backgroundColor") for place in (".bar span", "body")
        )
        assert fill != ground


def test_on_a_phone_the_leaflet_and_the_words_take_turns(browser: Browser, client: Client) -> None:
    with browser.new_context(viewport=PHONE) as context:  # type: ignore[arg-type]
        page = visit(context, client.running)
        choose(page, HARD_WORDS)
        expect(page.locator("#frame")).to_be_hidden()
        expect(page.locator("#english")).to_be_in_viewport()
        for target in page.locator("button:visible, a:visible").all():
            box = target.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24, target.inner_text()
        page.get_by_role("button", name="Back to the texts").click()
        expect(page.locator("#frame")).to_be_visible()
        assert page.evaluate("document.querySelector('#frame').contentDocument.activeElement.dataset.unit") == "signs.lumps.hard"


def test_the_page_says_that_it_needs_javascript(browser: Browser, client: Client) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"http://127.0.0.1:{client.running.port}/_translate/")
    expect(page.get_by_text("This page needs JavaScript.")).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    page.close()


def test_nothing_is_asked_of_anybody_and_nothing_is_complained_of(context: BrowserContext, client: Client) -> None:
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"http://127.0.0.1:{client.running.port}/_translate/")
    choose(page, HARD_WORDS).fill("Otra cosa.")
    save(page)
    expect(page.locator("#saved")).to_have_text("Saved.")
    assert said == []
    assert [url for url in asked if not url.startswith((f"http://127.0.0.1:{client.running.port}/_", "data:"))] == []


def draw_picture(path: Path) -> None:
    """Show the editor as the manual does: a language in work, a sentence open, a number that went wrong."""
    with TemporaryDirectory() as folder, serve_real(Path(folder), "ar") as running, open_browser() as browser:
        page = visit(browser.new_context(viewport={"width": 1280, "height": 760}), running)
        squeeze(page).click()
        page.get_by_label("Arabic", exact=True).press("End")
        page.get_by_label("Arabic", exact=True).press_sequentially(" 10")
        expect(page.locator("#checked li").first).to_be_visible()
        page.wait_for_timeout(500)
        page.screenshot(path=path)
    Image.open(path).quantize(96).save(path, optimize=True)


if __name__ == "__main__":
    draw_picture(ROOT / "docs" / "pictures" / "translate-editor.png")
