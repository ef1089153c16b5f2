"""Strict, text-only YAML: what is read as it was typed, and what is refused, one clear line each."""

import pytest

from leaflets.content.shapes import LONGEST
from leaflets.content.strict_yaml import MAX_BYTES, MAX_DEPTH, MOST_MARKS, YamlFile, read_yaml
from leaflets.problems import LeafletsError, Place, Problem


def read(text: str | bytes) -> YamlFile:
    return read_yaml(text.encode() if isinstance(text, str) else text, "a.yaml")


def refuse(text: str | bytes) -> Problem:
    """Give the one problem of a file."""
    with pytest.raises(LeafletsError) as caught:
        read(text)
    [problem] = caught.value.problems
    assert len(str(problem).splitlines()) == 1
    return problem


def test_keys_text_and_lists_are_read() -> None:
    assert read("title: Lumps\nfor: [adult, cutis]\nblocks:\n  signs:\n    - hard\n").tree == {
        "title": "Lumps",
        "for": ["adult", "cutis"],
        "blocks": {"signs": ["hard"]},
    }


@pytest.mark.parametrize("typed", ["x - y", '["x - y"]', "x\n  y - z", "[x-y]"])
def test_a_dash_in_a_text_or_in_quotes_is_a_dash(typed: str) -> None:
    assert read(f"a: {typed}\n")


@pytest.mark.parametrize(
    "typed", ["0123", "12:30", "1.10", "no", "Yes", "on", "null", "~", "2026-11-21", "1e3", "0x1f", "1_000", ".5", "+44", "true"]
)
def test_a_value_stays_the_text_that_was_typed(typed: str) -> None:
    assert read(f"a: {typed}\nb: [{typed}]\n").tree == {"a": typed, "b": [typed]}


