"""Article files: the contract of their front matter, both ways."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.content.frontmatter import parse_article, read_body, render_article
from sitegen.errors import ContentError
from sitegen.model import (
    Article,
    ArticleKind,
    Correction,
    Dateline,
    Image,
    LineRange,
    Person,
    ReviewFlag,
    Source,
)

CASES = Path(__file__).with_name("frontmatter_cases.txt")
REQUIRED = {"title": "县政协开会", "issue": "2023-11-30", "section": "local", "slug": "2-09"}


def read_cases() -> list[tuple[str, str, list[str]]]:
    cases = []
    for case in CASES.read_text("utf-8").split("\n=== ")[1:]:
        name, _, rest = case.partition("\n")
        text, *expected = re.split(r"^-> ", rest.rstrip("\n"), flags=re.MULTILINE)
        written = re.findall(r"^(\w+):", text, flags=re.MULTILINE)
        missing = "".join(f"{k}: {v}\n" for k, v in REQUIRED.items() if k not in written)
        text = text.replace("+ required\n", missing)
        text = re.sub(r"<U\+(\w{4})>", lambda found: chr(int(found[1], 16)), text)
        cases.append((name, text, [line.rstrip("\n") for line in expected]))
    return cases


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(text, lines, id=name) for name, text, lines in read_cases()]
)
def test_case(text: str, expected: list[str]) -> None:
    fields = [line.partition(" = ")[0] for line in expected]
    assert fields, "a case without an expectation cannot fail"
    assert describe(text, fields) == expected


def describe(text: str, fields: list[str]) -> list[str]:
    """Give the problems of an article file, or those fields of the article that are asked for."""
    try:
        article = parse_article(text, path="a.md", article_id="a", sections=("local", "photo"))
    except ContentError as error:
        return [str(d).removeprefix("a.md:") for d in error.diagnostics]
    assert read_body(text, path="a.md") == article.body
    return [f"{name} = {getattr(article, name, None)!r}" for name in fields]


NULLS = {"", "~", "null", "Null", "NULL"}
NASTY = (
    "Foo: Bar", "A #1 hit", "no", "Y", "null", "~", "012", "1_000", "1e5", "0o17", "1:30", "12.50",
    "2023-11-30", "2023-11-30 8:00", "*x", "- y", "? z", "---", "...", "it's", '"quoted"', "“引”",
    "[x]", "{y}", "a, b", "100%", "@x", "`x`", "!tag", "&x", "<<", "=", "| x", "> y", "\\n", "a\tb",
    "😀👨\u200d👩", "a\u2028b", "a\x85b", "a\ufeffb", "\ue000", "a\nb", "：", "x:", "x #", "-",
    "[" * 30,
)  # fmt: skip
CONTROLS = {chr(code) for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} - {"\t", "\n"}
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=CONTROLS)


def some(value: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Values as they are read: without space around them, never empty."""
    return value.map(str.strip).filter(bool)


