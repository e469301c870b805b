"""Articles, settings and documents to render in tests."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from sitegen.config import Config, Extra, Section
from sitegen.model import (
    Article,
    ArticleKind,
    Correction,
    Dateline,
    Image,
    LineRange,
    PageSettings,
    Person,
    ReviewFlag,
    Source,
)
from sitegen.render.article_view import ArticleView
from sitegen.render.document import Document, TextDocument
from sitegen.render.rendition import Rendition
from sitegen.render.theme import Theme, open_theme
from sitegen.render.views import list_documents
from sitegen.site.arrangement import Site
from sitegen.site.arranger import Arranger
from sitegen.site.gate import Gate
from sitegen.urls import Permalinks

DAY = dt.date(2023, 11, 30)
BUILT_AT = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[2]
BODY = "本报庄浪讯（通讯员石宏军）近日，庄浪县政协主席带队调研。\n\n## 提出建议\n\n调研组提出建议。"

CONFIG = Config(
    root=ROOT,
    title="民主协商报",
    tagline="数字报",
    publisher="民主协商报社",
    base_url="https://news.example/paper/",
    timezone=dt.timezone(dt.timedelta(hours=8)),
    sections=(
        Section(slug="local", title="市县政协", default=True),
        Section(slug="photo", title="图片新闻", description="镜头里的协商"),
    ),
    seeds=ROOT / "seeds",
    content=ROOT / "content",
    output=ROOT / "public",
)


PICTURES = {
    "a.jpg": tuple(
        Rendition(path=f"images/a1-{width}.jpg", width=width, height=width * 2 // 3)
        for width in (480, 960, 1600)
    ),
    "b c.png": (Rendition(path="images/b2-300.png", width=300, height=500),),
}


def make_article(name: str = "2-09", **changes: object) -> Article:
    """Make a plain article; the slug is its name."""
    article = Article(
        id=f"a/{name}", title="调研群众工作", issue=DAY, section="local", slug=name, body=BODY,
        page="2", order=9,
    )  # fmt: skip
    return dataclasses.replace(article, **changes)  # type: ignore[arg-type]


def make_full_article(name: str = "full") -> Article:
    """Make an article with every field that a reader can see."""
    return make_article(
        name,
        title="履职尽责勇担当 凝心聚力助发展",
        kicker="庄浪县政协",
        deck="——联系服务界别群众工作综述",
        authors=(Person(name="石宏军", role="通讯员"), Person(name="李岩")),
        dateline=Dateline(text="本报庄浪讯", place="庄浪"),
        column="专题协商",
        kind=ArticleKind.FEATURE,
        continued_from="1",
        continued_to="4",
        source=Source(
            file="000.txt", lines=(LineRange(first=5, last=5), LineRange(first=7, last=9))
        ),
        review=tuple(ReviewFlag),
        tags=("调研", "基层"),
        updated=dt.date(2023, 12, 2),
        corrections=(Correction(date=dt.date(2023, 12, 2), text="“带队”原刊为“率队”。"),),
    )


def make_photo_story(name: str = "photo", **changes: object) -> Article:
    """Make a photo story with two pictures, of which the second says nothing of itself."""
    images = (
        Image(path="a.jpg", alt="三位委员在田间", caption="委员走访村民", credit="李岩 摄"),
        Image(path="b c.png"),
    )
    return make_article(name, kind=ArticleKind.PHOTO, images=images, **changes)


def make_newspaper() -> tuple[Article, ...]:
    """Make three issues with articles of every kind, and a story of two parts."""
    kinds = [make_article(f"1-{k}", kind=k, page="1", title=f"一篇{k}") for k in ArticleKind]
    columns = [
        make_article(f"1-c{n}", page="1", column="专题协商议政", title=f"协商 之{n}")
        for n in range(5)
    ]
    photo = make_article("3-01", page="3", section="photo", kind=ArticleKind.PHOTO)
    unknown = make_article("0-01", issue=dt.date(2023, 6, 29), page=None, kicker="白银市政协")
    older = make_article("A5-01", issue=dt.date(2022, 2, 28), page="A5")
    story = [
        make_article("A1-01", issue=older.issue, page="A1", continued_to="A2"),
        make_article("A2-01", issue=older.issue, page="A2", continued_from="A1"),
    ]
    return (*kinds, *columns, make_full_article(), photo, unknown, older, *story)


def make_site(
    articles: Iterable[Article],
    pages: Iterable[PageSettings] = (),
    leave_out: Collection[Extra] = (),
) -> Site:
    """Arrange articles as the build does."""
    gate = Gate(today=dt.date(2026, 11, 21))
    return Arranger(leave_out).arrange(articles, pages=pages, gate=gate)


def list_all(
    articles: Iterable[Article],
    *,
    config: Config = CONFIG,
    pages: Iterable[PageSettings] = (),
    theme: Theme | None = None,
) -> Iterator[Document | TextDocument]:
    """List the documents of some articles, with the theme of the settings where none is given."""
    theme = theme or open_theme(config.theme, site_root=ROOT)
    return list_documents(
        make_site(articles, pages, config.leave_out),
        config,
        assets=theme.asset_links(Permalinks(config.base_url)),
        words=theme.words(config.language),
        pictures=PICTURES,
        built_at=BUILT_AT,
    )


def pages_by_path(
    articles: Iterable[Article], *, config: Config = CONFIG, pages: Iterable[PageSettings] = ()
) -> dict[str, Document]:
    """Give the pages of a site by their path."""
    documents = list_all(articles, config=config, pages=pages)
    return {item.path: item for item in documents if isinstance(item, Document)}


def texts_by_path(articles: Iterable[Article], *, config: Config = CONFIG) -> dict[str, str]:
    """Give the feeds and sitemaps of a site by their path."""
    documents = list_all(articles, config=config)
    return {item.path: item.text for item in documents if isinstance(item, TextDocument)}


def view(document: Document, name: str, kind: type) -> object:
    value = document.context[name]
    assert isinstance(value, kind)
    return value


def article_view(documents: dict[str, Document], slug: str) -> ArticleView:
    value = documents[f"2023-11-30/local/{slug}/index.html"].context["article"]
    assert isinstance(value, ArticleView)
    return value
