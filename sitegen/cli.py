"""The command line: reads options, calls the layers below, prints, exits.

Every command imports what it needs when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sitegen.clock import find_fixed_time
from sitegen.errors import ConfigError, Diagnostic, OutputError, Severity, SitegenError
from sitegen.import_report import count, describe_import
from sitegen.urls import PAGE_LABEL_RULE, is_page_label

if TYPE_CHECKING:
    from sitegen.config import Config
    from sitegen.content.reading import PageFile

_Command = TypeVar("_Command", bound=Callable[..., Any])
_PATH = click.Path(path_type=Path)


class _Commands(click.Group):
    """Prints mistakes and refusals of the system without a traceback; they say the exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            _require_unicode_names()
            find_fixed_time()
            return super().invoke(ctx)
        except SitegenError as error:
            _print_problems(error.diagnostics)
            ctx.exit(error.exit_code)
        except OSError as error:
            if not isinstance(error.filename, str):  # no file of the user's
                raise
            from sitegen.content.shown import display_path

            refusal = OutputError.unreadable(display_path(Path(error.filename)), error)
            _print_problems(refusal.diagnostics)
            ctx.exit(refusal.exit_code)


class _Day(click.ParamType[dt.date]):
    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2024-03-04", param, ctx)


class _PageLabel(click.ParamType[str]):
    name = "label"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not is_page_label(str(value)):
            self.fail(f"{value!r} is no page label; {PAGE_LABEL_RULE}", param, ctx)
        return str(value)


def _site_option(command: _Command) -> _Command:
    return click.option(
        "-s", "--site", type=_PATH, default=Path(), help="The folder of site.yaml (default: here)."
    )(command)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sitegen", prog_name="sitegen")
def main() -> None:
    """Turn the raw text of newspaper pages into a digital edition.

    \b
    Exit codes: 0 fine, 1 problems in content, 2 usage or configuration,
    3 a file, a lock or a tool that failed.
    """  # noqa: D301 - \b keeps click from joining the lines


@main.command()
@click.argument("path", type=_PATH)
def new(path: Path) -> None:
    """Make a small working site in PATH, to start from."""
    from sitegen.starter import create_site

    create_site(path)
    click.echo(f"{path} is ready. Now:")
    click.echo(f"  cd {path}")
    click.echo("  sitegen import   # cuts the sample pages in seeds/ into content/")
    click.echo("  sitegen serve    # shows the site and follows your edits")
    click.echo("  sitegen build    # writes the site to public/")


@main.command(name="import")
@click.argument("paths", nargs=-1, type=_PATH)
@_site_option
@click.option("--content", type=_PATH, help="Write the articles here instead of the site's folder.")
@click.option("--issue", type=_Day(), help="The date of the issue, whatever else says it.")
@click.option("--page", type=_PageLabel(), help="The page label, where the page does not say it.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, write nothing.")
@click.option("--force", is_flag=True, help="Import edited and deleted articles again.")
@click.option(
    "--diff",
    is_flag=True,
    help="Import, and show what it would change in edited articles (with --dry-run: only look).",
)
@click.option("--jobs", type=click.IntRange(1), help="Pages cut at a time (default: one a core).")
@click.option("--report", type=_PATH, help="Write what was done as JSON to this file.")
def import_command(
    paths: tuple[Path, ...],
    site: Path,
    content: Path | None,
    report: Path | None,
    *,
    diff: bool,
    **options: Any,
) -> None:
    """Cut page texts into articles: PATHS, or all of the site's seeds.

    An article that an editor changed, moved, split, merged or deleted is left alone; --force
    imports it again and saves the edited text below .sitegen/replaced/ first.
    """
    from sitegen.config import read_config
    from sitegen.content.importer import ImportOptions, import_pages
    from sitegen.report_file import check_report_file, write_report

    config = read_config(site)
    if report is not None:
        check_report_file(report, config, folders=() if content is None else (content,))
    if content is not None:
        config = dataclasses.replace(config, content=content.resolve())
    differences = diff or report is not None
    result = import_pages(
        config, ImportOptions(paths=paths, differences=differences, **options), track=_track
    )
    for line in describe_import(
        result, dry_run=options["dry_run"], everything=bool(paths), diff=diff
    ):
        click.echo(line)
    if report is not None:
        write_report(report, dataclasses.asdict(result))
    _print_problems(result.problems)
    if any(problem.severity is Severity.ERROR for problem in result.problems):
        raise click.exceptions.Exit(1)


