"""The address on this machine: what it gives, what it refuses, and how pages follow a change. A real server, a real browser."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from leaflets.server import app, watch
from leaflets.server.app import find_file, list_hosts, open_listener
from leaflets.server.watch import Board
from tests.support.projects import ROOT, SMALL_PROJECT, write_project
from tests.support.server import PATIENCE, Running, run_in_thread

SIGNS = "content/topics/en/signs.yaml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Path]]:
    """A server of a few files that nobody changes."""
    folder = tmp_path_factory.mktemp("served")
    output = folder / "output"
    (output / "es").mkdir(parents=True)
    (output / "index.html").write_text("<!doctype html><title>Catálogo</title><p>Catálogo", encoding="utf-8")
    (output / "es" / "index.html").write_text("<!doctype html><p>es", encoding="utf-8")
    (output / "es" / "adult.html").write_text("<!doctype html><p>Bultos", encoding="utf-8")
    (output / "es" / "adult-leaflet-a4.pdf").write_bytes(b"%PDF-1.7 as it is")
    (output / "manifest.json").write_text("{}")
    (output / "unknown.xyz").write_text("x")
    (output / "empty").mkdir()
    (output / ".hidden").write_text("secret")
    (folder / "outside.txt").write_text("secret")
    (folder / "outside").mkdir()
    (folder / "outside" / "index.html").write_text("secret")
    (output / "link.txt").symlink_to(folder / "outside.txt")
    (output / "linked").symlink_to(folder / "outside")
    (output / "loop.txt").symlink_to("loop.txt")
    with run_in_thread(output) as running:
        yield running, output


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/es/", "text/html; charset=utf-8"),
        ("/es/adult.html?x=1", "text/html; charset=utf-8"),
        ("/es/adult-leaflet-a4.pdf", "application/pdf"),
        ("/manifest.json", "application/json"),
        ("/unknown.xyz", "application/octet-stream"),
        ("/_reload.js", "text/javascript; charset=utf-8"),
    ],
)
def test_a_file_is_given_with_its_type_and_is_not_remembered(site: tuple[Running, Path], address: str, kind: str) -> None:
    answer = site[0].ask(address)
    assert answer.status == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "server" not in answer.headers


def test_what_is_no_page_is_given_byte_for_byte(site: tuple[Running, Path]) -> None:
    assert site[0].ask("/es/adult-leaflet-a4.pdf").body == b"%PDF-1.7 as it is"
    head = site[0].ask("/es/adult-leaflet-a4.pdf", "HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", "17")
    assert site[0].ask("/es/adult-leaflet-a4.pdf", "POST").status == 405


def test_only_the_answer_has_the_script_and_never_the_file(site: tuple[Running, Path]) -> None:
    running, output = site
    body = running.ask("/es/adult.html").body.decode()
    assert re.fullmatch(
        r'<!doctype html><p>Bultos<script src="/_reload.js" data-follow="files" data-at="[0-9a-f]{8}-0"></script>\n?', body
    )
    assert (output / "es" / "adult.html").read_text() == "<!doctype html><p>Bultos"


def test_only_an_index_may_have_scripts_of_its_own(site: tuple[Running, Path]) -> None:
    policy = site[0].ask("/es/adult.html").headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;")
    assert "script-src" not in policy
    assert "script-src 'self' 'unsafe-inline'" in site[0].ask("/").headers["content-security-policy"]


@pytest.mark.parametrize(
    "address",
    [
        "/../outside.txt",
        "/es/../../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "/%2e%2e%2foutside.txt",
        "/..%5coutside.txt",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/link.txt",
        "/linked/",
        "/linked/index.html",
        "/loop.txt",
        "/.hidden",
        "/es/./adult.html",
        "/empty/",
        "/es%00/adult.html",
        "/manifest.json/x",
        f"/{'x' * 300}",
    ],
)
def test_nothing_outside_the_folder_is_given_nor_what_is_hidden(site: tuple[Running, Path], address: str) -> None:
    answer = site[0].ask(address)
    assert (answer.status, answer.body) == (404, b"There is no such file.\n")
    assert answer.headers["content-security-policy"]


def test_an_absolute_address_stays_inside(site: tuple[Running, Path]) -> None:
    running, output = site
    outside = output.parent / "outside.txt"
    assert outside.read_text() == "secret"
    assert running.ask(f"/{outside}").status == 404
    assert find_file(output, str(outside)) is None
    assert find_file(output, "//es//adult.html") == (output / "es" / "adult.html").resolve()


def test_the_address_of_a_folder_ends_with_a_slash(site: tuple[Running, Path]) -> None:
    answer = site[0].ask("/es")
    assert (answer.status, answer.headers["location"]) == (307, "/es/")
    assert site[0].ask("//es").headers["location"] == "/es/"


def test_a_request_for_another_host_is_refused(site: tuple[Running, Path]) -> None:
    running = site[0]
    for host in ("evil.example", f"evil.example:{running.port}", "127.0.0.1", f"127.0.0.1:{running.port + 1}", ""):
        answer = running.ask("/", Host=host)
        assert answer.status == 403
        assert answer.body.startswith(b"leaflets serve answers only to 127.0.0.1:")
    for host in ("localhost", "127.0.0.1", "LocalHost", "[::1]"):
        assert running.ask("/", Host=f"{host}:{running.port}").status == 200
    assert "localhost" in list_hosts(80)


@pytest.mark.parametrize("half", [b"", b"GET / HTTP/1.1\r\nX: ", b"POST /%s HTTP/1.1\r\nHost: %s\r\nContent-Length: 9\r\n\r\nab"])
def test_half_a_request_is_not_waited_for_for_ever(half: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "PATIENCE", 0.2)
    with run_in_thread(tmp_path) as running, socket.create_connection(("127.0.0.1", running.port), timeout=60) as asking:
        asking.sendall(half)
        with suppress(ConnectionResetError):
            while asking.recv(1000):
                pass
        assert running.ask("/").status == 200


def test_connections_that_are_too_many_are_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "MOST_CONNECTIONS", 3)
    with run_in_thread(tmp_path) as running, ExitStack() as stack:
        many = [stack.enter_context(socket.create_connection(("127.0.0.1", running.port), timeout=60)) for _ in range(9)]
        for ended in many[3:]:
            with suppress(ConnectionResetError):
                assert ended.recv(1) == b""
        many[0].sendall(b"GET / HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % running.port)
        assert many[0].recv(12) == b"HTTP/1.1 200"


def test_only_this_machine_is_answered(site: tuple[Running, Path]) -> None:
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", site[0].port), timeout=5):
        pass
    with open_listener(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


@pytest.mark.slow
def test_a_page_that_is_not_there_says_which_leaflet_is_stopped_and_why(tmp_path: Path) -> None:
    spanish = SMALL_PROJECT["content/topics/es/signs.yaml"].replace("38,5", "39,5")
    project = write_project(tmp_path / "project", {"content/topics/es/signs.yaml": spanish})
    with run_in_thread(tmp_path / "out", project.root) as running:
        assert len(running.wait_for(1).results) == 2
        answer = running.ask("/es/adult-leaflet-a4-DRAFT.pdf", Accept="text/html")
        body = answer.body.decode()
        assert answer.status == 404
        assert "adult es leaflet standard a4" in body
        assert "[number-mismatch]" in body
        assert 'href="/en/adult-leaflet-a4-DRAFT.pdf"' in body
        assert "There is nothing at this address" in body
        start = running.ask("/")
        assert start.status == 200
        assert "Leaflets by language" in start.body.decode()
        assert running.ask("/en/adult-leaflet-a4-DRAFT.pdf").body.startswith(b"%PDF-")


@pytest.mark.slow
def test_a_change_is_built_and_told(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    output = tmp_path / "out"
    with run_in_thread(output, project.root, locales=("en",)) as running, running.listen() as wait:
        running.wait_for(1)
        old = (output / "en/adult-leaflet-a4-DRAFT.pdf").read_bytes()
        before = wait(lambda said: said["files"].endswith("-1"))
        assert before["lines"] == []
        changed = SMALL_PROJECT[SIGNS].replace("hard lumps", "firm lumps")
        (project.root / SIGNS).write_text(changed)
        wait(lambda said: said["files"].endswith("-2"))
        new = (output / "en/adult-leaflet-a4-DRAFT.pdf").read_bytes()
        assert new != old
        assert running.ask("/en/adult-leaflet-a4-DRAFT.pdf").body == new
        assert running.wait_for(2).files == 2


@pytest.mark.slow
def test_a_broken_file_is_told_and_the_next_change_mends_it(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    with run_in_thread(tmp_path / "out", project.root, locales=("en",)) as running, running.listen() as wait:
        running.wait_for(1)
        (project.root / SIGNS).write_text("title: [")
        said = wait(lambda said: any("[yaml-syntax]" in line for line in said["lines"]))
        assert said["lines"][0].startswith(f"{SIGNS}:1: error: ")
        assert said["files"].endswith("-1")
        assert running.ask("/").status == 200
        (project.root / SIGNS).write_text(SMALL_PROJECT[SIGNS])
        assert wait(lambda said: said["files"].endswith("-2") and not said["lines"])  # they may be told in one event


@pytest.mark.slow
def test_a_changed_file_is_told_before_anything_is_built_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = write_project(tmp_path / "project")
    held = threading.Event()
    build = watch.rebuild

    def build_late(*given: Any) -> Any:
        held.wait(PATIENCE)
        return build(*given)

    with run_in_thread(tmp_path / "out", project.root, locales=("en",)) as running, running.listen() as wait:
        running.wait_for(1)
        monkeypatch.setattr(watch, "rebuild", build_late)
        try:
            (project.root / "content/topics/es/signs.yaml").write_text(
                "title: Otra cosa\n"
            )  # which no English leaflet is made of
            assert wait(lambda said: said["changes"].endswith("-1"))["files"].endswith("-1")
        finally:
            held.set()


@pytest.mark.slow
def test_a_clinic_s_file_is_followed_though_the_output_lies_beside_it(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    clinic = tmp_path / "clinic.yaml"
    words = 'name: A Test Clinic\nclinic_phone: "020 7946 0000"\nurgent_phone: none\nemergency_number: "112"\npaper: letter\n'
    clinic.write_text(words)
    with run_in_thread(tmp_path / "out", project.root, locales=("en",), clinic=clinic) as running:
        assert [str(result.job) for result in running.wait_for(1).results] == ["adult en leaflet standard letter"]
        clinic.write_text("nam: A Test Clinic\n")
        end = time.monotonic() + PATIENCE
        while not any('did you mean "name"' in line for line in running.told[-1].lines):
            assert time.monotonic() < end
            time.sleep(0.02)
        time.sleep(1)  # long enough for a build that would set off the next
        assert len(running.told) <= 3


@pytest.mark.browser
def test_a_page_in_a_browser_loads_itself_anew_and_shows_problems_as_text(tmp_path: Path) -> None:
    from playwright.sync_api import expect

    from tests.support.browser import find_violations, open_browser

    project = write_project(tmp_path / "project")
    output = tmp_path / "out"
    output.mkdir()
    policy = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""  # as a leaflet's page has it
    page_words = f'<!doctype html><html lang="en">{policy}<title>A page</title><main><h1>{{}} words</h1></main></html>'
    (output / "page.html").write_text(page_words.format("Old"))
    with run_in_thread(output, project.root, locales=("en",)) as running, open_browser() as browser:
        running.wait_for(1)
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"http://127.0.0.1:{running.port}/page.html")
        expect(page.locator("h1")).to_have_text("Old words")
        (output / "page.html").write_text(page_words.format("New"))
        (project.root / SIGNS).write_text(SMALL_PROJECT[SIGNS].replace("hard lumps", "firm lumps"))
        expect(page.locator("h1")).to_have_text("New words", timeout=PATIENCE * 1000)
        running.wait_for(2)  # a build may load the page more than once before it ends
        (project.root / SIGNS).write_text(SMALL_PROJECT[SIGNS].replace("    list:", '    "<b>x</b>":'))
        box = page.get_by_role("status")
        expect(box).to_contain_text('"<b>x</b>"', timeout=PATIENCE * 1000)
        assert page.locator("b").count() == 0
        assert find_violations(page) == []
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert box.count() == 0
        (project.root / SIGNS).write_text(SMALL_PROJECT[SIGNS].replace("hard lumps", "soft lumps"))
        expect(page.get_by_role("status")).to_have_count(0, timeout=PATIENCE * 1000)
        running.wait_for(4)
        page = browser.new_page()  # the first one may be loading itself once more; closing it meanwhile can block for good
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"http://127.0.0.1:{running.port}/nothing.html")
        expect(page.get_by_role("link", name="Lumps")).to_have_attribute(
            "href", "/en/adult-leaflet-a4-DRAFT.pdf", timeout=PATIENCE * 1000
        )
        assert find_violations(page) == []
        assert [each for each in complaints if "404" not in each] == []


def list_alive(group: int) -> list[str]:
    """List the processes of a group, without those that are dead but not buried; see proc(5)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, own = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it ended meanwhile
            continue
        if own == str(group) and state not in "ZX":
            found.append(path.parent.name)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["while it builds", "while it waits"])
