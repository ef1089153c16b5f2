"""One writer at a time for what is on record of a language: sign-offs, waivers, the English that words were made from.

Takes a `Project` and the path of a record; keeps everybody else from writing it, or says that somebody did.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from leaflets.content.project import Loader, Project
from leaflets.files import hold_folder
from leaflets.problems import LeafletsError, Place, Rule, Severity

CHANGED_SINCE_READ = Rule(
    "changed-since-read",
    Severity.ERROR,
    "What is signed is what was read.",
    "Between a review on paper and its signature somebody may have changed a word.",
)


@contextmanager
def hold_record(project: Project, name: str) -> Iterator[None]:
    """Keep others from writing a record, by its path below the root, while it is written.

    Raises LeafletsError where somebody wrote it since the project was read: what may be signed or waived depends on what stands
    there, and the checks in between take seconds.
    """
    path = project.root / name
    with hold_folder(path.parent):
        loader = Loader(project.root)
        if path.exists():
            loader.read(path)
        if loader.hashes.get(name) != project.hashes.get(name):
            message = "somebody else wrote this record at the same time; yours is not written"
            raise LeafletsError([CHANGED_SINCE_READ.at(Place(name), message, "Give the same command again.")])
        yield
