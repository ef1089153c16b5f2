"""The translator's editor: what its page shows, what a save changes, and what it refuses. A real server, no browser."""

import difflib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

import leaflets.files
from leaflets.build.leaflet import make_document
from leaflets.content.project import Project, load_project, reload_language
from leaflets.content.provenance import format_review, record_units
from leaflets.content.waivers import format_waivers
from leaflets.document.blocks import read_html_blocks, tidy
from leaflets.document.expected import list_expected
from leaflets.files import write_file
from leaflets.languages.fonts import read_fonts
from leaflets.model import list_units, narrow_topic
from leaflets.problems import LeafletsError, SetupError
from leaflets.review.waive import add_waiver
from leaflets.server.editor import routes
from leaflets.server.editor.preview import MARKS, render_leaflet
from leaflets.server.editor.routes import SCRIPTS, Workbench, make_routes, write_faces
from leaflets.server.editor.survey import (
    Change,
    ConflictError,
    Survey,
    check_words,
    describe_problems,
    describe_survey,
    describe_unit,
    plan_save,
    survey,
)
from leaflets.translation.units import list_recorded, list_words
from tests.conftest import Run
from tests.server.test_app import PATIENCE, Running, run_in_thread
from tests.support.projects import ROOT, SMALL_PROJECT, find_ids, write_project

FONTS = read_fonts(ROOT / "templates")
ENGLISH, SPANISH = "content/topics/en/signs.yaml", "content/topics/es/signs.yaml"
FEVER = "signs.lumps.fever"
HARD = "signs.lumps.hard"
FEVER_WORDS = "Llame si la fiebre pasa de 38,5 °C."
FEVER_ENGLISH = "Call if your fever is above 38.5 °C."
MISSING = {SPANISH: SMALL_PROJECT[SPANISH].replace("    hard: Puede sentir bultos duros.\n", "")}


def look(root: Path, **changes: str | None) -> Survey:
    """Survey the Spanish of a small project, all of it on record."""
    project = write_project(root, changes)
    records = record_units(list_recorded(project), list_words(project, "es"), {})
    (root / "translations/es/review.yaml").write_text(format_review(records), encoding="utf-8")
    return survey(load_project(root), "es", FONTS)


def look_again(found: Survey) -> Survey:
    return survey(load_project(found.project.root), found.tag, FONTS)


def change_file(found: Survey, file: str, old: str, new: str) -> Survey:
    """Do what a person with a text editor does."""
    path = found.project.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return look_again(found)


def list_changed_lines(old: str, new: str) -> list[str]:
    return [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]


def choose(html: str, unit: str) -> list[str]:
    """What stands in the elements of a unit."""
    return re.findall(rf'<span class="unit"[^>]* data-unit="{re.escape(unit)}"[^>]*>.*?</span>', html)


# The page of a leaflet


@pytest.mark.parametrize("tag", ["es", "ar", "zh-Hans"])
def test_the_marked_page_says_what_the_web_page_says_and_every_unit_can_be_chosen(tag: str) -> None:
    project = load_project(ROOT)
    found = survey(project, tag, FONTS)
    edition = project.editions["web"]
    for name, leaflet in project.leaflets.items():
        html = render_leaflet(found, name)
        assert not MARKS.search(html)
        shown = set(read_html_blocks(html))
        expected = list_expected(edition, make_document(project, name, tag, edition.languages, None), None)
        assert [words for words in expected.words if words and tidy(words) not in shown] == []
        chosen = set(re.findall(r'data-unit="([^"]+)"', html))
        topics = [narrow_topic(project.topics[topic], name) for topic in leaflet.printed]
        assert {unit for topic in topics for unit, _ in list_units(topic)} <= chosen
        assert f'<html lang="{tag}"' in html
        assert "<script" not in html


def test_a_missing_unit_stands_in_english_and_is_marked_as_missing(tmp_path: Path) -> None:
    found = look(tmp_path, **MISSING)
    html = render_leaflet(found, "adult")
    assert choose(html, HARD) == [
        '<span class="unit" role="button" tabindex="0" data-unit="signs.lumps.hard" data-state="missing" lang="en" dir="ltr">'
        'You may feel hard lumps. <span class="chip missing" lang="en" dir="ltr">missing</span>'
    ]
    assert "chip" not in choose(html, FEVER)[0]
    assert "missing-unit" in find_ids(found.project)  # so that no leaflet is made with it


