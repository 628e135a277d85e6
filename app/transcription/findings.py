"""Findings of the checks: each names the file, the place in the file and what is wrong there."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    """One error in a file of the seed.

    `path` is a JSONPath such as `$.metrics[3].value`, or a line or byte where the file can't be parsed.
    """

    file: str
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.message}"


class Findings(list[Finding]):
    """The findings of one file, collected so that a single run reports all of them."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = str(file)

    def add(self, path: str, message: str) -> None:
        """Add a finding of this file."""
        self.append(Finding(self.file, path, message))


class InvalidSeed(Exception):
    """The checks found errors, so that nothing may be built from the seed."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(map(str, self.findings)))
