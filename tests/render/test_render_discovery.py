import dataclasses
import json
from xml.etree import ElementTree as ET

from render_samples import CONFIG, texts_by_path


def test_browser_is_told_how_to_search_the_paper() -> None:
    root = ET.fromstring(texts_by_path([])["opensearch.xml"])  # noqa: S314 - our own text

    assert root.findtext("{*}ShortName") == "民主协商报"
    template = root.find("{*}Url[@type='text/html']")
    assert template is not None
    assert template.get("template") == "https://news.example/paper/search/?q={searchTerms}"
    image = root.findtext("{*}Image") or ""
    assert image.startswith("https://news.example/paper/assets/favicon.")


def test_names_are_cut_to_what_the_formats_allow() -> None:
    config = dataclasses.replace(CONFIG, title="报" * 40)
    texts = texts_by_path([], config=config)

    root = ET.fromstring(texts["opensearch.xml"])  # noqa: S314 - our own text
    assert len(root.findtext("{*}ShortName") or "") == 16
    assert len(json.loads(texts["site.webmanifest"])["short_name"]) == 12


def test_manifest_keeps_the_paper_below_its_path() -> None:
    manifest = json.loads(texts_by_path([])["site.webmanifest"])

    assert manifest["start_url"] == manifest["scope"] == "/paper/"
    assert manifest["icons"][0]["src"].startswith("/paper/assets/favicon.")
    assert manifest["lang"] == "zh-Hans"


def test_manifest_has_no_control_character() -> None:
    config = dataclasses.replace(CONFIG, title="民主\x85协商\x9f报", description="\x80报")
    manifest = json.loads(texts_by_path([], config=config)["site.webmanifest"])

    assert (manifest["name"], manifest["description"]) == ("民主协商报", "报")
