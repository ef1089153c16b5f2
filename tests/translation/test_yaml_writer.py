"""Words put into a YAML file: nothing else of the file changes."""

import random
import subprocess
import sys
from collections.abc import Mapping, Sequence

import pytest

from leaflets.content.project import load_project
from leaflets.content.strict_yaml import KeyPath, Tree, read_yaml
from leaflets.model import Text
from leaflets.problems import LeafletsError, Place
from leaflets.translation import yaml_writer
from leaflets.translation.units import list_source, list_words
from leaflets.translation.write import list_files
from leaflets.translation.yaml_writer import format_words, write_words
from tests.support.projects import ROOT

TITLE: KeyPath = ("title",)
HARD: KeyPath = ("blocks", "lumps", "hard")
FEVER: KeyPath = ("blocks", "lumps", "fever")
SOFT: KeyPath = ("blocks", "lumps", "soft")
CALL: KeyPath = ("blocks", "help", "call")
ORDER = (TITLE, HARD, FEVER, SOFT, CALL)
ENGLISH = {
    TITLE: Text("The signs", Place("en.yaml")),
    HARD: Text("Hard lumps", Place("en.yaml"), "under the skin"),
    FEVER: Text("A fever", Place("en.yaml")),
    SOFT: Text("Soft\nlumps", Place("en.yaml")),
    CALL: Text("Call: now #1", Place("en.yaml")),
}
FILE = """\
# Las señales, para adultos.

title: Señales\x20\x20
blocks:

  # Bultos.
  lumps:
    fever: "Fiebre"

    # Ojo con esta.
    hard: Duros
# El final.
"""


def put(words: Mapping[KeyPath, str], text: str = FILE, english: Mapping[KeyPath, Text] = {}) -> str:
    return write_words(text, words, ORDER, "es.yaml", english)


def swap(old: str, new: str, text: str = FILE) -> str:
    assert old in text
    return text.replace(old, new, 1)


def refuse(words: Mapping[KeyPath, str], text: str) -> tuple[str, int, str]:
    """Give the id, the line and the message of the one problem."""
    with pytest.raises(LeafletsError) as caught:
        put(words, text)
    [problem] = caught.value.problems
    assert problem.place.path == "es.yaml"
    return problem.id, problem.place.line, problem.message


def find_words(text: str, path: KeyPath) -> Tree:
    tree: Tree = read_yaml(text.encode(), "es.yaml", blanks=True).tree
    for name in path:
        assert isinstance(tree, dict)
        tree = tree[str(name)]
    return tree


def test_a_file_without_new_words_stays_as_it_is() -> None:
    assert put({}) == FILE
    assert put({TITLE: "Señales", FEVER: "Fiebre", HARD: "Duros"}) == FILE


