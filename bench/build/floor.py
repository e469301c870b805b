"""Build the newspaper by a bare script on several processes: what Python could reach at best.

    python bench/build/floor.py [--plain] [--processes 2]

It is no generator: it knows this one newspaper, checks nothing, remembers nothing. It reads the
content of sitegen in the current folder, and writes ``out/``. All it does for an article is what
cannot be left out: read it, its front matter by PyYAML's C loader, its body by Python-Markdown, its
page by Jinja, write it. With ``--plain``, bodies of nothing but paragraphs bypass Python-Markdown.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import multiprocessing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import yaml
from jinja2 import DictLoader, Environment
from markdown import Markdown
from markupsafe import Markup
from newspaper import SECTIONS, issue_label, summarize

PAPER = {"title": "示例日报", "publisher": "示例日报社", "url": "https://paper.example"}
NEWEST = 40
A_SECTION_PAGE = 50
RECENT_ISSUES = 10
_OUTPUT = Path("out")
_BLOCK_MARKS = ("#", ">", "-", "*", "+", "|", "<", "    ")
_MARKS = frozenset("*_`[<&\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What lists show of an article."""

    url: str
    issue: str
    issue_label: str
    page: str
    section: str
    kicker: str | None
    title: str
    author: str
    summary: str

    @property
    def section_title(self) -> str:
        """The name of the section."""
        return SECTIONS[self.section]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What only the page of an article shows."""

    place: str
    tags: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What other pages show of an issue."""

    url: str
    day: str
    label: str
    titles: tuple[Title, ...]

    @property
    def pages(self) -> Iterator[tuple[str, Iterator[Title]]]:
        """The titles by printed page."""
        return groupby(self.titles, key=attrgetter("page"))


class Press:
    """Reads, renders and writes."""

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain
        self._markdown = Markdown(extensions=["sane_lists"], output_format="html")
        self._templates = _read_templates()

    def print_issue(self, folder: Path) -> Issue:
        """Print the pages of an issue and of its articles; gives what the other pages need."""
        articles = [self._read(path) for path in sorted(folder.iterdir())]
        titles = tuple(title for title, _ in articles)
        day = folder.name
        label = titles[0].issue_label
        issue = Issue(url=f"/issues/{day}/", day=day, label=label, titles=titles)
        self.print("issue.html", issue.url, issue=issue)
        for (before, after), (title, story) in zip(_neighbours(titles), articles, strict=True):
            self.print(
                "article.html",
                title.url,
                article=title,
                story=story,
                before=before,
                after=after,
                linked_data=_describe(title, story),
            )
        return issue

    def print(self, template: str, url: str, **values: object) -> None:
        """Render a template into the file of an address."""
        (_OUTPUT / url[1:]).mkdir(parents=True, exist_ok=True)
        self.print_text(template, f"{url[1:]}index.html", url=url, **values)

    def print_text(self, template: str, path: str, **values: object) -> None:
        """Render a template into a file of the output folder, which is there."""
        text = self._templates.get_template(template).render(values)
        (_OUTPUT / path).write_bytes(text.encode())

    def _read(self, path: Path) -> tuple[Title, Story]:
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        values = yaml.load(front, yaml.CSafeLoader)
        day: dt.date = values["issue"]
        title = Title(
            url=f"/issues/{day}/{path.stem}/",
            issue=str(day),
            issue_label=issue_label(day),
            page=values["page"],
            section=values["section"],
            kicker=values.get("kicker"),
            title=values["title"],
            author=values["authors"][0]["name"],
            summary=summarize(body.lstrip()),
        )
        story = Story(
            place=values["dateline"]["place"],
            tags=tuple(values["tags"]),
            body=Markup(self._render(body)),  # noqa: S704 - a floor escapes nothing it need not
        )
        return title, story

    def _render(self, body: str) -> str:
        html = _render_plain(body) if self._plain else None
        return html or self._markdown.reset().convert(body)


