"""`csv-metadata.json`: the CSV files described by CSV on the Web (W3C)."""

from typing import Any

from app.exports.table import Column
from app.models.notice import license_url
from app.release.provenance import Edition
from app.release.tables import TABLES, Reference, ReleaseTable, needed_references

_TYPES = {"integer": "integer", "number": "decimal", "boolean": "boolean", "date": "date"}


def csvw(edition: Edition) -> dict[str, Any]:
    """The metadata of the whole group of tables."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "Zhenggai 整改数据",
        "dc:license": [{"@id": license_url(name)} for name in edition.licenses],
        "dc:source": [{"@id": notice["source_url"]} for notice in edition.notices],
        "schema:version": edition.data_version,
        "dc:modified": {"@value": edition.released, "@type": "date"},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tables": [_table(table) for table in TABLES],
    }


def _table(table: ReleaseTable) -> dict[str, Any]:
    return {
        "url": table.file,
        "dc:title": [{"@value": table.en, "@language": "en"}, {"@value": table.zh, "@language": "zh-CN"}],
        "dc:description": table.description,
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [_foreign_key(reference) for reference in needed_references(table)],
        },
    }


def _column(column: Column) -> dict[str, Any]:
    # The heading that stands in the file must be among the titles, or the two would not belong together.
    return {
        "name": column.name,
        "titles": {"en": [column.name, column.en], "zh-CN": [column.zh]},
        **({"dc:description": column.description} if column.description else {}),
        "datatype": _TYPES.get(column.kind, "string"),
        **({"separator": "|"} if column.kind == "list" else {}),
        "required": not column.nullable and column.kind != "list",
    }


def _foreign_key(reference: Reference) -> dict[str, Any]:
    referred = {"resource": f"{reference.table}.csv", "columnReference": list(reference.key)}
    return {"columnReference": list(reference.columns), "reference": referred}
