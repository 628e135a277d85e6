"""Updating a copy of an earlier database: only the notices that have changed since are loaded anew.

A database in the same folder, of the same software, vocabularies and glossary, can be taken up. The rows of each notice
are numbered in a range of their own, so those of one can be exchanged, and the order stays.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from app.database.checksum import copy_sound
from app.database.fingerprint import Fingerprint
from app.database.load import load_notices, load_releases
from app.database.prepare import Prepared, prepare
from app.database.sqlite import connect
from app.database.sqlite_load import Loader, set_up
from app.transcription.seed import Examined, Seed

Loaded = dict[int, tuple[str, str, str]]  # by position: the slug, the hash of the files, that of the data


def update(path: Path, folder: Path, seed: Seed, fingerprint: Fingerprint) -> bool:
    """Make the database at `path` from the latest one in a folder, if that holds most of the notices as they are now.

    Return whether it could be made. Raises `InvalidSeed` with what is wrong with the notices that have changed.
    """
    found = _latest(folder, fingerprint.shared)
    if not found:
        return False
    base, before = found
    kept = {
        n: digest
        for n, (slug, files, digest) in before.items()
        if seed.slugs[n : n + 1] == [slug]
        and fingerprint.notices.get(slug) == files
        and slug not in seed.release_check.corrections
    }
    if 2 * len(kept) < len(seed.slugs):
        return False
    if not copy_sound(base, path):
        path.unlink()
        return False
    with closing(sqlite3.connect(path)) as connection:
        set_up(connection)
        loader = Loader(connection)
        for n, (slug, _, _) in before.items():
            if n not in kept:
                loader.delete(slug, n)
        for table in ("loaded", "snapshot", "correction", "release"):
            connection.execute(f"delete from {table}")
        connection.commit()
        # References are checked as rows come in; to look through the whole database would take longer than the rest.
        connection.execute("pragma foreign_keys = on")
        connection.execute("begin")
        connection.execute("pragma defer_foreign_keys = on")
        load_notices(seed, _examine(seed, kept, connection), loader)
        load_releases(seed, fingerprint, loader)
        connection.commit()
    return True


def _latest(folder: Path, shared: str) -> tuple[Path, Loaded] | None:
    """Return the latest database of the same software and shared data, and what was loaded into it."""
    found = [path for path in folder.glob("notices-*.sqlite3") if path.is_file()]
    for path in sorted(found, key=lambda path: path.stat().st_mtime, reverse=True):
        try:
            with closing(connect(path)) as connection:
                if connection.execute("select shared from snapshot").fetchall() == [(shared,)]:
                    rows = connection.execute("select position, slug, files, digest from loaded").fetchall()
                    return path, {position: values for position, *values in rows}
        except sqlite3.Error:
            continue  # it is damaged, or of a version with other tables
    return None


def _examine(seed: Seed, kept: Mapping[int, str], connection: sqlite3.Connection) -> Iterator[Examined[Prepared]]:
    """Check and prepare the notices that were not kept; of the others, say what is in the database."""
    printed = frozenset(text for (text,) in connection.execute("select distinct text from occurrence"))
    for position, slug in enumerate(seed.slugs):
        if position in kept:
            yield Examined(slug, kept[position], True, [], [], printed, None)
        else:
            yield seed.examine(position, prepare)
