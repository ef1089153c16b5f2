"""`leaflets translate`: a language, from its first word on.

Takes words from the command line; gives lines and files.
"""

import click


@click.group()
def translate() -> None:
    """Add a language, and exchange its words with translators."""
