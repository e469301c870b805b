import dataclasses
import datetime as dt
import pickle
from xml.etree import ElementTree as ET

import pytest
from render_samples import (
    CONFIG,
    DAY,
    article_view,
    make_article,
    make_full_article,
    make_newspaper,
    make_photo_story,
    pages_by_path,
    texts_by_path,
    view,
)

from sitegen.config import Extra
from sitegen.model import ArticleKind, Image, PageSettings, ReviewFlag
from sitegen.render.archive_views import CalendarMonth
from sitegen.render.edition import Link
from sitegen.render.issue_views import IssueView, PageView
from sitegen.render.metadata import Head
from sitegen.render.page_strip import PageStrip
from sitegen.render.paper import PaperView
from sitegen.render.section_views import SectionView


def test_small_site_has_exactly_these_pages() -> None:
    labelled = make_article("2-09")
    unlabelled = make_article("0-01", page=None, issue=dt.date(2022, 1, 6), section="photo")

    assert set(pages_by_path([labelled, unlabelled])) == {
        "index.html",
        "2023-11-30/index.html",
        "2023-11-30/local/index.html",
        "2023-11-30/local/2-09/index.html",
        "2023-11-30/pages/2/index.html",
        "2022-01-06/index.html",
        "2022-01-06/photo/index.html",
        "2022-01-06/photo/0-01/index.html",
        "sections/local/index.html",
        "sections/photo/index.html",
        "archive/index.html",
        "archive/2023/index.html",
        "archive/2022/index.html",
        "authors/index.html",
        "places/index.html",
        "columns/index.html",
        "search/index.html",
        "404.html",
    }


def test_site_without_articles_still_has_its_standing_pages() -> None:
    documents = pages_by_path([])

    assert documents["index.html"].context["issue"] is None
    assert {"archive/index.html", "search/index.html", "404.html"} <= set(documents)


def test_article_view_tells_what_was_printed() -> None:
    article = article_view(pages_by_path([make_full_article()]), "full")

    assert ["".join(words) for words in article.teaser.clauses] == [
        "履职尽责勇担当",
        "凝心聚力助发展",
    ]
    assert [(line.role, [name.text for name in line.names]) for line in article.teaser.bylines] == [
        ("通讯员", ["石宏军"]),
        (None, ["李岩"]),
    ]
    assert article.teaser.day.full == "2023年11月30日 星期四"
    assert article.teaser.page.text == "第2版"
    assert article.teaser.page.href == "/paper/2023-11-30/pages/2/"
    assert article.teaser.excerpt.startswith("近日，庄浪县政协主席")
    assert article.teaser.subheads == ("提出建议",)
    assert (article.teaser.jump_from, article.teaser.jump_to) == ("上接第1版", "下转第4版")
    assert article.source is not None
    assert article.source.lines == "5, 7-9"
    assert article.address == "https://news.example/paper/2023-11-30/local/full/"


def test_page_that_is_left_out_is_a_place_in_its_issue() -> None:
    config = dataclasses.replace(CONFIG, leave_out=(Extra.PRINTED_PAGES,))
    unlabelled = make_article("0-01", page=None)
    articles = [make_article("A5-01", page="A5"), unlabelled]
    documents, left = pages_by_path(articles), pages_by_path(articles, config=config)

    issue = view(left["2023-11-30/index.html"], "issue", IssueView)
    assert isinstance(issue, IssueView)
    assert [(page.anchor, page.link.href) for page in issue.pages] == [
        ("page-a5", "/paper/2023-11-30/#page-a5"),
        (None, None),
    ]
    assert article_view(left, "A5-01").teaser.page.href == "/paper/2023-11-30/#page-a5"
    whole = view(documents["2023-11-30/index.html"], "issue", IssueView)
    assert isinstance(whole, IssueView)
    assert {page.anchor for page in whole.pages} == {None}


def test_section_of_an_issue_that_is_left_out_leads_to_the_section_through_time() -> None:
    config = dataclasses.replace(CONFIG, leave_out=(Extra.ISSUE_SECTIONS,))
    documents = pages_by_path([make_full_article()], config=config)

    crumbs = documents["2023-11-30/local/full/index.html"].context["crumbs"]
    assert isinstance(crumbs, tuple)
    assert [crumb.href for crumb in crumbs] == [
        "/paper/",
        "/paper/2023-11-30/",
        "/paper/sections/local/",
        "/paper/2023-11-30/local/full/",
    ]
    assert article_view(documents, "full").teaser.section.href == "/paper/sections/local/"


