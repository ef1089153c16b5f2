"""A leaflet is known again by a small picture of its first page."""

import io

from PIL import Image

from leaflets.pdf.engine import Engine
from leaflets.pdf.thumbnails import COLOURS, WIDTH, draw_thumbnail
from tests.support.engine import write


def test_page_1_is_drawn_small_and_every_time_alike(engine: Engine) -> None:
    data, _ = write(engine, '<h1>Lumps</h1><p style="break-before: page">Page 2</p>')
    picture = draw_thumbnail(data)
    image = Image.open(io.BytesIO(picture))
    assert (image.format, image.width, round(image.height / image.width, 1)) == ("PNG", WIDTH, 1.4)
    assert 1 < len(image.convert("RGB").getcolors() or ()) <= COLOURS
    assert draw_thumbnail(data) == picture
