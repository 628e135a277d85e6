"""Building a release: every file written from the API's answers into one folder, in memory that does not grow."""

import json
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from app.exports import FORMATS
from app.exports.encoding import compact_json
from app.exports.table import Table
from app.release import sqlite
from app.release.archive import write_archive, write_sums
from app.release.csvw import csvw
from app.release.datapackage import datapackage
from app.release.datasette import metadata
from app.release.manifest import DATA_JSON, DATABASE, Entry, Weighed, archive_entry, entries, source_name, weighed
from app.release.provenance import Edition
from app.release.readme import write_readmes
from app.release.records import Ask, notices, records
from app.release.tables import TABLES

MANIFEST = ".manifest.json"


def build(ask: Ask, folder: Path) -> None:
    """Write the whole release into an empty folder, and what it weighs beside it."""
    edition = Edition(list(notices(ask)))
    listed = entries(edition)
    _write_data(ask, folder, edition)
    _write_descriptors(ask, folder, edition, listed)
    files = [weighed(folder, entry) for entry in listed[:-1]]
    write_sums(folder, files)
    files.append(weighed(folder, listed[-1]))
    archive = archive_entry(edition)
    write_archive(folder, archive.name, [file.name for file in files])
    manifest = [file.model_dump() for file in [*files, weighed(folder, archive)]]
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def _write_data(ask: Ask, folder: Path, edition: Edition) -> None:
    for notice in edition.notices:
        slug = notice["notice"]
        (folder / source_name(slug)).write_bytes(ask(f"/source.txt?notice={slug}"))
    for table in TABLES:
        # A CSV file says nothing of where it comes from; the files beside it do.
        plain = Table(table.columns)
        _write(folder / table.file, FORMATS["csv"].write(records(ask, table), plain))
    _write(folder / DATA_JSON, (line.encode() for line in _json(ask, edition)))
    sqlite.write(folder / DATABASE, partial(records, ask))


def _write_descriptors(ask: Ask, folder: Path, edition: Edition, listed: list[Entry]) -> None:
    tables = {table.name: table for table in TABLES}
    grouped = groupby(records(ask, tables["terms"]), key=lambda term: str(term["vocabulary"]))
    terms = {vocabulary: list(group) for vocabulary, group in grouped}
    described = {table.file for table in TABLES} | {source_name(notice["notice"]) for notice in edition.notices}
    weights: dict[str, Weighed] = {entry.name: weighed(folder, entry) for entry in listed if entry.name in described}
    _write_json(folder / "datapackage.json", datapackage(edition, terms, weights))
    _write_json(folder / "csv-metadata.json", csvw(edition))
    _write_json(folder / "metadata.json", metadata(edition, list(terms)))
    write_readmes(folder, edition, listed)


def _write(path: Path, chunks: Iterator[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(chunks)


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _json(ask: Ask, edition: Edition) -> Iterator[str]:
    """One object: the versions, then a list a table, one record a line."""
    yield f'{{"data_version": {compact_json(edition.data_version)}, "api_version": {compact_json(edition.api_version)}'
    for table in TABLES:
        yield f', "{table.name}": ['
        for number, record in enumerate(records(ask, table)):
            # The terms are a table of their own.
            shown = {name: value for name, value in record.items() if (table.name, name) != ("vocabularies", "terms")}
            yield f"{',' if number else ''}\n{compact_json(shown)}"
        yield "\n]"
    yield "}\n"
