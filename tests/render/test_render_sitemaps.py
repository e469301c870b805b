import dataclasses
import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from render_samples import BUILT_AT, CONFIG, ROOT, make_article, make_site, texts_by_path

from sitegen.model import Article
from sitegen.render.edition import open_edition
from sitegen.render.sitemaps import Listing, list_news, render_news_sitemap, render_sitemaps
from sitegen.render.theme import open_theme
from sitegen.urls import Permalinks

NAMES = ("sitemap", "sitemap-news")
WORDS = open_theme("broadsheet", site_root=ROOT).words("zh-Hans")


def news_of(*articles: Article, built_at: str, language: str = "zh-Hans") -> ET.Element:
    config = dataclasses.replace(CONFIG, language=language)
    site = make_site(articles)
    today = dt.datetime.fromisoformat(built_at).astimezone(config.timezone).date()
    document = render_news_sitemap(open_edition(site, config, WORDS, {}), list_news(site, today))
    assert document is not None
    return ET.fromstring(document.text)  # noqa: S314 - our own text


def test_sitemap_of_more_addresses_than_allowed_is_an_index() -> None:
    permalinks = Permalinks(CONFIG.base_url)
    listings = [Listing(page_path=f"{n}/", changed=None) for n in range(50_001)]
    files = {item.path: item.text for item in render_sitemaps(permalinks, listings)}

    assert set(files) == {"sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"}
    assert files["sitemap-2.xml"].count("<url>") == 1
    assert "https://news.example/paper/sitemap-2.xml" in files["sitemap.xml"]


def test_news_sitemap_holds_the_articles_of_two_days_by_the_paper_s_own_clock() -> None:
    days = [dt.date(2023, 11, day) for day in (28, 29, 30)]
    articles = [make_article(f"n-{day.day}", issue=day) for day in days]
    # 17:00 in London is the first hour of the 30th in Lanzhou
    news = news_of(*articles, built_at="2023-11-29T17:00:00+00:00")

    assert [loc.text and loc.text[-11:] for loc in news.findall(".//{*}loc")] == [
        "local/n-30/",
        "local/n-29/",
    ]


def test_news_sitemap_names_paper_language_day_and_title() -> None:
    article = make_article(kicker="庄浪县政协")
    news = news_of(article, built_at="2023-11-30T12:00:00+08:00")
    hant = news_of(article, built_at="2023-11-30T12:00:00+08:00", language="zh-Hant")

    assert news.findtext(".//{*}name") == "民主协商报"
    assert news.findtext(".//{*}language") == "zh-cn"
    assert hant.findtext(".//{*}language") == "zh-tw"
    assert news.findtext(".//{*}publication_date") == "2023-11-30T00:00:00+08:00"
    assert news.findtext(".//{*}title") == "庄浪县政协 调研群众工作"


@pytest.mark.parametrize(
    ("language", "name"), [("zh-CN", "zh-cn"), ("zh-TW", "zh-tw"), ("zh", "zh-cn"), ("en-GB", "en")]
)
def test_language_of_news_is_written_as_google_reads_it(language: str, name: str) -> None:
    news = news_of(make_article(lang=language), built_at="2023-11-30T12:00:00+08:00")

    assert news.findtext(".//{*}language") == name


def test_article_that_was_held_back_is_news_when_it_comes_out() -> None:
    article = make_article(publish=dt.date(2023, 12, 20))
    news = news_of(article, built_at="2023-12-20T12:00:00+08:00")

    assert news.findtext(".//{*}publication_date") == "2023-12-20T00:00:00+08:00"


def test_robots_are_told_of_news_only_while_there_is_some() -> None:
    sitemap, news = (f"Sitemap: https://news.example/paper/{name}.xml\n" for name in NAMES)
    old, fresh = (
        texts_by_path([make_article(issue=day)]) for day in (dt.date(2023, 11, 30), BUILT_AT.date())
    )

    assert sitemap in old["robots.txt"]
    assert news not in old["robots.txt"]
    assert "sitemap-news.xml" not in old
    assert sitemap + news in fresh["robots.txt"]
    assert "sitemap-news.xml" in fresh
