"""Who and what stands behind a document: those who signed it, and its sources.

Takes a `Document`; gives the lines that say so on a page, as runs.
"""

from leaflets.content.signoffs import Role
from leaflets.document.compose import Document, mark
from leaflets.document.parts import Runs
from leaflets.languages.locales import format_date
from leaflets.languages.runs import Run, isolate_words, split_runs
from leaflets.model import SOURCE_LOCALE

ROLE_MESSAGES = {
    # Translators: On a leaflet that was signed off: {name} is a person.
    Role.TRANSLATOR: mark("Translated by {name}"),
    # Translators: On a leaflet that was signed off: {name} is the second person, who compared the translation with the English.
    Role.REVISER: mark("Revised by {name}"),
    # Translators: On a leaflet that was signed off: {name} is a clinician (and a qualification), {date} a day.
    Role.CLINICIAN: mark("Checked by {name}, {date}"),
}
# Translators: On paper, behind the names of the main sources: {number} says how many others there are. It must suit any number.
MORE_MESSAGE = mark("and {number} more.")
# Translators: On paper, behind the names of the main sources; a web address may follow.
WHOLE_LIST_MESSAGE = mark("The whole list is on the web page of this leaflet.")


def list_credits(document: Document, page: Document) -> tuple[Runs, ...]:
    """Say who signed a document, in the language of a page; names stand as they were given."""
    found = []
    for signer in document.signers:
        foreign = document.locale if document.locale != page.locale else ""
        name = isolate_words(signer.name, foreign)
        if signer.qualification:
            name += (Run(" ("), *isolate_words(signer.qualification, foreign), Run(")"))
        values: dict[str, str | Runs] = {"name": name, "date": format_date(signer.day, page.locale)}
        found.append(split_runs(page.messages[ROLE_MESSAGES[signer.role]], page.locale, values))
    return tuple(found)


def tell_sources(document: Document) -> Runs:
    """Name the main sources of a document on paper; if there are others, say how many, and where all of them stand."""
    names, more = "; ".join(document.main_sources), document.more_sources
    language = SOURCE_LOCALE if document.locale != SOURCE_LOCALE else ""
    named = Run(names if more else f"{names}.", ltr=document.direction == "rtl", language=language)
    if not more:
        return (named,)
    count = split_runs(document.messages[MORE_MESSAGE], document.locale, {"number": str(more)})
    return named, Run(" "), *count, Run(" "), *split_runs(document.messages[WHOLE_LIST_MESSAGE], document.locale)
