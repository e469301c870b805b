"""The preview: compose, show, watch, and compose again; the whole build follows behind."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import signal
import threading
import time
import traceback
import webbrowser
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from sitegen.build.builder import BuildOptions
from sitegen.build.output import (
    PREVIEW_FOLDER,
    WORK_FOLDER,
    BuildRunningError,
    find_place,
    lock_builds,
    restore_output,
)
from sitegen.config import Config, read_config
from sitegen.content.shown import display_path
from sitegen.errors import SitegenError
from sitegen.render.theme_layers import find_layers
from sitegen.serve.changes import Changes
from sitegen.serve.composing import Composer
from sitegen.serve.desk.app import DeskApp
from sitegen.serve.display import Display
from sitegen.serve.following import FollowingApp
from sitegen.serve.intake import SeedIntake
from sitegen.serve.notices import NoticeBoard
from sitegen.serve.pressroom import Outcome, Pressroom
from sitegen.serve.problems import Problems
from sitegen.serve.server import open_server
from sitegen.serve.watch import Watch
from sitegen.urls import Permalinks

_POLITE_ENDS = (signal.SIGINT, signal.SIGTERM)
_POLL_SECONDS = 0.05
_BUSY_SECONDS = 0.5  # until an import is tried again, where another is running
_LOOK_SECONDS = 10.0  # between looks for changes of which no event told
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - only compared with


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How to preview: where to listen, and what to show that is not published yet.

    ``import_pages`` imports the page texts that change, ``navigate`` leads open pages to the
    article that changed.
    """

    bind: str = "127.0.0.1"
    port: int = 8000
    open_browser: bool = False
    poll: bool = False
    search: bool = True
    drafts: bool = True
    future: bool = True
    import_pages: bool = False
    navigate: bool = False


def serve_site(config: Config, options: ServeOptions, *, report: Callable[[str], None]) -> None:
    """Preview a site until it is interrupted or terminated.

    Problems go to ``report`` and to the open pages, which keep what they showed last. Raises
    OutputError where the port is taken.
    """
    _restore_site(config)
    preview = Preview(config, options, report=report)
    try:
        with _stopped_by_termination(), preview.watch() as watch, preview.serve() as address:
            report(f"serving {address} (Ctrl+C stops)")
            if options.open_browser:
                webbrowser.open(address)
            preview.follow_changes(watch)
    except KeyboardInterrupt:
        report("stopped")


