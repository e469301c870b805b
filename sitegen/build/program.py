"""Name the program by its code, so that nothing made by another one is taken for its own."""

from __future__ import annotations

import hashlib
import sys
import sysconfig
from pathlib import Path

import sitegen


def fingerprint_program() -> bytes:
    """Fingerprint sitegen, the Python that runs it and the versions of what it builds on.

    By the code rather than the version, which stays while sitegen is worked on.
    """
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    package = Path(sitegen.__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    # jinja2-3.1.6.dist-info: the names of installed packages say their versions.
    for folder in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        digest.update(folder.name.encode() + b"\0")
    return digest.digest()
