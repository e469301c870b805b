"""What the check reads of a built site is what a browser reads, and it finds nothing wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import html5lib
from sample_site import BASE_URL, Sample

from sitegen.check.html_scan import scan_html
from sitegen.check.output import check_output
from sitegen.urls import output_path


def test_built_sample_passes_the_check(sample: Sample) -> None:
    assert [str(problem) for problem in check_output(sample.public, BASE_URL)] == []


def list_links(attributes: Mapping[str, str]) -> Iterator[str]:
    """List what an element leads to; an empty address leads nowhere."""
    yield from filter(None, map(attributes.get, ("href", "src", "action", "poster")))
    if "srcset" in attributes:
        yield from (candidate.split()[0] for candidate in attributes["srcset"].split(", "))


def test_scan_of_a_page_finds_what_a_parser_of_the_standard_finds(sample: Sample) -> None:
    for page in sample.pages:
        text = (sample.public / output_path(page)).read_text("utf-8")
        elements = [e.attrib for e in html5lib.parse(text, namespaceHTMLElements=False).iter()]
        scan = scan_html(text)
        assert [name for name, _ in scan.ids] == [e["id"] for e in elements if "id" in e]
        links = [link for element in elements for link in list_links(element)]
        assert len(links) > 10
        assert sorted(link for link, _ in scan.links) == sorted(links)
