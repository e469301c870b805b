"""The table of hostile cases, as it stands in the text files beside the tests.

A case has a name and lines that are done one by one:

=== NAME
+ PATH               write a file; its text is the indented lines below
+ PATH <- MAKER ...  make what a maker of hostile_makers.py makes of the rest of the line
$ COMMAND => CODE    run sitegen; the messages and what is on the disk afterwards stand below
! MESSAGE            what stderr says, line by line and nothing else; [...] stands for any text
> TEXT               a text that stdout holds
stands PATH          this file is there; PATH may be a glob
gone PATH            it is not
has PATH: TEXT       every such file holds the text
lacks PATH: TEXT     no such file does

<U+0000> stands for that character, <FF> for that byte, <400 x [> for 400 times what follows,
<9 x <U+3000>> for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_CHARACTER = re.compile(r"<U\+([0-9A-F]{4,6})>")  # <U+2028>
_BYTE = re.compile(r"<([0-9A-F]{2})>")  # <FF>
_REPEATED = re.compile(r"<(\d+) x ([^>]+)>")  # <4000 x [>
_COMMAND = re.compile(r"(.*) => (\d)")  # build --strict => 1
_INDENT = "    "
_WORDS = ("+", "$", "!", ">", "stands", "gone", "has", "lacks")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a case: its first word, the rest, the indented lines below."""

    word: str
    rest: str
    text: str


@dataclass(slots=True)
class Run:
    """A command, what must come of it, and the files that are made before it."""

    made: list[Line]
    arguments: tuple[str, ...]
    code: int
    messages: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    found: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A hostile case: commands with what is done before each and expected after."""

    subject: str
    name: str
    runs: tuple[Run, ...]


def read_cases() -> list[Case]:
    """Read the cases of all subjects."""
    cases = []
    for path in sorted(Path(__file__).parent.glob("*_cases.txt")):
        _, *texts = path.read_text("utf-8").split("\n=== ")
        subject = path.stem.removesuffix("_cases")
        cases += [_parse_case(subject, text) for text in texts]
    return cases


def expand(text: str) -> str:
    """Put in the characters that a table cannot show; bytes are those of file names."""
    text = _CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)
    text = _REPEATED.sub(lambda found: int(found[1]) * found[2], text)
    return _BYTE.sub(lambda found: bytes.fromhex(found[1]).decode("utf-8", "surrogateescape"), text)


def find_message(expected: str) -> re.Pattern[str]:
    """Give the pattern of a message in which [...] stands for any text."""
    return re.compile(".*".join(map(re.escape, expected.split("[...]"))))


def _parse_case(subject: str, text: str) -> Case:
    name, _, rest = text.partition("\n")
    runs: list[Run] = []
    made: list[Line] = []
    for line in _list_lines(rest):
        if line.word == "+":
            made.append(line)
        elif line.word == "$":
            command = _COMMAND.fullmatch(line.rest)
            assert command, f"{name}: {line.rest}: what is the exit code?"
            runs.append(Run(made, tuple(expand(command[1]).split(" ")), int(command[2])))
            made = []
        elif line.word == "!":
            runs[-1].messages.append(line.rest)
        elif line.word == ">":
            runs[-1].said.append(line.rest)
        else:
            runs[-1].found.append(line)
    assert runs, f"{name}: nothing is run"
    assert not made, f"{name}: what is made at last is never used"
    return Case(subject=subject, name=name, runs=tuple(runs))


def _list_lines(text: str) -> Iterator[Line]:
    lines = [line for line in text.split("\n") if not line.startswith("#")]
    while lines:
        word, _, rest = lines.pop(0).partition(" ")
        below = []
        while lines and (lines[0].startswith(_INDENT) or not lines[0]):
            below.append(lines.pop(0).removeprefix(_INDENT))
        if word:
            assert word in _WORDS, f"{word} {rest}: no such line"
            yield Line(word, rest, "\n".join(below).rstrip("\n"))
