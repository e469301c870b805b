"""Write the decisions of an editor into the text of ``pages.yaml``, or take one out again.

All else stays as it is, to the character. What comes out is read again: where it does not say just
what was to be said, the file is written in a way that only its editor can change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import yaml

from sitegen.content.decisions import GLOB_SIGNS
from sitegen.content.frontmatter import render_scalar
from sitegen.content.intake import PageText
from sitegen.content.pages import KnownPages, parse_pages
from sitegen.errors import ConfigError, Location
from sitegen.model import Decision, DecisionKind, LineRange, PageDecisions, PageSettings
from sitegen.review.changes import Decide, Withdraw
from sitegen.review.refusals import About, Code, RefusedError
from sitegen.review.yamltexts import (
    add_item,
    find_end,
    find_list,
    find_pair,
    insert_lines,
    remove_item,
    remove_pair,
)
from sitegen.yamltext import YamlSyntaxError, compose_mapping

_DIGITS = 16  # of the hash of the page text
_NUMBER = re.compile(r"\d+(?:e\d+)?")  # a hash that other readers of YAML take for a number
_MAX_CHARACTERS = 32 * 1024 * 1024
_COMPANIONS = {DecisionKind.HEADLINE: "article", DecisionKind.JOIN: "to"}


def write_decision(text: str, made: Decide, *, page: PageText, path: str) -> str:
    """Add a decision on a page text to the text of ``pages.yaml``.

    ``page.settings`` are what the text says of it so far; what a glob says is repeated in an entry
    of its own. ``path`` names ``pages.yaml`` in messages. Raises RefusedError where decisions on
    another text stand there, ConfigError where this one contradicts another.
    """
    if made.article is not None and made.kind not in _COMPANIONS:
        hint = "leave its line out"
        raise RefusedError.at(path, f"{made.kind}: is not about an article", hint=hint)
    known, digest = page.settings, page.sha256[:_DIGITS]
    stated = known.decisions
    if stated is not None and not page.sha256.startswith(stated.page_sha256 or "-"):
        raise RefusedError.because(
            Code.OTHER_TEXT,
            Location(path=path, line=stated.place),
            "its decisions on this page were made on another text",
            f"withdraw them, or review their lines and write 'page_sha256: {digest}'",
        )
    is_glob = any(sign in known.file for sign in GLOB_SIGNS)
    settings = replace(known, file=page.file if is_glob else known.file, decisions=None)
    root = _compose(text, path)
    entry = _find_entry(root, settings.file)
    if entry is None:
        keys = _render_settings(settings, digest)
        edited = _add_entry(text, root, tuple(keys), _render(made))
    else:
        edited = _add_to_entry(text, entry, _render(made), page.sha256, path)
    decision = Decision(kind=made.kind, lines=made.lines, article=made.article, place=0)
    decided = (*(stated.decisions if stated is not None else ()), decision)
    decisions = PageDecisions(page_sha256=page.sha256, decisions=decided, place=0)
    _check(text, edited, replace(settings, decisions=decisions), path)
    return edited


def remove_decision(text: str, withdrawn: Withdraw, *, known: PageSettings, path: str) -> str:
    """Take a decision out of the text of ``pages.yaml``; raises RefusedError where it is none."""
    stated = known.decisions
    number = find_decision(stated, withdrawn)
    entry = _find_entry(_compose(text, path), known.file)
    found = find_list(entry, "decisions")
    if stated is None or number is None or found is None:
        message = f"does not state that {say_decision(withdrawn)}"
        about = About(lines=withdrawn.lines, article=withdrawn.article)
        raise RefusedError.because(Code.NOT_DECIDED, path, message, "read the page again", about)
    if len(found[1].value) != len(stated.decisions):
        raise _unwritable(path)
    edited = remove_item(text, *found, number)
    left = tuple(d for n, d in enumerate(stated.decisions) if n != number)
    expected = replace(known, decisions=replace(stated, decisions=left) if left else None)
    _check(text, edited, expected, path)
    return edited


def tidy_entry(text: str, file: str, *, path: str) -> str:
    """Take out of the entry of a file what only decisions need, where it states none any more.

    An entry that says nothing then goes as well, unless it keeps what a glob says from the file.
    """
    entry = _find_entry(_compose(text, path), file)
    if entry is None or find_pair(entry, "page_sha256") is None:
        return text
    tidied = text
    if (decided := find_pair(entry, "decisions")) is not None:
        if decided[1].value:
            return text
        tidied = remove_pair(text, entry, "decisions")
        entry = _find_again(tidied, entry, path)
    if find_pair(entry, "decisions") is not None:
        return text
    tidied = remove_pair(tidied, entry, "page_sha256")
    root = _compose(tidied, path)
    pages, entry = find_list(root, "pages"), _find_entry(root, file)
    if pages is not None and entry is not None and len(entry.value) == 1:
        without = remove_item(tidied, *pages, pages[1].value.index(entry))
        if without.strip() and KnownPages(parse_pages(without, path=path)).find(file) is None:
            return without
    return tidied


def find_decision(stated: PageDecisions | None, sought: Decide | Withdraw) -> int | None:
    """Find the number of a decision among those that are stated."""
    decisions = stated.decisions if stated is not None else ()
    numbered = enumerate(decisions)
    return next((n for n, decision in numbered if _same(decision, sought)), None)


def say_decision(decision: Decision | Decide | Withdraw) -> str:
    """Say in words what a decision decides: line 5 starts an article."""
    lines = ", ".join(map(str, decision.lines))
    several = len(decision.lines) > 1 or any(r.first != r.last for r in decision.lines)
    noun, verb = ("lines", "are") if several else ("line", "is")
    match decision.kind:
        case DecisionKind.HEADLINE if not decision.lines:
            return f"the article of line {decision.article} has no headline"
        case DecisionKind.HEADLINE:
            return f"{noun} {lines} {verb} the headline of the article of line {decision.article}"
        case DecisionKind.START:
            return f"an article starts at {noun} {lines}"
        case DecisionKind.JOIN:
            to = f"of line {decision.article}" if decision.article is not None else "before"
            return f"what starts at {noun} {lines} goes on the article {to}"
        case DecisionKind.FURNITURE:
            return f"{noun} {lines} {verb} the page's own"
        case DecisionKind.IGNORE:
            return f"{noun} {lines} {verb} left out"


def forget_places(settings: PageSettings) -> PageSettings:
    """Give settings without the lines on which their decisions stand."""
    made = settings.decisions
    if made is None:
        return settings
    decisions = tuple(replace(decision, place=0) for decision in made.decisions)
    return replace(settings, decisions=replace(made, decisions=decisions, place=0))


def _same(decision: Decision, sought: Decide | Withdraw) -> bool:
    return (decision.kind, decision.lines, decision.article) == (
        sought.kind,
        sought.lines,
        sought.article,
    )


def _compose(text: str, path: str) -> yaml.MappingNode | None:
    try:
        return compose_mapping(text, path=path, first_line=1, max_characters=_MAX_CHARACTERS)
    except YamlSyntaxError as error:
        raise ConfigError([error.diagnostic]) from error


def _find_entry(root: yaml.MappingNode | None, file: str) -> yaml.MappingNode | None:
    pages = find_list(root, "pages")
    for entry in pages[1].value if pages is not None else ():
        named = find_pair(entry, "file") if isinstance(entry, yaml.MappingNode) else None
        if named is not None and named[1].value.strip() == file:
            return entry  # type: ignore[no-any-return]  # nodes are untyped
    return None


def _add_entry(text: str, root: yaml.MappingNode | None, keys: tuple[str, ...], item: str) -> str:
    """Add an entry after the others; ``pages`` is begun where there is none."""
    block = [f"- {keys[0]}", *(f"  {key}" for key in keys[1:]), "  decisions:", f"  - {item}"]
    if root is None:
        return insert_lines(text, len(text.rstrip()), ["pages:", *block])
    pages = find_pair(root, "pages")
    if pages is None:
        return text
    key, entries = pages
    if isinstance(entries, yaml.SequenceNode) and entries.value and not entries.flow_style:
        indent = " " * entries.start_mark.column
        return insert_lines(text, find_end(text, entries), [f"{indent}{line}" for line in block])
    if isinstance(entries, yaml.ScalarNode) and not entries.value:
        return insert_lines(text, find_end(text, entries), block)
    return add_item(text, key, entries, f"{{{', '.join(keys)}, decisions: [{item}]}}")


def _add_to_entry(text: str, entry: yaml.MappingNode, item: str, sha256: str, path: str) -> str:
    """Add a decision to an entry, with the hash of the text that it is made on."""
    hashed, decided = find_pair(entry, "page_sha256"), find_pair(entry, "decisions")
    if decided is not None:
        text = add_item(text, *decided, item)
        if hashed is not None and isinstance(decided[1], yaml.SequenceNode) and decided[1].value:
            return text
        entry = _find_again(text, entry, path)
        hashed = find_pair(entry, "page_sha256")
    keys = [] if hashed is not None else [f"page_sha256: {_quote(sha256[:_DIGITS])}"]
    if decided is None:
        keys += [f"decisions: [{item}]"] if entry.flow_style else ["decisions:", f"- {item}"]
    end = find_end(text, entry.value[-1][1])
    if entry.flow_style:
        text = f"{text[:end]}{''.join(f', {key}' for key in keys)}{text[end:]}"
    elif keys:
        indent = " " * entry.start_mark.column
        text = insert_lines(text, end, [f"{indent}{key}" for key in keys])
    if hashed is None:
        return text
    return _put_hash(text, _find_again(text, entry, path), sha256)


def _put_hash(text: str, entry: yaml.MappingNode, sha256: str) -> str:
    """Put the hash of the page text in the place of another on which nothing was decided."""
    pair = find_pair(entry, "page_sha256")
    if pair is None or sha256.startswith(pair[1].value.lower() or "-"):
        return text
    start, end = pair[1].start_mark.index, find_end(text, pair[1])
    gap = " " if text[start - 1 : start] == ":" else ""
    return f"{text[:start]}{gap}{_quote(sha256[:_DIGITS])}{text[end:]}"


def _find_again(text: str, entry: yaml.MappingNode, path: str) -> yaml.MappingNode:
    """Find an entry in the text that was changed."""
    named = find_pair(entry, "file")
    try:
        found = _find_entry(_compose(text, path), named[1].value.strip() if named else "")
    except ConfigError as error:
        raise _unwritable(path) from error
    if found is None:
        raise _unwritable(path)
    return found


def _render_settings(settings: PageSettings, digest: str) -> Iterator[str]:
    given = {
        "file": settings.file,
        "issue": settings.issue,
        "number": settings.number,
        "page": settings.page,
        "name": settings.name,
        "section": settings.section,
        "inferred": settings.inferred,
        "evidence": settings.evidence,
        "encoding": settings.encoding,
    }
    for key, value in given.items():
        if isinstance(value, tuple):
            if value:
                yield f"{key}: [{', '.join(map(render_scalar, value))}]"
        elif isinstance(value, int):
            yield f"{key}: {value}"
        elif value is not None:
            yield f"{key}: {render_scalar(value)}"
    yield f"page_sha256: {_quote(digest)}"


def _render(made: Decide) -> str:
    companion = _COMPANIONS.get(made.kind)
    of = f", {companion}: {made.article}" if companion and made.article is not None else ""
    return f"{{{made.kind}: {_render_lines(made.lines)}{of}}}"


def _render_lines(lines: Iterable[LineRange]) -> str:
    shown = [str(line) for line in lines]
    return f"[{', '.join(shown)}]" if len(shown) > 1 else (shown[0] if shown else "null")


def _quote(digest: str) -> str:
    return f"'{digest}'" if _NUMBER.fullmatch(digest) else digest


def _check(before: str, after: str, expected: PageSettings, path: str) -> None:
    """Check that a text says of one file what is expected, and of the others what it said.

    The hash that is expected may be shortened.
    """
    settings = {s.file: forget_places(s) for s in parse_pages(before, path=path)}
    try:
        _compose(after, path)
    except ConfigError as error:
        raise _unwritable(path) from error
    said = {s.file: forget_places(s) for s in parse_pages(after, path=path)}
    own = said.get(expected.file)
    settings[expected.file] = forget_places(expected)
    if own is not None and own.decisions is not None and expected.decisions is not None:
        stated, whole = own.decisions.page_sha256, expected.decisions.page_sha256
        if stated is not None and whole is not None and whole.startswith(stated):
            said[own.file] = replace(own, decisions=replace(own.decisions, page_sha256=whole))
    if said != settings:
        raise _unwritable(path)


def _unwritable(path: str) -> RefusedError:
    message = "is laid out in a way that the desk cannot write into"
    hint = "write the decision there by hand"
    return RefusedError.because(Code.UNWRITABLE, path, message, hint)
