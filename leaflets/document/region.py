"""A leaflet as one clinic prints it: what fits its profile, in the words and the order of its country.

Takes topics and terms in one language, and perhaps a `Clinic`; gives the same topics and terms as that clinic prints them. It
comes before all else that is made of them, so that page and proof rest on the same words.
"""

from collections.abc import Mapping
from dataclasses import replace

from leaflets.content.narrow import fit_conditions
from leaflets.languages.phrases import replace_words
from leaflets.languages.quantities import Names, put_fahrenheit_first
from leaflets.model import Term, Text, Topic, visit_texts
from leaflets.problems import Problem, Rule, Severity
from leaflets.profile import Clinic

FAHRENHEIT = "US"
"""The country of the readers to whom °F says more."""
HEAT_ORDER = Rule(
    "heat-order",
    Severity.ERROR,
    "Where a text has °C and °F, each stands in brackets behind the other, so that it can be turned for a clinic in the US.",
    "Who knows one of the two scales only takes the first number for it.",
)


def fit_topics(
    topics: Mapping[str, Topic], clinic: Clinic | None, tag: str, terms: Mapping[str, Term], measures: Names = ()
) -> tuple[dict[str, Topic], tuple[Problem, ...]]:
    """Give the topics as a clinic prints them, with the problems of texts that cannot be put right for its country.

    `tag` is the language of the topics, `measures` its further names of units.
    """
    fitting = fit_conditions(topics, clinic)
    if not clinic or not clinic.country:
        return fitting, ()
    words = {term.term.words: term.countries[clinic.country] for term in terms.values() if clinic.country in term.countries}
    problems = []

    def visit(unit: str, text: Text) -> Text:
        said = replace_words(text.words, words, tag) if words else text.words
        try:
            return replace(text, words=put_fahrenheit_first(said, tag, measures) if clinic.country == FAHRENHEIT else said)
        except ValueError as error:
            problems.append(HEAT_ORDER.at(text.place, f'"{unit}": {error}: "{text}"', "Write it as in: 38 °C (100.4 °F)."))
            return text

    return {name: visit_texts(topic, visit) for name, topic in fitting.items()}, tuple(problems)


def fit_terms(terms: Mapping[str, Term], clinic: Clinic | None) -> dict[str, Term]:
    """Give the terms in the words of a clinic's country."""
    country = clinic.country if clinic else ""
    return {
        name: replace(term, term=replace(term.term, words=term.countries.get(country, term.term.words)))
        for name, term in terms.items()
    }
