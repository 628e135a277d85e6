"""Settings: typed, few, and a misspelt one stops the start with the nearest name."""

import pytest

from app.settings import Settings, UnusableSettings


def test_an_empty_environment_serves_a_fresh_checkout() -> None:
    settings = Settings.read({})

    assert (settings.host, settings.port, settings.workers, settings.log_level) == ("127.0.0.1", 8000, 1, "info")
    assert settings.default is None
    assert settings.public_url is None


def test_other_variables_are_left_alone() -> None:
    assert Settings.read({"PORT": "1", "HOME": "/", "NOTICED": "1"}) == Settings.read({})


@pytest.mark.parametrize(("misspelt", "meant"), [("NOTICE_PROT", "NOTICE_PORT"), ("NOTICE_DATABSE", "NOTICE_DATABASE")])
def test_a_misspelt_setting_stops_the_start_with_the_nearest_name(misspelt: str, meant: str) -> None:
    with pytest.raises(UnusableSettings, match=f"{misspelt} is no setting; did you mean {meant}"):
        Settings.read({misspelt: "1"})


def test_a_setting_in_small_letters_is_told_too() -> None:
    with pytest.raises(UnusableSettings, match="did you mean NOTICE_PORT"):
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
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(UnusableSettings, match=f"{name}='?"):
        Settings.read({name: value})
