"""The texts of articles, read from their files when they are asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from sitegen.build.digest import hash_bytes
from sitegen.content.frontmatter import read_body
from sitegen.content.store import SUFFIX, read_file
from sitegen.errors import ContentError, OutputError
from sitegen.model import Article
from sitegen.site.jumps import clear_body


class OvertakenError(ContentError):
    """An article was changed while a site was made of it."""


class Bodies(Mapping[str, str]):
    """The texts of articles by id, one of which is in memory at a time: an issue may be long.

    ``articles`` come with the digests of their files; ``content`` is the folder of these,
    ``shown`` how messages name it. Whoever asks for a text must be ready for OvertakenError where
    its file has changed since.
    """

    def __init__(
        self, articles: Mapping[str, tuple[Article, bytes]], *, content: str, shown: str
    ) -> None:
        self._articles = articles
        self._content = content
        self._shown = shown
        self._last: tuple[str, str] | None = None

    def __getitem__(self, article_id: str) -> str:
        last = self._last
        if last is None or last[0] != article_id:
            article, digest = self._articles[article_id]
            body = read_printed(article, digest, content=self._content, shown=self._shown)
            last = self._last = article_id, body
        return last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)


def read_printed(article: Article, digest: bytes, *, content: str, shown: str) -> str:
    """Give the text of an article, from the file that had this digest when it was read.

    ``content`` is the folder, ``shown`` how messages name it. Raises OvertakenError where the file
    has changed since, or is gone.
    """
    name = article.id + SUFFIX
    message, hint = "changed while the site was built", "build again"
    try:
        data = read_file(f"{content}/{name}", shown=f"{shown}/{name}")
    except OutputError:
        if os.path.lexists(f"{content}/{name}"):
            raise
        raise OvertakenError.at(f"{shown}/{name}", message, hint=hint) from None
    if hash_bytes(data) != digest:
        raise OvertakenError.at(f"{shown}/{name}", message, hint=hint)
    return clear_body(article, read_body(data.decode(), path=f"{shown}/{name}"))
