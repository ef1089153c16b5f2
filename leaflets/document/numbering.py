"""A sheet as numbered paragraphs: the same number on the same words in every language.

Takes a `Document`; gives the `Passage`s of its sheet in reading order. Numbers count the paragraphs of both sides from 1, so that
a clinician and a patient can point at the same words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from leaflets.document.compose import Document, Section
from leaflets.document.parts import Part, Runs
from leaflets.languages.runs import join_runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text with its number; 0 for the sentence before a list, which has none."""

    words: Runs
    number: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of a sheet, named as topic.block. `title` is its own heading, else that of its section if it begins that."""

    name: str
    title: Runs
    part: Part
    paragraphs: tuple[Paragraph, ...]


def list_passages(document: Document) -> tuple[Passage, ...]:
    """Number the paragraphs of a sheet, in reading order."""
    numbers = count(1)
    return tuple(
        Passage(f"{section.name}.{part.name}", part.heading or section.title, part, number_part(part, numbers))
        for section in (*document.front, *document.back)
        for part in section.parts
    )


def count_entries(sections: Iterable[Section]) -> int:
    """Count what has a number in the parts of a sheet: a lead stands right below its heading, and has none."""
    return sum(len(part.entries) for section in sections for part in section.parts)


def number_part(part: Part, numbers: Iterator[int]) -> tuple[Paragraph, ...]:
    leads = (Paragraph(lead.words, 0) for lead in part.leads)
    return (*leads, *(Paragraph(entry.words, next(numbers)) for entry in part.entries))


def find_paragraph_numbers(passages: Iterable[Passage], names: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """The first and last number in each block of some, named as topic.block; a block that is not on the sheet has none."""
    found = {passage.name: [each.number for each in passage.paragraphs if each.number] for passage in passages}
    return tuple((found[name][0], found[name][-1]) for name in names if found.get(name))


def write_passage(passage: Passage) -> str:
    """Write the paragraphs of a passage behind each other, each after its number."""
    return " ".join(f"{each.number or ''} {join_runs(each.words)}".strip() for each in passage.paragraphs)
