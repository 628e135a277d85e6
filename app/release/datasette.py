"""`metadata.json` and `datasette.json`: what Datasette needs to show the SQLite file well.

Datasette before 1.0 reads all of it from the first; from 1.0, descriptions from the first and the rest from the second.
"""

from typing import Any

from app.exports.table import Column
from app.models.notice import license_url
from app.release.manifest import Provenance
from app.release.tables import TABLES, ReleaseTable

# The views, each with the columns whose values are counted.
_VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "issues_readable": ("问题（可读） Issues, with their categories in words", ("category",)),
    "measures_readable": (
        "举措（可读） Measures, with their codes in words",
        ("kind", "directive", "modality", "sanction"),
    ),
    "documents_readable": ("文件（可读） Documents, wherever they are named", ("type", "act")),
    "organizations_readable": ("机构（可读） Organizations, wherever they stand", ("type", "part")),
    "metrics_readable": (
        "数字（可读） Figures, with their codes in words and their sentences",
        ("qualifier", "nature"),
    ),
    "headline_figures": ("主要数字 Headline figures, as each notice prints them", ()),
    "measures_by_kind": ("各类举措数 Measures by kind", ()),
}
_ARRAYS = ("topics", "kinds", "parts")
_PLACES = "Places (…_start, …_end) are half-open ranges of code points in the notice's source text."
# Substrings are compared, since SQLite's full-text index would silently miss Chinese words.
_WORDS = """\
select 'issue' as type, title as label, text, uid from issues where instr(title, :words) or instr(text, :words)
union all
select 'measure', kind, text, uid from measures where instr(text, :words)
union all
select 'metric', label, quote, uid from metrics where instr(label, :words) or instr(quote, :words)
"""


def metadata(provenance: Provenance, vocabularies: list[str]) -> dict[str, Any]:
    """Return the metadata file, in which Datasette before 1.0 finds the configuration too."""
    configured = configuration(vocabularies)["databases"]["zhenggai"]
    described = {table.name: _description(table) for table in TABLES}
    described |= {view: {"description": text} for view, (text, _) in _VIEWS.items()}
    tables = {name: described.get(name, {}) | settings for name, settings in configured["tables"].items()}
    return {
        "title": "Zhenggai 整改数据",
        "description": "What Chinese notices on rectification after inspections say, as typed, citable data: what a "
        "notice says, and never what it does not say. English texts, topics, kinds and labels are unofficial. "
        f"Data version {provenance.data_version}.",
        **_rights(provenance),
        "databases": {"zhenggai": {**configured, "tables": tables}},
    }


def configuration(vocabularies: list[str]) -> dict[str, Any]:
    """Return the configuration file, which Datasette reads from 1.0: labels, order, facets and queries.

    The tables that hold one vocabulary each are hidden, since codes lead there.
    """
    tables: dict[str, Any] = {name: {"hidden": True, "label_column": "zh", "sort": "position"} for name in vocabularies}
    for table in TABLES:
        tables[table.name] = {"label_column": table.label_column, "sort": "position", **_facets(table.facets)}
    tables |= {view: _facets(facets) for view, (_, facets) in _VIEWS.items()}
    query = {"sql": _WORDS, "title": "查找字词 Words anywhere in issues, measures and figures"}
    return {"databases": {"zhenggai": {"tables": tables, "queries": {"words": query}}}}


def _rights(provenance: Provenance) -> dict[str, str]:
    """Return one licence and, if there is one notice, its source: Datasette shows one of each."""
    license = provenance.licenses[0]
    rights = {"license": f"{license} (transcription)", "license_url": license_url(license)}
    if len(provenance.notices) == 1:
        notice = provenance.notices[0]
        source = {"source": notice["source_name"], "source_url": notice["source_url"]}
        rights |= {name: value for name, value in source.items() if value}
    return rights


def _description(table: ReleaseTable) -> dict[str, Any]:
    places = any(column.name.endswith("_start") for column in table.columns)
    return {
        "description": _plain(f"{table.zh} {table.en}. {table.description} {_PLACES if places else ''}"),
        "columns": {column.name: _plain(f"{column.zh}. {column.description}") for column in _described(table)},
    }


def _described(table: ReleaseTable) -> list[Column]:
    """Return the columns of numbers and codes, which are easily misread; more would push the rows out of sight."""
    numbers = [column for column in table.columns if column.kind == "number" or column.vocabulary]
    return [column for column in numbers if column.description]


def _plain(text: str) -> str:
    """Return the text without Markdown's backticks, which Datasette would show."""
    return text.replace("`", "").strip()


def _facets(names: tuple[str, ...]) -> dict[str, Any]:
    """Return the columns whose values are counted; the items of an array are counted one by one."""
    facets = [{"array": name} if name in _ARRAYS else name for name in names]
    return {"facets": facets} if facets else {}
