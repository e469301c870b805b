"""However long a site is edited, the preview answers with what a clean build would write."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import os
import random
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from engine_edits import EDITS, SiteFolder
from engine_sites import list_differences, make_site, read_sources, read_tree, write_files
from serve_samples import ask
from serve_session import Session, previewing, wait_until

from sitegen.build.builder import BuildOptions, build_site
from sitegen.config import read_config
from sitegen.errors import SitegenError
from sitegen.urls import Permalinks

# SITEGEN_SOAK=500 pytest --log-cli-level=info tests/serve/test_serve_soak.py
_LOG = logging.getLogger(__name__)
_EDITS = int(os.environ.get("SITEGEN_SOAK", "12"))
_MOST_EDITS_A_CHECK = 10
_KINDS = sorted(
    what
    for what in EDITS
    # The preview has a clock and options of its own, and no other output; what is in .sitegen is
    # being written meanwhile.
    if what not in ("wait", "switch drafts", "switch future")
    and "output" not in what
    and ".sitegen" not in what
)
# What it remembers is bounded: 200 pages, thrice. Each edit of a template makes a new Jinja
# environment, a ring of objects that Python's collector takes only now and then: in 500 edits of
# every kind they came to 15 MB, in 240 of nothing but templates to 23 MB, and then to no more. So
# this is twice that; 500 edits that leak a page of 70 KB each would pass it.
_MOST_GROWTH_BYTES = 32 << 20
_SCRIPT = re.compile(
    rb'<script type="module" src="/_sitegen/reload\.js\?shown=[0-9a-f]{16}&amp;led=0"></script>'
    rb"(?=</body>|\Z)"
)
_NOT_SERVED = ("_headers", "_redirects", ".sitegen-output")
_KEPT = ("assets/", "images/")
_PREVIEW = ".sitegen/preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """What a process holds."""

    threads: int
    descriptors: int
    resident_bytes: int

    def is_as_flat_as(self, other: Burden) -> bool:
        """Tell whether there are no more threads and descriptors than before."""
        return self.threads <= other.threads and self.descriptors <= other.descriptors


def weigh(pid: int) -> Burden:
    """Look what a process holds."""
    process = Path(f"/proc/{pid}")
    fields = dict(re.findall(r"(\w+):\s+(\d+)", (process / "status").read_text()))
    return Burden(
        threads=int(fields["Threads"]),
        descriptors=sum(1 for _ in (process / "fd").iterdir()),
        resident_bytes=int(fields["VmRSS"]) << 10,
    )


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with previewing(make_site(tmp_path / "site"), "--no-search") as session:
        yield session


def test_preview_equals_a_clean_build_and_holds_no_more_after_any_edits(session: Session) -> None:
    site = SiteFolder(session.root)
    soak = Soak(session, site)
    soak.edit(_EDITS // 4)
    warm = weigh(session.process.pid)
    soak.edit(_EDITS - _EDITS // 4)
    wait_until(lambda: weigh(session.process.pid).is_as_flat_as(warm), f"no more than {warm}")
    soaked = weigh(session.process.pid)
    _LOG.info("%s edits, %s broken; %s, then %s", _EDITS, soak.broken, warm, soaked)
    assert soaked.resident_bytes - warm.resident_bytes < _MOST_GROWTH_BYTES


class Soak:
    """Edits a site without end, and holds what is shown against clean builds."""

    def __init__(self, session: Session, site: SiteFolder) -> None:
        self.broken = 0
        self._session = session
        self._site = site
        self._random = random.Random(1)  # noqa: S311 - edits, not secrets
        self._first = read_sources(site.root)
        self._sound = self._first
        self._shown: Mapping[str, bytes] = {}
        self._host = f"http://127.0.0.1:{session.port}"

    def edit(self, count: int) -> None:
        """Make so many edits, then take all back."""
        with ExitStack() as followers:
            due = 0
            for number in range(1, count + 1):
                what, which = self._random.choice(_KINDS), self._random.randrange(80)
                EDITS[what](self._site, which)
                self._read(followers)
                if number >= due:
                    self._check(what)
                    due = number + self._random.randint(1, _MOST_EDITS_A_CHECK)
        self._site.restore(self._first)
        _remove_empty_folders(self._site.root)
        self._check("all is as it was")

    def _read(self, followers: ExitStack) -> None:
        """Do what readers do meanwhile: ask for pages, listen, or go away."""
        pages = sorted(path for path in self._shown if path.endswith(".html"))
        match self._random.randrange(4):
            case 0 if pages:
                self._session.get(quote(self._random.choice(pages).removesuffix("index.html")))
            case 1:
                next(followers.enter_context(self._session.follow("")))
            case 2:
                followers.pop_all().close()

    def _check(self, what: str) -> None:
        """Hold what is shown against a clean build; what is broken is told, then mended."""
        failure = self._compare(what)
        if failure is None:
            self._site.earlier, self._sound = self._sound, read_sources(self._site.root)
            return
        self.broken += 1
        wait_until(lambda: set(failure) <= set(self._list_problems()))
        self._site.restore(self._sound)
        assert self._compare(f"{what}, mended") is None

    def _compare(self, what: str) -> tuple[str, ...] | None:
        """Compare with a clean build; gives why it is refused, if it is."""
        expected, problems = _build_clean(self._site.root, self._host)
        if problems:
            return problems
        built = self._site.root / _PREVIEW
        wait_until(lambda: _read_built(built) == expected, f"{what}: the whole build")
        wait_until(lambda: not self._list_problems(), f"{what}: no problem")
        wait_until(lambda: not self._list_differences(expected), f"{what}: what is shown")
        assert not [path for path in self._shown.keys() - expected.keys() if self._is_there(path)]
        self._shown = expected
        _LOG.info("%s: %s files, %s", what, len(expected), weigh(self._session.process.pid))
        return None

    def _list_problems(self) -> list[str]:
        """List the problems that an open page is told."""
        with self._session.follow("") as notices:
            problems = next(notices)["problems"]
        assert isinstance(problems, list)
        return [str(problem).replace(str(self._site.root), "SITE") for problem in problems]

    def _list_differences(self, expected: Mapping[str, bytes]) -> list[str]:
        """Say in which documents that are answered differ from what was expected."""
        served = {path: self._ask(path) for path in expected}
        return list_differences(served, expected)

    def _ask(self, path: str) -> bytes:
        """Ask for a document, without the one line that makes it follow the changes."""
        answer = ask(self._session.port, self._find_base_path() + quote(_find_page_path(path)))
        assert answer.status == 200 or path in _NOT_SERVED, path
        if not path.endswith(".html"):
            return answer.body
        content, scripts = _SCRIPT.subn(b"", answer.body)
        assert scripts == 1, path
        return content

    def _is_there(self, path: str) -> bool:
        """Tell whether a file that is no more is answered; an open page still needs its assets."""
        page_path = self._find_base_path() + quote(_find_page_path(path))
        return not path.startswith(_KEPT) and ask(self._session.port, page_path).status == 200

    def _find_base_path(self) -> str:
        return Permalinks(read_config(self._site.root).base_url).base_path


def _build_clean(root: Path, host: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Build the same files in an empty folder; gives the site, or why there is none."""
    with tempfile.TemporaryDirectory(prefix="sitegen-clean-") as folder:
        clean = Path(folder) / "site"
        write_files(clean, read_sources(root))
        try:
            config = read_config(clean)
            base_url = host + Permalinks(config.base_url).base_path
            options = BuildOptions(
                output=config.output,
                built_at=dt.datetime.now(dt.UTC),
                search=False,
                drafts=True,
                future=True,
                jobs=1,
            )
            build_site(dataclasses.replace(config, base_url=base_url), options)
        except SitegenError as error:
            problems = (str(problem) for problem in error.diagnostics)
            return {}, tuple(problem.replace(str(clean), "SITE") for problem in problems)
        return _read_built(config.output), ()


def _read_built(folder: Path) -> dict[str, bytes]:
    """Read what can be asked for of a built site; nothing while it is being replaced."""
    try:
        files = read_tree(folder)
    except FileNotFoundError:
        return {}
    return {
        path: content
        for path, content in files.items()
        if path not in _NOT_SERVED and not path.endswith("/")
    }


def _find_page_path(path: str) -> str:
    """Find the address of a file: that of a folder, where it is the folder's page."""
    return re.sub(r"(^|/)index\.html$", r"\1", path)


def _remove_empty_folders(root: Path) -> None:
    """Remove the folders that edits made; each is watched, which takes threads."""
    for name in ("overrides", "themes"):
        for folder, _, _ in os.walk(root / name, topdown=False):
            with suppress(OSError):  # it holds something
                Path(folder).rmdir()
