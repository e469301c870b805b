"""Remember what is wrong at the moment, step by step of the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock


class Problems:
    """Holds the problems of each step until that step says that there are none any more.

    Each is reported once, when it comes up. Asked from any thread, told from any.
    """

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._lock = Lock()
        self._by_step: dict[str, tuple[str, ...]] = {}

    def tell(self, step: str, problems: tuple[str, ...]) -> None:
        """Tell of the problems of a step, which take the place of what was told of it before."""
        with self._lock:
            known = self.list()
            self._by_step = {**self._by_step, step: problems}
        for problem in problems:
            if problem not in known:
                self._report(problem)

    def forgive(self, step: str, changed: Iterable[Path]) -> None:
        """Take back the problems of a step in files that have changed since.

        A problem begins with the path of its file, as it is shown, and a colon.
        """
        names = tuple(path.as_posix() for path in changed)
        with self._lock:
            kept = (
                problem
                for problem in self._by_step.get(step, ())
                if not any(name.endswith(problem.partition(":")[0]) for name in names)
            )
            self._by_step = {**self._by_step, step: tuple(kept)}

    def list(self) -> tuple[str, ...]:
        """List all, each once, in the order in which the steps were first told of."""
        return tuple(dict.fromkeys(p for problems in self._by_step.values() for p in problems))
