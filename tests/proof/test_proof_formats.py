"""Every file that machines read is what its format wants; what is broken is found."""

from __future__ import annotations

from fnmatch import fnmatchcase
from urllib.parse import unquote

import pytest
from proof_formats import CHECKS, check_file, read_sitemap
from sample_site import BASE_URL, Sample, may_be_indexed

# The theme's own and Pagefind's, which have tests of their own, and the mark of a build.
_ELSEWHERE = ("assets/", "images/", "search/", ".")

ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">
<id>tag:a.example,2024:/</id><title>河湾日报</title><updated>2024-03-08T00:00:00+08:00</updated>
<author><name>河湾日报社</name></author>
<link rel="self" type="application/atom+xml" href="https://a.example/feed.xml"/>
<entry><id>tag:a.example,2024:/1/</id><title>有雨</title>
<link href="https://a.example/1/" type="text/html"/><updated>2024-03-08T00:00:00+08:00</updated>
<content type="html">&lt;p&gt;有雨。&lt;/p&gt;</content></entry>
</feed>"""
SITEMAP = """\
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://a.example/</loc><lastmod>2024-03-08</lastmod></url>
<url><loc>https://a.example/1/</loc></url>
</urlset>"""
SITEMAP_INDEX = """\
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://a.example/sitemap-1.xml</loc></sitemap>
</sitemapindex>"""
NEWS = """\
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://a.example/1/</loc><n:news>
<n:publication><n:name>河湾日报</n:name><n:language>zh-cn</n:language></n:publication>
<n:publication_date>2024-03-08T00:00:00+08:00</n:publication_date><n:title>有雨</n:title>
</n:news></url>
</urlset>"""
OPENSEARCH = """\
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>河湾日报</ShortName><Description>检索河湾日报</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="https://a.example/search/?q={searchTerms}"/>
<Image width="16" height="16" type="image/svg+xml">https://a.example/favicon.svg</Image>
</OpenSearchDescription>"""
JSON_FEED = """\
{"version": "https://jsonfeed.org/version/1.1", "title": "河湾日报",
 "home_page_url": "https://a.example/", "feed_url": "https://a.example/feed.json",
 "language": "zh-Hans", "authors": [{"name": "河湾日报社"}],
 "items": [
  {"id": "1", "url": "https://a.example/1/", "title": "有雨", "content_html": "<p>有雨。</p>",
   "date_published": "2024-03-08T00:00:00+08:00", "tags": ["天气"]},
  {"id": "2", "content_text": "有风。", "_paper": {"page": "1"}}]}"""
WEB_MANIFEST = """\
{"name": "河湾日报", "start_url": "/paper/", "display": "browser", "theme_color": "#a4161a",
 "icons": [{"src": "/paper/assets/favicon.svg", "sizes": "any", "type": "image/svg+xml"}]}"""
ROBOTS = "User-agent: *\nAllow: /\n\nSitemap: https://a.example/sitemap.xml\n"

SOUND = {
    "feed.xml": ATOM,
    "sections/local/feed.xml": ATOM,
    "sitemap.xml": SITEMAP,
    "sitemap-1.xml": SITEMAP_INDEX,
    "sitemap-news.xml": NEWS,
    "opensearch.xml": OPENSEARCH,
    "feed.json": JSON_FEED,
    "site.webmanifest": WEB_MANIFEST,
    "robots.txt": ROBOTS,
    "_redirects": "/old/ /new/ 301\n",
    "_headers": "/*\n  X-Content-Type-Options: nosniff\n",
    "a/index.json": '{"title": "有雨"}',
    "a/index.txt": "有雨",
}
# File, what stands in it, what is put in its place, what the check says of it.
BROKEN = [
    ("feed.xml", "</feed>", "", "Premature end"),
    ("feed.xml", "<updated>2024-03-08T00:00:00+08:00</updated>\n<auth", "<auth", "feed"),
    ("feed.xml", "00:00+08:00</updated>\n<content", "00:00</updated>\n<content", "updated"),
    ("feed.xml", "tag:a.example,2024:/1/", "tag:a.example,2024:/", "given twice"),
    ("feed.xml", 'rel="self"', 'rel="via"', "itself"),
    ("feed.xml", 'type="html"', 'type="markdown"', "content"),
    ("feed.xml", "<author><name>河湾日报社</name></author>", "", "no author"),
    ("feed.xml", '<link href="https://a.example/1/" type="text/html"/>', "<link/>", "link"),
    ("feed.xml", "<entry>", "<entry><rank>1</rank>", "entry"),
    ("sitemap.xml", "https://a.example/1/", "/1/", "loc"),
    ("sitemap.xml", "https://a.example/1/", "https://a.example/", "listed twice"),
    ("sitemap.xml", "2024-03-08", "8 March", "lastmod"),
    ("sitemap.xml", "sitemap/0.9", "sitemap/0.8", "urlset"),
    ("sitemap-1.xml", "loc>", "url>", "sitemap"),
    ("sitemap-news.xml", "zh-cn", "zh-Hans", "element news"),
    ("sitemap-news.xml", "<n:title>有雨</n:title>", "", "element news"),
    (
        "sitemap-news.xml",
        "</urlset>",
        "<url><loc>https://a.example/</loc></url></urlset>",
        "no news",
    ),
    ("opensearch.xml", "{searchTerms}", "{terms}", "searchTerms"),
    ("opensearch.xml", ">河湾日报<", ">河湾日报数字版全文检索河湾日报全部<", "ShortName"),
    ("opensearch.xml", "<Description>检索河湾日报</Description>", "", "OpenSearchDescription"),
    ("feed.json", "version/1.1", "version/1", "version"),
    ("feed.json", '"id": "2", ', "", "'id' is a required property"),
    ("feed.json", '"id": "2"', '"id": "1"', "given twice"),
    ("feed.json", '"content_text": "有风。", ', "", "not valid"),
    ("feed.json", "00:00+08:00", "00:00", "date_published"),
    ("feed.json", '"authors"', '"author"', "author"),
    ("feed.json", "]}", "]", "Expecting"),
    ("site.webmanifest", '"sizes": "any", ', "", "sizes"),
    ("site.webmanifest", '"#a4161a"', '"red"', "theme_color"),
    ("site.webmanifest", '"display": "browser"', '"display": "tab"', "display"),
    ("robots.txt", "Allow: /", "Disallow: /", "may not read"),
    ("robots.txt", "Sitemap", "Map", "no sitemap"),
    ("_redirects", "301", "", "no redirect"),
    ("_headers", "  X", "X", "no header"),
    ("a/index.json", '{"title": "有雨"}', "[]", "says nothing"),
    ("a/index.txt", "有雨", "<p>有雨</p>", "no plain text"),
]


def test_every_file_of_the_site_is_what_its_format_wants(sample: Sample) -> None:
    files = (path for path in sample.public.rglob("*") if path.is_file())
    names = (path.relative_to(sample.public).as_posix() for path in files)
    read_by_machines = [
        name for name in names if not name.endswith(".html") and not name.startswith(_ELSEWHERE)
    ]

    assert len(read_by_machines) >= 5
    problems = []
    for name in read_by_machines:
        problems += check_file(name, (sample.public / name).read_text("utf-8"))
    assert problems == []


def test_sitemap_lists_every_page_that_robots_may_keep(sample: Sample) -> None:
    listed = read_sitemap((sample.public / "sitemap.xml").read_text("utf-8"))
    pages = {BASE_URL + path for path in sample.pages if may_be_indexed(path)}

    assert {unquote(page.url) for page in listed} == pages


@pytest.mark.parametrize("name", SOUND)
def test_sound_file_has_no_problems(name: str) -> None:
    assert check_file(name, SOUND[name]) == []


@pytest.mark.parametrize(("name", "before", "after", "problem"), BROKEN)
def test_broken_file_is_found(name: str, before: str, after: str, problem: str) -> None:
    broken = SOUND[name].replace(before, after)

    assert broken != SOUND[name]
    assert problem in " ".join(check_file(name, broken)) != ""


def test_file_that_no_check_is_for_is_found() -> None:
    assert check_file("paper.rss", "<rss/>") == ["paper.rss: no check is for this file"]


def test_every_check_is_tried() -> None:
    broken = {check_of(name) for name, *_ in BROKEN}

    assert {pattern for pattern, _ in CHECKS} == broken == {check_of(name) for name in SOUND}


def check_of(name: str) -> str:
    return next(pattern for pattern, _ in CHECKS if fnmatchcase(name, pattern))
