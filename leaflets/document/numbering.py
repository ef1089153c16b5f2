"""A leaflet as numbered paragraphs: the same number on the same words in every language.

Takes a `Document`; gives its `Passage`s in reading order, and pairs those of two languages. Numbers count the paragraphs of the
whole leaflet from 1, so that a clinician and a patient can point at the same words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from leaflets.document.compose import Document
from leaflets.document.parts import Part, Runs
from leaflets.languages.runs import Run, join_runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading with its level from 2 to 4, or a text with its number.

    `label` is the column head of a table's cell, `icon` the drawing beside a label of a figure.
    """

    words: Runs
    number: int = 0
    heading: int = 0
    label: Runs = ()
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The title of a section, or one of its parts. `name` is that of the topic, or of the block as topic.block.

    `insert` says that it begins what is printed apart.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    part: Part | None = None
    insert: bool = False


def list_passages(document: Document) -> tuple[Passage, ...]:
    """Cut a document into passages, in reading order."""
    numbers = count(1)
    found = [cut_part(part, document.cover.name, 2, numbers) for part in document.cover.parts]
    for section in (*document.sections, *document.inserts):
        title = Paragraph(section.title, heading=2)
        found.append(Passage(section.name, (title,), insert=section in document.inserts))
        found += (cut_part(part, section.name, 3, numbers) for part in section.parts)
    return tuple(found)


def cut_part(part: Part, section: str, level: int, numbers: Iterator[int]) -> Passage:
    """Number the paragraphs of one part."""
    paragraphs = [Paragraph(part.heading, heading=level)] if part.heading else []
    lower = level + 1 if part.heading else level
    labels = part.columns[1:]
    for head, *cells in part.rows:
        paragraphs.append(Paragraph(head, heading=lower))
        paragraphs += (Paragraph(cell, next(numbers), label=label) for label, cell in zip(labels, cells, strict=True))
    paragraphs += (Paragraph(lead.words, next(numbers)) for lead in part.leads)
    for group in part.groups:
        paragraphs.append(Paragraph(group.heading, heading=lower))
        paragraphs += (Paragraph(entry.words, next(numbers)) for entry in group.entries)
    for entry in part.entries if not part.groups else ():
        term = (*(replace(run, strong=True) for run in entry.term), Run(" ")) if entry.term else ()
        paragraphs.append(Paragraph((*term, *entry.words), next(numbers), icon=entry.icon))
    return Passage(f"{section}.{part.name}", tuple(paragraphs), part)


def pair_passages(own: Document, english: Document) -> tuple[tuple[Passage, Passage], ...]:
    """Set two languages of one leaflet beside each other. Raises ValueError if they are not built alike."""
    pairs = tuple(zip(list_passages(own), list_passages(english), strict=True))
    for one, other in pairs:
        if [each.number for each in one.paragraphs] != [each.number for each in other.paragraphs]:
            raise ValueError(f'"{one.name}" is not built alike in "{own.locale}" and "{english.locale}"')
    return pairs


def find_paragraph_numbers(passages: tuple[Passage, ...], name: str) -> tuple[int, int]:
    """The first and last number in a block, named as topic.block."""
    numbers = [each.number for passage in passages if passage.name == name for each in passage.paragraphs if each.number]
    return min(numbers), max(numbers)


def list_passage_words(passages: tuple[Passage, ...]) -> Iterator[str]:
    """Yield every text of passages, as the blocks of a page."""
    for passage in passages:
        for paragraph in passage.paragraphs:
            if paragraph.label:
                yield join_runs(paragraph.label)
            yield join_runs(paragraph.words)
        for column in passage.part.columns if passage.part and passage.part.lines else ():
            yield join_runs(column)
