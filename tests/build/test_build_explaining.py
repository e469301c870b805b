"""Why a document was rendered, in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from build_samples import add_article, build, make_config

from sitegen.config import Config, read_config

PAGE = "2023-11-30/local/2-01/"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = make_config(tmp_path)
    add_article(config, "2-01")
    add_article(config, "2-02")
    add_article(config, "1-01", issue="2022-02-28")
    return config


def explain(config: Config, path: str = PAGE, *, clean: bool = False) -> str:
    report = build(config, explain=path, search=False, clean=clean)
    return "\n".join(report.explanation)


def test_first_build_knows_of_none_before(config: Config) -> None:
    lines = explain(config).split("\n")
    assert lines[0] == f"{PAGE}index.html: rendered"
    assert "nothing is known of an earlier build of this output folder" in lines[1]


def test_build_that_finds_nothing_changed_says_so(config: Config) -> None:
    build(config, search=False)
    expected = ("nothing changed since the last build", "reused, as nothing that it shows changed")
    assert explain(config).removeprefix(f"{PAGE}index.html: ") in expected


def test_edited_article_is_named(config: Config) -> None:
    build(config, search=False)
    add_article(config, "2-01", title="换届")
    assert explain(config) == (
        f"{PAGE}index.html: rendered\n  because it may show 2-01.md, which changed"
    )


def test_document_that_does_not_show_the_edit_is_reused(config: Config) -> None:
    build(config, search=False)
    add_article(config, "2-01", body="另一段话。")
    expected = "2023-11-30/local/2-02/index.html: reused, as nothing that it shows changed"
    assert explain(config, "2023-11-30/local/2-02/index.html") == expected


def test_template_is_named(config: Config) -> None:
    build(config, search=False)
    folder = config.root / "overrides" / "templates" / "_partials"
    folder.mkdir(parents=True)
    (folder / "footer.html").write_text("<footer>新</footer>\n", "utf-8")
    text = explain(config)
    assert text.startswith(f"{PAGE}index.html: rendered\n  because templates changed: ")
    assert "article.html" in text


def test_settings_and_what_stands_on_every_page_are_told_apart(config: Config) -> None:
    build(config, search=False)
    settings = config.root / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("日报", "晚报"), "utf-8")
    text = explain(read_config(config.root))
    assert "because site.yaml or --base-url changed" in text
    assert "because the masthead" in text


def test_damage_in_the_output_is_told(config: Config) -> None:
    build(config, search=False)
    (config.output / PAGE / "index.html").write_text("x")
    assert "its file in the output is not as it was written" in explain(config)


@pytest.mark.parametrize("path", ["nowhere/", "assets/", "2023-11-30/local/2-09.html"])
def test_what_is_no_document_is_told(config: Config, path: str) -> None:
    assert "there is no such document; name its file in the output" in explain(config, path)


def test_address_from_the_root_and_of_the_home_page_is_understood(config: Config) -> None:
    assert explain(config, PAGE.rstrip("/")).startswith(f"{PAGE}index.html: rendered")
    assert explain(config, f"/{PAGE}", clean=True).startswith(f"{PAGE}index.html: rendered")
    assert explain(config, "/", clean=True).startswith("index.html: rendered")


@pytest.mark.parametrize("form", ["https://news.example/{page}", "{output}/{page}index.html"])
def test_link_and_file_of_a_document_are_understood(config: Config, form: str) -> None:
    asked = form.format(page=PAGE, output=config.output)
    assert explain(config, asked).startswith(f"{PAGE}index.html: rendered")


def test_what_is_no_document_is_told_where_nothing_changed_too(config: Config) -> None:
    build(config, search=False)
    assert "there is no such document" in explain(config, "nowhere/")
    assert "there is no such document" in explain(config, "nowhere/")
