"""The translator's editor: what it answers, and whom. A real server, no browser."""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import leaflets.files
from leaflets.content.project import load_project
from leaflets.files import write_file
from leaflets.problems import SetupError
from leaflets.server.editor import store
from leaflets.server.editor.preview import render_leaflet
from leaflets.server.editor.routes import SCRIPTS, make_routes, write_faces
from leaflets.server.editor.store import take_snapshot
from tests.conftest import Run
from tests.support.editor import (
    ENGLISH,
    FEVER,
    FEVER_ENGLISH,
    FEVER_WORDS,
    FONTS,
    HARD,
    SPANISH,
    Client,
    list_changed_lines,
    serve_small,
)
from tests.support.projects import SMALL_PROJECT, write_project
from tests.support.server import PATIENCE, run_in_thread


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


def test_an_edit_is_on_the_page_after_one_reading_of_its_language_and_one_check_of_each_text(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = "Llame ya: " in client.running.ask("/_translate/leaflets/adult").body.decode()
    done: Counter[str] = Counter()

    def count(name: str) -> None:
        real = getattr(store, name)

        def counted(*given: object) -> object:
            done[f"{name} {given[1] if name == 'check_words' else ''}".strip()] += 1
            return real(*given)

        monkeypatch.setattr(store, name, counted)

    for name in ("load_project", "reload_language", "take_snapshot", "check_words"):
        count(name)
    status, told = client.save(FEVER, "Llame ya: 38,5 °C.", FEVER_WORDS, FEVER_ENGLISH)
    page = client.running.ask("/_translate/leaflets/adult").body.decode()
    assert (before, status, "Llame ya: " in page) == (False, 200, True)
    checked = [f"check_words {each['id']}" for each in told["units"] if each["words"]]
    assert done == Counter(["reload_language", "take_snapshot", *checked])


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
        render_leaflet(take_snapshot(replace(project, editions={}), "es", FONTS), "adult")


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
    found = take_snapshot(load_project(client.root), "es", FONTS)
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
    monkeypatch.setattr("leaflets.cli.serve.serve", lambda *given: asked.extend(given))
    project = write_project(tmp_path / "project")
    result = run("--project", project.root, "serve", "--port", 0, "--translate", "es")
    assert re.match(r"http://127\.0\.0\.1:\d+/_translate/ ", result.stdout)
    assert asked[1].locales == ("es",)
    assert next(route.path for route in asked[-1](None)) == "/_translate/"
    run("--project", project.root, "serve", "--port", 0, "--translate", "es", "--locale", "en")
    assert asked[7].locales == ("en",)
