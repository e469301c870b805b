"""Turn the text of an article file into an article, or back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from operator import attrgetter

from sitegen.conflicts import check_merged
from sitegen.errors import ContentError, Diagnostic, Location
from sitegen.model import (
    Article,
    ArticleKind,
    Correction,
    Dateline,
    Image,
    LineRange,
    Person,
    ReviewFlag,
    Source,
)
from sitegen.urls import PAGE_LABEL_RULE, SLUG_RULE, is_page_label, is_slug
from sitegen.yamlmap import YamlMapping, parse_yaml
from sitegen.yamltext import YamlSyntaxError

KEYS = (
    "title", "kicker", "deck", "authors", "dateline", "issue", "page", "order", "section",
    "column", "kind", "continued_from", "continued_to", "slug", "source", "review", "tags",
    "draft", "aliases", "updated", "publish", "expires", "summary", "images", "lang",
    "corrections",
)  # fmt: skip
_MISSING_HINT = "begin line 1 with '---', then 'title: …' and the other keys, then '---'"
_FENCE = re.compile(r"---[ \t]*")  # ---
_CLOSING_FENCE = re.compile(r"\n---[ \t]*(?=\n|\Z)")  # the line --- with the line break before it
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # a form feed
_LINES = re.compile(r"([1-9]\d{0,8})(?:-([1-9]\d{0,8}))?", re.ASCII)  # 532, 533-587
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # zh-Hant
_ALIAS = re.compile(r"(?:[^\s/\\?#%*:<>\"|]+/)*[^\s/\\?#%*:<>\"|]+/?")  # 2023-11-30/local/old/
_IMAGE = re.compile(r"(?:[^./\\?#:][^/\\?#:]*/)*[^./\\?#:][^/\\?#:]*")  # 2023-11-30/a b.jpg
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # a line separator
# Begins with a letter, a digit or a mark of Chinese print, holds no sign of YAML: “三抓三促”行动
_PLAIN = re.compile(r"[^\x00-/:-@\[-`{-\xa0][^\"#&'*,:>?\[\\\]`{|}]*")
# What YAML 1.1 or 1.2 reads as a truth, a null, a number or a date: no, 012, 1e5, 2023-11-30
_OTHER_TYPE = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|\d[\d_]*(?:\.[\d_]*)?(?:e[-+]?\d+)?|0[xob][\da-f_]+)"
    r"|\d{4}-\d{1,2}-\d{1,2}",
    re.ASCII,
)


def parse_article(
    text: str, *, path: str, article_id: str, sections: Iterable[str] = ()
) -> Article:
    """Parse the text of an article file.

    ``path`` names the file in messages; ``sections`` are the slugs that an article may be filed
    under, any where none are given. Raises ContentError with every problem of the file.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front_matter, body = _split(text, path)
    try:
        source = parse_yaml(front_matter, path=path, first_line=2)
    except YamlSyntaxError as error:
        raise ContentError([error.diagnostic]) from error
    source.check_keys(KEYS)
    article = _read_article(source, article_id, body)
    known_sections = tuple(sections)
    if article.section and known_sections:
        source.check_value("section", article.section, known_sections)
    problems = [*source.problems, *_check_characters(text, path), *check_merged(text, path)]
    if problems:
        raise ContentError(sorted(problems, key=attrgetter("place")))
    return article


