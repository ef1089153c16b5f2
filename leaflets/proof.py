"""What somebody reads before signing, and what is signed then.

Takes a `Project` and what was `Asked` of it; gives a `Proof` of each unit (its words, what was signed before, what is wrong), as
lines or as a page for paper, with the digest of exactly that; and the sign-off, or what refuses it. Words that changed between
reading and signing have another digest.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from leaflets.checks.run import list_waived
from leaflets.fonts import Fonts
from leaflets.locales import Run, direction, english_name, isolate_words, split_runs, text_direction
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity, has_errors
from leaflets.project import Project
from leaflets.release import count_names
from leaflets.render import open_templates
from leaflets.review import diff_words, list_changes
from leaflets.signoff import SAME_PERSON, Pair, Role, SignOff, Withdrawal, find_earlier, fold_name, list_readers, list_translators
from leaflets.units import Unit, list_leaflet, name_group, survey_language
from leaflets.waivers import Waived
from leaflets.web import embed_fonts
from leaflets.webfacts import read_web_facts

UNSIGNABLE = Rule(
    "unsignable",
    Severity.ERROR,
    "Only words that are there, current and free of errors are signed, by a named person in a role that the language has.",
    "A signature under something that cannot be printed, or by nobody, is worth nothing.",
    "https://www.iso.org/standard/59149.html",
)
CHANGED_SINCE_READ = Rule(
    "changed-since-read",
    Severity.ERROR,
    "What is signed is what was read.",
    "Between a review on paper and its signature somebody may have changed a word.",
)
TEMPLATE = "review.html"
SHORTEST = 8
"""How many digits of its number name a sign-off that is withdrawn."""
JOINERS = re.compile("[\u200c\u200d]")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Proof:
    """One unit as it is shown: what was signed of it before, if that was something else, its problems, and who signed it now.

    What somebody waived stands beside the problems: a reader has to agree that it is none.
    """

    unit: Unit
    earlier: Pair | None
    problems: tuple[Problem, ...]
    readers: tuple[SignOff, ...]
    translators: frozenset[str] = frozenset()
    waived: tuple[Waived, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Which units are meant: of some leaflets, of some topics, not yet signed in a role. Empty means all."""

    tag: str
    leaflets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    role: Role | None = None


def list_proofs(project: Project, asked: Asked, problems: Iterable[Problem]) -> tuple[Proof, ...]:
    """Show the units that are meant, in the order of a leaflet where one is named."""
    units = survey_language(project, asked.tag)
    if asked.leaflets:
        printed = {unit.id: unit for name in asked.leaflets for unit in list_leaflet(project, name, units)}
        meant = list(printed.values())
    else:
        meant = list(units.values())
    placed: dict[Place, list[Problem]] = {}
    for problem in problems:
        placed.setdefault(problem.place, []).append(problem)
    waived = list_waived(project, project.languages[asked.tag])
    proofs = (replace(prove_unit(project, asked.tag, unit, placed), waived=waived.get(unit.id, ())) for unit in meant)
    return tuple(
        proof
        for proof in proofs
        if not asked.topics or name_group(proof.unit.id) in asked.topics
        if asked.role not in {each.role for each in proof.readers}
    )


def prove_unit(project: Project, tag: str, unit: Unit, placed: dict[Place, list[Problem]]) -> Proof:
    language = project.languages[tag]
    place = unit.words.place if unit.words else language.gaps.get(unit.id, Place(""))
    readers = list_readers(language.signoffs, unit.id, unit.pair)
    return Proof(
        unit,
        find_earlier(language.signoffs, unit.id, unit.pair),
        tuple(placed.get(place, ())) if place.line else (),
        tuple(each for role in Role for each in readers[role]),
        list_translators(language.signoffs, unit.id, unit.pair),
    )


def digest_proofs(proofs: Iterable[Proof]) -> str:
    """Hash what was shown: 12 hexadecimal digits of the sha256 of canonical JSON (sorted keys, no spaces, UTF-8; as RFC 8785)."""
    shown = [
        {
            "id": proof.unit.id,
            "english": proof.unit.pair[0],
            "words": proof.unit.pair[1],
            "waived": [[each.problem.id, each.reason] for each in proof.waived],
        }
        for proof in proofs
    ]
    said = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def name_reader(signoff: SignOff) -> str:
    """Say who signed, as what, when, and by what the sign-off is withdrawn."""
    qualification = f" ({signoff.qualification})" if signoff.qualification else ""
    return f"{signoff.role} {signoff.name}{qualification}, {signoff.day} [{signoff.seal[:12]}]"


