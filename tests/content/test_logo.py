"""A clinic's logo: what is read of a picture file, and what is refused before anything is made with it."""

import io
import random
import re

import pytest
from PIL import Image

from leaflets.content.logo import MAX_SVG_BYTES, SIDE, read_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
SQUARE = '<rect width="5" height="5" fill="#123456"/>'


def write(image: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def read(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(read_picture("logo.png", data).data))


def make_noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


def test_a_large_photo_becomes_what_prints() -> None:
    data = write(make_noise(900, 600), "JPEG", quality=90)
    assert len(data) > 400_000
    logo = read_picture("logo.jpg", data)
    assert read(data).size == (SIDE, 119)
    assert len(logo.data) < 80_000
    assert read_picture("logo.jpg", data) == logo


def test_a_photo_stands_upright_as_the_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = write(Image.new("RGB", (60, 30), "navy"), "JPEG", exif=exif)
    assert read(data).size == (30, 60)


def test_sixteen_bits_a_gray_keep_their_gray() -> None:
    assert read(write(Image.new("I;16", (9, 9), 30_000))).getpixel((4, 4)) == (117, 117, 117)


def test_a_clear_ground_stays_clear() -> None:
    image = Image.new("RGBA", (9, 9), (0, 0, 0, 0))
    image.putpixel((4, 4), (10, 20, 30, 255))
    assert read(write(image)).getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize("image", [Image.new("RGB", (9, 9), "white"), Image.new("RGBA", (9, 9), (0, 0, 0, 0))])
def test_a_picture_of_which_nothing_prints_is_refused(image: Image.Image) -> None:
    with pytest.raises(ValueError, match="nothing of it prints"):
        read_picture("logo.png", write(image))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_damaged_picture_is_read_or_refused_and_raises_nothing_else(kind: str) -> None:
    data, dice, refused = write(make_noise(30, 20), kind), random.Random(2), 0
    for _ in range(600):
        damaged = bytearray(data)
        for _ in range(dice.randint(1, 3)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        try:
            read_picture("logo.png", bytes(damaged))
        except ValueError:
            refused += 1
    assert refused


def test_a_wrong_checksum_is_said() -> None:
    data = bytearray(write(make_noise(30, 20)))
    data[data.index(b"IDAT") + 50] ^= 1
    with pytest.raises(ValueError, match="the file is damaged"):
        read_picture("logo.png", bytes(data))


GRADIENT = '<linearGradient id="a"><stop offset="50%" stop-color="navy"/></linearGradient>'


@pytest.mark.parametrize(
    "inside",
    [
        SQUARE,
        f'{GRADIENT}<rect fill="url(#a)" width="5" height="5" transform="rotate(4, 1 1) translate(1-2)"/>',
        '<clipPath id="a"><circle r="3"/></clipPath><g clip-path="url(#a)"><path d="M.5.5l1-1e-2h3V4"/></g>',
        '<path d="M 1,1 c1,1 2,2 3 3a1 1 0 01.5.5Z" fill="#abc"/>',
        '<polygon points="0,0 1,1 2-3" stroke="RebeccaPurple" stroke-width="2px" stroke-dasharray="1, 2" fill="none"/>',
    ],
)
def test_what_drawing_programs_write_is_taken(inside: str) -> None:
    assert read_picture("logo.svg", SVG.format(inside).encode()).data == SVG.format(inside).encode()


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (f'<g transform="rotate()">{SQUARE}</g>', '"transform" cannot be drawn: "rotate()"'),
        (f'<g transform="rotate(4 5)">{SQUARE}</g>', "cannot be drawn"),
        (f'<g transform="url(#a)">{SQUARE}</g>', "reaches out"),
        (f'<svg viewBox="0 0 a">{SQUARE}</svg>', '"viewBox" cannot be drawn'),
        (f'<svg viewBox="0 0 0 0">{SQUARE}</svg>', '"viewBox" cannot be drawn'),
        (f"{'<g>' * 5000}{SQUARE}{'</g>' * 5000}", "deeper than 32"),
        ('<circle cx="NaN" cy="3" r="2"/>', '"cx" cannot be drawn: "NaN"'),
        ('<circle cx="1e99" cy="3" r="2"/>', '"cx" cannot be drawn'),
        ('<path d="M0 0 L3"/>', '"d" cannot be drawn'),
        ('<polygon points="1 2 3"/>', '"points" cannot be drawn'),
        ('<rect width="5cows" height="5"/>', '"width" cannot be drawn'),
        ('<rect width="5" height="5" fill="blurple"/>', '"fill" is no colour: "blurple"'),
        ('<rect width="5" height="5" fill="url(#a)"/>', '"fill" names no Gradient of the picture'),
        ('<linearGradient id="a"/><rect width="5" height="5" fill="url(#a)"/>', "<linearGradient> has no <stop>"),
        (f'{GRADIENT}<rect width="5" height="5" clip-path="url(#a)"/>', "names no clipPath"),
        ("<title>" + "x" * MAX_SVG_BYTES + "</title>", "bytes are more than"),
    ],
)
def test_a_drawing_that_says_something_else_to_each_program_is_refused(inside: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_picture("logo.svg", SVG.format(inside).encode())


def test_a_document_type_hides_behind_no_encoding() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format(SQUARE)
    with pytest.raises(ValueError, match="UTF-8"):
        read_picture("logo.svg", text.encode("utf-16"))


def test_a_long_number_takes_no_time_to_refuse() -> None:
    """It was once read in every way in which it can be cut."""
    with pytest.raises(ValueError, match="cannot be drawn"):
        read_picture("logo.svg", SVG.format(f'<path d="M{"1" * 90_000}x"/>').encode())
