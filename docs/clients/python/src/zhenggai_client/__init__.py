"""A typed client of Zhenggai: rectification notices as open data."""

from zhenggai_client import models
from zhenggai_client.errors import ProblemError
from zhenggai_client.operations import AsyncClient, Client

__all__ = ["AsyncClient", "Client", "ProblemError", "models"]
