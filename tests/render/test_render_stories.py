"""Stories that jump from page to page, as documents show them."""

from __future__ import annotations

from render_samples import (
    DAY,
    article_view,
    make_article,
    pages_by_path,
    view,
)

from sitegen.model import Article, Correction, ReviewFlag
from sitegen.render.story_view import StoryView


def make_story() -> tuple[Article, ...]:
    """Make a story of three parts, and one whose other part is not there."""
    return (
        make_article("1-01", page="1", continued_to="2", title="新能源汽车产业", body="其一。"),
        make_article("2-01", page="2", continued_from="1", continued_to="4", body="其二。"),
        make_article("4-01", page="4", continued_from="2", title="全周期服务", body="其三。"),
        make_article("4-02", page="4", continued_from="3", title="推进农业节水"),
        make_article("4-03", page="4", continued_from="1", title="让城市对青年更友好"),
    )


def test_jumps_lead_to_the_other_parts_both_ways() -> None:
    documents = pages_by_path(make_story())
    first, middle = article_view(documents, "1-01"), article_view(documents, "2-01")

    assert first.jump_from is None
    assert first.jump_to is not None
    assert (first.jump_to.text, first.jump_to.href) == (
        "下转第2版",
        "/paper/2023-11-30/local/2-01/",
    )
    assert middle.jump_from is not None
    assert middle.jump_from.href == "/paper/2023-11-30/local/1-01/"
    assert middle.jump_from.title is not None
    assert middle.jump_to is not None
    assert middle.jump_to.href == "/paper/2023-11-30/local/4-01/"


def test_jump_whose_other_part_is_missing_leads_to_its_page_if_that_is_there() -> None:
    documents = pages_by_path(make_story())
    absent, present = (
        article_view(documents, "4-02").jump_from,
        article_view(documents, "4-03").jump_from,
    )

    assert absent is not None
    assert (absent.href, absent.title) == (None, None)
    assert present is not None
    assert (present.href, present.title) == ("/paper/2023-11-30/pages/1/", None)


def test_whole_story_holds_its_parts_in_order() -> None:
    documents = pages_by_path(make_story())
    whole = "2023-11-30/local/1-01/whole/"
    story = view(documents[f"{whole}index.html"], "story", StoryView)
    assert isinstance(story, StoryView)

    assert [part.body for part in story.parts] == [
        "<p>其一。</p>",
        "<p>其二。</p>",
        "<p>其三。</p>",
    ]
    for slug in ("1-01", "2-01", "4-01"):
        assert article_view(documents, slug).whole_story is not None
    assert article_view(documents, "4-02").whole_story is None
    assert [path for path in documents if path.endswith("whole/index.html")] == [
        f"{whole}index.html"
    ]


def test_paragraph_that_a_jump_breaks_goes_on_without_an_indent() -> None:
    broken, whole = "会议强调，要", "会议强调，要抓落实。"
    for body, continues in ((broken, True), (whole, False)):
        documents = pages_by_path(
            [
                make_article("1-01", page="1", continued_to="2", body=body),
                make_article("2-01", page="2", continued_from="1"),
            ]
        )
        assert article_view(documents, "2-01").continues == continues
        assert not article_view(documents, "1-01").continues
        story = view(documents["2023-11-30/local/1-01/whole/index.html"], "story", StoryView)
        assert isinstance(story, StoryView)
        assert [part.continues for part in story.parts] == [False, continues]


def test_whole_story_tells_the_corrections_and_doubts_of_all_parts() -> None:
    correction = Correction(date=DAY, text="更正。")
    doubt = (ReviewFlag.DATE_INFERRED,)
    documents = pages_by_path(
        [
            make_article("1-01", page="1", continued_to="2", review=doubt),
            make_article(
                "2-01", page="2", continued_from="1", review=doubt, corrections=(correction,)
            ),
        ]
    )
    story = documents["2023-11-30/local/1-01/whole/index.html"].context["story"]
    assert isinstance(story, StoryView)
    assert [item.text for item in story.corrections] == ["更正。"]
    assert story.notes == ("本版未印日期，刊期系据文中所提日期推断。",)
