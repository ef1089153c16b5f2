"""Words put into a YAML file by hand's way: nothing else of the file changes.

Takes the text of a file and words by path; gives the text with these words, each in its place. Comments, order, blank lines and
the way of quoting stay, so that a changed sentence is one changed line.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

import yaml

from leaflets.model import Text
from leaflets.problems import LeafletsError, Place
from leaflets.schema import WRONG_VALUE
from leaflets.source import LINE_BREAK, Path, Tree, read_source

ENGLISH = "# en: "
"""What a comment begins with that holds the English of the key below it."""
COMPARE = "Compare it with the English file."
Nodes = dict[Path, tuple[yaml.ScalarNode, yaml.Node]]
"""The key and the value at each path below the whole file, which has no key."""


def write_words(text: str, words: Mapping[Path, str], order: Sequence[Path], path: str, english: Mapping[Path, Text]) -> str:
    """Put words into a file.

    A path that the file has gets them in its place; any other is added behind its neighbour in `order`, the paths of the whole
    file. `english` is written above what is added, as a comment, and put right where such a comment stands already. Raises
    LeafletsError for a file that cannot be read, or that has words where names are meant.
    """
    for key in sorted(words, key=order.index):
        nodes = read_nodes(text, path)
        if key not in nodes:
            text = add_key(text, nodes, key, words[key], order, path)
            continue
        name, value = nodes[key]
        if not isinstance(value, yaml.ScalarNode):
            said = f'"{key[-1]}" has names below it, where words are meant'
            raise LeafletsError([WRONG_VALUE.at(Place(path, name.start_mark.line + 1), said, COMPARE)])
        text = replace_scalar(text, name, value, words[key])
    text = refresh_comments(text, path, english)
    check_written(text, words, path)
    return text


def check_written(text: str, words: Mapping[Path, str], path: str) -> None:
    """Read the file back: whatever stands in it is what was meant. Raises LeafletsError where it could not be read."""
    source = read_source(text.encode(), path, blanks=True)
    for key, said in words.items():
        tree: Tree = source.tree
        for part in key:
            assert isinstance(tree, dict)
            tree = tree[str(part)]
        assert tree == said, (path, key)


def read_nodes(text: str, path: str) -> Nodes:
    """Find every key and value with its marks. Raises LeafletsError for a file that is not strict YAML."""
    if not strip_comments(text):
        return {}
    read_source(text.encode(), path, blanks=True)
    found: Nodes = {}

    def walk(node: yaml.Node | None, at: Path) -> None:
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            found[(*at, key.value)] = key, value
            walk(value, (*at, key.value))

    walk(yaml.compose(text, Loader=yaml.BaseLoader), ())
    return found


def strip_comments(text: str) -> str:
    return "".join(line for line in LINE_BREAK.split(text) if not line.lstrip().startswith("#")).strip()


def format_words(words: str, quoted: bool = False) -> str:
    """Write words as one line of YAML, in quotes where they need them.

    >>> format_words("Llame hoy"), format_words("Hoy: llame")
    ('Llame hoy', '"Hoy: llame"')
    """
    try:
        if not quoted and read_source(f"a: {words}\n".encode(), "").tree == {"a": words}:
            return words
    except LeafletsError:
        pass
    return json.dumps(words, ensure_ascii=False) if words else ""


def replace_scalar(text: str, key: yaml.ScalarNode, value: yaml.ScalarNode, words: str) -> str:
    """Put words in the place of a value; one that is the same already is left as it is written."""
    if value.value == words:
        return text
    if not value.style and not value.value:  # nothing stands there yet: right behind the colon
        start = text.index(":", key.end_mark.index) + 1
        return f"{text[:start]} {format_words(words)}{text[start:]}"
    end = value.end_mark.index
    tail = "\n" if value.style in ("|", ">") else ""
    return text[: value.start_mark.index] + format_words(words, value.style in ("'", '"')) + tail + text[end:]


def find_end(node: yaml.Node) -> int:
    """Find the last line, from 0, that a node has words on."""
    if isinstance(node, yaml.MappingNode) and node.value:
        key, value = node.value[-1]
        return max(int(key.end_mark.line), find_end(value))
    if isinstance(node, yaml.SequenceNode) and node.value:
        return find_end(node.value[-1])
    mark = node.end_mark
    line: int = mark.line - 1 if mark.column == 0 and mark.line > node.start_mark.line else mark.line
    return line


def add_key(text: str, nodes: Nodes, key: Path, words: str, order: Sequence[Path], path: str) -> str:
    """Add a key with words, and the names above it that are not there yet, behind its neighbour."""
    depth = max(size for size in range(len(key)) if not size or key[:size] in nodes)
    name, above = nodes[key[:depth]] if depth else (None, None)
    if isinstance(above, yaml.ScalarNode) and above.value:
        said = f'"{key[depth - 1]}" has words, where names are meant'
        raise LeafletsError([WRONG_VALUE.at(Place(path, above.start_mark.line + 1), said, COMPARE)])
    known = [each for each in nodes if len(each) == depth + 1 and each[:depth] == key[:depth]]
    siblings = list(dict.fromkeys(each[: depth + 1] for each in order if each[:depth] == key[:depth]))
    before = [each for each in siblings[: siblings.index(key[: depth + 1])] if each in nodes]
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    below = name.start_mark.column + 2 if name else 0
    indent = nodes[known[0]][0].start_mark.column if known else below
    if before:
        at = max(find_end(nodes[before[-1]][1]), line_of_key(nodes, before[-1])) + 1
    elif known:
        at = find_head(lines, line_of_key(nodes, known[0]))
    else:
        at = line_of_key(nodes, key[:depth]) + 1 if depth else len(lines)
    lines[at:at] = [line + "\n" for line in nest_lines(key[depth:], words, indent)]
    return "".join(lines)


def find_head(lines: Sequence[str], line: int) -> int:
    """Find the first of the comment lines right above a line; those at the head of a file stay at its head."""
    at = line
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at or line


def line_of_key(nodes: Nodes, key: Path) -> int:
    return int(nodes[key][0].end_mark.line)


def nest_lines(path: Path, words: str, indent: int) -> Iterator[str]:
    """Write names below each other, and the words behind the last."""
    for level, name in enumerate(path):
        said = f" {format_words(words)}" if level == len(path) - 1 and words else ""
        yield f"{' ' * (indent + 2 * level)}{name}:{said}"


def refresh_comments(text: str, path: str, english: Mapping[Path, Text]) -> str:
    """Put the English of each key into the comment above it, where one begins with `# en:`.

    A key that waits for words gets one, with what the author says to translators above it.
    """
    nodes = read_nodes(text, path)
    lines = text.splitlines(keepends=True)
    found = [(line_of_key(nodes, key), key) for key in english if key in nodes]
    for at, key in sorted(found, reverse=True):
        indent = " " * (len(lines[at]) - len(lines[at].lstrip()))
        comment = f"{indent}{ENGLISH}{' '.join(english[key].words.split())}\n"
        if at and lines[at - 1].lstrip().startswith(ENGLISH):
            lines[at - 1] = comment
        elif not nodes[key][1].value:
            note = f"{indent}# {english[key].note}\n" if english[key].note else ""
            lines.insert(at, note + comment)
    return "".join(lines)
