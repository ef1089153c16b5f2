"""Colours: those of every page and drawing, by name; sRGB channels from 0 to 1, and how well one can be read on another.

No other file has a colour of its own but the drawings, which may only use PALETTE and DRAWN (the check odd-drawing).
"""

from collections.abc import Mapping

Colour = tuple[float, float, float]
PALETTE = {
    "ink": "#1a1a1a",
    "accent": "#0b4f6c",
    "pale": "#7fb0c4",
    "tint": "#eaf2f5",
    "grey": "#555555",
    "paper": "#ffffff",
}
"""What styles write as `var(--ink)`. A clinic may put its own colour in the place of the accent, with its tint."""
DRAWN = {"shade": "#d9d9d9", "skin": "#f3d6bd", "skin-2": "#d9a577", "skin-3": "#a8703f", "skin-4": "#6b4226"}
"""What drawings have besides: a light grey, and four tones of skin."""
STAFF = {
    "rule": "#c3d0d6",
    "desk": "#f4f6f7",
    "edge": "#c9d4d9",
    "field-edge": "#6b7f88",
    "row-edge": "#e3e9ec",
    "row-chosen": "#d9e9f0",
    "pressed": "#083c52",
    "note": "#333333",
    "error": "#9b1c1c",
    "error-ground": "#fdeaea",
    "warning": "#7a4b00",
    "warning-ground": "#fdf1d8",
    "changed": "#51348a",
    "changed-ground": "#f3effa",
    "right": "#14532d",
    "added-ground": "#dff3e4",
    "removed": "#8a1f1f",
    "removed-ground": "#fbe4e4",
    "marker": "#c9dfe9",
    "marker-changed": "#e0d6f2",
}
"""What the pages for staff have besides, which are the front desk and the translator's editor."""
LEAST_CONTRAST = 4.5
"""Text on its ground (WCAG 2.2, 1.4.3)."""


def parse_colour(written: str) -> Colour:
    """Read #rrggbb.

    >>> parse_colour("#ff0000")
    (1.0, 0.0, 0.0)
    """
    red, green, blue = (int(written[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return (red, green, blue)


def write_colour(colour: Colour) -> str:
    """Write #rrggbb.

    >>> write_colour((1.0, 0.0, 0.0))
    '#ff0000'
    """
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)


def write_palette(colours: Mapping[str, str]) -> str:
    """Write colours as CSS.

    >>> write_palette({"ink": "#1a1a1a", "paper": "#ffffff"})
    ':root { --ink: #1a1a1a; --paper: #ffffff }'
    """
    return f":root {{ {'; '.join(f'--{name}: {colour}' for name, colour in colours.items())} }}"


def mix_colour(colour: Colour, part: float) -> Colour:
    """Mix a part of a colour into white."""
    red, green, blue = (1 - part * (1 - channel) for channel in colour)
    return (red, green, blue)


def darken_colour(colour: Colour, part: float) -> Colour:
    """Mix a part of black into a colour."""
    red, green, blue = ((1 - part) * channel for channel in colour)
    return (red, green, blue)


def gray_colour(colour: Colour) -> Colour:
    """The gray that a printer without color makes of a colour (luma of ITU-R BT.601, as JPEG and PDF viewers do).

    >>> write_colour(gray_colour(parse_colour("#0b4f6c")))
    '#3e3e3e'
    """
    red, green, blue = colour
    luma = 0.299 * red + 0.587 * green + 0.114 * blue
    return (luma, luma, luma)


def measure_contrast(colour: Colour, ground: Colour) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21.

    >>> measure_contrast((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    21.0
    """

    def luminance(channels: Colour) -> float:
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
    return round((lighter + 0.05) / (darker + 0.05), 2)
