"""A clinic's profile: what it may say, and what each mistake gives."""

import io
import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from phonenumbers import shortnumberinfo
from PIL import Image

from leaflets.build.jobs import Job
from leaflets.build.leaflet import list_own_pictures, make_document
from leaflets.build.plan import refuse_unprintable_clinic
from leaflets.content.clinic import (
    COUNTRIES_MEANT,
    KEY_EXAMPLES,
    KEYS_MEANT,
    LETTER_COUNTRIES,
    load_clinic,
    parse_clinic,
)
from leaflets.content.logo import MAX_BYTES
from leaflets.content.phones import EMERGENCY_NUMBERS
from leaflets.content.profile_shapes import ClinicShape
from leaflets.content.project import load_project
from leaflets.content.strict_yaml import read_yaml
from leaflets.document.expected import read_html_blocks
from leaflets.document.html import render_html
from leaflets.edition import EditionLanguages
from leaflets.languages.fonts import read_fonts
from leaflets.pdf.reader import read_pdf_facts
from leaflets.problems import LeafletsError, Place, Problem
from leaflets.profile import Clinic, Logo
from leaflets.web.page import render_web
from tests.conftest import Run
from tests.support.projects import ROOT, write_project

CLINIC = 'name: Riverside\nclinic_phone: "020 7946 0000"\nemergency_number: "112"\nurgent_phone: none\n'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


CRISIS_PHONES = {"GB": "116 123", "AU": "13 11 14", "US": "988", "IN": "14416"}


def read_clinic(text: str, logo: bytes = b"") -> Clinic:
    return parse_clinic(read_yaml(text.encode(), "clinic.yaml"), lambda name: logo, CRISIS_PHONES)


def find_mistake(text: str, logo: bytes = b"") -> Problem:
    with pytest.raises(LeafletsError) as caught:
        read_clinic(text, logo)
    [problem] = caught.value.problems
    assert len(str(problem).splitlines()) == 1
    return problem


def write_png(width: int, height: int, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), "navy").save(out, "PNG")
    return out.getvalue()


def write_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_a_clinic_without_a_country_needs_four_lines() -> None:
    assert read_clinic(CLINIC) == Clinic("Riverside", "020 7946 0000", "112")


def test_a_country_decides_how_numbers_are_written_and_what_paper_is_used() -> None:
    clinic = read_clinic(
        'name: Riverside\ncountry: US\nclinic_phone: "2025550123"\nurgent_phone: none\ninterpreter_phone: "+442079460000"\n'
    )
    assert clinic.clinic_phone == "(202) 555-0123"
    assert clinic.interpreter_phone == "+44 20 7946 0000"
    assert (clinic.emergency_number, clinic.paper) == ("911", "letter")
    assert read_clinic(CLINIC + "country: GB\n").paper == "a4"
    assert read_clinic(CLINIC + "country: GB\npaper: letter\n").paper == "letter"


def test_a_clinic_says_whom_to_call_when_it_is_closed_or_that_there_is_nobody() -> None:
    assert read_clinic(CLINIC).urgent_phone == ""
    assert read_clinic(CLINIC.replace("none", '"020 7946 0001"')).urgent_phone == "020 7946 0001"
    problem = find_mistake(CLINIC.replace("urgent_phone: none\n", ""))
    assert problem.id == "missing-key"
    assert problem.remedy == ('Add a line to the file, such as urgent_phone: "020 7946 0001", or urgent_phone: none')


@pytest.mark.parametrize(
    ("country", "clinic_phone", "urgent", "printed"),
    [
        ("GB", "020 7946 0000", "111", "111"),
        ("GB", "020 7946 0000", "02079460001", "020 7946 0001"),
        ("AU", "02 5550 0000", "131114", "13 11 14"),
        ("AU", "02 5550 0000", "1300 22 4636", "1300 224 636"),
        ("US", "2025550123", "988", "988"),
        ("IN", "080 2345 6789", "14416", "14416"),
    ],
)
def test_a_number_to_call_when_closed_may_be_a_short_one(country: str, clinic_phone: str, urgent: str, printed: str) -> None:
    text = f'name: Riverside\ncountry: {country}\nclinic_phone: "{clinic_phone}"\nurgent_phone: "{urgent}"\n'
    assert read_clinic(text).urgent_phone == printed


