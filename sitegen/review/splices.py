"""A change of one place of a file, which moves when other places change."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Splice:
    """Bytes that were put in the place of others, at an offset of the file."""

    at: int
    removed: bytes
    inserted: bytes

    @property
    def end(self) -> int:
        """The offset after what was inserted."""
        return self.at + len(self.inserted)

    def invert(self) -> Splice:
        """Give the splice that takes this one back."""
        return Splice(at=self.at, removed=self.inserted, inserted=self.removed)

    def apply(self, data: bytes) -> bytes:
        """Change the bytes of a file in which ``removed`` stands at its place."""
        return data[: self.at] + self.inserted + data[self.at + len(self.removed) :]

    def follow(self, later: Splice) -> Splice | None:
        """Give this splice as it stands after a later one; None where they meet."""
        if later.at >= self.end:
            return self
        if later.at + len(later.removed) > self.at:
            return None
        return replace(self, at=self.at + len(later.inserted) - len(later.removed))

    def precede(self, earlier: Splice) -> Splice:
        """Give this splice as it would stand without an earlier one that it does not meet."""
        if self.at < earlier.end:
            return self
        return replace(self, at=self.at + len(earlier.removed) - len(earlier.inserted))


def find_splice(before: bytes, after: bytes) -> Splice:
    """Find what changed between two versions of a file."""
    start = _count_alike(before, after)
    end = _count_alike(before[start:][::-1], after[start:][::-1])
    return Splice(
        at=start,
        removed=before[start : len(before) - end],
        inserted=after[start : len(after) - end],
    )


def _count_alike(one: bytes, other: bytes) -> int:
    """Count the bytes with which both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