@pytest.mark.parametrize(
    ("path", "words", "old", "new"),
    [
        (TITLE, "Las señales", "title: Señales  \n", "title: Las señales  \n"),
        (FEVER, "Fiebre alta", '"Fiebre"', '"Fiebre alta"'),
        (HARD, "Muy duros", "hard: Duros", "hard: Muy duros"),
        (HARD, "硬块：不痛", "hard: Duros", "hard: 硬块：不痛"),
        (HARD, "كتل صلبة", "hard: Duros", "hard: كتل صلبة"),
        (HARD, "می\u200cخواهم 5\u00a0mg 😀", "hard: Duros", "hard: می\u200cخواهم 5\u00a0mg 😀"),
    ],
)
def test_a_changed_sentence_is_one_changed_line(path: KeyPath, words: str, old: str, new: str) -> None:
    assert put({path: words}) == swap(old, new)


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("Duros", "Blandos"),
        ("'Duros'", "'Blandos'"),
        ('"Duros"', '"Blandos"'),
        ("'Duros'  # nota", "'Blandos'  # nota"),
        ('"Duros" # nota', '"Blandos" # nota'),
        ("   Duros", "   Blandos"),
        ("Muy\n      duros", "Blandos"),
        ('"Muy\n      duros"', '"Blandos"'),
        (">-\n      Muy\n      duros", "Blandos"),
        ("|-\n      Duros", "Blandos"),
        (">-\n      Muy\n      duros\n", "Blandos\n"),
        (">-\n      Muy\n      duros\n\n    # nota", "Blandos\n\n    # nota"),
        ("\n      Duros", "\n      Blandos"),
        ("''", "Blandos"),
        ("", "Blandos"),
        ("   ", "Blandos"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_words_are_changed_however_the_old_ones_were_written(written: str, becomes: str, ending: str) -> None:
    before = f"blocks:\n  lumps:\n    hard: {written}\n    fever: Fiebre\n".replace("\n", ending)
    after = f"blocks:\n  lumps:\n    hard: {becomes}\n    fever: Fiebre\n".replace("\n", ending)
    if written == "''":
        after = after.replace("Blandos", "'Blandos'")
    assert put({HARD: "Blandos"}, before) == after


TRICKY = [
    "Hoy: llame",
    "hoy:",
    ": hoy",
    "Tome 2 #3 tabletas",
    "#1",
    '"sí"',
    "'sí'",
    "it's",
    "un \"bulto\" 'duro'",
    "- llame",
    "-",
    "? llame",
    "{emergency_number} ahora",
    "[x]",
    "*no* llame",
    "**No** llame",
    "&x",
    "!x",
    "|",
    ">",
    "%",
    "@x",
    "`x`",
    "yes",
    "no",
    "null",
    "~",
    "12",
    "12:30",
    "38.5",
    "0123",
    "2026-11-21",
    "---",
    "...",
    "a\\b\\n",
    " al margen ",
    "<<",
    "=",
    "palabra " * 100 + "fin",
]


@pytest.mark.parametrize("words", TRICKY)
@pytest.mark.parametrize("old", ["hard: Duros", "hard: 'Duros'", 'hard: "Duros"', "hard:", "hard: >-\n      Duros", "soft: x"])
def test_any_words_are_read_back_as_they_were_put_in(words: str, old: str) -> None:
    before = swap("hard: Duros", old)
    after = put({HARD: words}, before)
    assert find_words(after, HARD) == words
    assert find_words(after, FEVER) == "Fiebre"
    assert len(after.splitlines()) == len(FILE.splitlines()) + old.startswith("soft")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("uno\ndos", "forbidden-character"),
        ("uno\tdos", "forbidden-character"),
        ("uno\x85dos", "forbidden-character"),
        ("uno\u2028dos", "forbidden-character"),
        ("12\u202e34", "forbidden-character"),
        ("\ufeffuno", "forbidden-character"),
        ("\x1b[31m", "forbidden-character"),
        ("e\u0301", "not-nfc"),
    ],
)
@pytest.mark.parametrize("old", ["hard: Duros", "hard: 'Duros'", 'hard: "Duros"'])
def test_words_that_must_not_be_printed_are_not_put_in(words: str, rule: str, old: str) -> None:
    assert refuse({HARD: words}, swap("hard: Duros", old))[:2] == (rule, 11)


def test_a_new_key_stands_behind_its_neighbour_in_the_order_of_the_source() -> None:
    assert put({SOFT: "Blandos"}) == swap('"Fiebre"\n', '"Fiebre"\n    soft: Blandos\n')
    assert put({FEVER: "Fiebre"}, swap('    fever: "Fiebre"\n', "")) == swap(
        "hard: Duros\n", "hard: Duros\n    fever: Fiebre\n", swap('    fever: "Fiebre"\n', "")
    )


