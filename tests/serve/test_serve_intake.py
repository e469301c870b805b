from __future__ import annotations

from pathlib import Path

import pytest
from import_samples import PAGE, make_site, run_import, write_page

from sitegen.config import Config
from sitegen.content.journal import lock_imports
from sitegen.serve.intake import SeedIntake
from sitegen.serve.problems import Problems


class Reader:
    """Who previews a site whose page texts change."""

    def __init__(self, config: Config, *, imports: bool) -> None:
        self.config = config
        self.said: list[str] = []
        self.problems = Problems(self.said.append)
        self.intake = SeedIntake(config, self.problems, imports=imports, report=self.said.append)

    def save(self, name: str, text: str) -> bool:
        write_page(self.config.root, name, text)
        return self.intake.follow(self.config, [self.config.seeds / name])

    def list_articles(self) -> list[str]:
        return sorted(path.stem for path in self.config.content.rglob("*.md"))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = make_site(tmp_path)
    run_import(config)
    return config


def test_page_text_that_is_dropped_in_is_imported(config: Config) -> None:
    reader = Reader(config, imports=True)
    before = reader.list_articles()
    assert reader.save("b.txt", PAGE.replace("六座", "七座"))
    assert len(reader.list_articles()) == 2 * len(before)
    assert reader.said[-1].startswith("2 articles from 1 page: 2 created")


def test_page_of_which_something_else_is_said_is_imported_alone(config: Config) -> None:
    write_page(config.root, "b.txt", PAGE.replace("六座", "七座"))
    reader = Reader(config, imports=True)
    settings = (config.seeds / "pages.yaml").read_text("utf-8")
    assert reader.save("pages.yaml", settings.replace("page: '2'", "page: '3'"))
    assert reader.said[-1].startswith("2 articles from 1 page")
    assert not reader.save("pages.yaml", settings.replace("page: '2'", "page: '3'"))


def test_settings_of_a_seeds_folder_that_was_replaced_are_read(config: Config) -> None:
    reader = Reader(config, imports=True)
    settings = (config.seeds / "pages.yaml").read_text("utf-8")
    other = settings.replace("page: '2'", "page: '3'")
    write_page(config.root, "pages.yaml", other)
    assert reader.intake.follow(config, [config.seeds])
    assert reader.save("pages.yaml", settings)


def test_what_is_wrong_with_a_page_text_is_told_until_it_is_mended(config: Config) -> None:
    reader = Reader(config, imports=True)
    bad = config.seeds / "b.txt"
    bad.write_bytes(b"\xff\xfe\xff")
    reader.intake.follow(config, [bad])
    assert "b.txt" in "".join(reader.problems.list())
    assert list(reader.problems.list()) == reader.said
    reader.save("a.txt", PAGE + "\n")
    assert "b.txt" in "".join(reader.problems.list())
    reader.save("b.txt", PAGE.replace("六座", "七座"))
    assert reader.problems.list() == ()


def test_page_text_that_could_not_be_read_is_forgotten_when_it_goes(config: Config) -> None:
    reader = Reader(config, imports=True)
    bad = config.seeds / "b.txt"
    bad.write_bytes(b"\xff\xfe\xff")
    reader.intake.follow(config, [bad])
    assert reader.problems.list() != ()
    bad.unlink()
    reader.intake.follow(config, [bad])
    assert reader.problems.list() == ()


def test_first_page_text_of_a_site_is_waited_for(config: Config) -> None:
    (config.seeds / "a.txt").unlink()
    reader = Reader(config, imports=True)
    assert not reader.intake.follow(config, None)
    assert reader.problems.list() == ()
    assert reader.save("b.txt", PAGE.replace("六座", "七座"))


def test_broken_settings_are_told_once_whoever_meets_them(config: Config) -> None:
    reader = Reader(config, imports=True)
    write_page(config.root, "pages.yaml", "pages: [{file: a.txt, colour: red}]")
    assert not reader.intake.follow(config, None)
    assert not reader.intake.follow(config, [config.seeds / "pages.yaml"])
    assert len(reader.said) == 1


def test_broken_settings_are_told_until_they_are_mended(config: Config) -> None:
    reader = Reader(config, imports=True)
    settings = (config.seeds / "pages.yaml").read_text("utf-8")
    assert not reader.save("pages.yaml", "pages: [{colour: red}]")
    assert "pages.yaml:1: colour: unknown key" in "".join(reader.problems.list())
    assert not reader.save("b.txt", PAGE.replace("六座", "七座"))
    assert reader.save("pages.yaml", settings)
    assert reader.problems.list() == ()
    assert reader.said[-1].startswith("2 articles from 1 page: 2 created")


@pytest.mark.parametrize("is_known", [True, False])
def test_import_waits_for_another(config: Config, *, is_known: bool) -> None:
    reader = Reader(config, imports=True)
    before = reader.list_articles()
    write_page(config.root, "b.txt", PAGE.replace("六座", "七座"))
    with lock_imports(config.root, config.content):
        assert not reader.intake.follow(config, [config.seeds / "b.txt"] if is_known else None)
    assert reader.intake.waits
    assert reader.intake.follow(config, [])
    assert not reader.intake.waits
    assert len(reader.list_articles()) == 2 * len(before)


def test_import_is_not_waited_for_any_more_when_its_page_text_goes(config: Config) -> None:
    reader = Reader(config, imports=True)
    with lock_imports(config.root, config.content):
        assert not reader.save("b.txt", PAGE)
    assert reader.intake.waits
    (config.seeds / "b.txt").unlink()
    assert not reader.intake.follow(config, [config.seeds / "b.txt"])
    assert not reader.intake.waits


def test_page_text_is_said_to_be_imported_unless_somebody_has_done_so(config: Config) -> None:
    reader = Reader(config, imports=False)
    text = PAGE.replace("六座", "七座")
    assert not reader.save("b.txt", text)
    reader.intake.remind(config)
    assert len(reader.said) == 1
    assert "b.txt is to be imported" in reader.said[0]
    assert not reader.save("a.txt", PAGE + "\n")
    with lock_imports(config.root, config.content):
        reader.intake.remind(config)
    assert reader.intake.waits
    run_import(config)
    reader.intake.remind(config)
    assert len(reader.said) == 1
    assert not reader.intake.waits
