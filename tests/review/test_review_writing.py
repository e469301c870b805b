from __future__ import annotations

from pathlib import Path

import pytest
from review_samples import make_site, settings_of

from sitegen.review.memory import Memory
from sitegen.review.opened import open_page
from sitegen.review.refusals import ChangedError
from sitegen.review.writing import check_unchanged


@pytest.mark.parametrize("name", ["seeds/pages.yaml", "content/2026-05-08/2-02.md"])
def test_what_an_editor_saves_while_a_page_is_cut_is_not_written_over(
    tmp_path: Path, name: str
) -> None:
    config = make_site(tmp_path)
    opened, settings = open_page(config, "a.txt", Memory(config.content)), settings_of(config)
    check_unchanged(opened, settings)
    (tmp_path / name).write_text("saved", "utf-8")
    with pytest.raises(ChangedError, match="was saved at this moment"):
        check_unchanged(opened, settings)
