"""Strict reading of the seed's files: UTF-8, JSON without duplicate keys, exact decimals, and the exact layout.

Writing replaces a file at once.
"""

import json
import os
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from app.transcription.findings import Findings
from app.transcription.layout.types import QUOTE_TAGS

T = TypeVar("T")


class JSONDecimal(Decimal):
    """A number of a JSON file, and how it is written there, which tells 1.0 from 1.00 and 1e1 from 10.0."""

    def __new__(cls, text: str) -> "JSONDecimal":
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str

    def as_read(self) -> str:
        return self.text


def read_bytes(path: Path, findings: Findings) -> bytes | None:
    """Return the bytes of a file; None, with a finding, if it can't be read or is not UTF-8."""
    try:
        raw = path.read_bytes()
        raw.decode("utf-8")
        return raw
    except OSError as error:
        findings.add("$", f"can't be read: {error.strerror}")
    except UnicodeDecodeError as error:
        findings.add(f"byte {error.start}", f"is not UTF-8: {error.reason}")
    return None


def read_json(
    path: Path, layout: TypeAdapter[T], findings: Findings, prepare: Callable[[Any], Any] = lambda content: content
) -> T | None:
    """Return the validated content of a JSON file; None, with a finding for every error, if it is invalid.

    `prepare` may complete the content before it is validated.
    """
    raw = read_bytes(path, findings)
    if raw is None:
        return None
    try:
        return layout.validate_python(prepare(_parse(raw)))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            findings.add(_json_path(detail["loc"]), f"{detail['msg']} (got {_excerpt(detail['input'])})")
    except json.JSONDecodeError as error:
        findings.add(f"line {error.lineno}, column {error.colno}", f"is not JSON: {error.msg}")
    except ValueError as error:
        findings.add("$", str(error))
    except RecursionError:
        findings.add("$", "is nested too deeply")
    return None


def write_text(path: Path, text: str) -> None:
    """Replace a file at once, so that nobody reads half of it, even where the process or the machine dies."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _parse(raw: bytes) -> Any:
    return json.loads(
        raw, parse_float=JSONDecimal, parse_constant=_reject_constant, object_pairs_hook=_reject_duplicate_keys
    )


def _reject_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        keys = [key for key, _ in pairs]
        duplicate = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {duplicate!r} is given twice in one object ({_excerpt(content)})")
    return content


def _reject_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number")


def _json_path(location: tuple[int | str, ...]) -> str:
    steps = [step for step in location if step not in QUOTE_TAGS]
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _excerpt(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
