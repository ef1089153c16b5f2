"""The project that a command works on.

Takes click's context, which holds the folder that `--project` named; gives the loaded `Project`.
"""

from pathlib import Path

import click

from leaflets.content.project import Project, find_packaged, find_root, load_project
from leaflets.problems import SetupError


def find_folder(ctx: click.Context) -> Path:
    """Find the folder of the project. Raises SetupError where `--project` names none."""
    root: Path = ctx.obj or find_root(Path.cwd())
    if lost := [f"{name}/" for name in ("content", "templates") if not (root / name).is_dir()]:
        raise SetupError(f"{root} has no {' and no '.join(lost)}: name the folder of the project with --project")
    return root


def open_project(ctx: click.Context) -> Project:
    return load_project(find_folder(ctx))


def open_own_project(ctx: click.Context) -> Project:
    """Open a project to write into: not the one that an installed package brings along, which its next version replaces."""
    if find_folder(ctx) == find_packaged():
        raise SetupError("this folder has no content/: go to the folder of the project, or name it with --project")
    return open_project(ctx)
