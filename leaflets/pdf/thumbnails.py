"""A small picture of a leaflet's first page.

Takes the bytes of a PDF; gives those of a PNG, by which somebody at a desk knows the sheet again.
"""

import io
from contextlib import closing

from PIL import Image
from pypdfium2 import PdfDocument

WIDTH = 180
"""In pixels."""
COLOURS = 16
"""Four bits a pixel: page 1 of the adult leaflet takes 7 kB so, 27 kB in full colour, and no less in greys."""


def draw_thumbnail(data: bytes) -> bytes:
    """Draw page 1 of a PDF, WIDTH pixels wide. The same PDF gives the same bytes."""
    with closing(PdfDocument(data)) as pdf, closing(pdf[0]) as page:
        image: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    out = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
