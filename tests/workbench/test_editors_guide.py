"""The guide for editors names keys, commands and pictures that there are."""

import re
from pathlib import Path

import pytest

from app.__main__ import COMMANDS
from app.settings import ROOT

GUIDE = ROOT / "docs/adding-a-notice.md"
TEXT = GUIDE.read_text(encoding="utf-8")
BINDINGS = (ROOT / "app/workbench/static/bindings.js").read_text(encoding="utf-8")
HELP = " ".join(re.findall(r'^  \["([^"]+)",', BINDINGS, re.MULTILINE))


@pytest.mark.parametrize("picture", re.findall(r"!\[[^]]+\]\((pictures/\w+\.png)\)", TEXT))
def test_a_picture_is_there_and_small(picture: str) -> None:
    content = (GUIDE.parent / picture).read_bytes()

    assert content.startswith(b"\x89PNG")
    assert len(content) < 256 * 1024


def test_every_picture_is_shown() -> None:
    pictures = {path.name for path in (GUIDE.parent / "pictures").iterdir()}

    assert pictures == {Path(name).name for name in re.findall(r"\((pictures/\w+\.png)\)", TEXT)}


@pytest.mark.parametrize("key", sorted(set(re.findall(r"`(\w|\?|Enter|Shift\+\w+)`", TEXT))))
def test_a_key_is_one_of_the_help(key: str) -> None:
    assert key in re.split(r"[ ,]+", HELP) or key in ("1", "2", "3")


@pytest.mark.parametrize("command", sorted(set(re.findall(r"-m app (\w+)", TEXT))))
def test_a_command_is_one_of_the_app(command: str) -> None:
    assert command in COMMANDS
