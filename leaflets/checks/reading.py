"""Checks of how plainly it is said: the grade of the source, the length of its lists and sections, and the translations."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import combinations

from leaflets.checks import check
from leaflets.checks.content import LeafletContent
from leaflets.checks.pairs import LanguageContent
from leaflets.checks.sheet import list_printed_units
from leaflets.content.narrow import pick_topic, select_sheet
from leaflets.content.project import Project
from leaflets.edition import Print
from leaflets.languages.locales import split_tag
from leaflets.languages.phrases import find_words, fold_words, name_terms
from leaflets.languages.readability import (
    FLESCH_KINCAID,
    FORMULAS,
    HAN,
    Readability,
    count_words,
    measure_length,
    measure_reading,
    split_any_sentences,
    split_sentences,
)
from leaflets.model import SOURCE_LOCALE, Insert, Text, Topic, list_units, visit_texts
from leaflets.problems import Place, Problem, Rule, Severity
from leaflets.translation.units import has_begun, list_words

ERROR, WARNING = Severity.ERROR, Severity.WARNING
MAX_SENTENCE = 20
MAX_ITEMS = 7
MAX_SECTION = 120
MAX_CHILD_GRADE = 3.0
MAX_TRANSLATED = 40
TO_PARENTS = ("your child", "your child’s", "your baby", "your baby’s", "my child", "my child’s")
TO_BOTH = ("you or your child", "your child or you")
SAME = 0.62
"""The part of their words that two variants of one sentence share; two sentences of their own share 0.6 at most."""
LEAST_PROSE = 4
"""Items with fewer words are labels, not prose: as sentences of two words they would flatter the grade."""
PLAIN_LANGUAGE = "https://www.nlm.nih.gov/medlineplus/etr.html; AMA: sixth grade or below"


@check("long-sentence", ERROR, "Long sentences are read half.", PLAIN_LANGUAGE)
def find_long_sentences(rule: Rule, project: Project) -> Iterator[Problem]:
    """No sentence of the source is longer than 20 words."""
    for text in project.units.values():
        for sentence in split_sentences(text.words):
            if (number := count_words(sentence)) > MAX_SENTENCE:
                message = f'{number} words in one sentence: "{sentence}"'
                yield rule.at(text.place, message, f"Make two of it ({MAX_SENTENCE} at most).")


@check(
    "reading-grade", ERROR, "One adult in five reads below this; a warning that is not understood is no warning.", PLAIN_LANGUAGE
)
def find_hard_reading(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """A leaflet's English, and that of its sheet, reads at US grade 6 or below by Flesch-Kincaid and by SMOG, its terms aside."""
    for name, topics in (("leaflet", subject.topics()), ("sheet", list_sheet_topics(subject))):
        for formula, score in measure_english(topics, subject.project).scores:
            if formula.plain(score):
                continue
            message = f"the {name} reads at grade {score} by {formula.name}"
            yield rule.at(subject.leaflet.place, message, f"Use shorter words and sentences (grade {formula.limit:g} at most).")


