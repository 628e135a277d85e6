"""Slips: what in a page's address can't be used, told in the page's own language, without losing the rest."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.pages.client import Parameters

_MOST_ALLOWED = 12


class Slip(NamedTuple):
    """One parameter that was left out."""

    name: str
    message: str
    allowed: list[str]
    more: int
    suggestion: str | None


class Slips:
    """What is told so far, each parameter once."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        self._told: dict[str, Slip] = {}

    @property
    def told(self) -> list[Slip]:
        return list(self._told.values())

    def without(self, parameters: Parameters, errors: list[dict[str, Any]]) -> list[tuple[str, Any]]:
        """The parameters that are left; those of the API's errors are remembered to be told."""
        for error in errors:
            values = [str(value) for name, value in parameters if name == error["name"]]
            self._told.setdefault(error["name"], self._slip(error, values))
        refused = {error["name"] for error in errors}
        return [(name, value) for name, value in parameters if name not in refused]

    def _slip(self, error: dict[str, Any], values: list[str]) -> Slip:
        allowed = error["allowed"] or []
        kind = "repeated" if len(values) > 1 and not allowed else "value" if allowed else error["name"]
        message = self._words.get(f"slip_{kind}", self._words["slip_value"])
        said = self._words["list_mark"].join(values) if len(values) < 5 else "…"
        told = message.format(name=error["name"], values=said)
        return Slip(error["name"], told, allowed[:_MOST_ALLOWED], len(allowed[_MOST_ALLOWED:]), error["suggestion"])
