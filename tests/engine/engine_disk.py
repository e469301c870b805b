"""Builds on a disk that is really full, and into a folder that may not be written.

As a program this builds a site on a small disk again and again, each time with a little more room,
and prints what became of each build as a JSON list.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from engine_sites import EPOCH, OUTPUT, list_differences, make_site, read_tree, without_pagefind

DISK_BYTES = 12_000_000
# Room in KB, from nothing to more than a build needs.
ROOMS = (0, 60, 200, 5_000)
# PR_CAPBSET_DROP of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which root writes and reads
# anywhere; a plain user has none.
_WITHOUT_PRIVILEGE = """\
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)
ctypes.CDLL(None).prctl(24, 2, 0, 0, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
_BUILD = """\
import resource, sys
from sitegen.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), resource.RLIM_INFINITY))
main(prog_name="sitegen")
"""
_NAMESPACES: tuple[list[str], ...] = (
    ["unshare", "--mount"],
    ["unshare", "--map-root-user", "--mount"],
    [],
)


def build_on_full_disk(folder: Path) -> list[Mapping[str, object]]:
    """Build on a file system of its own, where the system lets us mount one.

    Elsewhere the size of files is limited instead.
    """
    namespace = next(n for n in _NAMESPACES if not n or _can_mount(n, folder))
    done = subprocess.run(
        [*namespace, sys.executable, __file__, str(folder), *(["mount"] if namespace else [])],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    results: list[Mapping[str, object]] = json.loads(done.stdout)
    return results


def without_privilege(command: Sequence[str]) -> list[str]:
    """Give a command that may not write where its user has no right to, even as root."""
    return [sys.executable, "-c", _WITHOUT_PRIVILEGE, *command]


def _can_mount(namespace: Sequence[str], folder: Path) -> bool:
    command = [*namespace, "mount", "-t", "tmpfs", "none", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _build_with_little_room(folder: Path, *, mounted: bool) -> Iterator[Mapping[str, object]]:
    if mounted:
        size = f"size={DISK_BYTES}"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", str(folder)], check=True)
    root = make_site(folder / "site")
    article = root / "content" / "2024-03-08" / "1-01.md"
    texts = article.read_text("utf-8"), article.read_text("utf-8").replace("引水", "饮水")
    built = [_build_freely(root, article, text) for text in texts]
    for number, room in enumerate(ROOMS):
        state = number % 2
        article.write_text(texts[state], "utf-8")
        old = read_tree(root / OUTPUT)
        done = _build_in_room(root, room * 1000, mounted=mounted)
        served = read_tree(root / OUTPUT)
        yield {
            "room": room,
            "code": done.returncode,
            "said": done.stderr,
            "old": served == old,
            "new": _differences(served, built[state]) == [],
        }
        assert _differences(_build_freely(root, article, texts[state]), built[state]) == []


def _build_in_room(root: Path, room: int, *, mounted: bool) -> subprocess.CompletedProcess[str]:
    filler = root.parent / "filler"
    if not mounted:
        return _run(root, room)
    disk = os.statvfs(root)
    filler.write_bytes(bytes(max(disk.f_bavail * disk.f_frsize - room, 0)))
    done = _run(root)
    filler.unlink()
    return done


def _build_freely(root: Path, article: Path, text: str) -> dict[str, bytes]:
    article.write_text(text, "utf-8")
    done = _run(root)
    assert done.returncode == 0, done.stderr
    return read_tree(root / OUTPUT)


def _run(root: Path, largest: int = -1) -> subprocess.CompletedProcess[str]:
    """Build a site by the command line; ``largest`` limits the bytes of a file."""
    return subprocess.run(
        [sys.executable, "-B", "-c", _BUILD, str(largest), "build", "-s", str(root)],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True,
        text=True,
        check=False,
    )


def _differences(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[str]:
    return list_differences(without_pagefind(found), without_pagefind(expected))


if __name__ == "__main__":
    results = _build_with_little_room(Path(sys.argv[1]), mounted=len(sys.argv) > 2)
    print(json.dumps(list(results)))  # noqa: T201 - the answer to the test
