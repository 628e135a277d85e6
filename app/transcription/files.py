"""Files of `seed/` read strictly: UTF-8, JSON without double keys, exact numbers, and the shape to the letter."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from app.transcription.findings import Findings
from app.transcription.layout.types import ALTERNATIVES

T = TypeVar("T")


def read_bytes(path: Path, report: Findings) -> bytes | None:
    """The file's bytes, if it can be read and is UTF-8."""
    try:
        raw = path.read_bytes()
        raw.decode("utf-8")
        return raw
    except OSError as error:
        report.say("$", f"can't be read: {error.strerror}")
    except UnicodeDecodeError as error:
        report.say(f"byte {error.start}", f"is not UTF-8: {error.reason}")
    return None


def read_json(path: Path, shape: TypeAdapter[T], report: Findings) -> T | None:
    """The file's content in the given shape; None, and every reason in the report, if it is not of that shape."""
    raw = read_bytes(path, report)
    if raw is None:
        return None
    try:
        return shape.validate_python(_parse(raw))
    except ValidationError as error:
        for slip in error.errors(include_url=False):
            report.say(_path(slip["loc"]), f"{slip['msg']} (got {_short(slip['input'])})")
    except json.JSONDecodeError as error:
        report.say(f"line {error.lineno}, column {error.colno}", f"is not JSON: {error.msg}")
    except ValueError as error:
        report.say("$", str(error))
    return None


def _parse(raw: bytes) -> Any:
    return json.loads(raw, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {double!r} stands twice in one object ({_short(content)})")
    return content


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON number")


def _path(location: tuple[int | str, ...]) -> str:
    steps = [step for step in location if step not in ALTERNATIVES]
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
