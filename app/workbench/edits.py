"""The edits that the page asks for, each a small JSON object; one is carried out, or refused with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.source import Span
from app.workbench import clauses, marks, outline
from app.workbench.folder import Content
from app.workbench.places import Places
from app.workbench.records import LISTS, Refused, find, place_of, put, settle


class _Edit(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    record: str = ""


class Accept(_Edit):
    """The guesses of records hold."""

    do: Literal["accept"]
    records: list[str]


class Set(_Edit):
    """A field has another value; a null is left out."""

    do: Literal["set"]
    field: str
    value: Any


class Mark(_Edit):
    """The selected span, in code points, is what `field` says, of this record or as a record of its own."""

    do: Literal["mark"]
    field: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class Split(_Edit):
    """A clause or section ends at a position, and another begins."""

    do: Literal["split"]
    at: Annotated[int, Field(ge=0)]


class Join(_Edit):
    """A clause or section goes on to the end of the next."""

    do: Literal["join"]


class Remove(_Edit):
    """A record is wrong altogether."""

    do: Literal["remove"]


class Add(_Edit):
    """A record of a list, such as an entry of `undocumented`, is added at its end."""

    do: Literal["add"]
    to: Literal["undocumented", "reconciliation", "contact", "issues", "categories"]
    value: dict[str, Any]


Edit = Annotated[Accept | Set | Mark | Split | Join | Remove | Add, Field(discriminator="do")]


@dataclass(frozen=True)
class Outcome:
    """How many guesses an edit has decided, and the record at which the editor goes on, if it is another one."""

    decided: int
    record: str | None = None


def carry_out(content: Content, places: Places, edit: Edit, vocabularies: dict[str, Vocabulary]) -> Outcome:
    """Change the content in place; raise `Refused` if the edit makes no sense there."""
    before = len(content["guesses"])
    if isinstance(edit, Accept):
        for record in edit.records:
            settle(content, record)
        return Outcome(before - len(content["guesses"]))
    if isinstance(edit, Mark):
        goal = _mark(content, places, edit, vocabularies)
    elif isinstance(edit, Add):
        content.setdefault(edit.to, []).append(edit.value)
        goal = None
    else:
        goal = _CARRIED_OUT[edit.do](content, places, edit)
    return Outcome(max(1, before - len(content["guesses"])), goal)


def _set(content: Content, _: Places, edit: Set) -> None:
    if edit.record == "notice" and edit.field in ("stage", "slug", "source_sha256"):
        raise Refused(f"{edit.field} is not set by hand")
    if edit.record.startswith("statements/"):
        if edit.field == "role" and isinstance(edit.value, str):
            return clauses.set_role(content, edit.record, edit.value)
        if edit.field == "kind" and edit.value is not None:
            clauses.set_role(content, edit.record, "measure")
        if edit.field == "directive" and edit.value is None:
            _put(content, edit.record, "directive_code", None)
    return _put(content, edit.record, edit.field, edit.value)


def _put(content: Content, record: str, field: str, value: Any) -> None:
    put(find(content, record), field, value)
    settle(content, record, field)


def _mark(content: Content, places: Places, edit: Mark, vocabularies: dict[str, Vocabulary]) -> str | None:
    span = Span(edit.start, min(edit.end, places.source.whole.end))
    if not span:
        raise Refused("select some words first")
    if edit.field == "document":
        return marks.mark_document(content, places, span, vocabularies)
    if edit.field == "body":
        return marks.mark_body(content, places, span)
    if edit.field == "figure":
        return marks.mark_figure(content, places, span, vocabularies)
    if edit.field == "heading":
        outline.set_heading(content, places, edit.record, span)
    else:
        marks.set_field(content, places, edit.record, edit.field, span, vocabularies)
    return None


def _split(content: Content, places: Places, edit: Split) -> str:
    if edit.record.startswith("sections/"):
        return outline.split_section(content, places, edit.record, edit.at)
    if edit.record.startswith("statements/"):
        return clauses.split(content, places, edit.record, edit.at)
    raise Refused("only clauses and sections are split")


def _join(content: Content, places: Places, edit: Join) -> str:
    if edit.record.startswith("sections/"):
        return outline.join_section(content, places, edit.record)
    if edit.record.startswith("statements/"):
        return clauses.join(content, places, edit.record)
    raise Refused("only clauses and sections are joined")


def _remove(content: Content, _: Places, edit: Remove) -> None:
    if edit.record.partition("/")[0] not in LISTS:
        raise Refused("the notice itself can't be removed")
    records, n = place_of(content, edit.record)
    del records[n]
    settle(content, edit.record)


_CARRIED_OUT: dict[str, Callable[[Content, Places, Any], str | None]] = {
    "set": _set,
    "split": _split,
    "join": _join,
    "remove": _remove,
}
