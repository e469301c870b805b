"""A paper every field of which holds a marked attack, wherever a text can stand at all."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image as Picture
from sample_site import BUILT_AT

from sitegen.config import Config, Section
from sitegen.model import (
    Article,
    ArticleKind,
    Correction,
    Dateline,
    Decision,
    Image,
    LineRange,
    PageDecisions,
    PageSettings,
    Person,
    ReviewFlag,
    Source,
)

# Every one would leave an element or an attribute by this name, or a sum that was worked out.
PLANTED = "data-canary"
WORKED_OUT = "4900147"
_ATTACKS = (
    '"><script>alert("{}")</script>',
    "' onerror='alert(1)' data-canary='{}",
    '" onload="alert(1)" data-canary="{}',
    '</script data-canary="{}"><script>alert(1)</script>',
    "<!--<script data-canary={} ",
    "</title></style></textarea></noscript><b data-canary={}>",
    "--><svg/onload=alert(1) data-canary={}>",
    "]]><i xmlns='http://www.w3.org/1999/xhtml' data-canary='{}'/>",
    "<img src=x onerror=alert(1) data-canary={}>",
    "javascript:alert('{}')",
    "{{{{ 7*7*100003 }}}}{{% raw %}}{{# {} #}}",
    "\u2028\u2029\x85\x9f\u202e",
    "&copy;&#60;b data-canary={}&#62;",
)
_ENTITIES = _ATTACKS[-1]  # which Markdown reads as well
# Fields that hold any text, and those for which whatever is no date, number, slug or known word is
# refused. Of the others it is said where it comes from.
FREE: Mapping[type, tuple[str, ...]] = {
    Article: ("title", "kicker", "deck", "column", "tags", "summary", "body"),
    Person: ("name", "role"),
    Dateline: ("text", "place"),
    Source: ("file", "page_sha256", "text_sha256"),
    Image: ("alt", "caption", "credit"),
    Correction: ("text",),
    Section: ("title", "description", "columns"),
    Config: ("title", "tagline", "description", "publisher", "seeds", "content"),
    PageSettings: ("file", "name", "evidence"),
}
BOUND: Mapping[type, tuple[str, ...]] = {
    Article: (
        "issue", "section", "slug", "page", "order", "kind", "continued_from", "continued_to",
        "review", "draft", "aliases", "updated", "publish", "expires", "lang",
    ),
    Dateline: ("date",),
    Source: ("lines",),
    Image: ("path",),
    Correction: ("date",),
    Section: ("slug", "kinds", "default"),
    Config: (
        "base_url", "language", "timezone", "feed_articles", "articles_per_page", "leave_out",
    ),
    PageSettings: ("issue", "number", "page", "section", "inferred", "encoding"),
    PageDecisions: ("page_sha256",),
    Decision: ("lines", "article"),
}  # fmt: skip
ELSEWHERE: Mapping[type, tuple[str, ...]] = {
    Article: ("id", "authors", "dateline", "source", "images", "corrections"),  # a path; the others
    LineRange: ("first", "last"),  # of "lines"
    Section: (),
    Config: ("root", "sections", "theme", "output"),  # a folder; the others; folders of the host
    PageSettings: ("decisions",),
    PageDecisions: ("decisions", "place"),  # the line of the file
    Decision: ("kind", "place"),  # the key of "lines"; the line of the file
}
# What no reader is shown.
NOT_PUBLISHED = {
    "SourcePageSha", "SourceTextSha", "SectionColumns", "ConfigSeeds", "ConfigContent",
    "PageSettingsFile", "PageSettingsEvidence",
}  # fmt: skip


def marker(owner: type, field: str, number: int = 0) -> str:
    """Name a field in a word of letters, which ends in a number: canaryArticleTitle0."""
    words = "".join(word.title() for word in field.split("_") if not word.startswith("sha"))
    sha = "Sha" if "sha" in field else ""
    return f"canary{owner.__name__}{words}{sha}{number}"


def attack(owner: type, field: str, number: int = 0, *, markdown: bool = False) -> str:
    """Give all attacks in one text, which begins with another one for every number."""
    name = marker(owner, field, number)
    start = number % len(_ATTACKS)
    turned = (*_ATTACKS[start:], *_ATTACKS[:start])
    return name + "".join(a.format(name) for a in turned if not (markdown and a is _ENTITIES))


def file_attack(owner: type, field: str) -> str:
    """Give an attack that can be the name of a file."""
    return f"{marker(owner, field)}\"'><b data-canary onload=alert(1)>{{{{ 7*7*100003 }}}}&copy;"


def compose_article(number: int, **changes: Any) -> dict[str, Any]:
    """Compose the front matter of an article."""
    return {
        "title": attack(Article, "title", number),
        "kicker": attack(Article, "kicker", number),
        "deck": attack(Article, "deck", number),
        "authors": [{"name": attack(Person, "name"), "role": attack(Person, "role", number)}],
        "dateline": {"text": attack(Dateline, "text", number), "place": attack(Dateline, "place")},
        "issue": "2024-03-08",
        "page": "1",
        "order": number,
        "section": "local",
        "column": attack(Article, "column"),
        "kind": "news",
        "slug": f"1-{number:02}",
        "source": {
            "file": attack(Source, "file"),
            "lines": ["1-3"],
            "page_sha256": attack(Source, "page_sha256"),
            "text_sha256": attack(Source, "text_sha256"),
        },
        "review": [str(flag) for flag in ReviewFlag],
        "tags": [attack(Article, "tags", number)],
        "aliases": [f"canaryArticleAliases{number}'onerror=alert(1)&copy;{{{{7}}}}--]]/"],
        "updated": "2024-03-09",
        "summary": attack(Article, "summary", number),
        "images": [
            {
                "path": f"{file_attack(Image, 'path')}.png",
                "alt": attack(Image, "alt", number),
                "caption": attack(Image, "caption", number),
                "credit": attack(Image, "credit", number),
            }
        ],
        "lang": "zh-canary",
        "corrections": [{"date": "2024-03-09", "text": attack(Correction, "text", number)}],
        **changes,
    }


def compose_body(number: int) -> str:
    """Compose a body that attacks in every kind of block, and by links."""
    text = attack(Article, "body", number, markdown=True)
    link = marker(Article, "body", number)
    return f"""{attack(Dateline, "text", number, markdown=True)}近日，{text}

