"""The files of a site besides its documents."""

from __future__ import annotations

from pathlib import Path

from build_samples import make_config, make_place, open_site, publish

from sitegen.build.files import write_sitemaps

SITEMAPS = {"sitemap.xml": b"index", "sitemap-1.xml": b"1", "sitemap-2.xml": b"2"}


def test_sitemaps_that_would_be_the_same_are_kept(tmp_path: Path) -> None:
    config, place = make_config(tmp_path), make_place(tmp_path)
    publish(place, SITEMAPS)
    with open_site(place) as staging:
        assert set(write_sitemaps([], config, staging, same=True)) == set(SITEMAPS)
        assert not any(map(staging.has_written, SITEMAPS))


def test_one_lost_sitemap_of_several_has_all_written_again(tmp_path: Path) -> None:
    config, place = make_config(tmp_path), make_place(tmp_path)
    publish(place, SITEMAPS)
    (place.output / "sitemap-2.xml").unlink()
    with open_site(place) as staging:
        assert write_sitemaps([("a/", "2024-03-08")], config, staging, same=True) == (
            "sitemap.xml",
        )
        assert staging.has_written("sitemap.xml")
