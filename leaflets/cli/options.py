"""The options that say which leaflets are meant, for every command that makes some.

Takes a command's function; gives one that gets a `Selection` in their place.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from leaflets.build.jobs import Selection

PAPER_CHOICES = ("a4", "letter")


def selection_options(editions: str, papers: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the options; the words say which editions and papers are meant when none is given."""
    options = (
        click.option("--leaflet", "leaflets", multiple=True, help="A leaflet's name; may be repeated. Left out: all."),
        click.option(
            "--locale", "locales", multiple=True, help="A language tag such as es or zh-Hans; may be repeated. Left out: all."
        ),
        click.option("--edition", "editions", multiple=True, help=f"Such as large-print; may be repeated. Left out: {editions}."),
        click.option(
            "--paper", "papers", multiple=True, type=click.Choice(PAPER_CHOICES), help=f"May be repeated. Left out: {papers}."
        ),
        click.option("--clinic", type=click.Path(path_type=Path), help="Your clinic.yaml; `leaflets new clinic` makes one."),
        click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path("output"), show_default=True),
    )

    def add_options(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def select(**given: Any) -> None:
            own = {name: given.pop(name) for name in Selection.__dataclass_fields__}
            command(selection=Selection(**own), **given)

        wrapped: Callable[..., None] = select
        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return add_options
