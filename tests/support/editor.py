"""A small project in Spanish that a translator works on, and what the page of the editor asks of the server."""

import difflib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from leaflets.content.project import load_project
from leaflets.content.provenance import format_review, record_units
from leaflets.languages.fonts import read_fonts
from leaflets.server.editor.routes import make_routes
from leaflets.server.editor.store import Snapshot, take_snapshot
from leaflets.translation.units import list_recorded, list_words
from tests.support.projects import ROOT, SMALL_PROJECT, write_project
from tests.support.server import PATIENCE, Running, run_in_thread

FONTS = read_fonts(ROOT / "templates")
ENGLISH, SPANISH = "content/topics/en/signs.yaml", "content/topics/es/signs.yaml"
FEVER = "signs.lumps.fever"
HARD = "signs.lumps.hard"
FEVER_WORDS = "Llame si la fiebre pasa de 38,5 °C."
FEVER_ENGLISH = "Call if your fever is above 38.5 °C."
MISSING = {SPANISH: SMALL_PROJECT[SPANISH].replace("    hard: Puede sentir bultos duros.\n", "")}


def look(root: Path, **changes: str | None) -> Snapshot:
    """Snapshot the Spanish of a small project, all of it on record."""
    project = write_project(root, changes)
    records = record_units(list_recorded(project), list_words(project, "es"), {})
    (root / "translations/es/review.yaml").write_text(format_review(records), encoding="utf-8")
    return take_snapshot(load_project(root), "es", FONTS)


def look_again(found: Snapshot) -> Snapshot:
    return take_snapshot(load_project(found.project.root), found.tag, FONTS)


def change_file(found: Snapshot, file: str, old: str, new: str) -> Snapshot:
    """Do what a person with a text editor does."""
    path = found.project.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return look_again(found)


def list_changed_lines(old: str, new: str) -> list[str]:
    return [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]


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
