"""YAML as model objects: what each file gives, and the one line that each mistake gives."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
import yaml

from leaflets.content.completion import make_translation_schema
from leaflets.content.countries import parse_countries
from leaflets.content.leaflet import parse_leaflet
from leaflets.content.narrow import narrow_topic
from leaflets.content.project import load_project
from leaflets.content.schema import locate_unit, parse_markers, parse_references, parse_terms, parse_topic, parse_translation
from leaflets.content.shapes import KINDS
from leaflets.content.strict_yaml import YamlFile, read_yaml
from leaflets.edition import Print
from leaflets.model import Insert, Leaflet, Level, Sheet, SheetPart, Topic, list_units
from leaflets.problems import LeafletsError, Place, Problem, Severity
from leaflets.profile import Condition
from leaflets.translation.units import has_begun
from leaflets.translation.yaml_writer import write_words
from tests.conftest import Run
from tests.support.projects import ROOT, SMALL_PROJECT, write_project

LEAFLET = """\
cover: adult
# What follows the cover.
topics: [signs, get-help]
version: 0.1.0
issued: 2026-11-21
review_by: 2028-11-21
pages: 6
icd10: [L94.2, M61]
"""
TERM = "lump:\n  term: lump\n"


def read(text: str) -> YamlFile:
    return read_yaml(text.encode(), "a.yaml")


def read_topic(text: str) -> Topic:
    return parse_topic(read(text), "signs")


def read_leaflet(text: str) -> Leaflet:
    return parse_leaflet(read(text), "adult")


def write_topic(words: str) -> str:
    """Write a topic with one block, whose own words start in line 5."""
    return f"title: Signs\nblocks:\n  lumps:\n    references: [Book]\n{indent(words, '    ')}\n"


def find_mistakes(parse: Callable[[str], object], text: str) -> tuple[Problem, ...]:
    with pytest.raises(LeafletsError) as caught:
        parse(text)
    return caught.value.problems


def find_mistake(parse: Callable[[str], object], text: str) -> Problem:
    """Give the one problem of a file."""
    [problem] = find_mistakes(parse, text)
    assert len(str(problem).splitlines()) == 1
    return problem


def swap(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("kind", "words", "units"),
    [
        ("text", "text: Hard.", {"signs.lumps": ("Hard.", 5)}),
        ("note", "note: Hard.", {"signs.lumps": ("Hard.", 5)}),
        ("note", "heading: How\nnote: Hard.", {"signs.lumps.heading": ("How", 5), "signs.lumps.text": ("Hard.", 6)}),
        ("list", "list:\n  hard: Hard\n  soft: Soft", {"signs.lumps.hard": ("Hard", 6), "signs.lumps.soft": ("Soft", 7)}),
        ("steps", "steps:\n  first: Ask\n  then: Go", {"signs.lumps.first": ("Ask", 6), "signs.lumps.then": ("Go", 7)}),
        ("terms", "terms:\n  lump: A bump", {"signs.lumps.lump": ("A bump", 6)}),
        (
            "table",
            "table:\n  columns:\n    what: What\n    why: Why\n  rows:\n    scan:\n      what: A scan\n      why: To see",
            {
                "signs.lumps.columns.what": ("What", 7),
                "signs.lumps.columns.why": ("Why", 8),
                "signs.lumps.rows.scan.what": ("A scan", 11),
                "signs.lumps.rows.scan.why": ("To see", 12),
            },
        ),
        (
            "figure",
            "figure:\n  picture: skin\n  alt: Some skin\n  labels:\n    fat: Fat\n    top: Top",
            {"signs.lumps.alt": ("Some skin", 7), "signs.lumps.fat": ("Fat", 9), "signs.lumps.top": ("Top", 10)},
        ),
        ("ruled", "ruled:\n  lines: 3\n  columns:\n    day: Date", {"signs.lumps.columns.day": ("Date", 8)}),
        (
            "list",
            "list:\n  hard: Hard\n  soft: Soft\ngroups:\n  all:\n    heading: All\n    items: [soft, hard]",
            {"signs.lumps.groups.all": ("All", 10), "signs.lumps.hard": ("Hard", 6), "signs.lumps.soft": ("Soft", 7)},
        ),
    ],
)
def test_every_kind_of_block_gives_its_units_with_their_lines(kind: str, words: str, units: dict[str, tuple[str, int]]) -> None:
    topic = read_topic(write_topic(words))
    assert topic.blocks[0].kind == kind
    found = {unit: (text.words, text.place.line) for unit, text in list_units(topic)}
    assert found == {"signs.title": ("Signs", 1), **units}


def test_every_kind_of_block_stands_in_the_table_above() -> None:
    assert KINDS == ("text", "note", "list", "steps", "terms", "table", "figure", "ruled")


def test_a_block_keeps_its_heading_level_audiences_and_references() -> None:
    [block] = read_topic(
        write_topic("level: same-day\nfor: [adult]\nheading: Call\nlist:\n  fever:\n    for: [cutis]\n    text: A fever")
    ).blocks
    assert (block.level, block.audiences, block.references) == (Level.SAME_DAY, ("adult",), ("Book",))
    assert str(block.heading) == "Call"
    assert [(item.name, item.audiences, item.text.words) for item in block.items] == [("fever", ("cutis",), "A fever")]


GROUPED = "list:\n  hard: Hard\n  soft: Soft\ngroups:\n"


def test_a_group_that_is_meant_for_another_leaflet_goes_with_its_items() -> None:
    words = "list:\n  hard: Hard\n  soft:\n    for: [cutis]\n    text: Soft\ngroups:\n"
    topic = read_topic(write_topic(words + "  a:\n    heading: A\n    items: [hard]\n  b:\n    heading: B\n    items: [soft]"))
    assert [group.name for group in narrow_topic(topic, "adult").blocks[0].groups] == ["a"]
    assert [group.items for group in narrow_topic(topic, "cutis").blocks[0].groups] == [("hard",), ("soft",)]


def test_a_lead_stands_in_no_group_and_a_condition_on_items_and_blocks() -> None:
    lead = "list:\n  closed:\n    lead: true\n    when: urgent-phone\n    text: Call\n  hard: Hard\n"
    groups = "groups:\n  all:\n    heading: All\n    items: [hard]"
    [block] = read_topic(write_topic("when: us\n" + lead + groups)).blocks
    assert [(item.name, item.lead, item.when) for item in block.items] == [
        ("closed", True, Condition.URGENT_PHONE),
        ("hard", False, None),
    ]
    assert (block.when, [item.name for item in block.bullets]) == (Condition.US, ["hard"])


LEAD = "  hard:\n    lead: true\n    text: Hard\n"
CONDITIONAL = "  hard:\n    when: us\n    text: Hard\n"


@pytest.mark.parametrize(
    ("words", "line", "said"),
    [
        (f"steps:\n{LEAD}", 6, '"hard" is a lead outside a list'),
        (f"list:\n{LEAD}", 3, "has leads and no bullet"),
        (f"list:\n{LEAD}  soft: Soft\ngroups:\n  a:\n    heading: A\n    items: [soft, hard]", 11, "no item of the list"),
        ("when: gb\ntext: Hard", 5, "'urgent-phone', 'no-urgent-phone', 'crisis-phone' or 'us'"),
        ("list:\n  hard:\n    when: closed\n    text: Hard", 7, "'urgent-phone', 'no-urgent-phone', 'crisis-phone' or 'us'"),
        ("level: never\ntext: Hard", 5, "'emergency', 'same-day', 'soon' or 'routine'"),
        ("figure:\n  picture: skin\n  alt: Skin\n  labels:\n" + indent(CONDITIONAL, "  "), 9, "in a figure"),
        ("support_groups: true\ntext: Hard", 5, "support groups follow"),
        ("support_groups: true\n" + GROUPED + "  a:\n    heading: A\n    items: [hard, soft]", 5, "support groups follow"),
    ],
)
def test_what_belongs_to_another_kind_of_block_is_refused_at_its_line(words: str, line: int, said: str) -> None:
    with pytest.raises(LeafletsError) as caught:
        read_topic(write_topic(words))
    [problem] = caught.value.problems
    assert (problem.id, problem.place.line) == ("wrong-value", line)
    assert said in problem.message


COUNTRIES = """\
countries:
  AU:
    crisis_phone: 13 11 14
    source: https://crisis.example
