"""What can happen to a site between two builds: an edit each, by name.

An edit takes a number that chooses among its articles, files or values; the same number makes the
same edit. One that finds nothing to change changes nothing.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine_sites import BUILT_AT, MARK, OUTPUT, WORK, Switches, read_sources, read_tree
from PIL import Image as Canvas

from sitegen.content.frontmatter import parse_article, render_article
from sitegen.errors import ContentError
from sitegen.model import Article, ArticleKind, Correction, Dateline, Image, Person, ReviewFlag

_DAYS = tuple(dt.date.fromisoformat(day) for day in ("2023-12-29", "2024-03-01", "2024-03-08"))
_BODIES = (
    "水来了。",
    "水来了。\n\n## 渠边\n\n- 一\n- 二\n\n> 石头是会亮的。",
    "正文里有**粗体**，有[链接](https://library.example/bridge)。",
    "",
)
_SETTINGS = (
    (r"^title: .*$", "title: 河湾晚报"),
    (r"^tagline: .*$", "tagline: 晚间版"),
    (r"^publisher: .*\n", ""),
    (r"^language: .*$", "language: en"),
    (r"^language: .*$", "language: zh-Hant"),
    (r"^timezone: .*$", "timezone: '-11:00'"),
    (r"^base_url: .*$", "base_url: https://hewan.example/"),
    (r"^articles_per_page: .*$", "articles_per_page: 2"),
    (r"^articles_per_page: .*$", "articles_per_page: 100"),
    (r"^articles_per_page: ", "feed_articles: 2\narticles_per_page: "),
    (r"^  title: 文化$", "  title: 文艺"),
    (r"^- slug: empty$", "- slug: letters\n  title: 来信\n- slug: empty"),
    (r"^- slug: documents\n  title: 告示栏\n", ""),  # articles are left without their section
    (r"^theme: .*$", "theme: lean-child"),
    (r"^theme: .*$", "theme: nowhere"),
)
_PAGES = (
    (r"number: \d+", "number: 1009"),
    (r"name: 深度", "name: 纵深"),
    (r"name: 要闻", "page: '9', name: 要闻"),  # a key is given twice
    (r", name: 要闻", ""),
    (r"(?s)\Z", "- {file: x.txt, issue: 2024-03-01, number: 1001, page: A5, name: 文化}\n"),
)


@dataclass(slots=True)
class SiteFolder:
    """A site between two builds: its files, how it will be built, and what is a guest there.

    ``guests`` are the files of the output folder that no build wrote. ``earlier`` are the files of
    the site at the build before.
    """

    root: Path
    switches: Switches = field(default_factory=Switches)
    guests: dict[str, bytes] = field(default_factory=dict)
    earlier: Mapping[str, bytes] | None = None

    @property
    def content(self) -> Path:
        """The folder of the articles."""
        return self.root / "content"

    @property
    def output(self) -> Path:
        """The folder of the built site."""
        return self.root / OUTPUT

    @property
    def theme(self) -> Path:
        """The folder of the site's own theme."""
        return self.root / "themes" / "lean"

    def restore(self, files: Mapping[str, bytes]) -> None:
        """Change the files back to what they were; those that are still so are left alone."""
        now = read_sources(self.root)
        for path in now.keys() - files.keys():
            (self.root / path).unlink()
        for path, content in files.items():
            if now.get(path) != content:
                _write(self.root / path, content)


Edit = Callable[[SiteFolder, int], None]


