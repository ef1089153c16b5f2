"""The server in a thread of the tests, on a port of this machine, and what asks it."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from starlette.routing import Route

from leaflets.build.account import Selection
from leaflets.server.app import make_app, make_server, open_listener, run_server
from leaflets.server.watch import Board, BoardState, keep_fresh
from tests.support.projects import ROOT

PATIENCE = 60.0
"""Seconds to wait for what must come; a build of the small project takes about one."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Running:
    """A server in a thread of this process, and what it reported."""

    port: int
    board: Board
    told: list[BoardState] = field(default_factory=list)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        """Send an address as it is: nothing is normalized on the way."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, address, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    @contextmanager
    def listen(self) -> Iterator[Callable[[Callable[[Any], bool]], Any]]:
        """Open the events; what is given waits for the first that is as wanted."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/_events")
        answer = connection.getresponse()
        assert answer.headers["content-type"].startswith("text/event-stream")

        def wait(wanted: Callable[[Any], bool]) -> Any:
            while True:
                line = answer.readline().decode()
                assert line
                if line.startswith("data: ") and wanted(said := json.loads(line[6:])):
                    return said

        try:
            yield wait
        finally:
            answer.close()
            connection.close()

    def wait_for(self, number: int) -> BoardState:
        """Wait until so many builds have ended."""
        end = time.monotonic() + PATIENCE
        while len(self.told) < number:
            assert time.monotonic() < end
            time.sleep(0.02)
        return self.told[number - 1]


@contextmanager
def run_in_thread(
    output: Path, root: Path | None = None, more: Callable[[Board], Sequence[Route]] = lambda board: (), **selection: Any
) -> Iterator[Running]:
    """Serve a folder, and keep the leaflets of a project fresh in it if there is one. `more` makes further routes."""
    listener = open_listener(0)
    board = Board()
    running = Running(listener.getsockname()[1], board)
    server = make_server(make_app(output, ROOT / "templates", board, running.port, more(board)), board)
    failed: list[BaseException] = []

    async def wait_forever() -> None:
        await asyncio.Event().wait()

    def run() -> None:
        chosen = Selection(output=output, **{"editions": ("standard",), **selection})
        freshen = keep_fresh(root, chosen, board, lambda result: None, running.told.append) if root else wait_forever()
        try:
            asyncio.run(run_server(server, listener, freshen))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield running
    finally:
        server.end()
        thread.join(PATIENCE)
    assert not thread.is_alive()
    assert failed == []
