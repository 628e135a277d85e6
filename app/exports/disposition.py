"""Content-Disposition: the name under which a browser keeps a file, Chinese names included."""

from urllib.parse import quote


def disposition(name: str, ascii_name: str) -> str:
    """The header's value (RFC 6266): the true name for all who read `filename*`, the plain one for the rest."""
    plain = "".join(character if character.isalnum() or character in "-._" else "-" for character in ascii_name)
    if not plain.isascii():
        raise ValueError(f"{ascii_name!r} is not ASCII")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