def test_ctrl_c_ends_the_server_and_its_workers(moment: str, tmp_path: Path) -> None:
    """As a terminal does it: every process of the group hears it."""
    project = write_project(tmp_path / "project")
    command = [sys.executable, "-m", "leaflets", "--project", str(project.root), "serve", "--port", "0"]
    papers = ["--paper", "a4", "--paper", "letter"] if moment == "while it builds" else ["--locale", "en"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # tests run in the background are deaf, and so would this be
    with subprocess.Popen(
        [*command, *papers], cwd=tmp_path, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as process:
        signal.signal(signal.SIGINT, heard)
        assert process.stdout
        address = process.stdout.readline().split()[0]
        running = Running(int(address.rstrip("/").rpartition(":")[2]), Board())
        with running.listen() as wait:
            if moment == "while it waits":
                wait(lambda said: said["files"].endswith("-1"))
            else:
                wait(lambda said: said["news"])
            os.killpg(process.pid, signal.SIGINT)
            _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert errors == "leaflets: interrupted; every file in the output folder is whole\n"
    end = time.monotonic() + PATIENCE
    while list_alive(process.pid):  # what counts the semaphores of workers ends a moment later
        assert time.monotonic() < end
        time.sleep(0.02)
    assert list((tmp_path / "output").rglob("*.part")) == []
