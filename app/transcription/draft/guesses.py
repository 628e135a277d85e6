"""The guesses of a draft: what was guessed of which record, how sure, by which rule, and the next choices."""

from collections.abc import Sequence
from datetime import date
from typing import Any


class Guesses:
    """Collects guesses; records are named as in the API: `statements/m14-3`."""

    def __init__(self) -> None:
        self.guesses: list[dict[str, Any]] = []

    def add(
        self, record: str, field: str, value: Any, confidence: float, rule: str, alternatives: Sequence[Any] = ()
    ) -> Any:
        """Add a guess and return its value as JSON."""
        value = value.isoformat() if isinstance(value, date) else value
        guess = {"record": record, "field": field, "value": value, "confidence": round(confidence, 2), "rule": rule}
        if alternatives:
            guess["alternatives"] = list(alternatives)
        self.guesses.append(guess)
        return value
