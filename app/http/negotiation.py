"""Content negotiation: what a client's headers admit (RFC 9110, 12.5)."""

from collections.abc import Sequence

from app.http.errors import ProblemException, slip


def negotiated(accept: str, media_types: Sequence[str]) -> str:
    """The media type that an Accept header takes best, of equals the first; a refusal where it admits none.

    An absent or empty header admits any. So does `*/*`, which browsers send: they get the first.
    """
    given = weights(accept) or {"*/*": 1.0}
    best = max(media_types, key=lambda media_type: _weight(given, media_type))
    if _weight(given, best) > 0:
        return best
    detail = f"This is answered as {' or '.join(media_types)}, which {accept!r} does not admit."
    raise ProblemException(406, "not-acceptable", detail, [slip("header", "Accept", detail, list(media_types))])


def weights(header: str) -> dict[str, float]:
    """What a header of weighted names says of each; what can't be read has no weight."""
    return dict(_range(part) for part in header.lower().split(",") if part.strip())


def _weight(given: dict[str, float], media_type: str) -> float:
    """The weight given by the most specific range that names the media type."""
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    return next((given[name] for name in ranges if name in given), 0.0)


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    weight = next((value[2:] for value in parameters if value.startswith("q=")), "1")
    try:
        return name, float(weight)
    except ValueError:
        return name, 0.0