groups:
  lumps:
    name: Lumps Group
    web: lumps.example/help
    countries: [GB, US]
    for: [adult]
    source: https://lumps.example
"""


def test_a_country_brings_a_number_and_groups() -> None:
    found = parse_countries(read(COUNTRIES))
    assert found.crisis_phones == {"AU": "13 11 14"}
    [group] = found.groups
    assert (group.name, group.web, group.countries, group.audiences) == (
        *("Lumps Group", "lumps.example/help", ("GB", "US"), ("adult",)),
    )


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("  AU:", "  UK:", "wrong-value", 2),
        ("13 11 14", "Lifeline", "wrong-value", 3),
        ("    source: https://crisis.example\n", "", "missing-key", 2),
        ("[GB, US]", "[GB, XA]", "wrong-value", 9),
        ("https://lumps.example", "a friend", "wrong-value", 11),
        ("lumps.example/help", "https://lumps.example", "wrong-value", 8),
        ("Lumps Group", "Группа", "wrong-value", 7),
        ("web:", "webs:", "unknown-key", 8),
    ],
)
def test_a_mistake_in_what_a_country_brings_is_found_at_its_line(old: str, new: str, rule: str, line: int) -> None:
    with pytest.raises(LeafletsError) as caught:
        parse_countries(read(COUNTRIES.replace(old, new, 1)))
    assert [(each.id, each.place.line) for each in caught.value.problems] == [(rule, line)]


def test_a_term_may_have_other_words_in_some_countries() -> None:
    assert parse_terms(read(TERM + "  countries:\n    GB: A&E\n"))["lump"].countries == {"GB": "A&E"}
    with pytest.raises(LeafletsError, match="no country has the code UK"):
        parse_terms(read(TERM + "  countries:\n    UK: A&E\n"))


def test_a_topic_can_have_pages_of_its_own() -> None:
    assert read_topic("insert: child\n" + write_topic("text: Hard")).insert is Insert.CHILD
    assert read_topic(write_topic("text: Hard")).insert is None


@pytest.mark.parametrize(
    ("text", "rule", "line", "said"),
    [
        pytest.param(
            write_topic(GROUPED + "  a:\n    heading: A\n    items: [hard]"),
            "missing-key",
            8,
            '"soft" is in no group',
            id="no-group",
        ),
        pytest.param(
            write_topic(GROUPED + "  a:\n    heading: A\n    items: [hard, soft, sore]"), "wrong-value", 9, '"sore"', id="no-item"
        ),
        pytest.param(
            write_topic(GROUPED + "  a:\n    headin: A\n    items: [hard, soft]"), "unknown-key", 10, '"heading"', id="group-key"
        ),
        pytest.param(
            write_topic("list:\n  hard:\n    icon: hand\n    text: Hard"),
            "wrong-value",
            6,
            "icon outside a figure",
            id="icon-in-a-list",
        ),
        pytest.param(
            write_topic("figure:\n  pictur: skin\n  picture: skin\n  alt: Skin\n  labels:\n    a: A"),
            "unknown-key",
            6,
            'did you mean "picture"?',
            id="figure-key",
        ),
        pytest.param(write_topic("figure:\n  picture: skin\n  labels:\n    a: A"), "missing-key", 5, '"alt"', id="no-alt"),
        pytest.param(write_topic("ruled:\n  lines: 99\n  columns:\n    a: A"), "wrong-value", 6, '"lines"', id="too-many-lines"),
        pytest.param("insert: poster\n" + write_topic("text: Hard"), "wrong-value", 1, '"insert"', id="unknown-sheet"),
        pytest.param(write_topic("list:\n  alt: Hard"), "wrong-value", 6, "reserved", id="reserved-alt"),
        pytest.param(write_topic("lst:\n  hard: Hard"), "unknown-block-kind", 5, 'did you mean "list"?', id="mistyped-kind"),
        pytest.param(write_topic("text: Hard\nstep: x"), "unknown-block-kind", 6, 'did you mean "steps"?', id="mistyped-steps"),
        pytest.param(write_topic("text: Hard\nvideo: x"), "unknown-block-kind", 6, '"video"', id="unknown-kind"),
        pytest.param(write_topic("text: Hard") + "blcks: x\n", "unknown-key", 6, 'did you mean "blocks"?', id="unknown-key"),
        pytest.param(
            write_topic("list:\n  hard:\n    text: Hard\n    fr: [adult]"), "unknown-key", 8, '"fr"', id="unknown-item-key"
        ),
        pytest.param(
            write_topic("table:\n  column: x\n  columns:\n    a: A\n    b: B\n  rows:\n    r:\n      a: A\n      b: B"),
            "unknown-key",
            6,
            'did you mean "columns"?',
            id="unknown-table-key",
        ),
        pytest.param("blocks:\n  lumps:\n    references: [Book]\n    text: x\n", "missing-key", 1, '"title"', id="no-title"),
        pytest.param("title: Signs\n", "missing-key", 1, '"blocks"', id="no-blocks"),
        pytest.param("title: x\nblocks:\n  a:\n    text: x\n", "missing-key", 3, '"references"', id="no-references"),
        pytest.param(write_topic("heading: Call"), "missing-key", 3, "no words", id="no-words"),
        pytest.param(write_topic("text: Hard\nnote: Soft"), "missing-key", 3, "text, note", id="two-kinds"),
        pytest.param(
            write_topic("table:\n  columns:\n    a: A\n    b: B\n  rows:\n    scan:\n      a: A"),
            "missing-key",
            10,
            '"scan"',
            id="a-cell-too-few",
        ),
        pytest.param(
            write_topic("table:\n  columns:\n    a: A\n    b: B\n  rows:\n    scan:\n      b: B\n      a: A"),
            "missing-key",
            10,
            '"scan"',
            id="cells-in-another-order",
        ),
        pytest.param(write_topic("text: [Hard]"), "wrong-value", 5, '"text"', id="a-list-of-words"),
        pytest.param(write_topic("level: urgent\ntext: Hard"), "wrong-value", 5, "urgent", id="unknown-level"),
        pytest.param(write_topic("list:\n  Hard Lump: Hard"), "wrong-value", 6, "Hard Lump", id="a-name-with-a-space"),
        pytest.param(write_topic("list: Hard"), "wrong-value", 5, '"list"', id="a-text-for-a-list"),
        pytest.param(write_topic("list: []"), "wrong-value", 5, '"list"', id="an-empty-list"),
        pytest.param(write_topic(f"text: {'x' * 2001}"), "long-text", 5, "2,000", id="too-many-words"),
        pytest.param("title: Signs\nblocks: words\n", "wrong-value", 2, '"blocks"', id="words-for-blocks"),
        pytest.param("title: Signs\nblocks: []\n", "wrong-value", 2, '"blocks"', id="no-block"),
    ],
)
def test_a_mistake_in_a_topic_is_one_problem_at_its_line(text: str, rule: str, line: int, said: str) -> None:
    problem = find_mistake(read_topic, text)
    assert (problem.id, problem.place) == (rule, Place("a.yaml", line))
    assert said in problem.message


@pytest.mark.parametrize("name", ["heading", "columns", "rows"])
def test_no_item_may_have_a_name_that_a_translation_needs(name: str) -> None:
    problem = find_mistake(read_topic, write_topic(f"list:\n  {name}: Hard"))
    assert (problem.id, problem.place.line) == ("wrong-value", 6)
    assert name in problem.message


def test_every_mistake_of_a_topic_is_said_at_once() -> None:
    problems = find_mistakes(read_topic, write_topic("lst:\n  hard: Hard\nlevel: urgent") + "tilte: x\n")
    assert [(problem.place.line, problem.id) for problem in problems] == [
        (5, "unknown-block-kind"),
        (7, "wrong-value"),
        (8, "unknown-key"),
    ]


def test_a_leaflet_is_read_whole() -> None:
    assert read_leaflet(LEAFLET) == Leaflet(
        name="adult",
        place=Place("a.yaml", 1),
        cover="adult",
        topics=("signs", "get-help"),
        inserts=(),
        sheet=None,
        teach_back=None,
        version="0.1.0",
        issued=date(2026, 11, 21),
        review_by=date(2028, 11, 21),
        pages=6,
        icd10=("L94.2", "M61"),
        history={},
    )


SHEET = (
    LEAFLET
    + "sheet:\n  words: 540\n  front:\n    - signs.lumps: [hard]\n"
    + "  back:\n    - get-help.emergency:\n        without: [eye]\n    - signs.lumps\n"
)


def test_a_sheet_has_two_sides_of_blocks_or_of_some_items_of_them() -> None:
    assert read_leaflet(SHEET).sheet == Sheet(
        words=540,
        front=(SheetPart("signs.lumps", ("hard",), (), Place("a.yaml", 12)),),
        back=(
            SheetPart("get-help.emergency", (), ("eye",), Place("a.yaml", 14)),
            SheetPart("signs.lumps", (), (), Place("a.yaml", 16)),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("signs.lumps: [hard]", "signs.lumps: [hard, hard]", 12, '"hard" stands twice'),
        ("signs.lumps: [hard]", "signs.lumps: []", 12, "at least 1 item"),
        ("signs.lumps: [hard]", "signs.lumps: hard", 12, "where a list is meant"),
        ("        without: [eye]", "        witout: [eye]", 15, "\"witout\": input should be 'without'"),
        ("        without: [eye]", "        without: eye", 15, "where a list is meant"),
        ("signs.lumps: [hard]", "signs", 12, '"signs"'),
        ("signs.lumps: [hard]", "signs.lumps: [hard]\n      signs.more: [x]", 12, "at most 1 item"),
        ("  words: 540\n", "", 9, '"words" is missing'),
        ("  front:", "  frnt:", 11, 'did you mean "front"?'),
    ],
)
def test_a_sheet_that_is_not_well_formed_is_found(old: str, new: str, line: int, said: str) -> None:
    problem = find_mistake(read_leaflet, swap(SHEET, old, new))
    assert said in problem.message
    assert problem.place == Place("a.yaml", line)


def test_what_is_printed_apart_is_not_printed_with_the_rest_as_well() -> None:
    leaflet = read_leaflet(LEAFLET + "inserts: [diary, words]\n")
    assert leaflet.inserts == ("diary", "words")
    assert leaflet.printed == leaflet.read == ("adult", "signs", "get-help", "diary", "words")
    for twice in ("[signs]", "[diary, adult]"):
        problem = find_mistake(read_leaflet, LEAFLET + f"inserts: {twice}\n")
        assert (problem.id, problem.place) == ("wrong-value", Place("a.yaml", 9))
        assert "is an insert, and is printed with the other topics as well" in problem.message
    assert "stands twice" in find_mistake(read_leaflet, LEAFLET + "inserts: [diary, diary]\n").message
    for name in ("sheet", "leaflet", "insert"):
        assert "cannot be told from what else is printed" in find_mistake(read_leaflet, LEAFLET + f"inserts: [{name}]\n").message


def test_a_version_stays_as_typed() -> None:
    assert read_leaflet(swap(LEAFLET, "0.1.0", "1.10.0")).version == "1.10.0"


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("review_by: 2028-11-21", "review_by: 2026-11-21", "wrong-value", 6),
        ("review_by: 2028-11-21", "review_by: 2028-02-30", "wrong-value", 6),
        ("issued: 2026-11-21", "issued: 21 November 2026", "wrong-value", 5),
        ("pages: 6", "pages: two", "wrong-value", 7),
        ("pages: 6", "pages: 0", "wrong-value", 7),
        ("pages: 6", "pages: 21", "wrong-value", 7),
        ("version: 0.1.0", "version: v1", "wrong-value", 4),
        ("[L94.2, M61]", "[94.2]", "wrong-value", 8),
        ("topics: [signs, get-help]", "topics: []", "wrong-value", 3),
        ("topics: [signs, get-help]", "topics: signs", "wrong-value", 3),
        ("cover: adult\n", "", "missing-key", 2),
        ("icd10:", "icd9:", "unknown-key", 8),
    ],
)
def test_a_mistake_in_a_leaflet_is_one_problem_at_its_line(old: str, new: str, rule: str, line: int) -> None:
    problem = find_mistake(read_leaflet, swap(LEAFLET, old, new))
    assert (problem.id, problem.place) == (rule, Place("a.yaml", line))


def test_an_unknown_key_of_a_leaflet_is_told_the_one_that_was_meant() -> None:
    assert 'did you mean "icd10"?' in find_mistake(read_leaflet, swap(LEAFLET, "icd10:", "icd9:")).message


def test_a_reference_is_read_whole() -> None:
    text = "Book:\n  cite: A book. 2020\n  short: A book\n  checked: copy\n  url: https://example.org/a\n  undated: true\n"
    book = parse_references(read(text))["Book"]
    assert (book.name, book.cite, book.short, book.checked) == ("Book", "A book. 2020", "A book", "copy")
    assert (book.url, book.undated) == ("https://example.org/a", True)


@pytest.mark.parametrize(
    ("words", "rule", "line"),
    [
        ("  cite: x\n  short: x\n  checked: perhaps\n", "wrong-value", 4),
        ("  cite: x\n  short: x\n  checked: none\n  url: example.org\n", "wrong-value", 5),
        ("  cite: x\n  short: x\n  checked: none\n  undated: perhaps\n", "wrong-value", 5),
        ("  cite: x\n  short: x\n  checked: none\n  pages: 5\n", "unknown-key", 5),
        ("  cite: x\n  short: x\n", "missing-key", 1),
    ],
)
def test_a_mistake_in_a_reference_is_one_problem_at_its_line(words: str, rule: str, line: int) -> None:
    problem = find_mistake(lambda text: parse_references(read(text)), f"Book:\n{words}")
    assert (problem.id, problem.place) == (rule, Place("a.yaml", line))


def test_a_term_is_read_with_its_line_and_without_its_note() -> None:
    term = parse_terms(read("lump:\n  note: one everyday word\n  avoid: [nodule]\n  term: lump\n"))["lump"]
    assert (term.name, term.term.words, term.term.place) == ("lump", "lump", Place("a.yaml", 4))


def test_a_term_without_its_word_is_a_problem() -> None:
    problem = find_mistake(lambda text: parse_terms(read(text)), "a:\n  term: a\nlump:\n  note: one everyday word\n")
    assert (problem.id, problem.place) == ("missing-key", Place("a.yaml", 3))


def test_a_translation_gives_its_words_by_unit() -> None:
    text = "title: Señales\nblocks:\n  when: Ahora\n  lumps:\n    heading: Bultos\n    rows:\n      scan:\n        why: Ver\n"
    units = parse_translation(read(text), "signs")
    assert {unit: (text.words, text.place.line) for unit, text in units.items()} == {
        "signs.title": ("Señales", 1),
        "signs.when": ("Ahora", 3),
        "signs.lumps.heading": ("Bultos", 5),
        "signs.lumps.rows.scan.why": ("Ver", 8),
    }


def test_a_translation_may_lack_its_title() -> None:
    assert set(parse_translation(read("blocks:\n  lumps: Bultos\n"), "signs")) == {"signs.lumps"}


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("title: x\nblocks:\n  lumps:\n    - Bultos\n", "wrong-value", 3),
        ("title: x\nreferences: Book\n", "unknown-key", 2),
    ],
)
def test_a_mistake_in_a_translation_is_one_problem(text: str, rule: str, line: int) -> None:
    problem = find_mistake(lambda text: parse_translation(read(text), "signs"), text)
    assert (problem.id, problem.place) == (rule, Place("a.yaml", line))


def test_a_block_may_not_take_the_place_of_its_topics_title() -> None:
    problem = find_mistake(read_topic, swap(write_topic("text: Hard"), "lumps:", "title:"))
    assert (problem.id, problem.place) == ("wrong-value", Place("a.yaml", 3))
    assert '"title" is reserved' in problem.message


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("issued: 2026-11-21", "issued: 0", 5, "YYYY-MM-DD"),
        ("issued: 2026-11-21", "issued: 1795219200", 5, "YYYY-MM-DD"),
        ("review_by: 2028-11-21", "review_by: 2028-11-21T00:00", 6, "YYYY-MM-DD"),
    ],
)
def test_a_day_in_another_form_is_found(old: str, new: str, line: int, said: str) -> None:
    problem = find_mistake(read_leaflet, swap(LEAFLET, old, new))
    assert (problem.id, problem.place) == ("wrong-value", Place("a.yaml", line))
    assert said in problem.message


REFERENCE = "Book:\n  cite: A book\n  short: A book\n  checked: none\n"
MARKERS = "negation: [not]\nobligation: [must]\n"


@pytest.mark.parametrize(
    ("lists", "phrase", "word"),
    [
        ("negation: [không, đừng]", "không", "không"),
        ("negation: [Không]", "không!", "Không"),
        ("negation: [đừng]\nuncertainty: [có thể]", "có thể", "có thể"),
        ("negation: [no, ningún*]", "ningún*", "ningún*"),
        ("negation: [nobody]", "no*", "nobody"),
    ],
)
def test_an_exception_that_takes_a_whole_word_away_is_an_error(lists: str, phrase: str, word: str) -> None:
    text = f'{lists}\nobligation: [phải]\nexcept:\n  - phải chăng\n  - "{phrase}"\n'
    problem = find_mistake(lambda text: parse_markers(read(text)), text)
    assert problem.place == Place("a.yaml", len(text.splitlines()))
    assert problem.message == f'"{phrase}" under `except:` takes away "{word}", so that it is counted nowhere'


def test_an_exception_and_a_question_keep_their_marks() -> None:
    text = "negation: [không, nin*]\nobligation: [phải]\nexcept: [không?, nin]\nquestions: [không]\n"
    assert parse_markers(read(text)).uncounted == ("không?", "nin", "không?")


@pytest.mark.parametrize(
    ("parse", "text", "line", "keys"),
    [
        (
            read_leaflet,
            LEAFLET + "xyz: x\n",
            9,
            "cover, topics, inserts, sheet, teach_back, version, issued, review_by, pages, icd10, history, reader",
        ),
        (lambda text: parse_references(read(text)), REFERENCE + "  xyz: x\n", 5, "cite, short, checked, url, undated, note"),
        (lambda text: parse_terms(read(text)), TERM + "  xyz: x\n", 3, "term, avoid, forms, exact, countries, note"),
        (lambda text: parse_markers(read(text)), MARKERS + "english:\n  xyz: x\n", 4, "negation, obligation, uncertainty"),
    ],
    ids=["leaflet", "references", "terms", "counts-of-markers"],
)
def test_an_unknown_key_is_told_the_keys_of_its_own_file(parse: Callable[[str], object], text: str, line: int, keys: str) -> None:
    problem = find_mistake(parse, text)
    assert (problem.id, problem.place) == ("unknown-key", Place("a.yaml", line))
    assert problem.remedy == f"The keys here are {keys}."


@pytest.mark.parametrize(
    ("parse", "text", "line", "meant"),
    [
        (read_topic, swap(write_topic("text: Hard"), "title:", "titel:"), 1, "title"),
        (read_leaflet, swap(LEAFLET, "pages:", "page:"), 7, "pages"),
        (lambda text: parse_references(read(text)), swap(REFERENCE, "checked:", "check:"), 4, "checked"),
        (lambda text: parse_terms(read(text)), swap(TERM, "  term:", "  trem:"), 2, "term"),
    ],
    ids=["topic", "leaflet", "references", "terms"],
)
def test_a_mistyped_key_is_not_missing_as_well(parse: Callable[[str], object], text: str, line: int, meant: str) -> None:
    problem = find_mistake(parse, text)
    assert (problem.id, problem.place) == ("unknown-key", Place("a.yaml", line))
    assert problem.message.endswith(f'; did you mean "{meant}"?')


def test_a_question_in_a_message_ends_its_sentence() -> None:
    problem = Problem("x", Severity.ERROR, Place("a.yaml"), 'did you mean "list"?', "Look.")
    assert str(problem) == 'a.yaml: error: did you mean "list"? Look. [x]'


@pytest.mark.parametrize(
    ("parse", "text", "line", "said"),
    [
        pytest.param(
            read_topic, write_topic("list:\n  hard:You may feel"), 6, "no space after the colon: `hard:You", id="no-space"
        ),
        pytest.param(read_topic, write_topic("list:\n  hard：You may"), 6, "FULLWIDTH COLON", id="full-width-colon"),
        pytest.param(
            read_topic, write_topic("list: You may"), 5, '"list" has text (`You may`), where names', id="text-for-names"
        ),
        pytest.param(
            read_topic, write_topic("list:\n  hard: [You may]"), 6, '"hard" has a list, where text', id="text-in-brackets"
        ),
        pytest.param(read_topic, write_topic("text: [You may]"), 5, '"text" has a list, where text', id="paragraph-in-brackets"),
        pytest.param(read_topic, write_topic("text: x") + "  hard: You may\n", 6, '"hard" has text', id="out-of-its-block"),
        pytest.param(
            lambda text: parse_terms(read(text)),
            "lump:\n  term: x\n  avoid:\n    -y\n",
            4,
            "where a list is meant",
            id="no-space-after-a-dash",
        ),
        pytest.param(
            lambda text: parse_terms(read(text)),
            "lump:\n  term: x\n  avoid:\n    - bola: z\n",
            4,
            "an item has names",
            id="a-colon-in-an-item",
        ),
        pytest.param(lambda text: parse_terms(read(text)), "lump:\n  term:bulto\n", 2, "no space after the colon", id="only-key"),
    ],
)
def test_a_structure_that_a_mistake_changed_is_said_in_plain_words_at_its_line(
    parse: Callable[[str], object], text: str, line: int, said: str
) -> None:
    problem = find_mistake(parse, text)
    assert (problem.id, problem.place.line) == ("wrong-value", line)
    assert said in problem.message


def test_text_in_brackets_in_a_translation_is_told_to_be_quoted() -> None:
    problem = find_mistake(lambda text: parse_translation(read(text), "signs"), "title: x\nblocks:\n  lumps: [Bultos]\n")
    assert (problem.id, problem.place.line) == ("wrong-value", 3)
    assert '"double quotes"' in problem.remedy


@pytest.mark.parametrize(
    ("unit", "file", "path"),
    [
        ("signs.title", "content/topics/es/signs.yaml", ("title",)),
        ("signs.lumps.hard", "content/topics/es/signs.yaml", ("blocks", "lumps", "hard")),
        ("signs.title.heading", "content/topics/es/signs.yaml", ("blocks", "title", "heading")),
        ("adult.for-whom", "content/topics/es/adult.yaml", ("blocks", "for-whom")),
        ("food.table.rows.milk.what", "content/topics/es/food.yaml", ("blocks", "table", "rows", "milk", "what")),
        ("terms/lump", "content/terms/es.yaml", ("lump", "term")),
        ("labels/Page {page} of {pages}", "translations/es/LC_MESSAGES/messages.po", ("Page {page} of {pages}",)),
        ("labels/Yes/No. See p. 2", "translations/es/LC_MESSAGES/messages.po", ("Yes/No. See p. 2",)),
    ],
)
def test_a_unit_has_its_place_in_one_file(unit: str, file: str, path: tuple[str, ...]) -> None:
    assert locate_unit(unit, "es") == (file, path)


MODELINE = "# yaml-language-server: $schema=../../../signs.schema.json\n"
"""What tells an editor where the schema lies, beside the project's own folders."""