def write_command(asked: Asked, digest: str) -> str:
    """Write the command that signs what was shown."""
    roles = [role for role in Role if asked.tag != SOURCE_LOCALE or role is not Role.TRANSLATOR]
    selection = "".join([*(f" --leaflet {name}" for name in asked.leaflets), *(f" --topic {name}" for name in asked.topics)])
    return f'leaflets sign {asked.tag} --role {asked.role or "|".join(roles)} --name "…"{selection} --read {digest}'


def format_proofs(asked: Asked, proofs: Sequence[Proof]) -> Iterator[str]:
    """Write what is to be read as lines, and at the end how to sign it; no word can steer the terminal."""
    for proof in proofs:
        for line in format_proof(asked.tag, proof):
            yield CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
        yield ""
    yield f"{len(proofs)} units, digest {digest_proofs(proofs)}"
    if proofs:
        yield say_next(asked, proofs)


def say_next(asked: Asked, proofs: Sequence[Proof]) -> str:
    """Say how to sign what was read, or what stands in the way of it."""
    waiting = Counter(str(proof.unit.state) for proof in proofs if not proof.unit.done)
    if waiting:
        counted = " and ".join(f"{number} {state}" for state, number in sorted(waiting.items()))
        return f"They cannot be signed yet: {counted}. See: leaflets status {asked.tag}"
    return f"When every one of them is right: {write_command(asked, digest_proofs(proofs))}"


def format_proof(tag: str, proof: Proof) -> Iterator[str]:
    unit = proof.unit
    yield f"{unit.id} ({unit.state})"
    yield f"  en: {unit.english}"
    if tag != SOURCE_LOCALE:
        yield f"  {tag}: {unit.words or '(no words yet)'}"
    if unit.english.note:
        yield f"  note: {unit.english.note}"
    if unit.words and unit.made_from is not None and unit.made_from != unit.english.words:
        yield f"  English changed since: {diff_words(unit.made_from, unit.english.words)}"
    for name, old, new in list_earlier(tag, proof):
        yield f"  signed before, {name}: {diff_words(old, new)}"
    for problem in proof.problems:
        yield f"  {problem}"
    for waived in proof.waived:
        yield f"  waived ({waived.reason}): {waived.problem}"
    for reader in proof.readers:
        yield f"  signed: {name_reader(reader)}"


def list_earlier(tag: str, proof: Proof) -> list[tuple[str, str, str]]:
    """Name the language of what was signed before, with the words then and now, where they differ."""
    sides = zip(dict.fromkeys((SOURCE_LOCALE, tag)), proof.earlier or (), proof.unit.pair, strict=False)
    return [(name, old, new) for name, old, new in sides if old != new]


