"""WeasyPrint as it comes."""

import pytest

from leaflets.pdf.engine import Engine
from tests.support.engine import ORIGINALS, find_owner


@pytest.fixture
def bare(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An engine without its patches. A test may apply one; afterwards all are in place again."""
    for name, original in ORIGINALS.items():
        monkeypatch.setattr(*find_owner(name), original)
    return engine