def test_a_new_first_key_stands_above_the_first_that_is_there_and_its_comments() -> None:
    before = swap("    hard: Duros\n", "", swap("    # Ojo con esta.\n", ""))
    assert put({HARD: "Duros"}, before) == swap('    fever: "Fiebre"\n', '    hard: Duros\n    fever: "Fiebre"\n', before)
    before = "blocks:\n  # Ayuda.\n  help:\n    call: Llame\n"
    assert put({HARD: "Duros"}, before) == "blocks:\n  lumps:\n    hard: Duros\n  # Ayuda.\n  help:\n    call: Llame\n"


def test_a_comment_at_the_head_of_a_file_stays_at_its_head() -> None:
    assert put({TITLE: "Señales"}, "# Cabeza.\nblocks:\n") == "# Cabeza.\ntitle: Señales\nblocks:\n"
    assert put({TITLE: "Señales"}, "# Cabeza.\n\n# Uno.\nblocks:\n") == "# Cabeza.\n\ntitle: Señales\n# Uno.\nblocks:\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "blocks:\n  help:\n    call: Llame\n"),
        ("\n", "\nblocks:\n  help:\n    call: Llame\n"),
        ("# Cabeza.", "# Cabeza.\nblocks:\n  help:\n    call: Llame\n"),
        ("title: x", "title: x\nblocks:\n  help:\n    call: Llame\n"),
        ("title: x\nblocks:", "title: x\nblocks:\n  help:\n    call: Llame\n"),
        ("title: x\nblocks:  \n", "title: x\nblocks:  \n  help:\n    call: Llame\n"),
        ("blocks:\n  help:\ntitle: x\n", "blocks:\n  help:\n    call: Llame\ntitle: x\n"),
        ("blocks:\n    lumps:\n        hard: x\n", "blocks:\n    lumps:\n        hard: x\n    help:\n      call: Llame\n"),
        ("title: >-\n  uno\n  dos\n", "title: >-\n  uno\n  dos\nblocks:\n  help:\n    call: Llame\n"),
        ("---\ntitle: x\n...\n", "---\ntitle: x\nblocks:\n  help:\n    call: Llame\n...\n"),
        ("title: x\r\n", "title: x\r\nblocks:\r\n  help:\r\n    call: Llame\r\n"),
        ("title: x\r\ntoo: y", "title: x\r\nblocks:\r\n  help:\r\n    call: Llame\r\ntoo: y"),
    ],
)
def test_names_that_are_missing_above_a_key_are_written_too(before: str, after: str) -> None:
    assert put({CALL: "Llame"}, before) == after


def test_the_last_line_needs_no_end_to_be_changed() -> None:
    assert put({HARD: "Blandos"}, "blocks:\n  lumps:\n    hard: Duros") == "blocks:\n  lumps:\n    hard: Blandos"


@pytest.mark.parametrize("name", ["no", "yes", "on", "y", "12", "null"])
def test_a_name_that_other_tools_read_as_no_text_is_written_in_quotes(name: str) -> None:
    text = write_words("title: x\n", {("blocks", name): "Así"}, [TITLE, ("blocks", name)], "es.yaml", {})
    assert text == f'title: x\nblocks:\n  "{name}": Así\n'


@pytest.mark.parametrize(
    "value", ["unas palabras", "'unas palabras'", ">-\n    unas\n    palabras", "[x]", "''", '""', "\n  - x"]
)
def test_words_where_names_are_meant_are_one_problem_at_their_line(value: str) -> None:
    id, line, said = refuse({HARD: "Duros"}, f"title: x\nblocks:\n  lumps: {value}\n".replace("\n  - x", "\n    - x"))
    assert (id, line) == ("wrong-value", 4 if "- x" in value else 3)
    assert '"lumps" has words, where names are meant' in said


