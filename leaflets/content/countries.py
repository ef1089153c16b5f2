"""What a country brings to a leaflet.

Takes a `YamlFile`; gives `Countries`, or every problem of the file at once. It is data: nothing of it is translated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from leaflets.content.profile_shapes import CountriesShape
from leaflets.content.schema import read_shape
from leaflets.content.strict_yaml import YamlFile
from leaflets.problems import Place


@dataclass(frozen=True, slots=True)
class SupportGroup:
    """A group of patients: its name and web address as they stand, the countries that it serves, and the leaflets (none: all)."""

    name: str
    web: str
    countries: tuple[str, ...]
    audiences: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Countries:
    """What a country brings to a leaflet: the number of its crisis line, by ISO 3166 code, and its support groups."""

    crisis_phones: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[SupportGroup, ...] = ()


def parse_countries(source: YamlFile) -> Countries:
    shape = read_shape(CountriesShape, source.tree, source)
    groups = (
        SupportGroup(each.name, each.web, each.countries, each.audiences, source.place(("groups", name)))
        for name, each in shape.groups.items()
    )
    return Countries({name: each.crisis_phone for name, each in shape.countries.items()}, tuple(groups))
