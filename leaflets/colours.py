"""Colours: sRGB channels from 0 to 1, and how well one can be read on another."""

Colour = tuple[float, float, float]
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
