"""Languages of which CLDR has no data, or that of another: what it lacks, in a file of each language.

Takes `own/TAG.toml` beside this module; gives an `OwnLanguage`. A language is here because its file is. Babel reads CLDR alone
and takes no language from elsewhere, so that `locales` asks here first.
"""

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from leaflets.problems import SetupError

Filled = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
A_DAY = {"day": 21, "month": "November", "year": 2026}


class OwnLanguage(BaseModel):
    """The facts of a language. Digits are 0-9, as on every leaflet."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    english: Filled = Field(description="The name in English, as clinics use it.")
    native: Filled = Field(description="The name as its readers write it.")
    script: str = Field(pattern="^[A-Z][a-z]{3}$", description="ISO 15924.")
    direction: Literal["ltr", "rtl"]
    decimal: Literal[".", ","] = Field(description="What stands between whole and part.")
    date: Filled = Field("", description="A day in full, with {day}, {month} and {year}. Left out: 2026-11-21 (ISO 8601).")
    months: tuple[Filled, ...] = Field((), description="The names of the months, for `date`.")

    @model_validator(mode="after")
    def check_date(self) -> Self:
        if bool(self.date) != bool(self.months) or len(self.months) not in (0, 12):
            raise ValueError("a date in words needs both `date` and twelve `months`")
        try:
            written = self.date.format(**A_DAY)
        except (KeyError, IndexError, ValueError):
            raise ValueError("`date` has {day}, {month} and {year}, and no other braces") from None
        if self.date and not all(str(part) in written for part in A_DAY.values()):
            raise ValueError("`date` lacks one of {day}, {month} and {year}")
        return self

    def write_date(self, day: datetime.date) -> str:
        """Write a day in full."""
        if not self.months:
            return day.isoformat()
        return self.date.format(day=day.day, month=self.months[day.month - 1], year=day.year)


def read_own(folder: Traversable) -> dict[str, OwnLanguage]:
    """Read every language of a folder, by its tag. Raises SetupError for a file that is not as it must be."""
    found = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        try:
            found[file.name.removesuffix(".toml")] = OwnLanguage(**tomllib.loads(file.read_text(encoding="utf-8")))
        except ValidationError as error:
            said = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'the file'}: {each['msg']}" for each in error.errors())
            raise SetupError(f"leaflets/languages/own/{file.name}: {said}. Mend it, or restore it.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SetupError(f"leaflets/languages/own/{file.name}: no TOML ({error}). Mend it, or restore it.") from None
    return found


@cache
def own_languages() -> Mapping[str, OwnLanguage]:
    """The languages that have a file here, by their tags.

    >>> own_languages()["sm"].native
    'Gagana Sāmoa'
    """
    return read_own(resources.files("leaflets.languages").joinpath("own"))
