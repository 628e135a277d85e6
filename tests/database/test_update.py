"""Taking up an earlier database: only what has changed is loaded anew, and the outcome is that of a full build."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bench.corpus import grow

from app.database.engine import Database
from app.transcription.data_version import data_version
from app.transcription.findings import InvalidSeed
from app.transcription.seed import Seed

NOTICES = 6
SECOND = "shanghai-putuo-2024-1"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A seed of some notices, whose database lies in `tmp_path / "var"`."""
    grow(tmp_path / "seed", NOTICES)
    _ = Database(tmp_path / "seed", tmp_path / "var").file
    return tmp_path / "seed"


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the notices that are read and checked from now on."""
    slugs: list[str] = []
    examine = Seed.examine

    def note(self: Seed, position: int, use: Any) -> Any:
        slugs.append(self.slugs[position])
        return examine(self, position, use)

    monkeypatch.setattr(Seed, "examine", note)
    return slugs


def replace(seed: Path, slug: str, old: str, new: str) -> None:
    path = seed / slug / "notice.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def release(seed: Path, slugs: list[str]) -> None:
    (seed / "notices.json").write_text(json.dumps(slugs), encoding="utf-8")
    releases = json.loads((seed / "releases.json").read_text(encoding="utf-8"))
    releases[-1]["data_version"] = data_version(seed, slugs)
    (seed / "releases.json").write_text(json.dumps(releases), encoding="utf-8")


def contents(path: Path) -> Iterator[tuple[str, list[Any]]]:
    """Yield every table with its rows and their numbers, and every token of the index with its places."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("select name, sql from sqlite_master where type = 'table'").fetchall()
        for name, sql in tables:
            if not name.startswith(("sqlite_", "passage_index")):
                number = "" if "WITHOUT ROWID" in sql else "rowid, "
                yield name, sorted(connection.execute(f'select {number}* from "{name}"').fetchall(), key=repr)
        connection.execute("create virtual table temp.tokens using fts5vocab('main', 'passage_index', 'instance')")
        yield "tokens", sorted(connection.execute("select * from temp.tokens").fetchall(), key=repr)


def assert_as_built_anew(seed: Path, tmp_path: Path) -> None:
    updated = Database(seed, tmp_path / "var").file
    anew = Database(seed, tmp_path / "anew").file
    assert dict(contents(updated)) == dict(contents(anew))


def test_a_changed_an_added_and_a_removed_notice_leave_what_a_full_build_would(
    corpus: Path, tmp_path: Path, examined: list[str]
) -> None:
    slugs = grow_by_one(corpus)
    replace(corpus, SECOND, "Convened", "Called")
    release(corpus, slugs)
    updated = Database(corpus, tmp_path / "var").file
    assert examined == [SECOND, slugs[-1]]
    assert sorted((tmp_path / "var").glob("notices-*")) != [updated], "the earlier one is still there to be served"
    assert_as_built_anew(corpus, tmp_path)

    for slug in slugs[-2:]:
        shutil.rmtree(corpus / slug)
    release(corpus, slugs[:-2])
    assert_as_built_anew(corpus, tmp_path)


def grow_by_one(seed: Path) -> list[str]:
    """Add a notice at the end; return all slugs."""
    slugs = grow(seed.parent / "larger", NOTICES + 1)
    (seed.parent / "larger" / slugs[-1]).rename(seed / slugs[-1])
    return slugs


def test_a_change_of_what_notices_share_has_all_loaded_anew(corpus: Path, tmp_path: Path, examined: list[str]) -> None:
    glossary = corpus / "glossary.json"
    glossary.write_text(glossary.read_text(encoding="utf-8").replace("hotline", "telephone line"), encoding="utf-8")
    release(corpus, json.loads((corpus / "notices.json").read_text(encoding="utf-8")))

    _ = Database(corpus, tmp_path / "var").file

    assert len(examined) == NOTICES


def test_a_damaged_database_is_not_taken_up(corpus: Path, tmp_path: Path) -> None:
    (earlier,) = (tmp_path / "var").glob("notices-*")
    content = bytearray(earlier.read_bytes())
    at = content.index("主持召开民主生活会".encode())
    content[at : at + 3] = "乙".encode()
    earlier.write_bytes(content)
    slugs = grow_by_one(corpus)
    release(corpus, slugs)

    assert_as_built_anew(corpus, tmp_path)


def test_an_error_in_a_changed_notice_builds_nothing(corpus: Path, tmp_path: Path) -> None:
    replace(corpus, SECOND, '"9.37亿元"', '"9.73亿元"')

    with pytest.raises(InvalidSeed, match=r"9\.73亿元"):
        _ = Database(corpus, tmp_path / "var").file

    assert len(list((tmp_path / "var").iterdir())) == 1