class Preview:
    """A site that is composed again whenever it changes, and what its server shows meanwhile."""

    def __init__(
        self, config: Config, options: ServeOptions, *, report: Callable[[str], None]
    ) -> None:
        self._config = config
        self._options = options
        self._report = report
        self._changes = Changes()
        self._composer = Composer(drafts=options.drafts, future=options.future)
        self._problems = Problems(report)
        self._display = Display(config.root / WORK_FOLDER / PREVIEW_FOLDER, report=report)
        self._board = NoticeBoard(self._display, self._problems)
        self._intake = SeedIntake(
            config, self._problems, imports=options.import_pages, report=report
        )
        self._pressroom = Pressroom(self._deliver)
        self._unread: frozenset[Path] | None = None  # changed, and not composed yet; None for any

    @contextmanager
    def watch(self) -> Iterator[Watch]:
        """Notice edits from now on, so that none is missed while the site is composed."""
        with Watch(self._changes, poll=self._options.poll, report=self._report) as watch:
            watch.follow(self._config, _list_theme_folders(self._config))
            yield watch

    @contextmanager
    def serve(self) -> Iterator[str]:
        """Answer requests, and compose the site; gives the address to open."""
        options = self._options
        desk = DeskApp(lambda: self._config, self._display, self._board.bell)
        apps = (FollowingApp(board=self._board), desk)
        with open_server(options.bind, options.port, self._display, apps=apps) as server:
            self._options = dataclasses.replace(options, port=server.port)
            thread = threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,))
            thread.start()
            try:
                self._follow(None)
                self._keep()
                self._report(f"review desk: {self._address()}{desk.prefix}")
                yield self._address() + Permalinks(self._config.base_url).base_path
            finally:
                self._pressroom.close()
                self._board.bell.close()
                server.shutdown()
                thread.join()

    def follow_changes(self, watch: Watch) -> None:
        """Compose after every change, until interrupted."""
        while True:
            watch.follow(self._config, _list_theme_folders(self._config))
            patience = _BUSY_SECONDS if self._intake.waits else _LOOK_SECONDS
            changed = self._changes.take(patience)
            if changed or self._intake.waits:
                self._follow(changed)
            elif self._composer.has_missed(self._config):
                self._follow(None)

    def _follow(self, changed: Collection[Path] | None) -> None:
        """Follow a change of some files, None for any."""
        self._pressroom.drop()
        if self._intake.follow(self._config, changed) or changed is None:
            self._unread = None
        elif self._unread is not None:
            self._unread |= frozenset(changed)
        if self._compose():
            self._order()
            if changed and self._options.navigate:
                self._navigate(changed)
        self._board.bell.ring()
        self._intake.remind(self._config)

    def _compose(self) -> bool:
        """Compose once; where that fails the last site stays, and everybody is told why.

        What has changed is not read before all of it was: another step may have failed first.
        """
        start = time.perf_counter()
        problems: tuple[str, ...] = ()
        try:
            self._config = read_config(Path(display_path(self._config.root)))
            galley = self._composer.compose(self._local(self._config), self._unread)
        except SitegenError as error:
            problems = tuple(map(str, error.diagnostics))
        except Exception:  # noqa: BLE001 - a bug of ours must not end an editor's session
            problems = ("sitegen failed; please report this:", *traceback.format_exc().split("\n"))
        else:
            self._display.show(galley)
            self._problems.forgive("build", self._unread or ())
            self._unread = frozenset()
            self._report(f"composed in {time.perf_counter() - start:.2f} s")
        if problems:
            self._display.stay()
        self._problems.tell("compose", problems)
        return not problems

    def _keep(self) -> None:
        """Spare the first whole build to read all articles again."""
        with suppress(BuildRunningError), lock_builds(self._config.root):
            self._composer.keep()
        gc.collect()
        gc.freeze()  # an archive in memory need not be looked through for what can go

    def _order(self) -> None:
        """Order the whole build of what is shown."""
        options = BuildOptions(
            output=self._config.root / WORK_FOLDER / PREVIEW_FOLDER,
            built_at=dt.datetime.now(dt.UTC),
            search=self._options.search,
            drafts=self._options.drafts,
            future=self._options.future,
        )
        self._pressroom.order(self._local(self._config), options)

    def _deliver(self, outcome: Outcome) -> None:
        """Tell how a whole build ended."""
        self._problems.tell("build", outcome.problems)
        if not outcome.problems:
            documents = f"{outcome.rendered} of {outcome.documents} documents"
            self._report(f"rendered {documents} in {outcome.seconds:.1f} s")
        self._board.bell.ring()

    def _navigate(self, changed: Collection[Path]) -> None:
        """Lead the open pages to the first of the articles that were changed."""
        galley, content = self._display.galley, self._config.content
        below = (path for path in changed if content in path.parents)
        ids = (path.relative_to(content).with_suffix("").as_posix() for path in sorted(below))
        links = [link for i in ids if galley and (link := galley.find_address(i))]
        if links:
            self._display.journeys.lead(links[0])

    def _local(self, config: Config) -> Config:
        """Give the settings for this machine: links lead to the preview."""
        base_url = self._address() + Permalinks(config.base_url).base_path
        return dataclasses.replace(config, base_url=base_url)

    def _address(self) -> str:
        bind = self._options.bind
        host = "localhost" if bind in _EVERYWHERE else f"[{bind}]" if ":" in bind else bind
        return f"http://{host}:{self._options.port}"


def _list_theme_folders(config: Config) -> tuple[Path, ...]:
    """List the folders of the theme, which may lie outside of the site; none if it is not found."""
    try:
        layers = find_layers(config.theme, site_root=config.root)
    except SitegenError:
        return ()
    return tuple(layer.folder for layer in layers)


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
