"""What is wrong with a page's JSON-LD: words that schema.org has not, facts that are missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SDO
from rdflib.term import Node

# schema.org's context, without asking schema.org: every word is one of its vocabulary.
_CONTEXT = {"@vocab": str(SDO)}
_CONTEXTS = ("https://schema.org", "https://schema.org/")
# What search engines want of each type, and what a reader of the data goes by.
_REQUIRED: Mapping[URIRef, tuple[URIRef, ...]] = {
    SDO.NewsArticle: (
        SDO.headline, SDO.datePublished, SDO.dateModified, SDO.mainEntityOfPage, SDO.publisher,
        SDO.articleSection, SDO.inLanguage, SDO.isPartOf, SDO.wordCount,
    ),
    SDO.PublicationIssue: (SDO.datePublished, SDO.isPartOf),
    SDO.Newspaper: (SDO.name, SDO.url),
    SDO.Person: (SDO.name,),
    SDO.NewsMediaOrganization: (SDO.name,),
    SDO.BreadcrumbList: (SDO.itemListElement,),
    SDO.ListItem: (SDO.position,),
}  # fmt: skip
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?")  # with its offset
_HEADLINE_CHARACTERS = 110  # more is cut by search engines
_INPUT = re.compile(r"\w+-(?:in|out)put")  # query-input, schema.org's way to describe a field


def check_linked_data(text: str) -> list[str]:
    """Check one JSON-LD text."""
    try:
        value = json.loads(text)
    except ValueError as error:
        return [str(error)]
    if not isinstance(value, dict) or value.get("@context") not in _CONTEXTS:
        return ["the context is not schema.org"]
    graph = parse_linked_data(text)
    return [*_check_words(graph), *_check_facts(graph), *_check_lists(graph)]


def parse_linked_data(text: str) -> Graph:
    """Parse JSON-LD of schema.org; nothing is fetched."""
    value = {**json.loads(text), "@context": _CONTEXT}
    return Graph().parse(data=json.dumps(value), format="json-ld")


def _check_words(graph: Graph) -> Iterator[str]:
    if not len(graph):
        yield "says nothing"
    for subject, predicate, value in graph:
        if predicate == RDF.type:
            if not _is_known(value):
                yield f"no type of schema.org: {value}"
        elif not _is_known(predicate):
            yield f"no property of schema.org: {predicate}"
        elif isinstance(value, Literal) and not str(value).strip():
            yield f"{predicate} of {subject} is empty"
        elif isinstance(value, BNode) and graph.value(value, RDF.type) is None:
            yield f"{predicate} of {subject} has no type"


def _is_known(word: Node) -> bool:
    name = str(word).removeprefix(str(SDO))
    return str(word).startswith(str(SDO)) and (name in SDO or _INPUT.fullmatch(name) is not None)


def _check_facts(graph: Graph) -> Iterator[str]:
    for kind, properties in _REQUIRED.items():
        for subject in graph.subjects(RDF.type, kind):
            for fact in properties:
                if graph.value(subject, fact) is None:
                    yield f"a {kind.removeprefix(str(SDO))} without {fact.removeprefix(str(SDO))}"
    for fact in (SDO.datePublished, SDO.dateModified):
        for value in graph.objects(None, fact):
            if not _MOMENT.fullmatch(str(value)):
                yield f"no day or moment: {value}"
    for headline in graph.objects(None, SDO.headline):
        if len(str(headline)) > _HEADLINE_CHARACTERS:
            yield f"a headline of {len(str(headline))} characters"


def _check_lists(graph: Graph) -> Iterator[str]:
    for path in graph.subjects(RDF.type, SDO.BreadcrumbList):
        items = list(graph.objects(path, SDO.itemListElement))
        places = sorted(int(str(graph.value(item, SDO.position) or 0)) for item in items)
        if places != list(range(1, len(items) + 1)):
            yield f"the steps of the path are numbered {places}"
        for item in items:
            if graph.value(item, SDO.name) is None or graph.value(item, SDO.item) is None:
                yield "a step of the path without name or address"
