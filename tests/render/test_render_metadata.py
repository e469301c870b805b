import datetime as dt
import json

from render_samples import make_article, make_full_article, make_photo_story, pages_by_path

from sitegen.model import Correction, Person
from sitegen.render.metadata import Head


def head_of(slug: str, **changes: object) -> Head:
    if slug == "photo":
        article = make_photo_story(slug, **changes)
    else:
        article = make_full_article(slug) if slug == "full" else make_article(slug, **changes)
    head = pages_by_path([article])[f"2023-11-30/local/{slug}/index.html"].context["head"]
    assert isinstance(head, Head)
    return head


def test_article_is_a_news_article_of_its_issue() -> None:
    data, path = map(json.loads, head_of("full").json_ld)

    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "履职尽责勇担当 凝心聚力助发展"
    assert data["alternativeHeadline"] == "——联系服务界别群众工作综述"
    assert data["datePublished"] == "2023-11-30T00:00:00+08:00"
    assert data["dateModified"] == "2023-12-02T00:00:00+08:00"
    assert data["author"][0] == {"@type": "Person", "name": "石宏军", "jobTitle": "通讯员"}
    assert data["author"][1] == {"@type": "Person", "name": "李岩"}
    assert (data["printPage"], data["pageStart"], data["pagination"]) == ("2", "1", "1, 2, 4")
    assert data["correction"][0]["text"] == "“带队”原刊为“率队”。"
    assert data["isPartOf"]["@type"] == "PublicationIssue"
    assert data["isPartOf"]["isPartOf"]["name"] == "民主协商报"
    assert [item["position"] for item in path["itemListElement"]] == [1, 2, 3, 4]
    assert path["itemListElement"][1]["item"] == "https://news.example/paper/2023-11-30/"


def test_link_to_a_photo_story_is_shown_with_its_picture() -> None:
    tags = {tag.name: tag.content for tag in head_of("photo").tags}

    assert tags["og:image"] == "https://news.example/paper/images/a1-1600.jpg"
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1600", "1066")
    assert tags["og:image:alt"] == "三位委员在田间"
    assert tags["twitter:card"] == "summary_large_image"
    plain = {tag.name: tag.content for tag in head_of("plain").tags}
    assert "og:image" not in plain
    assert plain["twitter:card"] == "summary"


def test_pictures_are_images_of_the_news_article() -> None:
    data = json.loads(head_of("photo").json_ld[0])

    assert data["image"] == [
        {
            "@type": "ImageObject",
            "url": "https://news.example/paper/images/a1-1600.jpg",
            "width": 1600,
            "height": 1066,
            "caption": "委员走访村民",
            "creditText": "李岩 摄",
        },
        {
            "@type": "ImageObject",
            "url": "https://news.example/paper/images/b2-300.png",
            "width": 300,
            "height": 500,
        },
    ]
    assert "image" not in json.loads(head_of("plain").json_ld[0])


def test_person_with_two_roles_is_one_person() -> None:
    people = (
        Person(name="张三", role="记者"),
        Person(name="张三", role="摄影"),
        Person(name="李四"),
    )
    head = head_of("plain", authors=people)

    assert json.loads(head.json_ld[0])["author"] == [
        {"@type": "Person", "name": "张三", "jobTitle": ["记者", "摄影"]},
        {"@type": "Person", "name": "李四"},
    ]
    assert [t.content for t in head.tags if t.name == "citation_author"] == ["张三", "李四"]


def test_correction_is_a_change() -> None:
    correction = Correction(date=dt.date(2024, 4, 5), text="更正。")
    head = head_of("plain", corrections=(correction,))
    data = json.loads(head.json_ld[0])

    assert data["dateModified"] == data["correction"][0]["datePublished"]
    assert ("article:modified_time", data["dateModified"]) in [
        (t.name, t.content) for t in head.tags
    ]


def test_article_in_another_language_says_so() -> None:
    tags = {tag.name: tag.content for tag in head_of("plain", lang="en").tags}

    assert tags["og:locale"] == "en_US"


def test_part_of_a_story_names_the_pages_of_all_parts() -> None:
    parts = [
        make_article("a", page="1", continued_to="2", title="新能源汽车"),
        make_article("b", page="2", title="新能源汽车"),
        make_article("c", page="2", title="推进农业节水", continued_from="3"),
    ]
    documents = pages_by_path(parts)
    heads = [documents[f"2023-11-30/local/{slug}/index.html"].context["head"] for slug in "abc"]
    data = [json.loads(head.json_ld[0]) for head in heads if isinstance(head, Head)]

    assert [item["pagination"] for item in data] == ["1, 2", "1, 2", "3, 2"]
    assert [item["pageStart"] for item in data] == ["1", "1", "3"]


def test_absent_facts_are_left_out() -> None:
    data = json.loads(head_of("plain", page=None).json_ld[0])

    assert {"author", "dateline", "printPage", "alternativeHeadline"}.isdisjoint(data)
    assert "null" not in head_of("plain", page=None).json_ld[0]


def test_letters_of_a_page_label_are_its_part_of_the_paper() -> None:
    data = json.loads(head_of("plain", page="A5").json_ld[0])

    assert (data["printSection"], data["printPage"]) == ("A", "A5")


def test_headline_cannot_break_out_of_the_script() -> None:
    title = "</script><script>alert(1)</script> & <!--\u2028"
    text = head_of("plain", title=title).json_ld[0]

    assert json.loads(text)["headline"] == title
    assert not set("<>&\u2028").intersection(text)


def test_zotero_finds_a_newspaper_article() -> None:
    tags = [(tag.name, tag.content) for tag in head_of("full").tags]

    assert ("DC.type", "newspaperArticle") in tags
    assert [content for name, content in tags if name == "citation_author"] == ["石宏军", "李岩"]
    assert ("citation_date", "2023/11/30") in tags
    assert ("citation_firstpage", "2") in tags
    assert [content for name, content in tags if name == "citation_keywords"] == ["调研", "基层"]
    assert ("og:type", "article") in tags
    assert "citation_journal_title" not in dict(tags)


def test_robots_keep_neither_search_nor_not_found() -> None:
    documents = pages_by_path([make_article()])
    for path, document in documents.items():
        head = document.context["head"]
        assert isinstance(head, Head)
        kept = "noindex" not in {tag.content for tag in head.tags}
        assert kept == (path not in {"search/index.html", "404.html"})
