"""The translator's editor on this machine's own web address.

Takes the root of a project and a language; gives the routes below /_translate/ that `serve` answers. What asks for a check or a
save must be the page that this run of the server gave out itself.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from pydantic import StringConstraints, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from leaflets.build.jobs import name_job
from leaflets.content.shapes import Shape
from leaflets.document.html import open_templates
from leaflets.languages.fonts import Fonts
from leaflets.languages.locales import direction, english_name, native_name
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import LeafletsError, Problem, SetupError
from leaflets.server.app import MEDIA_TYPES
from leaflets.server.editor.describe import describe_problems, describe_unit, describe_units
from leaflets.server.editor.preview import render_leaflet
from leaflets.server.editor.store import Change, ConflictError, LanguageStore, RefusedError, Snapshot, check_words
from leaflets.server.watch import Board
from leaflets.web.page import LEAST_LINE

HOME = "/_translate/"
TOKEN_HEADER = "x-leaflets-token"
MAX_BODY = 64 * 1024
"""Bytes of a request: the words, those they started from and the English, 2000 characters each, escaped at worst."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
"""Scripts come from this server's own files alone (Content Security Policy Level 3); a leaflet's page has styles inside."""
SCRIPTS = tuple(f"translate{part}.js" for part in ("", "-page", "-drafts", "-field", "-views", "-panel"))
"""The first is what the page loads; the others are modules that it imports."""
ASSETS = {**dict.fromkeys(SCRIPTS, ".js"), "translate.css": ".css", "leaflet.css": ".css"}
Typed = Annotated[str, StringConstraints(max_length=2000)]


class CheckShape(Shape):
    """What the page asks while a person types."""

    unit: str
    words: Typed


class ChangeShape(CheckShape):
    """What the page sends to be saved."""

    base: str
    english: str
    unchanged: bool = False


@dataclass(frozen=True)
class EditorApp:
    """What answers the page of one run of the server."""

    store: LanguageStore
    board: Board
    token: str

    async def explain(self, show: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
        """Show a page, or what keeps the language from being read, as while its folder is not there."""
        try:
            return await show(request)
        except LeafletsError as error:
            return self.show_broken(map(str, error.problems), f"translations to {english_name(self.store.tag)}", 422)

    def show_broken(self, lines: Iterable[str], missing: str, status: int = 200) -> Response:
        page = open_templates(self.store.templates).get_template("serve/translate-broken.html")
        return answer(page.render(lines=list(lines), missing=missing), ".html", status)

    async def show_page(self, request: Request) -> Response:
        tag = self.store.tag
        page = open_templates(self.store.templates).get_template("serve/translate.html")
        leaflets = list_titles(await asyncio.to_thread(self.store.read))
        names = {"tag": tag, "direction": direction(tag), "native": native_name(tag), "language": english_name(tag)}
        return answer(page.render(token=self.token, leaflets=leaflets, project=name_project(self.store.root), **names), ".html")

    async def show_leaflet(self, request: Request) -> Response:
        found = await asyncio.to_thread(self.store.read)
        name = request.path_params["name"]
        if name not in found.project.leaflets:
            return PlainTextResponse("There is no such leaflet.\n", 404)
        try:
            html = await asyncio.to_thread(render_leaflet, found, name)
        except KeyError as error:  # of a topic or a picture that could not be read, or a name that is mistyped
            return self.show_broken(map(str, found.unreadable), str(error.args[0]))
        return answer(html, ".html")

    async def show_asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name == "fonts.css":
            return answer(write_faces(self.store.fonts, self.store.tag), ".css")
        if name not in ASSETS:
            return PlainTextResponse("There is no such file.\n", 404)
        path = self.store.templates / "serve" / ("translate-leaflet.css" if name == "leaflet.css" else name)
        return answer(path.read_bytes(), ASSETS[name])

    async def show_font(self, request: Request) -> Response:
        font = next((each for each in self.store.fonts.fonts if each.path.name == request.path_params["name"]), None)
        if font is None:
            return PlainTextResponse("There is no such font.\n", 404)
        data = await asyncio.to_thread(font.path.read_bytes)
        return Response(data, media_type="font/ttf", headers={"Cache-Control": "private, max-age=3600"})

    async def show_units(self, request: Request) -> Response:
        try:
            found = await asyncio.to_thread(self.store.read)
        except LeafletsError as error:
            return JSONResponse({"said": [str(each) for each in error.problems]}, 422)
        return JSONResponse(await asyncio.to_thread(self.describe, found))

    def describe(self, found: Snapshot) -> dict[str, Any]:
        entries = [result.entry for result in self.board.state.results if result.job.locale == self.store.tag]
        made = [each for each in entries if each and each.path.endswith(".pdf") and found.has(each.leaflet, name_job(each).rests)]
        return {**describe_units(found), "prints": [{"title": each.title, "path": f"/{each.path}"} for each in made]}

    async def check(self, request: Request, body: bytes) -> Response:
        asked = CheckShape.model_validate_json(body)
        known = self.store.snapshot
        if asked.unit not in known.units:
            return JSONResponse({"said": ["There is no such text any more. Load the page anew."]}, 404)
        problems = await asyncio.to_thread(check_words, known, asked.unit, asked.words)
        return JSONResponse({"problems": describe_problems(known, known.units[asked.unit], asked.words, problems)})

    async def save(self, request: Request, body: bytes) -> Response:
        asked = ChangeShape.model_validate_json(body)
        try:
            found = await asyncio.to_thread(self.store.save, Change(**asked.model_dump()))
        except ConflictError:
            known = await asyncio.to_thread(self.store.read)
            if asked.unit not in known.units and known.unreadable:
                return JSONResponse({"said": [str(each) for each in known.unreadable]}, 422)
            if asked.unit not in known.units:
                return JSONResponse({"said": ["There is no such text any more: the English was taken out."]}, 404)
            return JSONResponse({"unit": describe_unit(known, asked.unit)}, 409)
        except SetupError as error:
            return JSONResponse({"said": [str(error)]}, 500)
        return JSONResponse(await asyncio.to_thread(self.describe, found))

    async def guard(self, do: Callable[[Request, bytes], Awaitable[Response]], request: Request) -> Response:
        """Take a request only from the page that this run gave out, in JSON, and of a sane size."""
        scheme, host = request.url.scheme, request.headers.get("host", "")
        if request.headers.getlist("origin") != [f"{scheme}://{host}"]:
            return refuse("this address is only for the page that it belongs to", 403)
        if not secrets.compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), self.token.encode()):
            return refuse("the server was started anew. Load the page anew; what you typed is kept", 403)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return refuse("only JSON is taken", 415)
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > MAX_BODY:
                return refuse("this is too long", 413)
        try:
            return await do(request, body)
        except RefusedError as error:
            return JSONResponse({"said": [say_plainly(each) for each in error.problems]}, 422)
        except LeafletsError as error:
            return JSONResponse({"said": [str(each) for each in error.problems]}, 422)
        except ValidationError as error:
            return refuse("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()), 422)


def say_plainly(problem: Problem) -> str:
    """Say what is wrong with words that were typed: they stand in no file yet."""
    return f"{problem.message[:1].upper()}{problem.message[1:]}. {problem.remedy}"


def name_project(root: Path) -> str:
    """Tell projects on one address apart in the store of a browser, without telling where they lie."""
    return hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]


