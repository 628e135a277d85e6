"""Wording: every sentence of the pages' own, in Chinese and English, from the files in `translations/`."""

import json
from pathlib import Path

_FOLDER = Path(__file__).parent / "translations"


def read() -> dict[str, dict[str, str]]:
    """The sentences by language and key. A key stands in one file only, and there in both languages (tested)."""
    words: dict[str, dict[str, str]] = {"zh": {}, "en": {}}
    for path in sorted(_FOLDER.glob("*.json")):
        for key, sentence in json.loads(path.read_text(encoding="utf-8")).items():
            for language, said in words.items():
                said[key] = sentence[language]
    return words


WORDS = read()
