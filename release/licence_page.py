"""docs/licences.md: the licence of every locked dependency.

    python release/licence_page.py

Run by 'make licences', after 'make lock'. What is installed tells the licences: of a package that
is locked in several versions, the one that is installed here speaks for all.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import Distribution

from licences import Rules, list_installed, read_rules, resolve_licence
from locks import DEVELOPMENT, REPOSITORY, RUNTIME, Pin, read_lock
from parts import is_compiled, list_parts

from sitegen.errors import SitegenError

PAGE = REPOSITORY / "docs/licences.md"
PARTS = "## Parts within the wheels"
_HEAD = """\
# Licences of what sitegen is made with

Written by `make licences` from the metadata of the locked packages; `release/licences.toml` says
what is allowed, and what the metadata leave unsaid. A locked package that is missing here, or whose
licence is not allowed, fails the tests.
"""
_PARTS_HEAD = f"""
{PARTS}

What the bills of materials and the notices of the wheels name, on Linux. Licences joined by AND
hold together; of those joined by OR one may be chosen.
"""
_UNTOLD_HEAD = """
## Compiled code whose wheel names no parts

Its licence is that of the package, above; only its source tells what else was linked in. Pagefind
is the largest: one program, made of Rust crates.
"""


def write_page(
    runtime: Sequence[Pin],
    development: Sequence[Pin],
    *,
    installed: Mapping[str, Distribution],
    rules: Rules,
) -> str:
    """Write the whole page."""
    names = {pin.name for pin in runtime}
    only_development = [pin for pin in development if pin.name not in names]
    here = {name: installed[name] for name in sorted(names) if name in installed}
    lines = [
        *_write_table("What an installation has", runtime, installed, rules),
        *_write_table("What only developers have", only_development, installed, rules),
    ]
    return "".join((_HEAD, *lines, *_write_parts(here, rules)))


def _write_table(
    title: str, pins: Iterable[Pin], installed: Mapping[str, Distribution], rules: Rules
) -> Iterator[str]:
    versions: dict[str, list[str]] = defaultdict(list)
    for pin in pins:
        versions[pin.name].append(pin.version)
    yield f"\n## {title}\n\n| package | version | licence |\n|---|---|---|\n"
    for name, locked in sorted(versions.items()):
        licence = resolve_licence(name, installed, rules)
        yield f"| {name} | {', '.join(locked)} | {licence} |\n"


def _write_parts(installed: Mapping[str, Distribution], rules: Rules) -> Iterator[str]:
    parts = {name: list_parts(found, rules) for name, found in installed.items()}
    yield _PARTS_HEAD
    for name, held in parts.items():
        by_licence: dict[str, set[str]] = defaultdict(set)
        for part in held:
            by_licence[part.licence].add(part.name)
        if by_licence:
            yield f"\n**{name}**\n\n"
        for licence, named in sorted(by_licence.items()):
            yield f"- {licence}: {', '.join(sorted(named, key=str.lower))}\n"
    untold = [name for name, found in installed.items() if is_compiled(found) and not parts[name]]
    yield f"{_UNTOLD_HEAD}\n{', '.join(untold)}\n"


def main() -> None:
    """Write the page, or say what stands against it."""
    try:
        page = write_page(
            read_lock(RUNTIME),
            read_lock(DEVELOPMENT),
            installed=list_installed(),
            rules=read_rules(),
        )
    except SitegenError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    PAGE.write_text(page, "utf-8")
    sys.stdout.write(f"{PAGE.relative_to(REPOSITORY)} is written; read its diff\n")


if __name__ == "__main__":
    main()
