"""A topic in another language.

Takes a source `Topic`, a language's words and review records; gives the same topic in that language, or the problems that
keep it from being printed: missing, stale, orphan, unrecorded. There is no fallback to English.
"""

from collections.abc import Container, Iterable, Iterator, Mapping

from leaflets.content.provenance import Record, diff_words, hash_words
from leaflets.content.yaml_hints import explain_lost_name, shorten
from leaflets.model import Text, Topic, list_units, visit_texts
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity

MISSING_UNIT = Rule(
    "missing-unit",
    Severity.ERROR,
    "Every unit of the source is translated.",
    "Printing the English instead hands the patient two languages at once; leaving it out hides a warning.",
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC3118429",
)
ORPHAN_UNIT = Rule(
    "orphan-unit",
    Severity.ERROR,
    "A translation has no unit that the source does not have.",
    "Words without English have no meaning that anybody agreed on, or belong to a name that was mistyped.",
)
STALE_UNIT = Rule(
    "stale-unit",
    Severity.ERROR,
    "A translation was made from the English that stands now.",
    "Advice that was changed in English goes on being printed in the other languages.",
    "https://www.abc.net.au/news/2021-08-12/covid-19-information-weeks-out-of-date/100369794",
)
UNRECORDED_UNIT = Rule(
    "unrecorded-unit",
    Severity.ERROR,
    "It is on record which English a unit was made from.",
    "Without the record nobody can tell when the English has moved on.",
)


def find_translation_problems(
    topic: Topic,
    tag: str,
    words: Mapping[str, Text],
    records: Mapping[str, Record] | None,
    gaps: Mapping[str, Place] = {},
) -> Iterator[Problem]:
    """Compare one topic with its translation.

    No records means that they could not be read, which is said elsewhere; `gaps` has the places of units that wait for words.
    """
    file = f"content/topics/{tag}/{topic.name}.yaml"
    units = dict(list_units(topic))
    orphans = [unit for unit in words if unit.split(".")[0] == topic.name and unit not in units]
    hidden = {unit: lost for unit in orphans if (lost := explain_lost_name(words[unit].words)) and f"{unit}.{lost[0]}" in units}
    said = {f"{unit}.{name}" for unit, (name, _, _) in hidden.items()}
    for unit, english in units.items():
        if unit not in words and unit not in said:
            place = gaps.get(unit, Place(file))
            yield explain_missing(unit, english, place)
    if records is not None:
        yield from find_stale(units, tag, words, records)
    for unit in orphans:
        if unit in hidden:
            yield ORPHAN_UNIT.at(words[unit].place, *hidden[unit][1:])
        else:
            message = f'"{unit}" is not in the source (content/topics/en/{topic.name}.yaml)'
            yield ORPHAN_UNIT.at(words[unit].place, message, advise(unit, words[unit].words, units, words))


def explain_missing(unit: str, english: Text, place: Place) -> Problem:
    return MISSING_UNIT.at(place, f'"{unit}" is not translated (English: "{english}")', "Add it.", (unit,))


def advise(unit: str, said: str, units: Iterable[str], words: Container[str]) -> str:
    """Say what to do with words whose name the source does not have: the name may be right, and in the wrong place."""
    missing = [each for each in units if each not in words]
    below = [each for each in missing if each.startswith(f"{unit}.")]
    if below:
        names = ", ".join(each.removeprefix(f"{unit}.") for each in below)
        return f"Write a name, a colon and a space before {shorten(said)}. The names here are {names}."
    moved = [each for each in missing if each.rpartition(".")[2] == unit.rpartition(".")[2]]
    if len(moved) == 1:
        return f'If "{moved[0]}" is meant, put it into that block, with as many spaces as the names beside it.'
    return "Delete it, or correct its name."


def find_stale(
    units: Mapping[str, Text], tag: str, words: Mapping[str, Text], records: Mapping[str, Record]
) -> Iterator[Problem]:
    """Find words that were made from another English than that which stands now, or from nobody knows which."""
    unrecorded = []
    for unit, english in units.items():
        if unit not in words:
            continue
        record = records.get(unit)
        if record is None:
            unrecorded.append(unit)
        elif record.source != english.words:
            said = f"the English changed since this was translated: {diff_words(record.source, english.words)}"
            touched = record.sha256 != hash_words(words[unit].words)
            remedy = f"{'If it says so now' if touched else 'Change the translation, then'} run: leaflets record {tag}"
            yield STALE_UNIT.at(words[unit].place, said, remedy, (unit,))
    if unrecorded:
        others = f" and {len(unrecorded) - 1} more have" if len(unrecorded) > 1 else " has"
        remedy = f"If they say what the English says, run: leaflets record {tag}"
        said = f'"{unrecorded[0]}"{others} no record of the English'
        yield UNRECORDED_UNIT.at(words[unrecorded[0]].place, said, remedy, tuple(unrecorded))


def localize_topic(topic: Topic, words: Mapping[str, Text]) -> Topic:
    """Put a translation's words in the place of the English, but for a text that is not printed and empty.

    Raises LeafletsError for a missing unit: check first.
    """

    def visit(unit: str, english: Text) -> Text:
        if unit not in words and english.words:
            raise LeafletsError([explain_missing(unit, english, english.place)])
        return words[unit] if english.words else english

    return visit_texts(topic, visit)