def main() -> None:
    """Read the command line, build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    gc.disable()
    press = _make_press(plain=options.plain)
    print_issue = partial(_print_issue, plain=options.plain)
    print_page = partial(_print_page, plain=options.plain)
    with multiprocessing.get_context("fork").Pool(options.processes) as pool:
        issues = pool.map(print_issue, sorted(Path("content").iterdir()), chunksize=8)
        issues.reverse()
        sections = pool.starmap_async(print_page, _list_section_pages(issues), chunksize=16)
        for template, url, values in _list_other_pages(issues):
            press.print(template, url, **values)
        newest = [title for issue in issues[:2] for title in reversed(issue.titles)]
        press.print_text("feed.xml", "index.xml", titles=newest[:NEWEST])
        press.print_text("sitemap.xml", "sitemap.xml", issues=issues)
        sections.get()


_Page = tuple[str, str, Mapping[str, object]]


def _print_issue(folder: Path, *, plain: bool) -> Issue:
    return _make_press(plain=plain).print_issue(folder)


def _print_page(template: str, url: str, values: Mapping[str, object], *, plain: bool) -> None:
    _make_press(plain=plain).print(template, url, **values)


@cache
def _make_press(*, plain: bool) -> Press:
    """Make the press of this process; what is forked from it has its templates compiled."""
    return Press(plain=plain)


def _read_templates() -> Environment:
    """Read and compile the templates; what is the same on every page is rendered here, once."""
    folder = Path(__file__).parent / "sites" / "floor" / "templates"
    sources = {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}
    paper = {**PAPER, "sections": SECTIONS}
    once = Environment(autoescape=True)
    for name in ("masthead.html", "footer.html"):
        sources[name] = once.from_string(sources[name]).render(paper=paper)
    environment = Environment(
        loader=DictLoader(sources), autoescape=True, auto_reload=False, trim_blocks=True
    )
    environment.globals["paper"] = paper
    for name in sources:
        environment.get_template(name)
    return environment


def _neighbours(titles: tuple[Title, ...]) -> Iterator[tuple[Title | None, Title | None]]:
    around = (None, *titles, None)
    return zip(around, around[2:], strict=False)


def _render_plain(body: str) -> str | None:
    """Render a body of nothing but paragraphs; None where it holds any markup."""
    paragraphs = body.strip().split("\n\n")
    if not _MARKS.isdisjoint(body):
        return None
    if any("\n" in text or text.startswith(_BLOCK_MARKS) for text in paragraphs):
        return None
    return "\n".join(f"<p>{text}</p>" for text in paragraphs)


def _describe(title: Title, story: Story) -> Markup:
    url = f"{PAPER['url']}{title.url}"
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title.title,
        "description": title.summary,
        "datePublished": title.issue,
        "inLanguage": "zh-CN",
        "url": url,
        "mainEntityOfPage": url,
        "articleSection": title.section_title,
        "keywords": story.tags,
        "pagination": title.page,
        "author": {"@type": "Person", "name": title.author},
        "contentLocation": {"@type": "Place", "name": story.place},
        "isPartOf": {
            "@type": "PublicationIssue",
            "name": title.issue_label,
            "datePublished": title.issue,
        },
        "publisher": {"@type": "NewsMediaOrganization", "name": PAPER["title"]},
    }
    return Markup(json.dumps(data, ensure_ascii=False))  # noqa: S704 - likewise


def _list_section_pages(issues: Iterable[Issue]) -> Iterator[_Page]:
    by_section: dict[str, list[Title]] = {}
    for issue in issues:
        for title in reversed(issue.titles):
            by_section.setdefault(title.section, []).append(title)
    for section, titles in by_section.items():
        total = -(-len(titles) // A_SECTION_PAGE)
        urls = [f"/sections/{section}/" + (f"page/{n + 1}/" if n else "") for n in range(total)]
        for number, url in enumerate(urls):
            start = number * A_SECTION_PAGE
            values = {
                "title": SECTIONS[section],
                "titles": titles[start : start + A_SECTION_PAGE],
                "number": number + 1,
                "total": total,
                "newer": urls[number - 1] if number else None,
                "older": urls[number + 1] if number + 1 < total else None,
            }
            yield "section.html", url, values


def _list_other_pages(issues: list[Issue]) -> Iterator[_Page]:
    yield "home.html", "/", {"issue": issues[0], "recent": issues[:RECENT_ISSUES]}
    years = {year: tuple(own) for year, own in groupby(issues, key=lambda issue: issue.day[:4])}
    yield "archive.html", "/archive/", {"years": tuple(years)}
    for year, own in years.items():
        yield "year.html", f"/archive/{year}/", {"year": year, "issues": own}


if __name__ == "__main__":
    main()