def find_wrong(tree: Any, schema: dict[str, Any]) -> Iterator[str]:
    """Read a schema as an editor does, as far as ours go."""
    if schema["type"] != "object":
        kind = {str: "string", type(None): "null", bool: "boolean", int: "number", float: "number"}.get(type(tree), "object")
        yield from [] if kind in schema["type"] else [f"{kind} in the place of words"]
        return
    if not isinstance(tree, dict):
        yield "words in the place of names"
        return
    yield from (f"{name} is missing" for name in schema["required"] if name not in tree)
    for name, value in tree.items():
        if name in schema["properties"]:
            yield from find_wrong(value, schema["properties"][name])
        elif schema["additionalProperties"] is False:
            yield f"{name} is not known"


def test_every_translation_of_the_project_is_as_its_schema_says() -> None:
    project = load_project(ROOT)
    for topic in project.topics.values():
        schema = make_translation_schema(topic)
        for tag in set(project.languages) - {"en"}:
            path = ROOT / "content" / "topics" / tag / f"{topic.name}.yaml"
            if not path.exists() and not has_begun(project, tag, "adult", Print.LEAFLET):
                continue
            tree = yaml.safe_load(path.read_text(encoding="utf-8"))
            wrong = list(find_wrong(tree, schema))
            if has_begun(project, tag, "adult", Print.LEAFLET):
                assert wrong == []
            else:  # it has the words of the sheets
                assert all(each.endswith(" is missing") for each in wrong)