def test_the_crisis_line_is_that_of_the_country_unless_the_clinic_says_another() -> None:
    clinic = read_clinic(CLINIC + "country: GB\n")
    assert (clinic.country, clinic.crisis_phone) == ("GB", "116 123")
    assert read_clinic(CLINIC + 'country: GB\ncrisis_phone: "02079460009"\n').crisis_phone == "020 7946 0009"
    assert read_clinic(CLINIC).crisis_phone == ""


def test_every_emergency_number_of_a_country_is_one_there() -> None:
    assert {name for name, number in EMERGENCY_NUMBERS.items() if not shortnumberinfo.is_emergency_number(number, name)} == set()
    assert set(LETTER_COUNTRIES) >= {"US", "CA", "MX"}
    assert len(EMERGENCY_NUMBERS) > 50


@pytest.mark.parametrize("phone", ["+44 20 7946 0000", "555-0100", "0300 (123) 456", "119"])
def test_without_a_country_a_phone_may_be_written_as_people_write_it(phone: str) -> None:
    assert read_clinic(CLINIC.replace("020 7946 0000", phone)).clinic_phone == phone


@pytest.mark.parametrize(
    ("old", "new", "rule", "line", "said"),
    [
        ("020 7946 0000", "ask at the desk", "wrong-value", 2, "a phone number in quotes"),
        ("020 7946 0000", "٠٢٠ ٧٩٤٦", "wrong-value", 2, "a phone number"),
        ("020 7946 0000", "12", "wrong-value", 2, "a phone number"),
        ('clinic_phone: "020 7946 0000"', 'clinic_phone: ""', "empty-value", 2, "no text here"),
        ("urgent_phone: none", "urgent_phone: nobody", "wrong-value", 4, "or none"),
        ("urgent_phone: none", "country: GB\nurgent_phone: '1800'", "bad-phone", 5, "no phone number of GB"),
        ("urgent_phone: none", "urgent_phone: none\ncountry: GB\ncrisis_phone: '988'", "bad-phone", 6, "no phone number of GB"),
        ('"112"', "one-one-two", "wrong-value", 3, "an emergency number"),
        ('"112"', '"1"', "wrong-value", 3, "an emergency number"),
        ("Riverside", "R" * 81, "wrong-value", 1, '"name" has 81 characters, and 80 fit. Shorten it.'),
        ("Riverside", '"<script>alert(1)</script>"', "wrong-value", 1, 'the character "<"'),
        ("Riverside", '"{{ 7 * 7 }}"', "wrong-value", 1, 'the character "{"'),
        ('emergency_number: "112"\n', "", "bad-phone", 1, "without a `country:`. Write that, or `emergency_number:`"),
        ("name: Riverside", "name: Riverside\nfax: none", "unknown-key", 2, "fax"),
        ("name: Riverside", "name: Riverside\ncountry: england", "wrong-value", 2, "two letters"),
        ("name: Riverside", "name: Riverside\ncountry: US", "bad-phone", 3, "no phone number of US"),
        ('"112"', '"911"\ncountry: DE', "bad-phone", 2, "no phone number of DE"),
        ('"112"', '"911"\ncountry: GB', "bad-phone", 3, "did you mean 999"),
        ('"112"', '"112"\ninterpreter_phone: "+44 20 7946 00"', "bad-phone", 4, "no phone number"),
        ('"112"', '"112"\ncolour: "#ffcc00"', "pale-colour", 4, "too pale"),
        ('"112"', '"112"\ncolour: yellow', "wrong-value", 4, "a colour in quotes"),
        ('"112"', '"112"\ncolour: "url(http://clinic.example/x)"', "wrong-value", 4, "a colour in quotes"),
        ('"112"', '"112"\nweb: "javascript:alert(1)"', "wrong-value", 4, "an address without"),
        ('"112"', '"112"\nweb: http://clinic.example', "wrong-value", 4, "an address without"),
        ('"112"', '"112"\npaper: a5', "wrong-value", 4, "a4 or letter"),
        ('"112"', '"112"\nlogo: ../../etc/passwd', "wrong-value", 4, "in the folder of this one"),
        ('"112"', '"112"\nlogo: ../logo.png', "wrong-value", 4, "in the folder of this one"),
        ('"112"', '"112"\nlogo: https://clinic.example/logo.png', "wrong-value", 4, "in the folder of this one"),
    ],
)
def test_a_mistake_in_a_clinic_is_one_problem_at_its_line(old: str, new: str, rule: str, line: int, said: str) -> None:
    problem = next(each for each in find_mistakes(CLINIC.replace(old, new)) if each.id == rule)
    assert problem.place == Place("clinic.yaml", line)
    assert said in str(problem)


