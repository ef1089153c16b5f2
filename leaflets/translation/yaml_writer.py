"""Words put into a YAML file by hand's way: nothing else of the file changes.

Takes the text of a file and words by path; gives the text with these words, each in its place. Comments, order, blank lines and
the way of quoting stay, so that a changed sentence is one changed line.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

import yaml

from leaflets.content.schema import WRONG_VALUE
from leaflets.content.strict_yaml import YAML_1_1_WORDS, KeyPath, Tree, read_yaml
from leaflets.content.yaml_hints import LINE_BREAK, LOADER, shorten
from leaflets.model import Text
from leaflets.problems import LeafletsError, Place

ENGLISH = "# en: "
"""What a comment begins with that holds the English of the key below it."""
COMPARE = "Compare it with the English file."
Nodes = dict[KeyPath, tuple[yaml.ScalarNode, yaml.Node]]
"""The key and the value at each path below the whole file, which has no key."""


def write_words(
    text: str, words: Mapping[KeyPath, str], order: Sequence[KeyPath], path: str, english: Mapping[KeyPath, Text]
) -> str:
    """Put words into a file.

    A path that the file has gets them in its place; any other is added behind its neighbour in `order`, the paths of the whole
    file. `english` is written above what is added, as a comment, and put right where such a comment stands already. Raises
    LeafletsError for a file that cannot be read, or that has words where names are meant.
    """
    nodes = read_nodes(text, path)
    for key in sorted(words.keys() & nodes.keys(), key=lambda key: nodes[key][0].start_mark.index, reverse=True):
        name, value = nodes[key]
        if not isinstance(value, yaml.ScalarNode):
            said = f'"{key[-1]}" has names below it, where words are meant'
            raise LeafletsError([WRONG_VALUE.at(Place(path, name.start_mark.line + 1), said, COMPARE)])
        text = replace_scalar(text, name, value, words[key])
    for key in sorted(words.keys() - nodes.keys(), key=order.index):
        text = add_key(text, read_nodes(text, path), key, words[key], order, path)
    text = refresh_comments(text, path, english)
    check_written(text, words, path)
    return text


def check_written(text: str, words: Mapping[KeyPath, str], path: str) -> None:
    """Read the file back: whatever stands in it is what was meant. Raises LeafletsError where it is not, or cannot be read."""
    source = read_yaml(text.encode(), path, blanks=True)
    for key, said in words.items():
        tree: Tree = source.tree
        for part in key:
            tree = tree.get(str(part), "") if isinstance(tree, dict) else ""
        if tree != said:
            name = ".".join(map(str, key))
            problem = f'the words of "{name}" would be read back as {shorten(str(tree))}, so nothing was written'
            raise LeafletsError([WRONG_VALUE.at(source.place(key), problem, "Write them into the file by hand.")])


def read_nodes(text: str, path: str) -> Nodes:
    """Find every key and value with its marks. Raises LeafletsError for a file that is not strict YAML."""
    if all(line.strip().startswith("#") or not line.strip() for line in LINE_BREAK.split(text)):
        return {}
    read_yaml(text.encode(), path, blanks=True)
    found: Nodes = {}

    def walk(node: yaml.Node | None, at: KeyPath) -> None:
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            found[(*at, key.value)] = key, value
            walk(value, (*at, key.value))

    walk(yaml.compose(text, Loader=LOADER), ())
    return found


def format_words(words: str, quote: str = "") -> str:
    """Write words as one line of YAML, in quotes of the kind that stood there before, or where they need them.

    >>> format_words("Llame hoy"), format_words("Hoy: llame")
    ('Llame hoy', '"Hoy: llame"')
    """
    if not words:
        return ""
    if quote == "'" and not LINE_BREAK.search(words) and "\t" not in words:
        return "'" + words.replace("'", "''") + "'"
    try:
        if not quote and read_yaml(f"a: {words}\n".encode(), "").tree == {"a": words}:
            return words
    except LeafletsError:
        pass
    return json.dumps(words, ensure_ascii=False).replace("\x85", "\\N")


def format_name(name: str) -> str:
    """Write a name so that it means the same in every YAML tool.

    >>> format_name("fever"), format_name("no")
    ('fever', '"no"')
    """
    return f'"{name}"' if YAML_1_1_WORDS.fullmatch(name) else name


def find_ending(text: str) -> str:
    """Find how the first line of a file ends, so that a line that is added ends like it."""
    first = LINE_BREAK.search(text)
    return first[0] if first else "\n"


def replace_scalar(text: str, key: yaml.ScalarNode, value: yaml.ScalarNode, words: str) -> str:
    """Put words in the place of a value; one that is the same already is left as it is written."""
    if value.value == words:
        return text
    if not value.style and not value.value:  # nothing stands there yet: right behind the colon
        start = text.index(":", key.end_mark.index) + 1
        return f"{text[:start]} {format_words(words)}{text[start:].lstrip(' ')}"
    start, end = value.start_mark.index, value.end_mark.index
    if value.style in ("|", ">"):  # such a value ends only where the next thing begins
        end = start + len(text[start:end].rstrip(" \r\n\x85\u2028\u2029"))
    quote = value.style if value.style in ("'", '"') else ""
    if not words and not LINE_BREAK.split(text[end:], maxsplit=1)[0].strip():
        return text[:start].rstrip() + text[end:]
    return text[:start] + (format_words(words, quote) or '""') + text[end:]  # a comment behind no words would be lost text


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


def add_key(text: str, nodes: Nodes, key: KeyPath, words: str, order: Sequence[KeyPath], path: str) -> str:
    """Add a key with words, and the names above it that are not there yet, behind its neighbour."""
    depth = max(size for size in range(len(key)) if not size or key[:size] in nodes)
    name, above = nodes[key[:depth]] if depth else (None, None)
    waits = isinstance(above, yaml.ScalarNode) and not above.style and not above.value
    if above and not waits and not isinstance(above, yaml.MappingNode):
        said = f'"{key[depth - 1]}" has words, where names are meant'
        raise LeafletsError([WRONG_VALUE.at(Place(path, above.start_mark.line + 1), said, COMPARE)])
    known = [each for each in nodes if len(each) == depth + 1 and each[:depth] == key[:depth]]
    siblings = list(dict.fromkeys(each[: depth + 1] for each in order if each[:depth] == key[:depth]))
    before = [each for each in siblings[: siblings.index(key[: depth + 1])] if each in nodes]
    lines = text.splitlines(keepends=True)
    ending = find_ending(text)
    below = name.start_mark.column + 2 if name else 0
    indent = nodes[known[0]][0].start_mark.column if known else below
    if before:
        at = max(find_end(nodes[before[-1]][1]), line_of_key(nodes, before[-1])) + 1
    elif known:
        first = line_of_key(nodes, known[0])
        at = find_comments(lines, first) or first  # what stands at the head of a file stays there
    else:
        at = line_of_key(nodes, key[:depth]) + 1 if depth else len(lines)
    if at and not LINE_BREAK.search(lines[at - 1]):
        lines[at - 1] += ending
    lines[at:at] = [line + ending for line in nest_lines(key[depth:], words, indent)]
    return "".join(lines)


def find_comments(lines: Sequence[str], line: int) -> int:
    """Find the first of the comment lines right above a line."""
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line


def line_of_key(nodes: Nodes, key: KeyPath) -> int:
    return int(nodes[key][0].end_mark.line)


def nest_lines(path: KeyPath, words: str, indent: int) -> Iterator[str]:
    """Write names below each other, and the words behind the last."""
    for level, name in enumerate(path):
        said = f" {format_words(words)}" if level == len(path) - 1 and words else ""
        yield f"{' ' * (indent + 2 * level)}{format_name(str(name))}:{said}"


def refresh_comments(text: str, path: str, english: Mapping[KeyPath, Text]) -> str:
    """Put the English of each key into the comment above it, where one begins with `# en:`.

    A key that waits for words gets one, with what the author says to translators above it.
    """
    nodes = read_nodes(text, path)
    lines, ending = text.splitlines(keepends=True), find_ending(text)
    found = [(line_of_key(nodes, key), key) for key in english if key in nodes]
    for at, key in sorted(found, reverse=True):
        indent = " " * (len(lines[at]) - len(lines[at].lstrip()))
        comment = f"{ENGLISH}{' '.join(english[key].words.split())}{ending}"
        said = [line for line in range(find_comments(lines, at), at) if lines[line].lstrip().startswith(ENGLISH)]
        if said:
            lines[said[-1]] = lines[said[-1]].partition("#")[0] + comment
        elif not nodes[key][1].value:
            note = f"{indent}# {english[key].note}{ending}" if english[key].note else ""
            lines.insert(at, note + indent + comment)
    return "".join(lines)
