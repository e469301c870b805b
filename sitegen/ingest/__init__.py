"""Cut the raw text of a printed page into articles; pure values, no files."""