## {text}

- {text}
- **{text}**

> {text}

1. {text}

[{link}](javascript:alert(1)) [{link}](JaVa&#x09;Script:alert(1))
[{link}](javascript&colon;alert(1)) [{link}](\\javascript:alert(1))
[{link}](data:text/html,<script>alert(1)</script>) [{link}](//evil.example/"onclick="alert(1))
[{link}](https://a.example/ "x" onclick="alert(1)) ![{link}](x" onerror="alert(1))
<javascript:alert(1)> <https://a.example/"onclick="alert(1)> `<b {PLANTED}>`

[{link}]: javascript:alert(1)

<div {PLANTED}>{text}</div>
"""


def compose_settings() -> dict[str, Any]:
    """Compose site.yaml."""
    return {
        "title": attack(Config, "title"),
        "tagline": attack(Config, "tagline", 1),
        "description": attack(Config, "description", 2),
        "publisher": attack(Config, "publisher", 3),
        "language": "zh-Hans",
        "timezone": "+08:00",
        "base_url": "https://canary.example/paper/",
        "seeds": file_attack(Config, "seeds"),
        "content": file_attack(Config, "content"),
        "feed_articles": 40,
        "articles_per_page": 6,
        "leave_out": [],
        "sections": [
            {
                "slug": "local",
                "title": attack(Section, "title", 4),
                "description": attack(Section, "description", 5),
                "columns": [attack(Section, "columns")],
                "kinds": ["notice"],
                "default": True,
            },
            {"slug": "empty", "title": attack(Section, "title", 1)},
        ],
    }


def compose_pages() -> dict[str, Any]:
    """Compose pages.yaml."""
    return {
        "pages": [
            {
                "file": attack(PageSettings, "file").translate({ord(c): None for c in "*?["}),
                "issue": "2024-03-08",
                "number": 1008,
                "page": "1",
                "name": attack(PageSettings, "name", 2),
                "section": "local",
                "inferred": ["issue"],
                "evidence": attack(PageSettings, "evidence"),
                "encoding": "utf-8",
                "page_sha256": "94db8dbb",
                "decisions": [{"headline": "1-2", "article": "3"}],
            },
            {
                "file": "b.txt",
                "issue": "2024-03-08",
                "page": "3",
                "name": attack(PageSettings, "name", 7),
            },
        ]
    }


def list_articles() -> dict[str, dict[str, Any]]:
    """List the articles by file: each kind, two of them one story; one with only what it must."""
    *kinds, first, second = ArticleKind
    articles = {
        f"{number}": compose_article(number, kind=kind)
        for number, kind in enumerate(kinds, start=1)
    }
    number = len(kinds) + 1
    title = attack(Article, "title", number)
    articles["first"] = compose_article(number, kind=first, title=title, continued_to="3")
    rest = {"title": title, "continued_from": "1", "page": "3", "aliases": []}
    articles["second"] = compose_article(number + 1, kind=second, **rest)
    bare = {"title": attack(Article, "title", 6), "issue": "2023-01-02", "section": "local"}
    articles["bare"] = {**bare, "slug": "0-01"}
    return articles


def render_yaml(value: Mapping[str, Any]) -> str:
    """Write a mapping so that all that a text holds comes through."""
    return "".join(f"{key}: {json.dumps(entry)}\n" for key, entry in value.items())


def render_file(front_matter: Mapping[str, Any], body: str) -> str:
    """Write an article file."""
    return f"---\n{render_yaml(front_matter)}---\n\n{body}"


def write_paper(root: Path, *, theme: str) -> None:
    """Write the sources of the paper."""
    settings = {**compose_settings(), "theme": theme}
    content, seeds = root / settings["content"], root / settings["seeds"]
    for folder in (content, seeds):
        folder.mkdir(parents=True)
    (root / "site.yaml").write_text(render_yaml(settings), "utf-8")
    (seeds / "pages.yaml").write_text(render_yaml(compose_pages()), "utf-8")
    for number, (name, article) in enumerate(list_articles().items(), start=1):
        (content / f"{name}.md").write_text(render_file(article, compose_body(number)), "utf-8")
    Picture.new("RGB", (64, 48), "white").save(content / compose_article(1)["images"][0]["path"])


def build_paper(root: Path, *, theme: str) -> Path:
    """Write the paper and build it; give the folder of the output."""
    write_paper(root, theme=theme)
    command = [sys.executable, "-m", "sitegen", "build", "-s", str(root), "--future"]
    subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": BUILT_AT})
    return root / "public"


def list_fields(owner: type) -> set[str]:
    """List the fields of a dataclass."""
    return {field.name for field in dataclasses.fields(owner)}
