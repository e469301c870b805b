"""The generators: how each is given the newspaper, how it builds, where its pages are."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from content_files import write_eleventy, write_hugo, write_pelican, write_sitegen
from newspaper import Article, make_issues

HERE = Path(__file__).parent
PEERS = HERE / ".peers"  # what ./setup installs
PROCESSES = 2
_STYLES = HERE / "sites" / "site.css"


class MissingGeneratorError(Exception):
    """A generator is not installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A generator with its site.

    ``command`` gives what builds ``out/`` in the folder of the site. ``files`` is the folder of
    ``sites/`` to start from, ``styles`` where it wants the style sheet. ``content``, ``article``
    and ``issue`` are paths, to be filled in with an article; ``template`` is the file that an edit
    changes. ``caches`` are kept from build to build, with the options ``rebuild`` of the command.
    Only ``incremental`` generators are asked to build anew what is built already.
    """

    name: str
    command: Callable[[], tuple[str, ...]]
    rebuild: tuple[str, ...] = ()
    files: str
    styles: str | None
    write: Callable[[Path, tuple[Article, ...]], None]
    content: str
    article: str = "issues/{article.issue}/{article.slug}/index.html"
    issue: str = "issues/{article.issue}/index.html"
    template: str
    caches: tuple[str, ...] = ()
    incremental: bool = True

    def write_site(self, folder: Path, issues: int) -> None:
        """Write the site with so many issues into a new folder."""
        shutil.copytree(HERE / "sites" / self.files, folder)
        if self.styles:
            (folder / self.styles).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(_STYLES, folder / self.styles)
        for articles in make_issues(issues):
            self.write(folder, articles)


def _run_sitegen() -> tuple[str, ...]:
    """Give the sitegen of the environment variable SITEGEN, else that of this interpreter."""
    program, *options = shlex.split(os.environ.get("SITEGEN", f"{sys.executable} -m sitegen"))
    if "/" in program:  # it runs in another folder
        program = str(Path(program).absolute())
    return (program, *options, "build", "--no-search", "-d", "out", "--jobs", str(PROCESSES))


def _run_floor(*options: str) -> Callable[[], tuple[str, ...]]:
    return lambda: (
        sys.executable,
        str(HERE / "floor.py"),
        "--processes",
        str(PROCESSES),
        *options,
    )


def _run_hugo() -> tuple[str, ...]:
    # The program itself: what stands in bin/ would start a Python first.
    pattern = "venv/lib/python3*/site-packages/hugo/binaries/hugo"
    return (_find(pattern), "--destination", "out", "--noBuildLock", "--quiet")


def _run_pelican() -> tuple[str, ...]:
    return (_find("venv/bin/pelican"), "--quiet", "--settings", "pelicanconf.py")


def _run_eleventy() -> tuple[str, ...]:
    return ("node", _find("node_modules/@11ty/eleventy/cmd.cjs"), "--quiet")


def _find(pattern: str) -> str:
    found = next(PEERS.glob(pattern), None)
    if found is None:
        raise MissingGeneratorError(f"there is no {PEERS / pattern}; run {HERE / 'setup'}")
    return str(found)


_HUGO = Generator(
    name="hugo",
    command=_run_hugo,
    files="hugo",
    styles="static/css/site.css",
    write=write_hugo,
    content="content/issues/{article.issue}/{article.slug}.md",
    template="layouts/_partials/footer.html",
)
_FLOOR = Generator(
    name="floor",
    command=_run_floor(),
    files="floor",
    styles=None,
    write=write_sitegen,
    content="content/{article.issue}/{article.slug}.md",
    template="templates/footer.html",
    incremental=False,
)
_SITEGEN = Generator(
    name="sitegen",
    command=_run_sitegen,
    files="sitegen",
    styles="themes/plain/static/css/site.css",
    write=write_sitegen,
    content="content/{article.issue}/{article.slug}.md",
    article="{article.issue}/{article.section}/{article.slug}/index.html",
    issue="{article.issue}/index.html",
    template="themes/plain/templates/_partials/footer.html",
    caches=(".sitegen",),
)
_PELICAN = Generator(
    name="pelican",
    command=_run_pelican,
    rebuild=("-e", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"),
    files="pelican",
    styles="theme/static/css/site.css",
    write=write_pelican,
    content="content/{article.issue}/{article.slug}.md",
    template="theme/templates/base.html",
    caches=("cache",),
)
_ELEVENTY = Generator(
    name="eleventy",
    command=_run_eleventy,
    files="eleventy",
    styles="src/css/site.css",
    write=write_eleventy,
    content="src/issues/{article.issue}/{article.slug}.md",
    template="src/_includes/base.njk",
)

GENERATORS: Mapping[str, Generator] = {
    generator.name: generator
    for generator in (
        _HUGO,
        _FLOOR,
        replace(_FLOOR, name="floor-plain", command=_run_floor("--plain")),
        _SITEGEN,
        replace(
            _SITEGEN,
            name="sitegen-edition",
            files="edition",
            styles=None,
            template="overrides/templates/_partials/footer.html",
        ),
        _PELICAN,
        _ELEVENTY,
    )
}
