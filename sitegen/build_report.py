"""Say what a build did, in words and as values for programs."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.build.builder import BuildReport
from sitegen.content.shown import display_path
from sitegen.import_report import count

_SLOWEST = 3


def describe_build(report: BuildReport) -> Iterator[str]:
    """Say in a few lines what was built, how much of it anew, how long that took."""
    steps = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in report.seconds.items())
    yield (
        f"{report.output}: {count(report.articles, 'article')} in "
        f"{count(report.issues, 'issue')}, {count(report.documents, 'document')}, "
        f"{count(report.indexed, 'article')} searchable"
    )
    yield f"{len(report.rendered)} rendered, {report.reused} reused ({steps})"
    slowest = sorted(report.templates.items(), key=lambda item: -item[1].seconds)[:_SLOWEST]
    if slowest:
        shown = (f"{name} {time.seconds:.1f} s" for name, time in slowest)
        yield f"slowest templates: {', '.join(shown)}"
    if report.set_aside:
        first = display_path(report.set_aside[0])
        yield (
            f"{count(len(report.set_aside), 'file')} of the output set aside, as nothing tells who "
            f"wrote them: {first}{' and so on' if len(report.set_aside) > 1 else ''}"
        )
    if report.held_back:
        yield (
            f"{count(report.held_back, 'article')} held back: drafts, expired, or dated later "
            "(--drafts, --future)"
        )


def describe_templates(report: BuildReport) -> Iterator[str]:
    """Give a table of the templates that were rendered, the slowest first."""
    yield f"{'template':<24}{'documents':>10}{'seconds':>10}{'ms each':>10}"
    for name, time in sorted(report.templates.items(), key=lambda item: -item[1].seconds):
        each = 1000 * time.seconds / time.documents
        yield f"{name:<24}{time.documents:>10}{time.seconds:>10.2f}{each:>10.2f}"


def summarize_build(report: BuildReport) -> dict[str, object]:
    """Give the report as values of JSON."""
    return {
        "output": str(report.output),
        "articles": report.articles,
        "issues": report.issues,
        "documents": report.documents,
        "searchable": report.indexed,
        "held_back": report.held_back,
        "rendered": list(report.rendered),
        "reused": report.reused,
        "set_aside": [str(path) for path in report.set_aside],
        "seconds": dict(report.seconds),
        "templates": {
            name: {"documents": time.documents, "seconds": time.seconds}
            for name, time in report.templates.items()
        },
    }
