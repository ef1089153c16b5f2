"""A logo that is drawn before any leaflet."""

from pathlib import Path

import pytest

from leaflets.build.account import Selection
from leaflets.build.plan import read_clinic
from leaflets.content.logo import read_picture
from leaflets.content.project import Project
from leaflets.pdf import logo
from leaflets.pdf.logo import find_undrawable
from leaflets.problems import LeafletsError, Place
from leaflets.profile import Logo
from tests.support.projects import ROOT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
SQUARE = '<rect width="5" height="5" fill="#123456"/>'


def nest_clips(levels: int, shapes: int) -> str:
    """A drawing that takes shapes ** levels steps."""

    def clip(level: int) -> str:
        return f'<rect width="5" height="9" clip-path="url(#c{level})"/>'

    paths = (f'<clipPath id="c{level}">{clip(level - 1) * shapes}</clipPath>' for level in range(1, levels))
    return f'<clipPath id="c0">{SQUARE * shapes}</clipPath>{"".join(paths)}{clip(levels - 1)}'


def draw(inside: str) -> str:
    return find_undrawable(read_picture("logo.svg", SVG.format(inside).encode()), ROOT / "templates")


def test_a_good_drawing_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert draw(SQUARE) == ""
    monkeypatch.setattr(logo, "get_context", None)
    assert draw(SQUARE) == ""


def test_a_drawing_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logo, "SECONDS", 4)
    assert draw(nest_clips(8, 10)) == "it is not drawn after 4 seconds"


def test_what_the_engine_complains_of_is_said() -> None:
    assert "it cannot be drawn" in draw(
        '<clipPath id="a"><rect width="5" height="5" clip-path="url(#a)"/></clipPath>'
        + SQUARE.replace("/>", ' clip-path="url(#a)"/>')
    )


def test_a_drawing_of_which_nothing_prints_is_refused() -> None:
    assert "nothing of it prints" in draw('<rect width="5" height="5" fill="white"/>')


def test_a_raster_was_read_to_its_end_and_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logo, "get_context", None)
    assert find_undrawable(Logo(b"", "image/png"), ROOT / "templates") == ""


def test_a_clinic_hears_of_it_before_any_leaflet_is_made(project: Project, tmp_path: Path) -> None:
    profile = tmp_path / "clinic.yaml"
    profile.write_text(
        'name: Riverside\nclinic_phone: "020 7946 0000"\nemergency_number: "112"\nurgent_phone: none\nlogo: logo.svg\n'
    )
    (tmp_path / "logo.svg").write_text(SVG.format('<rect width="5" height="5" fill="white"/>'))
    with pytest.raises(LeafletsError) as caught:
        read_clinic(project, Selection(clinic=profile))
    [problem] = caught.value.problems
    assert (problem.id, problem.place) == ("bad-logo", Place(str(profile), 5))
