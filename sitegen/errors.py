"""What can go wrong for a user, with the place and the remedy."""

from __future__ import annotations

import difflib
import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

# an escape, by which a name could write anywhere on a terminal
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops the command, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a file: a path as the user would type it, a line counted from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One problem: where it is, what is wrong, what to do.

    ``code`` names the rule that found it, where that has a name.
    """

    location: Location
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR
    code: str | None = None

    def __str__(self) -> str:
        """Give ``path:line: what is wrong; what to do [code]`` on one line, all of it printable."""
        mark = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        remedy = f"; {self.hint}" if self.hint else ""
        rule = f" [{self.code}]" if self.code else ""
        line = " ".join(f"{self.location}: {mark}{self.message}{remedy}{rule}".split())
        return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], line)

    @property
    def place(self) -> tuple[str, int]:
        """Sort key: diagnostics in the order in which a user meets them."""
        return self.location.path, self.location.line or 0


_READ_REMEDIES = {
    errno.EACCES: "give yourself the right to read it",
    errno.EPERM: "give yourself the right to read it",
    errno.EISDIR: "put a file in its place",
    errno.ENOTDIR: "put a folder in the place of the file above it",
    errno.ELOOP: "it is a link that leads to itself; remove it",
    errno.ENOENT: "it went while it was to be read; run the command again",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EMFILE: "raise the limit on open files (ulimit -n)",
    errno.EIO: "see whether the disk is sound, then run the command again",
}
_READ_REMEDY = "see whether another program can read it"


class SitegenError(Exception):
    """A user's mistake or a failing surrounding, never a bug of ours.

    Carries at least one diagnostic; all problems of one run travel together.
    """

    exit_code = 3

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Diagnostic, ...]]]:
        """Travel between processes with the diagnostics rather than their text."""
        return type(self), (self.diagnostics,)

    @classmethod
    def at(
        cls, path: object, message: str, *, hint: str | None = None, line: int | None = None
    ) -> Self:
        """Make the error of a single place."""
        location = Location(path=str(path), line=line)
        return cls([Diagnostic(location=location, message=message, hint=hint)])

    @classmethod
    def unreadable(cls, path: object, error: OSError) -> Self:
        """Make the error of a file or folder that the system does not let us read."""
        hint = _READ_REMEDIES.get(error.errno or 0, _READ_REMEDY)
        return cls.at(path, error.strerror or str(error), hint=hint)


class ContentError(SitegenError):
    """Articles or page texts that an editor must mend."""

    exit_code = 1


class ConfigError(SitegenError):
    """Usage, ``site.yaml``, ``pages.yaml`` or a theme that must be mended."""

    exit_code = 2


class OutputError(SitegenError):
    """Files, locks or tools that failed us."""

    exit_code = 3


def find_similar(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that a user most likely meant."""
    matches = difflib.get_close_matches(word, [str(k) for k in known], n=1, cutoff=0.6)
    return matches[0] if matches else None
