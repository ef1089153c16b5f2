"""The record of sign-offs: a sealed file for each, in translations/<locale>/signoffs/, and signoffs.end beside them.

Takes the bytes of these files by path; gives the `SignOff`s that were not withdrawn, or what changes for one more. No file ever
changes, so Git merges those of two branches by itself. A file is called by its number and its seal, the hash of its bytes. It
names the seals of the files that were the last when it was written, as a commit of Git names its parents, and signoffs.end names
those that are the last now: so a changed, copied or lost file is found. (That finds accidents and careless hands. Whoever may
write the files can write all of them anew; who may is for whoever keeps the repository.)

A withdrawal is a file like another. The file that it withdraws stays as it is, but is called .withdrawn from then on: where the
withdrawal is lost, and the end that names it too, what was withdrawn still does not count.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from leaflets.content.profile_shapes import OneLine
from leaflets.content.schema import WRONG_VALUE
from leaflets.content.shapes import Day, Shape
from leaflets.content.signoffs import Reading, Role, SignOff, fold_name
from leaflets.content.strict_yaml import decode
from leaflets.problems import LeafletsError, Place, Problem, Rule, Severity

BROKEN_SIGNOFFS = Rule(
    "broken-signoffs",
    Severity.ERROR,
    "Every file of a record of sign-offs is as it was written, for its language, in the order of days, and none is lost.",
    "A sign-off that was changed afterwards says that somebody read what nobody read.",
    "https://git-scm.com/book/en/v2/Git-Internals-Git-Objects",
)
RECORD, END, EARLIER = "signoffs", "signoffs.end", "signoffs.jsonl"
"""In translations/<locale>/: the folder, the file with the seals of its last files, and what earlier versions wrote."""
WITHDRAWN = ".withdrawn.json"
FILE = re.compile(r"([0-9]{4,9})-[0-9a-f]{12}(\.withdrawn)?\.json")
MAX_BYTES = 64 * 1024 * 1024
RESTORE = "Restore the files as they were: none is ever changed, renamed or deleted by hand."
MERGED = (
    f"{RESTORE} Where two Git branches were merged: keep the files of both, and in {END} the lines of both, without Git's marks."
)


def refuse_blank(name: str) -> str:
    if not fold_name(name):
        raise ValueError("whoever signs has a name")
    return name


class SealedShape(Shape):
    """What every file of a record says; `after` has the seals of those that were the last when it was written."""

    language: str
    number: int
    after: tuple[str, ...]
    name: Annotated[OneLine, AfterValidator(refuse_blank)]
    day: Day


class SignOffShape(SealedShape):
    role: Role
    qualification: OneLine = ""
    units: dict[str, Reading]


class WithdrawalShape(SealedShape):
    revokes: str
    reason: OneLine


Said = SignOffShape | WithdrawalShape
SAID: TypeAdapter[Said] = TypeAdapter(Said)


class Sealed(NamedTuple):
    """One file of a record: where it stands, and what it says."""

    path: str
    said: Said


Files = Mapping[str, bytes]
"""The record of a language: every file of it, by its path below the root."""
Changes = dict[str, bytes | None]
"""Files of a record that come, change or (None) go."""
Ledger = Mapping[str, Sealed]
"""The record as it was read, by seal, in the order of numbers: each file after all that its writer saw."""


def broken(path: str, message: str, remedy: str = RESTORE) -> LeafletsError:
    return LeafletsError([BROKEN_SIGNOFFS.at(Place(path), message, remedy)])


def parse_signoffs(files: Files, tag: str) -> tuple[SignOff, ...]:
    """Read the sign-offs of a language that were not withdrawn, in their order. Raises LeafletsError as `parse_record`."""
    return tuple(
        SignOff(said.role, said.name, said.day, said.units, said.qualification, seal)
        for seal, (path, said) in parse_record(files, tag).items()
        if isinstance(said, SignOffShape) and not path.endswith(WITHDRAWN)
    )


def parse_record(files: Files, tag: str) -> dict[str, Sealed]:
    """Read every file of a language's record, by its seal, in the order of their numbers.

    Raises LeafletsError at the first that is not as it was written, or that shows that another one is lost.
    """
    end = f"translations/{tag}/{END}"
    record: dict[str, Sealed] = {}
    for path in sorted(files.keys() - {end}, key=sort_path):
        seal, said = parse_file(files[path], path)
        check_order(path, seal, said, record, tag)
        record[seal] = Sealed(path, said)
    revoked = {said.revokes for _, said in record.values() if isinstance(said, WithdrawalShape)}
    for seal, (path, _) in record.items():
        if (seal in revoked) != path.endswith(WITHDRAWN):
            message = "it was withdrawn, and put back" if seal in revoked else "the withdrawal of this sign-off is lost"
            raise broken(path, message, MERGED)
    check_end(record, decode(files.get(end, b""), end), end)
    return record


def sort_path(path: str) -> tuple[int, bool, str]:
    """Order the files by their numbers, what was withdrawn first. Raises LeafletsError for what is no file of a record."""
    found = FILE.fullmatch(path.rpartition("/")[2])
    if found is None:
        remedy = f"Delete it and its {END}, and let its people sign again."
        raise broken(path, "no sign-off is called so", remedy if path.endswith(EARLIER) else "Move it away, or restore its name.")
    return int(found[1]), not found[2], path


def parse_file(data: bytes, path: str) -> tuple[str, Said]:
    """Give the seal of one file, and what it says. Raises LeafletsError where it is not as it was written."""
    text = decode(data, path, MAX_BYTES).replace("\r\n", "\n").rstrip("\n") + "\n"
    try:
        said = SAID.validate_json(text)
    except ValidationError:
        raise broken(path, "this is no sign-off") from None
    seal = hash_file(text.encode())
    if text != format_file(json.loads(text)) or path.rpartition("/")[2].split(".")[0] != name_file(said.number, seal):
        raise broken(path, "this sign-off was changed after it was written, or its file was renamed")
    return seal, said


def format_file(tree: Any) -> str:
    """Write what a file says in the one way that counts: a text a line, so that whoever looks at a change in Git can read it."""
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def name_file(number: int, seal: str) -> str:
    return f"{number:04}-{seal[:12]}"


def hash_file(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def check_order(path: str, seal: str, said: Said, before: Ledger, tag: str) -> None:
    """Hold a file against those before it. Raises LeafletsError where one of them is lost, or where it does not follow them."""
    if said.language != tag:
        raise broken(path, f'it is of another language, "{said.language}"')
    if seal in before:
        raise broken(path, f"this sign-off stands in {before[seal].path} as well", "Delete this file.")
    if lost := [each for each in said.after if each not in before]:
        raise broken(path, f"the one before it, {lost[0][:12]}, was changed or is lost", MERGED)
    last = max((before[each].said.day for each in said.after if counts(before[each])), default=said.day)
    if isinstance(said, SignOffShape) and said.day < last:
        raise broken(path, f"it is of {said.day}, and the one before it of {last}")
    if isinstance(said, WithdrawalShape) and said.revokes not in before:
        raise broken(path, "it withdraws a sign-off that does not stand before it")


def counts(sealed: Sealed) -> bool:
    """Whether a file is a sign-off that was not withdrawn. One of a clock that was wrong can be, and blocks nobody then."""
    return isinstance(sealed.said, SignOffShape) and not sealed.path.endswith(WITHDRAWN)


def list_last(record: Ledger) -> tuple[str, ...]:
    """List the seals that no other file names: that of the last file, or after a merge of the last one of each branch."""
    return tuple(sorted(record.keys() - {seal for _, said in record.values() for seal in said.after}))


def check_end(record: Ledger, end: str, path: str) -> None:
    """Hold the end of a record against its files. Raises LeafletsError where the last ones are lost, or not named.

    A merge may leave a seal there that is not the last any more. A single last file may be missing there that comes after those
    that are named: somebody was cut off between the two writings.
    """
    named = end.split()
    if lost := [each for each in named if each not in record]:
        raise broken(path, f'the last sign-offs are lost: there is no "{lost[0][:12]}"', MERGED)
    last = list_last(record)
    unnamed = [each for each in last if each not in named]
    if unnamed and not (len(last) == 1 and {*record[last[0]].said.after} <= {*named}):
        raise broken(path, f"its last lines are lost: it does not name {record[unnamed[0]].path}", MERGED)


def add_signoff(files: Files, signoff: SignOff, tag: str) -> Changes:
    """Give what changes in the record of a language for one more sign-off, as `add_file` does."""
    said = {each: getattr(signoff, each) for each in ("role", "name", "qualification", "day", "units")}
    return add_file(files, SignOffShape, said, tag)


def add_withdrawal(files: Files, revokes: str, name: str, reason: str, day: date, tag: str) -> Changes:
    """Give what changes in the record of a language when somebody withdraws the sign-off with a seal, as `add_file` does."""
    path = parse_record(files, tag)[revokes].path
    added = add_file(files, WithdrawalShape, {"revokes": revokes, "name": name, "reason": reason, "day": day}, tag)
    return {path.removesuffix(".json") + WITHDRAWN: files[path], path: None, **added}


def add_file(files: Files, shape: type[Said], fields: Mapping[str, Any], tag: str) -> Changes:
    """Give what changes in the record of a language for a file that comes after all others, in the order of writing.

    Raises LeafletsError for what could not be read back, such as no name, or a sign-off of a day before the last that counts.
    """
    record = parse_record(files, tag)
    day, last = max(((each.said.day, seal) for seal, each in record.items() if counts(each)), default=(fields["day"], ""))
    if shape is SignOffShape and fields["day"] < day:
        message = f"today is {fields['day']} by the clock of this machine, and the last sign-off is of {day}"
        withdraw = f'leaflets sign {tag} --revoke {last[:12]} --name "…" --reason "…"'
        raise broken(f"translations/{tag}/{RECORD}", message, f"Set the clock right; if it was wrong then: {withdraw}")
    number = 1 + max((said.number for _, said in record.values()), default=0)
    try:
        said = shape(language=tag, number=number, after=list_last(record), **fields)
    except ValidationError as error:
        raise LeafletsError(map(explain_value, error.errors())) from None
    data = format_file(said.model_dump(mode="json")).encode()
    seal = hash_file(data)
    path = f"translations/{tag}/{RECORD}/{name_file(number, seal)}.json"
    return {path: data, f"translations/{tag}/{END}": f"{seal}\n".encode()}


def explain_value(error: ErrorDetails) -> Problem:
    message = "these are no letters of Unicode" if error["type"] == "string_unicode" else error["msg"]
    return WRONG_VALUE.at(Place(str(error["loc"][0])), message, "Write it otherwise.")
