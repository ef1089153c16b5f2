"""A language that was begun by mistake, taken away again.

Takes a `Project` and a tag; gives the files to delete. Nothing that somebody wrote is among them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from leaflets.content.project import Project
from leaflets.content.provenance import format_review
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity
from leaflets.translation.start import format_markers
from leaflets.translation.write import fill_file, list_files

LANGUAGE_KEPT = Rule(
    "language-kept",
    Severity.ERROR,
    "A command takes away only a language into which nobody wrote anything.",
    "Words and signatures are somebody's work, and a mistyped tag must not delete them.",
)
EMPTY_PLACE = re.compile(rf"\s*(?:[\w-]+:|# {SOURCE_LOCALE}: .*)")
"""A place for words without any, and the English above it, which may have changed since."""


def plan_removal(project: Project, tag: str) -> tuple[str, ...]:
    """List the files of a language, as paths below the root. Raises LeafletsError where any of them holds what somebody wrote."""
    fresh = write_fresh(project, tag)
    files = tuple(find_files(project.root, tag))
    written = [problem for file in files for problem in check_untouched(project.root, file, fresh.get(file))]
    if written:
        first = written[0]
        others = f" (and in {len(written) - 1} more files)" if len(written) > 1 else ""
        raise LeafletsError([replace(first, message=f"{first.message}{others}")])
    return files


def write_fresh(project: Project, tag: str) -> dict[str, str]:
    """Write every file of a language as it is when it was just begun."""
    files = {
        file: fill_file(project, tag, file, units, b"", dict.fromkeys(units, "")).decode()
        for file, units in list_files(project, tag).items()
    }
    own = {f"content/markers/{tag}.yaml": format_markers(project, tag), f"translations/{tag}/review.yaml": format_review({})}
    return files | own


def find_files(root: Path, tag: str) -> Iterator[str]:
    for part in (f"content/terms/{tag}.yaml", f"content/markers/{tag}.yaml", f"content/topics/{tag}", f"translations/{tag}"):
        path = root / part
        found = sorted(each for each in path.rglob("*") if not each.is_dir()) if path.is_dir() else [path] * path.exists()
        yield from (each.relative_to(root).as_posix() for each in found)


def check_untouched(root: Path, file: str, fresh: str | None) -> Iterator[Problem]:
    """Find the first line of a file that `leaflets translate start` did not write."""
    remedy = "So nothing is deleted. Whoever is sure deletes the files by hand: docs/translating.md names them."
    if fresh is None:
        yield LANGUAGE_KEPT.at(Place(file), "this is no file that `leaflets translate start` makes", remedy)
        return
    known = {line.strip() for line in fresh.splitlines()}
    text = (root / file).read_bytes().decode("utf-8-sig", "replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() not in known and not EMPTY_PLACE.fullmatch(line.rstrip()):
            yield LANGUAGE_KEPT.at(Place(file, number), f"somebody wrote here: {line.strip()}", remedy)
            return
