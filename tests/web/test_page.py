"""The web page of a leaflet: all of it, in one file, with the letters that it needs."""

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from leaflets.build.jobs import SCREEN, Job, hash_inputs
from leaflets.build.leaflet import list_links, list_prints, make_document
from leaflets.content.project import Project
from leaflets.document.compose import Document
from leaflets.document.expected import Expected, list_expected
from leaflets.edition import EditionLanguages
from leaflets.model import Status
from leaflets.profile import Logo
from leaflets.svg import mirror_picture
from leaflets.web.page import verify_web, write_data_uri
from leaflets.web.reader import read_web_facts
from tests.support.web import CLINIC, FONTS, make_html, name_job


@pytest.mark.slow
def test_the_page_holds_every_word_of_the_leaflet_and_of_its_clinic(project: Project, english: str, arabic: str) -> None:
    assert "St. Mary&#39;s" in english
    assert 'href="tel:02079460000"' in english
    assert "A phone that scans" not in english
    assert f"{project.title('pediatric')} (Arabic)" in arabic


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["es", "hi"])
def test_a_page_of_another_script_is_whole_as_well(project: Project, locale: str) -> None:
    assert read_web_facts(make_html(project, locale)).locale == locale


def test_the_page_of_a_draft_is_not_found_by_search_engines(arabic: str) -> None:
    assert '<meta name="robots" content="noindex">' in arabic


def test_drawings_that_run_with_the_reading_are_turned_for_arabic(project: Project, english: str, arabic: str) -> None:
    heel = project.pictures["baby-heel"]
    assert mirror_picture(heel) != heel
    assert write_data_uri(heel.encode(), "image/svg+xml") in english
    assert write_data_uri(mirror_picture(heel).encode(), "image/svg+xml") in arabic


def test_a_logo_stands_in_the_page(project: Project) -> None:
    html = make_html(project, "en", replace(CLINIC, logo=Logo(b"\x89PNG", "image/png")))
    assert 'src="data:image/png,%89PNG"' in html


def test_the_page_leads_to_the_other_languages_and_to_the_files_to_print(project: Project, english: str, arabic: str) -> None:
    links = re.findall(r'<a href="([^"#]*)"(?: lang="([^"]*)" hreflang="([^"]*)" dir="([^"]*)")?', english)
    assert ("../ur/pediatric.html", "ur", "ur", "rtl") in links
    assert "العربية" in english
    assert "../en/pediatric.html" in arabic
    assert "../ar/pediatric.html" not in arabic
    assert [link[0] for link in links if link[0].endswith(".pdf")] == [
        "pediatric-leaflet-letter-DRAFT.pdf",
        "pediatric-leaflet-large-print-letter-DRAFT.pdf",
    ]
    assert 'href="pediatric-sheet-bilingual-a4-DRAFT.pdf"' in arabic


def test_only_editions_that_exist_are_offered_to_print(project: Project) -> None:
    bare = replace(project, editions={"web": project.editions["web"], "standard": project.editions["standard"]})
    links = {link: link.path(draft=True) for link in list_links(bare, name_job("ar"), None)}
    assert list_prints(links) == (("Print this leaflet (PDF)", "pediatric-leaflet-a4-DRAFT.pdf"),)


def test_a_leaflet_that_is_signed_off_links_to_what_is_no_draft(project: Project) -> None:
    document = make_document(project, "pediatric", "ar", EditionLanguages.OWN, None)
    signed = replace(document, notices=(), status=Status.CLINICALLY_CHECKED)
    links = {link: link.path(signed.draft) for link in list_links(project, name_job("ar"), None)}
    paths = [path for _, path in list_prints(links)]
    assert "pediatric-leaflet-a4.pdf" in paths
    assert not any("DRAFT" in path for path in paths)


def test_every_heading_of_the_list_leads_somewhere(project: Project, english: str) -> None:
    wanted = re.findall(r'href="#([^"]+)"', english)
    assert len(wanted) > len(project.leaflets["pediatric"].topics)
    assert all(f'id="{name}"' in english for name in wanted)


def test_a_new_language_makes_the_pages_of_the_others_anew_but_not_their_prints(project: Project) -> None:
    fewer = replace(project, languages={tag: project.languages[tag] for tag in ("en", "ar")})
    for job, same in ((name_job("ar"), False), (Job("ar", "pediatric", "standard", "a4"), True)):
        assert (list_sources(project, job) == list_sources(fewer, job)) is same


def list_sources(project: Project, job: Job) -> tuple[str, tuple[Job, ...]]:
    """Hash what a job is made from, and list what its page leads to where every file is there."""
    return hash_inputs(project, job, None), list_links(project, job, None) if job.paper == SCREEN else ()


def list_fonts(html: str) -> Iterator[tuple[str, int, frozenset[int]]]:
    for family, weight, data in re.findall(r'font-family: "([^"]+)"; font-weight: (\d+); src: url\("data:[^,]*,([^"]*)"', html):
        yield family, int(weight), frozenset(TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap())


def test_a_page_brings_the_letters_of_its_script_in_both_weights(arabic: str) -> None:
    needed = read_web_facts(arabic).characters["ar"]
    fonts = {(family, weight): points for family, weight, points in list_fonts(arabic)}
    assert needed <= fonts["Vazirmatn", 400]
    assert needed <= fonts["Vazirmatn", 700]
    assert "SIL OFL 1.1" in arabic


def test_a_page_in_latin_letters_brings_only_the_names_of_the_other_languages(english: str) -> None:
    fonts = {(family, weight): points for family, weight, points in list_fonts(english)}
    assert fonts["Noto Sans", 400] == frozenset(map(ord, "Tiếng ViệtрусскийукраїнськаΕλληνικά"))
    assert fonts["Noto Nastaliq Urdu", 400] == frozenset(map(ord, "اردو"))
    assert {weight for _, weight in fonts} == {400}


@pytest.fixture(scope="module")
def promise(project: Project) -> tuple[Document, Expected]:
    document = make_document(project, "pediatric", "ar", EditionLanguages.OWN, None)
    return document, list_expected(project.editions["web"], document, None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "id"),
    [
        (r"\w+</h1>", "كلمة</h1>", "text-differs"),
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
