"""No word of an article that is held back stands in any file of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_site import build_sample, sample_articles, without_space

from sitegen.build.bundle import read_chunk
from sitegen.model import Article


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("closed"))


@pytest.fixture(scope="module")
def public_of_editors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("open"), "--drafts", "--future")


def words_of(article: Article) -> Iterator[str]:
    """Give what a reader could know an article by; nothing of it stands in another one."""
    place = article.dateline.place if article.dateline else None
    yield from filter(None, (article.title, article.kicker, article.column, place, article.slug))
    yield from (person.name for person in article.authors)
    yield from (*article.tags, *article.aliases)
    yield from filter(None, (image.caption for image in article.images))
    yield from article.body.partition("）")[2].rstrip("。").split("，")


def read_everything(public: Path) -> dict[str, str]:
    """Read every file by its name, what is packed unpacked, without white space.

    A file's name belongs to what can be read of it.
    """
    names = {path.relative_to(public).as_posix(): path for path in public.rglob("*")}
    return {
        name: without_space(name + "\n" + read_file(path))
        for name, path in names.items()
        if path.is_file()
    }


def read_file(path: Path) -> str:
    content = read_chunk(path) if path.suffix.startswith(".pf_") else path.read_bytes()
    return content.decode("utf-8", errors="replace")


def held_back(slug: str) -> Article:
    return next(a for a in sample_articles(published=False) if a.slug == slug)


@pytest.mark.parametrize("slug", ["draft-teahouse", "future-ticket", "expired-lantern"])
def test_article_that_is_held_back_stands_in_no_file(public: Path, slug: str) -> None:
    files = read_everything(public)
    words = tuple(words_of(held_back(slug)))

    assert len(words) >= 6
    assert len([name for name in files if ".pf_" in name]) >= 6
    assert [(word, name) for word in words for name in files if word in files[name]] == []


@pytest.mark.parametrize("slug", ["draft-teahouse", "future-ticket"])
def test_editors_see_what_is_held_back(public_of_editors: Path, slug: str) -> None:
    files = read_everything(public_of_editors)
    everything = "".join(files.values())
    fragments = "".join(text for name, text in files.items() if name.endswith(".pf_fragment"))
    article = held_back(slug)

    assert [word for word in words_of(article) if without_space(word) not in everything] == []
    assert without_space(article.title) in fragments


def test_expired_article_stays_out_for_editors_too(public_of_editors: Path) -> None:
    everything = "".join(read_everything(public_of_editors).values())

    assert [word for word in words_of(held_back("expired-lantern")) if word in everything] == []
