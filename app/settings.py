"""Settings: few, typed, all optional, read from `NOTICE_…` variables once."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "NOTICE_"
_ADDRESS = r"""^https?://[^\s/?#"'\\<>]+(/[^\s?#"'\\<>]*)?$"""


class SettingsError(Exception):
    """A variable that is misspelt or holds what can't be used; the message says which, and what would do."""


class Settings(BaseModel):
    """What an operator may set; every default serves a fresh checkout."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    default: str | None = Field(default=None, description="Slug of the notice served where no `notice` is asked for.")
    seed: Path = Field(default=ROOT / "seed", description="Folder of the transcriptions.")
    database: Path = Field(default=ROOT / "var", description="Folder for the database, or its file.")
    public_url: Annotated[str, Field(pattern=_ADDRESS)] | None = Field(
        default=None, description="Public address, for citations."
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(default=8000, description="Port to listen on; 0 for any.")
    workers: Annotated[int, Field(ge=1, le=64)] = Field(default=1, description="Number of processes.")
    log_level: Literal["critical", "error", "warning", "info", "debug", "trace"] = Field(
        default="info", description="How much to log."
    )

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """The settings of an environment; `SettingsError` if a variable with the prefix is not one of them."""
        given = {name: value for name, value in environment.items() if name.upper().startswith(PREFIX)}
        known = [PREFIX + field.upper() for field in cls.model_fields]
        for name in given:
            if name not in known:
                near = get_close_matches(name.upper(), known, 1) or known
                raise SettingsError(f"{name} is no setting; did you mean {' or '.join(near)}?")
        try:
            return cls.model_validate({name.removeprefix(PREFIX).lower(): value for name, value in given.items()})
        except ValidationError as error:
            slips = [f"{PREFIX}{str(e['loc'][0]).upper()}={e['input']!r}: {e['msg']}" for e in error.errors()]
            raise SettingsError("; ".join(slips)) from None
