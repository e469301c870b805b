"""Read the editor's decisions about the cut of a page from ``pages.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from sitegen.errors import Diagnostic, Location
from sitegen.ingest.decisions import Decisions
from sitegen.model import Decision, DecisionKind, LineRange, PageDecisions
from sitegen.yamlmap import YamlMapping

KEYS = ("page_sha256", "decisions")
GLOB_SIGNS = "*?["
_COMPANIONS = {DecisionKind.HEADLINE: "article", DecisionKind.JOIN: "to"}
_LINES = re.compile(r"([1-9]\d{0,6})(?:-([1-9]\d{0,6}))?", re.ASCII)  # 5, 1-3
_LINES_HINT = "write a line as 68, lines as 1-3 or [1, 5-7]"
_DIGEST = re.compile(r"[0-9a-f]{8,64}")  # 94db8dbb
_SHOWN_DIGITS = 16  # of a hash to be pasted


def read_decisions(entry: YamlMapping) -> PageDecisions | None:
    """Read ``decisions:`` and ``page_sha256:`` of a page; problems are noted in ``entry``."""
    decisions = tuple(filter(None, map(_read_decision, entry.mappings("decisions"))))
    _report_contradictions(entry, decisions)
    if decisions and any(sign in (entry.text("file") or "") for sign in GLOB_SIGNS):
        message = "lines are given for a glob, which is many page texts"
        entry.report("decisions", message, "give the file its own entry, with its exact name")
        return None
    digest = (entry.text("page_sha256") or "").lower() or None
    if digest is not None and not _DIGEST.fullmatch(digest):
        hint = "write the first 8 or more hex digits of the hash that the import states"
        entry.report("page_sha256", f"{digest!r} is no beginning of a hash", hint)
    if not decisions:
        return None
    place = entry.line_of("page_sha256" if "page_sha256" in entry else "decisions")
    return PageDecisions(page_sha256=digest, decisions=decisions, place=place)


def settle_decisions(
    made: PageDecisions, text: str, *, page_sha256: str, page_path: str, settings_path: str
) -> tuple[Decisions, tuple[Diagnostic, ...]]:
    """Give the decisions that hold for a page text, with the problems of the others.

    Decisions that were made on another text are not applied at all: their lines may be others.
    """
    digest = page_sha256[:_SHOWN_DIGITS]
    if made.page_sha256 is None:
        message = f"page_sha256: is missing, so the decisions on {page_path} are not applied"
        hint = f"review their lines, then add 'page_sha256: {digest}'"
        return Decisions(), (_problem(settings_path, made.place, message, hint),)
    if not page_sha256.startswith(made.page_sha256):
        message = (
            f"page_sha256: {page_path} has changed since its decisions were made, "
            "so they are not applied"
        )
        hint = f"review their lines, then write 'page_sha256: {digest}'"
        return Decisions(), (_problem(settings_path, made.place, message, hint),)
    filled = {n for n, line in enumerate(text.split("\n"), start=1) if line.strip()}
    problems = tuple(_check_lines(made.decisions, filled, page_path, settings_path))
    bad = {problem.location.line for problem in problems}
    return _combine(d for d in made.decisions if d.place not in bad), problems


def _read_decision(entry: YamlMapping) -> Decision | None:
    kinds = [kind for kind in DecisionKind if kind in set(entry)]
    known = [kind.value for kind in DecisionKind]
    if len(kinds) != 1:
        entry.check_keys((*known, *_COMPANIONS.values()))
        what = f"one of {', '.join(known)} is wanted"
        entry.report("decisions", f"{what}, {len(kinds)} are given", "give each an item of its own")
        return None
    kind = kinds[0]
    companion = _COMPANIONS.get(kind)
    entry.check_keys((kind, companion) if companion else (kind,))
    before = len(entry.problems)
    lines = _read_lines(entry, kind)
    article = entry.integer(companion) if companion else None
    if article == 0:
        entry.report(companion or kind, "lines are counted from 1", _LINES_HINT)
    if kind is DecisionKind.HEADLINE and article is None and len(entry.problems) == before:
        entry.report("article", "is missing", "add a line of the article: 'article: 322'")
    if kind is not DecisionKind.HEADLINE and not lines and len(entry.problems) == before:
        entry.report(kind, "no line is given", _LINES_HINT)
    if len(entry.problems) > before:
        return None
    return Decision(kind=kind, lines=lines, article=article, place=entry.line)


def _read_lines(entry: YamlMapping, key: str) -> tuple[LineRange, ...]:
    ranges = []
    for value in _read_texts(entry, key):
        match = _LINES.fullmatch(value)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if first > last:
            entry.report(key, f"{value!r} is no line", _LINES_HINT)
        else:
            ranges.append(LineRange(first=first, last=last))
    return tuple(ranges)


def _read_texts(entry: YamlMapping, key: str) -> tuple[str, ...]:
    """Read one text, or a list of texts."""
    noted = len(entry.problems)
    value = entry.text(key)
    if len(entry.problems) == noted:
        return () if value is None else (value,)
    del entry.problems[noted:]  # it is no single text, which is no problem here
    return entry.texts(key)


def _report_contradictions(entry: YamlMapping, decisions: Sequence[Decision]) -> None:
    """Report a line about which two decisions say different things."""
    for number, decision in enumerate(decisions):
        found = _find_contradiction(decision, decisions[:number])
        if found is not None:
            line, other = found
            message = f"{decision.kind}: line {line} is decided twice, first on line {other.place}"
            location = Location(path=entry.path, line=decision.place)
            hint = "keep one of them"
            entry.problems.append(Diagnostic(location=location, message=message, hint=hint))


def _find_contradiction(
    decision: Decision, earlier: Iterable[Decision]
) -> tuple[int, Decision] | None:
    """Find the first line that an earlier decision is about, or one of an article with a headline.

    Ranges are compared, not counted through: a slip of the finger makes them long.
    """
    shared: list[tuple[int, Decision]] = []
    for other in earlier:
        kinds = {decision.kind, other.kind}
        if kinds == {DecisionKind.HEADLINE} and decision.article == other.article:
            shared.append((decision.article or 0, other))
        shared += [
            (max(mine.first, theirs.first), other)
            for mine in decision.lines
            for theirs in other.lines
            if mine.first <= theirs.last and theirs.first <= mine.last
        ]
    return min(shared, key=itemgetter(0), default=None)


def _check_lines(
    decisions: Iterable[Decision], filled: set[int], page_path: str, settings_path: str
) -> Iterator[Diagnostic]:
    for decision in decisions:
        named = {r.first for r in decision.lines} | {r.last for r in decision.lines}
        named |= set() if decision.article is None else {decision.article}
        missing = sorted(named - filled)
        if missing:
            beyond = missing[-1] > max(filled, default=0)
            what = "has no such line" if beyond else "is empty there"
            message = f"{decision.kind}: line {missing[-1]}: {page_path} {what}"
            yield _problem(settings_path, decision.place, message, "give a line that holds text")


def _combine(decisions: Iterable[Decision]) -> Decisions:
    lines: dict[DecisionKind, set[int]] = {kind: set() for kind in DecisionKind}
    joins: dict[int, int | None] = {}
    headlines: dict[int, tuple[int, ...]] = {}
    for decision in decisions:
        numbers = _numbers(decision)
        lines[decision.kind].update(numbers)
        if decision.kind is DecisionKind.JOIN:
            joins.update(dict.fromkeys(numbers, decision.article))
        elif decision.kind is DecisionKind.HEADLINE and decision.article is not None:
            headlines[decision.article] = numbers
    return Decisions(
        starts=frozenset(lines[DecisionKind.START]),
        joins=joins,
        headlines=headlines,
        furniture=frozenset(lines[DecisionKind.FURNITURE]),
        ignored=frozenset(lines[DecisionKind.IGNORE]),
    )


def _numbers(decision: Decision) -> tuple[int, ...]:
    return tuple(n for r in decision.lines for n in range(r.first, r.last + 1))


def _problem(path: str, line: int, message: str, hint: str) -> Diagnostic:
    return Diagnostic(location=Location(path=path, line=line), message=message, hint=hint)