@pytest.mark.parametrize("value", ["\n      deep: x", " [x]", "\n      - x"])
def test_names_where_words_are_meant_are_one_problem_at_their_line(value: str) -> None:
    id, line, said = refuse({HARD: "Duros"}, f"title: x\nblocks:\n  lumps:\n    hard:{value}\n")
    assert (id, line) == ("wrong-value", 4)
    assert '"hard" has names below it, where words are meant' in said


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("title: [\n", "yaml-syntax", 1),
        ("title: x\ntitle: y\n", "duplicate-key", 2),
        ("title: uno #dos\n", "comment-in-text", 1),
        ("title: x\nblocks: *x\n", "yaml-feature", 2),
        ("- x\n", "yaml-syntax", 1),
    ],
)
def test_a_file_that_cannot_be_read_is_not_written_to(text: str, rule: str, line: int) -> None:
    assert refuse({HARD: "Duros"}, text)[:2] == (rule, line)


def test_a_place_to_write_in_has_the_english_and_the_authors_note_above_it() -> None:
    assert put({HARD: "", CALL: ""}, "title: x\n", ENGLISH) == (
        "title: x\n"
        "blocks:\n"
        "  lumps:\n"
        "    # under the skin\n"
        "    # en: Hard lumps\n"
        "    hard:\n"
        "  help:\n"
        "    # en: Call: now #1\n"
        "    call:\n"
    )


def test_english_of_several_lines_is_one_line_of_comment() -> None:
    assert "    # en: Soft lumps\n    soft:\n" in put({SOFT: ""}, FILE, ENGLISH)


def test_words_that_are_taken_out_leave_a_place_to_write_in() -> None:
    text = put({FEVER: ""}, FILE, ENGLISH)
    assert text == swap('    fever: "Fiebre"\n', "    # en: A fever\n    fever:\n")
    assert put({FEVER: "Fiebre"}, text) == swap("    fever:\n", "    fever: Fiebre\n", text)


def test_words_that_are_taken_out_before_a_comment_leave_their_quotes() -> None:
    assert put({FEVER: ""}, swap('"Fiebre"', "'Fiebre'  # nota")) == swap('"Fiebre"', '""  # nota')


def test_a_place_that_waits_already_is_left_as_it_is() -> None:
    text = put({HARD: "", CALL: "", FEVER: ""}, FILE, ENGLISH)
    assert put({HARD: "", CALL: "", FEVER: ""}, text, ENGLISH) == text


@pytest.mark.parametrize(
    "comments",
    [
        "    # en: Very hard lumps\n",
        "    # Ojo con esta.\n    # en: Very hard lumps\n",
        "    # en: Very hard lumps\n    # Ojo con esta.\n",
        "  # en:    Very hard lumps\n".replace("en:    ", "en: "),
    ],
)
@pytest.mark.parametrize("words", ["Duros", ""])
def test_the_english_above_a_key_is_put_right_where_it_stands(comments: str, words: str) -> None:
    before = swap("    # Ojo con esta.\n    hard: Duros\n", f"{comments}    hard:{' ' if words else ''}{words}\n")
    assert put({}, before, ENGLISH) == swap("Very hard lumps", "Hard lumps", before)


def test_no_english_is_written_above_words_that_stand() -> None:
    assert put({HARD: "Muy duros"}, FILE, ENGLISH) == swap("Duros", "Muy duros")


def test_a_comment_that_is_added_ends_its_line_like_the_file() -> None:
    before = "title: x\r\nblocks:\r\n  lumps:\r\n    hard: Duros\r\n"
    assert put({HARD: ""}, before, ENGLISH) == before.replace(
        "    hard: Duros\r\n", "    # under the skin\r\n    # en: Hard lumps\r\n    hard:\r\n"
    )


def test_words_in_need_of_quotes_get_them() -> None:
    assert [format_words(words) for words in ("sí", "12", "a: b", '"a"', "# a")] == ["sí", "12", '"a: b"', '"\\"a\\""', '"# a"']
    assert [format_words("it's", quote) for quote in ("", "'", '"')] == ["it's", "'it''s'", '"it\'s"']
    assert format_words("", "'") == ""


