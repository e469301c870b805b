"""Law 1: whatever was edited, a build leaves byte for byte what a clean build would."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from engine_edits import EDITS, SiteFolder
from engine_sites import (
    build,
    build_clean,
    list_differences,
    make_site,
    read_sources,
    read_stamps,
    read_tree,
    without_pagefind,
)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

# SITEGEN_SOAK=300 pytest tests/engine/test_engine_incremental.py -k sequence
_EXAMPLES = int(os.environ.get("SITEGEN_SOAK", "4"))
_BATCHES = tuple(tuple(EDITS)[start : start + 4] for start in range(0, len(EDITS), 4))


def build_and_compare(site: SiteFolder) -> str | None:
    """Build a site and hold it against a clean build; give why both refuse, if they do."""
    before = read_tree(site.output), read_stamps(site.output)
    sources = read_sources(site.root)
    expected = build_clean(sources, site.switches)
    found = build(site.root, site.switches)
    assert found.failure == expected.failure
    if found.files is None or expected.files is None:
        assert (read_tree(site.output), read_stamps(site.output)) == before
    else:
        # A guest whose name the site needs has to go.
        site.guests = {k: v for k, v in site.guests.items() if k not in expected.files}
        whole = {**expected.files, **site.guests, **_folders_of(site.guests)}
        assert list_differences(found.files, whole) == []
    assert read_sources(site.root) == sources
    return found.failure


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return SiteFolder(make_site(tmp_path / "site"))


@pytest.mark.parametrize("batch", _BATCHES, ids="; ".join)
def test_build_after_edits_equals_a_clean_one(site: SiteFolder, batch: tuple[str, ...]) -> None:
    assert build(site.root, site.switches).failure is None
    site.earlier = read_sources(site.root)
    for number, what in enumerate(batch):
        EDITS[what](site, number)
    if build_and_compare(site) is None:
        return
    for what in batch:  # what is broken hides the rest
        site.restore(site.earlier)
        EDITS[what](site, 27)
        build_and_compare(site)


@pytest.mark.parametrize("damage", ["garble a file of .sitegen", "truncate a file of .sitegen"])
def test_damaged_notes_of_a_build_keep_no_page_alive(site: SiteFolder, damage: str) -> None:
    build_and_compare(site)
    for number in range(3, 3 + sum(path.is_file() for path in (site.root / ".sitegen").rglob("*"))):
        EDITS[damage](site, number)
    EDITS["delete an article"](site, 3)
    build_and_compare(site)


def test_guest_outlives_the_builds_own_notes(site: SiteFolder) -> None:
    build_and_compare(site)
    EDITS["put a file into the output"](site, 0)
    build_and_compare(site)
    EDITS["delete .sitegen"](site, 0)
    build_and_compare(site)


def test_page_that_only_the_other_part_of_a_story_tells_is_followed(site: SiteFolder) -> None:
    """A list shows 上接第1版 of a part that lost its jump line: the page is that of the other."""
    first, second = (site.content / "2024-03-08" / f"{name}.md" for name in ("1-01", "3-01"))
    lost = second.read_text("utf-8").replace("continued_from: '1'\n", "")
    second.write_text(lost.replace("section: local", "section: culture"), "utf-8")
    build_and_compare(site)
    assert "上接第1版" in _read_lists(site)
    first.write_text(first.read_text("utf-8").replace("page: '1'", "page: '2'"), "utf-8")
    build_and_compare(site)
    assert "上接第2版" in _read_lists(site)


def test_template_that_computes_what_it_includes_follows_every_file(site: SiteFolder) -> None:
    icons = site.root / "overrides" / "templates" / "icons"
    icons.mkdir(parents=True)
    include = '{% set name = "a" %}{% include "icons/" ~ name ~ ".svg" %}\n'
    (icons.parent / "not_found.html").write_text(include)
    for text in ("one", "two"):
        (icons / "a.svg").write_text(text)
        build_and_compare(site)
        assert text in (site.output / "404.html").read_text()


def test_folder_of_a_theme_that_is_a_link_is_followed(site: SiteFolder, tmp_path: Path) -> None:
    templates, shared = site.root / "overrides" / "templates", tmp_path / "shared"
    templates.mkdir(parents=True)
    shared.mkdir()
    (templates / "shared").symlink_to(shared)
    (shared / "round").symlink_to(shared)
    (templates / "not_found.html").write_text('{% include "shared/x.html" %}\n')
    for text in ("one", "two"):
        (shared / "x.html").write_text(text)
        assert build(site.root, site.switches).failure is None
        assert text in (site.output / "404.html").read_text()


def _read_lists(site: SiteFolder) -> str:
    return (site.output / "sections" / "culture" / "index.html").read_text("utf-8")


def test_every_edit_of_sources_changes_some(site: SiteFolder) -> None:
    idle = {what for what in EDITS if not _changes(site, what)}
    assert idle <= {
        "touch a file", "change a file and change it back", "undo all since the last build",
        "remove the new partial", "remove the overrides",
        *(what for what in EDITS if ".sitegen" in what or "output" in what),
    }  # fmt: skip


def test_clock_and_switches_decide_what_is_published(site: SiteFolder) -> None:
    listings = set()
    for what, number in (("wait", 0), ("wait", 8), ("switch drafts", 0), ("switch future", 0)):
        EDITS[what](site, number)
        build_and_compare(site)
        listings.add(tuple(sorted(read_tree(site.output))))
    assert len(listings) == 3  # no article waits for the days of this test


def test_search_of_edited_site_equals_a_clean_one_but_for_pagefinds_files(
    site: SiteFolder,
) -> None:
    site.switches = replace(site.switches, search=True)
    for what, number in (
        ("touch a file", 0), ("change body", 3), ("add an issue", 1), ("delete an issue", 1),
    ):  # fmt: skip
        EDITS[what](site, number)
        found = build(site.root, site.switches).files
        expected = build_clean(read_sources(site.root), site.switches).files
        assert found is not None
        assert expected is not None
        assert list_differences(without_pagefind(found), without_pagefind(expected)) == [], what


class EditedSite(RuleBasedStateMachine):
    """A site that is edited and built in any order."""

    @initialize()
    def make_site(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sitegen-law-"))
        self.site = SiteFolder(make_site(self.folder / "site"))
        self.sound = read_sources(self.site.root)
        self.fresh = True

    @rule(what=st.sampled_from(sorted(EDITS)), number=st.integers(0, 79))
    def edit(self, what: str, number: int) -> None:
        EDITS[what](self.site, number)
        self.fresh = True

    @precondition(lambda self: self.fresh)
    @rule()
    def build(self) -> None:
        failure = build_and_compare(self.site)
        if failure is None:
            self.site.earlier, self.sound = self.sound, read_sources(self.site.root)
        else:
            # What is broken would hide all that is edited after it.
            self.site.restore(self.sound)
        self.fresh = failure is not None

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


TestSequence = EditedSite.TestCase
TestSequence.settings = settings(
    max_examples=_EXAMPLES,
    stateful_step_count=20 if _EXAMPLES < 50 else 50,
    derandomize="SITEGEN_SOAK" not in os.environ,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    print_blob=False,
)


def _changes(site: SiteFolder, what: str) -> bool:
    sources, switches = read_sources(site.root), site.switches
    EDITS[what](site, 27)
    changed = (read_sources(site.root), site.switches) != (sources, switches)
    site.restore(sources)
    site.switches = switches
    return changed


def _folders_of(paths: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{parent.as_posix()}/": b"" for path in paths for parent in Path(path).parents[:-1]}
