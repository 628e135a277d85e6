"""The agreement of two readings of a notice, which is no part of the API: read from the seed when a release is made."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from app.models.decimal import format_json
from app.release.records import AGREEMENT, Get
from app.transcription.agreement import agreement
from app.transcription.readings import READINGS, read_readings

_DIGITS = Decimal("0.001")


def with_agreement(get: Get, seed: Path) -> Get:
    """Return what answers `AGREEMENT` from the readings of a seed folder, and anything else as `get` does."""
    return partial(_answer, get, lambda slug: "\n".join(_lines(seed / slug / READINGS)).encode())


def _answer(get: Get, read: Callable[[str], bytes], url: str) -> bytes:
    address = urlsplit(url)
    return read(parse_qs(address.query)["notice"][0]) if address.path == AGREEMENT else get(url)


def _lines(folder: Path) -> Iterator[str]:
    """Yield a record a field; none for a notice that was not read twice."""
    readings, _ = read_readings(folder) if folder.is_dir() else (None, [])
    for row in agreement(readings) if readings else ():
        kappa, dice = (None if value is None else Decimal(value).quantize(_DIGITS) for value in (row.kappa, row.dice))
        yield format_json({"field": row.field, "units": row.units, "agreed": row.agreed, "kappa": kappa, "dice": dice})
