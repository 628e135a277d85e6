"""Entering a release: the data as they stand become today's entry in `releases.json`."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from app.models.decimal import as_json
from app.transcription.files import read_json, write_text
from app.transcription.findings import Findings, InvalidSeed
from app.transcription.layout.releases import Correction, Release
from app.transcription.seed import RELEASES, load_seed

_CORRECTIONS = TypeAdapter(list[Correction])


def enter_release(folder: Path, summary: str, summary_en: str, corrections: Path | None = None) -> Release:
    """Write today's release (UTC) of the data in a seed folder, and return it.

    An entry of today is replaced, since a day names one state of the data; the corrections that stand in it are kept,
    but for those of fields that the file of corrections names. Raise `InvalidSeed` with what is wrong in the data, the
    corrections or the releases; nothing is written then.
    """
    seed, today = load_seed(folder), datetime.now(UTC).date()
    same_day = bool(seed.releases) and seed.releases[-1].day == today
    earlier = seed.releases[:-1] if same_day else seed.releases
    added = _read_corrections(corrections) if corrections else []
    named = {(correction.uid, correction.field) for correction in added}
    kept = seed.releases[-1].corrections if same_day else []
    entry = {
        "day": today.isoformat(),
        "data_version": seed.data_version,
        "summary": summary,
        "summary_en": summary_en,
        "corrections": [*(c for c in kept if (c.uid, c.field) not in named), *added],
    }
    release = Release.model_validate(entry)
    for _ in replace(seed, releases=[*earlier, release]).documents():
        pass  # All notices are checked when all have been read.
    _write(folder / RELEASES, [*earlier, release])
    return release


def _read_corrections(path: Path) -> list[Correction]:
    findings = Findings(path)
    corrections = read_json(path, _CORRECTIONS, findings)
    if corrections is None:
        raise InvalidSeed(findings)
    return corrections


def _write(path: Path, releases: Sequence[Release]) -> None:
    content = [release.model_dump() for release in releases]
    text = json.dumps(content, ensure_ascii=False, indent=2, default=_json_value) + "\n"
    write_text(path, text)


def _json_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return as_json(value)
    raise TypeError(f"{value!r} can't be written as JSON")
