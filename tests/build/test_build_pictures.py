from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from build_samples import add_article, build, list_files, make_config
from picture_samples import CAMERA, draw, photograph, save
from PIL import Image

from sitegen.build.hosting import FOR_EVER, list_headers
from sitegen.build.picture_cache import PictureCache
from sitegen.check.content import check_content
from sitegen.check.output import check_output
from sitegen.config import Config
from sitegen.errors import ContentError, Severity

PAGE = "2023-11-30/local/2-01/index.html"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.chdir(tmp_path)
    config = make_config(tmp_path)
    (config.content / "2023").mkdir()
    (config.content / "2023" / "a b.jpg").write_bytes(photograph(1200, 800))
    add_article(config, "2-01", more="images: [{path: 2023/a b.jpg, alt: 田间}]\n")
    return config


def published(config: Config) -> list[str]:
    return [path for path in list_files(config.output) if path.startswith("images/")]


def cached(config: Config) -> dict[str, tuple[bytes, int]]:
    return list_files(config.root / ".sitegen" / "pictures")


def list_unusable(config: Config) -> list[str]:
    found = check_content(config)
    return [one.location.path for one in found if one.code == "picture-unusable"]


def test_renditions_are_published_and_linked(config: Config) -> None:
    build(config)
    page = (config.output / PAGE).read_text("utf-8")
    srcset = re.search(r'srcset="([^"]+)"', page)
    assert srcset is not None
    offered = dict(entry.split() for entry in srcset[1].split(", "))

    assert list(offered.values()) == ["480w", "960w", "1200w"]
    assert sorted(path.removeprefix("/") for path in offered) == published(config)
    for path, width in offered.items():
        with Image.open(config.output / path[1:]) as image:
            assert f"{image.width}w" == width
    assert f'src="{list(offered)[-1]}"' in page
    assert 'width="1200" height="800"' in page
    assert check_output(config.output, config.base_url) == ()


def test_nothing_that_is_published_tells_of_the_camera(config: Config) -> None:
    build(config)
    assert CAMERA.encode() in (config.content / "2023" / "a b.jpg").read_bytes()
    holding = [
        p for p, (content, _) in list_files(config.output).items() if CAMERA.encode() in content
    ]
    assert holding == []


def test_pictures_may_be_kept_for_ever(config: Config) -> None:
    build(config)
    assert published(config)
    assert {list_headers(path)["Cache-Control"] for path in published(config)} == {FOR_EVER}


def test_same_picture_of_two_articles_is_published_once(config: Config) -> None:
    build(config)
    before = published(config)
    (config.content / "copy.jpg").write_bytes((config.content / "2023" / "a b.jpg").read_bytes())
    images = "images: [{path: copy.jpg}, {path: 2023/a b.jpg}]\n"
    add_article(config, "2-02", more=images)
    build(config)
    assert published(config) == before


def test_pictures_of_one_name_do_not_clash(config: Config) -> None:
    (config.content / "2024").mkdir()
    (config.content / "2024" / "a b.jpg").write_bytes(photograph(1201, 800))
    add_article(config, "2-02", more="images: [{path: 2024/a b.jpg}]\n")
    build(config)
    assert len(published(config)) == 6


def test_changed_picture_has_another_address(config: Config) -> None:
    build(config)
    before, page = published(config), (config.output / PAGE).read_text("utf-8")
    (config.content / "2023" / "a b.jpg").write_bytes(save(draw(1200, 800).rotate(180)))
    build(config)
    assert not set(before) & set(published(config))
    assert page != (config.output / PAGE).read_text("utf-8")


def test_pictures_of_drafts_are_not_read(config: Config) -> None:
    add_article(config, "2-02", more="draft: true\nimages: [{path: not yet.jpg}]\n")
    build(config)
    with pytest.raises(ContentError, match=r"not yet\.jpg"):
        build(config, drafts=True)


def test_unchanged_picture_is_not_made_again(config: Config) -> None:
    build(config)
    before = cached(config)
    build(config, clean=True)
    assert len(before) == 1
    assert cached(config) == before


