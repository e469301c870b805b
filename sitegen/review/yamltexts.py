"""Put an item into a list of a YAML text, or take one out, and leave every other character.

The nodes tell the places; a round trip through a writer of YAML would lose the editor's layout.
"""

from __future__ import annotations

import re

import yaml

_LINE_END = re.compile(r"\r\n?|\n")
_COMMENT = re.compile(r"[ \t]*(?:#.*)?")  # what may stand after a value: # so decided by Li


def find_pair(mapping: yaml.MappingNode, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Find a key of a mapping, with its value."""
    return next((pair for pair in mapping.value if pair[0].value == key), None)


def find_list(
    mapping: yaml.MappingNode | None, key: str
) -> tuple[yaml.Node, yaml.SequenceNode] | None:
    """Find a key of a mapping whose value is a list, with that."""
    pair = find_pair(mapping, key) if mapping is not None else None
    if pair is None or not isinstance(pair[1], yaml.SequenceNode):
        return None
    return pair[0], pair[1]


def find_end(text: str, node: yaml.Node) -> int:
    """Find where the last character of a node stands; blanks and comments after it are left out."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        return find_end(text, last[1] if isinstance(node, yaml.MappingNode) else last)
    start, end = node.start_mark.index, node.end_mark.index
    return int(start + len(text[start:end].rstrip()))


def insert_lines(text: str, end: int, lines: list[str]) -> str:
    """Insert lines below the line on which a place stands, with the line ends of the text."""
    broken = _LINE_END.search(text, end)
    newline = _find_line_end(text)
    new = "".join(f"{line}{newline}" for line in lines)
    if broken is None:
        return text + (newline if text else "") + new
    return text[: broken.end()] + new + text[broken.end() :]


def add_item(text: str, key: yaml.Node, items: yaml.Node, item: str) -> str:
    """Add an item to the list of a key; where the list is empty, it becomes one of this item."""
    if isinstance(items, yaml.SequenceNode) and items.value:
        end = find_end(text, items.value[-1])
        if items.flow_style:
            return f"{text[:end]}, {item}{text[end:]}"
        return insert_lines(text, end, [f"{' ' * items.start_mark.column}- {item}"])
    start, end = items.start_mark.index, find_end(text, items)
    gap = " " if text[start - 1 : start] == ":" else ""
    if text[start:end] or not _ends_line(text, end):
        return f"{text[:start]}{gap}[{item}]{text[end:]}"
    return insert_lines(text, end, [f"{' ' * key.start_mark.column}- {item}"])


def remove_item(text: str, key: yaml.Node, items: yaml.SequenceNode, number: int) -> str:
    """Take an item out of the list of a key; with the last one the key goes, if it stands alone."""
    nodes = items.value
    if len(nodes) == 1:
        return _remove_only_item(text, key, items)
    if items.flow_style:
        if number == 0:
            start, end = nodes[0].start_mark.index, nodes[1].start_mark.index
        else:
            start, end = find_end(text, nodes[number - 1]), find_end(text, nodes[number])
        return text[:start] + text[end:]
    return _remove_block_item(text, nodes[number])


def remove_pair(text: str, mapping: yaml.MappingNode, key: str) -> str:
    """Take a key out of a mapping with its value, where nothing else stands on its line."""
    keys = [node.value for node, _ in mapping.value]
    number = keys.index(key)
    name, value = mapping.value[number]
    end = find_end(text, value)
    if mapping.flow_style:
        if number == 0:
            return text
        return text[: find_end(text, mapping.value[number - 1][1])] + text[end:]
    start = _find_line_start(text, name.start_mark.index)
    if text[start : name.start_mark.index].strip() or not _ends_line(text, end, comment=False):
        return text
    return text[:start] + text[_find_next_line(text, end) :]


def _remove_only_item(text: str, key: yaml.Node, items: yaml.SequenceNode) -> str:
    start = _find_line_start(text, key.start_mark.index)
    alone = not text[start : key.start_mark.index].strip()
    if items.flow_style:
        end = find_end(text, items)
        if alone and _ends_line(text, end, comment=False):
            return text[:start] + text[_find_next_line(text, end) :]
        return f"{text[: items.start_mark.index]}[]{text[end:]}"
    rest = _remove_block_item(text, items.value[0])
    colon = rest.index(":", key.end_mark.index) + 1
    if alone and _ends_line(rest, colon, comment=False):
        return rest[:start] + rest[_find_next_line(rest, colon) :]
    return f"{rest[:colon]} []{rest[colon:]}"


def _remove_block_item(text: str, item: yaml.Node) -> str:
    """Remove the lines of an item, from its dash on."""
    dash = text.rindex("-", 0, item.start_mark.index)
    start = _find_line_start(text, dash)
    return text[:start] + text[_find_next_line(text, find_end(text, item)) :]


def _find_line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _find_next_line(text: str, place: int) -> int:
    broken = _LINE_END.search(text, place)
    return broken.end() if broken is not None else len(text)


def _ends_line(text: str, place: int, *, comment: bool = True) -> bool:
    """Tell whether nothing follows on the line of a place, or nothing but a comment."""
    broken = _LINE_END.search(text, place)
    rest = text[place : broken.start() if broken is not None else len(text)]
    return bool(_COMMENT.fullmatch(rest)) if comment else not rest.strip()


def _find_line_end(text: str) -> str:
    found = _LINE_END.search(text)
    return found[0] if found is not None else "\n"
