import dataclasses
import datetime as dt
import json
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]
from render_samples import (
    BUILT_AT,
    CONFIG,
    make_article,
    make_full_article,
    make_newspaper,
    make_photo_story,
    make_site,
    texts_by_path,
)

from sitegen.render.sheets import Sheet, SheetKind, list_sheets


def test_feed_is_read_by_a_feed_reader() -> None:
    feed = feedparser.parse(texts_by_path([make_full_article(), make_article("b")])["feed.xml"])

    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "民主协商报"
    assert feed.feed.updated == "2023-12-02T00:00:00+08:00"
    entry = next(e for e in feed.entries if e.link.endswith("/full/"))
    assert entry.id == "tag:news.example,2024:/paper/2023-11-30/local/full/"
    assert entry.title == "庄浪县政协 履职尽责勇担当 凝心聚力助发展"
    assert entry.published == "2023-11-30T00:00:00+08:00"
    assert [author.name for author in entry.authors] == ["石宏军", "李岩"]
    assert [tag.label or tag.term for tag in entry.tags] == ["市县政协", "调研", "基层"]
    assert "<p>调研组提出建议。</p>" in entry.content[0].value
    assert "<p>更正 2023年12月2日 “带队”原刊为“率队”。</p>" in entry.content[0].value


def test_entry_begins_with_its_pictures_at_their_whole_address() -> None:
    feed = ET.fromstring(texts_by_path([make_photo_story()])["feed.xml"])  # noqa: S314

    content = feed.findtext("{*}entry/{*}content")
    assert content is not None
    assert content.startswith(
        '<figure><img src="https://news.example/paper/images/a1-1600.jpg" alt="三位委员在田间"'
        ' width="1600" height="1066"><figcaption>委员走访村民 李岩 摄</figcaption></figure>\n'
        '<figure><img src="https://news.example/paper/images/b2-300.png" alt=""'
        ' width="300" height="500"></figure>\n<p>'
    )


def test_feed_holds_the_newest_articles_only() -> None:
    config = dataclasses.replace(CONFIG, feed_articles=3)
    feed = feedparser.parse(texts_by_path(make_newspaper(), config=config)["feed.xml"])

    assert [entry.link[27:37] for entry in feed.entries] == ["2023-11-30"] * 3


def test_feed_escapes_markup_and_drops_control_characters() -> None:
    title, body = "<b>A&B</b> ]]>\x0b", "甲\x00\x1b<script>乙</script>\ufffe"
    text = texts_by_path([make_article(title=title, body=body)])["feed.xml"]
    feed = ET.fromstring(text)  # noqa: S314 - our own text

    entry = feed.find("{*}entry")
    assert entry is not None
    assert entry.findtext("{*}title") == "<b>A&B</b> ]]>"
    assert entry.findtext("{*}content") == "<p>甲&lt;script&gt;乙&lt;/script&gt;</p>"


def test_feed_of_an_empty_section_is_as_old_as_the_latest_issue() -> None:
    feed = feedparser.parse(texts_by_path([make_article()])["sections/photo/feed.xml"])

    assert feed.entries == []
    assert feed.feed.updated == "2023-11-30T00:00:00+08:00"


def test_feed_without_issues_is_dated_by_the_build() -> None:
    feed = feedparser.parse(texts_by_path([])["feed.xml"])

    assert feed.feed.updated == BUILT_AT.isoformat()
    assert feed.entries == []


def test_feed_of_articles_does_not_know_the_clock() -> None:
    site = make_site([make_article()])

    def list_feeds(built_at: dt.datetime) -> list[Sheet]:
        sheets = list_sheets(site, CONFIG, built_at=built_at)
        return [sheet for sheet in sheets if sheet.kind is SheetKind.FEEDS]

    assert list_feeds(BUILT_AT) == list_feeds(BUILT_AT + dt.timedelta(days=1))


def test_every_section_has_its_own_feeds() -> None:
    texts = texts_by_path(make_newspaper())
    feed = feedparser.parse(texts["sections/photo/feed.xml"])

    assert not feed.bozo
    assert feed.feed.id == "tag:news.example,2024:/paper/sections/photo/"
    assert feed.feed.title == "民主协商报 图片新闻"
    assert feed.feed.subtitle == "镜头里的协商"
    assert [entry.link for entry in feed.entries] == [
        "https://news.example/paper/2023-11-30/photo/3-01/"
    ]
    assert json.loads(texts["sections/photo/feed.json"])["items"][0]["tags"] == ["图片新闻"]


def test_json_feed_says_the_same_as_the_atom_feed() -> None:
    texts = texts_by_path(make_newspaper())
    atom, feed = feedparser.parse(texts["feed.xml"]), json.loads(texts["feed.json"])

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://news.example/paper/feed.json"
    assert [(i["id"], i["url"], i["title"]) for i in feed["items"]] == [
        (entry.id, entry.link, entry.title) for entry in atom.entries
    ]
    full = next(item for item in feed["items"] if item["url"].endswith("/full/"))
    assert full["authors"] == [{"name": "石宏军"}, {"name": "李岩"}]
    assert full["date_modified"] == "2023-12-02T00:00:00+08:00"
