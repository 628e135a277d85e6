"""What a release consists of: the notices and versions that it is made from, and its files."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from app.exports.table import Record
from app.release.tables import TABLES

CSV = "text/csv; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
JSON = "application/json"
CSVW = "application/csvm+json"
SQLITE = "application/vnd.sqlite3"
ZIP = "application/zip"
MEDIA_TYPES = [media_type.partition(";")[0] for media_type in (CSV, TEXT, MARKDOWN, JSON, CSVW, SQLITE, ZIP)]

CHECKSUMS = "SHA256SUMS"
DATA_JSON = "zhenggai.json"
DATABASE = "zhenggai.sqlite3"


@dataclass(frozen=True)
class Provenance:
    """What a release is made from: the public records of all notices, in order. Each record holds the versions."""

    notices: list[Record]

    @property
    def data_version(self) -> str:
        return str(self.notices[0]["data_version"])

    @property
    def api_version(self) -> str:
        return str(self.notices[0]["api_version"])

    @property
    def released(self) -> str:
        """The date on which the latest transcription was released."""
        return max(str(notice["released"]) for notice in self.notices)

    @property
    def licenses(self) -> list[str]:
        """SPDX identifiers of the transcriptions' licences, each once."""
        return list(dict.fromkeys(str(notice["transcription_license"]) for notice in self.notices))


class FileEntry(BaseModel):
    """A file of the release, whether written yet or not."""

    name: str
    media_type: str
    description: str
    description_en: str


class FileInfo(FileEntry):
    """A file of the release that has been written."""

    bytes: int
    sha256: str


def archive_name(provenance: Provenance) -> str:
    return f"zhenggai-{provenance.data_version}.zip"


def source_name(notice: str) -> str:
    return f"{notice}.txt"


def file_entries(provenance: Provenance) -> list[FileEntry]:
    """Return every file but the archive, in the order in which they are listed. The checksums come last."""
    found = [
        ("README.md", MARKDOWN, "说明（英文）", "What this is and how to use it."),
        ("README.zh-CN.md", MARKDOWN, "说明", "The same in Chinese."),
        *((table.file, CSV, table.zh, f"{table.en}, as a table.") for table in TABLES),
        (DATA_JSON, JSON, "全部数据，JSON", "All tables in one JSON file, nested values included."),
        (DATABASE, SQLITE, "全部数据，SQLite，附视图", "All tables in one SQLite file, with keys, labels and views."),
        *(
            (
                source_name(notice["notice"]),
                TEXT,
                f"原文：{notice['title']}",
                f"Source text: {notice['title_en'] or notice['title']}",
            )
            for notice in provenance.notices
        ),
        ("datapackage.json", JSON, "Data Package 描述", "Data Package descriptor of the CSV files."),
        ("csv-metadata.json", CSVW, "CSVW 描述", "CSV on the Web metadata of the CSV files."),
        ("metadata.json", JSON, "Datasette 的元数据", "Metadata for showing the SQLite file in Datasette."),
        ("datasette.json", JSON, "Datasette 1.0 的配置", "Configuration for showing it in Datasette 1.0."),
        (CHECKSUMS, TEXT, "以上文件的 SHA-256", "SHA-256 of every file above, for sha256sum -c."),
    ]
    return [FileEntry(name=name, media_type=kind, description=zh, description_en=en) for name, kind, zh, en in found]


def archive_entry(provenance: Provenance) -> FileEntry:
    name, description = archive_name(provenance), "All of these files in one archive."
    return FileEntry(name=name, media_type=ZIP, description="全部文件", description_en=description)


def file_info(folder: Path, entry: FileEntry) -> FileInfo:
    """Return the size and the hash of a written file with its entry."""
    path = folder / entry.name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileInfo(**entry.model_dump(), bytes=path.stat().st_size, sha256=digest)
