"""The JSON-LD of every page, read by a parser of linked data."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

import pytest
from proof_linked_data import check_linked_data, parse_linked_data
from rdflib.namespace import RDF, SDO
from sample_site import BASE_URL, Sample, may_be_indexed, sample_articles

from sitegen.urls import article_path, output_path

# rdflib's parser still uses what rdflib has given up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')

ARTICLE = """\
{"@context": "https://schema.org", "@type": "NewsArticle", "@id": "https://a.example/1/",
 "mainEntityOfPage": "https://a.example/1/", "headline": "有雨",
 "datePublished": "2024-03-08T00:00:00+08:00", "dateModified": "2024-03-08T00:00:00+08:00",
 "author": [{"@type": "Person", "name": "林小满"}], "articleSection": "本地", "wordCount": 9,
 "inLanguage": "zh-Hans", "publisher": {"@type": "NewsMediaOrganization", "name": "报社"},
 "isPartOf": {"@type": "PublicationIssue", "datePublished": "2024-03-08",
  "isPartOf": {"@type": "Newspaper", "name": "日报", "url": "https://a.example/"}}}"""
PATH = """\
{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": [
 {"@type": "ListItem", "position": 1, "name": "首页", "item": "https://a.example/"},
 {"@type": "ListItem", "position": 2, "name": "有雨", "item": "https://a.example/1/"}]}"""
BROKEN = [
    (ARTICLE, '"headline"', '"headLine"', "no property of schema.org"),
    (ARTICLE, '"NewsArticle"', '"NewspaperArticle"', "no type of schema.org"),
    (ARTICLE, '"headline": "有雨",', "", "NewsArticle without headline"),
    (ARTICLE, '"有雨"', f'"{"雨" * 120}"', "a headline of 120 characters"),
    (ARTICLE, '"林小满"', '" "', "is empty"),
    (ARTICLE, '"@type": "Person", ', "", "has no type"),
    (ARTICLE, '"2024-03-08T00:00:00+08:00"', '"2024-03-08 00:00"', "no day or moment"),
    (ARTICLE, '"url": "https://a.example/"', '"sameAs": "https://a.example/"', "Newspaper without"),
    (ARTICLE, "https://schema.org", "https://schema.example", "the context"),
    (ARTICLE, "}}}", "}}", "Expecting"),
    (PATH, '"position": 2', '"position": 3', "numbered [1, 3]"),
    (PATH, '"name": "有雨", ', "", "without name or address"),
]


def read_linked_data(sample: Sample, path: str) -> list[str]:
    return _SCRIPT.findall((sample.public / output_path(path)).read_text("utf-8"))


def test_linked_data_of_every_page_is_sound(sample: Sample) -> None:
    problems, checked = [], 0
    for path in sample.pages:
        for text in read_linked_data(sample, path):
            checked += 1
            problems += [f"{path}: {problem}" for problem in check_linked_data(text)]

    assert checked > len(sample.pages) > 30
    assert problems == []


def test_every_article_tells_its_title_authors_and_address(sample: Sample) -> None:
    for article in sample_articles():
        path = article_path(article.issue, article.section, article.slug)
        news, *_ = map(parse_linked_data, read_linked_data(sample, path))
        subject = news.value(None, RDF.type, SDO.NewsArticle)
        people = {str(news.value(person, SDO.name)) for person in news.objects(subject, SDO.author)}

        assert str(subject) == BASE_URL + path
        assert str(news.value(subject, SDO.headline)) == article.title
        assert people == {person.name for person in article.authors}


def test_every_page_that_robots_may_keep_names_its_one_address(sample: Sample) -> None:
    for path in sample.pages:
        found = _CANONICAL.findall((sample.public / output_path(path)).read_text("utf-8"))
        kept = may_be_indexed(path)
        assert [unquote(html.unescape(address)) for address in found] == [BASE_URL + path] * kept


@pytest.mark.parametrize("text", [ARTICLE, PATH])
def test_sound_linked_data_has_no_problems(text: str) -> None:
    assert check_linked_data(text) == []


@pytest.mark.parametrize(("text", "before", "after", "problem"), BROKEN)
def test_broken_linked_data_is_found(text: str, before: str, after: str, problem: str) -> None:
    assert before in text
    assert problem in " ".join(check_linked_data(text.replace(before, after)))
