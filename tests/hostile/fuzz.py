"""Fuzz for a while; what fails is kept in ``corpus/``, which the tests replay.

python tests/hostile/fuzz.py [TARGET…]     SITEGEN_FUZZ_SECONDS for each, 60 unless it is given
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fuzz_inputs import INPUTS
from fuzz_targets import TARGETS, Try
from hypothesis import HealthCheck, Phase, given, seed, settings, target

CORPUS = Path(__file__).parent / "corpus"
_ROUND_EXAMPLES = 2_000
# Processor time: what any input may take, and how much more for each KB. Reading and cutting take
# some 5 ms a KB; what grows with the square of the input is far beyond it soon.
_SECONDS = 1.0
_SECONDS_PER_KB = 0.2


class _TimeIsUpError(BaseException):
    """Ends a round; no Exception, so that hypothesis lets it pass."""


class TooSlowError(Exception):
    """An input takes longer than its size allows."""


@dataclass(kw_only=True)
class Findings:
    """The shortest input for every way to fail, and how much was tried."""

    tries: int = 0
    slowest_seconds: float = 0.0
    shortest: dict[str, bytes] = field(default_factory=dict)

    def note(self, error: Exception, data: bytes) -> None:
        """Note a failing input, if it is the shortest of its kind."""
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
        known = self.shortest.get(place)
        if known is None or len(data) < len(known):
            self.shortest[place] = data


def fuzz(name: str, *, seconds: float, first_seed: int) -> Findings:
    """Try inputs of a target until the time is up."""
    findings = Findings()
    ends = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        attempt = TARGETS[name](Path(folder))
        for number in range(sys.maxsize):
            try:
                _run_round(name, attempt, findings, number + first_seed, ends)
            except _TimeIsUpError:
                return findings
            except Exception:  # noqa: BLE001, S112 - it is noted, and there may be more to find
                continue
    return findings


def _run_round(name: str, attempt: Try, findings: Findings, number: int, ends: float) -> None:
    def run(data: bytes) -> None:
        if time.monotonic() > ends:
            raise _TimeIsUpError
        findings.tries += 1
        start = time.process_time()
        try:
            attempt(data)
            spent = time.process_time() - start
            findings.slowest_seconds = max(findings.slowest_seconds, spent)
            _check_time(spent, data)
        except Exception as error:
            findings.note(error, data)
            raise
        target(spent / (len(data) + 256))

    unhurried = settings(
        max_examples=_ROUND_EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.target, Phase.shrink),
    )
    seed(number)(unhurried(given(INPUTS[name])(run)))()


def _check_time(spent: float, data: bytes) -> None:
    if spent > _SECONDS + _SECONDS_PER_KB * len(data) / 1024:
        raise TooSlowError(f"{spent:.1f} s")


def main() -> int:
    """Fuzz the targets that are named, else all; tell what was found."""
    say = partial(print, flush=True)
    seconds = float(os.environ.get("SITEGEN_FUZZ_SECONDS", "60"))
    found = 0
    for name in sys.argv[1:] or TARGETS:
        findings = fuzz(name, seconds=seconds, first_seed=int(time.time()))
        slowest = f"slowest {findings.slowest_seconds:.2f} s"
        say(f"{name}: {findings.tries} inputs in {seconds:.0f} s, {slowest}")
        for place, data in findings.shortest.items():
            found += 1
            path = CORPUS / name / f"{hashlib.sha256(data).hexdigest()[:12]}.bin"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            say(f"  {place}\n    {path}: {data[:200]!r}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
