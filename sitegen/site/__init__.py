"""Articles arranged into a newspaper: issues, pages, sections, stories, indexes."""
