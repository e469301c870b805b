"""Make the pictures of docs/: one of each kind of page and theme, some narrow, some dark; the desk.

Run by 'make screenshots' in the repository; the articles are those of content/.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import shutil
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from sitegen.build.builder import BuildOptions, build_site
from sitegen.config import read_config
from sitegen.serve.bell import Bell
from sitegen.serve.desk.app import DeskApp
from sitegen.serve.display import Display
from sitegen.serve.server import open_server
from sitegen.serve.source import Folder

REPOSITORY = Path(__file__).parents[2]
PICTURES = Path(__file__).parent
BUILT_AT = dt.datetime(2024, 1, 15, tzinfo=dt.UTC)
MOST_BYTES = 1_000_000
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture to take: of which page, in a window of which size; ``shown`` is its width."""

    name: str
    path: str
    size: tuple[int, int] = (1280, 900)
    shown: int = 640
    scheme: Literal["light", "dark"] = "light"


_PHONE = (390, 844)
SHOTS = (
    Shot(name="home", path=""),
    Shot(name="issue", path="2023-11-30/"),
    Shot(name="issue-section", path="2023-11-30/local/"),
    Shot(name="page", path="2023-11-30/pages/2/"),
    Shot(name="article", path="2023-11-30/local/2-08/"),
    Shot(name="feature", path="2023-12-31/feature/0-01/"),
    Shot(name="section", path="sections/local/"),
    Shot(name="archive", path="archive/2023/"),
    Shot(name="authors", path="authors/"),
    Shot(name="place", path="places/庄浪/"),
    Shot(name="search", path="search/?q=委员工作室"),
    Shot(name="not-found", path="404.html"),
    Shot(name="article-dark", path="2023-11-30/local/2-08/", scheme="dark"),
    Shot(name="home-narrow", path="", size=_PHONE, shown=260),
    Shot(name="article-narrow", path="2023-11-30/local/2-08/", size=_PHONE, shown=260),
    Shot(
        name="search-narrow-dark",
        path="search/?q=委员工作室",
        size=_PHONE,
        shown=260,
        scheme="dark",
    ),
)
_DESK = "_review/"
DESK_SHOTS = (
    Shot(name="desk", path=f"{_DESK}?file=000_173ba6f4d9020420.txt", size=(1440, 900), shown=960),
)


def main() -> None:
    """Take all pictures anew."""
    for path in PICTURES.glob("*.webp"):
        path.unlink()
    themes = sorted(path.parent.name for path in REPOSITORY.glob("themes/*/theme.yaml"))
    chromium = next(filter(None, map(shutil.which, _CHROMIUM_NAMES)))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for theme in themes:
            public = _build(Path(folder) / theme, theme)
            for name, picture in _take_pictures(browser, public):
                (PICTURES / f"{theme}-{name}.webp").write_bytes(picture)
        for name, picture in _take_desk(browser, Path(folder) / themes[0]):
            (PICTURES / f"{name}.webp").write_bytes(picture)
        browser.close()
    weight = sum(path.stat().st_size for path in PICTURES.glob("*.webp"))
    print(f"{len(list(PICTURES.glob('*.webp')))} pictures, {weight // 1000} kB")
    if weight > MOST_BYTES:
        print(f"That is more than {MOST_BYTES // 1000} kB: take fewer, or smaller ones.")


def _build(folder: Path, theme: str) -> Path:
    """Build the repository's articles with a theme, in a folder that is thrown away."""
    folder.mkdir()
    shutil.copy(REPOSITORY / "site.yaml", folder)
    for name in ("content", "seeds"):
        shutil.copytree(REPOSITORY / name, folder / name)
    config = dataclasses.replace(read_config(folder), theme=theme, base_url="https://a.example/")
    build_site(config, BuildOptions(output=config.output, built_at=BUILT_AT))
    return config.output


def _take_pictures(browser: Browser, public: Path) -> Iterator[tuple[str, bytes]]:
    """Take all pictures of a site."""
    server = open_server("127.0.0.1", 0, Folder(folder=public))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for shot in SHOTS:
        yield shot.name, _take(browser, f"http://127.0.0.1:{server.port}/", shot)
    server.shutdown()
    server.server_close()


def _take_desk(browser: Browser, site: Path) -> Iterator[tuple[str, bytes]]:
    """Take the review desk of a site that was built."""
    config, bell = read_config(site), Bell()
    display = Display(config.output, report=print)
    app = DeskApp(lambda: config, display, bell)
    server = open_server("127.0.0.1", 0, display, apps=(app,))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for shot in DESK_SHOTS:
        yield shot.name, _take(browser, f"http://127.0.0.1:{server.port}/", shot)
    bell.close()
    server.shutdown()
    server.server_close()


def _take(browser: Browser, address: str, shot: Shot) -> bytes:
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=shot.scheme, locale="zh-CN"
    )
    page = context.new_page()
    response = page.goto(address + quote(shot.path, safe="/?=&"))
    if response is None or not response.ok:
        raise SystemExit(f"{shot.name}: there is no {shot.path}")
    if "?q=" in shot.path:
        page.locator("[data-search-status][data-state=done]").wait_for()
    if shot.path.startswith(_DESK):
        page.locator(".card").first.wait_for()
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    small = picture.resize((shot.shown, shot.shown * height // width), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "WEBP", quality=72, method=6)
    return written.getvalue()


if __name__ == "__main__":
    main()
