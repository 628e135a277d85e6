"""The fingerprint: the hash of all that a database is made from, the seed's files and the code that loads them.

A seed of ten thousand notices takes half a minute to be read. So the hashes of its files are noted beside the database,
each with what the file system notes of the file, and only what was touched since then is read again.
"""

import hashlib
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

_SOFTWARE = Path(__file__).resolve().parent.parent
_CODE = (".py", ".json", ".md", ".sql")
_DATA = (".json", ".txt")
_LISTS = ("notices.json", "releases.json")  # change with every notice, and are loaded anew each time
_MANY = 100  # files from which on notes are kept
_SETTLED = 2  # seconds after which a file that is written once more has another time

# A file's inode, size and times, and its hash.
Note = list[Any]


class Fingerprint(NamedTuple):
    """Hashes of what a database is made from: of everything, of what notices share, and of each notice's files."""

    whole: str
    shared: str
    notices: dict[str, str]


def compute_fingerprint(seed: Path, folder: Path, drafts: bool = False) -> Fingerprint:
    """Return the fingerprint of a seed, with or without its drafts; `folder` is where notes may be kept."""
    files = [(f"seed/{name}", path) for name, path in _files(str(seed), _DATA)]
    notes = _Notes(folder / f".seed-{hashlib.sha256(str(seed.resolve()).encode()).hexdigest()[:16]}.json", len(files))
    files += [(f"app/{name}", path) for name, path in _files(str(_SOFTWARE), _CODE)]
    content, shared = (hashlib.sha256(b"with drafts" if drafts else b"") for _ in range(2))
    notices: dict[str, Any] = defaultdict(hashlib.sha256)
    # Names within the two folders, so that it does not matter where these lie.
    for name, path in sorted(files):
        value = name.encode() + (notes.digest(path) if name.startswith("seed/") else _digest(path))
        content.update(value)
        kind, *inner = name.split("/")
        if kind == "seed" and len(inner) > 1:
            notices[inner[0]].update(value)
        elif kind == "app" or inner[-1] not in _LISTS:
            shared.update(value)
    notes.write()
    return Fingerprint(content.hexdigest(), shared.hexdigest(), {slug: h.hexdigest() for slug, h in notices.items()})


def _files(folder: str, suffixes: tuple[str, ...], within: str = "") -> Iterator[tuple[str, str]]:
    """Yield files below a folder, each as its name within it and its path. `os.walk` takes half as long again."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            name = f"{within}{entry.name}"
            if name.endswith(suffixes):
                yield name, entry.path
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, suffixes, f"{name}/")


class _Notes:
    """The hashes of files as they were read before. They are kept where there are many files alone."""

    def __init__(self, path: Path, files: int) -> None:
        self.path, self.kept = path, files >= _MANY
        self.before: dict[str, Note] = {}
        self.now: dict[str, Note] = {}
        if self.kept:
            with suppress(OSError, ValueError, RecursionError):
                found = json.loads(path.read_bytes())
                self.before = found if isinstance(found, dict) else {}

    def digest(self, path: str) -> bytes:
        """Return the hash of a file, read only if it was touched."""
        if not self.kept:
            return _digest(path)
        try:
            stat = os.stat(path)
        except OSError:
            return _digest(path)
        state = [stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
        digest = self._known(path, state) or _digest(path)
        if time.time() - stat.st_ctime > _SETTLED:
            self.now[path] = [*state, digest.hex()]
        return digest

    def _known(self, path: str, state: Note) -> bytes | None:
        before = self.before.get(path)
        if isinstance(before, list) and before[:-1] == state and isinstance(before[-1], str):
            with suppress(ValueError):
                return bytes.fromhex(before[-1])
        return None

    def write(self) -> None:
        """Keep the notes, if there is anything new in them and they can be kept."""
        if self.kept and self.now != self.before:
            draft = self.path.with_name(f"{self.path.name}.{os.getpid()}")
            with suppress(OSError):
                draft.parent.mkdir(parents=True, exist_ok=True)
                draft.write_text(json.dumps(self.now), encoding="utf-8")
                draft.replace(self.path)


def _digest(path: str) -> bytes:
    """Return the hash of a file; what can't be read the checks report, so here it is only something else."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).digest()
    except OSError as error:
        return str(error.errno).encode()
