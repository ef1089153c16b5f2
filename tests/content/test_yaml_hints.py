"""What people mistype in YAML: each is explained at its own line, in whatever language, and a good file is never refused."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from leaflets.content import yaml_hints
from leaflets.content.strict_yaml import read_yaml
from leaflets.content.yaml_hints import LINE_BREAK, MOST_HINTS, MOST_READING, find_hints, find_stop
from leaflets.problems import LeafletsError, Problem
from tests.support.projects import ROOT

FILES = [
    "topics/en/signs.yaml",
    "topics/en/treatment.yaml",
    "topics/es/signs.yaml",
    "topics/es/adult.yaml",
    "topics/es/questions.yaml",
    "topics/ar/signs.yaml",
    "topics/ar/get-help.yaml",
    "topics/zh-Hans/signs.yaml",
    "topics/hi/signs.yaml",
    "topics/hi/diary.yaml",
]
CONTENT = sorted((ROOT / "content").rglob("*.yaml"))
Fault = Callable[[str, str, str], str]
"""Takes the spaces before a name, the name and its words; gives the line as it was typed."""


def read_problems(text: str) -> tuple[Problem, ...]:
    try:
        read_yaml(text.encode(), "a.yaml")
    except LeafletsError as error:
        return error.problems
    return ()


def find_spots(lines: list[str]) -> dict[str, int]:
    """Choose lines with words where a mistake shows differently: numbers from 0.

    None has a deeper line before it, which it could be moved below without a fault of YAML.
    """
    inside = [len(line) - len(line.lstrip()) for line in lines]
    worded = [number for number, line in enumerate(lines) if re.match(r" *[a-z-]+: [^\[]", line) and " picture:" not in line]
    first = [number for number in worded if lines[number - 1].endswith(":")]
    *inner, end = (number for number in worded if number not in first and inside[number - 1] <= inside[number])
    middle = [number for number in inner if inside[number - 1] == inside[number] == inside[number + 1]]
    last = [number for number in inner if inside[number] > inside[number + 1]]
    found = {"first of the file": worded[:1], "first of a block": first, "middle": middle, "last of a block": last}
    return {name: numbers[len(numbers) // 2] for name, numbers in found.items() if numbers} | {"last of the file": end}


def list_mistakes(fault: Fault, offset: int = 0) -> Iterator[tuple[str, str, int]]:
    """Make the mistake in every spot of every file: where, the text of the file, and the line from 1 that must be named."""
    for name in FILES:
        lines = (ROOT / "content" / name).read_text(encoding="utf-8").splitlines()
        for spot, number in find_spots(lines).items():
            match = re.fullmatch(r"( *)([a-z-]+): (.*)", lines[number])
            assert match
            words = re.sub(r"[:#'\"].*", "", re.sub(r"[\[\]{}*\"]", "", match[3])).strip()
            typed = fault(match[1], match[2], words)
            if typed != lines[number]:
                yield f"{name}, {spot}", "\n".join([*lines[:number], typed, *lines[number + 1 :], ""]), number + 1 + offset


def begin(words: str) -> Fault:
    return lambda indent, name, text: f"{indent}{name}: {words.replace('…', text)}"


MISTAKES: dict[str, tuple[Fault, str]] = {
    "an open double quote": (begin('"…'), 'quotation mark (") that is not closed'),
    "an open single quote": (begin("'…"), "quotation mark (') that is not closed"),
    "a quote closed by a typographic one": (begin('"…”'), "quotation mark"),
    "a quote closed too early": (begin('"… "no" …"'), 'ends before `no" '),
    "an apostrophe in single quotes": (begin("'Don't …'"), "ends before `t "),
    "a quoted word at the beginning": (begin('"Lumps" …'), "the text in quotes ends before"),
    "a backslash that is no escape in quotes": (begin(r'"50\% …"'), r"backslash that means nothing in double quotes: `\%"),
    "no space after the colon": (lambda indent, name, text: f"{indent}{name}:{text}", "no space after the colon"),
    "one space too many": (lambda indent, name, text: f"{indent} {name}: {text}", "before it, where"),
    "two spaces too many": (lambda indent, name, text: f"{indent}  {name}: {text}", "before it, where"),
    "one space too few": (lambda indent, name, text: f"{indent[1:]}{name}: {text}", "before it, where"),
    "a colon in the text": (begin("…: no"), "a colon in a text that is not in quotes"),
    "a colon at the end of the text": (begin("…:"), "a colon in a text that is not in quotes"),
    "a full-width colon": (lambda indent, name, text: f"{indent}{name}：{text}", "FULLWIDTH COLON"),
    "a full-width colon and a space": (lambda indent, name, text: f"{indent}{name}： {text}", "FULLWIDTH COLON"),
    "a visarga for a colon": (lambda indent, name, text: f"{indent}{name}ः {text}", "VISARGA"),
    "an Arabic semicolon for a colon": (lambda indent, name, text: f"{indent}{name}؛ {text}", "ARABIC SEMICOLON"),
    "a semicolon for a colon": (lambda indent, name, text: f"{indent}{name}; {text}", "SEMICOLON"),
    "a no-break space after the colon": (lambda indent, name, text: f"{indent}{name}:\u00a0{text}", "NO-BREAK SPACE"),
    "no-break spaces as indentation": (
        lambda indent, name, text: f"{indent.replace(' ', chr(0xA0))}{name}: {text}" if indent else f"\u00a0{name}: {text}",
        "NO-BREAK SPACE",
    ),
    "a no-break space among spaces": (lambda indent, name, text: f"{indent[1:]}\u00a0{name}: {text}", "NO-BREAK SPACE"),
    "wide spaces as indentation": (
        lambda indent, name, text: f"{indent.replace('  ', chr(0x3000)) or chr(0x3000)}{name}: {text}",
        "IDEOGRAPHIC SPACE",
    ),
    "a tab as indentation": (lambda indent, name, text: f"{indent}\t{name}: {text}", "a tab"),
    "a tab after the colon": (lambda indent, name, text: f"{indent}{name}:\t{text}", "a tab"),
    "a name without a colon": (lambda indent, name, text: f"{indent}{name} {text}", "a line without a name and a colon"),
    "a name without its text and a colon": (lambda indent, name, text: f"{indent}{name}", "a line without a name and a colon"),
    "a dash before a name": (lambda indent, name, text: f"{indent}- {name}: {text}", "a dash that does not fit"),
    "a mark of Git above a line": (
        lambda indent, name, text: f"<<<<<<< HEAD\n{indent}{name}: {text}",
        "a mark of Git: `<<<<<<< HEAD`",
    ),
    "words behind quotes over two lines": (
        lambda indent, name, text: f'{indent}{name}: "{text}\n{indent}  {text}" x',
        "the text in quotes ends before `x`",
    ),
    "quotes over two lines that are not closed": (
        lambda indent, name, text: f'{indent}{name}: "{text}\n{indent}  {text} x',
        'a quotation mark (") that is not closed',
    ),
    "a mark of Git": (lambda indent, name, text: "<<<<<<< HEAD", "a mark of Git: `<<<<<<< HEAD`"),
    "a text that begins with [ and never closes it": (begin("[… x"), "a [ that is not closed"),
    "a text that begins with a hash": (begin("# …"), "would be dropped as a comment"),
    "a text that begins with a number sign": (begin("#1 …"), "would be dropped as a comment"),
    **{
        f"a text that begins with {words}": (begin(words), f'begins with "{re.split("[^*&!%@`|>{,}?:-]", words)[0] or words[0]}"')
        for words in (
            *("**…** x", "*…* x", "*x* …", "&…", "& …", "&nbsp; …", "!…", "! …", "%…", "% …", "@…", "@ …", "`…`", "` …"),
            *("| …", "|…", "> …", ">…", ">38 …", "[…] x", "{… x", "{…} x", "- …", "? …", ", …", "] …", "} …", ": …"),
        )
    },
}
LATER_MISTAKES: dict[str, tuple[Fault, str]] = {
    "a text that goes on at the beginning of a line": (
        lambda indent, name, text: f"{indent}{name}: {text}\n{text} x",
        "a line without a name and a colon",
    ),
    "a text that goes on below its name": (
        lambda indent, name, text: f"{indent}{name}: {text}\n{indent}{text} x",
        "a line without a name and a colon",
    ),
    "a text that goes on behind its quotes": (
        lambda indent, name, text: f'{indent}{name}: "{text}"\n{indent}  {text} x',
        "a line without a name and a colon",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_problem_at_its_line_wherever_it_is_made(name: str) -> None:
    fault, said = MISTAKES[name]
    for where, text, line in list_mistakes(fault):
        problems = read_problems(text)
        assert [problem.place.line for problem in problems] == [line], (where, problems)
        assert said in problems[0].message, where
        assert problems[0].remedy, where


@pytest.mark.parametrize("name", LATER_MISTAKES)
def test_a_text_that_goes_on_where_it_cannot_is_a_problem_of_the_second_line(name: str) -> None:
    fault, said = LATER_MISTAKES[name]
    for where, text, line in list_mistakes(fault, 1):
        problems = read_problems(text)
        assert [problem.place.line for problem in problems] == [line], (where, problems)
        assert said in problems[0].message
        assert f"line {line - 1}" in problems[0].remedy


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(begin("“…”"), id="typographic-quotes"),
        pytest.param(begin("« … »"), id="guillemets"),
        pytest.param(begin("…   "), id="spaces-at-the-end"),
        pytest.param(begin("  …"), id="more-spaces-after-the-colon"),
        pytest.param(begin('… don\'t "x" & y * z'), id="signs-inside"),
        pytest.param(begin("…：x；y；12:30"), id="other-colons-inside"),
        pytest.param(begin('"… \\"no\\" …"'), id="escaped-quotes"),
        pytest.param(begin("'… don''t'"), id="doubled-apostrophe"),
        pytest.param(lambda indent, name, text: f"{indent}{name} : {text}", id="space-before-the-colon"),
        pytest.param(lambda indent, name, text: f"{indent}{name}:\n{indent}  {text}", id="words-on-the-next-line"),
        pytest.param(lambda indent, name, text: f"{indent}{name}: {text}\n{indent}  {text} x", id="words-on-two-lines"),
        pytest.param(lambda indent, name, text: f'{indent}{name}: "{text}\n{indent}  x: y"', id="a-colon-on-a-second-line"),
        pytest.param(lambda indent, name, text: f"{indent}# {text}: 'x\n{indent}{name}: {text}", id="a-comment"),
    ],
)
def test_what_only_looks_like_a_mistake_is_none(typed: Fault) -> None:
    texts = [text for _, text, _ in list_mistakes(typed)]
    assert len(texts) > 40
    for text in texts:
        assert read_problems(text) == ()


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: str(path.relative_to(ROOT / "content")))
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_every_file_of_the_project_is_good(path: Path, end: str, mark: bytes) -> None:
    text = path.read_bytes().replace(b"\n", end.encode())
    assert read_yaml(mark + text, path.name).tree
    assert find_hints(text.decode()) == []


def test_every_mistake_of_a_file_is_said_at_once_and_what_hangs_on_one_is_not_said() -> None:
    text = 'title:What\nblocks:\n  lumps:\n    hard: "You may\n    fever：Call\n    leak: **No**\n  where:\n    alt: Look: here\n'
    assert [(problem.place.line, problem.id) for problem in read_problems(text)] == [
        (line, "yaml-syntax") for line in (1, 4, 5, 6, 8)
    ]


def test_a_name_whose_words_were_mistyped_is_not_said_to_be_empty() -> None:
    [problem] = read_problems("title: x\nblocks:\n  lumps:\n  hard: Puede\n    fever: Llame\n")
    assert (problem.id, problem.place.line) == ("yaml-syntax", 4)


def test_a_name_that_is_empty_elsewhere_is_said_beside_a_mistake() -> None:
    problems = read_problems("title:\nblocks:\n  lumps:\n    hard:Puede\n    fever: Llame\n")
    assert [(problem.id, problem.place.line) for problem in problems] == [("empty-value", 1), ("yaml-syntax", 4)]


def test_what_no_hint_explains_is_said_in_the_words_of_the_parser() -> None:
    text = f"{'a' * 2000}: x\nb: y\n"
    assert find_hints(text) == []
    [problem] = read_problems(text)
    assert (problem.id, problem.place.line) == ("yaml-syntax", 1)


def test_a_mistake_is_quoted_no_longer_than_needed_and_on_one_line() -> None:
    [hint] = find_hints('a: x\nb: "' + "palabra " * 50 + "\n  y\nc: z\n")
    assert hint.line == 2
    assert "palabra palabra" in hint.found
    assert len(hint.found) < 120
    assert "\n" not in hint.found + hint.remedy


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: *** \nb: " + "[" * 400_000, id="brackets-behind-a-mistake"),
        pytest.param("".join(f'a{number}: "x\n' for number in range(30_000)), id="30,000-open-quotes"),
        pytest.param("a" + " " * 400_000 + "\nb: c: d", id="400,000-spaces-without-a-colon"),
        pytest.param("".join(f"a{number}: x\n" for number in range(30_000)) + "b:x\nc: y\n", id="a-mistake-behind-30,000-lines"),
        pytest.param("".join(f'a{number}: "x"\n' for number in range(30_000)) + "b: *\n", id="a-mistake-behind-30,000-quotes"),
        pytest.param("".join(f"{' ' * (number % 700)}a: x\n" for number in range(1_400)), id="700-columns"),
        pytest.param("".join(f'{" " * number}a: "\n' for number in range(900)), id="900-open-quotes-in-each-other"),
    ],
)
def test_no_file_is_read_again_and_again(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def count(lines: Sequence[str]) -> int | None:
        read.append(len(text))
        return find_stop(lines)

    monkeypatch.setattr("leaflets.content.yaml_hints.find_stop", count)
    assert len(find_hints(text)) <= MOST_HINTS
    assert sum(read) <= (MOST_HINTS + 1) * (MOST_READING + len(text))


TYPED = [
    " ",
    "  ",
    "\u00a0",
    "\u3000",
    ":",
    ": ",
    "：",
    '"',
    "'",
    "”",
    "**",
    "*",
    "&",
    "!",
    "%",
    "@",
    "`",
    "|",
    ">",
    "[",
    "]",
    "{",
    "}",
]
TYPED += [
    "- ",
    "-",
    "? ",
    "#",
    " #",
    "\\",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "\u2028",
    "\ufeff",
    "\u202e",
    "\x07",
    "---\n",
    "...",
    "<<: ",
    "~",
    ",",
]


def spoil(text: str, chance: random.Random) -> str:
    """Mistype once: something typed, taken out, doubled or swapped anywhere."""
    at = chance.randrange(len(text))
    lines = text.splitlines(keepends=True)
    number = chance.randrange(len(lines))
    return chance.choice(
        [
            text[:at] + chance.choice(TYPED) + text[at:],
            text[:at] + chance.choice(TYPED) + text[at + 1 :],
            text[:at] + text[at + chance.randint(1, 3) :],
            text[:at],
            "".join([*lines[:number], chance.choice(TYPED) + lines[number], *lines[number + 1 :]]),
            "".join([*lines[:number], lines[number][1:], *lines[number + 1 :]]),
            "".join([*lines[:number], lines[number].replace(":", chance.choice(TYPED), 1), *lines[number + 1 :]]),
            "".join([*lines[:number], lines[number].replace(": ", ": " + chance.choice(TYPED), 1), *lines[number + 1 :]]),
            "".join([*lines[:number], *lines[number + 1 :], lines[number]]),
        ]
    )


@pytest.mark.slow
@pytest.mark.parametrize("path", CONTENT, ids=lambda path: str(path.relative_to(ROOT / "content")))
def test_a_spoiled_file_is_read_or_refused_at_lines_that_it_has(path: Path) -> None:
    chance = random.Random(path.name)
    good = path.read_text(encoding="utf-8")
    refused = 0
    for _ in range(30):
        text = spoil(good, chance)
        if text.strip() and chance.random() < 0.3:
            text = spoil(text, chance)
        problems = read_problems(text)
        refused += bool(problems)
        last = len(LINE_BREAK.split(text))
        for problem in problems:
            assert problem.place.line in range(1, last + 1) or problem.message == "the file is empty", (problem, text)
            assert problem.message
            assert len(str(problem).splitlines()) == 1
    assert refused > 3


@pytest.mark.parametrize("colon", ["：", "؛ ", ":", ": ".replace(" ", "\u00a0"), ";"])
def test_a_colon_of_another_keyboard_in_line_after_line_is_said_of_each(colon: str) -> None:
    text = f"title{colon}Was\nblocks:\n  lumps:\n" + "".join(f"    {name}{colon}Knoten\n" for name in ("hard", "soft", "leak"))
    assert [problem.place.line for problem in read_problems(text + "    last: Ende\n")] == [1, 4, 5, 6]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("lump:\n  avoid:\n    - bola\n    -nódulo\n    - bulto\n", 4, "no space after the dash: `-nódulo`"),
        ("lump:\n  avoid:\n    - bola\n   - nódulo\n    - bulto\n", 4, '"-" has 3 spaces before it, where 4 spaces would fit'),
        ("lump:\n  avoid:\n    - bola\n    nódulo\n    - bulto\n", 4, "a line without a name and a colon"),
        ("- title: x\nblocks:\n  a: y\n", 1, "a dash that does not fit the lines beside it"),
        ("lump:\n  - term: bola\n  note: x\n", 2, "a dash that does not fit the lines beside it"),
        ("lump:\n  avoid:\n    - 'bola\n    - nódulo\n", 3, "not closed"),
        ("lump:\n  avoid:\n    - *bola\n    - **nódulo**\n", 3, 'begins with "*"'),
        ("a: x\nfor: [adult, cutis\nb: y\n", 2, "a [ that is not closed: `[adult, cutis`"),
    ],
)
def test_a_mistake_in_a_list_is_said_at_its_line(text: str, line: int, said: str) -> None:
    problems = read_problems(text)
    assert problems[0].place.line == line
    assert said in problems[0].message


@pytest.mark.parametrize("lines", [10, 1_000, 10_000])
def test_no_more_is_read_again_than_the_bound(lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def count(lines: list[str]) -> int | None:
        read.append(sum(len(line) + 1 for line in lines))
        return find_stop(lines)

    monkeypatch.setattr(yaml_hints, "find_stop", count)
    text = "".join(f"a{number}: x: y\nb{number}: *\n" for number in range(lines))
    assert find_hints(text)
    assert sum(read) <= (MOST_HINTS + 1) * (MOST_READING + 2 * len(text))


def test_a_fix_is_the_line_as_the_parser_reads_it_and_every_other_line_stays() -> None:
    lines = ["a: x", "b:y", "c: z"]
    [hint] = find_hints("\n".join(lines))
    assert (hint.line, hint.fix) == (2, "b: x")
    assert find_hints("\n".join([lines[0], hint.fix, lines[2]])) == []


@pytest.mark.parametrize("step", [2, 3, 4])
def test_a_file_with_steps_of_its_own_is_told_the_column_that_it_uses(step: int) -> None:
    indent = " " * step
    lines = ["blocks:", f"{indent}lumps:", f"{indent * 2}hard: x", f"{indent * 2} soft: y", f"{indent * 2}leak: z"]
    [hint] = find_hints("\n".join(lines))
    assert (hint.line, hint.fix) == (4, f"{indent * 2}soft: y")


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", " \u2003"])
def test_a_space_that_indents_nothing_is_refused_where_a_text_goes_on_as_well(space: str) -> None:
    [problem] = read_problems(f"a: Puede sentir\n  {space}bultos duros.\nb: x\n")
    assert problem.place.line == 2
    assert "at the beginning of the line: `bultos duros.`" in problem.message
