"""The Model Context Protocol: a few read-only tools over the API, and the source texts as resources."""
