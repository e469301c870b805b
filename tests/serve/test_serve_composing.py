"""What the preview prints is what a whole build of the same files writes, byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import pytest
from engine_sites import Switches, build_clean, make_site, read_sources, without_pagefind

from sitegen.config import read_config
from sitegen.errors import ConfigError, ContentError
from sitegen.render.sitemaps import is_sitemap
from sitegen.serve.composing import Composer
from sitegen.serve.galley import Galley

ARTICLE = "2024-03-08/1-01.md"


class Desk:
    """A site with a composer that is told of every edit."""

    def __init__(self, root: Path) -> None:
        self.root = make_site(root)
        self.composer = Composer(drafts=False, future=False)

    @property
    def article(self) -> Path:
        return read_config(self.root).content / ARTICLE

    def compose(self, changed: Collection[Path] | None = None) -> Galley:
        return self.composer.compose(read_config(self.root), changed)

    def substitute(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "site")


def assert_prints_what_a_build_writes(root: Path, galley: Galley) -> None:
    expected = build_clean(read_sources(root), Switches(built_at=galley.moment)).files
    assert expected is not None
    documents = {
        path: content
        for path, content in without_pagefind(expected).items()
        if not path.endswith("/") and not is_sitemap(path) and path != "_redirects"
    }
    assert len(documents) > 90
    printed = {path: galley.print(path) or galley.find_file(path) for path in documents}
    assert [path for path in documents if printed[path] != documents[path]] == []


def test_all_documents_are_printed_as_a_build_writes_them(desk: Desk) -> None:
    assert_prints_what_a_build_writes(desk.root, desk.compose())


def test_edits_that_are_told_of_are_in_all_that_shows_them(desk: Desk) -> None:
    desk.compose()
    desk.substitute(desk.article, "page: '1'", "page: '2'")
    other = desk.article.with_name("3-01.md")
    other.unlink()
    template = desk.root / "themes" / "lean" / "templates" / "article.html"
    template.write_text("mine\n", "utf-8")
    galley = desk.compose([desk.article, other, template])
    assert b"mine" in (galley.print(address_of(galley, "2024-03-08/1-01")) or b"")
    assert galley.find_address("2024-03-08/3-01") is None
    assert_prints_what_a_build_writes(desk.root, galley)


def address_of(galley: Galley, article_id: str) -> str:
    """Give the file of an article's page."""
    article = galley.site.articles[article_id]
    return f"{article.issue}/{article.section}/{article.slug}/index.html"


def test_broken_edit_is_refused_until_it_is_mended_and_nothing_is_forgotten(desk: Desk) -> None:
    desk.compose()
    good = desk.article.read_text("utf-8")
    desk.article.write_text("---\ncolour: red\n---\n", "utf-8")
    with pytest.raises(ContentError, match=r"1-01\.md:2: colour"):
        desk.compose([desk.article])
    with pytest.raises(ContentError, match=r"1-01\.md:2: colour"):
        desk.compose([])
    desk.article.write_text(good.replace("title: ", "title: 又"), "utf-8")
    galley = desk.compose([desk.article])
    assert galley.site.articles["2024-03-08/1-01"].title.startswith("又")


def test_file_that_is_gone_before_anybody_told_of_it_is_no_problem(desk: Desk) -> None:
    desk.compose()
    other = desk.article.with_name("3-01.md")
    other.write_text(other.read_text("utf-8").replace("title: ", "title: 又"), "utf-8")
    desk.composer.compose(read_config(desk.root), [other])  # read it again the next time
    other.unlink()
    desk.substitute(desk.article, "title: ", "title: 又")
    assert "2024-03-08/3-01" not in desk.compose([desk.article]).site.articles


def test_content_folder_that_was_replaced_by_another_is_looked_through(desk: Desk) -> None:
    config = read_config(desk.root)
    away = shutil.copytree(config.content, desk.root / "away")
    desk.article.with_name("3-01.md").unlink()
    assert "2024-03-08/3-01" not in desk.compose().site.articles
    shutil.rmtree(config.content)
    away.rename(config.content)
    assert "2024-03-08/3-01" in desk.compose([config.content]).site.articles


def test_edit_of_which_nobody_told_is_found_by_looking(desk: Desk) -> None:
    desk.compose()
    config = read_config(desk.root)
    assert not desk.composer.has_missed(config)
    desk.substitute(desk.article, "title: ", "title: 又")
    assert desk.composer.has_missed(config)
    desk.compose()
    assert not desk.composer.has_missed(config)
    (desk.root / "themes" / "lean" / "templates" / "not_found.html").write_text("gone", "utf-8")
    assert desk.composer.has_missed(config)


def test_broken_theme_is_not_composed_again_until_it_changes(desk: Desk) -> None:
    desk.compose()
    template = desk.root / "themes" / "lean" / "templates" / "not_found.html"
    template.write_text("{% if %}", "utf-8")
    with pytest.raises(ConfigError, match=r"not_found\.html:1"):
        desk.compose([template])
    assert not desk.composer.has_missed(read_config(desk.root))
    template.write_text("gone", "utf-8")
    assert desk.composer.has_missed(read_config(desk.root))


def test_settings_that_make_another_paper_are_followed(desk: Desk) -> None:
    galley = desk.compose()
    settings = desk.root / "site.yaml"
    desk.substitute(settings, "title: 文化", "title: 文艺")
    renamed = desk.compose([settings])
    assert "文艺" in {section.title for section in renamed.config.sections}
    assert "文艺" not in {section.title for section in galley.config.sections}
    assert_prints_what_a_build_writes(desk.root, renamed)
