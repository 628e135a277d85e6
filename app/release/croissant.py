"""`croissant.json`: the Parquet files described in Croissant 1.0 (MLCommons), for those who load data sets by it."""

from collections.abc import Mapping
from typing import Any

from app.exports.table import Column
from app.models.notice import license_url
from app.release.manifest import FileInfo, Provenance
from app.release.tables import TABLES, ReleaseTable, references

_TYPES = {"integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date"}
# The context that the format prescribes; its checker compares it.
_OWN = (
    "citeAs column conformsTo extract field fileProperty fileObject fileSet format includes isLiveDataset jsonPath key "
    "md5 parentField path recordSet references regex repeated replace samplingRate separator source subField transform "
    "equivalentProperty"
)
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{name: f"cr:{name}" for name in _OWN.split()},
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
}


def croissant(provenance: Provenance, files: Mapping[str, FileInfo]) -> dict[str, Any]:
    """Return the descriptor. `files` are the files that it describes, by name; they lie beside it."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "zhenggai",
        "alternateName": "整改数据",
        "description": "What Chinese notices on rectification after inspections say, as typed, citable data. It says "
        "what a notice says, and never what it does not say. English texts, topics, kinds and labels are unofficial. "
        f"Data version {provenance.data_version}.",
        "license": [license_url(name) for name in provenance.licenses],
        "url": provenance.notices[0]["source_url"],
        "isBasedOn": [notice["source_url"] for notice in provenance.notices],
        # The format wants three numbers here.
        "version": ".".join(str(int(part)) for part in provenance.released.split("-")),
        "datePublished": provenance.released,
        "inLanguage": ["zh-CN", "en"],
        "keywords": ["巡视", "整改", "通报", "inspection", "rectification", "open data"],
        "creator": {"@type": "sc:Organization", "name": "Zhenggai 整改数据"},
        "citeAs": f"Zhenggai 整改数据, data version {provenance.data_version}",
        "distribution": [_file(table, files[table.parquet_file]) for table in TABLES],
        "recordSet": [_record_set(table) for table in TABLES],
    }


def _file(table: ReleaseTable, file: FileInfo) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": f"{table.en} {table.zh}",
        "contentUrl": file.name,
        "contentSize": f"{file.bytes} B",
        # The name by which the format's readers know Parquet; it is older than the registered one.
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _record_set(table: ReleaseTable) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.en} {table.zh}. {table.description}",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: ReleaseTable, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": f"{column.en} {column.zh}. {column.description}".strip(),
        "dataType": _TYPES.get(column.kind, "sc:Text"),
        **({"repeated": True} if column.kind == "list" else {}),
        **_reference(table, column),
        "source": {"fileObject": {"@id": table.parquet_file}, "extract": {"column": column.name}},
    }


def _reference(table: ReleaseTable, column: Column) -> dict[str, Any]:
    """Return what a column refers to. The format has no references of two columns, and its loader joins no dates."""
    for reference in references(table):
        if reference.columns == (column.name,) and column.kind == "text":
            return {"references": {"field": {"@id": f"{reference.table}/{reference.key[0]}"}}}
    return {}
