"""Take a flag out of the text of an article's file."""

from __future__ import annotations

import re

from sitegen.errors import ContentError
from sitegen.review.refusals import Code, RefusedError
from sitegen.review.yamltexts import find_list, remove_item
from sitegen.yamltext import MAX_CHARACTERS, YamlSyntaxError, compose_mapping

_FRONT_MATTER = re.compile(  # the fences, and what stands between them
    r"\A(\ufeff?---[ \t]*(?:\r\n?|\n))(.*?(?:\r\n?|\n))(?=---[ \t]*(?:[\r\n]|\Z))", re.DOTALL
)


def remove_flag(text: str, flag: str, *, path: str) -> str:
    """Take a flag out of ``review``; all else stays as it is.

    ``path`` names the file in messages. Raises RefusedError where the flag is not there,
    ContentError where the front matter cannot be read.
    """
    parts = _FRONT_MATTER.match(text)
    front = parts[2] if parts is not None else ""
    try:
        root = compose_mapping(front, path=path, first_line=2, max_characters=MAX_CHARACTERS)
    except YamlSyntaxError as error:
        raise ContentError([error.diagnostic]) from error
    found = find_list(root, "review")
    flags = [item.value for item in found[1].value] if found is not None else []
    if parts is None or found is None or flag not in flags:
        hint = "read the page again"
        raise RefusedError.because(Code.NOT_FLAGGED, path, f"is not flagged {flag!r}", hint)
    edited = remove_item(front, *found, flags.index(flag))
    return parts[1] + edited + text[parts.end() :]
