"""The review desk in the browser: pages, their flags and the decisions about them."""