def test_a_name_is_explained_by_its_english_and_the_author_s_note(tmp_path: Path) -> None:
    english = SMALL_PROJECT["content/topics/en/signs.yaml"].replace("      hard:", "      # As one feels it.\n      hard:")
    project = write_project(tmp_path, {"content/topics/en/signs.yaml": english})
    tree = make_translation_schema(project.topics["signs"])
    lumps = tree["properties"]["blocks"]["properties"]["lumps"]
    assert lumps["properties"]["hard"]["description"] == "English: You may feel hard lumps.\n\nNote: As one feels it."
    assert lumps["required"] == ["hard", "fever"]


def test_a_mistyped_name_is_wrong_and_an_empty_place_is_not(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    schema = make_translation_schema(project.topics["signs"])
    lumps = {"hard": None, "fever": "12"}
    assert list(find_wrong({"title": "Signos", "blocks": {"lumps": lumps}}, schema)) == []
    mistyped = {"title": "Signos", "blocks": {"lumps": lumps | {"hrad": "Bultos"}}}
    assert list(find_wrong(mistyped, schema)) == ["hrad is not known"]
    assert list(find_wrong({"title": "Signos", "blocks": {}}, schema)) == ["lumps is missing"]


def test_the_line_for_an_editor_stays_out_of_the_way() -> None:
    text = MODELINE + SMALL_PROJECT["content/topics/es/signs.yaml"]
    plain, marked = (parse_translation(read_yaml(each.encode(), "es.yaml"), "signs") for each in (text, text[len(MODELINE) :]))
    assert {unit: words.words for unit, words in plain.items()} == {unit: words.words for unit, words in marked.items()}
    path = ("blocks", "lumps", "hard")
    assert write_words(text, {path: "Otro"}, [("title",), path], "es.yaml", {}).startswith(f"{MODELINE}title:")


def test_the_command_prints_the_schema_of_one_topic(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    tree = json.loads(run("--project", project.root, "schema", "translation", "--topic", "signs").stdout)
    assert tree == make_translation_schema(project.topics["signs"])


def test_the_command_says_what_it_needs(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path / "project")
    assert run("--project", project.root, "schema", "translation").exit_code == 2
    assert run("--project", project.root, "schema", "topic", "--topic", "signs").exit_code == 2
    wrong = run("--project", project.root, "schema", "translation", "--topic", "sings")
    assert wrong.exit_code == 1
    assert 'did you mean "signs"?' in wrong.stderr
