"""The release's files: what each is called, what it holds, what it weighs."""

import hashlib
from pathlib import Path

from pydantic import BaseModel

from app.release.provenance import Edition
from app.release.tables import TABLES

CSV = "text/csv; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
JSON = "application/json"
CSVW = "application/csvm+json"
SQLITE = "application/vnd.sqlite3"
ZIP = "application/zip"
MEDIA_TYPES = [media_type.partition(";")[0] for media_type in (CSV, TEXT, MARKDOWN, JSON, CSVW, SQLITE, ZIP)]

SUMS = "SHA256SUMS"
DATA_JSON = "zhenggai.json"
DATABASE = "zhenggai.sqlite3"


class Entry(BaseModel):
    """A file of the release, before it is weighed."""

    name: str
    media_type: str
    description: str
    description_en: str


class Weighed(Entry):
    """A file of the release as it lies there."""

    bytes: int
    sha256: str


def archive_name(edition: Edition) -> str:
    return f"zhenggai-{edition.data_version}.zip"


def source_name(notice: str) -> str:
    return f"{notice}.txt"


def entries(edition: Edition) -> list[Entry]:
    """Every file but the archive, in the order in which they are listed."""
    found = [
        ("README.md", MARKDOWN, "说明（英文）", "What this is and how to use it."),
        ("README.zh-CN.md", MARKDOWN, "说明", "The same in Chinese."),
        *((table.file, CSV, table.zh, f"{table.en}, as a table.") for table in TABLES),
        (DATA_JSON, JSON, "全部数据，JSON", "All tables in one JSON file, nested values included."),
        (DATABASE, SQLITE, "全部数据，SQLite，附视图", "All tables in one SQLite file, with keys, labels and views."),
        *(
            (source_name(notice["notice"]), TEXT, f"原文：{notice['title']}", f"Source text: {notice['title_en']}")
            for notice in edition.notices
        ),
        ("datapackage.json", JSON, "Data Package 描述", "Data Package descriptor of the CSV files."),
        ("csv-metadata.json", CSVW, "CSVW 描述", "CSV on the Web metadata of the CSV files."),
        ("metadata.json", JSON, "Datasette 的元数据", "Metadata for showing the SQLite file in Datasette."),
        (SUMS, TEXT, "以上文件的 SHA-256", "SHA-256 of every file above, for sha256sum -c."),
    ]
    return [Entry(name=name, media_type=kind, description=zh, description_en=en) for name, kind, zh, en in found]


def archive_entry(edition: Edition) -> Entry:
    name = archive_name(edition)
    return Entry(name=name, media_type=ZIP, description="全部文件", description_en="All of these files in one archive.")


def weighed(folder: Path, entry: Entry) -> Weighed:
    path = folder / entry.name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Weighed(**entry.model_dump(), bytes=path.stat().st_size, sha256=digest)
