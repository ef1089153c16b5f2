"""The web page of a leaflet, as a build makes it."""

from leaflets.build.jobs import Job
from leaflets.build.leaflet import list_links, make_screen
from leaflets.content.project import Project
from leaflets.languages.fonts import read_fonts
from leaflets.profile import Clinic
from tests.support.projects import ROOT

FONTS = read_fonts(ROOT / "templates")
CLINIC = Clinic("St. Mary's", "020 7946 0000", "112", hours="Mon–Fri", paper="letter", leaflets_url="https://clinic.example")


def name_job(locale: str, leaflet: str = "pediatric") -> Job:
    return Job(locale, leaflet, "web", "screen")


def make_html(project: Project, locale: str, clinic: Clinic | None = None) -> str:
    everything = {link: link.path(draft=True) for link in list_links(project, name_job(locale), clinic)}
    (made,), problems = make_screen(project, name_job(locale), FONTS, clinic, everything)
    assert made.entry.links == tuple(everything.values())
    assert problems == ()
    assert (made.entry.path, made.entry.pages, made.entry.paper) == (f"{locale}/pediatric.html", 1, "screen")
    return made.data.decode()
