"""What somebody reads before signing.

Takes a `Project` and what was `Asked` of it; gives a `Proof` of each unit (its words, what was signed before, what is wrong), as
lines or as a page for paper, with the digest of exactly that. Words that changed between reading and signing have another digest.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from leaflets.content.project import Language, Project
from leaflets.content.provenance import diff_words, list_changes
from leaflets.content.readings import Readings, Understood
from leaflets.content.signoffs import Reading, Role, SignOff, find_earlier, list_readers, list_translators
from leaflets.content.waivers import Waived
from leaflets.document.html import open_templates
from leaflets.languages.fonts import Fonts
from leaflets.languages.locales import direction, english_name
from leaflets.languages.runs import Run, isolate_words, split_runs, text_direction
from leaflets.model import SOURCE_LOCALE
from leaflets.problems import Place, Problem, has_errors
from leaflets.review.waive import list_waived
from leaflets.translation.units import Unit, list_selected, name_group, survey_language
from leaflets.web.page import embed_fonts
from leaflets.web.reader import read_web_facts

TEMPLATE = "review.html"
WAIVED = "waived"
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Proof:
    """One unit as it is shown: what was signed of it before, if that was something else, its problems, and who signed it now.

    What somebody waived stands beside the problems: a reader has to agree that it is none. `understood` is what somebody
    who had not seen the English understood of it.
    """

    unit: Unit
    earlier: Reading | None
    problems: tuple[Problem, ...]
    readers: tuple[SignOff, ...]
    translators: frozenset[str] = frozenset()
    waived: tuple[Waived, ...] = ()
    understood: Understood | None = None

    @property
    def read_back(self) -> bool:
        """Whether what a reader understood was read in the words that stand now."""
        return self.understood is not None and self.understood.is_of(self.unit.reading.words)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which units are meant: of some leaflets or their sheets, of some topics, not yet signed in a role. Empty means all."""

    tag: str
    leaflets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    role: Role | None = None
    prints: tuple[str, ...] = ()


def list_proofs(project: Project, asked: Asked, problems: Iterable[Problem]) -> tuple[Proof, ...]:
    """Show the units that are meant, in the order of a leaflet where one is named."""
    units = survey_language(project, asked.tag)
    if asked.leaflets or asked.prints:
        found = list_selected(project, asked.leaflets, asked.prints)
        units = {id: units[id] for id in found if id in units}
    placed: dict[Place, list[Problem]] = {}
    for problem in problems:
        placed.setdefault(problem.place, []).append(problem)
    language = project.languages[asked.tag]
    waived = list_waived(project, language)
    proofs = (prove_unit(language, unit, placed, waived.get(unit.id, ())) for unit in units.values())
    return tuple(
        proof
        for proof in proofs
        if not asked.topics or name_group(proof.unit.id) in asked.topics
        if asked.role not in {each.role for each in proof.readers}
    )


def prove_unit(language: Language, unit: Unit, placed: Mapping[Place, Sequence[Problem]], waived: tuple[Waived, ...]) -> Proof:
    place = unit.words.place if unit.words else language.gaps.get(unit.id, Place(""))
    readers = list_readers(language.signoffs, unit.id, unit.reading)
    return Proof(
        unit,
        find_earlier(language.signoffs, unit.id, unit.reading),
        tuple(placed.get(place, ())) if place.line else (),
        tuple(each for role in Role for each in readers[role]),
        list_translators(language.signoffs, unit.id, unit.reading),
        waived,
        language.readings.back.get(unit.id),
    )


def digest_proofs(proofs: Iterable[Proof]) -> str:
    """Hash what was shown: 12 hexadecimal digits of the sha256 of canonical JSON (sorted keys, no spaces, UTF-8; as RFC 8785)."""
    shown = [{"id": proof.unit.id, **proof.unit.reading._asdict()} for proof in proofs]
    said = json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def name_reader(signoff: SignOff) -> str:
    """Say who signed, as what, when, and by what the sign-off is withdrawn."""
    qualification = f" ({signoff.qualification})" if signoff.qualification else ""
    return f"{signoff.role} {signoff.name}{qualification}, {signoff.day} [{signoff.seal[:12]}]"


