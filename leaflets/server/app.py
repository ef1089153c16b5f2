"""The output folder on this machine's own web address, for trying things out.

Takes the output folder and a `Board` that tells how far its files are; gives a Starlette app, and runs it. Nobody but this
machine is answered, nothing outside the folder is given, and nothing is written here: what makes a page load itself anew is added
on its way out.
"""

import asyncio
import json
import os
import re
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h11
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from leaflets.build.account import Selection
from leaflets.build.maker import Result
from leaflets.document.html import open_templates
from leaflets.languages.locales import direction, native_name
from leaflets.problems import SetupError
from leaflets.server.watch import Board, BoardState, keep_fresh

LOOPBACK = "127.0.0.1"
NAMES = ("localhost", LOOPBACK, "[::1]")
"""What a browser on this machine may call it. Any other name is one that somebody else pointed here (DNS rebinding)."""
UNKNOWN = "application/octet-stream"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
PATIENCE = 10.0
"""Seconds that a request may take to come; nobody is further away than this machine."""
MOST_CONNECTIONS = 100
"""At once: a browser opens six, and a process may have 256 files open on some machines."""
AT_ONCE = 16
"""Connections that are taken in one go, before those of them are ended that are too many."""
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
"""What a self-contained page needs, and nothing else (Content Security Policy Level 3)."""
OWN_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
"""What a web page forbids itself, loading anew included; the header says what it may."""
INDEX_POLICY = f"{POLICY}; script-src 'self' 'unsafe-inline'"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def list_hosts(port: int) -> frozenset[str]:
    """Name what may stand in the Host of a request (RFC 9110, 7.2); browsers leave out port 80."""
    return frozenset(f"{name}:{port}" for name in NAMES) | frozenset(NAMES if port == 80 else ())


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses a request that was meant for another host, and gives every answer its headers."""

    app: ASGIApp
    hosts: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self.app
        asked = Headers(scope=scope).getlist("host")
        if len(asked) != 1 or asked[0].lower() not in self.hosts:
            app = PlainTextResponse(f"leaflets serve answers only to {', '.join(sorted(self.hosts))}.\n", 403)
        await app(scope, receive, send_guarded)


def find_file(folder: Path, address: str) -> Path | None:
    """Find the file that an address names, or its index.html; none outside the folder, through a link or not, and none hidden."""
    names = [name for name in address.split("/") if name]
    if any(name.startswith(".") or "\\" in name or not name.isprintable() for name in names):
        return None
    root = os.path.realpath(folder)
    found = Path(os.path.realpath(os.path.join(root, *names)))
    if not found.is_relative_to(root):
        return None
    if os.path.isdir(found):
        return find_file(folder, f"{address}/index.html") if names[-1:] != ["index.html"] else None
    return found if os.path.isfile(found) else None


def make_app(output: Path, templates: Path, board: Board, port: int, more: Sequence[Route] = ()) -> Starlette:
    """Make what answers: the files of `output`, the script that loads a page anew, and the events that it waits for.

    `more` are addresses that are answered before any file is looked for; the start page links to the first of them.
    """
    served = secrets.token_hex(4)  # so that a page of an earlier run is seen to be old

    editor = more[0].path if more else ""

    def render(template: str, state: BoardState, follow: str, missing: bool = False, editor: str = "") -> str:
        at = f"{served}-{getattr(state, follow)}"
        page = open_templates(templates).get_template(f"serve/{template}")
        names = {"missing": missing, "follow": follow, "at": at, "editor": editor}
        return page.render(state=state, **names, direction=direction, native_name=native_name)

    async def show_file(request: Request) -> Response:
        address = request.scope["path"]
        state = board.state
        path = await asyncio.to_thread(find_file, output, address)
        if path and path.name == "index.html" and not address.endswith(("/", "/index.html")):
            return RedirectResponse("/" + "/".join(filter(None, address.split("/"))) + "/")
        try:
            data = await asyncio.to_thread(path.read_bytes) if path else None
        except OSError:  # it was removed meanwhile
            data = None
        if path is None or data is None:
            return show_state(request, state)
        kind = MEDIA_TYPES.get(path.suffix.lower(), UNKNOWN)
        if kind.startswith("text/html"):
            start = editor if address in ("/", "/index.html") else ""
            data = OWN_POLICY.sub(b"", data) + render("script.html", state, "files", editor=start).encode()
        policy = {"Content-Security-Policy": INDEX_POLICY} if path.name == "index.html" else {}
        return Response(data, media_type=kind, headers=policy)

    def show_state(request: Request, state: BoardState) -> Response:
        """Say how far the files are in the place of one that is not there."""
        status = 200 if request.scope["path"] == "/" else 404
        if "text/html" in request.headers.get("accept", "") or status == 200:
            return Response(render("state.html", state, "news", status == 404, editor), status, media_type=MEDIA_TYPES[".html"])
        return PlainTextResponse("There is no such file.\n", status)

    async def show_script(request: Request) -> Response:
        return Response((templates / "serve" / "reload.js").read_bytes(), media_type=MEDIA_TYPES[".js"])

    async def show_events(request: Request) -> Response:
        async def write_events() -> AsyncIterator[str]:
            async for state in board.follow():
                counts = {name: f"{served}-{getattr(state, name)}" for name in ("changes", "files", "news")}
                said = {**counts, "busy": state.busy, "lines": state.lines}
                yield f"data: {json.dumps(said)}\n\n"

        return StreamingResponse(write_events(), media_type="text/event-stream")

    routes = [Route("/_events", show_events), Route("/_reload.js", show_script), *more, Route("/{path:path}", show_file)]
    return Starlette(routes=routes, middleware=[Middleware(Guard, hosts=list_hosts(port))])


def open_listener(port: int) -> socket.socket:
    """Take a port of this machine that no other machine can reach; 0 means any. Raises SetupError where it is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise SetupError(
            f"cannot use port {port}: {error.strerror}. Give another with --port; 0 takes any that is free"
        ) from error
    return listener


