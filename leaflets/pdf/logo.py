"""A clinic's logo, drawn once before any leaflet.

Takes a `Logo` and the templates; says why it cannot be drawn as it prints. A drawing of a few lines can take hours and all
memory, so that a process with limits draws it. `leaflets.content.logo` has seen that it is a drawing and nothing else.
"""

import io
import resource
import signal
import tempfile
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from PIL import Image
from pypdfium2 import PdfDocument

from leaflets.content.logo import SIDE, is_blank
from leaflets.languages.fonts import read_fonts
from leaflets.pdf.engine import hear_complaints, import_engine, make_fetcher
from leaflets.profile import Logo

SECONDS = 20
"""After which a drawing is given up: one of 200 kB takes two, and to start the process one or two."""
MEMORY = 2 * 1024**3
"""Bytes of address space of the process; WeasyPrint with all its libraries has half of that."""
MAX_DRAWN = 200_000
"""Bytes of the PDF, which each leaflet holds."""
PAGE = (
    "<style>@page { size: 15mm; margin: 0 } div { height: 15mm;"
    ' background: url("leaflet:logo") center/contain no-repeat }</style><div></div>'
)


@cache
def find_undrawable(logo: Logo, templates: Path) -> str:
    """Say why a logo cannot be drawn, once for the same; "" if it can. A raster was read to its end already."""
    if logo.mime != "image/svg+xml":
        return ""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(prefix="leaflets-") as scratch:
        process = context.Process(target=draw, args=(logo.data, templates, Path(scratch), theirs))
        process.start()
        theirs.close()
        try:
            said: str = ours.recv() if ours.poll(SECONDS) else f"it is not drawn after {SECONDS} seconds"
        except EOFError:
            said = "it takes more memory or time than a logo may"
        finally:
            process.kill()
            process.join()
            ours.close()
    return said


def draw(svg: bytes, templates: Path, scratch: Path, answer: Connection) -> None:
    """Draw an SVG with limits, which hold for the process, and send what is wrong with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, and kills this
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import_engine(read_fonts(templates), scratch)
    from weasyprint import HTML

    files = {"logo": (svg, "image/svg+xml")}
    with hear_complaints() as heard:
        try:
            data = HTML(string=PAGE, base_url="leaflet:", url_fetcher=make_fetcher(files)).write_pdf()
        except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError) as error:
            heard.append(str(error))
    if heard:
        answer.send(f"it cannot be drawn ({heard[0]})")
    elif len(data) > MAX_DRAWN:
        answer.send(f"drawn it has {len(data):,} bytes, more than {MAX_DRAWN:,}")
    else:
        image: Image.Image = PdfDocument(io.BytesIO(data))[0].render(scale=SIDE / 42.52).to_pil()
        answer.send("it is white or clear all over, so that nothing of it prints" if is_blank(image) else "")
