"""Checks of codes and languages in any record, and of `vocabularies.json` itself."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from app.models.metric import Nature, Qualifier
from app.models.notice import Stage
from app.models.vocabulary import Coded
from app.transcription.document import SourceDocument
from app.transcription.findings import Findings
from app.transcription.layout.types import Language
from app.transcription.layout.vocabulary import Vocabulary

_HAN, _LATIN = re.compile(r"[\u3400-\u9fff]"), re.compile("[A-Za-z]")
# English fields that may quote the Chinese words that they explain.
_MAY_QUOTE = ("note_en", "definition")


def check_codes_and_languages(document: SourceDocument) -> None:
    """Check that every code is in its vocabulary and that editorial text is in its language."""
    check_record(document.transcription, document.vocabularies, document.findings)


def check_record(record: BaseModel, vocabularies: dict[str, Vocabulary], findings: Findings, path: str = "$") -> None:
    """Check the codes and the languages of a record and of all records within it."""
    for field in _fields(type(record)):
        for step, value in _items(getattr(record, field.name)):
            if isinstance(value, BaseModel):
                check_record(value, vocabularies, findings, f"{path}.{field.key}{step}")
            elif error := _error(field, value, vocabularies):
                findings.add(f"{path}.{field.key}{step}", error)


class _Field(NamedTuple):
    """What the annotations of a model's field ask for, if anything; `key` is its name in JSON."""

    name: str
    key: str
    vocabulary: str | None
    language: str | None


@cache
def _fields(model: type[BaseModel]) -> list[_Field]:
    fields: list[_Field] = []
    for name, info in model.model_fields.items():
        marks = [*info.metadata, *annotations(info.annotation)]
        vocabulary = next((mark.vocabulary for mark in marks if isinstance(mark, Coded)), None)
        language = next((mark.code for mark in marks if isinstance(mark, Language)), None)
        if vocabulary or language or _holds_records(info.annotation):
            fields.append(_Field(name, info.alias or name, vocabulary, language))
    return fields


def _holds_records(annotation: Any) -> bool:
    is_record = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return is_record or any(map(_holds_records, get_args(annotation)))


def annotations(annotation: Any) -> Iterator[Any]:
    """Yield the metadata of an annotation and of all its type arguments."""
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from annotations(part)


def _items(value: Any) -> list[tuple[str, Any]]:
    """Return each item of a list after its path within the list, or a value after an empty path; none of none."""
    if isinstance(value, list):
        return [(f"[{n}]", item) for n, item in enumerate(value)]
    return [("", value)] if value is not None else []


def _error(field: _Field, value: str, vocabularies: dict[str, Vocabulary]) -> str | None:
    """Return what is wrong with a code or a text; None if nothing is."""
    if name := field.vocabulary:
        codes = vocabularies[name].forms if name in vocabularies else {}
        return None if value in codes else f"{value!r} is not in the vocabulary {name}: {', '.join(codes)}"
    if field.language == "en":
        if not _LATIN.search(value):
            return f"English is missing: {value!r}"
        if field.name not in _MAY_QUOTE and (han := _HAN.search(value)):
            return f"{han[0]!r} is not English: {value[:80]!r}"
    return _chinese_error(value) if field.language == "zh" else None


def _chinese_error(text: str) -> str | None:
    return None if _HAN.search(text) else f"Chinese is missing: {text!r}"


def check_vocabularies(vocabularies: dict[str, Vocabulary], findings: Findings) -> None:
    """Check that codes are unique, labels are in their language, and computed codes are those known to the software."""
    for name, vocabulary in vocabularies.items():
        check_record(vocabulary, {}, findings, f"$.{name}")
        for n, term in enumerate(vocabulary.terms):
            # A sign such as % is its own label.
            if term.zh not in term.forms and (error := _chinese_error(term.zh)):
                findings.add(f"$.{name}.terms[{n}].zh", error)
        codes = [term.code for term in vocabulary.terms]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            findings.add(f"$.{name}", f"the code {code!r} is given twice")
    for name, kind in (("qualifier", Qualifier), ("nature", Nature), ("stage", Stage)):
        codes = [term.code for term in vocabularies[name].terms] if name in vocabularies else []
        if codes != list(get_args(kind)):
            findings.add(f"$.{name}", f"must be {', '.join(get_args(kind))}: the software computes with them")
