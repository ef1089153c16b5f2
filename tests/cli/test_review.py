"""What a reader is shown, what may be signed, and what may be waived. Nobody who signs here exists."""

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

import leaflets.review.sign
import leaflets.review.waive
from leaflets.content.project import load_project
from leaflets.content.provenance import format_review, hold_record, record_units
from leaflets.content.signoffs import Reading, Role, SignOff
from leaflets.content.waivers import Waiver, format_waivers
from leaflets.files import hold_folder
from leaflets.model import Status
from leaflets.review.proofs import Asked, digest_proofs, list_proofs
from leaflets.review.waive import add_waiver
from leaflets.translation.units import State, list_recorded, list_source, list_words, survey_language
from tests.conftest import Run
from tests.support.projects import SMALL_PROJECT, add_signoffs, find_all, list_record, record_translation, sign_all, write_project

HARD = "signs.lumps.hard"
SPANISH = "content/topics/es/signs.yaml"
ENGLISH = "content/topics/en/signs.yaml"
STRONG = {ENGLISH: SMALL_PROJECT[ENGLISH].replace("hard lumps", "**hard** lumps")}
"""An English that stresses a word which the Spanish does not."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project").root


def change(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def read_digest(run: Run, root: Path, *words: object) -> str:
    result = run("--project", root, "review", *words)
    assert result.exit_code == 0, result.output
    return result.stdout.split("digest ")[1].split()[0]


def sign(run: Run, root: Path, tag: str, role: str, name: str, *words: object) -> None:
    digest = read_digest(run, root, tag, *words)
    result = run(
        "--project", root, "sign", tag, "--role", role, "--name", name, "--qualification", "tester", "--read", digest, *words
    )
    assert result.exit_code == 0, result.output


def refuse(run: Run, root: Path, *words: object) -> str:
    """Give the one line that refuses a command; nothing is written."""
    before = {path: path.read_bytes() for path in root.glob("translations/**/*") if path.is_file()}
    result = run("--project", root, *words)
    assert result.exit_code == 1, result.output
    assert {path: path.read_bytes() for path in root.glob("translations/**/*") if path.is_file()} == before
    [line] = result.stderr.splitlines()
    return line


def test_a_review_shows_each_unit_beside_its_english_and_how_to_sign_it(root: Path, run: Run) -> None:
    lines = run("--project", root, "review", "es", "--topic", "signs").stdout.splitlines()
    assert lines[:7] == [
        *("signs.title (draft)", "  en: What are the signs?", "  es: ¿Cuáles son las señales?", ""),
        *("signs.lumps.hard (draft)", "  en: You may feel hard lumps.", "  es: Puede sentir bultos duros."),
    ]
    shown = [
        {"english": "What are the signs?", "id": "signs.title", "waived": "", "words": "¿Cuáles son las señales?"},
        {"english": "You may feel hard lumps.", "id": "signs.lumps.hard", "waived": "", "words": "Puede sentir bultos duros."},
        {
            "english": "Call if your fever is above 38.5 °C.",
            "id": "signs.lumps.fever",
            "waived": "",
            "words": "Llame si la fiebre pasa de 38,5 °C.",
        },
    ]
    canonical = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()[:12]
    assert lines[-2:] == [
        f"3 texts, digest {digest}",
        "When every one of them is right: leaflets sign es --role translator|reviser|clinician"
        f' --name "…" --topic signs --read {digest}',
    ]


READINGS = """\
readings:
- critical: 0
  major: 1
  minor: 2
notes:
- ¿«bulto» o «nódulo»?
back:
  signs.lumps.hard:
    said: You may feel hard lumps < here.
    words: Puede sentir bultos duros.