@pytest.mark.parametrize("country", ["PK", "pk", "Pk", "Pakistan", "PAKISTAN"])
def test_a_country_is_understood_by_code_and_by_name(country: str) -> None:
    text = f'name: Riverside\ncountry: {country}\nclinic_phone: "051 111 226 226"\nurgent_phone: none\npaper: A4\n'
    clinic = read_clinic(text)
    assert (clinic.country, clinic.paper) == ("PK", "a4")


def find_mistakes(text: str) -> tuple[Problem, ...]:
    with pytest.raises(LeafletsError) as caught:
        read_clinic(text)
    return caught.value.problems


def test_an_unknown_key_is_told_the_keys_of_a_clinic() -> None:
    problem = find_mistake(CLINIC + "color: '#0b4f6c'\n")
    assert (problem.id, problem.place) == ("unknown-key", Place("clinic.yaml", 5))
    assert 'did you mean "colour"?' in problem.message


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("clinic_phone", "phone", 2, 'unknown key "phone"; did you mean "clinic_phone"? Write `clinic_phone:`.'),
        ("clinic_phone", "tel", 2, 'did you mean "clinic_phone"?'),
        ("urgent_phone", "out_of_hours_phone", 4, 'did you mean "urgent_phone"?'),
        ("name: Riverside", "clinic: Riverside", 1, 'did you mean "name"?'),
        ('"112"', '"112"\nopening_hours: 8–17', 4, 'did you mean "hours"?'),
        ('"112"', '"112"\nwebsite: clinic.example', 4, 'did you mean "web"?'),
        ('"112"', '"112"\ncountry: UK', 4, "UK is the code of no country (ISO 3166); GB is meant"),
        ('"112"', '"112"\ncountry: XX', 4, "XX is the code of no country"),
        (
            'clinic_phone: "020 7946 0000"\n',
            "",
            1,
            '"clinic_phone" is missing. Add a line to the file, such as clinic_phone: "020',
        ),
        ("name: Riverside\n", "", 1, '"name" is missing. Add a line to the file, such as name: Riverside Clinic'),
    ],
)
def test_a_clinic_is_told_once_what_was_meant(old: str, new: str, line: int, said: str) -> None:
    problem = find_mistake(CLINIC.replace(old, new))
    assert problem.place == Place("clinic.yaml", line)
    assert said in str(problem)


def test_a_value_under_a_mistaken_key_is_checked_at_its_line() -> None:
    problems = find_mistakes(CLINIC.replace('clinic_phone: "020 7946 0000"', "phone: ask at the desk"))
    assert [(each.id, each.place.line) for each in problems] == [("unknown-key", 2), ("wrong-value", 2)]


def test_all_mistakes_of_a_clinic_are_said_at_once_each_at_its_line() -> None:
    text = (
        'name: "<b>"\ncountry: UK\nclinic_phone: "020"\ncolour: "#ffcc00"\nlogo: logo.png\nemergency_number: "115"\n'
        "urgent_phone: none\n"
        "fax: none\npaper: a5\n"
    )
    assert [(each.place.line, each.id) for each in find_mistakes(text)] == [
        (1, "wrong-value"),
        (2, "wrong-value"),
        (3, "bad-phone"),
        (4, "pale-colour"),
        (5, "bad-logo"),
        (6, "bad-phone"),
        (8, "unknown-key"),
        (9, "wrong-value"),
    ]


@pytest.mark.parametrize(
    "line", ["country: United Kingdom", "country: gb", "country: GBR", "paper: A4", "words:\n  vi:\n    hours: x"]
)
def test_what_is_right_is_read_as_ever_beside_a_mistake(line: str) -> None:
    """A country by its name was called no country as soon as the colour was wrong."""
    assert find_mistake(f"{CLINIC}{line}\ncolour: yellow\n").message.startswith('"colour"')


@pytest.mark.parametrize(
    "text",
    ["country: GB\nurgent_phone: none\nname: Riverside\n", 'country: GB\nurgent_phone: none\nclinic_phone: "020 7946 0000"\n'],
)
def test_a_line_that_is_missing_is_all_that_is_said_of_a_clinic_where_the_rest_is_right(text: str) -> None:
    assert find_mistake(text).id == "missing-key"


