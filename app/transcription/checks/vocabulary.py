"""Codes and languages: every code is in its vocabulary, and our own words are in the language they should be in."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from app.models.metric import Nature, Qualifier
from app.models.vocabulary import Coded
from app.transcription.findings import Findings
from app.transcription.layout.types import Written
from app.transcription.layout.vocabulary import Vocabulary

_HAN = re.compile(r"[\u3400-\u9fff]")
# These may quote the words that they explain.
_MAY_QUOTE = ("note_en", "definition")


def check_words(record: BaseModel, vocabularies: dict[str, Vocabulary], report: Findings, path: str = "$") -> None:
    """Walk a transcription: closed vocabularies are closed, English is in English and Chinese in Chinese."""
    for name, alias, vocabulary, language in _plan(type(record)):
        value, where = getattr(record, name), f"{path}.{alias}"
        for step, item in _items(value):
            if isinstance(item, BaseModel):
                check_words(item, vocabularies, report, where + step)
            elif vocabulary and item is not None:
                _check_code(item, vocabulary, vocabularies, report, where + step)
            elif language == "en" and item is not None:
                _check_english(item, name, report, where + step)
            elif language == "zh" and item is not None:
                _check_chinese(item, report, where + step)


@cache
def _plan(model: type[BaseModel]) -> list[tuple[str, str, str | None, str | None]]:
    """Of each field of a shape: name, name in JSON, the vocabulary of its codes, the language of its words."""
    plan: list[tuple[str, str, str | None, str | None]] = []
    for name, info in model.model_fields.items():
        marks = [*info.metadata, *_annotations(info.annotation)]
        vocabulary = next((mark.vocabulary for mark in marks if isinstance(mark, Coded)), None)
        language = next((mark.language for mark in marks if isinstance(mark, Written)), None)
        plan.append((name, info.alias or name, vocabulary, language))
    return plan


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        yield from ((f"[{n}]", item) for n, item in enumerate(value))
    else:
        yield "", value


def _annotations(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _annotations(part)


def _check_code(code: str, name: str, vocabularies: dict[str, Vocabulary], report: Findings, path: str) -> None:
    codes = [term.code for term in vocabularies[name].terms] if name in vocabularies else []
    if code not in codes:
        report.say(path, f"{code!r} is not in the vocabulary {name}: {', '.join(codes)}")


def _check_english(text: str, name: str, report: Findings, path: str) -> None:
    if not re.search("[A-Za-z]", text):
        report.say(path, f"English is missing: {text!r}")
    elif name not in _MAY_QUOTE and (han := _HAN.search(text)):
        report.say(path, f"{han[0]!r} is not English: {text[:80]!r}")


def _check_chinese(text: str, report: Findings, path: str) -> None:
    if not _HAN.search(text):
        report.say(path, f"Chinese is missing: {text!r}")


def check_vocabularies(vocabularies: dict[str, Vocabulary], report: Findings) -> None:
    """Codes are unique, labels in their language, and the two vocabularies that carry arithmetic are the code's."""
    for name, vocabulary in vocabularies.items():
        check_words(vocabulary, {}, report, f"$.{name}")
        for n, term in enumerate(vocabulary.terms):
            # A sign such as % is its own label.
            if term.zh not in term.forms:
                _check_chinese(term.zh, report, f"$.{name}.terms[{n}].zh")
        codes = [term.code for term in vocabulary.terms]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            report.say(f"$.{name}", f"the code {code!r} stands twice")
    for name, kind in (("qualifier", Qualifier), ("nature", Nature)):
        codes = [term.code for term in vocabularies[name].terms] if name in vocabularies else []
        if codes != list(get_args(kind)):
            report.say(f"$.{name}", f"must be {', '.join(get_args(kind))}: the software computes with them")