def read_body(text: str, *, path: str) -> str:
    """Give the body of an article file without reading its front matter.

    Raises ContentError where there is none.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _split(text, path)[1]


def has_front_matter(text: str) -> bool:
    """Tell whether a text begins as an article file does."""
    first_line = text.removeprefix("\ufeff").partition("\n")[0]
    return bool(_FENCE.fullmatch(first_line.rstrip("\r")))


def render_article(article: Article) -> str:
    """Give the text of an article's file: front matter, then body; empty keys are left out."""
    fields = (
        ("title", render_scalar(article.title)),
        ("kicker", render_scalar(article.kicker)),
        ("deck", render_scalar(article.deck)),
        ("authors", _block({"name": p.name, "role": p.role} for p in article.authors)),
        ("dateline", _dateline(article.dateline)),
        ("issue", render_scalar(article.issue)),
        ("page", render_scalar(article.page)),
        ("order", str(article.order)),
        ("section", render_scalar(article.section)),
        ("column", render_scalar(article.column)),
        ("kind", render_scalar(article.kind)),
        ("continued_from", render_scalar(article.continued_from)),
        ("continued_to", render_scalar(article.continued_to)),
        ("slug", render_scalar(article.slug)),
        ("source", _source(article.source)),
        ("review", _flow_list(map(render_scalar, article.review))),
        ("tags", _flow_list(map(render_scalar, article.tags))),
        ("draft", "true" if article.draft else "false"),
        ("aliases", _flow_list(map(render_scalar, article.aliases))),
        ("updated", render_scalar(article.updated)),
        ("publish", render_scalar(article.publish)),
        ("expires", render_scalar(article.expires)),
        ("summary", render_scalar(article.summary)),
        (
            "images",
            _block(
                {"path": i.path, "alt": i.alt, "caption": i.caption, "credit": i.credit}
                for i in article.images
            ),
        ),
        ("lang", render_scalar(article.lang)),
        ("corrections", _block({"date": c.date, "text": c.text} for c in article.corrections)),
    )
    lines = (f"{key}:{_gap(value)}{value}" for key, value in fields if value)
    body = f"\n{article.body}\n" if article.body else ""
    return "\n".join(("---", *lines, "---\n")) + body


def _split(text: str, path: str) -> tuple[str, str]:
    """Part the front matter from the body."""
    if not has_front_matter(text):
        raise ContentError.at(path, "no front matter", hint=_MISSING_HINT, line=1)
    start = text.find("\n") + 1
    fence = _CLOSING_FENCE.search(text, start - 1) if start else None
    if fence is None:
        hint = "put '---' on a line of its own below the last key"
        raise ContentError.at(path, "the front matter is not closed", hint=hint, line=1)
    return text[start : fence.start() + 1], _trim(text[fence.end() :])


def _trim(body: str) -> str:
    """Take blank lines off both ends; the indent of the first line stays."""
    body = body.rstrip()
    first = len(body) - len(body.lstrip())
    return body[body.rfind("\n", 0, first) + 1 :]


def _check_characters(text: str, path: str) -> Iterable[Diagnostic]:
    """Refuse characters that neither HTML nor a feed can carry."""
    for found in _CONTROL.finditer(text):
        location = Location(path=path, line=text.count("\n", 0, found.start()) + 1)
        message = f"holds the control character U+{ord(found[0]):04X}"
        yield Diagnostic(location=location, message=message, hint="remove it")


def _read_article(source: YamlMapping, article_id: str, body: str) -> Article:
    return Article(
        id=article_id,
        body=body,
        title=source.required_text("title"),
        kicker=source.text("kicker"),
        deck=source.text("deck"),
        authors=_read_authors(source),
        dateline=_read_dateline(source),
        issue=source.required_date("issue"),
        page=_read_page_label(source, "page"),
        order=source.integer("order") or 0,
        section=source.required_text("section"),
        column=source.text("column"),
        kind=source.choice("kind", ArticleKind) or ArticleKind.NEWS,
        continued_from=_read_page_label(source, "continued_from"),
        continued_to=_read_page_label(source, "continued_to"),
        slug=_read_slug(source),
        source=_read_source(source),
        review=source.choices("review", ReviewFlag),
        tags=tuple(dict.fromkeys(source.texts("tags"))),
        draft=source.flag("draft"),
        aliases=_read_aliases(source),
        updated=source.date("updated"),
        publish=source.date("publish"),
        expires=source.date("expires"),
        summary=source.text("summary"),
        images=_read_images(source),
        lang=_read_language(source),
        corrections=_read_corrections(source),
    )


def _read_authors(source: YamlMapping) -> tuple[Person, ...]:
    authors = []
    for entry in source.mappings("authors", bare="name"):
        entry.check_keys(("name", "role"))
        authors.append(Person(name=entry.required_text("name"), role=entry.text("role")))
    return tuple(authors)


def _read_dateline(source: YamlMapping) -> Dateline | None:
    entry = source.mapping("dateline")
    if entry is None:
        return None
    entry.check_keys(("text", "place", "date"))
    dateline = Dateline(text=entry.text("text"), place=entry.text("place"), date=entry.date("date"))
    return None if dateline == Dateline() else dateline


def _read_page_label(source: YamlMapping, key: str) -> str | None:
    value = source.text(key)
    if value is not None and not is_page_label(value):
        source.report(key, f"{value!r} is no page label", PAGE_LABEL_RULE)
    return value


