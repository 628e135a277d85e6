"""Where the records of a transcription stand in its text, so that those of two transcriptions can be matched."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from app.transcription.draft.quoting import words_of
from app.transcription.parsing.numerals import NUMERAL

Places = Iterator[tuple[Any, dict[str, Any]]]
Placer = Callable[[dict[str, Any], str, str], Places]


def section_places(notice: dict[str, Any], name: str, text: str) -> Places:
    """Yield sections by their first character; the parent is told by its place too."""
    starts: dict[str, int] = {}
    cursor = 0
    for record in notice[name]:
        first = record.get("heading") or record.get("first") or next(iter(record.get("text", [])), "")
        found = text.find(first, cursor)
        cursor = found if found >= 0 else cursor
        starts[record["id"]] = found
        yield found, record | {"parent": starts.get(record.get("parent") or "")}


def issue_places(notice: dict[str, Any], name: str, text: str) -> Places:
    starts = {record["id"]: place for place, record in section_places(notice, "sections", text)}
    for record in notice[name]:
        yield starts.get(record["section"]), record


def statement_places(notice: dict[str, Any], name: str, text: str) -> Places:
    """Yield statements by their bounds; a printed number in front (一是) is none of them, wherever it is kept."""
    cursor = 0
    for record in notice[name]:
        found = text.find(record["quote"], cursor)
        if found >= 0:
            cursor = found + len(record["quote"])
            marker = re.match("[一二三四五六七八九十]是", record["quote"])
            yield (found + (marker.end() if marker else 0), cursor), record


def metric_places(notice: dict[str, Any], name: str, text: str) -> Places:
    cursor = 0
    for record in notice[name]:
        value, sentence = record["value_text"], words_of(record["quote"]) or ""
        start = text.find(sentence, max(0, cursor - len(sentence)))
        words = words_of(value) or ""
        prefix, suffix = (value.get(key) or "" for key in ("prefix", "suffix")) if isinstance(value, dict) else ("", "")
        pattern = rf"(?<![0-9.]){re.escape(words)}" if not prefix else re.escape(words)
        match = re.compile(rf"(?<={re.escape(prefix)}){pattern}(?={re.escape(suffix)})").search(
            text, max(start, cursor)
        )
        if match:
            cursor = match.end()
            yield (match.start(), match.end()), record


def numeral_places(notice: dict[str, Any], name: str, text: str) -> Places:
    cursor = 0
    printed = list(NUMERAL.finditer(text))
    for record in notice[name]:
        match = next((m for m in printed if m.start() >= cursor and m[0] == record["text"]), None)
        if match:
            cursor = match.end()
            yield match.start(), record


def contact_places(notice: dict[str, Any], name: str, _: str) -> Places:
    for record in notice[name]:
        yield (record["kind"], words_of(record["text"])), record


def name_places(notice: dict[str, Any], name: str, _: str) -> Places:
    for record in notice[name]:
        yield record["name"], record
