"""What is wrong with an edition: its articles, its pages, the site that was built."""
