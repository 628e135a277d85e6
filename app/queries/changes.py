"""The releases of the data, each with its corrections."""

from app.database.record_json import json_object
from app.database.repository import Repository
from app.database.select import Select, in_, table_of
from app.http.mount import expand_urls
from app.models.change import Correction, CorrectionRow, ReleaseFields, ReleaseRow
from app.models.record import MOUNT
from app.queries.query import with_arrays

_RELEASE, _CORRECTION = table_of(ReleaseRow), table_of(CorrectionRow)
_RELEASE_JSON = json_object(ReleaseFields, _RELEASE)
_CORRECTION_JSON = json_object(Correction, _CORRECTION, url=f"{MOUNT}{{path}}")


def read_releases(repository: Repository, limit: int, offset: int, base: str) -> tuple[list[str], int]:
    """Return the JSON of some releases, the newest first, with addresses that begin with `base`, and their number."""
    columns = (_RELEASE.c.day, _RELEASE_JSON)
    releases = Select(_RELEASE).order_by((_RELEASE.c.day, True))
    rows, total = repository.database.fetch_page(releases, *columns, limit=limit, offset=offset)
    found: dict[str, list[str]] = {day: [] for day, _ in rows}
    if found:
        corrections = Select(_CORRECTION).where(in_(_CORRECTION.c.release, found))
        for day, correction in repository.database.fetch(corrections, _CORRECTION.c.release, _CORRECTION_JSON):
            found[day].append(expand_urls(correction, base))
    return [with_arrays(text, {"corrections": found[day]}) for day, text in rows], total
