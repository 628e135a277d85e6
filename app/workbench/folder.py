"""The files of a notice under edit: replaced as a whole, at once, and never over a change made elsewhere."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from app.models.decimal import format_json, parse_json
from app.transcription.canonical import canonical_text, with_ids
from app.transcription.data_version import NOTICE, SOURCE
from app.transcription.document import SourceDocument
from app.transcription.files import write_text
from app.transcription.guesses import GUESSES
from app.transcription.layout.notice import Transcription
from app.transcription.layout.readings import Reading
from app.transcription.readings import READINGS, settled_reading

Record = dict[str, Any]
# The lists of `notice.json` and its `notice`, with the open guesses as one more list.
Content = dict[str, Any]

READERS, NOTICES = ("first", "second"), "notices.json"
_TRANSCRIPTION = TypeAdapter(Transcription)


class UnusableNotice(Exception):
    """A folder that can't be edited; the message says which file is missing or unreadable, and what to do."""


class ChangedElsewhere(Exception):
    """The files are no longer those that the editor has seen."""


@dataclass(frozen=True)
class State:
    """What the files say; `version` names just these bytes."""

    content: Content
    version: str


class Folder:
    """The folder of a notice, or a reader's copy of it in `readings/`."""

    def __init__(self, home: Path, reader: str | None = None) -> None:
        self.home, self.reader = home, reader
        self.place = home / READINGS / reader if reader else home
        try:
            self.raw = (home / SOURCE).read_bytes()
            self.text = self.raw.decode()
        except (OSError, UnicodeDecodeError) as error:
            raise UnusableNotice(f"{home / SOURCE} can't be read as UTF-8: {error}") from None
        if reader and not (self.place / NOTICE).exists():
            self._begin_reading()
        self.read()

    @property
    def slug(self) -> str:
        return self.home.name

    def read(self) -> State:
        """Return what the files say now; raise `UnusableNotice` if they are no notice."""
        files = [_bytes(self.place / NOTICE), _bytes(self.place / GUESSES) if self.has_guesses else b""]
        try:
            content = parse_json(files[0])
            guesses = parse_json(files[1])["guesses"] if files[1] else []
        except (ValueError, KeyError, TypeError) as error:
            raise UnusableNotice(f"{self.place / NOTICE} or {GUESSES} is not the JSON of a notice: {error}") from None
        if not isinstance(content, dict) or not isinstance(content.get("notice"), dict):
            raise UnusableNotice(f"{self.place / NOTICE} holds no notice")
        return State({**content, "guesses": guesses}, _version(files))

    def write(self, content: Content, base: str) -> State:
        """Replace the files, if they still have the version `base`; raise `ChangedElsewhere` if not.

        The notice goes first: should the machine stop between the two, a decision is asked for once more, not lost.
        """
        notice = {key: value for key, value in content.items() if key != "guesses"}
        new = [canonical_notice(notice), plain({"guesses": content["guesses"]}) if content["guesses"] else b""]
        if self.read().version != base:
            raise ChangedElsewhere(f"{self.place / NOTICE} was changed by another program since this page read it")
        replace(self.place / NOTICE, new[0])
        if new[1]:
            replace(self.place / GUESSES, new[1])
        else:
            (self.place / GUESSES).unlink(missing_ok=True)
        return State({**parse_json(new[0]), "guesses": content["guesses"]}, _version(new))

    @property
    def has_guesses(self) -> bool:
        """Whether there is a file of guesses; it goes with the last of them."""
        return (self.place / GUESSES).exists()

    def _begin_reading(self) -> None:
        self.place.mkdir(parents=True, exist_ok=True)
        for name in (GUESSES, NOTICE):
            if (self.home / name).exists():
                replace(self.place / name, _bytes(self.home / name))


def canonical_notice(notice: Content) -> bytes:
    """Return a notice in its canonical form; one that has not the layout of a notice is kept as it is."""
    try:
        return canonical_text(_TRANSCRIPTION.validate_python(with_ids(parse_json(format_json(notice))))).encode()
    except ValidationError:
        return plain(notice)  # The checker says what is wrong; the editor may be half-way through putting it right.


def plain(content: Any) -> bytes:
    """Return JSON with one value a line, in the order given, so that a changed field is a changed line."""
    # Many times as fast as `json.dumps` with an indent, which is pure Python.
    return to_json(json.loads(format_json(content)), indent=2) + b"\n"


def list_notice(home: Path) -> None:
    """Enter a notice that is a draft no longer in the list of notices."""
    path = home.parent / NOTICES
    slugs = parse_json(path.read_bytes())
    if home.name not in slugs:
        replace(path, plain([*slugs, home.name]))


def replace(path: Path, content: bytes) -> None:
    """Replace a file so that at any moment the disk has either all of the old or all of the new."""
    write_text(path, content.decode())
    if hasattr(os, "O_DIRECTORY"):
        # Without this the new name may be lost with the power, though the bytes are not.
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)


def _version(files: list[bytes]) -> str:
    return hashlib.sha256(b"\0".join(files)).hexdigest()[:16]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnusableNotice(f"{path} can't be read ({error.strerror}); python -m app draft writes it") from None


def write_reading(folder: Path, document: SourceDocument) -> None:
    """Write the files of a reading from the reader's checked copy of the notice; keys that are null are left out."""
    reading = settled_reading(document, {issue.number for issue in document.transcription.issues})
    for name in Reading.model_fields:
        records = [record.model_dump(mode="json", exclude_none=True) for record in getattr(reading, name)]
        replace(folder / f"{name}.json", plain(records))