def test_what_a_picture_shows_can_be_chosen_below_it() -> None:
    found = survey(load_project(ROOT), "ar", FONTS)
    html = render_leaflet(found, "adult")
    unit = "signs.where-adult.alt"
    words = found.units[unit].words
    assert words
    assert f'alt="{words}"' in html
    assert choose(html, unit)[0].endswith(f">{words}</span>")


def test_words_with_an_odd_star_or_brace_are_shown_and_not_the_end(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), SPANISH, "Puede sentir bultos duros.", '"**Puede {nada} sentir <b> {clinic_phone}"')
    html = render_leaflet(found, "adult")
    said = choose(html, HARD)[0]
    assert "<strong>Puede {\u2060nada} sentir &lt;b&gt; teléfono de su clínica</strong>" in said
    assert '<span class="chip problem"' in html


# One unit


def ids(found: Survey, unit: str, words: str) -> list[str]:
    return [problem.id for problem in check_words(found, unit, words)]


def test_words_are_checked_as_the_files_are(tmp_path: Path) -> None:
    found = look(tmp_path)
    assert ids(found, FEVER, FEVER_WORDS) == []
    assert ids(found, FEVER, "Llame si la fiebre pasa de 39,5 °C.") == ["number-mismatch"]
    assert ids(found, FEVER, FEVER_ENGLISH) == ["still-english"]
    assert ids(found, HARD, "Puede **sentir** bultos.") == ["strong-mismatch"]
    assert ids(found, "get-help.emergency.heading", "Llame ahora") == ["placeholder-mismatch"]
    assert ids(found, HARD, "Puede \u202esentir bultos.") == ["forbidden-character"]
    assert ids(found, HARD, "Puede sentir bultos en\nel codo.") == ["forbidden-character"]
    assert ids(found, HARD, "Sen\u0303ales") == ["not-nfc"]
    assert ids(found, HARD, "Puede sentir bultos 钙.") == ["no-font"]
    assert ids(found, "labels/Page {page} of {pages}", "Página {page}") == ["placeholder-mismatch"]


def describe_words(found: Survey, unit: str, words: str) -> list[dict[str, Any]]:
    return describe_problems(found, found.units[unit], words, check_words(found, unit, words))


def test_what_a_message_quotes_is_told_with_its_language() -> None:
    found = survey(load_project(ROOT), "ur", FONTS)
    unit = "adult.key-points.not-cancer"
    words = "کیلشیم کی **گٹھلیاں** کینسر ہیں۔"
    told = describe_words(found, unit, words)
    parts = [tuple(part) for each in told for part in each["parts"]]
    assert (words, "ur") in parts
    assert (str(found.units[unit].english), "en") in parts
    assert not any(re.search("[\u0600-\u06ff]", said) for said, language in parts if language != "ur")
    said = "".join(part for part, _ in told[0]["parts"])
    problem = check_words(found, unit, words)[0]
    assert said == f"{problem.message}. {problem.remedy}"


def test_a_list_that_a_remedy_speaks_of_is_told_as_a_file(tmp_path: Path) -> None:
    found = look(tmp_path)
    lists = {each["id"]: each["lists"] for each in describe_words(found, HARD, "No puede sentir nada duro 1.")}
    assert lists == {
        "negation-mismatch": ["content/markers/es.yaml"],
        "term-unused": ["content/terms/es.yaml"],
        "number-mismatch": [],
    }


def test_what_was_waived_is_no_problem_as_long_as_the_words_stay(tmp_path: Path) -> None:
    words = "Llame si la fiebre pasa de 38 grados y medio."
    found = look(tmp_path, **{SPANISH: SMALL_PROJECT[SPANISH].replace(FEVER_WORDS, words)})
    assert [each.id for each in found.problems[FEVER]] == ["number-mismatch"]
    waivers = add_waiver(found.project, "es", FEVER, "number-mismatch", "It says the same.")
    (tmp_path / "translations/es/waivers.yaml").write_text(format_waivers(waivers), encoding="utf-8")
    found = look_again(found)
    assert found.problems[FEVER] == ()
    assert ids(found, FEVER, words + " Hoy.") == ["number-mismatch"]


