"""Building a release: every file is written from the API's answers, in memory that does not grow with the data."""

import json
import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.exports import FORMATS
from app.exports.table import Table
from app.models.decimal import format_json
from app.release import parquet, sqlite
from app.release.croissant import croissant
from app.release.csvw import csvw
from app.release.datapackage import datapackage
from app.release.datasette import configuration, metadata
from app.release.manifest import (
    CHECKSUMS,
    CROISSANT,
    DATA_JSON,
    DATABASE,
    FileEntry,
    FileInfo,
    Provenance,
    archive_entry,
    file_entries,
    file_info,
    source_name,
    write_manifest,
)
from app.release.readme import write_readmes
from app.release.records import Get, notices, terms
from app.release.tables import TABLES

MANIFEST = ".manifest.json"
_REGULAR_FILE = 0o100644 << 16  # readable by all, as the zip format stores it
_UNIX = 3


def build(get: Get, folder: Path) -> None:
    """Write the whole release into an empty folder, with `MANIFEST`, the list of its files."""
    provenance = Provenance(list(notices(get)))
    entries = file_entries(provenance)
    _write_data(get, folder, provenance)
    _write_descriptors(get, folder, provenance, entries)
    files = [file_info(folder, entry) for entry in entries[:-1]]
    _write_checksums(folder / CHECKSUMS, files)
    files.append(file_info(folder, entries[-1]))
    archive = archive_entry(provenance)
    _write_archive(folder / archive.name, [file.name for file in files])
    write_manifest(folder / MANIFEST, [*files, file_info(folder, archive)])


def _write_data(get: Get, folder: Path, provenance: Provenance) -> None:
    for notice in provenance.notices:
        slug = notice["notice"]
        (folder / source_name(slug)).write_bytes(get(f"/source.txt?notice={slug}"))
    for table in TABLES:
        _write(folder / table.file, FORMATS["csv"].write(table.records(get), Table(table.columns)))
        about = parquet.describe(table, provenance)
        parquet.write(folder / table.parquet_file, table.columns, table.records(get), about)
    _write(folder / DATA_JSON, (line.encode() for line in _json_lines(get, provenance)))
    sqlite.write(folder / DATABASE, get)


def _write_descriptors(get: Get, folder: Path, provenance: Provenance, entries: list[FileEntry]) -> None:
    grouped = groupby(terms(get), key=lambda term: str(term["vocabulary"]))
    vocabularies = {name: list(group) for name, group in grouped}
    described = {name for table in TABLES for name in (table.file, table.parquet_file)} | {
        source_name(notice["notice"]) for notice in provenance.notices
    }
    files = {entry.name: file_info(folder, entry) for entry in entries if entry.name in described}
    _write_json(folder / "datapackage.json", datapackage(provenance, vocabularies, files))
    _write_json(folder / "csv-metadata.json", csvw(provenance))
    _write_json(folder / CROISSANT, croissant(provenance, files))
    _write_json(folder / "metadata.json", metadata(provenance, list(vocabularies)))
    _write_json(folder / "datasette.json", configuration(list(vocabularies)))
    write_readmes(folder, provenance, entries)


def _write(path: Path, chunks: Iterator[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(chunks)


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _json_lines(get: Get, provenance: Provenance) -> Iterator[str]:
    """Yield one JSON object: the versions, then an array for each table, one record a line."""
    data_version, api_version = format_json(provenance.data_version), format_json(provenance.api_version)
    yield f'{{"data_version": {data_version}, "api_version": {api_version}'
    for table in TABLES:
        yield f', "{table.name}": ['
        for number, record in enumerate(table.records(get)):
            yield f"{',' if number else ''}\n{format_json(record)}"
        yield "\n]"
    yield "}\n"


def _write_checksums(path: Path, files: Iterable[FileInfo]) -> None:
    """Write the file that `sha256sum -c` reads."""
    path.write_text("".join(f"{file.sha256}  {file.name}\n" for file in files), encoding="utf-8")


def _write_archive(path: Path, names: Iterable[str]) -> None:
    """Write a zip of the files beside it, in one folder. Nothing in it depends on when or where it was made."""
    with ZipFile(path, "w") as archive:
        for name in names:
            info = ZipInfo(f"{path.stem}/{name}", (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, _REGULAR_FILE, _UNIX
            info.file_size = path.with_name(name).stat().st_size
            with path.with_name(name).open("rb") as source, archive.open(info, "w") as target:
                shutil.copyfileobj(source, target)
