import datetime as dt
import json

from render_samples import CONFIG, make_article, make_full_article, texts_by_path

from sitegen.render.citation import cite_article

FULL = "2023-11-30/local/full/"


def test_json_twin_tells_all_that_is_known_of_an_article() -> None:
    twin = json.loads(texts_by_path([make_full_article()])[f"{FULL}index.json"])

    assert twin["url"] == f"https://news.example/paper/{FULL}"
    assert (twin["kicker"], twin["headline"]) == ("庄浪县政协", "履职尽责勇担当 凝心聚力助发展")
    assert twin["authors"][0] == {"name": "石宏军", "role": "通讯员"}
    assert twin["issue"]["url"] == "https://news.example/paper/2023-11-30/"
    assert twin["section"] == {"slug": "local", "title": "市县政协"}
    assert (twin["place"], twin["dateline"]) == ("庄浪", "本报庄浪讯")
    assert (twin["published"], twin["updated"]) == (
        "2023-11-30T00:00:00+08:00",
        "2023-12-02T00:00:00+08:00",
    )
    assert twin["corrections"] == [{"date": "2023-12-02", "text": "“带队”原刊为“率队”。"}]
    assert twin["source"] == {"file": "000.txt", "lines": ["5", "7-9"]}
    assert twin["text"].splitlines()[1:] == ["提出建议", "调研组提出建议。"]
    assert "<h2" in twin["html"]
    assert "headline-missing" in twin["doubts"]


def test_every_json_twin_has_the_same_keys() -> None:
    texts = texts_by_path([make_full_article(), make_article("bare", body="", page=None)])
    twins = [json.loads(text) for path, text in texts.items() if path.endswith("/index.json")]

    assert len(twins) == 2
    assert twins[0].keys() == twins[1].keys()


def test_parts_of_a_story_name_each_other() -> None:
    parts = [
        make_article("a", page="1", continued_to="4", issue=dt.date(2023, 11, 30)),
        make_article("b", page="4", continued_from="1"),
    ]
    texts = texts_by_path(parts)
    first = json.loads(texts["2023-11-30/local/a/index.json"])
    second = json.loads(texts["2023-11-30/local/b/index.json"])

    assert (first["previous_part"], first["next_part"]) == (None, second["url"])
    assert (second["previous_part"], second["next_part"]) == (first["url"], None)


def test_text_twin_reads_as_the_article_was_printed() -> None:
    text = texts_by_path([make_full_article()])[f"{FULL}index.txt"]

    assert text.splitlines() == [
        "专题协商",
        "庄浪县政协",
        "履职尽责勇担当 凝心聚力助发展",
        "——联系服务界别群众工作综述",
        "通讯员 石宏军 李岩",
        "民主协商报 2023年11月30日 第2版 市县政协",
        "",
        "上接第1版",
        "",
        "本报庄浪讯（通讯员石宏军）近日，庄浪县政协主席带队调研。",
        "",
        "提出建议",
        "",
        "调研组提出建议。",
        "",
        "下转第4版",
        "",
        "更正 2023年12月2日 “带队”原刊为“率队”。",
        "",
        cite_article(make_full_article(), CONFIG),
        "https://news.example/paper/2023-11-30/local/full/",
    ]


def test_twins_carry_no_control_characters() -> None:
    texts = texts_by_path([make_article(title="甲\x0b乙", body="丙\x00丁")])

    assert "丙丁" in json.loads(texts["2023-11-30/local/2-09/index.json"])["text"]
    assert "\x0b" not in texts["2023-11-30/local/2-09/index.txt"]
