from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from build_samples import finish_site, make_entry, make_place, open_site, write_index

from sitegen.build.shard_store import ShardStore
from sitegen.errors import OutputError

ENTRIES = (make_entry("a", year=2024), make_entry("b", year=2023))
KILLED = """
import os, signal, sys
from pathlib import Path
from sitegen.build.shard_store import ShardStore

def fill(folder):
    (folder / "a").write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)

ShardStore(Path(sys.argv[1])).add("two", fill)
"""


def build(root: Path) -> tuple[str, ...]:
    """Publish the index; gives the shards that were built."""
    place = make_place(root)
    store = ShardStore(root)
    with open_site(place) as staging:
        built = write_index(ENTRIES, staging, store)
        finish_site(place, staging)
    return built


def store_of(root: Path) -> Path:
    return root / ".sitegen" / "cache" / "search"


def identities(folder: Path) -> dict[str, tuple[int, int]]:
    """Tell which files these are, on the disk, and when they were written."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def shards_in(output: Path) -> dict[str, tuple[int, int]]:
    files = identities(output / "search").items()
    return {path: file for path, file in files if path.startswith(("2023/", "2024/"))}


def fill_with(**files: bytes) -> Callable[[Path], None]:
    def fill(folder: Path) -> None:
        for name, content in files.items():
            (folder / name).write_bytes(content)

    return fill


def read(store: ShardStore, key: str) -> dict[str, bytes] | None:
    files = store.find(key)
    return None if files is None else {path: file.read_bytes() for path, file in files.items()}


def test_shards_are_not_built_again_where_the_output_is_gone(tmp_path: Path) -> None:
    assert build(tmp_path) == ("2024", "2023")
    kept, published = identities(store_of(tmp_path)), shards_in(tmp_path / "public")
    assert {*published.values()} < {*kept.values()}
    shutil.rmtree(tmp_path / "public")
    assert build(tmp_path) == ()
    assert identities(store_of(tmp_path)) == kept
    assert shards_in(tmp_path / "public") == published


def test_index_is_built_anew_where_the_store_is_gone(tmp_path: Path) -> None:
    build(tmp_path)
    shutil.rmtree(tmp_path / ".sitegen")
    assert build(tmp_path) == ("2024", "2023")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


@pytest.mark.parametrize("damage", [cut_short, flip, Path.unlink])
@pytest.mark.parametrize("pattern", ["pages.json", "fragment/*", "pagefind.js", "listing"])
def test_damaged_shard_is_built_again(
    tmp_path: Path, pattern: str, damage: Callable[[Path], None]
) -> None:
    build(tmp_path)
    shard = next(path.parent for path in store_of(tmp_path).rglob("pages.json"))
    damage(next(shard.glob(pattern)))
    assert len(build(tmp_path)) == 1
    assert build(tmp_path) == ()


def test_shard_that_was_copied_is_read_and_trusted(tmp_path: Path) -> None:
    first, second = ShardStore(tmp_path / "first"), ShardStore(tmp_path / "second")
    first.add("one", fill_with(a=b"a"))
    shutil.copytree(tmp_path / "first", tmp_path / "second", copy_function=shutil.copyfile)
    assert read(second, "one") == {"a": b"a"}


def test_file_in_the_place_of_a_shard_is_no_shard(tmp_path: Path) -> None:
    store = ShardStore(tmp_path)
    store.add("one", fill_with(a=b"a"))
    shutil.rmtree(store_of(tmp_path) / "one")
    (store_of(tmp_path) / "one").write_bytes(b"")
    assert store.find("one") is None
    store.add("one", fill_with(a=b"b"))
    assert read(store, "one") == {"a": b"b"}


def test_killed_build_leaves_a_usable_store(tmp_path: Path) -> None:
    store = ShardStore(tmp_path)
    store.add("one", fill_with(a=b"whole"))
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
    assert done.returncode == -signal.SIGKILL
    assert [path.read_bytes() for path in store_of(tmp_path).rglob("a")].count(b"half") == 1
    assert read(store, "one") == {"a": b"whole"}
    assert store.find("two") is None
    store.add("two", fill_with(b=b"whole"))
    assert read(store, "two") == {"b": b"whole"}


def test_failed_build_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "a").write_bytes(b"half")
        raise OutputError.at("Pagefind", "failed")

    store = ShardStore(tmp_path)
    with pytest.raises(OutputError):
        store.add("one", fail)
    assert list(store_of(tmp_path).iterdir()) == []


def test_what_is_of_no_use_any_more_is_dropped(tmp_path: Path) -> None:
    store = ShardStore(tmp_path)
    store.drop_all_but(["one"])
    store.add("one", fill_with(a=b"a"))
    store.add("two", fill_with(a=b"a"))
    (store_of(tmp_path) / "unfinished").mkdir()
    store.drop_all_but(["one"])
    assert [path.name for path in store_of(tmp_path).iterdir()] == ["one"]
    assert read(store, "one") == {"a": b"a"}
