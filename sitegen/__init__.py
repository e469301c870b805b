"""A static-site generator for the digital edition of a newspaper."""

from importlib.metadata import version

__version__ = version("sitegen")
