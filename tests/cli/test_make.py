"""What a build that has something to do says of it."""

from pathlib import Path

from leaflets.build.account import Selection
from leaflets.build.jobs import Job
from leaflets.cli.make import name_build
from leaflets.content.project import Project


def test_the_command_that_makes_files_again_makes_no_more_leaflets_than_theirs(project: Project) -> None:
    jobs = [Job("ar", name, "bilingual", "a4", "sheet") for name in project.leaflets]
    more = "--locale ar --edition bilingual --paper a4 --clinic my/clinic.yaml --output my"
    selection = Selection(clinic=Path("my/clinic.yaml"), output=Path("my"))
    assert name_build(project, jobs, selection, release=False) == f"leaflets build {more}"
    assert name_build(project, jobs[:1], selection, release=False) == f"leaflets build --leaflet {jobs[0].leaflet} {more}"
