"""What nobody filled in: the values of the example, and what countries keep for examples."""

import re
from dataclasses import replace

import pytest

from leaflets.content.clinic import parse_clinic
from leaflets.content.examples import EXAMPLE_VALUE, find_examples, is_example_number
from leaflets.content.strict_yaml import read_yaml
from leaflets.profile import Clinic
from tests.support.projects import ROOT

EXAMPLE = (ROOT / "content/clinics/example/clinic.yaml").read_text(encoding="utf-8")
FILLED = Clinic("Riverside Clinic", "020 8746 1234", "999", "020 8746 1235", country="GB", web="riverside.nhs.uk")


def test_every_value_of_the_example_that_reaches_nobody_is_one_problem_at_its_line() -> None:
    shown = re.sub(r"(?m)^# (interpreter_phone|web|leaflets_url)(: )", r"\1\2", EXAMPLE)
    clinic = parse_clinic(read_yaml(shown.encode(), "clinic.yaml"), lambda name: b"")
    lines = shown.splitlines()
    found = list(find_examples(clinic, EXAMPLE_VALUE))
    assert [lines[each.place.line - 1].partition(":")[0] for each in found] == [
        "name", "clinic_phone", "urgent_phone", "interpreter_phone", "web", "leaflets_url",
    ]  # fmt: skip
    assert all(str(each).endswith("Write your clinic's own, or take the line away. [example-value]") for each in found)


def test_a_profile_that_is_filled_in_is_fine() -> None:
    assert list(find_examples(FILLED)) == []
    assert list(find_examples(replace(FILLED, name="Exemplar Road Surgery", web="sampleroad.org", crisis_phone="116 123"))) == []


@pytest.mark.parametrize(
    ("number", "country", "kept"),
    [
        ("(212) 555-0199", "US", True),
        ("(212) 555-0200", "US", False),
        ("1-212-555-0142", "CA", True),
        ("+1 212-555-0142", "GB", True),
        ("0161 496 0123", "GB", True),
        ("0161 496 1234", "GB", False),
        ("07700 900123", "GB", True),
        ("(02) 5550 1234", "AU", True),
        ("02 5550 1234", "TW", False),
        ("01 99 00 12 34", "FR", True),
        ("555-0100", "", True),
        ("911", "US", False),
        ("", "GB", False),
    ],
)
def test_the_numbers_that_a_country_keeps_for_examples_are_known(number: str, country: str, kept: bool) -> None:
    assert is_example_number(number, country) is kept
