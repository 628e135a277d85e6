"""The fingerprint of a large seed: read once, then only what was touched, and the same either way."""

import os
from pathlib import Path

import pytest

from app.database import fingerprint
from app.database.fingerprint import compute_fingerprint


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of many small files that were written some time ago."""
    monkeypatch.setattr(fingerprint, "_SETTLED", -1)
    monkeypatch.setattr(fingerprint, "_SOFTWARE", tmp_path / "app")
    for number in range(150):
        (tmp_path / "seed" / str(number)).mkdir(parents=True)
        (tmp_path / "seed" / str(number) / "notice.json").write_text(f"[{number}]")
    return tmp_path / "seed"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are read from now on."""
    found: list[Path] = []
    real = fingerprint._digest

    def digest(path: str) -> bytes:
        found.append(Path(path))
        return real(path)

    monkeypatch.setattr(fingerprint, "_digest", digest)
    return found


def test_a_second_start_reads_nothing(many: Path, read: list[Path], tmp_path: Path) -> None:
    first = compute_fingerprint(many, tmp_path / "var")
    assert len(read) == 150
    read.clear()

    assert compute_fingerprint(many, tmp_path / "var") == first
    assert read == []


def test_what_was_touched_is_read_again(many: Path, read: list[Path], tmp_path: Path) -> None:
    first = compute_fingerprint(many, tmp_path / "var")
    path = many / "7" / "notice.json"
    stat = path.stat()
    path.write_text("[8]")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    read.clear()

    second = compute_fingerprint(many, tmp_path / "var")

    assert read == [path], "an old date hides nothing"
    assert second != first
    assert second == compute_fingerprint(many, tmp_path / "elsewhere")


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff", b"[" * 100_000])
def test_damaged_notes_are_as_none(many: Path, read: list[Path], tmp_path: Path, content: bytes) -> None:
    first = compute_fingerprint(many, tmp_path / "var")
    next((tmp_path / "var").glob(".seed-*")).write_bytes(content)
    read.clear()

    assert compute_fingerprint(many, tmp_path / "var") == first
    assert len(read) == 150
