"""`leaflets new`: files to fill in.

Takes words from the command line; gives a file and a line.
"""

from pathlib import Path

import click

from leaflets.cli.folder import find_folder
from leaflets.files import write_file
from leaflets.problems import SetupError


@click.command("clinic")
@click.argument("path", type=click.Path(path_type=Path), default=Path("my-clinic") / "clinic.yaml")
@click.pass_context
def new_clinic(ctx: click.Context, path: Path) -> None:
    """Write a clinic's profile with comments to PATH (my-clinic/clinic.yaml), to fill in and build with."""
    if path.exists():
        raise SetupError(f"{path} exists already; give another path")
    example = find_folder(ctx) / "content" / "clinics" / "example" / "clinic.yaml"
    write_file(path, example.read_bytes())
    click.echo(f"made {path}. Fill it in, then run: leaflets build --clinic {path} --output {path.parent / 'output'}")
