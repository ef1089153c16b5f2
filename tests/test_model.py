"""The units of a topic, and what of it is meant for whom."""

from dataclasses import replace

import pytest

from leaflets.content.narrow import narrow_topic, pick_topic
from leaflets.model import (
    Block,
    Group,
    Item,
    Row,
    Text,
    Topic,
    label_unit,
    list_units,
    term_unit,
    visit_texts,
)
from leaflets.problems import Place
from leaflets.profile import Clinic, Condition, holds

PLACE = Place("content/topics/en/signs.yaml")


def write(words: str) -> Text:
    return Text(words, PLACE)


def name(name: str, *audiences: str) -> Item:
    return Item(name, write(name.title()), audiences)


TOPIC = Topic(
    "signs",
    write("What are the signs?"),
    (
        Block("intro", "text", PLACE, (name(""),)),
        Block("more", "text", PLACE, (name(""),), heading=write("More")),
        Block(
            "lumps",
            "list",
            PLACE,
            (name("hard"), name("leak", "pediatric")),
            groups=(Group("touch", write("Touch"), ("hard",)), Group("see", write("See"), ("leak",))),
        ),
        Block("help", "table", PLACE, columns=(name("who"),), rows=(Row("nurse", (name("ask"),)),)),
        Block("school", "text", PLACE, (name(""),), audiences=("pediatric",)),
        Block("diary", "ruled", PLACE, columns=(name("day"),), lines=5),
    ),
)


def test_every_text_is_a_unit_named_by_its_path_in_reading_order() -> None:
    assert [unit for unit, _ in list_units(TOPIC)] == [
        *("signs.title", "signs.intro", "signs.more.heading", "signs.more.text"),
        *("signs.lumps.groups.touch", "signs.lumps.groups.see", "signs.lumps.hard", "signs.lumps.leak"),
        *("signs.help.columns.who", "signs.help.rows.nurse.ask", "signs.school", "signs.diary.columns.day"),
    ]


def test_a_topic_is_rebuilt_with_other_words_and_nothing_else() -> None:
    other = visit_texts(TOPIC, lambda unit, text: replace(text, words=unit))
    assert [text.words for _, text in list_units(other)] == [unit for unit, _ in list_units(TOPIC)]
    assert visit_texts(other, dict(list_units(TOPIC)).get) == TOPIC


def test_what_is_meant_for_another_leaflet_goes_with_the_group_that_it_leaves_empty() -> None:
    blocks = {block.name: block for block in narrow_topic(TOPIC, "adult").blocks}
    assert list(blocks) == ["intro", "more", "lumps", "help", "diary"]
    assert [item.name for item in blocks["lumps"].items] == ["hard"]
    assert [group.name for group in blocks["lumps"].groups] == ["touch"]
    assert narrow_topic(TOPIC, "pediatric") == TOPIC


@pytest.mark.parametrize(
    ("clinic", "met"),
    [
        (None, {"urgent-phone", "crisis-phone"}),
        (Clinic("A", "1", "2"), {"no-urgent-phone"}),
        (Clinic("A", "1", "2", urgent_phone="3", country="GB"), {"urgent-phone"}),
        (Clinic("A", "1", "2", crisis_phone="3", country="US"), {"no-urgent-phone", "crisis-phone", "us"}),
    ],
)
def test_a_condition_is_met_by_the_profile_of_a_clinic(clinic: Clinic | None, met: set[str]) -> None:
    assert {str(each) for each in Condition if holds(each, clinic)} == met
    assert holds(None, clinic)


def test_a_block_of_which_nothing_is_picked_goes_and_is_not_certain() -> None:
    [block] = [each for each in TOPIC.blocks if each.name == "lumps"]
    conditional = replace(block, items=tuple(replace(item, when=Condition.US) for item in block.items))
    assert (block.certain, conditional.certain, replace(block, when=Condition.US).certain) == (True, False, False)
    assert pick_topic(replace(TOPIC, blocks=(conditional,)), lambda each: holds(each.when, None)).blocks == ()


def test_words_outside_topics_have_names_that_no_topic_can_have() -> None:
    units = {unit for unit, _ in list_units(TOPIC)}
    assert all("/" not in unit for unit in units)
    assert (term_unit("lump"), label_unit("Draft")) == ("terms/lump", "labels/Draft")
