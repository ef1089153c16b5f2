"""What is replaced inside WeasyPrint is known by name, and is still what it was."""

import pkgutil
import sys
from types import ModuleType
from typing import Any

import pytest
import weasyprint

from leaflets.pdf import patches
from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import PATCHES
from tests.support.engine import ORIGINALS, SIGNATURES, find_owner, show_signature


def test_weasyprint_is_the_version_that_the_patches_were_written_for() -> None:
    assert weasyprint.__version__ == "70.0"


@pytest.mark.parametrize("name", SIGNATURES)
def test_what_is_replaced_is_weasyprints_own_and_called_as_before(name: str) -> None:
    assert ORIGINALS[name].__module__.startswith("weasyprint.")
    assert show_signature(ORIGINALS[name]) == SIGNATURES[name]


def list_names() -> dict[str, Any]:
    """All that WeasyPrint's modules and their classes hold, by MODULE:NAME."""
    names: dict[str, Any] = {}
    for path, module in sorted(sys.modules.items()):
        if path.partition(".")[0] == "weasyprint" and isinstance(module, ModuleType):
            for name, value in vars(module).items():
                names[f"{path}:{name}"] = value
                if isinstance(value, type) and value.__module__ == path:
                    names |= {f"{path}:{name}.{each}": held for each, held in vars(value).items()}
    return names


def test_nothing_is_replaced_but_what_the_list_names(bare: Engine) -> None:
    before = list_names()
    for patch in PATCHES:
        patch.apply()
    after = list_names()
    assert {name for name, value in after.items() if before.get(name) is not value} == set(SIGNATURES)


def test_an_engine_applies_every_patch(engine: Engine) -> None:
    assert [name for name, original in ORIGINALS.items() if getattr(*find_owner(name)) is original] == []


def test_every_module_that_mends_something_has_a_row() -> None:
    modules = {f"{patches.__name__}.{each.name}" for each in pkgutil.iter_modules(patches.__path__)}
    assert modules == {each.apply.__module__ for each in PATCHES}
