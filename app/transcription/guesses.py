"""The guesses of a draft: `guesses.json` beside its `notice.json`; without any, the file need not be there."""

from pathlib import Path

from pydantic import TypeAdapter

from app.transcription.files import read_json
from app.transcription.findings import Findings
from app.transcription.layout.guesses import Guess, Guesses

GUESSES = "guesses.json"
_GUESSES = TypeAdapter(Guesses)


def read_guesses(path: Path, findings: Findings) -> list[Guess]:
    """Return the guesses of a file; none if it is not there, or, with findings, if it is invalid."""
    if not path.exists():
        return []
    read = read_json(path, _GUESSES, findings)
    return read.guesses if read else []
