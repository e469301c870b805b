"""The variables of every template, found in the documents of rich samples, and their reference."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from render_samples import (
    CONFIG,
    ROOT,
    list_all,
    make_article,
    make_full_article,
    make_newspaper,
    make_photo_story,
)
from template_types import Kind, infer_kind, list_fields, write_kind

from sitegen.render.document import Document
from sitegen.render.theme import open_theme
from sitegen.render.words import COUNTS, PLACEHOLDERS

# The first has every template, in the order in which the reference has them.
_SAMPLES = (
    make_newspaper(),
    (make_full_article(), make_photo_story()),
    (make_article(body="", page=None),),
    (),
)


@functools.cache
def find_variables() -> Mapping[str, Mapping[str, Kind]]:
    """Find the variables of every template.

    Raises TypeError for one that some documents of a template are not given.
    """
    config = dataclasses.replace(CONFIG, articles_per_page=4)
    documents = (d for sample in _SAMPLES for d in list_all(sample, config=config))
    return merge_contexts(d for d in documents if isinstance(d, Document))


def merge_contexts(documents: Iterable[Document]) -> Mapping[str, Mapping[str, Kind]]:
    """Merge the contexts of documents into the variables of each template."""
    contexts = defaultdict(list)
    for document in documents:
        contexts[document.template].append(document.context)
    merged = {}
    for template, given in contexts.items():
        names = dict.fromkeys(name for context in given for name in context)
        for name in names:
            if not all(name in context for context in given):
                raise TypeError(f"{template}: {name} is not given in every document")
        merged[template] = {name: _infer(template, name, contexts) for name in names}
    return merged


def write_reference() -> str:
    """Write the reference: templates and their variables, the types, the words."""
    variables = find_variables()
    common = _find_common(variables)
    own = {
        template: {name: kind for name, kind in given.items() if name not in common}
        for template, given in variables.items()
    }
    kinds = [kind for given in (common, *own.values()) for kind in given.values()]
    return "\n".join(
        [
            "## The variables of every template",
            "",
            "Every template is given these, with what it includes and extends:",
            "",
            *_write_variables(common),
            *(line for template, given in own.items() for line in _write_template(template, given)),
            "",
            "## The types",
            *(line for what in _find_types(kinds) for line in _write_type(what)),
            "",
            "## The words that every theme has",
            "",
            "What stands in braces is filled in, and nothing else can be.",
            "",
            *_write_words(),
            "",
        ]
    )


def _infer(
    template: str, name: str, contexts: Mapping[str, Iterable[Mapping[str, object]]]
) -> Kind:
    """Infer what a variable holds; where it is always empty, other templates tell of what."""
    try:
        return infer_kind(context[name] for context in contexts[template])
    except TypeError:
        everywhere = [c[name] for given in contexts.values() for c in given if name in c]
    try:
        return infer_kind(everywhere)
    except TypeError as error:
        raise TypeError(f"{template}: {name}: {error}; add a sample that shows it") from error


def _find_common(variables: Mapping[str, Mapping[str, Kind]]) -> dict[str, Kind]:
    """Find the variables that all templates are given."""
    first, *others = variables.values()
    return {
        name: dataclasses.replace(
            kind, optional=kind.optional or any(given[name].optional for given in others)
        )
        for name, kind in first.items()
        if all(name in given and given[name].what is kind.what for given in others)
    }


def _find_types(kinds: Iterable[Kind]) -> dict[type, None]:
    """Find the types that have a section, each followed by those it leads to."""
    found: dict[type, None] = {}

    def follow(kind: Kind) -> None:
        if kind.of is not None:
            follow(kind.of)
        if kind.named and kind.what not in found:
            found[kind.what] = None
            if dataclasses.is_dataclass(kind.what):
                for field in list_fields(kind.what).values():
                    follow(field)

    for kind in kinds:
        follow(kind)
    names = [what.__name__ for what in found]
    if len(set(names)) < len(names):
        raise TypeError(f"two types of one name: {', '.join(sorted(names))}")
    return found


def _write_template(template: str, variables: Mapping[str, Kind]) -> Iterator[str]:
    yield from ("", f"### {template}", "")
    yield from _write_variables(variables) if variables else ["Nothing else."]


def _write_type(what: type) -> Iterator[str]:
    yield from ("", f"### {what.__name__}", "")
    yield from (inspect.getdoc(what) or "").replace("``", "`").splitlines()
    yield ""
    if dataclasses.is_dataclass(what):
        yield from _write_variables(list_fields(what))
    elif issubclass(what, Enum):
        yield "One of: " + ", ".join(f"`{member.value}`" for member in what) + "."


def _write_variables(variables: Mapping[str, Kind]) -> Iterator[str]:
    for name, kind in variables.items():
        yield f"- `{name}`: {write_kind(kind)}"


def _write_words() -> Iterator[str]:
    english = open_theme("broadsheet", site_root=ROOT).words("en")
    yield from ("| word | may be filled in with | broadsheet in English |", "|---|---|---|")
    for word, names in PLACEHOLDERS.items():
        filled = " ".join(f"`{{{name}}}`" for name in names)
        if word in COUNTS:
            filled = f"{COUNTS[word]} words with blanks between"
        yield f"| `{word}` | {filled} | {english[word]} |"
