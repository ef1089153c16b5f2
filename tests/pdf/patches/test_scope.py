"""A table head says whether it is that of a row or of a column."""

import io

import pikepdf

from leaflets.pdf.engine import Engine
from leaflets.pdf.patches import scope
from tests.support.engine import write

BODY = (
    "<table><thead><tr><th scope=col>Name</th><th scope=col>Words</th></tr></thead>"
    "<tbody><tr><th scope=row>Lump</th><td>Hard</td></tr></tbody></table>"
)


def list_scopes(engine: Engine) -> list[str]:
    with pikepdf.open(io.BytesIO(write(engine, BODY)[0])) as pdf:
        heads = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == pikepdf.Name.TH]
        return [str(head.A.get("/Scope", "")) for head in heads]


def test_weasyprint_alone_writes_no_scope(bare: Engine) -> None:
    assert list_scopes(bare) == ["", "", ""], "WeasyPrint has mended this: remove patches/scope.py"


def test_every_head_has_its_scope(bare: Engine) -> None:
    scope.apply()
    assert list_scopes(bare) == ["/Column", "/Column", "/Row"]
