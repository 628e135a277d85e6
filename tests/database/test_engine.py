"""The database that is open: of just this data and software, and never written."""

import sqlite3
from itertools import islice
from pathlib import Path

import pytest

from app.database import prepare
from app.database.build import build
from app.database.engine import Database
from app.database.errors import DatabaseError
from app.database.fingerprint import Fingerprint
from app.database.select import Select, table_of
from app.models.statement import StatementRow
from app.settings import ROOT

SEED = ROOT / "seed"
STATEMENT = table_of(StatementRow)


def test_a_file_of_other_data_is_refused(tmp_path: Path) -> None:
    build(SEED, tmp_path / "old.sqlite3", Fingerprint("of another time", "shared", {}))

    with pytest.raises(DatabaseError, match="remove it to have it built anew"):
        _ = Database(SEED, tmp_path / "old.sqlite3").file


@pytest.mark.parametrize(("most", "of"), [("ROWS", "rows of "), ("PASSAGES_OF_TYPE", "records of a type")])
def test_more_than_there_are_numbers_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: str, of: str
) -> None:
    monkeypatch.setattr(prepare, most, 3)

    with pytest.raises(DatabaseError, match=f"more than 3 {of}"):
        _ = Database(SEED, tmp_path / "notices.sqlite3").file


def test_a_change_of_the_seed_gets_a_file_of_its_own(seed: Path, tmp_path: Path) -> None:
    before = Database(seed, tmp_path).path

    with (seed / "vocabularies.json").open("a") as file:
        file.write("\n")

    assert Database(seed, tmp_path).path != before


def test_the_same_seed_elsewhere_is_the_same_data(seed: Path, tmp_path: Path) -> None:
    assert Database(seed, tmp_path).path == Database(SEED, tmp_path).path


def test_a_folder_may_have_a_point_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "data.d"
    folder.mkdir()

    assert Database(SEED, folder).path.parent == folder


@pytest.mark.parametrize("name", ["a?b", "100%25", "a#b", "file:x?mode=rwc", "a b'c"])
def test_a_path_is_taken_as_it_is_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "notices?.sqlite3"

    assert Database(SEED, path).count(Select(STATEMENT)) > 3

    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert [file.name for file in path.parent.iterdir()] == ["notices?.sqlite3"]


def test_the_open_database_refuses_to_be_written(tmp_path: Path) -> None:
    database = Database(SEED, tmp_path)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.execute("delete from metric")


def test_connections_are_used_again(tmp_path: Path) -> None:
    database = Database(SEED, tmp_path)

    with database.connection() as first, database.connection() as second:
        assert first is not second
    with database.connection() as third:
        assert third is first


def test_a_stream_that_is_closed_early_leaves_every_connection_idle(tmp_path: Path) -> None:
    database = Database(SEED, tmp_path)

    with database.connection() as connection:
        rows = database.stream(Select(STATEMENT), STATEMENT.c.id)
        found = list(islice(rows, 3))
        rows.close()

    assert len(found) == 3
    assert list(rows) == []
    with database.connection() as again:
        assert again is connection
    assert database.count(Select(STATEMENT)) > 3