def test_of_a_number_whose_country_cannot_be_read_nothing_is_said() -> None:
    assert find_mistake(CLINIC + "country: England\n").id == "wrong-value"
    assert find_mistake('name: Riverside\nclinic_phone: "020 7946 0000"\nurgent_phone: none\ncountry: XX\n').id == "wrong-value"


@pytest.mark.parametrize(("code", "name"), [("AQ", "Antarctica"), ("PN", "Pitcairn Islands")])
def test_a_country_without_known_numbers_is_said_to_be_one(code: str, name: str) -> None:
    problem = find_mistake(f"{CLINIC}country: {code}\n")
    assert problem.place == Place("clinic.yaml", 5)
    assert f"no phone numbers are known here for {code} ({name})" in problem.message
    assert read_clinic(CLINIC).emergency_number == "112"  # the remedy


@pytest.mark.parametrize("code", ["XA", "QO", "ZZ"])
def test_a_code_that_is_left_to_its_users_is_no_country(code: str) -> None:
    assert "is the code of no country (ISO 3166)" in find_mistake(f"{CLINIC}country: {code}\n").message


@pytest.mark.slow
def test_letters_that_a_language_has_no_font_for_are_named_at_their_line_and_cost_no_leaflet(tmp_path: Path, run: Run) -> None:
    clinic, project = tmp_path / "clinic.yaml", write_project(tmp_path / "project")
    build = ("--project", project.root, "build", "--clinic", clinic, "--edition", "standard", "--jobs", 1)
    clinic.write_text(CLINIC)
    assert run(*build, "--paper", "a4").exit_code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "output").rglob("*") if path.is_file()}
    clinic.write_text(CLINIC + "hours: א׳ 8:00\n", encoding="utf-8")
    result = run(*build, "--locale", "es")
    assert result.exit_code == 1
    said = '"hours": the fonts of Spanish do not have the letters א (U+05D0), ׳ (U+05F3). '
    said += "Write it in Latin letters; what is in others goes below `words:`, a language and `hours:`."
    assert result.stderr == f"{clinic}:5: error: {said} [clinic-letters]\n"
    assert {path: path.read_bytes() for path in (tmp_path / "output").rglob("*") if path.is_file()} == before


def test_a_clinic_may_have_a_name_in_the_letters_of_the_languages_that_are_made() -> None:
    project = load_project(ROOT)
    clinic = read_clinic(CLINIC.replace("Riverside", "عيادة"))
    refuse_unprintable_clinic(project, clinic, [Job("ar", "adult", "standard", "a4")])
    for job in (Job("ar", "adult", "clinician", "a4"), Job("es", "adult", "web", "screen")):  # one in English, one in Spanish
        with pytest.raises(LeafletsError, match="clinic-letters"):
            refuse_unprintable_clinic(project, clinic, [job])


def test_every_key_that_a_clinic_must_have_is_shown_in_a_line() -> None:
    assert set(KEY_EXAMPLES) == {name for name, field in ClinicShape.model_fields.items() if field.is_required()}
    assert set(KEYS_MEANT.values()) <= set(ClinicShape.model_fields)
    assert set(COUNTRIES_MEANT.values()) <= set(EMERGENCY_NUMBERS)


def test_a_pale_colour_is_offered_the_nearest_that_can_be_read() -> None:
    offered = find_mistake(CLINIC + 'colour: "#ffcc00"\n').remedy.split('"')[1]
    clinic = read_clinic(CLINIC + f'colour: "{offered}"\n')
    assert clinic.colour == offered
    assert clinic.tint.startswith("#")
    assert clinic.tint != offered


@pytest.mark.parametrize(("name", "data"), [("logo.png", write_png(40, 20)), ("LOGO.PNG", write_png(40, 20, "RGBA"))])
def test_a_logo_becomes_a_clean_png(name: str, data: bytes) -> None:
    clinic = read_clinic(f"{CLINIC}logo: {name}\n", data)
    assert clinic.logo
    assert clinic.logo.mime == "image/png"
    assert Image.open(io.BytesIO(clinic.logo.data)).size == (40, 20)