def _write(path: Path, content: bytes | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _pick(paths: Iterable[Path], number: int) -> Path | None:
    """Pick one of some files."""
    found = sorted(path for path in paths if path.is_file())
    return found[number % len(found)] if found else None


def _pick_article(site: SiteFolder, number: int) -> Path | None:
    return _pick(site.content.rglob("*.md"), number)


def _read_article(path: Path) -> Article | None:
    try:
        return parse_article(path.read_text("utf-8"), path=path.name, article_id=path.stem)
    except ContentError:
        return None


def _day(number: int) -> dt.date:
    """Give a day about the day of the build."""
    return BUILT_AT.date() + dt.timedelta(days=number % 7 - 3)


def _toggle(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(v for v in values if v != value) if value in values else (*values, value)


_FIELDS: dict[str, Callable[[Article, int], Article]] = {
    "body": lambda a, n: replace(a, body=_BODIES[n // 20 % 4] + "……" * (n % 2)),
    "title": lambda a, n: replace(a, title=f"渠水第{n % 4}次上山"),
    "kicker": lambda a, n: replace(a, kicker=(None, "引题", "春灌一线见闻")[n // 20 % 3]),
    "deck": lambda a, n: replace(a, deck=(None, "——副题")[n // 20 % 2]),
    "tags": lambda a, n: replace(a, tags=_toggle(a.tags, ("水利", "春耕")[n // 20 % 2])),
    "authors": lambda a, n: replace(
        a, authors=(Person(name=("林小满", "顾守桥")[n % 2], role="记者"), *a.authors[:1])
    ),
    "no authors": lambda a, _: replace(a, authors=()),
    "dateline": lambda a, n: replace(
        a, dateline=(None, Dateline(text="本报南坪讯", place="南坪"))[n // 20 % 2]
    ),
    "date": lambda a, n: replace(a, issue=_DAYS[n // 20 % 3]),
    "date of an issue that is not there": lambda a, n: replace(a, issue=_day(n)),
    "page": lambda a, n: replace(a, page=(None, "1", "3", "A5")[n // 20 % 4]),
    "order": lambda a, n: replace(a, order=n // 20 % 7),
    "section": lambda a, n: replace(a, section=("local", "culture", "empty")[n // 20 % 3]),
    "section that does not exist": lambda a, _: replace(a, section="nowhere"),
    "slug": lambda a, n: replace(a, slug=f"slug-{n // 20 % 2}"),  # two may meet
    "column": lambda a, n: replace(a, column=(None, "春耕进行时", "老街")[n // 20 % 3]),
    "kind": lambda a, n: replace(a, kind=tuple(ArticleKind)[n % len(ArticleKind)]),
    "draft": lambda a, _: replace(a, draft=not a.draft),
    "publish": lambda a, n: replace(a, publish=(None, _day(n))[n // 20 % 2]),
    "expires": lambda a, n: replace(a, expires=(None, _day(n))[n // 20 % 2]),
    "aliases": lambda a, n: replace(a, aliases=_toggle(a.aliases, f"old/{n % 3}/")),
    "continued_to": lambda a, n: replace(a, continued_to=(None, "1", "3")[n // 20 % 3]),
    "continued_from": lambda a, n: replace(a, continued_from=(None, "1", "3")[n // 20 % 3]),
    "summary": lambda a, n: replace(a, summary=(None, "摘要一句。")[n // 20 % 2]),
    "updated": lambda a, n: replace(a, updated=(None, _day(n))[n // 20 % 2]),
    "lang": lambda a, n: replace(a, lang=(None, "en", "zh-Hant")[n // 20 % 3]),
    "review": lambda a, n: replace(a, review=tuple(ReviewFlag)[: n % 3]),
    "corrections": lambda a, n: replace(
        a, corrections=(*a.corrections, Correction(date=_day(n), text="更正。"))[-2:]
    ),
    "picture": lambda a, _: replace(a, images=(Image(path="2024-03-08/canal.png", alt="渠"),)),
    "no picture": lambda a, _: replace(a, images=()),
}


def _edit_field(change: Callable[[Article, int], Article]) -> Edit:
    def edit(site: SiteFolder, number: int) -> None:
        path = _pick_article(site, number)
        article = path and _read_article(path)
        if path and article:
            _write(path, render_article(change(article, number)))

    return edit


def _add_article(site: SiteFolder, number: int) -> None:
    article = Article(
        id="", title=f"新来的第{number}篇", issue=_DAYS[number % 3], section="culture", page="1",
        slug=f"new-{number}", body=_BODIES[number % 4], order=number % 9,
        authors=(Person(name="林小满", role="记者"),), tags=("春灌",),
    )  # fmt: skip
    _write(site.content / "added" / f"{number}.md", render_article(article))


def _add_issue(site: SiteFolder, number: int) -> None:
    day = _day(number)
    for page in "12":
        article = Article(
            id="", title=f"{day}第{page}版", issue=day, section="local", page=page,
            slug=f"{page}-01", body="当日消息。", continued_to="2" if page == "1" else None,
        )  # fmt: skip
        _write(site.content / day.isoformat() / f"{page}-01.md", render_article(article))


def _rename_article(site: SiteFolder, number: int) -> None:
    if path := _pick_article(site, number):
        path.rename(path.with_name(f"renamed-{number}.md"))


def _move_article(site: SiteFolder, number: int) -> None:
    path = _pick_article(site, number)
    article = path and _read_article(path)
    if path and article:
        day = _DAYS[number % 3]
        path.unlink()
        _write(
            site.content / day.isoformat() / path.name, render_article(replace(article, issue=day))
        )


def _delete_article(site: SiteFolder, number: int) -> None:
    if path := _pick_article(site, number):
        path.unlink()


def _delete_issue(site: SiteFolder, number: int) -> None:
    for path in site.content.rglob("*.md"):
        article = _read_article(path)
        if article and article.issue == _DAYS[number % 3]:
            path.unlink()


def _damage_article(site: SiteFolder, number: int) -> None:
    if path := _pick_article(site, number):
        _write(path, "---\ntitle: 没有结尾\n")


def _paint_picture(site: SiteFolder, number: int) -> None:
    file = io.BytesIO()
    Canvas.new("RGB", (16 + number % 3, 9), (number * 8 % 256, 90, 120)).save(file, "PNG")
    _write(site.content / "2024-03-08" / "canal.png", file.getvalue())


def _delete_picture(site: SiteFolder, number: int) -> None:
    if path := _pick(site.content.rglob("*.png"), number):
        path.unlink()


def _damage_picture(site: SiteFolder, number: int) -> None:
    if path := _pick(site.content.rglob("*.png"), number):
        path.write_bytes(path.read_bytes()[:40])


def _append(folder: str, pattern: str, text: str) -> Edit:
    def edit(site: SiteFolder, number: int) -> None:
        if path := _pick((site.root / folder).rglob(pattern), number):
            _write(path, path.read_text("utf-8") + text.format(number=number))

    return edit


def _edit_template(site: SiteFolder, number: int) -> None:
    """Edit what a template prints: text after the blocks of one that extends another is lost."""
    if path := _pick((site.theme / "templates").glob("*.html"), number):
        text, end, rest = path.read_text("utf-8").rpartition("{% endblock %}")
        _write(path, f"{text}<hr>{number}{end}{rest}")


def _put(name: str, *texts: str) -> Edit:
    """Make an edit that writes one of some texts to a file of the site."""

    def edit(site: SiteFolder, number: int) -> None:
        _write(site.root / name, texts[number % len(texts)])

    return edit


def _delete(*names: str) -> Edit:
    """Make an edit that removes a file or folder of the site."""

    def edit(site: SiteFolder, number: int) -> None:
        path = site.root / names[number % len(names)]
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    return edit


def _substitute(name: str, rules: tuple[tuple[str, str], ...]) -> Edit:
    def edit(site: SiteFolder, number: int) -> None:
        path = site.root / name
        pattern, new = rules[number % len(rules)]
        if path.is_file():
            text = re.sub(pattern, new, path.read_text("utf-8"), count=1, flags=re.MULTILINE)
            _write(path, text)

    return edit


def _touch(site: SiteFolder, number: int) -> None:
    if path := _pick((site.root / name for name in read_sources(site.root)), number):
        os.utime(path, ns=(10**18 + number, 10**18 + number))


def _change_and_change_back(site: SiteFolder, number: int) -> None:
    if path := _pick((site.root / name for name in read_sources(site.root)), number):
        content = path.read_bytes()
        path.write_bytes(b"something else")
        path.write_bytes(content)


def _edit_slyly(pattern: str, old: bytes, new: bytes) -> Edit:
    """Make an edit that leaves a file its size and its modification time."""

    def edit(site: SiteFolder, number: int) -> None:
        found = [p for p in site.root.glob(pattern) if p.is_file() and old in p.read_bytes()]
        if path := _pick(found, number):
            stat = path.stat()
            path.write_bytes(path.read_bytes().replace(old, new))
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    return edit


def _undo(site: SiteFolder, _number: int) -> None:
    if site.earlier is not None:
        site.restore(site.earlier)


def _pick_work_file(site: SiteFolder, number: int) -> Path | None:
    """Pick a file of the builds' own."""
    return _pick((site.root / WORK).rglob("*"), number)


def _delete_work_folder(site: SiteFolder, _number: int) -> None:
    shutil.rmtree(site.root / WORK, ignore_errors=True)


def _delete_work_file(site: SiteFolder, number: int) -> None:
    if path := _pick_work_file(site, number):
        path.unlink()


def _truncate_work_file(site: SiteFolder, number: int) -> None:
    if path := _pick_work_file(site, number):
        os.truncate(path, path.stat().st_size * (number // 3 % 3) // 3)


def _garble_work_file(site: SiteFolder, number: int) -> None:
    if path := _pick_work_file(site, number):
        content = bytearray(path.read_bytes())
        for place in range(number % 5, len(content), 5):
            content[place] ^= 0x55
        path.write_bytes(content)


def _pick_output_file(site: SiteFolder, number: int) -> Path | None:
    """Pick a file that a build wrote, the mark aside: without it the folder is not ours."""
    guests = {MARK, *site.guests}
    return _pick((site.output / name for name in read_tree(site.output).keys() - guests), number)


def _delete_output_file(site: SiteFolder, number: int) -> None:
    if path := _pick_output_file(site, number * 7):
        path.unlink()


def _alter_output_file(site: SiteFolder, number: int) -> None:
    if path := _pick_output_file(site, number * 7):
        content = path.read_bytes()
        path.unlink()  # as an editor saves: beside, then in its place
        path.write_bytes(content + b"altered")


def _delete_output(site: SiteFolder, _number: int) -> None:
    shutil.rmtree(site.output, ignore_errors=True)
    site.guests.clear()


def _add_guest(site: SiteFolder, number: int) -> None:
    if (site.output / MARK).exists():
        name = ("CNAME", "2024-03-08/notes.txt", ".well-known/key")[number % 3]
        _write(site.output / name, f"guest {number}")
        site.guests[name] = f"guest {number}".encode()


def _remove_guest(site: SiteFolder, _number: int) -> None:
    if site.guests:
        name, _ = site.guests.popitem()
        (site.output / name).unlink()


def _wait(site: SiteFolder, number: int) -> None:
    days = dt.timedelta(days=(number % 9 - 2), hours=number % 24)
    site.switches = replace(site.switches, built_at=BUILT_AT + days)


def _switch_drafts(site: SiteFolder, _number: int) -> None:
    site.switches = replace(site.switches, drafts=not site.switches.drafts)


def _switch_future(site: SiteFolder, _number: int) -> None:
    site.switches = replace(site.switches, future=not site.switches.future)


_CHILD = "name: Child\nextends: lean\n"
_THEME_SETTINGS = (
    (r"^- css/two.css\n", ""),
    (r"^styles:\n", "styles:\n- css/two.css\n"),
    (r"^name: .*$", "name: Leaner"),
    (r"^styles:\n", "styles:\n- css/nowhere.css\n"),
)

EDITS: dict[str, Edit] = {
    **{f"change {name}": _edit_field(change) for name, change in _FIELDS.items()},
    "add an article": _add_article,
    "add an issue": _add_issue,
    "rename an article's file": _rename_article,
    "move an article to another issue": _move_article,
    "delete an article": _delete_article,
    "delete an issue": _delete_issue,
    "damage an article": _damage_article,
    "replace a picture": _paint_picture,
    "delete a picture": _delete_picture,
    "damage a picture": _damage_picture,
    "edit a template": _edit_template,
    "edit a partial": _append("themes/lean/templates/_partials", "*.html", "<hr>{number}\n"),
    "break a template": _append("themes/lean/templates", "*.html", "{{% if %}}\n"),
    "ask for what is not there": _append(
        "themes/lean/templates/_partials", "*.html", "{{{{ paper.nowhere }}}}\n"
    ),
    "remove a template": _delete(
        "themes/lean/templates/_partials/top.html", "themes/lean/templates/section.html"
    ),
    "override a template": _put(
        "overrides/templates/article.html",
        '{% extends "lean/article.html" %}{% block main %}{{ super() }}<p>own</p>{% endblock %}\n',
        "<title>{{ head.title }}</title>{{ article.title_link if false else article }}\n",
    ),
    "override a partial": _put("overrides/templates/_partials/top.html", "<b>top</b>\n", "<i>\n"),
    "include a new partial": _append(
        "themes/lean/templates",
        "base.html",
        "{{% include '_partials/new.html' ignore missing %}}\n",
    ),
    "write the new partial": _put("themes/lean/templates/_partials/new.html", "new\n", "newer\n"),
    "remove the new partial": _delete("themes/lean/templates/_partials/new.html"),
    "remove the overrides": _delete(
        "overrides", "overrides/templates/article.html", "overrides/i18n/zh-Hans.yaml"
    ),
    "edit a style sheet": _append("themes/lean/static", "*.css", ".x{number} {{ color: blue }}\n"),
    "override a style sheet": _put("overrides/static/css/one.css", ".own { }\n", ".mine { }\n"),
    "add a style sheet": _put("overrides/static/css/own.css", ".added { }\n"),
    "style the site": _put("overrides/theme.yaml", "styles: [css/own.css]\n", "styles: []\n"),
    "edit a script": _append("themes/lean/static", "*.js", "document.title += '{number}';\n"),
    "replace the icon": _put("themes/lean/static/icons/favicon.svg", "<svg/>\n", "<svg></svg>\n"),
    "remove the icon": _delete("themes/lean/static/icons/favicon.svg"),
    "change a word": _put(
        "overrides/i18n/zh-Hans.yaml", "archive: 旧报\n", "kind_news: 新闻\n", "date: 某日\n"
    ),
    "edit theme.yaml": _substitute("themes/lean/theme.yaml", _THEME_SETTINGS),
    "add a theme": _put("themes/lean-child/theme.yaml", _CHILD),
    "edit the new theme": _put("themes/lean-child/templates/page.html", "{{ page }}\n", "page\n"),
    "edit site.yaml": _substitute("site.yaml", _SETTINGS),
    "edit pages.yaml": _substitute("seeds/pages.yaml", _PAGES),
    "delete pages.yaml": _delete("seeds/pages.yaml"),
    "touch a file": _touch,
    "change a file and change it back": _change_and_change_back,
    "edit an article slyly": _edit_slyly("content/*/*.md", "的".encode(), "地".encode()),
    "edit a template slyly": _edit_slyly("themes/*/templates/*.html", b"<main>", b"<MAIN>"),
    "edit a style sheet slyly": _edit_slyly("themes/*/static/css/*.css", b"red", b"tan"),
    "edit site.yaml slyly": _edit_slyly("site.yaml", "数字报".encode(), "电子报".encode()),
    "undo all since the last build": _undo,
    "delete .sitegen": _delete_work_folder,
    "delete a file of .sitegen": _delete_work_file,
    "truncate a file of .sitegen": _truncate_work_file,
    "garble a file of .sitegen": _garble_work_file,
    "delete a file of the output": _delete_output_file,
    "alter a file of the output": _alter_output_file,
    "delete the output": _delete_output,
    "put a file into the output": _add_guest,
    "take the file out of the output": _remove_guest,
    "wait": _wait,
    "switch drafts": _switch_drafts,
    "switch future": _switch_future,
}