def test_a_unit_comes_with_all_that_helps_to_translate_it(tmp_path: Path) -> None:
    note = SMALL_PROJECT[ENGLISH].replace("      hard:", "      # Said by a doctor.\n      hard:")
    terms = "lump:\n  term: lump\n  note: one everyday word\nhard-lump:\n  term: hard lump\nfever:\n  term: fever (BT)\n"
    own = "lump:\n  term: bulto\n  avoid:\n    - nódulo\nhard-lump:\n  term: bulto duro\nfever:\n  term: fiebre\n"
    found = look(tmp_path, **{ENGLISH: note, "content/terms/en.yaml": terms, "content/terms/es.yaml": own})
    told = describe_unit(found, HARD, ())
    assert told["english"] == "You may feel hard lumps."
    assert told["note"] == "Said by a doctor."
    assert told["group"] == "What are the signs?"
    assert told["terms"] == [{"english": "hard lump", "words": "bulto duro", "avoid": [], "note": ""}]  # the longer of two
    assert [each["words"] for each in describe_unit(found, FEVER, ())["terms"]] == ["fiebre"]
    term = describe_unit(found, "terms/lump", ())
    assert (term["group"], term["note"], term["terms"]) == ("Fixed words", "one everyday word", [])
    label = describe_unit(found, "labels/Page {page} of {pages}", ())
    assert (label["group"], label["note"]) == ("Words of the page itself", "At the foot of every page.")


def test_what_changed_in_the_english_is_told_word_by_word(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), ENGLISH, "above 38.5", "above 39")
    told = describe_unit(found, FEVER, ())
    assert told["state"] == "stale"
    assert told["changes"] == [
        ["kept", "Call if your fever is above"],
        ["deleted", "38.5"],
        ["added", "39"],
        ["kept", "°C."],
    ]
    assert describe_unit(found, HARD, ())["changes"] == []


def test_what_is_left_is_counted_in_texts_and_words(tmp_path: Path) -> None:
    found = look(tmp_path, **MISSING)
    told = describe_survey(found)
    assert (told["left"], told["words"], told["complete"]) == (1, 5, False)
    assert describe_survey(look(tmp_path / "whole"))["complete"] is True


MARKERS = "content/markers/es.yaml"
LIMITED = SMALL_PROJECT["content/markers/en.yaml"] + "uncertainty: [may]\nphrases:\n  above: [above]\n"


def test_what_no_check_looks_for_in_a_language_without_its_words_is_told(tmp_path: Path) -> None:
    lists = {"content/markers/en.yaml": LIMITED}
    told = describe_survey(look(tmp_path / "begun", **lists, **{MARKERS: "negation:\nobligation:\n"}))
    unwatched = {each["id"]: each["unwatched"] for each in told["units"]}
    assert told["gaps"] == [f"there is no list of the words that say no, must and may ({MARKERS})"]
    assert unwatched[FEVER] == ["not", "above"]  # the English limits with "above"; a "not" could be added anywhere
    assert unwatched[HARD] == ["not", "may"]
    told = describe_survey(look(tmp_path / "part", **lists))
    unwatched = {each["id"]: each["unwatched"] for each in told["units"]}
    assert told["gaps"] == [f'there are no words for "above" ({MARKERS})']
    assert (unwatched[FEVER], unwatched["signs.title"]) == (["above"], [])
    assert describe_survey(look(tmp_path / "whole"))["gaps"] == []


def test_a_text_with_an_error_is_left_to_do_like_one_that_is_missing(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), SPANISH, "38,5", "39,5")
    assert [unit.id for unit in found.left] == [FEVER]
    assert describe_unit(found, FEVER, found.problems[FEVER])["done"] is False
    told = describe_survey(found)
    assert (told["left"], told["words"], told["complete"]) == (1, 8, False)


# A save


def write_save(found: Survey, change: Change) -> Survey:
    for name, data in plan_save(found, change).items():
        (found.project.root / name).write_bytes(data)
    return look_again(found)


def test_a_save_changes_one_line_and_records_the_english(tmp_path: Path) -> None:
    commented = "# By hand.\n" + SMALL_PROJECT[SPANISH].replace("    fever:", "\n    # Ask the nurse.\n    fever:")
    found = look(tmp_path, **{SPANISH: commented})
    words = "Llame hoy: la fiebre pasa de 38,5 °C."
    after = write_save(found, Change(FEVER, words, FEVER_WORDS, FEVER_ENGLISH))
    text = (tmp_path / SPANISH).read_text(encoding="utf-8")
    assert list_changed_lines(commented, text) == [f"-     fever: {FEVER_WORDS}", f'+     fever: "{words}"']
    assert after.units[FEVER].done
    assert str(after.units[FEVER].words) == words


