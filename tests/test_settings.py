"""Settings: typed, few, and a misspelt one stops the start with the nearest name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import ROOT, Settings, SettingsError


def test_an_empty_environment_serves_a_fresh_checkout() -> None:
    settings = Settings.read({})

    assert (settings.host, settings.port, settings.workers, settings.log_level) == ("127.0.0.1", 8000, 1, "info")
    assert settings.default is None
    assert settings.public_url is None


def test_other_variables_are_left_alone() -> None:
    assert Settings.read({"PORT": "1", "HOME": "/", "NOTICED": "1"}) == Settings.read({})


@pytest.mark.parametrize(("misspelt", "meant"), [("NOTICE_PROT", "NOTICE_PORT"), ("NOTICE_DATABSE", "NOTICE_DATABASE")])
def test_a_misspelt_setting_stops_the_start_with_the_nearest_name(misspelt: str, meant: str) -> None:
    with pytest.raises(SettingsError, match=f"{misspelt} is no setting; did you mean {meant}"):
        Settings.read({misspelt: "1"})


def test_a_setting_in_small_letters_is_told_too() -> None:
    with pytest.raises(SettingsError, match="did you mean NOTICE_PORT"):
        Settings.read({"notice_port": "8001"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NOTICE_PORT", "high"),
        ("NOTICE_PORT", "70000"),
        ("NOTICE_WORKERS", "0"),
        ("NOTICE_LOG_LEVEL", "loud"),
        ("NOTICE_PUBLIC_URL", "example.org"),
        ("NOTICE_PUBLIC_URL", "https://example.org/?a=1"),
        ("NOTICE_DATABASE", ""),
        ("NOTICE_DATABASE", " "),
        ("NOTICE_DATABASE", "mysql://example.org/notices"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name}='?"):
        Settings.read({name: value})


@pytest.mark.parametrize(
    ("command", "name", "value", "told"),
    [
        ("check", "NOTICE_PROT", "1", "NOTICE_PORT"),
        ("openapi", "NOTICE_PROT", "1", "NOTICE_PORT"),
        ("serve", "NOTICE_DEFAULT", "nowhere", "shanghai-putuo-2024"),
        ("build", "NOTICE_PORT", "high", "integer"),
    ],
)
def test_the_command_line_ends_with_the_message_alone(
    tmp_path: Path, command: str, name: str, value: str, told: str
) -> None:
    environment = os.environ | {"NOTICE_DATABASE": str(tmp_path), name: value}

    done = subprocess.run(
        [sys.executable, "-m", "app", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
