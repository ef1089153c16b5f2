"""Checks of the source: what the leaflets are made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leaflets.checks import check
from leaflets.content.project import Project
from leaflets.model import PLACEHOLDERS, SOURCE_LOCALE, Block, Leaflet, Topic, narrow_topic
from leaflets.problems import Place, Problem, Rule, Severity

ERROR = Severity.ERROR


@dataclass(frozen=True, slots=True)
class LeafletContent:
    """A leaflet with the project that it belongs to."""

    leaflet: Leaflet
    project: Project

    def topics(self) -> Iterator[Topic]:
        """The topics that exist, narrowed to this leaflet."""
        for name in self.leaflet.read:
            if name in self.project.topics:
                yield narrow_topic(self.project.topics[name], self.leaflet.name)


def each_block(project: Project) -> Iterator[tuple[Topic, Block]]:
    for topic in project.topics.values():
        for block in topic.blocks:
            yield topic, block


@check("unknown-topic", ERROR, "A leaflet that names what does not exist would lack that part.")
def find_unknown_topics(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """Every topic and block that a leaflet names exists."""
    leaflet, topics = subject.leaflet, subject.project.topics
    for name in leaflet.read:
        file = f"content/topics/{SOURCE_LOCALE}/{name}.yaml"
        if name not in topics and not subject.project.broken(file):
            yield rule.at(leaflet.place, f'there is no topic "{name}"', f"Add {file}.")
    topic, block = leaflet.alert.split(".")
    if topic in topics and all(each.name != block or not each.level for each in topics[topic].blocks):
        yield rule.at(leaflet.place, f'"{leaflet.alert}" is not a block with a level', "Name a get-help box.")
    if topic not in leaflet.topics:
        yield rule.at(leaflet.place, f'the topic of the alert, "{topic}", is not in the leaflet', "Add it to `topics:`.")


@check("unknown-answer", ERROR, "A question that points at nothing leaves the clinician searching.")
def find_unknown_answers(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """Every block that a question of a leaflet names by `see:` is printed in that leaflet."""
    printed = {f"{topic.name}.{block.name}" for topic in subject.topics() for block in topic.blocks if block.items or block.rows}
    for topic in subject.topics():
        for item in (item for block in topic.blocks for item in block.items):
            for name in item.see:
                if name not in printed:
                    message = f'there is no block "{name}" in the leaflet {subject.leaflet.name}'
                    yield rule.at(item.text.place, message, "Correct its name.")


@check("unknown-audience", ERROR, "Words meant for a leaflet that does not exist are printed nowhere.")
def find_unknown_audiences(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every `for:` names leaflets that exist."""
    for _, block in each_block(project):
        places = [(block.place, block.audiences), *((item.text.place, item.audiences) for item in block.items)]
        for place, audiences in places:
            for name in audiences:
                if name not in project.leaflets and not project.broken(f"content/leaflets/{name}.yaml"):
                    yield rule.at(place, f'there is no leaflet "{name}"', f"The leaflets are {', '.join(project.leaflets)}.")


@check("unknown-reference", ERROR, "A statement whose source cannot be looked up has none.", "DISCERN 4")
def find_unknown_references(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every reference of a block is in the bibliography."""
    if project.broken("content/references.yaml"):
        return
    for _, block in each_block(project):
        for name in block.references:
            if name not in project.references:
                yield rule.at(block.place, f'there is no reference "{name}"', "Add it to content/references.yaml.")


@check("unused-reference", Severity.WARNING, "A bibliography that lists what nobody used claims more than was done.")
def find_unused_references(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every entry of the bibliography is used by a block."""
    used = {name for _, block in each_block(project) for name in block.references}
    for name in project.references:
        if name not in used:
            yield rule.at(Place("content/references.yaml"), f'nothing rests on "{name}"', "Remove it, or cite it.")


@check("unknown-term", ERROR, "A meaning without its term explains nothing.")
def find_unknown_terms(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every explained term is in the term list of the source."""
    terms = project.languages[SOURCE_LOCALE].terms if SOURCE_LOCALE in project.languages else {}
    if project.broken(f"content/terms/{SOURCE_LOCALE}.yaml"):
        return
    for _, block in each_block(project):
        for item in block.items if block.kind == "terms" else ():
            if item.name not in terms:
                yield rule.at(
                    item.text.place, f'there is no term "{item.name}"', f"Add it to content/terms/{SOURCE_LOCALE}.yaml."
                )


@check("unknown-placeholder", ERROR, "An unknown {placeholder} is printed with its braces, or stops the build.")
def find_unknown_placeholders(rule: Rule, project: Project) -> Iterator[Problem]:
    """Every {placeholder} of the source is a field of a clinic."""
    known = [f"{{{name}}}" for name in PLACEHOLDERS]
    for unit, text in project.units.items():
        for found in re.findall(r"\{[^{}]*\}?|\}", text.words):
            if found not in known:
                message = f'"{unit}" has the unknown placeholder "{found}"'
                yield rule.at(text.place, message, f"The placeholders are {', '.join(known)}.")


@check("unbalanced-strong", ERROR, "An odd `**` prints as asterisks, or makes the rest of a page bold.")
def find_unbalanced_strong(rule: Rule, project: Project) -> Iterator[Problem]:
    """Strong words are closed, and no other asterisk stands in the source."""
    for unit, text in project.units.items():
        if text.words.count("**") % 2 or "*" in text.words.replace("**", ""):
            yield rule.at(text.place, f'"{unit}" has an asterisk without its partner', "Write **words**.")


PROJECT_CHECKS = (
    find_unknown_audiences,
    find_unknown_references,
    find_unused_references,
    find_unknown_terms,
    find_unknown_placeholders,
    find_unbalanced_strong,
)
LEAFLET_CHECKS = (find_unknown_topics, find_unknown_answers)
