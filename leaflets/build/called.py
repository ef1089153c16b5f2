"""By what words people ask for a leaflet or an edition.

Takes a `Project` and what was typed; gives the names that were meant. The words are those of the front desk.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from leaflets.content.narrow import narrow_topic
from leaflets.content.project import Project
from leaflets.model import Leaflet


def find_called(project: Project, kind: str, typed: str) -> list[str]:
    """Name the one leaflet or edition that what was typed says in other words; [] for none or several, and of other kinds."""
    tables = {"leaflet": (list_titles, list_subjects), "edition": (list_editions,)}
    synonyms = read_synonyms(project.root / "templates") if kind in tables else {}
    tries = (match_words(typed, each(project), synonyms) for each in tables.get(kind, ()))
    found = next(filter(None, tries), [])
    return found if len(found) == 1 else []


def list_titles(project: Project) -> dict[str, str]:
    """Give the English title of each leaflet, and for whom it is."""
    there = [each for each in project.leaflets.values() if each.cover in project.topics]
    return {each.name: f"{project.title(each.name)} {find_audience(project, each)}" for each in there}


def list_subjects(project: Project) -> dict[str, str]:
    """Give the English titles of what each leaflet is about, but for topics that could not be read."""
    titles = {name: topic.title.words for name, topic in project.topics.items()}
    return {each.name: " ".join(titles.get(name, "") for name in each.printed) for each in project.leaflets.values()}


def list_editions(project: Project) -> dict[str, str]:
    """Give the title of each edition, and of one for a screen what it is for."""
    return {each.name: f"{each.title} {each.purpose if each.screen else ''}" for each in project.editions.values()}


def match_words(typed: str, said: Mapping[str, str], synonyms: Mapping[str, Iterable[str]]) -> list[str]:
    """Find the names whose words begin with each word that was typed, or with what it stands for.

    >>> said = {"adult": "Calcinosis in adults", "pediatric": "Calcinosis in children"}
    >>> match_words("grown-ups", said, {"adults": ["grownups"]}), match_words("calcinosis", said, {})
    (['adult'], ['adult', 'pediatric'])
    """
    words = {name: re.findall(r"\w+", text.casefold()) for name, text in said.items()}
    apart = re.findall(r"\w+", typed.casefold())
    for parts in (["".join(apart)], apart) if apart else ():
        meant = [(part, *(word for word, others in synonyms.items() if part in others)) for part in parts]
        found = [name for name, own in words.items() if all(any(word.startswith(each) for word in own) for each in meant)]
        if found:
            return found
    return []


def find_audience(project: Project, leaflet: Leaflet) -> str:
    """Say in English for whom a leaflet is, in the words of its cover."""
    cover = narrow_topic(project.topics[leaflet.cover], leaflet.name)
    return " ".join(block.items[0].text.words for block in cover.blocks if block.kind == "text")


def read_synonyms(templates: Path) -> dict[str, tuple[str, ...]]:
    """Read what people type, by the word that stands on the page for it."""
    found = tomllib.loads((templates / "site" / "words.toml").read_text(encoding="utf-8"))
    return {word: tuple(typed) for word, typed in found.items()}