def render_proofs(asked: Asked, proofs: Sequence[Proof], templates: Path, fonts: Fonts) -> str:
    """Write what is to be read as one page, for paper or a screen, that needs nothing else."""

    def keep(name: str) -> tuple[Run, ...]:
        return isolate_words(f"{{{name}}}")

    digest = digest_proofs(proofs)
    names = {
        "asked": asked,
        "groups": [(topic, tuple(found)) for topic, found in groupby(proofs, lambda proof: name_group(proof.unit.id))],
        "number": len(proofs),
        "digest": digest,
        "next": say_next(asked, proofs) if proofs else "",
        "source": SOURCE_LOCALE,
        "language": english_name(asked.tag),
        "direction": direction(asked.tag),
        "runs": lambda words, tag: split_runs(words, tag, keep),
        "changes": list_changes,
        "earlier": list_earlier,
        "flow": text_direction,
    }
    template = open_templates(templates).get_template(TEMPLATE)

    def render(**more: object) -> str:
        return template.render(**names, **more)

    return embed_fonts(render, read_web_facts(render(faces=(), typesets=())), asked.tag, fonts)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, as what, and when."""

    role: Role
    name: str
    qualification: str
    day: date


def sign_proofs(
    project: Project, asked: Asked, problems: Iterable[Problem], read: str, signature: Signature, characters: Collection[int]
) -> SignOff:
    """Sign exactly the units that were read. Raises LeafletsError where that is refused.

    `read` is their digest; a review with `--role` and one without can both be signed. `characters` are the code points that the
    language can print.
    """
    problems = tuple(problems)
    place = Place(f"translations/{asked.tag}/signoffs.jsonl")
    for role in (signature.role, None):
        proofs = list_proofs(project, replace(asked, role=role), problems)
        if proofs and digest_proofs(proofs) == read.strip().lower():
            break
    else:
        message = f'what stands now is not what was read under the digest "{read}", or --leaflet and --topic were others'
        raise LeafletsError([CHANGED_SINCE_READ.at(place, message, f"Read it anew: leaflets review {asked.tag}")])
    refusals = (*refuse_signature(asked.tag, signature, characters, place), *refuse_units(asked.tag, proofs, signature, place))
    if refusals:
        raise LeafletsError(refusals)
    units = {proof.unit.id: proof.unit.pair for proof in proofs}
    return SignOff(signature.role, signature.name, signature.day, units, signature.qualification)


def refuse_signature(tag: str, signature: Signature, characters: Collection[int], place: Place) -> Iterator[Problem]:
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
    if signature.role is Role.CLINICIAN and not signature.qualification:
        message = "the leaflet says as what a clinician checked it, and nothing says so"
        yield UNSIGNABLE.at(place, message, 'Write it, such as: --qualification "rheumatologist".')


def refuse_units(tag: str, proofs: Sequence[Proof], signature: Signature, place: Place) -> Iterator[Problem]:
    """Say why units cannot be signed, or not by this person."""
    undone = [proof.unit.id for proof in proofs if not proof.unit.done]
    if undone:
        message = f"there are no words, or words made from another English: {count_names(undone)}"
        yield UNSIGNABLE.at(place, message, f"Mend them first; to see what is wrong: leaflets check --locale {tag}")
    wrong = [proof.unit.id for proof in proofs if proof.unit.done and has_errors(proof.problems)]
    if wrong:
        message = f"the checks find errors: {count_names(wrong)}"
        yield UNSIGNABLE.at(place, message, f"Mend them first; to see what is wrong: leaflets check --locale {tag}")
    person = fold_name(signature.name)
    if not undone and all(person in list_people(proof, signature.role) for proof in proofs):
        message = f'"{signature.name}" signed all of it as {signature.role} already, just as it stands'
        yield UNSIGNABLE.at(place, message, "Nothing is left to do; a sign-off holds until the words or their English change.")
    for other in set(Role) - {signature.role}:
        same = [proof.unit.id for proof in proofs if person in list_people(proof, other)]
        if same:
            message = f'"{signature.name}" signed the same words as {other}: {count_names(same)}'
            remedy = f"Let somebody else sign them as {signature.role}, or withdraw that sign-off with --revoke."
            yield SAME_PERSON.at(place, message, remedy)


def list_people(proof: Proof, role: Role) -> frozenset[str]:
    """Name who has a role in a unit as it stands."""
    if role is Role.TRANSLATOR:
        return proof.translators
    return frozenset(each.person for each in proof.readers if each.role is role)


def withdraw_signoff(project: Project, tag: str, number: str, name: str, reason: str, today: date) -> Withdrawal:
    """Withdraw the sign-off whose seal begins with a number. Raises LeafletsError where there is not exactly one."""
    found = [each.seal for each in project.languages[tag].signoffs if len(number) >= SHORTEST and each.seal.startswith(number)]
    if len(found) != 1 or not name or not reason:
        place = Place(f"translations/{tag}/signoffs.jsonl")
        missing = f'"{number}" names no sign-off that counts' if len(found) != 1 else "a withdrawal has a name and a reason"
        remedy = f'Take the number from `leaflets review {tag}`, and write --name "…" --reason "…".'
        raise LeafletsError([UNSIGNABLE.at(place, missing, remedy)])
    return Withdrawal(found[0], name, reason, today)