def refuse(words: str, status: int) -> Response:
    return JSONResponse({"said": [words[:1].upper() + words[1:] + "."]}, status)


def answer(text: str | bytes, kind: str, status: int = 200) -> Response:
    return Response(text, status, media_type=MEDIA_TYPES[kind], headers={"Content-Security-Policy": POLICY})


def list_titles(found: Snapshot) -> list[tuple[str, str]]:
    """List the leaflets by name, with their English titles."""
    return [(name, found.project.title(name)) for name in found.project.leaflets]


def write_faces(fonts: Fonts, tag: str) -> str:
    """Write how the language and English are set, with the pinned fonts, as CSS."""
    faces, rules = {}, []
    for locale in (SOURCE_LOCALE, tag):
        typography = fonts.typography(locale)
        families = typography.families if typography else ()
        for font in (font for font in fonts.fonts if font.family in families):
            source = f'src: url("{HOME}fonts/{font.path.name}")'
            faces[font] = f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; {source}; }}'
        line = max(LEAST_LINE, typography.line_height if typography else 0)
        rise, drop = (typography.rise, typography.drop) if typography else (0, 0)
        names = ", ".join([*(f'"{family}"' for family in families), "sans-serif"])
        sizes = f"--line: {line}; --rise: {rise}em; --drop: {drop}em; line-height: var(--line);"
        rules.append(f'[lang="{locale}"] {{ font-family: {names}; {sizes} }}')
    letters = f":root {{ --letters: {names}; }}"  # so that no words of the language are boxes, whatever quotes them
    return "\n".join([*faces.values(), letters, *rules])


def make_routes(root: Path, tag: str | None, board: Board) -> Sequence[Route]:
    """Make the routes of the editor: none without a language. Raises LeafletsError for one without files."""
    if tag is None:
        return ()
    app = EditorApp(LanguageStore(root, tag), board, secrets.token_urlsafe(24))
    return (
        Route(HOME, partial(app.explain, app.show_page)),
        Route(HOME.rstrip("/"), lambda request: RedirectResponse(HOME)),
        Route(f"{HOME}units", app.show_units),
        Route(f"{HOME}leaflets/{{name}}", partial(app.explain, app.show_leaflet)),
        Route(f"{HOME}fonts/{{name}}", app.show_font),
        Route(f"{HOME}check", partial(app.guard, app.check), methods=["POST"]),
        Route(f"{HOME}save", partial(app.guard, app.save), methods=["POST"]),
        Route(f"{HOME}{{name}}", app.show_asset),
    )
