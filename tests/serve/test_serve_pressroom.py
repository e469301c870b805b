"""The whole build behind the preview, in its own process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from serve_samples import write_site

_BUILD = """
import datetime as dt
import multiprocessing
from pathlib import Path
from sitegen.build.builder import BuildOptions
from sitegen.config import read_config
from sitegen.serve.pressroom import _build, _Job

receiver, sender = multiprocessing.Pipe(duplex=False)
receiver.close()
output = Path("made").resolve()
built_at = dt.datetime(2024, 3, 11, tzinfo=dt.UTC)
options = BuildOptions(output=output, built_at=built_at, search=False)
_build(sender, _Job(config=read_config(Path()), options=options))
"""


def test_build_that_outlives_a_killed_preview_ends_without_a_word(
    tmp_path: Path,
) -> None:
    write_site(tmp_path)
    script = [sys.executable, "-c", _BUILD]
    done = subprocess.run(script, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "made/index.html").exists()
