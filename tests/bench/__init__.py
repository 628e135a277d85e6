"""Measurements: how fast the service answers beside other ways to answer the same, and how it grows."""