def write_command(asked: Asked, digest: str) -> str:
    """Write the command that signs what was shown."""
    roles = [role for role in Role if asked.tag != SOURCE_LOCALE or role is not Role.TRANSLATOR]
    given = {"leaflet": asked.leaflets, "print": asked.prints, "topic": asked.topics}
    selection = "".join(f" --{option} {name}" for option, names in given.items() for name in names)
    own = ' --qualification "…"' if asked.role is Role.CLINICIAN else ""
    return f'leaflets sign {asked.tag} --role {asked.role or "|".join(roles)} --name "…"{own}{selection} --read {digest}'


def count_texts(proofs: Sequence[Proof]) -> str:
    """Count what is shown, in words."""
    return f"{len(proofs)} text{'s' if len(proofs) != 1 else ''}"


def format_proofs(asked: Asked, proofs: Sequence[Proof], readings: Readings) -> Iterator[str]:
    """Write what is to be read as lines, and at the end how to sign it; no word can steer the terminal."""
    heads = (format_readings(readings), *(format_proof(asked.tag, proof) for proof in proofs))
    for lines in heads if proofs else ():
        empty = True
        for line in lines:
            yield CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
            empty = False
        if not empty:
            yield ""
    yield f"{count_texts(proofs)}, digest {digest_proofs(proofs)}"
    if proofs:
        yield say_next(asked, proofs)


def say_next(asked: Asked, proofs: Sequence[Proof]) -> str:
    """Say how to sign what was read, or what stands in the way of it."""
    waiting = Counter(str(proof.unit.state) for proof in proofs if not proof.unit.done)
    wrong = sum(proof.unit.done and has_errors(proof.problems) for proof in proofs)
    if waiting or wrong:
        counted = [f"{number} {state}" for state, number in sorted(waiting.items())] + [f"{wrong} with errors"] * bool(wrong)
        command = "check --locale" if wrong else "status"
        return f"They cannot be signed yet: {' and '.join(counted)}. See: leaflets {command} {asked.tag}"
    return f"When every one of them is right: {write_command(asked, digest_proofs(proofs))}"


def format_readings(readings: Readings) -> Iterator[str]:
    """Say what is uncertain, before anything is read."""
    if readings.faults:
        yield f"The sheets were {readings.counted}."
    for note in readings.notes:
        yield f"  uncertain: {note}"


def format_understood(proof: Proof) -> Iterator[str]:
    """Say what a reader understood, and whether it was of the words that stand now."""
    if proof.understood is None:
        return
    if proof.read_back:
        yield f"  read back: {proof.understood.said}"
        return
    yield "  NOT READ BACK since the words changed"
    if proof.understood.said:
        yield f"  read back before that: {proof.understood.said}"
        yield f"  words changed since: {diff_words(proof.understood.words, proof.unit.reading.words)}"


def format_proof(tag: str, proof: Proof) -> Iterator[str]:
    unit = proof.unit
    yield f"{unit.id} ({unit.state})"
    yield f"  en: {unit.english}"
    if tag != SOURCE_LOCALE:
        yield f"  {tag}: {unit.words or '(no words yet)'}"
    yield from format_understood(proof)
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
    """Name what was signed before and is not so now: by its language, or what was waived; with the words then and now."""
    before, now = proof.earlier or proof.unit.reading, proof.unit.reading
    sides = {SOURCE_LOCALE: (before.english, now.english), tag: (before.words, now.words), WAIVED: (before.waived, now.waived)}
    return [(name, old, new) for name, (old, new) in sides.items() if old != new]


def render_proofs(asked: Asked, proofs: Sequence[Proof], readings: Readings, templates: Path, fonts: Fonts) -> str:
    """Write what is to be read as one page, for paper or a screen, that needs nothing else."""

    def keep(name: str) -> tuple[Run, ...]:
        return isolate_words(f"{{{name}}}")

    digest = digest_proofs(proofs)
    names = {
        "asked": asked,
        "groups": [(topic, tuple(found)) for topic, found in groupby(proofs, lambda proof: name_group(proof.unit.id))],
        "counted": count_texts(proofs),
        "notes": readings.notes,
        "readings": readings.counted,
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
