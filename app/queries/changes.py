"""The releases of the data, each with its corrections."""

from app.database.repository import Repository
from app.database.select import Select, in_, table_of
from app.http.mount import expand_urls
from app.models.change import CorrectionRow, ReleaseRow
from app.queries.query import with_arrays

_RELEASE, _CORRECTION = table_of(ReleaseRow), table_of(CorrectionRow)


def read_releases(repository: Repository, limit: int, offset: int, base: str) -> tuple[list[str], int]:
    """Return the JSON of some releases, the newest first, with addresses that begin with `base`, and their number."""
    columns = (_RELEASE.c.day, _RELEASE.c.public_json)
    releases = Select(_RELEASE).order_by((_RELEASE.c.day, True))
    rows, total = repository.database.fetch_page(releases, *columns, limit=limit, offset=offset)
    found: dict[str, list[str]] = {day: [] for day, _ in rows}
    if found:
        corrections = Select(_CORRECTION).where(in_(_CORRECTION.c.release, found))
        for day, correction in repository.database.fetch(corrections, _CORRECTION.c.release, _CORRECTION.c.public_json):
            found[day].append(expand_urls(correction, base))
    return [with_arrays(text, {"corrections": found[day]}) for day, text in rows], total
