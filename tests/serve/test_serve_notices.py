"""What an open page is told after a change: to stay, to load again, to go, or to restyle."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from serve_samples import ARTICLE, PATIENCE_SECONDS, write_site

from sitegen.config import read_config
from sitegen.serve.composing import Composer
from sitegen.serve.display import Display
from sitegen.serve.following import EVENTS_PATH, FollowingApp
from sitegen.serve.galley import Galley
from sitegen.serve.messages import Request
from sitegen.serve.notices import Notice, NoticeBoard, Review
from sitegen.serve.printed import name_content
from sitegen.serve.problems import Problems
from sitegen.serve.source import Moved, Page

PAGE = "/2023-11-30/local/2-01/"


class Sitting:
    """An editor with a page open."""

    def __init__(self, root: Path) -> None:
        write_site(root)
        theme = root / "themes" / "own"
        (theme / "static" / "css").mkdir(parents=True)
        (theme / "theme.yaml").write_text("name: Own\nextends: broadsheet\nstyles: [css/own.css]\n")
        (theme / "static" / "css" / "own.css").write_text("a { color: teal }\n")
        settings = root / "site.yaml"
        settings.write_text(settings.read_text("utf-8") + "theme: own\n", "utf-8")
        self.root = root
        self.article = root / "content" / "2-01.md"
        self.style = theme / "static" / "css" / "own.css"
        self.template = root / "overrides" / "templates" / "article.html"
        self.said: list[str] = []
        self.composer = Composer(drafts=True, future=True)
        self.problems = Problems(self.said.append)
        self.display = Display(root / "built", report=self.said.append)
        self.board = NoticeBoard(self.display, self.problems)
        self.compose(None)
        self.shown = self.open(PAGE)

    @property
    def styles(self) -> dict[str, str]:
        assert self.display.galley
        return self.display.galley.styles

    def compose(self, changed: Collection[Path] | None) -> None:
        self.display.show(self.composer.compose(read_config(self.root), changed))

    def open(self, path: str) -> str:
        page = self.display.look_up(path)
        assert isinstance(page, Page)
        return name_content(page)

    def notice(self, path: str = PAGE) -> Notice:
        return self.board.find_notice(path, self.shown, 0)

    def write(self, path: Path, text: str) -> None:
        path.write_text(text, "utf-8")
        self.compose([path])

    def break_template(self) -> Galley:
        """Break what articles are printed with; gives the site that cannot print them."""
        self.template.parent.mkdir(parents=True)
        self.write(self.template, "{{ nothing.at.all }}")
        assert self.display.galley
        return self.display.galley


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(tmp_path)


def test_page_that_is_as_it_was_stays(sitting: Sitting) -> None:
    sitting.write(sitting.root / "content" / "note.txt", "no article")
    assert sitting.notice() == Notice(shown=sitting.shown)


def test_page_whose_article_was_edited_is_loaded_again(sitting: Sitting) -> None:
    sitting.write(sitting.article, ARTICLE.format(title="新题"))
    assert sitting.notice() == Notice(shown=sitting.open(PAGE), reload=True)


def test_page_whose_style_was_edited_takes_the_new_sheet(sitting: Sitting) -> None:
    before = sitting.styles
    sitting.write(sitting.style, "a { color: navy }\n")
    changed = {link: sitting.styles[name] for name, link in before.items()}
    changed = {old: new for old, new in changed.items() if old != new}
    assert len(changed) == 1
    assert sitting.notice() == Notice(shown=sitting.open(PAGE), styles=changed)
    assert all(isinstance(sitting.display.look_up(link), Page) for link in changed.values())


def test_page_of_an_article_that_has_moved_goes_after_it(sitting: Sitting) -> None:
    sitting.write(sitting.article, ARTICLE.format(title="题").replace("2-01", "xin"))
    assert sitting.notice().go == "/2023-11-30/local/xin/"


def test_page_of_an_article_that_is_gone_is_loaded_again(sitting: Sitting) -> None:
    sitting.article.unlink()
    other = sitting.article.with_name("b.md")
    sitting.write(other, ARTICLE.format(title="题").replace("2-01", "2-02"))
    sitting.compose([sitting.article])
    assert (sitting.notice().go, sitting.notice().reload) == (None, True)


def test_open_pages_are_led_to_what_was_edited_once(sitting: Sitting) -> None:
    home = sitting.open("/")
    sitting.board.journeys.lead(PAGE)
    assert sitting.board.find_notice("/", home, 0).go == PAGE
    assert sitting.board.find_notice(PAGE, sitting.shown, 0).go is None
    assert sitting.board.find_notice("/", home, sitting.board.journeys.number).go is None


def test_article_with_open_flags_leads_to_the_desk(sitting: Sitting) -> None:
    text = ARTICLE.format(title="题")
    said = "source: {file: a b.txt}\nreview: [headline-weak, date-inferred]\nslug:"
    sitting.write(sitting.article, text.replace("slug:", said))
    assert sitting.notice().review is None
    (sitting.root / "seeds" / "a b.txt").write_text("a page", "utf-8")
    review = Review(link="/_review/?file=a+b.txt&article=2-01", flags=1)
    assert sitting.notice().review == review
    assert sitting.board.find_notice("/", sitting.open("/"), 0).review is None
    query = urlencode({"path": PAGE, "shown": sitting.shown})
    for is_local in (True, False):
        request = Request(
            method="GET", path=EVENTS_PATH, query=query, headers={}, is_local=is_local
        )
        events = FollowingApp(board=sitting.board).answer(request).content
        assert not isinstance(events, bytes)
        assert (b"_review" in next(events)) is is_local
    sitting.write(sitting.article, text.replace("slug:", said.replace("headline-weak, ", "")))
    assert sitting.notice().review is None


def test_template_that_fails_is_told_to_the_pages_that_need_it(sitting: Sitting) -> None:
    sitting.break_template()
    notice = sitting.notice()
    assert (notice.shown, notice.reload) == (sitting.shown, False)
    assert "overrides/templates/article.html:1" in notice.problems[0]
    assert sitting.said == list(notice.problems)
    assert sitting.board.find_notice("/", sitting.open("/"), 0).problems == ()
    sitting.template.unlink()
    sitting.compose([sitting.template])
    assert sitting.notice() == Notice(shown=sitting.shown)


def test_problem_of_a_site_is_not_told_of_the_one_that_follows(sitting: Sitting) -> None:
    good = sitting.display.galley
    assert good
    display = Display(sitting.root / "built", report=lambda _: display.show(good))
    display.show(sitting.break_template())
    display.look_up(PAGE)
    assert display.galley is good
    assert display.list_failures(PAGE) == ()


def test_page_that_is_led_elsewhere_while_it_is_looked_at_goes_there(sitting: Sitting) -> None:
    display = Display(sitting.root / "built", report=lambda _: board.journeys.lead("/elsewhere/"))
    display.show(sitting.break_template())
    board = NoticeBoard(display, sitting.problems)
    query = urlencode({"path": PAGE, "shown": sitting.shown})
    request = Request(method="GET", path=EVENTS_PATH, query=query, headers={})
    events = FollowingApp(board=board).answer(request).content
    assert not isinstance(events, bytes)
    assert b'"go":null' in next(events)
    board.bell.ring()
    assert b'"go":"/elsewhere/"' in next(events)


def test_page_for_what_is_missing_that_fails_is_told_to_whoever_misses_something(
    sitting: Sitting,
) -> None:
    template = sitting.root / "overrides" / "templates" / "not_found.html"
    template.parent.mkdir(parents=True)
    sitting.write(template, "{{ nothing.at.all }}")
    assert sitting.board.find_notice(PAGE, sitting.shown, 0).problems == ()
    missing = sitting.board.find_notice("/nowhere/", "", 0)
    assert "overrides/templates/not_found.html:1" in missing.problems[0]


def test_page_of_a_broken_article_waits_for_no_other_where_none_can_be_composed(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.serve.display._PATIENCE_SECONDS", PATIENCE_SECONDS)
    sitting.compose(None)  # so that the page is to be printed again
    sitting.article.write_text("---\ncolour: red\n---\n", "utf-8")
    sitting.display.stay()
    assert sitting.open(PAGE) == sitting.shown
    sitting.article.unlink()
    assert sitting.open(PAGE) == sitting.shown
    assert sitting.said == []
    assert sitting.display.list_failures(PAGE) == ()


def test_problem_of_a_step_stands_until_the_step_takes_it_back() -> None:
    said: list[str] = []
    problems = Problems(said.append)
    problems.tell("compose", ("a.md:1: bad",))
    problems.tell("build", ("a.md:1: bad", "b.md:2: worse"))
    problems.tell("build", ("b.md:2: worse",))
    assert problems.list() == ("a.md:1: bad", "b.md:2: worse")
    problems.tell("compose", ())
    problems.forgive("build", [Path("/site/b.md")])
    assert problems.list() == ()
    assert said == ["a.md:1: bad", "b.md:2: worse"]


def test_old_address_and_one_without_its_slash_lead_to_the_page(sitting: Sitting) -> None:
    text = ARTICLE.format(title="题").replace("slug:", "aliases: [old/address/]\nslug:")
    sitting.write(sitting.article, text)
    assert sitting.display.look_up("/old/address/") == Moved(link=PAGE, keeps_query=True)
    assert sitting.display.look_up(PAGE[:-1]) == Moved(link=PAGE, keeps_query=True)


@pytest.mark.parametrize(
    ("led", "go"),
    [
        ("0", b'"/elsewhere/"'),
        ("1", b"null"),
        ("", b"null"),
        ("-1", b"null"),
        ("0" * 5000, b"null"),
    ],
)
def test_page_goes_where_pages_were_led_since_it_was_served(
    sitting: Sitting, led: str, go: bytes
) -> None:
    served = sitting.display.find(PAGE)
    assert isinstance(served, Page)
    assert f"?shown={sitting.shown}&amp;led=0".encode() in served.content
    sitting.board.journeys.lead("/elsewhere/")
    query = urlencode({"path": PAGE, "shown": sitting.shown, "led": led})
    request = Request(method="GET", path=EVENTS_PATH, query=query, headers={})
    events = FollowingApp(board=sitting.board).answer(request).content
    assert not isinstance(events, bytes)
    assert b'"go":' + go in next(events)
