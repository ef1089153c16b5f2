"""The blocks of a page are read as its author wrote them."""

import pytest

from leaflets.document.blocks import read_html_blocks, tidy


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>before</p><main><h2>Signs</h2><ul><li>One</li><li>Two</li></ul></main>", ("Signs", "One", "Two")),
        ("<main><p>Take <strong>5&nbsp;mg</strong>\n  twice.</p></main>", ("Take 5 mg twice.",)),
        ("<main><table><tr><th>Who</th><td>Nurse</td></tr></table><p> </p></main>", ("Who", "Nurse")),
        ("<main>loose<p>set</p></main>", ("loose", "set")),
    ],
)
def test_each_block_of_main_is_one_text(html: str, blocks: tuple[str, ...]) -> None:
    assert read_html_blocks(html) == blocks


def test_what_only_steers_where_lines_end_is_no_part_of_the_words() -> None:
    assert tidy("aproxi\u00admada\u200bmente\n 8\u20609") == "aproximadamente 89"
    assert tidy("cafe\u0301") == "caf\u00e9"