TEXTS = st.sampled_from(NASTY) | some(st.text(CHARACTERS, max_size=20))
MAYBE = st.none() | TEXTS
DAYS = st.dates()
MAYBE_DAY = st.none() | DAYS
PAGES = st.none() | st.from_regex(r"[A-Z]{0,2}[0-9]{1,3}", fullmatch=True)
PATHS = st.sampled_from(["a.jpg", "2023-11-30/照片 1.jpg", "012", "no/1"])
RANGES = st.tuples(st.integers(1, 9999), st.integers(0, 99)).map(
    lambda pair: LineRange(first=pair[0], last=sum(pair))
)
BODIES = st.text(CHARACTERS, max_size=80).map(
    lambda text: (
        parse_article(
            f"---\ntitle: x\nissue: 2023-11-30\nsection: a\nslug: b\n---\n{text}",
            path="",
            article_id="",
        ).body
    )
)
ARTICLES = st.builds(
    Article,
    id=st.just("2023-11-30/2-09"),
    title=TEXTS,
    issue=DAYS,
    section=TEXTS,
    slug=st.sampled_from(["2-09", "012", "1e5", "no", "a_b", "7"]),
    body=BODIES,
    kicker=MAYBE,
    deck=MAYBE,
    authors=st.lists(st.builds(Person, name=TEXTS, role=MAYBE), max_size=3).map(tuple),
    dateline=st.none()
    | st.builds(Dateline, text=MAYBE, place=MAYBE, date=MAYBE_DAY).filter(Dateline().__ne__),
    page=PAGES,
    order=st.integers(0, 999),
    column=MAYBE,
    kind=st.sampled_from(ArticleKind),
    continued_from=PAGES,
    continued_to=PAGES,
    source=st.none()
    | st.builds(
        Source,
        file=TEXTS,
        lines=st.lists(RANGES, max_size=3).map(tuple),
        page_sha256=MAYBE,
        text_sha256=MAYBE,
    ),
    review=st.lists(st.sampled_from(ReviewFlag), max_size=3).map(tuple),
    tags=st.lists(TEXTS, max_size=3, unique=True).map(tuple),
    draft=st.booleans(),
    aliases=st.lists(st.sampled_from(["2023-11-30/local/old/", "旧.html", "012"])).map(tuple),
    updated=MAYBE_DAY,
    publish=MAYBE_DAY,
    expires=MAYBE_DAY,
    summary=MAYBE,
    images=st.lists(
        st.builds(Image, path=PATHS, alt=MAYBE, caption=MAYBE, credit=MAYBE), max_size=2
    ).map(tuple),
    lang=st.sampled_from([None, "zh-Hant", "no"]),
    corrections=st.lists(st.builds(Correction, date=DAYS, text=TEXTS), max_size=2).map(tuple),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES)
def test_a_rendered_article_is_read_back_unchanged(article: Article) -> None:
    text = render_article(article)
    assert parse_article(text, path="a.md", article_id=article.id) == article
    assert render_article(parse_article(text, path="a.md", article_id=article.id)) == text


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES)
def test_any_yaml_reader_finds_the_same_texts(article: Article) -> None:
    front_matter = yaml.safe_load(render_article(article).split("\n---\n")[0])
    texts = {"title": article.title, "kicker": article.kicker, "deck": article.deck}
    texts |= {"slug": article.slug, "page": article.page, "summary": article.summary}
    assert {key: front_matter.get(key) for key in texts} == texts
    assert tuple(front_matter.get("tags", ())) == article.tags
    assert front_matter["issue"] == article.issue
    authors = [{"name": p.name, "role": p.role} for p in article.authors]
    assert [{"role": None} | entry for entry in front_matter.get("authors", ())] == authors


ODD = st.sampled_from(
    (
        *NASTY,
        "",
        "''",
        '"\\x01"',
        "&a x",
        "!!str x",
        "!x y",
        "|\n  a",
        ">-\n  a\n\n  b",
        "[a, b",
        "{a: b}",
        "2026-02-30",
        "20260203",
        "true",
        "news",
        "lcoal",
        "A5",
        "[1, '3-2']",
        "[~]",
        "- a",
        "[]",
        "[{name: x, name: y}]",
        "{file: x, lines: [1-2]}",
        "[" * 200,
        "- " * 200,
        "x" * 70000,
    )
)
CHANGES = st.one_of(
    st.tuples(st.just("{key}: {value}"), ODD),
    st.tuples(st.just("{line} {value}"), st.sampled_from(["# c", "\t", ",", "]", "}", '"', "\\"])),
    st.tuples(
        st.just("{value}{line}"), st.sampled_from(["  ", "\t", "- ", "? ", "&a ", "# ", "x"])
    ),
    st.tuples(
        st.just("{line}\n{value}"), st.sampled_from(["", "# c", "...", "x: y", "b: *a", "t：x"])
    ),
    st.tuples(st.just("{line}\n{line}"), st.just("")),
    st.tuples(st.just(""), st.just("")),
)