def test_a_jpeg_loses_what_is_no_picture() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (30, 30), (90, 0, 0, 90)).save(out, "JPEG", comment=b"taken at 1 Secret Street")
    clinic = read_clinic(CLINIC + "logo: logo.jpg\n", out.getvalue())
    assert clinic.logo
    assert b"Secret" not in clinic.logo.data
    assert Image.open(io.BytesIO(clinic.logo.data)).mode == "RGB"


def test_a_plain_svg_logo_stays_as_it_is() -> None:
    gradient = (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs><path d="M0 0" fill="url(#a)"/>'
    )
    data = SVG.format(gradient).encode()
    assert read_clinic(CLINIC + "logo: logo.svg\n", data).logo == Logo(data, "image/svg+xml")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("logo.png", b"not a picture", "no PNG"),
        ("logo.png", SVG.format("").encode(), "no PNG"),
        ("logo.png", write_bomb(12_000, 12_000), "more than 4000 x 4000 pixels"),
        ("logo.png", write_bomb(40_000, 40_000), "pixels"),
        ("logo.png", b"x" * (MAX_BYTES + 1), "bytes"),
        ("logo.png", write_png(40, 20)[:60], "truncated"),
        ("logo.svg", SVG.format('<image href="http://clinic.example/x.png"/>').encode(), "<image>"),
        ("logo.svg", SVG.format("<script>alert(1)</script>").encode(), "<script>"),
        ("logo.svg", SVG.format('<path d="M0 0" onload="x()"/>').encode(), '"onload"'),
        ("logo.svg", SVG.format('<path d="M0 0" fill="url(http://clinic.example/x)"/>').encode(), "reaches out"),
        ("logo.svg", SVG.format('<path d="M0 0" style="fill: red"/>').encode(), '"style"'),
        ("logo.svg", SVG.format("<text>Riverside</text>").encode(), "<text>"),
        ("logo.svg", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg/>', "document type"),
        ("logo.svg", b"<html/>", "no SVG"),
        ("logo.svg", b"<svg", "not XML"),
    ],
)
def test_a_logo_that_is_more_or_less_than_a_picture_is_refused(name: str, data: bytes, said: str) -> None:
    problem = find_mistake(f"{CLINIC}logo: {name}\n", data)
    assert (problem.id, problem.place) == ("bad-logo", Place("clinic.yaml", 5))
    assert said in problem.message


