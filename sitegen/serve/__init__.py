"""The preview: a local server that builds again when a file changes."""
