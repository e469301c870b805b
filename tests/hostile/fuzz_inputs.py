"""What the fuzzed functions are given: pieces of their languages, whole, broken or by chance."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from hypothesis import strategies as st

Inputs = st.SearchStrategy[bytes]
_REPOSITORY = Path(__file__).parents[2]
_SAMPLE = Path(__file__).parents[1] / "sample"
_MOST_REPEATS = 3_000
_NASTY = (
    "\0", "\x07", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\ud7ff", "\u202e", "\t", "\r",
    "\u3000", "\xa0", "𠮷", "e\u0301", "١", "Ⅷ", "①", "ﬁ", "İ", "ß", "\x1c", "\x0c", "\x1f",
)  # fmt: skip
_MARKUP = (
    "[", "](", "![", "<a ", "<", ">", "`", "```", "~~~", "*", "**", "_", "__", "#", "## ", "- ",
    "1. ", "> ", "    ", "\\", "&", "&#", "&amp;", "|", "[^1]", "[^1]: ", "---", "===", ":", "(",
    ")", "]", "<script>", "<!--", "-->", "<?", "]]>", "javascript:", "https://a.example/", "a@b.c",
    "\\[", "{", "}", "{{ 7*7 }}", "![a](b)", "[a](b)", "<b@c.d>", "\n", "\n\n", "  \n", " ",
)  # fmt: skip
_PRINT = (
    "本报兰州讯（记者 张莉）近日，", "新华社北京9月2日电", "（下转第三版）", "（接一版）",
    "（李岩）",
    "通讯员 鱼勇 摄影报道", "## 六座旧桥逐一体检", "**河西区水务局**", "1.周二至周日开放；", "一、",
    "联系电话：0931-8926232", "2026年5月8日", "2026年2月30日", "5月6日上午，", "今日8版",
    "总第1008期",
    "星期五 第2版 要闻", "责编：李岩", "——一年综述", "“引语", "”", "（", "）", "《", "》", "□ ",
    "●",
    "政协委员会议调研组深入河西东门，了解情况。", "东门小学操场向居民开放", "……", "!!!", "甲乙丙丁",
    "13月45日", "0000年0月0日", "9999年12月31日", "二〇二六年五月八日", "3/4", "A5版", "第零版",
)  # fmt: skip
_YAML = (
    "title: ", "issue: ", "2024-03-08", "2024-02-30", "section: ", "slug: ", "- ", "  ", "{", "}",
    "[", "]", ": ", ", ", "'", '"', "|\n", ">\n", "&a ", "*a", "!!python/object:os.system ", "!t ",
    "<<: ", "? ", "---\n", "...\n", "%YAML 1.2\n", "# ", "~", "null", "no", "012", "1:30", "\t",
    "authors: ", "name: ", "role: ", "dateline: ", "text: ", "place: ", "date: ", "images: ",
    "path: ", "lines: ", "1-3", "9-1", "source: ", "file: ", "review: ", "tags: ", "aliases: ",
    "lang: ", "corrections: ", "order: ", "99999999999", "-1", "draft: ", "kind: ", "page: ", "'2'",
    "pages: ", "number: ", "inferred: ", "evidence: ", "encoding: ", "decisions: ", "headline: ",
    "page_sha256: ", "sections: ", "base_url: ", "https://a.example", "http://[::1", "timezone: ",
    "'+08:00'", "leave_out: ", "theme: ", "output: ", "../..", "/", "columns: ", "kinds: ",
    "default: ", "\n", "\n", "\n",
)  # fmt: skip
_HTTP = (
    "GET ", "HEAD ", "POST ", "PUT ", "OPTIONS ", "/", "/2023-11-30/", "/_app/", "/_headers",
    "/out",
    "/out.txt", "/inside/", "/loop", "/../", "/%2e%2e/", "%00", "%zz", "%", "?", "#", "//", "\\",
    "/.sitegen-output", "/a%20b", " HTTP/1.1", " HTTP/1.0", " HTTP/2.0", " HTTP/9", "\r\n", "\r\n",
    "\r\n\r\n", "\n", "\r", "Host: 127.0.0.1:8000\r\n", "Host: evil.example\r\n", "Host: ",
    "Origin: http://127.0.0.1:8000\r\n", "Origin: null\r\n", "Content-Length: ", "5", "-1",
    "99999999999999999999", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n",
    "Expect: 100-continue\r\n", "Connection: close\r\n", "Connection: Upgrade\r\n",
    "Upgrade: h2c\r\n",
    "If-None-Match: ", "*", '"x"', "http://127.0.0.1:8000/", "127.0.0.1:8000", "CONNECT ",
    "[::1]:8000",
    "Cookie: a=b\r\n", ": ", "\0", "\xff", "\u0131", "localhost:8000", "127.1:8000", ":8000",
    "TRACE ",
)  # fmt: skip
_FILED = f"""---
title: 六座旧桥逐一体检
authors: [{{name: 李岩, role: 通讯员}}]
dateline: {{text: 本报河西讯, place: 河西, date: 2026-05-06}}
issue: 2026-05-08
page: '2'
order: 1
section: news
slug: 2-01
source:
  file: a.txt
  lines: ['3-5', 7]
  page_sha256: {"0" * 64}
  text_sha256: {"0" * 64}
