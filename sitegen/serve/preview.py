"""The preview: build, serve, watch, and build again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
import signal
import threading
import traceback
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from types import FrameType

from sitegen.build.builder import BuildOptions, BuildReport, build_site
from sitegen.build.output import (
    WORK_FOLDER,
    BuildRunningError,
    find_place,
    lock_builds,
    restore_output,
)
from sitegen.config import Config, read_config
from sitegen.errors import SitegenError
from sitegen.serve.events import EventHub, State
from sitegen.serve.following import SCRIPT_PATH, FollowingApp
from sitegen.serve.server import open_server
from sitegen.serve.source import Folder, Moved, Page
from sitegen.serve.watch import Changes, Watch
from sitegen.urls import NOT_FOUND, Permalinks

PREVIEW_FOLDER = "preview"
_WAITING = b"<!doctype html><title>sitegen</title><body>This site is not built yet.</body>\n"
_POLITE_ENDS = (signal.SIGINT, signal.SIGTERM)
_POLL_SECONDS = 0.05
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - only compared with


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How to preview: where to listen, and what to show that is not published yet."""

    bind: str = "127.0.0.1"
    port: int = 8000
    open_browser: bool = False
    poll: bool = False
    search: bool = True
    drafts: bool = True
    future: bool = True


def serve_site(config: Config, options: ServeOptions, *, report: Callable[[str], None]) -> None:
    """Preview a site until it is interrupted or terminated.

    Problems of a build go to ``report`` and to the open pages, which keep the last good build.
    Raises OutputError where the port is taken.
    """
    _restore_site(config)
    preview = Preview(config, options, report=report)
    try:
        with _stopped_by_termination(), preview.serve() as address, preview.watch() as watch:
            preview.build()
            report(f"serving {address} (Ctrl+C stops)")
            if options.open_browser:
                webbrowser.open(address)
            preview.follow_changes(watch)
    except KeyboardInterrupt:
        report("stopped")


class Preview:
    """A site that is built again whenever it changes, and what its server shows meanwhile."""

    def __init__(
        self, config: Config, options: ServeOptions, *, report: Callable[[str], None]
    ) -> None:
        self._config = config
        self._options = options
        self._report = report
        self._changes = Changes()
        self._run = secrets.token_hex(4)  # a page left open must not take this run for another
        self._builds = 0
        self._folder = self._describe()
        self._hub = EventHub(State(build=f"{self._run}-0"))

    @contextmanager
    def serve(self) -> Iterator[str]:
        """Answer requests; gives the address to open."""
        options = self._options
        server = open_server(options.bind, options.port, self, apps=(FollowingApp(hub=self._hub),))
        self._options = dataclasses.replace(options, port=server.port)
        thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        thread.start()
        try:
            yield self._address() + self._folder.base_path
        finally:
            self._hub.close()
            server.shutdown()
            server.server_close()
            thread.join()

    def build(self) -> None:
        """Build once; where that fails the last good site stays, and everybody is told why."""
        try:
            self._config = read_config(self._config.root)
            built = self._build_site()
        except BuildRunningError:
            self._changes.note()  # so that it is tried again
        except SitegenError as error:
            self._fail([str(diagnostic) for diagnostic in error.diagnostics])
        except Exception:  # noqa: BLE001 - a bug of ours must not end an editor's session
            self._fail(["sitegen failed; please report this:", *traceback.format_exc().split("\n")])
        else:
            self._builds += 1
            self._folder = self._describe()
            self._hub.publish(State(build=f"{self._run}-{self._builds}"))
            seconds = sum(built.seconds.values())
            documents = f"{len(built.rendered)} of {built.documents} documents"
            self._report(f"rendered {documents} in {seconds:.1f} s")

    @contextmanager
    def watch(self) -> Iterator[Watch]:
        """Notice edits from now on, so that none during the first build is missed."""
        with Watch(self._changes, poll=self._options.poll) as watch:
            watch.follow(self._config)
            yield watch

    def follow_changes(self, watch: Watch) -> None:
        """Build after every change, until interrupted."""
        while True:
            watch.follow(self._config)
            self._changes.wait()
            self.build()

    def _build_site(self) -> BuildReport:
        config = self._config
        base_url = self._address() + Permalinks(config.base_url).base_path
        options = BuildOptions(
            output=config.root / WORK_FOLDER / PREVIEW_FOLDER,
            built_at=dt.datetime.now(dt.UTC),
            search=self._options.search,
            drafts=self._options.drafts,
            future=self._options.future,
        )
        return build_site(dataclasses.replace(config, base_url=base_url), options)

    def _fail(self, problems: list[str]) -> None:
        for problem in problems:
            self._report(problem)
        self._hub.publish(dataclasses.replace(self._hub.state, problems=tuple(problems)))

    def find(self, path: str) -> Page | Moved:
        """Find the answer to a request; pages follow the builds."""
        folder = self._folder
        if not folder.folder.is_dir():
            page = Page(path=NOT_FOUND, content=_WAITING, status=HTTPStatus.SERVICE_UNAVAILABLE)
            return self._follow_builds(page)
        found = folder.find(path)
        return self._follow_builds(found) if isinstance(found, Page) else found

    def _follow_builds(self, page: Page) -> Page:
        """Put the script into a page that shows it afresh after a build."""
        if not page.path.endswith(".html"):
            return page
        build = f"{self._run}-{self._builds}"
        script = f'<script type="module" src="{SCRIPT_PATH}?build={build}"></script>'.encode()
        head, end, tail = page.content.rpartition(b"</body>")
        return dataclasses.replace(page, content=head + script + end + tail)

    def _describe(self) -> Folder:
        return Folder(
            folder=self._config.root / WORK_FOLDER / PREVIEW_FOLDER,
            base_path=Permalinks(self._config.base_url).base_path,
        )

    def _address(self) -> str:
        bind = self._options.bind
        host = "localhost" if bind in _EVERYWHERE else f"[{bind}]" if ":" in bind else bind
        return f"http://{host}:{self._options.port}"


def _restore_site(config: Config) -> None:
    """Bring back the published site, where a build was killed while it took its place."""
    try:
        with lock_builds(config.root):
            restore_output(find_place(config.output, config.root))
    except BuildRunningError:
        return  # and that build puts it right


@contextmanager
def _stopped_by_termination() -> Iterator[None]:
    """Let a polite kill end the preview as Ctrl+C does, also in the background of a script.

    There a shell has interrupts ignored, which Python then leaves as it is.
    """

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, interrupt) for number in _POLITE_ENDS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
