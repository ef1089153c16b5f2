"""Checks of the source: what the leaflets are made of, and how plainly it is said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leaflets.checks import check
from leaflets.model import PLACEHOLDERS, SOURCE_LOCALE, Block, Leaflet, Topic, narrow_topic
from leaflets.problems import Place, Problem, Rule, Severity
from leaflets.project import Project
from leaflets.readability import Reading, count_words, measure_reading, split_sentences

ERROR = Severity.ERROR
MAX_GRADE = 6.0
MAX_SENTENCE = 20
PLAIN_LANGUAGE = "https://www.nlm.nih.gov/medlineplus/etr.html; AMA: sixth grade or below"


@dataclass(frozen=True, slots=True)
class LeafletContent:
    """A leaflet with the project that it belongs to."""

    leaflet: Leaflet
    project: Project

    def topics(self) -> Iterator[Topic]:
        """The topics that exist, narrowed to this leaflet."""
        for name in (self.leaflet.cover, *self.leaflet.topics):
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
    for name in (leaflet.cover, *leaflet.topics):
        file = f"content/topics/{SOURCE_LOCALE}/{name}.yaml"
        if name not in topics and not subject.project.broken(file):
            yield rule.at(leaflet.place, f'there is no topic "{name}"', f"Add {file}.")
    topic, block = leaflet.alert.split(".")
    if topic in topics and all(each.name != block or not each.level for each in topics[topic].blocks):
        yield rule.at(leaflet.place, f'"{leaflet.alert}" is not a block with a level', "Name a get-help box.")
    if topic not in leaflet.topics:
        yield rule.at(leaflet.place, f'the topic of the alert, "{topic}", is not in the leaflet', "Add it to `topics:`.")


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


@check("long-sentence", ERROR, "Long sentences are read half.", PLAIN_LANGUAGE)
def find_long_sentences(rule: Rule, project: Project) -> Iterator[Problem]:
    """No sentence of the source is longer than 20 words."""
    for text in project.units.values():
        for sentence in split_sentences(text.words):
            if (number := count_words(sentence)) > MAX_SENTENCE:
                yield rule.at(
                    text.place, f'{number} words in one sentence: "{sentence}"', f"Make two of it ({MAX_SENTENCE} at most)."
                )


@check(
    "reading-grade", ERROR, "One adult in five reads below this; a warning that is not understood is no warning.", PLAIN_LANGUAGE
)
def find_hard_reading(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """A leaflet's English reads at US grade 6 or below by Flesch-Kincaid, its listed medical terms aside."""
    reading = measure_leaflet(subject)
    if reading.grade > MAX_GRADE:
        message = f"the leaflet reads at grade {reading.grade}"
        yield rule.at(subject.leaflet.place, message, f"Use shorter words and sentences (grade {MAX_GRADE} at most).")


def measure_leaflet(subject: LeafletContent) -> Reading:
    """Measure the English prose of a leaflet.

    Titles, headings and table cells are left out: as sentences of two words they would flatter the grade.
    """
    terms = subject.project.languages[SOURCE_LOCALE].terms.values() if SOURCE_LOCALE in subject.project.languages else ()
    sentences = [
        sentence.replace("*", "")
        for topic in subject.topics()
        for block in topic.blocks
        for item in block.items
        for sentence in split_sentences(item.text.words)
    ]
    plain_terms = [re.sub(r" \(.*\)$", "", term.term.words) for term in terms]
    acronyms = [found for term in terms for found in re.findall(r"\(([A-Z]+)\)", term.term.words)]
    return measure_reading(sentences, [*plain_terms, *acronyms])


PROJECT_CHECKS = (
    find_unknown_audiences,
    find_unknown_references,
    find_unused_references,
    find_unknown_terms,
    find_unknown_placeholders,
    find_unbalanced_strong,
    find_long_sentences,
)
LEAFLET_CHECKS = (find_unknown_topics, find_hard_reading)