def take_out(text: str, gone: Sequence[KeyPath]) -> str:
    """Take keys with one line of words out of a file, and names that have nothing left below them."""
    left: list[tuple[KeyPath, str]] = []
    at: list[tuple[int, str]] = []
    for line in text.splitlines(keepends=True):
        name = line.strip().partition(":")[0]
        indent = len(line) - len(line.lstrip())
        at = [*(each for each in at if each[0] < indent), (indent, name)]
        left.append((tuple(each for _, each in at), line))
    kept = [(path, line) for path, line in left if path not in gone]
    words = {path[:size] for path, line in kept if line.rstrip()[-1] != ":" for size in range(1, len(path) + 1)}
    return "".join(line for path, line in kept if path in words)


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["es", "ar", "zh-Hans"])
def test_keys_that_are_taken_out_and_put_in_again_give_the_same_file(tag: str) -> None:
    project, chance = load_project(ROOT), random.Random(20261121)
    source, said = list_source(project), list_words(project, tag)
    tried = 0
    for file, units in list_files(project, tag).items():
        if not file.startswith("content/topics"):
            continue
        text = (ROOT / file).read_bytes().decode()
        english = {path: source[unit] for path, unit in units.items()}
        words = {path: said[unit].words for path, unit in units.items()}
        as_written = [path for path in units if f"{path[-1]}: {format_words(words[path])}\n" in text]
        for share in (chance.random(), 1.0):
            gone = [path for path in as_written if chance.random() < share]
            left = take_out(text, gone)
            assert len(left.splitlines()) <= len(text.splitlines()) - len(gone)
            assert write_words(left, {path: words[path] for path in gone}, tuple(units), file, english) == text, (file, gone)
            tried += len(gone)
    assert tried > len(project.units)


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["es", "ar", "zh-Hans"])
def test_words_that_are_changed_and_changed_back_give_the_same_file(tag: str) -> None:
    project, chance = load_project(ROOT), random.Random(20261121)
    said = list_words(project, tag)
    for file, units in list_files(project, tag).items():
        if file.endswith(".po"):
            continue
        text = (ROOT / file).read_bytes().decode()
        path = chance.choice(list(units))
        changed = write_words(text, {path: "X " + said[units[path]].words}, tuple(units), file, {})
        pairs = zip(text.splitlines(), changed.splitlines(), strict=True)
        assert sum(old != new for old, new in pairs) == 1, (file, path)
        assert read_yaml(changed.encode(), file).tree != read_yaml(text.encode(), file).tree
        assert write_words(changed, {path: said[units[path]].words}, tuple(units), file, {}) == text


@pytest.mark.slow
@pytest.mark.parametrize("switch", [[], ["-O"], ["-OO"]])
@pytest.mark.parametrize("spoiled", ['"Otras"', "{deep: x}", "Duros # x"])
def test_words_that_would_not_be_read_back_are_refused_however_python_is_started(switch: list[str], spoiled: str) -> None:
    code = (
        "import sys\n"
        "from leaflets.problems import LeafletsError\n"
        "from leaflets.translation import yaml_writer\n"
        f"yaml_writer.format_words = lambda words, quote='': {spoiled!r}\n"
        "try:\n"
        f"    print(yaml_writer.write_words({FILE!r}, {{{HARD!r}: 'Blandos'}}, {ORDER!r}, 'es.yaml', {{}}))\n"
        "except LeafletsError as error:\n"
        "    sys.exit(str(error))\n"
    )
    ran = subprocess.run([sys.executable, *switch, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("es.yaml:11: error: ")


def test_the_words_that_would_be_read_back_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_writer, "format_words", lambda words, quote="": "Otras")
    id, line, said = refuse({HARD: "Blandos"}, FILE)
    assert (id, line) == ("wrong-value", 11)
    assert said == 'the words of "blocks.lumps.hard" would be read back as `Otras`, so nothing was written'
