"""By what words people ask for a leaflet or an edition."""

from dataclasses import replace

import pytest

from leaflets.build.called import find_called
from leaflets.content.project import Project


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        ("leaflet", "child", "pediatric"),
        ("leaflet", "kids", "pediatric"),
        ("leaflet", "Parents", "pediatric"),
        ("leaflet", "baby", "pediatric"),
        ("leaflet", "skin", "cutis"),
        ("leaflet", "grown-ups", "adult"),
        ("edition", "big letters", "large-print"),
        ("edition", "phone", "web"),
        ("edition", "doctor", "clinician"),
    ],
)
def test_what_people_call_a_leaflet_or_an_edition_names_it(project: Project, kind: str, typed: str, meant: str) -> None:
    assert find_called(project, kind, typed) == [meant]


def test_a_topic_that_could_not_be_read_keeps_nobody_from_an_answer(project: Project) -> None:
    topics = {name: topic for name, topic in project.topics.items() if name != "home-care"}
    assert find_called(replace(project, topics=topics), "leaflet", "xyz") == []
    assert find_called(replace(project, topics=topics), "leaflet", "kids") == ["pediatric"]


@pytest.mark.parametrize(("kind", "typed"), [("leaflet", "calcinosis"), ("leaflet", "-"), ("leaflet", "xyz"), ("topic", "kids")])
def test_what_is_said_of_several_or_of_none_names_none(project: Project, kind: str, typed: str) -> None:
    assert find_called(project, kind, typed) == []
