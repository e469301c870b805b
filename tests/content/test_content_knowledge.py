"""What is known of people and places: the publisher's lists, and the authors in content/."""

from __future__ import annotations

from pathlib import Path

import pytest
from import_samples import PAGE, edit, make_site, outcomes, path_of, run_import, write_page

from sitegen.config import Config
from sitegen.content.knowledge import read_knowledge
from sitegen.content.provenance import find_provenance
from sitegen.content.statements import Statements
from sitegen.errors import ConfigError


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return make_site(tmp_path)


def test_lists_hold_a_name_a_line_and_comments(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text(
        "\ufeff# 记者\n梁 钰\n\n李岩  # 通讯员\nJohn Smith\n", "utf-8"
    )
    knowledge = read_knowledge(tmp_path)
    assert knowledge.names == {"梁钰", "李岩", "John Smith"}
    assert knowledge.places == frozenset()


def test_problems_of_both_lists_come_together(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("李岩\n" + "张" * 41 + "\n", "utf-8")
    (tmp_path / "places.txt").write_bytes("兰州\n".encode("gb18030"))
    with pytest.raises(ConfigError) as caught:
        read_knowledge(tmp_path)
    first, second = map(str, caught.value.diagnostics)
    assert "names.txt:2: 张" in first
    assert "longer than 40 characters; write one name a line" in first
    assert "places.txt:1: is not UTF-8" in second


def test_lists_are_no_page_texts(config: Config) -> None:
    (config.seeds / "names.txt").write_text("李岩\n", "utf-8")
    (config.seeds / "places.txt").write_text("河西\n", "utf-8")
    assert [page.file for page in run_import(config).pages] == ["a.txt"]


def test_change_of_a_list_cuts_the_pages_again(config: Config) -> None:
    run_import(config)
    records = (config.content / "imports.json").read_text("utf-8")
    (config.seeds / "names.txt").write_text("李岩\n", "utf-8")

    assert {outcome for _, outcome in outcomes(run_import(config))} == {"unchanged"}
    assert (config.content / "imports.json").read_text("utf-8") != records


def test_author_is_known_once_two_pages_agree_or_an_editor_has_looked(config: Config) -> None:
    run_import(config)
    assert find_provenance(Statements(config.content).read()).names == frozenset()

    edit(path_of(config, "2-02"), "name: 张莉", "name: 张丽莉")
    assert find_provenance(Statements(config.content).read()).names == {"张丽莉"}

    write_page(config.root, "b.txt", PAGE.replace("六座", "七座").replace("张莉", "何苗"))
    run_import(config)
    assert find_provenance(Statements(config.content).read()).names == {"张丽莉", "李岩"}


def test_articles_are_found_by_the_page_text_they_state(config: Config) -> None:
    run_import(config)
    own = config.content / "2026-05-08" / "own.md"
    own.write_text("---\ntitle: x\nissue: 2026-05-08\nsection: news\nslug: own\n---\n", "utf-8")
    (config.content / "broken.md").write_bytes(b"\xff\xfe")

    found = find_provenance(Statements(config.content).read())

    assert found.by_source == {"a.txt": ("2026-05-08/2-01", "2026-05-08/2-02")}
    assert found.by_issue == {"2026-05-08": ("2026-05-08/own",)}
