"""A corpus: as many notices of one shape as wanted, made from a real one, for measuring how the service grows.

Each has a name of two characters in place of the real district's, so that some words are rare over the corpus, some
common. Words change alike in source and transcription, none in length, and no numeral, so that all checks pass.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from app.transcription.data_version import data_version
from app.transcription.seed import RELEASES
from bench.addresses import SEED

REAL = "shanghai-putuo-2024"
NAME = "普陀"
COMMON = "整改"  # stands in every notice
SOME = "消防"  # stands in one notice of a hundred, the first among them
_ELSEWHERE = "防汛"
# Where names take their characters from: none of these is a numeral; those in the real notice are left out.
_CHARACTERS = range(0x6D00, 0x6F00)
_FEWEST = 100  # of them name ten thousand notices


def grow(folder: Path, count: int) -> list[str]:
    """Write a seed folder of so many notices, one after another, the real one first; their slugs."""
    folder.mkdir(parents=True)
    for shared in ("vocabularies.json", "glossary.json"):
        shutil.copyfile(SEED / shared, folder / shared)
    text = (SEED / REAL / "notice.txt").read_text(encoding="utf-8")
    transcription = (SEED / REAL / "notice.json").read_text(encoding="utf-8")
    slugs = []
    for slug, words in islice(_notices(), count):
        _write(folder / slug, _put(text, words), _put(transcription, words | {REAL: slug}), text)
        slugs.append(slug)
    (folder / "notices.json").write_text(json.dumps(slugs), encoding="utf-8")
    release = {"day": "2026-11-23", "data_version": data_version(folder, slugs), "corrections": []}
    summaries = {"summary": "语料。", "summary_en": "A corpus."}
    (folder / RELEASES).write_text(json.dumps([release | summaries]), encoding="utf-8")
    return slugs


def rare(count: int) -> str:
    """The name of the last of so many notices, which no other has."""
    return next(islice(_notices(), count - 1, None))[1].get(NAME, NAME)


def _notices() -> Iterator[tuple[str, dict[str, str]]]:
    """Slugs, and the words that each notice has for the real one's."""
    yield REAL, {}
    text = (SEED / REAL / "notice.txt").read_text(encoding="utf-8")
    characters = [character for character in map(chr, _CHARACTERS) if character not in text][:_FEWEST]
    for n, pair in enumerate(product(characters, repeat=2), 1):
        yield f"{REAL}-{n}", {NAME: "".join(pair)} | ({SOME: _ELSEWHERE} if n % 100 else {})


def _put(text: str, words: dict[str, str]) -> str:
    for word, other in words.items():
        text = text.replace(word, other)
    return text


def _write(folder: Path, text: str, transcription: str, real: str) -> None:
    folder.mkdir()
    (folder / "notice.txt").write_text(text, encoding="utf-8", newline="")
    before, after = (hashlib.sha256(each.encode()).hexdigest() for each in (real, text))
    (folder / "notice.json").write_text(transcription.replace(before, after), encoding="utf-8")
