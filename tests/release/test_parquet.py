"""The Parquet files: three libraries read every value as the API gives it, and a loader of data sets finds its way."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow.parquet
import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_release import every_table, truth

from app.exports.table import Column, Record
from app.models.decimal import parse_json
from app.release.parquet import write
from app.release.tables import TABLES, ReleaseTable
from app.settings import ROOT

TYPES = {
    "text": "VARCHAR", "list": "VARCHAR[]", "integer": "BIGINT", "number": "DECIMAL(38,18)", "boolean": "BOOLEAN",
    "date": "DATE",
}  # fmt: skip


@pytest.fixture(scope="module")
def both(both_app: FastAPI) -> tuple[TestClient, Path]:
    """The service over both notices, and the folder of its release."""
    return Client(both_app), both_app.state.release.folder


@pytest.fixture(scope="module")
def folder(seed_app: FastAPI) -> Path:
    """The folder of the release of the real seed."""
    found: Path = seed_app.state.release.folder
    return found


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row with days as text, as the API has them."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


@every_table
def test_three_libraries_read_every_value_as_the_api_gives_it(
    both: tuple[TestClient, Path], table: ReleaseTable
) -> None:
    client, folder = both
    names = [column.name for column in table.columns]
    records = [{name: record[name] for name in names} for record in map(exact, truth(client, table.name))]
    path = folder / table.parquet_file

    relation = duckdb.read_parquet(str(path))
    assert [plain(dict(zip(names, row, strict=True))) for row in relation.fetchall()] == records
    assert [plain(row) for row in polars.read_parquet(path).to_dicts()] == records
    frame = pandas.read_parquet(path, dtype_backend="pyarrow")
    assert [plain(row) for row in pyarrow.Table.from_pandas(frame, preserve_index=False).to_pylist()] == records
    assert [str(kind) for kind in relation.types] == [TYPES[column.kind] for column in table.columns]


def exact(record: dict[str, Any]) -> Any:
    return parse_json(json.dumps(record))


@every_table
def test_the_files_describe_their_fields(folder: Path, table: ReleaseTable) -> None:
    schema = pyarrow.parquet.read_schema(folder / table.parquet_file)

    metadata = {name.decode(): text.decode() for name, text in schema.metadata.items()}
    described = {field["name"]: field for field in json.loads(metadata["fields"])}
    assert list(described) == schema.names
    assert all(field["title"] and field["title_zh"] for field in described.values())
    assert json.loads(metadata["primary_key"]) == list(table.key)
    assert [name for name in schema.names if not schema.field(name).nullable] == [
        column.name for column in table.columns if not column.nullable
    ]


def column(name: str, kind: Any, nullable: bool = True) -> Column:
    return Column(name, kind, nullable, name, name)


COLUMNS = [
    column("text", "text"), column("list", "list", False), column("lists", "list"), column("integer", "integer"),
    column("number", "number"), column("boolean", "boolean"), column("date", "date"),
]  # fmt: skip
EXTREMES: list[Record] = [
    {"text": "𠮷\x00", "list": [], "lists": None, "integer": -(2**63), "number": Decimal("-1E-18"),
     "boolean": True, "date": "0001-01-01"},
    {"text": "", "list": ["", "a"], "lists": [], "integer": 2**63 - 1, "number": Decimal(10**20 - 1),
     "boolean": False, "date": "9999-12-31"},
    {"text": None, "list": ["整改"], "lists": ["b"], "integer": None, "number": None, "boolean": None,
     "date": None},
]  # fmt: skip


@pytest.mark.parametrize("copies", [0, 1, 50, 7000])
def test_extremes_and_nulls_are_kept_in_files_of_any_length(tmp_path: Path, copies: int) -> None:
    path = tmp_path / "extremes.parquet"

    rows = [*EXTREMES * copies, {**EXTREMES[0], "list": ["整改"] * 300}]
    write(path, COLUMNS, rows, {"title": "Extremes"})

    assert [plain(row) for row in pyarrow.parquet.read_table(path).to_pylist()] == rows
    assert [plain(row) for row in polars.read_parquet(path).to_dicts()] == rows
    assert duckdb.read_parquet(str(path)).count("*").fetchall() == [(len(rows),)]


@pytest.mark.parametrize("number", [Decimal("1E-19"), Decimal(10) ** 20])
def test_a_number_that_does_not_fit_is_refused_not_rounded(tmp_path: Path, number: Decimal) -> None:
    with pytest.raises(ValueError, match="more digits"):
        write(tmp_path / "x.parquet", [column("number", "number")], [{"number": number}], {})


LOAD = """
import json, sys, mlcroissant
dataset = mlcroissant.Dataset(jsonld="croissant.json")
assert not dataset.metadata.issues.errors, dataset.metadata.issues.report()
assert not dataset.metadata.issues.warnings, dataset.metadata.issues.report()
sets = [found.id for found in dataset.metadata.record_sets]
rows = {name: list(dataset.records(name)) for name in ("metrics", "document_places", "corrections")}
print(json.dumps([sets, rows], default=lambda value: value.decode() if isinstance(value, bytes) else str(value)))
"""


def test_croissant_is_valid_and_loads_the_tables(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LOAD], cwd=folder, capture_output=True, text=True, check=True)

    names, rows = json.loads(done.stdout.splitlines()[-1])
    assert names == [table.name for table in TABLES]
    for name, found in rows.items():
        expected = polars.read_parquet(folder / f"{name}.parquet")
        assert [row[f"{name}/{expected.columns[1]}"] for row in found] == expected[expected.columns[1]].to_list()


def test_croissant_tells_of_every_column_and_the_sums_are_right(folder: Path) -> None:
    described = json.loads((folder / "croissant.json").read_bytes())

    files = {file["@id"]: file["sha256"] for file in described["distribution"]}
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert files == {name: sums[name] for name in files} != {}
    for table, found in zip(TABLES, described["recordSet"], strict=True):
        assert [field["name"] for field in found["field"]] == [column.name for column in table.columns]


def test_no_library_of_data_frames_is_loaded_by_the_service() -> None:
    script = (
        "import sys; from app.release import build, parquet; import app.main\n"
        "print({name.split('.')[0] for name in sys.modules} & {'pyarrow', 'duckdb', 'pandas', 'polars', 'numpy'})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout == "set()\n"
