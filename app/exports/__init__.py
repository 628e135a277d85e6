"""File forms: each writes any table of records; what differs is the bytes, never the values."""

from app.exports import csv, ndjson, xlsx
from app.exports.table import Format

FORMATS: dict[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", "csv", csv.write),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", xlsx.write),
    "ndjson": Format("application/x-ndjson", "ndjson", ndjson.write),
}
