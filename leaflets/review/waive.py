"""A problem of a translation that somebody looked at and found right.

Takes a `Project`, a unit and a check; writes the waivers of its language.
"""

from leaflets.checks.run import check_pair, list_pairs
from leaflets.content.project import Language, Project
from leaflets.content.provenance import hold_record
from leaflets.content.strict_yaml import read_yaml
from leaflets.content.waivers import UNWAIVABLE, Waived, Waiver, find_held, format_waivers, hash_pair, parse_waivers
from leaflets.files import write_files
from leaflets.problems import LeafletsError, Place


def list_waived(project: Project, language: Language) -> dict[str, tuple[Waived, ...]]:
    """List the problems that are not said, since somebody waived them, by unit."""
    found = {}
    waived = {unit for unit, _ in language.waivers}
    for pair in list_pairs(project, language.tag) if waived else ():
        problems = check_pair(pair) if pair.unit in waived else ()
        held = find_held(language.waivers, pair.unit, pair.english, pair.translated, problems)
        if held:
            found[pair.unit] = tuple(Waived(problem, held[problem.id].reason) for problem in problems if problem.id in held)
    return found


def waive_problem(project: Project, tag: str, unit: str, id: str, reason: str | None) -> str:
    """Waive a problem of a unit as it stands, for a reason, or (None) take its waiver back; gives the path of the waivers.

    Raises LeafletsError where there is no such problem or waiver, or where somebody else wrote the waivers meanwhile.
    """
    name = f"translations/{tag}/waivers.yaml"
    if project.broken(name):
        raise LeafletsError(problem for problem in project.problems if problem.place.path == name)
    if reason is not None:
        waivers = add_waiver(project, tag, unit, id, reason)
    elif (unit, id) in project.languages[tag].waivers:
        waivers = {key: each for key, each in project.languages[tag].waivers.items() if key != (unit, id)}
    else:
        raise LeafletsError([UNWAIVABLE.at(Place(name), f'"{unit}" has no waiver of {id}', "Compare the names with the file.")])
    data = format_waivers(waivers).encode() if waivers else None
    if data:
        parse_waivers(read_yaml(data, name))  # what could not be read back is not written
    with hold_record(project.root, project.hashes, name):
        write_files(project.root, {name: data})
    return name


def add_waiver(project: Project, tag: str, unit: str, id: str, reason: str) -> dict[tuple[str, str], Waiver]:
    """Waive a problem of a unit as it stands; gives all waivers of the language. Raises LeafletsError where there is none."""
    place = Place(f"translations/{tag}/waivers.yaml")
    if not reason.strip():
        raise LeafletsError([UNWAIVABLE.at(place, "a waiver says why", 'Write --reason "…".')])
    pair = next((pair for pair in list_pairs(project, tag) if pair.unit == unit), None)
    messages = [problem.message for problem in check_pair(pair) if problem.id == id] if pair else []
    if pair is None or not messages:
        message = f'"{unit}" has no problem {id} that comes of comparing it with its English'
        raise LeafletsError([UNWAIVABLE.at(place, message, f"See what there is: leaflets check --locale {tag}")])
    waiver = Waiver(" ".join(reason.split()), hash_pair(pair.english.words, pair.translated.words, messages))
    return {**project.languages[tag].waivers, (unit, id): waiver}
