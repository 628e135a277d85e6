"""The folder of a draft: read from a file, written whole or not at all, never over anything."""

import json
import os
import re
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.transcription.canonical import canonical_text
from app.transcription.draft.decoding import decode
from app.transcription.draft.drafting import Draft, draft_notice
from app.transcription.draft.errors import DraftError
from app.transcription.draft.lexicons import read_lexicons
from app.transcription.draft.measures import compare, table
from app.transcription.files import read_json
from app.transcription.findings import Findings, InvalidSeed
from app.transcription.layout.notice import Transcription
from app.transcription.layout.vocabulary import Code, Vocabulary

NOTICE, SOURCE, GUESSES = "notice.json", "notice.txt", "guesses.json"
_COUNTED = ("sections", "issues", "statements", "metrics", "numerals", "contact", "documents", "organizations")
_DOUBTFUL = 0.6
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_VOCABULARIES, _SLUGS = TypeAdapter(dict[Code, Vocabulary]), TypeAdapter(list[str])
_NOTICE = TypeAdapter(Transcription)


def write_draft(seed: Path, file: Path, slug: str, url: str | None) -> tuple[Path, Draft]:
    """Draft the notice in a file and write `seed/<slug>/`; return the folder and the draft.

    Raise `DraftError` if there is such a folder, or if the file can't be used; `InvalidSeed` if lexicons or
    vocabularies can't be read. Nothing is written then.
    """
    folder = seed / slug
    if not _SLUG.fullmatch(slug):
        raise DraftError(f"the slug {slug!r} must be small letters and digits joined by hyphens, as in linjiang-2025")
    if os.path.lexists(folder):
        raise DraftError(f"{folder} is there already, and is left as it is: choose another slug, or move it away")
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise DraftError(f"{file} can't be read: {error.strerror}") from error
    try:
        text, remarks = decode(raw)
    except DraftError as error:
        raise DraftError(f"{file}: {error}") from error
    draft = draft_notice(text, slug, url, read_lexicons(seed), read_vocabularies(seed))
    _write(folder, {SOURCE: text, NOTICE: _canonical(draft.notice), GUESSES: _json({"guesses": draft.guesses})})
    return folder, Draft(draft.notice, draft.guesses, [*remarks, *draft.remarks])


def summary(folder: Path, draft: Draft) -> str:
    """Return what was drafted, how much of it is doubtful, and what could not be placed."""
    counts = ", ".join(f"{len(draft.notice[name])} {name}" for name in _COUNTED)
    doubtful = sum(guess["confidence"] < _DOUBTFUL for guess in draft.guesses)
    lines = [
        f"{folder}: {counts}",
        f"{len(draft.guesses)} guesses to be looked at, {doubtful} of them with a confidence below {_DOUBTFUL}",
        *draft.remarks,
    ]
    return "\n".join(lines)


def read_vocabularies(seed: Path) -> dict[str, Vocabulary]:
    """Read the vocabularies of a seed folder."""
    findings = Findings(seed / "vocabularies.json")
    vocabularies = read_json(seed / "vocabularies.json", _VOCABULARIES, findings)
    if vocabularies is None:
        raise InvalidSeed(findings)
    return vocabularies


def measure(seed: Path) -> str:
    """Draft every transcribed notice from its bare text; return a table for each of how near the draft comes."""
    findings = Findings(seed / "notices.json")
    slugs = read_json(seed / "notices.json", _SLUGS, findings)
    if slugs is None:
        raise InvalidSeed(findings)
    lexicons, vocabularies = read_lexicons(seed), read_vocabularies(seed)
    parts = []
    for slug in slugs:
        text = (seed / slug / SOURCE).read_text(encoding="utf-8")
        decided = json.loads((seed / slug / NOTICE).read_bytes())
        draft = draft_notice(text, slug, None, lexicons, vocabularies)
        parts.append(f"{slug}\n\n{table(compare(draft.notice, draft.guesses, decided, text))}")
    return "\n\n".join(parts)


def _canonical(notice: dict[str, Any]) -> str:
    """Return a draft in its canonical form; as it is, if it has not the layout, so that a person can mend it."""
    try:
        return canonical_text(_NOTICE.validate_python(json.loads(_json(notice), parse_float=Decimal)))
    except ValidationError:
        return _json(notice)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write the files into a new folder, which appears with all of them."""
    # One level deeper than a notice's folder, so that nobody takes what is not complete for a draft.
    waiting = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".draft-"))
    try:
        made = waiting / folder.name
        made.mkdir()
        for name, content in files.items():
            (made / name).write_text(content, encoding="utf-8", newline="\n")
        os.rename(made, folder)
    except OSError as error:
        raise DraftError(f"{folder} can't be written: {error.strerror}") from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
