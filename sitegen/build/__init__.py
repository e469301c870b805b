"""From content to a finished folder: read, render, index, verify, swap."""
