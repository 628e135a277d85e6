"""Measurements: how fast the service answers beside a bare function and a tutorial's app, and how it grows."""
