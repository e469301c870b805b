"""The clock of a command, which ``SOURCE_DATE_EPOCH`` may fix."""

from __future__ import annotations

import datetime as dt
import os
import re

from sitegen.errors import ConfigError

_VARIABLE = "SOURCE_DATE_EPOCH"
_SECONDS = re.compile("[0-9]{1,12}")  # 1710000000
_LAST = 253402214399  # 9999-12-30T23:59:59Z: no day of a time zone lies outside of the calendar


def find_fixed_time() -> dt.datetime | None:
    """Find the time that ``SOURCE_DATE_EPOCH`` gives, for builds that repeat; None without it.

    Raises ConfigError for what is no time; libraries that read the variable would fail on it.
    """
    value = os.environ.get(_VARIABLE)
    if value is None:
        return None
    if not _SECONDS.fullmatch(value) or int(value) > _LAST:
        hint = f"give whole seconds since 1970-01-01, {_LAST} at most, or unset it"
        raise ConfigError.at(_VARIABLE, f"{value!r} is no time", hint=hint)
    return dt.datetime.fromtimestamp(int(value), dt.UTC)
