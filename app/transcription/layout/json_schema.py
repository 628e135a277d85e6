"""The JSON Schema of `notice.json`, for completion and validation in editors."""

import json
from pathlib import Path
from typing import Any

from app.transcription.layout.notice import Transcription


def schema(seed: Path) -> dict[str, Any]:
    """Return the JSON Schema, with the codes of every closed vocabulary of the seed folder."""
    vocabularies = json.loads((seed / "vocabularies.json").read_bytes())
    codes = {name: [term["code"] for term in vocabulary["terms"]] for name, vocabulary in vocabularies.items()}
    filled: dict[str, Any] = with_codes(Transcription.model_json_schema(), codes)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **filled}


def with_codes(schema: Any, codes: dict[str, list[str]]) -> Any:
    """Return a copy of a JSON schema in which every field that names its vocabulary lists the codes it may hold."""
    if isinstance(schema, list):
        return [with_codes(part, codes) for part in schema]
    if not isinstance(schema, dict):
        return schema
    filled = {key: with_codes(value, codes) for key, value in schema.items()}
    if isinstance(name := schema.get("x-vocabulary"), str):
        filled["enum"] = codes[name]
    return filled