def test_a_logo_lies_beside_the_clinics_file_and_is_no_link(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text(CLINIC + "logo: logo.png\n")
    with pytest.raises(LeafletsError) as caught:
        load_clinic(clinic)
    assert [problem.id for problem in caught.value.problems] == ["bad-logo"]
    (tmp_path / "elsewhere.png").write_bytes(write_png(9, 9))
    (tmp_path / "logo.png").symlink_to(tmp_path / "elsewhere.png")
    with pytest.raises(LeafletsError):
        load_clinic(clinic)
    (tmp_path / "logo.png").unlink()
    (tmp_path / "logo.png").write_bytes(write_png(9, 9))
    assert load_clinic(clinic).logo


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        'name: "<script>alert(1)</script>"',
        'colour: "url(http://clinic.example/x)"',
        "logo: outside.svg",
        "logo: large.png",
        "logo: ../../outside.png",
        'leaflets_url: "javascript:alert(1)"',
        "leaflets_url: 'https://clinic.example/\"onclick=\"x'",
        'web: "clinic.example/<b>"',
    ],
)
def test_a_hostile_clinic_gets_one_line_and_nothing_is_written(line: str, tmp_path: Path, run: Run) -> None:
    clinic = tmp_path / "clinic.yaml"
    name = "" if line.startswith("name") else "name: A Test's Clinic\n"
    clinic.write_text(f'{name}{line}\nclinic_phone: "020 7946 0000"\nurgent_phone: none\nemergency_number: "112"\n')
    image = '<image href="http://clinic.example/x.png" width="9" height="9"/>'
    (tmp_path / "outside.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{image}</svg>')
    (tmp_path / "large.png").write_bytes(write_png(12_000, 12_000))
    result = run("--project", write_project(tmp_path / "project").root, "build", "--clinic", clinic)
    assert result.exit_code == 1
    [said] = result.stderr.splitlines()
    assert said.startswith(f"{clinic}:")
    assert not (tmp_path / "output").exists()


def test_a_new_clinic_is_a_file_that_can_be_built_with(tmp_path: Path, run: Run) -> None:
    result = run("new", "clinic")
    assert result.exit_code == 0
    made = tmp_path / "my-clinic" / "clinic.yaml"
    assert result.stdout.endswith("leaflets build --clinic my-clinic/clinic.yaml --output my-clinic/output\n")
    assert load_clinic(made).name == "Example Clinic"
    again = run("new", "clinic")
    assert again.exit_code == 3
    assert "exists already" in again.stderr


def test_every_key_of_a_clinic_stands_in_the_example() -> None:
    text = (ROOT / "content" / "clinics" / "example" / "clinic.yaml").read_text(encoding="utf-8")
    for key in ClinicShape.model_fields:
        assert f"{key}:" in text, key


@pytest.mark.parametrize(("gray", "painted"), [(False, True), (True, False)])
def test_the_band_above_a_figure_has_the_clinics_colour_but_not_where_all_is_gray(gray: bool, painted: bool) -> None:
    project = load_project(ROOT)
    clinic = read_clinic(CLINIC + 'colour: "#7a1f5c"\n')
    document = make_document(project, "adult", "en", EditionLanguages.OWN, clinic)
    found = list_own_pictures(document, project.pictures, gray)
    assert (b"#7a1f5c" in found.get("band.svg", (b"", ""))[0]) is painted
    assert "band.svg" not in list_own_pictures(replace(document, clinic=read_clinic(CLINIC)), project.pictures, gray)


def test_the_band_on_a_web_page_has_the_clinics_colour() -> None:
    project = load_project(ROOT)
    document = make_document(project, "adult", "en", EditionLanguages.OWN, read_clinic(CLINIC + 'colour: "#7a1f5c"\n'))
    fonts = read_fonts(ROOT / "templates")
    html = render_web(document, project.editions["web"], ROOT / "templates", project.pictures, fonts, {}, ())
    [band] = set(re.findall(r'class="band" src="([^"]*)"', html))
    assert "7a1f5c" in band


def test_an_address_breaks_only_where_it_may() -> None:
    project = load_project(ROOT)
    clinic = read_clinic(CLINIC + "hours: Mon–Fri 8:00 – 17:00\nweb: clinic.example/leaflets\n")
    document = make_document(project, "adult", "en", EditionLanguages.OWN, clinic)
    html = render_html(document, project.editions["standard"], ROOT / "templates")
    assert '<span dir="ltr"><span class="keep">clinic.example/</span><span class="keep">leaflets</span></span>' in html
    assert {"Open: Mon–Fri 8:00 – 17:00", "clinic.example/leaflets"} <= set(read_html_blocks(html))


@pytest.mark.slow
def test_a_clinic_prints_what_it_says_and_its_paper_alone(tmp_path: Path, run: Run) -> None:
    clinic = tmp_path / "clinic.yaml"
    clinic.write_text(
        'name: A Test Clinic\ncountry: US\nclinic_phone: "2025550123"\nurgent_phone: none\ninterpreter_phone: "2025550199"\n'
        'hours: Mon–Fri 8:00–17:00\nweb: clinic.example\ncolour: "#7a1f5c"\nlogo: logo.png\n',
        encoding="utf-8",
    )
    (tmp_path / "logo.png").write_bytes(write_png(60, 30, "RGBA"))
    project = write_project(tmp_path / "project")
    result = run("--project", project.root, "build", "--clinic", clinic, "--locale", "es", "--edition", "standard", "--jobs", 1)
    assert result.exit_code == 0, result.stderr
    [made] = (tmp_path / "output" / "es").iterdir()
    assert made.name == "adult-leaflet-letter-DRAFT.pdf"
    printed = "\n".join(read_pdf_facts(made.read_bytes()).texts)
    for words in (
        "A Test Clinic",
        "(202) 555-0123",
        "(202) 555-0199",
        "Mon–Fri 8:00–17:00",
        "clinic.example",
        "Llame al 911 ahora",
    ):
        assert words in printed


@pytest.mark.parametrize("path", ["/../x", "/a/..", "/./x", "/a/../../b/"])
@pytest.mark.parametrize(("key", "start"), [("web", "a.example"), ("leaflets_url", "https://a.example")])
def test_an_address_leads_to_no_other_place_than_it_says(key: str, start: str, path: str) -> None:
    assert find_mistake(f"{CLINIC}{key}: {start}{path}\n").id == "wrong-value"
    assert getattr(read_clinic(f"{CLINIC}{key}: {start}/a.b/..c/x-1/\n"), key)