def change(text: str, place: int, form: str, value: str) -> str:
    """Change one line of the front matter: value, indent, end, or how often it stands."""
    front_matter, fence, body = text.partition("\n---\n")
    lines = front_matter.split("\n")
    number = 1 + place % (len(lines) - 1)
    key, line = lines[number].partition(":")[0], lines[number]
    lines[number] = form.format(key=key, line=line, value=value)
    return "\n".join(lines) + fence + body


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES, st.lists(st.tuples(st.integers(0, 30), CHANGES), min_size=1, max_size=3))
def test_a_changed_article_is_read_as_the_library_reads_it_or_refused(
    article: Article, changes: list[tuple[int, tuple[str, str]]]
) -> None:
    text = render_article(article)
    for place, (form, value) in changes:
        text = change(text, place, form, value)
    try:
        found = parse_article(text, path="a.md", article_id=article.id)
    except ContentError as error:
        lines = [problem.location.line or 0 for problem in error.diagnostics]
        assert lines == sorted(lines)
        assert lines[0] > 0
        return
    assert parse_article(render_article(found), path="a.md", article_id=found.id) == found
    texts = yaml.load(text.split("\n---\n")[0], Loader=yaml.CBaseLoader)  # noqa: S506 -- texts only
    for key in ("title", "kicker", "deck", "section", "column", "slug", "summary", "lang", "page"):
        expected = str(texts.get(key, "")).strip()
        assert (getattr(found, key) or "") in {expected, "" if expected in NULLS else expected}
    order = texts.get("order", "").strip()
    assert found.order == (0 if order in NULLS else int(order))
    assert str(found.issue) == texts["issue"].strip()
    listed = texts.get("tags")
    tags = [tag.strip() for tag in listed] if isinstance(listed, list) else []
    assert found.tags == tuple(dict.fromkeys(filter(None, tags)))


def test_reading_an_article_looks_up_no_implicit_type() -> None:
    text = render_article(
        Article(
            id="a",
            title="012",
            issue=dt.date(2023, 11, 30),
            section="a",
            slug="b",
            tags=("x", "no"),
            body="",
        )
    )
    calls: set[str] = set()
    sys.setprofile(
        lambda frame, _event, _argument: calls.add(
            f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}"
        )
    )
    try:
        parse_article(text, path="a.md", article_id="a")
    finally:
        sys.setprofile(None)
    assert "yamltext.resolve" in calls
    assert not calls & {"resolver.resolve", "composer.compose_node", "yamltext._check_nodes"}


def test_an_article_is_written_in_the_shape_of_the_contract() -> None:
    article = Article(
        id="2023-11-30/2-09",
        title="调研政协委员联系服务界别群众工作",
        kicker="庄浪县政协",
        authors=(Person(name="石宏军", role="通讯员"), Person(name="王五")),
        dateline=Dateline(text="本报庄浪讯", place="庄浪", date=dt.date(2023, 11, 29)),
        issue=dt.date(2023, 11, 30),
        page="2",
        order=9,
        section="local",
        kind=ArticleKind.NEWS,
        continued_from="A5",
        slug="2-09",
        source=Source(
            file="000_173ba6f4d9020420.txt",
            lines=(LineRange(first=532, last=532), LineRange(first=533, last=587)),
            page_sha256="ab12",
            text_sha256="12",
        ),
        review=(ReviewFlag.HEADLINE_MISSING, ReviewFlag.DATE_INFERRED),
        aliases=("2023-11-30/local/old/",),
        images=(Image(path="2023-11-30/a.jpg", alt="会场", caption="图：李岩"),),
        body="本报庄浪讯（通讯员石宏军）近日，庄浪县……\n\n## 小标题",
    )
    assert (
        render_article(article)
        == """\
---
title: 调研政协委员联系服务界别群众工作
kicker: 庄浪县政协
authors:
- {name: 石宏军, role: 通讯员}
- {name: 王五}
dateline: {text: 本报庄浪讯, place: 庄浪, date: 2023-11-29}
issue: 2023-11-30
page: '2'
order: 9
section: local
kind: news
continued_from: A5
slug: 2-09
source:
  file: 000_173ba6f4d9020420.txt
  lines: [532, '533-587']
  page_sha256: ab12
  text_sha256: '12'
review: [headline-missing, date-inferred]
draft: false
aliases: [2023-11-30/local/old/]
images:
- {path: 2023-11-30/a.jpg, alt: 会场, caption: 图：李岩}
---

本报庄浪讯（通讯员石宏军）近日，庄浪县……

## 小标题
"""
    )


def test_tag_that_is_given_twice_is_one_tag() -> None:
    text = (
        "---\ntitle: x\nissue: 2023-11-30\nsection: local\nslug: x\ntags: [调研, 基层, 调研]\n---\n"
    )

    assert parse_article(text, path="x.md", article_id="x").tags == ("调研", "基层")
