"""The data version: the hash of all that is loaded, whatever the white space of its JSON."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

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
    parts = (_canonical(_read(folder / NOTICE)), _read(folder / SOURCE))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _canonical(raw: bytes) -> bytes:
    """Return JSON without optional white space; bytes that are not JSON, or are nested too deeply, as they are."""
    try:
        return json.dumps(json.loads(raw, parse_float=str), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return raw


def _read(path: Path) -> bytes:
    """Return the bytes of a file; none if it can't be read, which the checks report."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