review: [cut-uncertain]
aliases: [2026-05-08/news/old/]
---

本报河西讯（通讯员李岩）5月6日，河西区把全区六座旧桥逐一体检，查出隐患二十七处。
"""
_REQUESTS = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n",
    b"POST /_app/a HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Length: 5\r\n\r\nhello",
    b'GET /old/%E6%94%BF.html?q=1 HTTP/1.1\r\nHost: localhost:8000\r\nIf-None-Match: W/"a"\r\n\r\n',
)


def _texts(pieces: Iterable[str], *, size: int = 40) -> st.SearchStrategy[str]:
    """Make texts of pieces, of which some stand there very often, as what hangs a parser does."""
    piece = st.one_of(
        st.sampled_from((*pieces,)),
        st.sampled_from(_NASTY),
        st.text(st.characters(codec="utf-8"), max_size=6),
    )
    often = st.tuples(
        st.lists(piece, min_size=1, max_size=3).map("".join), st.integers(2, _MOST_REPEATS)
    ).map(lambda pair: (pair[0] * pair[1])[:_MOST_REPEATS])
    few = st.lists(piece, max_size=size).map("".join)
    return st.one_of(few, few, st.tuples(few, often, few).map("".join))


@st.composite
def _damage(draw: st.DrawFn, seeds: tuple[bytes, ...], pieces: tuple[str, ...]) -> bytes:
    """Damage something sound: cut, double, exchange or put something in, a few times."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        end = min(start + draw(st.integers(0, 40)), len(data))
        new = draw(st.one_of(st.sampled_from(pieces).map(str.encode), st.binary(max_size=4)))
        match draw(st.sampled_from(("cut", "double", "replace", "insert"))):
            case "cut":
                del data[start:end]
            case "double":
                data[start:start] = data[start:end] * draw(st.integers(1, 20))
            case "replace":
                data[start:end] = new
            case "insert":
                data[start:start] = new
    return bytes(data)


def _read(*patterns: str) -> tuple[bytes, ...]:
    found = (path for p in patterns for path in sorted(_REPOSITORY.glob(p)))
    return tuple(path.read_bytes()[:6_000] for path in found)