def test_a_missing_unit_is_filled_in_its_place(tmp_path: Path) -> None:
    found = look(tmp_path, **MISSING)
    words = "Puede sentir bultos duros."
    after = write_save(found, Change(HARD, words, "", "You may feel hard lumps."))
    assert (tmp_path / SPANISH).read_text(encoding="utf-8") == SMALL_PROJECT[SPANISH]
    assert not after.left


def test_a_term_and_a_label_are_saved_in_their_files(tmp_path: Path) -> None:
    found = look(tmp_path)
    found = write_save(found, Change("terms/lump", "nódulo", "bulto", "lump"))
    assert (tmp_path / "content/terms/es.yaml").read_text(encoding="utf-8") == "lump:\n  term: nódulo\n"
    unit = found.units["labels/Sources"]
    assert unit.words
    po = tmp_path / "translations/es/LC_MESSAGES/messages.po"
    old = po.read_text(encoding="utf-8")
    write_save(found, Change(unit.id, "De dónde viene", unit.words.words, "Sources"))
    changed = list_changed_lines(old, po.read_text(encoding="utf-8"))
    assert changed == [f'- msgstr "{unit.words.words}"', '+ msgstr "De dónde viene"']


def test_words_that_changed_meanwhile_are_a_conflict_unless_they_are_the_same(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), SPANISH, FEVER_WORDS, "Llame con fiebre de 38,5 °C.")
    with pytest.raises(ConflictError):
        plan_save(found, Change(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))
    plan_save(found, Change(FEVER, "Llame con fiebre de 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))
    plan_save(found, Change(FEVER, "Llame ya: 38,5 °C.", "Llame con fiebre de 38,5 °C.", FEVER_ENGLISH))


def test_an_english_that_changed_meanwhile_is_a_conflict(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), ENGLISH, "above 38.5", "above 39")
    with pytest.raises(ConflictError):
        plan_save(found, Change(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))
    with pytest.raises(ConflictError):
        plan_save(found, Change(FEVER, FEVER_WORDS, FEVER_WORDS, FEVER_ENGLISH, unchanged=True))


def test_stale_words_are_recorded_as_right_only_when_somebody_says_so(tmp_path: Path) -> None:
    found = change_file(look(tmp_path), ENGLISH, "Call if your fever is", "Call us if your fever is")
    english = "Call us if your fever is above 38.5 °C."
    with pytest.raises(LeafletsError, match="the English changed, and these words did not"):
        plan_save(found, Change(FEVER, FEVER_WORDS, FEVER_WORDS, english))
    change = Change(FEVER, FEVER_WORDS, FEVER_WORDS, english, unchanged=True)
    assert list(plan_save(found, change)) == ["translations/es/review.yaml"]
    assert write_save(found, change).units[FEVER].done


UNREADABLE = [("", "there are no words"), ("  ", "no words"), ("a\u202eb", "U+202E"), ("a\nb", "U+000A")]


@pytest.mark.parametrize(("words", "said"), UNREADABLE)
def test_words_that_could_not_be_read_back_are_refused(tmp_path: Path, words: str, said: str) -> None:
    with pytest.raises(LeafletsError, match=re.escape(said)):
        plan_save(look(tmp_path), Change(HARD, words, "Puede sentir bultos duros.", "You may feel hard lumps."))


def test_nothing_is_written_to_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    whole = look(tmp_path)
    change = Change(FEVER, "Llame ya: 38,5 °C.", "", FEVER_ENGLISH)
    found = change_file(whole, SPANISH, "title:", "title: [")
    assert describe_unit(found, FEVER, ())["broken"][0].startswith(f"{SPANISH}:")
    with pytest.raises(LeafletsError, match=SPANISH):
        plan_save(found, change)
    found = change_file(found, SPANISH, "title: [", "title:")
    (tmp_path / "translations/es/review.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(LeafletsError, match=r"translations/es/review\.yaml"):
        plan_save(look_again(found), Change(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))


def test_a_missing_label_is_a_text_to_do_and_no_broken_file(tmp_path: Path) -> None:
    found = look(tmp_path)
    po = "translations/es/LC_MESSAGES/messages.po"
    words = found.units["labels/Sources"].words
    found = change_file(found, po, f'msgstr "{words}"', 'msgstr ""')
    assert [unit.id for unit in found.left] == ["labels/Sources"]
    assert found.unreadable == ()
    assert write_save(found, Change("labels/Sources", "Fuentes", "", "Sources")).complete


def test_a_label_that_no_page_has_any_more_is_no_broken_file(tmp_path: Path) -> None:
    found = look(tmp_path)
    po = "translations/es/LC_MESSAGES/messages.po"
    found = change_file(found, po, 'msgid "Sources"', 'msgid "An old label"\nmsgstr "Una etiqueta vieja"\n\nmsgid "Sources"')
    assert [each.id for each in found.project.problems] == ["orphan-message"]
    assert (found.unreadable, found.complete) == ((), True)
    assert describe_unit(found, "labels/Sources", ())["broken"] == []


def test_a_file_that_is_not_there_yet_is_made_by_the_first_save(tmp_path: Path) -> None:
    look(tmp_path)
    for name in (SPANISH, "content/terms/es.yaml", "translations/es/LC_MESSAGES/messages.po"):
        (tmp_path / name).unlink()
    found = survey(load_project(tmp_path), "es", FONTS)
    assert found.unreadable == ()
    found = write_save(found, Change("terms/lump", "bulto", "", "lump"))
    found = write_save(found, Change("labels/Sources", "Fuentes", "", "Sources"))
    found = write_save(found, Change(FEVER, FEVER_WORDS, "", FEVER_ENGLISH))
    assert all(found.units[unit].done for unit in ("terms/lump", "labels/Sources", FEVER))


def test_words_that_are_not_on_record_are_marked_so(tmp_path: Path) -> None:
    look(tmp_path)
    (tmp_path / "translations/es/review.yaml").unlink()
    found = survey(load_project(tmp_path), "es", FONTS)
    assert "not on record</span>" in choose(render_leaflet(found, "adult"), HARD)[0]
    assert describe_unit(found, FEVER, ())["changes"] == []


def test_problems_of_other_languages_are_not_told(tmp_path: Path) -> None:
    found = look(tmp_path, **{"content/topics/fr/signs.yaml": "title: ["})
    assert any("/fr/" in each.place.path for each in found.project.problems)
    assert found.unreadable == ()


# The server


def test_a_file_that_changes_while_a_save_is_planned_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = look(tmp_path)
    bench = Workbench(tmp_path, "es")
    plans: list[dict[str, bytes]] = []

    def interfere(known: Survey, change: Change) -> dict[str, bytes]:
        planned = plan_save(known, change)
        if not plans:
            change_file(found, SPANISH, "Puede sentir bultos duros.", "Puede notar bultos duros.")
        plans.append(planned)
        return planned

    monkeypatch.setattr(routes, "plan_save", interfere)
    bench.save(Change(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))
    text = (tmp_path / SPANISH).read_text(encoding="utf-8")
    assert "Puede notar bultos duros." in text
    assert '"Llame ya: 38,5 °C."' in text
    assert len(plans) == 2


def test_files_that_never_rest_are_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look(tmp_path)
    bench = Workbench(tmp_path, "es")
    seen = iter(range(100))
    monkeypatch.setattr(routes, "stat_files", lambda root: frozenset([("a", next(seen), 0)]))
    before = (tmp_path / SPANISH).read_bytes()
    with pytest.raises(SetupError, match="change all the time"):
        bench.save(Change(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH))
    assert (tmp_path / SPANISH).read_bytes() == before


def test_what_the_files_of_one_language_became_is_read_without_the_rest(tmp_path: Path) -> None:
    before = look(tmp_path).project
    for words in ("¿Qué señales hay?", "["):
        (tmp_path / SPANISH).write_text(f"title: {words}\n", encoding="utf-8")
        assert reload_language(before, "es") == load_project(tmp_path)
    (tmp_path / SPANISH).unlink()
    assert reload_language(before, "es") == load_project(tmp_path)


def test_a_save_reads_only_its_language_again_and_an_english_change_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = look(tmp_path)
    bench = Workbench(tmp_path, "es")
    loaded: list[Path] = []

    def load(root: Path) -> Project:
        loaded.append(root)
        return load_project(root)

    monkeypatch.setattr(routes, "load_project", load)
    after = bench.save(Change(HARD, "Bultos.", "Puede sentir bultos duros.", "You may feel hard lumps."))
    assert (str(after.units[HARD].words), loaded) == ("Bultos.", [])
    assert (after.number, bench.read().number) == (1, 1)  # by which a page knows an answer that a later one overtook
    change_file(found, ENGLISH, "hard lumps", "firm lumps")
    assert bench.read().units[HARD].english.words == "You may feel firm lumps."
    assert loaded == [tmp_path]


class Client:
    """What the page of the editor does, without the page."""

    def __init__(self, running: Running, root: Path) -> None:
        self.running = running
        self.root = root
        page = running.ask("/_translate/").body.decode()
        found = re.search(r'<meta name="token" content="([^"]+)">', page)
        assert found
        self.headers = {
            "Origin": f"http://127.0.0.1:{running.port}",
            "X-Leaflets-Token": found[1],
            "Content-Type": "application/json",
        }

    def post(self, address: str, body: object, **headers: str | None) -> tuple[int, Any]:
        """Send JSON; a header that is None is left out."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {name: value for name, value in (self.headers | headers).items() if value is not None}
        connection = HTTPConnection("127.0.0.1", self.running.port, timeout=PATIENCE)
        try:
            connection.request("POST", f"/_translate/{address}", data, sent)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def save(self, unit: str, words: str, base: str, english: str, **more: object) -> tuple[int, Any]:
        return self.post("save", {"unit": unit, "words": words, "base": base, "english": english, **more})

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")


@contextmanager
def serve_small(folder: Path, **changes: str | None) -> Iterator[Client]:
    look(folder / "project", **changes)
    (folder / "out").mkdir()
    with run_in_thread(folder / "out", more=partial(make_routes, folder / "project", "es")) as running:
        yield Client(running, folder / "project")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with serve_small(tmp_path) as found:
        yield found


def test_the_page_runs_only_its_own_script_and_asks_nobody_else(client: Client) -> None:
    for address in ("/_translate/", "/_translate/leaflets/adult"):
        answer = client.running.ask(address)
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "default-src 'none'" in policy
        body = answer.body.decode()
        assert not re.search(r'(?:src|href)="(?:https?:)?//', body)
        assert not re.search(r"<script(?![^>]*\ssrc=)", body)
        assert not re.search(r"\son[a-z]+=", body)
    assert "needs JavaScript" in client.running.ask("/_translate/").body.decode()


def test_every_file_that_the_page_names_is_there_and_no_other(client: Client) -> None:
    page = client.running.ask("/_translate/").body.decode()
    named = re.findall(r'(?:src|href)="(/_translate/[^"]+)"', page)
    faces = client.running.ask("/_translate/fonts.css").body.decode()
    named += re.findall(r'url\("([^"]+)"\)', faces)
    for script in SCRIPTS:
        imported = re.findall(r'^.*from "\./([^"]+)";$', client.running.ask(f"/_translate/{script}").body.decode(), re.M)
        assert set(imported) <= set(SCRIPTS), script
        named += [f"/_translate/{name}" for name in imported]
    assert {name.rpartition("/")[2] for name in named} >= set(SCRIPTS)
    for address in named:
        assert client.running.ask(address).status == 200, address
    for address in ("fonts/none.ttf", "fonts/..%2f..%2fcontent", "leaflets/none", "state.html", "reload.js", "save"):
        assert client.running.ask(f"/_translate/{address}").status == 404, address


def test_a_script_gets_its_own_fonts_and_lines() -> None:
    faces = write_faces(FONTS, "ur")
    assert '[lang="ur"] { font-family: "Noto Nastaliq Urdu"' in faces
    assert "--line: 1.9; --rise: 0.8em; --drop: 0.4em;" in faces
    assert '[lang="en"]' in faces
    assert ":root { --letters: sans-serif; }" in write_faces(FONTS, "chr")  # Cherokee, which has no font here


def test_a_save_is_one_changed_line_in_the_file(client: Client) -> None:
    status, told = client.save(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH)
    assert status == 200
    assert next(each for each in told["units"] if each["id"] == FEVER)["words"] == "Llame ya: 38,5 °C."
    changed = list_changed_lines(SMALL_PROJECT[SPANISH], client.read(SPANISH))
    assert changed == [f"-     fever: {FEVER_WORDS}", '+     fever: "Llame ya: 38,5 °C."']


def test_words_are_checked_while_they_are_typed(client: Client) -> None:
    status, told = client.post("check", {"unit": FEVER, "words": "Llame si pasa de 39 °C."})
    assert status == 200
    assert told["problems"][0]["id"] == "number-mismatch"
    assert client.post("check", {"unit": FEVER, "words": FEVER_WORDS}) == (200, {"problems": []})
    assert client.post("check", {"unit": "signs.nothing", "words": "x"})[0] == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": None}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "null"}, 403),
        ({"X-Leaflets-Token": None}, 403),
        ({"X-Leaflets-Token": "guessed"}, 403),
        ({"X-Leaflets-Token": "gue\u00dfed"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": None}, 415),
    ],
)
def test_only_the_page_of_this_run_may_save(client: Client, headers: dict[str, str | None], status: int) -> None:
    body = {"unit": FEVER, "words": "Llame ya: 38,5 °C.", "base": FEVER_WORDS, "english": FEVER_ENGLISH}
    found, told = client.post("save", body, **headers)
    assert found == status
    assert told["said"]
    assert client.read(SPANISH) == SMALL_PROJECT[SPANISH]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * 70_000, 413),
        (b"{", 422),
        (b"[]", 422),
        ({"unit": FEVER, "words": "x" * 2001, "base": FEVER_WORDS, "english": FEVER_ENGLISH}, 422),
        ({"unit": FEVER, "words": "x", "base": FEVER_WORDS, "english": FEVER_ENGLISH, "path": "/etc/passwd"}, 422),
        ({"unit": FEVER, "words": "x"}, 422),
        ({"unit": "../../x", "words": "x", "base": "", "english": ""}, 404),
        ({"unit": FEVER, "words": "a\u202eb", "base": FEVER_WORDS, "english": FEVER_ENGLISH}, 422),
    ],
)
def test_what_is_not_a_unit_with_its_words_is_refused(client: Client, body: object, status: int) -> None:
    found, told = client.post("save", body)
    assert (found, bool(told["said"])) == (status, True)
    assert client.read(SPANISH) == SMALL_PROJECT[SPANISH]


def test_a_conflict_tells_the_words_and_the_english_that_stand_now(client: Client) -> None:
    assert client.save(FEVER, "Primero: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH)[0] == 200
    status, told = client.save(FEVER, "Segundo: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH)
    assert (status, told["unit"]["words"]) == (409, "Primero: 38,5 °C.")
    assert "Primero" in client.read(SPANISH)
    (client.root / ENGLISH).write_text(SMALL_PROJECT[ENGLISH].replace("above 38.5", "above 39"), encoding="utf-8")
    status, told = client.save(FEVER, "Segundo: 38,5 °C.", "Primero: 38,5 °C.", FEVER_ENGLISH)
    assert (status, told["unit"]["english"]) == (409, "Call if your fever is above 39 °C.")


def test_a_file_that_was_broken_by_hand_is_told_and_kept(client: Client) -> None:
    broken = SMALL_PROJECT[SPANISH].replace("title:", "title: [")
    (client.root / SPANISH).write_text(broken, encoding="utf-8")
    status, told = client.save(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH)
    assert status == 422
    assert told["said"][0].startswith(f"{SPANISH}:")
    assert client.read(SPANISH) == broken
    units = json.loads(client.running.ask("/_translate/units").body)
    assert units["problems"][0].startswith(f"{SPANISH}:")
    (client.root / "content/topics/en/signs.yaml").write_text("title: [", encoding="utf-8")
    page = client.running.ask("/_translate/leaflets/adult")
    assert page.status == 200
    assert "This leaflet cannot be shown" in page.body.decode()
    assert "content/topics/en/signs.yaml:" in page.body.decode()


def test_words_that_are_refused_are_told_without_a_path_or_a_rule(client: Client) -> None:
    for words, said in (
        ("", "There are no words. Write them."),
        ("a\u202eb", "Character U+202E (RIGHT-TO-LEFT OVERRIDE) is not"),
    ):
        status, told = client.save(FEVER, words, FEVER_WORDS, FEVER_ENGLISH)
        assert (status, told["said"][0][: len(said)]) == (422, said)
        assert "[" not in told["said"][0]


def test_a_text_whose_english_cannot_be_read_is_not_said_to_be_taken_out(client: Client) -> None:
    (client.root / ENGLISH).write_text("title: [", encoding="utf-8")
    status, told = client.save(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH)
    assert (status, told["said"][0].startswith(f"{ENGLISH}:")) == (422, True)


def test_a_leaflet_that_names_a_block_that_is_not_there_says_so(client: Client) -> None:
    path = client.root / "content/leaflets/adult.yaml"
    path.write_text(
        client.read("content/leaflets/adult.yaml").replace("get-help.emergency", "get-help.emergenci"), encoding="utf-8"
    )
    page = client.running.ask("/_translate/leaflets/adult")
    assert page.status == 200
    assert "emergenci" in page.body.decode()
    project = load_project(client.root)
    with pytest.raises(KeyError):
        render_leaflet(survey(replace(project, editions={}), "es", FONTS), "adult")


def test_a_language_whose_folder_is_gone_is_told_and_comes_back(client: Client) -> None:
    folder = client.root / "content/topics/es"
    folder.rename(client.root / "elsewhere")
    for address in ("", "units", "leaflets/adult"):
        told = client.running.ask(f"/_translate/{address}")
        assert (told.status, b"es" in told.body) == (422, True), address
    assert client.save(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH)[0] == 422
    (client.root / "elsewhere").rename(folder)
    assert client.save(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH)[0] == 200


def test_the_editor_is_found_without_its_slash_and_from_the_start_page(client: Client) -> None:
    answer = client.running.ask("/_translate")
    assert (answer.status, answer.headers["location"]) == (307, "/_translate/")
    link = b'<a href="/_translate/"'
    assert link in client.running.ask("/").body
    (client.root.parent / "out" / "index.html").write_text("<!doctype html><p>Leaflets", encoding="utf-8")
    assert link in client.running.ask("/").body
    (client.root.parent / "out" / "a.html").write_text("<!doctype html><p>Leaflet", encoding="utf-8")
    assert link not in client.running.ask("/a.html").body


def test_saves_at_the_same_moment_are_all_kept(client: Client) -> None:
    wanted = {
        FEVER: ("Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH),
        HARD: ("Toca bultos duros.", "Puede sentir bultos duros.", "You may feel hard lumps."),
        "signs.title": ("¿Qué señales hay?", "¿Cuáles son las señales?", "What are the signs?"),
        "terms/lump": ("bultito", "bulto", "lump"),
    }
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda each=each: answers.append(client.save(*each)[0]))
        for each in ((unit, *said) for unit, said in wanted.items())
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert answers == [200] * len(wanted)
    found = survey(load_project(client.root), "es", FONTS)
    assert {unit: str(found.units[unit].words) for unit in wanted} == {unit: said[0] for unit, said in wanted.items()}
    assert found.complete


def test_a_disk_that_refuses_is_said_and_no_file_is_half_saved(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in (client.root / SPANISH, client.root / "translations/es/review.yaml")}

    def refuse(path: Path, data: bytes) -> None:
        if path.name == "review.yaml" and data != before[path]:
            raise SetupError(f"cannot write {path.name}: No space left on device")
        write_file(path, data)

    monkeypatch.setattr(leaflets.files, "write_file", refuse)
    status, told = client.save(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH)
    assert (status, told["said"]) == (500, ["cannot write review.yaml: No space left on device"])
    assert {path: path.read_bytes() for path in before} == before


# The command


def test_there_is_no_editor_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert make_routes(tmp_path, None, None) == ()  # type: ignore[arg-type]
    (tmp_path / "out").mkdir()
    with run_in_thread(tmp_path / "out") as running:
        assert running.ask("/_translate/").status == 404


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("sw", 'there is no language "sw" (Swahili, Kiswahili) yet. There are es. To begin it: leaflets translate start sw'),
        ("swahili", '"swahili" stands for Swahili, whose tag is "sw"'),
        ("spanish", 'did you mean "es" (Spanish, español)?'),
        ("en", '"en" is the language that the others are translated from'),
        ("e-s", 'there is no language "e-s"; did you mean "es"?'),
    ],
)
def test_a_language_that_cannot_be_translated_into_is_told(tmp_path: Path, run: Run, tag: str, said: str) -> None:
    project = write_project(tmp_path / "project")
    result = run("--project", project.root, "serve", "--port", 0, "--translate", tag)
    assert result.exit_code == 1
    assert said in result.stderr


def test_the_command_opens_the_editor_and_makes_that_language_alone(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("leaflets.server.app.serve", lambda *given: asked.extend(given))
    project = write_project(tmp_path / "project")
    result = run("--project", project.root, "serve", "--port", 0, "--translate", "es")
    assert re.match(r"http://127\.0\.0\.1:\d+/_translate/ ", result.stdout)
    assert asked[1].locales == ("es",)
    assert next(route.path for route in asked[-1](None)) == "/_translate/"
    run("--project", project.root, "serve", "--port", 0, "--translate", "es", "--locale", "en")
    assert asked[7].locales == ("en",)
