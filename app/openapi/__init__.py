"""The OpenAPI document: its components, examples and descriptions."""