def _pages() -> Inputs:
    text = _texts((*_PRINT, "\n", "\n", "\n", "\n\n", *_MARKUP[:12]), size=60)
    encodings = st.sampled_from(
        ("utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "utf-16-le", "big5hkscs")
    )
    written = st.tuples(text, encodings).map(lambda pair: pair[0].encode(pair[1], "replace"))
    return st.one_of(written, _damage(_read("seeds/*.txt"), (*_PRINT, *_NASTY)), st.binary())


def _articles() -> Inputs:
    text = _texts((*_YAML, *_PRINT[:8]))
    written = text.map(lambda text: f"---\n{text}\n---\n\nbody\n".encode())
    seeds = _read("tests/sample/content/*/*.md")
    return st.one_of(written, _damage(seeds, (*_YAML, *_NASTY)))


def _bodies() -> Inputs:
    return st.one_of(
        _texts((*_MARKUP, *_PRINT[-6:])).map(str.encode),
        _damage(_read("tests/sample/content/*/*.md"), _MARKUP),
    )


def _settings(pattern: str) -> Inputs:
    return st.one_of(_texts(_YAML).map(str.encode), _damage(_read(pattern), (*_YAML, *_NASTY)))


def _requests() -> Inputs:
    text = _texts(_HTTP).map(lambda text: text.encode("latin-1", "replace"))
    fields = st.lists(
        st.tuples(st.sampled_from(_HTTP), st.sampled_from(_HTTP)).map("".join), max_size=4
    ).map("\r\n".join)
    target = st.lists(st.sampled_from((*_HTTP[5:22], "a", "2023-11-30")), max_size=6).map("".join)
    whole = st.tuples(st.sampled_from(_HTTP[:5]), target, fields).map(
        lambda p: f"{p[0]}/{p[1]} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n{p[2]}\r\n\r\n".encode(
            "latin-1", "replace"
        )
    )
    return st.one_of(text, whole, _damage(_REQUESTS, _HTTP))


def _orders() -> Inputs:
    name = st.sampled_from(
        ("a.txt", "b.txt", "../site.yaml", "", "a\0.txt", "/etc/passwd", "a" * 300)
    )
    number = st.one_of(st.integers(-2, 16), st.sampled_from((10**6, 10**9, 2**63, 10**30)))
    lines = st.lists(st.fixed_dictionaries({"first": number, "last": number}), max_size=3)
    kind = st.sampled_from(("headline", "start", "join", "furniture", "ignore", "x"))
    change = st.one_of(
        st.fixed_dictionaries(
            {"type": st.sampled_from(("decide", "withdraw")), "kind": kind, "lines": lines},
            optional={"article": st.one_of(st.none(), number)},
        ),
        st.fixed_dictionaries(
            {
                "type": st.just("settle"),
                "article": st.sampled_from(("2026-05-08/2-01", "../../site", "a\0", "", "x" * 300)),
                "flag": st.one_of(st.sampled_from(("cut-uncertain", "")), st.text(max_size=5)),
            }
        ),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3)),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
            ),
            max_leaves=8,
        ),
    )
    version = st.one_of(st.just("VERSION"), st.text(max_size=3))
    order = st.fixed_dictionaries({"file": name, "version": version, "change": change})
    whole = order.map(json.dumps).map(str.encode)
    sound = json.dumps(
        {
            "file": "a.txt",
            "version": "VERSION",
            "change": {"type": "decide", "kind": "start", "lines": [{"first": 5, "last": 5}]},
        }
    ).encode()
    pieces = (
        "{",
        "[",
        "]",
        '"',
        "1e999",
        "null",
        "\\ud800",
        "\\u0000",
        '"',
        ",",
        "-0",
        "[" * 3_000,
    )
    return st.one_of(whole, whole, _damage((sound,), pieces))


INPUTS: Mapping[str, Inputs] = {
    "importer": _pages(),
    "reimport": _damage((_FILED.encode(),), (*_YAML, *_NASTY, "1-999999999", "2026-05-07")),
    "front-matter": _articles(),
    "markdown": _bodies(),
    "settings": _settings("tests/sample/site.yaml"),
    "pages": _settings("*/pages.yaml"),
    "requests": _requests(),
    "orders": _orders(),
}
