"""The editions: ways to print the same leaflet.

Takes the bytes of templates/editions/NAME.toml; gives an `Edition`. An edition exists because its file exists.
"""

import tomllib
from pathlib import PurePath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from leaflets.edition import Edition
from leaflets.problems import LeafletsError, Place, Rule, Severity

BAD_EDITION = Rule(
    "bad-edition",
    Severity.ERROR,
    "The file of an edition can be read.",
    "An edition that is not understood would print something else.",
)
READER: TypeAdapter[Edition] = TypeAdapter(Edition)


def parse_edition(data: bytes, path: str) -> Edition:
    """Read the file of an edition, which is called like the edition. Raises LeafletsError with every problem."""
    try:
        found: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LeafletsError([BAD_EDITION.at(Place(path), f"this is not TOML: {error}", "Correct it.")]) from None
    unknown = [key for key in found if key not in Edition.__dataclass_fields__]
    problems = [BAD_EDITION.at(Place(path), f'unknown key "{key}"', "Take it out.") for key in unknown]
    try:
        edition = READER.validate_python({"name": PurePath(path).stem} | found)
    except ValidationError as error:
        said = ((".".join(map(str, each["loc"])), each["msg"]) for each in error.errors())
        problems += [BAD_EDITION.at(Place(path), f'"{key}": {message}', "Correct it.") for key, message in said]
    if problems:
        raise LeafletsError(problems)
    return edition
