"""The layout of the seed's JSON files as strict pydantic models, one module per file."""