def test_names_without_their_index_are_plain_text() -> None:
    config = dataclasses.replace(CONFIG, leave_out=(Extra.AUTHORS, Extra.PLACES, Extra.COLUMNS))
    documents = pages_by_path([make_full_article()], config=config)
    article = article_view(documents, "full")

    names = [name for line in article.teaser.bylines for name in line.names]
    assert names == [Link(text="石宏军", href=None), Link(text="李岩", href=None)]
    assert article.place == Link(text="庄浪", href=None)
    assert article.column == Link(text="专题协商", href=None)
    paper = view(documents["index.html"], "paper", PaperView)
    assert isinstance(paper, PaperView)
    assert paper.indexes == ()


def test_picture_is_offered_in_all_its_sizes() -> None:
    first, second = article_view(pages_by_path([make_photo_story()]), "photo").pictures

    assert first.srcset == (
        "/paper/images/a1-480.jpg 480w, /paper/images/a1-960.jpg 960w, "
        "/paper/images/a1-1600.jpg 1600w"
    )
    assert (first.href, first.width, first.height) == ("/paper/images/a1-1600.jpg", 1600, 1066)
    assert (first.alt, first.caption, first.credit) == ("三位委员在田间", "委员走访村民", "李岩 摄")
    assert (second.href, second.srcset) == ("/paper/images/b2-300.png", None)


def test_picture_without_a_description_is_described_by_its_caption() -> None:
    images = (Image(path="a.jpg", caption="会场"), Image(path="a.jpg", credit="李岩"))
    pictures = article_view(pages_by_path([make_article("a", images=images)]), "a").pictures

    assert [picture.alt for picture in pictures] == ["会场", ""]


def test_picture_that_was_not_made_is_no_silent_gap() -> None:
    with pytest.raises(KeyError, match="gone"):
        pages_by_path([make_article(images=(Image(path="gone.jpg"),))])


def test_readers_are_told_of_four_doubts_only() -> None:
    flags = (ReviewFlag.DATE_INFERRED, ReviewFlag.SPLICE_SUSPECTED)
    documents = pages_by_path([make_full_article(), make_article("some", review=flags)])

    assert len(article_view(documents, "full").notes) == 4
    assert article_view(documents, "some").notes == ("本版未印日期，刊期系据文中所提日期推断。",)


def test_neighbours_follow_print_order_across_the_pages_of_an_issue() -> None:
    documents = pages_by_path(
        [make_article("a", page="10"), make_article("b", page="9"), make_article("c", page="A1")]
    )

    middle = article_view(documents, "a")
    assert middle.previous is not None
    assert middle.next is not None
    assert middle.previous.href == "/paper/2023-11-30/local/b/"
    assert middle.next.href == "/paper/2023-11-30/local/c/"
    assert article_view(documents, "b").previous is None


def test_edited_body_changes_no_other_article() -> None:
    before = pages_by_path([make_article("a"), make_article("b")])
    after = pages_by_path([make_article("a", body="改过的正文。"), make_article("b")])

    path = "2023-11-30/local/b/index.html"
    assert before[path] == after[path]
    assert before["index.html"] != after["index.html"]


def test_documents_survive_pickling() -> None:
    documents = pages_by_path(make_newspaper())

    assert pickle.loads(pickle.dumps(documents)) == documents  # noqa: S301 - our own bytes


def test_page_carries_the_name_its_publisher_gave() -> None:
    settings = PageSettings(file="*", issue=DAY, page="2", name="市县政协", number=3021)
    documents = pages_by_path([make_article()], pages=[settings])

    page = view(documents["2023-11-30/pages/2/index.html"], "page", PageView)
    assert isinstance(page, PageView)
    assert page.link.text == "第2版 市县政协"
    issue = view(documents["index.html"], "issue", IssueView)
    assert isinstance(issue, IssueView)
    assert issue.heading.number == "总第3021期"


def test_every_article_of_a_front_page_stands_there_once() -> None:
    documents = pages_by_path([a for a in make_newspaper() if a.issue == DAY and a.page == "1"])
    issue = documents["index.html"].context["issue"]
    assert isinstance(issue, IssueView)
    front = issue.front
    assert front.lead is not None
    shown = [
        front.lead.teaser,
        *(opened.teaser for opened in front.seconds),
        *(teaser for run in front.runs for teaser in run.teasers),
        *front.features,
        *front.stories,
        *front.photos,
        *front.papers,
        *front.briefs,
    ]
    printed = [teaser.href for page in issue.pages for teaser in page.teasers]

    assert sorted(teaser.href for teaser in shown) == sorted(printed)


