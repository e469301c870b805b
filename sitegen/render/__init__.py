"""Turn a site into documents: pages, feeds and the theme that dresses them."""