@pytest.mark.parametrize(
    ("text", "rule", "line", "said"),
    [
        pytest.param("a: x\nb: y\na: z\n", "duplicate-key", 3, '"a"', id="a-key-twice"),
        pytest.param("a:\n  b: x\n  b: x\n", "duplicate-key", 3, '"b"', id="an-inner-key-twice"),
        pytest.param('a: x\n"a": y\n', "duplicate-key", 2, '"a"', id="a-key-twice-once-quoted"),
        pytest.param("a: [x]\nb: [y, x, y]\n", "duplicate-entry", 2, '"y"', id="an-entry-twice"),
        pytest.param("a:\n  - x\n  - y\n  - x\n", "duplicate-entry", 4, "first in line 2", id="an-entry-twice-on-its-lines"),
        pytest.param("a:\n  - لازم\n   - پڑ*\n", "lost-line", 2, "`لازم - پڑ*`", id="a-dash-that-is-one-space-too-far-in"),
        pytest.param("a:\n  - x - y\n", "lost-line", 2, "`x - y`", id="a-dash-within-an-entry"),
        pytest.param("a:\n  - x\n    y\n", "lost-line", 2, "`x y`", id="an-entry-without-its-dash"),
        pytest.param("a: [x\n  y]\n", "lost-line", 1, "`x y`", id="an-entry-without-its-comma"),
        pytest.param("b: x\na: y\n   - z\n", "lost-line", 2, "`y - z`", id="a-list-that-runs-into-a-text"),
        pytest.param("a: x\nb: *a\n", "yaml-feature", 2, "alias", id="alias"),
        pytest.param("b: x\na: &here y\n", "yaml-feature", 2, "anchor", id="anchor"),
        pytest.param("a: &bomb [x, x]\nb: [*bomb, *bomb]\n", "yaml-feature", 1, "anchor", id="alias-bomb"),
        pytest.param("&here a: y\n", "yaml-feature", 1, "key", id="anchor-on-a-key"),
        pytest.param("b: x\na: !!str y\n", "yaml-feature", 2, "tag", id="tag"),
        pytest.param("a: !!python/object:os.system y\n", "yaml-feature", 1, "tag", id="python-tag"),
        pytest.param("b: x\n<<: y\n", "yaml-feature", 2, "merge", id="merge-key"),
        pytest.param("a:\n  <<:\n    b: c\n", "yaml-feature", 2, "merge", id="inner-merge-key"),
        pytest.param("? [a]\n: x\n", "yaml-feature", 1, "key", id="list-as-key"),
        pytest.param("a: x\n---\nb: y\n", "yaml-feature", 2, "second document", id="two-documents"),
        pytest.param("a: " + "[" * 100_000, "too-deep", 1, "deep", id="100,000-open-brackets"),
        pytest.param("a: " + "[" * 100_000 + "]" * 100_000, "too-deep", 1, "deep", id="100,000-brackets"),
        pytest.param("a:\n" + "- " * 100_000 + "x\n", "too-deep", 2, "deep", id="100,000-dashes"),
        pytest.param("{" * 100_000, "yaml-feature", 1, "{", id="100,000-braces"),
        pytest.param(b"a: x\nb: \xff\n", "unreadable", 2, "0xff", id="invalid-utf-8"),
        pytest.param("a: é\n".encode("latin-1"), "unreadable", 1, "0xe9", id="latin-1"),
        pytest.param("\ufeffa: x\n".encode("utf-16-le"), "unreadable", 1, "UTF-16", id="utf-16-le"),
        pytest.param("\ufeffa: x\n".encode("utf-16-be"), "unreadable", 1, "UTF-16", id="utf-16-be"),
        pytest.param("a: x\n".encode("utf-16-le"), "unreadable", 1, "UTF-16", id="utf-16-le-without-a-mark"),
        pytest.param("a: x\n".encode("utf-16-be"), "unreadable", 1, "UTF-16", id="utf-16-be-without-a-mark"),
        pytest.param("a: " + "x" * MAX_BYTES, "unreadable", 0, "bytes", id="too-large"),
        pytest.param("a: x\n\tb: y\n", "yaml-syntax", 2, "tab", id="tab-before-a-key"),
        pytest.param("a: x\ty\n", "yaml-syntax", 1, "tab", id="tab-in-a-text"),
        pytest.param("", "yaml-syntax", 0, "empty", id="empty-file"),
        pytest.param("# nothing yet\n", "yaml-syntax", 0, "empty", id="only-a-comment"),
        pytest.param("- a\n- b\n", "yaml-syntax", 1, "mapping", id="a-list-at-the-top"),
        pytest.param("just words\n", "yaml-syntax", 1, "mapping", id="a-text-at-the-top"),
        pytest.param("# x\ntitle:What\n", "yaml-syntax", 2, "no space after the colon", id="a-name-without-a-space-at-the-top"),
        pytest.param("b: x\na: |\n  y\n", "forbidden-character", 2, "line break", id="a-block-of-lines"),
        pytest.param("b: x\n\u00a0a: y\n", "yaml-syntax", 2, "NO-BREAK SPACE", id="a-no-break-space-before-a-key"),
        pytest.param(
            "b:\n\u00a0\u00a0a: y\n", "yaml-syntax", 2, "NO-BREAK SPACE", id="a-key-that-no-break-spaces-do-not-put-inside"
        ),
        pytest.param("b: x\na: take: two\n", "yaml-syntax", 2, "colon", id="a-colon-in-plain-text"),
        pytest.param('a: "never closed\n', "yaml-syntax", 1, "not closed", id="an-open-quote"),
        pytest.param("b: x\na: e\u0301\n", "not-nfc", 2, "form C", id="not-nfc"),
        pytest.param("e\u0301: x\n", "not-nfc", 1, "form C", id="a-key-not-nfc"),
        pytest.param("b: x\na:\n", "empty-value", 2, "no text", id="no-value"),
        pytest.param('a: ""\nb: x\n', "empty-value", 1, "no text", id="empty-quotes"),
        pytest.param("a: ' '\n", "empty-value", 1, "no text", id="only-a-space"),
        pytest.param("a: [x, '']\n", "empty-value", 1, "no text", id="an-empty-item"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_in_one_line(text: str | bytes, rule: str, line: int, said: str) -> None:
    problem = refuse(text)
    assert (problem.id, problem.place) == (rule, Place("a.yaml", line))
    assert said in problem.message


@pytest.mark.parametrize(
    ("typed", "code_point"),
    [
        pytest.param('"\\u202e12"', "U+202E", id="bidi-override-as-an-escape"),
        pytest.param("\u202e12", "U+202E", id="bidi-override"),
        pytest.param("x\u2066", "U+2066", id="bidi-isolate"),
        pytest.param("x\u200ey", "U+200E", id="left-to-right-mark"),
        pytest.param("x\ue000", "U+E000", id="private-use"),
        pytest.param("x\u0378", "U+0378", id="unassigned"),
        pytest.param("x\ufeffy", "U+FEFF", id="byte-order-mark-inside"),
        pytest.param('"x\\0"', "U+0000", id="nul-as-an-escape"),
        pytest.param('"x\\ty"', "U+0009", id="tab-as-an-escape"),
        pytest.param('"x\\e[31m"', "U+001B", id="terminal-escape"),
        pytest.param('"x\\u2028y"', "U+2028", id="line-separator-as-an-escape"),
    ],
)
def test_a_character_that_must_not_be_printed_is_refused(typed: str, code_point: str) -> None:
    problem = refuse(f"b: x\na: {typed}\n")
    assert (problem.id, problem.place) == ("forbidden-character", Place("a.yaml", 2))
    assert code_point in problem.message


@pytest.mark.parametrize(
    ("char", "id", "line"), [("\a", "forbidden-character", 2), ("\x1b", "forbidden-character", 2), ("\0", "unreadable", 1)]
)
def test_a_raw_control_character_is_one_problem_with_its_line(char: str, id: str, line: int) -> None:
    problem = refuse(f"b: x\na: x{char}y\n")
    assert (problem.id, problem.place) == (id, Place("a.yaml", line))


@pytest.mark.parametrize("end", ["\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_every_line_break_of_yaml_counts(end: str) -> None:
    assert read(f"a: x{end}b: y{end}").tree == {"a": "x", "b": "y"}
    for words, rule in (("Take 2 #3 tablets", "comment-in-text"), ("x\ay", "forbidden-character")):
        problem = refuse(f"# c{end}# d{end}a: {words}{end}b: y{end}")
        assert (problem.id, problem.place) == (rule, Place("a.yaml", 3))


def test_text_that_begins_with_an_unquoted_brace_is_one_problem() -> None:
    problem = refuse("b: x\na: {emergency_number} now\n")
    assert (problem.id, problem.place) == ("yaml-feature", Place("a.yaml", 2))


@pytest.mark.parametrize("key", ["0x1f", ".5", ".inf", ".nan"])
def test_every_number_of_yaml_1_1_is_an_ambiguous_key(key: str) -> None:
    problem = refuse(f"b: x\n{key}: y\n")
    assert (problem.id, problem.place) == ("ambiguous-key", Place("a.yaml", 2))


def test_a_forbidden_character_is_found_in_a_key() -> None:
    assert refuse('"a\\u202e": x\n').id == "forbidden-character"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("می\u200cخواهم", id="zwnj"),
        pytest.param("क्\u200dष", id="zwj"),
        pytest.param("calci\u00adnosis", id="soft-hyphen"),
        pytest.param("ไทย\u200bภาษา", id="zero-width-space"),
        pytest.param("4\u2060–\u206012", id="word-joiner"),
        pytest.param("5\u00a0mg", id="no-break-space"),
        pytest.param("😀 ½ °C", id="symbols"),
    ],
)
def test_a_character_that_a_language_needs_is_kept(words: str) -> None:
    assert read(f"a: {words}\n").tree == {"a": words}


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("b: x\na: Take 2 #3 tablets\n", "#3 tablets"),
        ("b: x\na: Take 2   # three tablets\n", "# three tablets"),
        ("b:\n  - Take 2 #3 tablets\n", "#3 tablets"),
    ],
)
def test_text_that_yaml_would_drop_as_a_comment_is_refused(text: str, lost: str) -> None:
    problem = refuse(text)
    assert (problem.id, problem.place) == ("comment-in-text", Place("a.yaml", 2))
    assert lost in problem.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('a: "Take 2 #3 tablets"\n', "Take 2 #3 tablets"),
        ("a: 'Take 2 #3 tablets'\n", "Take 2 #3 tablets"),
        ("a: Take#3 tablets\n", "Take#3 tablets"),
        ("# About a.\na: Take 2\n# The end.\n", "Take 2"),
        ("a: Take 2\n  tablets\n", "Take 2 tablets"),
        ('a: "Take 2"  # for translators\n', "Take 2"),
    ],
)
def test_no_text_is_lost_in_quotes_or_beside_a_comment_line(text: str, words: str) -> None:
    assert read(text).tree == {"a": words}


