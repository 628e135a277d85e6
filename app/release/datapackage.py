"""`datapackage.json`: the CSV files described as a Data Package (version 2), for Frictionless and its like."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.exports.table import Column
from app.models.notice import license_url
from app.release.manifest import Weighed, source_name
from app.release.provenance import Edition
from app.release.stored import vocabulary_of
from app.release.tables import TABLES, Reference, ReleaseTable, needed_references

Terms = Mapping[str, Sequence[Mapping[str, Any]]]
_TYPES = {"text": "string"}


def datapackage(edition: Edition, terms: Terms, weights: Mapping[str, Weighed]) -> dict[str, Any]:
    """The descriptor. `terms` are those of each vocabulary; `weights` the files that it describes, by name.

    Licences stand at each table, since the notices' own texts, which lie beside them, are not licensed by us.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "zhenggai",
        "title": "Zhenggai 整改数据",
        "description": "What Chinese notices on rectification after inspections say, as typed, citable data. It says "
        "what a notice says, and never what it does not say. English texts, topics, kinds and labels are unofficial.",
        "version": edition.data_version,
        "created": f"{edition.released}T00:00:00Z",
        "keywords": ["巡视", "整改", "通报", "inspection", "rectification", "open data"],
        "contributors": [{"title": "Zhenggai 整改数据", "roles": ["transcriber"]}],
        "sources": [source(notice) for notice in edition.notices],
        "resources": [
            *(_table(table, edition, terms, weights[table.file]) for table in TABLES),
            *(_text(notice, weights[source_name(notice["notice"])]) for notice in edition.notices),
        ],
    }


def source(notice: Mapping[str, Any]) -> dict[str, str]:
    return {"title": notice["title"], "path": notice["source_url"], "version": notice["date"]}


def _table(table: ReleaseTable, edition: Edition, terms: Terms, weight: Weighed) -> dict[str, Any]:
    return {
        **_file(table.name.replace("_", "-"), weight, "csv"),
        "type": "table",
        "title": f"{table.zh} {table.en}",
        "description": table.description,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "licenses": [{"name": name, "path": license_url(name)} for name in edition.licenses],
        "schema": {
            "fields": [_field(column, terms) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [_foreign_key(reference) for reference in needed_references(table)],
            "missingValues": [""],
        },
    }


def _text(notice: Mapping[str, Any], weight: Weighed) -> dict[str, Any]:
    named = _file(f"{notice['notice']}-text", weight, "txt")
    return {
        **named,
        "title": notice["title"],
        "description": f"{notice['rights_en']} {notice['rights']}",
        "sources": [source(notice)],
    }


def _file(name: str, weight: Weighed, format: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": weight.name,
        "format": format,
        "mediatype": weight.media_type.partition(";")[0],
        "encoding": "utf-8",
        "bytes": weight.bytes,
        "hash": f"sha256:{weight.sha256}",
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
    referred = {"resource": reference.table.replace("_", "-"), "fields": list(reference.key)}
    return {"fields": list(reference.columns), "reference": referred}