changed:
- signs.lumps.fever
"""


def test_a_review_says_what_somebody_understood_and_whether_it_was_of_these_words(root: Path, run: Run, tmp_path: Path) -> None:
    (root / "translations/es/readings.yaml").write_text(READINGS, encoding="utf-8")
    said = run("--project", root, "review", "es", "--topic", "signs").stdout
    head = "The sheets were read back once by somebody who had not seen the English; the last time with 0 critical, 1 major, "
    assert said.startswith(f"{head}2 minor faults.\n  uncertain: ¿«bulto» o «nódulo»?\n\nsigns.title (draft)\n")
    assert "  es: Puede sentir bultos duros.\n  read back: You may feel hard lumps < here.\n" in said
    assert "  es: Llame si la fiebre pasa de 38,5 °C.\n  NOT READ BACK since the words changed\n\n" in said
    change(root, SPANISH, "bultos duros", "bultos muy duros")
    said = run("--project", root, "review", "es", "--topic", "signs").stdout
    assert "  NOT READ BACK since the words changed\n  read back before that: You may feel hard lumps < here.\n" in said
    assert "  words changed since: Puede sentir bultos {+muy+} duros.\n" in said
    run("--project", root, "review", "es", "--topic", "signs", "--output", tmp_path / "es.html")
    page = (tmp_path / "es.html").read_text(encoding="utf-8")
    assert '<li><bdi dir="ltr">¿«bulto» o «nódulo»?</bdi></li>' in page
    assert page.count("Not read back since the words changed.") == 2
    assert "Read back before that: You may feel hard lumps &lt; here." in page
    assert "<ins>muy</ins>" in page
    change(root, SPANISH, "bultos muy duros", "bultos duros")
    run("--project", root, "review", "es", "--topic", "signs", "--output", tmp_path / "es.html")
    page = (tmp_path / "es.html").read_text(encoding="utf-8")
    assert '<p class="back">Read back: You may feel hard lumps &lt; here.</p>' in page


def test_what_is_missing_or_cannot_be_read_is_never_offered_to_be_signed(tmp_path: Path, run: Run) -> None:
    project = write_project(tmp_path)
    path = project.root / "content/topics/es/signs.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("hard: Puede sentir bultos duros.", "hard:"), encoding="utf-8")
    said = run("--project", tmp_path, "review", "es", "--topic", "signs").stdout
    assert said.splitlines()[-1] == "They cannot be signed yet: 1 missing. See: leaflets status es"
    path.write_text(whole + "\t\n", encoding="utf-8")
    result = run("--project", tmp_path, "review", "es", "--topic", "signs")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("content/topics/es/signs.yaml:")


def test_a_review_without_a_selection_shows_every_unit(root: Path) -> None:
    project = load_project(root)
    proofs = list_proofs(project, Asked("es"), ())
    assert [proof.unit.id for proof in proofs] == list(list_source(project))
    parts = [list_proofs(project, Asked("es", topics=(topic,)), ()) for topic in (*project.topics, "terms", "labels")]
    assert [proof for part in parts for proof in part] == list(proofs)


def test_a_review_of_a_leaflet_has_all_that_it_is_made_from_in_its_order(root: Path) -> None:
    project = load_project(root)
    found = [proof.unit.id for proof in list_proofs(project, Asked("es", ("adult",)), ())]
    assert found[:3] == ["adult.title", "adult.for-whom", "signs.title"]
    assert "labels/Sources" in found


def test_a_review_shows_what_changed_since_it_was_signed(root: Path, run: Run) -> None:
    sign(run, root, "es", "reviser", "Test Reviser")
    change(root, SPANISH, "bultos duros", "bultos muy duros")
    record_translation(root)
    shown = run("--project", root, "review", "es", "--role", "reviser").stdout
    assert shown.startswith(f"{HARD} (draft)\n")
    assert "  signed before, es: Puede sentir bultos {+muy+} duros.\n\n1 text, digest" in shown
    assert "signed before, en" not in shown


def test_a_review_shows_what_is_wrong_and_who_signed(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", STRONG).root
    sign_all(root, "es", [Role.REVISER])
    change(root, ENGLISH, "38.5 °C", "39 °C")
    shown = run("--project", root, "review", "es", "--topic", "signs").stdout
    assert "signs.lumps.fever (stale)" in shown
    assert "English changed since: Call if your fever is above [-38.5-] {+39+} °C." in shown
    assert re.search(r"signs.yaml:4: error: .* \[strong-mismatch\]", shown)
    assert re.search(r"  signed: reviser Test Reviser, 2026-11-21 \[[0-9a-f]{12}\]", shown)


def test_a_role_is_not_shown_again_what_it_has_signed(root: Path, run: Run) -> None:
    sign(run, root, "es", "reviser", "Test Reviser", "--topic", "signs")
    assert "0 texts" in run("--project", root, "review", "es", "--topic", "signs", "--role", "reviser").stdout
    assert "3 texts" in run("--project", root, "review", "es", "--topic", "signs", "--role", "clinician").stdout
    assert "3 texts" in run("--project", root, "review", "es", "--topic", "signs").stdout


def test_a_page_to_read_needs_nothing_else_and_says_the_same(tmp_path: Path, run: Run) -> None:
    changes = {ENGLISH: SMALL_PROJECT[ENGLISH].replace("      fever:", "      # Of a child too\n      fever:")}
    root = write_project(tmp_path / "project", changes).root
    sign_all(root, "es")
    change(root, SPANISH, "bultos duros", "bultos < y > muy duros")
    result = run("--project", root, "review", "es", "--topic", "signs", "--output", tmp_path / "es.html")
    assert result.exit_code == 0
    digest = result.stdout.split("digest ")[1].split()[0]
    page = (tmp_path / "es.html").read_text(encoding="utf-8")
    assert digest == read_digest(run, root, "es", "--topic", "signs")
    assert page.count(digest) == 4
    assert '<p lang="es" dir="ltr">Puede sentir bultos &lt; y &gt; muy duros.</p>' in page
    assert "<ins>&lt; y &gt; muy</ins>" in page
    assert "Note: Of a child too" in page
    assert re.search(r'Signed by <span dir="ltr">Test Clinician</span>, clinician, 2026-11-21, sign-off [0-9a-f]{12}', page)
    assert not re.search(r"<script|(src|href)=|https?://", page)


@pytest.mark.slow
def test_a_page_of_a_right_to_left_language_is_set_that_way_with_its_letters(run: Run, tmp_path: Path) -> None:
    result = run("review", "ar", "--topic", "get-help", "--output", tmp_path / "ar.html")
    assert result.exit_code == 0
    page = (tmp_path / "ar.html").read_text(encoding="utf-8")
    assert '<p lang="ar" dir="rtl">' in page
    assert "font/woff2;base64," in page
    assert '<span dir="ltr"' in page  # a number inside it


def test_english_is_reviewed_and_signed_by_itself(root: Path, run: Run) -> None:
    shown = run("--project", root, "review", "en", "--topic", "signs").stdout
    assert shown.count("You may feel hard lumps.") == 1
    assert "--role reviser|clinician " in shown
    sign(run, root, "en", "clinician", "Test Clinician", "--topic", "signs")
    assert survey_language(load_project(root), "en")[HARD].state is State.DRAFT
    sign(run, root, "en", "reviser", "Test Reviser", "--topic", "signs")
    assert survey_language(load_project(root), "en")[HARD].state is State.CHECKED


def test_exactly_what_was_shown_is_signed(root: Path, run: Run) -> None:
    sign(run, root, "es", "reviser", "Test Reviser", "--topic", "signs", "--topic", "terms")
    [signoff] = load_project(root).languages["es"].signoffs
    assert list(signoff.units) == ["signs.title", HARD, "signs.lumps.fever", "terms/lump"]
    assert signoff.units[HARD] == Reading("You may feel hard lumps.", "Puede sentir bultos duros.")


def test_a_review_with_and_without_a_role_can_both_be_signed(root: Path, run: Run) -> None:
    sign(run, root, "es", "reviser", "Test Reviser", "--topic", "signs")
    digest = read_digest(run, root, "es", "--role", "reviser")
    every = read_digest(run, root, "es")
    assert digest != every
    for name, read in (("Test Reviser", digest), ("Test Second", every)):
        assert run("--project", root, "sign", "es", "--role", "reviser", "--name", name, "--read", read).exit_code == 0
    first, rest, whole = load_project(root).languages["es"].signoffs
    assert {*first.units} | {*rest.units} == {*whole.units}
    assert not {*first.units} & {*rest.units}


def test_nobody_signs_again_what_they_signed_as_it_stands(root: Path, run: Run) -> None:
    sign(run, root, "es", "reviser", "Test Reviser", "--topic", "signs")
    digest = read_digest(run, root, "es", "--topic", "signs")
    again = ("sign", "es", "--role", "reviser", "--name", "test reviser", "--topic", "signs", "--read", digest)
    assert '"test reviser" signed all of it as reviser already' in refuse(run, root, *again)
    change(root, SPANISH, "bultos duros", "bultos firmes")
    sign(run, root, "es", "reviser", "Test Reviser", "--topic", "signs")


def test_a_clinician_says_as_what_they_sign(root: Path, run: Run) -> None:
    digest = read_digest(run, root, "es")
    line = refuse(
        run, root, "sign", "es", "--role", "clinician", "--name", "Test Clinician", "--qualification", " ", "--read", digest
    )
    assert line.endswith('--qualification "rheumatologist". [unsignable]')


def test_what_was_waived_after_it_was_read_is_not_signed_as_read(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", STRONG).root
    digest = read_digest(run, root, "es")
    run("--project", root, "waive", "es", HARD, "strong-mismatch", "--reason", "a test")
    line = refuse(run, root, "sign", "es", "--role", "reviser", "--name", "Test Reviser", "--read", digest)
    assert line.endswith("[changed-since-read]")


def test_words_that_changed_since_they_were_read_are_not_signed(root: Path, run: Run) -> None:
    digest = read_digest(run, root, "es")
    change(root, SPANISH, "bultos duros", "bultos blandos")
    line = refuse(run, root, "sign", "es", "--role", "reviser", "--name", "Test Reviser", "--read", digest)
    assert "leaflets review es" in line
    assert line.endswith("[changed-since-read]")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (SPANISH, "    hard: Puede sentir bultos duros.\n", "", f"made from another English: {HARD}"),
        (ENGLISH, "hard lumps", "soft lumps", f"made from another English: {HARD}"),
        (SPANISH, "38,5", "39,5", "the checks find errors: signs.lumps.fever"),
    ],
)
def test_a_unit_that_is_missing_stale_or_wrong_is_not_signed(
    root: Path, run: Run, name: str, old: str, new: str, said: str
) -> None:
    change(root, name, old, new)
    digest = read_digest(run, root, "es")
    line = refuse(run, root, "sign", "es", "--role", "reviser", "--name", "Test Reviser", "--read", digest)
    assert said in line
    assert line.endswith("[unsignable]")


@pytest.mark.parametrize("roles", [("translator", "reviser"), ("reviser", "translator"), ("clinician", "reviser")])
def test_nobody_signs_the_same_words_in_two_roles(root: Path, run: Run, roles: tuple[str, str]) -> None:
    first, second = roles
    sign(run, root, "es", first, "Test Person", "--topic", "signs")
    digest = read_digest(run, root, "es")
    line = refuse(run, root, "sign", "es", "--role", second, "--name", " test  PERSON", "--read", digest)
    assert f"signed the same words as {first}: signs.title, {HARD}, signs.lumps.fever." in line
    assert line.endswith("[same-person]")
    sign(run, root, "es", second, "Test Person", "--topic", "get-help")


def test_nobody_reads_back_words_that_they_translated_from_an_earlier_english(root: Path, run: Run) -> None:
    sign(run, root, "es", "translator", "Test Person", "--topic", "signs")
    change(root, ENGLISH, "hard lumps.", "firm lumps.")
    project = load_project(root)
    records = record_units(list_recorded(project), list_words(project, "es"), project.languages["es"].records, unchanged=True)
    (root / "translations/es/review.yaml").write_text(format_review(records), encoding="utf-8")
    digest = read_digest(run, root, "es", "--topic", "signs")
    words = ("sign", "es", "--role", "reviser", "--name", "Test Person.", "--topic", "signs", "--read", digest)
    line = refuse(run, root, *words)
    assert f"signed the same words as translator: signs.title, {HARD}, signs.lumps.fever." in line


def test_the_same_person_may_sign_in_another_role_once_the_words_are_others(root: Path, run: Run) -> None:
    sign(run, root, "es", "translator", "Test Person", "--topic", "signs")
    change(root, SPANISH, "bultos duros", "bultos firmes")
    record_translation(root)
    line = refuse(
        *(run, root, "sign", "es", "--role", "reviser", "--name", "Test Person", "--topic", "signs"),
        *("--read", read_digest(run, root, "es", "--topic", "signs")),
    )
    assert HARD not in line


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tag", "role", "name", "said"),
    [
        ("es", "reviser", "", "whoever signs has a name"),
        ("es", "reviser", "  ", "whoever signs has a name"),
        ("es", "reviser", "...", "whoever signs has a name"),
        ("en", "translator", "Test Person", "nobody translated English"),
        ("es", "reviser", "测试", "no pinned font of"),
        ("es", "reviser", "Test\u202ePerson", "U+202E"),
        ("es", "reviser", "Test\nPerson", "U+000A"),
    ],
)
def test_a_name_and_a_role_that_mean_nothing_are_refused(root: Path, run: Run, tag: str, role: str, name: str, said: str) -> None:
    digest = read_digest(run, root, tag)
    line = refuse(run, root, "sign", tag, "--role", role, "--name", name, "--read", digest)
    assert said in line
    assert line.endswith("[unsignable]")


def test_a_name_that_looks_like_code_is_refused(root: Path, run: Run) -> None:
    digest = read_digest(run, root, "es")
    line = refuse(run, root, "sign", "es", "--role", "reviser", "--name", "<b>Test</b>", "--read", digest)
    assert 'the character "<" is not allowed' in line


def test_nothing_is_added_to_a_broken_record(root: Path, run: Run) -> None:
    sign_all(root, "es")
    digest = read_digest(run, root, "es")
    broken = list_record(root, "es")[0].relative_to(root).as_posix()
    change(root, broken, "Test Reviser", "Test Stranger")
    line = refuse(run, root, "sign", "es", "--role", "reviser", "--name", "Test Reviser", "--read", digest)
    assert line.startswith(f"{broken}: error: ")
    assert line.endswith("[broken-signoffs]")


@pytest.mark.parametrize("begun", [False, True])
def test_of_two_who_sign_at_the_same_time_the_second_is_told_and_the_first_stays(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch, begun: bool
) -> None:
    if begun:
        sign(run, root, "es", "translator", "Test Translator")
    digest = read_digest(run, root, "es")
    words = ("sign", "es", "--role", "reviser", "--name", "Test Reviser", "--read", digest)

    def sign_meanwhile(root: Path, hashes: Mapping[str, str], name: str) -> AbstractContextManager[None]:
        sign_all(root, "es", [Role.CLINICIAN], date.today())
        return hold_record(root, hashes, name)

    with monkeypatch.context() as patch:
        patch.setattr(leaflets.review.sign, "hold_record", sign_meanwhile)
        result = run("--project", root, *words)
    [line] = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (1, "")
    assert line.startswith("translations/es/signoffs.end: error: somebody else wrote this record")
    assert [each.role for each in load_project(root).languages["es"].signoffs][begun:] == [Role.CLINICIAN]
    assert run("--project", root, *words).exit_code == 0
    assert [each.role for each in load_project(root).languages["es"].signoffs][begun:] == [Role.CLINICIAN, Role.REVISER]


def test_whoever_holds_a_folder_makes_the_next_one_wait(tmp_path: Path) -> None:
    done: list[str] = []

    def come_second() -> None:
        with hold_folder(tmp_path / "es"):
            done.append("second")

    second = Thread(target=come_second)
    with hold_folder(tmp_path / "es"):
        second.start()
        second.join(0.2)
        done.append("first")
    second.join(10)
    assert done == ["first", "second"]
    assert list((tmp_path / "es").iterdir()) == []


def test_a_sign_off_is_withdrawn_by_its_number_with_a_reason(root: Path, run: Run) -> None:
    sign(run, root, "es", "reviser", "Test Reviser", "--topic", "signs")
    number = run("--project", root, "review", "es").stdout.split("Test Reviser (tester), ")[1].split("[")[1][:12]
    words = ("sign", "es", "--name", "Test Keeper", "--revoke")
    assert "a withdrawal has a name and a reason" in refuse(run, root, *words, number)
    assert "names no sign-off" in refuse(run, root, *words, "0" * 12, "--reason", "a test")
    assert "names no sign-off" in refuse(run, root, *words, "", "--reason", "a test")
    result = run("--project", root, *words, number, "--reason", "a test")
    assert result.exit_code == 0
    assert number in result.stdout
    assert load_project(root).languages["es"].signoffs == ()
    withdrawn, withdrawal = list_record(root, "es")
    assert withdrawn.name == f"0001-{number}.withdrawn.json"
    assert '"reason": "a test"' in withdrawal.read_text(encoding="utf-8")
    assert "names no sign-off" in refuse(run, root, *words, number, "--reason", "a test")
    sign(run, root, "es", "clinician", "Test Reviser", "--topic", "signs")


def test_signing_needs_a_role_and_a_digest(root: Path, run: Run) -> None:
    result = run("--project", root, "sign", "es", "--name", "Test Person")
    assert result.exit_code == 2
    assert "leaflets review" in result.stderr


@pytest.mark.parametrize(
    ("words", "meant"),
    [(("ess",), "es"), (("es", "--topic", "sings"), "signs"), (("es", "--leaflet", "adlt"), "adult")],
)
def test_a_mistyped_selection_is_told_what_was_meant(root: Path, run: Run, words: tuple[str, ...], meant: str) -> None:
    line = refuse(run, root, "review", *words)
    assert f'did you mean "{meant}"' in line
    assert line.endswith("[nothing-selected]")


def test_a_waived_problem_is_not_said_but_counted(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", STRONG).root
    assert run("--project", root, "check").exit_code == 1
    waived = run("--project", root, "waive", "es", HARD, "strong-mismatch", "--reason", "a  test's\nown")
    assert waived.exit_code == 0
    text = (root / "translations/es/waivers.yaml").read_text(encoding="utf-8")
    assert "reason: a test's own\n" in text
    checked = run("--project", root, "check")
    assert checked.exit_code == 0, checked.output
    assert "waived: 1 " in checked.stdout
    assert checked.stdout.endswith("no problems\n")
    assert find_all(load_project(root)) == []


def test_whoever_reviews_is_shown_what_was_waived_and_why(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", STRONG).root
    run("--project", root, "waive", "es", HARD, "strong-mismatch", "--reason", "a <test>'s own")
    lines = run("--project", root, "review", "es", "--topic", "signs").stdout.splitlines()
    [line] = [line for line in lines if "waived" in line]
    assert f"{HARD} (draft)" in lines[lines.index(line) - 3]
    assert re.fullmatch(r"  waived \(a <test>'s own\): content/topics/es/signs.yaml:4: error: .* \[strong-mismatch\]", line)
    run("--project", root, "review", "es", "--topic", "signs", "--output", tmp_path / "es.html")
    page = (tmp_path / "es.html").read_text(encoding="utf-8")
    assert page.count("<li>Waived: ") == 1
    assert '[strong-mismatch]. Reason: <span dir="ltr">a &lt;test&gt;&#39;s own</span></li>' in page
    assert "waived" not in run("--project", root, "review", "es", "--topic", "get-help").stdout


def test_a_text_to_waive_may_be_named_by_its_file_and_line(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", STRONG).root
    [line] = run("--project", root, "check").stderr.splitlines()[:1]
    place = line.partition(": error: ")[0]
    assert run("--project", root, "waive", "es", place, "strong-mismatch", "--reason", "a test").exit_code == 0
    assert list(load_project(root).languages["es"].waivers) == [(HARD, "strong-mismatch")]


def test_a_waiver_lapses_when_the_words_change(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", STRONG).root
    run("--project", root, "waive", "es", HARD, "strong-mismatch", "--reason", "a test")
    change(root, SPANISH, "bultos duros", "bultos firmes")
    record_translation(root)
    checked = run("--project", root, "check")
    assert checked.exit_code == 1
    assert "[strong-mismatch]" in checked.stderr
    assert "waived" not in checked.stdout


def test_a_waiver_can_be_taken_back(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", STRONG).root
    run("--project", root, "waive", "es", HARD, "strong-mismatch", "--reason", "a test")
    assert run("--project", root, "waive", "es", HARD, "strong-mismatch", "--remove").exit_code == 0
    assert not (root / "translations/es/waivers.yaml").exists()
    assert run("--project", root, "check").exit_code == 1
    assert "has no waiver" in refuse(run, root, "waive", "es", HARD, "strong-mismatch", "--remove")


def test_of_two_who_waive_at_the_same_time_the_second_is_told_and_the_first_stays(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_project(tmp_path / "project", STRONG).root
    path = root / "translations/es/waivers.yaml"
    other = format_waivers({("signs.title", "untranslated"): Waiver("a test's own", "a" * 64)})

    def waive_meanwhile(*asked: object) -> object:
        waivers = add_waiver(*asked)  # type: ignore[arg-type]
        path.write_text(other, encoding="utf-8")
        return waivers

    monkeypatch.setattr(leaflets.review.waive, "add_waiver", waive_meanwhile)
    result = run("--project", root, "waive", "es", HARD, "strong-mismatch", "--reason", "a test")
    assert result.exit_code == 1
    assert "somebody else wrote this record" in result.stderr
    assert path.read_text(encoding="utf-8") == other


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("es", HARD, "number-mismatch", "--reason", "a test"), "has no problem number-mismatch"),
        (("es", "signs.title", "strong-mismatch", "--reason", "a test"), '"signs.title" has no problem'),
        (("es", HARD, "strong-mismatch"), "a waiver says why"),
        (("es", HARD, "strong-mismatch", "--reason", "  "), "a waiver says why"),
    ],
)
def test_only_a_problem_that_is_there_is_waived_and_with_a_reason(
    tmp_path: Path, run: Run, words: tuple[str, ...], said: str
) -> None:
    line = refuse(run, write_project(tmp_path / "project", STRONG).root, "waive", *words)
    assert said in line
    assert line.endswith("[unwaivable]")


def test_english_has_nothing_to_waive(root: Path, run: Run) -> None:
    assert "[nothing-selected]" in refuse(run, root, "waive", "en", HARD, "strong-mismatch", "--reason", "a test")


def test_a_waiver_that_could_not_be_read_back_is_not_written(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", STRONG).root
    refuse(run, root, "waive", "es", HARD, "strong-mismatch", "--reason", "a test " * 400)


def test_a_digest_tells_units_words_and_order_apart(root: Path) -> None:
    proofs = list_proofs(load_project(root), Asked("es"), ())
    assert len({digest_proofs(each) for each in (proofs, proofs[:-1], proofs[::-1], ())}) == 4
    assert digest_proofs(proofs) == digest_proofs(list_proofs(load_project(root), Asked("es"), ()))


def test_no_word_of_a_record_can_steer_the_terminal_of_its_reader(root: Path, run: Run) -> None:
    signoff = SignOff(
        Role.REVISER, "Test Reviser", date(2026, 11, 21), {HARD: Reading("You may feel hard lumps.", "Puede \x1b[2J sentir")}
    )
    add_signoffs(root, "es", signoff)
    shown = run("--project", root, "review", "es", "--topic", "signs").stdout
    assert "\x1b" not in shown
    assert "signed before, es: Puede [-\\u001b[2J-] sentir" in shown


@pytest.mark.parametrize("name", ["Test Pеrson", "Test Pers0n"])
def test_a_name_that_only_looks_like_another_is_not_signed_with(root: Path, run: Run, name: str) -> None:
    digest = read_digest(run, root, "es")
    assert "has a digit, or letters of two scripts" in refuse(
        run, root, "sign", "es", "--role", "reviser", "--name", name, "--read", digest
    )


def test_a_placeholder_is_no_qualification(root: Path, run: Run) -> None:
    digest = read_digest(run, root, "es")
    words = ("--role", "clinician", "--name", "Test Clinician", "--qualification", "…", "--read", digest)
    assert "the leaflet says as what a clinician checked it" in refuse(run, root, "sign", "es", *words)


def test_a_translator_can_sign_again_when_the_english_changed_and_the_words_stayed(root: Path, run: Run) -> None:
    sign(run, root, "es", "translator", "Test Translator")
    change(root, "content/topics/en/signs.yaml", "hard lumps", "firm lumps")
    assert run("--project", root, "record", "es", "--unchanged").exit_code == 0
    sign(run, root, "es", "translator", "Test Translator")
    assert {unit.status for unit in survey_language(load_project(root), "es").values()} == {Status.TRANSLATED}


def test_the_english_is_reviewed_with_the_outline_of_its_leaflets(root: Path, run: Run) -> None:
    shown = run("--project", root, "review", "en", "--topic", "outlines").stdout
    assert "outlines/leaflet.adult (draft)" in shown
    assert "topics: signs, get-help" in shown
    assert 'no topic "outlines"' in run("--project", root, "review", "es", "--topic", "outlines").stderr


def test_a_page_to_read_is_written_as_html_and_as_nothing_else(root: Path, run: Run, tmp_path: Path) -> None:
    result = run("--project", root, "review", "es", "--output", tmp_path / "es.pdf")
    assert result.exit_code == 2
    assert f"--output {tmp_path / 'es.html'}" in result.stderr
    assert not (tmp_path / "es.pdf").exists()


@pytest.mark.parametrize(
    ("name", "qualification"), [("Test Person", "MD"), ("田中さくら", "RN"), ("Test Person", "test rheumatologist")]
)
def test_a_clinician_of_any_kind_and_script_can_sign(root: Path, run: Run, name: str, qualification: str) -> None:
    digest = read_digest(run, root, "es")
    words = ("--role", "clinician", "--name", name, "--qualification", qualification, "--read", digest)
    result = run("--project", root, "sign", "es", *words)
    if name.isascii():
        assert result.exit_code == 0
    else:  # a Spanish page has no Han letters; nothing else is wrong with the name
        [line] = result.stderr.splitlines()
        assert 'no pinned font of "es" has "田"' in line


def test_a_waiver_that_came_since_a_text_was_signed_is_shown(tmp_path: Path, run: Run) -> None:
    root = write_project(tmp_path / "project", STRONG).root
    sign(run, root, "es", "translator", "Test Translator", "--topic", "terms")
    before = read_digest(run, root, "es")
    assert run("--project", root, "waive", "es", HARD, "strong-mismatch", "--reason", "a test").exit_code == 0
    assert read_digest(run, root, "es") != before
    sign(run, root, "es", "translator", "Test Translator")
    assert run("--project", root, "waive", "es", HARD, "strong-mismatch", "--remove").exit_code == 0
    assert "signed before, waived: [-strong-mismatch: a test" in run("--project", root, "review", "es").stdout


def test_words_that_are_no_unicode_are_refused(root: Path, run: Run) -> None:
    sign_all(root, "es", [Role.REVISER])
    number = load_project(root).languages["es"].signoffs[0].seal
    words = ("--revoke", number[:12], "--name", "Test Keeper", "--reason", "\udcff")
    assert "no letters of Unicode" in refuse(run, root, "sign", "es", *words)