@pytest.mark.parametrize("key", ["no", "No", "yes", "y", "N", "on", "OFF", "true", "false", "null", "~", "12", "1.5", "12:30"])
def test_a_key_that_other_tools_read_as_no_text_is_refused(key: str) -> None:
    problem = refuse(f"b: x\n{key}: y\n")
    assert (problem.id, problem.place) == ("ambiguous-key", Place("a.yaml", 2))
    assert f'"{key}"' in problem.message


@pytest.mark.parametrize("key", ['"no"', "'12'", "no-fever", "none", "one", "yes-no", "note", "month-12", "nullify"])
def test_a_key_that_every_tool_reads_as_text_is_kept(key: str) -> None:
    assert read(f"{key}: x\n").tree == {key.strip("'\""): "x"}


def test_a_byte_order_mark_at_the_start_is_accepted() -> None:
    assert read(b"\xef\xbb\xbfa: x\n").tree == {"a": "x"}


def test_lines_may_end_as_on_windows() -> None:
    source = read("a: x\r\nb: y\r\n")
    assert source.tree == {"a": "x", "b": "y"}
    assert source.place(("b",)).line == 2


def test_one_document_may_have_its_marks() -> None:
    assert read("---\na: x\n...\n").tree == {"a": "x"}


def test_a_file_may_be_as_large_as_the_limit() -> None:
    assert read("#" * (MAX_BYTES - 5) + "\na: x").tree == {"a": "x"}
    assert refuse("#" * (MAX_BYTES - 4) + "\na: x").id == "unreadable"


