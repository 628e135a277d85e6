"""What the checker finds: each problem says in which file, where in it, and what is wrong."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    """One slip; `path` is a JSONPath, or a line of a file that is not JSON at all."""

    file: str
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.message}"


class Findings:
    """The problems of one file, gathered so that one run finds them all."""

    def __init__(self, file: Path | str) -> None:
        self.file = str(file)
        self.problems: list[Finding] = []

    def say(self, path: str, message: str) -> None:
        self.problems.append(Finding(self.file, path, message))

    def __bool__(self) -> bool:
        return bool(self.problems)


class InvalidSeed(Exception):
    """The transcription has problems, so nothing was built from it."""

    def __init__(self, problems: list[Finding]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
