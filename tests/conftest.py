"""What several kinds of tests need: a real browser, the five real pages, the sample site."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from sample_site import BASE_PATH, Sample, build_sample, list_themes
from served_site import serve

REPOSITORY = Path(__file__).parent.parent
# hostile/test_hostile_cases.py, serve/test_serve_hostile.py; the list of those elsewhere is no case
_HOSTILE = re.compile(r"/test_(?:\w+_)?hostile(?!_elsewhere)")
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
_CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--refresh", dest="refresh", action="store_true", help="write the golden files anew"
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count the hostile cases and the faults that were injected, of those that ended well."""
    cases = faults = 0
    for report in terminalreporter.stats.get("passed", ()):
        cases += bool(_HOSTILE.search(report.nodeid))
        faults += sum(value for name, value in report.user_properties if name == "faults")
    if cases or faults:
        terminalreporter.write_line(f"{cases} hostile cases withstood, {faults} faults injected")


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Give what launches a Chromium, with further flags."""
    path = next(filter(None, map(shutil.which, _CHROMIUM_NAMES)), None)
    assert path is not None, "no Chromium: run tests/install-chromium"
    # All cores are busy with other tests: what a reader has at once may take its time here.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        yield lambda *flags: playwright.chromium.launch(
            executable_path=path, args=[*_CHROMIUM_FLAGS, *flags]
        )


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    chromium = launch()
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def edition(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import and build the five pages with the command line; the site's folder."""
    site = tmp_path_factory.mktemp("edition")
    shutil.copytree(repository / "seeds", site / "seeds")
    shutil.copy(repository / "site.yaml", site)
    for command in ("import", "build"):
        subprocess.run([sys.executable, "-m", "sitegen", command, "-s", str(site)], check=True)
    return site


@pytest.fixture(scope="session", params=list_themes())
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sample]:
    """Build and serve the sample site, once with every theme."""
    public = build_sample(tmp_path_factory.mktemp("sample"), theme=request.param)
    with serve(public, base_path=BASE_PATH) as address:
        yield Sample(theme=request.param, public=public, address=address)
