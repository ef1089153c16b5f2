"""What is signed, or what refuses it.

Takes a `Project`, what was `Asked` of it when it was read, the digest of that, and who signs; writes the sign-off of exactly
those units, or the withdrawal of an earlier one, into the record of the language.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from leaflets.checks.letters import looks_mixed
from leaflets.checks.run import find_problems
from leaflets.content.project import Loader, Project, read_signoffs
from leaflets.content.provenance import CHANGED_SINCE_READ, hold_record
from leaflets.content.seals import END, RECORD, Changes, Files, add_signoff, add_withdrawal
from leaflets.content.signoffs import SAME_PERSON, Role, SignOff, fold_name
from leaflets.files import write_files
from leaflets.languages.fonts import read_fonts
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity, count_names, has_errors
from leaflets.review.proofs import Asked, Proof, digest_proofs, list_proofs

UNSIGNABLE = Rule(
    "unsignable",
    Severity.ERROR,
    "Only words that are there, current and free of errors are signed, by a named person in a role that the language has.",
    "A signature under something that cannot be printed, or by nobody, is worth nothing.",
    "https://www.iso.org/standard/59149.html",
)
SHORTEST = 8
"""How many digits of its number name a sign-off that is withdrawn."""
JOINERS = re.compile("[\u200c\u200d]")


def sign_proofs(project: Project, asked: Asked, read: str, signature: SignOff) -> SignOff:
    """Sign exactly the units that were read, and put it on record. Raises LeafletsError where that is refused.

    `signature` says who signs, and has no units yet. `read` is their digest; a review with `--role` and one without can both be
    signed.
    """
    fonts = read_fonts(project.root / "templates")
    problems, characters = find_problems(project, fonts, (asked.tag,)), fonts.characters(asked.tag)
    place = Place(f"translations/{asked.tag}/{RECORD}")
    for role in (signature.role, None):
        proofs = list_proofs(project, replace(asked, role=role), problems)
        if proofs and digest_proofs(proofs) == read.strip().lower():
            break
    else:
        message = f'what stands now is not what was read under the digest "{read}", or --leaflet, --print or --topic were others'
        raise LeafletsError([CHANGED_SINCE_READ.at(place, message, f"Read it anew: leaflets review {asked.tag}")])
    refusals = (*refuse_signature(asked.tag, signature, characters, place), *refuse_units(asked.tag, proofs, signature, place))
    if refusals:
        raise LeafletsError(refusals)
    signoff = replace(signature, units={proof.unit.id: proof.unit.reading for proof in proofs})
    change_record(project, asked.tag, lambda files: add_signoff(files, signoff, asked.tag))
    return signoff


def change_record(project: Project, tag: str, change: Callable[[Files], Changes]) -> None:
    """Write what changes in the record of a language. Raises LeafletsError where somebody else wrote its end meanwhile."""
    with hold_record(project.root, project.hashes, f"translations/{tag}/{END}"):
        write_files(project.root, change(read_signoffs(Loader(project.root), tag)))


def refuse_signature(tag: str, signature: SignOff, characters: Collection[int], place: Place) -> Iterator[Problem]:
    """Say why somebody cannot sign, whatever it is."""
    if not fold_name(signature.name):
        yield UNSIGNABLE.at(place, "whoever signs has a name", 'Write it: --name "…".')
    for char in dict.fromkeys(JOINERS.sub("", signature.name + signature.qualification)):
        if not char.isprintable() or (char != " " and ord(char) not in characters):
            message = f'no pinned font of "{tag}" has "{char}" (U+{ord(char):04X}), and the name is printed on the leaflet'
            yield UNSIGNABLE.at(place, message, "Write the name in letters that the leaflet can print.")
            return
    if signature.role is Role.TRANSLATOR and tag == SOURCE_LOCALE:
        yield UNSIGNABLE.at(place, "nobody translated English, which is the source", "Sign it as reviser or clinician.")
    if re.search(r"\d", signature.name) or any(map(looks_mixed, signature.name.split())):
        message = f'"{signature.name}" has a digit, or letters of two scripts in one word, which look like another name'
        yield UNSIGNABLE.at(place, message, "Type the name anew.")
    if signature.role is Role.CLINICIAN and not any(map(str.isalpha, signature.qualification)):
        message = "the leaflet says as what a clinician checked it, and nothing says so"
        yield UNSIGNABLE.at(place, message, 'Write it, such as: --qualification "rheumatologist".')


def refuse_units(tag: str, proofs: Sequence[Proof], signature: SignOff, place: Place) -> Iterator[Problem]:
    """Say why units cannot be signed, or not by this person."""
    undone = [proof.unit.id for proof in proofs if not proof.unit.done]
    wrong = [proof.unit.id for proof in proofs if proof.unit.done and has_errors(proof.problems)]
    for said, ids in (("there are no words, or words made from another English", undone), ("the checks find errors", wrong)):
        if ids:
            remedy = f"Mend them first; to see what is wrong: leaflets check --locale {tag}"
            yield UNSIGNABLE.at(place, f"{said}: {count_names(ids)}", remedy)
    person = fold_name(signature.name)
    mine = (any(each.role is signature.role and each.person == person for each in proof.readers) for proof in proofs)
    if not undone and all(mine):
        message = f'"{signature.name}" signed all of it as {signature.role} already, just as it stands'
        yield UNSIGNABLE.at(place, message, "Nothing is left to do; a sign-off holds until the words or their English change.")
    for other in set(Role) - {signature.role}:
        same = [
            proof.unit.id
            for proof in proofs
            if any(each.role is other and each.person == person for each in proof.readers)
            or (other is Role.TRANSLATOR and person in proof.translators)
        ]
        if same:
            message = f'"{signature.name}" signed the same words as {other}: {count_names(same)}'
            withdraw = "" if other is Role.TRANSLATOR else ", or withdraw that sign-off with --revoke"
            remedy = f"Let somebody else sign them as {signature.role}{withdraw}."
            yield SAME_PERSON.at(place, message, remedy)


def withdraw_signoff(project: Project, tag: str, number: str, name: str, reason: str, today: date) -> str:
    """Withdraw the sign-off whose seal begins with a number; gives the seal. Raises LeafletsError where there is not one."""
    signoffs = project.languages[tag].signoffs if len(number) >= SHORTEST else ()
    found = [each.seal for each in signoffs if each.seal.startswith(number.lower())]
    if len(found) != 1 or not name or not reason:
        place = Place(f"translations/{tag}/{RECORD}")
        missing = f'"{number}" names no sign-off that counts' if len(found) != 1 else "a withdrawal has a name and a reason"
        remedy = f'Take the number from `leaflets review {tag}`, and write --name "…" --reason "…".'
        raise LeafletsError([UNSIGNABLE.at(place, missing, remedy)])
    change_record(project, tag, lambda files: add_withdrawal(files, found[0], name, reason, today, tag))
    return found[0]
