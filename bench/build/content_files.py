"""An issue's articles as content files, in the form each generator reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from newspaper import SECTIONS, Article, issue_label


def write_sitegen(site: Path, articles: tuple[Article, ...]) -> None:
    """Write ``content/DAY/SLUG.md`` by the content contract."""
    for article in articles:
        front = {
            "title": article.title,
            **({"kicker": article.kicker} if article.kicker else {}),
            "authors": [{"name": article.author, "role": "通讯员"}],
            "dateline": {"place": article.place},
            "page": str(article.page),
            "order": article.number,
            "section": article.section,
            "slug": article.slug,
            "tags": article.tags,
        }
        # The day stands without quotes, as an import writes it.
        text = f"---\n{_yaml(front)}issue: {article.issue}\n---\n\n{article.body}\n"
        _write(site / f"content/{article.issue}/{article.slug}.md", text)


def write_hugo(site: Path, articles: tuple[Article, ...]) -> None:
    """Write a branch bundle an issue, and the pages that list sections and years."""
    issue = articles[0].issue
    issues = site / "content/issues"
    heading = {"title": issue_label(issue), "date": str(issue)}
    _write(issues / f"{issue}/_index.md", f"---\n{_yaml(heading)}---\n")
    for article in articles:
        front = {
            **_described(article),
            "weight": article.page * 100 + article.number,
            "sections": [article.section],
            "tags": article.tags,
        }
        _write(issues / f"{issue}/{article.slug}.md", f"---\n{_yaml(front)}---\n\n{article.body}\n")
    _write(issues / "_index.md", "---\ntitle: 各期\nbuild: {render: never}\n---\n")
    _write(site / "content/archive/_index.md", "---\ntitle: 往期\n---\n")
    year = {"title": f"{issue.year}年", "year": str(issue.year), "date": f"{issue.year}-01-01"}
    _write(site / f"content/archive/{issue.year}.md", f"---\n{_yaml(year)}---\n")
    for slug, title in SECTIONS.items():
        _write(site / f"content/sections/{slug}/_index.md", f"---\ntitle: {title}\n---\n")


def write_pelican(site: Path, articles: tuple[Article, ...]) -> None:
    """Write ``content/DAY/SLUG.md`` with lines of metadata."""
    for article in articles:
        lines = {
            "Title": article.title,
            "Date": article.issue,
            "Slug": f"{article.issue}-{article.slug}",
            "Issue": article.issue,
            "Issue_label": issue_label(article.issue),
            "Page_label": article.page,
            "Place_in_issue": article.slug,
            "Category": article.section,
            "Section_title": SECTIONS[article.section],
            "Kicker": article.kicker or "",
            "Author": article.author,
            "Place": article.place,
            "Tags": ", ".join(article.tags),
            "Summary": article.summary,
        }
        front = "".join(f"{key}: {value}\n" for key, value in lines.items())
        _write(site / f"content/{article.issue}/{article.slug}.md", f"{front}\n{article.body}\n")


def write_eleventy(site: Path, articles: tuple[Article, ...]) -> None:
    """Write ``src/issues/DAY/SLUG.md``."""
    for article in articles:
        # "tags" would make a collection of each.
        front = {**_described(article), "section": article.section, "keywords": article.tags}
        path = site / f"src/issues/{article.issue}/{article.slug}.md"
        _write(path, f"---\n{_yaml(front)}---\n\n{article.body}\n")


def _described(article: Article) -> dict[str, object]:
    return {
        "title": article.title,
        "date": str(article.issue),
        "issue": str(article.issue),
        "issue_label": issue_label(article.issue),
        "page_label": str(article.page),
        "section_title": SECTIONS[article.section],
        "kicker": article.kicker or "",
        "author": article.author,
        "place": article.place,
        "description": article.summary,
    }


def _yaml(values: Mapping[str, object]) -> str:
    """Write a mapping a key a line; JSON values are YAML too."""
    return "".join(f"{key}: {json.dumps(v, ensure_ascii=False)}\n" for key, v in values.items())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
