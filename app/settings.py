"""Settings: few, typed, all optional, read from `NOTICE_…` variables once."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "NOTICE_"
# What a host and a path may hold, written in ASCII (RFC 3986); other characters are percent-encoded.
_HOST = re.compile(r"([A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_PATH = re.compile(r"(/([A-Za-z0-9._~!$&()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*/?")


class SettingsError(Exception):
    """A variable that is misspelt or holds what can't be used; the message says which, and what would do."""


def _check_public_url(url: str) -> str:
    """Return a public address without a slash at its end; `ValueError` if links can't begin with it."""
    scheme, separator, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    if "@" in host:
        raise ValueError("a public address holds no user name and no password")
    if scheme not in ("http", "https") or not separator or not _HOST.fullmatch(host):
        raise ValueError("not an address such as https://data.example or https://data.example/path")
    if not _PATH.fullmatch(slash + path) or {".", ".."} & set(path.split("/")):
        raise ValueError("its path is one of percent-encoded ASCII, with no query, no fragment and no empty part")
    return url.rstrip("/")


class Settings(BaseModel):
    """What an operator may set; every default serves a fresh checkout."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    default: str | None = Field(default=None, description="Slug of the notice served where no `notice` is asked for.")
    seed: Path = Field(default=ROOT / "seed", description="Folder of the transcriptions.")
    database: Path = Field(default=ROOT / "var", description="Folder for the database, or its file.")
    drafts: bool = Field(default=False, description="Whether drafts are served too, marked as such: 1 or 0.")
    public_url: Annotated[str, AfterValidator(_check_public_url)] | None = Field(
        default=None, description="Public address; its path is the path at which the service is mounted."
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
            raise SettingsError("; ".join(map(_describe, error.errors()))) from None

    @property
    def mount(self) -> str:
        """The path of the public address, without a slash at its end; `""` where there is none."""
        return urlsplit(self.public_url or "").path


def _describe(error: ErrorDetails) -> str:
    """Return what is wrong with a setting, without a password that may stand in an address."""
    value = re.sub(r"//.*@", "//…@", str(error["input"]))
    return f"{PREFIX}{str(error['loc'][0]).upper()}={value!r}: {error['msg']}"
