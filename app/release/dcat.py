"""The release as linked data: DCAT 3 and schema.org in one JSON-LD document."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.exports.table import NoticeSource
from app.models.notice import license_url
from app.models.snapshot import SnapshotRow
from app.release.manifest import TEXT, ZIP, FileInfo
from app.release.tables import TABLES, ReleaseTable

Node = dict[str, Any]

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_NAME = "Zhenggai 整改数据"
_DESCRIPTION = {
    "zh-CN": "中国的巡视、巡察整改通报说了什么，就把它变成有类型、可引用的数据；通报没说的，一概不填。",
    "en": "What Chinese notices on rectification after inspections say, as typed, citable data, and nothing else.",
}
_KEYWORDS = ["巡视", "整改", "通报", "inspection", "rectification"]


def catalog(base: str, snapshot: SnapshotRow, notices: Sequence[NoticeSource], files: Iterable[FileInfo]) -> Node:
    """Return the dataset with its distributions. `base` begins every address: the public one, or a path if unknown."""
    licenses = [{"@id": license_url(name)} for name in dict.fromkeys(n.transcription_license for n in notices)]
    distributions = [_distribution(base, file, licenses) for file in files]
    parts = [_part(base, table, licenses) for table in TABLES]
    return {
        "@context": _CONTEXT,
        "@id": f"{base}/dataset",
        "@type": ["dcat:Dataset", "schema:Dataset"],
        **_both(("dct:title", "schema:name"), _NAME),
        **_both(("dct:description", "schema:description"), _texts(_DESCRIPTION["zh-CN"], _DESCRIPTION["en"])),
        **_both(("dct:identifier", "schema:identifier"), "zhenggai"),
        **_both(("dcat:version", "schema:version"), snapshot.data_version),
        **_both(("dct:modified", "schema:dateModified"), _day(snapshot.released.isoformat())),
        **_both(("dcat:keyword", "schema:keywords"), _KEYWORDS),
        **_both(("dct:license", "schema:license"), licenses),
        **_both(("dct:creator", "schema:creator"), _agent(_NAME)),
        "dct:rights": [text for notice in notices for text in _texts(notice.rights, notice.rights_en)],
        "schema:inLanguage": ["zh-CN", "en"],
        "schema:isAccessibleForFree": True,
        "prov:wasDerivedFrom": [_source(notice) for notice in notices],
        "schema:isBasedOn": [{"@id": notice.source_url} for notice in notices if notice.source_url],
        "dcat:distribution": [*distributions, _api(base, licenses)],
        "schema:distribution": [{"@id": file["@id"]} for file in distributions],
        "dct:hasPart": parts,
        "schema:hasPart": [{"@id": part["@id"]} for part in parts],
        "dct:provenance": {
            "@id": f"{base}/changes",
            "@type": "dct:ProvenanceStatement",
            "dct:title": _texts("数据的发布与更正", "Releases of the data, with their corrections"),
        },
    }


def _part(base: str, table: ReleaseTable, licenses: list[Node]) -> Node:
    """Return a table as a dataset within the dataset, with the files that hold it alone."""
    files = [{"@id": f"{base}/dataset/{name}"} for name in (table.file, table.parquet_file)]
    return {
        "@id": f"{base}/dataset#{table.name}",
        "@type": ["dcat:Dataset", "schema:Dataset"],
        **_both(("dct:title", "schema:name"), _texts(table.zh, table.en)),
        **_both(("dct:description", "schema:description"), table.description),
        **_both(("dct:identifier", "schema:identifier"), table.name),
        **_both(("dct:license", "schema:license"), licenses),
        **_both(("dcat:distribution", "schema:distribution"), files),
        "schema:variableMeasured": [column.name for column in table.columns],
    }


def _distribution(base: str, file: FileInfo, licenses: list[Node]) -> Node:
    address = {"@id": f"{base}/dataset/{file.name}"}
    media_type = file.media_type.partition(";")[0]
    kind = "dcat:packageFormat" if media_type == ZIP else "dcat:mediaType"
    return {
        **address,
        "@type": ["dcat:Distribution", "schema:DataDownload"],
        **_both(("dct:title", "schema:name"), file.name),
        **_both(("dct:description", "schema:description"), _texts(file.description, file.description_en)),
        "dcat:accessURL": {"@id": f"{base}/dataset"},
        **_both(("dcat:downloadURL", "schema:contentUrl"), address),
        kind: {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
        "schema:encodingFormat": media_type,
        "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
        "schema:contentSize": f"{file.bytes} B",
        "schema:sha256": file.sha256,
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
        **_licensed(file, licenses),
    }


def _licensed(file: FileInfo, licenses: list[Node]) -> Node:
    """Return the licence, which does not cover a notice's own text: the terms of that are in the dataset's rights."""
    source = file.media_type == TEXT and file.name.endswith(".txt")
    return {} if source else _both(("dct:license", "schema:license"), licenses)


def _api(base: str, licenses: list[Node]) -> Node:
    service = {
        "@type": "dcat:DataService",
        "dct:title": "API",
        "dcat:endpointURL": {"@id": f"{base}/"},
        "dcat:endpointDescription": {"@id": f"{base}/openapi.json"},
        "dcat:servesDataset": {"@id": f"{base}/dataset"},
    }
    return {
        "@type": "dcat:Distribution",
        "dct:title": "API",
        "dcat:accessURL": {"@id": f"{base}/"},
        "dcat:accessService": service,
        "dct:license": licenses,
    }


def _source(notice: NoticeSource) -> Node:
    """Return a notice as a document, with what it states of itself."""
    return {
        **({"@id": notice.source_url} if notice.source_url else {}),
        "@type": ["foaf:Document", "schema:CreativeWork"],
        **_both(("dct:title", "schema:name"), _texts(notice.title, notice.title_en)),
        **(_both(("dct:issued", "schema:datePublished"), _day(notice.date)) if notice.date else {}),
        **(_both(("dct:publisher", "schema:publisher"), _agent(notice.source_name)) if notice.source_name else {}),
        **({"schema:creativeWorkStatus": "Draft"} if notice.stage == "draft" else {}),
        "dct:rights": _texts(notice.rights, notice.rights_en),
    }


def _agent(name: str) -> Node:
    return {"@type": ["foaf:Agent", "schema:Organization"], **_both(("foaf:name", "schema:name"), name)}


def _texts(zh: str, en: str) -> list[Node]:
    return [{"@value": zh, "@language": "zh-CN"}, *([{"@value": en, "@language": "en"}] if en else [])]


def _day(day: str) -> Node:
    return {"@value": day, "@type": "xsd:date"}


def _both(names: tuple[str, str], value: Any) -> Node:
    """Return the same value under its names in both vocabularies."""
    return dict.fromkeys(names, value)
