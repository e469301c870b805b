"""Questions to OSV, the service that knows the vulnerabilities of open-source packages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.request import Request, urlopen

from sitegen.errors import OutputError

SERVICE = "https://api.osv.dev"
_TIMEOUT_SECONDS = 60
# The service takes so many questions at once, and gives long answers in pages.
_MOST_QUESTIONS = 1000
_MOST_REQUESTS = 20


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Release:
    """A version of a Python package."""

    name: str
    version: str


def find_advisories(
    releases: Iterable[Release], *, service: str = SERVICE
) -> dict[Release, tuple[str, ...]]:
    """Find the ids of what is known against each of these; none where nothing is.

    Raises OutputError where the service cannot be asked, or where its answer is not whole.
    """
    found: dict[Release, set[str]] = {release: set() for release in releases}
    questions = [(release, "") for release in sorted(found)]
    for _ in range(_MOST_REQUESTS):
        asked, questions = questions[:_MOST_QUESTIONS], questions[_MOST_QUESTIONS:]
        answers = _ask(asked, service)
        for (release, _), (ids, next_page) in zip(asked, answers, strict=True):
            found[release].update(ids)
            if next_page:
                questions.append((release, next_page))
        if not questions:
            return {release: tuple(sorted(ids)) for release, ids in found.items()}
    raise _no_check(service, f"its answer does not end after {_MOST_REQUESTS} requests")


def _ask(
    questions: Iterable[tuple[Release, str]], service: str
) -> tuple[tuple[frozenset[str], str], ...]:
    """Give for each question, in its order, the ids; with them the next page's name or nothing."""
    queries = [
        {
            "package": {"ecosystem": "PyPI", "name": release.name},
            "version": release.version,
            **({"page_token": page} if page else {}),
        }
        for release, page in questions
    ]
    answer = _post(f"{service}/v1/querybatch", {"queries": queries}, service)
    try:
        results = tuple(map(_parse_result, answer["results"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise _no_check(service, "its answer is none that OSV gives") from error
    if len(results) != len(queries):
        raise _no_check(service, f"{len(queries)} questions got {len(results)} answers")
    return results


def _parse_result(result: Any) -> tuple[frozenset[str], str]:
    # {"vulns": [{"id": "GHSA-462w-v97r-4m45", "modified": "…"}], "next_page_token": "…"}, or {}
    if not result.keys() <= {"vulns", "next_page_token"}:
        raise TypeError
    return (
        frozenset(str(advisory["id"]) for advisory in result.get("vulns", ())),
        str(result.get("next_page_token", "")),
    )


def _post(address: str, question: object, service: str) -> Any:
    if not address.startswith(("https://", "http://")):
        raise _no_check(service, "no address of a service")
    request = Request(  # noqa: S310 - its scheme is one of the two above
        address, json.dumps(question).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urlopen(request, timeout=_TIMEOUT_SECONDS) as response:  # noqa: S310 - likewise
            return json.load(response)
    except (OSError, HTTPException, ValueError) as error:
        raise _no_check(service, f"cannot be asked: {error}") from error


def _no_check(service: str, message: str) -> OutputError:
    hint = "nothing was checked, so nothing has passed: ask again when it can be reached"
    return OutputError.at(service, message, hint=hint)
