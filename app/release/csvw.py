"""`csv-metadata.json`: the CSV files described by CSV on the Web (W3C)."""

from typing import Any

from app.exports.table import Column
from app.models.notice import license_url
from app.release.manifest import Provenance
from app.release.tables import TABLES, Reference, ReleaseTable, required_references

_TYPES = {"integer": "integer", "number": "decimal", "boolean": "boolean", "date": "date"}


def csvw(provenance: Provenance) -> dict[str, Any]:
    """Return the metadata of the whole group of tables."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "Zhenggai 整改数据",
        "dc:license": [{"@id": license_url(name)} for name in provenance.licenses],
        "dc:source": [{"@id": one["source_url"]} for one in provenance.notices if one["source_url"]],
        "schema:version": provenance.data_version,
        "dc:modified": {"@value": provenance.released, "@type": "date"},
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
            "foreignKeys": [_foreign_key(reference) for reference in required_references(table)],
        },
    }


def _column(column: Column) -> dict[str, Any]:
    # The titles must include the name that heads the column in the file, or the two are not compatible.
    return {
        "name": column.name,
        "titles": {"en": [column.name, column.en], "zh-CN": [column.zh]},
        **({"dc:description": column.description} if column.description else {}),
        "datatype": _TYPES.get(column.kind, "string"),
        **({"separator": "|"} if column.kind == "list" else {}),
        "required": not column.nullable and column.kind != "list",
    }


def _foreign_key(reference: Reference) -> dict[str, Any]:
    target = {"resource": f"{reference.table}.csv", "columnReference": list(reference.key)}
    return {"columnReference": list(reference.columns), "reference": target}