def test_picture_that_a_build_has_made_is_not_decoded_by_a_check(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_article(config, "2-02", more="images: [{path: 2023/a b.jpg, alt: 田间}]\n")
    opened = []
    really_open = Image.open

    def watch(*given: Any, **options: Any) -> Image.Image:
        opened.append(given)
        return really_open(*given, **options)

    monkeypatch.setattr(Image, "open", watch)
    assert list_unusable(config) == []
    assert len(opened) == 1
    build(config)
    opened.clear()
    assert list_unusable(config) == []
    assert opened == []
    (config.content / "2023" / "a b.jpg").write_bytes(photograph(1200, 800)[:5000])
    assert list_unusable(config) == ["content/2-01.md", "content/2-02.md"]


def test_build_without_its_cache_gives_the_same_site(config: Config) -> None:
    build(config)
    before, entries = list_files(config.output), cached(config)
    for name in entries:
        (config.root / ".sitegen" / "pictures" / name).unlink()
    build(config)
    assert list_files(config.output) == before
    assert {n: c for n, (c, _) in cached(config).items()} == {n: c for n, (c, _) in entries.items()}


@pytest.mark.parametrize("keep", [0, 5, 1000])
def test_damaged_entry_of_the_cache_is_made_anew(config: Config, keep: int) -> None:
    build(config)
    before, entries = list_files(config.output), cached(config)
    for name, (content, _) in entries.items():
        (config.root / ".sitegen" / "pictures" / name).write_bytes(content[:keep])
    build(config)
    assert list_files(config.output) == before
    assert {n: c for n, (c, _) in cached(config).items()} == {n: c for n, (c, _) in entries.items()}


def test_entry_of_another_recipe_is_made_anew(config: Config) -> None:
    data = (config.content / "2023" / "a b.jpg").read_bytes()
    PictureCache(config.root, recipe="of old").develop("2023/a b.jpg", data)
    before = cached(config)
    build(config)
    assert cached(config).keys() == before.keys()
    assert cached(config) != before


def test_cache_keeps_what_articles_name_even_held_back_ones(config: Config) -> None:
    (config.content / "later.jpg").write_bytes(photograph())
    add_article(config, "2-02", more="draft: true\nimages: [{path: later.jpg}]\n")
    build(config, drafts=True)
    both = cached(config)
    (config.root / ".sitegen" / "pictures" / "killed.new").write_bytes(b"half")
    build(config)
    assert cached(config) == both

    add_article(config, "2-02", more="draft: true\n")
    build(config)
    assert len(cached(config)) == len(both) - 1


def test_build_and_check_tell_of_all_problems_alike(config: Config, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(photograph())
    (config.content / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (config.content / "text.jpg").write_text("会场", "utf-8")
    (config.content / "broken.jpg").write_bytes(photograph()[:-900])
    (config.content / "folder.jpg").mkdir()
    names = ("link", "text", "broken", "folder", "missing")
    listed = "".join(f"- {{path: {name}.jpg, alt: 会场}}\n" for name in names[:3])
    add_article(config, "2-02", more=f"images:\n{listed}")
    add_article(
        config, "2-03", more="images: [{path: folder.jpg, alt: a}, {path: missing.jpg, alt: b}]\n"
    )

    with pytest.raises(ContentError) as refused:
        build(config)
    expected = [
        (
            "content/2-02.md:8: images: 'link.jpg' is a link that leads out of the content folder; "
            "put the file itself there"
        ),
        (
            "content/2-02.md:9: images: 'text.jpg' is no picture that can be read; "
            "save it as JPEG, PNG, WebP, GIF or AVIF"
        ),
        "content/2-02.md:10: images: 'broken.jpg' is damaged; save or copy it again",
        (
            "content/2-03.md:7: images: 'folder.jpg' does not exist; "
            "put the picture at content/folder.jpg, or mend its path"
        ),
        (
            "content/2-03.md:7: images: 'missing.jpg' does not exist; "
            "put the picture at content/missing.jpg, or mend its path"
        ),
    ]
    assert [str(problem) for problem in refused.value.diagnostics] == expected
    errors = [p for p in check_content(config) if p.severity is Severity.ERROR]
    assert [str(problem) for problem in errors] == [f"{e} [picture-unusable]" for e in expected]
    assert not config.output.exists()


def test_picture_by_a_link_inside_the_content_folder_is_published(config: Config) -> None:
    (config.content / "link.jpg").symlink_to(config.content / "2023" / "a b.jpg")
    add_article(config, "2-01", more="images: [{path: link.jpg}]\n")
    build(config)
    assert len(published(config)) == 3


def test_file_that_is_too_large_is_not_even_read(config: Config) -> None:
    with (config.content / "film.jpg").open("wb") as file:
        file.truncate(64_000_001)
    add_article(config, "2-01", more="images: [{path: film.jpg}]\n")
    with pytest.raises(ContentError, match=r"'film\.jpg' is larger than 64 MB; save it smaller"):
        build(config)
