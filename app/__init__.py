"""Rectification notices as open data."""

__version__ = "0.1.0"
