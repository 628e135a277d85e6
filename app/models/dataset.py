"""The dataset: the release's files as the public sees them."""

from datetime import date

from pydantic import BaseModel, Field


class DatasetFile(BaseModel):
    """One file of the release."""

    name: str
    url: str = Field(description="Where it can be downloaded, whole or in ranges.")
    media_type: str
    bytes: int
    sha256: str
    description: str
    description_en: str


class Dataset(BaseModel):
    """The release: everything that is published here, as files."""

    url: str
    data_version: str = Field(description="Hash of all that was loaded; changes when the data does, and only then.")
    api_version: str = Field(description="Version of the software that made the files.")
    released: date = Field(description="When this state of the data was released.")
    archive: str = Field(description="Address of one zip with all the other files.")
    total: int = Field(description="How many files there are.")
    files: list[DatasetFile] = Field(description="Every file, the archive last.")
