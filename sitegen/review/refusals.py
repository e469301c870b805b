"""Why the desk does not do what it was asked for."""

from __future__ import annotations

from sitegen.errors import SitegenError


class RefusedError(SitegenError):
    """A change that cannot stand; nothing was written."""

    exit_code = 1


class UnknownError(SitegenError):
    """A page text or an article that the site does not have."""

    exit_code = 1


class ChangedError(SitegenError):
    """What was to be changed is not as it was when it was read; nothing was written."""

    exit_code = 1
