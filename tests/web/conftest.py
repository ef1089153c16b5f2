"""Two pages that the tests of this room read; made once."""

import pytest

from leaflets.content.project import Project
from tests.support.web import CLINIC, make_html


@pytest.fixture(scope="session")
def arabic(project: Project) -> str:
    return make_html(project, "ar")


@pytest.fixture(scope="session")
def english(project: Project) -> str:
    return make_html(project, "en", CLINIC)
