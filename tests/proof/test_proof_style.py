"""The style sheet as it is served."""

from __future__ import annotations

import re

from sample_site import Sample


def test_every_token_that_is_used_is_defined(sample: Sample) -> None:
    (sheet,) = sample.public.glob("assets/site.*.css")
    css = sheet.read_text("utf-8")
    used = set(re.findall(r"var\((--[\w-]+)", css))
    defined = set(re.findall(r"(--[\w-]+)\s*:", css))

    assert len(used) > 20
    assert used - defined == set()