class PromptProtocol(H11Protocol):
    """Ends a connection whose request is not whole in time, and one too many: half a request may hold it for ever."""

    late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
        self.await_request()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self.await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.stop_waiting()

    def await_request(self) -> None:
        """Wait so long from its first byte for a whole request, and no more."""
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self.stop_waiting()
        elif self.late is None:
            self.late = self.loop.call_later(PATIENCE, self.transport.abort)

    def stop_waiting(self) -> None:
        if self.late:
            self.late.cancel()
        self.late = None


class Server(uvicorn.Server):
    """Ends the streams of events before it waits for its connections to end."""

    def __init__(self, config: uvicorn.Config, board: Board) -> None:
        super().__init__(config)
        self.board = board

    def end(self) -> None:
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.board.close()
        await super().shutdown(sockets)


def make_server(app: Starlette, board: Board) -> Server:
    config = uvicorn.Config(
        app,
        http=PromptProtocol,
        lifespan="off",
        ws="none",
        backlog=AT_ONCE,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    return Server(config, board)


async def run_server(server: Server, listener: socket.socket, freshen: Coroutine[Any, Any, None]) -> None:
    """Answer until a signal comes, and keep the files fresh meanwhile; raises what `freshen` raises."""
    fresh = asyncio.create_task(freshen)
    fresh.add_done_callback(lambda _: server.end())
    try:
        await server.serve(sockets=[listener])
        if fresh.done():
            await fresh
    finally:
        fresh.cancel()


def serve(
    root: Path,
    selection: Selection,
    listener: socket.socket,
    report: Callable[[Result], None],
    tell: Callable[[BoardState], None],
    more: Callable[[Board], Sequence[Route]] = lambda board: (),
) -> None:
    """Serve the leaflets of a project until Ctrl-C; raises KeyboardInterrupt then. `more` makes further routes."""
    board = Board()
    app = make_app(selection.output, root / "templates", board, listener.getsockname()[1], more(board))
    freshen = keep_fresh(root, selection, board, report, tell)
    asyncio.run(run_server(make_server(app, board), listener, freshen))
