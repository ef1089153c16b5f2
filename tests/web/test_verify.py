"""The verifier notices whatever is wrong with a web page."""

import re

import pytest

from leaflets.build.leaflet import make_document
from leaflets.content.project import Project
from leaflets.document.compose import Document
from leaflets.document.expected import Expected, list_expected
from leaflets.model import EditionLanguages
from leaflets.web.verify import verify_web
from tests.support.web import FONTS


@pytest.fixture(scope="module")
def promise(project: Project) -> tuple[Document, Expected]:
    document = make_document(project, "pediatric", "ar", EditionLanguages.OWN, None)
    return document, list_expected(project.editions["web"], document, None)


@pytest.mark.parametrize(
    ("old", "new", "id"),
    [
        ("التكلس عند الأطفال</h1>", "التكلس</h1>", "text-differs"),
        ("<h3>", "<h4>", "structure-lost"),
        ("</main>", "<ul><li></li></ul></main>", "structure-lost"),
        ("<h1>", "<h1></h1><h1>", "structure-lost"),
        (r'alt="[^"]+"', 'alt="?"', "alt-lost"),
        ("</h1>", "\N{GRINNING FACE}</h1>", "missing-glyph"),
        ('<html lang="ar"', '<html lang="ur"', "wrong-metadata"),
        ('dir="rtl"', 'dir="ltr"', "wrong-metadata"),
        ("<title>.*?</title>", "<title>x</title>", "wrong-metadata"),
        ("DRAFT. Translated by machine", "Translated by machine", "missing-notice"),
        ('<p lang="en" dir="ltr">DRAFT', "<p>DRAFT", "missing-notice"),
        ("</main>", "<script></script></main>", "reaches-out"),
        ("<main ", '<main onfocus="x()" ', "reaches-out"),
        ("</main>", '<img src="https://x.example/a.png" alt=""></main>', "reaches-out"),
        ("</main>", '<a href="//x.example">x</a></main>', "reaches-out"),
        ("</main>", '<img src="a.png" alt=""></main>', "reaches-out"),
        ("</main>", '<img srcset="data:image/png,x 1x, a.png 2x" alt=""></main>', "reaches-out"),
        ("</main>", '<svg><image xlink:href="a.png"/><use href="b.svg#x"/></svg></main>', "reaches-out"),
        ("</main>", '<video poster="a.png"></video></main>', "reaches-out"),
        ("</main>", '<table background="a.png"></table></main>', "reaches-out"),
        ("</main>", '<iframe srcdoc="x"></iframe></main>', "reaches-out"),
        ("</main>", '<object data="a.svg"></object></main>', "reaches-out"),
        ("</main>", '<embed src="a.svg"></main>', "reaches-out"),
        ("<title>", '<link rel="stylesheet" href="a.css"><title>', "reaches-out"),
        ("<title>", '<link rel="icon" href="a.ico"><title>', "reaches-out"),
        ("<title>", '<meta http-equiv="refresh" content="0; url=a.html"><title>', "reaches-out"),
        ("</style>", "p { background: url(b.png) } </style>", "reaches-out"),
        ("</style>", 'p { background: image-set("b.png" 1x) } </style>', "reaches-out"),
        ("</style>", '@import "b.css";</style>', "reaches-out"),
        ("<main ", "<main style=\"background: url('http://x.example')\" ", "reaches-out"),
    ],
)
def test_a_broken_page_is_noticed(arabic: str, promise: tuple[Document, Expected], old: str, new: str, id: str) -> None:
    document, expected = promise
    broken = re.sub(old, lambda found: new, arabic, count=1)
    assert broken != arabic
    assert id in {problem.id for problem in verify_web(broken, document, expected, FONTS, "ar/pediatric.html")}


def test_a_whole_page_has_nothing_wrong(arabic: str, promise: tuple[Document, Expected]) -> None:
    assert list(verify_web(arabic, *promise, FONTS, "ar/pediatric.html")) == []
