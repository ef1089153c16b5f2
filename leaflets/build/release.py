"""What keeps a leaflet from being handed out.

Takes a checked `Project`, its units and the day; gives the problems that stop a release: words that nobody signed, and a day of
review that is past. Without a release such a leaflet is made all the same: as a draft, or with a warning. A sign-off of a day
that is still to come stops it always.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from leaflets.build.jobs import Job
from leaflets.content.project import Project
from leaflets.content.seals import RECORD
from leaflets.content.signoffs import Role, list_counted, list_readers
from leaflets.edition import Print
from leaflets.model import SOURCE_LOCALE, Leaflet
from leaflets.problems import Place, Problem, Rule, Severity, count_names
from leaflets.translation.units import State, Unit, pick_printed, survey_language

NOT_SIGNED = Rule(
    "not-signed",
    Severity.ERROR,
    "In a release a reviser and a clinician, two people, have signed every unit of a leaflet, and of its English.",
    "What is handed out was read by somebody who answers for it; a translation is no better than the English it says again.",
    "https://www.iso.org/standard/59149.html",
)
PAST_REVIEW = Rule(
    "past-review",
    Severity.ERROR,
    "In a release no leaflet is past the day by which it is to be checked again.",
    "Medical advice ages while the paper looks as new as ever.",
    "PIF TICK, criterion on review dates; EMA readability guideline (2009)",
)
REVIEW_DUE = Rule(
    "review-due",
    Severity.WARNING,
    "The day by which a leaflet is to be checked again is not past.",
    "It is still made, since an old leaflet may be better than none, but never without saying so.",
)
FUTURE_SIGNOFF = Rule(
    "future-signoff",
    Severity.ERROR,
    "No sign-off is of a day that has not come.",
    "A day that nobody has lived yet is none on which somebody read.",
)


def refuse_unreleased(project: Project, today: date) -> Callable[[Job], tuple[Problem, ...]]:
    """Give what refuses the jobs of leaflets that may not be handed out on a day."""

    @cache
    def find(leaflet: str, locale: str, what: Print) -> tuple[Problem, ...]:
        return tuple(find_hindrances(project, leaflet, locale, today, what))

    return lambda job: find(job.leaflet, job.locale, job.rests)


def find_hindrances(project: Project, name: str, tag: str, today: date, what: Print = Print.LEAFLET) -> Iterator[Problem]:
    """Say what keeps a leaflet in one language, or its sheet, from being released: a problem a language it rests on, and its day.

    All files of a leaflet stand or fall together, so the questions of the clinician's sheet count too; so do those of its sheet.
    """
    leaflet = project.leaflets[name]
    if tag not in project.languages:
        message = f'"{tag}" is English in disguise, to try a layout with'
        yield NOT_SIGNED.at(Place(tag), message, "Name a language that people read.")
        return
    yield from find_future_signoffs(project, dict.fromkeys((SOURCE_LOCALE, tag)), today)
    for locale in dict.fromkeys((SOURCE_LOCALE, tag)):
        yield from find_unsigned(project, name, locale, what)
    yield from find_overdue([leaflet], today, PAST_REVIEW)


def find_unsigned(project: Project, name: str, tag: str, what: Print) -> Iterator[Problem]:
    """Say which units of a leaflet, or of its sheet, are not signed off in one language, and who is missing."""
    units = pick_printed(project, name, what, survey_language(project, tag))
    lacking: dict[str, list[str]] = {}
    unsigned = [unit for unit in units if unit.state is not State.CHECKED]
    for unit in unsigned:
        for who in list_lacking(project, tag, unit):
            lacking.setdefault(who, []).append(unit.id)
    if unsigned:
        said = "; ".join(f"{who} for {count_names(ids)}" for who, ids in lacking.items())
        message = f'"{name}", {what}: {len(unsigned)} of {len(units)} texts in {tag} are not signed off. Missing: {said}'
        remedy = f"Run: leaflets review {tag} --leaflet {name}{' --print sheet' if what is Print.SHEET else ''}"
        yield NOT_SIGNED.at(Place(f"translations/{tag}/{RECORD}"), message, remedy)


def list_lacking(project: Project, tag: str, unit: Unit) -> list[str]:
    """Name who is missing before a unit that is not signed off is."""
    if not unit.done:
        return ["words made from this English"]
    signoffs = project.languages[tag].signoffs
    signed, counted = (find(signoffs, unit.id, unit.reading) for find in (list_readers, list_counted))
    roles = [role for role in (Role.REVISER, Role.CLINICIAN) if not counted[role]]
    return [f"{'another' if signed[role] else 'a'} {role}" for role in roles]  # one person does not count twice


def find_overdue(leaflets: Iterable[Leaflet], today: date, rule: Rule = REVIEW_DUE) -> Iterator[Problem]:
    """Name the leaflets whose day of review is past."""
    for leaflet in leaflets:
        if leaflet.review_by < today:
            message = f'"{leaflet.name}" was to be checked again by {leaflet.review_by}, and today is {today}'
            remedy = "Have its content checked, then raise `version:`, `issued:` and `review_by:`."
            yield rule.at(leaflet.place, message, remedy)


def refuse_future(project: Project, today: date) -> Callable[[Job], tuple[Problem, ...]]:
    """Give what refuses the jobs of languages that somebody signed on a day to come: no draft mark goes for that."""
    found = {tag: tuple(find_future_signoffs(project, dict.fromkeys((SOURCE_LOCALE, tag)), today)) for tag in project.languages}
    return lambda job: found.get(job.locale, ())


def find_future_signoffs(project: Project, locales: Iterable[str], today: date) -> Iterator[Problem]:
    """Find records whose last sign-off is of a day to come; tomorrow is today already in another part of the world."""
    for tag in locales:
        if later := [each for each in project.languages[tag].signoffs if each.day > today + timedelta(days=1)]:
            message = f'"{later[-1].name}" signed on {later[-1].day}, and today is {today}'
            yield FUTURE_SIGNOFF.at(Place(f"translations/{tag}/{RECORD}"), message, "Set the clock right, or restore the files.")