@pytest.mark.parametrize("word", ["palabra ", "q\u0323\u0301", "no ", "а\u0301"])
def test_a_text_that_is_far_too_long_is_refused_by_its_length_alone(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """20,000 words took 6 GB, and 100,000 marks minutes in the normal form."""
    monkeypatch.setattr("leaflets.content.strict_yaml.count_marks", None)
    problem = refuse(f'a: "{word * 20_000}"')
    assert (problem.id, problem.place.line) == ("long-text", 1)
    assert f"{20_000 * len(word):,} letters, more than 2,000" in problem.message


def test_a_text_may_be_as_long_as_the_limit() -> None:
    assert read("a: " + "ñ" * LONGEST).tree == {"a": "ñ" * LONGEST}
    assert refuse("a: " + "ñ" * (LONGEST + 1)).id == "long-text"


def test_marks_are_stacked_no_higher_than_any_language_has_them() -> None:
    assert read("a: q" + "\u0301" * MOST_MARKS).tree
    problem = refuse("a: q" + "\u0301" * (MOST_MARKS + 1))
    assert (problem.id, problem.message) == ("long-text", "a letter has 9 marks above and below it, more than 8")


def test_nesting_may_be_as_deep_as_the_limit() -> None:
    def nest(lists: int) -> str:
        return "a: " + "[" * lists + "x" + "]" * lists

    assert "x" in str(read(nest(MAX_DEPTH - 1)).tree)
    assert refuse(nest(MAX_DEPTH)).id == "too-deep"


def test_many_lists_beside_each_other_are_not_deep() -> None:
    assert read("\n".join(f"a{number}: [x]" for number in range(100))).tree == {f"a{number}": ["x"] for number in range(100)}


def test_every_problem_of_a_file_is_said_at_once_in_the_order_of_its_lines() -> None:
    with pytest.raises(LeafletsError) as caught:
        read("a: e\u0301\nb:\nc: x\ue000\na: y\n")
    assert [(problem.place.line, problem.id) for problem in caught.value.problems] == [
        (1, "not-nfc"),
        (2, "empty-value"),
        (3, "forbidden-character"),
        (4, "duplicate-key"),
    ]


def test_what_was_found_before_a_syntax_error_is_said_too() -> None:
    with pytest.raises(LeafletsError) as caught:
        read("a: x\na: y\nb: [\n")
    assert {problem.id for problem in caught.value.problems} == {"duplicate-key", "yaml-syntax"}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("title",), 1),
        (("blocks", "signs"), 3),
        (("blocks", "signs", "text"), 5),
        (("blocks", "signs", "references", 1), 8),
        (("blocks", "signs", "heading"), 3),
        (("blocks", "signs", "references", 1, "deeper"), 8),
        (("nothing",), 1),
    ],
)
def test_a_source_knows_the_line_of_every_key_or_of_its_nearest_parent(path: tuple[str | int, ...], line: int) -> None:
    source = read("title: Lumps\nblocks:\n  signs:\n    # why\n    text: Hard\n    references:\n      - Book\n      - Paper\n")
    assert source.place(path) == Place("a.yaml", line)


