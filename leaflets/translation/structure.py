"""What is on record of everything that stands around words: whom each is for, and the lists that checks look into.

Takes a `Project`; gives by name the entries that stand now, and the record anew (translations/<locale>/structure.yaml). A `for:`
that gets lost prints a sign of an emergency for others, and a lost line of `avoid:` lets a word pass, where no word changes.
"""

from collections.abc import Iterator, Mapping

import yaml

from leaflets.content.project import Project
from leaflets.model import SOURCE_LOCALE, Block, Item

Structure = Mapping[str, tuple[str, ...]]
LISTS = ("content/markers", "content/terms")
"""How the names of lists begin; they may grow, all else stays as it was."""


def list_structure(project: Project, tag: str) -> dict[str, tuple[str, ...]]:
    """List what stands around the words of a language; whom they are for belongs to the source."""
    language = project.languages[tag]
    found = dict(list_readers(project)) if tag == SOURCE_LOCALE else {}
    markers = language.markers
    for kind in ("negation", "obligation", "uncertainty", "doses", "exceptions", "questions") if markers else ():
        found[f"content/markers {kind}"] = getattr(markers, kind)
    for name, words in markers.phrases.items() if markers else ():
        found[f"content/markers phrases {name}"] = words
    for name, sides in markers.opposites.items() if markers else ():
        found |= {f"content/markers opposites {name}, {side}": words for side, words in sides.items()}
    for name, term in language.terms.items():
        found |= {f"content/terms {name} avoid": term.avoid, f"content/terms {name} forms": term.forms}
    return {name: entries for name, entries in found.items() if entries}


def list_readers(project: Project) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List for every block and item of the source which leaflets and clinics print it, and how urgent it is."""
    for topic in project.topics.values():
        for block in topic.blocks:
            level = (f"level {block.level}",) if block.level else ()
            yield f"{topic.name}.{block.name}", (*name_readers(block), *level)
            yield from ((f"{topic.name}.{block.name}.{item.name}", name_readers(item)) for item in block.items if item.name)


def name_readers(each: Block | Item) -> tuple[str, ...]:
    return (*(f"for {name}" for name in each.audiences or ("all",)), *((f"when {each.when}",) if each.when else ()))


def compare_structure(was: Structure, now: Structure) -> Iterator[tuple[str, str]]:
    """Say by name what changed since the record, but for what is new, and for what is gone with its words.

    >>> list(compare_structure({"a.b": ("for adult",), "content/markers negation": ("no", "ni")}, {"a.b": ("for all",)}))
    [('a.b', 'for all, and on record for adult'), ('content/markers negation', 'lacks no, ni, which are on record')]
    """
    for name, entries in was.items():
        here = now.get(name, ())
        lost = [each for each in entries if each not in here]
        if name.startswith(LISTS):
            if lost:
                yield name, f"lacks {', '.join(lost)}, which {'are' if len(lost) > 1 else 'is'} on record"
        elif here and here != entries:
            yield name, f"{', '.join(here)}, and on record {', '.join(entries)}"


def format_structure(structure: Structure) -> str:
    """Write the record as YAML, one line a name."""
    tree = {name: list(entries) for name, entries in structure.items()}
    head = "# Kept by the tool: whom each text is for, and the lists of words, as they stood. Do not edit.\n"
    return head + yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100_000)