@check("child-grade", ERROR, "A page for a child that a child cannot read is a page for nobody.", PLAIN_LANGUAGE)
def find_hard_child_pages(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """The page for the child reads at US grade 3 or below by Flesch-Kincaid, its listed medical terms aside."""
    for topic, reading in measure_child_pages(subject):
        grade = dict(reading.scores).get(FLESCH_KINCAID, 0.0)
        if grade > MAX_CHILD_GRADE:
            message = f"the page for the child reads at grade {grade}"
            yield rule.at(topic.title.place, message, f"Use shorter words and sentences (grade {MAX_CHILD_GRADE:g} at most).")


@check("long-list", ERROR, "A list of more than seven is skimmed, and what is in its middle is lost.", "AHRQ PEMAT 9")
def find_long_lists(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """No list of a leaflet has more than seven items, unless it is grouped; the words to know are looked up, not read."""
    for topic in subject.topics():
        for block in topic.blocks:
            longest = max((len(group.items) for group in block.groups), default=len(block.bullets))
            if block.kind != "terms" and longest > MAX_ITEMS:
                message = f"{longest} items one after the other for {subject.leaflet.name}"
                yield rule.at(block.place, message, f"Make `groups:` of it ({MAX_ITEMS} items each at most), or two lists.")


@check("wrong-reader", ERROR, "A patient who reads of a child skips the sentence; a `for:` was lost, and it is printed for all.")
def find_wrong_readers(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """Only a leaflet for a parent says "your child"; any may say "you or your child"."""
    said = {unit: found[0] for unit, text in subject.project.units.items() if (found := find_parental(text.words))}
    topics = {unit.partition(".")[0] for unit in said} if subject.leaflet.reader == "patient" else ()
    for unit, text in (each for topic in subject.topics() if topic.name in topics for each in list_units(topic)):
        if unit in said:
            message = f'"{unit}" says "{said[unit]}" in {subject.leaflet.name}, which a patient reads'
            remedy = "Write `for:` with the leaflets that it is meant for, or `reader: parent` in the leaflet's file."
            yield rule.at(text.place, message, remedy)


def find_parental(english: str) -> list[str]:
    """Find words that are said to parents alone.

    >>> find_parental("Let your child play."), find_parental("If you or your child hurts, call.")
    (['your child'], [])
    """
    return [each for each in find_words(english, (*TO_PARENTS, *TO_BOTH), SOURCE_LOCALE) if each in TO_PARENTS]


@check(
    "twice-said",
    ERROR,
    "Where a `for:` is lost, two variants of one sentence stand one after the other, and one is wrong.",
)
def find_twice_said(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """No two sentences of a topic have most of their words in common in one leaflet, for every clinic."""
    for topic in subject.topics():
        certain = pick_topic(topic, lambda each: each.when is None)
        items = [(f"{block.name}.{item.name}", item.text) for block in certain.blocks for item in block.items]
        words = [frozenset(fold_words(text.words).split()) for _, text in items]
        for (one, first), (two, second) in combinations(zip(items, words, strict=True), 2):
            if len(first & second) >= SAME * len(first | second) and min(len(first), len(second)) >= LEAST_PROSE:
                said = f'"{one[0]}" ("{one[1]}") and "{two[0]}" ("{two[1]}") say nearly the same in {subject.leaflet.name}'
                yield rule.at(two[1].place, said, "Write `for:` with the leaflets that each is meant for, or take one out.")


@check("long-section", ERROR, "A wall of text is not read to its end.", "AHRQ PEMAT 8; CDC Clear Communication Index 7")
def find_long_sections(rule: Rule, subject: LeafletContent) -> Iterator[Problem]:
    """No more than 120 words stand under one heading; words to know and tables aside, which are looked up."""
    for topic in subject.topics():
        for heading, words in list_sections(topic):
            if words > MAX_SECTION:
                message = f'{words} words under "{heading}" for {subject.leaflet.name}'
                yield rule.at(heading.place, message, f"Give a part of it a heading ({MAX_SECTION} words at most).")


def list_sections(topic: Topic) -> Iterator[tuple[Text, int]]:
    """List the headings of a topic, its groups' too, each with the number of words until the next."""
    heading, words = topic.title, 0
    for block in topic.blocks:
        if block.heading:
            yield heading, words
            heading, words = block.heading, 0
        by_name = {item.name: item for item in block.items}
        if block.groups:
            words += sum(count_words(item.text.words) for item in block.items if item.lead)
        for group in block.groups:
            yield heading, words
            heading, words = group.heading, sum(count_words(by_name[name].text.words) for name in group.items)
        if not block.groups and block.kind != "terms":
            words += sum(count_words(item.text.words) for item in block.items)
    yield heading, words


@check("hard-translation", WARNING, "A translation can be correct and yet above its readers.", PLAIN_LANGUAGE)
def find_hard_translations(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """A translated leaflet keeps to the plain side of the formula that was published for its language; a sheet has no prose."""
    for leaflet, reading in measure_language(subject):
        begun = has_begun(subject.project, subject.language.tag, leaflet, Print.LEAFLET)
        for formula, score in reading.scores if begun else ():
            if not formula.plain(score):
                place = Place(f"content/topics/{subject.language.tag}")
                message = f"{leaflet} in {subject.language.tag} has {score} by {formula.name}; plain is {formula.limit:g}"
                yield rule.at(place, message, "Use shorter words and sentences.")


@check("long-translation", WARNING, "Long sentences are read half.", PLAIN_LANGUAGE)
def find_long_translations(rule: Rule, subject: LanguageContent) -> Iterator[Problem]:
    """No translated sentence is longer than 40 words (or characters, where words are not parted)."""
    for text in subject.language.words.values():
        for sentence in split_any_sentences(text.words):
            if (length := measure_length(sentence)) > MAX_TRANSLATED:
                yield rule.at(text.place, f'{length} in one sentence: "{sentence}"', "Make two of it.")


def list_prose(topics: Iterable[Topic], split: Callable[[str], list[str]]) -> tuple[str, ...]:
    """List the sentences of topics. Titles, headings, table cells and short labels are left out."""
    return tuple(
        sentence.replace("*", "")
        for topic in topics
        for block in topic.blocks
        for item in block.items
        if count_words(item.text.words) >= LEAST_PROSE
        for sentence in split(item.text.words)
    )


def list_terms(project: Project, tag: str) -> tuple[str, ...]:
    """List the fixed words of a language, without what stands in brackets, and the abbreviations that stand there."""
    return tuple(name_terms(project.languages[tag].terms)) if tag in project.languages else ()


def measure_english(topics: Iterable[Topic], project: Project) -> Readability:
    """Measure the English prose of topics."""
    return measure_reading(list_prose(topics, split_sentences), list_terms(project, SOURCE_LOCALE), SOURCE_LOCALE)


def list_sheet_topics(subject: LeafletContent) -> list[Topic]:
    """List what stands on the sheet of a leaflet, if it has one."""
    return [topic for side in select_sheet(subject.leaflet, subject.project.topics) for topic in side]


def count_leaflet_words(subject: LeafletContent) -> int:
    """Count the words that a leaflet prints, without its inserts and what its drawings show."""
    printed = {subject.leaflet.cover, *subject.leaflet.topics}
    units = (each for topic in subject.topics() if topic.name in printed for each in list_units(topic))
    return sum(count_words(text.words) for unit, text in units if not unit.endswith(".alt"))


def describe_sheet(subject: LeafletContent) -> Iterator[str]:
    """Say how many words the sheet of a leaflet has, and how they read."""
    leaflet, source = subject.leaflet, list_words(subject.project, SOURCE_LOCALE)
    if leaflet.sheet:
        units = list_printed_units(leaflet, subject.project.topics)
        words = sum(count_words(source[unit].words) for unit in units if unit in source)
        grades = describe_grades(measure_english(list_sheet_topics(subject), subject.project))
        yield f"{leaflet.name}: the sheet has {words} words ({leaflet.sheet.words} fit), at US grade {grades}"


def describe_grades(reading: Readability) -> str:
    return ", ".join(f"{score} by {formula.name}" for formula, score in reading.scores)


def measure_child_pages(subject: LeafletContent) -> Iterator[tuple[Topic, Readability]]:
    """Measure each page that a leaflet has for the child."""
    for topic in subject.topics():
        if topic.insert is Insert.CHILD:
            yield topic, measure_english([topic], subject.project)


def measure_language(subject: LanguageContent) -> Iterator[tuple[str, Readability]]:
    """Measure each leaflet in a language that has a formula; units that are missing are left out."""
    tag, project, words = subject.language.tag, subject.project, subject.language.words
    language = split_tag(tag)[0]
    if language not in FORMULAS or tag == SOURCE_LOCALE:
        return
    for name, leaflet in project.leaflets.items():
        topics = [
            visit_texts(topic, lambda unit, english: words.get(unit, Text("", english.place)))
            for topic in LeafletContent(leaflet, project).topics()
        ]
        yield name, measure_reading(list_prose(topics, split_any_sentences), list_terms(project, tag), language)


def describe_reading(project: Project, locales: Collection[str] = ()) -> Iterator[str]:
    """Say in a line each how the leaflets read: by formula where there is one, and by the length of sentences."""
    wanted = locales or project.languages
    for name, leaflet in project.leaflets.items() if SOURCE_LOCALE in wanted else ():
        subject = LeafletContent(leaflet, project)
        reading = measure_english(subject.topics(), project)
        left_out = f"(left out: {', '.join(reading.excepted)})"
        yield f"{name}: English at US grade {describe_grades(reading)}, {count_leaflet_words(subject):,} words {left_out}"
        yield from describe_sheet(subject)
        for topic, child in measure_child_pages(subject):
            grade = dict(child.scores).get(FLESCH_KINCAID)
            said = "unknown (no sentences)" if grade is None else f"{grade} by {FLESCH_KINCAID.name}"
            yield f'{name}: "{topic.title}", for the child, at US grade {said}'
    for tag, language in project.languages.items():
        if tag == SOURCE_LOCALE or tag not in wanted:
            continue
        for name, reading in measure_language(LanguageContent(language, project)):
            said = ", ".join(f"{score} by {formula.name} (plain: {formula.limit:g})" for formula, score in reading.scores)
            yield f"{name} in {tag}: {said}"
        sentences = [each for text in language.words.values() for each in split_any_sentences(text.words)]
        lengths = [measure_length(each) for each in sentences]
        if any(lengths):
            counted = "characters" if sum(bool(HAN.search(each)) for each in sentences) > len(sentences) / 2 else "words"
            yield f"{tag}: sentences of {sum(lengths) / len(lengths):.1f} {counted} on average, {max(lengths)} at most"


PROJECT_READING_CHECKS = (find_long_sentences,)
LEAFLET_READING_CHECKS = (
    find_hard_reading,
    find_hard_child_pages,
    find_long_lists,
    find_long_sections,
    find_wrong_readers,
    find_twice_said,
)
LANGUAGE_READING_CHECKS = (find_hard_translations, find_long_translations)
