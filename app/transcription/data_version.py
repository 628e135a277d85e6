"""The data version: the hash of all that is loaded, whatever the white space of its JSON."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.transcription.files import JSONDecimal

NOTICE, SOURCE = "notice.json", "notice.txt"


def data_version(folder: Path, slugs: Iterable[str], digests: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the hash of all loaded data: of what notices share, and of the digests of all of them.

    Digests that are not given are computed. `releases.json` is left out, since it states the hash, and so are the
    readings, which are not served.
    """
    content = hashlib.sha256()
    for name in ("notices.json", "vocabularies.json", "glossary.json"):
        content.update(hashlib.sha256(_canonical(_read(folder / name))).digest())
    for slug in slugs:
        content.update(bytes.fromhex(digests.get(slug) or notice_digest(folder / slug)))
    return content.hexdigest()[:16]


def notice_digest(folder: Path) -> str:
    """Return the hash of one notice: of the bytes of its source and the JSON content, whatever its white space."""
    return _digest(_canonical(_read(folder / NOTICE)), _read(folder / SOURCE))


def content_digest(content: Any, source: bytes) -> str:
    """Return the hash of a notice whose JSON has been parsed already: to parse it again takes longer than the hash."""
    # A lone surrogate is in no valid notice; the checks report it.
    return _digest(_format(content).encode(errors="surrogatepass"), source)


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _canonical(raw: bytes) -> bytes:
    """Return JSON without optional white space; bytes that are not JSON, or are nested too deeply, as they are."""
    try:
        return _format(json.loads(raw, parse_float=str)).encode()
    except (ValueError, RecursionError):
        return raw


# Returns a value as JSON, numbers with a point as texts.
_format = json.JSONEncoder(ensure_ascii=False, default=JSONDecimal.as_read).encode


def _read(path: Path) -> bytes:
    """Return the bytes of a file; none if it can't be read, which the checks report."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
