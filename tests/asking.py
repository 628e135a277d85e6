"""The former name of `paging`, for tests that still import it."""

from paging import Record, everything, values

__all__ = ["Record", "everything", "values"]
