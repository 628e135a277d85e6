"""The release's files: every value is the API's, every checker finds nothing, and two builds give the same bytes."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import everything

from app.exports.encoding import to_text
from app.models.decimal import parse_json
from app.release.build import build
from app.release.tables import TABLES, ReleaseTable, references
from app.settings import ROOT

BIN = Path(sys.executable).parent
LISTS = (
    "sections", "categories", "issues", "statements", "measures", "metrics", "numerals", "documents", "organizations",
    "glossary",
)  # fmt: skip

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@pytest.fixture
def both(both_app: FastAPI) -> tuple[TestClient, Path]:
    """The service over both notices, and the folder of its release."""
    return Client(both_app), both_app.state.release.folder


def truth(client: TestClient, name: str) -> list[dict[str, Any]]:
    """What the API says that a table holds."""
    slugs = [notice["notice"] for notice in everything(client, "/notices")]
    if name in LISTS:
        return lines(client, f"/{name}.ndjson?notice=all")
    if name == "occurrences":
        entries = truth(client, "glossary")
        return [{"entry_id": entry["id"], **place} for entry in entries for place in entry["places"]]
    if name.endswith("_places"):
        reference = f"{name.removesuffix('_places')}_id"
        return [
            {"notice": record["notice"], reference: record["id"], **place}
            for record in truth(client, name.replace("_places", "s"))
            for place in record["places"]
        ]
    if name == "notices":
        return lines(client, "/notices.ndjson")
    if name in ("vocabularies", "terms"):
        found = client.get("/vocabularies").json()["vocabularies"]
        if name == "vocabularies":
            return [{"name": key, "zh": value["zh"], "en": value["en"]} for key, value in found.items()]
        return [{"vocabulary": key, **term} for key, value in found.items() for term in value["terms"]]
    if name == "releases":
        return [{k: v for k, v in release.items() if k != "corrections"} for release in everything(client, "/changes")]
    if name == "agreement":
        return [row for slug in slugs for row in agreed(slug)]
    if name == "corrections":
        return corrections(client)
    path, part = {
        "not_stated": ("/notice", "not_stated"),
        "contact": ("/contact", "lines"),
        "declarations": ("/reconciliation", "declarations"),
    }[name]
    return [{"notice": slug, **row} for slug in slugs for row in client.get(f"{path}?notice={slug}").json()[part]]


def agreed(slug: str) -> list[dict[str, Any]]:
    """What `python -m app agreement` prints of a notice; nothing of one that was read once."""
    if not (ROOT / f"seed/{slug}/readings").is_dir():
        return []
    command = [sys.executable, "-m", "app", "agreement", slug]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in printed[2:]]
    return [
        {
            "notice": slug,
            "field": field,
            "units": int(units),
            "agreed": int(same),
            "kappa": None if kappa == "-" else json.loads(kappa.removesuffix(".000")),
            "dice": None if dice == "-" else json.loads(dice.removesuffix(".000")),
        }
        for field, units, same, _, kappa, dice, _ in rows
    ]


def corrections(client: TestClient) -> list[dict[str, Any]]:
    """Every correction with its release and the number in it; values of any type as JSON."""
    return [
        {
            **{name: correction[name] for name in ("field", "day", "why", "why_en")},
            **{
                name: json.dumps(correction[name], ensure_ascii=False, separators=(",", ":")) for name in ("old", "new")
            },
            "release": release["day"],
            "number": number,
            "record_uid": correction["uid"],
            "record_url": correction["url"],
        }
        for release in everything(client, "/changes")
        for number, correction in enumerate(release["corrections"], 1)
    ]


def lines(client: TestClient, url: str) -> list[dict[str, Any]]:
    """The records of a file, with their citations."""
    return [json.loads(line) for line in client.get(url).content.splitlines()]


@every_table
def test_every_value_in_csv_is_the_apis(both: tuple[TestClient, Path], table: ReleaseTable) -> None:
    client, folder = both
    rows = list(csv.DictReader(io.StringIO((folder / table.file).read_bytes().decode(), newline="")))

    assert rows == [
        {c.name: "" if record[c.name] is None else to_text(record[c.name], c.kind) for c in table.columns}
        for record in map(exact, truth(client, table.name))
    ]
    # A seed that was changed for a test has no corrections.
    assert len(rows) > 1 or table.name == "corrections"


def exact(record: dict[str, Any]) -> Any:
    return parse_json(json.dumps(record))


@every_table
def test_every_value_in_json_is_the_apis(both: tuple[TestClient, Path], table: ReleaseTable) -> None:
    client, folder = both

    found = json.loads((folder / "zhenggai.json").read_bytes())[table.name]
    if table.name == "releases":
        # The JSON file keeps what is nested.
        found = [{k: v for k, v in release.items() if k != "corrections"} for release in found]
    assert found == truth(client, table.name)


@every_table
def test_every_value_in_sqlite_is_the_apis(both: tuple[TestClient, Path], table: ReleaseTable) -> None:
    client, folder = both
    with closing(sqlite3.connect(folder / "zhenggai.sqlite3")) as connection:
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute(f'select * from "{table.name}" order by position')]

    records = truth(client, table.name)
    for row, record in zip(rows, records, strict=True):
        for column in table.columns:
            value = row[column.name]
            value = json.loads(value) if column.kind == "list" else value
            assert (value if column.kind != "boolean" or value is None else bool(value)) == record[column.name]
        for reference in references(table):
            if len(reference.key) > 1:
                name = reference.column.name
                uid = row[f"{name.removesuffix('_id').removesuffix('_number')}_uid"]
                assert uid == (None if row[name] is None else f"{record['notice']}/{reference.table}/{row[name]}"), (
                    reference
                )


@pytest.fixture(scope="module")
def released(seed_app: FastAPI) -> tuple[TestClient, Path]:
    """The service over the real seed, which has corrections, and the folder of its release."""
    return Client(seed_app), seed_app.state.release.folder


def test_every_correction_is_in_the_files(released: tuple[TestClient, Path]) -> None:
    client, folder = released
    rows = list(csv.DictReader(io.StringIO((folder / "corrections.csv").read_bytes().decode(), newline="")))

    expected = corrections(client)
    assert len(expected) > 1
    assert [{name: value or None for name, value in row.items()} for row in rows] == [
        {name: None if record[name] is None else str(record[name]) for name in row}
        for row, record in zip(rows, expected, strict=True)
    ]


def test_every_reference_in_sqlite_leads_somewhere(both: tuple[TestClient, Path]) -> None:
    with closing(sqlite3.connect(both[1] / "zhenggai.sqlite3")) as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        tables = [name for (name,) in connection.execute("select name from sqlite_schema where type = 'table'")]
        views = [name for (name,) in connection.execute("select name from sqlite_schema where type = 'view'")]
        assert {table.name for table in TABLES} <= set(tables)
        assert [name for name in tables if "fts" in name or "passage" in name] == []
        assert all(connection.execute(f"select count(*) from {view}").fetchone()[0] for view in views)
        for name in ("issues", "measures", "metrics"):
            counts = [connection.execute(f"select count(*) from {n}").fetchone() for n in (name, f"{name}_readable")]
            assert counts[0] == counts[1]


def test_sqlite_of_2019_can_open_the_file(both: tuple[TestClient, Path]) -> None:
    with closing(sqlite3.connect(both[1] / "zhenggai.sqlite3")) as connection:
        # SQLite 3.28 cannot read a schema that has a generated column, not even for another table.
        columns = [
            (table.name, name, hidden)
            for table in TABLES
            for _, name, *_, hidden in connection.execute(f'pragma table_xinfo("{table.name}")')
        ]
        sections = connection.execute("select name, title, id from sections").fetchall()

    assert [column for column in columns if column[-1]] == []
    assert ("sections", "name", 0) in columns
    assert all(name == (id if title is None else title) for name, title, id in sections)
    assert {title is None for _, title, _ in sections} == {True, False}


def test_a_codes_label_is_one_step_away(both: tuple[TestClient, Path]) -> None:
    with closing(sqlite3.connect(both[1] / "zhenggai.sqlite3")) as connection:
        keys = connection.execute('select "table", "from" from pragma_foreign_key_list(\'metrics\')').fetchall()

    assert {("qualifier", "qualifier"), ("unit", "unit_code"), ("issues", "issue_uid")} <= set(keys)


def test_the_source_texts_are_the_bytes_that_were_transcribed(both: tuple[TestClient, Path]) -> None:
    client, folder = both
    for notice in everything(client, "/notices"):
        text = (folder / f"{notice['notice']}.txt").read_bytes()
        assert text == client.get(f"/source.txt?notice={notice['notice']}").content
        assert len(text.decode()) == notice["source_characters"]


def test_two_builds_in_different_folders_give_the_same_bytes(both: tuple[TestClient, Path], tmp_path: Path) -> None:
    client, folder = both

    build(client.app.state.release.get, tmp_path)  # type: ignore[attr-defined]

    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == again


def test_the_sums_are_right(both: tuple[TestClient, Path]) -> None:
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=both[1], capture_output=True, text=True, check=True
    )

    files = {path.name for path in both[1].iterdir() if not path.name.startswith(".") and path.suffix != ".zip"}
    assert {line.partition(":")[0] for line in done.stdout.splitlines()} == files - {"SHA256SUMS"}


def frictionless(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(BIN / "frictionless"), "validate", "datapackage.json", "--json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_frictionless_finds_no_fault_but_would(both: tuple[TestClient, Path], tmp_path: Path) -> None:
    found = json.loads(frictionless(both[1]).stdout)

    assert found["valid"], found
    assert {task["name"] for task in found["tasks"]} >= {table.name.replace("_", "-") for table in TABLES}
    for path in both[1].iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    spoilt = (tmp_path / "metrics.csv").read_text(encoding="utf-8").replace(",exact,", ",guessed,", 1)
    (tmp_path / "metrics.csv").write_text(spoilt, encoding="utf-8", newline="")
    errors = {error["type"] for task in json.loads(frictionless(tmp_path).stdout)["tasks"] for error in task["errors"]}
    assert {"hash-count", "constraint-error"} & errors


def test_descriptors_tell_of_every_column_of_every_table(both: tuple[TestClient, Path]) -> None:
    package = json.loads((both[1] / "datapackage.json").read_bytes())
    group = json.loads((both[1] / "csv-metadata.json").read_bytes())

    described = {resource["path"]: resource for resource in package["resources"]}
    for table, description in zip(TABLES, group["tables"], strict=True):
        header = (both[1] / table.file).read_text(encoding="utf-8").partition("\n")[0].split(",")
        assert [field["name"] for field in described[table.file]["schema"]["fields"]] == header
        assert [column["name"] for column in description["tableSchema"]["columns"]] == header
        assert all(
            name in c["titles"]["en"] for name, c in zip(header, description["tableSchema"]["columns"], strict=True)
        )


def test_a_notices_own_text_is_not_licensed_by_us(both: tuple[TestClient, Path]) -> None:
    package = json.loads((both[1] / "datapackage.json").read_bytes())

    assert "licenses" not in package
    for resource in package["resources"]:
        assert ("licenses" in resource) == (resource["path"].endswith(".csv"))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_read_me_names_every_file_and_the_source(both: tuple[TestClient, Path], name: str) -> None:
    client, folder = both
    text = (folder / name).read_text(encoding="utf-8")

    assert all(f"`{file['name']}`" in text for file in client.get("/dataset").json()["files"])
    for notice in everything(client, "/notices"):
        assert notice["source_url"] in text
        assert notice["rights" if "zh" in name else "rights_en"] in text
    assert "$" not in text


def datasette(folder: Path, address: str) -> Any:
    command = [str(BIN / "datasette"), ".", "--get", address]
    return json.loads(subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout)


def test_datasette_shows_labels_order_and_words(both: tuple[TestClient, Path]) -> None:
    client, folder = both

    found = datasette(folder, "/zhenggai/metrics.json?_labels=on&_shape=objects&_size=max")
    words = datasette(folder, "/zhenggai/words.json?words=%E6%B6%88%E9%98%B2&_shape=objects")

    metrics = truth(client, "metrics")
    assert [row["uid"] for row in found["rows"]] == [metric["uid"] for metric in metrics]
    labels = {row["qualifier"]["value"]: row["qualifier"]["label"] for row in found["rows"]}
    assert labels["more_than"] == "多于"
    issue = next(row["issue_uid"] for row in found["rows"] if row["issue_uid"])
    assert issue["label"]
    assert issue["value"].startswith(metrics[0]["notice"])
    hits = {row["uid"] for row in words["rows"] if row["type"] == "measure"}
    assert hits == {measure["uid"] for measure in truth(client, "measures") if "消防" in measure["text"]} != set()


def test_datasette_finds_the_query_and_the_settings_where_each_version_looks(both: tuple[TestClient, Path]) -> None:
    databases = {
        name: json.loads((both[1] / name).read_bytes())["databases"]["zhenggai"]
        for name in ("metadata.json", "datasette.json")
    }

    before, since = databases["metadata.json"], databases["datasette.json"]
    assert before["queries"] == since["queries"]
    # The query takes its parameter by name, as both versions read it from the SQL itself.
    assert since["queries"]["words"].keys() == {"sql", "title"}
    for name, table in before["tables"].items():
        described = {"description", "columns"}
        assert {key: value for key, value in table.items() if key not in described} == since["tables"][name]


def test_datasette_hides_what_only_serves_labels(both: tuple[TestClient, Path]) -> None:
    shown = [table["name"] for table in datasette(both[1], "/zhenggai.json")["tables"] if not table["hidden"]]

    assert sorted(shown) == sorted(table.name for table in TABLES)
