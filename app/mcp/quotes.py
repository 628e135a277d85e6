"""Quotes: every number in a result stands in a sentence of the notice that the result quotes.

Labels, notes and translations are ours, and may name a number of another sentence. That sentence is then added.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from app.transcription.parsing.numerals import MULTIPLIERS, NUMERAL, parse_numeral

# Fields with printed words.
_PRINTED = """
quote text value_text unit period_text comparison_text counted actor directive prompted_by modality_text title problem
name issuer marker stands date_text inspected_body inspection_text inspection_period_text feedback_text source_name
"""
# Fields with words of ours.
_OURS = "label label_en title_en text_en name_en counted_en inspected_body_en note note_en zh en"

_NUMBER = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)(?:\s*(万|亿|thousand|million|billion))?")
_WORDS = {"thousand": 10**3, "million": 10**6, "billion": 10**9} | MULTIPLIERS
_ISSUE = re.compile(r"(?:问题|issues? )[0-9]+")  # names an issue by its number
_SENTENCE = re.compile(r"[^。\n]+。?")


def add_quotes(result: dict[str, Any], source: str) -> dict[str, Any]:
    """Return a result with `other_quotes`: the sentences with those numbers that stand in none of its own quotes."""
    quoted = {value for text in _texts(result, frozenset(_PRINTED.split())) for value in printed_numbers(text)}
    found: dict[int, dict[str, Any]] = {}
    for text in _texts(result, frozenset(_OURS.split())):
        for number, following in _mentioned(text):
            if number not in quoted and (sentence := _sentence(source, number, following)):
                found[sentence["start"]] = sentence
    return {**result, "other_quotes": [found[start] for start in sorted(found)]}


def printed_numbers(text: str) -> set[Decimal]:
    """Return the numbers that a printed text holds, whatever script they are in; 万 and 亿 are multiplied out."""
    return {number for number, _ in _numerals(text)}


def _mentioned(text: str) -> Iterator[tuple[Decimal, str]]:
    """Yield the numbers in a text of ours, each with the character that follows; the number of an issue is a name."""
    for match in _NUMBER.finditer(_ISSUE.sub("", text)):
        following = match.string[match.end() : match.end() + 1]
        yield Decimal(match[1].replace(",", "")) * _WORDS.get(match[2] or "", 1), following


def _numerals(text: str) -> Iterator[tuple[Decimal, re.Match[str]]]:
    for match in NUMERAL.finditer(text):
        stem = match[0].rstrip("".join(MULTIPLIERS))
        number = parse_numeral(stem)
        for character in match[0][len(stem) :]:
            number = None if number is None else number * MULTIPLIERS[character]
        if number is not None:
            yield number, match


def _texts(value: Any, names: frozenset[str]) -> Iterator[str]:
    """Yield the texts of the fields with these names, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item, names)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, str):
                if name in names:
                    yield inner
            else:
                yield from _texts(inner, names)


@lru_cache(maxsize=8)
def _places(source: str) -> dict[Decimal, list[tuple[int, str]]]:
    """Return where each number stands in a source, with the character that follows."""
    places: dict[Decimal, list[tuple[int, str]]] = {}
    for number, match in _numerals(source):
        places.setdefault(number, []).append((match.start(), source[match.end() : match.end() + 1]))
    return places


def _sentence(source: str, number: Decimal, following: str) -> dict[str, Any] | None:
    """Return the first sentence with a number, preferably one in which the same character follows it."""
    places = _places(source).get(number, [])
    starts = [start for start, after in places if after == following] or [start for start, _ in places]
    for match in _SENTENCE.finditer(source):
        if starts and match.start() <= starts[0] < match.end():
            start = match.end() - len(match[0].lstrip())
            return {"quote": source[start : match.end()], "start": start, "end": match.end()}
    return None
