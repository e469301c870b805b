"""The content contract: articles as Markdown files that editors change by hand."""
