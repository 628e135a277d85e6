"""A finished reading: what a reader decided, in the files of `readings/first` or `readings/second`."""

from pathlib import Path

from app.transcription.document import SourceDocument
from app.transcription.layout.readings import Reading
from app.transcription.readings import settled_reading
from app.workbench.folder import plain, replace


def write_reading(folder: Path, document: SourceDocument) -> None:
    """Write the files of a reading from the reader's checked copy of the notice; keys that are null are left out."""
    reading = settled_reading(document, {issue.number for issue in document.transcription.issues})
    for name in Reading.model_fields:
        records = [record.model_dump(mode="json", exclude_none=True) for record in getattr(reading, name)]
        replace(folder / f"{name}.json", plain(records))
