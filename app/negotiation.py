"""Content negotiation: whether an Accept header admits what an operation answers (RFC 9110, 12.5.1)."""

from collections.abc import Sequence

from app.errors import Refusal, slip


def check_accept(accept: str, media_types: Sequence[str]) -> None:
    """Refuse a request that admits none of the media types; an absent or empty header admits any."""
    if accept.strip() and not any(admits(accept, media_type) for media_type in media_types):
        detail = f"This is answered as {' or '.join(media_types)}, which {accept!r} does not admit."
        raise Refusal(406, "not-acceptable", detail, [slip("header", "Accept", detail, list(media_types))])


def admits(accept: str, media_type: str) -> bool:
    """Whether the most specific range that names the media type gives it a weight above 0."""
    weights = dict(_range(part) for part in accept.lower().split(",") if part.strip())
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    return next((weights[name] for name in ranges if name in weights), 0.0) > 0


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    weight = next((value[2:] for value in parameters if value.startswith("q=")), "1")
    try:
        return name, float(weight)
    except ValueError:
        return name, 0.0
