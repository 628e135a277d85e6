"""The JSON Schema of `notice.json`, for completion and validation in editors."""

import json
from pathlib import Path
from typing import Any

from app.models.vocabulary import with_codes
from app.transcription.layout.notice import Transcription


def schema(seed: Path) -> dict[str, Any]:
    """Return the JSON Schema, with the codes of every closed vocabulary of the seed folder."""
    vocabularies = json.loads((seed / "vocabularies.json").read_bytes())
    codes = {name: [term["code"] for term in vocabulary["terms"]] for name, vocabulary in vocabularies.items()}
    filled: dict[str, Any] = with_codes(Transcription.model_json_schema(), codes)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **filled}
