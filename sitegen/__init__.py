"""A static-site generator for the digital edition of a newspaper."""
