"""A marked attack in every field of a paper is text in every file of its site, and nothing else."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from canary_paper import (
    BOUND,
    ELSEWHERE,
    FREE,
    attack,
    compose_article,
    compose_pages,
    compose_settings,
    list_fields,
    marker,
    render_file,
    render_yaml,
)

from sitegen.config import Config, Section, parse_config
from sitegen.content.frontmatter import parse_article
from sitegen.content.pages import parse_pages
from sitegen.errors import SitegenError
from sitegen.model import (
    Article,
    Correction,
    Dateline,
    Decision,
    Image,
    PageDecisions,
    PageSettings,
    Person,
    Source,
)

OWNERS = {*FREE, *BOUND, *ELSEWHERE}
FIELDS = [(owner, field) for owner, fields in BOUND.items() for field in fields]


def read_article(value: dict[str, Any]) -> Article:
    return parse_article(render_file(value, ""), path="a.md", article_id="a", sections=("local",))


def read_settings(value: dict[str, Any]) -> Config:
    return parse_config(render_yaml(value), root=Path("/site"))


def read_pages(value: dict[str, Any]) -> object:
    return parse_pages(render_yaml(value), path="pages.yaml", sections=("local",))


Reading = tuple[
    Callable[[], dict[str, Any]], Callable[[dict[str, Any]], object], Callable[[Any], Any]
]
# How the field of a dataclass is written: what to compose, what reads it, where its mapping is.
WRITTEN: dict[type, Reading] = {
    Article: (lambda: compose_article(1), read_article, lambda v: v),
    Person: (lambda: compose_article(1), read_article, lambda v: v["authors"][0]),
    Dateline: (lambda: compose_article(1), read_article, lambda v: v["dateline"]),
    Source: (lambda: compose_article(1), read_article, lambda v: v["source"]),
    Image: (lambda: compose_article(1), read_article, lambda v: v["images"][0]),
    Correction: (lambda: compose_article(1), read_article, lambda v: v["corrections"][0]),
    Config: (compose_settings, read_settings, lambda v: v),
    Section: (compose_settings, read_settings, lambda v: v["sections"][0]),
    PageSettings: (compose_pages, read_pages, lambda v: v["pages"][0]),
    PageDecisions: (compose_pages, read_pages, lambda v: v["pages"][0]),
    Decision: (compose_pages, read_pages, lambda v: v["pages"][0]["decisions"][0]),
}
_KEYS: dict[tuple[type, str], str] = {(Decision, "lines"): "headline"}


@pytest.mark.parametrize("owner", sorted(OWNERS, key=str))
def test_every_field_has_its_attack_or_takes_none(owner: type) -> None:
    lists = (FREE.get(owner, ()), BOUND.get(owner, ()), ELSEWHERE.get(owner, ()))
    named = [field for fields in lists for field in fields]

    assert len(named) == len(set(named))
    assert set(named) == list_fields(owner)


def test_no_part_of_the_paper_is_forgotten() -> None:
    pending: list[type] = [Article, Config, PageSettings]
    met: set[type] = set()
    while pending:
        owner = pending.pop()
        met.add(owner)
        hints = [str(field.type) for field in dataclasses.fields(owner)]
        pending += [o for o in OWNERS - met if any(o.__name__ in hint for hint in hints)]

    assert met == OWNERS


@pytest.mark.parametrize(("owner", "field"), FIELDS)
def test_field_that_takes_no_attack_refuses_it(owner: type, field: str) -> None:
    compose, read, enter = WRITTEN[owner]
    value = compose()
    read(copy.deepcopy(value))
    entry, key = enter(value), _KEYS.get((owner, field), field)
    entry[key] = (
        [attack(owner, field)] if isinstance(entry.get(key), list) else attack(owner, field)
    )

    with pytest.raises(SitegenError) as refusal:
        read(value)
    name = marker(owner, field).lower()
    assert all(name in str(problem).lower() for problem in refusal.value.diagnostics)