def _read_slug(source: YamlMapping) -> str:
    value = source.required_text("slug")
    if value and not is_slug(value):
        source.report("slug", f"{value!r} cannot be part of an address", SLUG_RULE)
    return value


def _read_source(source: YamlMapping) -> Source | None:
    entry = source.mapping("source")
    if entry is None:
        return None
    entry.check_keys(("file", "lines", "page_sha256", "text_sha256"))
    return Source(
        file=entry.required_text("file"),
        lines=_read_lines(entry),
        page_sha256=entry.text("page_sha256"),
        text_sha256=entry.text("text_sha256"),
    )


def _read_lines(source: YamlMapping) -> tuple[LineRange, ...]:
    ranges = []
    for value in source.texts("lines"):
        match = _LINES.fullmatch(value)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if first > last:
            source.report("lines", f"{value!r} is no range of lines", "write 532 or '533-587'")
        else:
            ranges.append(LineRange(first=first, last=last))
    return tuple(ranges)


def _read_aliases(source: YamlMapping) -> tuple[str, ...]:
    """Read addresses that lead to the article; the slash in front is optional and is left out."""
    aliases = []
    for value in source.texts("aliases"):
        alias = value.removeprefix("/")
        if not _ALIAS.fullmatch(alias) or {".", ".."} & set(alias.split("/")):
            hint = "write a path of this site such as 2023-11-30/local/old/"
            source.report("aliases", f"{value!r} is no address of this site", hint)
        aliases.append(alias)
    return tuple(aliases)


def _read_images(source: YamlMapping) -> tuple[Image, ...]:
    images = []
    for entry in source.mappings("images"):
        entry.check_keys(("path", "alt", "caption", "credit"))
        path = entry.required_text("path")
        if path and not _IMAGE.fullmatch(path):
            hint = "write a path below the content folder such as 2023-11-30/photo.jpg"
            entry.report("path", f"{path!r} does not lead into the content folder", hint)
        image = Image(
            path=path,
            alt=entry.text("alt"),
            caption=entry.text("caption"),
            credit=entry.text("credit"),
        )
        images.append(image)
    return tuple(images)


def _read_language(source: YamlMapping) -> str | None:
    value = source.text("lang")
    if value is not None and not _LANGUAGE.fullmatch(value):
        source.report("lang", f"{value!r} is no language", "write zh-Hans, zh-Hant or en")
    return value


def _read_corrections(source: YamlMapping) -> tuple[Correction, ...]:
    corrections = []
    for entry in source.mappings("corrections"):
        entry.check_keys(("date", "text"))
        date, text = entry.required_date("date"), entry.required_text("text")
        corrections.append(Correction(date=date, text=text))
    return tuple(corrections)


def _gap(value: str) -> str:
    """Give what parts a key from its value: nothing where the value has lines of its own."""
    return "" if value.startswith("\n") else " "


def _dateline(dateline: Dateline | None) -> str:
    if dateline is None:
        return ""
    return _flow({"text": dateline.text, "place": dateline.place, "date": dateline.date})


def _source(source: Source | None) -> str:
    if source is None:
        return ""
    # A range is quoted although it need not be, so that an editor does not take it for a sum.
    lines = (str(r) if r.first == r.last else f"'{r}'" for r in source.lines)
    fields = (
        ("file", render_scalar(source.file)),
        ("lines", _flow_list(lines)),
        ("page_sha256", render_scalar(source.page_sha256)),
        ("text_sha256", render_scalar(source.text_sha256)),
    )
    return "".join(f"\n  {key}: {value}" for key, value in fields if value)


def _block(entries: Iterable[Mapping[str, str | dt.date | None]]) -> str:
    return "".join(f"\n- {_flow(entry)}" for entry in entries)


def _flow(entry: Mapping[str, str | dt.date | None]) -> str:
    pairs = (f"{key}: {render_scalar(value)}" for key, value in entry.items() if value is not None)
    return "{" + ", ".join(pairs) + "}"


def _flow_list(items: Iterable[str]) -> str:
    listed = ", ".join(items)
    return f"[{listed}]" if listed else ""


def render_scalar(value: str | dt.date | None) -> str:
    """Write a scalar so that any YAML reader gives back the same text or day."""
    if value is None or isinstance(value, dt.date):
        return value.isoformat() if value else ""
    if _ESCAPED.search(value):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted) + '"'
    if _PLAIN.fullmatch(value) and not _OTHER_TYPE.fullmatch(value):
        return value
    return "'" + value.replace("'", "''") + "'"
