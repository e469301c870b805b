"""What ``leave_out`` names is gone from the site without a trace, and the rest is as it was."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest
from proof_markup import check_markup
from sample_site import BASE_PATH, BASE_URL, SAMPLE, list_themes

from sitegen.build.builder import BuildOptions, build_site
from sitegen.build.output import MARK
from sitegen.check.output import check_output
from sitegen.config import Extra, read_config
from sitegen.urls import output_path

BUILT_AT = dt.datetime(2024, 3, 9, tzinfo=dt.UTC)  # the newest issue is news
THEMES = list_themes()
ALL = tuple(Extra)
# The files that are gone without each, as a pattern of whole names; None where it has none.
GONE: Mapping[Extra, str | None] = {
    Extra.TWINS: r"2.*/index\.(json|txt)",
    Extra.WHOLE_STORIES: r".*/whole/index\.html",
    Extra.PRINTED_PAGES: r"[^/]+/pages/[^/]+/index\.html",
    Extra.ISSUE_SECTIONS: r"2[^/]+/(local|culture|documents)/index\.html",
    Extra.AUTHORS: r"authors/.*",
    Extra.PLACES: r"places/.*",
    Extra.COLUMNS: r"columns/.*",
    Extra.RELATED: None,
    Extra.JSON_FEEDS: r"(.*/)?feed\.json",
    Extra.SECTION_FEEDS: r"sections/.*/feed\.(xml|json)",
    Extra.NEWS_SITEMAP: r"sitemap-news\.xml",
}
# /paper/2024-03-08/local/1-01/ with or without the host, up to what ends an address
_ADDRESS = re.compile(re.escape(BASE_PATH) + r"[^\s\"'<>\\#?&*{}]*")
_TEXTS = (".html", ".xml", ".json", ".txt", ".webmanifest")
_SHOWN = ("a", "dd", "dl", "dt", "h1", "h2", "h3", "h4", "li", "nav", "ol", "p", "section", "ul")

Files = Mapping[str, bytes]
Build = Callable[[str, tuple[Extra, ...]], Path]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Give what builds the sample with a theme and without some extras, each once."""
    root = tmp_path_factory.mktemp("leave") / "site"
    shutil.copytree(SAMPLE, root)
    settings = read_config(root)

    @cache
    def build_without(theme: str, leave_out: tuple[Extra, ...]) -> Path:
        config = dataclasses.replace(settings, theme=theme, leave_out=leave_out)
        output = root / f"{theme}-{'+'.join(leave_out)}"
        build_site(config, BuildOptions(output=output, built_at=BUILT_AT, search=False))
        return output

    return build_without


@cache
def read_files(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARK
    }


def list_targets(content: bytes) -> set[str]:
    """List the files that a document names anywhere: links, head, JSON-LD, the HTML of feeds."""
    found = _ADDRESS.findall(content.decode())
    return {output_path(unquote(address.removeprefix(BASE_PATH))) for address in found}


def find_dead_targets(files: Files) -> set[str]:
    texts = (content for name, content in files.items() if name.endswith(_TEXTS))
    named = {target for content in texts for target in list_targets(content)}
    redirected = {
        output_path(unquote(line.split()[0].removeprefix(BASE_PATH)))
        for line in files["_redirects"].decode().splitlines()
    }
    return named - set(files) - redirected


def list_gaps(html: bytes) -> Iterator[str]:
    """List what a reader would see as a gap: elements for text without any."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    for template in root.iter("template"):
        template.clear()
    for element in root.iter():
        if element.tag in _SHOWN and not "".join(element.itertext()).strip():
            yield f"<{element.tag} class={element.get('class')} {element.attrib}>"


@pytest.mark.parametrize("extra", Extra)
def test_what_is_left_out_is_gone_and_nothing_else(build: Build, extra: Extra) -> None:
    whole, rest = (read_files(build("broadsheet", left)) for left in ((), (extra,)))
    pattern = GONE[extra]
    gone = {name for name in whole if pattern and re.fullmatch(pattern, name)}

    assert bool(gone) is (pattern is not None)
    assert set(rest) == set(whole) - gone


@pytest.mark.parametrize("left", [*((extra,) for extra in Extra), ALL], ids="+".join)
@pytest.mark.parametrize("theme", THEMES)
def test_nothing_leads_to_what_is_left_out(
    build: Build, theme: str, left: tuple[Extra, ...]
) -> None:
    output = build(theme, left)
    files = read_files(output)

    assert [str(problem) for problem in check_output(output, BASE_URL)] == []
    # The search index, which this build has not, is all that may be named.
    assert find_dead_targets(files) == {"search/shards.json", "search/fold.json"}


@pytest.mark.parametrize("extra", Extra)
@pytest.mark.parametrize("theme", THEMES)
def test_document_that_did_not_lead_there_is_as_it_was(
    build: Build, theme: str, extra: Extra
) -> None:
    whole, rest = (read_files(build(theme, left)) for left in ((), (extra,)))
    gone = set(whole) - set(rest)
    changed = {name for name in rest if rest[name] != whole[name]}
    related = {name for name in whole if b' id="related"' in whole[name]}
    leading = {name for name in whole if name.endswith(_TEXTS) and list_targets(whole[name]) & gone}

    assert changed
    assert changed <= (related if extra is Extra.RELATED else leading)


@pytest.mark.parametrize("left", [*((extra,) for extra in Extra), ALL], ids="+".join)
@pytest.mark.parametrize("theme", THEMES)
def test_no_gap_stands_where_something_was_left_out(
    build: Build, theme: str, left: tuple[Extra, ...]
) -> None:
    whole, rest = (read_files(build(theme, extras)) for extras in ((), left))
    changed = [n for n in rest if n.endswith(".html") and rest[n] != whole[n]]
    gaps = [
        (name, gap)
        for name in changed
        for gap in set(list_gaps(rest[name])) - set(list_gaps(whole[name]))
    ]

    assert gaps == []
    assert [(n, problem) for n in changed for problem in check_markup(rest[n].decode())] == []
