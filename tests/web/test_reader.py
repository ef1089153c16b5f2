"""What a web page holds is read from the page itself."""

import pytest

from leaflets.web.reader import list_candidates, read_web_facts


def test_each_letter_belongs_to_the_language_that_holds_where_it_stands() -> None:
    facts = read_web_facts(
        '<html lang="ar" dir="rtl"><title>t</title><main><p>لا <b lang="en" dir="ltr">no<br>x</b></p></main></html>'
    )
    assert (facts.locale, facts.direction, facts.title) == ("ar", "rtl", "t")
    assert facts.characters == {"ar": frozenset(map(ord, "لا ")), "en": frozenset(map(ord, "nox"))}
    assert facts.paragraphs == {("ar", "rtl", "لا nox")}


def test_headings_items_and_pictures_count_inside_main_only() -> None:
    before = '<h2>Skip</h2><ul><li>a</li></ul><img alt="logo">'
    inside = '<h1>A</h1><h3>B</h3><ol><li>b</li></ol><img alt=" a  lump ">'
    facts = read_web_facts(f'<html lang="en">{before}<main>{inside}</main></html>')
    assert (facts.headings, facts.items, facts.alts) == ((1, 3), 1, ("a lump",))


@pytest.mark.parametrize(
    "html",
    [
        '<a href="b.html">x</a>',
        '<a href="tel:112">x</a>',
        '<a href="#main">x</a>',
        '<img src="data:image/png,x" alt="">',
        '<p style="background: url(data:image/png,x)">x</p>',
    ],
)
def test_what_a_reader_follows_or_the_page_holds_leads_nowhere(html: str) -> None:
    assert read_web_facts(f"<main>{html}</main>").outward == ()


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<script>x</script>", "a <script>"),
        ('<p onclick="x()">x</p>', "the handler onclick"),
        ('<a href="javascript:x()">x</a>', 'the address "javascript:x()"'),
        ('<a href="\\\\\\\\host\\\\x">x</a>', 'the address "\\\\\\\\host\\\\x"'),
        ("<style>@import 'b.css';</style>", "the address \"@import 'b.css'\" in a style"),
    ],
)
def test_what_runs_or_loads_something_is_named(html: str, said: str) -> None:
    assert read_web_facts(f"<main>{html}</main>").outward == (said,)


def test_the_addresses_of_a_list_of_sizes_are_told_from_the_sizes() -> None:
    assert list_candidates("a.png 1.5x, b.png 200w") == ["a.png", "b.png"]