@main.command()
@_site_option
@click.option("-d", "--output", type=_PATH, help="Write the site here instead of public/.")
@click.option("--base-url", help="The address at which the site will be published.")
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@click.option("--drafts", is_flag=True, help="Publish drafts as well.")
@click.option("--future", is_flag=True, help="Publish what is scheduled for later as well.")
@click.option("--clean", is_flag=True, help="Write every file anew.")
@click.option("--strict", is_flag=True, help="Build nothing while content has errors or warnings.")
@click.option("--jobs", type=click.IntRange(1), help="Processes to use (default: one a core).")
@click.option(
    "--explain",
    metavar="PATH",
    help="Say why this build renders a document, by its address or file.",
)
@click.option("--template-metrics", is_flag=True, help="Show how long each template took.")
@click.option("--report", type=_PATH, help="Write what was done as JSON to this file.")
def build(
    site: Path, output: Path | None, base_url: str | None, *, strict: bool, **options: Any
) -> None:
    """Build the site, with its search index; the old one stays until the new one is whole."""
    from sitegen.build.builder import BuildOptions, build_site
    from sitegen.build_report import describe_build, describe_templates, summarize_build
    from sitegen.config import read_config
    from sitegen.report_file import check_report_file, write_report

    config = _with_base_url(read_config(site), base_url)
    if options["report"] is not None:
        check_report_file(options["report"], config, folders=() if output is None else (output,))
    if strict:
        _require_no_problems(config)
    chosen = BuildOptions(
        output=output or config.output,
        built_at=find_fixed_time() or dt.datetime.now(dt.UTC),
        search=not options["no_search"],
        drafts=options["drafts"],
        future=options["future"],
        clean=options["clean"],
        explain=options["explain"],
    )
    if options["jobs"] is not None:
        chosen = dataclasses.replace(chosen, jobs=options["jobs"])
    with _show_progress() as progress:
        report = build_site(config, dataclasses.replace(chosen, progress=progress))
    for line in (*report.explanation, *describe_build(report)):
        click.echo(line)
    if options["template_metrics"]:
        for line in describe_templates(report):
            click.echo(line)
    if options["report"] is not None:
        write_report(options["report"], summarize_build(report))


@main.command()
@_site_option
@click.option("--bind", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@click.option("--poll", is_flag=True, help="Look for changes by polling, as on network drives.")
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@click.option("--import", "import_pages", is_flag=True, help="Import page texts that change.")
@click.option("--navigate", is_flag=True, help="Lead open pages to the article that changed.")
def serve(site: Path, *, no_search: bool, **options: Any) -> None:
    """Preview the site, drafts included, and follow every edit."""
    from sitegen.config import read_config
    from sitegen.serve.preview import ServeOptions, serve_site

    serve_site(read_config(site), ServeOptions(search=not no_search, **options), report=click.echo)


@main.command()
@_site_option
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
@click.option("--issue", type=_Day(), help="Leave out the warnings of all other issues.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text",
    show_default=True,
)  # fmt: skip
def check(site: Path, issue: dt.date | None, form: str, *, strict: bool) -> None:
    """Check an edition: articles, pages, issues, and the site that was built of them."""
    from sitegen.check.edition import check_edition
    from sitegen.check.report import ReportForm, find_repository, render_diagnostics
    from sitegen.config import read_config

    config = read_config(site)
    found = check_edition(config, issue=issue)
    if not config.output.is_dir():
        click.echo("the site is not built, so its pages were not checked", err=True)
    current = Path.cwd()
    text = render_diagnostics(
        found, ReportForm(form), current=current, repository=find_repository(current)
    )
    if text:
        click.echo(text)
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    warnings = len(found) - errors
    click.echo(f"{count(errors, 'error')}, {count(warnings, 'warning')}", err=True)
    if errors or (strict and found):
        raise click.exceptions.Exit(1)


def _with_base_url(config: Config, base_url: str | None) -> Config:
    from sitegen.config import parse_base_url

    if base_url is None:
        return config
    try:
        return dataclasses.replace(config, base_url=parse_base_url(base_url))
    except ValueError as error:
        hint = "write https://news.example/"
        raise ConfigError.at("--base-url", str(error), hint=hint) from error


def _require_unicode_names() -> None:
    """Refuse a locale in which most files of a newspaper have no name."""
    encoding = sys.getfilesystemencoding()
    if encoding.replace("-", "") != "utf8":
        message = f"cannot name every file: its encoding is {encoding}"
        raise ConfigError.at("locale", message, hint="set LC_ALL=C.UTF-8, or PYTHONUTF8=1")


def _require_no_problems(config: Config) -> None:
    from sitegen.check.content import check_content
    from sitegen.errors import ContentError

    found = check_content(config)
    if found:
        raise ContentError(found)


def _track(files: Sequence[PageFile]) -> Iterable[PageFile]:
    """Show a progress bar on a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    quiet = not console.is_terminal or "CI" in os.environ
    return track(files, "Importing", console=console, disable=quiet, transient=True)


@contextmanager
def _show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each step of a build on a terminal."""
    if not sys.stderr.isatty() or "CI" in os.environ:
        yield lambda _step, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    console = Console(stderr=True)
    # No thread may run when the processes of a build are started.
    with Progress(console=console, transient=True, auto_refresh=False) as bars:
        known: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in known:
                known[step] = bars.add_task(step.capitalize(), total=total)
            bars.update(known[step], completed=done, total=total, refresh=True)

        yield show


def _print_problems(problems: Iterable[Diagnostic]) -> None:
    for problem in problems:
        click.echo(problem, err=True)
