"""`datapackage.json`: the CSV files described as a Data Package (version 2), for Frictionless and its like."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.exports.table import Column
from app.models.notice import license_url
from app.release.manifest import FileInfo, Provenance, source_name
from app.release.tables import TABLES, Reference, ReleaseTable, required_references, vocabulary_of

Terms = Mapping[str, Sequence[Mapping[str, Any]]]
_TYPES = {"text": "string"}


def datapackage(provenance: Provenance, terms: Terms, files: Mapping[str, FileInfo]) -> dict[str, Any]:
    """Return the descriptor. `terms` are those of each vocabulary, `files` the files that it describes, by name.

    Each table states its licences, since they do not cover the notices' own texts beside them.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "zhenggai",
        "title": "Zhenggai 整改数据",
        "description": "What Chinese notices on rectification after inspections say, as typed, citable data. It says "
        "what a notice says, and never what it does not say. English texts, topics, kinds and labels are unofficial.",
        "version": provenance.data_version,
        "created": f"{provenance.released}T00:00:00Z",
        "keywords": ["巡视", "整改", "通报", "inspection", "rectification", "open data"],
        "contributors": [{"title": "Zhenggai 整改数据", "roles": ["transcriber"]}],
        "sources": [source(notice) for notice in provenance.notices],
        "resources": [
            *(_table(table, provenance, terms, files[table.file]) for table in TABLES),
            *(_text(notice, files[source_name(notice["notice"])]) for notice in provenance.notices),
        ],
    }


def source(notice: Mapping[str, Any]) -> dict[str, str]:
    stated = {"title": notice["title"], "path": notice["source_url"], "version": notice["date"]}
    return {name: value for name, value in stated.items() if value}


def _table(table: ReleaseTable, provenance: Provenance, terms: Terms, file: FileInfo) -> dict[str, Any]:
    return {
        **_file(table.name.replace("_", "-"), file, "csv"),
        "type": "table",
        "title": f"{table.zh} {table.en}",
        "description": table.description,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "licenses": [{"name": name, "path": license_url(name)} for name in provenance.licenses],
        "schema": {
            "fields": [_field(column, terms) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [_foreign_key(reference) for reference in required_references(table)],
            "missingValues": [""],
        },
    }


def _text(notice: Mapping[str, Any], file: FileInfo) -> dict[str, Any]:
    return {
        **_file(f"{notice['notice']}-text", file, "txt"),
        "title": notice["title"],
        "description": " ".join(filter(None, (notice["rights_en"], notice["rights"]))),
        "sources": [source(notice)],
    }


def _file(name: str, file: FileInfo, format: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": file.name,
        "format": format,
        "mediatype": file.media_type.partition(";")[0],
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }


def _field(column: Column, terms: Terms) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.nullable or column.kind == "list" else {"required": True}
    constraints |= {"unique": True} if column.name == "uid" else {}
    codes = terms.get(vocabulary_of(column) or "", ())
    constraints |= {"enum": [term["code"] for term in codes]} if codes else {}
    return {
        "name": column.name,
        "title": f"{column.zh} {column.en}",
        "type": _TYPES.get(column.kind, column.kind),
        **({"description": column.description} if column.description else {}),
        **({"delimiter": "|", "itemType": "string"} if column.kind == "list" else {}),
        **({"categories": [{"value": t["code"], "label": f"{t['zh']} {t['en']}"} for t in codes]} if codes else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _foreign_key(reference: Reference) -> dict[str, Any]:
    target = {"resource": reference.table.replace("_", "-"), "fields": list(reference.key)}
    return {"fields": list(reference.columns), "reference": target}