@pytest.mark.parametrize(
    ("above", "note"),
    [
        ("", None),
        ("    # under the skin\n", "under the skin"),
        ("    # under\n    # the skin\n", "under the skin"),
        ("  #under the skin\n", "under the skin"),
        ("    ## under # the skin ##\n", "under # the skin ##"),
        ("    # under\n    #\n    # the skin\n", "under the skin"),
        ("    # under the skin\n\n", None),
        ("    # elsewhere\n\n    # under the skin\n", "under the skin"),
        ("    #\n", None),
        ("    # بالعربية 硬块\n", "بالعربية 硬块"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028"])
def test_the_comment_right_above_a_key_is_its_note(above: str, note: str | None, end: str) -> None:
    source = read(f"blocks:\n  lumps:\n    soft: x\n{above}    hard: y\n".replace("\n", end))
    assert source.notes == ({("blocks", "lumps", "hard"): note} if note else {})


def test_a_note_belongs_to_the_key_below_it_and_to_no_other() -> None:
    source = read("# of the file\n\n# of a\na:\n  # of b\n  b: x\n# of c\nc: [y]\n# of nothing\n")
    assert source.notes == {("a",): "of a", ("a", "b"): "of b", ("c",): "of c"}


def test_words_that_begin_with_a_hash_inside_a_text_are_no_note() -> None:
    assert read('a: "x #1"\nb: y\n').notes == {}
    assert read("a: y  \nb: 'x'  # beside it\nc: z\n").notes == {}


@pytest.mark.parametrize("value", ["", "  ", "''", '""', "' '"])
def test_a_value_may_be_empty_only_where_words_may_still_be_waited_for(value: str) -> None:
    text = f"b: x\na: {value}\nc: y\n"
    assert (refuse(text).id, refuse(text).place.line) == ("empty-value", 2)
    source = read_yaml(text.encode(), "a.yaml", blanks=True)
    assert str(source.tree["a"]).strip() == ""
    assert source.place(("a",)) == Place("a.yaml", 2)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("a:\na:\n", "duplicate-key"), ("a: # words\n", "comment-in-text"), ("a: *x\n", "yaml-feature"), ("", "yaml-syntax")],
)
def test_a_file_that_may_have_empty_values_is_read_as_strictly_as_any(text: str, rule: str) -> None:
    with pytest.raises(LeafletsError) as caught:
        read_yaml(text.encode(), "a.yaml", blanks=True)
    assert [problem.id for problem in caught.value.problems] == [rule]