def test_whole_story_with_a_headline_leads() -> None:
    long = "长文。" * 300
    documents = pages_by_path(
        [
            make_article("photo", kind=ArticleKind.PHOTO, body=long),
            make_article("jump", continued_from="1", body=long),
            make_article("bare", review=(ReviewFlag.HEADLINE_MISSING,), body=long),
            make_article("lead"),
        ]
    )
    issue = documents["index.html"].context["issue"]
    assert isinstance(issue, IssueView)
    assert issue.front.lead is not None
    assert issue.front.lead.teaser.href == "/paper/2023-11-30/local/lead/"


@pytest.mark.parametrize(
    ("articles", "parts"),
    [
        (0, [()]),
        (2, [()]),
        (3, [("1", "2"), ("1", "2")]),
        (14, [("1", "2", "3", None, "7"), ("1", "2", "3", "4", None, "7")]),
    ],
)
def test_section_is_cut_into_parts(articles: int, parts: list[tuple[str | None, ...]]) -> None:
    config = dataclasses.replace(CONFIG, articles_per_page=2)
    documents = pages_by_path([make_article(f"n{n}") for n in range(articles)], config=config)
    sections = [
        documents[path].context["section"]
        for path in ("sections/local/index.html", "sections/local/2/index.html")
        if path in documents
    ]

    shown = [s.paging.parts for s in sections if isinstance(s, SectionView)]
    assert [tuple(p and p.text for p in links) for links in shown] == parts
    assert sum(path.startswith("sections/local/") for path in documents) == max(
        1, (articles + 1) // 2
    )


def test_calendar_shows_the_real_days_of_a_leap_february() -> None:
    documents = pages_by_path([make_article(issue=dt.date(2024, 2, 29))])
    months = documents["archive/2024/index.html"].context["months"]
    assert isinstance(months, tuple)
    february = months[1]
    assert isinstance(february, CalendarMonth)

    assert [day and day.number for day in february.weeks[0]] == [None, None, None, 1, 2, 3, 4]
    assert [day and day.number for day in february.weeks[-1]][:4] == [26, 27, 28, 29]
    assert february.weeks[-1][3] is not None
    assert february.weeks[-1][3].href == "/paper/2024-02-29/"


def test_sitemap_lists_exactly_the_canonical_addresses() -> None:
    documents = pages_by_path(make_newspaper())
    heads = [document.context["head"] for document in documents.values()]
    canonical = [head.canonical for head in heads if isinstance(head, Head) and head.canonical]
    sitemap = ET.fromstring(texts_by_path(make_newspaper())["sitemap.xml"])  # noqa: S314

    listed = [loc.text for loc in sitemap.findall(".//{*}loc")]
    assert sorted(canonical) == sorted(filter(None, listed))
    kept_out = ("search/index.html", "404.html", "2022-02-28/local/A1-01/whole/index.html")
    assert len(set(listed)) == len(listed) == len(documents.keys() - kept_out)


def test_length_counts_what_is_read() -> None:
    article = article_view(
        pages_by_path([make_article(body="[报告](https://a.example/abc/def)")]), "2-09"
    )

    assert article.teaser.length == 2


def test_article_leads_to_author_place_column_and_related() -> None:
    other = make_full_article("other")
    article = article_view(pages_by_path([make_full_article(), other]), "full")

    assert article.teaser.bylines[0].names[0].href == "/paper/authors/%E7%9F%B3%E5%AE%8F%E5%86%9B/"
    assert article.place is not None
    assert article.place.text == "庄浪"
    assert article.column is not None
    assert article.column.text == "专题协商"
    assert article.citation.startswith("石宏军, 李岩. 履职尽责勇担当")
    assert [item.title.href for item in article.related] == ["/paper/2023-11-30/local/other/"]


def test_pages_of_an_issue_stand_side_by_side_with_those_before_and_after() -> None:
    documents = pages_by_path([make_article(f"{n}-01", page=n) for n in ("1", "2", "10")])
    strip = view(documents["2023-11-30/pages/2/index.html"], "strip", PageStrip)
    assert isinstance(strip, PageStrip)

    assert [page.text for page in strip.pages] == ["第1版", "第2版", "第10版"]
    assert strip.current == "/paper/2023-11-30/pages/2/"
    assert strip.previous is not None
    assert strip.next is not None
    assert (strip.previous.text, strip.next.text) == ("第1版", "第10版")
    assert documents["2023-11-30/local/2-01/index.html"].context["strip"] == strip


def test_issue_and_page_without_label_open_no_page_of_the_strip() -> None:
    documents = pages_by_path([make_article("1-01", page="1"), make_article("0-01", page=None)])
    for path in ("2023-11-30/index.html", "2023-11-30/local/0-01/index.html"):
        strip = documents[path].context["strip"]
        assert isinstance(strip, PageStrip)
        assert (strip.current, strip.previous, strip.next) == (None, None, None)
        assert len(strip.pages) == 1
