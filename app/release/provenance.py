"""The edition that a release is of: its versions and its notices."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Edition:
    """All notices as the API gives them, in order; every one tells the versions."""

    notices: list[Any]

    @property
    def data_version(self) -> str:
        return str(self.notices[0]["data_version"])

    @property
    def api_version(self) -> str:
        return str(self.notices[0]["api_version"])

    @property
    def released(self) -> str:
        """The day of the youngest transcription."""
        return max(str(notice["released"]) for notice in self.notices)

    @property
    def licenses(self) -> list[str]:
        """SPDX identifiers of the transcriptions' licences, each once."""
        return list(dict.fromkeys(str(notice["transcription_license"]) for notice in self.notices))
