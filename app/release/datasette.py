"""`metadata.json`: what Datasette needs to show the SQLite file well: titles, labels, order, facets, queries."""

from typing import Any

from app.exports.table import Column
from app.models.notice import license_url
from app.release.provenance import Edition
from app.release.stored import label_column
from app.release.tables import TABLES, ReleaseTable

_FACETS = {
    "sections": ["role"],
    "issues": ["category_uid", "topics"],
    "statements": ["role"],
    "measures": ["kind", "modality"],
    "metrics": ["qualifier", "nature", "scope"],
    "numerals": ["class"],
    "terms": ["vocabulary"],
    "measures_readable": ["kind", "modality"],
    "metrics_readable": ["qualifier", "nature"],
    "issues_readable": ["category"],
}
_ARRAYS = ("topics", "kinds")
_VIEWS = {
    "issues_readable": "问题（可读） Issues, with their categories in words",
    "measures_readable": "举措（可读） Measures, with their codes in words",
    "metrics_readable": "数字（可读） Figures, with their codes in words and their sentences",
    "headline_figures": "主要数字 Headline figures, as each notice prints them",
    "measures_by_kind": "各类举措数 Measures by kind",
}
_PLACES = "Places (…_start, …_end) are half-open ranges of code points in the notice's source text."
# Substrings are found as they are: an index of words would miss Chinese ones without a word of warning.
_WORDS = """\
select 'issue' as type, title as label, text, uid from issues where instr(title, :words) or instr(text, :words)
union all
select 'measure', kind, text, uid from measures where instr(text, :words)
union all
select 'metric', label, quote, uid from metrics where instr(label, :words) or instr(quote, :words)
"""


def metadata(edition: Edition, vocabularies: list[str]) -> dict[str, Any]:
    """The metadata file; the tables that hold one vocabulary each are hidden, since codes lead there."""
    tables: dict[str, Any] = {name: {"hidden": True, "label_column": "zh", "sort": "position"} for name in vocabularies}
    tables |= {table.name: _table(table) for table in TABLES}
    tables |= {view: {"description": text, **_facets(view)} for view, text in _VIEWS.items()}
    query = {"sql": _WORDS, "title": "查找字词 Words anywhere in issues, measures and figures"}
    return {
        "title": "Zhenggai 整改数据",
        "description": "What Chinese notices on rectification after inspections say, as typed, citable data: what a "
        "notice says, and never what it does not say. English texts, topics, kinds and labels are unofficial. "
        f"Data version {edition.data_version}.",
        **_rights(edition),
        "databases": {"zhenggai": {"tables": tables, "queries": {"words": query}}},
    }


def _rights(edition: Edition) -> dict[str, str]:
    """Licence and source as Datasette can show them: one of each."""
    license = edition.licenses[0]
    rights = {"license": f"{license} (transcription)", "license_url": license_url(license)}
    if len(edition.notices) == 1:
        notice = edition.notices[0]
        rights |= {"source": notice["source_name"], "source_url": notice["source_url"]}
    return rights


def _table(table: ReleaseTable) -> dict[str, Any]:
    places = any(column.name.endswith("_start") for column in table.columns)
    return {
        "description": _plain(f"{table.zh} {table.en}. {table.description} {_PLACES if places else ''}"),
        "columns": {column.name: _plain(f"{column.zh}. {column.description}") for column in _told(table)},
        "label_column": label_column(table),
        "sort": "position",
        **_facets(table.name),
    }


def _told(table: ReleaseTable) -> list[Column]:
    """Columns of numbers and codes, which are easily misread; told of all, the rows would be out of sight."""
    numbers = [column for column in table.columns if column.kind == "number" or column.vocabulary]
    return [column for column in numbers if column.description]


def _plain(text: str) -> str:
    """The text as Datasette shows it, which knows no marks."""
    return text.replace("`", "").strip()


def _facets(name: str) -> dict[str, Any]:
    """Values to count at the side; those of an array are counted one by one."""
    facets = [{"array": facet} if facet in _ARRAYS else facet for facet in _FACETS.get(name, ())]
    return {"facets": facets} if facets else {}
